//! The output folder as it is found: where it really is, and whether it may be replaced.
//!
//! | found | outcome |
//! | --- | --- |
//! | nothing, or an empty folder | a first build |
//! | a manifest, and the files it lists | [`Published`]: what may stay |
//! | a manifest, and other files | [`OutputError::Foreign`] |
//! | other files and no manifest | [`OutputError::NotOurs`] |
//! | a file, or a link to nothing | [`OutputError::NotAFolder`] |
//!
//! What file managers leave (`.DS_Store`, `Thumbs.db`) counts as nothing. Files that the manifest
//! lists and that are gone or edited are no error: they are written again.

use std::{
    ffi::OsString,
    fs,
    io::{
        self,
        ErrorKind::{NotADirectory, NotFound},
    },
    path::{Path, PathBuf},
    time::SystemTime,
};

use rayon::prelude::*;

use crate::{
    fingerprint::Fingerprint,
    output::{
        Hash, Manifest, ManifestEntry, OutputError,
        manifest::ManifestFolder,
        path::MANIFEST,
        stamps::Stamps,
        system::{Abilities, Root},
        workplace::Workplace,
    },
    source::{Stamp, names::is_left_by_looking, now},
};

/// The output folder, present or not, with links followed to the folder they lead to.
#[derive(Debug)]
pub(super) struct OutputFolder {
    /// As it was requested; for messages.
    requested: PathBuf,
    /// Where it is.
    path: PathBuf,
    /// Where the site is made that takes its place.
    pub(super) workplace: Workplace,
    /// What can be done there.
    pub(super) abilities: Abilities,
}

impl OutputFolder {
    /// Finds the folder. The folders above it are made if they are missing. A link to a folder is
    /// followed, so that the folder it leads to is replaced and the link stays. Its content is not
    /// looked at; [`OutputFolder::examine`] does that. The workplace is beside it until the caller
    /// finds a better one.
    pub(super) fn find(requested: &Path) -> Result<Self, OutputError> {
        let wrong = || OutputError::NotAFolder { path: requested.to_owned() };
        let path = match fs::canonicalize(requested) {
            Ok(path) if path.is_dir() && path.file_name().is_some() => path,
            Ok(_) => return Err(wrong()),
            Err(cause) if cause.kind() != NotFound => {
                return Err(OutputError::io("open", requested)(cause));
            }
            Err(_) if requested.is_symlink() => return Err(wrong()),
            Err(_) => {
                let name = requested.file_name().ok_or_else(wrong)?;
                let above = match requested.parent() {
                    Some(above) if above != Path::new("") => above,
                    _ => Path::new("."),
                };
                fs::create_dir_all(above).map_err(OutputError::io("make", above))?;
                fs::canonicalize(above).map_err(OutputError::io("open", above))?.join(name)
            }
        };
        let (requested, workplace) = (requested.to_owned(), Workplace::beside(&path));
        Ok(Self { requested, path, workplace, abilities: Abilities::default() })
    }

    /// The folder as it was requested; for messages.
    pub(super) fn name(&self) -> &Path {
        &self.requested
    }

    /// Where the folder is.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// What was published here before; nothing if the folder is missing or empty. An error if it
    /// holds anything that a build would wrongly delete. Cost: the manifest, and a system call for
    /// each folder; a folder that changed since the manifest was written is listed. Files are not
    /// looked at.
    pub(super) fn examine(&self) -> Result<Option<Published>, OutputError> {
        let path = self.requested.clone();
        let Some((manifest, fingerprint)) = Manifest::read(&self.path)? else {
            let is_empty =
                names(&self.path)?.iter().all(|(name, _)| is_litter(&name.to_string_lossy()));
            return if is_empty { Ok(None) } else { Err(OutputError::NotOurs { path }) };
        };
        let since = written(&self.path.join(MANIFEST));
        let root = Root::open(&self.path).map_err(OutputError::io("read", &self.path))?;
        let strays = self.strays(&manifest, &root, since)?;
        let (litter, found): (Vec<_>, Vec<_>) =
            strays.into_iter().partition(|stray| is_litter(stray));
        if found.is_empty() {
            let stamps = Stamps::read(&self.workplace, fingerprint, manifest.files().len());
            Ok(Some(Published { manifest, fingerprint, root, since, litter, stamps }))
        } else {
            Err(OutputError::Foreign { path, found })
        }
    }

    /// What is in the folder but not in its manifest, in order. A folder stands for all in it, and
    /// one that was not touched since `since` is not listed. Sorted, so that messages are the same
    /// each time.
    fn strays(
        &self,
        manifest: &Manifest,
        root: &Root,
        since: SystemTime,
    ) -> Result<Vec<String>, OutputError> {
        let strays_in = |folder: &ManifestFolder<'_>| -> Result<Vec<String>, OutputError> {
            if is_untouched(root, folder.path, since) {
                return Ok(Vec::new());
            }
            let strays =
                names(&self.path.join(folder.path))?.into_iter().filter_map(|(name, is_folder)| {
                    let path = below(folder.path, &name.to_string_lossy());
                    // A name that is no Unicode is never ours, whatever it looks like as text.
                    let is_ours = name.to_str().is_some() && manifest.has(&path, is_folder);
                    (!is_ours).then_some(path)
                });
            Ok(strays.collect())
        };
        // The cost is a system call or five for each folder, so all processors take part.
        let folders = manifest.folders();
        let strays: Result<Vec<_>, _> = folders.par_iter().map(strays_in).collect();
        let mut strays = strays?.concat();
        strays.sort_unstable();
        Ok(strays)
    }
}

/// A site that was published before.
#[derive(Debug)]
pub(super) struct Published {
    pub(super) manifest: Manifest,
    /// The fingerprint of the manifest's bytes.
    pub(super) fingerprint: Fingerprint,
    /// The folder itself, until another one takes its place.
    pub(super) root: Root,
    /// When the manifest was written, as the last file: what is younger was changed by somebody
    /// else.
    pub(super) since: SystemTime,
    /// The paths of what others left in it and nobody misses.
    pub(super) litter: Vec<String>,
    /// How the build that published it left its files.
    pub(super) stamps: Stamps,
}

/// A published file that is as it was published.
#[derive(Debug, Clone, Copy)]
pub(super) struct Intact {
    /// Its stamp, if that would show a further edit.
    pub(super) stamp: Option<Stamp>,
    /// That could be told from its stamp alone.
    pub(super) was_known: bool,
}

impl Published {
    /// A file of the manifest by its number, if it is there with the bytes that were published.
    ///
    /// That is so if its stamp is the one with which it was published: nobody can write a file, or
    /// put another in its place, and leave the time of its last change and its inode as they were.
    /// A file with another stamp, which was copied or unpacked together with its folder, is read.
    /// So it costs a system call, and now and then the reading.
    pub(super) fn intact(&self, at: usize) -> Option<Intact> {
        let entry = &self.manifest.files()[at];
        let now = now();
        let status = self.root.status(entry.path.as_str()).ok()?;
        if !status.is_file || status.size != Some(entry.size) {
            return None;
        }
        // It was taken before the bytes are read, so it shows whatever is written from here on.
        let stamp = status.stamp();
        let was_known = stamp.is_some() && self.stamps.of(at) == stamp;
        if !was_known && !self.has_bytes(entry) {
            return None;
        }
        let stamp = stamp.filter(|it| was_known || it.is_settled(now));
        Some(Intact { stamp, was_known })
    }

    /// Whether the bytes of a file are those that were published.
    fn has_bytes(&self, entry: &ManifestEntry) -> bool {
        let hash = self.root.open_file(entry.path.as_str()).and_then(|file| Hash::of_file(&file));
        hash.is_ok_and(|it| it == entry.blake3)
    }
}

/// When a file was written; long ago if that cannot be known or has yet to come, since a clock
/// that was wrong proves nothing.
pub(super) fn written(file: &Path) -> SystemTime {
    let modified = fs::metadata(file).and_then(|it| it.modified()).ok();
    modified.filter(|it| *it <= SystemTime::now()).unwrap_or(SystemTime::UNIX_EPOCH)
}

/// Whether no name came into a folder or left it since a moment. By the time at which the system
/// changed the folder (`ctime`), which nobody can set. False where there is no such time, so all is
/// looked at.
pub(super) fn is_untouched(root: &Root, folder: &str, since: SystemTime) -> bool {
    // At the same moment is too late: clocks of file systems take steps of milliseconds.
    let is_older = |time: SystemTime| time < since;
    root.status(folder).is_ok_and(|status| status.is_folder && status.changed.is_some_and(is_older))
}

/// Whether the last name of a path is one that a file manager makes.
fn is_litter(path: &str) -> bool {
    is_left_by_looking(path.rsplit('/').next().unwrap_or(path))
}

/// The path of a name in a folder of the site.
pub(super) fn below(folder: &str, name: &str) -> String {
    if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") }
}

/// The names in a folder, and whether each is a folder. What is no folder has none.
fn names(folder: &Path) -> Result<Vec<(OsString, bool)>, OutputError> {
    let read = || -> io::Result<Vec<(OsString, bool)>> {
        let mut names = Vec::new();
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            names.push((entry.file_name(), entry.file_type()?.is_dir()));
        }
        Ok(names)
    };
    match read() {
        Err(cause) if matches!(cause.kind(), NotFound | NotADirectory) => Ok(Vec::new()),
        result => result.map_err(OutputError::io("read", folder)),
    }
}
