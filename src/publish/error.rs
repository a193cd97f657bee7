//! What can stop a publication. Each ends the run with status 2.

use std::{fmt, io, path::PathBuf};

use crate::{
    output::{OutPath, OutputError},
    publish::holder::Holder,
};

/// Why a site was not published, or not all of it.
#[derive(Debug)]
pub enum PublishError {
    /// The system refused something, or the output folder is none.
    Output(OutputError),
    /// Somebody else publishes there.
    Held {
        /// Who.
        holder: Holder,
        /// For how many minutes.
        minutes: u64,
    },
    /// The folder holds files, and none of them was published by Linli.
    Foreign {
        /// The target.
        path: PathBuf,
        /// What was found, in order.
        found: Vec<String>,
    },
    /// What is known of the target cannot be read: its file is damaged, or of a later program.
    Damaged {
        /// The file.
        path: PathBuf,
    },
    /// A folder of the target is a link to another one.
    Link {
        /// The link.
        path: PathBuf,
    },
    /// A file of the output folder is not what its manifest says: it was built anew meanwhile, or
    /// somebody edited it.
    Torn {
        /// The file.
        path: OutPath,
    },
    /// After so many tries a file could not be sent or deleted.
    Stopped {
        /// The file.
        path: OutPath,
        /// Why not.
        cause: Box<Self>,
    },
    /// Another program failed.
    Program {
        /// Its name.
        name: &'static str,
        /// What it said, its last lines.
        said: String,
    },
    /// Another program has had no answer for so long.
    Silent {
        /// Its name.
        name: &'static str,
        /// How long.
        seconds: u64,
    },
    /// Another program is not there.
    NoProgram {
        /// Its name.
        name: &'static str,
    },
    /// A service that holds objects failed, or refused something.
    Store {
        /// What is wrong, as far as that is known.
        fault: StoreFault,
        /// What it said.
        said: String,
    },
    /// There are no keys for such a service.
    Keys {
        /// What is wrong.
        fault: KeysFault,
        /// The file, if one was named.
        path: Option<PathBuf>,
    },
    /// Something is not there as it was published.
    NotSeen {
        /// The file.
        path: OutPath,
        /// It should not be there, and is.
        is_extra: bool,
    },
    /// There is no such kept build.
    NoBuild {
        /// How many are kept.
        kept: usize,
    },
}

/// What is wrong with a service that holds objects.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StoreFault {
    /// It refuses these keys, or what they ask for.
    Refused,
    /// It has another time than this machine.
    Clock,
    /// It has no such bucket.
    NoBucket,
    /// It cannot be reached, or gives no answer.
    Unreached,
    /// It has no more room.
    Full,
    /// Something else.
    Other,
}

/// What is wrong with keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeysFault {
    /// There are none.
    None,
    /// Others can read the file.
    Open,
    /// The file lacks one.
    Incomplete,
}

impl PublishError {
    /// For `map_err`: says what was tried, and on what.
    pub(super) fn io(
        verb: &'static str,
        path: impl Into<PathBuf>,
    ) -> impl FnOnce(io::Error) -> Self {
        let told = OutputError::io(verb, path);
        move |cause| Self::Output(told(cause))
    }

    /// It may go well at another try.
    pub(super) fn may_pass(&self) -> bool {
        use io::ErrorKind as Kind;
        let lasting = [
            Kind::NotFound,
            Kind::PermissionDenied,
            Kind::StorageFull,
            Kind::QuotaExceeded,
            Kind::ReadOnlyFilesystem,
            Kind::NotADirectory,
            Kind::IsADirectory,
            Kind::InvalidInput,
        ];
        match self {
            Self::Output(OutputError::Io { cause, .. }) => !lasting.contains(&cause.kind()),
            Self::Program { .. } | Self::Silent { .. } => true,
            _ => false,
        }
    }
}

impl From<OutputError> for PublishError {
    fn from(error: OutputError) -> Self {
        Self::Output(error)
    }
}

impl fmt::Display for PublishError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Output(error) => error.fmt(f),
            Self::Held { holder, minutes } => {
                write!(f, "{} has been publishing there for {minutes} min", holder.by)
            }
            Self::Foreign { path, found } => {
                write!(f, "`{}` holds what Linli did not publish: {found:?}", path.display())
            }
            Self::Damaged { path } => write!(f, "`{}` cannot be read", path.display()),
            Self::Link { path } => write!(f, "`{}` is a link", path.display()),
            Self::Torn { path } => write!(f, "`{path}` is not what the manifest says"),
            Self::Stopped { path, cause } => write!(f, "`{path}`: {cause}"),
            Self::Program { name, said } => write!(f, "{name}: {said}"),
            Self::Silent { name, seconds } => write!(f, "{name}: no answer for {seconds} s"),
            Self::NoProgram { name } => write!(f, "there is no program {name}"),
            Self::Store { said, .. } => said.fmt(f),
            Self::Keys { fault, .. } => write!(f, "no keys: {fault:?}"),
            Self::NotSeen { path, .. } => write!(f, "`{path}` is not as it was published"),
            Self::NoBuild { kept } => write!(f, "{kept} builds are kept"),
        }
    }
}

impl std::error::Error for PublishError {}
