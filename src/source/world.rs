//! The one door to the outside.
//!
//! [`World`] is all that the program asks of a file system: names, bytes, stamps. [`Disk`] is a
//! folder, [`MemoryWorld`] a site in memory, for tests and for programs that use the crate;
//! [`super::Files`] passes another world on and compares what it reads. Writing is no part of it:
//! see `output`.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs, io,
    io::Read as _,
    path::{Path, PathBuf},
    time::SystemTime,
};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};

use crate::{
    fingerprint::Fingerprint,
    source::{SitePath, open::open},
};

/// Where a site's files come from.
///
/// All of it may be called from several threads at once. Nothing is said of names here: hidden
/// files and names that Windows forbids are listed too, and `folder.rs` sorts them out.
///
/// Errors are those of the system. A folder or file that does not exist is
/// [`io::ErrorKind::NotFound`], which most callers take for an empty one.
pub trait World: Sync {
    /// What a folder holds, in any order, without what is in its folders. The empty path is the
    /// site's own folder.
    fn list(&self, folder: &SitePath) -> io::Result<Vec<FolderEntry>>;

    /// A file's bytes; of a longer file only the first `limit`. Whatever else has the name of a
    /// file, a pipe or a device, is an error, and is not waited for.
    fn read(&self, file: &SitePath, limit: u64) -> io::Result<Vec<u8>>;

    /// The stamp of a file, from which a change shows without reading the file. An error for a
    /// folder.
    fn stamp(&self, file: &SitePath) -> io::Result<Stamp>;
}

/// What the file system knows of a file. As long as it stays the same, so does the file, unless it
/// is so young that another edit could bear the same time.
///
/// Length and time of writing alone are not enough: a file that is moved into another's place, or
/// restored from a backup, may have both. Its inode and the time of its last change then differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Stamp {
    /// Its length in bytes.
    pub length: u64,
    /// When it was last written, in nanoseconds of the Unix epoch.
    pub modified: i64,
    /// When anything about it last changed; where the system does not know it, as `modified`.
    pub changed: i64,
    /// Which file it is; 0 where the system does not know.
    pub inode: u64,
}

/// As its bytes: no number in it is small, and there is one for each file of a site.
impl Serialize for Stamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self { length, modified, changed, inode } = *self;
        let mut bytes = [0; 32];
        let numbers = [length, modified.cast_unsigned(), changed.cast_unsigned(), inode];
        for (to, number) in bytes.as_chunks_mut::<8>().0.iter_mut().zip(numbers) {
            *to = number.to_le_bytes();
        }
        serializer.serialize_bytes(&bytes)
    }
}

/// From exactly 32 bytes; anything else is an error. It borrows, so the format must hold bytes as
/// they are, as `postcard` does.
impl<'de> Deserialize<'de> for Stamp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let bytes = <&[u8]>::deserialize(deserializer)?;
        let ([length, modified, changed, inode], []) = bytes.as_chunks::<8>() else {
            return Err(D::Error::invalid_length(bytes.len(), &"32 bytes"));
        };
        Ok(Self {
            length: u64::from_le_bytes(*length),
            modified: i64::from_le_bytes(*modified),
            changed: i64::from_le_bytes(*changed),
            inode: u64::from_le_bytes(*inode),
        })
    }
}

impl Stamp {
    /// It was taken long enough after the last edit that a further one has another stamp. The
    /// coarsest file systems count in steps of two seconds; one whose times have fractions takes
    /// them from a clock that ticks at least every ten milliseconds. `now` is in nanoseconds of the
    /// epoch.
    pub fn is_settled(self, now: i64) -> bool {
        const COARSEST: i64 = 2_000_000_000;
        const FINE: i64 = 50_000_000;
        let has_fractions = self.changed % 1_000_000_000 != 0;
        let step = if has_fractions { FINE } else { COARSEST };
        self.modified.max(self.changed) < now - step
    }
}

/// One name in a folder.
///
/// With its stamp here nobody has to look the whole path up again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FolderEntry {
    /// The name, with what is not Unicode replaced.
    pub name: String,
    /// What stands under it.
    pub kind: EntryKind,
    /// The stamp of a file, if it came with the name.
    pub stamp: Option<Stamp>,
}

/// What stands under a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EntryKind {
    /// A file.
    File,
    /// A folder.
    Folder,
    /// A link of the file system that leads out of the site, into itself, from behind another
    /// link to a folder, or nowhere: its target.
    Stray(String),
    /// A socket, a device, or a name that is not Unicode.
    Other,
}

/// A site in a folder of the file system.
#[derive(Debug, Clone)]
pub struct Disk {
    /// The folder as it was given.
    root: PathBuf,
    /// The same without links, to see whether a link's target lies inside.
    canonical: PathBuf,
}

impl Disk {
    /// The site in that folder, which has to exist.
    pub fn new(root: impl Into<PathBuf>) -> io::Result<Self> {
        let root = root.into();
        let canonical = root.canonicalize()?;
        Ok(Self { root, canonical })
    }

    /// The site's folder.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Where the file system has that file or folder.
    pub fn locate(&self, path: &SitePath) -> PathBuf {
        self.root.join(path.as_str())
    }

    /// What a link leads to.
    ///
    /// ```text
    /// a.jpg → ../photos/a.jpg    a file, if it is inside the site
    /// kaixuan → /srv/shared      stray: outside
    /// inside → ..                stray: a folder that holds the link
    /// gone → nothing.md          stray: nothing there
    /// a/b → ../c                 stray, if `a` is a link and `c` a folder
    /// ```
    ///
    /// Only targets inside the site are followed, so that nothing else on the computer can be
    /// published by a link, and none of them above the link, so no walk is without end.
    fn link(&self, path: &Path) -> EntryKind {
        let stray = || {
            let target = fs::read_link(path).unwrap_or_default();
            EntryKind::Stray(target.to_string_lossy().into_owned())
        };
        let Ok(target) = path.canonicalize() else { return stray() };
        let holder = path.parent().and_then(|it| it.canonicalize().ok()).unwrap_or_default();
        if !target.starts_with(&self.canonical) || holder.starts_with(&target) {
            return stray();
        }
        match target.metadata() {
            Ok(it) if it.is_dir() => {}
            Ok(it) if it.is_file() => return EntryKind::File,
            Ok(_) => return EntryKind::Other,
            Err(_) => return stray(),
        }
        // Behind a link, links are not followed: folders that link to each other have no end.
        let inside = path.parent().and_then(|it| it.strip_prefix(&self.root).ok());
        let behind = inside.is_none_or(|link| self.canonical.join(link) != holder);
        if behind { stray() } else { EntryKind::Folder }
    }
}

impl World for Disk {
    fn list(&self, folder: &SitePath) -> io::Result<Vec<FolderEntry>> {
        let mut entries = Vec::new();
        for entry in fs::read_dir(self.locate(folder))? {
            let entry = entry?;
            let kind = entry.file_type()?;
            let is_link = kind.is_symlink();
            let kind = match entry.file_name().to_str() {
                Some(_) if is_link => self.link(&entry.path()),
                Some(_) if kind.is_dir() => EntryKind::Folder,
                Some(_) if kind.is_file() => EntryKind::File,
                _ => EntryKind::Other,
            };
            // A link is what it leads to; and the lists of Windows may be out of date.
            let is_told = cfg!(unix) && kind == EntryKind::File && !is_link;
            let stamp = if is_told { stamp(&entry.metadata()?).ok() } else { None };
            let name = entry.file_name().to_string_lossy().into_owned();
            entries.push(FolderEntry { name, kind, stamp });
        }
        Ok(entries)
    }

    fn read(&self, file: &SitePath, limit: u64) -> io::Result<Vec<u8>> {
        let file = open(&self.locate(file))?;
        // Nearly all files are smaller than this, and asking for the length takes its time.
        let mut bytes = Vec::with_capacity(8 << 10);
        file.take(limit).read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    fn stamp(&self, file: &SitePath) -> io::Result<Stamp> {
        stamp(&fs::metadata(self.locate(file))?)
    }
}

/// The stamp of a file; an error for anything else, such as a folder or a device.
fn stamp(metadata: &fs::Metadata) -> io::Result<Stamp> {
    if !metadata.is_file() {
        return Err(io::ErrorKind::InvalidInput.into());
    }
    let modified = nanoseconds(metadata.modified()?);
    Ok(Stamp { modified, ..of_system(metadata, modified) })
}

/// Nanoseconds since the epoch, negative before it; the last moment for times that do not fit.
fn nanoseconds(time: SystemTime) -> i64 {
    let nanoseconds = match time.duration_since(SystemTime::UNIX_EPOCH) {
        Ok(after) => i64::try_from(after.as_nanos()),
        Err(before) => i64::try_from(before.duration().as_nanos()).map(|it| -it),
    };
    nanoseconds.unwrap_or(i64::MAX)
}

/// What only Unix knows: when anything about the file changed, its name included, and its inode.
#[cfg(unix)]
fn of_system(metadata: &fs::Metadata, modified: i64) -> Stamp {
    use std::os::unix::fs::MetadataExt as _;
    let changed = metadata.ctime().saturating_mul(1_000_000_000);
    let changed = changed.saturating_add(metadata.ctime_nsec());
    Stamp { length: metadata.len(), modified, changed, inode: metadata.ino() }
}

/// Elsewhere nothing is known beside length and time.
#[cfg(not(unix))]
fn of_system(metadata: &fs::Metadata, modified: i64) -> Stamp {
    Stamp { length: metadata.len(), modified, changed: modified, inode: 0 }
}

/// A site held in memory.
///
/// There are no empty folders in it, no links and no times. A file's stamp holds a fingerprint of
/// its bytes as the inode, so that every change shows, as on a disk.
#[derive(Debug, Clone, Default)]
pub struct MemoryWorld {
    files: BTreeMap<SitePath, Vec<u8>>,
}

impl MemoryWorld {
    /// A site of these files.
    pub fn new<P: AsRef<str>, B: Into<Vec<u8>>>(files: impl IntoIterator<Item = (P, B)>) -> Self {
        let files = files.into_iter();
        Self { files: files.map(|(path, bytes)| (SitePath::new(path), bytes.into())).collect() }
    }
}

impl World for MemoryWorld {
    fn list(&self, folder: &SitePath) -> io::Result<Vec<FolderEntry>> {
        let prefix = if folder.as_str().is_empty() { String::new() } else { format!("{folder}/") };
        let mut names = BTreeSet::new();
        for path in self.files.keys() {
            if let Some(rest) = path.as_str().strip_prefix(&prefix) {
                let (name, folder) =
                    rest.split_once('/').map_or((rest, false), |(it, _)| (it, true));
                names.insert((name.to_owned(), folder));
            }
        }
        if names.is_empty() {
            return Err(io::ErrorKind::NotFound.into());
        }
        let entry = |(name, folder)| FolderEntry {
            name,
            kind: if folder { EntryKind::Folder } else { EntryKind::File },
            stamp: None,
        };
        Ok(names.into_iter().map(entry).collect())
    }

    fn read(&self, file: &SitePath, limit: u64) -> io::Result<Vec<u8>> {
        let bytes = self.files.get(file).ok_or(io::ErrorKind::NotFound)?;
        let length = bytes.len().min(usize::try_from(limit).unwrap_or(usize::MAX));
        Ok(bytes[..length].to_vec())
    }

    fn stamp(&self, file: &SitePath) -> io::Result<Stamp> {
        let bytes = self.files.get(file).ok_or(io::ErrorKind::NotFound)?;
        let fingerprint = u64::from(Fingerprint::of_bytes(bytes).short());
        Ok(Stamp { length: bytes.len() as u64, modified: 0, changed: 0, inode: fingerprint })
    }
}
