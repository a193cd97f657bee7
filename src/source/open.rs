//! Opens files, and nothing that only has the name of one.
//!
//! To open a pipe is to wait for its other end, and a device may be read without end. So nothing is
//! opened in a way that waits, and what turns out to be no file is an error. Everything that the
//! program opens under a name that somebody else may have taken goes through here.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, Read as _},
    path::Path,
};

/// Opens a file to read it. A folder, pipe, socket or device is an [error](is_no_file); nothing is
/// waited for.
pub(crate) fn open(path: &Path) -> io::Result<File> {
    open_with(OpenOptions::new().read(true), path)
}

/// The bytes of a file.
pub(crate) fn read_file(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    open(path)?.read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Opens a file in that way. The options must not truncate: what is no file is noticed only once
/// it is open.
pub(crate) fn open_with(options: &mut OpenOptions, path: &Path) -> io::Result<File> {
    let opened = without_waiting(options).open(path).and_then(|file| {
        let is_file = file.metadata()?.is_file();
        if is_file { Ok(file) } else { Err(no_file()) }
    });
    // A socket cannot be opened at all, and the words of the system do not say why.
    opened.map_err(|error| match fs::metadata(path) {
        Ok(found) if !found.is_file() => no_file(),
        _ => error,
    })
}

/// Whether an error says that there is something, but no file.
pub(crate) fn is_no_file(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::InvalidInput | io::ErrorKind::IsADirectory)
}

fn no_file() -> io::Error {
    io::Error::new(io::ErrorKind::InvalidInput, "not a file, but a folder, a pipe or a device")
}

/// A pipe is then opened at once, whether somebody is at its other end or not. It makes no
/// difference to files.
#[cfg(unix)]
fn without_waiting(options: &mut OpenOptions) -> &mut OpenOptions {
    use std::os::unix::fs::OpenOptionsExt as _;
    let flags = rustix::fs::OFlags::NONBLOCK | rustix::fs::OFlags::NOCTTY;
    options.custom_flags(flags.bits().cast_signed())
}

#[cfg(not(unix))]
fn without_waiting(options: &mut OpenOptions) -> &mut OpenOptions {
    options
}
