//! What a build leaves for the next one, in memory or in the cache file.
//!
//! Every value in a [`BuildState`] stands beside the fingerprint of what it was made from, and is
//! used if that is the same. Nothing is told that something changed.
//!
//! | value | made from | kept in the cache |
//! | --- | --- | --- |
//! | tree | the file system | yes, with contents' fingerprints of files that are old enough |
//! | catalog | declarations, places, names of files | what it is loaded from |
//! | summaries, figures, what can be found | content, place by place | yes, as place trees |
//! | table | what was published | yes |
//! | theme, renderer | `themes/`, `site.toml` | no: only the fingerprint |
//!
//! Place trees are indexed by place. If a place comes, goes or moves, all trees are brought into
//! the new order first, so that no value ends up with another place.
//!
//! A state is of one site, one output and one program; the cache makes sure of the latter.

use std::{collections::HashMap, sync::Arc};

use serde::{Deserialize, Serialize};

use crate::{
    artifact::{Bundle, KnownFiles, KnownSearch, Rest, SearchIndex, Table},
    clock::Validity,
    config::Config,
    diagnostic::{Checked, Diagnostic},
    disclosure::{KnownKeys, NameSecret, Portal, Summaries, sent},
    figures::{Figures, KnownFigures},
    fingerprint::Fingerprint,
    render::{
        Renderer, blocked, colours, guide, required,
        theme::{self, Theme},
    },
    schema::{Catalog, Place, PlaceId, PlaceTree, catalog},
    source::{Files, Shape, SitePath, THEMES, Tree},
};

/// What earlier builds found out.
///
/// An empty one is a valid state: with it everything is made.
#[derive(Debug, Default)]
pub struct BuildState {
    /// How many builds there were. The first is number 1.
    pub(crate) builds: u64,
    /// The files as they were at the last build.
    pub(crate) tree: Tree,
    /// The same, as another process wrote it. Empty once it was taken over by the first listing of
    /// this process.
    restored: Vec<u8>,
    catalog: catalog::KnownCatalog,
    /// The folders of the places that the trees below are about. The trees have as many values, in
    /// this order.
    folders: Vec<SitePath>,
    summaries: Summaries,
    keys: KnownKeys,
    figures: KnownFigures,
    search: KnownSearch,
    pub(crate) table: Table,
    /// The theme that had no mistakes when it was compiled, with what it is given on every page.
    pub(crate) theme: Option<Fingerprint>,
    /// The fingerprint of the manifest of what was published.
    pub(crate) manifest: Fingerprint,
    /// A file was read that was not known, or came or went.
    new: bool,
    /// The theme that was last loaded without mistakes: from what, and its fingerprint.
    loaded: Option<(Fingerprint, Arc<Theme>, Fingerprint)>,
    /// The compiled templates, and the fingerprint of what they were compiled from.
    pub(crate) renderer: Option<(Fingerprint, Arc<Renderer>)>,
}

/// A state as bytes, in parts.
pub(crate) type Parts = Vec<Vec<u8>>;

/// Which of them has the files.
const TREE: usize = 1;

/// The parts of a state that are small, or needed whatever was edited.
#[derive(Serialize, Deserialize)]
struct Small<C, K, F, R> {
    catalog: C,
    keys: K,
    search: F,
    rest: R,
    claims: Fingerprint,
    theme: Option<Fingerprint>,
}

impl BuildState {
    /// The files as they were at the last build.
    pub fn tree(&self) -> &Tree {
        &self.tree
    }

    /// The listing of the site, with what is known of files that are as they were: their contents'
    /// fingerprints. A file counts as unchanged if its stamp is the same.
    pub(crate) fn files(&mut self, tree: Tree) -> Tree {
        let restored = std::mem::take(&mut self.restored);
        if restored.is_empty() {
            return tree.adopt(&self.tree);
        }
        self.new |= !tree.restore(&restored);
        tree
    }

    /// The catalog of these files. Afterwards all trees have one slot for each of its places.
    pub(crate) fn catalog(&mut self, files: &Files<'_>, config: &Config) -> Checked<Arc<Catalog>> {
        let catalog = Catalog::load(files, config, &mut self.catalog);
        self.arrange(&catalog.value);
        catalog
    }

    /// Brings the trees into the order of the places of a catalog. What places left in the output
    /// that are no more is remembered as lost.
    ///
    /// A folder that was renamed is another place: what is known of the old one is dropped. If the
    /// places are as before, only their folders are compared.
    fn arrange(&mut self, catalog: &Catalog) {
        let places = &catalog.places;
        let is_same = |(folder, place): (&SitePath, &Place)| *folder == place.folder;
        if self.folders.len() == places.len() && self.folders.iter().zip(places).all(is_same) {
            return;
        }
        let folders = std::mem::replace(
            &mut self.folders,
            places.iter().map(|place| place.folder.clone()).collect(),
        );
        let mut known: HashMap<SitePath, PlaceId> =
            folders.into_iter().zip((0..).map(PlaceId)).collect();
        let before: Vec<Option<PlaceId>> =
            places.iter().map(|place| known.remove(&place.folder)).collect();
        for place in known.into_values() {
            let bundle = self.table.places.get(place).map(|place| Arc::clone(&place.bundle));
            let rows = bundle.iter().flat_map(|bundle| &bundle.rows);
            self.table.rest.lost.extend(rows.map(|row| row.file.path.clone()));
        }
        arrange(&mut self.summaries, places, &before);
        arrange(&mut self.figures, places, &before);
        arrange(&mut self.search.places, places, &before);
        arrange(&mut self.table.places, places, &before);
    }

    /// The parts that a portal is disclosed with.
    pub(crate) fn disclosure(&mut self) -> (&mut Summaries, &mut KnownKeys) {
        (&mut self.summaries, &mut self.keys)
    }

    /// The figures of each place.
    pub(crate) fn figures(&mut self) -> &mut KnownFigures {
        &mut self.figures
    }

    /// What can be found in a portal. Without a search that is nothing, and nothing of it is kept.
    pub(crate) fn search(
        &mut self,
        portal: &Portal<'_>,
        figures: &Figures,
        config: &Config,
        theme: &Theme,
    ) -> SearchIndex {
        if theme.has_search(config) {
            return SearchIndex::new(portal, figures, config, &mut self.search);
        }
        if !self.search.places.is_empty() {
            self.search = KnownSearch::default();
            self.new = true;
        }
        SearchIndex::default()
    }

    /// The theme of that name, and its fingerprint.
    ///
    /// It is loaded again if a file below `themes/` or the configuration changed, or if collections
    /// came or went. One with mistakes is not kept, so that each build reports them.
    pub(crate) fn theme(
        &mut self,
        files: &Files<'_>,
        config: &Config,
        catalog: &Catalog,
        sink: &mut Vec<Diagnostic>,
    ) -> (Arc<Theme>, Fingerprint) {
        let folder = files.tree().folder(&SitePath::new(THEMES));
        let files_of_themes =
            folder.map(|folder| files.structure(folder, |_| Shape::Content)).unwrap_or_default();
        // What a theme must have, the pages decide that there may be.
        let lists = Fingerprint::of(&catalog.used_collections());
        let lists = lists.and(catalog.collections_fingerprint());
        let from = files_of_themes.and(Fingerprint::of(config)).and(lists);
        if let Some((key, theme, fingerprint)) = &self.loaded
            && *key == from
        {
            return (Arc::clone(theme), *fingerprint);
        }
        let mut diagnostics = Vec::new();
        let mut loaded = theme::load(files, &config.theme).report(&mut diagnostics);
        diagnostics.extend(colours::add(&mut loaded, &config.colours));
        if config.style_guide {
            guide::add(&mut loaded);
        }
        let loaded = Arc::new(loaded);
        let fingerprint = loaded.fingerprint();
        diagnostics.extend(blocked::check(&loaded, &loaded.policy(config)));
        let theme = required::complete(loaded, config, catalog).report(&mut diagnostics);
        // Diagnostics of a theme are found out by loading it.
        let known = || (from, Arc::clone(&theme), fingerprint);
        self.loaded = diagnostics.is_empty().then(known);
        sink.extend(diagnostics);
        (theme, fingerprint)
    }

    /// Remembers the files that were read, with the fingerprints that reading them gave.
    pub(crate) fn keep(&mut self, files: &Files<'_>) {
        self.new |= files.is_new();
        self.tree = files.tree().clone();
    }

    /// Forgets what was published, so that all of it is looked at again. Returns it, with the
    /// folders of its places. Summaries and figures stay.
    pub(crate) fn forget_published(&mut self) -> (Vec<SitePath>, Table) {
        let table = std::mem::take(&mut self.table);
        self.table.places = PlaceTree::empty(self.folders.len());
        (self.folders.clone(), table)
    }

    /// Something is in it that is not in the file that it was read from. Then the cache has to be
    /// written.
    pub(crate) fn is_new(&self) -> bool {
        self.new
            || self.summaries.is_changed()
            || self.figures.is_changed()
            || self.search.places.is_changed()
            || self.table.places.is_changed()
            || self.table.is_changed
    }

    /// Notes that it is written as it is.
    pub(crate) fn settle(&mut self) {
        self.new = false;
        self.summaries.settle();
        self.figures.settle();
        self.search.places.settle();
        self.table.places.settle();
        self.table.is_changed = false;
    }

    /// For which moments the site is as it was built.
    ///
    /// It covers the posting of records and notices, figures and listings, and all artifacts. Its
    /// end is when the site may change next.
    pub fn validity(&self) -> Validity {
        let summaries = self.summaries.node(PlaceId::ROOT).map(|root| root.valid);
        let figures = self.figures.node(PlaceId::ROOT).map(|root| root.valid);
        let found = self.search.valid();
        summaries.into_iter().chain(figures).chain(found).fold(self.table.valid(), Validity::and)
    }

    /// All that is worth keeping, in parts. Nothing if there was no build.
    ///
    /// The order of the parts is the form of the cache: [`Self::read`] expects seven in the same
    /// order. Values of places that were not decoded are copied.
    pub(crate) fn write(&self) -> postcard::Result<Parts> {
        if self.folders.is_empty() {
            return Ok(Vec::new());
        }
        let Table { places, rest, claims, .. } = &self.table;
        let small = Small {
            catalog: &self.catalog,
            keys: &self.keys,
            search: &self.search.files,
            rest,
            claims: *claims,
            theme: self.theme,
        };
        Ok(vec![
            postcard::to_allocvec(&self.folders)?,
            self.tree.write()?,
            self.summaries.write()?,
            self.figures.write()?,
            self.search.places.write()?,
            places.write()?,
            postcard::to_allocvec(&small)?,
        ])
    }

    /// Nothing is known but what names of persons who withdrew are hashed with.
    pub(crate) fn hashing_with(secret: NameSecret) -> Self {
        Self { keys: KnownKeys::hashed_with(secret), ..Self::default() }
    }

    /// What it knows of the places that a catalog owns, in parts as of [`Self::write`], for a
    /// machine with the same files. What names are hashed with is not in it.
    pub(crate) fn write_part(&self, catalog: &Catalog) -> postcard::Result<Parts> {
        let owns = |place: PlaceId| catalog.owns(Some(place));
        let places = self.search.places.only(owns);
        let rest = Rest { derived: self.table.rest.derived.clone(), ..Rest::default() };
        let part = Self {
            folders: self.folders.clone(),
            summaries: sent(&self.summaries, catalog),
            figures: self.figures.only(owns),
            search: KnownSearch::restored(places, KnownFiles::default()),
            table: Table { places: self.table.places.only(owns), rest, ..Table::default() },
            ..Self::default()
        };
        let mut parts = part.write()?;
        parts[TREE] = self.tree.write_read(|file| catalog.owns_file(file))?;
        Ok(parts)
    }

    /// Takes over what other machines [wrote](Self::write_part) of their places. Returns whether
    /// these are the places that it knows, and the bytes are those of states.
    ///
    /// What they read of the files is taken over by `tree`.
    pub(crate) fn join(&mut self, parts: Vec<Parts>, tree: &Tree) -> bool {
        let states: Option<Vec<Self>> = parts.into_iter().map(Self::read).collect();
        let Some(states) = states else { return false };
        let is_same = |it: &Self| it.folders == self.folders && tree.trust(&it.restored);
        if !states.iter().all(is_same) {
            return false;
        }
        let (mut summaries, mut figures, mut found) = (Vec::new(), Vec::new(), Vec::new());
        let (mut artifacts, mut derived) = (Vec::new(), Vec::new());
        for state in states {
            summaries.push(state.summaries);
            figures.push(state.figures);
            found.push(state.search.places);
            artifacts.push(state.table.places);
            derived.extend(state.table.rest.derived);
        }
        self.summaries = PlaceTree::joined(summaries);
        self.figures = PlaceTree::joined(figures);
        self.search.places = PlaceTree::joined(found);
        self.table.places = PlaceTree::joined(artifacts);
        self.table.rest.derived = Some(Arc::new(Bundle::joined(&derived)));
        true
    }

    /// The summaries of its places.
    pub(crate) fn summaries(&self) -> &Summaries {
        &self.summaries
    }

    /// A state from its parts; `None` if they are not those of one. The number of builds and the
    /// manifest are not among them.
    pub(crate) fn read(parts: Parts) -> Option<Self> {
        let [folders, restored, summaries, figures, found, places, small] =
            <[Vec<u8>; 7]>::try_from(parts).ok()?;
        let folders: Vec<SitePath> = postcard::from_bytes(&folders).ok()?;
        let Small { catalog, keys, search, rest, claims, theme }: Small<
            catalog::KnownCatalog,
            KnownKeys,
            KnownFiles,
            Rest,
        > = postcard::from_bytes(&small).ok()?;
        let count = folders.len();
        let table =
            Table { places: PlaceTree::read(places, count)?, rest, claims, is_changed: false };
        Some(Self {
            restored,
            catalog,
            folders,
            summaries: PlaceTree::read(summaries, count)?,
            keys,
            figures: PlaceTree::read(figures, count)?,
            search: KnownSearch::restored(PlaceTree::read_any(found)?, search),
            table,
            theme,
            ..Self::default()
        })
    }
}

/// One tree in the order of `places`; `before` has the old index of each.
fn arrange<T>(tree: &mut PlaceTree<T>, places: &[Place], before: &[Option<PlaceId>]) {
    *tree = tree.arranged(places, |place| before[place.id.index()]);
}
