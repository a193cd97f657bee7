//! The files of a site at a moment, and what is known of them from earlier moments.
//!
//! A [`Tree`] is a value: looking at the site again gives another one, which shares every folder in
//! which nothing changed. [`Files`] reads the files of a tree and notices when one of them is not
//! what it was when the tree was made. A changed [`Stamp`] shows that a file has changed; if that
//! is another one, or too young to be trusted, the bytes do.
//!
//! What is known of a file grows in this order, and each step is paid only if it is needed:
//!
//! | known | from | shows |
//! | --- | --- | --- |
//! | its name | a listing | that it came or went |
//! | its stamp | the listing | that it was not written, once the stamp is settled |
//! | the fingerprint of its bytes | reading it | that writing it changed nothing |
//!
//! A process begins with [`Tree::take`], and [`Tree::restore`] adds what an earlier process wrote.
//! A preview goes on with [`Tree::refresh`] for what the watcher saw, or with `take` and
//! [`Tree::adopt`]. After a build [`Tree::confirm`] looks at young files again, and [`Tree::write`]
//! keeps what may be trusted.

use std::{
    io,
    sync::{
        Arc, OnceLock,
        atomic::{AtomicBool, Ordering},
    },
};

use crate::{
    diagnostic::{Code, Diagnostic, Location},
    fingerprint::Fingerprint,
    source::{
        EntryKind, Folder, FolderEntry, MAX_FILE, SitePath, Stamp, World,
        folder::{FileState, now},
        walk, workbook,
    },
};
use rustc_hash::FxHashMap;

/// The folder of a site's content. Everything that is published begins there.
pub const CONTENT: &str = "content";
/// The folder of a site's themes.
pub const THEMES: &str = "themes";
/// The folder of the words that an office does not want to be written.
pub const WORDING: &str = "wording";
/// The folder of what says how the tables of other systems are read.
pub const IMPORTS: &str = "imports";
/// What people call the folder of words, or a list in it.
pub const WORDING_NAMES: [&str; 6] = [WORDING, "用语", "用语表", "错别字", "规范用语", "词表"];
/// The files beside them that a site is made from, but for `site.toml`.
const BESIDE: &[&str] = &["holidays.yaml"];

/// The files of a site at a moment.
///
/// The site's own folder has the folders [`CONTENT`], [`IMPORTS`], [`THEMES`] and [`WORDING`] in it,
/// which is their order by name. The default is a tree without them: nobody has looked yet.
#[derive(Debug, Clone, Default)]
pub struct Tree {
    /// The site's own folder, with no other entries than those that a site is made from.
    root: Arc<Folder>,
}

/// A file as one process writes it for the next: its path, its stamp, and the fingerprint of its
/// bytes. Without a stamp it is not trusted; without a fingerprint it was never read.
///
/// Behind them stands that of the names of a workbook's sheets.
type KnownFile<'a> = (&'a str, Option<Stamp>, [Option<Fingerprint>; 2]);

/// A file as one machine writes it for another: the fingerprints of its path, and of its bytes and
/// the names of its sheets.
type ReadFile = (Fingerprint, [Option<Fingerprint>; 2]);

/// What of a file shapes a site, beside its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// Nothing.
    Name,
    /// All that it says.
    Content,
    /// The names of its sheets.
    Sheets,
}

impl Tree {
    /// Lists all files of the content and of the folders beside it, and reads none.
    ///
    /// The folders are walked in parallel. Diagnostics of names stay in the folders.
    pub fn take(world: &dyn World) -> Self {
        let folder = |name: &str| walk(world, &SitePath::new(name)).value;
        let beside = || [IMPORTS, THEMES, WORDING].map(folder);
        let (content, beside) = rayon::join(|| folder(CONTENT), beside);
        let folders = std::iter::once(content).chain(beside).collect();
        Self { root: Arc::new(Folder { folders, ..self::beside(world) }) }
    }

    /// The tree after these files or folders were written, came or went. It costs the listing of
    /// the folders that hold them.
    ///
    /// `written` may hold files, folders and what no longer exists. A path outside of these folders
    /// costs nothing; the files beside them are looked at each time. What was read before stays
    /// known where the stamp says so; a file that is named here is read again in any case.
    #[must_use]
    pub fn refresh(&self, world: &dyn World, written: &[SitePath]) -> Self {
        if self.root.folders.is_empty() {
            return Self::take(world);
        }
        let mut root = Folder { folders: Vec::new(), ..beside(world) };
        for folder in &self.root.folders {
            let path = folder.path.as_ref().expect("only the empty tree has a folder without one");
            let inside: Vec<_> = written.iter().filter(|it| it.inside(path).is_some()).collect();
            root.folders.push(if written.contains(path) {
                walk(world, path).value
            } else if inside.is_empty() {
                Arc::clone(folder)
            } else {
                folder.renew(world, &inside)
            });
        }
        Self { root: Arc::new(root) }
    }

    /// The same listing of the site, with what an earlier one knows of files that are as they were.
    /// Folders in which nothing changed are those of `old`, with the fingerprints that were taken
    /// of them.
    #[must_use]
    pub fn adopt(&self, old: &Self) -> Self {
        Self { root: self.root.adopt(&old.root) }
    }

    /// Adds what was [written](Self::write) by another process, and returns whether that is all
    /// there is, and all as it was.
    ///
    /// Bytes that cannot be read are like none. Only contents are taken over; the fingerprints of
    /// folders are taken anew, from those of the files.
    pub fn restore(&self, written: &[u8]) -> bool {
        let known: Vec<KnownFile<'_>> = postcard::from_bytes(written).unwrap_or_default();
        let count = known.len();
        let known: FxHashMap<&str, (Option<Stamp>, [Option<Fingerprint>; 2])> =
            known.into_iter().map(|(path, stamp, read)| (path, (stamp, read))).collect();
        let files = self.root.all_states();
        let mut same = files.len() == count;
        for (path, state) in files {
            match known.get(path.as_str()) {
                Some((stamp, [content, sheets])) if stamp.is_some() && *stamp == state.stamp => {
                    content.map(|content| state.content.set(content));
                    sheets.map(|sheets| state.sheets.set(sheets));
                }
                _ => same = false,
            }
        }
        same
    }

    /// All files as bytes. A file that could have been edited since unseen is not trusted: it is
    /// written without its stamp, and read anew by the process that restores it.
    pub fn write(&self) -> postcard::Result<Vec<u8>> {
        let known = |(path, state): (&'_ SitePath, &FileState)| {
            let stamp = state.stamp.filter(|_| state.settled);
            let read = |it: &OnceLock<Fingerprint>| stamp.and_then(|_| it.get().copied());
            (path.as_str().to_owned(), stamp, [read(&state.content), read(&state.sheets)])
        };
        let known: Vec<(String, Option<Stamp>, [Option<Fingerprint>; 2])> =
            self.root.all_states().into_iter().map(known).collect();
        postcard::to_allocvec(&known)
    }

    /// The fingerprints of those of these files that were read, as bytes, for another machine that
    /// has the same files. Paths are told by their fingerprints.
    pub fn write_read(&self, is_one: impl Fn(&SitePath) -> bool) -> postcard::Result<Vec<u8>> {
        let known = |(path, state): (&SitePath, &FileState)| {
            let read = [&state.content, &state.sheets].map(|it| it.get().copied());
            let is_known = read.iter().any(Option::is_some) && is_one(path);
            is_known.then(|| (Fingerprint::of(path.as_str()), read))
        };
        let known: Vec<ReadFile> = self.root.all_states().into_iter().filter_map(known).collect();
        postcard::to_allocvec(&known)
    }

    /// Takes over what another machine [read](Self::write_read), whatever the stamps are here. The
    /// caller knows that both have the same [listing](Self::listing). Returns whether the bytes can
    /// be read.
    pub fn trust(&self, written: &[u8]) -> bool {
        let Ok(known) = postcard::from_bytes::<Vec<ReadFile>>(written) else { return false };
        let known: FxHashMap<Fingerprint, [Option<Fingerprint>; 2]> = known.into_iter().collect();
        for (path, state) in self.root.all_states() {
            let Some(read) = known.get(&Fingerprint::of(path.as_str())) else { continue };
            // What was read here is not given up; if it is another one, the build is torn.
            read[0].map(|content| state.content.set(content));
            read[1].map(|sheets| state.sheets.set(sheets));
        }
        true
    }

    /// All paths and lengths: the same on each machine that has the same files.
    pub fn listing(&self) -> Vec<u8> {
        let mut listing = Vec::new();
        for (path, state) in self.root.all_states() {
            listing.extend_from_slice(path.as_str().as_bytes());
            listing.push(0);
            listing.extend(state.stamp.map_or(u64::MAX, |stamp| stamp.length).to_le_bytes());
        }
        listing
    }

    /// The length of a file in bytes; zero if it is not there.
    pub fn length(&self, file: &SitePath) -> u64 {
        self.state(file).and_then(|state| state.stamp).map_or(0, |stamp| stamp.length)
    }

    /// What is wrong with the names in the site's own folder, without those in its folders.
    pub fn mistakes(&self) -> &[Diagnostic] {
        self.root.mistakes()
    }

    /// The folder of its content; nothing in the default tree. A site without that folder has an
    /// empty one.
    pub fn content(&self) -> Option<&Arc<Folder>> {
        self.root.folder(CONTENT)
    }

    /// The folder at a path, such as `content/kaixuan`. The empty path finds none.
    pub fn folder(&self, path: &SitePath) -> Option<&Arc<Folder>> {
        path.as_str().split('/').try_fold(&self.root, |folder, name| folder.folder(name))
    }

    /// A file of that path was there.
    pub fn has(&self, file: &SitePath) -> bool {
        self.state(file).is_some()
    }

    /// What is known of a file, found name by name from the site's own folder.
    fn state(&self, file: &SitePath) -> Option<&FileState> {
        let file = &file.file();
        match file.as_str().rsplit_once('/') {
            None => self.root.state(file),
            Some((folder, _)) => {
                let mut names = folder.split('/');
                names.try_fold(&self.root, |folder, name| folder.folder(name))?.state(file)
            }
        }
    }

    /// The fingerprint of all stamps, names and mistakes in them. Nothing if a file is so young
    /// that it may be written again unseen. Equal fingerprints mean that nobody has written, added
    /// or removed a file in between.
    pub fn stamps(&self) -> Option<Fingerprint> {
        let stamp = |(path, state): (&SitePath, &FileState)| {
            let stamp = state.stamp.filter(|_| state.settled)?;
            Some(Fingerprint::of(&(path.as_str(), stamp)))
        };
        let all: Option<Vec<Fingerprint>> = self.root.all_states().into_iter().map(stamp).collect();
        let mistakes = Fingerprint::of(&self.root.diagnostics());
        all.map(|all| Fingerprint::of_all(all).and(mistakes))
    }

    /// Looks once more at files that were too young to be trusted when they were read, and returns
    /// the fingerprint that [`Self::stamps`] of a later listing gives if nobody writes them again.
    ///
    /// Nothing is returned for it if some file is still too young, was written since, or has gone.
    /// Costs reading the young files; if there are none, the tree is the same.
    #[must_use]
    pub fn confirm(&self, world: &dyn World) -> (Self, Option<Fingerprint>) {
        let mut all_settled = true;
        let root = confirmed(&self.root, world, &mut all_settled);
        let tree = Self { root };
        let stamps = if all_settled { tree.stamps() } else { None };
        (tree, stamps)
    }
}

/// The site's own folder, without the folders in it. Of its files only those that a site is made
/// from are looked at, so a `README.md` beside them changes nothing.
fn beside(world: &dyn World) -> Folder {
    let mut root = Folder { path: Some(SitePath::new("")), ..Folder::default() };
    let taken = now();
    for name in BESIDE {
        let path = SitePath::new(name);
        if let Ok(stamp) = world.stamp(&path) {
            root.files.push(path);
            root.states.push(FileState::new(Some(stamp), taken));
        }
    }
    root.diagnostics = misplaced(world);
    root
}

/// Lists of words beside `site.toml` that nobody reads, as they are not in the folder [`WORDING`].
fn misplaced(world: &dyn World) -> Vec<Diagnostic> {
    let root = SitePath::new("");
    let mut entries = world.list(&root).unwrap_or_default();
    // Where the case of names does not count the folder is found by any.
    let is_found = |name: &str| {
        name.eq_ignore_ascii_case(WORDING) && world.list(&SitePath::new(WORDING)).is_ok()
    };
    entries.retain(|entry| {
        let path = SitePath::new(&entry.name);
        let (name, is_list) = match entry.kind {
            EntryKind::Folder => (&*entry.name, !is_found(&entry.name)),
            EntryKind::File => (path.stem(), path.has_extension("csv")),
            _ => return false,
        };
        is_list && WORDING_NAMES.iter().any(|it| it.eq_ignore_ascii_case(name))
    });
    entries.sort_by(|a, b| a.name.cmp(&b.name));
    let told = entries.into_iter().map(|entry| {
        let help = if entry.kind == EntryKind::Folder { "folder" } else { "beside" };
        let place = Location::file(SitePath::new(&entry.name));
        let warning = Diagnostic::warning(Code::WordingList, place).arg("kind", help).help(help);
        warning.arg("value", entry.name)
    });
    told.collect()
}

/// The folder, in which files are settled whose content is still as it was read. A file that is too
/// young for its stamp to be trusted is read again and compared.
fn confirmed(folder: &Arc<Folder>, world: &dyn World, all_settled: &mut bool) -> Arc<Folder> {
    let folders: Vec<_> =
        folder.folders.iter().map(|folder| confirmed(folder, world, all_settled)).collect();
    let is_same = folder.folders.iter().zip(&folders).all(|(a, b)| Arc::ptr_eq(a, b));
    if is_same && folder.states.iter().all(|state| state.settled) {
        return Arc::clone(folder);
    }
    let mut folder = Folder { folders, ..Folder::clone(folder) };
    for (path, state) in folder.files.iter().zip(&mut folder.states) {
        if state.settled {
            continue;
        }
        let now = FileState::new(world.stamp(path).ok(), now());
        // What is read now, and bears a time that no later edit can have, stays so.
        let bytes = world.read(path, u64::MAX).ok();
        let is_same = bytes.is_some_and(|bytes| {
            state.content.get().is_none_or(|known| *known == Fingerprint::of_bytes(&bytes))
        });
        state.settled = now.settled && now.stamp == state.stamp && is_same;
        *all_settled &= state.settled;
    }
    Arc::new(folder)
}

/// The files of a tree, read through the world that they come from.
///
/// It is a [`World`] itself: whatever is decoded through it is compared with what the tree knows,
/// so that a build never mixes two states of a file unnoticed.
pub struct Files<'w> {
    world: &'w dyn World,
    tree: Tree,
    /// A file was not what it had been a moment before.
    torn: AtomicBool,
    /// A file was read whose content was not known.
    new: AtomicBool,
}

impl<'w> Files<'w> {
    /// The files of a tree.
    pub fn new(world: &'w dyn World, tree: Tree) -> Self {
        Self { world, tree, torn: AtomicBool::new(false), new: AtomicBool::new(false) }
    }

    /// The tree that they are of.
    pub fn tree(&self) -> &Tree {
        &self.tree
    }

    /// The fingerprint of a file's bytes, which are read if they are not known. A file that the
    /// tree does not have has one as well, always the same. That of a sheet is its workbook's.
    pub fn fingerprint(&self, path: &SitePath) -> Fingerprint {
        match self.tree.state(path) {
            Some(state) => self.content(&path.file(), state),
            None => Fingerprint::of("absent"),
        }
    }

    /// The fingerprint of a file's bytes, from what is known or else by reading it.
    ///
    /// The file is read whole, whatever its size. If it cannot be read, the error's words stand in
    /// for its bytes and are not remembered.
    fn content(&self, path: &SitePath, state: &FileState) -> Fingerprint {
        if let Some(content) = state.content.get() {
            return *content;
        }
        self.new.store(true, Ordering::Relaxed);
        match self.world.read(path, u64::MAX) {
            Ok(bytes) => *state.content.get_or_init(|| Fingerprint::of_bytes(&bytes)),
            // It is read again at the next build, which may have better luck.
            Err(error) => {
                self.note_failure(path, &error);
                Fingerprint::of(&error.to_string())
            }
        }
    }

    /// The fingerprint of the names of a workbook's sheets, which it is opened for if they are not
    /// known. One that is no workbook has no sheets.
    fn sheets(&self, path: &SitePath, state: &FileState) -> Fingerprint {
        if let Some(sheets) = state.sheets.get() {
            return *sheets;
        }
        match self.read(path, MAX_FILE + 1) {
            Ok(bytes) => {
                let names = workbook::names_in(&bytes);
                *state.sheets.get_or_init(|| Fingerprint::of(&names))
            }
            Err(error) => Fingerprint::of(&error.to_string()),
        }
    }

    /// The fingerprint of several files and their names. The order counts.
    pub fn fingerprint_all<'p>(
        &self,
        paths: impl IntoIterator<Item = &'p SitePath>,
    ) -> Fingerprint {
        let each = |path: &'p SitePath| [Fingerprint::of(path.as_str()), self.fingerprint(path)];
        Fingerprint::of_all(paths.into_iter().flat_map(each))
    }

    /// The fingerprint of all names in a folder and below, of the mistakes in them, and of the
    /// contents of those files that `shapes` the site. It is taken once for each folder, so the
    /// same function has to be given each time.
    pub fn structure(&self, folder: &Folder, shapes: fn(&SitePath) -> Shape) -> Fingerprint {
        *folder.structure.get_or_init(|| {
            let mut all = vec![Fingerprint::of(&folder.mistakes())];
            for (path, state) in folder.files.iter().zip(&folder.states) {
                all.push(Fingerprint::of(path.as_str()));
                match shapes(path) {
                    Shape::Name => {}
                    Shape::Content => all.push(self.content(path, state)),
                    Shape::Sheets => all.push(self.sheets(path, state)),
                }
            }
            for below in &folder.folders {
                all.push(Fingerprint::of(below.name()).and(self.structure(below, shapes)));
            }
            Fingerprint::of_all(all)
        })
    }

    /// The fingerprint of all texts (records, notices, places) in a folder and below, and of the
    /// names of all other files. It is taken once for each folder.
    ///
    /// Other files, images and the like, count by name alone: a page that shows one reads it on its
    /// own.
    pub fn contents(&self, folder: &Folder) -> Fingerprint {
        *folder.contents.get_or_init(|| {
            let mut all = Vec::with_capacity(2 * folder.files.len() + folder.folders.len());
            for (path, state) in folder.files.iter().zip(&folder.states) {
                all.push(Fingerprint::of(path.as_str()));
                if is_text(path) {
                    all.push(self.content(path, state));
                }
            }
            for below in &folder.folders {
                all.push(Fingerprint::of(below.name()).and(self.contents(below)));
            }
            Fingerprint::of_all(all)
        })
    }

    /// Returns whether a file changed while the site was read: what was made of it does not belong
    /// together.
    pub fn is_torn(&self) -> bool {
        self.torn.load(Ordering::Relaxed)
    }

    /// Notes that something read does not belong to the rest.
    pub fn tear(&self) {
        self.torn.store(true, Ordering::Relaxed);
    }

    /// Returns whether a file was read whose content was not known before, so that there is
    /// something to write for the next process.
    pub fn is_new(&self) -> bool {
        self.new.load(Ordering::Relaxed)
    }

    /// Remembers the content of a file that was read. If it is not what another reader found, the
    /// tree is torn: the build begins anew. A file that the tree does not have is not noted.
    fn note(&self, path: &SitePath, bytes: &[u8]) {
        let Some(state) = self.tree.state(path) else { return };
        let content = Fingerprint::of_bytes(bytes);
        if state.content.get().is_none() {
            self.new.store(true, Ordering::Relaxed);
        }
        if *state.content.get_or_init(|| content) != content {
            self.tear();
        }
    }

    /// Tells a file that cannot be read from one that is not what was listed: the latter went, or
    /// something else took its place, and the build begins anew with what is there now. What nobody
    /// listed, such as a `holidays.yaml` that a portal does not have, may be missing.
    fn note_failure(&self, path: &SitePath, error: &io::Error) {
        let is_gone = error.kind() == io::ErrorKind::NotFound;
        let is_other = match self.tree.state(path) {
            Some(state) => is_gone || self.world.stamp(path).ok() != state.stamp,
            // A theme is listed again when it is loaded.
            None => is_gone && path.as_str().contains('/'),
        };
        if is_other {
            self.tear();
        }
    }
}

/// Returns whether a file holds records, a notice or a place, by its extension.
fn is_text(path: &SitePath) -> bool {
    ["yaml", "yml", "csv", "md"].iter().any(|extension| path.has_extension(extension))
        || path.is_workbook()
}

impl World for Files<'_> {
    fn list(&self, folder: &SitePath) -> io::Result<Vec<FolderEntry>> {
        self.world.list(folder)
    }

    /// Files that are read only in part are not noted: one that fills `limit` may go on.
    fn read(&self, file: &SitePath, limit: u64) -> io::Result<Vec<u8>> {
        let read = self.world.read(file, limit);
        let bytes = read.inspect_err(|error| self.note_failure(file, error))?;
        if (bytes.len() as u64) < limit {
            self.note(file, &bytes);
        }
        Ok(bytes)
    }

    fn stamp(&self, file: &SitePath) -> io::Result<Stamp> {
        self.world.stamp(file)
    }
}

#[cfg(test)]
mod tests;
