//! What of all that happens is in which file: with what was, for those who subscribe, or what is to
//! come, for those who import a file once.

use jiff::ToSpan as _;

use crate::{
    artifact::{Artifact, NotMade, View},
    schema::{Collection, CollectionId, Moment, Notice, PlaceId, Record, RecordSet},
};

/// How many years events stay that are over.
const YEARS: i64 = 2;

/// What of all that happens is in a calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::artifact) enum Extent {
    /// What was in the last two years and what is to come, cancelled or not.
    Lasting,
    /// What is to come and takes place.
    Coming,
}

impl Extent {
    /// Both of them.
    pub(super) const ALL: [Self; 2] = [Self::Lasting, Self::Coming];

    /// The file, in the folder of its place or list.
    pub(in crate::artifact) fn file(self) -> &'static str {
        match self {
            Self::Lasting => "calendar.ics",
            Self::Coming => "coming.ics",
        }
    }

    /// The one that is written to a file of this name.
    pub(in crate::artifact) fn named(file: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.file() == file)
    }

    /// That of a calendar.
    pub(super) fn of(calendar: &Artifact) -> Self {
        let name = calendar.path.rsplit('/').next();
        name.and_then(Self::named).unwrap_or(Self::Lasting)
    }

    /// When that happens which a record tells of, if it is in the calendar.
    pub(super) fn moment(
        self,
        view: &View<'_>,
        declared: &Collection,
        record: &Record,
    ) -> Option<Moment> {
        let is_off = declared.dating.is_some_and(|dating| dating.is_cancelled(record));
        let moment = declared.moment(record).filter(|_| self == Self::Lasting || !is_off)?;
        self.has(view, moment).then_some(moment)
    }

    /// What a notice announces is in the calendar.
    pub(super) fn has_notice(self, view: &View<'_>, notice: &Notice) -> bool {
        notice.happens.is_some_and(|moment| self.has(view, moment))
    }

    /// What happens then is in the calendar.
    fn has(self, view: &View<'_>, moment: Moment) -> bool {
        let last = moment.until.unwrap_or(moment.date);
        let years = if self == Self::Lasting { YEARS } else { 0 };
        !view.clock().is_past(last.saturating_add(years.years()))
    }

    /// How many events the calendar of a place has, whose reads the artifact has as well.
    ///
    /// Returns [`NotMade::Torn`] if records could not be read as they were summarised.
    pub(in crate::artifact) fn count(self, view: &View<'_>) -> Result<usize, NotMade> {
        let mut count = 0;
        for place in view.agendas() {
            for collection in view.agenda_collections(place) {
                let set = view.agenda_records(place, collection).ok_or(NotMade::Torn)?;
                count += self.count_in(view, &set);
            }
            let notices = view.agenda_notices(place);
            count += notices.filter(|notice| self.has_notice(view, notice)).count();
        }
        Ok(count)
    }

    /// How many events the calendar of a list has.
    pub(in crate::artifact) fn count_of(
        self,
        view: &View<'_>,
        place: PlaceId,
        list: CollectionId,
    ) -> usize {
        view.records(place, list).map_or(0, |set| self.count_in(view, &set))
    }

    fn count_in(self, view: &View<'_>, set: &RecordSet) -> usize {
        let declared = view.collection(set.collection);
        let records = set.records.iter();
        records.filter(|record| self.moment(view, declared, record).is_some()).count()
    }
}
