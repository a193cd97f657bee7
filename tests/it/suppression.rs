//! Nobody can tell a small count that is not shown, whatever else was ever published.
//!
//! Portals of all shapes are edited and built, and so are portals that have other small counts in the
//! places of those that are not shown: all builds of the two have to be the same. Figures are read
//! from a theme that writes down every figure and every record that templates are given, and held
//! against the records that are shown.

use std::{collections::BTreeMap, fmt::Write as _};

use proptest::{collection::vec, option, prelude::*, sample};

use crate::site::{self, Files};

/// What is measured of the counts `a` and `b`.
const FIGURES: &str = "figures:
  records: {measure: count}
  present: {measure: count, where: {a: present}}
  sum-a: {measure: sum, of: a}
  sum-b: {measure: sum, of: b}
  kinds: {measure: sum, of: a, by: kind}
  year: {measure: sum, of: a, when: this-year}
  past: {measure: sum, of: b, where: {month: before today}}
  mean: {measure: mean, of: a}
  median: {measure: median, of: a}
  latest: {measure: latest, of: a}
  change: {measure: change, of: b}
  streak: {measure: streak, every: month, holds: {a: 0}}
  broken: {measure: streak, every: month, holds: {a: 0, b: 0}}
";

const KINDS: [&str; 2] = ["甲", "乙"];

/// The days of builds; records may be posted until one of them.
const DAYS: [&str; 3] = ["2026-03-01", "2026-11-23", "2027-02-01"];

/// A record: the index of its place, its kind and its counts.
#[derive(Debug, Clone)]
struct Entry {
    place: usize,
    kind: usize,
    counts: [i64; 2],
    /// Which of the days is the last on which it is posted.
    until: Option<usize>,
}

/// Places, each but the first in an earlier one, and their records, one a month.
#[derive(Debug, Clone)]
struct Tree {
    parents: Vec<usize>,
    small: Vec<bool>,
    entries: Vec<Entry>,
    below: i64,
}

impl Tree {
    fn path(&self, place: usize) -> String {
        match place {
            0 => String::new(),
            place => format!("{}p{place}/", self.path(self.parents[place - 1])),
        }
    }

    fn holds(&self, place: usize, inner: usize) -> bool {
        place == inner || inner > 0 && self.holds(place, self.parents[inner - 1])
    }

    fn hides(&self, entry: &Entry, field: usize) -> bool {
        self.small[entry.place] && (1..self.below).contains(&entry.counts[field])
    }

    /// The month of a record, of which those from the thirteenth on are of the year of the build.
    fn month(index: usize) -> String {
        format!("{}-{:02}", 2025 + index / 12, index % 12 + 1)
    }

    fn files(&self, rule: &str) -> Files {
        let mut files = Files::new();
        let mut add =
            |path: String, text: &str| files.entry(path).or_default().extend(text.bytes());
        add("site.toml".to_owned(), "theme = \"told\"\n");
        add(
            "content/_collections/register.yaml".to_owned(),
            &format!(
                "title: 登记\nsection: service\nview: series\ndate: month\nkey: [id]\nrecord-pages: true\n{rule}\n\
                 fields:\n  id: {{type: text}}\n  month: {{type: month}}\n  a: {{type: count}}\n  \
                 b: {{type: count}}\n  all: {{type: count, total-of: [a, b]}}\n  \
                 part: {{type: percent, share-of: [a, all]}}\n  \
                 kind: {{type: choice, choices: [甲, 乙]}}\n{FIGURES}"
            ),
        );
        for (place, small) in self.small.iter().enumerate() {
            let level = if *small { "compound" } else { "community" };
            let path = self.path(place);
            add(format!("content/{path}place.yaml"), &format!("name: p{place}\nlevel: {level}\n"));
        }
        for (index, entry) in self.entries.iter().enumerate() {
            let ([a, b], kind, month) = (entry.counts, KINDS[entry.kind], Self::month(index));
            let all = a + b;
            let mut more = String::new();
            if all > 0 {
                write!(more, ", part: {}", a * 100 / all).unwrap();
            }
            if let Some(day) = entry.until {
                write!(more, ", publish_until: {}", DAYS[day]).unwrap();
            }
            let said =
                format!("id: r{index}, month: {month}, kind: {kind}, a: {a}, b: {b}, all: {all}");
            add(
                format!("content/{}register.yaml", self.path(entry.place)),
                &format!("- {{{said}{more}}}\n"),
            );
        }
        add_theme(&mut files);
        files
    }
}

fn trees() -> impl Strategy<Value = Tree> {
    let count = prop_oneof![3 => 0..5_i64, 1 => Just(17)];
    let entry = (any::<sample::Index>(), 0..2_usize, [count.clone(), count]);
    let small = any::<[bool; 6]>();
    (vec(any::<sample::Index>(), 1..6), small, vec(entry, 1..15), 3..6_i64).prop_map(
        |(parents, small, entries, below)| {
            let parents: Vec<usize> =
                parents.iter().enumerate().map(|(before, it)| it.index(before + 1)).collect();
            let places = parents.len() + 1;
            let entry = |(place, kind, counts): (sample::Index, usize, [i64; 2])| Entry {
                place: place.index(places),
                kind,
                counts,
                until: None,
            };
            let entries = entries.into_iter().map(entry).collect();
            // No community lies in a compound.
            let mut small = small[..places].to_vec();
            for place in 1..places {
                small[place] |= small[parents[place - 1]];
            }
            Tree { parents, small, entries, below }
        },
    )
}

/// Adds a theme that writes down figures and records, a line each.
fn add_theme(files: &mut Files) {
    let figures = |list: &str, place: &str, scope: &str| {
        let line = |it: &str, group: &str| {
            format!(
                "F|{{{{ {place}.url }}}}|{scope}|{{{{ f.name }}}}|{group}|{{{{ {it}.hidden }}}}|\
                 {{{{ {it}.value }}}}|{{{{ {it}.first }}}}|{{{{ {it}.note }}}}\n"
            )
        };
        let (all, each) = (line("f", ""), line("g", "{{ g.label }}"));
        format!(
            "{{% for f in {list} %}}{all}{{% for g in f.groups %}}{each}{{% endfor %}}{{% endfor %}}"
        )
    };
    let record = "R|{{ r.values.id }}|{{ r.values.a }}|{{ r.values.b }}|{{ r.values.all }}|{{ r.values.part }}\n";
    let records = |list: &str| format!("{{% for r in {list} %}}{record}{{% endfor %}}");
    let sets = |place: &str| {
        let [own, total] = ["own", "total"].map(|it| figures(&format!("set.{it}.list"), place, it));
        format!("{{% for set in sets %}}{own}{total}{}{{% endfor %}}", records("set.preview"))
    };
    let children = figures("t.list", "c.place", "total");
    let children = format!(
        "{{% for c in children %}}{{% for n, t in c.totals %}}{children}{{% endfor %}}{{% endfor %}}"
    );
    let place = sets("place") + &children;
    let rows = figures("row.figures.list", "row.place", "total");
    let subtree = figures("figures.list", "place", "total")
        + &format!("{{% for row in rows %}}{rows}{{% endfor %}}")
        + &records("upcoming")
        + &records("recent");
    let pages = [
        ("home", place.clone()),
        ("place", place),
        ("series", figures("figures.list", "place", "own") + &records("records")),
        ("subtree", subtree),
        ("record", record.replace("r.", "record.")),
        ("section", sets("site").replace("site.url", "site.home")),
        ("notice", "nothing".to_owned()),
        ("notices", "nothing".to_owned()),
        ("404", "nothing".to_owned()),
    ];
    files.insert("themes/told/theme.toml".to_owned(), "name = \"told\"\n".into());
    files.insert("themes/told/i18n/zh-CN.ftl".to_owned(), site::WORDS.into());
    for (name, text) in pages {
        files.insert(format!("themes/told/templates/{name}.html"), text.into());
    }
}

/// Of what a figure is: the place's address, `own` or `total`, the figure's name, the group.
type Key = [String; 4];

/// All that pages show.
#[derive(Debug, Default, PartialEq)]
struct Told {
    /// Whether it is hidden, what stands there, the first value, and what it leaves out.
    figures: BTreeMap<Key, (bool, String, String, String)>,
    /// The counts of a record, their total and the share of the first.
    records: BTreeMap<String, [String; 4]>,
}

fn told(files: &Files) -> Told {
    let (mistakes, pages) = site::build(&site::memory(files));
    assert_eq!(mistakes, []);
    let mut told = Told::default();
    for text in pages.values() {
        for line in std::str::from_utf8(text).unwrap().lines() {
            let parts: Vec<String> = line.split('|').map(str::to_owned).collect();
            if let [_, id, a, b, all, part] = parts.as_slice() {
                let shown = [a, b, all, part].map(Clone::clone);
                let before = told.records.insert(id.clone(), shown.clone());
                assert!(before.is_none_or(|it| it == shown), "{line}");
            } else if let [_, place, scope, name, group, hidden, value, first, note] =
                parts.as_slice()
            {
                let key = [place, scope, name, group].map(Clone::clone);
                let shown = (hidden == "true", value.clone(), first.clone(), note.clone());
                let before = told.figures.insert(key, shown.clone());
                assert!(before.is_none_or(|it| it == shown), "{line}");
            }
        }
    }
    told
}

/// The indexes of the records that a figure is made from, oldest first.
fn parts(tree: &Tree, [place, scope, name, group]: &Key) -> Vec<usize> {
    let here = (0..tree.small.len()).find(|it| format!("/{}", tree.path(*it)) == *place).unwrap();
    let entries = tree.entries.iter().enumerate().filter(|(index, it)| {
        let inside = if scope == "own" { it.place == here } else { tree.holds(here, it.place) };
        let grouped = group.is_empty() || KINDS[it.kind] == group;
        inside && grouped && (name != "year" || *index >= 12)
    });
    entries.map(|(index, _)| index).collect()
}

/// What a figure of what is shown comes to.
enum Wanted {
    /// A number, its first value, and how many numbers are left out of it.
    Number(f64, Option<f64>, usize),
    /// It is not shown.
    Hidden,
    /// It is no number.
    Any,
}

#[expect(clippy::cast_precision_loss, reason = "the numbers are small")]
fn float(number: i64) -> f64 {
    number as f64
}

fn wanted(tree: &Tree, key: &Key) -> Wanted {
    let field = usize::from(matches!(&*key[2], "sum-b" | "past" | "change"));
    let parts = parts(tree, key);
    let (hidden, shown): (Vec<usize>, Vec<usize>) =
        parts.iter().partition(|index| tree.hides(&tree.entries[**index], field));
    let counts: Vec<i64> = shown.iter().map(|it| tree.entries[*it].counts[field]).collect();
    let records = float(i64::try_from(parts.len()).unwrap());
    let sum: i64 = counts.iter().sum();
    match &*key[2] {
        "records" | "present" => Wanted::Number(records, None, 0),
        // What is told apart has no number of its own.
        "kinds" if key[3].is_empty() => Wanted::Any,
        "sum-a" | "sum-b" | "kinds" | "year" | "past" if sum == 0 && !hidden.is_empty() => {
            Wanted::Hidden
        }
        "sum-a" | "sum-b" | "kinds" | "year" | "past" => {
            Wanted::Number(float(sum), None, hidden.len())
        }
        "mean" | "median" | "latest" | "change" if !hidden.is_empty() => Wanted::Hidden,
        "mean" | "median" | "latest" | "change" if counts.is_empty() => Wanted::Any,
        "mean" => Wanted::Number(float(sum) / records, None, 0),
        "median" => {
            let mut sorted = counts;
            sorted.sort_unstable();
            let (low, high) = (sorted[(sorted.len() - 1) / 2], sorted[sorted.len() / 2]);
            Wanted::Number(f64::midpoint(float(low), float(high)), None, 0)
        }
        "latest" => Wanted::Number(float(counts[counts.len() - 1]), None, 0),
        "change" => Wanted::Number(float(counts[counts.len() - 1]), Some(float(counts[0])), 0),
        _ => Wanted::Any,
    }
}

/// A change of the content from one build to the next.
#[derive(Debug, Clone)]
enum Edit {
    Append(Entry),
    Write(sample::Index, usize, i64),
    Remove(sample::Index),
}

fn edits() -> impl Strategy<Value = Vec<(Edit, usize)>> {
    let count = || prop_oneof![3 => 0..5_i64, 1 => Just(17)];
    let entry = (0..6_usize, 0..2_usize, [count(), count()], option::of(0..DAYS.len()));
    let entry = entry.prop_map(|(place, kind, counts, until)| Entry { place, kind, counts, until });
    let edit = prop_oneof![
        4 => entry.prop_map(Edit::Append),
        2 => (any::<sample::Index>(), 0..2_usize, count()).prop_map(|(at, field, it)| Edit::Write(at, field, it)),
        1 => any::<sample::Index>().prop_map(Edit::Remove),
    ];
    vec((edit, 0..DAYS.len()), 1..4)
}

fn edit(tree: &mut Tree, edit: &Edit) {
    match edit {
        Edit::Append(entry) => {
            let place = entry.place % tree.small.len();
            tree.entries.push(Entry { place, ..entry.clone() });
        }
        Edit::Write(at, field, count) if !tree.entries.is_empty() => {
            let at = at.index(tree.entries.len());
            tree.entries[at].counts[*field] = *count;
        }
        Edit::Remove(at) if !tree.entries.is_empty() => {
            let at = at.index(tree.entries.len());
            tree.entries[at].until = Some(0);
        }
        Edit::Write(..) | Edit::Remove(..) => {}
    }
}

/// The same portal with other numbers where none is shown.
fn otherwise(tree: &Tree, seed: &[i64]) -> Tree {
    let mut other = tree.clone();
    for (index, entry) in other.entries.iter_mut().enumerate() {
        for field in 0..2 {
            if tree.hides(&tree.entries[index], field) {
                let number = seed[(2 * index + field) % seed.len()] + entry.counts[field];
                entry.counts[field] = 1 + number.rem_euclid(tree.below - 1);
            }
        }
    }
    other
}

proptest! {
    #![proptest_config(site::cases(48))]

    /// Somebody who keeps every byte of every build cannot tell a hidden count from any other small
    /// one: with that in its place each build would have been the same.
    #[test]
    fn no_build_tells_a_hidden_count_from_another(
        tree in trees(),
        edits in edits(),
        seed in vec(0..7_i64, 5..12),
        theme in sample::select(&["bare", "default"]),
    ) {
        let rule = format!("suppress: {{below: {}, under: community}}", tree.below);
        let mut tree = tree;
        for (change, day) in edits {
            edit(&mut tree, &change);
            let built = |tree: &Tree| {
                let mut files = tree.files(&rule);
                files.insert("site.toml".to_owned(), format!("theme = \"{theme}\"\n").into());
                site::add_bare_theme(&mut files);
                site::build_at(&site::memory(&files), DAYS[day])
            };
            prop_assert_eq!(built(&tree), built(&otherwise(&tree, &seed)));
        }
    }

    #[test]
    fn figures_are_made_from_what_is_shown(tree in trees()) {
        let rule = format!("suppress: {{below: {}, under: community}}", tree.below);
        let told = told(&tree.files(&rule));
        for (index, entry) in tree.entries.iter().enumerate() {
            let shown = &told.records[&format!("r{index}")];
            for field in [0, 1] {
                let count = entry.counts[field];
                let few = format!("少于 {}", tree.below);
                let wanted = if tree.hides(entry, field) { few } else { count.to_string() };
                prop_assert_eq!(&shown[field], &wanted, "r{}", index);
            }
            let hidden = tree.hides(entry, 0) || tree.hides(entry, 1);
            let all = entry.counts[0] + entry.counts[1];
            let wanted = if hidden { "不单列".to_owned() } else { all.to_string() };
            prop_assert_eq!(&shown[2], &wanted, "r{}", index);
            prop_assert_eq!(&shown[3] == "不单列", hidden && !shown[3].is_empty(), "r{}", index);
        }
        for (key, (is_hidden, value, first, note)) in &told.figures {
            let is = |text: &str, number: f64| {
                text.parse::<f64>().is_ok_and(|it| (it - number).abs() < 0.051)
            };
            match wanted(&tree, key) {
                Wanted::Any => {}
                Wanted::Hidden => prop_assert!(*is_hidden && value == "不单列", "{:?}: {}", key, value),
                Wanted::Number(number, first_number, left_out) => {
                    prop_assert!(!is_hidden && is(value, number), "{:?}: {}", key, value);
                    prop_assert!(first_number.is_none_or(|it| is(first, it)), "{:?}: {}", key, first);
                    let words = format!("不含少于 {} 的 {left_out} 个数", tree.below);
                    prop_assert_eq!(note, if left_out > 0 { &*words } else { "" }, "{:?}", key);
                }
            }
        }
    }

    #[test]
    fn streaks_and_numbers_of_records_stay_as_they_are(tree in trees()) {
        let rule = format!("suppress: {{below: {}, under: community}}", tree.below);
        let kept = |told: Told| {
            let mut figures = told.figures;
            figures.retain(|key, _| matches!(&*key[2], "records" | "present" | "streak" | "broken"));
            figures
        };
        prop_assert_eq!(kept(told(&tree.files(&rule))), kept(told(&tree.files(""))));
    }
}
