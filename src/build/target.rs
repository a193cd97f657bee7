//! Where a build publishes a site.
//!
//! A [`Target`] is a place, a [`Round`] one build that publishes there, and an [`Output`] what a
//! round does with single files. A round that is dropped without `commit` leaves the target as it
//! was.
//!
//! | target | round | for |
//! | --- | --- | --- |
//! | [`FolderTarget`] | [`Stage`] | a folder that is swapped in one step |
//! | [`MemoryTarget`] | [`MemoryRound`] | tests, and programs that use the library |
//! | | `Nowhere` | checks: artifacts are made, and nothing is kept |
//!
//! `cached.rs` has a target whose [`Stage`] is open already, and `cli/serve.rs` that of the
//! preview. What a folder does in detail is in `output/`.

use std::{
    collections::{BTreeMap, HashSet},
    convert::Infallible,
    path::PathBuf,
    sync::{Mutex, PoisonError},
};

use crate::{
    build::{Observer, Output},
    fingerprint::Fingerprint,
    output::{ManifestEntry, OutPath, OutputError, Stage, Summary},
};

/// Where a build publishes a site.
pub trait Target {
    /// One round of publishing.
    type Round: Round;

    /// Begins a round.
    ///
    /// # Errors
    ///
    /// Returns an error if nothing can be published there.
    fn open(&self) -> Result<Self::Round, OutputError>;
}

/// One round of publishing: files are kept and written, and published together in the end.
///
/// Its error is always that of the output folder.
pub trait Round: Output<Error = OutputError> {
    /// Publishes what was kept and written, and nothing else. `gone` are files of before that are
    /// neither.
    ///
    /// Returns the number of files, and which changed. A folder finds out by itself what is gone.
    ///
    /// # Errors
    ///
    /// Returns why it could not be published. What was published before stays.
    fn commit(self, gone: &[OutPath]) -> Result<Summary, OutputError>;
}

/// A folder of the file system, which is replaced in one step.
#[derive(Debug, Clone)]
pub struct FolderTarget {
    /// The folder: missing, empty, or published by Linli before.
    pub path: PathBuf,
}

impl Target for FolderTarget {
    type Round = Stage;

    fn open(&self) -> Result<Stage, OutputError> {
        Stage::open(&self.path, None)
    }
}

impl Output for Stage {
    type Error = OutputError;

    fn examine(&self) {
        self.inspect();
    }

    fn keep(&self, file: &ManifestEntry) -> bool {
        Stage::keep(self, file)
    }

    fn keep_others(&self, manifest: Fingerprint, but: &HashSet<OutPath>) -> bool {
        Stage::keep_others(self, manifest, but)
    }

    fn write(&self, path: &OutPath, bytes: &[u8]) -> Result<ManifestEntry, OutputError> {
        Stage::write(self, path, bytes)
    }
}

impl Round for Stage {
    fn commit(self, _: &[OutPath]) -> Result<Summary, OutputError> {
        Stage::commit(self)
    }
}

/// Files in memory, by path. Each round starts without files, so every artifact has to be written
/// to it.
#[derive(Debug, Default)]
pub struct MemoryTarget {
    files: Mutex<BTreeMap<OutPath, Vec<u8>>>,
}

impl MemoryTarget {
    /// The files that were published.
    pub fn into_files(self) -> BTreeMap<OutPath, Vec<u8>> {
        self.files.into_inner().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A round of publishing to memory.
#[derive(Debug)]
pub struct MemoryRound<'m> {
    target: &'m MemoryTarget,
    written: Mutex<BTreeMap<OutPath, Vec<u8>>>,
}

impl<'m> Target for &'m MemoryTarget {
    type Round = MemoryRound<'m>;

    fn open(&self) -> Result<MemoryRound<'m>, OutputError> {
        Ok(MemoryRound { target: self, written: Mutex::default() })
    }
}

impl Output for MemoryRound<'_> {
    type Error = OutputError;

    fn keep(&self, _: &ManifestEntry) -> bool {
        false
    }

    fn write(&self, path: &OutPath, bytes: &[u8]) -> Result<ManifestEntry, OutputError> {
        let mut written = self.written.lock().unwrap_or_else(PoisonError::into_inner);
        written.insert(path.clone(), bytes.to_vec());
        Ok(ManifestEntry::of(path, bytes))
    }
}

impl Round for MemoryRound<'_> {
    fn commit(self, _: &[OutPath]) -> Result<Summary, OutputError> {
        let written = self.written.into_inner().unwrap_or_else(PoisonError::into_inner);
        let summary = Summary {
            files: written.len(),
            bytes: written.values().map(|bytes| bytes.len() as u64).sum(),
            changed: written.keys().cloned().collect(),
            removed: Vec::new(),
            manifest: Fingerprint::default(),
            leftover: None,
        };
        *self.target.files.lock().unwrap_or_else(PoisonError::into_inner) = written;
        Ok(summary)
    }
}

/// Takes a site that is not going to be published, for the mistakes on its pages.
///
/// It keeps whatever it is asked about, since nothing will be published; so with the state of an
/// earlier build only what changed is made.
pub(super) struct Nowhere<'o> {
    pub(super) observer: &'o dyn Observer,
}

impl Output for Nowhere<'_> {
    type Error = Infallible;

    fn keep(&self, _: &ManifestEntry) -> bool {
        true
    }

    fn keep_others(&self, _: Fingerprint, _: &HashSet<OutPath>) -> bool {
        true
    }

    fn write(&self, path: &OutPath, bytes: &[u8]) -> Result<ManifestEntry, Infallible> {
        self.observer.written();
        self.observer.rendered(path, bytes);
        Ok(ManifestEntry::of(path, bytes))
    }
}

/// A round whose observer hears of each file that is written.
pub(super) struct Observed<'a, R> {
    pub(super) round: &'a R,
    pub(super) observer: &'a dyn Observer,
}

impl<R: Round> Output for Observed<'_, R> {
    type Error = OutputError;

    fn examine(&self) {
        self.round.examine();
    }

    fn keep(&self, file: &ManifestEntry) -> bool {
        self.round.keep(file)
    }

    fn keep_others(&self, manifest: Fingerprint, but: &HashSet<OutPath>) -> bool {
        self.round.keep_others(manifest, but)
    }

    fn is_own(&self) -> bool {
        self.round.is_own()
    }

    fn write(&self, path: &OutPath, bytes: &[u8]) -> Result<ManifestEntry, OutputError> {
        self.observer.written();
        self.round.write(path, bytes)
    }
}
