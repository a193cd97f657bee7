//! Stages a site for the output folder, from the first byte to the swap.
//!
//! The calls come in this order, the middle ones in any number and from any thread:
//!
//! ```text
//! Stage::open          lock, repair what a killed build left, examine the folder
//!   is_untouched       nothing to do at all?
//!   keep_others, keep  a published file stays as it is
//!   write              a file is staged, or kept if its bytes are published
//! Stage::commit        link or mirror what stays, write the manifest, swap
//! ```
//!
//! A path is kept or written once; the second time is an error ([`OutputError::Twice`]), or `keep`
//! returns false.

use std::{
    collections::HashSet,
    fs,
    io::{self, Write as _},
    mem,
    path::{Path, PathBuf},
    sync::{
        Mutex, OnceLock,
        atomic::{AtomicBool, Ordering::Relaxed},
    },
};

use rayon::prelude::*;

use crate::{
    fingerprint::Fingerprint,
    output::{
        Manifest, ManifestEntry, OutPath, OutputError,
        files::{self, make_folder},
        folder::{Intact, OutputFolder, Published},
        leftovers,
        lock::Lock,
        mirror::{self, MirrorChange},
        path::{MANIFEST, folders_above},
        stamps::Stamps,
        swap,
        system::Root,
        workplace::Workplace,
    },
    source::now,
};

/// A staged site for the output folder. Dropping it leaves the folder as it was, and no trace.
#[derive(Debug)]
pub struct Stage {
    pub(super) place: OutputFolder,
    /// None at a first build.
    previous: Option<Published>,
    /// Made when it is first asked for: a build in which nothing changed needs none.
    inspection: OnceLock<Inspection>,
    /// For each file of the previous manifest, whether it stays.
    kept: Vec<AtomicBool>,
    /// The files in the staging folder.
    written: Mutex<Vec<ManifestEntry>>,
    staging: Staging,
}

/// The state in which the published site was found.
#[derive(Debug)]
struct Inspection {
    /// Each file of the manifest, if it is there and nobody touched it.
    intact: Vec<Option<Intact>>,
    /// The mirror can be relied on.
    mirror: bool,
}

/// The result of publishing a site.
#[derive(Debug)]
pub struct Summary {
    /// How many files the site has, without the manifest.
    pub files: usize,
    /// Their length in bytes.
    pub bytes: u64,
    /// Those that are new, or differ from what was published before, in order.
    pub changed: Vec<OutPath>,
    /// The files of before that are gone, in order.
    pub removed: Vec<OutPath>,
    /// The fingerprint of the manifest; none of a folder without one.
    pub manifest: Fingerprint,
    /// Why the old site could not be removed. It is in the workplace; the next build tries again.
    pub leftover: Option<OutputError>,
}

impl Stage {
    /// Prepares to replace `out`, which must be missing, empty or made by Linli, and to hold
    /// nothing else. Folders above it are made if they are missing. One stage at a time may be
    /// open for a folder, in all processes.
    ///
    /// The site is made in the `.linli` of the folder `site`, if that is given and in the same file
    /// system; otherwise beside `out`. What killed builds left there is removed.
    pub fn open(out: &Path, site: Option<&Path>) -> Result<Self, OutputError> {
        let mut place = OutputFolder::find(out)?;
        let lock = enter(&mut place, site)?;
        if !lock.hold(place.path()) {
            return Err(OutputError::Busy { path: out.to_owned() });
        }
        swap::recover(place.path(), &place.workplace)?;
        let previous = place.examine()?;
        swap::clear(&place.workplace)?;
        mirror::clear(&place, previous.as_ref())?;
        let files = previous.as_ref().map_or(0, |it| it.manifest.files().len());
        let kept = (0..files).map(|_| AtomicBool::new(false)).collect();
        let [written, next] = ["new", "next"].map(|role| place.workplace.at(role));
        let staging = Staging { written, next, lock };
        let (inspection, written) = (OnceLock::new(), Mutex::default());
        Ok(Self { place, previous, inspection, kept, written, staging })
    }

    /// What is published is what this manifest's fingerprint says, and nobody touched it. False at
    /// a first build. It costs a system call for each file, and nothing if the fingerprint differs.
    /// Files whose stamps are not known are read, and their stamps kept for the next time.
    pub fn is_untouched(&self, manifest: Fingerprint) -> bool {
        let Some(previous) = &self.previous else { return false };
        if previous.fingerprint != manifest {
            return false;
        }
        let files = (0..previous.manifest.files().len()).into_par_iter().with_min_len(64);
        let intact: Option<Vec<Intact>> = files.map(|at| previous.intact(at)).collect();
        if let Some(intact) = &intact
            && intact.iter().any(|it| !it.was_known && it.stamp.is_some())
        {
            let stamps = Stamps::new(intact.iter().map(|it| it.stamp).collect());
            stamps.write(&self.place.workplace, manifest);
        }
        intact.is_some()
    }

    /// Examines every file that was published before, with a system call for each, as
    /// [`Self::is_untouched`] does. It is done when that has to be known, if not before; not by one of
    /// several threads that [keep](Self::keep) and write, of which each may wait for it.
    pub fn inspect(&self) {
        self.inspection.get_or_init(|| {
            let Some(previous) = &self.previous else {
                return Inspection { intact: Vec::new(), mirror: false };
            };
            let files = (0..previous.manifest.files().len()).into_par_iter().with_min_len(64);
            let (intact, mirror) = rayon::join(
                || files.map(|at| previous.intact(at)).collect(),
                || mirror::is_whole(&self.place, previous),
            );
            Inspection { intact, mirror }
        });
    }

    fn inspection(&self) -> &Inspection {
        self.inspect();
        self.inspection.get().expect("it was inspected just now")
    }

    /// Takes over all files but these, if what is published is what this manifest's fingerprint
    /// says and nobody touched them. If not, none of them. `but` are the files that the caller
    /// writes, or leaves out; paths that are not published may be among them.
    pub fn keep_others(&self, manifest: Fingerprint, but: &HashSet<OutPath>) -> bool {
        let Some(previous) = self.previous.as_ref().filter(|it| it.fingerprint == manifest) else {
            return false;
        };
        let files = previous.manifest.files().iter().enumerate();
        let others = files.filter(|(_, it)| !but.contains(&it.path)).map(|it| it.0);
        let others: Vec<usize> = others.collect();
        let is_there = others.iter().all(|other| self.inspection().intact[*other].is_some());
        if is_there {
            others.iter().for_each(|other| self.kept[*other].store(true, Relaxed));
        }
        is_there
    }

    /// Takes over a file, once, if it is published already with this size and hash, and nobody
    /// touched it since. Otherwise it has to be written. It stays the same file, with its time of
    /// modification: whoever copies the folder elsewhere sees what changed. Any number of threads
    /// may do so at the same time.
    pub fn keep(&self, entry: &ManifestEntry) -> bool {
        let Some(previous) = &self.previous else { return false };
        let Some(at) = previous.manifest.position(entry.path.as_str()) else { return false };
        previous.manifest.files()[at] == *entry
            && self.inspection().intact[at].is_some()
            && !self.kept[at].swap(true, Relaxed)
    }

    /// Writes a file, once, or [keeps](Self::keep) it if it is published with the same bytes. Any
    /// number of threads may write at the same time. A file that could not be written is not
    /// there.
    pub fn write(&self, path: &OutPath, bytes: &[u8]) -> Result<ManifestEntry, OutputError> {
        let entry = ManifestEntry::of(path, bytes);
        if self.keep(&entry) {
            return Ok(entry);
        }
        if self.keeps(path.as_str()) {
            return Err(OutputError::Twice { path: path.clone() });
        }
        self.create(path, bytes)?;
        self.written.lock().expect(LOCKED).push(entry.clone());
        Ok(entry)
    }

    /// Publishes what was written and kept, and nothing else. On failure the old site stays. What
    /// is published already, all of it and nothing else, is not touched. `Twice` if a written file
    /// needs a folder where a kept file is, or the other way round. A failure after the swap, when
    /// the old site is removed, is no error: it is in [`Summary::leftover`].
    pub fn commit(mut self) -> Result<Summary, OutputError> {
        let written = mem::take(self.written.get_mut().expect(LOCKED));
        let kept = self.kept_files();
        if self.previous.is_some() && written.is_empty() && kept.len() == self.kept.len() {
            let manifest = self.previous.as_ref().map(|it| it.fingerprint);
            return Ok(Summary { manifest: manifest.unwrap_or_default(), ..Summary::of(kept) });
        }
        if let Some(twice) = written.par_iter().find_any(|it| self.clashes(&it.path)) {
            return Err(OutputError::Twice { path: twice.path.clone() });
        }
        let nothing = Manifest::new(Vec::new());
        let before = self.previous.as_ref().map_or(&nothing, |it| &it.manifest);
        let after = Manifest::new(kept.iter().copied().chain(&written).cloned().collect());
        let change = MirrorChange::between(before, &after, &written);
        let manifest = after.to_bytes();
        let leftover = self.publish(&kept, &change, &after, &manifest)?;
        let fingerprint = Fingerprint::of_bytes(&manifest);
        let is_same = |entry: &&ManifestEntry| {
            before.position(entry.path.as_str()).is_some_and(|at| before.files()[at] == **entry)
        };
        let mut changed: Vec<_> =
            written.iter().filter(|it| !is_same(it)).map(|it| it.path.clone()).collect();
        changed.sort_unstable();
        let removed = change.removed.into_iter().cloned().collect();
        Ok(Summary {
            changed,
            removed,
            manifest: fingerprint,
            leftover,
            ..Summary::of(after.files())
        })
    }

    /// Lets the new site take the place of the old one. What comes back is what could not be
    /// removed after that.
    fn publish(
        &self,
        kept: &[&ManifestEntry],
        change: &MirrorChange<'_>,
        after: &Manifest,
        manifest: &[u8],
    ) -> Result<Option<OutputError>, OutputError> {
        let Staging { written, .. } = &self.staging;
        let mirror = match &self.previous {
            Some(_) => mirror::take(&self.place, change, written, self.inspection().mirror)?,
            None => None,
        };
        let was_mirrored = mirror.is_some();
        let is_mirrored = was_mirrored || change.is_small(after);
        let new = match mirror {
            Some(next) => next,
            None => {
                self.link(kept)?;
                written.clone()
            }
        };
        let path = new.join(MANIFEST);
        let write = || files::create(&path)?.write_all(manifest);
        write().map_err(OutputError::io("write", &path))?;
        // Whoever comes next finds the folder locked, too, until all is done.
        self.staging.lock.hold(&new);
        let is_exchanged = swap::replace(&self.place, &new)?;
        if let Some(previous) = self.previous.as_ref().filter(|_| is_exchanged && is_mirrored) {
            // What fails halfway goes like any other old site.
            let _ = mirror::renew(&self.place, &new, previous, change, manifest);
        }
        let leftover = swap::clear(&self.place.workplace).err();
        let stamps = self.stamps(after, was_mirrored);
        stamps.write(&self.place.workplace, Fingerprint::of_bytes(manifest));
        Ok(leftover)
    }

    /// The stamps of the files that are published now. With a mirror, nobody has touched those that
    /// stay, since they were examined: their stamps are known. Without one, each got another name
    /// and lost one, which counts as a change.
    fn stamps(&self, after: &Manifest, was_mirrored: bool) -> Stamps {
        let Ok(root) = Root::open(self.place.path()) else { return Stamps::default() };
        let known = |entry: &ManifestEntry| {
            let previous = self.previous.as_ref().filter(|_| was_mirrored)?;
            let at = previous.manifest.position(entry.path.as_str())?;
            let is_kept = self.kept[at].load(Relaxed);
            self.inspection().intact[at].filter(|_| is_kept).map(|it| it.stamp)
        };
        let stamp = |entry: &ManifestEntry| {
            let now = now();
            let found = || root.status(entry.path.as_str()).ok()?.stamp();
            known(entry).unwrap_or_else(|| found().filter(|it| it.is_settled(now)))
        };
        Stamps::new(after.files().par_iter().with_min_len(64).map(stamp).collect())
    }

    /// Puts the published files that stay into the staging folder.
    fn link(&self, kept: &[&ManifestEntry]) -> Result<(), OutputError> {
        kept.par_iter().try_for_each(|entry| {
            let old = self.place.path().join(entry.path.as_str());
            let new = self.staging.written.join(entry.path.as_str());
            let link = || {
                make_folder(&new)?;
                // Where a file can have no second name, it is copied.
                (self.place.abilities.link)(&old, &new).or_else(|_| fs::copy(&old, &new).map(drop))
            };
            link().map_err(OutputError::io("write", &new))
        })
    }

    /// Writes a file to the staging folder. It must not be there yet: two artifacts of one path are
    /// an error of the caller. What could not be written whole is removed again.
    fn create(&self, path: &OutPath, bytes: &[u8]) -> Result<(), OutputError> {
        let target = self.staging.written.join(path.as_str());
        let mut file = files::create(&target).map_err(|cause| match cause.kind() {
            io::ErrorKind::AlreadyExists => OutputError::Twice { path: path.clone() },
            _ => OutputError::io("write", &target)(cause),
        })?;
        file.write_all(bytes).map_err(|cause| {
            // Half a file must not be published, whatever the caller makes of the error.
            let _ = fs::remove_file(&target);
            OutputError::io("write", target)(cause)
        })
    }

    /// The published files that stay, in order.
    fn kept_files(&self) -> Vec<&ManifestEntry> {
        let files = self.previous.as_ref().map_or(&[][..], |it| it.manifest.files());
        let is_kept = |(entry, kept): (_, &AtomicBool)| kept.load(Relaxed).then_some(entry);
        files.iter().zip(&self.kept).filter_map(is_kept).collect()
    }

    /// Whether a published file stays at this path.
    fn keeps(&self, path: &str) -> bool {
        let position = self.previous.as_ref().and_then(|it| it.manifest.position(path));
        position.is_some_and(|at| self.kept[at].load(Relaxed))
    }

    /// Whether a written file cannot be where it is because of a file that stays.
    fn clashes(&self, path: &OutPath) -> bool {
        let Some(previous) = &self.previous else { return false };
        let path = path.as_str();
        match previous.manifest.position(path) {
            // What was a file has none above or below it.
            Some(at) => self.kept[at].load(Relaxed),
            None => {
                folders_above(path).any(|it| self.keeps(it))
                    || self.kept[previous.manifest.below(path)].iter().any(|it| it.load(Relaxed))
            }
        }
    }
}

/// The invariant on which taking the lock of the list of written files relies.
const LOCKED: &str = "no thread panics while it holds the list";

impl Summary {
    /// The summary of a site that was not touched, of which no more than this is known.
    pub fn unchanged(files: usize, manifest: Fingerprint) -> Self {
        Self { files, manifest, ..Self::of([]) }
    }

    /// The summary of a site that did not change. Without the fingerprint of the manifest, which
    /// the caller adds.
    fn of<'a>(files: impl IntoIterator<Item = &'a ManifestEntry>) -> Self {
        let sizes: Vec<_> = files.into_iter().map(|it| it.size).collect();
        Self {
            files: sizes.len(),
            bytes: sizes.iter().sum(),
            changed: Vec::new(),
            removed: Vec::new(),
            manifest: Fingerprint::default(),
            leftover: None,
        }
    }
}

/// The folders in which a new site is made, and the right to make them. After the swap one of the
/// paths is that of the old site.
#[derive(Debug)]
struct Staging {
    /// Has the written files; also the others, where there is no mirror.
    written: PathBuf,
    /// The mirror, once it was taken.
    next: PathBuf,
    /// Released when the folders are gone: fields are dropped after their owner.
    lock: Lock,
}

/// Finds the workplace of an output folder, and takes its lock. In the `.linli` of the site if that
/// is possible, and then what was left beside the folder is removed.
fn enter(place: &mut OutputFolder, site: Option<&Path>) -> Result<Lock, OutputError> {
    let inside = site.and_then(|site| Some((site, Workplace::inside(site, place.path())?)));
    if let Some((site, inside)) = inside {
        let lock = Lock::take(&inside, place.name());
        if !lock.as_ref().is_err_and(is_read_only) {
            let lock = lock?;
            leftovers::clear_beside(place.path(), place.name())?;
            leftovers::clear_others(site, &inside);
            place.workplace = inside;
            return Ok(lock);
        }
    }
    Lock::take(&place.workplace, place.name())
}

/// Nothing may be written there.
fn is_read_only(error: &OutputError) -> bool {
    use io::ErrorKind::{PermissionDenied, ReadOnlyFilesystem};
    matches!(error, OutputError::Io { cause, .. }
        if matches!(cause.kind(), PermissionDenied | ReadOnlyFilesystem))
}

impl Drop for Staging {
    fn drop(&mut self) {
        // A failure leaves a stale folder, which the next build removes or reports.
        let _ = swap::discard(&self.written);
        let _ = swap::discard(&self.next);
    }
}
