//! In which order notices are shown.

use std::{cmp::Reverse, sync::Arc};

use crate::{disclosure::NoticeSummary, schema::Notice};

/// Urgent notices first, then pinned ones, then the latest; of one day by address.
pub(super) fn by_rank(notice: &Notice) -> impl Ord + use<'_> {
    (!notice.urgent, !notice.pinned, Reverse(notice.date), &notice.slug, notice.place)
}

/// The posted ones of a place's notices, by their index, as lists show them.
pub(super) fn ranked(notices: &[Arc<NoticeSummary>]) -> Vec<u32> {
    let mut posted = posted(notices);
    posted.sort_by(|a, b| by_rank(a.1).cmp(&by_rank(b.1)));
    posted.into_iter().map(|(index, _)| index).collect()
}

/// The posted ones of a place's notices, by their index, the oldest first.
pub(super) fn dated(notices: &[Arc<NoticeSummary>]) -> Vec<u32> {
    let mut posted = posted(notices);
    posted.sort_by_key(|(_, notice)| (notice.date, notice.file.clone()));
    posted.into_iter().map(|(index, _)| index).collect()
}

fn posted(notices: &[Arc<NoticeSummary>]) -> Vec<(u32, &Notice)> {
    (0..).zip(notices).filter_map(|(index, it)| Some((index, it.posted()?))).collect()
}
