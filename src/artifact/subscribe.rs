//! The page of a place that says how to subscribe: to its calendar, to those of its lists, to its
//! feeds; and what every page says of them in its head.
//!
//! `kaixuan/yixin/subscribe/` has a button for each and a code that a telephone's camera reads, for
//! the board in the stairwell. It is there if there is anything to subscribe to.
//!
//! What happens in the communities of a street or district is on the calendars of these, not on its
//! own ([`agenda`]): its page says so, and leads to theirs first.

mod qr;

use std::borrow::Cow;

use crate::{
    artifact::{
        Artifact, ArtifactKind, NotMade, Read, Routes, Sources, Subject, View,
        address::inside,
        agenda,
        calendar::{self, Extent},
        feed::Form,
        page::{self, Page, PageBuilder},
    },
    config::Config,
    diagnostic::Location,
    render::context::{CalendarLink, Link, SubscribePage, Subscription},
    schema::{Collection, CollectionId, Place, PlaceId},
};

/// The path of the page, below that of its place.
const PATH: &str = "subscribe/";

/// The media type of calendars.
const CALENDAR: &str = "text/calendar";

/// A page for each place, if `[pages] subscribe` does not switch it off.
pub(super) struct SubscribeKind;

impl ArtifactKind for SubscribeKind {
    fn name(&self) -> &'static str {
        "subscribe"
    }

    fn plan(&self, place: Option<PlaceId>, sources: &Sources<'_>) -> Vec<Artifact> {
        let Some(place) = place.filter(|_| is_on(sources.config)) else { return Vec::new() };
        let (catalog, here) = (&sources.portal.catalog, sources.portal.place(place));
        let source = Location::file(here.folder.join("place.yaml"));
        let mut page = sources.page(place, PATH, Subject::Place(place), source);
        let sets = catalog.sets_of(place).map(|index| catalog.sets[index].collection);
        let followed = sets.filter(|id| is_followed(catalog.collections.get(*id)));
        for id in followed {
            page.reads.extend([Read::Collection(id), Read::Records(place, id)]);
        }
        if agenda::is_on(sources.config) {
            page.reads.extend(calendar::reads_of_place(place, sources));
        }
        page.reads.extend(here.children.iter().map(|child| Read::Place(*child)));
        vec![page]
    }

    fn make<'v>(&self, artifact: &Artifact, view: &View<'v>) -> Result<Cow<'v, [u8]>, NotMade> {
        let Subject::Place(place) = artifact.subject else { return Err(artifact.unexpected()) };
        page::make(view, |builder| builder.subscribe_page(place))
    }
}

/// The portal has something to subscribe to, and pages that say how.
fn is_on(config: &Config) -> bool {
    let has_feeds = Form::ALL.into_iter().any(|form| form.is_on(config));
    config.pages.subscribe && (agenda::is_on(config) || has_feeds)
}

/// A list has a calendar or feeds of its own.
fn is_followed(collection: &Collection) -> bool {
    calendar::asks(collection) || collection.feed
}

impl Routes<'_> {
    /// What follows the path of a place is that of its page for subscribers, or of a file that they
    /// subscribe to: the path as it is published.
    pub(super) fn subscription(self, place: PlaceId, rest: &str) -> Option<&'static str> {
        let config = self.config;
        let has_children = !self.portal.place(place).children.is_empty();
        let form = |name| Form::ALL.into_iter().find(|form| form.file() == name);
        match rest.split_once('/') {
            None if format!("{rest}/") == PATH => is_on(config).then_some(PATH),
            None => match Extent::named(rest) {
                Some(extent) => agenda::is_on(config).then_some(extent.file()),
                None => form(rest).filter(|form| form.is_on(config)).map(Form::file),
            },
            Some((list, file)) => {
                let catalog = &self.portal.catalog;
                let id = catalog.collections.find(list);
                let id = id.filter(|id| catalog.set_index(place, *id).is_some());
                let declared = id.map(|id| catalog.collections.get(id));
                let form = form(file).filter(|form| form.is_on(config));
                let has_feed =
                    list == "notices" && has_children || declared.is_some_and(|it| it.feed);
                let has_calendar = agenda::is_on(config) && declared.is_some_and(calendar::asks);
                match form {
                    Some(form) => has_feed.then_some(form.file()),
                    None => Extent::named(file).filter(|_| has_calendar).map(Extent::file),
                }
            }
        }
    }
}

impl PageBuilder<'_, '_> {
    /// The context of the page.
    ///
    /// Returns [`NotMade::Torn`] if records could not be read as they were summarised.
    fn subscribe_page(&self, id: PlaceId) -> Result<Page, NotMade> {
        let (view, place) = (self.view, self.view.place(id));
        let child = |child: &PlaceId| {
            let place = view.place(*child);
            Link { title: place.name.clone(), url: self.place_url(place, PATH) }
        };
        let here = view.whole_url(&view.artifact().path);
        let page = SubscribePage {
            place: self.place_link(place),
            calendars: self.calendars(place)?,
            feeds: self.all_feeds(place),
            places: place.children.iter().map(child).collect(),
            narrow: view.has_narrow_calendar(id),
            code: qr::code(&here),
        };
        let title = self.say("subscribe-title", &[("place", &place.name)]);
        let head = self.head("subscribe", title, String::new(), "", self.crumbs(id, true));
        Ok(page::filled(vec!["subscribe.html".to_owned()], head, page))
    }

    /// What one can subscribe to from a page: the calendar and feeds of its place, and those of the
    /// list that it is about. Nothing where the portal has no places.
    pub(super) fn alternates(&self) -> Vec<Subscription> {
        let Some(place) = self.view.subject_place() else { return Vec::new() };
        let place = self.view.named_place(place);
        let mut all = self.files(&place.path, &place.name, (true, true));
        if let Subject::Records(_, id, _) | Subject::Record(_, id, _) = self.view.artifact().subject
        {
            let declared = self.view.collection(id);
            let has = (calendar::asks(declared), declared.feed);
            let title = declared.title.get(self.view.language());
            all.extend(self.files(&inside(&place.path, &declared.name), title, has));
        }
        all
    }

    /// The address of the page for subscribers of a page's place; empty if there is none.
    pub(super) fn subscribe_url(&self) -> String {
        let place = self.view.subject_place().filter(|_| is_on(self.view.config()));
        let url = |id| self.place_url(self.view.named_place(id), PATH);
        place.map(url).unwrap_or_default()
    }

    /// The calendar of a place, then those of its lists.
    fn calendars(&self, place: &Place) -> Result<Vec<CalendarLink>, NotMade> {
        let view = self.view;
        if !agenda::is_on(view.config()) {
            return Ok(Vec::new());
        }
        let mut all = vec![self.calendar(&place.path, &place.name, Extent::Coming.count(view)?)];
        for id in self.followed(calendar::asks) {
            let declared = view.collection(id);
            let title = declared.title.get(view.language());
            let coming = Extent::Coming.count_of(view, place.id, id);
            all.push(self.calendar(&inside(&place.path, &declared.name), title, coming));
        }
        Ok(all)
    }

    /// The calendar in a folder, of which so many events are to come.
    fn calendar(&self, folder: &str, title: &str, coming: usize) -> CalendarLink {
        let url = |extent: Extent| self.view.url(&inside(folder, extent.file()));
        let address = self.view.config().absolute(&url(Extent::Lasting));
        let rest = address.split_once("://").map_or("", |(_, rest)| rest);
        CalendarLink {
            title: title.to_owned(),
            webcal: format!("webcal://{rest}"),
            address,
            url: url(Extent::Coming),
            coming,
        }
    }

    /// The feeds of a place and all places in it, those of the place alone if there are any in it,
    /// then those of its lists.
    fn all_feeds(&self, place: &Place) -> Vec<Subscription> {
        let has_children = !place.children.is_empty();
        let of_place = |folder: &str, scope| {
            let mut files = self.files(folder, &place.name, (false, true));
            files.iter_mut().for_each(|it| it.scope = scope);
            files
        };
        let mut all = of_place(&place.path, if has_children { "below" } else { "" });
        if has_children {
            all.extend(of_place(&inside(&place.path, "notices"), "alone"));
        }
        for id in self.followed(|declared| declared.feed) {
            let declared = self.view.collection(id);
            let title = declared.title.get(self.view.language());
            all.extend(self.files(&inside(&place.path, &declared.name), title, (false, true)));
        }
        all
    }

    /// The lists of the page's place that have something of their own to subscribe to. The page reads
    /// more declarations than theirs, for the calendar of the place.
    fn followed(&self, has: fn(&Collection) -> bool) -> impl Iterator<Item = CollectionId> {
        let reads = self.view.artifact().reads.iter();
        let lists = reads.filter_map(|read| match read {
            Read::Records(_, id) => Some(*id),
            _ => None,
        });
        lists.filter(move |id| has(self.view.collection(*id)))
    }

    /// The files in a folder that one can subscribe to, if it has calendar and feeds.
    fn files(
        &self,
        folder: &str,
        title: &str,
        (has_calendar, has_feeds): (bool, bool),
    ) -> Vec<Subscription> {
        let config = self.view.config();
        let has_calendar = has_calendar && agenda::is_on(config);
        let forms = Form::ALL.into_iter().filter(|form| has_feeds && form.is_on(config));
        let feeds = forms.map(|form| (form.file(), form.media_type()));
        let calendar = has_calendar.then_some((Extent::Lasting.file(), CALENDAR));
        let file = |(file, kind): (&str, &'static str)| {
            let url = self.view.url(&inside(folder, file));
            let address = config.absolute(&url);
            Subscription { title: title.to_owned(), scope: "", kind, address, url }
        };
        calendar.into_iter().chain(feeds).map(file).collect()
    }
}
