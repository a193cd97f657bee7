//! What is known from earlier builds.
//!
//! Everything in a [`Memo`] stands beside the fingerprint of what it was made from, so it is either
//! right or not used: nothing has to be told that something changed.

use std::{
    collections::{BTreeSet, HashMap},
    sync::Arc,
};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

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
    render::{Renderer, theme::THEMES},
    rollup::Rollup,
    schema::{
        Frame, RecordSet,
        frame::{self, SetFiles},
        holidays,
        notice::{Article, NoticeId},
    },
    source::{self, Files, Folder, Seen, SitePath, World},
};

/// What is known from earlier builds.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Memo {
    /// Counts the builds.
    pub(crate) build: u64,
    seen: Seen,
    frame: frame::Known,
    /// By their first files.
    sets: HashMap<SitePath, Arc<SetDigest>>,
    notices: HashMap<SitePath, Arc<NoticeDigest>>,
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
    #[serde(skip)]
    new: bool,
    #[serde(skip)]
    tree: Option<Tree>,
    #[serde(skip)]
    last: Option<Last>,
    #[serde(skip)]
    pub(crate) renderer: Option<(Fingerprint, Arc<Renderer>)>,
}

/// The folders that a site is made from.
#[derive(Debug, Default)]
struct Tree {
    content: Folder,
    themes: Folder,
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
        written: Option<&[SitePath]>,
    ) -> Checked<Files<'w>> {
        let seen = std::mem::take(&mut self.seen);
        let known = |it: &SitePath| seen.knows(it) && world.stamp(it).is_ok();
        let files = match (written, &self.tree) {
            (Some(written), Some(_)) if written.iter().all(known) => {
                Files::look_at(world, written, seen)
            }
            _ => {
                let tree = Tree::walk(world);
                let own = [SitePath::new(holidays::FILE)];
                let mut paths = tree.content.all_files();
                paths.extend(tree.themes.all_files());
                paths.extend(own.iter().filter(|it| world.stamp(it).is_ok()));
                let files = Files::look(world, &paths, &seen);
                self.tree = Some(tree);
                files
            }
        };
        let tree = self.tree.as_ref().map(|it| it.diagnostics.clone());
        Checked { value: files, diagnostics: tree.unwrap_or_default() }
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
            None => of.files.first().and_then(|it| self.sets.get(it)).cloned(),
        };
        let fetched = digest::sets(files, frame, config, clock, known);
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
            None => self.notices.get(file).cloned(),
        };
        let fetched = digest::notices(files, frame, config, clock, known);
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

    /// Remembers the pages of the site that was published.
    pub(crate) fn keep_pages(&mut self, pages: Bundles) {
        let same = |(name, it): (&String, &Arc<crate::pages::Bundle>)| {
            self.pages.get(name).is_some_and(|before| Arc::ptr_eq(before, it))
        };
        self.new |= pages.len() != self.pages.len() || !pages.iter().all(same);
        self.pages = pages;
    }

    /// Something is in it that was not when it was loaded.
    pub(crate) fn is_new(&self) -> bool {
        self.new
    }

    /// The site is another one by now.
    pub(crate) fn is_over(&self) -> bool {
        self.until().is_some_and(|it| it <= Timestamp::now().as_second())
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

impl Tree {
    fn walk(world: &dyn World) -> Self {
        let content = source::walk(world, &SitePath::new("content"));
        // What is wrong with names in a theme is told of when it is loaded.
        let themes = source::walk(world, &SitePath::new(THEMES)).value;
        Self { content: content.value, themes, diagnostics: content.diagnostics }
    }
}
