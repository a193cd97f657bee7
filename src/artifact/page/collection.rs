//! Pages of collections and records.

use tera::TeraResult;

use crate::render::Made;
use crate::{
    artifact::{
        Part as Shown,
        page::{Making, made, record::title},
        parts_of,
    },
    figures::{Listing, year, years},
    render::context::{CollectionPage, Link, Part, RecordPage, SubtreePage, SubtreeRow},
    schema::{CollectionId, PlaceId},
};

impl Making<'_> {
    pub(super) fn collection_page(
        &mut self,
        place: PlaceId,
        id: CollectionId,
        part: Shown,
    ) -> TeraResult<Made> {
        let declared = self.view.collection(id);
        let here = self.view.place(place);
        let set = self.view.records(place, id).expect("a list is planned where there are records");
        let mut records = Vec::new();
        for (index, record) in set.records.iter().enumerate() {
            if part == Shown::Whole || part.holds(index, year(declared, record)) {
                records.push(self.record(set, index, false));
            }
        }
        let list = format!("{}/", declared.name);
        let years = years(set.records.iter().map(|it| year(declared, it)));
        let all = parts_of(declared, set.records.len(), &years, self.view.clock());
        let all_url = self.subtree_url(place, id);
        let page = CollectionPage {
            place: self.place_link(here),
            collection: self.collection(id),
            figures: self.own_figures(place, id),
            records,
            count: set.records.len(),
            parts: self.parts(&all, part, |it| self.place_url(here, &format!("{list}{it}"))),
            part: part_title(part),
            all_url,
        };
        let title = self.titled(&page.collection.title, &here.name, &page.part);
        let crumbs = self.crumbs(place, true);
        let (about, section) =
            (page.collection.description.clone(), page.collection.section.clone());
        let head = self.head("collection", title, about, &section, crumbs);
        let templates = vec![
            format!("collections/{}.html", declared.name),
            format!("{}.html", declared.view.name()),
        ];
        made(templates, &head, &page)
    }

    fn subtree_url(&self, place: PlaceId, id: CollectionId) -> String {
        if !self.view.has_subtree(place, id) {
            return String::new();
        }
        let rest = format!("{}/all/", self.view.collection(id).name);
        self.place_url(self.view.place(place), &rest)
    }

    /// `好人榜 · 一心社区`, with the year of a part.
    pub(super) fn titled(&self, list: &str, place: &str, part: &str) -> String {
        let id = if part.is_empty() { "list-title" } else { "list-part-title" };
        self.say(id, &[("list", list), ("place", place), ("part", part)])
    }

    /// The pages of a list.
    pub(super) fn parts(
        &self,
        all: &[Shown],
        here: Shown,
        url: impl Fn(&str) -> String,
    ) -> Vec<Part> {
        if all.len() < 2 {
            return Vec::new();
        }
        let part = |it: &Shown| Part {
            title: if it.is_first() { self.say("latest-part", &[]) } else { part_title(*it) },
            url: url(&it.suffix()),
            current: *it == here,
        };
        all.iter().map(part).collect()
    }

    pub(super) fn subtree_page(&mut self, place: PlaceId, id: CollectionId) -> TeraResult<Made> {
        let here = self.view.place(place);
        let nothing = Listing::default();
        let listing = self.view.listing(place, id).unwrap_or(&nothing);
        let mut rows = Vec::new();
        for child in here.children.iter().filter(|it| self.view.total(**it, id).is_some()) {
            let below = self.view.has_subtree(*child, id);
            let rest =
                format!("{}/{}", self.view.collection(id).name, if below { "all/" } else { "" });
            let child_place = self.view.place(*child);
            rows.push(SubtreeRow {
                place: self.place_link(child_place),
                url: self.place_url(child_place, &rest),
                figures: self.total_figures(*child, id),
            });
        }
        let page = SubtreePage {
            place: self.place_link(here),
            collection: self.collection(id),
            figures: self.total_figures(place, id),
            rows,
            upcoming: self.listed(id, &listing.upcoming, place),
            recent: self.listed(id, &listing.recent, place),
            more: listing.upcoming.len() + listing.recent.len() < listing.count,
        };
        let name = self.say("subtree-place", &[("place", &here.name)]);
        let title = self.titled(&page.collection.title, &name, "");
        let (about, section) =
            (page.collection.description.clone(), page.collection.section.clone());
        let head = self.head("subtree", title, about, &section, self.crumbs(place, true));
        made(vec!["subtree.html".to_owned()], &head, &page)
    }

    pub(super) fn record_page(
        &mut self,
        place: PlaceId,
        id: CollectionId,
        index: u32,
    ) -> TeraResult<Made> {
        let declared = self.view.collection(id);
        let here = self.view.place(place);
        let set = self.view.record(place, id, index);
        let set = set.expect("a record's page is planned where it is");
        let index = index as usize;
        let list_url = self.place_url(here, &format!("{}/", declared.name));
        let page = RecordPage {
            place: self.place_link(here),
            collection: self.collection(id),
            record: self.record(set, index, false),
            list_url: list_url.clone(),
        };
        let name = title(declared, &set.records[index], self.view.language());
        let date = crate::render::functions::long(self.words, &page.record.date);
        let title = self.titled(&name, &here.name, &date);
        let mut crumbs = self.crumbs(place, true);
        crumbs.push(Link { title: page.collection.title.clone(), url: list_url });
        let head = self.head("record", title, String::new(), &page.collection.section, crumbs);
        made(vec!["record.html".to_owned()], &head, &page)
    }
}

pub(super) fn part_title(part: Shown) -> String {
    match part {
        Shown::Year(year) => year.to_string(),
        Shown::Chunk(_, _, Some(number)) => number.to_string(),
        _ => String::new(),
    }
}
