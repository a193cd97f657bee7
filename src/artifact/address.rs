//! Addresses: which path each part of the portal has, and which lists exist.
//!
//! A *path* is what [`super::Artifact::path`] holds: below the portal's address, without a slash in
//! front, a folder's page with a slash at the end. An *address* is what stands in HTML: with the
//! base path of `base-url` in front, and percent-encoded.
//!
//! | content | path | address at `https://x.example/portal` |
//! | --- | --- | --- |
//! | the root's `place.yaml` | (empty) | `/portal/` |
//! | `content/kaixuan/place.yaml` | `kaixuan/` | `/portal/kaixuan/` |
//! | `content/kaixuan/honors.yaml` | `kaixuan/honors/` | `/portal/kaixuan/honors/` |
//! | `content/kaixuan/notices/水.md` | `kaixuan/notices/水/` | `/portal/kaixuan/notices/%E6%B0%B4/` |
//! | `content/kaixuan/about.md` | `kaixuan/about/` | `/portal/kaixuan/about/` |
//! | `content/kaixuan/a b.jpg` | `kaixuan/a b.jpg` | `/portal/kaixuan/a%20b.jpg` |
//!
//! [`Routes`] only answers: the `plan` of each kind makes the pages. Both ask the same functions,
//! so a link to a list and the list itself exist together. How a list is cut into pages is decided
//! in `parts.rs`.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::{
    attachment::AttachmentKind,
    config::{Config, PageKinds},
    disclosure::Portal,
    figures::Figures,
    fingerprint::Fingerprint,
    render::context::LastingLink,
    schema::{CollectionId, Notice, PlaceId, catalog::FileOf, notice::is_page},
    source::SitePath,
};

/// Where content is published, and which lists there are. Paths are those of
/// [`super::Artifact::path`].
///
/// It is a handful of references and is passed by value. Nothing is cached in it: each answer is
/// looked up again.
#[derive(Clone, Copy)]
pub struct Routes<'a> {
    pub(super) portal: &'a Portal<'a>,
    pub(super) figures: &'a Figures,
    pub(super) config: &'a Config,
    pages: PageKinds,
    /// The path under which the portal is published: empty, or `/portal`.
    base: &'a str,
}

impl<'a> Routes<'a> {
    /// The addresses of a portal.
    pub fn new(portal: &'a Portal<'a>, figures: &'a Figures, config: &'a Config) -> Self {
        Self { portal, figures, config, pages: config.pages, base: config.base_path() }
    }

    /// The address of a path, ready for HTML: `/portal/kaixuan/`. The path may hold any text; it is
    /// encoded here, so callers must not encode it before.
    pub fn url(self, path: &str) -> String {
        format!("{}/{}", self.base, encode(path))
    }

    /// There is a page of that collection over the place's subtree.
    ///
    /// That is the case if a place *in* it has records of the collection. A list over one place
    /// only would repeat the place's own list.
    pub fn has_subtree(self, place: PlaceId, collection: CollectionId) -> bool {
        let has = |child: &PlaceId| self.figures.total(*child, collection).is_some();
        self.pages.subtrees && self.portal.place(place).children.iter().any(has)
    }

    /// The collections with a page over the place's subtree, in order.
    ///
    /// In order of their ids, each once. [`Self::has_subtree`] holds of exactly these.
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

    /// There is a list of the place's own notices. Only notices that are posted at this moment
    /// count.
    pub fn has_notices(self, place: PlaceId) -> bool {
        self.pages.notice_lists && self.portal.notices().count(place).0 > 0
    }

    /// There is a list of the notices of the place's subtree.
    ///
    /// That is the case if a place in it has posted notices. Otherwise the list would repeat the
    /// place's own.
    pub fn has_all_notices(self, place: PlaceId) -> bool {
        let (own, all) = self.portal.notices().count(place);
        self.pages.notice_lists && all > own
    }

    /// The lasting pages of a place, in the order of its menu.
    pub(super) fn menu(self, place: PlaceId) -> Vec<LastingLink> {
        let (notices, above) = (self.portal.notices(), &self.portal.place(place).path);
        let pages = notices.pages(place).map(|id| notices.get(id));
        let link = |page: &Notice| LastingLink {
            title: page.title.clone(),
            url: self.url(&inside(above, &page.path())),
            section: page.section.clone().unwrap_or_default(),
            place: String::new(),
        };
        pages.map(link).collect()
    }

    /// The lasting pages of the root, which every page has in its menu.
    pub(super) fn menu_of_root(self) -> Vec<LastingLink> {
        let root = self.portal.places().first();
        root.map(|root| self.menu(root.id)).unwrap_or_default()
    }

    /// Whether content at the root has the address `NAME/`: a place, or a lasting page.
    pub(super) fn is_taken(self, name: &str) -> bool {
        let Some(root) = self.portal.places().first() else { return false };
        let notices = self.portal.notices();
        root.children.iter().any(|id| self.portal.place(*id).path == name)
            || notices.pages(root.id).any(|id| notices.get(id).path().trim_end_matches('/') == name)
    }

    /// The fingerprint of which lists a place has.
    ///
    /// It changes when a list comes or goes, not when a list gets another entry. Pages that only
    /// link to the lists of a place read this.
    pub fn fingerprint(self, place: PlaceId) -> Fingerprint {
        let subtrees = self.subtrees(place);
        Fingerprint::of(&(subtrees, self.has_notices(place), self.has_all_notices(place)))
    }

    /// The fingerprint of all that links to content in a place's folder may lead to.
    ///
    /// That is: the names in the folder, which lists there are, and the notices. If it is the same,
    /// a link from elsewhere to a file of this folder leads to the same page as before.
    pub fn links_fingerprint(self, place: PlaceId) -> Fingerprint {
        let names = self.portal.catalog.structure(self.portal.files(), place);
        self.portal.subtree(place).linked.and(names)
    }

    /// The attached file that a link to a content file leads to, if it leads to one.
    pub fn attached(self, file: &SitePath) -> Option<SitePath> {
        let (file, what) = self.portal.catalog.find(file)?;
        (what == FileOf::Other && may_be_attached(&file, self.config)).then_some(file)
    }

    /// The image that a link to a content file leads to, if it leads to one.
    pub fn image(self, file: &SitePath) -> Option<SitePath> {
        let (file, what) = self.portal.catalog.find(file)?;
        (what == FileOf::Image).then_some(file)
    }

    /// The path that shows a content file: a page, or the file itself for an image or attachment. What is no
    /// longer posted is shown by the list that it stood in, or by its place.
    ///
    /// The name may be typed otherwise, as [`Catalog::find`](crate::schema::Catalog::find) finds
    /// it. Returns `None` for a file that does not exist or is not published, such as `site.toml` or
    /// a declaration. A link to it is then reported as broken.
    ///
    /// A notice whose window has ended is an example of what is not posted: links to its file lead
    /// to the place's list of notices if there is one, else to the place. So a link never breaks by
    /// itself when time passes.
    pub fn of_file(self, file: &SitePath) -> Option<String> {
        let catalog = &self.portal.catalog;
        let at = |place: PlaceId, rest: &str| Some(inside(&catalog.place(place).path, rest));
        let (file, what) = catalog.find(file)?;
        match what {
            FileOf::Place(place) => at(place, ""),
            FileOf::Other => {
                may_be_attached(&file, self.config).then(|| file.below_content().to_owned())
            }
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
                    Some(id) => at(place, &notices.get(id).path()),
                    None if !is_page(&file) && self.has_notices(place) => at(place, "notices/"),
                    None => at(place, ""),
                }
            }
        }
    }
}

/// A file may be attached to a text: it is of a kind that the portal publishes, and its name does
/// not begin with `_`.
fn may_be_attached(file: &SitePath, config: &Config) -> bool {
    let is_on = |kind| config.attachments.kinds.contains(&kind);
    AttachmentKind::of(file).is_some_and(is_on) && !file.name().starts_with('_')
}

/// The path of something in a place: `kaixuan/yixin/` and `honors/`.
///
/// The root place has an empty path and adds no slash: `("", "honors/")` gives `honors/`.
pub(super) fn inside(place: &str, rest: &str) -> String {
    if place.is_empty() { rest.to_owned() } else { format!("{place}/{rest}") }
}

/// A path with everything percent-encoded that an address cannot hold. Slashes stay. `a/b c/公告/`
/// becomes `a/b%20c/%E5%85%AC%E5%91%8A/`. A `%` of the path is encoded, too, so a path that was
/// encoded before comes out wrong.
pub fn encode(path: &str) -> String {
    utf8_percent_encode(path, UNSAFE).to_string()
}

/// All but letters, digits and the signs that stand for themselves in the path of an address. These
/// are `pchar` of RFC 3986, section 3.3, and the slash. Bytes beyond ASCII are always encoded.
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
