//! What is known from earlier builds.
//!
//! Everything in a [`Memo`] stands beside the fingerprint of what it was made from, so it is either
//! right or not used: nothing has to be told that something changed.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap, HashSet},
    sync::{Arc, OnceLock},
};

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::{
    artifact::{Kept, Renewed},
    build::{
        publish::Images,
        scope::{Scope, Touched},
    },
    clock::{Clock, Validity},
    config::Config,
    diagnostic::{Checked, Diagnostic},
    disclosure::{
        Notices, Portal, Whole, Withdrawn,
        summary::{Digest, Digests, Made, NoticeDigest, NoticeMaker, SetDigest, SetMaker},
        withdrawn,
    },
    figures::{Figures, Listings, Tallies, rollup::Rollup},
    fingerprint::{Fingerprint, lazy::LazyTable},
    render::{
        Renderer,
        theme::{self, THEMES, Theme},
    },
    schema::{
        Catalog, Notice,
        catalog::{self, FileOf},
        holidays,
        notice::{Article, NoticeId},
    },
    source::{Changes, Files, Folder, Seen, SitePath, Survey, World},
};

/// What is known from earlier builds.
#[derive(Debug, Default)]
pub struct Memo {
    /// Counts the builds.
    pub(crate) build: u64,
    seen: Seen,
    catalog: catalog::Known,
    /// By their first files.
    sets: ByFile<SetDigest>,
    notices: ByFile<NoticeDigest>,
    named: Named,
    sums: Rollup<Tallies>,
    listings: Listings,
    pages: Kept,
    pub(crate) images: Images,
    pub(crate) statics: BTreeSet<String>,
    /// The theme that had no mistakes.
    pub(crate) theme: Option<Fingerprint>,
    /// The fingerprint of the manifest of what was published.
    pub(crate) manifest: Fingerprint,
    /// Something was found out that was not known.
    new: bool,
    /// The theme without mistakes that was last loaded.
    loaded: Option<(String, Arc<Theme>, Fingerprint)>,
    tree: Option<Tree>,
    last: Option<Last>,
    pub(crate) renderer: Option<(Fingerprint, Arc<Renderer>)>,
}

/// A memo as bytes.
pub(crate) type Parts = Vec<Vec<u8>>;

/// The folders that a site is made from.
#[derive(Debug, Default)]
struct Tree {
    content: Folder,
    diagnostics: Vec<Diagnostic>,
}

/// The names of the files that digests are of.
#[derive(Debug)]
enum Names {
    /// Those of a catalog.
    Of(Arc<Catalog>),
    /// Those of record sets and those of notices, as they were written.
    Written(Vec<u8>),
}

impl Names {
    fn write(&self) -> postcard::Result<Vec<u8>> {
        match self {
            Self::Of(catalog) => postcard::to_allocvec(&names(catalog)),
            Self::Written(bytes) => Ok(bytes.clone()),
        }
    }

    fn into_names(self) -> [Vec<SitePath>; 2] {
        match self {
            Self::Of(catalog) => names(&catalog),
            Self::Written(bytes) => postcard::from_bytes(&bytes).unwrap_or_default(),
        }
    }
}

/// A record set has the name of its first file.
fn names(catalog: &Catalog) -> [Vec<SitePath>; 2] {
    let sets = catalog.sets.iter().map(|it| it.files[0].clone());
    [sets.collect(), catalog.notices.iter().map(|it| it.1.clone()).collect()]
}

/// The last build.
#[derive(Debug)]
struct Last {
    /// The fingerprint of its catalog.
    catalog: Fingerprint,
    config: Fingerprint,
    files: Names,
    sets: Arc<Digests<SetDigest>>,
    notices: Arc<Digests<NoticeDigest>>,
    posted: Arc<Notices>,
    whole: Whole,
}

/// Where names of persons who withdrew were found.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Named {
    /// The record sets in which somebody withdrew.
    by: BTreeSet<usize>,
    /// Of all those names, where they stand.
    names: Fingerprint,
    /// By the file in question, what it was compared with.
    checked: HashMap<SitePath, Fingerprint>,
    /// What there is to say, by file.
    told: BTreeMap<SitePath, Vec<Diagnostic>>,
}

impl Memo {
    /// Looks which files there are, and which of them may have changed.
    pub(crate) fn look<'w>(
        &mut self,
        world: &'w dyn World,
        changes: Changes<'_>,
    ) -> Checked<Files<'w>> {
        let seen = std::mem::take(&mut self.seen);
        let known = |it: &SitePath| seen.knows(it) && world.stamp(it).is_ok();
        let survey = match changes {
            Changes::Written(written) if self.tree.is_some() && written.iter().all(known) => {
                let files = Files::look_at(world, written, seen);
                return Checked { value: files, diagnostics: self.told_of_names() };
            }
            Changes::Surveyed(survey) => survey,
            _ => survey(world),
        };
        let (content, files, diagnostics) = survey.into_parts();
        self.tree = Some(Tree { content, diagnostics });
        let files = Files::of(world, files, &seen);
        Checked { value: files, diagnostics: self.told_of_names() }
    }

    fn told_of_names(&self) -> Vec<Diagnostic> {
        self.tree.as_ref().map(|it| it.diagnostics.clone()).unwrap_or_default()
    }

    pub(crate) fn catalog(&mut self, files: &Files<'_>, config: &Config) -> Checked<Arc<Catalog>> {
        let tree = self.tree.as_ref().expect("the files were looked at first");
        Catalog::load(files, &tree.content, config, &mut self.catalog)
    }

    /// Files what the last build found out under the names of files, which mean the same to
    /// another catalog.
    fn spill(&mut self) {
        let Some(last) = self.last.take() else { return };
        let [sets, notices] = last.files.into_names();
        self.sets = ByFile::new(sets, last.sets);
        self.notices = ByFile::new(notices, last.notices);
    }

    /// All that is worth keeping, in parts. Nothing if there was no build.
    pub(crate) fn write(&self) -> postcard::Result<Parts> {
        let Some(last) = &self.last else { return Ok(Vec::new()) };
        let Self { seen, catalog, named, sums, listings, pages, images, statics, theme, .. } = self;
        let Last { sets, notices, posted, whole, .. } = last;
        let parts: [&(dyn Fn() -> postcard::Result<Vec<u8>> + Sync); 7] = [
            &|| pages.shelf().write(),
            &|| sets.write(),
            &|| notices.write(),
            &|| seen.write(),
            &|| last.files.write(),
            &|| {
                let prints = (last.catalog, last.config);
                let about = (sets.about(), notices.about());
                postcard::to_allocvec(&(prints, about, &**posted, whole, pages))
            },
            &|| {
                let published = (images, statics, theme);
                postcard::to_allocvec(&(catalog, named, sums, listings, published))
            },
        ];
        parts.par_iter().map(|it| it()).collect()
    }

    /// A memo from its parts.
    pub(crate) fn read(parts: Parts) -> Option<Self> {
        let [pages, sets, notices, seen, files, last, rest] =
            <[Vec<u8>; 7]>::try_from(parts).ok()?;
        let (last, rest) =
            rayon::join(|| postcard::from_bytes(&last).ok(), || postcard::from_bytes(&rest).ok());
        let ((catalog, config), (about_sets, about_notices), posted, whole, kept): (
            _,
            _,
            Notices,
            _,
            Kept,
        ) = last?;
        let sets = Arc::new(Digests::of(LazyTable::read(sets)?, about_sets));
        let notices = Arc::new(Digests::of(LazyTable::read(notices)?, about_notices));
        let posted = Arc::new(posted.with(Arc::clone(&notices)));
        let files = Names::Written(files);
        let last = Some(Last { catalog, config, files, sets, notices, posted, whole });
        let pages = kept.with(LazyTable::read(pages)?)?;
        let (catalog, named, sums, listings, published) = rest?;
        let (images, statics, theme) = published;
        let seen = Seen::Written(seen);
        let this = Self { seen, catalog, named, sums, listings, pages, last, ..Self::default() };
        Some(Self { images, statics, theme, ..this })
    }

    /// The portal at a moment, and what may be another thing in it than it was at the last build.
    pub(crate) fn portal(
        &mut self,
        files: &Files<'_>,
        catalog: &Arc<Catalog>,
        config: &Config,
        clock: &Clock,
        sink: &mut Vec<Diagnostic>,
    ) -> (Portal, Touched) {
        let config_print = Fingerprint::of_shown(config);
        let is_of_this = |it: &Last| it.catalog == catalog.key() && it.config == config_print;
        if !self.last.as_ref().is_some_and(is_of_this) {
            self.spill();
        }
        let last = self.last.take();
        let is_first = last.is_none();
        let written = files.written().filter(|_| !is_first);
        let of = |it: &SitePath| catalog.file(it);
        let mut touched = if is_first { Touched::ALL } else { Touched::NONE };
        touched.images |=
            written.is_none_or(|it| it.iter().any(|it| of(it) == Some(FileOf::Image)));
        let (mut sets, mut notices, posted, whole) = match last {
            Some(it) => (it.sets, it.notices, Some(it.posted), Some(it.whole)),
            None => (Arc::default(), Arc::default(), None, None),
        };

        let (by_file, maker) = (&self.sets, SetMaker::new(files, catalog, config, clock));
        let known = |it: usize| by_file.get(it, &catalog.sets[it].files[0]);
        let which = written.filter(|_| sets.valid().holds(clock)).map(|it| {
            let set = |it| if let Some(FileOf::Set(set)) = of(it) { Some(set) } else { None };
            it.iter().filter_map(set).collect()
        });
        let made_sets = Digests::update(&mut sets, which, &maker, clock, known);
        for made in &made_sets {
            touched.scope.add(catalog.sets[made.index].place, catalog);
            let is_same = |it: &Arc<SetDigest>| sets[made.index].is_same_abroad(it);
            touched.links |= !made.before.as_ref().is_some_and(is_same);
        }

        let (by_file, maker) = (&self.notices, NoticeMaker::new(files, catalog, config, clock));
        let known = |it: usize| by_file.get(it, &catalog.notices[it].1);
        let which = written.filter(|_| notices.valid().holds(clock)).map(|it| {
            let notice = |it| if let Some(FileOf::Notice(it)) = of(it) { Some(it) } else { None };
            it.iter().filter_map(notice).collect()
        });
        let made_notices = Digests::update(&mut notices, which, &maker, clock, known);
        for made in &made_notices {
            touched.scope.add(catalog.notices[made.index].0, catalog);
            touched.links = true;
        }
        let posted = posted.filter(|_| made_notices.is_empty());
        let posted =
            posted.unwrap_or_else(|| Arc::new(Notices::new(catalog, Arc::clone(&notices))));

        (self.sets, self.notices) = Default::default();
        self.new |= !made_sets.is_empty() || !made_notices.is_empty();
        sink.extend(sets.diagnostics().chain(notices.diagnostics()).cloned());
        let whole = whole.filter(|_| !touched.links);
        let (clock, of_catalog, of_posted) =
            (clock.clone(), Arc::clone(catalog), Arc::clone(&posted));
        let mut portal =
            Portal::new(clock, of_catalog, Arc::clone(&sets), of_posted, config, whole);
        let article =
            |it: Made<NoticeDigest, Option<Article>>| Some((posted.in_file(it.index)?, it.read?));
        portal.hold(
            made_sets.into_iter().map(|it| (it.index, it.read)),
            made_notices.into_iter().filter_map(article),
        );
        let whole = portal.whole().clone();
        let (files, catalog, config) =
            (Names::Of(Arc::clone(catalog)), catalog.key(), config_print);
        self.last = Some(Last { catalog, config, files, sets, notices, posted, whole });
        self.pages.touch(&touched);
        (portal, touched)
    }

    /// The theme of that name, and its fingerprint.
    pub(crate) fn theme(
        &mut self,
        files: &Files<'_>,
        name: &str,
        sink: &mut Vec<Diagnostic>,
    ) -> (Arc<Theme>, Fingerprint) {
        let is_of_themes = |it: &SitePath| it.as_str().starts_with(THEMES);
        if let Some((known, theme, print)) = &self.loaded
            && known == name
            && files.are_untouched(is_of_themes)
        {
            return (Arc::clone(theme), *print);
        }
        let Checked { value, diagnostics } = theme::load(files, name);
        let print = value.print();
        let theme = Arc::new(value);
        // What there is to say of one is found out by loading it.
        let known = || (name.to_owned(), Arc::clone(&theme), print);
        self.loaded = diagnostics.is_empty().then(known);
        sink.extend(diagnostics);
        (theme, print)
    }

    /// Tells where content still has names of persons who withdrew.
    pub(crate) fn withdrawn(
        &mut self,
        files: &Files<'_>,
        portal: &mut Portal,
        touched: &Touched,
    ) -> Vec<Diagnostic> {
        let catalog = Arc::clone(&portal.catalog);
        let digests = Arc::clone(portal.all_digests());
        let named = &mut self.named;
        let places = touched.scope.places(catalog.places.len());
        let touched_sets = || places.iter().flat_map(|it| catalog.sets_of(*it));
        let before = std::mem::take(&mut named.by);
        if touched.scope != Scope::All {
            named.by.extend(&before);
        }
        for index in touched_sets() {
            if digests[index].facts.withdrawn.is_empty() {
                named.by.remove(&index);
            } else {
                named.by.insert(index);
            }
        }
        let withdrawn: Vec<Withdrawn> =
            named.by.iter().flat_map(|it| digests[*it].facts.withdrawn.iter().cloned()).collect();
        if withdrawn.is_empty() {
            *named = Named::default();
            return Vec::new();
        }
        let names = Fingerprint::of(&withdrawn);
        // Only what was touched has to be compared.
        let is_same = !touched.links && named.names == names;
        named.names = names;
        let is_new = |file: &SitePath, key| named.checked.get(file) != Some(&key);
        let of = |index: usize| {
            let file = catalog.sets[index].files[0].clone();
            (index, file, names.and(digests[index].key()))
        };
        let of_notice = |(id, notice): (NoticeId, &Notice)| {
            (id, notice.file.clone(), names.and(portal.notices().digest(id).text))
        };
        let (mut sets, mut notices): (Vec<_>, Vec<_>) = if is_same {
            (touched_sets().map(of).collect(), Vec::new())
        } else {
            let notices = portal.notices().iter().map(of_notice);
            ((0..digests.len()).map(of).collect(), notices.collect())
        };
        sets.retain(|it| !digests[it.0].facts.silent);
        let all = sets.iter().map(|it| &it.1).chain(notices.iter().map(|it| &it.1));
        let all: HashSet<SitePath> = all.filter(|_| !is_same).cloned().collect();
        sets.retain(|(_, file, key)| is_new(file, *key));
        notices.retain(|(_, file, key)| is_new(file, *key));
        if !is_same {
            named.checked.retain(|it, _| all.contains(it));
            named.told.retain(|it, _| all.contains(it));
        }
        let ids = notices.iter().map(|it| it.0).collect();
        portal.fetch(files, &sets.iter().map(|it| it.0).collect(), &ids);
        let of_set = |index| portal.held(index).map(|it| withdrawn::check(it, &withdrawn));
        let of_notice = |id| {
            let told = portal.article(id).and_then(|it| withdrawn::check_notice(it, &withdrawn));
            told.into_iter().collect()
        };
        let sets =
            sets.into_iter().map(|(it, file, key)| (file, key, of_set(it).unwrap_or_default()));
        let notices = notices.into_iter().map(|(it, file, key)| (file, key, of_notice(it)));
        for (file, key, told) in sets.chain(notices) {
            named.checked.insert(file.clone(), key);
            if told.is_empty() {
                named.told.remove(&file);
            } else {
                named.told.insert(file, told);
            }
        }
        named.told.values().flatten().cloned().collect()
    }

    pub(crate) fn take_sums(&mut self) -> Rollup<Tallies> {
        std::mem::take(&mut self.sums)
    }

    pub(crate) fn take_listings(&mut self) -> Listings {
        std::mem::take(&mut self.listings)
    }

    pub(crate) fn pages(&self) -> &Kept {
        &self.pages
    }

    /// The fingerprint of an image of the content folder, by its path in the output.
    pub(crate) fn image(&self, world: &dyn World, path: &str) -> Option<Fingerprint> {
        self.seen.read(world, &SitePath::new("content").join(path))
    }

    /// Forgets the pages that were published, and tells of them.
    pub(crate) fn take_pages(&mut self) -> Kept {
        std::mem::take(&mut self.pages)
    }

    /// Remembers the pages that were published.
    pub(crate) fn keep_pages(&mut self, pages: Renewed) {
        self.new |= self.pages.renew(pages);
    }

    /// The fingerprint of all files, once those that were edited just before can be trusted.
    pub(crate) fn confirm(&mut self, world: &dyn World) -> Option<Fingerprint> {
        let diagnostics = self.told_of_names();
        self.seen.confirm(world, &diagnostics)
    }

    /// Something is in it that was not when it was loaded.
    pub(crate) fn is_new(&self) -> bool {
        self.new
    }

    /// How long the site stays as it is, if it was built for a clock's moment.
    pub(crate) fn validity(&self, clock: &Clock) -> Validity {
        clock.fork().validity().until(self.until())
    }

    /// The first moment at which the site may be another one, in seconds of the Unix epoch.
    pub fn until(&self) -> Option<i64> {
        let last = self.last.iter().map(|it| it.sets.valid().and(it.notices.valid()));
        last.fold(self.pages.valid(), Validity::and).end()
    }

    /// Remembers what was read.
    pub(crate) fn keep(&mut self, files: Files<'_>, figures: &Figures, listings: &Listings) {
        self.new |= files.is_new();
        self.sums = figures.sums().clone();
        self.listings = listings.clone();
        self.seen = files.into_seen();
    }
}

/// Looks at all that a site is made from.
pub fn survey(world: &dyn World) -> Survey {
    Survey::take(world, THEMES, &[holidays::FILE])
}

/// Digests known by their files, most of them in the order in which they are asked for.
#[derive(Debug)]
struct ByFile<D> {
    files: Vec<SitePath>,
    digests: Arc<Digests<D>>,
    index: OnceLock<HashMap<SitePath, usize>>,
}

impl<D> Default for ByFile<D> {
    fn default() -> Self {
        Self { files: Vec::new(), digests: Arc::default(), index: OnceLock::new() }
    }
}

impl<D: Digest> ByFile<D> {
    fn new(files: Vec<SitePath>, digests: Arc<Digests<D>>) -> Self {
        Self { files, digests, index: OnceLock::new() }
    }

    /// That of a file, which is probably the one at that index.
    fn get(&self, index: usize, file: &SitePath) -> Option<Arc<D>> {
        if self.files.get(index) == Some(file) {
            return self.digests.get(index).cloned();
        }
        let index = self.index.get_or_init(|| {
            self.files.iter().enumerate().map(|(index, file)| (file.clone(), index)).collect()
        });
        self.digests.get(*index.get(file)?).cloned()
    }
}
