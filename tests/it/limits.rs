//! Sites of absurd size and depth: what is wrong with them is told, soon, and not without end.

use std::time::{Duration, Instant};

use linli::diagnostic::{Code, MOST};

use crate::{diagnostics, site};

/// Far more of something than any file has.
const MANY: usize = 100_000;

/// Even a slow computer that does other things too needs no longer.
const SOON: Duration = Duration::from_secs(60);

/// What is said about the common base with one more file.
fn told(path: &str, content: impl Into<Vec<u8>>) -> Vec<Code> {
    let mut files = diagnostics::files_of("_base");
    files.insert(path.to_owned(), content.into());
    let start = Instant::now();
    let told = site::check(&site::memory(&files));
    assert!(start.elapsed() < SOON, "{path} took {:?}", start.elapsed());
    told.iter().map(|it| it.code).collect()
}

#[test]
fn records_without_dates_are_shown_in_every_view() {
    for view in ["cards", "series", "schedule", "streaks", "directory", "ledger", "articles"] {
        let mut files = diagnostics::files_of("_base");
        files.retain(|path, _| !path.starts_with("themes/"));
        files.insert("site.toml".to_owned(), "theme = \"default\"\n".into());
        let declaration = format!(
            "title: 登记\nview: {view}\nsection: service\ndate: {{date: date}}\n\
             fields:\n  date: {{type: date}}\n  people: {{type: count}}\n  story: {{type: text}}\n"
        );
        files.insert("content/_collections/register.yaml".to_owned(), declaration.into());
        let records = "- {people: 0, story: 来了}\n- {people: 3}\n";
        files.insert("content/xingfu/register.yaml".to_owned(), records.into());
        assert_eq!(site::check(&site::memory(&files)), [], "{view}");
    }
}

/// So many lines, or parts of a line.
fn each(count: usize, part: impl Fn(usize) -> String) -> String {
    (0..count).map(part).collect()
}

/// A file with more mistakes than are told of, among them one of that kind.
fn check_enough(path: &str, content: String, code: Code) {
    let told = told(path, content);
    assert!(told.contains(&code), "{code:?} is not told of");
    assert!(told.len() <= MOST + 20, "{} mistakes are told of", told.len());
}

/// What is said about a notice with this text.
fn notice(body: &str) -> Vec<Code> {
    let text = format!("---\ntitle: 停水\ndate: 2026-11-20\n---\n\n{body}\n");
    told("content/xingfu/notices/water.md", text)
}

const HONORS: &str = "content/xingfu/honors.yaml";
const LEGAL_AID: &str = "content/xingfu/legal-aid.yaml";
const PATROLS: &str = "content/xingfu/patrols.csv";
const EVENTS: &str = "content/_collections/events.yaml";

#[test]
fn long_lines() {
    let long = "常年照顾楼上的老人，".repeat(40_000);
    let record =
        format!("- award: 好邻居\n  name: 王秀兰\n  date: 2026-03-05\n  citation: {long}\n");
    assert_eq!(told(HONORS, record.clone()), []);
    assert_eq!(told(HONORS, record.replace("好邻居", "无")), [Code::UnknownChoice]);
    let value = format!("- {{award: {long}, name: 王秀兰, date: 2026-03-05, citation: x}}\n");
    assert_eq!(told(HONORS, value), [Code::UnknownChoice]);
    assert_eq!(told(HONORS, format!("- {{\"{long}\": 1}}\n")), [Code::UnknownField]);
    assert_eq!(notice(&format!("[a]({long}.md)")), [Code::BadLink]);
    assert_eq!(notice(&format!("[a](#{long})")), [Code::BadHeading]);
}

#[test]
fn many_records() {
    let good = |it| format!("- {{award: 好邻居, name: 王{it}, date: 2026-03-05, citation: x}}\n");
    assert_eq!(told(HONORS, each(MANY / 10, good)), []);
    let bad = "- {award: 好邻居, nmae: 王秀兰, date: 2026-02-30}\n".repeat(MANY);
    check_enough(HONORS, bad, Code::TooManyMistakes);
}

#[test]
fn many_fields_and_values() {
    check_enough(HONORS, format!("- {{{}}}\n", "name: 甲, ".repeat(MANY)), Code::DuplicateKey);
    let unknown = each(MANY, |it| format!("k{it}: 1, "));
    check_enough(HONORS, format!("- {{{unknown}}}\n"), Code::UnknownField);
    let list = format!("- {{date: 2026-12-01, official: [{}]}}\n", "厨师, ".repeat(MANY));
    check_enough(LEGAL_AID, list, Code::UnknownChoice);
    let words = format!("- {{date: 2026-12-01, official: {}}}\n", "厨师、".repeat(MANY));
    check_enough(LEGAL_AID, words, Code::UnknownChoice);
}

#[test]
fn large_tables() {
    let rows = "昨天,甲,两,三,四,五\n".repeat(MANY);
    check_enough(PATROLS, format!("日期,队伍,人数,时长,发现问题\n{rows}"), Code::CsvRow);
    let wide = "x,".repeat(MANY);
    check_enough(PATROLS, format!("{wide}\n{wide}\n{wide}\n"), Code::UnknownField);
    told(PATROLS, format!("日期,队伍\n{}", "\"".repeat(10 * MANY)));
}

#[test]
fn large_declarations() {
    let check = |fields: &str, code| {
        check_enough(EVENTS, format!("title: 活动\nfields:\n{fields}\n"), code);
    };
    let fields = each(MANY, |it| format!("  名{it}: {{type: txt}}\n"));
    check(&fields, Code::BadName);
    let choices = "[], ".repeat(MANY);
    check(&format!("  kind: {{type: choice, choices: [{choices}]}}"), Code::WrongShape);
    let key = "b, ".repeat(MANY);
    check(&format!("  a: {{type: text}}\nkey: [{key}]"), Code::UndeclaredField);
    let figures = each(MANY, |it| format!("  f{it}: 1\n"));
    check(&format!("  a: {{type: text}}\nfigures:\n{figures}"), Code::WrongShape);
}

#[test]
fn large_settings() {
    let unknown = each(MANY / 10, |it| format!("k{it} = 1\n"));
    check_enough("site.toml", format!("theme = \"plain\"\n{unknown}"), Code::UnknownSetting);
    check_enough("site.toml", "= \n".repeat(MANY), Code::TomlSyntax);
    check_enough("site.toml", "= ".repeat(MANY), Code::TomlSyntax);
    check_enough("site.toml", format!("theme = \"{}\"", "x".repeat(MANY)), Code::UnknownTheme);
}

#[test]
fn deep_nesting() {
    for (open, close) in [("[", "]"), ("{a: ", "}"), ("- ", "")] {
        let bomb = format!("{}1{}", open.repeat(MANY), close.repeat(MANY));
        assert!(told(HONORS, bomb).contains(&Code::TooDeep), "{open}");
    }
    let stairs = each(2000, |it| format!("{}a:\n", " ".repeat(it)));
    assert!(told(HONORS, stairs).contains(&Code::TooDeep));
    for open in ["[", "{a = ", "a."] {
        told("site.toml", format!("a = {}", open.repeat(MANY)));
        told("site.toml", format!("{} = 1", open.repeat(MANY)));
    }
}

#[test]
fn repeated_marks() {
    for mark in [
        "[",
        "![",
        "*a",
        "**a",
        "_a",
        "`",
        "``a",
        "> ",
        "- ",
        "1. ",
        "~~a",
        "\\",
        "&",
        "&#x0;",
        "[a](",
        "[a][b]",
        "[a]: b\n",
        "[^1]",
        "[^1]:a\n\n",
        "|",
        "| - ",
        "a\n| - |\n",
        "# a\n",
        "## a\n\n",
        "```\n",
        "- a\n  ",
        "**注意：**",
        "一\n",
        "**“",
        "**”",
        "<b>",
        "<b",
        "</b>",
        "<!--",
        "<?",
        "<![CDATA[",
        "<div>\n\n",
        "<ul><li>",
        "<table><tr><td>",
        "<svg><g>",
        "<p>",
        "<x:y@z>",
        "http://a.b ",
        "\r",
        "\0",
        "\t",
        "\u{202e}",
    ] {
        notice(&mark.repeat(MANY / 2));
    }
}

#[test]
fn many_wrong_links() {
    for link in ["[a](b.md) ", "[a](#b) ", "![a](b.png) ", "[a](javascript:b) ", "<a href=x>"] {
        assert!(!notice(&link.repeat(MANY / 50)).is_empty(), "{link}");
    }
}

#[test]
fn deep_templates() {
    for (open, close) in [
        ("{% if true %}", "{% endif %}"),
        ("{% for a in [1] %}", "{% endfor %}"),
        ("{{ (", ") }}"),
        ("{% include \"place.html\" %}", ""),
        ("{{ 1 + ", "1 }}"),
    ] {
        let template = format!("{}1{}", open.repeat(MANY), close.repeat(MANY));
        let told = told("themes/plain/templates/place.html", template);
        assert!(told.contains(&Code::TemplateError), "{open}");
    }
}
