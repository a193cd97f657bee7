//! Edits of files as staff write them.

use proptest::{prelude::*, strategy::ValueTree as _, test_runner::TestRunner};

use super::{Change, NewValue, Refused, apply};
use crate::source::{SitePath, Text, yaml};

fn text(content: &str) -> Text {
    Text { path: SitePath::new("a.yaml"), content: content.to_owned() }
}

fn set(record: usize, key: &str, value: &str) -> Change {
    let value = if value.is_empty() { NewValue::Nothing } else { NewValue::Text(value.to_owned()) };
    Change::Set(record, key.to_owned(), value)
}

fn add(values: &[(&str, &str)]) -> Change {
    let value = |value: &str| NewValue::Text(value.to_owned());
    Change::Add(values.iter().map(|(key, it)| ((*key).to_owned(), value(it))).collect())
}

fn check(before: &str, changes: &[Change], after: &str) {
    assert_eq!(apply(&text(before), changes).as_deref(), Ok(after), "{before}");
    let lines = before.replace('\n', "\r\n");
    let expected = after.replace('\n', "\r\n");
    assert_eq!(apply(&text(&lines), changes).as_deref(), Ok(&*expected), "{lines}");
}

const FILE: &str =
    "# 好人榜\n- award: 好邻居   # 三月\n  name: \"王秀兰\"\n\n- name: 李强\n  date:\n";

#[test]
fn fields_are_set() {
    let after = FILE.replace("好邻居 ", "最美家庭 ");
    check(FILE, &[set(0, "award", "最美家庭")], &after);
    check(FILE, &[set(0, "name", "a: b")], &FILE.replace("\"王秀兰\"", "\"a: b\""));
    check(FILE, &[set(1, "date", "2026-03-05")], &FILE.replace("date:", "date: 2026-03-05"));
    check(FILE, &[set(0, "name", "")], &FILE.replace(" \"王秀兰\"", ""));
    let after = FILE.replace("\"王秀兰\"\n", "\"王秀兰\"\n  date: 2026-03-05\n");
    check(FILE, &[set(0, "date", "2026-03-05")], &after);
    let after = FILE.replace("\"王秀兰\"\n", "|\n    一\n\n    二\n");
    check(FILE, &[set(0, "name", "一\n\n二")], &after);
    let after = FILE.replace("date:", "date: 甲\n  note: 乙\n  more: 丙");
    check(FILE, &[set(1, "note", "乙"), set(1, "date", "甲"), set(1, "more", "丙")], &after);
    check("- a: |\n    一\n    二\n  b: 1\n", &[set(0, "a", "三")], "- a: 三\n  b: 1\n");
    check("- {a: 1, b: 2} # x\n", &[set(0, "b", "a, b")], "- {a: 1, b: \"a, b\"} # x\n");
    check("- {a: 1, b: 2} # x\n", &[set(0, "c", "3")], "- {a: 1, b: 2, c: 3} # x\n");
    check("- {a: 1, b: 2}\n", &[set(0, "a", "")], "- {a: ~, b: 2}\n");
    check(
        "basis: office\nrecords:\n  - a: 1\n",
        &[set(0, "a", "2")],
        "basis: office\nrecords:\n  - a: 2\n",
    );
}

#[test]
fn records_come_and_go() {
    let new = add(&[("name", "赵"), ("date", "- 1")]);
    let after = format!("{FILE}\n- name: 赵\n  date: \"- 1\"\n");
    check(FILE, std::slice::from_ref(&new), &after);
    check(FILE.trim_end(), std::slice::from_ref(&new), after.trim_end());
    check(FILE, &[Change::Remove(1)], "# 好人榜\n- award: 好邻居   # 三月\n  name: \"王秀兰\"\n\n");
    check(FILE, &[Change::Remove(0)], "# 好人榜\n\n- name: 李强\n  date:\n");
    check("- a: 1\n", &[Change::Remove(0)], "[]\n");
    check("[]\n", &[add(&[("a", "1")])], "- a: 1\n");
    check("# x\n", &[add(&[("a", "1")])], "# x\n- a: 1\n");
    check("records:\n  - a: 1\n", &[add(&[("a", "2")])], "records:\n  - a: 1\n  - a: 2\n");
    check("records: []\nb: 1\n", &[add(&[("a", "2")])], "records:\n- a: 2\nb: 1\n");
    check("- a: 1\n# 末\n", &[add(&[("a", "2")])], "- a: 1\n- a: 2\n# 末\n");
}

#[test]
fn what_cannot_be_edited_is_refused() {
    for (content, change, why) in [
        ("- a: [1\n", set(0, "a", "2"), Refused::Broken),
        ("a: 1\n", set(0, "a", "2"), Refused::NoRecord),
        ("- a: 1\n", set(1, "a", "2"), Refused::NoRecord),
        ("[{a: 1}, {a: 2}]\n", Change::Remove(0), Refused::Form),
        ("- a: &x 1\n  b: *x\n", set(0, "a", "2"), Refused::Form),
        ("- a:\n  - 1\n", set(0, "a", "2"), Refused::Form),
    ] {
        assert_eq!(apply(&text(content), &[change]), Err(why), "{content}");
    }
}

/// A file of records as staff write them.
fn file() -> impl Strategy<Value = String> {
    let word = prop::sample::select(&[
        "王秀兰",
        "2026-03-05",
        "\"3号楼, 4号楼\"",
        "'它''s'",
        "[一, 二]",
        "",
        "~",
        "三 # 注",
        "a:b",
        "|\n    一段\n\n    二段",
        ">\n    折\n    行",
    ]);
    let record = prop::collection::vec(word, 1..5).prop_map(|values| {
        let line = |(index, value): (usize, &str)| {
            let key = ["name", "date", "说明", "note"][index];
            let gap = if value.is_empty() { "" } else { " " };
            format!("{}{key}:{gap}{value}\n", if index == 0 { "- " } else { "  " })
        };
        values.into_iter().enumerate().map(line).collect::<String>()
    });
    let flow = Just("- {name: 甲, date: [1, 2]}\n".to_owned());
    let comment = prop::sample::select(&["", "# 注\n", "\n", "\n# 二〇二六年\n"]);
    let records = prop_oneof![5 => record, 1 => flow];
    let records = prop::collection::vec((comment, records), 1..6);
    (records, any::<bool>(), any::<bool>()).prop_map(|(records, windows, is_cut)| {
        let records =
            records.into_iter().flat_map(|(comment, record)| [comment.to_owned(), record]);
        let mut all: String = records.collect();
        if is_cut {
            all.truncate(all.trim_end().len());
        }
        if windows { all.replace('\n', "\r\n") } else { all }
    })
}

fn change() -> impl Strategy<Value = Change> {
    let key = prop::sample::select(&["name", "date", "说明", "note", "新"]);
    let word = prop_oneof![
        Just(NewValue::Nothing),
        "[a-z0-9:#,'\"\\[\\]{} 甲乙\\n-]{1,12}".prop_map(NewValue::Text),
        Just(NewValue::List(vec!["甲".to_owned(), "a, b".to_owned()])),
    ];
    let values = prop::collection::vec(word.clone(), 1..4).prop_map(|values| {
        let keys = ["name", "date", "note"].iter().map(|it| (*it).to_owned());
        Change::Add(keys.zip(values).collect())
    });
    prop_oneof![
        4 => (0_usize..6, key, word).prop_map(|(at, key, it)| Change::Set(at, key.to_owned(), it)),
        1 => (0_usize..6).prop_map(Change::Remove),
        1 => values,
    ]
}

proptest! {
    #[test]
    fn an_edit_touches_its_record_alone(file in file(), change in change()) {
        let before = text(&file);
        prop_assert_eq!(apply(&before, &[]), Ok(file.clone()));
        let Ok(after) = apply(&before, std::slice::from_ref(&change)) else { return Ok(()) };
        let node = yaml::parse(&before, 0..file.len()).value;
        let records = node.as_ref().and_then(|it| it.as_list()).unwrap_or_default();
        let line = |byte: u32| file[..byte as usize].matches('\n').count();
        let lines = |at: usize| (line(records[at].span.start), line(records[at].span.end) + 1);
        let (first, last) = match change {
            Change::Set(at, ..) | Change::Remove(at) | Change::Group(at, ..) => lines(at),
            Change::Add(_) => { let end = lines(records.len() - 1).1; (end, end) }
        };
        let old: Vec<&str> = file.lines().collect();
        let new: Vec<&str> = after.lines().collect();
        prop_assert_eq!(&old[..first], &new[..first.min(new.len())], "before: {}", after);
        let behind = &old[last.min(old.len())..];
        prop_assert!(new.ends_with(behind), "behind: {}", after);
        if file.contains('\n') && after.contains('\n') {
            prop_assert_eq!(file.contains("\r\n"), after.contains("\r\n"));
        }
    }

    #[test]
    fn edits_are_made_or_refused(file in file(), changes in prop::collection::vec(change(), 1..8)) {
        let before = text(&file);
        if let Ok(after) = apply(&before, &changes) {
            // What was meant can be read, and no change of nothing changes it.
            prop_assert_eq!(apply(&text(&after), &[]), Ok(after.clone()));
        }
    }
}

#[test]
fn nearly_all_edits_are_made() {
    let mut runner = TestRunner::deterministic();
    let (mut made, mut refused) = (0, Vec::new());
    for _ in 0..400 {
        let tree = (file(), change()).new_tree(&mut runner).expect("no value is refused");
        let (file, change) = tree.current();
        match apply(&text(&file), std::slice::from_ref(&change)) {
            Ok(_) => made += 1,
            Err(Refused::NoRecord) => {}
            Err(_) => refused.push((file, change)),
        }
    }
    let shown = &refused[..refused.len().min(3)];
    assert!(refused.len() * 20 < made, "{} of {made} are refused: {shown:#?}", refused.len());
}
