//! Whether a published folder holds what was published, and nothing else, byte for byte.
//!
//! A build notices that a published file was touched; this tells somebody who does not want to
//! build. It believes nothing but the manifest, and writes nothing.

use std::{io, path::Path};

use rayon::prelude::*;
use walkdir::WalkDir;

use crate::{
    output::{Hash, Manifest, ManifestEntry, OutputError, path::MANIFEST, system::Root},
    source::names::is_left_by_looking,
};

/// How often to begin anew because a build published another site meanwhile.
const TRIES: usize = 5;

/// How an output folder compares with its manifest.
#[derive(Debug, PartialEq, Eq)]
pub struct Audit {
    /// How many files the manifest lists.
    pub files: usize,
    /// What is not as it says, by path.
    pub differences: Vec<Difference>,
}

/// Something that is not as the manifest says.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Difference {
    /// Where it is in the output folder. What is not Unicode is replaced.
    pub path: String,
    /// What is wrong with it.
    pub kind: DifferenceKind,
}

/// What is wrong with a path of the output folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum DifferenceKind {
    /// The file is not there.
    Missing,
    /// There is something else: a file with other bytes, one that cannot be read, or no file.
    Changed,
    /// The manifest does not list it. An empty folder, too, but not what file managers leave.
    Extra,
}

/// Compares all that is in an output folder with its manifest. It takes the reading of all files.
///
/// # Errors
///
/// Returns an error if there is no such folder, or if it has no manifest or cannot be listed.
pub fn audit(out: &Path) -> Result<Audit, OutputError> {
    if !out.exists() {
        return Err(OutputError::Missing { path: out.to_owned() });
    }
    let read = || Manifest::read(out)?.ok_or_else(|| OutputError::NotOurs { path: out.to_owned() });
    let (mut manifest, mut fingerprint) = read()?;
    let mut tries = 1;
    loop {
        let differences = differences(out, &manifest)?;
        let (again, now) = read()?;
        if now == fingerprint || tries == TRIES {
            return Ok(Audit { files: manifest.files().len(), differences });
        }
        (manifest, fingerprint) = (again, now);
        tries += 1;
    }
}

fn differences(out: &Path, manifest: &Manifest) -> Result<Vec<Difference>, OutputError> {
    let root = Root::open(out).map_err(OutputError::io("read", out))?;
    let files = manifest.files().par_iter().filter_map(|entry| {
        let kind = compare(&root, entry)?;
        Some(Difference { path: entry.path.to_string(), kind })
    });
    let mut differences: Vec<Difference> = files.collect();
    differences.extend(extra(out, manifest)?);
    differences.sort_unstable();
    Ok(differences)
}

/// What is wrong with a file that should be there.
fn compare(root: &Root, entry: &ManifestEntry) -> Option<DifferenceKind> {
    use io::ErrorKind::{NotADirectory, NotFound};
    match root.status(entry.path.as_str()) {
        Err(error) if matches!(error.kind(), NotFound | NotADirectory) => {
            return Some(DifferenceKind::Missing);
        }
        Ok(status) if status.is_file => {}
        _ => return Some(DifferenceKind::Changed),
    }
    let hash = root.open_file(entry.path.as_str()).and_then(|file| Hash::of_file(&file));
    (hash.ok() != Some(entry.blake3)).then_some(DifferenceKind::Changed)
}

/// What should not be there.
fn extra(out: &Path, manifest: &Manifest) -> Result<Vec<Difference>, OutputError> {
    let mut extra = Vec::new();
    // A folder comes after what is in it.
    for entry in WalkDir::new(out).min_depth(1).contents_first(true) {
        let entry = entry.map_err(|error| {
            let path = error.path().unwrap_or(out).to_owned();
            OutputError::io("read", path)(error.into())
        })?;
        let inside = entry.path().strip_prefix(out).unwrap_or(entry.path());
        let path = inside.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/");
        let is_folder = entry.file_type().is_dir();
        let is_ours = inside.to_str().is_some() && manifest.has(&path, is_folder);
        // A file in the place of a folder, or the other way round, is changed, which is told.
        let is_told = path == MANIFEST
            || manifest.position(&path).is_some()
            || is_left_by_looking(&entry.file_name().to_string_lossy());
        let is_filled =
            is_folder && entry.path().read_dir().is_ok_and(|mut it| it.next().is_some());
        if !is_ours && !is_told && !is_filled {
            extra.push(Difference { path, kind: DifferenceKind::Extra });
        }
    }
    Ok(extra)
}
