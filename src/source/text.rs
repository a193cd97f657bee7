//! A file's text, and places in it.

use crate::{
    diagnostic::{Location, Position, Quote, Range, Replacement},
    source::{
        SitePath,
        cell::{CellCounter, delimiter},
    },
};

/// How many bytes of a long line are quoted before a place, and twice as many from its beginning.
/// Data in one line of a megabyte would fill the terminal.
const QUOTED: usize = 1000;

/// A stretch of a file's text, in bytes from the beginning of the whole file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span {
    /// The first byte.
    pub start: u32,
    /// The byte after the last.
    pub end: u32,
}

impl Span {
    /// From byte to byte. Files are at most [`super::MAX_FILE`] long, so 32 bits hold every place.
    pub fn new(start: usize, end: usize) -> Self {
        let narrow = |it| u32::try_from(it).unwrap_or(u32::MAX);
        Self { start: narrow(start), end: narrow(end.max(start)) }
    }
}

/// A file's text, decoded, without a byte order mark.
#[derive(Debug, Clone)]
pub struct Text {
    /// The file, relative to the site.
    pub path: SitePath,
    /// All of it.
    pub content: String,
}

impl Text {
    /// The place of a span. A span that is no place of this text is moved to the nearest one. Lines
    /// end at `\n`; a `\r` before it is not quoted. It costs a pass over the text before the place;
    /// for many places there is a [`Locator`].
    pub fn locate(&self, span: Span) -> Location {
        self.locate_from(Mark::first(self), span)
    }

    /// A text in the place of a span within one line. Nothing if the span has a line end in it.
    pub fn replacement(&self, span: Span, with: &str) -> Option<Replacement> {
        let range = self.locate(span).range?;
        (range.start.line == range.end.line && !with.contains('\n'))
            .then(|| Replacement { range, text: with.to_owned() })
    }

    /// The same, counted from a place at or before the line of the span.
    fn locate_from(&self, mark: Mark, span: Span) -> Location {
        let start = self.boundary(span.start as usize);
        let end = self.boundary(span.end as usize).max(start);
        let line_start = self.content[..start].rfind('\n').map_or(0, |it| it + 1);
        let line_end = self.content[start..].find('\n').map_or(self.content.len(), |it| start + it);
        let (from, to) = (start.saturating_sub(QUOTED), start + 2 * QUOTED);
        let from = self.boundary(from.max(line_start));
        let line = self.content[from..self.boundary(to.min(line_end))].trim_end_matches('\r');
        let column = self.position(mark, line_start, from).column;
        let before = &self.content.as_bytes()[mark.byte..start];
        let cell = mark.cells.map(|cells| cells.after(before).cell);
        let start = self.position(mark, line_start, start);
        let end = match self.content[..end].rfind('\n') {
            Some(newline) if newline + 1 > line_start => self.position(mark, newline + 1, end),
            _ => self.position(mark, line_start, end),
        };
        Location {
            file: self.path.clone(),
            range: Some(Range { start, end }),
            quote: Some(Quote { text: line.to_owned(), column }),
            cell,
        }
    }

    /// The place at a line and column. One that the text does not have is moved to the nearest.
    pub fn at(&self, position: Position) -> Location {
        let lines = self.content.split_inclusive('\n').take(position.line as usize - 1);
        let line: usize = lines.map(str::len).sum();
        let characters = self.content[line..].chars().take(position.column as usize - 1);
        let start = line + characters.map(char::len_utf8).sum::<usize>();
        self.locate(Span::new(start, start))
    }

    /// The first line that is not blank. Of a text with nothing in it, an empty span at its end.
    pub fn first_line(&self) -> Span {
        let start = self.content.len() - self.content.trim_start().len();
        let line = self.content[start..].lines().next().unwrap_or_default();
        Span::new(start, start + line.trim_end().len())
    }

    /// The whole file as a place.
    pub fn whole(&self) -> Location {
        Location::file(self.path.clone())
    }

    /// The start of the character in which a byte lies; the end of the text for any byte behind it.
    fn boundary(&self, byte: usize) -> usize {
        let mut byte = byte.min(self.content.len());
        while !self.content.is_char_boundary(byte) {
            byte -= 1;
        }
        byte
    }

    /// Line and column, counted from 1, the column in characters. Costs a pass over the text from
    /// the mark, so it is only for diagnostics.
    fn position(&self, mark: Mark, line_start: usize, byte: usize) -> Position {
        let narrow = |it| u32::try_from(it).unwrap_or(u32::MAX);
        Position {
            line: narrow(mark.lines + newlines(&self.content[mark.byte..line_start]) + 1),
            column: narrow(self.content[line_start..byte].chars().count() + 1),
        }
    }
}

/// A line of a text, and what stands before it.
#[derive(Debug, Clone, Copy)]
struct Mark {
    /// Where the line begins.
    byte: usize,
    /// How many lines stand before it.
    lines: usize,
    /// Of a table, in which cell it begins.
    cells: Option<CellCounter>,
}

impl Mark {
    /// The first line.
    fn first(text: &Text) -> Self {
        let is_table = text.path.is_table();
        let cells = is_table.then(|| CellCounter::new(delimiter(&text.path, &text.content).0));
        Self { byte: 0, lines: 0, cells }
    }
}

/// Finds many places of a text in one pass, where [`Text::locate`] would begin at the top each time.
#[derive(Debug)]
pub struct Locator<'a> {
    text: &'a Text,
    mark: Mark,
}

impl<'a> Locator<'a> {
    /// Begins at the first line.
    pub fn new(text: &'a Text) -> Self {
        Self { text, mark: Mark::first(text) }
    }

    /// Goes on to the line of a byte. From now on places before it cost a pass each.
    pub fn go_to(&mut self, byte: usize) {
        let content = &self.text.content;
        let byte = self.text.boundary(byte);
        let start = content[..byte].rfind('\n').map_or(0, |it| it + 1);
        if start > self.mark.byte {
            let passed = &content[self.mark.byte..start];
            let cells = self.mark.cells.map(|cells| cells.after(passed.as_bytes()));
            self.mark = Mark { byte: start, lines: self.mark.lines + newlines(passed), cells };
        }
    }

    /// The place of a span, as [`Text::locate`] finds it.
    pub fn locate(&self, span: Span) -> Location {
        let is_behind = span.start as usize >= self.mark.byte;
        if is_behind { self.text.locate_from(self.mark, span) } else { self.text.locate(span) }
    }
}

/// How many lines end in a text.
fn newlines(text: &str) -> usize {
    text.bytes().filter(|byte| *byte == b'\n').count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(content: &str) -> Text {
        Text { path: SitePath::new("a.yaml"), content: content.to_owned() }
    }

    #[test]
    fn columns_count_characters() {
        let location = text("一\n日期: 明天\r\n").locate(Span::new(12, 18));
        let range = location.range.unwrap();
        assert_eq!((range.start.line, range.start.column), (2, 5));
        assert_eq!((range.end.line, range.end.column), (2, 7));
        assert_eq!(location.quote.unwrap().text, "日期: 明天");
    }

    #[test]
    fn a_place_is_found_again() {
        let text = text("一\n日期: 明天\n末");
        for start in [0, 3, 4, 12, 18, 20] {
            let location = text.locate(Span::new(start, start));
            assert_eq!(text.at(location.range.unwrap().start), location);
        }
        assert_eq!(text.at(Position { line: 9, column: 9 }).range.unwrap().start.line, 3);
    }

    #[test]
    fn places_are_the_same_in_one_pass() {
        for (path, content) in [
            ("a.csv", "甲,乙\n\"1\n,2\",3\n\n四,\"\"\"五\n\"\n"),
            ("a.md", "一\n日期: 明天\r\n\n末"),
        ] {
            let text = Text { path: SitePath::new(path), content: content.to_owned() };
            let mut locator = Locator::new(&text);
            for row in 0..=content.len() {
                locator.go_to(row);
                for start in 0..=content.len() {
                    let span = Span::new(start, start + 4);
                    assert_eq!(locator.locate(span), text.locate(span), "{row} {start}");
                }
            }
        }
    }

    #[test]
    fn of_long_lines_a_part_is_quoted() {
        let line = "很长".repeat(10_000);
        let location = text(&line).locate(Span::new(30_000, 60_000));
        assert_eq!(location.range.unwrap().start.column, 10_001);
        let quote = location.quote.unwrap();
        assert!(quote.text.len() <= 3 * QUOTED + 3 && line.contains(&quote.text));
        assert!((9_600..10_000).contains(&quote.column), "{}", quote.column);
    }

    #[test]
    fn any_span_is_a_place() {
        let text = text("一二\n三");
        for start in 0..20 {
            for end in 0..20 {
                text.locate(Span::new(start, end));
            }
        }
    }
}
