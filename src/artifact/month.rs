//! The calendar of a place as a page: a table for each month, and below it what happens, by day.
//!
//! `kaixuan/yixin/calendar/` has what the [calendar](super::calendar) has that people subscribe to,
//! from the day of the build on: what happens there and at the places above, and of a community or
//! anything smaller what happens within. That of a street or district leads to those of the places
//! where people live. Days of the tables on which something happens lead to these in the list.
//!
//! It is made from listings, as the page of the place is, and from no record set. Both its tables and
//! its list have a bound.

use std::{borrow::Cow, collections::BTreeMap};

use jiff::{
    ToSpan as _,
    civil::{Date, Weekday},
};

use crate::{
    artifact::{
        Artifact, ArtifactKind, NotMade, Read, Sources, Subject, View,
        ahead::Ahead,
        inherited,
        page::{self, Page, PageBuilder},
    },
    diagnostic::Location,
    render::context::{AgendaDay, Month, MonthDay, MonthPage},
    schema::{Notice, PlaceId},
};

/// The path of the page, below that of its place.
pub(super) const PATH: &str = "calendar/";

/// How many things the list has: with the tables some eight screens of a phone.
const MOST: usize = 22;

/// How many months have a table.
const MONTHS: usize = 12;

/// How many days of something that goes on are in the list.
const DAYS: usize = 14;

/// A page for each place where something has a time, if the theme has one.
pub(super) struct MonthKind;

impl ArtifactKind for MonthKind {
    fn name(&self) -> &'static str {
        "month"
    }

    fn plan(&self, place: Option<PlaceId>, sources: &Sources<'_>) -> Vec<Artifact> {
        let Some(place) = place.filter(|it| inherited::has_calendar(*it, sources)) else {
            return Vec::new();
        };
        let here = sources.portal.place(place);
        let source = Location::file(here.folder.join("place.yaml"));
        let mut page = sources.page(place, PATH, Subject::Place(place), source);
        page.reads.extend([Read::Today, Read::Routes]);
        page.reads.extend(inherited::reads_of_calendar(place, sources));
        page.reads.extend(here.children.iter().map(|child| Read::Place(*child)));
        vec![page]
    }

    fn make<'v>(&self, artifact: &Artifact, view: &View<'v>) -> Result<Cow<'v, [u8]>, NotMade> {
        let Subject::Place(place) = artifact.subject else { return Err(artifact.unexpected()) };
        page::make(view, |builder| builder.month_page(place))
    }
}

impl PageBuilder<'_, '_> {
    /// The context of the page.
    ///
    /// Returns [`NotMade::Torn`] if a listed record cannot be read.
    fn month_page(&self, id: PlaceId) -> Result<Page, NotMade> {
        let (view, place) = (self.view, self.view.place(id));
        let today = view.clock().today();
        let templates = vec!["month.html".to_owned()];
        let words = self.words_said(&templates);
        let is_area = view.is_area(id);
        let below = if is_area { Vec::new() } else { view.timed_below(id) };
        let above = view.headlined().flat_map(|above| view.timed(above));
        let notices: Vec<&Notice> = below.into_iter().chain(above).collect();
        let all = self.ahead(notices);
        let (by_day, more) = by_day(&all, today);
        let mut days = Vec::with_capacity(by_day.len());
        for (date, on_it) in &by_day {
            let coming = on_it.iter().map(|it| Ok(self.coming(**it, id, words)?.0));
            let coming = coming.collect::<Result<_, NotMade>>()?;
            days.push(AgendaDay { date: date.to_string(), coming, more: 0 });
        }
        let of_days = by_day.keys().zip(&days).map(|(date, day)| {
            let cancelled = day.coming.iter().filter(|it| it.cancelled).count();
            (*date, [day.coming.len(), cancelled])
        });
        let of_days: BTreeMap<Date, [usize; 2]> = of_days.collect();
        let children = place.children.iter().filter(|_| is_area);
        let page = MonthPage {
            place: self.place_link(place),
            today: today.to_string(),
            months: months(&of_days, today),
            days,
            more,
            places: children.map(|child| self.place_link(view.place(*child))).collect(),
        };
        let title = self.say("calendar-title", &[("place", &place.name)]);
        let head = self.head("calendar", title, String::new(), "", self.crumbs(id, true));
        Ok(page::filled(templates, head, page))
    }
}

/// What happens on each day from today on, as far as there is room for it; and whether there is more.
fn by_day<'a, 'v>(all: &'a [Ahead<'v>], today: Date) -> (BTreeMap<Date, Vec<&'a Ahead<'v>>>, bool) {
    let mut by_day: BTreeMap<Date, Vec<&Ahead<'_>>> = BTreeMap::new();
    let mut count = 0;
    for it in all {
        let first = it.moment.date.max(today);
        for day in first.series(1.day()).take_while(|day| *day <= it.last()).take(DAYS) {
            if count == MOST {
                return (by_day, true);
            }
            count += 1;
            by_day.entry(day).or_default().push(it);
        }
    }
    (by_day, false)
}

/// The table of this month, and of each later one on which something happens. Of each day it is
/// given how much happens, and how much of that is cancelled.
fn months(of_days: &BTreeMap<Date, [usize; 2]>, today: Date) -> Vec<Month> {
    let mut firsts: Vec<Date> = of_days.keys().map(|day| day.first_of_month()).collect();
    firsts.insert(0, today.first_of_month());
    firsts.dedup();
    let day = |day: Date| {
        let [count, cancelled] = of_days.get(&day).copied().unwrap_or_default();
        MonthDay { day: day.day(), date: day.to_string(), count, cancelled }
    };
    let month = |first: &Date| {
        let before = usize::try_from(first.weekday().since(Weekday::Monday)).unwrap_or_default();
        let mut cells: Vec<Option<MonthDay>> = (0..before).map(|_| None).collect();
        let last = first.last_of_month();
        cells.extend(first.series(1.day()).take_while(|day| *day <= last).map(day).map(Some));
        cells.resize_with(cells.len().next_multiple_of(7), || None);
        let mut weeks = Vec::with_capacity(cells.len() / 7);
        while !cells.is_empty() {
            let rest = cells.split_off(7);
            weeks.push(std::mem::replace(&mut cells, rest));
        }
        Month { month: first.strftime("%Y-%m").to_string(), weeks }
    };
    firsts.iter().take(MONTHS).map(month).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn shown(days: &[Date], today: Date) -> Vec<String> {
        let by_day = days.iter().map(|day| (*day, [1, usize::from(day.day() == 28)])).collect();
        let cell = |it: &Option<MonthDay>| match it {
            None => "-".to_owned(),
            Some(it) if it.cancelled > 0 => format!("({})", it.day),
            Some(it) if it.count > 0 => format!("[{}]", it.day),
            Some(it) => it.day.to_string(),
        };
        let month = |it: Month| {
            let weeks =
                it.weeks.iter().map(|week| week.iter().map(cell).collect::<Vec<_>>().join(" "));
            format!("{}: {}", it.month, weeks.collect::<Vec<_>>().join(" / "))
        };
        months(&by_day, today).into_iter().map(month).collect()
    }

    #[test]
    fn months_begin_on_monday_and_days_with_something_are_marked() {
        let days = [date(2027, 2, 1), date(2027, 2, 28)];
        assert_eq!(
            shown(&days, date(2026, 11, 30)),
            [
                "2026-11: - - - - - - 1 / 2 3 4 5 6 7 8 / 9 10 11 12 13 14 15 / \
                 16 17 18 19 20 21 22 / 23 24 25 26 27 28 29 / 30 - - - - - -",
                "2027-02: [1] 2 3 4 5 6 7 / 8 9 10 11 12 13 14 / 15 16 17 18 19 20 21 / \
                 22 23 24 25 26 27 (28)",
            ]
        );
    }

    #[test]
    fn there_is_a_table_for_this_month_whatever_happens() {
        assert_eq!(shown(&[], date(2026, 11, 30)).len(), 1);
        assert_eq!(shown(&[date(2026, 11, 30)], date(2026, 11, 30)).len(), 1);
    }
}
