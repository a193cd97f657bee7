//! Pages of single records, for collections that declare them.
//!
//! A collection with `record-pages: {slug: [number]}` gives each of its records a page: the record
//! with the number `2026-033` in `content/xinyuan/responses.yaml` is at
//! `xinyuan/responses/2026-033/`. The address is made from the record's values after disclosure.
//! Two records with the same one are an error of conflicting paths (`plan.rs`), which names both
//! lines.

use std::borrow::Cow;

use crate::{
    artifact::{
        Artifact, ArtifactKind, NotMade, Read, Sources, Subject, View,
        list::set_page_reads,
        page::{self, Page, PageBuilder},
        structured::Occasion,
    },
    diagnostic::Location,
    figures::RecordEntry,
    render::context::{Link, RecordPage},
    schema::{CollectionId, PlaceId, SetFiles},
};

/// A page for each record of a collection with `record-pages`. Other collections have records on
/// lists only.
pub(super) struct RecordKind;

impl ArtifactKind for RecordKind {
    fn name(&self) -> &'static str {
        "record"
    }

    fn plan(&self, place: Option<PlaceId>, sources: &Sources<'_>) -> Vec<Artifact> {
        let Some(place) = place else { return Vec::new() };
        let catalog = &sources.portal.catalog;
        let sets = catalog.sets_of(place).map(|index| &catalog.sets[index]);
        sets.flat_map(|set| pages(set, sources)).collect()
    }

    fn make<'v>(&self, artifact: &Artifact, view: &View<'v>) -> Result<Cow<'v, [u8]>, NotMade> {
        let Subject::Record(place, id, index) = artifact.subject else {
            return Err(artifact.unexpected());
        };
        page::make(view, |builder| builder.record_page(place, id, index))
    }
}

/// A page for each record of a set whose collection gives records pages of their own. Addresses
/// come from the listing of contents, so no record is read.
///
/// Each page reads its own record only. So an edit of one record makes one such page again, not all
/// of the set.
fn pages(set: &SetFiles, sources: &Sources<'_>) -> Vec<Artifact> {
    let (place, id) = (set.place, set.collection);
    let Some(contents) = sources.figures.contents(place, id) else { return Vec::new() };
    let collection = sources.portal.collections().get(id);
    let page = |(index, record): (u32, &RecordEntry)| {
        let file = set.files[usize::from(record.file)].clone();
        let source = Location::line(file, record.line);
        let rest = format!("{}/{}/", collection.name, record.address);
        let subject = Subject::Record(place, id, index);
        let mut page = sources.page(place, &rest, subject, source);
        page.reads.extend(set_page_reads(id));
        page.reads.push(Read::Record(place, id, index));
        page
    };
    // Of a draft that is not finished the address may be empty.
    (0..).zip(&contents.records).filter(|(_, it)| !it.address.is_empty()).map(page).collect()
}

impl PageBuilder<'_, '_> {
    /// The context of a record's page. It is called by the record's title (`page/record.rs`), its
    /// place and its date as the theme writes dates.
    ///
    /// `index` counts the published records of the set. Returns [`NotMade::Torn`] if the set could
    /// not be read.
    fn record_page(&self, place: PlaceId, id: CollectionId, index: u32) -> Result<Page, NotMade> {
        let (declared, here) = (self.view.collection(id), self.view.place(place));
        let set = self.view.record(place, id, index).ok_or(NotMade::Torn)?;
        let index = index as usize;
        let list_url = self.place_url(here, &format!("{}/", declared.name));
        let templates = vec!["record.html".to_owned()];
        let page = RecordPage {
            place: self.place_link(here),
            collection: self.collection(id),
            record: self.record(&set, index, false, self.words_said(&templates)),
            list_url: list_url.clone(),
            phone: self.view.office_phone(here).unwrap_or_default(),
            referrers: self.referrers(here, declared, &set.records[index]),
        };
        let name = self.record_title(declared, &set.records[index]);
        let date = crate::render::functions::long(self.words, &page.record.date);
        let title = self.titled(&name, &here.name, &date);
        let mut crumbs = self.crumbs(place, true);
        let list = declared.title.get(self.view.language()).to_owned();
        let section = declared.section.as_deref().unwrap_or_default();
        crumbs.push(Link { title: list.clone(), url: list_url });
        let mut head = self.head("record", title, String::new(), section, crumbs);
        head.column = list;
        let moment = declared.moment(&set.records[index]);
        let occasion = self
            .occasion(id, &page.record, moment)
            .map(|it| Occasion { url: head.url.clone(), ..it });
        head.data.tell(|graph| self.tell_events(graph, occasion.as_slice()));
        Ok(page::filled(templates, head, page))
    }
}
