//! Sites of absurd size and depth: what is wrong with them is told, soon, and not without end.

use std::time::{Duration, Instant};

use linli::diagnostic::{Code, MOST};

use crate::{diagnostics, site};

/// Far more of something than any file has.
const MANY: usize = 100_000;

/// Even a slow computer that does other things too needs no longer.
const SOON: Duration = Duration::from_secs(600);

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

/// Of one field so many values that every page with its figure would be huge.
#[test]
fn many_values_and_groups() {
    let declaration = "title: 工具\nfields:\n  name: {type: text, several: true}\n  owner: {type: text, several: true}\n\
                       figures:\n  by: {measure: count, by: name}\n  of: {measure: distinct, of: owner, by: name}\n";
    let told = |records: String| {
        let mut files = diagnostics::files_of("_base");
        files.insert("content/_collections/tools.yaml".to_owned(), declaration.into());
        files.insert("content/xingfu/tools.yaml".to_owned(), records.into());
        let start = Instant::now();
        let told = site::check(&site::memory(&files));
        assert!(start.elapsed() < SOON, "{:?}", start.elapsed());
        told.iter().map(|it| it.code).collect::<Vec<_>>()
    };
    let values = |from: usize, count: usize| {
        (from..from + count).map(|it| format!("n{it}, ")).collect::<Vec<_>>().concat()
    };
    assert_eq!(told(format!("- {{name: [{}]}}\n", values(0, 3 * MANY))), [Code::TooMany]);
    let record = |it: usize| format!("- {{name: [{}]}}\n", values(it * 1000, 1000));
    assert_eq!(told(each(2, record)), []);
    assert_eq!(told(each(300, record)), [Code::TooMany; 2]);
    // Each value of one field with each of another.
    let record = |it: usize| {
        format!("- {{name: [{}], owner: [{}]}}\n", values(0, 1000), values(it * 1000, 1000))
    };
    assert_eq!(told(each(2, record)), [Code::TooMany]);
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
    // Names with dots nest tables without any bracket.
    let dotted = format!("{}a", "a.".repeat(MANY / 10));
    for toml in [format!("{dotted} = 1"), format!("[{dotted}]"), format!("[[{dotted}]]")] {
        told("site.toml", toml.clone());
        told("themes/plain/theme.toml", toml);
    }
}

/// What a message of a theme may hold, in brackets in brackets.
#[test]
fn deep_words() {
    for (open, close) in
        [("{", "}"), ("{ A(", ") }"), ("{ 1 ->\n *[a] ", "\n }"), ("{\nA(\n", ")}")]
    {
        let words = format!("home = {}1{}\n", open.repeat(MANY), close.repeat(MANY));
        assert_eq!(told("themes/plain/i18n/zh-CN.ftl", words), [Code::TooDeep], "{open}");
    }
    let mistakes = "首页 = 1\n".repeat(MANY);
    check_enough("themes/plain/i18n/zh-CN.ftl", mistakes, Code::ThemeText);
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
    for link in [
        "[a](b.md) ",
        "[a](#b) ",
        "![a](b.png) ",
        "[a](javascript:b) ",
        "<a href=x>",
        "[a](water.md#b) ",
        "[a][wrong]\n",
        "[wrong]\n\n",
        "![a][wrong]\n",
    ] {
        let links = link.repeat(MANY / 5);
        let told = notice(&format!("{links}\n\n[wrong]: nowhere.md\n"));
        assert!((MOST..MOST + 20).contains(&told.len()), "{link}: {} are told of", told.len());
    }
    // Without a definition they are no links.
    for text in ["[a][b] ", "[a][b]\n\n", "[a][]\n"] {
        assert_eq!(notice(&text.repeat(MANY)), [], "{text}");
    }
    // The mark of an image that readers see is told, once in a paragraph.
    assert_eq!(notice(&"![a][b]".repeat(MANY)), [Code::LostMarkup]);
    assert_eq!(notice(&each(MANY, |it| format!("[a{it}][b{it}]\n"))), []);
}

/// Right links, whose targets are looked at again and again.
#[test]
fn many_links_to_headings() {
    let headings = each(MANY / 10, |it| format!("## h{it}\n"));
    let links = each(MANY / 10, |it| format!("[a](water.md#h{it}) [b](#h{it})\n"));
    assert_eq!(notice(&format!("{links}\n{headings}")), []);
}

/// What a short source could make a large page of.
#[test]
fn pages_are_not_many_times_their_source() {
    let long = "长".repeat(MANY);
    for body in [
        format!("| {long} |\n| - |\n{}", "| 1 |\n".repeat(MANY / 10)),
        format!("{}\n\n[a]: /{long}\n", "[a] ".repeat(MANY / 10)),
        format!("{}\n\n[^a]: {long}\n", "[^a] ".repeat(MANY / 10)),
        format!("|{}\n|{}\n{}", "a|".repeat(1000), "-|".repeat(1000), "|\n".repeat(MANY / 10)),
    ] {
        let mut files = diagnostics::files_of("_base");
        let length = body.len();
        let path = "content/xingfu/notices/water.md".to_owned();
        files.insert(path, format!("---\ntitle: 停水\ndate: 2026-11-20\n---\n\n{body}\n").into());
        files.insert("themes/plain/templates/notice.html".to_owned(), "{{ content }}".into());
        let (_, pages) = site::build(&site::memory(&files));
        let page = &pages["xingfu/notices/water/index.html"];
        assert!(page.len() < 20 * length + (8 << 20), "{} of {length}", page.len());
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
        ("{{ not ", "1 }}"),
        ("{{ -", "1 }}"),
        ("{{ {\"a\": ", "} }}"),
        ("{{ [", "] }}"),
        ("{{ [a for a in ", "] }}"),
        ("{{ a[", "] }}"),
        ("{{ t(id=", ") }}"),
        ("{{ a | default(value=", ") }}"),
        ("{{ a if a else ", "1 }}"),
        ("{{ a ~ ", "1 }}"),
        ("{% set a %}", "{% endset %}"),
        ("{% filter upper %}", "{% endfilter %}"),
        ("{% block a %}", "{% endblock %}"),
        ("{% <a> %}", "{% </a> %}"),
        ("{{ <a b={", "} /> }}"),
    ] {
        let template = format!("{}1{}", open.repeat(MANY), close.repeat(MANY));
        let told = told("themes/plain/templates/place.html", template);
        let is_told = |code| told.contains(&code);
        assert!(is_told(Code::TemplateError) || is_told(Code::TooDeep), "{open}");
    }
    let branches = format!("{{% if true %}}{}{{% endif %}}", "{% elif true %}".repeat(MANY));
    assert_eq!(told("themes/plain/templates/place.html", branches), [Code::TooDeep]);
    for call in ["start=-9223372036854775807, end=9223372036854775807", "end=5000001"] {
        let template = format!("{{% set a = range({call}) %}}");
        assert_eq!(told("themes/plain/templates/place.html", template), [Code::TemplateLimit]);
    }
}

/// Components that call themselves, and what they include: as deep as it may be, and deeper.
#[test]
fn templates_that_lead_to_themselves() {
    let component = |body: &str| format!("{{% component own.a() %}}{body}{{% endcomponent %}}");
    let chain = |last: &str| {
        let include = |it: usize| format!("{{% include \"c{}.html\" %}}", it + 1);
        (0..7).map(include).chain([last.to_owned()]).collect::<Vec<_>>()
    };
    let include = "{% include \"c0.html\" %}";
    let call = "{{ <own.a /> }}";
    for (body, last, expected) in [
        (component(include), call, Code::TooDeep),
        (component(&format!("{call}{include}")), "end", Code::TemplateError),
        (component(&format!("{{% if true %}}{call}{{% endif %}}")), "end", Code::TemplateError),
    ] {
        let mut files = diagnostics::files_of("_base");
        let mut add = |name: &str, text: &str| {
            files.insert(format!("themes/plain/templates/{name}.html"), text.to_owned().into());
        };
        add("components", &body);
        add("place", call);
        for (at, text) in chain(last).iter().enumerate() {
            add(&format!("c{at}"), text);
        }
        let told = site::check(&site::memory(&files));
        assert!(told.iter().any(|it| it.code == expected), "{body}: {told:?}");
    }
}
