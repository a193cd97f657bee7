//! The folder of a preview, which changes file by file.
//!
//! What counts here is the time until an edited file is new in the browser. That the whole site is
//! consistent at each moment does not: when all files of a build are in place, the pages are told.

use std::{
    collections::{BTreeSet, HashMap},
    fs::{self, File},
    io::{self, ErrorKind, Write as _},
    mem,
    path::{Path, PathBuf},
    sync::{
        Mutex, PoisonError, RwLock,
        atomic::{AtomicU64, Ordering::Relaxed},
    },
};

use crate::fingerprint::Fingerprint;

use crate::output::{
    Hash, ManifestEntry, OutPath, OutputError, Summary,
    files::{self, unlink},
    folder::OutputFolder,
    lock::Lock,
    mirror,
    path::{PREVIEW, folders_above},
    private::options,
    swap,
};

/// A folder from which this process alone serves a site, and that is worth nothing after it.
///
/// Each file is replaced in one step, but not the site: no manifest, no swap. It costs what
/// changes, and no more. The folder stays as it is when the preview is dropped.
#[derive(Debug)]
pub struct Preview {
    folder: PathBuf,
    held: Mutex<Held>,
    /// The number of the next temporary file.
    next: AtomicU64,
    /// Shared while a folder is made and a file put into it, exclusive while empty folders are
    /// removed: none vanishes in between.
    folders: RwLock<()>,
    _lock: Lock,
}

/// What the folder holds, and what happened in it since the last summary.
#[derive(Debug, Default)]
struct Held {
    /// By path, size and hash.
    files: HashMap<OutPath, (u64, Hash)>,
    /// The sum of the sizes.
    bytes: u64,
    /// A path is in at most one of the two sets.
    changed: BTreeSet<OutPath>,
    removed: BTreeSet<OutPath>,
}

impl Preview {
    /// Takes over a folder that is missing, empty, a preview's or published by Linli, and empties
    /// it. Nobody else can write to it until the preview is dropped. `Busy` if another preview of
    /// the site runs; an error for a folder with files of somebody else. Cost: all files of an
    /// earlier preview are removed, so the first build writes everything.
    pub fn open(folder: &Path) -> Result<Self, OutputError> {
        let place = OutputFolder::find(folder)?;
        let lock = Lock::take(&place.workplace, place.name())?;
        if !lock.hold(place.path()) {
            return Err(OutputError::Busy { path: folder.to_owned() });
        }
        swap::recover(place.path(), &place.workplace)?;
        let marker = place.path().join(PREVIEW);
        if !fs::symlink_metadata(&marker).is_ok_and(|it| it.is_file()) {
            place.examine()?;
        }
        swap::clear(&place.workplace)?;
        mirror::clear(&place, None)?;
        // The marker comes first and stays, so that a death in between leaves no folder of
        // somebody's.
        files::make_folder(&marker)
            .and_then(|()| {
                options().write(true).create(true).truncate(true).open(&marker).map(drop)
            })
            .map_err(OutputError::io("write", &marker))?;
        // It may not have been there before.
        lock.hold(place.path());
        swap::empty(place.path(), |it| it != marker)
            .map_err(OutputError::io("empty", place.name()))?;
        let folder = place.path().to_owned();
        Ok(Self {
            folder,
            held: Mutex::default(),
            next: AtomicU64::new(0),
            folders: RwLock::default(),
            _lock: lock,
        })
    }

    /// Puts a file in place, in one step, unless it is there with the same bytes. Any number of
    /// threads may do so at the same time. What a file or folder stands in the way of is an error:
    /// remove first.
    pub fn put(&self, path: &OutPath, bytes: &[u8]) -> Result<ManifestEntry, OutputError> {
        let entry = ManifestEntry::of(path, bytes);
        let file = (entry.size, entry.blake3);
        if self.held().files.get(path) == Some(&file) {
            return Ok(entry);
        }
        let target = self.folder.join(path.as_str());
        self.replace(&target, bytes).map_err(|cause| match cause.kind() {
            ErrorKind::IsADirectory | ErrorKind::NotADirectory | ErrorKind::AlreadyExists => {
                OutputError::Twice { path: path.clone() }
            }
            _ => OutputError::io("write", target)(cause),
        })?;
        let mut held = self.held();
        let before = held.files.insert(path.clone(), file);
        held.bytes = held.bytes + entry.size - before.map_or(0, |(size, _)| size);
        held.removed.remove(path);
        held.changed.insert(path.clone());
        Ok(entry)
    }

    /// Whether the folder is there, judged by its marker. Somebody may remove `.linli` while the
    /// preview runs; the caller then opens another.
    pub fn is_there(&self) -> bool {
        self.folder.join(PREVIEW).exists()
    }

    /// It holds that file, as it is.
    pub fn holds(&self, entry: &ManifestEntry) -> bool {
        self.held().files.get(&entry.path) == Some(&(entry.size, entry.blake3))
    }

    /// Removes a file, if it is there, and the folders that are then empty. Any number of threads
    /// may do so at the same time.
    pub fn remove(&self, path: &OutPath) -> Result<(), OutputError> {
        if !self.held().files.contains_key(path) {
            return Ok(());
        }
        let target = self.folder.join(path.as_str());
        unlink(&target).map_err(OutputError::io("remove", target))?;
        {
            let _folders = self.folders.write().unwrap_or_else(PoisonError::into_inner);
            // The first one that holds something ends it.
            let _ = folders_above(path.as_str())
                .try_for_each(|folder| fs::remove_dir(self.folder.join(folder)));
        }
        let mut held = self.held();
        let before = held.files.remove(path);
        held.bytes -= before.map_or(0, |(size, _)| size);
        held.changed.remove(path);
        held.removed.insert(path.clone());
        Ok(())
    }

    /// What the folder holds, and what was put and removed since the summary before.
    pub fn summary(&self) -> Summary {
        let mut held = self.held();
        Summary {
            files: held.files.len(),
            bytes: held.bytes,
            changed: mem::take(&mut held.changed).into_iter().collect(),
            removed: mem::take(&mut held.removed).into_iter().collect(),
            manifest: Fingerprint::default(),
            leftover: None,
        }
    }

    /// Locks the list of files. No caller holds it during input or output, so threads hardly wait.
    fn held(&self) -> std::sync::MutexGuard<'_, Held> {
        self.held.lock().expect("no thread panics while it holds the list")
    }

    /// Writes a file beside the target and renames it over it, so that the server never sends half
    /// a file.
    fn replace(&self, target: &Path, bytes: &[u8]) -> io::Result<()> {
        let (temporary, mut file) = self.temporary(target)?;
        file.write_all(bytes).and_then(|()| fs::rename(&temporary, target)).inspect_err(|_| {
            // The first failure is the one to report.
            let _ = fs::remove_file(&temporary);
        })
    }

    /// A file beside the target that is never served. Folders above are made. Its name begins with
    /// a dot, which the server never serves.
    fn temporary(&self, target: &Path) -> io::Result<(PathBuf, File)> {
        let name = format!(".linli-{}", self.next.fetch_add(1, Relaxed));
        let path = target.with_file_name(name);
        let _folders = self.folders.read().unwrap_or_else(PoisonError::into_inner);
        files::make_folder(&path)?;
        let file = options().write(true).create_new(true).open(&path)?;
        Ok((path, file))
    }
}
