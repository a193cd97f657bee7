//! What kinds of pages share: from what a page sees to its template's context, and to HTML.

mod figure;
mod links;
mod record;

use std::{borrow::Cow, collections::BTreeMap, sync::Arc};

use fluent_bundle::FluentArgs;
use tera::{Context, Value};

use crate::{
    artifact::{ListPart, NotMade, Routes, Sources, View},
    config::Config,
    diagnostic::Checked,
    render::{
        ASSETS, Renderer, Templates,
        context::{self, Head, Link, Organiser, SectionLink, Site},
        template_error,
        theme::Theme,
        watermark,
        words::Words,
    },
    schema::PlaceId,
};

pub(super) use record::record_title;

/// The templates of a page, the best first, and what they are given.
pub(super) type Page = Templates;

/// A page in the making: what it sees, and the theme's words for titles.
pub(super) struct PageBuilder<'b, 'v> {
    pub(super) view: &'b View<'v>,
    pub(super) words: &'v Words,
}

/// Makes a page as HTML from the context that `build` gives its template.
pub(super) fn make<'v>(
    view: &View<'v>,
    build: impl FnOnce(&PageBuilder<'_, 'v>) -> Result<Page, NotMade>,
) -> Result<Cow<'v, [u8]>, NotMade> {
    let renderer = view.renderer().ok_or_else(|| view.artifact().unexpected())?;
    let page = build(&PageBuilder { view, words: renderer.words() })?;
    let html = renderer.fill(&page).map_err(|error| failed(view, &error))?;
    let html = if view.shows_drafts() { watermark::put(&html, view.language()) } else { html };
    Ok(html.into())
}

/// The mistake of a template.
fn failed(view: &View<'_>, error: &tera::Error) -> NotMade {
    match view.renderer() {
        Some(renderer) => template_error(renderer.theme(), error, &view.artifact().path).into(),
        None => view.artifact().unexpected(),
    }
}

/// Compiles a theme's templates for a portal. With errors there is no renderer.
pub fn renderer(theme: &Arc<Theme>, sources: Sources<'_>) -> Checked<Option<Renderer>> {
    let (config, routes) = (sources.config, sources.routes());
    let (assets, site) = (assets(theme, routes), site(config, routes));
    Renderer::new(Arc::clone(theme), site, assets, &config.language)
}

/// The addresses of static files, each with a part that changes with its bytes.
fn assets(theme: &Theme, routes: Routes<'_>) -> BTreeMap<String, String> {
    let files = theme.layers.iter().rev().flat_map(|it| &it.statics);
    let address = |(name, bytes): (&String, &Vec<u8>)| {
        let hash = blake3::hash(bytes).to_hex();
        (name.clone(), format!("{}?v={}", routes.url(&format!("{ASSETS}/{name}")), &hash[..8]))
    };
    files.map(address).collect()
}

fn site(config: &Config, routes: Routes<'_>) -> Site {
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

/// A section as menus and pages link to it.
pub(super) fn section_link(
    config: &Config,
    index: usize,
    url: impl Fn(&str) -> String,
) -> SectionLink {
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

/// The title of a part of a list: its year or number; empty for the first.
pub(super) fn part_title(part: ListPart) -> String {
    match part {
        ListPart::Year(year) => year.to_string(),
        ListPart::Chunk(_, _, Some(number)) => number.to_string(),
        _ => String::new(),
    }
}

/// Safe HTML as a template's value.
pub(super) fn safe(html: &str) -> Value {
    Value::safe_string(html)
}

impl PageBuilder<'_, '_> {
    /// What the page says about itself.
    pub(super) fn head(
        &self,
        kind: &'static str,
        title: String,
        description: String,
        section: &str,
        crumbs: Vec<Link>,
    ) -> Head {
        let url = self.view.url(&self.view.artifact().path);
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

    /// The page with its context.
    pub(super) fn page(
        &self,
        templates: Vec<String>,
        head: Head,
        page: impl Into<Context>,
    ) -> Page {
        let mut context = page.into();
        context.insert_value("page", Value::from(head));
        Page { templates, context }
    }

    /// The theme's words of that id; the id itself if it has none.
    pub(super) fn say(&self, id: &str, args: &[(&'static str, &str)]) -> String {
        let mut fluent = FluentArgs::new();
        args.iter().for_each(|(name, value)| fluent.set(*name, (*value).to_owned()));
        self.words.find(id, &fluent).unwrap_or_else(|| id.to_owned())
    }

    /// `好人榜 · 一心社区`, with the year of a part.
    pub(super) fn titled(&self, list: &str, place: &str, part: &str) -> String {
        let id = if part.is_empty() { "list-title" } else { "list-part-title" };
        self.say(id, &[("list", list), ("place", place), ("part", part)])
    }

    /// Links to the pages of a list; none if there is only one.
    pub(super) fn parts(
        &self,
        all: &[ListPart],
        here: ListPart,
        url: impl Fn(&str) -> String,
    ) -> Vec<context::Part> {
        if all.len() < 2 {
            return Vec::new();
        }
        let part = |part: &ListPart| context::Part {
            title: if part.is_first() { self.say("latest-part", &[]) } else { part_title(*part) },
            url: url(&part.suffix()),
            current: *part == here,
        };
        all.iter().map(part).collect()
    }
}
