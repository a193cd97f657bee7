//! One context for each kind of page, made from what the page sees.

mod collection;
mod figure;
mod links;
mod notice;
mod place;
mod record;

use tera::{Context, TeraResult, Value};

use crate::{
    diagnostic::Diagnostic,
    pages::Kind,
    render::{
        context::{Head, Link, NotFoundPage},
        sight::Sight,
        words::Words,
    },
    schema::{PlaceId, notice::NoticeId},
};

/// What a page came to: the template's candidates, the best first, and its context.
pub(super) struct Made {
    pub(super) templates: Vec<String>,
    pub(super) context: Context,
}

/// A page in the making: what it sees, the theme's words for titles, and what there is to say.
pub(super) struct Making<'a> {
    pub(super) sight: Sight<'a>,
    pub(super) words: &'a Words,
    pub(super) diagnostics: Vec<Diagnostic>,
    /// Images that the page shows, as paths below the portal's address.
    pub(super) images: Vec<String>,
    /// Where its links to content files lead.
    pub(super) links: Vec<crate::pages::Link>,
    /// Notices whose text it would have had to see.
    pub(super) lacks: Vec<NoticeId>,
}

impl Making<'_> {
    /// Makes the context of the page.
    pub(super) fn make(&mut self) -> TeraResult<Made> {
        match self.sight.page.kind {
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
        let places = self.sight.page.reads.iter().filter_map(|it| match it {
            crate::pages::Read::Place(id) if *id != PlaceId::ROOT => Some(*id),
            _ => None,
        });
        let places = places.map(|it| self.place_link(self.sight.place(it))).collect();
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
        let url = self.sight.url(&self.sight.page.path);
        let host = &self.sight.config().base_url;
        let origin = &host[..host.len() - self.sight.config().base_path().len()];
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
