//! What is read, where it stands, and what is said about mistakes.

use crate::source::yaml::{Node, NodeKind, broken_keys, parse};
use crate::{
    diagnostic::Diagnostic,
    source::{SitePath, Span, Text},
};

/// Compares the tree and the diagnostics, a line each. `\t` is a tab; lines are not indented.
fn check(input: &str, expected: &str) {
    let text = text(input);
    let checked = parse(&text, 0..text.content.len());
    let tree = checked.value.iter().map(tree);
    let found: Vec<_> = tree.chain(checked.diagnostics.iter().map(diagnostic)).collect();
    assert_eq!(found.join("\n"), expected, "{input}");
}

/// Compares the spans of all nodes and keys, from the outside in.
fn check_places(input: &str, expected: &[&str]) {
    let text = text(input);
    let checked = parse(&text, 0..text.content.len());
    let mut found = Vec::new();
    places(&checked.value.expect("the input is YAML"), &text.content, &mut found);
    assert_eq!(found, expected, "{input}");
}

fn text(input: &str) -> Text {
    Text { path: SitePath::new("a.yaml"), content: input.replace("\\t", "\t") }
}

fn tree(node: &Node<'_>) -> String {
    match &node.kind {
        NodeKind::Null => "~".to_owned(),
        NodeKind::Scalar(text) => format!("{text:?}"),
        NodeKind::List(items) => {
            let items: Vec<_> = items.iter().map(tree).collect();
            format!("[{}]", items.join(", "))
        }
        NodeKind::Map(entries) => {
            let entries = entries.iter().map(|it| format!("{}: {}", it.key, tree(&it.value)));
            format!("{{{}}}", entries.collect::<Vec<_>>().join(", "))
        }
    }
}

fn diagnostic(it: &Diagnostic) -> String {
    let range = it.location.range.expect("every mistake has a place");
    let quote = it.location.quote.as_deref().expect("every place has its line");
    let one_line = range.end.line == range.start.line;
    let width = if one_line { range.end.column - range.start.column } else { u32::MAX };
    let skip = range.start.column as usize - 1;
    let underlined: String = quote.chars().skip(skip).take(width as usize).collect();
    let help = it.help.as_ref().map(|it| format!(".{it}")).unwrap_or_default();
    let (code, line, column) = (it.code.name(), range.start.line, range.start.column);
    format!("{code}{help} {line}:{column} {underlined}")
}

fn places(node: &Node<'_>, text: &str, found: &mut Vec<String>) {
    let slice = |it: Span| text[it.start as usize..it.end as usize].to_owned();
    match &node.kind {
        NodeKind::Null if node.span.start == node.span.end => {
            found.push(format!("@{}", node.span.start));
        }
        _ => found.push(slice(node.span)),
    }
    for item in node.as_list().unwrap_or_default() {
        places(item, text, found);
    }
    for entry in node.as_map().unwrap_or_default() {
        found.push(slice(entry.key_span));
        places(&entry.value, text, found);
    }
}

#[test]
fn types_are_not_guessed() {
    check(
        "a: 1\nb: yes\nc: 2026-03-01\nd: 012",
        r#"{a: "1", b: "yes", c: "2026-03-01", d: "012"}"#,
    );
    check("a:\nb: ~\nc: null\nd: \"\"\ne: Null", r#"{a: ~, b: ~, c: ~, d: "", e: "Null"}"#);
    check("a: !!int 1\nb: !t [x]", r#"{a: "1", b: ["x"]}"#);
    check("~: a\nnull: b\n<<: {c: d}", r#"{~: "a", null: "b", <<: {c: "d"}}"#);
}

#[test]
fn nothing_is_no_tree() {
    for input in ["", "\n \n", "# only\n", "---\n", "---\n# only\n"] {
        check(input, "");
    }
    check("~", "~");
}

#[test]
fn text_is_borrowed_unless_it_is_written_otherwise() {
    let text = text("a: b\n'c': \"d\"\ne: [f, {g: h}]\n&i j: &k l\nm: \"\\n\"\nn: o\n  p");
    let node = parse(&text, 0..text.content.len()).value.expect("the input is YAML");
    let owned = |it: &Node<'_>| matches!(&it.kind, NodeKind::Scalar(std::borrow::Cow::Owned(_)));
    let owned = node.as_map().unwrap_or_default().iter().filter(|it| owned(&it.value));
    assert_eq!(owned.map(|it| &*it.key).collect::<Vec<_>>(), ["m", "n"]);
}

#[test]
fn spans_are_to_underline() {
    check_places("名: 张三 # x", &["名: 张三", "名", "张三"]);
    check_places("\"名\" : '张''三'  # x", &["\"名\" : '张''三'", "\"名\"", "'张''三'"]);
    check_places(
        "- a: b\n  c:\n- d",
        &["a: b\n  c:\n- d", "a: b\n  c:", "a", "b", "c", "@11", "d"],
    );
    check_places(
        "a: [b, {c: d}] # x",
        &["a: [b, {c: d}]", "a", "[b, {c: d}]", "b", "{c: d}", "c", "d"],
    );
    check_places(
        "a: | # |\n\n  b\n\n\nc: >-\n  d",
        &["a: | # |\n\n  b\n\n\nc: >-\n  d", "a", "| # |\n\n  b", "c", ">-\n  d"],
    );
    check_places(
        "a: &x # c\n  b\nc: !t\n- [d]\n- *x",
        &["a: &x # c\n  b\nc: !t\n- [d]\n- *x", "a", "b", "c", "[d]\n- *x", "[d]", "d", "*x"],
    );
    check_places("- a: b\n-\n- c", &["a: b\n-\n- c", "a: b", "a", "b", "@8", "c"]);
    check_places("{a:, b, ? c}", &["{a:, b, ? c}", "a", "@3", "b", "@6", "c", "@11"]);
    check_places("? a\n:b: c", &["a\n:b: c", "a", "@3", ":b", "c"]);
}

#[test]
fn spans_count_from_the_start_of_the_file() {
    let text = text("前\n---\n日期: 明天\n---\n后");
    let node = parse(&text, 8..23).value.expect("the input is YAML");
    let day = node.get("日期").expect("the key is there");
    assert_eq!((day.span, day.as_str()), (Span::new(16, 22), Some("明天")));
    let broken = parse(&text, 8..26);
    assert_eq!(diagnostic(&broken.diagnostics[0]), "yaml-syntax.documents 4:1 ---");
}

#[test]
fn a_colon_in_a_value() {
    check("title: 通知: 停水\nx: y", "yaml-syntax.colon 1:8 通知: 停水");
    check("- a: b\n- title: 通知:", "yaml-syntax.colon 2:10 通知:");
}

#[test]
fn a_colon_that_is_none() {
    let fullwidth = "yaml-syntax.fullwidth-colon";
    check("name：张三\nphone: 1", &format!("{fullwidth} 1:5 ："));
    check(
        "phone: 1\nname：张三\n姓 名：x\na: b",
        &format!("{fullwidth} 2:5 ：\n{fullwidth} 3:4 ："),
    );
    check("- phone: 1\n  name：张三\n- phone: 2", &format!("{fullwidth} 2:7 ："));
    check("name:张三\nphone: 1", "yaml-syntax.space 1:5 :");
    check("phone: 1\nname:　张三", "yaml-syntax.space 2:5 :");
    check("- a: |\n    甲。\n\n\n  b: c", "[{a: \"甲。\\n\", b: \"c\"}]");
    check("phone: 1\n12:30", "yaml-syntax.paragraph 2:1 12:30");
    check("phone: 1\nhttp://a.b", "yaml-syntax.paragraph 2:1 http://a.b");
    check("phone: 1\nname", "yaml-syntax.paragraph 2:1 name");
}

#[test]
fn a_scalar_that_should_have_been_a_mapping() {
    let text = text("- name：张三\n  phone:1");
    let found = broken_keys(&text, Span::new(2, 25));
    let colons = [(Span::new(6, 9), "fullwidth-colon"), (Span::new(23, 24), "space")];
    assert_eq!(found, colons);
}

#[test]
fn a_missing_quotation_mark() {
    check("name: \"张三\nphone: \"1\"", "yaml-syntax.quote 1:7 \"张三");
    check("name: '张三\na: b\n", "yaml-syntax.quote 1:7 '张三");
    check("a: \"b\n  c\"\nd: \"e\" f # g", "yaml-syntax.quote 3:4 \"e\" f # g");
    check("title: 'don't'", "yaml-syntax.quote 1:8 'don't'");
    check("path: \"C:\\Users\"", "yaml-syntax 1:7 \"C:\\Users\"");
}

#[test]
fn lines_in_the_wrong_column() {
    check("- name: a\n   phone: b", "yaml-syntax.indent 2:4 phone: b");
    check("- name: a\n phone: b", "yaml-syntax.indent 2:2 phone: b");
    check("- name: a\nphone: b", "yaml-syntax.indent 2:1 phone: b");
    check("  name: a\nphone: b", "yaml-syntax.indent 2:1 phone: b");
    check("name: a\n- b", "yaml-syntax.under 2:1 - b");
    check("name: a # c\n  b", "yaml-syntax.paragraph 2:3 b");
    check("intro: |\n  甲\n乙\nx: y", "yaml-syntax.block 3:1 乙");
    check("intro: |\n    联系人：甲\n  乙\nx: y", "yaml-syntax.block 3:3 乙");
    check("intro: 甲，\n乙，丙。\nx: y", "yaml-syntax.paragraph 2:1 乙，丙。");
}

#[test]
fn records_without_their_dashes() {
    let record = "yaml-syntax.record";
    check("- a: 1\n  b: 2\n  a: 3\n  b: 4", &format!("[{{a: \"1\", b: \"2\"}}]\n{record} 3:3 a"));
    check(
        "- a: 1\n  b: 2\n  b: 3\n  a: 4\n  b: 5\n  a: 6",
        &format!(
            "[{{a: \"1\", b: \"2\"}}]\nduplicate-key.remove 3:3 b\n{record} 4:3 a\n{record} 6:3 a"
        ),
    );
    check("- a: 1\n  b: 2\n  a: 3", "[{a: \"1\", b: \"2\"}]\nduplicate-key.record 3:3 a");
    check("- a: 1\n  b: 2\n  b: 3", "[{a: \"1\", b: \"2\"}]\nduplicate-key.remove 3:3 b");
    for indent in ["", " ", "   "] {
        let lines = format!("- a: 1\n  b: 2\n{indent}a: 3\n{indent}b: 4\n- a: 5");
        check(&lines, &format!("{record} 3:{} a: 3", indent.len() + 1));
    }
    check(
        "- a: 1\n  b: 2\na: 3\n  b: 4\n  c：5\n- a: 6",
        &format!("{record} 3:1 a: 3\nyaml-syntax.fullwidth-colon 5:4 ："),
    );
    check("- a: 1\n  b: 2\n - a: 3\n   b: 4", "yaml-syntax.align 3:2 - a: 3");
    check("x: y\nrecords:\n  - a: 1\n- a: 3\n  b: 4", "yaml-syntax.align 4:1 - a: 3");
}

#[test]
fn dashes_that_are_none() {
    for dash in ["－", "—", "－ ", "— ", "• ", "——"] {
        let lines = format!("{dash}a: 1\n  b: 2\n- a: 3\n{dash}a: 4\n  b：5");
        let (shown, colon) = (dash.trim_end(), "yaml-syntax.fullwidth-colon 5:4 ：");
        let dashes = |line: u32| format!("yaml-syntax.dash {line}:1 {shown}");
        check(&lines, &format!("{}\n{}\n{colon}", dashes(1), dashes(4)));
        check(&format!("{dash}a: 1\n{dash}b: 2"), &format!("{}\n{}", dashes(1), dashes(2)));
    }
    check("a: |\n  甲\n  ——乙", "{a: \"甲\\n——乙\\n\"}");
}

#[test]
fn text_that_is_not_indented() {
    check("- a: |\n  甲。\n  乙，丙。\n  b: c", "yaml-syntax.block 2:3 甲。");
    check(
        "- a: |\n    甲。\n\n乙，丙。\n  b: c\n- a：d",
        "yaml-syntax.block 4:1 乙，丙。\nyaml-syntax.fullwidth-colon 6:4 ：",
    );
    check("- a: 甲，\n乙，\n丙。\n  b: c", "yaml-syntax.paragraph 2:1 乙，");
}

#[test]
fn every_mistake_is_told_at_once() {
    let colons = "- a：1\n  b: 2\n  c：3\n- a: 4\n  b：5";
    let told = |(line, column)| format!("yaml-syntax.fullwidth-colon {line}:{column} ：");
    check(colons, &[(1, 4), (3, 4), (5, 4)].map(told).join("\n"));
    check("名：甲\n级: 乙\n电：1", &[(1, 2), (3, 2)].map(told).join("\n"));
    check(
        "records:\n- a: \"b\n  c: d\n- a: b: c\n\\t  c: d\n- a: @b\n  c: [d\n  e:f",
        "yaml-syntax.quote 2:6 \"b\nyaml-syntax.colon 4:6 b: c\ntab.spaces 5:1 \t\n\
         yaml-syntax.at-sign 6:6 @b\nyaml-syntax.bracket 7:6 [d\nyaml-syntax.space 8:4 :",
    );
    let many = "- a：1\n".repeat(300) + "- b: c: d";
    let found = parse(&text(&many), 0..many.len()).diagnostics;
    assert_eq!(found.len(), 1 + crate::diagnostic::MOST);
}

/// A slip in a record, and the line in it that is told of, counted from 0.
const SLIPS: &[(&str, u32)] = &[
    ("- date: 1\n  name：甲\n  text: 乙", 1),
    ("- date：1\n  name: 甲\n  text: 乙", 0),
    ("- date: 1\n  name:甲\n  text: 乙", 1),
    ("- date: 1\n  name: 甲: 丙\n  text: 乙", 1),
    ("- date: 1\n  name: \"甲\n  text: 乙", 1),
    ("- date: 1\n  name: '甲'丙\n  text: 乙", 1),
    ("- date: 1\n  name: @甲\n  text: 乙", 1),
    ("- date: 1\n  name: *甲*\n  text: 乙", 1),
    ("- date: 1\n   name: 甲\n  text: 乙", 1),
    ("- date: 1\n name: 甲\n  text: 乙", 1),
    ("- date: 1\nname: 甲\n  text: 乙", 1),
    ("- date: 1\n\tname: 甲\n  text: 乙", 1),
    ("- date: 1\n　name: 甲\n  text: 乙", 1),
    ("- date: 1\n  name: [甲, 丙\n  text: 乙", 1),
    ("- date: 1\n  name: 甲\n  text: |\n  乙，\n  丙。", 3),
    ("- date: 1\n  text: |\n    乙，\n丙。\n  name: 甲", 3),
    ("- date: 1\n  text: 乙，\n丙。\n  name: 甲", 2),
    ("-date: 1\n  name: 甲\n  text: 乙", 0),
    ("－ date: 1\n  name: 甲\n  text: 乙", 0),
    ("—date: 1\n  name: 甲\n  text: 乙", 0),
    ("- date: 1\n  name: 甲\n  date: 2\n  name: 丙", 2),
    ("- date: 1\n  name: 甲\ndate: 2\nname: 丙", 2),
    ("- date: 1\n  name: 甲\ndate: 2\n  name: 丙", 2),
    ("- date: 1\n  name: 甲\n   date: 2\n   name: 丙", 2),
    (" - date: 1\n   name: 甲", 0),
    ("- date: 1\n  name: 甲\n  name: 丙", 2),
];

/// A record without a mistake, with what looks like one.
const RIGHT: &str =
    "- date: 2\n  name: \"甲: 乙\"\n  text: |\n    －丙：\n\n    - 丁\n  phones: [1,\n    2]";

/// Reads some of the slips, one after the other, and compares the lines that are told of. The first
/// record says in which column dashes have to be, so it is a right one.
fn check_slips(slips: &[usize], head: &str, is_right_between: bool) {
    let mut content = format!("{head}{RIGHT}\n");
    let mut expected = Vec::new();
    for slip in slips {
        let (record, line) = SLIPS[*slip];
        let before = u32::try_from(content.matches('\n').count()).unwrap();
        expected.push(before + line + 1);
        content = content + record + "\n";
        if is_right_between {
            content = content + RIGHT + "\n";
        }
    }
    let text = Text { path: SitePath::new("a.yaml"), content };
    let found = parse(&text, 0..text.content.len()).diagnostics;
    let lines: Vec<_> = found.iter().map(|it| it.location.range.unwrap().start.line).collect();
    assert_eq!(lines, expected, "{}\n{found:#?}", text.content);
}

#[test]
fn slips_in_pairs_and_triples() {
    let all = 0..SLIPS.len();
    for first in all.clone() {
        check_slips(&[first], "", true);
        for second in all.clone() {
            check_slips(&[first, second], "", false);
            check_slips(&[first, second], "basis: office\nrecords:\n", true);
            check_slips(&[first, second, (first * 7 + second * 3) % SLIPS.len()], "", false);
        }
    }
}

#[test]
fn letters_that_look_blank() {
    check("- name: a\n　phone: b", "yaml-syntax.wide-space 2:1 　");
    check("- name: a\n　\n- name: b", "yaml-syntax.wide-space 2:1 　");
    check("name: a\n\u{a0}\nphone: b", "yaml-syntax.control 2:1 \u{a0}");
    check("name: a\n \u{a0} phone: b", "yaml-syntax.control 2:2 \u{a0} ");
}

#[test]
fn a_dash_without_its_space() {
    check("- a: b\n-a: b", "yaml-syntax.space 2:1 -");
    check("-　a: b\n  c: d", "yaml-syntax.space 1:1 -");
    check("-a: b\n-c: d", "yaml-syntax.space 1:1 -\nyaml-syntax.space 2:1 -");
}

#[test]
fn values_that_start_with_a_sign() {
    for value in
        ["@张三", "`a`", "%5", "*重要*", "&通知", "!通知", ">60", "|x", ", a", "[急]停水: 3 日"]
    {
        check(&format!("a: b\nc: {value}\nd: e"), &format!("yaml-syntax.at-sign 2:4 {value}"));
    }
    check("- @张三: a", "yaml-syntax.at-sign 1:3 @张三: a");
    check("- *重要*: a", "yaml-syntax.at-sign 1:3 *重要*: a");
    check("a: [b, @c]", "yaml-syntax.at-sign 1:8 @c]");
    check("a: [b, c\nd: e", "yaml-syntax.bracket 1:4 [b, c");
    check("- {a: b, c: d\n- {a: e}", "yaml-syntax.bracket 1:3 {a: b, c: d");
}

#[test]
fn tabs() {
    check("a:\n\\tb: c", "tab.spaces 2:1 \t");
    check("a: b\n  \\tc: d: e", "tab.spaces 2:3 \t");
    check("a: |\n\\tb", "tab.spaces 2:1 \t");
    check(
        "- a: |\n   b\n  \\tc: d\n  e：f",
        "tab.spaces 3:3 \t\nyaml-syntax.fullwidth-colon 4:4 ：",
    );
    check("a: [\n\\tb]", "tab.spaces 2:1 \t");
    check("a:\\tb", "tab.spaces 1:3 \t");
    check("a: |\n  b\n  \\tc\nd: \"e\n \\tf\"\n\\t# g\n", r#"{a: "b\n\tc\n", d: "e f"}"#);
}

#[test]
fn control_characters() {
    check("a: b\0", "yaml-syntax.control 1:5 \0");
    check("a: b\u{FEFF}c", "yaml-syntax.control 1:5 \u{FEFF}");
    check("a: «b»·\u{85}", "yaml-syntax.control 1:8 \u{85}");
}

#[test]
fn keys() {
    check(
        "a: 1\nb: 2\na: 3\na: 4",
        "{a: \"1\", b: \"2\"}\nduplicate-key.remove 3:1 a\nduplicate-key.remove 4:1 a",
    );
    check("? [a]\n: b", "yaml-syntax 1:3 [");
    check(": b", "yaml-syntax 1:1 :");
    let text = text("a: 1\na: 2");
    let (place, label) = &parse(&text, 0..9).diagnostics[0].related[0];
    assert_eq!((place, &**label), (&text.locate(Span::new(0, 1)), "first"));
}

#[test]
fn one_document() {
    check("---\na: b\n...\n", "{a: \"b\"}");
    check("a: b\n---\nc: d", "yaml-syntax.documents 2:1 ---");
    check("%甲\n---\n~", "yaml-syntax.at-sign 1:1 %甲");
}

#[test]
fn aliases_are_copies() {
    check("a: &x [b]\nc: [*x, *x]\n*x : d", "yaml-syntax 3:1 *x");
    check("a: &x [b]\nc: [*x, *x]", r#"{a: ["b"], c: [["b"], ["b"]]}"#);
    check("a: &x b\n*x : c", r#"{a: "b", b: "c"}"#);
    check("a: &x [*x]", "yaml-syntax 1:8 *x");
    let level = |it: usize| format!("- &a{} [{}]\n", it + 1, format!("*a{it}, ").repeat(10));
    let bomb = "- &a0 [x]\n".to_owned() + &(0..8).map(level).collect::<String>();
    assert_eq!(first_code(&bomb), "too-many-aliases");
    let heavy = format!("- &a \"{}\\n\"\n{}", "x".repeat(1 << 20), "- *a\n".repeat(1000));
    assert_eq!(first_code(&heavy), "too-many-aliases");
}

#[test]
fn depth_has_a_bound() {
    let nested = |open: &str, depth: usize| format!("{}\n", open.repeat(depth));
    for open in ["[", "{a: ", "- ", "- [", "? ["] {
        assert_ne!(first_code(&nested(open, 20_000)), "", "{open}");
    }
    assert_eq!(first_code(&nested("- ", 64)), "");
    assert_eq!(first_code(&nested("- ", 65)), "too-deep");
    assert_eq!(first_code(&nested("[", 20_000)), "too-deep");
    let chain = |it: usize| format!("- &a{} [*a{it}]\n", it + 1);
    let chained = "- &a0 x\n".to_owned() + &(0..100).map(chain).collect::<String>();
    assert_eq!(first_code(&chained), "too-deep");
}

/// The name of the first diagnostic; empty without one.
fn first_code(input: &str) -> &'static str {
    let text = text(input);
    let checked = parse(&text, 0..text.content.len());
    checked.diagnostics.first().map_or("", |it| it.code.name())
}
