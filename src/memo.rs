//! What is known from earlier builds.
//!
//! Everything in a [`Memo`] stands beside the fingerprint of what it was made from, so it is either
//! right or not used: nothing has to be told that something changed.

use std::{
    collections::{BTreeSet, HashMap},
    sync::{Arc, OnceLock},
};

use rayon::prelude::*;
use serde::Deserialize;

use crate::{
    clock::{Clock, Validity},
    config::Config,
    diagnostic::{Checked, Diagnostic},
    digest::{self, NoticeDigest, SetDigest},
    figures::{Figures, Tallies},
    fingerprint::Fingerprint,
    pages::{Bundles, Listings},
    portal::{Notices, Portal, Withdrawn, withdrawn},
    publish::Images,
    render::{
        Renderer,
        theme::{self, THEMES, Theme},
    },
    rollup::Rollup,
    schema::{
        Frame, RecordSet,
        frame::{self, SetFiles},
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
    frame: frame::Known,
    /// By their first files.
    sets: ByFile<SetDigest>,
    notices: ByFile<NoticeDigest>,
    /// Where names of persons who withdrew were found, by the file in question.
    named: HashMap<SitePath, (Fingerprint, Vec<Diagnostic>)>,
    sums: Rollup<Tallies>,
    listings: Listings,
    pages: Bundles,
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
    sets: Vec<Arc<SetDigest>>,
    notices: Vec<Arc<NoticeDigest>>,
    posted: (Fingerprint, Arc<Notices>),
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
        let frame = Frame::load(files, &tree.content, config, &mut self.frame);
        if self.last.as_ref().is_some_and(|it| !Arc::ptr_eq(&it.frame, &frame.value)) {
            self.spill();
        }
        frame
    }

    /// Files what the last build found out under the names of files, which mean the same to
    /// another frame and another process.
    pub(crate) fn spill(&mut self) {
        let Some(last) = self.last.take() else { return };
        let sets = last.frame.sets.iter().zip(last.sets);
        self.sets = sets.filter_map(|(of, it)| Some((of.files.first()?.clone(), it))).collect();
        let notices = last.frame.notices.iter().zip(last.notices);
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

    /// The digests of all record sets, and the records of those that were read.
    pub(crate) fn sets(
        &mut self,
        files: &Files<'_>,
        frame: &Arc<Frame>,
        config: &Config,
        clock: &Clock,
        sink: &mut Vec<Diagnostic>,
    ) -> (Vec<Arc<SetDigest>>, Vec<(usize, RecordSet)>) {
        let last = self.last.as_ref().filter(|it| Arc::ptr_eq(&it.frame, frame));
        let known = |index: usize, of: &SetFiles| match last {
            Some(last) => Some(Arc::clone(&last.sets[index])),
            None => self.sets.get(index, of.files.first()?),
        };
        let fetched = digest::sets(files, frame, config, clock, last.is_some(), known);
        let mut digests = Vec::with_capacity(fetched.len());
        let mut records = Vec::new();
        for (index, (digest, set)) in fetched.into_iter().enumerate() {
            sink.extend(digest.diagnostics.iter().cloned());
            records.extend(set.map(|it| (index, it)));
            digests.push(digest);
        }
        self.new |= !records.is_empty();
        (digests, records)
    }

    /// The notices that are posted, and the articles that were read.
    pub(crate) fn notices(
        &mut self,
        files: &Files<'_>,
        frame: &Arc<Frame>,
        config: &Config,
        clock: &Clock,
        sink: &mut Vec<Diagnostic>,
    ) -> (Arc<Notices>, Vec<(NoticeId, Article)>) {
        let last = self.last.as_ref().filter(|it| Arc::ptr_eq(&it.frame, frame));
        let known = |index: usize, file: &SitePath| match last {
            Some(last) => Some(Arc::clone(&last.notices[index])),
            None => self.notices.get(index, file),
        };
        let fetched = digest::notices(files, frame, config, clock, last.is_some(), known);
        let (mut digests, mut read) = (Vec::with_capacity(fetched.len()), Vec::new());
        for (index, (digest, article)) in fetched.into_iter().enumerate() {
            sink.extend(digest.diagnostics.iter().cloned());
            read.extend(article.map(|it| (index, it)));
            digests.push(digest);
        }
        self.new |= !read.is_empty();
        let print = Fingerprint::of_all(digests.iter().map(|it| it.print()));
        let posted = match last {
            Some(last) if last.posted.0 == print => Arc::clone(&last.posted.1),
            _ => Arc::new(Notices::new(frame, &digests)),
        };
        let id = |(index, article): (usize, Article)| {
            Some((posted.in_file(&frame.notices[index].1)?, article))
        };
        let articles = read.into_iter().filter_map(id).collect();
        self.last = Some(Last {
            frame: Arc::clone(frame),
            sets: Vec::new(),
            notices: digests,
            posted: (print, Arc::clone(&posted)),
        });
        (posted, articles)
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
    pub(crate) fn withdrawn(&mut self, files: &Files<'_>, portal: &mut Portal) -> Vec<Diagnostic> {
        let withdrawn: Vec<Withdrawn> =
            portal.all_digests().iter().flat_map(|it| it.facts.withdrawn.iter().cloned()).collect();
        if withdrawn.is_empty() {
            self.named.clear();
            return Vec::new();
        }
        let names = Fingerprint::of(&withdrawn);
        let before = std::mem::take(&mut self.named);
        let known = |file: &SitePath, key: Fingerprint| before.get(file).filter(|it| it.0 == key);
        let (mut sets, mut notices) = (Vec::new(), Vec::new());
        for (index, (of, digest)) in portal.sets() {
            let key = names.and(digest.key());
            match known(&of.files[0], key) {
                Some(known) => drop(self.named.insert(of.files[0].clone(), known.clone())),
                None => sets.push((index, of.files[0].clone(), key)),
            }
        }
        for (id, notice) in portal.notices().iter() {
            let key = names.and(portal.notices().digest(id).text);
            match known(&notice.file, key) {
                Some(known) => drop(self.named.insert(notice.file.clone(), known.clone())),
                None => notices.push((id, notice.file.clone(), key)),
            }
        }
        let asked: BTreeSet<usize> = sets.iter().map(|it| it.0).collect();
        portal.fetch(files, &asked, &notices.iter().map(|it| it.0).collect());
        let found = sets.into_iter().map(|(index, file, key)| {
            let told = portal.held(index).map(|it| withdrawn::check(it, &withdrawn));
            (file, (key, told.unwrap_or_default()))
        });
        let found_in_notices = notices.into_iter().map(|(id, file, key)| {
            let told = portal.article(id).and_then(|it| withdrawn::check_notice(it, &withdrawn));
            (file, (key, told.into_iter().collect()))
        });
        self.named.extend(found.chain(found_in_notices));
        self.named.values().flat_map(|it| it.1.iter().cloned()).collect()
    }

    pub(crate) fn sums(&self) -> &Rollup<Tallies> {
        &self.sums
    }

    pub(crate) fn listings(&self) -> &Listings {
        &self.listings
    }

    pub(crate) fn pages(&self) -> &Bundles {
        &self.pages
    }

    /// The fingerprint of an image of the content folder, by its path in the output.
    pub(crate) fn image(&self, world: &dyn World, path: &str) -> Option<Fingerprint> {
        self.seen.read(world, &SitePath::new("content").join(path))
    }

    /// Forgets the pages that were published, and tells of them.
    pub(crate) fn take_pages(&mut self) -> Bundles {
        std::mem::take(&mut self.pages)
    }

    /// Remembers the pages of the site that was published.
    pub(crate) fn keep_pages(&mut self, pages: Bundles) {
        let same = |(name, it): (&String, &Arc<crate::pages::Bundle>)| {
            self.pages.get(name).is_some_and(|before| Arc::ptr_eq(before, it))
        };
        self.new |= pages.len() != self.pages.len() || !pages.iter().all(same);
        self.pages = pages;
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

    /// The first moment at which the site is another one, in seconds of the Unix epoch.
    pub fn until(&self) -> Option<i64> {
        let last = self.last.iter();
        let sets = last.clone().flat_map(|it| &it.sets).map(|it| it.valid);
        let notices = last.flat_map(|it| &it.notices).map(|it| it.valid);
        let pages = self.pages.values().map(|it| it.valid);
        sets.chain(notices).chain(pages).filter_map(Validity::end).min()
    }

    /// Remembers what was read.
    pub(crate) fn keep(
        &mut self,
        files: Files<'_>,
        portal: &Portal,
        figures: &Figures,
        listings: &Listings,
    ) {
        if let Some(last) = &mut self.last {
            last.sets = portal.all_digests().to_vec();
        }
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
