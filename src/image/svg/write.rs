//! From the parts of a drawing to XML: ids and classes that nothing refers to are left out.

use std::{collections::HashSet, fmt::Write as _};

use percent_encoding::percent_decode_str;

use super::{
    allowed::AttributeKind,
    drawing::{SVG, XLINK},
    piece::{DrawnAttribute, Piece, Tag, is_letter},
};

/// The drawing as XML, with the ids and classes to which something in it refers.
pub(super) fn write(pieces: &[Piece]) -> String {
    let used = Used::of(pieces);
    let mut out = String::new();
    let mut pieces = pieces.iter().peekable();
    while let Some(piece) = pieces.next() {
        match piece {
            Piece::Start(tag) => {
                let is_root = out.is_empty();
                out.extend(["<", tag.name]);
                if is_root {
                    write_namespaces(&used, &mut out);
                }
                write_attributes(tag, &used, &mut out);
                let is_empty = pieces.next_if(|it| matches!(it, Piece::End(_))).is_some();
                out.push_str(if is_empty { "/>" } else { ">" });
            }
            Piece::End(name) => out.extend(["</", name, ">"]),
            Piece::Text(text) => write_escaped(text, &mut out),
            Piece::Sheet(sheet) => {
                out.push_str("<style>");
                write_escaped(sheet, &mut out);
                out.push_str("</style>");
            }
        }
    }
    out
}

/// Declares the namespace of SVG, and that of old links if there are any.
fn write_namespaces(used: &Used, out: &mut String) {
    write!(out, " xmlns=\"{SVG}\"").expect("a string takes all that is written");
    if used.has_old_links {
        write!(out, " xmlns:xlink=\"{XLINK}\"").expect("a string takes all that is written");
    }
}

/// Writes the attributes of a tag, without ids and classes that nothing refers to.
fn write_attributes(tag: &Tag, used: &Used, out: &mut String) {
    for DrawnAttribute { name, kind, value } in &tag.attributes {
        let value = match kind {
            AttributeKind::Id if !used.ids.contains(value) => continue,
            AttributeKind::Class => {
                let classes = value.split_whitespace().filter(|it| used.classes.contains(*it));
                classes.collect::<Vec<_>>().join(" ")
            }
            _ => value.clone(),
        };
        if value.is_empty() && *kind == AttributeKind::Class {
            continue;
        }
        out.extend([" ", name, "=\""]);
        write_escaped(&value, out);
        out.push('"');
    }
}

/// Writes a text or value.
fn write_escaped(text: &str, out: &mut String) {
    for character in text.chars().filter(|it| is_letter(*it)) {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            it => out.push(it),
        }
    }
}

/// To what a drawing refers in itself.
#[derive(Default)]
struct Used {
    ids: HashSet<String>,
    classes: HashSet<String>,
    /// There is an `xlink:href`.
    has_old_links: bool,
}

impl Used {
    fn of(pieces: &[Piece]) -> Self {
        let mut used = Self::default();
        for piece in pieces {
            match piece {
                Piece::Start(tag) => tag.attributes.iter().for_each(|it| used.attribute(it)),
                Piece::Sheet(sheet) => {
                    used.ids(sheet);
                    let classes = names_after(".", sheet, ENDS);
                    used.classes.extend(classes.into_iter().map(str::to_owned));
                }
                Piece::End(_) | Piece::Text(_) => {}
            }
        }
        used
    }

    fn attribute(&mut self, DrawnAttribute { name, kind, value }: &DrawnAttribute) {
        self.has_old_links |= *name == "xlink:href";
        match kind {
            AttributeKind::Id | AttributeKind::Class => {}
            AttributeKind::Link => {
                let id = value.strip_prefix('#').unwrap_or_default();
                self.ids.insert(id.to_owned());
                self.ids.insert(percent_decode_str(id).decode_utf8_lossy().into_owned());
            }
            // `begin="a.end"`: the animation waits for another one.
            AttributeKind::Plain if matches!(*name, "begin" | "end") => {
                let ids = value.split(';').filter_map(|it| it.trim().split_once('.'));
                self.ids.extend(ids.map(|(id, _)| id.to_owned()));
            }
            _ => self.ids(value),
        }
    }

    /// Adds the ids in a value: `url(#a)`, and in selectors `#a`. A colour is taken for one, too.
    fn ids(&mut self, value: &str) {
        let links = names_after("url(#", value, ")");
        for id in links.into_iter().chain(names_after("#", value, ENDS)) {
            self.ids.insert(percent_decode_str(id).decode_utf8_lossy().into_owned());
            self.ids.insert(id.to_owned());
        }
    }
}

/// What ends a name in a selector.
const ENDS: &str = " \t\r\n#.,>+~*(){}:;'\"";

/// The names that stand behind a sign, up to what ends one.
fn names_after<'t>(sign: &str, text: &'t str, ends: &str) -> Vec<&'t str> {
    let is_end = |it: char| ends.contains(it);
    text.split(sign).skip(1).map(|it| it.split(is_end).next().unwrap_or_default()).collect()
}
