//! One publisher at a time.
//!
//! A lock is a file that only one can create. It says who has it and until when: whoever was killed
//! leaves it, and nobody else waits longer than that. On the machine where it was made it is over as
//! soon as its process is.

use std::{
    fs, io,
    path::{Path, PathBuf},
    process,
};

use crate::{
    output::private,
    publish::{Holder, PublishError},
};

/// The lock of a folder: the file `lock` in it.
#[derive(Debug)]
pub(super) struct LockFile {
    folder: PathBuf,
    holder: Holder,
}

impl LockFile {
    /// The lock of this process. It is not taken yet.
    pub(super) fn new(folder: PathBuf) -> Self {
        Self { folder, holder: Holder::own() }
    }

    fn path(&self) -> PathBuf {
        self.folder.join("lock")
    }

    /// Takes the lock. Who had it and did not come to an end is returned, with the minutes since.
    pub(super) fn take(&self) -> Result<Option<(Holder, u64)>, PublishError> {
        let lock = self.path();
        let mut broken = None;
        loop {
            match self.make(&lock) {
                Ok(()) => return Ok(broken),
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                Err(error) => return Err(PublishError::io("write", &lock)(error)),
            }
            let bytes = match fs::read(&lock) {
                Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
                bytes => bytes.map_err(PublishError::io("read", &lock))?,
            };
            let holder = Holder::from_bytes(&bytes);
            let minutes = holder.minutes();
            if !holder.is_stale() {
                return Err(PublishError::Held { holder, minutes });
            }
            match self.break_stale(&lock, &bytes) {
                Ok(true) => broken = Some((holder, minutes)),
                Ok(false) => {}
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                Err(error) => return Err(PublishError::io("write", &lock)(error)),
            }
        }
    }

    /// Makes the lock, if nobody has one.
    fn make(&self, lock: &Path) -> io::Result<()> {
        let draft = self.folder.join(format!("lock-{}", process::id()));
        fs::write(&draft, self.holder.to_bytes())?;
        // A second name is made with all bytes at once.
        let made = fs::hard_link(&draft, lock).or_else(|error| {
            if error.kind() == io::ErrorKind::AlreadyExists {
                return Err(error);
            }
            io::Write::write_all(&mut fs::File::create_new(lock)?, &self.holder.to_bytes())
        });
        let _ = fs::remove_file(&draft);
        made
    }

    /// Removes the lock of somebody who did not come to an end. Whether it was still that one.
    fn break_stale(&self, lock: &Path, seen: &[u8]) -> io::Result<bool> {
        let aside = self.folder.join(format!("stale-{}", process::id()));
        fs::rename(lock, &aside)?;
        let is_same = fs::read(&aside)? == seen;
        if !is_same {
            // Somebody else was faster, and has it now.
            let _ = fs::hard_link(&aside, lock);
        }
        fs::remove_file(&aside)?;
        Ok(is_same)
    }

    /// Holds it for another while.
    pub(super) fn renew(&self) {
        // One that cannot be renewed holds for a while yet.
        let _ = private::replace(&self.path(), [self.holder.renewed().to_bytes().as_slice()]);
    }

    /// Lets others take it.
    pub(super) fn release(&self) {
        // One that stays is over with this process.
        let _ = fs::remove_file(self.path());
    }
}
