//! Until the moment that `next-change` tells of nothing changes, and then something does.

use std::{
    collections::BTreeMap,
    fmt::Write as _,
    io,
    sync::atomic::{AtomicUsize, Ordering},
};

use jiff::{ToSpan, ZonedDateTime, civil::DateTime};
use linli::{
    build::{
        self, BuildState, Settings,
        next_change::{self, NextChange},
    },
    clock::Clock,
    config, diagnostic,
    source::{FolderEntry, MemoryWorld, SitePath, Stamp, Tree, World},
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
    (day(), option::weighted(0.5, day()), option::weighted(0.3, day()), any::<bool>(), posting()).prop_map(
        |(date, until, happens, pinned, posting)| {
            let posting = posting.replace("  ", "");
            let happens = happens.filter(|it| until.as_ref().is_none_or(|last| it <= last));
            let happens = happens.map(|it| format!("happens: {it}\n")).unwrap_or_default();
            let until = until.filter(|it| &date <= it).map(|it| format!("until: {it}\n"));
            let pinned = if pinned { "是" } else { "否" };
            format!(
                "---\ntitle: 停水\ndate: {date}\npinned: {pinned}\n{happens}{}{posting}---\n\n停水。\n",
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
        let settings = Settings::new(config, Clock::default(), Vec::new());
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

    fn next_change(&self, moment: &ZonedDateTime) -> Option<NextChange<'_>> {
        let settings = self.settings_at(moment);
        let found = next_change::next(&self.world, &settings, &mut BuildState::default());
        found.unwrap().value
    }

    fn settings_at(&self, moment: &ZonedDateTime) -> Settings {
        Settings { clock: Clock::at(moment.clone()), ..self.settings.clone() }
    }
}

fn differing(before: &BTreeMap<String, Vec<u8>>, after: &BTreeMap<String, Vec<u8>>) -> usize {
    let changed = before.iter().filter(|(path, bytes)| after.get(*path) != Some(bytes)).count();
    changed + after.keys().filter(|it| !before.contains_key(*it)).count()
}

/// The number of an identity card of somebody who was born on that day.
fn card(born: &str) -> String {
    const FACTORS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let digits = format!("110105{}001", born.replace('-', ""));
    let sum: u32 = digits
        .chars()
        .zip(FACTORS)
        .map(|(digit, factor)| digit.to_digit(10).unwrap() * factor)
        .sum();
    format!(
        "{digits}{}",
        ["1", "0", "X", "9", "8", "7", "6", "5", "4", "3", "2"][(sum % 11) as usize]
    )
}

/// Somebody whose birthdays and last days mostly change nothing that is shown.
fn pupil() -> impl Strategy<Value = String> {
    let of_age = (vec(year_of_birth(), 0..7), option::weighted(0.7, year_of_birth()));
    let rest =
        (option::weighted(0.5, day()), sample::select(&["", "office", "consent"]), posting());
    (of_age, rest).prop_map(|((cards, born), (until, basis, posting))| {
        let mut yaml = "- name: 王秀英\n  story: 王秀英来了\n  date: 2024-05-06\n".to_owned();
        let cards: Vec<String> = cards.iter().map(|it| card(it)).collect();
        writeln!(yaml, "  cards: [{}]", cards.join(", ")).unwrap();
        until.iter().for_each(|it| writeln!(yaml, "  until: {it}").unwrap());
        match basis {
            "consent" => {
                yaml += "  basis: consent\n  basis_reference: 甲\n  basis_date: 2024-01-01\n";
            }
            "office" => yaml += "  basis: office\n",
            _ => {}
        }
        // One day of birth is enough.
        let posting = posting.lines().filter(|it| born.is_none() || !it.contains("born:"));
        born.iter().for_each(|it| writeln!(yaml, "  born: {it}").unwrap());
        posting.for_each(|it| writeln!(yaml, "{it}").unwrap());
        yaml
    })
}

/// Lists of minors, and of what lasts until some day, in which most moments change nothing.
fn archive() -> impl Strategy<Value = BTreeMap<String, String>> {
    let declared = (sample::select(&VIEWS), sample::select(&["", "page-size: 2\n"]), any::<bool>());
    let names = sample::select(&["full", "masked", "surname"]);
    let (many, few) = (vec(pupil(), 3..12), vec(pupil(), 0..3));
    (declared, names, many, few, vec(notice(), 0..2)).prop_map(
        |((view, paging, shows), names, records, below, notices)| {
            let mut files = BTreeMap::new();
            let mut add = |path: &str, text: String| files.insert(path.to_owned(), text);
            let theme = if shows { "bare" } else { "default" };
            add("site.toml", format!("theme = \"{theme}\"\n"));
            add(
                "content/_collections/pupils.yaml",
                format!(
                    "title: 名册\nview: {view}\nnames: {names}\n{paging}date: {{date: date, until: until}}\n\
                     fields:\n  name: {{type: person}}\n  story: {{type: text}}\n  date: {{type: date}}\n  \
                     until: {{type: date}}\n  cards: {{type: id-number, several: true}}\n\
                     figures:\n  all: {{measure: count}}\n"
                ),
            );
            add("content/place.yaml", "name: 甲街道\nlevel: street\n".to_owned());
            add("content/yi/place.yaml", "name: 乙社区\nlevel: community\n".to_owned());
            add("content/pupils.yaml", records.concat());
            if !below.is_empty() {
                add("content/yi/pupils.yaml", below.concat());
            }
            for (number, notice) in notices.into_iter().enumerate() {
                add(&format!("content/yi/notices/n{number}.md"), notice);
            }
            files
        },
    )
}

/// Follows the changes of a portal: each is told, and nothing changes before it.
fn follow(
    files: &BTreeMap<String, String>,
    start: &str,
    parts: &[f64],
) -> Result<(), TestCaseError> {
    let portal = Portal::read(files);
    let zone = portal.settings.config.time_zone.clone();
    let mut now = start.parse::<DateTime>().unwrap().to_zoned_datetime(zone).unwrap();
    for _ in 0..CHANGES {
        let before = portal.at(&now);
        let Some(change) = portal.next_change(&now) else {
            for years in [1, 19, 200] {
                let later = now.checked_add(years.years()).unwrap();
                prop_assert_eq!(
                    differing(&before, &portal.at(&later)),
                    0,
                    "{} is no end, {} differs",
                    now,
                    later
                );
            }
            return Ok(());
        };
        prop_assert!(now < change.at, "{} is told at {}", change.at, now);
        let seconds = change.at.timestamp().as_second() - now.timestamp().as_second();
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_precision_loss,
            reason = "any second does"
        )]
        let between =
            parts.iter().map(|it| (it * (seconds - 1) as f64) as i64).chain([seconds - 1]);
        for after in between {
            let moment = now.checked_add(after.seconds()).unwrap();
            prop_assert_eq!(
                differing(&before, &portal.at(&moment)),
                0,
                "{} differs from {}, {} is told",
                moment,
                now,
                change.at
            );
        }
        let after = differing(&before, &portal.at(&change.at));
        prop_assert!(after > 0, "{} is as {}", change.at, now);
        now = change.at;
    }
    Ok(())
}

proptest! {
    #![proptest_config(site::cases(32))]

    #[test]
    fn nothing_changes_until_the_moment_that_is_told(
        files in portal(),
        start in moment(),
        parts in vec(0.0..1.0_f64, 2),
    ) {
        follow(&files, &start, &parts)?;
    }

    #[test]
    fn nothing_changes_in_an_archive_until_the_moment_that_is_told(
        files in archive(),
        start in moment(),
        parts in vec(0.0..1.0_f64, 4),
    ) {
        follow(&files, &start, &parts)?;
    }
}

/// A site that counts how often a file of its content is read.
struct CountedWorld {
    world: MemoryWorld,
    reads: AtomicUsize,
}

impl World for CountedWorld {
    fn list(&self, folder: &SitePath) -> io::Result<Vec<FolderEntry>> {
        self.world.list(folder)
    }

    fn read(&self, file: &SitePath, limit: u64) -> io::Result<Vec<u8>> {
        self.reads.fetch_add(usize::from(file.as_str().starts_with("content/")), Ordering::Relaxed);
        self.world.read(file, limit)
    }

    fn stamp(&self, file: &SitePath) -> io::Result<Stamp> {
        self.world.stamp(file)
    }
}

/// How often files are read to find that nothing of a register will ever change. There are ten
/// communities with one each, and `records` is that of the first.
fn reads_until_the_end(records: &str) -> usize {
    let mut files = BTreeMap::new();
    let mut add = |path: String, text: &str| files.insert(path, text.to_owned());
    add("site.toml".to_owned(), "");
    add("content/place.yaml".to_owned(), "name: 甲街道\nlevel: street\n");
    add(
        "content/_collections/register.yaml".to_owned(),
        "title: 登记\nview: cards\ndate: {date: date, until: until}\nfields:\n  \
         name: {type: person}\n  date: {type: date}\n  until: {type: date}\n",
    );
    for community in 0..10 {
        let name = format!("name: 第{community}社区\nlevel: community\n");
        add(format!("content/c{community}/place.yaml"), &name);
        let own = if community == 0 { records } else { "- {name: 王秀英, date: 2024-05-06}\n" };
        add(format!("content/c{community}/register.yaml"), own);
    }
    let Portal { world, settings } = Portal::read(&files);
    let world = CountedWorld { world, reads: AtomicUsize::new(0) };
    let clock = Clock::parse(site::TODAY, &settings.config.time_zone).unwrap();
    let settings = Settings { clock, ..settings };
    let found = next_change::next(&world, &settings, &mut BuildState::default()).unwrap();
    assert!(found.value.is_none(), "{:?}", found.value.map(|it| (it.at, it.shifts)));
    world.reads.load(Ordering::Relaxed)
}

#[test]
fn birthdays_that_change_nothing_cost_nothing() {
    let minor = |day: usize| {
        let (month, day) = (day / 28 + 1, day % 28 + 1);
        format!("- {{name: 王秀英, date: 2024-05-06, born: 2012-{month:02}-{day:02}}}\n")
    };
    let reads = |count: usize| reads_until_the_end(&(0..count).map(minor).collect::<String>());
    assert_eq!(reads(300), reads(1));
}

#[test]
fn days_that_change_nothing_cost_the_lists_that_asked_for_them() {
    let lasting = |day: usize| {
        let (month, day) = (day / 28 + 1, day % 28 + 1);
        format!("- {{name: 王秀英, date: 2024-05-06, until: 2027-{month:02}-{day:02}}}\n")
    };
    let reads = |count: usize| reads_until_the_end(&(0..count).map(lasting).collect::<String>());
    // Some pages show those of other communities, too, which are read once.
    assert!(reads(60) <= reads(10) + 10, "{} and {}", reads(10), reads(60));
}

/// The index of the search has the beginnings of this month and later; no page changes with them.
#[test]
fn the_end_of_a_month_is_told() {
    let files = [
        ("site.toml", "theme = \"default\"\n"),
        (
            "content/_collections/visits.yaml",
            "title: 来访\nview: schedule\nsection: service\nfields:\n  date: {type: date}\n",
        ),
        ("content/place.yaml", "name: 甲街道\nlevel: street\n"),
        ("content/visits.yaml", "- date: 2026-10-25\n"),
    ];
    let files = files.map(|(path, text)| (path.to_owned(), text.to_owned())).into();
    follow(&files, "2026-10-26T09:00", &[0.3, 0.8]).unwrap();
}
