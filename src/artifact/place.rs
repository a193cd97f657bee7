//! Pages of places; the front page is that of the root.
//!
//! A place's page shows what the place says of itself, a card for each place right below it, each
//! collection in short (figures and a few records), and its notices. For `kaixuan/`, with
//! collections `honors` and `patrols` and the child `kaixuan/yixin`, it reads
//!
//! ```text
//! Theme  Site  Today  Routes  Lists(kaixuan)  Notices(kaixuan)  Headlines(root)
//! Place(root)  Place(kaixuan)  Place(kaixuan/yixin)
//! Collection, Own, Total, Listing of kaixuan, for each of the two collections
//! Total(kaixuan/yixin), for each of the two collections
//! ```
//!
//! A community or anything smaller shows what the places above hold for everybody as well, and reads
//! what is [`ahead`] in their own record sets that are inherited. Of a [`directory`] above it it
//! reads the records, for the entries of its own buildings.
//!
//! No record set is among them. The records that it shows belong to the listing, whose fingerprint
//! covers them. A record that is not listed reaches the page through the figures only.

use std::{borrow::Cow, cmp::Reverse, collections::BTreeMap};

use tera::Value;

use crate::{
    artifact::{
        Artifact, ArtifactKind, NotMade, Read, Sources, Subject, View, directory, inherited, month,
        page::{self, Page, PageBuilder, safe},
        structured::Office,
        urgent,
    },
    diagnostic::Location,
    render::{
        context::{Child, Figures, NoticeLink, PlacePage, Set, UrgentNotice},
        mentions::SaidWords,
    },
    schema::{CollectionId, Notice, Place, PlaceId},
};

/// How many notices a place's page shows. A section's page shows twice as many.
pub(super) const NOTICES: usize = 8;

/// How many notices of the places above a place's page shows.
const NOTICES_ABOVE: usize = 4;

/// How many urgent notices a place's page shows.
const URGENT: usize = 3;

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
        page.reads.extend(inherited::reads_above(place, sources));
        page.reads.extend(directory::reads_above(place, sources));
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
        let words = self.words_said(&templates);
        let collections = self.in_section_order(id);
        let sets = collections.iter().map(|collection| self.set(id, *collection, words));
        let mut sets: Vec<Set> = sets.collect::<Result<_, _>>()?;
        let agenda = self.agenda(id, words)?;
        for (set, id) in sets.iter_mut().zip(&collections) {
            set.announced = agenda.shown.get(id).copied().unwrap_or_default();
        }
        let names = collections.iter().map(|it| self.view.collection(*it).name.clone());
        let set_index = names.zip(0..);
        let photo = place.photo.as_ref().map(|photo| self.image(photo.as_str()));
        let wide = id == PlaceId::ROOT || self.view.notices(id, false).next().is_none();
        let notices = self.view.notices(id, wide).filter(|notice| !notice.urgent);
        let photo_url = photo.as_ref().map(|photo| self.absolute(&photo.url)).unwrap_or_default();
        let page = PlacePage {
            place: self.place_link(place),
            intro: self.intro(place),
            pages: self.view.menu(id),
            photo: photo.map_or_else(Value::none, Value::from),
            children: place.children.iter().map(|child| self.child(*child, &collections)).collect(),
            set_index: set_index.collect(),
            sets,
            agenda: agenda.days,
            urgent: self.urgent(id),
            notices: self.notice_links(notices.take(NOTICES)),
            notices_above: self.notices_above(id),
            directories_above: self.directories_above(place)?,
            notices_wide: wide,
            notices_url: self.notices_url(place),
            data_url: self.data_page_url(place),
            calendar_url: self.calendar_url(place),
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
            // The front page has their names alone.
            if kind != "home" {
                self.tell_events(graph, &agenda.occasions);
            }
        });
        Ok(page::filled(templates, head, page))
    }

    /// The urgent notices of a place and of those above, on the front page those of all places: what
    /// happens first stands first, then the latest.
    fn urgent(&self, id: PlaceId) -> Vec<UrgentNotice> {
        let view = self.view;
        let above = view.headlined().flat_map(|above| view.headlines(above));
        let all = above.chain(view.notices(id, id == PlaceId::ROOT));
        let mut all: Vec<&Notice> = all.filter(|notice| notice.urgent).collect();
        all.sort_by_key(|it| (it.happens.is_none(), it.happens, Reverse(it.date()), &it.file));
        let urgent = |notice: &&Notice| {
            let place = view.named_place(notice.place);
            UrgentNotice {
                notice: self.notice_link(notice, place),
                place: (notice.place != id).then(|| self.place_link(place)),
                phone: view.office_phone(place).unwrap_or_default(),
                ends: urgent::ends(view, notice),
            }
        };
        all.iter().take(URGENT).map(urgent).collect()
    }

    /// The latest notices of the places above, but for urgent ones; pinned ones first.
    fn notices_above(&self, id: PlaceId) -> Vec<NoticeLink> {
        let view = self.view;
        if view.is_area(id) {
            return Vec::new();
        }
        let all = view.headlined().flat_map(|above| view.headlines(above));
        let mut all: Vec<&Notice> = all.filter(|notice| !notice.urgent).collect();
        all.sort_by_key(|it| (!it.pinned, Reverse(it.date()), &it.file));
        self.notice_links(all.into_iter().take(NOTICES_ABOVE))
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
    fn in_section_order(&self, place: PlaceId) -> Vec<CollectionId> {
        let sections = self.view.config().section_ids();
        let mut ids: Vec<CollectionId> = self.view.totalled(place).collect();
        ids.sort_by_key(|id| {
            let section = self.view.collection(*id).section.as_deref();
            let rank = sections.iter().position(|it| Some(*it) == section);
            (rank.unwrap_or(sections.len()), *id)
        });
        ids
    }

    /// A place inside this one, as its card shows it. Its totals are those with all places in it. A
    /// collection without records there is left out, rather than shown with zeros.
    fn child(&self, id: PlaceId, collections: &[CollectionId]) -> Child {
        let total = |collection: CollectionId| -> Option<(String, Figures)> {
            self.view.total(id, collection)?;
            let name = self.view.collection(collection).name.clone();
            Some((name, self.total_figures(id, collection)))
        };
        Child {
            place: self.place_link(self.view.place(id)),
            totals: collections.iter().copied().filter_map(total).collect::<BTreeMap<_, _>>(),
            places: self.view.places_in(id),
        }
    }

    /// A collection over a place and all places in it, in short. Addresses of lists that do not
    /// exist are empty. A place that has the collection only below has no `url` but an `all_url`.
    pub(super) fn set(
        &self,
        place: PlaceId,
        id: CollectionId,
        words: SaidWords,
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
            announced: 0,
        })
    }

    /// The page with the calendar of a place; empty if there is none.
    fn calendar_url(&self, place: &Place) -> String {
        let has_month = self.view.has_month(place.id);
        if has_month { self.place_url(place, month::PATH) } else { String::new() }
    }

    /// The page about the data of a place; empty if there is none.
    fn data_page_url(&self, place: &Place) -> String {
        let is_there = |id: &CollectionId| {
            self.view.is_offered_within(place.id, *id) || self.view.own(place.id, *id).is_some()
        };
        let urls = self.view.totalled(place.id).filter(is_there);
        let mut urls = urls.map(|id| self.view.data_url(place, id)).filter(|it| !it.is_empty());
        let url = urls.next().unwrap_or_default();
        url.split('#').next().unwrap_or_default().to_owned()
    }

    /// Where the records are offered from which the totals of a collection are made: with the place
    /// that keeps or offers all of them, else with all places.
    pub(super) fn data_of_total(&self, place: PlaceId, id: CollectionId) -> String {
        let is_own = self.view.own(place, id) == self.view.total(place, id);
        let is_here = is_own || self.view.is_offered_within(place, id);
        let place = if is_here { place } else { PlaceId::ROOT };
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
