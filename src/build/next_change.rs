//! When the site would change though nobody edits anything.
//!
//! Whatever asks the [`Clock`] leaves there when its answer will be another one. [`next`] goes from
//! one such moment to the next until the site has other bytes. Many moments change nothing that
//! readers see, such as the end of a day that no page marks.
//!
//! ```text
//! 2026-03-05 08:00   the clock of the site
//! 2026-03-06 00:00   the day of an honour is over  same bytes: go on
//! 2026-03-09 00:00   an objection period ends      other bytes: the answer
//!                    kaixuan, honors: objection-ends, 3 records
//! ```
//!
//! Each step is an update with the state of the one before, at another moment: only record sets,
//! notices, figures and artifacts whose validity ended are looked at, and only rows of artifacts
//! that were made again are compared. A step costs the pages that asked for that moment, not the
//! portal, and ends at the first file that is another one. With the state of a build from the cache
//! the first step is like that, too; with an empty one it makes all artifacts once.
//!
//! Bytes are compared by their hashes, and nothing is written. What happens to records is read from
//! the sets whose pages asked for the moment.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use jiff::{Timestamp, ZonedDateTime, civil::Date};

use crate::{
    artifact::{Plan, Read, Table, plan::Artifacts},
    build::{BuildError, BuildState, Output, Settings, Site, driver, make, update},
    clock::Clock,
    diagnostic::{Checked, Diagnostic},
    fingerprint::Fingerprint,
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
    /// The list, of which no record is newer, is behind its cadence.
    Behind,
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
            Self::Behind => "behind",
            Self::Names => "names",
            Self::Figures => "figures",
        }
    }
}

/// The next moment after the clock's at which a build would give other bytes. Nothing if it never
/// will, or if there is an error: a site that is not published does not change. The diagnostics are
/// those of the site at the clock's moment.
///
/// `state` is that of an earlier build, or empty. What it has of an output is not looked for there:
/// a file that somebody deleted counts as it was made.
///
/// # Errors
///
/// Returns an error if the site is edited all the time.
pub fn next<'w>(
    world: &'w dyn World,
    settings: &Settings,
    state: &mut BuildState,
) -> Result<Checked<Option<NextChange<'w>>>, BuildError> {
    for _ in 0..driver::TRIES {
        if let Some(found) = search(world, settings, state) {
            return Ok(found);
        }
    }
    Err(BuildError::AlwaysEdited)
}

/// One try; `None` if files were edited while they were read.
fn search<'w>(
    world: &'w dyn World,
    settings: &Settings,
    state: &mut BuildState,
) -> Option<Checked<Option<NextChange<'w>>>> {
    let step = Step { world, settings, before: None };
    let (mut before, diagnostics, _) = step.take(Tree::take(world), state)?;
    if settings.stops(&diagnostics) {
        return Some(Checked { value: None, diagnostics });
    }
    while let Some(at) = ended(settings, state) {
        let settings = Settings { clock: Clock::at(at.clone()), ..settings.clone() };
        let step = Step { world, settings: &settings, before: Some(&before) };
        let (site, _, is_other) = step.take(state.tree().clone(), state)?;
        if is_other {
            let shifts = shifts(&before, &site, &state.table);
            return Some(Checked { value: Some(NextChange { at, shifts, site }), diagnostics });
        }
        // What happened until here nobody sees.
        before = site;
    }
    Some(Checked { value: None, diagnostics })
}

/// The first moment at which something that a state knows no longer holds.
fn ended(settings: &Settings, state: &BuildState) -> Option<ZonedDateTime> {
    let at = Timestamp::from_second(state.validity().end()?).ok()?;
    Some(at.to_zoned_datetime(settings.config.time_zone.clone()))
}

/// A state on its way to the moment of some settings.
struct Step<'a, 'w> {
    world: &'w dyn World,
    settings: &'a Settings,
    /// The site at the moment before. Its records are not read again, and with the first file that
    /// it does not have in that form the step is over.
    before: Option<&'a Site<'w>>,
}

impl<'w> Step<'_, 'w> {
    /// Makes what has to be made. Returns the site, whose plan has the places that were looked at,
    /// the diagnostics, and whether a file of the site before is another one now: then the state
    /// stays as it was. `None` if a file of the content is not as it is in the tree.
    fn take(
        &self,
        tree: Tree,
        state: &mut BuildState,
    ) -> Option<(Site<'w>, Vec<Diagnostic>, bool)> {
        let Checked { value: mut site, mut diagnostics } =
            update(self.world, tree, self.settings, state);
        let mut output = Hashed { before: None };
        if let Some(before) = self.before {
            site.portal.adopt(&before.portal);
            output.before = Some(hashes(&site.plan, &state.table));
        }
        let made = make::make(&mut site, state, &output);
        if site.portal.is_torn() {
            return None;
        }
        let Ok(mut made) = made else { return Some((site, diagnostics, true)) };
        if self.before.is_some() && !made.gone.is_empty() {
            return Some((site, diagnostics, true));
        }
        diagnostics.append(&mut made.diagnostics);
        made.remember(state);
        Some((site, diagnostics, false))
    }
}

/// An output of which only hashes are kept, in the rows of the table. All files are in it.
struct Hashed {
    /// The files of before, if another one ends the search.
    before: Option<HashMap<OutPath, Hash>>,
}

/// A file is not as it was.
struct IsOther;

impl Output for Hashed {
    type Error = IsOther;

    fn keep(&self, _: &ManifestEntry) -> bool {
        true
    }

    fn keep_others(&self, _: Fingerprint, _: &HashSet<OutPath>) -> bool {
        true
    }

    fn is_own(&self) -> bool {
        true
    }

    fn reports_again(&self) -> bool {
        false
    }

    fn write(&self, path: &OutPath, bytes: &[u8]) -> Result<ManifestEntry, IsOther> {
        let file = ManifestEntry::of(path, bytes);
        let is_same = |before: &HashMap<OutPath, Hash>| before.get(path) == Some(&file.blake3);
        if self.before.as_ref().is_none_or(is_same) { Ok(file) } else { Err(IsOther) }
    }
}

/// The files of a table that a plan may make anew. Places that are not in it have the same ones.
fn hashes(plan: &Plan, table: &Table) -> HashMap<OutPath, Hash> {
    let bundles = plan.parts.iter().filter_map(|part| table.bundle(part.place));
    let rows = bundles.chain(&table.rest.derived).flat_map(|bundle| &bundle.rows);
    rows.map(|row| (row.file.path.clone(), row.file.blake3)).collect()
}

/// The record sets of which artifacts were made whose time is over at the moment of a site: for each
/// its place and collection. `table` has the artifacts of before.
fn ended_sets(after: &Site<'_>, table: &Table) -> BTreeSet<(PlaceId, CollectionId)> {
    let mut sets = BTreeSet::new();
    for part in &after.plan.parts {
        let Artifacts::New(artifacts) = &part.artifacts else { continue };
        let rows = table.bundle(part.place).map_or(&[][..], |bundle| &bundle.rows);
        for artifact in artifacts {
            let row = rows.binary_search_by(|row| row.path().cmp(&artifact.path)).ok();
            if row.is_none_or(|row| !rows[row].valid.holds(&after.portal.clock)) {
                sets.extend(artifact.reads.iter().filter_map(|read| match *read {
                    Read::Records(place, id) | Read::Record(place, id, _) => Some((place, id)),
                    _ => None,
                }));
            }
        }
    }
    sets
}

/// What happened between two moments.
///
/// Record sets that no page asked for the moment, and that are the same as published, are not read:
/// nothing can have happened to them. A record is known by its file and line, which stay as no file
/// is edited in between. `table` has the artifacts of before.
fn shifts(before: &Site<'_>, after: &Site<'_>, table: &Table) -> Vec<Shift> {
    let ended = ended_sets(after, table);
    let mut counts: BTreeMap<(PlaceId, Option<CollectionId>, Effect), usize> = BTreeMap::new();
    let catalog = &after.portal.catalog;
    let planned: BTreeSet<PlaceId> =
        after.plan.parts.iter().filter_map(|part| part.place).collect();
    for (index, set) in catalog.sets.iter().enumerate() {
        let (place, id) = (set.place, set.collection);
        let is_same = || {
            let records = [before, after].map(|site| site.portal.set_summary(index).records);
            records[0] == records[1]
        };
        if ended.contains(&(place, id)) || (planned.contains(&place) && !is_same()) {
            let new = after.portal.records(place, id);
            let old = if is_same() { new.clone() } else { before.portal.records(place, id) };
            let is_behind = new.as_ref().is_some_and(|new| falls_behind(before, after, new));
            let sets = [old, new];
            let mut count = |effect, number| {
                if number > 0 {
                    *counts.entry((place, Some(id), effect)).or_default() += number;
                }
            };
            let [old, new] =
                sets.each_ref().map(|set| set.as_deref().map(by_line).unwrap_or_default());
            let gone = old.keys().filter(|line| !new.contains_key(*line)).count();
            let come = new.keys().filter(|line| !old.contains_key(*line)).count();
            count(Effect::Behind, usize::from(is_behind));
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
            let figures = [before, after].map(|site| site.figures.own(place, id));
            if quiet && figures[0] != figures[1] {
                count(Effect::Figures, new.len());
            }
        }
    }
    for (old, new, effect) in [(before, after, Effect::Disappear), (after, before, Effect::Appear)]
    {
        let notices = old.portal.notices();
        for id in planned.iter().flat_map(|place| notices.posted(*place)) {
            let notice = notices.get(id);
            if new.portal.notice_in(&notice.file).is_none() {
                *counts.entry((notice.place, None, effect)).or_default() += 1;
            }
        }
    }
    let notices = after.portal.notices();
    for id in planned.iter().flat_map(|place| notices.posted(*place)) {
        let notice = notices.get(id);
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

/// Whether the day came between the two moments from which a list is behind its cadence.
fn falls_behind(before: &Site<'_>, after: &Site<'_>, set: &RecordSet) -> bool {
    let declared = after.portal.collections().get(set.collection);
    let from = declared.behind_from(&set.records);
    let reached = |site: &Site<'_>| from.is_some_and(|from| from <= site.portal.clock.now().date());
    !reached(before) && reached(after)
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
