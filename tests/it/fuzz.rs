//! Whatever a person can put into a site: the program says something about it, soon, and goes on.
//!
//! Real files are cut up and mixed with what should not be in them, and so are strings of nothing
//! but such things. `PROPTEST_CASES=20000 cargo test --release --test it fuzz` looks longer.

use std::{
    fmt::Write as _,
    path::Path,
    sync::LazyLock,
    time::{Duration, Instant},
};

use linli::diagnostic::{Language, Messages};
use proptest::{collection::vec, prelude::*, sample};

use crate::{
    diagnostics,
    site::{self, Files},
};

/// A site of this size takes some hundredths of a second, on a computer that does nothing else.
const SOON: Duration = Duration::from_secs(600);

/// What has a meaning to some reader of some file, and what should not be in any.
#[rustfmt::skip]
const PIECES: &[&str] = &[
    // YAML and front matter.
    ": ", ":", "- ", "-", "\n", "\n\n", "\n  ", "\n    ", "  ", " ", "{", "}", "[", "]", ", ",
    "\"", "'", "|", "|\n  ", ">", ">-\n  ", "#", " #", "&a ", "*a", "&", "*", "!", "!!str ",
    "!<x> ", "%", "%YAML 1.2\n", "---", "---\n", "...\n", "? ", "<<: ", "~", "null", "@", "`",
    "\\", "\\x41",
    // Tables.
    ",", ";", "\t", "\r", "\r\n", "\"\"", ",\"", "\",",
    // Markdown and HTML.
    "**", "*", "_", "~~", "[", "](", ")", "](#", "![", "](../honors.yaml)", "](place.yaml#",
    "# ", "## ", "> ", "1. ", "- [ ] ", "```", "\n| a | b |\n|---|---|\n", "[^1]", "[^1]: ",
    "<", ">", "<b>", "</b>", "<script>", "<img src=x onerror=", "<!--", "-->", "<![CDATA[",
    "&amp;", "&#x0;", "javascript:", "data:", "http://", "//", "mailto:", "\\*", "<a href=\"",
    "<svg/onload=",
    // TOML and templates.
    " = ", "\"\"\"", "'''", "[[", "]]", "1979-05-27T07:32:00Z", "0x1F", "inf", "{{ ", " }}",
    "{% ", " %}", "{% for x in y %}", "{% endfor %}", "{% if ", "{% endif %}",
    "{% block main %}", "{% endblock %}", "{% extends \"base.html\" %}", "{% set x = ",
    "{{ <ui.more /> }}", "place.name", "records", " | day", "t(id=\"home\")", "{#", "#}",
    "{% raw %}", ".", "..", "(", ")",
    // Words, dates, numbers.
    "name", "date", "title", "place", "type", "choice", "fields", "measure", "of",
    "place.yaml", "幸福社区", "好邻居", "王秀兰", "2026-03-05", "2026年3月5日", "9999999999-99-99",
    "2026-02-30", "0000-00-00", "-1", "99999999999999999999", "1e999", "0.1234567", "NaN",
    "9:00", "9点半", "25:61", "今天", "true", "否", "100%",
    // What is hard to see.
    "\u{200b}", "\u{200d}", "\u{202e}", "\u{2066}", "\u{feff}", "\u{a0}", "\u{3000}",
    "\u{2028}", "\u{85}", "\0", "\u{7}", "\u{1b}[31m", "\u{7f}", "\u{fffd}", "\u{10ffff}",
    "e\u{301}", "👨‍👩‍👧", "：", "，", "“", "”", "－", "１２", "ſ", "İ", "ß",
];

/// Something in the place of something else.
#[derive(Debug, Clone)]
struct Edit {
    at: sample::Index,
    cut: usize,
    put: String,
}

fn edits() -> impl Strategy<Value = Vec<Edit>> {
    let cut = prop_oneof![4 => 0..3_usize, 2 => 0..40_usize, 1 => 0..2000_usize];
    let edit = (any::<sample::Index>(), cut, soup(4));
    vec(edit.prop_map(|(at, cut, put)| Edit { at, cut, put }), 1..6)
}

/// Pieces in a row.
fn soup(most: usize) -> impl Strategy<Value = String> {
    let piece =
        prop_oneof![9 => sample::select(PIECES).prop_map(str::to_owned), 1 => any::<String>()];
    vec(piece, 0..=most).prop_map(|it| it.concat())
}

/// The text with its edits, cut between characters.
fn edited(text: &str, edits: &[Edit]) -> String {
    let mut characters: Vec<char> = text.chars().collect();
    for edit in edits {
        let at = edit.at.index(characters.len() + 1);
        let end = (at + edit.cut).min(characters.len());
        characters.splice(at..end, edit.put.chars());
    }
    characters.into_iter().collect()
}

/// Runs a site of the common base with these files over it, and reads all that is said.
fn survives<P: AsRef<str>, B: Into<Vec<u8>>>(files: impl IntoIterator<Item = (P, B)>) -> Files {
    static MESSAGES: LazyLock<Vec<Messages>> =
        LazyLock::new(|| Language::ALL.iter().map(|it| Messages::new(*it)).collect());
    let mut all = diagnostics::files_of("_base");
    all.extend(files.into_iter().map(|(path, bytes)| (path.as_ref().to_owned(), bytes.into())));
    let start = Instant::now();
    let (told, written) = site::build(&site::memory(&all));
    for messages in MESSAGES.iter() {
        let shown = site::shown(&told, messages);
        let steers = |it: char| it != '\n' && (it.is_control() || it == '\u{202e}');
        assert!(!shown.contains(steers), "{shown:?}");
    }
    assert!(start.elapsed() < SOON, "{:?}", start.elapsed());
    let (errors, _) = linli::diagnostic::count(&told);
    assert!(errors > 0 || written.contains_key("index.html"), "nothing is wrong, nothing is made");
    written
}

/// The texts of a folder of the repository whose names end so: path and content.
fn texts(folder: &str, ending: &str) -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let files = site::files_under(root, folder).into_iter();
    let named = files.filter(|(path, _)| path.ends_with(ending));
    let text = |(path, bytes)| Some((path, String::from_utf8(bytes).ok()?));
    named.filter_map(text).collect()
}

/// Where a file of the sample portal stands in a small one.
fn moved(path: &str) -> String {
    let names: Vec<&str> = path.split('/').collect();
    let [.., folder, name] = names.as_slice() else { return path.to_owned() };
    let is_year = name.starts_with("20");
    if is_year {
        format!("content/xingfu/{folder}/{name}")
    } else {
        format!("content/xingfu/{name}")
    }
}

fn sample_files(ending: &str) -> impl Strategy<Value = (String, String)> {
    let texts = texts("content", ending).into_iter().filter(|(path, _)| !path.contains("/_"));
    sample::select(texts.map(|(path, text)| (moved(&path), text)).collect::<Vec<_>>())
}

fn declarations() -> impl Strategy<Value = (String, String)> {
    let mut texts = texts("src/schema/builtin", ".yaml");
    texts.extend(self::texts("content/_collections", ".yaml"));
    let named = |(path, text): (String, String)| {
        let name = path.rsplit('/').next().unwrap().to_owned();
        (format!("content/_collections/{name}"), text)
    };
    sample::select(texts.into_iter().map(named).collect::<Vec<_>>())
}

proptest! {
    #![proptest_config(site::cases(150))]

    #[test]
    fn edited_records((path, text) in sample_files(".yaml"), edits in edits()) {
        survives([(path, edited(&text, &edits))]);
    }

    #[test]
    fn edited_tables((path, text) in sample_files(".csv"), edits in edits()) {
        survives([(path, edited(&text, &edits))]);
    }

    #[test]
    fn edited_notices((path, text) in sample_files(".md"), edits in edits()) {
        survives([(path, edited(&text, &edits))]);
    }

    #[test]
    fn edited_declarations((path, text) in declarations(), edits in edits()) {
        let name = path.rsplit('/').next().unwrap();
        let records = texts("content", &format!("/{name}"));
        let records = records.into_iter().filter(|(path, _)| !path.contains("/_")).take(1);
        let records = records.map(|(path, text)| (moved(&path), text));
        survives(records.chain([(path.clone(), edited(&text, &edits))]));
    }

    #[test]
    fn edited_settings(edits in edits(), of_theme in any::<bool>()) {
        let theme = ("themes/plain/theme.toml", "name = \"plain\"\nextends = \"default\"\n");
        let (path, text) = if of_theme { theme } else { ("site.toml", SETTINGS) };
        survives([(path, edited(text, &edits))]);
    }

    #[test]
    fn bytes_of_any_kind(
        (path, text) in prop_oneof![sample_files(".yaml"), sample_files(".csv"), sample_files(".md")],
        at in any::<sample::Index>(),
        bytes in vec(any::<u8>(), 0..20),
    ) {
        let mut text = text.into_bytes();
        let at = at.index(text.len());
        text.splice(at..(at + bytes.len()).min(text.len()), bytes);
        survives([(path, text)]);
    }

    #[test]
    fn nothing_but_pieces(
        path in sample::select(&[
            "content/place.yaml",
            "content/xingfu/place.yaml",
            "content/xingfu/honors.yaml",
            "content/xingfu/indicators.csv",
            "content/xingfu/legal-aid/2026.yaml",
            "content/xingfu/notices/water.md",
            "content/_collections/honors.yaml",
            "content/_collections/events.yaml",
            "site.toml",
            "themes/plain/theme.toml",
            "themes/plain/templates/place.html",
            "themes/plain/i18n/zh-CN.ftl",
        ]),
        text in soup(40),
    ) {
        survives([(path, text), ("content/xingfu/events.yaml", "- name: 包粽子\n".to_owned())]);
    }

    #[test]
    fn articles_of_pieces(body in soup(60)) {
        let notice = format!("---\ntitle: 停水\ndate: 2026-11-20\n---\n{body}");
        let place = format!("name: 幸福\nlevel: community\nintro: |\n  {}", body.replace('\n', "\n  "));
        survives([
            ("content/xingfu/notices/water.md", notice),
            ("content/xingfu/place.yaml", place),
            ("content/xingfu/honors.yaml", "[]".to_owned()),
        ]);
    }

    #[test]
    fn values_of_pieces(
        collection in sample::select(&["legal-aid", "indicators", "responses", "mediation"]),
        rows in vec(vec(soup(3), 10), 1..6),
    ) {
        let field = |index: usize| match collection {
            "legal-aid" => ["date", "starts", "ends", "service", "official", "provider", "venue"][index % 7],
            "indicators" => ["name", "period", "value", "part", "whole", "unit", "note"][index % 7],
            "responses" => ["number", "reported", "category", "spot", "department", "due", "resolved"][index % 7],
            _ => ["month", "kind", "accepted", "settled"][index % 4],
        };
        let mut yaml = String::new();
        for row in rows {
            for (index, value) in row.iter().take(7).enumerate() {
                let value = serde_json::to_string(value).unwrap();
                let dash = if index == 0 { '-' } else { ' ' };
                writeln!(yaml, "{dash} {}: {value}", field(index)).unwrap();
            }
        }
        survives([(format!("content/xingfu/{collection}.yaml"), yaml)]);
    }

    #[test]
    fn names_of_any_kind(names in vec((soup(3), any::<bool>()), 1..12)) {
        let mut path = "content".to_owned();
        let mut files = Vec::new();
        for (name, deeper) in names {
            let name = name.replace('/', "／");
            for ending in ["", ".yaml", ".md", ".png", ".csv"] {
                files.push((format!("{path}/{name}{ending}"), "name: 甲\nlevel: community\n"));
            }
            files.push((format!("{path}/notices/{name}.md"), "---\ntitle: 甲\ndate: 2026-01-01\n---\n"));
            if deeper && !name.is_empty() {
                path = format!("{path}/{name}");
                files.push((format!("{path}/place.yaml"), "name: 乙\nlevel: grid\n"));
            }
        }
        survives(files);
    }
}

proptest! {
    #![proptest_config(site::cases(40))]

    #[test]
    fn edited_templates(
        (path, text) in sample::select(texts("themes/default", ".html")),
        edits in edits(),
    ) {
        let theme = texts("themes/default", "").into_iter();
        let edited = (path, edited(&text, &edits));
        let config = ("site.toml".to_owned(), "title = \"幸福\"\n".to_owned());
        let (notice, records) = content();
        survives(theme.chain([edited, config, notice, records]));
    }

    #[test]
    fn edited_words((path, text) in sample::select(texts("themes/default/i18n", ".ftl")), edits in edits()) {
        let theme = texts("themes/default", "").into_iter();
        let config = ("site.toml".to_owned(), "title = \"幸福\"\n".to_owned());
        survives(theme.chain([(path, edited(&text, &edits)), config, content().0]));
    }
}

/// A notice and records, so that there are pages of every kind.
fn content() -> ((String, String), (String, String)) {
    let notice = "---\ntitle: 停水\ndate: 2026-11-20\n---\n\n## 时间\n\n今晚八点。\n";
    let records = "- number: XY-1\n  reported: 2026-11-20\n  category: 设施维修\n  spot: 3号楼\n  \
                   department: 物业\n  due: 2026-11-25\n";
    (
        ("content/xingfu/notices/2026-11-20-water.md".to_owned(), notice.to_owned()),
        ("content/xingfu/responses.yaml".to_owned(), records.to_owned()),
    )
}

/// Every setting that there is.
const SETTINGS: &str = r#"
title = { zh-CN = "幸福街道信息公开", en = "Xingfu" }
description = "通知"
language = "zh-CN"
base-url = "https://example.org/portal"
time-zone = "Asia/Shanghai"
theme = "plain"
banner = "示例"
place-order = "folder"

[organiser]
name = "幸福街道办事处"
phone = "0431-8255-0001"

[[sections]]
id = "service"
title = "服务"

[pages]
sections = true
subtrees = false
"#;
