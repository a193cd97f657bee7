//! Which notices are in a feed.

use std::cmp::Reverse;

use jiff::civil::Date;

use crate::{
    disclosure::Portal,
    schema::{Notice, PlaceId, notice::NoticeId},
};

/// The most entries of a feed.
pub(super) const MOST: usize = 50;

/// The notices of a feed, the latest first: those of a place, or of the place and all places in it.
pub(in crate::artifact) fn latest(
    portal: &Portal<'_>,
    place: PlaceId,
    below: bool,
) -> Vec<NoticeId> {
    let notices = portal.notices();
    let mut ids: Vec<NoticeId> =
        if below { notices.below(place).to_vec() } else { notices.at(place).collect() };
    let order = |id: &NoticeId| {
        let notice = notices.get(*id);
        (Reverse(changed(notice)), Reverse(notice.date()), *id)
    };
    if ids.len() > MOST {
        ids.select_nth_unstable_by_key(MOST - 1, order);
        ids.truncate(MOST);
    }
    ids.sort_unstable_by_key(order);
    ids
}

/// The day since when a notice is as it is.
pub(super) fn changed(notice: &Notice) -> Option<Date> {
    notice.updated.max(notice.date())
}
