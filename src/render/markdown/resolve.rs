//! The questions about links and images that the caller answers, and what is wrong with them.

use std::ops::Range;

use crate::config::Breaks;

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
    /// The target is none that a page can lead to. The link is removed, its text stays.
    Unfit {
        /// As written.
        target: String,
        /// What it is: `disk` for a file of somebody's computer, `host` for another site without
        /// its scheme.
        kind: &'static str,
    },
    /// The brackets of a link are full-width, so that it is none.
    Brackets {
        /// The link that was meant, as Markdown.
        meant: String,
    },
    /// The address has a name or password in it. The link is removed, its text stays.
    Password,
    /// The page may not load an image from there. It is kept as written.
    Blocked,
    /// Signs of Markdown that readers see as they are, or form that is not as it was meant.
    Mark(Mark),
    /// Numbers of items that readers see as others.
    Numbers {
        /// Those of the list, as they are written.
        written: Vec<u64>,
    },
    /// An element of HTML that is not shown, such as `<video>`.
    Element {
        /// Its name, in lower case.
        name: String,
    },
    /// An image without words for those who do not see it.
    Undescribed,
    /// The scheme is harmless, but browsers do not open it. The link is removed, its text stays.
    Unsupported {
        /// In lower case, without the colon.
        scheme: String,
    },
    /// The scheme may run a program or read a file. The link is removed, its text stays.
    Dangerous {
        /// In lower case, without the colon.
        scheme: String,
    },
}

/// Markdown that did not take, by what was probably meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// A heading without a blank behind `#`.
    Heading,
    /// A list without a blank behind its marks.
    List,
    /// A table without the second line.
    Table,
    /// A row that has more cells than its table.
    Cells,
    /// Bold text.
    Bold,
    /// A link or image.
    Link,
    /// Something of other programs, in braces.
    Braces,
    /// A paragraph that begins with four blanks, which is code.
    Indented,
    /// A heading two levels or more below the one before it.
    Level,
    /// A link without a target.
    Empty,
    /// The beginning of another notice.
    Notice,
    /// A line of text right below a table, which became a row of it.
    Swallowed,
}

impl Mark {
    /// Its name in messages.
    pub fn name(self) -> &'static str {
        match self {
            Self::Heading => "heading",
            Self::List => "list",
            Self::Table => "table",
            Self::Cells => "cells",
            Self::Bold => "bold",
            Self::Link => "link",
            Self::Braces => "braces",
            Self::Indented => "indented",
            Self::Level => "level",
            Self::Empty => "empty",
            Self::Notice => "notice",
            Self::Swallowed => "swallowed",
        }
    }
}

/// What a target lacks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Broken {
    /// There is no such file.
    File {
        /// The nearest one that exists.
        near: Option<String>,
    },
    /// There is no such file here, but one of that name in another folder.
    Elsewhere {
        /// How to write the way to it.
        near: String,
    },
    /// There is such a file, but it cannot be published or shown.
    Unfit(Unfit),
    /// There is such a file, but nobody looked at what is in it.
    Unchecked {
        /// Why the program cannot look into it, for messages.
        why: &'static str,
        /// The short fingerprint of the file as it is.
        fingerprint: String,
        /// The text is one that can say who looked at it.
        is_notice: bool,
    },
    /// There is such a file, and it names somebody who withdrew.
    Named {
        /// What staff write down when they looked at the file.
        fingerprint: String,
    },
    /// There is such a file, and it lists names of which the text here says something sensitive.
    Listed {
        /// What it says, as a kind of the lexicon.
        attribute: String,
        /// The short fingerprint of the file as it is.
        fingerprint: String,
        /// The site must not be published so.
        is_error: bool,
    },
    /// The file has no such heading.
    Heading {
        /// The heading's id, decoded.
        heading: String,
        /// The nearest one that exists; never given for a heading of the same text.
        near: Option<String>,
    },
}

/// Why a file that is there is no target.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unfit {
    /// Its name, or that of its folder, begins with `_` or a dot.
    Hidden,
    /// It is a page, where an image was wanted.
    Page,
    /// It is of a kind that is not published. The name of the kind is for messages: `heic`.
    File(&'static str),
    /// It is larger than attached files may be: by how much, in MB.
    Large(u64),
}

impl Unfit {
    /// What messages call it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Hidden => "hidden",
            Self::Page => "page",
            Self::File(kind) => kind,
            Self::Large(_) => "large",
        }
    }
}

/// Resolves links and images to what the site has. It gets targets without a scheme or host; they
/// come as written, without Markdown's escapes but with their own (see
/// [`percent_decode`](super::percent_decode)).
pub trait Resolve {
    /// What a link leads to. It does not get targets that are only a `#heading`. `whole` is the link
    /// with its words, in bytes of the source; of a link in HTML only its target.
    fn link(&self, target: &str, whole: Range<usize>) -> Resolution;

    /// Where an image is.
    fn image(&self, target: &str) -> Resolution;

    /// What those are told who cannot see the mark that a link to another site has; nothing if it has
    /// none. The words may be empty.
    fn leaving(&self, _target: &str) -> Option<String> {
        None
    }

    /// Whether pages may load an image from another site.
    fn may_load(&self, target: &str) -> bool;

    /// What becomes of the end of a line in a paragraph.
    fn breaks(&self) -> Breaks;
}

/// An image of this site, as a page shows it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SiteImage {
    /// The address of the largest copy.
    pub url: String,
    /// Width and height of that in pixels, so that the page keeps the space free; nothing if they
    /// are not known.
    pub size: Option<(u32, u32)>,
    /// The addresses of all copies with their widths, as the attribute `srcset` wants them; empty
    /// if there is one copy.
    pub copies: String,
    /// What has to stand beside it: that it was generated by a program. Empty for any other.
    pub mark: String,
    /// It is the first of its page, which readers see at once.
    pub is_first: bool,
}

/// What becomes of a target.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Resolution {
    /// It is this image.
    Image(SiteImage),
    /// It is right as written.
    Keep,
    /// It is this address on the page.
    Url(String),
    /// It is a file at this address, with a note to stand behind the link.
    File {
        /// The address on the page.
        url: String,
        /// Of what kind the file is and how large, in the brackets that it stands in.
        note: String,
        /// What is wrong with linking to it here. The link leads there all the same.
        wrong: Option<Broken>,
    },
    /// It leads nowhere.
    Broken(Broken),
}
