//! Figures: however records lie over places, and in whatever order their figures are merged, the
//! totals are those of all records at once.

use std::{collections::BTreeSet, fmt::Write as _};

use linli::{
    build::{self, BuildState},
    diagnostic,
    figures::{Measured, Tallies, Tally},
    schema::{CollectionId, PlaceId, figure::Figure},
    source::Tree,
};
use proptest::{collection::vec, option, prelude::*, sample};

use crate::{
    diagnostics,
    site::{self, Files, TODAY},
};

/// Every measure, with each operand it may have.
const MEASURES: &[&str] = &[
    "measure: count",
    "measure: count, of: teams",
    "measure: sum, of: members",
    "measure: sum, of: until - date",
    "measure: mean, of: hours",
    "measure: mean, of: part / whole",
    "measure: median, of: members",
    "measure: median, of: [hours, members]",
    "measure: share, part: part, whole: whole",
    "measure: share, part: {until: on or before month}",
    "measure: distinct, of: members",
    "measure: distinct, of: teams",
    "measure: latest, of: hours",
    "measure: change, of: [hours, part / whole]",
    "measure: next",
    "measure: streak, every: day",
    "measure: streak, every: week, holds: {members: 0}",
    "measure: streak, every: month, holds: {kind: 甲}",
    "measure: streak, every: year, holds: {leader: present}",
];

const WHEN: &[&str] = &["all", "this-year", "past", "upcoming", "current"];
const FILTERS: &[&str] = &["", ", where: {until: after date}", ", where: {date: before today}"];
const GROUPS: &[&str] = &["", ", by: kind", ", by: teams, unit-of: kind"];

/// A collection with every figure there can be.
fn declaration() -> String {
    let mut yaml = "title: 登记
fields:
  date: {type: date}
  until: {type: date}
  month: {type: month}
  kind: {type: choice, choices: [甲, 乙, 丙]}
  teams: {type: text, several: true}
  leader: {type: person}
  members: {type: integer}
  hours: {type: decimal}
  part: {type: count}
  whole: {type: count}
date: {date: date, until: until}
figures:
"
    .to_owned();
    let mut number = 0;
    for measure in MEASURES {
        for when in WHEN {
            for (filter, by) in FILTERS.iter().flat_map(|it| GROUPS.iter().map(move |by| (it, by)))
            {
                writeln!(yaml, "  f{number}: {{{measure}, when: {when}{filter}{by}}}").unwrap();
                number += 1;
            }
        }
    }
    yaml
}

/// A record as a line of YAML.
fn record() -> impl Strategy<Value = String> {
    let date = || (2025..2028_i16, 1..13_i8, 1..29_i8).prop_map(|(y, m, d)| format!("{y}-{m}-{d}"));
    let near = || {
        prop_oneof![
            date(),
            sample::select(&["2026-11-22", "2026-11-23", "2026-11-24"]).prop_map(str::to_owned)
        ]
    };
    let number = || prop_oneof![(-3..9_i64).prop_map(|it| it.to_string()), Just("12345678".into())];
    let decimal =
        || (-100_000..100_000_i64).prop_map(|it| format!("{}.{:04}", it / 7, it.abs() % 10_000));
    let count = || 0..20_u32;
    let teams =
        || vec(sample::select(&["红袖标", "银龄", "邻里"]), 1..3).prop_map(|it| it.join("、"));
    let leader = || sample::select(&["王秀兰", "李桂芳", "张伟"]).prop_map(str::to_owned);
    let kind = || sample::select(&["甲", "乙", "丙"]).prop_map(str::to_owned);
    let values = (
        (option::weighted(0.95, near()), option::of(near()), option::of(near())),
        (option::of(kind()), option::of(teams()), option::of(leader())),
        (option::of(number()), option::of(decimal()), option::of(count()), option::of(count())),
    );
    values.prop_map(
        |((date, until, month), (kind, teams, leader), (members, hours, part, rest))| {
            let month = month.map(|it| it.rsplit_once('-').unwrap().0.to_owned());
            // A period that ended before it began would be a mistake.
            let until = until.filter(|it| date.as_ref().is_some_and(|date| key(date) <= key(it)));
            let whole = rest.map(|it| part.unwrap_or(0) + it);
            let (part, whole) = (part.map(|it| it.to_string()), whole.map(|it| it.to_string()));
            let fields = [
                ("date", date),
                ("until", until),
                ("month", month),
                ("kind", kind),
                ("teams", teams),
                ("leader", leader),
                ("members", members),
                ("hours", hours),
                ("part", part),
                ("whole", whole),
            ];
            let given =
                fields.into_iter().filter_map(|(name, value)| Some(format!("{name}: {}", value?)));
            format!("- {{{}}}\n", given.collect::<Vec<_>>().join(", "))
        },
    )
}

/// The day of a record.
fn day(record: &str) -> Option<Vec<u16>> {
    let (_, rest) = record.split_once("{date: ")?;
    Some(key(rest.split([',', '}']).next().unwrap()))
}

fn key(date: &str) -> Vec<u16> {
    date.split('-').map(|it| it.parse().unwrap()).collect()
}

/// Records, and the place of each: an index among places of which each lies in an earlier one.
fn records() -> impl Strategy<Value = (Vec<sample::Index>, Vec<(String, sample::Index)>)> {
    (vec(any::<sample::Index>(), 0..8), vec((record(), any::<sample::Index>()), 0..30))
}

/// The folders of places: the first is the root, and each other lies in the one its index names.
fn folders(parents: &[sample::Index]) -> Vec<String> {
    let mut folders = vec!["content".to_owned()];
    for (number, parent) in parents.iter().enumerate() {
        let parent = &folders[parent.index(folders.len())];
        folders.push(format!("{parent}/p{number}"));
    }
    folders
}

/// The figures of the collection in a portal of these records.
struct Measure {
    figures: Vec<Figure>,
    total: Tallies,
    /// Those of each place with records.
    own: Vec<Tallies>,
}

fn measure(folders: &[String], records: impl Iterator<Item = (String, usize)>) -> Option<Measure> {
    let mut files = diagnostics::files_of("_base");
    files.retain(|path, _| !path.starts_with("content/xingfu"));
    files.insert("content/_collections/register.yaml".to_owned(), declaration().into());
    for folder in folders {
        let place = format!("{folder}/place.yaml");
        files.entry(place).or_insert_with(|| "name: 甲\nlevel: community\n".into());
    }
    for (record, place) in records {
        let file = files.entry(format!("{}/register.yaml", folders[place])).or_default();
        file.extend_from_slice(record.as_bytes());
    }
    read(&files)
}

fn read(files: &Files) -> Option<Measure> {
    let world = site::memory(files);
    let settings = site::settings(&world, TODAY);
    let site = build::update(&world, Tree::take(&world), &settings, &mut BuildState::default());
    assert_eq!(diagnostic::count(&site.diagnostics).0, 0, "{:?}", site.diagnostics.first());
    let site = site.value;
    let id: CollectionId = site.portal.collections().find("register").unwrap();
    let own = site.portal.places().iter();
    let own = own.filter_map(|it| site.figures.own(it.id, id).cloned());
    Some(Measure {
        figures: site.portal.collections().get(id).figures.clone(),
        total: site.figures.total(PlaceId::ROOT, id)?.clone(),
        own: own.collect(),
    })
}

fn merged(mut a: Tallies, b: &Tallies) -> Tallies {
    a.iter_mut().zip(b).for_each(|(a, b)| a.merge(b));
    a
}

fn nothing(figures: &[Figure]) -> Tallies {
    figures.iter().map(Tally::nothing).collect()
}

/// What does not depend on where a record lies: all but the places themselves.
fn anywhere(tally: &Tally) -> Vec<String> {
    let shown = |it: &Measured| match it {
        Measured::Next(next) => format!("{:?}", next.map(|(moment, _)| moment)),
        Measured::Span(span) => {
            let samples = span.map(|(a, b)| [(a.moment, a.number), (b.moment, b.number)]);
            format!("{samples:?}")
        }
        it => format!("{it:?} = {:?}", it.number()),
    };
    match tally {
        Tally::One(measured) => vec![shown(measured)],
        Tally::Groups(groups) => {
            groups.iter().map(|(group, it)| format!("{group:?}: {}", shown(it))).collect()
        }
        Tally::TooMany => vec!["too many".to_owned()],
    }
}

proptest! {
    #![proptest_config(site::cases(40))]

    #[test]
    fn totals_are_those_of_all_records_at_once((parents, mut records) in records()) {
        // Of two records of one day, their places decide which is the latest.
        let mut days = BTreeSet::new();
        records.retain(|(record, _)| day(record).is_none_or(|it| days.insert(it)));
        let folders = folders(&parents);
        let spread = records.iter().map(|(it, place)| (it.clone(), place.index(folders.len())));
        let apart = measure(&folders, spread);
        let at_once = measure(&folders, records.iter().map(|(it, _)| (it.clone(), 0)));
        prop_assert_eq!(apart.is_some(), at_once.is_some());
        let (Some(apart), Some(at_once)) = (apart, at_once) else { return Ok(()) };
        for ((a, b), figure) in apart.total.iter().zip(&at_once.total).zip(&apart.figures) {
            prop_assert_eq!(anywhere(a), anywhere(b), "{:?} {:?}", figure.measure, figure.when);
        }
    }

    #[test]
    fn merging_is_associative_and_commutative_with_an_identity(
        (parents, records) in records(),
        order in any::<sample::Index>(),
        split in any::<sample::Index>(),
    ) {
        let folders = folders(&parents);
        let spread = records.iter().map(|(it, place)| (it.clone(), place.index(folders.len())));
        let Some(measure) = measure(&folders, spread) else { return Ok(()) };
        let nothing = nothing(&measure.figures);
        let all = |own: &[Tallies]| own.iter().fold(nothing.clone(), merged);

        let mut own = measure.own.clone();
        let turn = order.index(own.len());
        own.rotate_left(turn);
        prop_assert_eq!(&all(&own), &measure.total);
        own.reverse();
        prop_assert_eq!(&all(&own), &measure.total);
        let (a, b) = own.split_at(split.index(own.len()));
        prop_assert_eq!(&merged(all(a), &all(b)), &measure.total);
        prop_assert_eq!(&merged(all(b), &all(a)), &measure.total);
        for one in own {
            prop_assert_eq!(&merged(one.clone(), &nothing), &one);
            prop_assert_eq!(&merged(nothing.clone(), &one), &one);
        }
    }
}
