//! The staging folder, from the first byte to the swap.

use std::{
    fs::{self, File},
    io::{self, Write as _},
    path::{Path, PathBuf},
    sync::Mutex,
    time::SystemTime,
};

use super::{Entry, Manifest, OutPath, OutputError, folder::Place, lock::Lock, manifest, swap};

/// A site on its way to the output folder. Dropping it leaves the folder as it was, and no trace.
#[derive(Debug)]
pub struct Stage {
    place: Place,
    previous: Option<Manifest>,
    /// When that was published: what is younger was edited by somebody else.
    published: Option<SystemTime>,
    files: Mutex<Vec<Entry>>,
    staging: Staging,
}

/// What publishing did.
#[derive(Debug)]
pub struct Summary {
    /// How many files the site has, without the manifest.
    pub files: usize,
    /// Their length in bytes.
    pub bytes: u64,
    /// Those that are new, or differ from what was published before.
    pub changed: Vec<OutPath>,
    /// The files of before that are gone.
    pub removed: Vec<OutPath>,
    /// Why the old site could not be removed. It is beside the folder; the next build tries again.
    pub leftover: Option<OutputError>,
}

impl Stage {
    /// Prepares to replace `out`, which must be missing, empty or made by Linli, and to hold
    /// nothing else. Folders above it are made if they are missing. One stage at a time may be
    /// open for a folder, in all processes.
    pub fn open(out: &Path) -> Result<Self, OutputError> {
        let place = Place::find(out)?;
        let lock = Lock::take(&place)?;
        swap::recover(&place)?;
        let previous = place.examine()?;
        let manifest = fs::metadata(place.path().join(manifest::NAME));
        let published = manifest.and_then(|it| it.modified()).ok();
        swap::clear(&place)?;
        let staging = Staging::make(&place, lock)?;
        Ok(Self { place, previous, published, files: Mutex::default(), staging })
    }

    /// Writes a file, once. One that is published already as it is stays the same file, with its
    /// time of modification: whoever copies the folder elsewhere sees what changed. Any number of threads may write at the same time. A file that could not
    /// be written is not there.
    pub fn write(&self, path: &OutPath, bytes: &[u8]) -> Result<(), OutputError> {
        let entry = Entry {
            path: path.clone(),
            size: bytes.len() as u64,
            blake3: blake3::hash(bytes).to_hex().to_string(),
        };
        if !self.keep(&entry) {
            self.create(path, bytes)?;
        }
        self.files.lock().expect("no thread panics while it holds the list").push(entry);
        Ok(())
    }

    /// Publishes what was written, and nothing else. On failure the old site stays.
    pub fn commit(self) -> Result<Summary, OutputError> {
        let files = self.files.into_inner().expect("no thread panics while it holds the list");
        let manifest = Manifest::new(files);
        let path = self.staging.path.join(manifest::NAME);
        fs::write(&path, manifest.to_bytes()).map_err(OutputError::io("write", path))?;
        swap::replace(&self.place, &self.staging.path)?;
        let leftover = swap::clear(&self.place).err();
        Ok(Summary { leftover, ..Summary::compare(self.previous.as_ref(), &manifest) })
    }

    /// Takes over a file that was published before with the same bytes.
    fn keep(&self, entry: &Entry) -> bool {
        let files = self.previous.as_ref().map_or(&[][..], Manifest::files);
        let found = files.binary_search_by(|it| it.path.cmp(&entry.path));
        if !found.is_ok_and(|it| files[it] == *entry) {
            return false;
        }
        let old = self.place.path().join(entry.path.as_str());
        let is_untouched = fs::symlink_metadata(&old).is_ok_and(|it| {
            it.is_file() && it.len() == entry.size && it.modified().ok() <= self.published
        });
        // Where the disk knows no second names for a file, it is written again.
        let new = self.staging.path.join(entry.path.as_str());
        is_untouched && make_folder(&new).is_ok() && fs::hard_link(old, new).is_ok()
    }

    fn create(&self, path: &OutPath, bytes: &[u8]) -> Result<(), OutputError> {
        let target = self.staging.path.join(path.as_str());
        let mut file = create_with_folders(&target).map_err(|cause| match cause.kind() {
            io::ErrorKind::AlreadyExists => OutputError::Twice { path: path.clone() },
            _ => OutputError::io("write", &target)(cause),
        })?;
        file.write_all(bytes).map_err(|cause| {
            // Half a file must not be published, whatever the caller makes of the error.
            let _ = fs::remove_file(&target);
            OutputError::io("write", target)(cause)
        })
    }
}

/// Creates a file that is not there yet, and the folders above it.
fn create_with_folders(path: &Path) -> io::Result<File> {
    make_folder(path)?;
    File::create_new(path)
}

/// Makes the folders above a file.
fn make_folder(path: &Path) -> io::Result<()> {
    let folder = path.parent().expect("a file is in a folder");
    // Nearly every page has a folder of its own, and the folders above it are there already.
    match fs::create_dir(folder) {
        Err(cause) if cause.kind() == io::ErrorKind::NotFound => fs::create_dir_all(folder)?,
        Err(cause) if cause.kind() != io::ErrorKind::AlreadyExists => return Err(cause),
        _ => {}
    }
    Ok(())
}

impl Summary {
    fn compare(before: Option<&Manifest>, after: &Manifest) -> Self {
        let (before, after) = (before.map_or(&[][..], Manifest::files), after.files());
        let find = |files: &[Entry], path: &OutPath| files.binary_search_by(|it| it.path.cmp(path));
        let is_same = |it: &&Entry| find(before, &it.path).is_ok_and(|at| before[at] == **it);
        let is_there = |it: &&Entry| find(after, &it.path).is_ok();
        let path = |it: &Entry| it.path.clone();
        Self {
            files: after.len(),
            bytes: after.iter().map(|it| it.size).sum(),
            changed: after.iter().filter(|it| !is_same(it)).map(path).collect(),
            removed: before.iter().filter(|it| !is_there(it)).map(path).collect(),
            leftover: None,
        }
    }
}

/// The staging folder, and the right to have it. After the swap its path is that of the old site.
#[derive(Debug)]
struct Staging {
    path: PathBuf,
    /// Released when the folder is gone: fields are dropped after their owner.
    _lock: Lock,
}

impl Staging {
    fn make(place: &Place, lock: Lock) -> Result<Self, OutputError> {
        let path = place.beside("new");
        fs::create_dir(&path).map_err(OutputError::io("make", &path))?;
        Ok(Self { path, _lock: lock })
    }
}

impl Drop for Staging {
    fn drop(&mut self) {
        // A failure leaves a stale folder, which the next build removes or reports.
        let _ = swap::remove(&self.path);
    }
}
