//! What is ahead: all that has a time at a place, at those within and at those above, by day.
//!
//! | from | what |
//! | --- | --- |
//! | record sets that happen ([`Collection::happens`]) | sessions, events |
//! | records that may be objected to | the last day for that |
//! | notices with `happens` | what they announce |
//! | notices that may be objected to | the last day for that |
//!
//! A page of a place says of today and of tomorrow what is known, also if that is nothing, and gives
//! what comes later as far as there is room. Listings hold the next records of their sets and those
//! are complete for the days that they reach, so "nothing" is never said of a day that was cut off.

use std::collections::BTreeMap;

use jiff::civil::Date;
use tera::Value;

use crate::{
    artifact::{NotMade, View, page::PageBuilder, structured::Occasion},
    figures::{Listed, Listing},
    render::{
        context::{AgendaDay, Coming},
        mentions::{SaidWords, Word},
    },
    schema::{Collection, CollectionId, Moment, Notice, PlaceId, RecordView},
};

/// How many things a day shows on the page of a place.
const OF_A_DAY: usize = 4;

/// How many things of later days the page of a place shows.
const LATER: usize = 4;

/// Something that has a time.
#[derive(Clone, Copy)]
pub(super) struct Ahead<'v> {
    pub(super) moment: Moment,
    what: What<'v>,
    /// It is the last day on which anybody may object to it.
    closes: bool,
}

#[derive(Clone, Copy)]
enum What<'v> {
    Record(CollectionId, Listed),
    Notice(&'v Notice),
}

/// What is ahead on the page of a place.
#[derive(Default)]
pub(super) struct Agenda {
    /// By day; nothing if nothing is known of any.
    pub(super) days: Vec<AgendaDay>,
    /// What is told of it to machines.
    pub(super) occasions: Vec<Occasion>,
    /// How many records of a collection are shown.
    pub(super) shown: BTreeMap<CollectionId, usize>,
}

impl<'v> Ahead<'v> {
    /// What is ahead in a listing. The day is asked for only where it matters: who asks for it is
    /// made again each day.
    pub(super) fn in_listing(
        declared: &Collection,
        id: CollectionId,
        listing: &Listing,
        today: impl FnOnce() -> Date,
    ) -> Vec<Self> {
        let of = |closes: bool| {
            move |listed: &Listed| {
                let moment = listed.moment?;
                Some(Self { moment, what: What::Record(id, *listed), closes })
            }
        };
        let mut all = Vec::new();
        if declared.happens() {
            all.extend(listing.upcoming.iter().filter_map(of(false)));
            // What is no schedule lists the records of today among those that were.
            if declared.view != RecordView::Schedule && !listing.recent.is_empty() {
                let today = today();
                let is_today = |it: &&Listed| it.moment.is_some_and(|it| it.date == today);
                all.extend(listing.recent.iter().filter(is_today).filter_map(of(false)));
            }
        }
        all.extend(listing.closing.iter().filter_map(of(true)));
        all
    }

    /// What is ahead of a notice.
    pub(super) fn of_notice(notice: &'v Notice, view: &View<'_>) -> Vec<Self> {
        let what = What::Notice(notice);
        let objection = notice.posting.objection.as_ref().map(|it| {
            let (date, until) = (it.until, Some(it.until));
            Self { moment: Moment { date, starts: None, until, ends: None }, what, closes: true }
        });
        let happens = notice.happens.map(|moment| Self { moment, what, closes: false });
        let all = happens.into_iter().chain(objection);
        all.filter(|it| !view.clock().is_past(it.last())).collect()
    }

    /// Its last day.
    pub(super) fn last(self) -> Date {
        self.moment.until.unwrap_or(self.moment.date)
    }

    /// A notice says that it happens.
    fn is_announced(self) -> bool {
        matches!(self.what, What::Notice(_)) && !self.closes
    }

    fn is_on(self, day: Date) -> bool {
        (self.moment.date..=self.last()).contains(&day)
    }

    /// The order in which things are shown: by time; of one time by what they are.
    fn order(&self) -> impl Ord + use<'v> {
        let (listed, file) = match self.what {
            What::Record(id, listed) => (Some((id, listed.place, listed.index)), None),
            What::Notice(notice) => (None, Some(&notice.file)),
        };
        (self.moment, self.closes, listed, file)
    }
}

/// What is shown of a day, in its order: of more than fit, what a notice announces comes before what
/// happens anyway. Nobody misses a session as they miss that the water is off.
fn first_of_day<'a, 'v>(on_it: &[&'a Ahead<'v>]) -> Vec<&'a Ahead<'v>> {
    let mut places: Vec<usize> = (0..on_it.len()).collect();
    places.sort_by_key(|at| (!on_it[*at].is_announced(), *at));
    places.truncate(OF_A_DAY);
    places.sort_unstable();
    places.into_iter().map(|at| on_it[at]).collect()
}

impl<'v> PageBuilder<'_, 'v> {
    /// All that is ahead in the listings that the artifact reads, and of these notices.
    pub(super) fn ahead(&self, notices: Vec<&'v Notice>) -> Vec<Ahead<'v>> {
        let view = self.view;
        let mut all = Vec::new();
        let mut add = |id: CollectionId, listing: Option<&Listing>| {
            let declared = view.collection(id);
            let today = || view.clock().today();
            let ahead = listing.map(|it| Ahead::in_listing(declared, id, it, today));
            all.extend(ahead.unwrap_or_default());
        };
        view.listings().for_each(|(place, id)| add(id, view.listing(place, id)));
        view.inherited().for_each(|(above, id)| add(id, view.own_listing(above, id)));
        all.extend(notices.into_iter().flat_map(|notice| Ahead::of_notice(notice, view)));
        all.sort_by(|a, b| a.order().cmp(&b.order()));
        all
    }

    /// What is ahead on the page of a place: today and tomorrow, whatever is known of them, and then
    /// the next days on which something is. Nothing for templates that do not say `agenda`.
    ///
    /// Returns [`NotMade::Torn`] if a listed record cannot be read.
    pub(super) fn agenda(&self, place: PlaceId, words: SaidWords) -> Result<Agenda, NotMade> {
        if !words.has(Word::Agenda) {
            return Ok(Agenda::default());
        }
        let view = self.view;
        let above = view.headlined().filter(|_| !view.is_area(place));
        let above = above.flat_map(|above| view.timed(above));
        let all = self.ahead(view.timed_below(place).into_iter().chain(above).collect());
        if all.is_empty() && !self.knows_of_days(place) {
            return Ok(Agenda::default());
        }
        let today = self.view.clock().today();
        let tomorrow = today.tomorrow().unwrap_or(today);
        let mut days = BTreeMap::from([(today, Vec::new()), (tomorrow, Vec::new())]);
        for (day, on_it) in &mut days {
            on_it.extend(all.iter().filter(|it| it.is_on(*day)));
        }
        for later in all.iter().filter(|it| it.moment.date > tomorrow).take(LATER) {
            days.entry(later.moment.date).or_default().push(later);
        }
        let mut agenda = Agenda::default();
        let mut told: Vec<(Moment, Option<Occasion>)> = Vec::new();
        for (day, on_it) in days {
            let mut coming = Vec::new();
            for it in first_of_day(&on_it) {
                let (shown, occasion) = self.coming(*it, place, words)?;
                coming.push(shown);
                if it.moment.date == day || day == today {
                    told.push((it.moment, occasion));
                }
                if let What::Record(id, _) = it.what {
                    *agenda.shown.entry(id).or_default() += 1;
                }
            }
            let more = on_it.len().saturating_sub(OF_A_DAY);
            agenda.days.push(AgendaDay { date: day.to_string(), coming, more });
        }
        agenda.occasions = told.into_iter().filter_map(|(_, occasion)| occasion).collect();
        Ok(agenda)
    }

    /// Something here says when it happens, or would if there were anything.
    fn knows_of_days(&self, place: PlaceId) -> bool {
        let mut collections = self.view.totalled(place).chain(self.view.inherited().map(|it| it.1));
        let mut headlined = self.view.headlined();
        collections.any(|id| self.view.collection(id).happens())
            || self.view.notices(place, false).next().is_some()
            || headlined.any(|above| self.view.headlines(above).next().is_some())
    }

    /// Something as templates see it, and as machines are told.
    ///
    /// Returns [`NotMade::Torn`] if a listed record cannot be read.
    pub(super) fn coming(
        &self,
        ahead: Ahead<'_>,
        here: PlaceId,
        words: SaidWords,
    ) -> Result<(Coming, Option<Occasion>), NotMade> {
        let closes = ahead.closes;
        Ok(match ahead.what {
            What::Record(id, listed) => {
                let record = self.listed(id, &[listed], here, words)?.pop().ok_or(NotMade::Torn)?;
                let occasion = self.occasion(id, &record, Some(ahead.moment));
                let occasion = occasion.filter(|_| !closes);
                let cancelled = record.state == Some("cancelled");
                let (collection, record) = (self.collection(id), Value::from(record));
                let notice = Value::none();
                (Coming { collection, record, notice, closes, cancelled }, occasion)
            }
            What::Notice(notice) => {
                let link = self.notice_link(notice, self.view.named_place(notice.place));
                let occasion = (!closes).then(|| Occasion::of_notice(&link, ahead.moment));
                let (collection, record) = (Value::none(), Value::none());
                let notice = Value::from(link);
                (Coming { collection, record, notice, closes, cancelled: false }, occasion)
            }
        })
    }
}
