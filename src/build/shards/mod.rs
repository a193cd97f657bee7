//! One portal, built by several machines in parts.
//!
//! Most portals never need this. It is for those of which one machine makes all pages too slowly, or
//! whose records do not fit its memory. Each machine has all files of the site, and walks over
//! them; records and articles it reads of its own places only.
//!
//! ```text
//!            pass.rs: summarise          pass.rs: make             join.rs
//! part 1 ──▶ 1.summary ─┐  ┌──▶ part 1 ──▶ 1.part ─┐
//! part 2 ──▶ 2.summary ─┼──┼──▶ part 2 ──▶ 2.part ─┼──▶ the output folder
//! part 3 ──▶ 3.summary ─┘  └──▶ part 3 ──▶ 3.part ─┘
//! ```
//!
//! A summary is the [build state](super::BuildState) of a part, in the encoding of the cache: what
//! is known of its record sets and notices without reading them again, and their figures. With all
//! summaries a build knows what one with a cache knows, so it is an ordinary build, which makes the
//! artifacts of its own places only. The parts are joined by an ordinary build, too: it knows all
//! artifacts already, makes what covers the portal as a whole (the index of the search, the sitemap,
//! files of the theme, sections), finds paths that two claim, and publishes.
//!
//! | file | what it has |
//! | --- | --- |
//! | `cut.rs` | which place belongs to which part |
//! | `run.rs` | by what parts of one build are told from those of another |
//! | `file.rs` | the form of a summary and of a part |
//! | `pass.rs` | the two passes over a part |
//! | `join.rs` | the parts as one site |
//! | `error.rs` | why parts do not make a site |
//!
//! **Withdrawn names.** A text is compared with the names of persons who withdrew at its place, at
//! those above it and in it. A part reads the records of the places above its own, too, so that it
//! knows all of them but those in a place that is cut. Of such a place, of which there are few, no
//! summary is told: its texts may name somebody of another part, and each part reads them in the second
//! pass, when it knows all names. Names go from part to part as hashes, whose key each machine derives
//! from the listing of the site's files; it is in no summary. That a name is far from where its person
//! withdrew is a warning only, and found in the second pass, when each part compares its own texts with
//! all names.

mod cut;
mod error;
mod file;
mod join;
mod pass;
mod run;

pub use cut::Cut;
pub use error::ShardError;
pub use join::join;
pub use pass::{MadePart, MissingParts, Shard, make, plan, summarise};
