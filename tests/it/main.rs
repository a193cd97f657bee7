//! Linli from outside: what it says about broken sites, what the commands do, what no input may
//! do to it, and the house rules of its source.
//!
//! All of it is one program, so that the library is linked once. A broken site is a folder in
//! `tests/diagnostics`; see [`diagnostics`] for how to add one.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where it stopped")]

mod attachments;
#[cfg(all(unix, feature = "publish-s3"))]
mod buckets;
mod cadences;
mod calendars;
mod cli;
mod concern;
mod context;
mod cost;
mod crawl;
mod data;
mod diagnostics;
#[cfg(unix)]
mod disk;
mod due;
mod editors;
mod edits;
mod elsewhere;
mod explained;
#[cfg(feature = "external")]
mod external;
mod feeds;
mod figures;
mod fixes;
mod formats;
mod fuzz;
mod fuzzed;
mod groups;
mod hosts;
mod imports;
mod incremental;
#[cfg(unix)]
mod kill;
mod lasting;
mod layers;
mod leaks;
mod levels;
mod limits;
mod logs;
mod machines;
mod matrix;
mod moments;
mod notices;
mod office;
mod pictures;
mod plain;
mod printing;
mod privacy;
#[cfg(all(unix, feature = "external"))]
mod public;
#[cfg(unix)]
mod publish;
#[cfg(unix)]
mod published;
mod readers;
mod redirects;
mod references;
mod roles;
mod root_files;
mod search;
mod serve;
mod shards;
mod site;
mod sitemap;
mod statements;
mod structured;
mod subscribing;
mod suppression;
mod targets;
mod tidy;
mod typed;
mod undeclared;
mod vanishing;
mod views;
mod wording;
mod workbooks;
