//! Writes a file so that it is the old one or the new one, whatever happens in between.

use std::{
    fs::{self, File},
    io::{self, Write as _},
    path::Path,
};

/// Puts these bytes in the place of a file, in one step. Its permissions stay. A program that is ended
/// halfway leaves a hidden file beside it, which the next writing takes over.
pub fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let name = path.file_name().map(|it| it.to_string_lossy().into_owned()).unwrap_or_default();
    let beside = path.with_file_name(format!(".{name}.tmp"));
    let written = write(path, &beside, bytes);
    if written.is_err() {
        let _ = fs::remove_file(&beside);
    }
    written
}

fn write(path: &Path, beside: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = File::create(beside)?;
    file.write_all(bytes)?;
    if let Ok(known) = fs::metadata(path) {
        file.set_permissions(known.permissions())?;
    }
    file.sync_all()?;
    drop(file);
    fs::rename(beside, path)
}
