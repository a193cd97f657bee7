//! Until the moment that `next-change` tells of nothing changes, and then something does.

use std::{collections::BTreeMap, fmt::Write as _};

use jiff::{ToSpan, ZonedDateTime, civil::DateTime};
use linli::{
    build::{self, BuildState, Settings, next_change},
    clock::Clock,
    config, diagnostic,
    source::{MemoryWorld, Tree},
};
use proptest::{collection::vec, option, prelude::*, sample};

use crate::site::{self, Files};

/// How many changes are followed, one after the other.
const CHANGES: usize = 4;

const ZONES: [&str; 3] = ["Asia/Shanghai", "Europe/Berlin", "America/Santiago"];

const VIEWS: [&str; 7] =
    ["cards", "series", "schedule", "streaks", "directory", "ledger", "articles"];

/// What a declaration may add to the fields.
const RULES: [&str; 8] = [
    "",
    "posting: {from: 3 working days before date}",
    "posting: {until: 10 working days after date}",
    "posting: {until: 1 year after date}",
    "objection: {until: 5 days after date}",
    "objection: {from: date, until: 7 working days after date}\nnames: surname",
    "page-size: year",
    "page-size: 2\norder: oldest",
];

const FIGURES: &str = "figures:
  all: {measure: count}
  this-year: {measure: count, when: this-year}
  past: {measure: sum, of: people, when: past}
  upcoming: {measure: count, when: upcoming, by: name}
  current: {measure: count, when: current}
  before: {measure: count, where: {date: before today}}
  after: {measure: count, where: {until: after today}}
  late: {measure: share, part: {due: on or before today}}
  latest: {measure: latest, of: people}
  change: {measure: change, of: people}
  next: {measure: next}
  weeks: {measure: streak, every: week}
  months: {measure: streak, every: month, holds: {people: 0}}
";

fn day() -> impl Strategy<Value = String> {
    let near = (2025..2029_i16, 1..13_i8, 1..29_i8);
    prop_oneof![
        4 => near.prop_map(|(y, m, d)| format!("{y}-{m:02}-{d:02}")),
        // The clocks are changed, and years end.
        1 => sample::select(&["2026-03-29", "2026-10-25", "2026-09-06", "2026-04-05", "2026-12-31", "2027-01-01", "2028-02-29"]).prop_map(str::to_owned),
    ]
}

fn moment() -> impl Strategy<Value = String> {
    let time = (0..24_u8, sample::select(&[0_u8, 1, 30, 59]));
    (day(), time).prop_map(|(day, (hour, minute))| format!("{day}T{hour:02}:{minute:02}"))
}

fn day_or_moment() -> impl Strategy<Value = String> {
    prop_oneof![day(), moment()]
}

fn year_of_birth() -> impl Strategy<Value = String> {
    (2007..2011_i16, 1..13_i8, 1..29_i8).prop_map(|(y, m, d)| format!("{y}-{m:02}-{d:02}"))
}

/// What a record or notice says of its publication, as lines of YAML. Windows that would end before
/// they start are left open.
fn posting() -> impl Strategy<Value = String> {
    let seldom = |days| option::weighted(0.15, days);
    let window = (option::weighted(0.2, day_or_moment()), option::weighted(0.2, day_or_moment()));
    let rest = (
        seldom(day().boxed()),
        seldom(year_of_birth().boxed()),
        seldom(day().boxed()),
        any::<bool>(),
    );
    (window, rest).prop_map(|((from, until), (withdrawn, born, objection, draft))| {
        let until = until.filter(|it| from.as_ref().is_none_or(|from| from[..10] < it[..10]));
        let said = [
            ("publish_from", from),
            ("publish_until", until),
            ("withdrawn", withdrawn),
            ("born", born),
            ("objection_until", objection),
            ("draft", draft.then(|| "否".to_owned())),
        ];
        let line =
            |(key, value): (&str, Option<String>)| value.map(|it| format!("  {key}: {it}\n"));
        said.into_iter().filter_map(line).collect()
    })
}

fn record() -> impl Strategy<Value = String> {
    let dates =
        (option::weighted(0.9, day()), option::weighted(0.4, day()), option::weighted(0.3, day()));
    (dates, 0..4_i64, option::weighted(0.5, 0..23_u8), any::<bool>(), posting()).prop_map(
        |((date, until, due), people, hour, founded, posting)| {
            let mut yaml = format!("- people: {people}\n");
            let until = until.filter(|it| date.as_ref().is_none_or(|date| date <= it));
            for (key, value) in [("date", date), ("until", until), ("due", due)] {
                value.iter().for_each(|it| writeln!(yaml, "  {key}: {it}").unwrap());
            }
            hour.iter().for_each(|it| writeln!(yaml, "  starts: {it}:30").unwrap());
            writeln!(yaml, "  name: 王秀英\n  story: 王秀英来了").unwrap();
            if founded {
                yaml += "  basis: office\n";
            }
            yaml + &posting
        },
    )
}

fn notice() -> impl Strategy<Value = String> {
    (day(), option::weighted(0.5, day()), any::<bool>(), posting()).prop_map(
        |(date, until, pinned, posting)| {
            let until = until.filter(|it| &date <= it).map(|it| format!("until: {it}\n"));
            let posting = posting.replace("  ", "");
            let pinned = if pinned { "是" } else { "否" };
            format!(
                "---\ntitle: 停水\ndate: {date}\npinned: {pinned}\n{}{posting}---\n\n停水。\n",
                until.unwrap_or_default()
            )
        },
    )
}

fn portal() -> impl Strategy<Value = BTreeMap<String, String>> {
    let declared = (sample::select(&VIEWS), sample::select(&RULES), sample::select(&ZONES));
    let many = || vec(record(), 0..6);
    (declared, many(), many(), vec(notice(), 0..3), any::<bool>()).prop_map(
        |((view, rule, zone), records, below, notices, shows)| {
            let mut files = BTreeMap::new();
            let mut add = |path: &str, text: String| files.insert(path.to_owned(), text);
            let theme = if shows { "bare" } else { "default" };
            add("site.toml", format!("theme = \"{theme}\"\ntime-zone = \"{zone}\"\n"));
            add(
                "content/_collections/register.yaml",
                format!(
                    "title: 登记\nview: {view}\nsection: service\ndate: {{date: date, until: until, due: due, starts: starts}}\n\
                     preview: 2\n{rule}\nfields:\n  date: {{type: date}}\n  until: {{type: date}}\n  due: {{type: date}}\n  \
                     starts: {{type: time}}\n  people: {{type: count}}\n  name: {{type: person}}\n  \
                     story: {{type: text}}\n{}",
                    FIGURES.replace(", by: name", ", by: story")
                ),
            );
            add("content/place.yaml", "name: 甲街道\nlevel: street\n".to_owned());
            add("content/yi/place.yaml", "name: 乙社区\nlevel: community\n".to_owned());
            for (place, records) in [("content", records), ("content/yi", below)] {
                // Where the rule counts from the date, every record has one.
                let told = |it: &String| !rule.contains("date") || it.contains("  date:");
                let text: String = records.into_iter().filter(told).collect();
                if !text.is_empty() {
                    add(&format!("{place}/register.yaml"), text);
                }
            }
            for (number, notice) in notices.into_iter().enumerate() {
                add(&format!("content/yi/notices/n{number}.md"), notice);
            }
            files
        },
    )
}

/// A portal that is read once and built at many moments.
struct Portal {
    world: MemoryWorld,
    settings: Settings,
}

impl Portal {
    fn read(files: &BTreeMap<String, String>) -> Self {
        let bytes = |(path, text): (&String, &String)| (path.clone(), text.clone().into_bytes());
        let mut files: Files = files.iter().map(bytes).collect();
        site::add_bare_theme(&mut files);
        let world = site::memory(&files);
        let config = config::read(&world).value;
        let settings = Settings { config, clock: Clock::default(), diagnostics: Vec::new() };
        let read = build::update(&world, Tree::take(&world), &settings, &mut BuildState::default());
        let (errors, _) = diagnostic::count(&read.diagnostics);
        assert_eq!(errors, 0, "{:?}", read.diagnostics);
        Self { world, settings }
    }

    fn at(&self, moment: &ZonedDateTime) -> BTreeMap<String, Vec<u8>> {
        let (diagnostics, files) = site::build_by(&self.world, &self.settings_at(moment));
        assert_eq!(diagnostic::count(&diagnostics).0, 0);
        files
    }

    fn settings_at(&self, moment: &ZonedDateTime) -> Settings {
        Settings { clock: Clock::at(moment.clone()), ..self.settings.clone() }
    }
}

fn differing(before: &BTreeMap<String, Vec<u8>>, after: &BTreeMap<String, Vec<u8>>) -> usize {
    let changed = before.iter().filter(|(path, bytes)| after.get(*path) != Some(bytes)).count();
    changed + after.keys().filter(|it| !before.contains_key(*it)).count()
}

proptest! {
    #![proptest_config(site::cases(32))]

    #[test]
    fn nothing_changes_until_the_moment_that_is_told(
        files in portal(),
        start in moment(),
        parts in vec(0.0..1.0_f64, 2),
    ) {
        let portal = Portal::read(&files);
        let zone = portal.settings.config.time_zone.clone();
        let mut now = start.parse::<DateTime>().unwrap().to_zoned_datetime(zone).unwrap();
        for _ in 0..CHANGES {
            let before = portal.at(&now);
            let Some(change) = next_change::next(&portal.world, &portal.settings_at(&now)) else {
                for years in [1, 19, 200] {
                    let later = now.checked_add(years.years()).unwrap();
                    prop_assert_eq!(differing(&before, &portal.at(&later)), 0, "{} is no end, {} differs", now, later);
                }
                return Ok(());
            };
            prop_assert!(now < change.at, "{} is told at {}", change.at, now);
            let seconds = change.at.timestamp().as_second() - now.timestamp().as_second();
            #[expect(clippy::cast_possible_truncation, clippy::cast_precision_loss, reason = "any second does")]
            let between = parts.iter().map(|it| (it * (seconds - 1) as f64) as i64).chain([seconds - 1]);
            for after in between {
                let moment = now.checked_add(after.seconds()).unwrap();
                prop_assert_eq!(differing(&before, &portal.at(&moment)), 0, "{} differs from {}, {} is told", moment, now, change.at);
            }
            let after = differing(&before, &portal.at(&change.at));
            prop_assert!(after > 0, "{} is as {}", change.at, now);
            prop_assert_eq!(after, change.files);
            now = change.at;
        }
    }
}
