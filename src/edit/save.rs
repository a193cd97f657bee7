//! Writes a file so that it is the old one or the new one, whatever happens in between.

use std::{
    fs::{self, File},
    io::{self, Write as _},
    path::Path,
};

/// Puts these bytes in the place of a file, in one step; of a link, in that of the file that it leads
/// to. Its permissions stay. A program that is ended halfway leaves a hidden file beside it, which the
/// next writing takes over.
pub fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let real = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let path = real.as_path();
    let name = path.file_name().map(|it| it.to_string_lossy().into_owned()).unwrap_or_default();
    let beside = path.with_file_name(format!(".{name}.tmp"));
    let written = write(path, &beside, bytes);
    if written.is_err() {
        let _ = fs::remove_file(&beside);
    }
    written
}

/// The bytes of a file whose text was changed, with the byte order mark that it has. Nothing if its
/// bytes are another form of the text, or were changed meanwhile.
pub fn as_written(path: &Path, before: &str, after: &str) -> Option<Vec<u8>> {
    const MARK: &[u8] = "\u{feff}".as_bytes();
    let bytes = fs::read(path).unwrap_or_default();
    let (mark, rest) = bytes.split_at(if bytes.starts_with(MARK) { MARK.len() } else { 0 });
    (rest == before.as_bytes()).then(|| [mark, after.as_bytes()].concat())
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
