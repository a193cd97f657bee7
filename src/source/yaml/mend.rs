//! What would mend a mistake of syntax for certain.
//!
//! | help | written | mended |
//! | --- | --- | --- |
//! | `fullwidth-colon` | `name：张三` | `name: 张三` |
//! | `space` | `name:张三`, `-name: 张三` | `name: 张三`, `- name: 张三` |
//! | `dash` | `－name: 张三` | `- name: 张三` |
//! | `spaces`, `wide-space` | a tab or full-width spaces before a line | as many spaces as its record has |
//! | `indent` | a line one column off, with those below it | the column of its record |
//! | `align` | a record whose dash stands elsewhere | below the other dashes |
//! | `record`, `first` | a record without its dash | the dash, and two spaces for its other lines |
//! | `colon`, `at-sign` | `title: 通知: 停水` | `title: "通知: 停水"` |
//!
//! Where a line may have been meant in two ways there is no fix: a second colon behind a blank may
//! begin another field, and a line between two columns belongs to either. Every fix stays within the
//! lines of its mistake. What it makes of the file is seen when that is read again (`edit/fixes.rs`).

use std::ops::Range;

use crate::{
    diagnostic::{Code, Diagnostic, Position, Replacement},
    source::{
        Text,
        yaml::line::{YamlLine, lines},
    },
};

/// How far a line may be from the column in which it was meant to be.
const MOST_SHIFTED: usize = 4;

/// Adds to mistakes of syntax what would mend them, if that is certain.
pub(crate) fn mended(
    text: &Text,
    range: &Range<usize>,
    diagnostics: Vec<Diagnostic>,
) -> Vec<Diagnostic> {
    if diagnostics.is_empty() {
        return diagnostics;
    }
    let first = text.content[..range.start].matches('\n').count() + 1;
    let mender = Mender { first, lines: lines(&text.content, range).collect() };
    let fixed = |diagnostic: Diagnostic| match mender.fix(&diagnostic) {
        Some(fix) if diagnostic.fix.is_empty() => diagnostic.fixed_by(fix),
        _ => diagnostic,
    };
    diagnostics.into_iter().map(fixed).collect()
}

/// The lines of a file.
struct Mender<'a> {
    /// The number of the first of them.
    first: usize,
    lines: Vec<YamlLine<'a>>,
}

impl Mender<'_> {
    fn fix(&self, diagnostic: &Diagnostic) -> Option<Vec<Replacement>> {
        if !matches!(diagnostic.code, Code::YamlSyntax | Code::Tab) {
            return None;
        }
        let start = diagnostic.location.range?.start;
        let at = (start.line as usize).checked_sub(self.first)?;
        if self.is_in_lost_block(at) {
            return None;
        }
        let text = self.lines.get(at)?.text;
        let byte = text.char_indices().nth(start.column as usize - 1).map_or(text.len(), |it| it.0);
        match diagnostic.help.as_deref()? {
            "spaces" if byte >= self.lines[at].indent() => {
                Some(vec![self.replacement(at, byte..byte + 1, " ")])
            }
            "spaces" | "wide-space" => self.reindented(at),
            "fullwidth-colon" | "space" => self.sign(at, byte),
            "dash" => self.dash(at, byte),
            "indent" => self.shifted(at),
            "align" => self.aligned(at),
            "record" if self.lines[..at].iter().any(YamlLine::begins_item) => self.listed(at),
            "first" => self.listed(at),
            "colon" | "at-sign" => self.quoted(at, byte),
            _ => None,
        }
    }

    /// A line may be one of a text whose key has a colon that is none: `说明：|`.
    fn is_in_lost_block(&self, at: usize) -> bool {
        let opens = |line: &YamlLine<'_>| {
            let text = line.text.trim_end();
            let head = text.trim_end_matches(['|', '>', '-', '+', ' ']);
            head.len() < text.len()
                && text[head.len()..].contains(['|', '>'])
                && (head.ends_with('：') || head.ends_with(':') && line.key().is_none())
        };
        (0..at).rev().any(|above| {
            let indent = self.lines[above].column();
            let mut below = self.lines[above + 1..=at].iter().filter(|it| !it.is_empty());
            opens(&self.lines[above]) && below.all(|it| it.indent() >= indent)
        })
    }

    /// A text in the place of some bytes of a line.
    fn replacement(&self, at: usize, bytes: Range<usize>, text: &str) -> Replacement {
        let line = self.lines[at].text;
        let narrow = |it| u32::try_from(it).unwrap_or(u32::MAX);
        let place = |byte: usize| Position {
            line: narrow(self.first + at),
            column: narrow(line[..byte].chars().count() + 1),
        };
        let range = crate::diagnostic::Range { start: place(bytes.start), end: place(bytes.end) };
        Replacement { range, text: text.to_owned() }
    }

    /// A colon or dash with the space behind it. Full-width spaces there are no spaces.
    fn sign(&self, at: usize, byte: usize) -> Option<Vec<Replacement>> {
        let rest = &self.lines[at].text[byte..];
        let sign = rest.chars().next().filter(|it| matches!(it, ':' | '：' | '-'))?;
        let behind = rest[sign.len_utf8()..].trim_start_matches('\u{3000}');
        let end = byte + rest.len() - behind.len();
        let is_parted = behind.is_empty() || behind.starts_with([' ', '\t']);
        let right = if sign == '-' { "-" } else { ":" };
        let gap = if is_parted { "" } else { " " };
        // Some values would mean something else with a space before them: a comment, nothing, a block.
        let words = behind.trim_start();
        if words.starts_with(['#', '~', '&', '!', '|', '>']) || words.contains(" #") {
            return None;
        }
        let mut fix = vec![self.replacement(at, byte..end, &format!("{right}{gap}"))];
        let beside = self.lines[at].indent() + 1;
        let begins = |it: &&usize| !self.lines[**it].is_empty();
        let below: Vec<usize> = (at + 1..self.lines.len())
            .take_while(|it| self.lines[*it].is_empty() || self.lines[*it].indent() >= beside)
            .collect();
        let first = below.iter().find(begins).map(|it| self.lines[*it].indent());
        let has_tab = below.iter().any(|it| self.lines[*it].tab().is_some());
        if sign == '-' && !is_parted && first == Some(beside) && !has_tab {
            // Its other lines stand where its first began: they move with that.
            fix.extend(below.iter().filter(begins).map(|it| self.replacement(*it, 0..0, " ")));
        }
        Some(fix)
    }

    /// A dash for signs that look like one, with a space behind it.
    fn dash(&self, at: usize, byte: usize) -> Option<Vec<Replacement>> {
        let (span, _) = self.lines[at].broken_item()?;
        let end = span.end as usize - self.lines[at].start;
        let rest = self.lines[at].text.get(end..)?;
        let end = end + rest.len() - rest.trim_start().len();
        Some(vec![self.replacement(at, byte..end, "- ")])
    }

    /// Spaces for the tabs or full-width spaces before a line. Lines above that begin with the same
    /// blanks are as far to the right.
    fn reindented(&self, at: usize) -> Option<Vec<Replacement>> {
        let line = &self.lines[at];
        let blanks = blanks(line.text);
        let is_other =
            |it: &YamlLine<'_>| !it.text.trim().is_empty() && self::blanks(it.text) != blanks;
        let above = self.lines[..at].iter().rposition(is_other)?;
        let upper = &self.lines[above];
        if self::blanks(upper.text).contains(|it| it != ' ') || upper.is_empty() {
            return None;
        }
        let words = YamlLine { start: 0, text: &line.text[blanks.len()..] };
        let is_keyed = words.key().is_some() || words.broken_key().is_some();
        let column = match upper.key() {
            Some(_) if upper.opens_block() => upper.column() + 2,
            // Below a key without a value it may belong to that or stand beside it.
            Some(_) if upper.rest(upper.value()).is_empty() => return None,
            Some(_) if is_keyed && !words.begins_item() => upper.column(),
            None if upper.begins_item() && words.begins_item() => upper.indent(),
            _ => return None,
        };
        Some(vec![self.replacement(at, 0..blanks.len(), &" ".repeat(column))])
    }

    /// A line and those below that are as wrong, in the column of the record above: the only one that
    /// has keys there, or the only one next to theirs.
    fn shifted(&self, at: usize) -> Option<Vec<Replacement>> {
        let line = &self.lines[at];
        let indent = line.indent();
        line.key().filter(|_| !line.begins_item())?;
        let item = self.lines[..at].iter().rposition(YamlLine::begins_item);
        let keyed = self.lines[item.unwrap_or(0)..at].iter().filter(|it| it.key().is_some());
        let mut columns: Vec<usize> = keyed.map(YamlLine::column).collect();
        columns.sort_unstable();
        columns.dedup();
        let beside: Vec<usize> =
            columns.iter().copied().filter(|it| it.abs_diff(indent) == 1).collect();
        let column = match (&*beside, &*columns) {
            ([one], _) => *one,
            ([], [one]) if item.is_some() => *one,
            _ => return None,
        };
        let mut end = at + 1;
        while let Some(next) = self.lines.get(end) {
            let is_next = next.begins_item() || next.indent() < indent || next.indent() == column;
            if !next.is_empty() && is_next {
                break;
            }
            end += 1;
        }
        // A key at the margin may be meant to stand there, unless its record goes on below it.
        let goes_on = self.lines.get(end).is_some_and(|it| it.indent() == column && !it.is_item());
        (indent > 0 || goes_on).then(|| self.moved(at..end, indent, column)).flatten()
    }

    /// A record and those below whose dashes stand in the same wrong column.
    fn aligned(&self, at: usize) -> Option<Vec<Replacement>> {
        let indent = self.lines[at].indent();
        let first = self.lines.iter().position(YamlLine::begins_item).filter(|it| *it < at)?;
        let column = self.lines[first].indent();
        let next = self.lines[first + 1..].iter().position(YamlLine::begins_item)?;
        let keys = self.lines[first..=first + next].iter().filter_map(YamlLine::key_name);
        // An item with another key may be one of a list within a record.
        keys.into_iter().find(|it| Some(*it) == self.lines[at].key_name())?;
        let is_right = |it: &YamlLine<'_>| it.begins_item() && it.indent() == column;
        let end = self.lines[at..].iter().position(is_right).map_or(self.lines.len(), |it| at + it);
        self.moved(at..end, indent, column)
    }

    /// Lines moved so that what begins in one column begins in another. Nothing if one of them would
    /// have to begin before the margin, or is far from where it was meant to be.
    fn moved(&self, range: Range<usize>, from: usize, to: usize) -> Option<Vec<Replacement>> {
        if from == to || from.abs_diff(to) > MOST_SHIFTED {
            return None;
        }
        let mut fix = Vec::new();
        for at in range.filter(|it| !self.lines[*it].text.trim().is_empty()) {
            let blanks = blanks(self.lines[at].text);
            if blanks.contains(|it| it != ' ') || blanks.len() + to < from {
                return None;
            }
            fix.push(if to > from {
                self.replacement(at, 0..0, &" ".repeat(to - from))
            } else {
                self.replacement(at, 0..from - to, "")
            });
        }
        Some(fix)
    }

    /// The dash of a record, and two spaces before its other lines if they need them.
    fn listed(&self, at: usize) -> Option<Vec<Replacement>> {
        let line = &self.lines[at];
        let (indent, name) = (line.indent(), line.key_name()?);
        let item = self.lines[..at].iter().rposition(YamlLine::begins_item);
        if blanks(line.text).contains(|it| it != ' ') || line.begins_item() {
            return None;
        }
        if let Some(item) = item.map(|it| &self.lines[it]).filter(|it| it.column() == indent) {
            // It stands below the keys of the record before: its dash fits before it.
            let dash = &item.text[item.indent()..indent];
            return Some(vec![self.replacement(at, item.indent()..indent, dash)]);
        }
        if item.is_some_and(|it| self.lines[it].indent() != indent) {
            return None;
        }
        let ends = |it: &YamlLine<'_>| {
            let is_next = it.begins_item() && it.indent() <= indent
                || it.indent() == indent && it.key_name() == Some(name);
            !it.is_empty() && (is_next || it.indent() < indent)
        };
        let below = at + 1..self.lines.len();
        let end = below.clone().find(|it| ends(&self.lines[*it])).unwrap_or(below.end);
        let body: Vec<usize> =
            (at + 1..end).filter(|it| !self.lines[*it].text.trim().is_empty()).collect();
        let is_indented = |it: &usize| self.lines[*it].indent() >= indent + 2;
        let mut fix = vec![self.replacement(at, indent..indent, "- ")];
        match body.first() {
            Some(first) if !is_indented(first) => {
                fix.extend(body.iter().map(|it| self.replacement(*it, 0..0, "  ")));
            }
            _ if !body.iter().all(is_indented) => return None,
            _ => {}
        }
        Some(fix)
    }

    /// Quotation marks around a value with a colon in it, or with a sign before it that means
    /// something. `name: 张三 date: 3月5日` is two fields, so a colon behind a blank is left to people.
    fn quoted(&self, at: usize, byte: usize) -> Option<Vec<Replacement>> {
        let line = &self.lines[at];
        let value = line.text.get(byte..)?.trim_end();
        let is_value =
            line.value() == line.start + byte && (line.key().is_some() || line.is_item());
        let goes_on = self.lines.get(at + 1).is_some_and(|next| {
            !next.is_empty() && next.key().is_none() && next.indent() > line.column()
        });
        let is_odd = value.is_empty() || value.contains(" #") || value.contains('\\');
        if !is_value || goes_on || is_odd || value.starts_with(['"', '\'', '|', '>', ',', ']', '}'])
        {
            return None;
        }
        let colons = value.match_indices(':').filter(|(colon, _)| {
            value[colon + 1..].starts_with([' ', '\t']) || colon + 1 == value.len()
        });
        // So is `basis: office，basis_date: 2026-03-05`.
        let is_field = |before: &str| {
            before.trim_end().contains(char::is_whitespace)
                || before
                    .rsplit_once(['，', ',', '；', ';'])
                    .is_some_and(|(_, key)| !key.is_empty() && is_key(key))
        };
        if colons.map(|it| it.0).any(|it| is_field(&value[..it])) {
            return None;
        }
        let mark = ["\"", "'"].into_iter().find(|it| !value.contains(*it))?;
        let end = byte + value.len();
        Some(vec![self.replacement(at, byte..byte, mark), self.replacement(at, end..end, mark)])
    }
}

/// Whether a word is made as names of fields are.
fn is_key(word: &str) -> bool {
    word.chars().all(|it| it.is_ascii_alphanumeric() || matches!(it, '_' | '-'))
}

/// What looks blank at the beginning of a line.
fn blanks(text: &str) -> &str {
    &text[..text.len() - text.trim_start().len()]
}
