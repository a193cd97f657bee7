//! A folder of the file system: a web server's, or a mounted share.
//!
//! What the program has to know of it lies beside it, in `.NAME.linli`, which only the user who
//! publishes may enter; where nothing may be written there, inside of it.
//!
//! | name | what it is |
//! | --- | --- |
//! | `lock` | who publishes |
//! | `published.json` | what the folder holds (`known.rs`) |
//! | `next` | the new site while it is put together; after the switch the old one before its removal |
//!
//! | switch | when | how |
//! | --- | --- | --- |
//! | whole | the two folders can change places in one step, files can have second names, and all in the folder is Linli's | unchanged files get a second name in `next` |
//! | files | else | each file is written beside its place under another name, and renamed |

use std::{
    collections::BTreeSet,
    fs, io,
    path::{Path, PathBuf},
};

use rayon::prelude::*;
use walkdir::WalkDir;

use crate::{
    config::publish::Switch,
    output::{Abilities, Hash, Manifest, ManifestEntry, OutPath, discard, folders_above, private},
    publish::{Holder, Known, PublishError, Target, Verified, lock::LockFile},
    source::{names::is_left_by_looking, open::read_file},
};

/// What the folder beside it is called, and the one inside of it.
const BESIDE: &str = ".linli";
const INSIDE: &str = ".linli-publish";

/// What an output folder has, and a published one has not.
const MANIFEST: &str = ".linli-manifest.json";

/// A folder to which a site is sent.
#[derive(Debug)]
pub struct FolderTarget {
    path: PathBuf,
    /// What has to be known of it.
    state: PathBuf,
    whole: bool,
    lock: LockFile,
}

impl FolderTarget {
    /// Opens a folder. It may be missing, if the one above it is there.
    ///
    /// # Errors
    ///
    /// Returns an error if it holds what Linli did not publish, and was asked to change as a whole,
    /// or nothing of Linli's; or if nothing can be written there.
    pub fn open(path: &Path, switch: Option<Switch>) -> Result<Self, PublishError> {
        let (mut target, is_beside) = Self::unseen(path)?;
        let can_switch = is_beside && target.can_switch();
        let strangers = target.strangers(&target.known()?)?;
        target.whole = match switch {
            Some(Switch::Files) => false,
            None => can_switch && strangers.is_empty(),
            Some(Switch::Whole) if !strangers.is_empty() => {
                return Err(PublishError::Foreign { path: path.to_owned(), found: strangers });
            }
            Some(Switch::Whole) if !can_switch => {
                let cause = io::ErrorKind::Unsupported.into();
                return Err(PublishError::io("replace", path)(cause));
            }
            Some(Switch::Whole) => true,
        };
        Ok(target)
    }

    /// The folder, of which nothing was read yet, and whether what has to be known of it lies beside
    /// it.
    ///
    /// # Errors
    ///
    /// Returns an error if it is no folder, or if nothing can be written there.
    pub fn unseen(path: &Path) -> Result<(Self, bool), PublishError> {
        let not_a_folder = || crate::output::OutputError::NotAFolder { path: path.to_owned() };
        // A link is followed once and for all: what it leads to changes, not the link.
        let real = if path.exists() { path.canonicalize() } else { absent(path) };
        let real = real.map_err(PublishError::io("read", path))?;
        let name = real.file_name().map(|it| it.to_string_lossy().into_owned());
        let (Some(name), Some(above)) = (name, real.parent()) else {
            return Err(not_a_folder().into());
        };
        if real.exists() && !real.is_dir() {
            return Err(not_a_folder().into());
        }
        let beside = above.join(format!(".{name}{BESIDE}"));
        let (state, is_beside) = match private::make_folder(&beside) {
            Ok(()) => (beside, true),
            Err(_) => (real.join(INSIDE), false),
        };
        if !is_beside {
            fs::create_dir_all(&real).map_err(PublishError::io("write", &real))?;
            private::make_folder(&state).map_err(PublishError::io("write", &state))?;
        }
        let lock = LockFile::new(state.clone());
        Ok((Self { path: real, lock, state, whole: false }, is_beside))
    }

    fn at(&self, path: &OutPath) -> PathBuf {
        self.path.join(path.as_str())
    }

    /// An error if a folder above a file is a link: what is behind it is somebody else's.
    fn check_links(&self, path: &OutPath) -> Result<(), PublishError> {
        let is_link = |folder: &&str| {
            let found = fs::symlink_metadata(self.path.join(folder));
            found.is_ok_and(|it| it.file_type().is_symlink())
        };
        match folders_above(path.as_str()).find(is_link) {
            Some(link) => Err(PublishError::Link { path: self.path.join(link) }),
            None => Ok(()),
        }
    }

    /// Whether two folders beside the target can change places, and files have two names.
    fn can_switch(&self) -> bool {
        let abilities = Abilities::default();
        let [one, two] = ["probe-1", "probe-2"].map(|it| self.state.join(it));
        let tried = || -> io::Result<()> {
            fs::create_dir_all(&one)?;
            fs::create_dir_all(&two)?;
            fs::write(one.join("a"), "")?;
            (abilities.link)(&one.join("a"), &two.join("a"))?;
            (abilities.exchange)(&one, &two)
        };
        let can = tried().is_ok() && self.is_same_disk();
        let _ = (fs::remove_dir_all(&one), fs::remove_dir_all(&two));
        can
    }

    #[cfg(unix)]
    fn is_same_disk(&self) -> bool {
        use std::os::unix::fs::MetadataExt as _;
        let disk = |path: &Path| fs::metadata(path).map(|it| it.dev()).ok();
        !self.path.exists() || disk(&self.path) == disk(&self.state)
    }

    #[cfg(not(unix))]
    fn is_same_disk(&self) -> bool {
        true
    }

    /// What is in the folder that nobody published, in order.
    fn strangers(&self, known: &Known) -> Result<Vec<String>, PublishError> {
        let known: BTreeSet<&str> = known.paths().iter().map(|it| it.as_str()).collect();
        let mut strangers = self.walk()?;
        strangers.retain(|path| !known.contains(path.as_str()));
        Ok(strangers)
    }

    /// All files in the folder but the program's own.
    fn walk(&self) -> Result<Vec<String>, PublishError> {
        let mut paths = Vec::new();
        if !self.path.exists() {
            return Ok(paths);
        }
        let is_own = |name: &str| {
            [INSIDE, MANIFEST].contains(&name) || is_draft(name) || is_left_by_looking(name)
        };
        let walk = WalkDir::new(&self.path).min_depth(1).sort_by_file_name().into_iter();
        for entry in walk.filter_entry(|it| !is_own(&it.file_name().to_string_lossy())) {
            let entry = entry.map_err(|it| PublishError::io("read", &self.path)(it.into()))?;
            if !entry.file_type().is_dir() {
                let inside = entry.path().strip_prefix(&self.path).unwrap_or(entry.path());
                paths.push(inside.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/"));
            }
        }
        Ok(paths)
    }
}

/// A path that is not there, with the folder above it as it really is.
fn absent(path: &Path) -> io::Result<PathBuf> {
    let above = path.parent().filter(|it| !it.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let name = path.file_name().ok_or(io::ErrorKind::InvalidInput)?;
    Ok(above.canonicalize()?.join(name))
}

/// Writes a file beside its place, and renames it.
fn put_file(root: &Path, path: &OutPath, bytes: &[u8]) -> io::Result<()> {
    let place = root.join(path.as_str());
    if let Some(folder) = place.parent() {
        fs::create_dir_all(folder)?;
    }
    let draft = draft(&place);
    let written = fs::write(&draft, bytes).and_then(|()| fs::rename(&draft, &place));
    written.inspect_err(|_| {
        // The first failure is the one to report.
        let _ = fs::remove_file(&draft);
    })
}

/// Under which name a file is written before it has its own. It follows from that, so that it is
/// found again.
fn draft(place: &Path) -> PathBuf {
    let name = place.file_name().map(|it| it.to_string_lossy().into_owned()).unwrap_or_default();
    let hash = Hash::of(name.as_bytes()).to_string();
    place.with_file_name(format!(".linli-{}.new", &hash[..16]))
}

fn is_draft(name: &str) -> bool {
    name.strip_prefix(".linli-").is_some_and(|it| it.ends_with(".new"))
}

/// Removes a file, if it is there.
fn unlink(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if !is_absent(&error) => Err(error),
        _ => Ok(()),
    }
}

fn is_absent(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory)
}

impl Target for FolderTarget {
    fn lock(&self) -> Result<Option<(Holder, u64)>, PublishError> {
        self.lock.take()
    }

    fn renew(&self) {
        self.lock.renew();
    }

    fn unlock(&self) {
        self.lock.release();
    }

    fn known(&self) -> Result<Known, PublishError> {
        let file = self.state.join("published.json");
        let foreign = |found| PublishError::Foreign { path: self.path.clone(), found };
        match fs::read(&file) {
            Ok(bytes) => Known::from_bytes(&bytes).ok_or(PublishError::Damaged { path: file }),
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                Err(PublishError::io("read", file)(error))
            }
            Err(_) => {
                // A build's own folder, or a copy of one.
                if self.path.exists()
                    && let Some((manifest, _)) = Manifest::read(&self.path)?
                {
                    return Ok(Known::of_uncertain(
                        manifest.files().iter().map(|it| it.path.clone()),
                    ));
                }
                let found = self.walk()?;
                if found.is_empty() { Ok(Known::default()) } else { Err(foreign(found)) }
            }
        }
    }

    fn found(&self) -> Result<Vec<OutPath>, PublishError> {
        Ok(self.walk()?.iter().filter_map(|path| OutPath::new(path).ok()).collect())
    }

    fn remember(&self, known: &Known) -> Result<(), PublishError> {
        let file = self.state.join("published.json");
        private::replace(&file, [known.to_bytes().as_slice()])
            .map(|_| ())
            .map_err(PublishError::io("write", file))
    }

    fn is_whole(&self) -> bool {
        self.whole
    }

    fn at_once(&self) -> usize {
        8
    }

    fn is_absent(&self, path: &OutPath) -> bool {
        fs::symlink_metadata(self.at(path)).is_err_and(|error| is_absent(&error))
    }

    fn lacks(&self, files: &[ManifestEntry]) -> Vec<OutPath> {
        if !self.whole {
            return Vec::new();
        }
        let is_there = |entry: &&ManifestEntry| {
            let found = fs::symlink_metadata(self.at(&entry.path));
            !found.is_ok_and(|it| it.is_file() && it.len() == entry.size)
        };
        files.par_iter().filter(is_there).map(|it| it.path.clone()).collect()
    }

    fn begin(&self, stays: &[ManifestEntry]) -> Result<(), PublishError> {
        if !self.whole {
            return fs::create_dir_all(&self.path).map_err(PublishError::io("write", &self.path));
        }
        let next = self.state.join("next");
        discard(&next)?;
        fs::create_dir(&next).map_err(PublishError::io("write", &next))?;
        let folders: BTreeSet<&str> =
            stays.iter().flat_map(|it| folders_above(it.path.as_str())).collect();
        for folder in folders {
            fs::create_dir_all(next.join(folder)).map_err(PublishError::io("write", &next))?;
        }
        stays.par_iter().try_for_each(|entry| {
            let (from, to) = (self.at(&entry.path), next.join(entry.path.as_str()));
            (Abilities::default().link)(&from, &to).map_err(PublishError::io("read", from))
        })
    }

    fn bytes(&self, path: &OutPath) -> Option<Vec<u8>> {
        read_file(&self.at(path)).ok()
    }

    fn put(&self, entry: &ManifestEntry, bytes: &[u8]) -> Result<(), PublishError> {
        let next = self.state.join("next");
        let root = if self.whole { &next } else { &self.path };
        if !self.whole {
            self.check_links(&entry.path)?;
        }
        put_file(root, &entry.path, bytes).map_err(PublishError::io("write", self.at(&entry.path)))
    }

    fn delete(&self, path: &OutPath) -> Result<(), PublishError> {
        if self.whole {
            // It is not taken over.
            return Ok(());
        }
        self.check_links(path)?;
        let place = self.at(path);
        unlink(&draft(&place))
            .and_then(|()| unlink(&place))
            .map_err(PublishError::io("remove", &place))?;
        for folder in folders_above(path.as_str()) {
            // The first that is not empty ends it.
            if fs::remove_dir(self.path.join(folder)).is_err() {
                break;
            }
        }
        Ok(())
    }

    fn finish(&self) -> Result<(), PublishError> {
        if !self.whole {
            let manifest = self.path.join(MANIFEST);
            return unlink(&manifest).map_err(PublishError::io("remove", manifest));
        }
        let next = self.state.join("next");
        let switched = match fs::metadata(&self.path) {
            Ok(old) => {
                // Whoever opened or closed the folder to others meant the folder.
                let _ = fs::set_permissions(&next, old.permissions());
                (Abilities::default().exchange)(&next, &self.path)
            }
            Err(_) => fs::rename(&next, &self.path),
        };
        switched.map_err(PublishError::io("replace", &self.path))?;
        Ok(discard(&next)?)
    }

    fn verify(&self, known: &Known) -> Result<Option<Verified>, PublishError> {
        let files: Vec<&ManifestEntry> =
            known.files.iter().chain(known.leaving.iter().map(|(entry, _)| entry)).collect();
        let compare = |entry: &&ManifestEntry| match self.bytes(&entry.path) {
            None => Some((entry.path.to_string(), true)),
            Some(bytes) if Hash::of(&bytes) == entry.blake3 => None,
            Some(_) => Some((entry.path.to_string(), false)),
        };
        let differing: Vec<(String, bool)> = files.par_iter().filter_map(compare).collect();
        let mut verified = Verified { files: files.len(), ..Verified::default() };
        for (path, is_missing) in differing {
            if is_missing { &mut verified.missing } else { &mut verified.changed }.push(path);
        }
        let is_known: BTreeSet<&str> = files.iter().map(|it| it.path.as_str()).collect();
        verified.extra = self.walk()?;
        verified.extra.retain(|it| !is_known.contains(it.as_str()));
        Ok(Some(verified))
    }
}
