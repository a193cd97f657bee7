//! The driver of the flow, and what it remembers from build to build.
//!
//! `driver.rs` goes from the files to the plan, from the plan to bytes (`make.rs`), and publishes
//! them to a [`Target`]: with any error in the content nothing is published. What a build learns is
//! a [`BuildState`], which [`cache`] keeps in a file and `cached.rs` builds with. A first build,
//! one after an edit and one with a restored cache run the same code.
//!
//! | file | what it decides |
//! | --- | --- |
//! | `settings.rs` | configuration and moment, from `site.toml` and options |
//! | `driver.rs` | the order of stages; what is repeated, and what is published |
//! | `make.rs`, `making.rs` | which artifacts are made again |
//! | `state.rs` | what is kept, and when a kept value is used |
//! | `cache.rs`, `cached.rs` | whether a cache is trusted; whether there is anything to do |
//! | `target.rs` | where bytes go |
//! | `wording.rs` | which wrong words stop nothing, and whether a list is the wrong way round |
//! | `outside.rs` | which output folders are refused |
//! | `next_change.rs` | when the site changes by itself |
//! | `shards/` | how several machines build a portal together |
//!
//! ```text
//! let settings = Settings::read(&world, &Options::default());
//! let report = build_with(&world, &settings, Tree::take(&world), &mut state, &target, &())?;
//! ```
//!
//! This folder prints nothing: a [`Report`] has all that `cli` says.

pub mod cache;
mod cached;
mod driver;
mod echoes;
mod gone;
pub mod make;
mod making;
pub mod next_change;
mod observer;
mod outside;
mod report;
mod sample;
mod settings;
pub mod shards;
mod site;
mod state;
mod target;
mod wording;

pub use cached::{CacheNote, Cached, build_cached};
pub use driver::{build, build_with, check, check_with, update, update_all};
pub use make::{Made, Output, Sink};
pub use observer::Observer;
pub use outside::check_outside;
pub use report::{BuildError, Report, Times};
pub use settings::{Options, Settings};
pub use site::Site;
pub use state::BuildState;
pub use target::{FolderTarget, MemoryTarget, Round, Target};
