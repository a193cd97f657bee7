//! Two folders change places.

use std::{fs, io, path::Path};

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
        match fs::remove_dir_all(&path) {
            Err(cause) if cause.kind() != io::ErrorKind::NotFound => {
                return Err(OutputError::io("remove", path)(cause));
            }
            _ => {}
        }
    }
    Ok(())
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
