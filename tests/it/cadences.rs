//! Lists that say how often they are kept up.

use crate::{diagnostics, site};

/// The first page of a list of months, and an older one, as they are built on a day.
fn lists(day: &str) -> (String, String) {
    let mut files = diagnostics::files_of("_base");
    let mut add = |path: &str, text: &str| files.insert(path.to_owned(), text.into());
    add("site.toml", "theme = \"default\"\n");
    let declaration = "title: 账目\nsection: service\nfields: {month: {type: month}}\n\
                       date: month\npage-size: 1\ncadence: monthly\n";
    add("content/_collections/accounts.yaml", declaration);
    add("content/xingfu/accounts.yaml", "- month: 2025-12\n- month: 2026-08\n- month: 2026-07\n");
    let (told, pages) = site::build_at(&site::memory(&files), day);
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
    assert!(!older.contains("最近一条记录"), "{older}");
}
