//! Pages of places; the front page is that of the root.
//!
//! A place's page shows what the place says of itself, a card for each place right below it, each
//! collection in short (figures and a few records), and its notices. For `kaixuan/`, with
//! collections `honors` and `patrols` and the child `kaixuan/yixin`, it reads
//!
//! ```text
//! Theme  Site  Today  Routes  Lists(kaixuan)  Notices(kaixuan)
//! Place(root)  Place(kaixuan)  Place(kaixuan/yixin)
//! Collection, Own, Total, Listing of kaixuan, for each of the two collections
//! Total(kaixuan/yixin), for each of the two collections
//! ```
//!
//! No record set is among them. The records that it shows belong to the listing, whose fingerprint
//! covers them. A record that is not listed reaches the page through the figures only.

use std::{borrow::Cow, collections::BTreeMap};

use tera::Value;

use crate::{
    artifact::{
        Artifact, ArtifactKind, NotMade, Read, Sources, Subject, View,
        page::{self, Page, PageBuilder, safe},
        structured::{Occasion, Office},
    },
    diagnostic::Location,
    figures::Listed,
    render::{
        context::{Child, Coming, Figures, PlacePage, Set},
        mentions::RecordWords,
    },
    schema::{CollectionId, Place, PlaceId, collection::RecordView},
};

/// How many notices a place's page shows. A section's page shows twice as many.
pub(super) const NOTICES: usize = 8;

/// How many records that happen soon a place's page shows together.
const COMING: usize = 4;

/// A page for each place.
///
/// The root differs in three ways: its template is `home.html`, its title that of the site, and its
/// notices those of all places, as are those of a place that has none of its own.
pub(super) struct PlaceKind;

impl ArtifactKind for PlaceKind {
    fn name(&self) -> &'static str {
        "place"
    }

    fn plan(&self, place: Option<PlaceId>, sources: &Sources<'_>) -> Vec<Artifact> {
        let Some(place) = place else { return Vec::new() };
        let Place { folder, children, .. } = sources.portal.place(place);
        let source = Location::file(folder.join("place.yaml"));
        let mut page = sources.page(place, "", Subject::Place(place), source);
        let lists = Read::Lists(place);
        page.reads.extend([Read::Today, Read::Routes, lists, Read::Happening(place)]);
        page.reads.push(Read::Notices(place));
        if place == PlaceId::ROOT || sources.portal.notices().count(place).0 == 0 {
            page.reads.push(Read::AllNotices(place));
        }
        page.reads.extend(children.iter().map(|child| Read::Place(*child)));
        for collection in sources.figures.collections(place) {
            page.reads.extend(set_reads(place, collection));
            page.reads.extend(children.iter().map(|child| Read::Total(*child, collection)));
        }
        vec![page]
    }

    fn make<'v>(&self, artifact: &Artifact, view: &View<'v>) -> Result<Cow<'v, [u8]>, NotMade> {
        let Subject::Place(place) = artifact.subject else { return Err(artifact.unexpected()) };
        page::make(view, |builder| builder.place_page(place))
    }
}

/// What a page reads that shows a collection over a place and all places in it.
///
/// Pages of places, sections and subtrees share it. Records of listings need no read of their own.
pub(super) fn set_reads(place: PlaceId, collection: CollectionId) -> [Read; 4] {
    [
        Read::Collection(collection),
        Read::Own(place, collection),
        Read::Total(place, collection),
        Read::Listing(place, collection),
    ]
}

impl PageBuilder<'_, '_> {
    /// The context of a place's page. `sets` and `set_index` hold the same collections: as a list,
    /// and by name for templates that want one of them.
    ///
    /// Returns [`NotMade::Torn`] if a listed record cannot be read.
    fn place_page(&self, id: PlaceId) -> Result<Page, NotMade> {
        let place = self.view.place(id);
        let kind = if id == PlaceId::ROOT { "home" } else { "place" };
        let templates = vec![format!("{kind}.html")];
        let words = self.record_words(&templates);
        let collections = self.in_section_order();
        let sets = collections.iter().map(|collection| self.set(id, *collection, words));
        let sets: Vec<Set> = sets.collect::<Result<_, _>>()?;
        let (coming, occasions) = self.coming(id, &collections, words)?;
        let names = collections.iter().map(|it| self.view.collection(*it).name.clone());
        let set_index = names.zip(0..);
        let photo = place.photo.as_ref().map(|photo| self.image(photo.as_str()));
        let wide = id == PlaceId::ROOT || self.view.notices(id, false).next().is_none();
        let notices = self.view.notices(id, wide);
        let photo_url = photo.as_ref().map(|photo| self.absolute(&photo.url)).unwrap_or_default();
        let page = PlacePage {
            place: self.place_link(place),
            intro: self.intro(place),
            pages: self.view.menu(id),
            photo: photo.map_or_else(Value::none, Value::from),
            children: place.children.iter().map(|child| self.child(*child)).collect(),
            set_index: set_index.collect(),
            sets,
            coming,
            notices: self.notice_links(notices.take(NOTICES)),
            notices_wide: wide,
            notices_url: self.notices_url(place),
            data_url: self.data_page_url(place),
            narrow_calendar: self.view.has_narrow_calendar(id),
        };
        let (title, description) = if id == PlaceId::ROOT {
            let (config, language) = (self.view.config(), self.view.language());
            let title = config.title.get(language).to_owned();
            (title, config.description.get(language).to_owned())
        } else {
            let description = self.say("place-description", &[("place", &place.name)]);
            (place.name.clone(), description)
        };
        let mut head = self.head(kind, title, description, "", self.crumbs(id, false));
        head.image = photo_url;
        head.data.tell(|graph| {
            graph.add(&Office::new(&page.place, |url| self.absolute(url)));
            self.tell_events(graph, &occasions);
        });
        Ok(page::filled(templates, head, page))
    }

    /// What happens next here and in all places that lie in it, of the `collections` of the page and
    /// of notices: as the page shows it, and as it is told to machines.
    fn coming(
        &self,
        place: PlaceId,
        collections: &[CollectionId],
        words: RecordWords,
    ) -> Result<(Vec<Coming>, Vec<Occasion>), NotMade> {
        let mut listed: Vec<(Listed, usize, CollectionId)> = Vec::new();
        for (set, &id) in collections.iter().enumerate() {
            let declared = self.view.collection(id);
            if declared.view == RecordView::Schedule
                && let Some(listing) = self.view.listing(place, id)
            {
                listed.extend(listing.preview(declared).into_iter().map(|it| (it, set, id)));
            }
        }
        listed.sort_unstable();
        listed.truncate(COMING);
        let mut coming = Vec::new();
        for (record, set, id) in listed {
            for it in self.listed(id, &[record], place, words)? {
                let occasion = self.occasion(id, &it, record.moment);
                let shown = Coming { set, record: Value::from(it), notice: Value::none() };
                coming.push((record.moment, shown, occasion));
            }
        }
        for (moment, notice) in self.view.happening(place).into_iter().take(COMING) {
            let link = self.notice_link(notice, self.view.named_place(notice.place));
            let occasion = Some(Occasion::of_notice(&link, moment));
            let notice = Value::from(link);
            let shown = Coming { set: 0, record: Value::none(), notice };
            coming.push((Some(moment), shown, occasion));
        }
        coming.sort_by_key(|(moment, ..)| *moment);
        coming.truncate(COMING);
        let (shown, occasions): (Vec<Coming>, Vec<Option<Occasion>>) =
            coming.into_iter().map(|(_, shown, occasion)| (shown, occasion)).unzip();
        Ok((shown, occasions.into_iter().flatten().collect()))
    }

    /// The introduction of `place.yaml` as HTML; empty if there is none. Diagnostics point at the
    /// file, as the position inside it is not kept.
    fn intro(&self, place: &Place) -> Value {
        let Some(intro) = &place.intro else { return safe("") };
        let file = place.folder.join("place.yaml");
        let location = Location::file(file.clone());
        safe(&self.markdown(intro, &file, &String::new, |_| location.clone()).html)
    }

    /// The page's collections in the order of the sections; those of no section last. Within a
    /// section they keep the order of their names.
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

    /// A place inside this one, as its card shows it. Its totals are those with all places in it. A
    /// collection without records there is left out, rather than shown with zeros.
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

    /// A collection over a place and all places in it, in short. Addresses of lists that do not
    /// exist are empty. A place that has the collection only below has no `url` but an `all_url`.
    pub(super) fn set(
        &self,
        place: PlaceId,
        id: CollectionId,
        words: RecordWords,
    ) -> Result<Set, NotMade> {
        let (declared, here) = (self.view.collection(id), self.view.place(place));
        let address = |exists: bool, rest: &str| {
            let path = || self.place_url(here, &format!("{}/{rest}", declared.name));
            if exists { path() } else { String::new() }
        };
        let has_own = self.view.own(place, id).is_some();
        let listing = self.view.listing(place, id);
        let listed = listing.map(|listing| listing.preview(declared)).unwrap_or_default();
        Ok(Set {
            collection: self.collection(id),
            url: address(has_own, ""),
            all_url: address(self.view.has_subtree(place, id), "all/"),
            data_url: self.data_of_total(place, id),
            own: self.own_figures(place, id),
            total: self.total_figures(place, id),
            preview: self.listed(id, &listed, place, words)?,
        })
    }

    /// The page about the data of a place; empty if there is none.
    fn data_page_url(&self, place: &Place) -> String {
        let is_there =
            |id: &CollectionId| place.id == PlaceId::ROOT || self.view.own(place.id, *id).is_some();
        let urls = self.view.collections().filter(is_there);
        let mut urls = urls.map(|id| self.view.data_url(place, id)).filter(|it| !it.is_empty());
        let url = urls.next().unwrap_or_default();
        url.split('#').next().unwrap_or_default().to_owned()
    }

    /// Where the records are offered from which the totals of a collection are made: with the place
    /// that keeps all of them, else with all places.
    fn data_of_total(&self, place: PlaceId, id: CollectionId) -> String {
        let is_own = self.view.own(place, id) == self.view.total(place, id);
        let place = if is_own { place } else { PlaceId::ROOT };
        self.view.data_url(self.view.named_place(place), id)
    }

    /// The address of the list of a place's notices, or of those of its subtree. The front page
    /// prefers that of the subtree, any other place its own. Empty if there is neither.
    fn notices_url(&self, place: &Place) -> String {
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
