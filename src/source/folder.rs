//! What a folder of the site holds, in one order on every system.
//!
//! Folders are shared from one walk over the site to the next: one in which nothing has changed
//! stays the same [`Folder`], and keeps the fingerprints that were taken of it.
//!
//! A listing goes through these steps, in `list`:
//!
//! 1. The world gives names in any order. Hidden files and what editors leave behind are dropped in
//!    silence (`names.rs`); the rest is sorted by bytes.
//! 2. A name that some system cannot hold, or that means something in an address, is an error and
//!    is left out: `100%.md`, `con.yaml`.
//! 3. A link that leaves the site, a socket, and folders deeper than [`MAX_DEPTH`] are reported and
//!    left out.
//! 4. Files get their [`Stamp`]. No file is read.
//!
//! Diagnostics stay with the folder they are of, so that those of an unchanged folder need not be
//! found again.

use std::{
    io,
    sync::{Arc, OnceLock},
    time::SystemTime,
};

use rayon::prelude::*;

use crate::{
    diagnostic::{Checked, Code, Diagnostic, Location},
    fingerprint::Fingerprint,
    source::{
        EntryKind, SitePath, Stamp, World,
        names::{is_asked_for, is_device, is_forbidden, is_litter, is_litter_file},
        open,
    },
    text::characters,
};

/// Folders inside folders beyond this depth are not followed. Portals need five levels or so.
const MAX_DEPTH: usize = 32;

/// A folder, and all that it holds. Names that begin with a dot, and what office programs leave
/// behind (`~$list.xlsx`, `Thumbs.db`), are not in it.
///
/// `files` and `states` go together, index by index. Files and folders are sorted by name, so that
/// both are found by binary search. Once a folder is shared, nothing in it changes but what is
/// learned of contents.
#[derive(Debug, Clone, Default)]
pub struct Folder {
    /// Its own path; nothing for an empty site.
    pub path: Option<SitePath>,
    /// The paths of its files, from the site's own folder, in the order of their names.
    pub files: Vec<SitePath>,
    /// The state of each file, in the order of `files`.
    pub(super) states: Vec<FileState>,
    /// Its folders, by name.
    pub folders: Vec<Arc<Folder>>,
    /// Mistakes in the names of this folder, without those below.
    pub(super) diagnostics: Vec<Diagnostic>,
    /// The fingerprint of [`super::Files::structure`], once it was taken.
    pub(super) structure: OnceLock<Fingerprint>,
    /// The fingerprint of [`super::Files::contents`], once it was taken.
    pub(super) contents: OnceLock<Fingerprint>,
}

/// What is known of a file without reading it, and of its bytes once it was read.
#[derive(Debug, Clone, Default)]
pub(super) struct FileState {
    /// Nothing if the file could not be examined.
    pub(super) stamp: Option<Stamp>,
    /// The stamp is old enough to be trusted: a later edit cannot bear the same one. False without
    /// a stamp.
    pub(super) settled: bool,
    /// The fingerprint of the bytes; empty until somebody reads them.
    pub(super) content: OnceLock<Fingerprint>,
    /// Of a workbook, that of the names of its sheets; empty until somebody asks.
    pub(super) sheets: OnceLock<Fingerprint>,
}

impl FileState {
    /// The state of a file at a moment, in nanoseconds of the Unix epoch.
    pub(super) fn new(stamp: Option<Stamp>, now: i64) -> Self {
        let settled = stamp.is_some_and(|stamp| stamp.is_settled(now));
        Self { stamp, settled, content: OnceLock::new(), sheets: OnceLock::new() }
    }

    /// The same stamp, and old enough to be trusted: the file was not written in between.
    fn is_same(&self, other: &Self) -> bool {
        self.settled && other.settled && self.stamp == other.stamp
    }
}

impl Folder {
    /// Returns the files in it and in all folders below, those of a folder before those of its
    /// folders. It allocates for each folder.
    pub fn all_files(&self) -> Vec<&SitePath> {
        let mut files: Vec<&SitePath> = self.files.iter().collect();
        files.extend(self.folders.iter().flat_map(|folder| folder.all_files()));
        files
    }

    /// The same, with their states.
    pub(super) fn all_states(&self) -> Vec<(&SitePath, &FileState)> {
        let mut files: Vec<_> = self.files.iter().zip(&self.states).collect();
        files.extend(self.folders.iter().flat_map(|folder| folder.all_states()));
        files
    }

    /// Returns the mistakes in names, here and in all folders below. It copies them.
    pub fn diagnostics(&self) -> Vec<Diagnostic> {
        let below = self.folders.iter().flat_map(|folder| folder.diagnostics());
        self.diagnostics.iter().cloned().chain(below).collect()
    }

    /// Returns the mistakes in the names of this folder alone.
    pub(super) fn mistakes(&self) -> &[Diagnostic] {
        &self.diagnostics
    }

    /// Returns a folder in it, by its name: one name, not a path.
    pub fn folder(&self, name: &str) -> Option<&Arc<Folder>> {
        let at = self.folders.binary_search_by(|folder| folder.name().cmp(name)).ok()?;
        Some(&self.folders[at])
    }

    /// Returns the state of a file in it, by the file's whole path. Files of folders below are not
    /// found.
    pub(super) fn state(&self, file: &SitePath) -> Option<&FileState> {
        self.files.binary_search(file).ok().map(|at| &self.states[at])
    }

    /// Its name; empty for the site's own folder.
    pub fn name(&self) -> &str {
        self.path.as_ref().map_or("", SitePath::name)
    }

    /// This state of a folder, with what an earlier one knows: the fingerprints of files that were
    /// not written in between, and whole folders in which nothing changed.
    ///
    /// If nothing has changed and all stamps are settled it is `old` itself, with its fingerprints.
    /// It costs a look at every file, and reads none.
    pub(super) fn adopt(self: &Arc<Self>, old: &Arc<Self>) -> Arc<Self> {
        if Arc::ptr_eq(self, old) {
            return Arc::clone(old);
        }
        let mut folder = Folder::clone(self);
        for below in &mut folder.folders {
            if let Some(known) = old.folder(below.name()) {
                *below = below.adopt(known);
            }
        }
        folder.adopt_files(old);
        if folder.is_same(old) { Arc::clone(old) } else { Arc::new(folder) }
    }

    /// Takes over what is known of the files whose stamp has not changed.
    fn adopt_files(&mut self, old: &Self) {
        for (file, state) in self.files.iter().zip(&mut self.states) {
            if let Some(known) = old.state(file).filter(|known| state.is_same(known)) {
                *state = known.clone();
            }
        }
    }

    /// Whether nothing has changed between two walks.
    fn is_same(&self, old: &Self) -> bool {
        let is_same = |(a, b): (&FileState, &FileState)| a.is_same(b);
        let is_one = |(a, b): (&Arc<Folder>, &Arc<Folder>)| Arc::ptr_eq(a, b);
        self.files == old.files
            && self.folders.len() == old.folders.len()
            && self.diagnostics == old.diagnostics
            && self.states.iter().zip(&old.states).all(is_same)
            && self.folders.iter().zip(&old.folders).all(is_one)
    }

    /// The folder after something was written at these paths in it. What was written in its
    /// folders is listed there; all else stays as it was.
    ///
    /// ```text
    /// written                     listed again
    /// content/a/honors.yaml       content/a
    /// content/a/new/place.yaml    content/a, if it has no folder `new` yet; else content/a/new
    /// ```
    ///
    /// A path that is a folder itself is walked anew with all in it. It costs the listing of the
    /// folders that hold something written, and clones of those above.
    pub(super) fn renew(self: &Arc<Self>, world: &dyn World, written: &[&SitePath]) -> Arc<Self> {
        let here = self.path.clone().unwrap_or_else(|| SitePath::new(""));
        let next = |path: &SitePath| -> Option<String> {
            let inside = path.inside(&here)?;
            Some(inside.split('/').next().unwrap_or(inside).to_owned())
        };
        let is_below = |path: &&&SitePath| {
            let name = next(path);
            name.is_some_and(|name| here.join(&name) != ***path && self.folder(&name).is_some())
        };
        let (deeper, direct): (Vec<&SitePath>, Vec<&SitePath>) =
            written.iter().copied().partition(|path| is_below(&path));
        let mut folder = Folder::clone(self);
        (folder.structure, folder.contents) = Default::default();
        if !direct.is_empty() {
            let listed = list(world, &here);
            let known = |path: &SitePath| {
                let is_written = direct.contains(&path);
                self.folder(path.name()).filter(|_| !is_written).cloned()
            };
            let walked = |path: &SitePath| known(path).or_else(|| walk_listed(world, path));
            let folders = listed.folders.iter().filter_map(walked).collect();
            folder = Folder { folders, ..listed.folder };
            folder.adopt_files(self);
            // A file that is reported as written is read again, whatever its stamp says.
            for path in direct {
                if let Ok(at) = folder.files.binary_search(path) {
                    folder.states[at].content = OnceLock::new();
                    folder.states[at].sheets = OnceLock::new();
                }
            }
        }
        for below in &mut folder.folders {
            let inside: Vec<&SitePath> = deeper
                .iter()
                .copied()
                .filter(|path| next(path).as_deref() == Some(below.name()))
                .collect();
            if !inside.is_empty() {
                *below = below.renew(world, &inside);
            }
        }
        Arc::new(folder)
    }
}

/// Lists a folder of the site and all below, and returns the diagnostics of all. A folder that does
/// not exist is an empty one; one that cannot be read is empty, too, and an error.
pub fn walk(world: &dyn World, path: &SitePath) -> Checked<Arc<Folder>> {
    let folder = walk_to(world, path);
    let diagnostics = folder.diagnostics();
    Checked { value: folder, diagnostics }
}

/// Walks a folder and all below it, in parallel: each listing waits for the disk.
fn walk_to(world: &dyn World, path: &SitePath) -> Arc<Folder> {
    let ListedFolder { mut folder, folders, .. } = list(world, path);
    folder.folders = folders.par_iter().filter_map(|path| walk_listed(world, path)).collect();
    Arc::new(folder)
}

/// The same, for a folder that was listed a moment ago. Nothing if it has gone since: it is then as
/// if it had never been listed.
fn walk_listed(world: &dyn World, path: &SitePath) -> Option<Arc<Folder>> {
    let ListedFolder { mut folder, folders, is_there } = list(world, path);
    folder.folders = folders.par_iter().filter_map(|path| walk_listed(world, path)).collect();
    is_there.then(|| Arc::new(folder))
}

/// A folder that was listed, while its subfolders were not walked yet.
///
/// `folder.folders` is still empty; `folders` has their paths, in order.
struct ListedFolder {
    folder: Folder,
    folders: Vec<SitePath>,
    is_there: bool,
}

/// Lists one folder. The time is taken before, so that a file that is written during the listing is
/// not taken for settled.
fn list(world: &dyn World, path: &SitePath) -> ListedFolder {
    let mut folder = Folder { path: Some(path.clone()), ..Folder::default() };
    let taken = now();
    let mut is_there = true;
    let mut entries = match world.list(path) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            is_there = false;
            Vec::new()
        }
        Err(error) => {
            folder.diagnostics.push(unreadable(path, &error));
            Vec::new()
        }
    };
    entries.retain(|entry| {
        let is_file = entry.kind == EntryKind::File;
        let is_litter = is_litter(&entry.name) || is_file && is_litter_file(&entry.name);
        !is_litter || path.name() == "_root" && is_asked_for(&entry.name)
    });
    entries.sort_by(|a, b| a.name.cmp(&b.name));
    let depth = path.as_str().matches('/').count();
    let mut folders = Vec::new();
    for entry in entries {
        let path = path.join(&entry.name);
        if let Some(character) = illegal(&entry.name) {
            folder.diagnostics.push(
                Diagnostic::error(Code::IllegalFileName, Location::file(path))
                    .arg("name", entry.name.replace(char::is_control, "?"))
                    .arg("character", character)
                    .help("rename"),
            );
            continue;
        }
        match entry.kind {
            EntryKind::File => {
                let stamp = entry.stamp.map_or_else(|| world.stamp(&path), Ok);
                // One that has gone since it was listed is as if it had never been.
                let is_gone = stamp.as_ref().is_err_and(|it| it.kind() == io::ErrorKind::NotFound);
                if !is_gone {
                    folder.files.push(path);
                    folder.states.push(FileState::new(stamp.ok(), taken));
                }
            }
            EntryKind::Folder if depth < MAX_DEPTH => folders.push(path),
            EntryKind::Folder => folder.diagnostics.push(
                Diagnostic::error(Code::TooDeep, Location::file(path))
                    .arg("limit", MAX_DEPTH.to_string())
                    .help("flatten"),
            ),
            EntryKind::Stray(target) => folder.diagnostics.push(
                Diagnostic::error(Code::SymlinkOutside, Location::file(path))
                    .arg("target", target)
                    .help("copy"),
            ),
            EntryKind::Other => folder.diagnostics.push(
                Diagnostic::error(Code::UnknownFile, Location::file(path))
                    .arg("name", entry.name)
                    .help("kinds"),
            ),
        }
    }
    ListedFolder { folder, folders, is_there }
}

/// This moment, in nanoseconds of the Unix epoch.
pub(crate) fn now() -> i64 {
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    i64::try_from(now.as_nanos()).unwrap_or(i64::MAX)
}

/// A file or folder that the system does not let us read. The message has the system's own words,
/// but for what is no file at all.
pub(crate) fn unreadable(path: &SitePath, error: &io::Error) -> Diagnostic {
    let diagnostic = Diagnostic::error(Code::Unreadable, Location::file(path.clone()));
    if open::is_no_file(error) {
        diagnostic.arg("reason", "no-file").help("file")
    } else {
        let reason = match error.kind() {
            io::ErrorKind::PermissionDenied => "denied".to_owned(),
            io::ErrorKind::NotFound => "not-found".to_owned(),
            _ => error.to_string(),
        };
        diagnostic.arg("reason", reason).help("permission")
    }
}

/// What makes a name one that Windows cannot hold or that changes its meaning in an address: a
/// character, or the word for a kind of them.
///
/// ```text
/// con.yaml      → reserved       a device of Windows
/// a?.jpg, a#b   → ? #            the character
/// a<U+0007>     → control        a character that nobody sees, or what was not Unicode
/// " a", "a "    → space          at either end
/// a.            → .
/// ```
fn illegal(name: &str) -> Option<String> {
    if is_device(name) {
        return Some("reserved".to_owned());
    }
    let bad = |ch: &char| is_forbidden(*ch) || ch.is_control() || "#%\u{fffd}".contains(*ch);
    if let Some(character) = name.chars().find(bad) {
        let unseen = character.is_control() || character == '\u{fffd}';
        return Some(if unseen { "control".to_owned() } else { character.to_string() });
    }
    if !characters::hidden(name).is_empty() {
        return Some("control".to_owned());
    }
    if name.ends_with(' ') || name.starts_with(' ') {
        return Some("space".to_owned());
    }
    name.ends_with('.').then(|| ".".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::MemoryWorld;

    #[test]
    fn lists_by_name_and_leaves_litter_out() {
        let world = MemoryWorld::new([
            ("content/b/place.yaml", ""),
            ("content/a.yaml", ""),
            ("content/~$a.xlsx", ""),
            ("content/.git/config", ""),
            ("content/a:b.yaml", ""),
            ("content/com1.yaml", ""),
        ]);
        let walked = walk(&world, &SitePath::new("content"));
        assert_eq!(walked.value.files, [SitePath::new("content/a.yaml")]);
        assert_eq!(walked.value.folders[0].files, [SitePath::new("content/b/place.yaml")]);
        let codes: Vec<_> = walked.diagnostics.iter().map(|it| it.code).collect();
        assert_eq!(codes, [Code::IllegalFileName, Code::IllegalFileName]);
    }

    #[test]
    fn no_folder_is_an_empty_one() {
        let walked = walk(&MemoryWorld::default(), &SitePath::new("content"));
        assert!(walked.value.files.is_empty() && walked.diagnostics.is_empty());
    }
}
