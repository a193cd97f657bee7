//! Which addresses below the portal's lead somewhere, for links that begin with `/`.
//!
//! [`Routes::of_address`] answers from summaries, so that it costs no plan of a place.

use crate::{
    artifact::{
        ListPart, Routes,
        address::inside,
        notice_list::year,
        parts::{parts_of, parts_of_notices},
    },
    figures::{Contents, Years, years},
    schema::{Place, PlaceId, ROOT_FILES},
    source::SitePath,
};

impl<'a> Routes<'a> {
    /// The path of the page at an address below the portal's, such as `kaixuan/honors/`. A page may
    /// be named without the slash at its end. Returns nothing if there is none.
    pub fn of_address(self, address: &str) -> Option<String> {
        let path = address.trim_matches('/');
        let has_sitemap = !self.config.base_url.is_empty() && self.config.has_output("sitemap");
        match path {
            "" => return Some(String::new()),
            "sitemap.xml" => return has_sitemap.then(|| path.to_owned()),
            // Files of the theme, which are no pages.
            _ if path.starts_with("assets/") => return Some(path.to_owned()),
            "404.html" => return self.config.pages.not_found.then(|| path.to_owned()),
            _ if self.has_root_file(path) => return Some(path.to_owned()),
            _ => {}
        }
        let (place, rest) = self.place_at(path)?;
        if rest.is_empty() {
            return Some(format!("{}/", place.path));
        }
        if let Some(file) = self.subscription(place.id, rest) {
            let folder = rest.rsplit_once('/').map_or("", |(folder, _)| folder);
            return Some(inside(&place.path, &inside(folder, file)));
        }
        self.has_page(place, rest).then(|| inside(&place.path, &format!("{rest}/")))
    }

    /// A file for the root of the site has that path.
    pub(super) fn has_root_file(self, path: &str) -> bool {
        self.portal.catalog.loose.root.contains(&SitePath::new(ROOT_FILES).join(path))
    }

    /// The place with the longest path that a path begins with, and what follows.
    fn place_at(self, path: &str) -> Option<(&'a Place, &str)> {
        let place = self.portal.catalog.place_at(path)?;
        let rest = path.strip_prefix(place.path.as_str())?;
        Some((place, rest.trim_start_matches('/')))
    }

    /// There is a page at that path below a place's.
    fn has_page(self, place: &Place, rest: &str) -> bool {
        let (list, part) = rest.split_once('/').unwrap_or((rest, ""));
        let config = self.config;
        match list {
            "notices" => self.has_notice_page(place.id, part),
            "sections" if place.id == PlaceId::ROOT && config.pages.sections => {
                config.sections.iter().any(|it| it.id == part)
            }
            _ => self.has_list_page(place.id, list, part) || self.has_lasting_page(place.id, rest),
        }
    }

    /// There is a list of notices, a part of one, or a notice at that path below `notices/`.
    fn has_notice_page(self, place: PlaceId, part: &str) -> bool {
        let notices = self.portal.notices();
        let is_of = |years: &Years, part: &str| {
            is_among(&parts_of_notices(years, &self.portal.clock.fork()), part)
        };
        let below = part.strip_prefix("all").filter(|it| it.is_empty() || it.starts_with('/'));
        if let Some(part) = below {
            let part = part.trim_start_matches('/');
            return self.has_all_notices(place) && is_of(notices.years_below(place), part);
        }
        let own = || years(notices.at(place).map(|id| year(notices.get(id))));
        notices.at(place).any(|id| notices.get(id).slug == part)
            || self.has_notices(place) && is_of(&own(), part)
    }

    /// There is a lasting page at that path below a place's.
    fn has_lasting_page(self, place: PlaceId, rest: &str) -> bool {
        let notices = self.portal.notices();
        notices.pages(place).any(|id| notices.get(id).slug == rest)
    }

    /// There is a list of a collection, a part of one, or a record at that path below a list's.
    fn has_list_page(self, place: PlaceId, list: &str, part: &str) -> bool {
        let catalog = &self.portal.catalog;
        let Some(collection) = catalog.collections.find(list) else { return false };
        if part == "all" {
            return self.has_subtree(place, collection);
        }
        let Some(set) = catalog.set_index(place, collection) else { return false };
        let is_silent = self.portal.set_summary(set).facts.silent;
        let contents = self.figures.contents(place, collection);
        let declared = catalog.collections.get(collection);
        let holds = |it: &Contents| {
            let parts = || parts_of(declared, it.count, &it.years, &self.portal.clock.fork());
            it.records.iter().any(|record| record.address == part) || is_among(&parts(), part)
        };
        !is_silent && (part.is_empty() || contents.is_some_and(holds))
    }
}

/// One of the parts of a list has that address, below that of the list.
fn is_among(parts: &[ListPart], address: &str) -> bool {
    parts.iter().any(|part| part.suffix().trim_end_matches('/') == address)
}
