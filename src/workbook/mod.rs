//! Workbooks that staff fill in, made from the declarations; `source/workbook` reads them.
//!
//! | file | from → to |
//! | --- | --- |
//! | `parts.rs` | XML → the files of a workbook, in an archive without a time of its making |
//! | `template.rs` | collections → a workbook with an empty sheet for each |
//! | `described.rs` | a field → what it takes, in words, and an example |
//!
//! What such a workbook says of itself, so that it is told when it is outdated, is in
//! `schema/stamp.rs`. A writer of our own: `rust_xlsxwriter` does far more than these few kinds of
//! cells, and would have to be compiled for it.

pub(crate) mod described;
pub(crate) mod parts;
pub(crate) mod template;
