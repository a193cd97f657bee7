//! Addresses.

use std::{
    collections::{HashMap, HashSet},
    fmt::Write as _,
};

use crate::{
    schema::{CollectionId, PlaceId},
    source::SitePath,
};

/// Where content is published. Paths are those of [`super::Page::path`].
#[derive(Debug, Default)]
pub struct Routes {
    /// By content file: the page that shows it, or the file itself for an image.
    pub(super) by_file: HashMap<SitePath, String>,
    /// The subtree pages that there are.
    pub(super) subtrees: HashSet<(PlaceId, CollectionId)>,
    /// The places with a list of their notices, and those with a list over their subtree.
    pub(super) notices: HashSet<PlaceId>,
    pub(super) all_notices: HashSet<PlaceId>,
    /// The path under which the portal is published: empty, or `/portal`.
    pub(super) base: String,
}

impl Routes {
    /// The address of a path, ready for HTML: `/portal/kaixuan/`.
    pub fn url(&self, path: &str) -> String {
        format!("{}/{}", self.base, encode(path))
    }

    /// The path that shows a content file.
    pub fn of_file(&self, file: &SitePath) -> Option<&str> {
        self.by_file.get(file).map(String::as_str)
    }

    /// Every content file that is published.
    pub fn files(&self) -> impl Iterator<Item = &SitePath> {
        self.by_file.keys()
    }

    /// There is a page of that collection over the place's subtree.
    pub fn has_subtree(&self, place: PlaceId, collection: CollectionId) -> bool {
        self.subtrees.contains(&(place, collection))
    }

    /// There is a list of the place's own notices.
    pub fn has_notices(&self, place: PlaceId) -> bool {
        self.notices.contains(&place)
    }

    /// There is a list of the notices of the place's subtree.
    pub fn has_all_notices(&self, place: PlaceId) -> bool {
        self.all_notices.contains(&place)
    }
}

/// The path of something in a place: `kaixuan/yixin/` and `honors/`.
pub(super) fn inside(place: &str, rest: &str) -> String {
    if place.is_empty() { rest.to_owned() } else { format!("{place}/{rest}") }
}

/// A path with everything percent-encoded that an address cannot hold. Slashes stay.
pub fn encode(path: &str) -> String {
    let plain = |it: u8| it.is_ascii_alphanumeric() || b"-._~/!$&'()*+,;=:@".contains(&it);
    if path.bytes().all(plain) {
        return path.to_owned();
    }
    let mut encoded = String::with_capacity(path.len() * 3);
    for byte in path.bytes() {
        if plain(byte) {
            encoded.push(char::from(byte));
        } else {
            write!(encoded, "%{byte:02X}").expect("a string takes all that is written");
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses() {
        assert_eq!(encode("a/b c/公告/"), "a/b%20c/%E5%85%AC%E5%91%8A/");
    }
}
