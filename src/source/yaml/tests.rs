//! What is read, where it stands, and what is said about mistakes.

use crate::source::yaml::{Node, NodeKind, broken_key, parse};
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
    check("phone: 1\nname：张三\n姓 名：x\na: b", &format!("{fullwidth} 2:5 ："));
    check("- phone: 1\n  name：张三\n- phone: 2", &format!("{fullwidth} 2:7 ："));
    check("name:张三\nphone: 1", "yaml-syntax.space 1:5 :");
    check("phone: 1\nname:　张三", "yaml-syntax.space 2:5 :");
    check("phone: 1\n12:30", "yaml-syntax.indent 2:1 12:30");
    check("phone: 1\nhttp://a.b", "yaml-syntax.indent 2:1 http://a.b");
    check("phone: 1\nname", "yaml-syntax 2:1 name");
}

#[test]
fn a_scalar_that_should_have_been_a_mapping() {
    let text = text("- name：张三");
    let found = broken_key(&text, Span::new(2, 15));
    assert_eq!(found, Some((Span::new(6, 9), "fullwidth-colon")));
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
    check("name: a\n- b", "yaml-syntax.indent 2:1 - b");
    check("name: a # c\n  b", "yaml-syntax.indent 2:3 b");
    check("intro: |\n  甲\n乙\nx: y", "yaml-syntax.indent 3:1 乙");
    check("intro: |\n    联系人：甲\n  乙\nx: y", "yaml-syntax.indent 3:3 乙");
    check("intro: 甲，\n乙，丙。\nx: y", "yaml-syntax.indent 2:1 乙，丙。");
}

#[test]
fn letters_that_look_blank() {
    check("- name: a\n　phone: b", "yaml-syntax.control 2:1 　");
    check("- name: a\n　\n- name: b", "yaml-syntax.control 2:1 　");
    check("name: a\n\u{a0}\nphone: b", "yaml-syntax.control 2:1 \u{a0}");
    check("name: a\n \u{a0} phone: b", "yaml-syntax.control 2:2 \u{a0} ");
}

#[test]
fn a_dash_without_its_space() {
    check("- a: b\n-a: b", "yaml-syntax.space 2:1 -");
    check("-　a: b\n  c: d", "yaml-syntax.space 1:1 -");
    check("-a: b\n-a: c", "{-a: \"b\"}\nyaml-syntax.space 2:1 -");
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
    check("a: [b, c\nd: e", "yaml-syntax 1:4 [b, c");
}

#[test]
fn tabs() {
    check("a:\n\\tb: c", "tab.spaces 2:1 \t");
    check("a: b\n  \\tc: d: e", "tab.spaces 2:3 \t");
    check("a: |\n\\tb", "tab.spaces 2:1 \t");
    check("- a: |\n   b\n  \\tc: d\n  e：f", "tab.spaces 3:3 \t");
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
