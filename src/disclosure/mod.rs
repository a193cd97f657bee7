//! What may be published at a moment, and the public portal that is left.
//!
//! Every decision about publication stands here. [`disclose()`] takes a record set as staff wrote it
//! and keeps what residents may see: `windows.rs` says when, `privacy.rs` and `mask/` how much of
//! persons, `suppress.rs` which counts, `typed_totals.rs` what would tell them. [`disclose_notice`]
//! does so with a notice. `conceal.rs` keeps diagnostics to the same. What is known of both without
//! reading them again are a [`SetSummary`] and a [`NoticeSummary`]; `summaries.rs` keeps them by
//! place. `withdrawn.rs` takes the names of persons who withdrew out of both, once all are known
//! (`withdrawals.rs`).
//! Everything after this stage sees a [`Portal`] only.

mod clash;
pub(crate) mod conceal;
mod disclose;
mod equal_sets;
mod facts;
mod gone;
pub(crate) mod leak;
mod lent;
pub mod mask;
mod notice_order;
mod notice_summary;
mod notices;
mod pictures;
mod place_dates;
mod portal;
mod privacy;
mod reference_check;
mod references;
mod report;
mod sent;
mod set_summary;
mod summaries;
mod suppress;
#[cfg(test)]
pub(crate) mod tests;
mod typed_totals;
mod windows;
mod withdrawals;
mod withdrawn;

pub use disclose::{disclose, disclose_notice};
pub(crate) use facts::location;
pub use facts::{Facts, Rules, Withdrawn, Withheld};
pub use mask::NameSecret;
pub use notice_summary::NoticeSummary;
pub use notices::{Neighbours, Notices};
pub use portal::{KnownKeys, Portal};
pub use reference_check::reference_mistakes;
pub use references::ReferencePlace;
pub use report::{PrivacyRow, report};
pub use sent::{SentNames, sent, told};
pub use set_summary::SetSummary;
pub(crate) use set_summary::record_fingerprint;
pub use summaries::{PlaceSummary, Subtree, Summaries};
pub use windows::WithheldReason;
pub use withdrawals::NameRow;
pub use withdrawn::{NameHit, NameTreatment, WithdrawnNames};
