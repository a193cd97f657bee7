//! The questions about links and images that the caller answers, and what is wrong with them.

use std::ops::Range;

/// Something wrong with a link or an image.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// In the source, in bytes: the target, or the whole link if the target stands elsewhere.
    pub range: Range<usize>,
    /// What is wrong.
    pub wrong: Wrong,
}

/// What can be wrong with a link or an image.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wrong {
    /// A link leads nowhere. It is kept as written.
    Link {
        /// Where it was to lead.
        target: String,
        /// What is missing there.
        broken: Broken,
    },
    /// An image is missing. It is kept as written.
    Image {
        /// Where it was to be.
        target: String,
        /// What is missing there.
        broken: Broken,
    },
    /// The address has a name or password in it. The link is removed, its text stays.
    Password,
    /// The page may not load an image from there. It is kept as written.
    Blocked,
    /// The scheme may run a program or read a file. The link is removed, its text stays.
    Dangerous {
        /// In lower case, without the colon.
        scheme: String,
    },
}

/// What a target lacks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Broken {
    /// There is no such file.
    File {
        /// The nearest one that exists.
        near: Option<String>,
    },
    /// The file has no such heading.
    Heading {
        /// The heading's id, decoded.
        heading: String,
        /// The nearest one that exists; never given for a heading of the same text.
        near: Option<String>,
    },
}

/// Resolves links and images to what the site has. It gets targets without a scheme or host; they
/// come as written, without Markdown's escapes but with their own (see
/// [`percent_decode`](super::percent_decode)).
pub trait Resolve {
    /// What a link leads to. It does not get targets that are only a `#heading`.
    fn link(&self, target: &str) -> Resolution;

    /// Where an image is.
    fn image(&self, target: &str) -> Resolution;

    /// Whether pages may load an image from another site.
    fn may_load(&self, target: &str) -> bool;
}

/// What becomes of a target.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Resolution {
    /// It is right as written.
    Keep,
    /// It is this address on the page.
    Url(String),
    /// It leads nowhere.
    Broken(Broken),
}
