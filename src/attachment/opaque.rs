//! Why a file cannot be looked into.

use crate::package::BrokenPackage;

/// Why nobody but a person can say what is in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Opaque {
    /// It is of a kind whose text is not read: an old or binary one, sound, a film.
    Kind,
    /// It is an archive of other files.
    Archive,
    /// It is locked by a password, damaged, or not of the kind that its name says.
    Unreadable,
    /// It is a document or page under the name of a text.
    Disguised,
    /// It is text in an encoding that nobody can tell.
    Encoding,
    /// It has formulas that join texts, and not what they come to.
    Formulas,
    /// It has pictures and next to no text: pages that were photographed.
    Pictures,
    /// Other files are embedded in it.
    Embedded,
    /// It unfolds to more than anybody reads.
    TooMuch,
}

impl Opaque {
    /// What messages call it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Kind => "kind",
            Self::Archive => "archive",
            Self::Unreadable => "unreadable",
            Self::Disguised => "disguised",
            Self::Encoding => "encoding",
            Self::Formulas => "formulas",
            Self::Pictures => "pictures",
            Self::Embedded => "embedded",
            Self::TooMuch => "too-much",
        }
    }
}

impl From<BrokenPackage> for Opaque {
    fn from(broken: BrokenPackage) -> Self {
        match broken {
            BrokenPackage::Damaged => Self::Unreadable,
            BrokenPackage::TooMuch => Self::TooMuch,
        }
    }
}
