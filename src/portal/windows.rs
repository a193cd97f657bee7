//! The time in which something may be published.

use jiff::civil::Date;

use crate::schema::Notice;

/// The notices that are posted on that day: until their last day, and through it.
pub(super) fn posted(mut notices: Vec<Notice>, today: Date) -> Vec<Notice> {
    notices.retain(|it| it.until.is_none_or(|last| today <= last));
    notices
}
