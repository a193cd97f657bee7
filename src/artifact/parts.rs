//! Long lists, cut into pages whose addresses stay.
//!
//! A page that was full once never changes again when entries are added at the other end: links to
//! it stay right, and search engines need not read it again. So pages are numbered from the end at
//! which nothing is added, and years have their own page from the start.
//!
//! By year, with so many entries each and today in 2026:
//!
//! | years | pages |
//! | --- | --- |
//! | 2024: 40, 2025: 10, 2026: 2 | first page 2025 and 2026; `2026/`, `2025/`, `2024/` |
//! | 2024: 4, 2025: 4, 2026: 4 | one page |
//! | 2025: 9, 2026: 1, 2027: 30 | first page 2026 and 2027; `2027/`, `2026/`, `2025/` |
//! | 2025: 130, 2026: 9, 50 a page | first page 2026 and the latest 80 of 2025; `2026/`; `2025/` the latest 80, `2025/page/1/` the others |
//!
//! By number, 35 entries and 10 a page:
//!
//! | order | pages |
//! | --- | --- |
//! | newest first | first page entries 0–14; `page/2/` 15–24; `page/1/` 25–34 |
//! | oldest first | first page entries 0–9; `page/2/` 10–19; `page/3/` 20–29; `page/4/` 30–34 |
//!
//! How many a page holds is for its view to say, as a card takes more room than a line: no page should
//! be longer than somebody scrolls on a phone, or weigh more than a slow line brings in a moment.
//!
//! This file counts only. `plan` of a kind calls it with what summaries know, `make` with what was
//! read, and both get the same pages.

use std::{collections::BTreeSet, ops::Range};

use jiff::civil::Date;

use crate::{
    clock::Clock,
    figures::Years,
    schema::{
        Collection, RecordView,
        collection::{Order, Paging},
    },
};

/// An index shows whole years, the latest first, until it has at least so many entries. So in
/// January the list does not begin with an empty page.
const FULL: usize = 12;

/// How many notices a page of a year's has, at most twice as many.
const NOTICES: usize = 25;

/// Up to so many pages, each links to every other.
const ALL: usize = 12;

/// Of more pages, each links to so many before and so many after it, and to the first and the last.
const NEIGHBOURS: usize = 2;

/// What stands in the row of links from page to page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Step {
    /// A page, by its place in the list of them.
    Page(usize),
    /// Pages that are left out, at least two.
    Gap(Range<usize>),
}

/// The links from one of so many pages to the others: the first, the last, and those around it. So
/// the width of the row has a bound, and the size of all pages together grows with their number, not
/// with its square.
///
/// ```text
/// 30 pages, at 14:   0 … 12 13 14 15 16 … 29
/// 30 pages, at  3:   0 1 2 3 4 5 … 29
/// ```
pub(super) fn steps(count: usize, here: usize) -> Vec<Step> {
    let near = here.saturating_sub(NEIGHBOURS)..=here + NEIGHBOURS;
    let ends = [0, count.saturating_sub(1)];
    let shown: BTreeSet<usize> = if count <= ALL {
        (0..count).collect()
    } else {
        near.chain(ends).filter(|page| *page < count).collect()
    };
    let mut steps = Vec::with_capacity(shown.len() + 2);
    let mut next = 0;
    for page in shown {
        match page - next {
            0 => {}
            1 => steps.push(Step::Page(next)),
            _ => steps.push(Step::Gap(next..page)),
        }
        steps.push(Step::Page(page));
        next = page + 1;
    }
    steps
}

/// Which entries of a list a page shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ListPart {
    /// All of them: the list has one page.
    Whole,
    /// Those of that year and later, and those without a year: the list's first page.
    Since(i16),
    /// The same, but of that year itself only those from one rank up to another, without it.
    SinceSome(i16, u32, u32),
    /// Those of one year. Entries without a year are on none of these pages, only on the first.
    Year(i16),
    /// Of one year those from one rank up to another, without it, and the number in the address;
    /// the year's first page has none.
    YearChunk(i16, u32, u32, Option<u32>),
    /// Those from one index up to another, without it, and the number in the address; the list's
    /// first page has none.
    Chunk(u32, u32, Option<u32>),
}

impl ListPart {
    /// What its address has after that of the list. `2024/`, `2024/page/1/`, `page/3/`, or nothing
    /// for the first page.
    pub fn suffix(self) -> String {
        match self {
            Self::Year(year) | Self::YearChunk(year, _, _, None) => format!("{year}/"),
            Self::YearChunk(year, _, _, Some(number)) => format!("{year}/page/{number}/"),
            Self::Chunk(_, _, Some(number)) => format!("page/{number}/"),
            _ => String::new(),
        }
    }

    /// How it is called among all parts of its list.
    ///
    /// Pages are numbered from the end to which nothing is added, so what has no number is the latest
    /// where numbers go down to 1, and the first one where they go up from 2.
    pub fn name(self, all: &[Self]) -> PartName {
        match self {
            Self::Year(year) => PartName::Year(year),
            Self::YearChunk(year, _, _, Some(number)) => PartName::YearPage(year, number),
            Self::YearChunk(year, _, _, None) => {
                let is_last =
                    |it: &Self| matches!(it, Self::YearChunk(of, _, _, Some(1)) if *of == year);
                if all.iter().any(is_last) {
                    PartName::YearLatest(year)
                } else {
                    PartName::YearPage(year, 1)
                }
            }
            Self::Chunk(_, _, Some(number)) => PartName::Page(number),
            Self::Chunk(_, _, None)
                if !all.iter().any(|it| matches!(it, Self::Chunk(_, _, Some(1)))) =>
            {
                PartName::Page(1)
            }
            _ => PartName::Latest,
        }
    }

    /// Its year and number in short; empty for the first. `2024/` has `2024`, `2024/page/1/` has
    /// `2024 · 1`, `page/3/` has `3`.
    pub fn title(self) -> String {
        match self {
            Self::Year(year) | Self::YearChunk(year, _, _, None) => year.to_string(),
            Self::YearChunk(year, _, _, Some(number)) => format!("{year} · {number}"),
            Self::Chunk(_, _, Some(number)) => number.to_string(),
            _ => String::new(),
        }
    }

    /// It is the list's first page.
    pub fn is_first(self) -> bool {
        !matches!(self, Self::Year(_) | Self::YearChunk(..) | Self::Chunk(_, _, Some(_)))
    }

    /// The entry is on this page. Years with a page of their own may also be on the first, so a list
    /// by year shows such an entry twice; a list by number shows each once.
    pub fn holds(self, entry: Entry) -> bool {
        let Entry { index, year, rank } = entry;
        match self {
            Self::Whole => true,
            Self::Since(first) => year.is_none_or(|it| it >= first),
            Self::SinceSome(first, from, to) => year.is_none_or(|it| {
                it > first || it == first && (from as usize..to as usize).contains(&rank)
            }),
            Self::Year(wanted) => year == Some(wanted),
            Self::YearChunk(wanted, from, to, _) => {
                year == Some(wanted) && (from as usize..to as usize).contains(&rank)
            }
            Self::Chunk(from, to, _) => (from as usize..to as usize).contains(&index),
        }
    }
}

/// How a part of a list is called, in the words of the theme.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PartName {
    /// What is latest, of whichever year.
    Latest,
    /// A page by its number.
    Page(u32),
    /// A year that has one page.
    Year(i16),
    /// The latest page of a year that has several.
    YearLatest(i16),
    /// A page of a year by its number.
    YearPage(i16, u32),
}

/// Where an entry stands in its list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry {
    /// How many stand before it.
    pub index: usize,
    /// Its year, if it has one.
    pub year: Option<i16>,
    /// How many of the same year stand before it.
    pub rank: usize,
}

/// Where each entry of a list stands, by the years of all of them.
pub(super) fn entries(years: impl Iterator<Item = Option<i16>>) -> impl Iterator<Item = Entry> {
    let mut seen = Years::new();
    years.enumerate().map(move |(index, year)| {
        let count = year.map(|year| seen.entry(year).or_default());
        let rank = count.map_or(0, |count| {
            *count += 1;
            *count - 1
        });
        Entry { index, year, rank }
    })
}

/// The pages of a collection's list of so many records, so many of each year. There is always at
/// least one, even for a list without entries.
pub(super) fn parts_of(
    collection: &Collection,
    count: usize,
    years: &Years,
    clock: &Clock,
) -> Vec<ListPart> {
    let newest_first = collection.order == Order::Newest;
    let size = page_size(collection.view);
    match collection.paging {
        Paging::Whole => by_size(count, size, newest_first),
        Paging::Year => by_years(years, size, newest_first, clock),
        Paging::Records(size) => by_size(count, size, newest_first),
    }
}

/// How many records a page has of a collection that does not say, or of a year; at most twice as
/// many. A page of twice as many is what a phone shows on ten screens.
fn page_size(view: RecordView) -> usize {
    match view {
        RecordView::Articles | RecordView::Directory => 10,
        RecordView::Cards => 20,
        RecordView::Schedule => 30,
        RecordView::Ledger => 40,
        RecordView::Series | RecordView::Streaks => 50,
    }
}

/// The record at that index is on the first page of its list, whichever others there are.
pub(super) fn is_on_first(collection: &Collection, index: usize) -> bool {
    let size = page_size(collection.view);
    let least = match collection.paging {
        Paging::Whole => size,
        Paging::Year if collection.order == Order::Newest => FULL.min(size),
        Paging::Year => 0,
        Paging::Records(size) => size,
    };
    index < least
}

/// The pages of a list of notices, so many of each year; the latest stand first.
pub(super) fn parts_of_notices(years: &Years, clock: &Clock) -> Vec<ListPart> {
    by_years(years, NOTICES, true, clock)
}

/// A page for each year, and a first page with the latest. A year's page never changes when
/// entries of another year are added. A year with twice as many entries as fit a page has several.
///
/// The first page goes back, year by year, until it has [`FULL`] entries, and never ends in a year
/// that has not begun: what a schedule has for next year does not push this year off the page. Of a
/// year with several pages it has what is on the latest of them. If it reaches the oldest year, and
/// that has one page, it shows everything and is the only page.
///
/// The clock is asked whether a year has begun, so the plan is made again when it does.
fn by_years(counts: &Years, size: usize, newest_first: bool, clock: &Clock) -> Vec<ListPart> {
    let mut shown = 0;
    let first = counts.iter().rev().find(|(year, count)| {
        shown += **count;
        let begun = Date::new(**year, 1, 1).is_ok_and(|it| clock.reached(it));
        begun && shown >= FULL
    });
    let oldest = counts.iter().next();
    let Some((first, count)) = first.or(oldest) else { return vec![ListPart::Whole] };
    let of_first = of_year(*first, *count, size, newest_first);
    let index = match of_first[..] {
        [_] if Some((first, count)) == oldest => return vec![ListPart::Whole],
        [_] => ListPart::Since(*first),
        // Oldest first, the last page may have a single entry: the one before it goes with it.
        [.., ListPart::YearChunk(year, from, ..), ListPart::YearChunk(_, _, to, _)]
            if !newest_first =>
        {
            ListPart::SinceSome(year, from, to)
        }
        [ListPart::YearChunk(year, from, to, _), ..] => ListPart::SinceSome(year, from, to),
        _ => ListPart::Since(*first),
    };
    let years = counts.iter().rev();
    let years = years.flat_map(|(year, count)| of_year(*year, *count, size, newest_first));
    std::iter::once(index).chain(years).collect()
}

/// The pages of one year, numbered like those of a list.
fn of_year(year: i16, count: usize, size: usize, newest_first: bool) -> Vec<ListPart> {
    let part = |part: ListPart| match part {
        ListPart::Chunk(from, to, number) => ListPart::YearChunk(year, from, to, number),
        _ => ListPart::Year(year),
    };
    by_size(count, size, newest_first).into_iter().map(part).collect()
}

/// Pages of so many entries. They are numbered from the end to which nothing is added, so that a
/// page never changes once it is full: the first page takes what the others leave.
///
/// With fewer than two full pages there is one. Otherwise the first page, newest first, holds at
/// least one page's entries and less than two. Oldest first, entries are added to the last page,
/// and the first is always full. `size` is above zero; the declaration is refused otherwise.
fn by_size(count: usize, size: usize, newest_first: bool) -> Vec<ListPart> {
    let narrow = |it: usize| u32::try_from(it).unwrap_or(u32::MAX);
    let full = count / size;
    if full < 2 {
        return vec![ListPart::Whole];
    }
    let chunk = |from, to, number| ListPart::Chunk(narrow(from), narrow(to), number);
    if newest_first {
        let first = count - (full - 1) * size;
        let older = (1..full).rev().map(|number| {
            let from = count - number * size;
            chunk(from, from + size, Some(narrow(number)))
        });
        std::iter::once(chunk(0, first, None)).chain(older).collect()
    } else {
        let later = (1..count.div_ceil(size)).map(|index| {
            let from = index * size;
            chunk(from, (from + size).min(count), Some(narrow(index + 1)))
        });
        std::iter::once(chunk(0, size, None)).chain(later).collect()
    }
}

#[cfg(test)]
mod tests {
    use jiff::tz::TimeZone;

    use super::*;

    fn years(counts: &[(i16, usize)]) -> Vec<ListPart> {
        let clock = Clock::parse("2026-03-05", &TimeZone::UTC).unwrap();
        by_years(&counts.iter().copied().collect(), 50, true, &clock)
    }

    /// The row of links as text: numbers of pages, and `…` for those that are left out.
    fn row(count: usize, here: usize) -> String {
        let steps = steps(count, here).into_iter().map(|step| match step {
            Step::Page(page) if page == here => format!("[{page}]"),
            Step::Page(page) => page.to_string(),
            Step::Gap(_) => "…".to_owned(),
        });
        steps.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn a_page_links_to_the_ends_and_to_those_around_it() {
        assert_eq!(row(2, 0), "[0] 1");
        assert_eq!(row(12, 3), "0 1 2 [3] 4 5 6 7 8 9 10 11");
        for (here, expected) in [
            (0, "[0] 1 2 … 29"),
            (1, "0 [1] 2 3 … 29"),
            (3, "0 1 2 [3] 4 5 … 29"),
            (4, "0 1 2 3 [4] 5 6 … 29"),
            (5, "0 … 3 4 [5] 6 7 … 29"),
            (24, "0 … 22 23 [24] 25 26 … 29"),
            (25, "0 … 23 24 [25] 26 27 28 29"),
            (28, "0 … 26 27 [28] 29"),
            (29, "0 … 27 28 [29]"),
        ] {
            assert_eq!(row(30, here), expected);
        }
    }

    #[test]
    fn every_page_is_linked_or_in_a_gap_and_the_row_is_short() {
        for count in 1..60 {
            for here in 0..count {
                let steps = steps(count, here);
                assert!(steps.len() <= ALL, "{here} of {count}");
                let pages = steps.into_iter().flat_map(|step| match step {
                    Step::Page(page) => page..page + 1,
                    Step::Gap(pages) => {
                        assert!(pages.len() > 1 && !pages.contains(&here));
                        pages
                    }
                });
                assert!(pages.eq(0..count), "{here} of {count}");
            }
        }
    }

    #[test]
    fn the_first_page_is_never_nearly_empty() {
        assert_eq!(years(&[]), [ListPart::Whole]);
        assert_eq!(years(&[(2024, 4), (2025, 4), (2026, 4)]), [ListPart::Whole]);
        assert_eq!(
            years(&[(2024, 40), (2025, 10), (2026, 2)]),
            [
                ListPart::Since(2025),
                ListPart::Year(2026),
                ListPart::Year(2025),
                ListPart::Year(2024)
            ]
        );
        // What is to come next year does not push this year off the first page.
        assert_eq!(years(&[(2025, 9), (2026, 1), (2027, 30)])[0], ListPart::Since(2026));
    }

    #[test]
    fn a_long_year_has_several_pages_and_the_first_page_shows_the_latest() {
        assert_eq!(
            years(&[(2025, 130), (2026, 9)]),
            [
                ListPart::SinceSome(2025, 0, 80),
                ListPart::Year(2026),
                ListPart::YearChunk(2025, 0, 80, None),
                ListPart::YearChunk(2025, 80, 130, Some(1)),
            ]
        );
        assert_eq!(years(&[(2026, 99)]), [ListPart::Whole]);
        assert_eq!(years(&[(2026, 100)])[0], ListPart::SinceSome(2026, 0, 50));
        let part = ListPart::YearChunk(2025, 80, 130, Some(1));
        assert_eq!((part.suffix(), part.title()), ("2025/page/1/".into(), "2025 · 1".into()));
    }

    #[test]
    fn what_has_no_number_is_the_latest_or_the_first() {
        let names = |parts: Vec<ListPart>| -> Vec<PartName> {
            parts.iter().map(|it| it.name(&parts)).collect()
        };
        assert_eq!(
            names(years(&[(2025, 130), (2026, 9)])),
            [
                PartName::Latest,
                PartName::Year(2026),
                PartName::YearLatest(2025),
                PartName::YearPage(2025, 1),
            ]
        );
        let counted = |newest_first| names(by_size(35, 10, newest_first));
        assert_eq!(counted(true), [PartName::Latest, PartName::Page(2), PartName::Page(1)]);
        assert_eq!(counted(false), [1, 2, 3, 4].map(PartName::Page));
        let clock = Clock::parse("2026-03-05", &TimeZone::UTC).unwrap();
        let parts = by_years(&Years::from([(2026, 35)]), 10, false, &clock);
        assert_eq!(names(parts)[1..], [1, 2, 3, 4].map(|it| PartName::YearPage(2026, it)));
    }

    #[test]
    fn every_entry_of_a_year_stands_on_one_page_of_that_year() {
        let clock = Clock::parse("2026-03-05", &TimeZone::UTC).unwrap();
        let counts = Years::from([(2024, 7), (2025, 47), (2026, 21)]);
        let listed = [Some(2026); 21].into_iter().chain([None]).chain([Some(2025); 47]);
        let listed = || listed.clone().chain([Some(2024); 7]);
        for newest_first in [false, true] {
            let parts = by_years(&counts, 10, newest_first, &clock);
            for entry in entries(listed()) {
                let holding = parts[1..].iter().filter(|part| part.holds(entry)).count();
                assert_eq!(holding, usize::from(entry.year.is_some()), "{entry:?}");
            }
            let shown = entries(listed()).filter(|entry| parts[0].holds(*entry)).count();
            assert!((12..=21).contains(&shown), "{shown}");
        }
    }

    #[test]
    fn every_entry_stands_on_one_page_of_its_size() {
        for newest_first in [false, true] {
            for count in 0..50 {
                let parts = by_size(count, 10, newest_first);
                for entry in entries((0..count).map(|_| None)) {
                    let holding = parts.iter().filter(|part| part.holds(entry)).count();
                    assert_eq!(holding, 1, "{entry:?} of {count}");
                }
            }
        }
    }

    #[test]
    fn full_pages_stay_when_entries_are_added() {
        // Newest first: what is new comes before index 0, so pages are identified by their distance
        // from the end.
        let from_end = |count: usize| -> Vec<_> {
            let parts = by_size(count, 10, true).into_iter();
            let numbered = parts.filter_map(|part| match part {
                ListPart::Chunk(from, to, Some(number)) => {
                    Some((number, count - to as usize, count - from as usize))
                }
                _ => None,
            });
            numbered.collect()
        };
        for count in 20..60 {
            let (before, after) = (from_end(count), from_end(count + 1));
            assert!(before.iter().all(|it| after.contains(it)), "{count}");
        }
    }
}
