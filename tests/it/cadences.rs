//! Lists that say how often they are kept up.

use linli::{
    build::{
        BuildState,
        next_change::{self, Effect},
    },
    source::MemoryWorld,
};

use crate::{diagnostics, site};

/// A site with a list of months.
fn world() -> MemoryWorld {
    let mut files = diagnostics::files_of("_base");
    let mut add = |path: &str, text: &str| files.insert(path.to_owned(), text.into());
    add("site.toml", "theme = \"default\"\n");
    let declaration = "title: 账目\nsection: service\nfields: {month: {type: month}}\n\
                       date: month\npage-size: 1\ncadence: monthly\n";
    add("content/_collections/accounts.yaml", declaration);
    add("content/xingfu/accounts.yaml", "- month: 2025-12\n- month: 2026-08\n- month: 2026-07\n");
    site::memory(&files)
}

/// The first page of the list, and an older one, as they are built on a day.
fn lists(day: &str) -> (String, String) {
    let (told, pages) = site::build_at(&world(), day);
    assert_eq!(told, []);
    let page = |path: &str| String::from_utf8(pages[path].clone()).unwrap();
    (page("xingfu/accounts/index.html"), page("xingfu/accounts/page/1/index.html"))
}

#[test]
fn a_list_says_that_it_is_behind_once_a_whole_period_went_by() {
    let (first, older) = lists("2026-09-30");
    assert!(first.contains("每月更新。</p>"), "{first}");
    assert!(!older.contains("最近一条记录"), "{older}");
    let (first, older) = lists("2026-10-01");
    assert!(
        first.contains("每月更新。 最近一条记录是2026年8月的，之后还没有更新。</p>"),
        "{first}"
    );
    // What is full is not kept up any more.
    assert!(!older.contains("每月更新"), "{older}");
}

#[test]
fn the_next_change_names_the_list_that_falls_behind() {
    let world = world();
    let settings = site::settings(&world, "2026-09-30");
    let found = next_change::next(&world, &settings, &mut BuildState::default()).unwrap();
    let change = found.value.unwrap();
    assert_eq!(change.at.date().to_string(), "2026-10-01");
    let place = |id| change.site.portal.place(id).path.as_str();
    let told = change.shifts.iter().map(|it| (place(it.place), it.effect, it.count));
    assert_eq!(told.collect::<Vec<_>>(), [("xingfu", Effect::Behind, 1)]);
}

#[test]
fn built_in_lists_say_it_where_their_records_are_of_weeks_or_months() {
    let mut files = diagnostics::files_of("_base");
    let mut add = |path: &str, text: &str| files.insert(path.to_owned(), text.into());
    add("site.toml", "theme = \"default\"\n");
    add("content/xingfu/flag-raising.yaml", "- {date: 2026-11-18, attendance: 40}\n");
    add("content/xingfu/indicators.yaml", "- {name: 收缴率, period: 2026, value: 95}\n");
    let (told, pages) = site::build(&site::memory(&files));
    assert_eq!(told, []);
    let page = |path: &str| String::from_utf8(pages[path].clone()).unwrap();
    let flags = page("xingfu/flag-raising/index.html");
    assert!(flags.contains("<p class=\"note\">每周更新。</p>"), "{flags}");
    // They are of years, or of months, as their staff have them.
    assert!(!page("xingfu/indicators/index.html").contains("更新。</p>"));
}
