//! Lists over places: a collection at a place and in all places in it.
//!
//! `kaixuan/honors/all/` has a row for each place right below that has honours, with its totals,
//! then the next and the latest records of the whole subtree. Each row leads one level further
//! down, so a reader goes from the street to the community whose record it is.
//!
//! All numbers are merged figures, and all records come from the listing, so only the record sets
//! of listed records are read. The other records are on the lists of their places.

use std::borrow::Cow;

use crate::{
    artifact::{
        Artifact, ArtifactKind, NotMade, Read, Sources, Subject, View,
        page::{self, Page, PageBuilder},
        place::set_reads,
    },
    figures::Listing,
    render::context::{Link, SubtreePage, SubtreeRow},
    schema::{Collection, CollectionId, PlaceId, RecordView},
};

/// The most places two levels below that a page leads to.
const WITHIN: usize = 200;

/// A page for each collection over each place with others in it, if `[pages] subtrees` does not
/// switch them off.
///
/// Their source is the declaration of the collection, as no file of the place has to be there.
pub(super) struct SubtreeKind;

impl ArtifactKind for SubtreeKind {
    fn name(&self) -> &'static str {
        "subtree"
    }

    fn plan(&self, place: Option<PlaceId>, sources: &Sources<'_>) -> Vec<Artifact> {
        let Some(place) = place else { return Vec::new() };
        let page = |id: CollectionId| {
            let declared = sources.portal.collections().get(id);
            let (rest, source) = (format!("{}/all/", declared.name), declared.location.clone());
            let subject = Subject::Subtree(place, id);
            let mut page = sources.page(place, &rest, subject, source);
            page.reads.extend([Read::Today, Read::Routes, Read::Lists(place)]);
            page.reads.extend(set_reads(place, id));
            let children = &sources.portal.place(place).children;
            let within = within(sources, place, declared);
            for child in children.iter().copied().chain(within) {
                page.reads.extend([Read::Place(child), Read::Lists(child), Read::Total(child, id)]);
            }
            page
        };
        sources.routes().subtrees(place).into_iter().map(page).collect()
    }

    fn make<'v>(&self, artifact: &Artifact, view: &View<'v>) -> Result<Cow<'v, [u8]>, NotMade> {
        let Subject::Subtree(place, id) = artifact.subject else {
            return Err(artifact.unexpected());
        };
        page::make(view, |builder| builder.subtree_page(place, id))
    }
}

/// The places two levels below a place, to which a schedule or directory leads at once: who looks for
/// somebody knows a community, and not its street. None if they are too many for a page.
fn within(sources: &Sources<'_>, place: PlaceId, declared: &Collection) -> Vec<PlaceId> {
    if !leads_on(declared) {
        return Vec::new();
    }
    let children = |id: PlaceId| sources.portal.place(id).children.iter().copied();
    let all: Vec<PlaceId> = children(place).flat_map(children).take(WITHIN + 1).collect();
    if all.len() > WITHIN { Vec::new() } else { all }
}

/// Readers look in it for a place.
fn leads_on(declared: &Collection) -> bool {
    matches!(declared.view, RecordView::Schedule | RecordView::Directory)
}

impl PageBuilder<'_, '_> {
    /// The context of the page. `more` says that the subtree has more records than are listed.
    ///
    /// Returns [`NotMade::Torn`] if a listed record cannot be read.
    fn subtree_page(&self, place: PlaceId, id: CollectionId) -> Result<Page, NotMade> {
        let here = self.view.place(place);
        let nothing = Listing::default();
        let listing = self.view.listing(place, id).unwrap_or(&nothing);
        let children = here.children.iter().filter(|child| self.view.total(**child, id).is_some());
        let templates = vec!["subtree.html".to_owned()];
        let words = self.words_said(&templates);
        let page = SubtreePage {
            place: self.place_link(here),
            collection: self.collection(id),
            figures: self.total_figures(place, id),
            data_url: self.data_of_total(place, id),
            rows: children.map(|child| self.subtree_row(*child, id)).collect(),
            upcoming: self.listed(id, &listing.upcoming, place, words)?,
            recent: self.listed(id, &listing.recent, place, words)?,
            more: listing.upcoming.len() + listing.recent.len() < listing.count,
        };
        let name = self.say("subtree-place", &[("place", &here.name)]);
        let (declared, language) = (self.view.collection(id), self.view.language());
        let title = self.titled(declared.title.get(language), &name, "");
        let about = declared.description.get(language).to_owned();
        let section = declared.section.as_deref().unwrap_or_default();
        let mut head = self.head("subtree", title, about, section, self.crumbs(place, true));
        declared.title.get(language).clone_into(&mut head.column);
        let url = self.absolute(&head.url);
        head.data.tell(|graph| self.tell_list(graph, declared, &page.place, &url));
        Ok(page::filled(templates, head, page))
    }

    /// The row of a place below. It leads to the list over that place if there is one, else to the
    /// place's own list.
    fn subtree_row(&self, child: PlaceId, id: CollectionId) -> SubtreeRow {
        let url = |place: PlaceId| {
            let below = if self.view.has_subtree(place, id) { "all/" } else { "" };
            let rest = format!("{}/{below}", self.view.collection(id).name);
            self.place_url(self.view.place(place), &rest)
        };
        let place = self.view.place(child);
        let reads = &self.view.artifact().reads;
        let is_read = |it: &PlaceId| reads.binary_search(&Read::Total(*it, id)).is_ok();
        let within = place.children.iter().copied().filter(is_read);
        let within = within.filter(|it| self.view.total(*it, id).is_some());
        let link = |it: PlaceId| Link { title: self.view.place(it).name.clone(), url: url(it) };
        SubtreeRow {
            place: self.place_link(place),
            url: url(child),
            places: within.map(link).collect(),
            figures: self.total_figures(child, id),
        }
    }
}
