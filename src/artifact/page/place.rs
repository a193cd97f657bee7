//! Pages of places and sections.

use std::collections::BTreeMap;

use tera::{TeraResult, Value};

use crate::render::Made;
use crate::{
    artifact::page::{Making, links::safe, made},
    render::context::{Child, Figures, NoticeLink, PlacePage, SectionLink, SectionPage, Set},
    schema::{CollectionId, Notice, Place, PlaceId},
};

/// How many notices a place's page shows.
const NOTICES: usize = 8;

impl Making<'_> {
    pub(super) fn place_page(&mut self, id: PlaceId, kind: &'static str) -> TeraResult<Made> {
        let place = self.view.place(id);
        let sets: Vec<Set> =
            self.in_section_order().into_iter().map(|it| self.set(id, it)).collect();
        let set_index =
            sets.iter().enumerate().map(|(index, it)| (it.collection.name.clone(), index));
        let photo = place.photo.as_ref().map(|it| self.image(it.as_str()));
        let notices = self.view.notices(id, id == PlaceId::ROOT);
        let page = PlacePage {
            place: self.place_link(place),
            intro: self.intro(place),
            photo: photo.unwrap_or_default(),
            children: place.children.iter().map(|it| self.child(*it)).collect(),
            set_index: set_index.collect(),
            sets,
            notices: self.notice_links(notices.take(NOTICES)),
            notices_url: self.notices_url(place),
        };
        let (title, description) = if id == PlaceId::ROOT {
            let config = self.view.config();
            let language = self.view.language();
            (config.title.get(language).to_owned(), config.description.get(language).to_owned())
        } else {
            (place.name.clone(), self.say("place-description", &[("place", &place.name)]))
        };
        let head = self.head(kind, title, description, "", self.crumbs(id, false));
        made(vec![format!("{kind}.html")], &head, &page)
    }

    fn intro(&mut self, place: &Place) -> Value {
        let Some(intro) = &place.intro else { return safe("") };
        let file = place.folder.join("place.yaml");
        let location = crate::diagnostic::Location::file(file.clone());
        safe(&self.markdown(intro, &file, |_| location.clone()).html)
    }

    /// The page's collections in the order of the sections; those of no section last.
    fn in_section_order(&self) -> Vec<CollectionId> {
        let sections = self.view.config().section_ids();
        let mut ids: Vec<CollectionId> = self.view.collections().collect();
        ids.sort_by_key(|id| {
            let section = self.view.collection(*id).section.as_deref();
            let rank = sections.iter().position(|it| Some(*it) == section);
            (rank.unwrap_or(sections.len()), *id)
        });
        ids
    }

    fn child(&self, id: PlaceId) -> Child {
        let total = |collection: CollectionId| -> Option<(String, Figures)> {
            self.view.total(id, collection)?;
            let name = self.view.collection(collection).name.clone();
            Some((name, self.total_figures(id, collection)))
        };
        Child {
            place: self.place_link(self.view.place(id)),
            totals: self.view.collections().filter_map(total).collect::<BTreeMap<_, _>>(),
            places: self.view.places_in(id),
        }
    }

    fn set(&mut self, place: PlaceId, id: CollectionId) -> Set {
        let declared = self.view.collection(id);
        let here = self.view.place(place);
        let has_own = self.view.own(place, id).is_some();
        let has_subtree = self.view.has_subtree(place, id);
        let address = |exists: bool, rest: &str| {
            if exists {
                self.place_url(here, &format!("{}/{rest}", declared.name))
            } else {
                String::new()
            }
        };
        let (url, all_url) = (address(has_own, ""), address(has_subtree, "all/"));
        let listing = self.view.listing(place, id);
        let listed = listing.map(|it| it.preview(declared));
        Set {
            collection: self.collection(id),
            url,
            all_url,
            own: self.own_figures(place, id),
            total: self.total_figures(place, id),
            preview: self.listed(id, &listed.unwrap_or_default(), place),
        }
    }

    pub(super) fn section_page(&mut self, index: usize) -> TeraResult<Made> {
        let section = self.section_link(index);
        let root = PlaceId::ROOT;
        let ids: Vec<CollectionId> = self.view.collections().collect();
        let notices = self.view.notices(root, true);
        let notices = notices.filter(|it| it.section.as_ref() == Some(&section.id));
        let page = SectionPage {
            sets: ids.into_iter().map(|it| self.set(root, it)).collect(),
            notices: self.notice_links(notices.take(NOTICES * 2)),
            section,
        };
        let (title, about) = (page.section.title.clone(), page.section.description.clone());
        let head = self.head("section", title, about, &page.section.id, self.crumbs(root, true));
        made(vec!["section.html".to_owned()], &head, &page)
    }

    fn section_link(&self, index: usize) -> SectionLink {
        super::section_link(self.view.config(), index, |it| self.view.url(it))
    }

    pub(super) fn notice_links<'n>(
        &self,
        notices: impl Iterator<Item = &'n Notice>,
    ) -> Vec<NoticeLink> {
        notices.map(|it| self.notice_link(it, self.view.place_of_total(it.place))).collect()
    }

    /// The list of a place's notices, or of those of its subtree.
    pub(super) fn notices_url(&self, place: &Place) -> String {
        let (own, all) = self.view.has_notices(place.id);
        if own && !(all && place.id == PlaceId::ROOT) {
            self.place_url(place, "notices/")
        } else if all {
            self.place_url(place, "notices/all/")
        } else {
            String::new()
        }
    }
}
