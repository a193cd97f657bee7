//! Groups in records, edited.

use linli::{
    edit::{Change, GroupChange, NewValue, apply},
    source::{SitePath, Text},
};

fn check(before: &str, changes: &[Change], after: &str) {
    let text = |content: String| Text { path: SitePath::new("a.yaml"), content };
    assert_eq!(apply(&text(before.to_owned()), changes).as_deref(), Ok(after), "{before}");
    let expected = after.replace('\n', "\r\n");
    let windows = text(before.replace('\n', "\r\n"));
    assert_eq!(apply(&windows, changes).as_deref(), Ok(&*expected), "{before}");
}

fn value(value: &str) -> NewValue {
    if value.is_empty() { NewValue::Nothing } else { NewValue::Text(value.to_owned()) }
}

fn values(values: &[(&str, &str)]) -> Vec<(String, NewValue)> {
    values.iter().map(|(key, it)| ((*key).to_owned(), value(it))).collect()
}

fn set(record: usize, key: &str, new: &str) -> Change {
    Change::Set(record, key.to_owned(), value(new))
}

fn part(at: Option<usize>, key: &str, new: &str) -> Change {
    Change::Group(0, "c".to_owned(), GroupChange::Set(at, key.to_owned(), value(new)))
}

fn more(new: &[(&str, &str)]) -> Change {
    Change::Group(0, "c".to_owned(), GroupChange::Add(values(new)))
}

fn less(at: usize) -> Change {
    Change::Group(0, "c".to_owned(), GroupChange::Remove(at))
}

#[test]
fn parts_of_groups_are_set() {
    let lines = "- a: 1\n  c:   # 联系人\n    who: 甲 # 长\n    tel: '1'\n  b: 2\n- a: 2\n";
    check(lines, &[part(None, "tel", "2")], &lines.replace("'1'", "2"));
    let after = lines.replace("'1'\n", "'1'\n    note: x\n");
    check(lines, &[part(None, "note", "x")], &after);
    check(lines, &[part(None, "who", "")], &lines.replace(" 甲", ""));
    check(lines, &[set(0, "c", "")], "- a: 1\n  c:   # 联系人\n  b: 2\n- a: 2\n");
    let after = "- a: 1\n  c:   # 联系人\n    - who: 甲 # 长\n      tel: '1'\n    - who: 乙\n  b: 2\n- a: 2\n";
    check(lines, &[more(&[("who", "乙")])], after);
    let after = after.replace("'1'\n", "'1'\n      note: x\n");
    check(lines, &[more(&[("who", "乙")]), part(None, "note", "x")], &after);
    let braces = "- a: 1\n  c: {who: 甲, tel: 1} # 长\n";
    check(braces, &[part(None, "tel", "2")], &braces.replace("tel: 1", "tel: 2"));
    check(braces, &[part(None, "note", "a, b")], &braces.replace("l: 1", "l: 1, note: \"a, b\""));
    check(braces, &[set(0, "c", "")], "- a: 1\n  c: # 长\n");
    check(braces, &[more(&[("who", "乙")])], "- a: 1\n  c: [{who: 甲, tel: 1}, {who: 乙}] # 长\n");
    let inner = "- {a: 1, c: {who: 甲}}\n";
    check(inner, &[part(None, "who", "乙")], &inner.replace('甲', "乙"));
    check(inner, &[more(&[("who", "乙")])], "- {a: 1, c: [{who: 甲}, {who: 乙}]}\n");
}

#[test]
fn groups_of_a_list_come_and_go() {
    let list = "- a: 1\n  c:\n  - {who: 甲, tel: 1} # 长\n  - who: 乙\n    tel: 2\n  b: 2\n";
    check(list, &[part(Some(0), "tel", "3")], &list.replace("tel: 1", "tel: 3"));
    check(list, &[part(Some(1), "note", "3")], &list.replace("tel: 2", "tel: 2\n    note: 3"));
    let after = list.replace("tel: 2\n", "tel: 2\n  - who: 丙\n    tel: 3\n");
    check(list, &[more(&[("who", "丙"), ("tel", "3")])], &after);
    let line = "- a: 1\n  c:\n    - {who: 甲}";
    check(line, &[more(&[("who", "丙")])], "- a: 1\n  c:\n    - {who: 甲}\n    - {who: 丙}");
    check(list, &[less(0)], &list.replace("  - {who: 甲, tel: 1} # 长\n", ""));
    check(list, &[less(1)], &list.replace("  - who: 乙\n    tel: 2\n", ""));
    check(list, &[less(0), less(1)], "- a: 1\n  c:\n  b: 2\n");
    let after = list.replace("  - who: 乙\n    tel: 2\n", "").replace("l: 1", "l: 3");
    check(list, &[less(1), part(Some(0), "tel", "3")], &after);
    let flow = "- a: 1\n  c: [{who: 甲}, {who: 乙}, {who: 丙}]\n";
    check(flow, &[less(0)], "- a: 1\n  c: [{who: 乙}, {who: 丙}]\n");
    check(flow, &[less(0), less(1)], "- a: 1\n  c: [{who: 丙}]\n");
    check(flow, &[less(0), less(2)], "- a: 1\n  c: [{who: 乙}]\n");
    check(flow, &[less(1), less(2)], "- a: 1\n  c: [{who: 甲}]\n");
    check(flow, &[less(0), less(1), less(2)], "- a: 1\n  c: ~\n");
    check(flow, &[more(&[("who", "丁")])], &flow.replace("丙}", "丙}, {who: 丁}"));
    check("- a: 1\n  c: []\n", &[more(&[("who", "丁")])], "- a: 1\n  c: [{who: 丁}]\n");
    let groups = NewValue::Groups(vec![vec![
        ("who".to_owned(), NewValue::Text("甲".to_owned())),
        ("tel".to_owned(), NewValue::Text("1\n2".to_owned())),
    ]]);
    let new = Change::Set(0, "c".to_owned(), groups.clone());
    let after = "- a: 1\n  c:\n    - who: 甲\n      tel: |\n        1\n        2\n";
    check("- a: 1\n", std::slice::from_ref(&new), after);
    check("- a: 1\n  c:\n", std::slice::from_ref(&new), after);
    check("- {a: 1}\n", &[new], "- {a: 1, c: [{who: 甲, tel: \"1\\n2\"}]}\n");
    let record = Change::Add(vec![("c".to_owned(), groups), ("b".to_owned(), NewValue::Nothing)]);
    let after = "- a: 1\n- c:\n    - who: 甲\n      tel: |\n        1\n        2\n  b:\n";
    check("- a: 1\n", &[record], after);
}
