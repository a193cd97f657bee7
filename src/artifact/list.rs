//! Lists: the records of a collection at a place.
//!
//! `content/kaixuan/honors.yaml` gives the list `kaixuan/honors/`, which `page-size` of the
//! collection may cut into parts (`parts.rs`):
//!
//! ```text
//! page-size: year →  kaixuan/honors/          the latest years
//!                    kaixuan/honors/2026/     one page for each year
//!                    kaixuan/honors/2025/
//! page-size: 100  →  kaixuan/honors/          the newest 100 to 199
//!                    kaixuan/honors/page/2/   100 each, counted from the oldest
//!                    kaixuan/honors/page/1/
//! ```
//!
//! A record set of which nothing is posted has no list. A record's own page is planned by
//! `record.rs`, a list over several places by `subtree.rs`.

use std::borrow::Cow;

use crate::{
    artifact::{
        Artifact, ArtifactKind, ListPart, NotMade, Read, Sources, Subject, View,
        page::{self, Page, PageBuilder},
        parts::{entries, parts_of},
        structured::{Dataset, ListSubject, Occasion, Service},
    },
    diagnostic::Location,
    figures::{year, years},
    render::{
        context::{self, CollectionPage, Graph, PlaceLink},
        mentions::Word,
    },
    schema::{Collection, CollectionId, PlaceId, Record, SetFiles, display},
};

/// A list for each record set, cut into pages as its declaration says.
///
/// All parts of a list read the whole record set, so a record that changes makes all of them again.
/// The output keeps the files of those whose bytes come out the same.
pub(super) struct ListKind;

impl ArtifactKind for ListKind {
    fn name(&self) -> &'static str {
        "list"
    }

    fn plan(&self, place: Option<PlaceId>, sources: &Sources<'_>) -> Vec<Artifact> {
        let Some(place) = place else { return Vec::new() };
        let catalog = &sources.portal.catalog;
        let sets = catalog.sets_of(place).map(|index| &catalog.sets[index]);
        sets.flat_map(|set| parts(set, sources)).collect()
    }

    fn make<'v>(&self, artifact: &Artifact, view: &View<'v>) -> Result<Cow<'v, [u8]>, NotMade> {
        let Subject::Records(place, id, part) = artifact.subject else {
            return Err(artifact.unexpected());
        };
        page::make(view, |builder| builder.list_page(place, id, part))
    }
}

/// What the pages of a record set read, whichever records they show.
///
/// `Today` because records show whether they are past, `Routes` because their Markdown may link.
pub(super) fn set_page_reads(collection: CollectionId) -> [Read; 3] {
    [Read::Today, Read::Routes, Read::Collection(collection)]
}

/// The pages of one record set: how many there are follows from its count and years, not from its
/// records, so no record is read for it.
///
/// Diagnostics of these pages that have no better place point at the first file of the set.
fn parts(set: &SetFiles, sources: &Sources<'_>) -> Vec<Artifact> {
    let (place, id) = (set.place, set.collection);
    let Some(contents) = sources.figures.contents(place, id) else { return Vec::new() };
    let collection = sources.portal.collections().get(id);
    let source = set.files.first().cloned().map(Location::file);
    let source = source.unwrap_or_else(|| collection.location.clone());
    let page = |part: ListPart| {
        let rest = format!("{}/{}", collection.name, part.suffix());
        let subject = Subject::Records(place, id, part);
        let mut page = sources.page(place, &rest, subject, source.clone());
        page.reads.extend(set_page_reads(id));
        page.reads.extend([Read::Records(place, id), Read::Own(place, id), Read::Lists(place)]);
        page
    };
    let parts = parts_of(collection, contents.count, &contents.years, sources.clock());
    parts.into_iter().map(page).collect()
}

impl PageBuilder<'_, '_> {
    /// The context and templates of a part of a list. The theme may have a template for the
    /// collection (`collections/honors.html`); else that of the collection's view is used
    /// (`cards.html`).
    ///
    /// The list is cut again from the records that were read, by the same function as in `plan`.
    /// Figures and `count` are those of the whole set, not of the part.
    ///
    /// Returns [`NotMade::Torn`] if the records could not be read as they were summarised.
    fn list_page(&self, place: PlaceId, id: CollectionId, part: ListPart) -> Result<Page, NotMade> {
        let (declared, here) = (self.view.collection(id), self.view.place(place));
        let set = self.view.records(place, id).ok_or(NotMade::Torn)?;
        let entries = entries(set.records.iter().map(|record| year(declared, record)));
        let shown = entries.zip(&set.records).filter(|(entry, _)| part.holds(*entry));
        let shown = shown.map(|(entry, record)| (entry.index, record));
        let (indexes, shown): (Vec<usize>, Vec<&Record>) = shown.unzip();
        let view = format!("{}.html", declared.view.name());
        let templates = vec![format!("collections/{}.html", declared.name), view];
        let words = self.words_said(&templates);
        let record = |index: usize| self.record(&set, index, false, words);
        let records: Vec<context::Record> = indexes.iter().map(|it| record(*it)).collect();
        let list = format!("{}/", declared.name);
        let years = years(set.records.iter().map(|record| year(declared, record)));
        let year = |year: Option<&i16>| year.map(ToString::to_string).unwrap_or_default();
        let (first_year, last_year) = (year(years.keys().next()), year(years.keys().next_back()));
        let all = parts_of(declared, set.records.len(), &years, self.view.clock());
        // What stands beside the records of this page is on the page before or behind.
        let beside = [
            indexes.first().and_then(|first| first.checked_sub(1)),
            indexes.last().map(|last| last + 1),
        ];
        let dated =
            |it: &Record| declared.moment(it).map(|it| it.date.to_string()).unwrap_or_default();
        let beside = beside.into_iter().flatten().filter_map(|at| set.records.get(at)).map(dated);
        let beside: Vec<String> = beside.collect();
        let goes_on = |period: &str| {
            let of = |it: &String| it.get(..period.len()) == Some(period);
            if period.is_empty() { beside.contains(&String::new()) } else { beside.iter().any(of) }
        };
        let runs = |period: &str| page::runs(&records, period.len(), goes_on);
        let page = CollectionPage {
            place: self.place_link(here),
            collection: self.collection(id),
            figures: self.own_figures(place, id),
            data_url: self.view.data_url(here, id),
            months: words.given(Word::Months, || runs("2026-03")).unwrap_or_default(),
            years: words.given(Word::Years, || runs("2026")).unwrap_or_default(),
            weeks: words.given(Word::Weeks, || page::weeks(declared, &records)).unwrap_or_default(),
            finder: words.given(Word::Finder, || self.finder(declared, &set, &all, part)).flatten(),
            records,
            count: set.records.len(),
            first_year,
            last_year,
            series: words.given(Word::Series, || self.series(declared, &shown)).unwrap_or_default(),
            parts: self.parts(&all, part, |rest| self.place_url(here, &format!("{list}{rest}"))),
            part: self.part_of(part, &all),
            all_url: self.subtree_url(place, id),
            behind: self.behind(declared, &set.records, part),
        };
        let language = self.view.language();
        let title = self.titled(declared.title.get(language), &here.name, &page.part);
        let about = declared.description.get(language).to_owned();
        let section = declared.section.as_deref().unwrap_or_default();
        let mut head = self.head("collection", title, about, section, self.crumbs(place, true));
        declared.title.get(language).clone_into(&mut head.column);
        let url = self.absolute(&head.url);
        head.data.tell(|graph| {
            self.tell_list(graph, declared, &page.place, &url);
            self.tell_events(graph, &self.planned(id, &page.records, &shown));
        });
        Ok(page::filled(templates, head, page))
    }

    /// Adds what a list of records is, if it is of a kind that machines know.
    pub(super) fn tell_list(
        &self,
        graph: &mut Graph,
        declared: &Collection,
        place: &PlaceLink,
        url: &str,
    ) {
        let list = ListSubject { declared, language: self.view.language(), place, url };
        let absolute = |url: &str| self.absolute(url);
        if let Some(dataset) = Dataset::new(&list, absolute) {
            graph.add(&dataset);
        }
        if let Some(service) = Service::new(&list, absolute) {
            graph.add(&service);
        }
    }

    /// What is to come of a list of a schedule, the next first. `records` are its records as the
    /// page shows them, `shown` as they are.
    fn planned(
        &self,
        id: CollectionId,
        records: &[context::Record],
        shown: &[&Record],
    ) -> Vec<Occasion> {
        let declared = self.view.collection(id);
        let pairs = records.iter().zip(shown).filter(|(record, _)| record.past == Some(false));
        let occasion = |(record, it): (&context::Record, &&Record)| {
            self.occasion(id, record, declared.moment(it))
        };
        let mut occasions: Vec<Occasion> = pairs.filter_map(occasion).collect();
        occasions.sort_by_key(|it| it.moment);
        occasions
    }

    /// When the newest record of a list is of that is behind its cadence, on its first page. The
    /// clock is asked for one day, on which the page changes by itself.
    fn behind(&self, declared: &Collection, records: &[Record], part: ListPart) -> String {
        let Some(dating) = declared.dating.filter(|_| part.is_first()) else {
            return String::new();
        };
        let from = declared.behind_from(records);
        if !from.is_some_and(|from| self.view.clock().reached(from)) {
            return String::new();
        }
        let shown = |(_, record): (_, &Record)| {
            display::plain(&record.values[dating.date], &declared.fields[dating.date], "")
        };
        declared.newest(records).map(shown).unwrap_or_default()
    }

    /// The address of the list over the place and all places in it; empty if there is none.
    fn subtree_url(&self, place: PlaceId, id: CollectionId) -> String {
        if !self.view.has_subtree(place, id) {
            return String::new();
        }
        let rest = format!("{}/all/", self.view.collection(id).name);
        self.place_url(self.view.place(place), &rest)
    }
}
