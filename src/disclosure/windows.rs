//! The time in which something may be published.

use jiff::civil::{Date, DateTime};
use serde::{Deserialize, Serialize};

use crate::{clock::Clock, schema::Posting};

/// Why something is not posted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum WithheldReason {
    /// It is not finished.
    Draft,
    /// It is posted from that moment on.
    Early(DateTime),
    /// It was posted until that moment.
    Over(DateTime),
    /// From that day on somebody does not want to be named, and without the name nothing is left.
    Withdrawn(Date),
}

impl WithheldReason {
    /// Its name in machine-readable output.
    pub fn name(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Early(_) => "early",
            Self::Over(_) => "over",
            Self::Withdrawn(_) => "withdrawn",
        }
    }

    /// The moment at which it will be posted.
    pub fn until(self) -> Option<DateTime> {
        match self {
            Self::Early(moment) => Some(moment),
            _ => None,
        }
    }
}

/// Why it is not posted at this moment; nothing if it is.
pub(super) fn closed(posting: &Posting, drafts: bool, clock: &Clock) -> Option<WithheldReason> {
    if posting.draft && !drafts {
        return Some(WithheldReason::Draft);
    }
    if let Some(until) = posting.until.filter(|it| clock.reached_moment(*it)) {
        return Some(WithheldReason::Over(until));
    }
    posting.from.filter(|it| !clock.reached_moment(*it)).map(WithheldReason::Early)
}
