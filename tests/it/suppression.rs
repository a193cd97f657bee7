//! Nobody can tell a small count that is not shown, whatever else the pages show.
//!
//! Portals of all shapes are built with a theme that writes down every figure and every record that
//! templates are given. From these lines alone the counts are then solved for: each that is not
//! shown has to have several solutions.

use std::collections::{BTreeMap, BTreeSet};

use proptest::{collection::vec, prelude::*, sample};

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

/// A record: the index of its place, its kind and its counts.
#[derive(Debug, Clone)]
struct Entry {
    place: usize,
    kind: usize,
    counts: [i64; 2],
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
                 b: {{type: count}}\n  kind: {{type: choice, choices: [甲, 乙]}}\n{FIGURES}"
            ),
        );
        for (place, small) in self.small.iter().enumerate() {
            let level = if *small { "compound" } else { "community" };
            let path = self.path(place);
            add(format!("content/{path}place.yaml"), &format!("name: p{place}\nlevel: {level}\n"));
        }
        for (index, entry) in self.entries.iter().enumerate() {
            let ([a, b], kind, month) = (entry.counts, KINDS[entry.kind], Self::month(index));
            add(
                format!("content/{}register.yaml", self.path(entry.place)),
                &format!("- {{id: r{index}, month: {month}, a: {a}, b: {b}, kind: {kind}}}\n"),
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
            };
            let entries = entries.into_iter().map(entry).collect();
            Tree { parents, small: small[..places].to_vec(), entries, below }
        },
    )
}

/// Adds a theme that writes down figures and records, a line each.
fn add_theme(files: &mut Files) {
    let figures = |list: &str, place: &str, scope: &str| {
        let line = |it: &str, group: &str| {
            format!(
                "F|{{{{ {place}.url }}}}|{scope}|{{{{ f.name }}}}|{group}|{{{{ {it}.hidden }}}}|\
                 {{{{ {it}.value }}}}|{{{{ {it}.first }}}}\n"
            )
        };
        let (all, each) = (line("f", ""), line("g", "{{ g.label }}"));
        format!(
            "{{% for f in {list} %}}{all}{{% for g in f.groups %}}{each}{{% endfor %}}{{% endfor %}}"
        )
    };
    let record = "R|{{ r.values.id }}|{{ r.values.a }}|{{ r.values.b }}\n";
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
    /// Whether it is hidden, what stands there, and the first value.
    figures: BTreeMap<Key, (bool, String, String)>,
    /// The counts of a record.
    records: BTreeMap<String, [String; 2]>,
}

fn told(files: &Files) -> Told {
    let (mistakes, pages) = site::build(&site::memory(files));
    assert_eq!(mistakes, []);
    let mut told = Told::default();
    for text in pages.values() {
        for line in std::str::from_utf8(text).unwrap().lines() {
            let parts: Vec<String> = line.split('|').map(str::to_owned).collect();
            if let [_, id, a, b] = parts.as_slice() {
                let shown = [a.clone(), b.clone()];
                let before = told.records.insert(id.clone(), shown.clone());
                assert!(before.is_none_or(|it| it == shown), "{line}");
            } else if let [_, place, scope, name, group, hidden, value, first] = parts.as_slice() {
                let key = [place, scope, name, group].map(Clone::clone);
                let shown = (hidden == "true", value.clone(), first.clone());
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

/// A figure of all its counts, and its first value.
fn measured(tree: &Tree, key: &Key) -> Option<(f64, Option<f64>)> {
    let field = usize::from(matches!(&*key[2], "sum-b" | "past" | "change"));
    let parts = parts(tree, key);
    let counts: Vec<i64> = parts.iter().map(|it| tree.entries[*it].counts[field]).collect();
    #[expect(clippy::cast_precision_loss, reason = "the numbers are small")]
    let float = |it: i64| it as f64;
    let (length, sum) = (float(i64::try_from(counts.len()).unwrap()), float(counts.iter().sum()));
    let last = counts.last().map(|it| float(*it));
    match &*key[2] {
        "records" | "present" => Some((length, None)),
        // What is told apart has no number of its own.
        "kinds" if key[3].is_empty() => None,
        "sum-a" | "sum-b" | "kinds" | "year" | "past" => Some((sum, None)),
        "mean" => (length > 0.0).then_some((sum / length, None)),
        "median" => {
            let mut sorted = counts.clone();
            sorted.sort_unstable();
            let middle = float(*sorted.get(sorted.len().checked_sub(1)? / 2)?);
            Some((f64::midpoint(middle, float(sorted[sorted.len() / 2])), None))
        }
        "latest" => Some((last?, None)),
        "change" => Some((last?, counts.first().map(|it| float(*it)))),
        _ => None,
    }
}

/// Checks the solutions for the hidden counts of a field.
fn solve(tree: &Tree, told: &Told, field: usize) -> Result<(), TestCaseError> {
    let hidden: Vec<usize> =
        (0..tree.entries.len()).filter(|it| tree.hides(&tree.entries[*it], field)).collect();
    prop_assume!(hidden.len() <= 8);
    let name = ["sum-a", "sum-b"][field];
    // Of each sum: which hidden counts are in it, and between what they add up to.
    let mut sums = Vec::new();
    for (key, (is_hidden, value, _)) in told.figures.iter().filter(|(key, _)| key[2] == name) {
        let parts = parts(tree, key);
        let (unknown, known): (Vec<usize>, Vec<usize>) =
            parts.into_iter().partition(|it| hidden.contains(it));
        let known: i64 = known.iter().map(|it| tree.entries[*it].counts[field]).sum();
        let mask: Vec<bool> = hidden.iter().map(|it| unknown.contains(it)).collect();
        if !is_hidden {
            let sum = value.parse::<i64>().unwrap() - known;
            sums.push((mask, sum..=sum));
        } else if value != "不单列" {
            prop_assert_eq!(value, &format!("少于 {}", tree.below));
            sums.push((mask, 0..=tree.below - 1 - known));
        }
    }
    let mut guess = vec![1; hidden.len()];
    let mut solutions = vec![BTreeSet::new(); hidden.len()];
    loop {
        let fits = sums.iter().all(|(mask, range)| {
            let sum = guess.iter().zip(mask).filter(|(_, it)| **it).map(|(it, _)| it).sum();
            range.contains(&sum)
        });
        if fits {
            solutions.iter_mut().zip(&guess).for_each(|(all, it)| all.extend([*it]));
        }
        let Some(next) = guess.iter().position(|it| it + 1 < tree.below) else { break };
        guess[..next].fill(1);
        guess[next] += 1;
    }
    for (index, solutions) in hidden.into_iter().zip(solutions) {
        let count = tree.entries[index].counts[field];
        prop_assert!(solutions.contains(&count), "r{} is not {}: {:?}", index, count, solutions);
        prop_assert!(solutions.len() > 1, "r{} is known to be {}", index, count);
    }
    Ok(())
}

proptest! {
    #![proptest_config(site::cases(48))]

    #[test]
    fn no_hidden_count_can_be_told(tree in trees()) {
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
        }
        for (key, (is_hidden, value, first)) in &told.figures {
            let field = usize::from(matches!(&*key[2], "sum-b" | "past" | "change"));
            let Some((number, first_number)) = measured(&tree, key) else { continue };
            let parts = parts(&tree, key);
            let holds_small = parts.iter().any(|it| tree.hides(&tree.entries[*it], field));
            let counts_alone = matches!(&*key[2], "records" | "present");
            prop_assert!(!is_hidden || holds_small && !counts_alone, "{:?} is {}", key, value);
            if !is_hidden {
                let is = |text: &str, number: f64| {
                    text.parse::<f64>().is_ok_and(|it| (it - number).abs() < 0.051)
                };
                prop_assert!(is(value, number), "{:?} is {}, not {}", key, value, number);
                prop_assert!(first_number.is_none_or(|it| is(first, it)), "{:?} was {}", key, first);
                let is_sum = matches!(&*key[2], "sum-a" | "sum-b");
                prop_assert!(!holds_small || is_sum || counts_alone, "{:?} is {}", key, value);
            }
        }
        solve(&tree, &told, 0)?;
        solve(&tree, &told, 1)?;
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
