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
    clock::{Clock, Validity},
    config::Config,
    diagnostic::{Checked, Diagnostic},
    digest::{Digest as _, Digests, Made, NoticeDigest, NoticeMaker, SetDigest, SetMaker},
    figures::{Figures, Tallies},
    fingerprint::Fingerprint,
    pages::{Kept, Listings, Renewed},
    portal::{Notices, Portal, Whole, Withdrawn, withdrawn},
    publish::Images,
    render::{
        Renderer,
        theme::{self, THEMES, Theme},
    },
    rollup::Rollup,
    schema::{
        Frame, Notice,
        frame::{self, FileOf},
        holidays,
        notice::{Article, NoticeId},
    },
    scope::{Scope, Touched},
    source::{Changes, Files, Folder, Seen, SitePath, Survey, World},
};

/// What is known from earlier builds.
#[derive(Debug, Default)]
pub struct Memo {
    /// Counts the builds.
    pub(crate) build: u64,
    seen: Seen,
    frame: frame::Known,
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
    /// Something was found out that was not known.
    new: bool,
    /// The theme without mistakes that was last loaded.
    loaded: Option<(String, Arc<Theme>, Fingerprint)>,
    tree: Option<Tree>,
    last: Option<Last>,
    pub(crate) renderer: Option<(Fingerprint, Arc<Renderer>)>,
}

/// The folders that a site is made from.
#[derive(Debug, Default)]
struct Tree {
    content: Folder,
    diagnostics: Vec<Diagnostic>,
}

/// The last build of this process.
#[derive(Debug)]
struct Last {
    frame: Arc<Frame>,
    config: Fingerprint,
    sets: Arc<Digests<SetDigest>>,
    notices: Arc<Digests<NoticeDigest>>,
    posted: Arc<Notices>,
    whole: Whole,
}

/// Where names of persons who withdrew were found.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Named {
    /// The record sets in which somebody withdrew.
    #[serde(skip)]
    by: BTreeSet<usize>,
    /// Of all those names, where they stand.
    #[serde(skip)]
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

    pub(crate) fn frame(&mut self, files: &Files<'_>, config: &Config) -> Checked<Arc<Frame>> {
        let tree = self.tree.as_ref().expect("the files were looked at first");
        Frame::load(files, &tree.content, config, &mut self.frame)
    }

    /// Files what the last build found out under the names of files, which mean the same to
    /// another frame and another process.
    pub(crate) fn spill(&mut self) {
        let Some(last) = self.last.take() else { return };
        let sets = last.frame.sets.iter().zip(last.sets.iter().map(Arc::clone));
        self.sets = sets.filter_map(|(of, it)| Some((of.files.first()?.clone(), it))).collect();
        let notices = last.frame.notices.iter().zip(last.notices.iter().map(Arc::clone));
        self.notices = notices.map(|((_, file), it)| (file.clone(), it)).collect();
    }

    /// All that is worth keeping, in parts.
    pub(crate) fn write(&mut self) -> postcard::Result<Vec<Vec<u8>>> {
        self.spill();
        let Self { build: _, seen, frame, sets, notices, named, sums, listings, pages, .. } = self;
        let Self { images, statics, theme, .. } = self;
        let parts: [&(dyn Fn() -> postcard::Result<Vec<u8>> + Sync); 5] = [
            &|| postcard::to_allocvec(seen),
            &|| postcard::to_allocvec(&sets.0),
            &|| postcard::to_allocvec(&notices.0),
            &|| postcard::to_allocvec(pages),
            &|| {
                postcard::to_allocvec(&(
                    &*frame, &*named, &*sums, &*listings, &*images, &*statics, &*theme,
                ))
            },
        ];
        parts.par_iter().map(|it| it()).collect()
    }

    /// A memo from its parts.
    pub(crate) fn read(parts: &[&[u8]]) -> Option<Self> {
        let [seen, sets, notices, pages, rest] = *<&[&[u8]; 5]>::try_from(parts).ok()?;
        let mut this = Self::default();
        let Self {
            seen: into_seen, sets: into_sets, notices: into_notices, pages: into_pages, ..
        } = &mut this;
        let mut others = None;
        let mut right = [false; 4];
        let [of_seen, of_sets, of_notices, of_pages] = &mut right;
        rayon::scope(|scope| {
            scope.spawn(|_| *of_pages = read_part(pages, into_pages));
            scope.spawn(|_| *of_sets = read_part(sets, &mut into_sets.0));
            scope.spawn(|_| *of_notices = read_part(notices, &mut into_notices.0));
            scope.spawn(|_| *of_seen = read_part(seen, into_seen));
            scope.spawn(|_| others = postcard::from_bytes(rest).ok());
        });
        if right.contains(&false) {
            return None;
        }
        let (frame, named, sums, listings, images, statics, theme) = others?;
        Some(Self { frame, named, sums, listings, images, statics, theme, ..this })
    }

    /// The portal at a moment, and what may be another thing in it than it was at the last build.
    pub(crate) fn portal(
        &mut self,
        files: &Files<'_>,
        frame: Arc<Frame>,
        config: &Config,
        clock: &Clock,
        sink: &mut Vec<Diagnostic>,
    ) -> (Portal, Touched) {
        let config_print = Fingerprint::of_shown(config);
        let is_of_this = |it: &Last| Arc::ptr_eq(&it.frame, &frame) && it.config == config_print;
        if !self.last.as_ref().is_some_and(is_of_this) {
            self.spill();
        }
        let last = self.last.take();
        let is_first = last.is_none();
        let written = files.written().filter(|_| !is_first);
        let of = |it: &SitePath| frame.file(it);
        let mut touched = if is_first { Touched::ALL } else { Touched::NONE };
        touched.images |=
            written.is_none_or(|it| it.iter().any(|it| of(it) == Some(FileOf::Image)));
        let (mut sets, mut notices, posted, whole) = match last {
            Some(it) => (it.sets, it.notices, Some(it.posted), Some(it.whole)),
            None => (Arc::default(), Arc::default(), None, None),
        };

        let (by_file, maker) = (&self.sets, SetMaker::new(files, &frame, config, clock));
        let known = |it: usize| by_file.get(it, frame.sets[it].files.first()?);
        let which = written.filter(|_| sets.valid().holds(clock)).map(|it| {
            let set = |it| if let Some(FileOf::Set(set)) = of(it) { Some(set) } else { None };
            it.iter().filter_map(set).collect()
        });
        let made_sets = Arc::make_mut(&mut sets).update(which, &maker, clock, known);
        for made in &made_sets {
            touched.scope.add(frame.sets[made.index].place, &frame);
            let is_same = |it: &Arc<SetDigest>| sets[made.index].is_same_abroad(it);
            touched.links |= !made.before.as_ref().is_some_and(is_same);
        }

        let (by_file, maker) = (&self.notices, NoticeMaker::new(files, &frame, config, clock));
        let known = |it: usize| by_file.get(it, &frame.notices[it].1);
        let which = written.filter(|_| notices.valid().holds(clock)).map(|it| {
            let notice = |it| if let Some(FileOf::Notice(it)) = of(it) { Some(it) } else { None };
            it.iter().filter_map(notice).collect()
        });
        let made_notices = Arc::make_mut(&mut notices).update(which, &maker, clock, known);
        for made in &made_notices {
            touched.scope.add(frame.notices[made.index].0, &frame);
            touched.links = true;
        }
        let posted = posted.filter(|_| made_notices.is_empty());
        let posted = posted.unwrap_or_else(|| Arc::new(Notices::new(&frame, &notices)));

        self.new |= !made_sets.is_empty() || !made_notices.is_empty();
        sink.extend(sets.diagnostics().chain(notices.diagnostics()).cloned());
        let whole = whole.filter(|_| !touched.links);
        let (clock, of_frame, of_posted) = (clock.clone(), Arc::clone(&frame), Arc::clone(&posted));
        let mut portal = Portal::new(clock, of_frame, Arc::clone(&sets), of_posted, config, whole);
        let article = |it: Made<NoticeDigest, Option<Article>>| {
            Some((posted.in_file(&frame.notices[it.index].1)?, it.read?))
        };
        portal.hold(
            made_sets.into_iter().map(|it| (it.index, it.read)),
            made_notices.into_iter().filter_map(article),
        );
        let whole = portal.whole().clone();
        self.last = Some(Last { frame, config: config_print, sets, notices, posted, whole });
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
        let frame = Arc::clone(&portal.frame);
        let digests = Arc::clone(portal.all_digests());
        let named = &mut self.named;
        let places = touched.scope.places(frame.places.len());
        let touched_sets = || places.iter().flat_map(|it| frame.sets_of(*it));
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
            let file = frame.sets[index].files[0].clone();
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

fn read_part<'a, T: Deserialize<'a>>(bytes: &'a [u8], into: &mut T) -> bool {
    match postcard::from_bytes(bytes) {
        Ok(value) => *into = value,
        Err(_) => return false,
    }
    true
}

/// Things known by their files, most of them in the order in which they are asked for.
#[derive(Debug)]
struct ByFile<T>(Vec<(SitePath, Arc<T>)>, OnceLock<HashMap<SitePath, usize>>);

impl<T> Default for ByFile<T> {
    fn default() -> Self {
        Self(Vec::new(), OnceLock::new())
    }
}

impl<T> FromIterator<(SitePath, Arc<T>)> for ByFile<T> {
    fn from_iter<I: IntoIterator<Item = (SitePath, Arc<T>)>>(all: I) -> Self {
        Self(all.into_iter().collect(), OnceLock::new())
    }
}

impl<T> ByFile<T> {
    /// That of a file, which is probably the one at that index.
    fn get(&self, index: usize, file: &SitePath) -> Option<Arc<T>> {
        if let Some((_, found)) = self.0.get(index).filter(|(it, _)| it == file) {
            return Some(Arc::clone(found));
        }
        let index = self.1.get_or_init(|| {
            self.0.iter().enumerate().map(|(index, (file, _))| (file.clone(), index)).collect()
        });
        Some(Arc::clone(&self.0[*index.get(file)?].1))
    }
}
