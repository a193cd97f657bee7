//! Linli turns a folder of records and notices, kept by the staff of a neighbourhood office, into
//! the website of its public information.
//!
//! [`build`] does what `linli build` does, [`check`] what `linli check` does:
//!
//! ```
//! use linli::{MemoryTarget, Options};
//!
//! let site = linli::source::MemoryWorld::new([
//!     ("content/place.yaml", "name: 幸福社区\nlevel: community\n"),
//!     ("content/honors.yaml", "- {award: 好邻居, name: 王秀兰, date: 2026-03-05, citation: 送饭}\n"),
//! ]);
//! let target = MemoryTarget::default();
//! let report = linli::build(&site, &Options::default(), &&target)?;
//! assert!(report.published.is_some());
//! let files = target.into_files();
//! assert!(files.keys().any(|path| path.as_str() == "honors/index.html"));
//! # Ok::<(), linli::BuildError>(())
//! ```
//!
//! The modules of the crate follow the flow, from [`source`] over [`schema`], [`disclosure`],
//! [`figures`] and [`artifact`] to [`output`]; `ARCHITECTURE.md` explains it. They are public for
//! the program and its tests. Only what stands on this page is stable.

#[doc(hidden)]
pub mod artifact;
#[doc(hidden)]
pub mod attachment;
#[doc(hidden)]
pub mod build;
#[doc(hidden)]
pub mod cli;
#[doc(hidden)]
pub mod clock;
#[doc(hidden)]
pub mod config;
#[doc(hidden)]
pub mod diagnostic;
#[doc(hidden)]
pub mod disclosure;
#[doc(hidden)]
pub mod edit;
mod editor;
#[doc(hidden)]
pub mod external;
pub mod figures;
#[doc(hidden)]
pub mod fingerprint;
#[doc(hidden)]
pub mod fuzzing;
#[doc(hidden)]
pub mod image;
#[doc(hidden)]
pub mod output;
mod package;
#[doc(hidden)]
pub mod publish;
#[doc(hidden)]
pub mod render;
#[doc(hidden)]
pub mod scan;
#[doc(hidden)]
pub mod schema;
#[doc(hidden)]
pub mod serve;
#[doc(hidden)]
pub mod source;
#[doc(hidden)]
pub mod text;
mod workbook;

pub use build::{
    BuildError, FolderTarget, MemoryTarget, Options, Report, Round, Site, Target, build, check,
};
pub use diagnostic::{Checked, Code, Diagnostic, Severity};
pub use source::{Disk, World};
