//! The plan of a site: its pages, and where content is published.

use std::collections::{BTreeSet, HashMap};

use rayon::prelude::*;

use crate::{
    config::Config,
    diagnostic::{Checked, Code, Diagnostic, Location, Position, Range},
    figures::Figures,
    pages::{
        Kind, Page, Read, Routes,
        parts::{parts_of, parts_of_years},
        routes::inside,
    },
    portal::Portal,
    schema::{CollectionId, PlaceId, RecordSet},
    source::SitePath,
};

/// The pages of a site, by path.
#[derive(Debug, Default)]
pub struct Plan {
    /// In the order of their paths.
    pub pages: Vec<Page>,
    /// Where content is published.
    pub routes: Routes,
}

/// Decides which pages there are. Two pages at one path are an error that names both sources.
pub fn plan(portal: &Portal, figures: &Figures, config: &Config) -> Checked<Plan> {
    let planner = Planner { portal, figures, config, routes: routes(portal, figures, config) };
    let per_place: Vec<Vec<Page>> =
        portal.places.par_iter().map(|it| planner.at_place(it.id)).collect();
    let mut pages: Vec<Page> = per_place.into_iter().flatten().collect();
    pages.extend(planner.sections());
    if config.pages.not_found {
        pages.push(planner.not_found());
    }
    pages.par_sort_by(|a, b| a.path.cmp(&b.path));
    pages.par_iter_mut().for_each(|it| {
        it.reads.sort_unstable();
        it.reads.dedup();
    });
    let diagnostics = conflicts(&pages, portal);
    Checked { value: Plan { pages, routes: planner.routes }, diagnostics }
}

/// Where content is published.
fn routes(portal: &Portal, figures: &Figures, config: &Config) -> Routes {
    let mut routes = Routes { base: config.base_path().to_owned(), ..Routes::default() };
    for place in &portal.places {
        routes.by_file.insert(place.folder.join("place.yaml"), inside(&place.path, ""));
        for set in portal.sets(place.id) {
            let name = &portal.collections.get(set.collection).name;
            let path = inside(&place.path, &format!("{name}/"));
            routes.by_file.extend(set.files.iter().map(|it| (it.clone(), path.clone())));
        }
        let below: BTreeSet<CollectionId> =
            place.children.iter().flat_map(|it| figures.collections(*it)).collect();
        if config.pages.subtrees {
            routes.subtrees.extend(below.into_iter().map(|it| (place.id, it)));
        }
        if config.pages.notice_lists && !portal.notices_at(place.id).is_empty() {
            routes.notices.insert(place.id);
        }
    }
    for (_, notice) in portal.notices() {
        let place = portal.place(notice.place);
        let path = inside(&place.path, &format!("notices/{}/", notice.slug));
        routes.by_file.insert(notice.file.clone(), path);
        if config.pages.notice_lists {
            let above = portal.ancestry(notice.place);
            routes.all_notices.extend(above.into_iter().filter(|it| *it != notice.place));
        }
    }
    // A link to what is no longer posted leads to the list that it stood in, or to its place.
    for silent in portal.silent() {
        let notice = silent.file.has_extension("md") && routes.has_notices(silent.place);
        let path = inside(&portal.place(silent.place).path, if notice { "notices/" } else { "" });
        routes.by_file.insert(silent.file.clone(), path);
    }
    for image in &portal.images {
        let path = image.as_str().split_once('/').map_or("", |(_, path)| path);
        routes.by_file.insert(image.clone(), path.to_owned());
    }
    routes
}

struct Planner<'a> {
    portal: &'a Portal,
    figures: &'a Figures,
    config: &'a Config,
    routes: Routes,
}

impl Planner<'_> {
    fn at_place(&self, place: PlaceId) -> Vec<Page> {
        let mut pages = vec![self.place(place)];
        for set in self.portal.sets(place) {
            self.collection(set, &mut pages);
        }
        for collection in self.figures.collections(place) {
            if self.routes.has_subtree(place, collection) {
                pages.push(self.subtree(place, collection));
            }
        }
        self.notices(place, &mut pages);
        pages
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
        page.reads.extend([Read::Today, Read::Routes]);
        page.reads.push(if place == PlaceId::ROOT {
            Read::AllNotices(place)
        } else {
            Read::Notices(place)
        });
        let children = &self.portal.place(place).children;
        page.reads.extend(children.iter().map(|it| Read::Place(*it)));
        for collection in self.figures.collections(place) {
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

    fn collection(&self, set: &RecordSet, pages: &mut Vec<Page>) {
        let collection = self.portal.collections.get(set.collection);
        let source = || set.files.first().cloned().map(Location::file);
        let source = || source().unwrap_or_else(|| collection.location.clone());
        let years = set.records.iter().map(|it| collection.moment(it).map(|it| it.date.year()));
        let list = parts_of(collection, years, &self.portal.clock);
        let reads = [
            Read::Today,
            Read::Routes,
            Read::Collection(set.collection),
            Read::Records(set.place, set.collection),
        ];
        for part in list {
            let kind = Kind::Collection(set.place, set.collection, part);
            let rest = format!("{}/{}", collection.name, part.suffix());
            let mut page = self.page(set.place, &rest, kind, source());
            page.reads.extend(reads);
            page.reads.push(Read::Own(set.place, set.collection));
            pages.push(page);
        }
        if collection.record_pages.is_none() {
            return;
        }
        for index in 0..u32::try_from(set.records.len()).unwrap_or(u32::MAX) {
            let kind = Kind::Record(set.place, set.collection, index);
            let source = record_location(set, index as usize);
            let rest = record_path(self.portal, set, index as usize);
            let mut page = self.page(set.place, &rest, kind, source);
            page.reads.extend(reads);
            pages.push(page);
        }
    }

    fn subtree(&self, place: PlaceId, collection: CollectionId) -> Page {
        let declared = self.portal.collections.get(collection);
        let kind = Kind::Subtree(place, collection);
        let rest = format!("{}/all/", declared.name);
        let mut page = self.page(place, &rest, kind, declared.location.clone());
        page.reads.extend([
            Read::Today,
            Read::Routes,
            Read::Collection(collection),
            Read::Own(place, collection),
            Read::Total(place, collection),
            Read::Listing(place, collection),
        ]);
        for child in &self.portal.place(place).children {
            page.reads.extend([Read::Place(*child), Read::Total(*child, collection)]);
        }
        page
    }

    fn notices(&self, place: PlaceId, pages: &mut Vec<Page>) {
        for id in self.portal.notices_at(place) {
            let notice = self.portal.notice(*id);
            let rest = format!("notices/{}/", notice.slug);
            let source = Location::file(notice.file.clone());
            let mut page = self.page(place, &rest, Kind::Notice(*id), source);
            page.reads.extend([Read::Notice(*id), Read::Notices(place), Read::Routes]);
            if notice.posting.objection.is_some() {
                page.reads.push(Read::Today);
            }
            pages.push(page);
        }
        let clock = &self.portal.clock;
        let source = || Location::file(self.portal.place(place).folder.join("notices"));
        if self.routes.has_notices(place) {
            let ids = self.portal.notices_at(place).iter();
            let years = ids.map(|it| Some(self.portal.notice(*it).date.year()));
            for part in parts_of_years(years, clock) {
                let rest = format!("notices/{}", part.suffix());
                let mut page = self.page(place, &rest, Kind::Notices(place, part), source());
                page.reads.extend([Read::Today, Read::Notices(place), Read::Routes]);
                pages.push(page);
            }
        }
        if self.routes.has_all_notices(place) {
            let below = self.portal.subtree(place);
            let ids = below.iter().flat_map(|it| self.portal.notices_at(*it));
            let years = ids.map(|it| Some(self.portal.notice(*it).date.year()));
            for part in parts_of_years(years, clock) {
                let rest = format!("notices/all/{}", part.suffix());
                let mut page = self.page(place, &rest, Kind::AllNotices(place, part), source());
                page.reads.extend([Read::Today, Read::AllNotices(place), Read::Routes]);
                pages.push(page);
            }
        }
    }

    fn sections(&self) -> Vec<Page> {
        if !self.config.pages.sections || self.portal.places.is_empty() {
            return Vec::new();
        }
        let root = PlaceId::ROOT;
        let section = |(index, section): (usize, &crate::config::Section)| {
            let rest = format!("sections/{}/", section.id);
            let source = Location::file(SitePath::new(crate::config::FILE));
            let mut page = self.page(root, &rest, Kind::Section(index), source);
            page.reads.extend([Read::Today, Read::Routes, Read::AllNotices(root)]);
            for collection in self.figures.collections(root) {
                let declared = self.portal.collections.get(collection);
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
        let mut reads = vec![Read::Site, Read::Routes];
        if let Some(root) = self.portal.places.first() {
            reads.push(Read::Place(root.id));
            reads.extend(root.children.iter().map(|it| Read::Place(*it)));
        }
        Page { path: "404.html".to_owned(), kind: Kind::NotFound, reads, source }
    }
}

/// Where a record stands.
pub fn record_location(set: &RecordSet, index: usize) -> Location {
    let record = &set.records[index];
    let position = Position { line: record.line, column: 1 };
    Location {
        file: set.files[usize::from(record.file)].clone(),
        range: Some(Range { start: position, end: position }),
        quote: None,
    }
}

/// The path of a record's own page below its place.
pub fn record_path(portal: &Portal, set: &RecordSet, index: usize) -> String {
    let collection = portal.collections.get(set.collection);
    let address = collection.address(&set.records[index]).unwrap_or_default();
    format!("{}/{}/", collection.name, address)
}

/// Tells of paths that two sources claim. Many file systems and servers take no notice of case.
fn conflicts(pages: &[Page], portal: &Portal) -> Vec<Diagnostic> {
    let mut seen: HashMap<String, &Location> = HashMap::new();
    let mut diagnostics = Vec::new();
    let images: Vec<_> = portal
        .images
        .iter()
        .map(|it| {
            (it.as_str().split_once('/').map_or("", |(_, path)| path), Location::file(it.clone()))
        })
        .collect();
    let pages = pages.iter().map(|it| (it.path.as_str(), &it.source));
    for (path, source) in pages.chain(images.iter().map(|(path, source)| (*path, source))) {
        if let Some(first) = seen.insert(path.to_lowercase(), source) {
            diagnostics.push(
                Diagnostic::error(Code::PathConflict, source.clone())
                    .arg("path", format!("/{path}"))
                    .related(first.clone(), "other")
                    .help("rename"),
            );
        }
    }
    diagnostics
}
