//! The output folder and the site must not lie in each other.
//!
//! | output, for the site `/s` | |
//! | --- | --- |
//! | `/s/public`, `/elsewhere` | allowed |
//! | `/s/content/out`, `/s/themes` | refused: the next build would read it as part of the site |
//! | `/s/.linli`, `/s/.linli/out` | refused: that folder is not for the public, and may be deleted |
//! | `/s`, `/` | refused: publishing would replace the site itself |

use std::path::Path;

use crate::{build::BuildError, output::private};

/// Checks that an output folder neither is nor holds what the site is made from.
///
/// Symbolic links are followed, so a link into `content/` is refused, too. The output folder need
/// not be there: of a path that does not exist, the part that does is followed.
///
/// # Errors
///
/// Returns an error if it is or does, or if the site's folder cannot be read.
pub fn check_outside(site: &Path, out: &Path) -> Result<(), BuildError> {
    let site = site.canonicalize().map_err(BuildError::Site)?;
    let mut known = out.to_path_buf();
    // The folder may not be there yet, nor those above it.
    let existing = loop {
        match known.canonicalize() {
            Ok(path) => break path.join(out.strip_prefix(&known).unwrap_or(Path::new(""))),
            Err(_) if known.pop() => {}
            Err(_) => break std::env::current_dir().map_err(BuildError::Site)?.join(out),
        }
    };
    let within = |name: &str| existing.starts_with(site.join(name));
    let is_within = ["content", "themes", private::FOLDER].into_iter().any(within);
    if site.starts_with(&existing) || is_within {
        return Err(BuildError::OutputInSite(out.display().to_string()));
    }
    Ok(())
}
