//! The index of a portal, and what is known of it from build to build.

use std::{
    collections::HashSet,
    sync::{Arc, OnceLock},
};

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::{
    artifact::{
        Routes,
        search::{
            documents::{self, PlaceDocuments},
            layout::{IndexFile, Layout, Ordered},
            pinyin::LETTERS,
        },
    },
    clock::Validity,
    config::Config,
    disclosure::Portal,
    figures::Figures,
    fingerprint::Fingerprint,
    schema::{PlaceId, PlaceTree, TreeNode},
};

/// What an earlier build knew of the index: the documents of each place, and its files.
#[derive(Debug, Default)]
pub struct KnownSearch {
    /// The documents.
    pub(crate) places: PlaceTree<PlaceDocuments>,
    /// The files.
    pub(crate) files: KnownFiles,
}

/// The files of an index, and the fingerprint of all documents that they were made from.
#[derive(Debug, Default, Clone, Serialize, Deserialize)]
pub(crate) struct KnownFiles {
    from: Fingerprint,
    layout: Arc<Layout>,
}

/// The index of a portal: what can be found, and the files that find it.
#[derive(Debug, Default)]
pub struct SearchIndex {
    count: usize,
    places: PlaceTree<PlaceDocuments>,
    layout: Arc<Layout>,
    /// Put together when a file has to be made.
    ordered: OnceLock<Ordered>,
}

impl SearchIndex {
    /// The index of a portal. `known` is that of an earlier build, which is brought up to date.
    ///
    /// Only places in whose subtree something changed are visited. Of these, records and articles
    /// are read whose documents are not known. A first build has them at hand.
    pub fn new(
        portal: &Portal<'_>,
        figures: &Figures,
        config: &Config,
        known: &mut KnownSearch,
    ) -> Self {
        let routes = Routes::new(portal, figures, config);
        let count = portal.places().len();
        if known.places.len() != count {
            known.places = PlaceTree::empty(count);
        }
        let around = Fingerprint::of(&(&config.language, config.breaks, &config.levels));
        let around = around.and(portal.catalog.collections_fingerprint());
        let from = |place: PlaceId| {
            Fingerprint::of_all([
                around,
                portal.catalog.ancestry_fingerprint(place),
                portal.subtree(place).output,
                portal.names_fingerprint(place),
                figures.at(place).subtree_fingerprint(),
            ])
        };
        let stale = known.places.stale(portal.places(), &portal.clock, from);
        let before = &known.places;
        let of_place =
            |place: &PlaceId| documents::of_place(routes, *place, around, before.get(*place));
        let values: Vec<PlaceDocuments> = stale.par_iter().map(of_place).collect();
        for (place, value) in stale.into_iter().zip(values).rev() {
            let children = portal.place(place).children.iter();
            let valid = children.filter_map(|child| known.places.node(*child));
            let valid = valid.fold(value.valid(), |valid, child| valid.and(child.valid));
            known.places.set(place, TreeNode { from: from(place), valid, value });
        }
        // Documents are others once their time is over, too.
        let root = known.places.node(PlaceId::ROOT);
        let root = root.map(|root| root.from.and(Fingerprint::of(&root.valid)));
        Self::of(count, root.unwrap_or_default(), known)
    }

    /// The index of these documents. Its files are those known if the documents are.
    fn of(count: usize, from: Fingerprint, known: &mut KnownSearch) -> Self {
        let (places, layout) = (known.places.clone(), Arc::clone(&known.files.layout));
        let mut this = Self { count, places, layout, ordered: OnceLock::new() };
        if known.files.from != from || from == Fingerprint::default() {
            let before = std::mem::take(&mut this.layout);
            this.layout = Arc::new(Layout::new(this.ordered()));
            let before: HashSet<&str> = before.files.iter().map(|it| it.path.as_str()).collect();
            if let Some(ordered) = this.ordered.get_mut().filter(|_| !before.is_empty()) {
                let files = this.layout.files.iter();
                ordered.expect(files.filter(|it| !before.contains(it.path.as_str())));
            }
            known.files = KnownFiles { from, layout: Arc::clone(&this.layout) };
        }
        this
    }

    /// The files of the index; none if it is switched off.
    pub(super) fn files(&self) -> &[IndexFile] {
        &self.layout.files
    }

    /// The bytes of a file.
    pub(super) fn bytes(&self, file: &IndexFile) -> Vec<u8> {
        self.layout.bytes(file, self.ordered())
    }

    /// The fingerprint of the titles under a letter; zero if there are none.
    pub(in crate::artifact) fn letter_fingerprint(&self, letter: u8) -> Fingerprint {
        self.layout.letters.get(usize::from(letter)).copied().unwrap_or_default()
    }

    /// The fingerprint of all titles.
    pub(in crate::artifact) fn titles_fingerprint(&self) -> Fingerprint {
        Fingerprint::of_all(self.layout.letters.iter().copied())
    }

    /// The letters under which something stands.
    pub(in crate::artifact) fn letters(&self) -> Vec<u8> {
        let is_used = |letter: &u8| self.letter_fingerprint(*letter) != Fingerprint::default();
        (0..LETTERS).filter(is_used).collect()
    }

    /// The documents of each place.
    pub(in crate::artifact) fn places(&self) -> impl Iterator<Item = &PlaceDocuments> {
        let ids = (0..u32::try_from(self.count).unwrap_or(u32::MAX)).map(PlaceId);
        ids.filter_map(|place| self.places.get(place))
    }

    fn ordered(&self) -> &Ordered {
        self.ordered.get_or_init(|| Ordered::new(self.places().flat_map(|place| &place.groups)))
    }
}

impl KnownSearch {
    /// For which moments the documents are the same.
    pub(crate) fn valid(&self) -> Option<Validity> {
        self.places.node(PlaceId::ROOT).map(|root| root.valid)
    }
}
