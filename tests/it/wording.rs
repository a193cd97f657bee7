//! The words that an office does not want to be written.

use linli::diagnostic::{Code, Diagnostic, MOST, Severity};

use crate::site::{self, Files};

/// A community with a list of one word, which is an error, and these files.
fn portal(files: &[(&str, &str)]) -> Files {
    let base = [
        ("site.toml", "title = \"甲街道\"\n"),
        ("wording/a.csv", "错误写法,正确写法,级别\n登陆,登录,错误\n"),
        ("content/place.yaml", "name: 甲街道\nlevel: street\n"),
        ("content/yi/place.yaml", "name: 乙社区\nlevel: community\n"),
        (
            "content/yi/patrols.yaml",
            "- {date: 2026-10-08, team: 红袖标, members: 3, hours: 2, found: 1, handled: 1}\n",
        ),
    ];
    let all = base.iter().chain(files);
    all.map(|(path, text)| ((*path).to_owned(), (*text).into())).collect()
}

/// What is said of one code: how bad each is, and on which line.
fn told(files: &Files, code: Code) -> Vec<(Severity, u32)> {
    let told = site::check(&site::memory(files)).into_iter().filter(|it| it.code == code);
    let line = |it: &Diagnostic| it.location.range.map_or(0, |range| range.start.line);
    told.map(|it| (it.severity, line(&it))).collect()
}

#[test]
fn wrong_words_in_what_is_not_posted_stop_nothing() {
    for (front, expected) in [
        ("date: 2026-11-20", Severity::Error),
        ("date: 2026-11-20\ndraft: true", Severity::Warning),
        ("date: 2026-11-30", Severity::Warning),
        ("date: 2026-11-20\npublish_from: 2026-12-01", Severity::Warning),
        ("date: 2026-11-20\npublish_until: 2026-11-21", Severity::Warning),
    ] {
        let notice = format!("---\ntitle: 登陆网站\n{front}\n---\n请登陆。\n");
        let body = if front.contains('\n') { 6 } else { 5 };
        let files = portal(&[("content/yi/notices/2026-11-20-a.md", &notice)]);
        assert_eq!(told(&files, Code::Wording), [(expected, 2), (expected, body)], "{front}");
    }
}

#[test]
fn wrong_words_in_records_that_are_not_posted_stop_nothing() {
    let honor = |name: &str, rest: &str| {
        format!("- name: {name}\n  award: 好邻居\n  date: 2026-11-01\n  citation: 登陆\n{rest}")
    };
    let honors = honor("甲队", "")
        + &honor("乙队", "  draft: true\n")
        + &honor("丙队", "  publish_from: 2026-12-01\n")
        + &honor("丁队", "");
    let files = portal(&[("content/yi/honors.yaml", &honors)]);
    let (error, warning) = (Severity::Error, Severity::Warning);
    let expected = [(error, 4), (error, 18), (warning, 8), (warning, 13)];
    assert_eq!(told(&files, Code::Wording), expected);
}

#[test]
fn more_wrong_words_than_are_told_are_mentioned() {
    let text = "登陆。\n\n".repeat(MOST + 5);
    let notice = format!("---\ntitle: 通知\ndate: 2026-11-20\n---\n{text}");
    let files = portal(&[("content/yi/notices/2026-11-20-a.md", &notice)]);
    assert_eq!(told(&files, Code::Wording).len(), MOST);
    assert_eq!(told(&files, Code::TooManyMistakes), [(Severity::Error, 0)]);
}

#[test]
fn a_list_that_is_the_wrong_way_round_is_told() {
    let right = "登录、账号、安装、度假、候选、辐射、坐落、震撼";
    let wrong = "登陆、帐号、按装、渡假、侯选、幅射、座落、震憾";
    let words: Vec<String> = right
        .split('、')
        .zip(wrong.split('、'))
        .map(|(it, wrong)| format!("{it},{wrong}"))
        .collect();
    let list = format!("错误写法,正确写法\n{}\n", words.join("\n"));
    let notice = |text: &str| format!("---\ntitle: 通知\ndate: 2026-11-20\n---\n{text}\n");
    let exchanged = |text: &str| {
        let list = ("wording/b.csv", &*list);
        let files = portal(&[list, ("content/yi/notices/2026-11-20-a.md", &notice(text))]);
        let told = site::check(&site::memory(&files));
        let exchanged = told.into_iter().filter(|it| it.location.file.as_str() == list.0);
        exchanged.map(|it| it.code).collect::<Vec<_>>()
    };
    // The other list says the contrary of the first word.
    let crossed = vec![Code::WordingList];
    assert_eq!(exchanged("登录，账号。"), crossed);
    let both = vec![Code::WordingList, Code::WordingList];
    assert_eq!(exchanged(right), both);
}
