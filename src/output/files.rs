//! Small steps in a folder that only this process changes.
//!
//! Staging folders and previews are held by a lock, so nothing changes between two of these steps.
//! The published folder is no such place; it is only looked at, and replaced as a whole.

use std::{
    fs::{self, File},
    io::{
        self,
        ErrorKind::{AlreadyExists, NotADirectory, NotFound},
    },
    path::Path,
};

/// Creates a file that is not there yet, and the folders above it. `AlreadyExists` if there is
/// anything at the path, a broken link too: nothing is ever overwritten here.
pub(super) fn create(path: &Path) -> io::Result<File> {
    make_folder(path)?;
    File::create_new(path)
}

/// Makes the folders above a file. No error if they are there. A file in place of the nearest one
/// goes unnoticed; what is then created below it fails.
pub(super) fn make_folder(path: &Path) -> io::Result<()> {
    let folder = path.parent().expect("a file is in a folder");
    // Nearly every page has a folder of its own, and the folders above it are there already.
    match fs::create_dir(folder) {
        Err(cause) if cause.kind() == NotFound => fs::create_dir_all(folder),
        Err(cause) if cause.kind() != AlreadyExists => Err(cause),
        _ => Ok(()),
    }
}

/// Removes a file, if there is one. A link is removed itself. A folder is an error.
pub(super) fn unlink(path: &Path) -> io::Result<()> {
    absent(fs::remove_file(path))
}

/// Removes an empty folder, if there is one. One with anything in it is an error.
pub(super) fn remove_folder(path: &Path) -> io::Result<()> {
    absent(fs::remove_dir(path))
}

/// What is missing needs no removing.
fn absent(result: io::Result<()>) -> io::Result<()> {
    match result {
        Err(cause) if matches!(cause.kind(), NotFound | NotADirectory) => Ok(()),
        result => result,
    }
}
