//! Documents of office programs as what they are: ZIP archives of XML files.
//!
//! | file | from → to |
//! | --- | --- |
//! | `archive.rs` | bytes → the files in them, within bounds |
//! | `markup.rs` | XML → pieces, by names without prefixes |
//! | `relations.rs` | the relations of a workbook → the file of each sheet |
//! | `spans.rs` | hidden columns, given as spans → whether one of them is |
//!
//! `source/workbook` reads records from such files, `attachment` looks for what must not be published.

pub(crate) mod archive;
pub(crate) mod markup;
pub(crate) mod relations;
pub(crate) mod spans;

/// Why a file cannot be unfolded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum BrokenPackage {
    /// It is damaged, locked by a password, or no such file.
    Damaged,
    /// It unfolds to more than anybody reads.
    TooMuch,
}
