//! The plan of a site: its pages, and where content is published.

use std::{
    collections::{BTreeSet, HashMap, HashSet},
    sync::Arc,
};

use rayon::prelude::*;

use crate::{
    artifact::{
        Kept, Kind, Page, Read, Routes,
        bundle::{Bundle, Made},
        parts::{parts_of, parts_of_years},
        prints::Prints,
        routes::inside,
    },
    build::scope::Scope,
    clock::{Clock, Validity},
    config::Config,
    diagnostic::{Checked, Code, Diagnostic, Location},
    disclosure::Portal,
    figures::{
        Figures, Listings,
        contents::{Years, years},
    },
    fingerprint::Fingerprint,
    schema::{CollectionId, Place, PlaceId, RecordSet, SetFiles},
    source::SitePath,
};

/// The pages of a site.
#[derive(Debug, Default)]
pub struct Plan {
    /// Where content is published.
    pub routes: Routes,
    /// The pages of places, and last those of the portal as a whole.
    pub parts: Vec<Planned>,
    /// The parts are those of all places. If not, those of other places stay.
    pub is_all: bool,
    /// How many pages there are.
    pub count: usize,
    /// The fingerprint of what those of all places depend on.
    pub(super) around: Fingerprint,
}

/// The pages of a place.
#[derive(Debug)]
pub struct Planned {
    /// Which; nothing for those of the portal as a whole.
    pub place: Option<PlaceId>,
    /// What they are known by from build to build.
    pub name: String,
    /// The fingerprint of all that they are made from.
    pub view: Fingerprint,
    /// How long they are planned the same.
    pub valid: Validity,
    /// The pages.
    pub pages: Pages,
}

/// Pages that have to be looked at, or that are as they were.
#[derive(Debug)]
pub enum Pages {
    /// Something that they are made from may be another thing.
    New(Vec<Arc<Page>>),
    /// Nothing is.
    Known(Arc<Bundle>),
}

impl Plan {
    /// The pages that have to be looked at.
    pub fn new_pages(&self) -> impl Iterator<Item = &Arc<Page>> {
        self.parts.iter().flat_map(|it| match &it.pages {
            Pages::New(pages) => pages.as_slice(),
            Pages::Known(_) => &[],
        })
    }

    /// Adds the pages of all other places, which are `known`.
    pub(crate) fn add_others(&mut self, portal: &Portal, known: &Kept) {
        if self.is_all {
            return;
        }
        let planned: BTreeSet<Option<PlaceId>> = self.parts.iter().map(|it| it.place).collect();
        let others = portal.places().iter().filter(|it| !planned.contains(&Some(it.id)));
        let part = |place: &Place| {
            let bundle = known.get(place.folder.as_str())?;
            let (name, pages) = (place.folder.to_string(), Pages::Known(Arc::clone(bundle)));
            Some(Planned {
                place: Some(place.id),
                name,
                view: bundle.view,
                valid: bundle.valid,
                pages,
            })
        };
        self.parts.extend(others.filter_map(part));
    }
}

impl Pages {
    fn len(&self) -> usize {
        match self {
            Self::New(pages) => pages.len(),
            Self::Known(bundle) => bundle.pages.len(),
        }
    }

    fn paths(&self) -> Box<dyn Iterator<Item = &str> + '_> {
        match self {
            Self::New(pages) => Box::new(pages.iter().map(|it| it.path.as_str())),
            Self::Known(bundle) => Box::new(bundle.pages.iter().map(Made::path)),
        }
    }
}

/// What pages are planned by.
#[derive(Clone, Copy)]
pub struct Sources<'a> {
    /// The portal.
    pub portal: &'a Portal,
    /// Its figures.
    pub figures: &'a Figures,
    /// Its listings.
    pub listings: &'a Listings,
    /// The configuration.
    pub config: &'a Config,
}

/// Decides which pages there are. Two pages at one path are an error that names both sources. Those
/// of a place of which nothing has changed are `known`.
pub fn plan(sources: Sources<'_>, theme: Fingerprint, known: &Kept) -> Checked<Plan> {
    let Sources { portal, figures, config, .. } = sources;
    let mut scope = known.scope(portal);
    let mut routes = Routes::new(portal, figures, config, &scope, known.routes());
    let mut around = Prints::new(sources, &routes, theme).around();
    if scope != Scope::All && !known.is_around(around) {
        scope = Scope::All;
        routes = Routes::new(portal, figures, config, &scope, known.routes());
        around = Prints::new(sources, &routes, theme).around();
    }
    known.add_unsettled(&mut scope, &routes, portal);
    let prints = Prints::new(sources, &routes, theme);
    let planner = Planner { portal, figures, config, routes: &routes };
    let planned = |place: Option<PlaceId>| planned(place, &prints, known, &planner);
    let places = scope.places(portal.places().len());
    let mut parts: Vec<Planned> =
        places.into_par_iter().with_min_len(16).map(|it| planned(Some(it))).collect();
    parts.push(planned(None));
    let is_all = scope == Scope::All;
    let diagnostics = conflicts(&parts, is_all, known, &planner);
    let mut count = parts.iter().map(|it| it.pages.len()).sum();
    if !is_all {
        let before = parts.iter().filter_map(|it| known.get(&it.name));
        count += known.count() - before.map(|it| it.pages.len()).sum::<usize>();
    }
    Checked { value: Plan { routes, parts, is_all, count, around }, diagnostics }
}

fn planned(
    place: Option<PlaceId>,
    prints: &Prints<'_>,
    known: &Kept,
    planner: &Planner<'_>,
) -> Planned {
    let (portal, routes) = (planner.portal, planner.routes);
    let (name, view) = match place {
        Some(id) => (portal.place(id).folder.to_string(), prints.of_view(id)),
        None => (String::new(), prints.of_portal()),
    };
    if let Some(bundle) = known.get(&name).filter(|it| it.is_same(view, routes, portal)) {
        let (valid, pages) = (bundle.valid, Pages::Known(Arc::clone(bundle)));
        return Planned { place, name, view, valid, pages };
    }
    let clock = portal.clock.fork();
    let pages = Pages::New(planner.pages(place, &clock));
    Planned { place, name, view, valid: clock.validity(), pages }
}

/// The pages of a place, or of the portal as a whole, as [`plan`] has them.
pub fn pages_of(sources: Sources<'_>, routes: &Routes, place: Option<PlaceId>) -> Vec<Arc<Page>> {
    let Sources { portal, figures, config, .. } = sources;
    Planner { portal, figures, config, routes }.pages(place, &portal.clock.fork())
}

struct Planner<'a> {
    portal: &'a Portal,
    figures: &'a Figures,
    config: &'a Config,
    routes: &'a Routes,
}

impl Planner<'_> {
    fn pages(&self, place: Option<PlaceId>, clock: &Clock) -> Vec<Arc<Page>> {
        match place {
            Some(place) => self.at_place(place, clock),
            None => self.of_portal(),
        }
    }

    fn at_place(&self, place: PlaceId, clock: &Clock) -> Vec<Arc<Page>> {
        let mut pages = vec![self.place(place)];
        for index in self.portal.catalog.sets_of(place) {
            self.collection(&self.portal.catalog.sets[index], clock, &mut pages);
        }
        for collection in self.figures.collections(self.portal, place) {
            if self.routes.has_subtree(place, collection) {
                pages.push(self.subtree(place, collection));
            }
        }
        self.notices(place, clock, &mut pages);
        in_order(pages)
    }

    fn of_portal(&self) -> Vec<Arc<Page>> {
        let mut pages = self.sections();
        if self.config.pages.not_found {
            pages.push(self.not_found());
        }
        in_order(pages)
    }

    fn page(&self, place: PlaceId, rest: &str, kind: Kind, source: Location) -> Page {
        let path = inside(&self.portal.place(place).path, rest);
        // Every page shows the way to itself.
        let mut reads = vec![Read::Site];
        reads.extend(self.portal.ancestry(place).into_iter().map(Read::Place));
        Page { path, kind, reads, source }
    }

    fn place(&self, place: PlaceId) -> Page {
        let folder = &self.portal.place(place).folder;
        let kind = if place == PlaceId::ROOT { Kind::Home } else { Kind::Place(place) };
        let mut page = self.page(place, "", kind, Location::file(folder.join("place.yaml")));
        page.reads.extend([Read::Today, Read::Routes, Read::Lists(place)]);
        page.reads.push(if place == PlaceId::ROOT {
            Read::AllNotices(place)
        } else {
            Read::Notices(place)
        });
        let children = &self.portal.place(place).children;
        page.reads.extend(children.iter().map(|it| Read::Place(*it)));
        for collection in self.figures.collections(self.portal, place) {
            page.reads.extend([
                Read::Collection(collection),
                Read::Own(place, collection),
                Read::Total(place, collection),
                Read::Listing(place, collection),
            ]);
            page.reads.extend(children.iter().map(|it| Read::Total(*it, collection)));
        }
        page
    }

    fn collection(&self, set: &SetFiles, clock: &Clock, pages: &mut Vec<Page>) {
        let (place, id) = (set.place, set.collection);
        let collection = self.portal.collections().get(id);
        let Some(digest) = self.portal.digest(place, id) else { return };
        let source = || set.files.first().cloned().map(Location::file);
        let source = || source().unwrap_or_else(|| collection.location.clone());
        let contents = &digest.contents;
        let reads = [Read::Today, Read::Routes, Read::Collection(id)];
        for part in parts_of(collection, contents.count, &contents.years, clock) {
            let rest = format!("{}/{}", collection.name, part.suffix());
            let mut page = self.page(place, &rest, Kind::Collection(place, id, part), source());
            page.reads.extend(reads);
            page.reads.extend([Read::Records(place, id), Read::Own(place, id), Read::Lists(place)]);
            pages.push(page);
        }
        for (index, record) in (0..).zip(&contents.records) {
            let file = set.files[usize::from(record.file)].clone();
            let source = Location::line(file, record.line);
            let rest = format!("{}/{}/", collection.name, record.address);
            let mut page = self.page(place, &rest, Kind::Record(place, id, index), source);
            page.reads.extend(reads);
            page.reads.push(Read::Record(place, id, index));
            pages.push(page);
        }
    }

    fn subtree(&self, place: PlaceId, collection: CollectionId) -> Page {
        let declared = self.portal.collections().get(collection);
        let kind = Kind::Subtree(place, collection);
        let rest = format!("{}/all/", declared.name);
        let mut page = self.page(place, &rest, kind, declared.location.clone());
        page.reads.extend([
            Read::Today,
            Read::Routes,
            Read::Lists(place),
            Read::Collection(collection),
            Read::Own(place, collection),
            Read::Total(place, collection),
            Read::Listing(place, collection),
        ]);
        for child in &self.portal.place(place).children {
            page.reads.extend([
                Read::Place(*child),
                Read::Lists(*child),
                Read::Total(*child, collection),
            ]);
        }
        page
    }

    fn notices(&self, place: PlaceId, clock: &Clock, pages: &mut Vec<Page>) {
        let notices = self.portal.notices();
        for id in notices.at(place) {
            let notice = notices.get(*id);
            let rest = format!("notices/{}/", notice.slug);
            let source = Location::file(notice.file.clone());
            let mut page = self.page(place, &rest, Kind::Notice(*id), source);
            let lists = Read::Lists(place);
            page.reads.extend([Read::Notice(*id), Read::Notices(place), lists, Read::Routes]);
            if notice.posting.objection.is_some() {
                page.reads.push(Read::Today);
            }
            pages.push(page);
        }
        let source = || Location::file(self.portal.place(place).folder.join("notices"));
        let lists = Read::Lists(place);
        if self.routes.has_notices(place) {
            let years: Years =
                years(notices.at(place).iter().map(|it| Some(notices.get(*it).date.year())));
            for part in parts_of_years(&years, clock) {
                let rest = format!("notices/{}", part.suffix());
                let mut page = self.page(place, &rest, Kind::Notices(place, part), source());
                page.reads.extend([Read::Today, Read::Notices(place), lists]);
                pages.push(page);
            }
        }
        if self.routes.has_all_notices(place) {
            let years = notices.years_below(place, &self.portal.catalog);
            for part in parts_of_years(years, clock) {
                let rest = format!("notices/all/{}", part.suffix());
                let mut page = self.page(place, &rest, Kind::AllNotices(place, part), source());
                page.reads.extend([Read::Today, Read::AllNotices(place), lists]);
                pages.push(page);
            }
        }
    }

    fn sections(&self) -> Vec<Page> {
        if !self.config.pages.sections || self.portal.places().is_empty() {
            return Vec::new();
        }
        let root = PlaceId::ROOT;
        let section = |(index, section): (usize, &crate::config::Section)| {
            let rest = format!("sections/{}/", section.id);
            let source = Location::file(SitePath::new(crate::config::FILE));
            let mut page = self.page(root, &rest, Kind::Section(index), source);
            page.reads.extend([Read::Today, Read::Lists(root), Read::Routes]);
            page.reads.push(Read::AllNotices(root));
            for collection in self.figures.collections(self.portal, root) {
                let declared = self.portal.collections().get(collection);
                if declared.section.as_ref() == Some(&section.id) {
                    page.reads.extend([
                        Read::Collection(collection),
                        Read::Own(root, collection),
                        Read::Total(root, collection),
                        Read::Listing(root, collection),
                    ]);
                }
            }
            page
        };
        self.config.sections.iter().enumerate().map(section).collect()
    }

    fn not_found(&self) -> Page {
        let source = Location::file(SitePath::new(crate::config::FILE));
        let mut reads = vec![Read::Site];
        if let Some(root) = self.portal.places().first() {
            reads.push(Read::Place(root.id));
            reads.extend(root.children.iter().map(|it| Read::Place(*it)));
        }
        Page { path: "404.html".to_owned(), kind: Kind::NotFound, reads, source }
    }
}

/// Where a record stands.
pub fn record_location(set: &RecordSet, index: usize) -> Location {
    let record = &set.records[index];
    Location::line(set.files[usize::from(record.file)].clone(), record.line)
}

/// The path of a record's own page below its place.
pub fn record_path(portal: &Portal, set: &RecordSet, index: usize) -> String {
    let collection = portal.collections().get(set.collection);
    let address = collection.address(&set.records[index]).unwrap_or_default();
    format!("{}/{}/", collection.name, address)
}

/// Pages in the order of their paths, each with its reads in order, each once.
fn in_order(mut pages: Vec<Page>) -> Vec<Arc<Page>> {
    for page in &mut pages {
        page.reads.sort_unstable();
        page.reads.dedup();
    }
    pages.sort_by(|a, b| a.path.cmp(&b.path));
    pages.into_iter().map(Arc::new).collect()
}

/// Tells of paths that two sources claim. Many file systems and servers take no notice of case.
fn conflicts(
    parts: &[Planned],
    is_all: bool,
    known: &Kept,
    planner: &Planner<'_>,
) -> Vec<Diagnostic> {
    // What was published had none. No image has the path of a page.
    let is_moved = |it: &Planned| match &it.pages {
        Pages::New(pages) => known.get(&it.name).is_none_or(|known| {
            let paths = pages.iter().map(|it| it.path.as_str());
            !paths.eq(known.pages.iter().map(Made::path))
        }),
        Pages::Known(_) => false,
    };
    let portal = planner.portal;
    let image = |it: &SitePath| it.below_content().to_lowercase();
    let images = portal.catalog.images.iter().map(image);
    let is_fine = if parts.iter().any(is_moved) {
        let planned: HashSet<&str> = parts.iter().map(|it| it.name.as_str()).collect();
        let others = known.bundles().filter(|it| !is_all && !planned.contains(it.0));
        let others = others.flat_map(|it| &it.1.pages).map(Made::path);
        let paths = parts.iter().flat_map(|it| it.pages.paths()).chain(others);
        are_different(paths.map(str::to_lowercase).chain(images))
    } else {
        // Of some places only, the images are those of before.
        !is_all || are_different(images)
    };
    if is_fine {
        return Vec::new();
    }
    // To tell where the two come from, all pages are planned.
    let all = portal.places().iter().map(|it| Some(it.id)).chain([None]);
    let pages: Vec<Arc<Page>> =
        all.flat_map(|it| planner.pages(it, &portal.clock.fork())).collect();
    let images =
        portal.catalog.images.iter().map(|it| (it.below_content(), Location::file(it.clone())));
    let mut pages: Vec<_> = pages.iter().map(|it| (it.path.as_str(), it.source.clone())).collect();
    pages.sort_by(|a, b| a.0.cmp(b.0));
    let mut seen: HashMap<String, Location> = HashMap::new();
    let mut diagnostics = Vec::new();
    for (path, source) in pages.into_iter().chain(images) {
        if let Some(first) = seen.insert(path.to_lowercase(), source.clone()) {
            diagnostics.push(
                Diagnostic::error(Code::PathConflict, source)
                    .arg("path", format!("/{path}"))
                    .related(first, "other")
                    .help("rename"),
            );
        }
    }
    diagnostics
}

fn are_different(mut all: impl Iterator<Item = String>) -> bool {
    let mut seen = HashSet::new();
    all.all(|it| seen.insert(Fingerprint::of_bytes(it.as_bytes())))
}
