//! Files that are too large, or have nothing in them, whatever they are.

use crate::diagnostic::{Code, Diagnostic, Location, SitePath};

/// The largest text file that is read, in bytes. A record file of this size holds some hundred
/// thousand records; anything larger is a mistake.
pub const MAX_FILE: u64 = 32 << 20;

/// A file that is larger than any that is read.
pub(super) fn too_large(path: &SitePath) -> Diagnostic {
    Diagnostic::error(Code::FileTooLarge, Location::file(path.clone()))
        .arg("limit", format!("{} MB", MAX_FILE >> 20))
        .help("split")
}

/// A file with nothing in it.
pub(crate) fn empty(path: &SitePath) -> Diagnostic {
    Diagnostic::warning(Code::EmptyFile, Location::file(path.clone())).help("fill")
}
