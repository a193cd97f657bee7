//! Where references between records lead, and what refers to a record.
//!
//! A reference leads to what is posted: to the record's own page, or to the part of its list that
//! keeps it, that of its year. The title that stands there is the one that readers see on that page.
//! Of a record that is not posted there is nothing, neither link nor words.
//!
//! Nothing here reads a record: titles are known with the figures. What a page shows of another
//! place's record is a link of the page (`row.rs`), so it is made again when that becomes another.

use jiff::civil::Date;

use crate::{
    artifact::{
        ListPart, Routes,
        address::inside,
        parts::{entries, parts_of},
    },
    clock::Clock,
    disclosure::ReferencePlace,
    figures::{Contents, Referrer},
    fingerprint::Fingerprint,
    schema::{Collection, CollectionId, Place, PlaceId, Value},
    source::SitePath,
};

/// So many of the records that refer to one are listed on its page.
const MOST_REFERRERS: usize = 20;

/// A posted record as links to it show it.
#[derive(Debug, Clone)]
pub struct RecordLink<'a> {
    /// The place that has it.
    pub place: &'a Place,
    /// Its declaration.
    pub collection: &'a Collection,
    /// The value that is its title.
    pub title: &'a Value,
    /// The value that says when it happens.
    pub when: &'a Value,
    /// The path of the page that shows it.
    pub path: String,
    /// The fingerprint of all of this.
    pub fingerprint: Fingerprint,
}

/// The posted records that refer to one.
#[derive(Debug, Default)]
pub struct RecordReferrers<'a> {
    /// The latest of them.
    pub shown: Vec<RecordLink<'a>>,
    /// How many there are.
    pub count: usize,
    /// The lists that have the others: their declarations and paths.
    pub more: Vec<(&'a Collection, String)>,
}

impl RecordReferrers<'_> {
    /// The fingerprint of all that a page shows of them.
    pub fn fingerprint(&self) -> Fingerprint {
        let shown = Fingerprint::of_all(self.shown.iter().map(|it| it.fingerprint));
        let more: Vec<_> = self.more.iter().map(|(of, path)| (&of.title, path)).collect();
        shown.and(Fingerprint::of(&(self.count, more)))
    }
}

impl<'a> Routes<'a> {
    /// The posted record of a collection that a place, by its folder, means by a key.
    pub(super) fn referred(
        self,
        from: &SitePath,
        to: &str,
        key: Fingerprint,
        clock: &Clock,
    ) -> Option<RecordLink<'a>> {
        let (from, to) = self.at(from, to)?;
        let ReferencePlace::At(place) = self.portal.referred(from, to, key) else { return None };
        let index = *self.figures.contents(place, to)?.keys.get(&key)?;
        self.record_link(place, to, index, clock)
    }

    /// The posted records that refer to the one of a place, by its folder, with a key.
    pub(super) fn referrers(
        self,
        place: &SitePath,
        of: &str,
        key: Fingerprint,
        clock: &Clock,
    ) -> RecordReferrers<'a> {
        let Some((place, of)) = self.at(place, of) else { return RecordReferrers::default() };
        let all = self.figures.referrers(self.portal, (place, of, key));
        let (shown, rest) = all.split_at(all.len().min(MOST_REFERRERS));
        let link = |it: &Referrer| self.record_link(it.place, it.collection, it.index, clock);
        let mut more: Vec<(&Collection, String)> = Vec::new();
        for it in rest {
            let collection = self.portal.collections().get(it.collection);
            if more.iter().all(|(known, _)| known.name != collection.name) {
                more.push((collection, self.list_of(place, it)));
            }
        }
        RecordReferrers { shown: shown.iter().filter_map(link).collect(), count: all.len(), more }
    }

    /// The list that has a record and others like it: over all places in `here` if there is one,
    /// else that of its place.
    fn list_of(self, here: PlaceId, of: &Referrer) -> String {
        let name = &self.portal.collections().get(of.collection).name;
        if self.has_subtree(here, of.collection) {
            return inside(&self.portal.place(here).path, &format!("{name}/all/"));
        }
        inside(&self.portal.place(of.place).path, &format!("{name}/"))
    }

    /// A place by its folder, and a collection by its name.
    fn at(self, folder: &SitePath, collection: &str) -> Option<(PlaceId, CollectionId)> {
        let place = self.portal.catalog.place_of(&folder.join("place.yaml"))?;
        Some((place, self.portal.collections().find(collection)?))
    }

    /// A posted record by its index.
    fn record_link(
        self,
        place: PlaceId,
        id: CollectionId,
        index: u32,
        clock: &Clock,
    ) -> Option<RecordLink<'a>> {
        let catalog = &self.portal.catalog;
        let contents = self.figures.contents(place, id)?;
        let record = contents.linked.get(index as usize)?;
        let (place, collection) = (self.portal.place(place), self.portal.collections().get(id));
        let path = inside(&place.path, &record_path(collection, contents, index, clock));
        // A title may be a place.
        let places = matches!(record.title, Value::Place(_)).then(|| catalog.places_fingerprint());
        let fingerprint =
            Fingerprint::of(&(&record.title, &record.when, &path, &place.name, places));
        let fingerprint = fingerprint.and(catalog.collection_fingerprint(id));
        let (title, when) = (&record.title, &record.when);
        Some(RecordLink { place, collection, title, when, path, fingerprint })
    }
}

/// The path of the page that shows a record, below that of its place: its own, else the last part of
/// the list that has it, which is that of its year.
fn record_path(collection: &Collection, contents: &Contents, index: u32, clock: &Clock) -> String {
    let index = index as usize;
    if let Some(record) = contents.records.get(index) {
        return format!("{}/{}/", collection.name, record.address);
    }
    let parts = parts_of(collection, contents.count, &contents.years, clock);
    let years = contents.linked.iter().map(|it| it.when.as_date().map(Date::year));
    let entry = entries(years).nth(index);
    let part = entry.and_then(|entry| parts.into_iter().rev().find(|it| it.holds(entry)));
    format!("{}/{}", collection.name, part.unwrap_or(ListPart::Whole).suffix())
}
