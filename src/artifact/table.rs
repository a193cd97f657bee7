//! The table of artifacts: what was published, from build to build.
//!
//! It is a place tree: each place has the rows of its own artifacts, and beside them what those of
//! the whole subtree come to, such as the number of pages or the files shown. So what is asked of
//! all pages is answered at the root, and an edit renews the values on the way up to it only. What
//! belongs to no place is in `Rest`.
//!
//! A build works on a clone, which shares the nodes. `build/driver.rs` decides when it replaces the
//! old table: only once its files are handed to the output.

use std::{collections::BTreeSet, sync::Arc};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{
    artifact::{Bundle, ContentLink, Lead, Routes, Row},
    clock::Validity,
    disclosure::Portal,
    fingerprint::Fingerprint,
    output::OutPath,
    schema::{PlaceId, PlaceTree, TreeNode},
};

/// Every artifact that was published: path, fingerprint of what it was made from, hash of its
/// bytes, and why it was made.
#[derive(Debug, Clone, Default)]
pub struct Table {
    /// Those of each place.
    pub(crate) places: PlaceTree<PlaceArtifacts>,
    /// The rest of it.
    pub(crate) rest: Rest,
    /// The fingerprint of what claims paths beside artifacts ([`claims_fingerprint`]), when no two
    /// paths were the same.
    ///
    /// [`claims_fingerprint`]: crate::artifact::plan::claims_fingerprint
    pub(crate) claims: Fingerprint,
    /// Something outside of the places is another than was read.
    pub(crate) is_changed: bool,
}

/// What belongs to no place.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Rest {
    /// Artifacts of the portal as a whole.
    pub(crate) portal: Option<Arc<Bundle>>,
    /// Artifacts that are derived from others.
    pub(crate) derived: Option<Arc<Bundle>>,
    /// Files of places that are no more. Each build removes them from the output, and from here.
    pub(crate) lost: Vec<OutPath>,
}

/// The artifacts of a place, and what they and those of all places in it come to.
#[derive(Debug, Serialize, Deserialize)]
pub struct PlaceArtifacts {
    /// Those of the place.
    pub bundle: Arc<Bundle>,
    /// How many pages there are in the subtree.
    count: usize,
    /// The fingerprint of all paths in the subtree, of the days of their pages, and of where old
    /// addresses lead.
    paths: Fingerprint,
    /// The files that are shown or attached in the subtree, as paths below the content folder.
    files: Arc<BTreeSet<String>>,
    /// Where links of the subtree lead that leave its folder, and those to attached files and to
    /// records, of which pages tell the size and the title. Most lead to the places above. Kept
    /// at each level, as a link that leaves a child's folder may stay in the parent's.
    links: Arc<BTreeSet<ContentLink>>,
    /// For which moments all of the subtree is as it was made.
    valid: Validity,
}

impl Table {
    /// The artifacts of a place, or of the portal as a whole. `None` if no earlier build made them.
    pub fn bundle(&self, place: Option<PlaceId>) -> Option<&Arc<Bundle>> {
        match place {
            Some(place) => self.places.get(place).map(|it| &it.bundle),
            None => self.rest.portal.as_ref(),
        }
    }

    /// A link from a place, or from a place in it, to content outside of it leads elsewhere now.
    /// Costs O(links that leave the place's folder), each a lookup.
    pub(super) fn has_moved_links(
        &self,
        place: PlaceId,
        routes: Routes<'_>,
        portal: &Portal<'_>,
    ) -> bool {
        let known = self.places.get(place);
        let mut links = known.into_iter().flat_map(|known| &*known.links);
        links.any(|link| !link.is_same(routes, portal))
    }

    /// How many pages there are.
    pub fn count(&self, portal: &Portal<'_>) -> usize {
        let root = portal.places().first().and_then(|root| self.places.get(root.id));
        root.map_or(0, |root| root.count)
            + self.rest.portal.as_ref().map_or(0, |bundle| bundle.pages())
    }

    /// The fingerprint of the paths of all artifacts that are not derived from others, of the days of
    /// their pages, and of where old addresses lead. The sitemap reads it.
    pub fn paths(&self) -> Fingerprint {
        let root = self.places.get(PlaceId::ROOT).map(|root| root.paths);
        let rows = self.rest.portal.iter().flat_map(|bundle| &bundle.rows);
        let rows: Vec<_> = rows.map(Row::listed).collect();
        Fingerprint::of(&(root, rows))
    }

    /// The files that artifacts show or have attached, as paths below the content folder. Costs
    /// O(files).
    pub fn files(&self) -> BTreeSet<String> {
        let root = self.places.get(PlaceId::ROOT).map(|root| &*root.files);
        let rows = self.rest.portal.iter().flat_map(|bundle| &bundle.rows);
        root.into_iter().flatten().chain(rows.flat_map(|row| &row.files)).cloned().collect()
    }

    /// How many [pages](Self::pages) have an address. No place is looked at for it: all pages of
    /// places have one.
    pub fn count_addresses(&self) -> usize {
        let root = self.places.get(PlaceId::ROOT).map_or(0, |root| root.count);
        let rows = self.rest.portal.iter().flat_map(|bundle| &bundle.rows);
        root + rows.filter(|row| row.has_address()).count()
    }

    /// The addresses of all pages but the one for addresses that do not exist, in order, each with
    /// the day on which it was last changed. Costs O(pages), and the decoding of all bundles of a
    /// restored table.
    pub fn pages(&self, portal: &Portal<'_>) -> Vec<(String, Option<Date>)> {
        let rows = self.rows(portal).filter(|row| row.has_address());
        let mut pages: Vec<_> = rows.map(|row| (row.path().to_owned(), row.modified)).collect();
        pages.sort_unstable();
        pages
    }

    /// The old addresses that lead on, in order, and where they lead. Costs as much as
    /// [`Self::pages`].
    pub fn leads(&self, portal: &Portal<'_>) -> Vec<(String, Lead)> {
        let lead = |row: &Row| Some((row.path().to_owned(), row.lead.clone()?));
        let mut leads: Vec<_> = self.rows(portal).filter_map(lead).collect();
        leads.sort_unstable_by(|a, b| a.0.cmp(&b.0));
        leads
    }

    /// All artifacts that are not derived from others.
    fn rows<'t>(&'t self, portal: &'t Portal<'_>) -> impl Iterator<Item = &'t Row> {
        let all = portal.places().iter().map(|place| Some(place.id)).chain([None]);
        all.filter_map(|place| self.bundle(place)).flat_map(|bundle| &bundle.rows)
    }

    /// For which moments all artifacts are as they were made.
    pub fn valid(&self) -> Validity {
        let root = self.places.get(PlaceId::ROOT).map(|root| root.valid);
        let rest = [&self.rest.portal, &self.rest.derived].into_iter().flatten();
        let rest = rest.map(|bundle| bundle.valid);
        rest.chain(root).fold(Validity::ALWAYS, Validity::and)
    }

    /// Puts the artifacts of a place in the place of those before. Those of the places in it have
    /// to be there. So a build goes from the leaves to the root. `from` is the fingerprint by which
    /// the next build skips the place.
    pub(crate) fn set(
        &mut self,
        portal: &Portal<'_>,
        place: PlaceId,
        from: Fingerprint,
        bundle: Arc<Bundle>,
    ) {
        let children = portal.place(place).children.iter();
        let children: Vec<_> = children.filter_map(|child| self.places.node(*child)).collect();
        let paths = Fingerprint::of(&bundle.rows.iter().map(Row::listed).collect::<Vec<_>>());
        let paths = [paths].into_iter().chain(children.iter().map(|child| child.value.paths));
        let mut files = Arc::default();
        for more in children.iter().map(|child| &child.value.files).filter(|it| !it.is_empty()) {
            join(&mut files, more);
        }
        let own: BTreeSet<String> =
            bundle.rows.iter().flat_map(|row| &row.files).cloned().collect();
        join(&mut files, &Arc::new(own));
        let folder = &portal.place(place).folder;
        let own = bundle.rows.iter().flat_map(|row| &row.links);
        let links = own.chain(children.iter().flat_map(|child| &*child.value.links));
        let links = links.filter(|link| link.leaves(folder)).cloned();
        let links = Arc::new(links.collect());
        let valid = children.iter().map(|child| child.value.valid);
        let valid = valid.fold(bundle.valid, Validity::and);
        let holds = children.iter().map(|child| child.valid);
        let holds = holds.fold(bundle.holds(), Validity::and);
        let count = children.iter().map(|child| child.value.count).sum::<usize>();
        let count = count + bundle.pages();
        let paths = Fingerprint::of_all(paths);
        let value = PlaceArtifacts { bundle, count, paths, files, links, valid };
        self.places.set(place, TreeNode { from, valid: holds, value });
    }
}

/// Adds to a set that may be shared. If all of it is there already, nothing is copied.
fn join(all: &mut Arc<BTreeSet<String>>, more: &Arc<BTreeSet<String>>) {
    if all.is_empty() {
        *all = Arc::clone(more);
    } else if !more.is_subset(all) {
        Arc::make_mut(all).extend(more.iter().cloned());
    }
}
