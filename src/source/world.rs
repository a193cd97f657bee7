//! The one door to the outside.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs, io,
    io::Read as _,
    path::{Path, PathBuf},
};

use crate::source::SitePath;

/// Where a site's files come from.
pub trait World: Sync {
    /// What a folder holds, in any order.
    fn list(&self, folder: &SitePath) -> io::Result<Vec<Entry>>;

    /// A file's bytes; of a longer file only the first `limit`.
    fn read(&self, file: &SitePath, limit: u64) -> io::Result<Vec<u8>>;
}

/// One name in a folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The name, with what is not Unicode replaced.
    pub name: String,
    /// What stands under it.
    pub kind: EntryKind,
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
    root: PathBuf,
    canonical: PathBuf,
}

impl Disk {
    /// The site in that folder.
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
        if !target.is_dir() {
            return EntryKind::File;
        }
        // Behind a link, links are not followed: folders that link to each other have no end.
        let inside = path.parent().and_then(|it| it.strip_prefix(&self.root).ok());
        let behind = inside.is_none_or(|it| self.canonical.join(it) != holder);
        if behind { stray() } else { EntryKind::Folder }
    }
}

impl World for Disk {
    fn list(&self, folder: &SitePath) -> io::Result<Vec<Entry>> {
        let mut entries = Vec::new();
        for entry in fs::read_dir(self.locate(folder))? {
            let entry = entry?;
            let kind = entry.file_type()?;
            let kind = match entry.file_name().to_str() {
                Some(_) if kind.is_symlink() => self.link(&entry.path()),
                Some(_) if kind.is_dir() => EntryKind::Folder,
                Some(_) if kind.is_file() => EntryKind::File,
                _ => EntryKind::Other,
            };
            entries.push(Entry { name: entry.file_name().to_string_lossy().into_owned(), kind });
        }
        Ok(entries)
    }

    fn read(&self, file: &SitePath, limit: u64) -> io::Result<Vec<u8>> {
        let file = fs::File::open(self.locate(file))?;
        let length = file.metadata()?.len().min(limit);
        let mut bytes = Vec::with_capacity(usize::try_from(length).unwrap_or(0) + 1);
        file.take(limit).read_to_end(&mut bytes)?;
        Ok(bytes)
    }
}

/// A site held in memory.
#[derive(Debug, Clone, Default)]
pub struct Memory {
    files: BTreeMap<SitePath, Vec<u8>>,
}

impl Memory {
    /// A site of these files.
    pub fn new<P: AsRef<str>, B: Into<Vec<u8>>>(files: impl IntoIterator<Item = (P, B)>) -> Self {
        let files = files.into_iter();
        Self { files: files.map(|(path, bytes)| (SitePath::new(path), bytes.into())).collect() }
    }
}

impl World for Memory {
    fn list(&self, folder: &SitePath) -> io::Result<Vec<Entry>> {
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
        let entry = |(name, folder)| Entry {
            name,
            kind: if folder { EntryKind::Folder } else { EntryKind::File },
        };
        Ok(names.into_iter().map(entry).collect())
    }

    fn read(&self, file: &SitePath, limit: u64) -> io::Result<Vec<u8>> {
        let bytes = self.files.get(file).ok_or(io::ErrorKind::NotFound)?;
        let length = bytes.len().min(usize::try_from(limit).unwrap_or(usize::MAX));
        Ok(bytes[..length].to_vec())
    }
}
