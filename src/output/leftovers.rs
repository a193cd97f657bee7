//! What killed builds left in other workplaces than that of the build that runs.
//!
//! Its own it clears when it begins (`stage.rs`). A build that was killed while it wrote to another
//! folder, or had to work beside the folder, may never be followed by one that does the same.

use std::{fs, path::Path};

use crate::output::{OutputError, lock::Lock, swap, workplace::Workplace};

/// What lies in a workplace, beside the lock.
const ROLES: [&str; 5] = ["new", "next", "old", "mirror", "stamps"];

/// Removes what builds left that had their workplace beside an output folder, when others now have
/// theirs in `.linli`. A site that was to be put back is put back first. `name` is the output folder
/// as messages call it.
///
/// # Errors
///
/// Returns an error if another build is at work there, or if something cannot be removed.
pub(super) fn clear_beside(out: &Path, name: &Path) -> Result<(), OutputError> {
    let beside = Workplace::beside(out);
    if !has_any(&beside, &ROLES) {
        return Ok(());
    }
    let _lock = Lock::take(&beside, name)?;
    swap::recover(out, &beside)?;
    discard(&beside, &ROLES)
}

/// Removes what killed builds left in the workplaces of other output folders than this one's, and
/// the workplaces of folders that are gone. What another build is at work on stays, and so does
/// what cannot be removed: it is of no matter to this build.
pub(super) fn clear_others(site: &Path, own: &Workplace) {
    let Ok(site) = site.canonicalize() else { return };
    for other in Workplace::all_inside(&site).iter().filter(|it| *it != own) {
        let _ = clear_other(&site, other);
    }
}

fn clear_other(site: &Path, other: &Workplace) -> Result<(), OutputError> {
    let out = other.out(site);
    // Where there is no site, the old one is all that is left of it.
    let is_there = out.as_ref().is_some_and(|it| it.exists());
    let of_no_use: &[&str] = if is_there { &["new", "next", "old"] } else { &["new", "next"] };
    let is_gone = out.is_some() && !is_there && !other.at("old").exists();
    if !is_gone && !has_any(other, of_no_use) {
        return Ok(());
    }
    let lock = Lock::take(other, other.folder())?;
    discard(other, of_no_use)?;
    if is_gone {
        discard(other, &ROLES)?;
        drop(lock);
        // A build that begins in this very moment has a file in it, and keeps it.
        let _ = fs::remove_dir(other.folder());
    }
    Ok(())
}

fn has_any(workplace: &Workplace, roles: &[&str]) -> bool {
    roles.iter().any(|role| fs::symlink_metadata(workplace.at(role)).is_ok())
}

fn discard(workplace: &Workplace, roles: &[&str]) -> Result<(), OutputError> {
    roles.iter().try_for_each(|role| swap::discard(&workplace.at(role)))
}
