//! Fixes of files as staff break them.

use proptest::prelude::*;

use super::*;
use crate::source::SitePath;

fn text(path: &str, content: &str) -> Text {
    Text { path: SitePath::new(path), content: content.to_owned() }
}

/// The text after all fixes of its mistakes of syntax; nothing if there are none, or if they would not
/// say what was meant.
fn mended(path: &str, content: &str) -> Option<String> {
    let mut content = content.to_owned();
    let mut is_any = false;
    for _ in 0..4 {
        let before = text(path, &content);
        let told = if path.ends_with("toml") {
            toml::parse(&before).diagnostics
        } else {
            yaml::parse(&before, 0..content.len()).diagnostics
        };
        let fixes: Vec<&[Replacement]> =
            told.iter().filter(|it| !it.fix.is_empty()).map(|it| &*it.fix).collect();
        let Some(fixed) = fixed(&content, &fixes) else { break };
        let line = |it: &Diagnostic| it.location.range.map_or(0, |range| range.start.line);
        let mistakes = told.iter().map(|it| (line(it), it.code)).collect();
        if !is_meant(&before, &fixed, &mistakes) {
            return None;
        }
        is_any = true;
        content = fixed.content;
    }
    is_any.then_some(content)
}

fn check(before: &str, after: &str) {
    assert_eq!(mended("a.yaml", before).as_deref(), Some(after), "{before}");
    let lines = before.replace('\n', "\r\n");
    let expected = after.replace('\n', "\r\n");
    assert_eq!(mended("a.yaml", &lines).as_deref(), Some(&*expected), "{lines}");
}

#[test]
fn what_is_certain_is_mended() {
    let right = "- award: 好邻居\n  name: 王秀兰\n  date: 2026-03-05\n";
    for broken in [
        "- award：好邻居\n  name: 王秀兰\n  date: 2026-03-05\n",
        "- award:好邻居\n  name: 王秀兰\n  date: 2026-03-05\n",
        "- award：　好邻居\n  name: 王秀兰\n  date: 2026-03-05\n",
        "-award: 好邻居\n  name: 王秀兰\n  date: 2026-03-05\n",
        "-award: 好邻居\n name: 王秀兰\n date: 2026-03-05\n",
        "－award: 好邻居\n  name: 王秀兰\n  date: 2026-03-05\n",
        "— award: 好邻居\n  name: 王秀兰\n  date: 2026-03-05\n",
        "- award: 好邻居\n\tname: 王秀兰\n\tdate: 2026-03-05\n",
        "- award: 好邻居\n　　name: 王秀兰\n  date: 2026-03-05\n",
        "- award: 好邻居\n   name: 王秀兰\n  date: 2026-03-05\n",
        "- award: 好邻居\n  name: 王秀兰\n date: 2026-03-05\n",
        "-award：好邻居\n\tname：王秀兰\n  date:2026-03-05\n",
    ] {
        check(broken, right);
    }
    check("- a: 甲: 乙\n  b: 1\n", "- a: \"甲: 乙\"\n  b: 1\n");
    check("- a: 说\"甲\": 乙\n  b: 1\n", "- a: '说\"甲\": 乙'\n  b: 1\n");
    check("- a: @甲\n", "- a: \"@甲\"\n");
    check("- a: 1\n  b: 2\n  a: 3\n  b: 4\n", "- a: 1\n  b: 2\n- a: 3\n  b: 4\n");
    check("- a: 1\n  b: 2\na: 3\n  b: 4\n", "- a: 1\n  b: 2\n- a: 3\n  b: 4\n");
    check("- a: 1\n  b: 2\na: 3\nb: 4\n", "- a: 1\n  b: 2\n- a: 3\n  b: 4\n");
    check("a: 1\nb: 2\n- a: 3\n  b: 4\n", "- a: 1\n  b: 2\n- a: 3\n  b: 4\n");
    check("- a: 1\n  b: 2\n - a: 3\n   b: 4\n", "- a: 1\n  b: 2\n- a: 3\n  b: 4\n");
    check("a: |\n\t一段\n", "a: |\n  一段\n");
}

#[test]
fn what_may_mean_two_things_stays() {
    for broken in [
        // Another field may begin behind the blank.
        "- name: 张三 date: 3月5日\n",
        "- a: \"甲\n  b: 1\n",
        "- a: [甲, 乙\n  b: 1\n",
        // What follows would be a comment.
        "- a:#12 号楼\n  b:1\n",
        "- a：#12\n",
        "- a: 1\n  b: 2\n  a: 3\n",
        "- a: 1\n不知道\n",
        // It may be in the group above or beside it.
        "- a: 1\n  b:\n\tc: 1\n",
    ] {
        assert_eq!(mended("a.yaml", broken), None, "{broken}");
    }
}

#[test]
fn settings_are_mended() {
    let right = "title = \"幸福街道\"\ntheme = \"plain\"\n";
    for broken in [
        "title: \"幸福街道\"\ntheme：\"plain\"\n",
        "title = “幸福街道”\ntheme = \"plain\"\n",
        "title = 幸福街道\ntheme = \"plain\"\n",
        "title ＝ \"幸福街道\"\ntheme = \"plain\"\n",
    ] {
        assert_eq!(mended("site.toml", broken).as_deref(), Some(right), "{broken}");
    }
}

#[test]
fn fixes_that_meet_are_not_made_together() {
    let at = |from, to, text: &str| Replacement {
        range: crate::diagnostic::Range {
            start: Position { line: 1, column: from },
            end: Position { line: 1, column: to },
        },
        text: text.to_owned(),
    };
    let (first, second, far) = ([at(1, 2, "x")], [at(2, 3, "y")], [at(9, 9, "z")]);
    let made = fixed("abc\n", &[&first, &second, &far]).unwrap();
    assert_eq!((made.content.as_str(), made.made.len()), ("xbc\n", 1));
    assert_eq!(fixed("abc\n", &[&far]), None);
}

/// Records, and one of their lines broken in one of the ways in which people do.
fn broken() -> impl Strategy<Value = (String, String)> {
    let value = prop::sample::select(&["王秀兰", "2026-03-05", "甲、乙", "\"a: b\"", "12", ""]);
    let record = prop::collection::vec(value, 2..4).prop_map(|values| {
        let line = |(at, value): (usize, &str)| {
            let gap = if value.is_empty() { "" } else { " " };
            let key = ["name", "date", "说明"][at];
            format!("{}{key}:{gap}{value}\n", if at == 0 { "- " } else { "  " })
        };
        values.into_iter().enumerate().map(line).collect::<String>()
    });
    let records = prop::collection::vec(record, 1..4).prop_map(|it| it.concat());
    (records, any::<prop::sample::Index>(), 0..9_usize).prop_map(|(right, at, how)| {
        let mut lines: Vec<String> = right.lines().map(str::to_owned).collect();
        let at = at.index(lines.len());
        let line = &lines[at];
        lines[at] = match how {
            0 => line.replacen(": ", "：", 1),
            1 => line.replacen(": ", ":", 1),
            2 => line.replacen("- ", "", 1),
            3 => line.replacen("- ", "－", 1),
            4 => line.replacen("- ", "-", 1),
            5 => line.replacen("  ", "\t", 1),
            6 => line.replacen("  ", " ", 1),
            7 => line.replacen("- ", "  ", 1),
            _ => format!(" {line}"),
        };
        (right, lines.join("\n") + "\n")
    })
}

proptest! {
    #[test]
    fn what_is_mended_says_what_was_meant((right, broken) in broken()) {
        let Some(mended) = mended("a.yaml", &broken) else { return Ok(()) };
        let (meant, is) = (text("a.yaml", &right), text("a.yaml", &mended));
        let read = yaml::parse(&is, 0..mended.len());
        if read.diagnostics.is_empty() {
            let meant = yaml::parse(&meant, 0..right.len()).value;
            let plain = |node: Option<&Node<'_>>| {
                let mut said = Vec::new();
                node.iter().for_each(|it| words(it, &mut said));
                said.into_iter().map(|it| (it.0, it.2)).collect::<Vec<_>>()
            };
            prop_assert_eq!(plain(read.value.as_ref()), plain(meant.as_ref()), "{}", mended);
        }
    }
}
