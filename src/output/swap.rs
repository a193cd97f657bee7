//! Two folders change places.

use std::{fs, io, path::Path};

use rayon::prelude::*;

use super::{OutputError, folder::Place};

/// Puts back the site of a build that died between the two steps of [`in_two_steps`].
pub(super) fn recover(place: &Place) -> Result<(), OutputError> {
    let old = place.beside("old");
    if place.path().exists() || !old.exists() {
        return Ok(());
    }
    fs::rename(&old, place.path()).map_err(OutputError::io("restore", place.path()))
}

/// Removes what a build leaves beside the folder: the old site, or a site that was never done.
pub(super) fn clear(place: &Place) -> Result<(), OutputError> {
    for role in ["new", "old"] {
        let path = place.beside(role);
        let result = match fs::symlink_metadata(&path) {
            Ok(it) if it.is_dir() => remove(&path),
            Ok(_) => fs::remove_file(&path),
            Err(cause) if cause.kind() == io::ErrorKind::NotFound => Ok(()),
            Err(cause) => Err(cause),
        };
        result.map_err(OutputError::io("remove", path))?;
    }
    Ok(())
}

/// Removes a folder and all that is in it. Some disks wait a while for each file that goes, so all
/// processors take part.
pub(super) fn remove(folder: &Path) -> io::Result<()> {
    let entries = fs::read_dir(folder)?.map(|entry| {
        let entry = entry?;
        Ok((entry.path(), entry.file_type()?.is_dir()))
    });
    // Read to the end first: an open folder may skip names when others are removed from it.
    let entries: Vec<_> = entries.collect::<io::Result<_>>()?;
    let removed = entries
        .par_iter()
        .map(|(path, is_folder)| if *is_folder { remove(path) } else { fs::remove_file(path) });
    removed.collect::<io::Result<()>>()?;
    fs::remove_dir(folder)
}

/// Puts the `new` folder at the place, in one step if the file system can. What was there is then
/// at `new` or beside the place, for [`clear`] to remove.
pub(super) fn replace(place: &Place, new: &Path) -> Result<(), OutputError> {
    let result = if let Ok(old) = fs::metadata(place.path()) {
        // Whoever opened or closed the folder to others meant the folder, not this build. A system
        // that refuses leaves it as folders are made.
        let _ = fs::set_permissions(new, old.permissions());
        match exchange(new, place.path()) {
            Err(cause) if is_unsupported(&cause) => in_two_steps(place, new),
            result => result,
        }
    } else {
        fs::rename(new, place.path())
    };
    result.map_err(OutputError::io("replace", place.name()))
}

/// Moves the old folder aside and the new one in. In between there is no folder; a build that dies
/// there leaves it to the next to [`recover`].
pub(super) fn in_two_steps(place: &Place, new: &Path) -> io::Result<()> {
    let old = place.beside("old");
    fs::rename(place.path(), &old)?;
    fs::rename(new, place.path()).inspect_err(|_| {
        // The first failure is the one to report.
        let _ = fs::rename(&old, place.path());
    })
}

#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
fn exchange(a: &Path, b: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    Ok(renameat_with(CWD, a, CWD, b, RenameFlags::EXCHANGE)?)
}

#[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
fn exchange(_: &Path, _: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

/// The system does not know the call, or the file system cannot do it.
fn is_unsupported(cause: &io::Error) -> bool {
    matches!(cause.kind(), io::ErrorKind::Unsupported | io::ErrorKind::InvalidInput)
}
