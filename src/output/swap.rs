//! Two folders change places, and what is left in the workplace goes.
//!
//! A swap in one step is `renameat2` with `RENAME_EXCHANGE` on Linux and `renameatx_np` on Apple's
//! systems. Elsewhere, and on file systems that refuse it, two renames follow each other; between
//! them a web server finds no site for a moment.

use std::{fs, io, path::Path};

use rayon::prelude::*;

use crate::output::{OutputError, folder::OutputFolder, system, workplace::Workplace};

/// Puts back the site of a build that died between the two steps of [`in_two_steps`]. To be called
/// under the lock, before the folder is examined. Nothing happens if a site is there.
pub(super) fn recover(out: &Path, workplace: &Workplace) -> Result<(), OutputError> {
    let old = workplace.at("old");
    if out.exists() || !old.exists() {
        return Ok(());
    }
    fs::rename(&old, out).map_err(OutputError::io("restore", out))
}

/// Removes what a build leaves in the workplace: the old site, or a site that was never done. The
/// mirror stays.
pub(super) fn clear(workplace: &Workplace) -> Result<(), OutputError> {
    ["new", "next", "old"].into_iter().try_for_each(|role| discard(&workplace.at(role)))
}

/// Removes what is at a path, if anything is. A link is not followed. What is missing is no error.
pub(crate) fn discard(path: &Path) -> Result<(), OutputError> {
    let result = match fs::symlink_metadata(path) {
        Ok(it) if it.is_dir() => remove(path),
        Ok(_) => fs::remove_file(path),
        Err(cause) if cause.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(cause) => Err(cause),
    };
    result.map_err(OutputError::io("remove", path))
}

/// Removes a folder and all that is in it.
fn remove(folder: &Path) -> io::Result<()> {
    empty(folder, |_| true)?;
    fs::remove_dir(folder)
}

/// Removes what is in a folder under the chosen names. Some disks wait a while for each file that
/// goes, so all processors take part.
pub(super) fn empty(folder: &Path, is_chosen: impl Fn(&Path) -> bool) -> io::Result<()> {
    let entries = fs::read_dir(folder)?.map(|entry| {
        let entry = entry?;
        Ok((entry.path(), entry.file_type()?.is_dir()))
    });
    // Read to the end first: an open folder may skip names when others are removed from it.
    let mut entries: Vec<_> = entries.collect::<io::Result<_>>()?;
    entries.retain(|(path, _)| is_chosen(path));
    entries.par_iter().try_for_each(
        |(path, is_folder)| if *is_folder { remove(path) } else { fs::remove_file(path) },
    )
}

/// Puts the `new` folder at the place, in one step if the file system can. Whether it could; then
/// what was at the place is at `new`. Otherwise it is in the workplace, for [`clear`] to remove.
/// The new folder takes over the permissions of the old one. On error the published folder is where
/// it was.
pub(super) fn replace(place: &OutputFolder, new: &Path) -> Result<bool, OutputError> {
    let result = if let Ok(old) = fs::metadata(place.path()) {
        // Whoever opened or closed the folder to others meant the folder, not this build. A system
        // that refuses leaves it as folders are made.
        let _ = fs::set_permissions(new, old.permissions());
        match (place.abilities.exchange)(new, place.path()) {
            Err(cause) if system::is_unsupported(&cause) => {
                in_two_steps(place, new).map(|()| false)
            }
            result => result.map(|()| true),
        }
    } else {
        fs::rename(new, place.path()).map(|()| false)
    };
    result.map_err(OutputError::io("replace", place.name()))
}

/// Moves the old folder aside and the new one in. In between there is no folder; a build that dies
/// there leaves it to the next to [`recover`].
pub(super) fn in_two_steps(place: &OutputFolder, new: &Path) -> io::Result<()> {
    let old = place.workplace.at("old");
    fs::rename(place.path(), &old)?;
    fs::rename(new, place.path()).inspect_err(|_| {
        // The first failure is the one to report.
        let _ = fs::rename(&old, place.path());
    })
}
