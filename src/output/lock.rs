//! One build at a time for each output folder.

use std::{
    fs::{self, File},
    path::PathBuf,
};

use crate::output::{OutputError, folder::OutputFolder, system};

/// The right to write to an output folder. The system takes it back when the process ends, for
/// whatever reason; dropping it also removes its file.
///
/// The file stands beside the folder (`.public.linli-lock`), since the folder itself is replaced.
/// Where the file system cannot lock, or the system is not Unix, nothing keeps two builds apart.
#[derive(Debug)]
pub(super) struct Lock {
    path: PathBuf,
    /// Open for as long as the lock is held.
    _file: File,
}

impl Lock {
    /// Takes the lock, or fails if another build holds it. It does not wait: `linli build` in one
    /// terminal while another runs ends with [`OutputError::Busy`].
    pub(super) fn take(place: &OutputFolder) -> Result<Self, OutputError> {
        let path = place.beside("lock");
        loop {
            let mut options = File::options();
            let file = options.write(true).create(true).truncate(false).open(&path);
            let file = file.map_err(OutputError::io("write", &path))?;
            if !system::lock(&file) {
                return Err(OutputError::Busy { path: place.name().to_owned() });
            }
            // The build that held the lock may have removed the file between our opening and our
            // locking it; then others will lock another file of this name.
            if system::is_at(&file, &path) {
                return Ok(Self { path, _file: file });
            }
        }
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // While it is still locked: whoever waits for it sees that it is gone and makes another.
        let _ = fs::remove_file(&self.path);
    }
}
