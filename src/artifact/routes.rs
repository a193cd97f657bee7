//! Addresses.

use std::sync::Arc;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::{Deserialize, Serialize};

use crate::{
    build::scope::Scope,
    config::Config,
    disclosure::Portal,
    figures::Figures,
    fingerprint::Fingerprint,
    schema::{CollectionId, PlaceId, catalog::FileOf},
    source::SitePath,
};

/// Where content is published. Paths are those of [`super::Page::path`].
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Routes {
    /// By place.
    lists: Arc<Vec<Lists>>,
    /// The path under which the portal is published: empty, or `/portal`.
    base: String,
}

/// Which lists a place has.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
struct Lists {
    /// The collections with a page over its subtree.
    subtrees: Vec<CollectionId>,
    /// It has a list of its own notices.
    notices: bool,
    /// It has a list of the notices of its subtree.
    all_notices: bool,
}

impl Routes {
    /// Decides which lists there are. Those that are `known` stay but for those of the places in
    /// `scope`.
    pub(super) fn new(
        portal: &Portal,
        figures: &Figures,
        config: &Config,
        scope: &Scope,
        known: &Self,
    ) -> Self {
        let switches = config.pages;
        let notices = portal.notices();
        let places = portal.places();
        let mut this = Self { base: config.base_path().to_owned(), ..known.clone() };
        if *scope == Scope::All {
            this.lists = Arc::new(vec![Lists::default(); places.len()]);
        }
        // Children stand behind their parents.
        for id in scope.places(places.len()).into_iter().rev() {
            let children = &portal.place(id).children;
            let has_notices = |it: &PlaceId| this.has_notices(*it) || this.has_all_notices(*it);
            let mut own = Lists {
                subtrees: Vec::new(),
                notices: switches.notice_lists && !notices.at(id).is_empty(),
                all_notices: children.iter().any(has_notices),
            };
            if switches.subtrees {
                let below = children.iter().flat_map(|it| figures.collections(portal, *it));
                own.subtrees = below.collect();
                own.subtrees.sort_unstable();
                own.subtrees.dedup();
            }
            if this.lists[id.index()] != own {
                Arc::make_mut(&mut this.lists)[id.index()] = own;
            }
        }
        this
    }

    /// The address of a path, ready for HTML: `/portal/kaixuan/`.
    pub fn url(&self, path: &str) -> String {
        format!("{}/{}", self.base, encode(path))
    }

    /// There is a page of that collection over the place's subtree.
    pub fn has_subtree(&self, place: PlaceId, collection: CollectionId) -> bool {
        let lists = self.lists.get(place.index());
        lists.is_some_and(|it| it.subtrees.binary_search(&collection).is_ok())
    }

    /// There is a list of the place's own notices.
    pub fn has_notices(&self, place: PlaceId) -> bool {
        self.lists.get(place.index()).is_some_and(|it| it.notices)
    }

    /// There is a list of the notices of the place's subtree.
    pub fn has_all_notices(&self, place: PlaceId) -> bool {
        self.lists.get(place.index()).is_some_and(|it| it.all_notices)
    }

    /// The fingerprint of which lists a place has.
    pub fn print(&self, place: PlaceId) -> Fingerprint {
        Fingerprint::of(&self.lists.get(place.index()))
    }

    /// The path that shows a content file: a page, or the file itself for an image. What is no
    /// longer posted is shown by the list that it stood in, or by its place.
    pub fn of_file(&self, portal: &Portal, file: &SitePath) -> Option<String> {
        let catalog = &portal.catalog;
        let at = |place: PlaceId, rest: &str| Some(inside(&catalog.place(place).path, rest));
        match catalog.file(file)? {
            FileOf::Place(place) => at(place, ""),
            FileOf::Image => Some(file.below_content().to_owned()),
            FileOf::Set(index) => {
                let set = &catalog.sets[index];
                let name = &catalog.collections.get(set.collection).name;
                let silent = portal.all_digests()[index].facts.silent;
                at(set.place, &if silent { String::new() } else { format!("{name}/") })
            }
            FileOf::Notice(index) => {
                let place = catalog.notices[index].0;
                match portal.notices().in_file(index) {
                    Some(id) => at(place, &format!("notices/{}/", portal.notices().get(id).slug)),
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
