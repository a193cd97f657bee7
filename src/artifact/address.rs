//! Addresses.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::{
    config::{Config, PageKinds},
    disclosure::Portal,
    figures::Figures,
    fingerprint::Fingerprint,
    schema::{CollectionId, PlaceId, catalog::FileOf},
    source::SitePath,
};

/// Where content is published, and which lists there are. Paths are those of
/// [`super::Artifact::path`].
#[derive(Clone, Copy)]
pub struct Routes<'a> {
    portal: &'a Portal<'a>,
    figures: &'a Figures,
    pages: PageKinds,
    /// The path under which the portal is published: empty, or `/portal`.
    base: &'a str,
}

impl<'a> Routes<'a> {
    /// The addresses of a portal.
    pub fn new(portal: &'a Portal<'a>, figures: &'a Figures, config: &'a Config) -> Self {
        Self { portal, figures, pages: config.pages, base: config.base_path() }
    }

    /// The address of a path, ready for HTML: `/portal/kaixuan/`.
    pub fn url(self, path: &str) -> String {
        format!("{}/{}", self.base, encode(path))
    }

    /// There is a page of that collection over the place's subtree.
    pub fn has_subtree(self, place: PlaceId, collection: CollectionId) -> bool {
        let has = |child: &PlaceId| self.figures.total(*child, collection).is_some();
        self.pages.subtrees && self.portal.place(place).children.iter().any(has)
    }

    /// The collections with a page over the place's subtree, in order.
    pub fn subtrees(self, place: PlaceId) -> Vec<CollectionId> {
        if !self.pages.subtrees {
            return Vec::new();
        }
        let children = &self.portal.place(place).children;
        let below = children.iter().flat_map(|child| self.figures.collections(*child));
        let mut ids: Vec<CollectionId> = below.collect();
        ids.sort_unstable();
        ids.dedup();
        ids
    }

    /// There is a list of the place's own notices.
    pub fn has_notices(self, place: PlaceId) -> bool {
        self.pages.notice_lists && self.portal.notices().count(place).0 > 0
    }

    /// There is a list of the notices of the place's subtree.
    pub fn has_all_notices(self, place: PlaceId) -> bool {
        let (own, all) = self.portal.notices().count(place);
        self.pages.notice_lists && all > own
    }

    /// The fingerprint of which lists a place has.
    pub fn fingerprint(self, place: PlaceId) -> Fingerprint {
        let subtrees = self.subtrees(place);
        Fingerprint::of(&(subtrees, self.has_notices(place), self.has_all_notices(place)))
    }

    /// The fingerprint of all that links to content in a place's folder may lead to.
    pub fn links_fingerprint(self, place: PlaceId) -> Fingerprint {
        let names = self.portal.catalog.structure(self.portal.files(), place);
        self.portal.subtree(place).linked.and(names)
    }

    /// The path that shows a content file: a page, or the file itself for an image. What is no
    /// longer posted is shown by the list that it stood in, or by its place.
    pub fn of_file(self, file: &SitePath) -> Option<String> {
        let catalog = &self.portal.catalog;
        let at = |place: PlaceId, rest: &str| Some(inside(&catalog.place(place).path, rest));
        match catalog.file(file)? {
            FileOf::Place(place) => at(place, ""),
            FileOf::Image => Some(file.below_content().to_owned()),
            FileOf::Set(index) => {
                let set = &catalog.sets[index];
                let name = &catalog.collections.get(set.collection).name;
                let silent = self.portal.set_summary(index).facts.silent;
                at(set.place, &if silent { String::new() } else { format!("{name}/") })
            }
            FileOf::Notice(index) => {
                let place = catalog.notices[index].0;
                let notices = self.portal.notices();
                match notices.in_file(index) {
                    Some(id) => at(place, &format!("notices/{}/", notices.get(id).slug)),
                    None if self.has_notices(place) => at(place, "notices/"),
                    None => at(place, ""),
                }
            }
        }
    }
}

/// The path of something in a place: `kaixuan/yixin/` and `honors/`.
pub(super) fn inside(place: &str, rest: &str) -> String {
    if place.is_empty() { rest.to_owned() } else { format!("{place}/{rest}") }
}

/// A path with everything percent-encoded that an address cannot hold. Slashes stay.
pub fn encode(path: &str) -> String {
    utf8_percent_encode(path, UNSAFE).to_string()
}

/// All but letters, digits and the signs that stand for themselves in the path of an address.
const UNSAFE: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~')
    .remove(b'/')
    .remove(b'!')
    .remove(b'$')
    .remove(b'&')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')')
    .remove(b'*')
    .remove(b'+')
    .remove(b',')
    .remove(b';')
    .remove(b'=')
    .remove(b':')
    .remove(b'@');

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses() {
        assert_eq!(encode("a/b c/公告/"), "a/b%20c/%E5%85%AC%E5%91%8A/");
        assert_eq!(encode("-._~/!$&'()*+,;=:@"), "-._~/!$&'()*+,;=:@");
        assert_eq!(encode("%\"#<>?[\\]^`{|}\n"), "%25%22%23%3C%3E%3F%5B%5C%5D%5E%60%7B%7C%7D%0A");
    }
}
