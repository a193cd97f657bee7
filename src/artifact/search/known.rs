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
            documents::{self, Group, PlaceDocuments},
            layout::{IndexFile, Layout, expected},
            order::Ordered,
            pinyin::LETTERS,
            postings::SegmentPostings,
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
    /// The order of the documents, if a build of this process put them in order.
    ordered: Option<Arc<Ordered>>,
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
    ordered: OnceLock<Arc<Ordered>>,
    postings: [SegmentPostings; 2],
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
        let mut stale = portal.catalog.stale(&known.places, &portal.clock, from);
        stale.retain(|place| portal.catalog.owns(Some(*place)));
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
        // A part of a portal makes no files of the index: it has not all documents.
        if !portal.catalog.owns(None) {
            return Self::default();
        }
        // Documents are others once their time is over, too.
        let root = known.places.node(PlaceId::ROOT);
        let root = root.map(|root| root.from.and(Fingerprint::of(&root.valid)));
        Self::of(count, root.unwrap_or_default(), known)
    }

    /// The index of these documents. Its files are those known if the documents are.
    fn of(count: usize, from: Fingerprint, known: &mut KnownSearch) -> Self {
        let (places, layout) = (known.places.clone(), Arc::clone(&known.files.layout));
        let mut this = Self { count, places, layout, ..Self::default() };
        if known.files.from != from || from == Fingerprint::default() {
            let before = std::mem::take(&mut this.layout);
            let ordered = known.ordered.take().map(Arc::unwrap_or_clone);
            let followed = ordered.and_then(|mut ordered| {
                let changes = ordered.follow(this.groups())?;
                Some((Layout::new(&ordered, Some((&before, &changes))), ordered))
            });
            let (layout, ordered) = followed.unwrap_or_else(|| {
                let mut ordered = Ordered::new(this.groups());
                ordered.sum_up();
                (Layout::new(&ordered, None), ordered)
            });
            this.layout = Arc::new(layout);
            let before: HashSet<&str> = before.files.iter().map(|it| it.path.as_str()).collect();
            if !before.is_empty() {
                let files = this.layout.files.iter();
                this.postings = expected(files.filter(|it| !before.contains(it.path.as_str())));
            }
            known.files = KnownFiles { from, layout: Arc::clone(&this.layout) };
            known.ordered = Some(Arc::new(ordered));
        }
        if let Some(ordered) = &known.ordered {
            this.ordered = OnceLock::from(Arc::clone(ordered));
        }
        this
    }

    /// The files of the index; none if it is switched off.
    pub(super) fn files(&self) -> &[IndexFile] {
        &self.layout.files
    }

    /// The bytes of a file.
    pub(super) fn bytes(&self, file: &IndexFile) -> Vec<u8> {
        self.layout.bytes(file, self.ordered(), &self.postings)
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

    fn groups(&self) -> impl Iterator<Item = &Arc<Group>> {
        self.places().flat_map(|place| &place.groups)
    }

    fn ordered(&self) -> &Ordered {
        self.ordered.get_or_init(|| Arc::new(Ordered::new(self.groups())))
    }
}

impl KnownSearch {
    /// What a cache has of it.
    pub(crate) fn restored(places: PlaceTree<PlaceDocuments>, files: KnownFiles) -> Self {
        Self { places, files, ordered: None }
    }

    /// For which moments the documents are the same.
    pub(crate) fn valid(&self) -> Option<Validity> {
        self.places.node(PlaceId::ROOT).map(|root| root.valid)
    }
}
