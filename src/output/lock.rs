//! One build at a time for each output folder.

use std::{
    fs::{self, File},
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
};

use crate::output::{OutputError, private, system, workplace::Workplace};

/// The right to write to an output folder. The system takes it back when the process ends, for
/// whatever reason; dropping it also removes its file.
///
/// The file lies in the workplace, since the folder itself is replaced. Builds of two sites into one
/// folder have two workplaces, so the folder is locked besides, and the one that takes its place.
/// Where the file system cannot lock, or the system is not Unix, nothing keeps two builds apart.
#[derive(Debug)]
pub(super) struct Lock {
    path: PathBuf,
    /// Open for as long as the lock is held.
    _file: File,
    folders: Mutex<Vec<File>>,
}

impl Lock {
    /// Takes the lock, or fails if another build holds it. It does not wait: `linli build` in one
    /// terminal while another runs ends with [`OutputError::Busy`]. `name` is the output folder as
    /// messages call it.
    pub(super) fn take(workplace: &Workplace, name: &Path) -> Result<Self, OutputError> {
        let path = workplace.at("lock");
        let file = private::open_locked(&path).map_err(OutputError::io("write", &path))?;
        let busy = || OutputError::Busy { path: name.to_owned() };
        Ok(Self { path, _file: file.ok_or_else(busy)?, folders: Mutex::default() })
    }

    /// Locks a folder as well, for as long as this lock is held. False if another process has it
    /// locked. A folder that is not there, or cannot be opened, needs no lock.
    pub(super) fn hold(&self, folder: &Path) -> bool {
        let Some(folder) = system::open_folder(folder) else { return true };
        let is_free = system::lock(&folder);
        self.folders.lock().expect("no thread panics while it adds a folder").push(folder);
        is_free
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // A child of this process has a copy of what is open until it becomes another program, so
        // closing alone does not free it at once.
        let folders = self.folders.get_mut().unwrap_or_else(PoisonError::into_inner);
        folders.iter().for_each(system::unlock);
        // While it is still locked: whoever waits for it sees that it is gone and makes another.
        let _ = fs::remove_file(&self.path);
    }
}
