//! What is urgent, for pages that were made before it was: `urgent.json`.
//!
//! The front page and the pages of places have urgent notices in them. All other pages would have to
//! be made again with each, so a script of the theme asks for this file instead. It shows those of
//! the reader's place and of the places above, and judges by the reader's clock what is over.
//!
//! ```json
//! {"version": 1, "notices": [{"title": "停水", "url": "/kaixuan/notices/water/", "place": "kaixuan",
//!   "from": "凯旋街道", "posted": "2026-11-28", "happens": "2026-11-30 08:00—16:00",
//!   "ends": "2026-12-01T00:00:00+08:00", "phone": "0431-8255-0300"}]}
//! ```

use std::borrow::Cow;

use serde::Serialize;

use crate::{
    artifact::{Artifact, ArtifactKind, NotMade, Read, Scan, Sources, View, address::inside},
    render::theme::URGENT,
    schema::{DayTime, Moment, Notice, PlaceId},
};

/// Where it stands.
pub(super) const FILE: &str = "urgent.json";

/// How many notices it has.
const MOST: usize = 20;

/// The file of urgent notices.
pub(super) struct UrgentKind;

/// What it says.
#[derive(Debug, Serialize)]
struct Urgent<'a> {
    version: u8,
    notices: Vec<UrgentEntry<'a>>,
}

/// An urgent notice.
#[derive(Debug, Serialize)]
struct UrgentEntry<'a> {
    title: &'a str,
    url: String,
    /// The path of the place that posts it: it counts there and at all places in it.
    place: &'a str,
    /// What that place is called.
    from: &'a str,
    /// The day it was posted.
    posted: String,
    /// When that happens which it announces; may be empty.
    happens: String,
    /// The moment from which it is over.
    ends: String,
    /// Whom to call; may be empty.
    phone: String,
}

impl ArtifactKind for UrgentKind {
    fn name(&self) -> &'static str {
        URGENT
    }

    fn plan(&self, place: Option<PlaceId>, sources: &Sources<'_>) -> Vec<Artifact> {
        if place.is_some() || sources.portal.places().is_empty() {
            return Vec::new();
        }
        let root = PlaceId::ROOT;
        vec![sources.portal_file(FILE, vec![Read::Site, Read::Place(root), Read::AllNotices(root)])]
    }

    fn make<'v>(&self, _: &Artifact, view: &View<'v>) -> Result<Cow<'v, [u8]>, NotMade> {
        // They stand before all others.
        let notices = view.notices(PlaceId::ROOT, true).take_while(|notice| notice.urgent);
        let notices = notices.take(MOST).map(|notice| entry(view, notice)).collect();
        let mut bytes = serde_json::to_vec(&Urgent { version: 1, notices })
            .expect("texts and numbers can be written");
        bytes.push(b'\n');
        Ok(bytes.into())
    }

    fn scan(&self, _: &Artifact) -> Scan {
        Scan::Escaped
    }

    fn is_optional(&self) -> bool {
        true
    }
}

fn entry<'v>(view: &View<'v>, notice: &'v Notice) -> UrgentEntry<'v> {
    let place = view.named_place(notice.place);
    UrgentEntry {
        title: &notice.title,
        url: view.url(&inside(&place.path, &notice.path())),
        place: &place.path,
        from: &place.name,
        posted: notice.date().map(|day| day.to_string()).unwrap_or_default(),
        happens: notice.happens.map(|it| written(it, view.language())).unwrap_or_default(),
        ends: ends(view, notice),
        phone: view.office_phone(place).unwrap_or_default(),
    }
}

/// The moment from which a notice is over, for those whose clock is another; empty if it stays.
pub(super) fn ends(view: &View<'_>, notice: &Notice) -> String {
    let zone = &view.config().time_zone;
    let after = notice.until.and_then(|until| until.tomorrow().ok());
    let moment = after.and_then(|day| day.to_zoned_datetime(zone.clone()).ok());
    moment.map(|it| it.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()).unwrap_or_default()
}

/// A moment in a row: `2026-11-30 08:00—16:00`, `2026-11-30—2026-12-01`.
fn written(moment: Moment, language: &str) -> String {
    let time = |time: Option<DayTime>| time.map(|it| it.written(language)).unwrap_or_default();
    let last = moment.until.filter(|last| *last != moment.date);
    let first = format!("{} {}", moment.date, time(moment.starts));
    let last = last.map(|it| it.to_string()).unwrap_or_default();
    let last = format!("{last} {}", time(moment.ends));
    let ends = [first.trim(), last.trim()].map(str::to_owned);
    let ends: Vec<String> = ends.into_iter().filter(|it| !it.is_empty()).collect();
    ends.join("—")
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn moments_are_written_in_a_row() {
        let (day, next) = (date(2026, 11, 30), date(2026, 12, 1));
        let time = |text: &str| DayTime::parse(text);
        for (starts, until, ends, expected) in [
            ("", day, "", "2026-11-30"),
            ("8:00", day, "", "2026-11-30 08:00"),
            ("8:00", day, "16:00", "2026-11-30 08:00—16:00"),
            ("", next, "", "2026-11-30—2026-12-01"),
            ("8:00", next, "16:00", "2026-11-30 08:00—2026-12-01 16:00"),
        ] {
            let (starts, ends) = (time(starts), time(ends));
            let moment = Moment { date: day, starts, until: Some(until), ends };
            assert_eq!(written(moment, "zh-CN"), expected);
        }
    }
}
