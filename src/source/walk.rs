//! What a folder of the site holds, in one order on every system.

use std::io;

use rayon::prelude::*;

use crate::{
    diagnostic::{Checked, Code, Diagnostic, Location},
    source::{
        EntryKind, SitePath, Stamp, World,
        names::{is_device, is_forbidden, is_litter},
    },
};

/// Folders inside folders beyond this depth are not followed.
const MAX_DEPTH: usize = 32;

/// A folder, and all that it holds. Names that begin with a dot, and what office programs leave
/// behind (`~$list.xlsx`, `Thumbs.db`), are not there.
#[derive(Debug, Clone, Default)]
pub struct Folder {
    /// Its own path; nothing for an empty site.
    pub path: Option<SitePath>,
    /// Its files, by name.
    pub files: Vec<SitePath>,
    /// The stamps of the files, as far as they came with the names.
    stamps: Vec<Option<Stamp>>,
    /// Its folders, by name.
    pub folders: Vec<Folder>,
}

impl Folder {
    /// The files in it and in all folders below.
    pub fn all_files(&self) -> Vec<&SitePath> {
        let mut files: Vec<&SitePath> = self.files.iter().collect();
        files.extend(self.folders.iter().flat_map(Self::all_files));
        files
    }

    /// The same, with the stamps that are known.
    pub(super) fn all_stamps(&self) -> Vec<(&SitePath, Option<Stamp>)> {
        let mut files: Vec<_> = self.files.iter().zip(self.stamps.iter().copied()).collect();
        files.extend(self.folders.iter().flat_map(Self::all_stamps));
        files
    }
}

/// Lists a folder of the site. A folder that does not exist is an empty one.
pub fn walk(world: &dyn World, path: &SitePath) -> Checked<Folder> {
    walk_to(world, path, MAX_DEPTH)
}

fn walk_to(world: &dyn World, path: &SitePath, depth: usize) -> Checked<Folder> {
    let mut diagnostics = Vec::new();
    let mut folder = Folder { path: Some(path.clone()), ..Folder::default() };
    let mut entries = match world.list(path) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => Vec::new(),
        Err(error) => {
            diagnostics.push(unreadable(path, &error));
            Vec::new()
        }
    };
    entries.retain(|it| !is_litter(&it.name));
    entries.sort_by(|a, b| a.name.cmp(&b.name));
    let mut folders = Vec::new();
    for entry in entries {
        let path = path.join(&entry.name);
        if let Some(character) = illegal(&entry.name) {
            diagnostics.push(
                Diagnostic::error(Code::IllegalFileName, Location::file(path))
                    .arg("name", entry.name.replace(char::is_control, "?"))
                    .arg("character", character)
                    .help("rename"),
            );
            continue;
        }
        match entry.kind {
            EntryKind::File => {
                folder.files.push(path);
                folder.stamps.push(entry.stamp);
            }
            EntryKind::Folder if depth > 0 => folders.push(path),
            EntryKind::Folder => diagnostics.push(
                Diagnostic::error(Code::TooDeep, Location::file(path))
                    .arg("limit", MAX_DEPTH.to_string())
                    .help("flatten"),
            ),
            EntryKind::Stray(target) => diagnostics.push(
                Diagnostic::error(Code::SymlinkOutside, Location::file(path))
                    .arg("target", target)
                    .help("copy"),
            ),
            EntryKind::Other => diagnostics.push(
                Diagnostic::error(Code::UnknownFile, Location::file(path))
                    .arg("name", entry.name)
                    .help("kinds"),
            ),
        }
    }
    let walked: Vec<_> = folders.par_iter().map(|it| walk_to(world, it, depth - 1)).collect();
    folder.folders = walked.into_iter().map(|it| it.report(&mut diagnostics)).collect();
    Checked { value: folder, diagnostics }
}

/// A file or folder that the system does not let us read.
pub(crate) fn unreadable(path: &SitePath, error: &io::Error) -> Diagnostic {
    Diagnostic::error(Code::Unreadable, Location::file(path.clone()))
        .arg("reason", error.to_string())
        .help("permission")
}

/// What makes a name one that Windows cannot hold or that changes its meaning in an address: a
/// character, or the word for a kind of them.
fn illegal(name: &str) -> Option<String> {
    if is_device(name) {
        return Some("reserved".to_owned());
    }
    let bad = |it: &char| is_forbidden(*it) || it.is_control() || "#%\u{fffd}".contains(*it);
    if let Some(character) = name.chars().find(bad) {
        let unseen = character.is_control() || character == '\u{fffd}';
        return Some(if unseen { "control".to_owned() } else { character.to_string() });
    }
    if name.ends_with(' ') || name.starts_with(' ') {
        return Some("space".to_owned());
    }
    name.ends_with('.').then(|| ".".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Memory;

    #[test]
    fn lists_by_name_and_leaves_litter_out() {
        let world = Memory::new([
            ("content/b/place.yaml", ""),
            ("content/a.yaml", ""),
            ("content/~$a.xlsx", ""),
            ("content/.git/config", ""),
            ("content/a:b.yaml", ""),
            ("content/com1.yaml", ""),
        ]);
        let walked = walk(&world, &SitePath::new("content"));
        assert_eq!(walked.value.files, [SitePath::new("content/a.yaml")]);
        assert_eq!(walked.value.folders[0].files, [SitePath::new("content/b/place.yaml")]);
        let codes: Vec<_> = walked.diagnostics.iter().map(|it| it.code).collect();
        assert_eq!(codes, [Code::IllegalFileName, Code::IllegalFileName]);
    }

    #[test]
    fn no_folder_is_an_empty_one() {
        let walked = walk(&Memory::default(), &SitePath::new("content"));
        assert!(walked.value.files.is_empty() && walked.diagnostics.is_empty());
    }
}
