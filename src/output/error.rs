//! What can stop the output.
//!
//! In `linli build` each ends the run with status 2, after a line such as
//!
//! ```text
//! linli: `public` holds what Linli did not write and a build would delete: `notes.txt`; move it
//! elsewhere, or name another folder with --out
//! ```
//!
//! Mistakes in the content are no errors here; they are diagnostics, and nothing is written then.

use std::{fmt, io, path::PathBuf};

use crate::output::OutPath;

/// Why a site was not published. Whatever the reason, the published folder is as it was.
#[derive(Debug)]
pub enum OutputError {
    /// The output folder is a file, a link to nothing, or the root of a file system.
    NotAFolder {
        /// The output folder, as it was requested.
        path: PathBuf,
    },
    /// There is no output folder to be compared.
    Missing {
        /// The output folder, as it was requested.
        path: PathBuf,
    },
    /// The output folder is not empty and holds no manifest of Linli's.
    NotOurs {
        /// The output folder, as it was requested.
        path: PathBuf,
    },
    /// The output folder holds files that its manifest does not list.
    Foreign {
        /// The output folder, as it was requested.
        path: PathBuf,
        /// What was found, relative to it, in order. A folder stands for all that is in it.
        found: Vec<String>,
    },
    /// Another build is writing to the same folder.
    Busy {
        /// The output folder, as it was requested.
        path: PathBuf,
    },
    /// The file was written before, or its path is also the path of a folder.
    Twice {
        /// The file.
        path: OutPath,
    },
    /// The system refused.
    Io {
        /// What was tried: `write`, `read`, `replace`.
        verb: &'static str,
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        cause: io::Error,
    },
}

impl OutputError {
    /// For `map_err`: says what was tried, and on what. Usable once: the closure takes the path
    /// along.
    pub(crate) fn io(
        verb: &'static str,
        path: impl Into<PathBuf>,
    ) -> impl FnOnce(io::Error) -> Self {
        move |cause| Self::Io { verb, path: path.into(), cause }
    }
}

impl fmt::Display for OutputError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotAFolder { path } => {
                write!(
                    f,
                    "`{}` cannot be the output folder: it is a file or a broken link",
                    path.display()
                )
            }
            Self::Missing { path } => write!(
                f,
                "there is no folder `{}`; linli build makes it, and --out names another one",
                path.display()
            ),
            Self::NotOurs { path } => write!(
                f,
                "`{}` is not empty and was not made by Linli; name a new or an empty folder with --out",
                path.display()
            ),
            Self::Foreign { path, found } => write!(
                f,
                "`{}` holds what Linli did not write and a build would delete: {}; move it elsewhere, \
                 or name another folder with --out",
                path.display(),
                Few(found)
            ),
            Self::Busy { path } => write!(f, "another build is writing to `{}`", path.display()),
            Self::Twice { path } => write!(f, "two files of the site have the path `{path}`"),
            Self::Io { verb, path, cause } => {
                write!(f, "cannot {verb} `{}`: {cause}{}", path.display(), hint(verb, cause.kind()))
            }
        }
    }
}

impl std::error::Error for OutputError {}

/// What the user can do about a failure of the system; empty if there is no good advice. A full
/// disk (`StorageFull`) is met while files are written, a mounted folder (`CrossesDevices`,
/// `ResourceBusy`) at the swap alone.
fn hint(verb: &str, kind: io::ErrorKind) -> &'static str {
    use io::ErrorKind::{CrossesDevices, QuotaExceeded, ResourceBusy, StorageFull};
    match (verb, kind) {
        (_, StorageFull | QuotaExceeded) => {
            "; the published site is as it was: free some space and build again"
        }
        ("replace", CrossesDevices | ResourceBusy) => {
            "; a mounted folder cannot be replaced: name a folder inside it with --out"
        }
        _ => "",
    }
}

/// The first names of a list, and how many more there are. `a`, `b`, `c`, `d`, `e` and 12 more: a
/// folder of somebody's may have thousands of files.
struct Few<'a>(&'a [String]);

impl fmt::Display for Few<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const SHOWN: usize = 5;
        for (index, name) in self.0.iter().take(SHOWN).enumerate() {
            write!(f, "{}`{name}`", if index == 0 { "" } else { ", " })?;
        }
        match self.0.len().saturating_sub(SHOWN) {
            0 => Ok(()),
            more => write!(f, " and {more} more"),
        }
    }
}
