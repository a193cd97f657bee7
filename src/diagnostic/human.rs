//! Diagnostics for a person at a terminal: what is wrong, where, the line with the place
//! underlined, and what to write instead.
//!
//! What is wrong in the same words at several places of a file is shown once, at the first of them,
//! with the lines of the others: forty quoted lines would hide what else is wrong. Machines are told
//! of each place.
//!
//! Only ASCII is drawn around the quoted line: many Chinese fonts show frames and arrows two
//! columns wide, which would push the underline away from its place.
//!
//! # Why not a library
//!
//! `annotate-snippets` 0.12.18 was given the samples and the lines of the tests below, with its
//! ASCII frames and names of levels in Chinese. Underlines stood right under full-width and
//! combining characters and emoji. No sample in Chinese came out as it is here, for these reasons:
//!
//! - Between label and text stands an English colon, `错误[tab]: …`; Chinese wants `：`. The mark is
//!   part of the renderer, while here it comes from the message `labelled`.
//! - A line at column 440 is cut to 44 of 80 columns, and here to 75, so it shows less around the
//!   mistake. Of a line of which only a part is kept ([`Quote`]), it numbers the columns from the
//!   beginning of that part.
//! - U+009B, which begins a command to the terminal, is written as it is, in titles, file names, quoted
//!   lines and helps; so is U+202E, which turns the text round, in helps.
//! - Two or three lines of frame come with each place: seven lines for five, of hundreds at times.
//! - A range over several lines is drawn with a bracket beside them, instead of words for where it
//!   ends, and a tab takes four columns.

use std::{
    collections::{HashMap, hash_map::Entry},
    io::{self, Write},
};

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::{
    diagnostic::{Diagnostic, Location, Messages, Quote, Range, Severity},
    text::characters::visible,
};

/// How the terminal wants it.
#[derive(Debug, Clone, Copy)]
pub struct TerminalStyle {
    /// With ANSI colours.
    pub colour: bool,
    /// Columns of the terminal. Longer quoted lines are cut around the place.
    pub width: usize,
}

/// How many further lines with the same mistake are listed. More are counted.
const LISTED: usize = 20;

/// Writes each diagnostic, with an empty line after it. Those of a file that say the same are one.
pub fn render(
    diagnostics: &[Diagnostic],
    messages: &Messages,
    style: TerminalStyle,
    out: &mut dyn Write,
) -> io::Result<()> {
    for group in groups(diagnostics, messages) {
        let Group { first, message, help, others } = group;
        let mark = MarkStyle::of(first.severity);
        let painter = Painter { messages, style, gutter: gutter(first) };
        let head = format!("{}[{}]", messages.text(mark.word, &[]), first.code.name());
        let message = painter.paint("1", &message);
        writeln!(out, "{}", painter.labelled(mark.colour, &head, &message))?;
        painter.place(&first.location, mark, out)?;
        for (index, (location, _)) in first.related.iter().enumerate() {
            painter.note(&messages.related(first, index), out)?;
            painter.place(location, MarkStyle::NOTE, out)?;
        }
        if !others.is_empty() {
            painter.note(&again(&others, messages), out)?;
        }
        if let Some(text) = help {
            writeln!(out, "{}", painter.labelled("1;32", &messages.text("help", &[]), &text))?;
        }
        writeln!(out)?;
    }
    Ok(())
}

/// Diagnostics of a file that say the same.
struct Group<'d> {
    first: &'d Diagnostic,
    message: String,
    help: Option<String>,
    /// The lines of the others, in the order of the diagnostics.
    others: Vec<u32>,
}

/// Puts together what says the same, in the order of the first of each. What has no line, or points
/// at other places, stays alone.
fn groups<'d>(diagnostics: &'d [Diagnostic], messages: &Messages) -> Vec<Group<'d>> {
    let mut groups: Vec<Group<'d>> = Vec::new();
    let mut known = HashMap::new();
    for diagnostic in diagnostics {
        let (message, help) = (messages.message(diagnostic), messages.help(diagnostic));
        let line = diagnostic.location.range.filter(|_| diagnostic.related.is_empty());
        if let Some(range) = line {
            let file = &diagnostic.location.file;
            let key = (file, diagnostic.severity, diagnostic.code, message.clone(), help.clone());
            match known.entry(key) {
                Entry::Occupied(at) => {
                    let group: &mut Group<'_> = &mut groups[*at.get()];
                    group.others.push(range.start.line);
                    continue;
                }
                Entry::Vacant(at) => at.insert(groups.len()),
            };
        }
        groups.push(Group { first: diagnostic, message, help, others: Vec::new() });
    }
    groups
}

/// Says where else the same is wrong.
fn again(lines: &[u32], messages: &Messages) -> String {
    let mut distinct: Vec<u32> = lines.to_vec();
    distinct.dedup();
    let listed: Vec<String> = distinct.iter().take(LISTED).map(u32::to_string).collect();
    let id = if distinct.len() > LISTED { "again-more" } else { "again" };
    let listed = listed.join(&messages.text("comma", &[]));
    messages.text(id, &[("count", lines.len().into()), ("lines", listed.into())])
}

/// How many columns the line numbers of a diagnostic need.
fn gutter(diagnostic: &Diagnostic) -> usize {
    let ranges = diagnostic.places().filter_map(|place| place.range);
    ranges.map(|it| it.start.line.to_string().len()).max().unwrap_or(1)
}

/// How a place is marked.
#[derive(Clone, Copy)]
struct MarkStyle {
    /// Id of the word for it.
    word: &'static str,
    /// Parameters of the ANSI sequence that sets it.
    colour: &'static str,
    /// What the underline is made of.
    line: &'static str,
}

impl MarkStyle {
    const ERROR: Self = Self { word: "error", colour: "1;31", line: "^" };
    const WARNING: Self = Self { word: "warning", colour: "1;33", line: "^" };
    const NOTE: Self = Self { word: "note", colour: "1;36", line: "-" };

    fn of(severity: Severity) -> Self {
        match severity {
            Severity::Error => Self::ERROR,
            Severity::Warning => Self::WARNING,
            Severity::Note => Self::NOTE,
        }
    }
}

/// What the parts of one diagnostic have in common.
struct Painter<'a> {
    messages: &'a Messages,
    style: TerminalStyle,
    /// Columns for line numbers.
    gutter: usize,
}

impl Painter<'_> {
    fn paint(&self, colour: &str, text: &str) -> String {
        if self.style.colour && !text.is_empty() {
            format!("\x1b[{colour}m{text}\x1b[0m")
        } else {
            text.to_owned()
        }
    }

    fn labelled(&self, colour: &str, label: &str, text: &str) -> String {
        let label = self.paint(colour, label);
        self.messages.labelled(&label, text)
    }

    /// Writes what belongs to a mistake.
    fn note(&self, text: &str, out: &mut dyn Write) -> io::Result<()> {
        let note = self.messages.text(MarkStyle::NOTE.word, &[]);
        writeln!(out, "{}", self.labelled(MarkStyle::NOTE.colour, &note, text))
    }

    /// Writes `--> file:line:column`, and of a table the cell (`B3`), then the quoted line and its underline.
    fn place(&self, location: &Location, mark: MarkStyle, out: &mut dyn Write) -> io::Result<()> {
        let frame = |number: &str, sign| {
            self.paint("36", &format!("{number:>width$} {sign}", width = self.gutter))
        };
        let arrow = frame("", "-->");
        let file: String = location.file.file_str().chars().map(visible).collect();
        let cell = location.shown_cell().map(|cell| format!(" ({cell})")).unwrap_or_default();
        let cell: String = cell.chars().map(visible).collect();
        let (Some(range), Some(shown)) = (location.range, location.shown_range()) else {
            return writeln!(out, "{arrow} {file}{cell}");
        };
        writeln!(out, "{arrow} {file}:{}:{}{cell}", shown.start.line, shown.start.column)?;
        let Some(quote) = &location.quote else { return Ok(()) };

        let room = self.style.width.max(40) - self.gutter - " | ".len();
        let Cut { before, marked, after } = cut(quote, range, room);
        let number = frame(&range.start.line.to_string(), "|");
        let line = format!("{number} {before}{}{after}", self.paint(mark.colour, &marked));
        writeln!(out, "{}", line.trim_end())?;

        let indent = " ".repeat(before.width());
        let underline = self.paint(mark.colour, &mark.line.repeat(marked.width().max(1)));
        let through = match last_line(range) {
            last if last > range.start.line => {
                format!(" {}", self.messages.text("through-line", &[("line", last.into())]))
            }
            _ => String::new(),
        };
        writeln!(out, "{} {indent}{underline}{through}", frame("", "|"))
    }
}

/// The last line that has a character of the range.
fn last_line(range: Range) -> u32 {
    if range.end.column > 1 { range.end.line } else { range.end.line.saturating_sub(1) }
}

/// A line as it is shown, in three parts.
struct Cut {
    before: String,
    marked: String,
    after: String,
}

/// Cuts a line to `room` columns around the range. Of a range over several lines it marks the
/// first one to its end.
fn cut(quote: &Quote, range: Range, room: usize) -> Cut {
    let index = |column: u32| column.saturating_sub(quote.column) as usize;
    let start = index(range.start.column);
    let end = if range.end.line > range.start.line {
        usize::MAX
    } else {
        index(range.end.column).max(start)
    };
    let part = |from: usize, to: usize| -> String {
        quote.chars().skip(from).take(to - from).map(shown).collect()
    };
    let (mut before, mut marked, after) = (part(0, start), part(start, end), part(end, usize::MAX));
    let ellipsis = usize::from(!after.is_empty());
    if before.width() + marked.width() + ellipsis > room {
        let spare = room.saturating_sub(marked.width() + after.width());
        before = tail(&before, spare.max(room / 3));
        marked = head(&marked, room.saturating_sub(before.width() + ellipsis));
    }
    let after = head(&after, room.saturating_sub(before.width() + marked.width()));
    Cut { before, marked, after }
}

/// A character of a quoted line. A tab takes one column, so that it can be underlined on any
/// terminal.
fn shown(character: char) -> char {
    if character == '\t' { ' ' } else { visible(character) }
}

/// As much of the beginning as there is room for.
fn head(text: &str, room: usize) -> String {
    if text.width() <= room { text.to_owned() } else { fitting(text.chars(), room) + "…" }
}

/// As much of the end as there is room for.
fn tail(text: &str, room: usize) -> String {
    if text.width() <= room {
        return text.to_owned();
    }
    let reversed = fitting(text.chars().rev(), room);
    std::iter::once('…').chain(reversed.chars().rev()).collect()
}

/// The first characters that leave a column of the room free.
fn fitting(characters: impl Iterator<Item = char>, room: usize) -> String {
    let mut used = 1;
    let fits = |ch: &char| {
        used += ch.width().unwrap_or(0);
        used <= room
    };
    characters.take_while(fits).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        diagnostic::{Code, Language, samples::samples},
        source::{SitePath, Span, Text},
    };

    fn rendered(diagnostics: &[Diagnostic], language: Language, style: TerminalStyle) -> String {
        let mut out = Vec::new();
        render(diagnostics, &Messages::new(language), style, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    const PLAIN: TerminalStyle = TerminalStyle { colour: false, width: 80 };

    #[test]
    fn samples_in_chinese() {
        insta::assert_snapshot!(rendered(&samples(), Language::ZhCn, PLAIN));
    }

    #[test]
    fn samples_in_english() {
        insta::assert_snapshot!(rendered(&samples(), Language::En, PLAIN));
    }

    #[test]
    fn colours_surround_the_same_text() {
        let painted =
            rendered(&samples(), Language::ZhCn, TerminalStyle { colour: true, width: 80 });
        let first: String = painted.lines().take(4).collect::<Vec<_>>().join("\n");
        insta::assert_snapshot!(first.replace('\x1b', "ESC"));
        let mut plain = String::new();
        for (index, part) in painted.split("\x1b[").enumerate() {
            plain += if index == 0 { part } else { part.split_once('m').unwrap().1 };
        }
        assert_eq!(plain, rendered(&samples(), Language::ZhCn, PLAIN));
    }

    #[test]
    fn what_says_the_same_is_shown_once() {
        let text = Text { path: SitePath::new("a.yaml"), content: "a\n".repeat(60) };
        let at = |line: usize| text.locate(Span::new(2 * line - 2, 2 * line - 1));
        let tab = |line: usize| Diagnostic::error(Code::Tab, at(line)).help("spaces");
        let shown = |found: &[Diagnostic]| rendered(found, Language::ZhCn, PLAIN);
        let other = SitePath::new("b.yaml");
        let elsewhere = Location { file: other, ..at(9) };
        let found = [
            tab(1),
            tab(3),
            Diagnostic::error(Code::Tab, at(4)),
            tab(5),
            tab(5),
            Diagnostic { severity: Severity::Warning, ..tab(6) },
            Diagnostic { location: elsewhere, ..tab(7) },
        ];
        let shown_some = shown(&found);
        assert_eq!(shown_some.matches("[tab]").count(), 4, "{shown_some}");
        let note = "  | ^\n说明：这个文件里还有 3 处一样的，在第 3、5 行\n建议：";
        assert!(shown_some.contains(note), "{shown_some}");
        let many: Vec<_> = (1..=60).map(tab).collect();
        let note = "说明：这个文件里还有 59 处一样的，在第 2、3、";
        assert!(shown(&many).contains(note) && shown(&many).contains("、21 行等处\n"));
    }

    /// What stands above the underline on a terminal.
    fn underlined(line: &str, marked: &str, width: usize) -> String {
        let text = Text { path: SitePath::new("a.yaml"), content: line.to_owned() };
        let start = line.find(marked).unwrap();
        let location = text.locate(Span::new(start, start + marked.len()));
        let diagnostic = Diagnostic::error(Code::Tab, location);
        let shown = rendered(&[diagnostic], Language::En, TerminalStyle { colour: false, width });
        let lines: Vec<_> = shown.lines().collect();
        let first = lines[3].find('^').unwrap();
        let mut column = 0;
        let above = |ch: &char| {
            let is_above = (first..lines[3].len()).contains(&column);
            column += ch.width().unwrap_or(0);
            is_above
        };
        assert!(lines[2].width() <= width, "{}", lines[2]);
        lines[2].chars().filter(above).collect()
    }

    #[test]
    fn underlines_stand_below_their_place() {
        for (line, marked) in [
            ("phnoe: 0431", "phnoe"),
            ("电　话： ０４３１", "０４３１"),
            ("- 姓名: 王秀兰 # 一心社区", "王秀兰"),
            ("“一核引领”——突出", "突出"),
            ("e\u{301}te\u{301}: x", "x"),
            ("주소: 창춘시", "창춘시"),
            ("🚒 出警: 三次", "三次"),
        ] {
            assert_eq!(underlined(line, marked, 80), marked);
        }
        assert_eq!(underlined("\t\tdate: 3", "\t\t", 80), "  ");
    }

    #[test]
    fn long_lines_are_cut_around_the_place() {
        let far = format!("{}王秀兰{}", "社区、".repeat(2000), "街道".repeat(2000));
        assert_eq!(underlined(&far, "王秀兰", 80), "王秀兰");
        let long = format!("一{}二", "很长".repeat(2000));
        assert_eq!(underlined(&long, &long[3..], 60).chars().last(), Some('…'));
    }

    #[test]
    fn nothing_steers_the_terminal() {
        let line = "name: \x1b[31m红\x07\u{202e}\u{9b}\r王";
        let text = Text { path: SitePath::new("a\x1b.yaml"), content: line.to_owned() };
        let diagnostic = Diagnostic::error(Code::UnknownField, text.locate(Span::new(6, 7)))
            .arg("field", "a\x1b[2J\nb")
            .help("near")
            .arg("near", "\u{202e}x");
        let shown = rendered(&[diagnostic], Language::ZhCn, PLAIN);
        assert!(!shown.chars().any(|it| it != '\n' && (it.is_control() || it == '\u{202e}')));
    }

    #[test]
    fn any_range_of_any_line_is_shown() {
        let lines = ["", "☎️☎️☎️\t\u{feff}👨‍👩‍👧e\u{301}", &"长a\u{fe0f}☎️".repeat(30)];
        for line in lines {
            for (start, end, lines) in
                (0..50).flat_map(|a| (0..50).flat_map(move |b| (0..3).map(move |c| (a, b, c))))
            {
                let position = |line, column| super::super::Position { line, column };
                let range = Range { start: position(1, start), end: position(lines, end) };
                let text = (*line).to_owned();
                cut(&Quote { text, column: 1 }, range, 36);
                last_line(range);
            }
        }
    }
}
