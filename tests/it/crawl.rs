//! From the front page every page is reached, and no link leads nowhere.

use std::collections::{BTreeMap, BTreeSet};

use linli::{diagnostic::Severity, render::markdown::percent_decode};
use proptest::{collection::vec, prelude::*, sample};

use crate::site::{self, Files};

/// The default theme's pages of a site, as published under a path. The site must be without errors.
fn published(files: &Files, base: &str) -> Files {
    let mut files = files.clone();
    let settings = String::from_utf8_lossy(&files["site.toml"]).into_owned();
    let others = settings.lines().filter(|line| !line.starts_with("base-url"));
    let settings: Vec<String> = std::iter::once(format!("base-url = \"https://a.example{base}\""))
        .chain(others.map(str::to_owned))
        .collect();
    files.insert("site.toml".to_owned(), settings.join("\n").into());
    let (told, pages) = site::build(&site::memory(&files));
    let errors: Vec<_> = told.iter().filter(|it| it.severity == Severity::Error).collect();
    assert!(errors.is_empty(), "{errors:?}");
    pages
}

/// The values of an attribute on a page.
fn values<'p>(page: &'p str, attribute: &'p str) -> impl Iterator<Item = String> + 'p {
    let values = page.split(attribute).skip(1).filter_map(|it| it.strip_prefix("=\""));
    values.filter_map(|it| it.split_once('"')).map(|(value, _)| value.replace("&amp;", "&"))
}

/// Follows all links from the front page, and lists what leads nowhere and what is never reached.
fn faults(pages: &Files, base: &str) -> Vec<String> {
    let text = |path: &str| String::from_utf8_lossy(&pages[path]).into_owned();
    let ids = |path: &str| values(&text(path), " id").collect::<BTreeSet<String>>();
    let (mut faults, mut anchors) = (Vec::new(), BTreeMap::<String, BTreeSet<String>>::new());
    let (mut reached, mut open) = (BTreeSet::new(), vec!["index.html".to_owned()]);
    while let Some(path) = open.pop() {
        if !reached.insert(path.clone()) || !path.ends_with(".html") {
            continue;
        }
        let page = text(&path);
        let copies: Vec<String> = values(&page, " srcset").collect();
        let copies =
            copies.iter().flat_map(|it| it.split(", ")).filter_map(|it| it.split(' ').next());
        let copies = copies.map(str::to_owned);
        for link in values(&page, " href").chain(values(&page, " src")).chain(copies) {
            let (address, fragment) = link.split_once('#').unwrap_or((&link, ""));
            let target = match address.strip_prefix(&format!("{base}/")) {
                _ if address.is_empty() => path.clone(),
                _ if address.starts_with("https://a.example") => continue,
                _ if address.contains(':') => continue,
                None => {
                    faults.push(format!("{path}: {link} is outside"));
                    continue;
                }
                Some(rest) => {
                    let rest = rest.split('?').next().unwrap_or_default();
                    let rest = percent_decode(rest).into_owned();
                    let is_folder = rest.is_empty() || rest.ends_with('/');
                    if is_folder { format!("{rest}index.html") } else { rest }
                }
            };
            if !pages.contains_key(&target) {
                faults.push(format!("{path}: {link} leads nowhere"));
                continue;
            }
            let fragment = percent_decode(fragment).into_owned();
            if !fragment.is_empty()
                && !anchors
                    .entry(target.clone())
                    .or_insert_with(|| ids(&target))
                    .contains(&fragment)
            {
                faults.push(format!("{path}: {link} is no place of the page"));
            }
            open.push(target);
        }
    }
    let lost = pages.keys().filter(|path| path.ends_with(".html") && *path != "404.html");
    let lost = lost.filter(|path| !text(path).contains("http-equiv=\"refresh\""));
    let lost = lost.filter(|path| !reached.contains(*path));
    faults.extend(lost.map(|path| format!("{path} is reached from nowhere")));
    faults
}

#[test]
fn the_sample_portal_hangs_together() {
    let files = site::sample();
    for base in ["", "/a/b"] {
        assert_eq!(faults(&published(&files, base), base), Vec::<String>::new());
    }
}

/// Records of a built-in collection, by their number.
fn records(collection: &str, count: usize) -> String {
    let record = |number: usize| {
        let day = format!("20{}-{:02}-{:02}", 23 + number % 4, number % 12 + 1, number % 28 + 1);
        match collection {
            "honors" => format!(
                "- {{award: 好邻居, name: 王秀英, date: {day}, citation: 送饭{number}。, basis: office}}\n"
            ),
            "legal-aid" => format!(
                "- {{date: {day}, starts: 9:00, ends: 11:00, service: 法律咨询, official: 律师, provider: 服务站, venue: 活动室{number}}}\n"
            ),
            "indicators" => {
                format!("- {{name: 收缴率{number}, period: 2026-01, value: {number}}}\n")
            }
            _ => format!(
                "- {{grid: 网格{number}, buildings: {number}栋, chief: 王秀英, officer: 李敏, phone: 0431-82550111}}\n"
            ),
        }
    };
    (1..=count).map(record).collect()
}

/// A random portal: places below each other, lists and notices at some of them, and kinds of pages
/// switched off.
fn portal() -> impl Strategy<Value = Files> {
    let count = || prop_oneof![3 => Just(0_usize), 3 => 1..4_usize, 1 => Just(45)];
    let place = (any::<sample::Index>(), vec(count(), 6));
    let switches = vec(prop::bool::weighted(0.7), 3);
    (vec(place, 1..6), switches).prop_map(|(places, switches)| {
        let mut files = Files::new();
        let names = ["sections", "subtrees", "notice-lists"];
        let switches = names.iter().zip(switches).map(|(name, on)| format!("{name} = {on}\n"));
        let settings = format!("theme = \"default\"\n[pages]\n{}", switches.collect::<String>());
        files.insert("site.toml".to_owned(), settings.into());
        let mut folders = vec!["content".to_owned()];
        for (number, (parent, counts)) in places.iter().enumerate() {
            let folder = match number {
                0 => folders[0].clone(),
                _ => format!("{}/p{number}", folders[parent.index(folders.len())]),
            };
            folders.push(folder.clone());
            let level = "name: 地方\nlevel: community\n".replace("地方", &format!("地方{number}"));
            files.insert(format!("{folder}/place.yaml"), level.into());
            let lists = ["honors", "legal-aid", "indicators", "grids"];
            for (list, count) in lists.iter().zip(counts).filter(|(_, count)| **count > 0) {
                files.insert(format!("{folder}/{list}.yaml"), records(list, *count).into());
            }
            for notice in 0..counts[4] {
                let text = format!("---\ntitle: 停水{notice}\ndate: 2026-01-02\n---\n\n停水。\n");
                files.insert(format!("{folder}/notices/n{notice}.md"), text.into());
            }
            for page in 0..counts[5].min(4) {
                let place = ["about.md", "guide/index.md", "faq.md", "rules/index.md"][page];
                let section = if page == 1 { "section: service\n" } else { "" };
                let text = format!("---\ntitle: 说明{page}\n{section}---\n\n[这里](../) 说明。\n");
                let text = if place.contains('/') { text } else { text.replace("../", "./") };
                files.insert(format!("{folder}/{place}"), text.into());
            }
        }
        files
    })
}

proptest! {
    #![proptest_config(site::cases(40))]

    #[test]
    fn random_portals_hang_together(files in portal(), base in sample::select(&["", "/a"][..])) {
        prop_assert_eq!(faults(&published(&files, base), base), Vec::<String>::new());
    }
}
