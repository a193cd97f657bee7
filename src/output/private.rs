//! The folder of all that the program keeps in a site's folder, and the files in it.
//!
//! | in `.linli/` | what it is |
//! | --- | --- |
//! | `.gitignore` | keeps git away from all of it |
//! | `build.cache` | what builds know (`build/cache.rs`) |
//! | `output/NAME/` | where the site of an output folder is made (`workplace.rs`) |
//! | `preview/` | what `linli serve` shows |
//! | `links.json` | what pages of other sites were called (`external/report.rs`) |
//!
//! It knows what the site does not tell: drafts, what is not posted yet and what is over. So the
//! folder is for the user who builds, and nobody else may enter it. Systems other than Unix have no
//! such permissions; there it is as open as the site's folder.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, Write as _},
    path::{Path, PathBuf},
};

use crate::{output::system, source::open::open_with};

/// The name of the folder.
pub const FOLDER: &str = ".linli";

/// Makes the folder of a site if it is missing, and returns where it is. One that others may enter
/// is closed to them.
pub fn make(site: &Path) -> io::Result<PathBuf> {
    let folder = site.join(FOLDER);
    make_folder(&folder)?;
    match options().write(true).create_new(true).open(folder.join(".gitignore")) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
        file => file?.write_all(b"*\n")?,
    }
    Ok(folder)
}

/// Makes a folder for the user alone. It is no error if it is there.
pub(crate) fn make_folder(folder: &Path) -> io::Result<()> {
    match system::make_private_folder(folder) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            let found = fs::metadata(folder)?;
            if !found.is_dir() {
                return Err(io::ErrorKind::NotADirectory.into());
            }
            system::close(folder, &found);
            Ok(())
        }
        made => made,
    }
}

/// Options for files that nobody else may read.
pub(crate) fn options() -> OpenOptions {
    let mut options = OpenOptions::new();
    system::for_user_alone(&mut options);
    options
}

/// Writes a file of these parts, all of it or nothing: to a draft beside it, which is then given
/// its name. Returns false if another process is just writing it.
///
/// The draft has one name, whoever writes, so that the next writer takes what a killed one left.
///
/// # Errors
///
/// Returns the first error of the file system. The old file is as it was, and the draft is removed.
pub fn replace<'p>(path: &Path, parts: impl IntoIterator<Item = &'p [u8]>) -> io::Result<bool> {
    let mut draft = path.as_os_str().to_owned();
    draft.push(".new");
    let draft = PathBuf::from(draft);
    let Some(mut file) = open_locked(&draft)? else { return Ok(false) };
    let written = file
        .set_len(0)
        .and_then(|()| parts.into_iter().try_for_each(|part| file.write_all(part)))
        .and_then(|()| fs::rename(&draft, path));
    written.inspect_err(|_| {
        // The first failure is the one to report.
        let _ = fs::remove_file(&draft);
    })?;
    Ok(true)
}

/// Opens a file that this process alone may write, or makes it. Nothing if another has it.
pub(super) fn open_locked(path: &Path) -> io::Result<Option<File>> {
    loop {
        let file = open_with(options().write(true).create(true).truncate(false), path)?;
        if !system::lock(&file) {
            return Ok(None);
        }
        // Who had it locked may have moved or removed it between our opening and our locking it;
        // then others will lock another file of this name.
        if system::is_at(&file, path) {
            return Ok(Some(file));
        }
    }
}
