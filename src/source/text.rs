//! A file's text, and places in it.

use crate::{
    diagnostic::{Location, Position, Quote, Range},
    source::{SitePath, cell::cell},
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
    /// end at `\n`; a `\r` before it is not quoted. It costs a pass over the text before the place.
    pub fn locate(&self, span: Span) -> Location {
        let start = self.boundary(span.start as usize);
        let end = self.boundary(span.end as usize).max(start);
        let line_start = self.content[..start].rfind('\n').map_or(0, |it| it + 1);
        let line_end = self.content[start..].find('\n').map_or(self.content.len(), |it| start + it);
        let (from, to) = (start.saturating_sub(QUOTED), start + 2 * QUOTED);
        let from = self.boundary(from.max(line_start));
        let line = self.content[from..self.boundary(to.min(line_end))].trim_end_matches('\r');
        let column = self.position(line_start, from).column;
        let is_table = self.path.has_extension("csv");
        let cell = is_table.then(|| cell(&self.content, start));
        let start = self.position(line_start, start);
        let end = match self.content[..end].rfind('\n') {
            Some(newline) if newline + 1 > line_start => self.position(newline + 1, end),
            _ => self.position(line_start, end),
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

    /// Line and column, counted from 1, the column in characters. Costs a pass over the text
    /// before, so it is only for diagnostics.
    fn position(&self, line_start: usize, byte: usize) -> Position {
        let narrow = |it| u32::try_from(it).unwrap_or(u32::MAX);
        Position {
            line: narrow(self.content[..line_start].matches('\n').count() + 1),
            column: narrow(self.content[line_start..byte].chars().count() + 1),
        }
    }
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
