//! The output folder as it is found: where it really is, and whether it may be replaced.

use std::{
    collections::HashSet,
    ffi::OsString,
    fs,
    io::{
        self,
        ErrorKind::{NotADirectory, NotFound},
    },
    path::{Path, PathBuf},
};

use rayon::prelude::*;

use super::{Manifest, OutputError, manifest};

/// What file managers leave in a folder because somebody looked at it. Nobody misses it.
const LITTER: [&str; 3] = [".DS_Store", "Thumbs.db", "desktop.ini"];

/// The output folder, present or not, with links followed to the folder they lead to.
#[derive(Debug)]
pub(super) struct Place {
    /// As it was asked for; for messages.
    asked: PathBuf,
    /// Where it is.
    path: PathBuf,
}

impl Place {
    /// Finds the folder. The folders above it are made if they are missing.
    pub(super) fn find(asked: &Path) -> Result<Self, OutputError> {
        let wrong = || OutputError::NotAFolder { path: asked.to_owned() };
        let path = match fs::canonicalize(asked) {
            Ok(path) if path.is_dir() && path.file_name().is_some() => path,
            Ok(_) => return Err(wrong()),
            Err(cause) if cause.kind() != NotFound => {
                return Err(OutputError::io("open", asked)(cause));
            }
            Err(_) if asked.is_symlink() => return Err(wrong()),
            Err(_) => {
                let name = asked.file_name().ok_or_else(wrong)?;
                let above = match asked.parent() {
                    Some(above) if above != Path::new("") => above,
                    _ => Path::new("."),
                };
                fs::create_dir_all(above).map_err(OutputError::io("make", above))?;
                fs::canonicalize(above).map_err(OutputError::io("open", above))?.join(name)
            }
        };
        Ok(Self { asked: asked.to_owned(), path })
    }

    /// The folder as it was asked for; for messages.
    pub(super) fn name(&self) -> &Path {
        &self.asked
    }

    /// Where the folder is.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// A name beside the folder, in the same file system: `.public.linli-new` for `new`.
    pub(super) fn beside(&self, role: &str) -> PathBuf {
        let mut name = OsString::from(".");
        name.push(self.path.file_name().expect("the root of a file system is no place"));
        name.push(".linli-");
        name.push(role);
        self.path.with_file_name(name)
    }

    /// What was published here before; nothing if the folder is missing or empty. An error if it
    /// holds anything that a build would wrongly delete.
    pub(super) fn examine(&self) -> Result<Option<Manifest>, OutputError> {
        let path = self.asked.clone();
        let Some(manifest) = Manifest::read(&self.path)? else {
            let is_empty = names(&self.path)?.is_empty();
            return if is_empty { Ok(None) } else { Err(OutputError::NotOurs { path }) };
        };
        let found = self.foreign(&manifest)?;
        if found.is_empty() {
            Ok(Some(manifest))
        } else {
            Err(OutputError::Foreign { path, found })
        }
    }

    /// What is in the folder but not in its manifest, in order.
    fn foreign(&self, manifest: &Manifest) -> Result<Vec<String>, OutputError> {
        let files: HashSet<&str> = manifest.files().iter().map(|it| it.path.as_str()).collect();
        let folders = folders_of(&files);
        let foreign_in = |folder: &&str| -> Result<Vec<String>, OutputError> {
            let mut found = Vec::new();
            for (name, is_folder) in names(&self.path.join(folder))? {
                let text = name.to_string_lossy();
                let path = if folder.is_empty() { text.into() } else { format!("{folder}/{text}") };
                let listed = if is_folder { &folders } else { &files };
                let is_ours = listed.contains(path.as_str()) || path == manifest::NAME;
                // A name that is no Unicode is never ours, whatever it looks like as text.
                if !is_ours || name.to_str().is_none() {
                    found.push(path);
                }
            }
            Ok(found)
        };
        // The cost is a system call or five for each folder, so all processors take part.
        let found: Result<Vec<_>, _> = folders.par_iter().map(foreign_in).collect();
        let mut found = found?.concat();
        found.sort_unstable();
        Ok(found)
    }
}

/// All folders above these files, with the output folder itself as the empty path.
fn folders_of<'a>(files: &HashSet<&'a str>) -> HashSet<&'a str> {
    let mut folders = HashSet::from([""]);
    for file in files {
        let mut path = *file;
        while let Some((above, _)) = path.rsplit_once('/')
            && folders.insert(above)
        {
            path = above;
        }
    }
    folders
}

/// The names in a folder, and whether each is a folder. What is no folder has none.
fn names(folder: &Path) -> Result<Vec<(OsString, bool)>, OutputError> {
    let read = || -> io::Result<Vec<(OsString, bool)>> {
        let mut names = Vec::new();
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            let name = entry.file_name();
            if LITTER.iter().all(|it| name != *it) {
                names.push((name, entry.file_type()?.is_dir()));
            }
        }
        Ok(names)
    };
    match read() {
        Err(cause) if matches!(cause.kind(), NotFound | NotADirectory) => Ok(Vec::new()),
        result => result.map_err(OutputError::io("read", folder)),
    }
}
