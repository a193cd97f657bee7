//! When the site would change though nobody edits anything.
//!
//! Whatever asks the [`Clock`] leaves there when its answer will be another one. [`next`] goes from
//! one such moment to the next until the site it renders has other bytes. Many moments change
//! nothing that readers see, such as the end of a day that no page marks.
//!
//! ```text
//! 2026-03-05 08:00   the clock of the site
//! 2026-03-06 00:00   the day of an honour is over  same bytes: go on
//! 2026-03-09 00:00   an objection period ends      other bytes: the answer
//!                    kaixuan, honors: objection-ends, 3 records; 2 files
//! ```
//!
//! It takes for granted that no file is edited. Bytes are compared by their hashes, and nothing is
//! written. Each step is a build with the state of the one before, so it makes only the pages whose
//! answers changed.

use std::{
    collections::{BTreeMap, HashMap},
    convert::Infallible,
    sync::{Arc, Mutex, PoisonError},
};

use jiff::{Timestamp, ZonedDateTime, civil::Date};

use crate::{
    build::{BuildState, Output, Settings, Site, make, update},
    clock::Clock,
    output::{Hash, ManifestEntry, OutPath},
    schema::{CollectionId, PlaceId, Record, RecordSet, posting::Objection},
    source::{Tree, World},
};

/// The next moment at which the site is another one.
#[derive(Debug)]
pub struct NextChange<'w> {
    /// The moment. In the portal's time zone.
    pub at: ZonedDateTime,
    /// What happens then, by place, then collection. May be empty: a change of bytes that comes
    /// from none of these is not named.
    pub shifts: Vec<Shift>,
    /// How many files of the output differ, come or go.
    pub files: usize,
    /// The site as it is then.
    pub site: Site<'w>,
}

/// Something that happens to some records or notices of a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shift {
    /// Where.
    pub place: PlaceId,
    /// Of what collection; nothing for notices.
    pub collection: Option<CollectionId>,
    /// What.
    pub effect: Effect,
    /// To how many of them.
    pub count: usize,
}

/// What time does to a record.
///
/// The order is that of a report about one collection.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Effect {
    /// It is posted.
    Appear,
    /// It is no longer posted.
    Disappear,
    /// Its day has come.
    Today,
    /// Its last day is over.
    Past,
    /// The day by which it should have ended is over, and it has no end.
    Late,
    /// It may be objected to.
    ObjectionOpens,
    /// It may no longer be objected to.
    ObjectionEnds,
    /// Its names, or other values, are shown in another way, as from the day on which a person
    /// withdrew.
    Names,
    /// Figures count it differently. Named only if none of the others explains it.
    Figures,
}

impl Effect {
    /// Its name in machine-readable output.
    pub fn name(self) -> &'static str {
        match self {
            Self::Appear => "appear",
            Self::Disappear => "disappear",
            Self::Today => "today",
            Self::Past => "past",
            Self::Late => "late",
            Self::ObjectionOpens => "objection-opens",
            Self::ObjectionEnds => "objection-ends",
            Self::Names => "names",
            Self::Figures => "figures",
        }
    }
}

/// A site at a moment, and what its files hold.
struct Built<'w> {
    site: Site<'w>,
    files: BTreeMap<OutPath, Hash>,
}

/// The next moment after the clock's at which a build would give other bytes. Nothing if it never
/// will.
///
/// Diagnostics are not looked at: a site with errors has a next change, too. Costs a build for the
/// moment of the clock, and one for each moment at which an answer changes.
pub fn next<'w>(world: &'w dyn World, settings: &Settings) -> Option<NextChange<'w>> {
    let mut state = BuildState::default();
    let mut before = built(world, settings, &mut state, BTreeMap::new());
    loop {
        let at = Timestamp::from_second(state.validity().end()?).ok()?;
        let at = at.to_zoned_datetime(settings.config.time_zone.clone());
        let settings = Settings { clock: Clock::at(at.clone()), ..settings.clone() };
        let after = built(world, &settings, &mut state, before.files.clone());
        if after.files != before.files {
            let files =
                before.files.iter().filter(|file| after.files.get(file.0) != Some(file.1)).count();
            let added = after.files.keys().filter(|file| !before.files.contains_key(*file)).count();
            let shifts = shifts(&before.site, &after.site);
            return Some(NextChange { at, shifts, files: files + added, site: after.site });
        }
        // What happened until here nobody sees.
        before = after;
    }
}

/// The site at the moment of the settings, with the hashes of its files. `before` are those of the
/// build that `state` remembers; files that stay are taken over from there.
fn built<'w>(
    world: &'w dyn World,
    settings: &Settings,
    state: &mut BuildState,
    before: BTreeMap<OutPath, Hash>,
) -> Built<'w> {
    let mut site = update(world, Tree::take(world), settings, state).value;
    let files = ComparedFiles { before, now: Mutex::default() };
    let Ok(made) = make::make(&mut site, state, &files);
    made.remember(state);
    Built { site, files: files.now.into_inner().unwrap_or_else(PoisonError::into_inner) }
}

/// The files of two builds, as their hashes.
struct ComparedFiles {
    before: BTreeMap<OutPath, Hash>,
    now: Mutex<BTreeMap<OutPath, Hash>>,
}

impl ComparedFiles {
    /// Notes that a file is there.
    fn put(&self, file: &ManifestEntry) {
        let mut now = self.now.lock().unwrap_or_else(PoisonError::into_inner);
        now.insert(file.path.clone(), file.blake3);
    }
}

impl Output for ComparedFiles {
    type Error = Infallible;

    fn keep(&self, file: &ManifestEntry) -> bool {
        let is_there = self.before.get(&file.path) == Some(&file.blake3);
        if is_there {
            self.put(file);
        }
        is_there
    }

    fn write(&self, path: &OutPath, bytes: &[u8]) -> Result<ManifestEntry, Infallible> {
        let file = ManifestEntry::of(path, bytes);
        self.put(&file);
        Ok(file)
    }
}

/// What happened between two moments.
///
/// Record sets whose pages were not made, and whose summary is the same, are not read: nothing can
/// have happened to them. A record is known by its file and line, which stay as no file is edited
/// in between.
fn shifts(before: &Site<'_>, after: &Site<'_>) -> Vec<Shift> {
    let mut counts: BTreeMap<(PlaceId, Option<CollectionId>, Effect), usize> = BTreeMap::new();
    // Those that a page was made from, and those that are posted in another way.
    let touches = |index: usize| {
        let summaries = [before, after].map(|site| site.portal.set_summary(index));
        after.portal.was_read(index) || !Arc::ptr_eq(summaries[0], summaries[1])
    };
    let touched: Vec<bool> = (0..after.portal.catalog.sets.len()).map(touches).collect();
    for place in after.portal.places() {
        for (id, _) in after.portal.collections().iter() {
            let index = after.portal.catalog.set_index(place.id, id);
            if !index.is_some_and(|index| touched[index]) {
                continue;
            }
            let sets = [before, after].map(|site| site.portal.records(place.id, id));
            let mut count = |effect, number| {
                if number > 0 {
                    *counts.entry((place.id, Some(id), effect)).or_default() += number;
                }
            };
            let [old, new] =
                sets.each_ref().map(|set| set.as_deref().map(by_line).unwrap_or_default());
            let gone = old.keys().filter(|line| !new.contains_key(*line)).count();
            let come = new.keys().filter(|line| !old.contains_key(*line)).count();
            count(Effect::Disappear, gone);
            count(Effect::Appear, come);
            let mut quiet = gone + come == 0;
            for (line, record) in &new {
                let Some(old) = old.get(line) else { continue };
                for effect in effects(before, after, id, (old, record)) {
                    count(effect, 1);
                    quiet = false;
                }
            }
            let figures = [before, after].map(|site| site.figures.own(place.id, id));
            if quiet && figures[0] != figures[1] {
                count(Effect::Figures, new.len());
            }
        }
    }
    for (old, new, effect) in [(before, after, Effect::Disappear), (after, before, Effect::Appear)]
    {
        for (_, notice) in old.portal.notices().iter() {
            if new.portal.notice_in(&notice.file).is_none() {
                *counts.entry((notice.place, None, effect)).or_default() += 1;
            }
        }
    }
    for (_, notice) in after.portal.notices().iter() {
        if let Some(effect) =
            notice.posting.objection.as_ref().and_then(|period| objected(before, after, period))
        {
            *counts.entry((notice.place, None, effect)).or_default() += 1;
        }
    }
    let shift = |((place, collection, effect), count)| Shift { place, collection, effect, count };
    counts.into_iter().map(shift).collect()
}

/// The records of a set by file and line.
fn by_line(set: &RecordSet) -> HashMap<(u16, u32), &Record> {
    set.records.iter().map(|record| ((record.file, record.line), record)).collect()
}

/// What happened to a record that was posted before and still is.
///
/// Several may happen at once. Each day is compared with both moments: what was past before has not
/// become past.
fn effects(
    before: &Site<'_>,
    after: &Site<'_>,
    collection: CollectionId,
    (old, new): (&Record, &Record),
) -> Vec<Effect> {
    let declared = after.portal.collections().get(collection);
    let days = [before, after].map(|site| site.portal.clock.now().date());
    let turned = |is: &dyn Fn(Date) -> bool| !is(days[0]) && is(days[1]);
    let mut effects = Vec::new();
    if let Some(moment) = declared.moment(new) {
        if moment.until.is_some_and(|last| turned(&|day| last < day)) {
            effects.push(Effect::Past);
        }
        if turned(&|day| moment.date == day) {
            effects.push(Effect::Today);
        }
        let due = declared.dating.and_then(|it| it.due).and_then(|due| new.values[due].as_date());
        if moment.until.is_none() && due.is_some_and(|due| turned(&|day| due < day)) {
            effects.push(Effect::Late);
        }
    }
    let objection = new.posting.as_ref().and_then(|it| it.objection.as_ref());
    effects.extend(objection.and_then(|period| objected(before, after, period)));
    if old.values != new.values {
        effects.push(Effect::Names);
    }
    effects
}

/// Whether an objection period opened or ended between the two moments. One of which both happened,
/// as it lasted less than the step, counts as opened.
fn objected(before: &Site<'_>, after: &Site<'_>, objection: &Objection) -> Option<Effect> {
    let days = [before, after].map(|site| site.portal.clock.now().date());
    let opened = |day: Date| objection.from.is_some_and(|it| it <= day);
    if !opened(days[0]) && opened(days[1]) {
        return Some(Effect::ObjectionOpens);
    }
    let over = |day: Date| objection.until < day;
    (!over(days[0]) && over(days[1])).then_some(Effect::ObjectionEnds)
}
