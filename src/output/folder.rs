//! The output folder as it is found: where it really is, and whether it may be replaced.
//!
//! | found | outcome |
//! | --- | --- |
//! | nothing, or an empty folder | a first build |
//! | a manifest, and the files it lists | [`Published`]: what may be kept |
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
        Manifest, ManifestEntry, OutputError,
        manifest::ManifestFolder,
        path::MANIFEST,
        system::{Abilities, Root},
    },
    source::names::is_left_by_looking,
};

/// The output folder, present or not, with links followed to the folder they lead to.
#[derive(Debug)]
pub(super) struct OutputFolder {
    /// As it was requested; for messages.
    requested: PathBuf,
    /// Where it is.
    path: PathBuf,
    /// What can be done there.
    pub(super) abilities: Abilities,
}

impl OutputFolder {
    /// Finds the folder. The folders above it are made if they are missing. A link to a folder is
    /// followed, so that the folder it leads to is replaced and the link stays. Its content is not
    /// looked at; [`OutputFolder::examine`] does that.
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
        Ok(Self { requested: requested.to_owned(), path, abilities: Abilities::default() })
    }

    /// The folder as it was requested; for messages.
    pub(super) fn name(&self) -> &Path {
        &self.requested
    }

    /// Where the folder is.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// A name beside the folder, in the same file system: `.public.linli-new` for `new`. Only there
    /// can it change places with the folder in one step.
    pub(super) fn beside(&self, role: &str) -> PathBuf {
        let mut name = OsString::from(".");
        name.push(self.path.file_name().expect("the root of a file system is no place"));
        name.push(".linli-");
        name.push(role);
        self.path.with_file_name(name)
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
            Ok(Some(Published { manifest, fingerprint, root, since, litter }))
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
}

impl Published {
    /// Whether a file of the manifest is there, unchanged since it was published. By its status,
    /// not its bytes: a file, of the right size, not younger than the manifest. Who sets back the
    /// time of an edited file of the same size deceives it. A system call for each.
    pub(super) fn has(&self, entry: &ManifestEntry) -> bool {
        self.root.status(entry.path.as_str()).is_ok_and(|status| {
            let is_older = status.modified.is_some_and(|it| it <= self.since);
            status.is_file && status.size == Some(entry.size) && is_older
        })
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
