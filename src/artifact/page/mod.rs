//! One context for each kind of page, made from what the page sees.

mod collection;
mod figure;
mod links;
mod notice;
mod place;
mod record;

use std::collections::BTreeMap;

use tera::{Context, TeraResult, Value};

use crate::{
    artifact::{
        Kind, Page, Routes,
        view::{Published, View},
    },
    clock::Validity,
    config::Config,
    diagnostic::{Checked, Diagnostic},
    render::{
        ASSETS, Made, Renderer,
        context::{Head, Link, NotFoundPage, Organiser, SectionLink, Site},
        template_error,
        theme::Theme,
        watermark,
        words::Words,
    },
    schema::{PlaceId, notice::NoticeId},
};

/// A rendered page.
#[derive(Debug)]
pub(crate) struct Rendered {
    /// The HTML; nothing if the template failed.
    pub html: Option<Vec<u8>>,
    /// Images that it shows, as paths below the portal's address.
    pub images: Vec<String>,
    /// Where its links to content files lead.
    pub links: Vec<crate::artifact::Link>,
    /// Notices whose text it would have had to see: it has to be rendered again with them.
    pub lacks: Vec<NoticeId>,
    /// How long the moment makes no difference.
    pub valid: Validity,
}

/// Renders a page.
pub(crate) fn render(
    renderer: &Renderer,
    published: &Published<'_>,
    page: &Page,
) -> Checked<Rendered> {
    let clock = published.portal.clock.fork();
    let mut making = Making {
        view: View::new(published, page, &clock),
        words: &renderer.words,
        diagnostics: Vec::new(),
        images: Vec::new(),
        links: Vec::new(),
        lacks: Vec::new(),
    };
    let html = making.make().and_then(|it| renderer.fill(&it));
    let Making { mut diagnostics, images, links, lacks, .. } = making;
    let html = match html {
        Ok(html) if published.config.drafts => {
            Some(watermark::put(&html, &published.config.language))
        }
        Ok(html) => Some(html),
        Err(error) => {
            diagnostics.push(template_error(&renderer.theme, &error, &page.path));
            None
        }
    };
    let rendered = Rendered { html, images, links, lacks, valid: clock.validity() };
    Checked { value: rendered, diagnostics }
}

/// The addresses of static files, each with a part that changes with its bytes.
pub(crate) fn assets(theme: &Theme, routes: &Routes) -> BTreeMap<String, String> {
    let files = theme.layers.iter().rev().flat_map(|it| &it.statics);
    let address = |(name, bytes): (&String, &Vec<u8>)| {
        let hash = blake3::hash(bytes).to_hex();
        (name.clone(), format!("{}?v={}", routes.url(&format!("{ASSETS}/{name}")), &hash[..8]))
    };
    files.map(address).collect()
}

pub(crate) fn site(config: &Config, routes: &Routes) -> Site {
    let language = &config.language;
    let given = |it: &Option<String>| it.clone().unwrap_or_default();
    let organiser = &config.organiser;
    let link = |index| section_link(config, index, |it| routes.url(it));
    let notices = if routes.has_all_notices(PlaceId::ROOT) {
        routes.url("notices/all/")
    } else if routes.has_notices(PlaceId::ROOT) {
        routes.url("notices/")
    } else {
        String::new()
    };
    Site {
        title: config.title.get(language).to_owned(),
        description: config.description.get(language).to_owned(),
        language: language.clone(),
        home: routes.url(""),
        banner: given(&config.banner),
        drafts: config.drafts,
        organiser: Organiser {
            name: given(&organiser.name),
            address: given(&organiser.address),
            phone: given(&organiser.phone),
            email: given(&organiser.email),
            icp: given(&organiser.icp),
            police: given(&organiser.police),
            site_code: given(&organiser.site_code),
        },
        sections: (0..config.sections.len()).map(link).collect(),
        notices_url: notices,
        generator: concat!("Linli ", env!("CARGO_PKG_VERSION")).to_owned(),
    }
}

fn section_link(config: &Config, index: usize, url: impl Fn(&str) -> String) -> SectionLink {
    let section = &config.sections[index];
    SectionLink {
        id: section.id.clone(),
        title: section.title.get(&config.language).to_owned(),
        description: section.description.get(&config.language).to_owned(),
        url: if config.pages.sections {
            url(&format!("sections/{}/", section.id))
        } else {
            String::new()
        },
    }
}

/// A page in the making: what it sees, the theme's words for titles, and what there is to say.
pub(super) struct Making<'a> {
    pub(super) view: View<'a>,
    pub(super) words: &'a Words,
    pub(super) diagnostics: Vec<Diagnostic>,
    /// Images that the page shows, as paths below the portal's address.
    pub(super) images: Vec<String>,
    /// Where its links to content files lead.
    pub(super) links: Vec<crate::artifact::Link>,
    /// Notices whose text it would have had to see.
    pub(super) lacks: Vec<NoticeId>,
}

impl Making<'_> {
    /// Makes the context of the page.
    pub(super) fn make(&mut self) -> TeraResult<Made> {
        match self.view.page.kind {
            Kind::Home => self.place_page(PlaceId::ROOT, "home"),
            Kind::Place(place) => self.place_page(place, "place"),
            Kind::Collection(place, collection, part) => {
                self.collection_page(place, collection, part)
            }
            Kind::Subtree(place, collection) => self.subtree_page(place, collection),
            Kind::Record(place, collection, index) => self.record_page(place, collection, index),
            Kind::Section(index) => self.section_page(index),
            Kind::Notice(id) => self.notice_page(id),
            Kind::Notices(place, part) => self.notices_page(place, part, false),
            Kind::AllNotices(place, part) => self.notices_page(place, part, true),
            Kind::NotFound => self.not_found_page(),
        }
    }

    fn not_found_page(&mut self) -> TeraResult<Made> {
        let title = self.say("not-found-title", &[]);
        let places = self.view.page.reads.iter().filter_map(|it| match it {
            crate::artifact::Read::Place(id) if *id != PlaceId::ROOT => Some(*id),
            _ => None,
        });
        let places = places.map(|it| self.place_link(self.view.place(it))).collect();
        let head = self.head("not-found", title, String::new(), "", Vec::new());
        made(vec!["404.html".to_owned()], &head, &NotFoundPage { places })
    }

    /// The page's words about itself.
    fn head(
        &self,
        kind: &'static str,
        title: String,
        description: String,
        section: &str,
        crumbs: Vec<Link>,
    ) -> Head {
        let url = self.view.url(&self.view.page.path);
        let host = &self.view.config().base_url;
        let origin = &host[..host.len() - self.view.config().base_path().len()];
        Head {
            title,
            description,
            canonical: if host.is_empty() { String::new() } else { format!("{origin}{url}") },
            url,
            kind,
            section: section.to_owned(),
            crumbs,
        }
    }

    /// The theme's words of that id; the id itself if it has none.
    fn say(&self, id: &str, args: &[(&'static str, &str)]) -> String {
        let mut fluent = fluent_bundle::FluentArgs::new();
        args.iter().for_each(|(name, value)| fluent.set(*name, (*value).to_owned()));
        self.words.find(id, &fluent).unwrap_or_else(|| id.to_owned())
    }
}

fn made(templates: Vec<String>, head: &Head, page: &impl serde::Serialize) -> TeraResult<Made> {
    let mut context = Context::from_serialize(page)?;
    context.insert_value("page", Value::try_from_serializable(head)?);
    Ok(Made { templates, context })
}
