//! What differs between operating systems, or is missing on some.

use std::{fs, io, path::Path, time::SystemTime};

pub(super) use own::{
    Root, close, for_user_alone, is_at, lock, make_private_folder, open_folder, unlock,
};

use crate::source::Stamp;

/// What a file system may refuse, so that something slower is done. Tests put in one that does.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Abilities {
    /// Lets two folders change places in one step.
    pub(crate) exchange: fn(&Path, &Path) -> io::Result<()>,
    /// Gives a file a second name.
    pub(crate) link: fn(&Path, &Path) -> io::Result<()>,
}

impl Default for Abilities {
    fn default() -> Self {
        Self { exchange, link: |file, name| fs::hard_link(file, name) }
    }
}

/// Lets two folders change places, both of which must be there. Fails where the file system cannot
/// do it.
#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
fn exchange(a: &Path, b: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    Ok(renameat_with(CWD, a, CWD, b, RenameFlags::EXCHANGE)?)
}

#[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
fn exchange(_: &Path, _: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

/// The system does not know the call, or the file system cannot do it. `renameat2` says `EINVAL`
/// for an unknown flag. Then two steps do what one cannot; any other failure is reported.
pub(super) fn is_unsupported(cause: &io::Error) -> bool {
    matches!(cause.kind(), io::ErrorKind::Unsupported | io::ErrorKind::InvalidInput)
}

/// The metadata of one name in a folder. Links are not followed. None where the system does not
/// say; callers then take the slower and safe way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct NameStatus {
    pub(super) is_file: bool,
    pub(super) is_folder: bool,
    pub(super) size: Option<u64>,
    /// When its bytes were written. Whoever copies or unpacks a file may say otherwise.
    pub(super) modified: Option<SystemTime>,
    /// When a folder got or lost a name, or later. Nobody can say otherwise.
    pub(super) changed: Option<SystemTime>,
    /// What two names of one file have in common.
    pub(super) identity: Option<(i128, i128)>,
}

impl NameStatus {
    /// What tells whether a file was written, by whatever way, since it was last looked at. Nothing
    /// where the system does not say when that was.
    pub(super) fn stamp(&self) -> Option<Stamp> {
        let nanoseconds = |time: SystemTime| {
            let since = time.duration_since(SystemTime::UNIX_EPOCH).ok()?;
            i64::try_from(since.as_nanos()).ok()
        };
        let modified = nanoseconds(self.modified?)?;
        Some(Stamp {
            length: self.size?,
            modified,
            changed: self.changed.map_or(Some(modified), nanoseconds)?,
            inode: self.identity.map_or(Some(0), |(_, inode)| u64::try_from(inode).ok())?,
        })
    }
}

#[cfg(unix)]
mod own {
    use std::{
        fs::{self, DirBuilder, File, OpenOptions},
        io,
        os::unix::fs::{
            DirBuilderExt as _, MetadataExt as _, OpenOptionsExt as _, PermissionsExt as _,
        },
        path::Path,
        time::{Duration, SystemTime},
    };

    use rustix::{
        fs::{AtFlags, CWD, FileType, FlockOperation, Mode, OFlags, flock, openat, statat},
        io::Errno,
    };

    use super::NameStatus;

    /// Makes a folder that only its owner may enter.
    pub(in super::super) fn make_private_folder(folder: &Path) -> io::Result<()> {
        DirBuilder::new().mode(0o700).create(folder)
    }

    /// Lets nobody but the owner enter a folder that was found like this. One that is somebody
    /// else's stays as it is.
    pub(in super::super) fn close(folder: &Path, found: &fs::Metadata) {
        let mode = found.permissions().mode();
        if mode & 0o077 != 0 {
            let _ = fs::set_permissions(folder, fs::Permissions::from_mode(mode & 0o7700));
        }
    }

    /// Makes files that only their owner may read.
    pub(in super::super) fn for_user_alone(options: &mut OpenOptions) {
        options.mode(0o600);
    }

    /// A folder, to be locked.
    pub(in super::super) fn open_folder(folder: &Path) -> Option<File> {
        let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::CLOEXEC;
        openat(CWD, folder, flags, Mode::empty()).ok().map(File::from)
    }

    /// Whether nobody else has locked the file.
    pub(in super::super) fn lock(file: &File) -> bool {
        flock(file, FlockOperation::NonBlockingLockExclusive) != Err(Errno::WOULDBLOCK)
    }

    /// Lets others lock the file again.
    pub(in super::super) fn unlock(file: &File) {
        let _ = flock(file, FlockOperation::Unlock);
    }

    /// Whether the path still leads to the open file.
    pub(in super::super) fn is_at(file: &File, path: &Path) -> bool {
        let identity = |metadata: fs::Metadata| (metadata.dev(), metadata.ino());
        file.metadata().map(identity).ok() == fs::metadata(path).map(identity).ok()
    }

    /// An open folder. Examining a path below it is faster than resolving the whole path each time.
    #[derive(Debug)]
    pub(in super::super) struct Root(rustix::fd::OwnedFd);

    impl Root {
        pub(in super::super) fn open(folder: &Path) -> io::Result<Self> {
            let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::CLOEXEC;
            Ok(Self(openat(CWD, folder, flags, Mode::empty())?))
        }

        /// The status of a path below the folder; the empty path is the folder.
        pub(in super::super) fn status(&self, path: &str) -> io::Result<NameStatus> {
            let path = if path.is_empty() { "." } else { path };
            let stat = statat(&self.0, path, AtFlags::SYMLINK_NOFOLLOW)?;
            let kind = FileType::from_raw_mode(stat.st_mode);
            // Each system has other types for these; all of them fit.
            Ok(NameStatus {
                is_file: kind.is_file(),
                is_folder: kind.is_dir(),
                size: stat.st_size.try_into().ok(),
                modified: time(stat.st_mtime.into(), stat.st_mtime_nsec.into()),
                changed: time(stat.st_ctime.into(), stat.st_ctime_nsec.into()),
                identity: Some((stat.st_dev.into(), stat.st_ino.into())),
            })
        }

        /// Opens a file below the folder. A link is an error; a pipe is not waited for.
        pub(in super::super) fn open_file(&self, path: &str) -> io::Result<File> {
            let flags = OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::CLOEXEC;
            Ok(openat(&self.0, path, flags, Mode::empty())?.into())
        }
    }

    fn time(seconds: i128, nanoseconds: i128) -> Option<SystemTime> {
        let duration = Duration::new(seconds.try_into().ok()?, nanoseconds.try_into().ok()?);
        SystemTime::UNIX_EPOCH.checked_add(duration)
    }
}

#[cfg(not(unix))]
mod own {
    use std::{
        fs::{self, File, OpenOptions},
        io,
        path::{Path, PathBuf},
    };

    use super::NameStatus;

    pub(in super::super) fn make_private_folder(folder: &Path) -> io::Result<()> {
        fs::create_dir(folder)
    }

    pub(in super::super) fn close(_: &Path, _: &fs::Metadata) {}

    pub(in super::super) fn for_user_alone(_: &mut OpenOptions) {}

    pub(in super::super) fn open_folder(_: &Path) -> Option<File> {
        None
    }

    pub(in super::super) fn lock(_: &File) -> bool {
        true
    }

    pub(in super::super) fn unlock(_: &File) {}

    pub(in super::super) fn is_at(_: &File, _: &Path) -> bool {
        true
    }

    #[derive(Debug)]
    pub(in super::super) struct Root(PathBuf);

    impl Root {
        #[expect(clippy::unnecessary_wraps, reason = "elsewhere the folder is opened")]
        pub(in super::super) fn open(folder: &Path) -> io::Result<Self> {
            Ok(Self(folder.to_owned()))
        }

        pub(in super::super) fn status(&self, path: &str) -> io::Result<NameStatus> {
            let metadata = fs::symlink_metadata(self.0.join(path))?;
            Ok(NameStatus {
                is_file: metadata.is_file(),
                is_folder: metadata.is_dir(),
                size: Some(metadata.len()),
                modified: metadata.modified().ok(),
                changed: None,
                identity: None,
            })
        }

        pub(in super::super) fn open_file(&self, path: &str) -> io::Result<File> {
            File::open(self.0.join(path))
        }
    }
}
