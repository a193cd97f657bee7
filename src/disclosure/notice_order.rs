//! In which order notices and lasting pages are shown.

use std::{cmp::Reverse, sync::Arc};

use crate::{disclosure::NoticeSummary, fingerprint::Fingerprint, schema::Notice, text::Collator};

/// How many notices of a place the places in it may show, beside those that have a time.
pub(super) const HEADLINES: usize = 6;

/// Urgent notices first, then pinned ones, then the latest; of one day by address.
pub(super) fn by_rank(notice: &Notice) -> impl Ord + use<'_> {
    (!notice.urgent, !notice.pinned, Reverse(notice.date()), &notice.slug, notice.place)
}

/// The posted ones of a place's notices, by their index, as lists show them.
pub(super) fn ranked(notices: &[Arc<NoticeSummary>]) -> Vec<u32> {
    let mut posted = posted(notices);
    posted.sort_by(|a, b| by_rank(a.1).cmp(&by_rank(b.1)));
    posted.into_iter().map(|(index, _)| index).collect()
}

/// The fingerprint of the first of `ranked`, and of those that have a time; nothing if there are none.
pub(super) fn headlines(notices: &[Arc<NoticeSummary>], ranked: &[u32]) -> Option<Fingerprint> {
    let has_time = |it: &NoticeSummary| it.posted().is_some_and(Notice::has_time);
    let shown = ranked.iter().map(|index| &*notices[*index as usize]).enumerate();
    let shown = shown.filter(|(rank, notice)| *rank < HEADLINES || has_time(notice));
    let mut links = shown.map(|(_, notice)| notice.link).peekable();
    links.peek()?;
    Some(Fingerprint::of_all(links))
}

/// The posted ones of a place's notices, by their index, the oldest first.
pub(super) fn dated(notices: &[Arc<NoticeSummary>]) -> Vec<u32> {
    let mut posted = posted(notices);
    posted.sort_by_key(|(_, notice)| (notice.date(), notice.file.clone()));
    posted.into_iter().map(|(index, _)| index).collect()
}

/// The posted ones of a place's lasting pages, by their index, in the order of its menu: by number,
/// then by title.
pub(super) fn menu(notices: &[Arc<NoticeSummary>]) -> Vec<u32> {
    let mut pages: Vec<(u32, &Notice)> = all(notices).filter(|(_, it)| it.is_page()).collect();
    if pages.len() > 1 {
        let collator = Collator::new();
        pages.sort_by_cached_key(|(_, page)| {
            let order = page.order();
            (order.is_none(), order, collator.key(&page.title), page.file.clone())
        });
    }
    pages.into_iter().map(|(index, _)| index).collect()
}

fn all(notices: &[Arc<NoticeSummary>]) -> impl Iterator<Item = (u32, &Notice)> {
    (0..).zip(notices).filter_map(|(index, it)| Some((index, it.posted()?)))
}

fn posted(notices: &[Arc<NoticeSummary>]) -> Vec<(u32, &Notice)> {
    all(notices).filter(|(_, it)| !it.is_page()).collect()
}
