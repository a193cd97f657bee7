//! Why the parts of a portal do not make a site.

use std::{error, fmt, io, path::PathBuf};

use crate::{build::BuildError, output::OutputError};

/// Why the parts of a portal do not make a site. All of it is about the run: with the same content
/// it may be tried again.
#[derive(Debug)]
pub enum ShardError {
    /// A file could not be read or written.
    Io(PathBuf, io::Error),
    /// A file is no summary or part, or is cut short.
    Damaged(PathBuf),
    /// Another program wrote it.
    Program(PathBuf),
    /// It is as of another moment.
    Moment(PathBuf),
    /// It was made with another `site.toml`, or with other options.
    Settings(PathBuf),
    /// The files of its site are others: content, declarations or theme.
    Content(PathBuf),
    /// It is a part of another division.
    Cut(PathBuf),
    /// Two files are of the same part.
    Twice(PathBuf, PathBuf),
    /// These parts are not there, by their numbers.
    Missing(Vec<u32>),
    /// There is no part of that number.
    NoShard(u32, u32),
    /// Somebody edited files while they were read, or a file is not what another machine read.
    Edited,
    /// The site could not be published.
    Build(BuildError),
}

impl ShardError {
    /// For `map_err`: the system refused something on a file.
    pub(super) fn at(path: impl Into<PathBuf>) -> impl FnOnce(io::Error) -> Self {
        let path = path.into();
        move |error| Self::Io(path, error)
    }
}

impl fmt::Display for ShardError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Io(path, error) => write!(f, "{}: {error}", path.display()),
            Self::Damaged(path) => write!(f, "{} is no part, or damaged", path.display()),
            Self::Program(path) => write!(f, "another program wrote {}", path.display()),
            Self::Moment(path) => write!(f, "{} is as of another moment", path.display()),
            Self::Settings(path) => write!(f, "{} has other settings", path.display()),
            Self::Content(path) => write!(f, "{} is of other files", path.display()),
            Self::Cut(path) => write!(f, "{} is of another division", path.display()),
            Self::Twice(path, other) => {
                write!(f, "{} and {} are the same part", path.display(), other.display())
            }
            Self::Missing(parts) => write!(f, "parts are missing: {parts:?}"),
            Self::NoShard(number, count) => write!(f, "there is no part {number} of {count}"),
            Self::Edited => f.write_str("files were edited while they were read"),
            Self::Build(error) => error.fmt(f),
        }
    }
}

impl error::Error for ShardError {}

impl From<BuildError> for ShardError {
    fn from(error: BuildError) -> Self {
        Self::Build(error)
    }
}

impl From<OutputError> for ShardError {
    fn from(error: OutputError) -> Self {
        Self::Build(error.into())
    }
}
