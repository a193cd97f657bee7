//! The readers make the same tree.
//!
//! Texts of the simple shape and near it are made up, and real ones are spoilt here and there.
//! Whenever [`plain`] answers, [`full`] must answer the same, with every span. A third reader,
//! which shares no code with them, must find the same lists, keys and texts in what it accepts.
//!
//! Where the third reader is of another opinion on purpose, `check_third` passes over the text: it
//! follows YAML 1.1 in the names of anchors, and accepts less.

use std::fmt;

use proptest::{prelude::*, sample::select};
use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};

use crate::source::yaml::{Node, NodeKind, mistakes, plain, read_fully};
use crate::source::{SitePath, Text};

/// Files as portals have them. The quick reader has to read each: else it would be of no use.
const SAMPLES: [&str; 5] = [
    "- date: 2024-09-02\n  attendance: 77\n  leader: 张凤\n  theme: 党建&治理主题日\n\
     - date: 2024-09-09\n  attendance: 145\n  leader: 萧勇\n  theme: 平安社区共建\n",
    "- date: 2025-06-10\n  starts: \"10:00\"\n  ends: '12:00' # 中午\n  service:\n  found: -5\n\
     # 下半年\n\n- date: 2025-06-22\n  starts: ~\n  booking: 请拨打 0123-82416701 预约,12:30 前\n",
    "name: 平林社区\nlevel: community\nphone: \"0123-82212433\"\nhours: 周一至周日 9:00-18:00\n\
     tags: [党群, \"食堂\", ~, 'a: b']\nintro: |\n  **平林社区**位于街道中部。\n\n    居委会\n\nend: null\n",
    "-   month: 2023-07\r\n    petitions: 0\r\n    note: |\r\n      一\r\n\r\n      二\r\n\
     -   month: 2023-08\r\n    petitions: a#b\r\n",
    "k: v",
];

/// Pieces that mean something to YAML, or nearly.
const PIECES: [&str; 57] = [
    " ", "  ", "\n", "\n\n", "\n  ", "\r\n", "\r", "\t", ":", ": ", ":\n", "-", "- ", "\n- ", "?",
    "? ", ",", "[", "]", "{", "}", "#", " #", "&", "&a", "*", "*a", "!", "!t ", "|", "|\n   ", ">",
    "'", "''", "\"", "\\", "%", "@", "`", "~", "null", "---", "\n---\n", "...", "a", "0", "12:30",
    "张", "：", "，", "　", "\u{a0}", "é", "😀", "<<", ".", "\n  k: ",
];

/// Values that the quick reader knows.
const SIMPLE_VALUES: [&str; 20] = [
    "",
    "x",
    "张三",
    "1",
    "-5",
    "~",
    "null",
    "nullx",
    "\"q\"",
    "'q'",
    "\"a: b\"",
    "[]",
    "[a, b]",
    "[ a,\"b\" , ~ ]",
    "a:b",
    "a#b",
    "|\n   x\n\n    y",
    "a, [b] {c}",
    "(x)",
    "x\u{a0}",
];

/// Values that it has to leave to the full reader, or that are a mistake.
const ODD_VALUES: [&str; 32] = [
    "- x",
    "'it''s'",
    "\"\\n\"",
    "\"q",
    "[a, ]",
    "[[a]]",
    "{a: b}",
    "a: b",
    "a:",
    "a #b",
    "#b",
    "|-\n   x",
    "|\n  x\n  y ",
    ">\n   x",
    "&a x",
    "*a",
    "!t x",
    "a\n   b",
    "=",
    "...",
    "---",
    "a  ",
    "[a]b",
    "|\n   x\n  y",
    "|\n\n   x",
    "\"a\"b",
    "[a, #b]",
    "-",
    "a\\",
    "[-]",
    "[a b:c]",
    "\"\"\"",
];

/// Asserts that the readers agree on a text. Texts with control characters are passed over, as no
/// reader is given them.
fn check(content: String) {
    let text = Text { path: SitePath::new("a.yaml"), content };
    let range = 0..text.content.len();
    if mistakes::control_character(&text, &range).is_some() {
        return;
    }
    let full = read_fully(&text, &range);
    if let Some(node) = plain::read(&text, &range) {
        assert_eq!(full.diagnostics, [], "{:?}", text.content);
        assert_eq!(full.value, Some(node), "{:?}", text.content);
    }
    if let Some(node) = full.value.filter(|_| full.diagnostics.is_empty()) {
        check_third(&text.content, &node);
    }
}

/// Compares a tree with what `serde_yaml` reads, if it accepts the text.
fn check_third(content: &str, node: &Node<'_>) {
    // It takes a carriage return alone for no end of a line before a comment.
    let is_odd = content.replace("\r\n", "\n").contains('\r');
    if !is_odd
        && !names_anchors_freely(content)
        && serde_yaml::from_str::<IgnoredAny>(content).is_ok()
    {
        let same = Same(node).deserialize(serde_yaml::Deserializer::from_str(content));
        assert_eq!(same.map_err(|it| it.to_string()), Ok(()), "{content:?} {node:?}");
    }
}

/// In YAML 1.2 the name of an anchor goes on to the next space or bracket (§6.9.2): `&k: v` is a
/// text with an anchor. To YAML 1.1, which `serde_yaml` follows here, it ends at the colon.
fn names_anchors_freely(content: &str) -> bool {
    let names = content.split(['&', '*']).skip(1);
    names.filter_map(|it| it.split(char::is_whitespace).next()).any(|it| it.contains(':'))
}

/// Texts are the same but for the line breaks at the end. Where a file ends with a block (`|`) and
/// without a line break, `saphyr-parser` adds one, and our quick reader does as it does; YAML 1.2
/// keeps only a break that is there (§8.1.1.2), and so does `serde_yaml`. It makes no difference,
/// as all texts are trimmed when their types are read.
fn is_same_text(a: &str, b: &str) -> bool {
    a.trim_end_matches('\n') == b.trim_end_matches('\n')
}

/// Reads what must be the same as a node. Every scalar is requested as text, so that no type is
/// guessed.
struct Same<'a>(&'a Node<'a>);

impl<'de> DeserializeSeed<'de> for Same<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        match &self.0.kind {
            NodeKind::Scalar(_) | NodeKind::Null => deserializer.deserialize_str(self),
            NodeKind::List(_) => deserializer.deserialize_seq(self),
            NodeKind::Map(_) => deserializer.deserialize_map(self),
        }
    }
}

impl<'de> Visitor<'de> for Same<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.0.kind)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<(), E> {
        let is_same = match &self.0.kind {
            NodeKind::Scalar(expected) => is_same_text(text, expected),
            _ => matches!(text, "" | "~" | "null"),
        };
        if is_same { Ok(()) } else { Err(E::custom(format!("{text:?}, not {:?}", self.0))) }
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        for item in self.0.as_list().unwrap_or_default() {
            items
                .next_element_seed(Same(item))?
                .ok_or_else(|| A::Error::custom("too few items"))?;
        }
        match items.next_element::<IgnoredAny>()? {
            None => Ok(()),
            Some(_) => Err(A::Error::custom("too many items")),
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<(), A::Error> {
        for entry in self.0.as_map().unwrap_or_default() {
            let key: Option<String> = entries.next_key()?;
            if key.as_deref() != Some(&*entry.key) {
                return Err(A::Error::custom(format!("{key:?}, not {:?}", entry.key)));
            }
            entries.next_value_seed(Same(&entry.value))?;
        }
        match entries.next_key::<IgnoredAny>()? {
            None => Ok(()),
            Some(_) => Err(A::Error::custom("too many entries")),
        }
    }
}

/// A line with a key: mostly of parts that are simple, sometimes with one that is not.
fn line() -> impl Strategy<Value = String> {
    let indent = mostly(&[""], &[" ", "  ", "\t", "# c\n", "\n", " \n", "   # c\n", "- "]);
    let key = mostly(
        &["a", "b", "c", "d", "e", "f", "g", "h", "名", "k-1", "0"],
        &["a b", "'q'", "-x", "<<", "?", "", "a.b", "~", "a：b"],
    );
    let colon = mostly(&[": "], &[":", ":  ", " : ", ":\t", "：", ""]);
    let value = mostly(&SIMPLE_VALUES, &ODD_VALUES);
    let end = mostly(
        &["\n", "\n", "\n", " \n", " # c\n", "\r\n", "\n\n", "\n# c\n"],
        &["# c\n", "\r", "\n   \n", "", "\n   # c\n", "  ", "\n ", "\n   ", "\n     "],
    );
    (indent, key, colon, value, end).prop_map(|(a, b, c, d, e)| [a, b, c, d, e].concat())
}

/// One of the simple pieces, and once in thirty times one of the odd, so that most texts are simple
/// but for a few things.
fn mostly(
    simple: &'static [&'static str],
    odd: &'static [&'static str],
) -> impl Strategy<Value = &'static str> {
    prop_oneof![30 => select(simple), 1 => select(odd)]
}

/// A list of mappings, or one mapping.
fn records() -> impl Strategy<Value = String> {
    let dash = mostly(&["- "], &["-", "-  ", " - ", "- \n  ", "-\t"]);
    let record = (dash, prop::collection::vec((mostly(&["  "], &["", " ", "   "]), line()), 1..5));
    let record = record.prop_map(|(dash, lines)| {
        let rest = lines[1..].iter().flat_map(|(indent, line)| [*indent, line]);
        [dash, &lines[0].1].into_iter().chain(rest).collect::<String>()
    });
    let list = prop::collection::vec(record, 1..4);
    let map = prop::collection::vec(line(), 1..6);
    prop_oneof![2 => list, 1 => map].prop_map(|it| it.concat())
}

/// A real text with some changes.
fn spoilt() -> impl Strategy<Value = String> {
    let change = (any::<prop::sample::Index>(), 0_usize..4, select(&PIECES[..]));
    let changes = prop::collection::vec(change, 1..5);
    (select(&SAMPLES[..]), changes).prop_map(|(sample, changes)| {
        let mut letters: Vec<char> = sample.chars().collect();
        for (place, removed, piece) in changes {
            let start = place.index(letters.len() + 1);
            let end = (start + removed).min(letters.len());
            letters.splice(start..end, piece.chars().take(if removed == 3 { 0 } else { 9 }));
        }
        letters.into_iter().collect()
    })
}

proptest! {
    #[test]
    fn made_up_texts_are_read_alike(content in records()) {
        check(content);
    }

    #[test]
    fn spoilt_texts_are_read_alike(content in spoilt()) {
        check(content);
    }

    #[test]
    fn no_text_is_too_much(content in prop::collection::vec(select(&PIECES[..]), 0..40)) {
        check(content.concat());
        let text = Text { path: SitePath::new("a.yaml"), content: content.concat() };
        let _ = super::parse(&text, 0..text.content.len());
    }
}

#[test]
fn the_usual_texts_are_simple() {
    for sample in SAMPLES {
        let text = Text { path: SitePath::new("a.yaml"), content: sample.to_owned() };
        assert!(plain::read(&text, &(0..sample.len())).is_some(), "{sample}");
        check(sample.to_owned());
    }
}
