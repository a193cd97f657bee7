//! The time in which something may be published.

use crate::{clock::Clock, schema::Notice};

/// Notices that are posted on that day — until their last day, and through it — and the others.
pub(super) fn posted(notices: Vec<Notice>, clock: &Clock) -> (Vec<Notice>, Vec<Notice>) {
    notices.into_iter().partition(|it| it.until.is_none_or(|last| !clock.is_past(last)))
}
