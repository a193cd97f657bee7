//! The result of a build: what `cli` prints and which status it ends with.
//!
//! Mistakes in the content are diagnostics in a [`Report`]. A [`BuildError`] is about the run:
//! disk, arguments, or files that do not hold still.

use std::{error, fmt, io, time::Duration};

use crate::{
    diagnostic::Diagnostic,
    disclosure::Withheld,
    output::{OutputError, Summary},
};

/// The result of a build.
#[derive(Debug)]
pub struct Report {
    /// Every diagnostic. With an error among them nothing was published.
    pub diagnostics: Vec<Diagnostic>,
    /// How many pages the site has.
    pub pages: usize,
    /// How many of them were made; the others are as they were.
    pub made: usize,
    /// What is kept back of records and notices. Where each stands and why; nothing of what it
    /// says.
    pub withheld: Vec<Withheld>,
    /// What changed in the output; `None` if nothing was published, as with any error.
    pub published: Option<Summary>,
    /// How long the stages took.
    pub times: Times,
}

/// How long the stages of a build took.
///
/// All are zero if nothing had to be done.
#[derive(Debug, Clone, Copy, Default)]
pub struct Times {
    /// Reading and planning.
    pub read: Duration,
    /// Making the artifacts and writing them.
    pub made: Duration,
    /// Letting the new site take the place of the old one.
    pub published: Duration,
}

impl Times {
    /// How long all of it took.
    pub fn all(self) -> Duration {
        self.read + self.made + self.published
    }
}

/// Why a build could not do its work: nothing to do with the content.
#[derive(Debug)]
pub enum BuildError {
    /// The output could not be written.
    Output(OutputError),
    /// Somebody edits the files all the time. Five tries found files changed.
    AlwaysEdited,
    /// The output folder is in the site's content or themes, or holds them: the folder.
    OutputInSite(String),
    /// The site's folder could not be read. Or the working folder could not, where it was needed.
    Site(io::Error),
}

impl fmt::Display for BuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Output(error) => error.fmt(f),
            Self::AlwaysEdited => f.write_str("the files are edited while they are read"),
            Self::OutputInSite(folder) => {
                write!(f, "{folder} is part of the site, or holds it")
            }
            Self::Site(error) => error.fmt(f),
        }
    }
}

impl error::Error for BuildError {}

impl From<OutputError> for BuildError {
    fn from(error: OutputError) -> Self {
        Self::Output(error)
    }
}
