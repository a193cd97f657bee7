//! What a file says: its text, where each part of it stands in the file, and what readers of the
//! file do not see at once.

use std::ops::Range;

use crate::attachment::Opaque;

/// The text of a file, ready to be searched. Rows of tables are lines of cells between `|`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Contents {
    /// All of it.
    pub text: String,
    /// Where the parts begin in it, in bytes, in order, and what each is.
    passages: Vec<(usize, Passage)>,
    /// What readers do not see at once, each once.
    pub traces: Vec<Trace>,
}

/// A part of a file, as a person finds it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Passage {
    /// A cell of a sheet: the sheet's name, and the cell's address, `B3`.
    Cell(String, String),
    /// A paragraph or row of a document, counted from one.
    Paragraph(usize),
    /// A slide, counted from one.
    Slide(usize),
    /// A line of a text file, counted from one.
    Line(usize),
    /// A comment on something.
    Comment,
    /// What stands at the head or foot of pages, or in notes.
    Margin,
    /// What stands in charts, text boxes, properties and the like.
    Elsewhere,
}

impl Passage {
    /// What people call it, in a language of the program.
    pub fn in_words(&self, language: &str) -> String {
        let zh = language.starts_with("zh");
        match self {
            Self::Cell(sheet, cell) if zh => format!("工作表“{sheet}”的 {cell}"),
            Self::Cell(sheet, cell) => format!("cell {cell} of sheet `{sheet}`"),
            Self::Paragraph(number) if zh => format!("第 {number} 段"),
            Self::Paragraph(number) => format!("paragraph {number}"),
            Self::Slide(number) if zh => format!("第 {number} 张幻灯片"),
            Self::Slide(number) => format!("slide {number}"),
            Self::Line(number) if zh => format!("第 {number} 行"),
            Self::Line(number) => format!("line {number}"),
            Self::Comment if zh => "批注".to_owned(),
            Self::Comment => "a comment".to_owned(),
            Self::Margin if zh => "页眉、页脚或者备注".to_owned(),
            Self::Margin => "a header, footer or note".to_owned(),
            Self::Elsewhere if zh => "图表、文本框、属性这些地方".to_owned(),
            Self::Elsewhere => "a chart, text box, property or the like".to_owned(),
        }
    }
}

/// Something in a file that readers do not see at once, but may find.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Trace {
    /// A hidden sheet with data, by its name.
    Sheet(String),
    /// Hidden rows with data, in the sheet of that name.
    Rows(String),
    /// Hidden columns with data, in the sheet of that name.
    Columns(String),
    /// Text that is not shown.
    Text,
    /// A hidden slide, counted from one.
    Slide(usize),
    /// Comments.
    Comments,
    /// Changes that were tracked: what was deleted is still there.
    Changes,
    /// Who wrote it.
    Author(String),
}

impl Trace {
    /// What messages call it, and the name that it has.
    pub fn in_words(&self) -> (&'static str, String) {
        match self {
            Self::Sheet(name) => ("sheet", name.clone()),
            Self::Rows(name) => ("rows", name.clone()),
            Self::Columns(name) => ("columns", name.clone()),
            Self::Text => ("text", String::new()),
            Self::Slide(number) => ("slide", number.to_string()),
            Self::Comments => ("comments", String::new()),
            Self::Changes => ("changes", String::new()),
            // Messages are read by others: a name is not told whole.
            Self::Author(name) => {
                let first = name.chars().next().map(String::from).unwrap_or_default();
                ("author", format!("{first}**"))
            }
        }
    }
}

impl Contents {
    /// The part in which a byte of the text stands.
    pub fn passage(&self, byte: usize) -> Option<&Passage> {
        let after = self.passages.partition_point(|(start, _)| *start <= byte);
        Some(&self.passages[after.checked_sub(1)?].1)
    }

    /// All of the text.
    pub fn whole(&self) -> Range<usize> {
        0..self.text.len()
    }
}

/// The most bytes of text that a file says, with the names of its parts. More is not read by anybody,
/// and a few kilobytes can repeat to any length.
const MOST: usize = 48 << 20;

/// Writes contents, part by part, up to [`MOST`] bytes.
#[derive(Debug, Default)]
pub(super) struct Writer(Contents, usize);

impl Writer {
    /// Begins a part. What is written from here on stands in it.
    pub(super) fn begin(&mut self, passage: Passage) {
        let names = match &passage {
            Passage::Cell(sheet, cell) => sheet.len() + cell.len(),
            _ => 0,
        };
        self.1 += names + size_of::<(usize, Passage)>();
        if self.1 <= MOST {
            self.0.passages.push((self.0.text.len(), passage));
        }
    }

    /// Adds text as it is.
    pub(super) fn text(&mut self, text: &str) {
        self.1 += text.len();
        if self.1 <= MOST {
            self.0.text.push_str(text);
        }
    }

    /// Adds the text of a cell, which has to stay on its line and between its lines.
    pub(super) fn cell(&mut self, text: &str) {
        let is_apart = |it: char| matches!(it, '\n' | '\r' | '|');
        self.1 += text.len();
        if self.1 > MOST {
            return;
        }
        self.0.text.extend(text.chars().map(|it| if is_apart(it) { ' ' } else { it }));
    }

    /// Ends a line, unless it is empty.
    pub(super) fn end_line(&mut self) {
        if !self.0.text.is_empty() && !self.0.text.ends_with('\n') {
            self.0.text.push('\n');
        }
    }

    /// Notes something that is not seen at once.
    pub(super) fn trace(&mut self, trace: Trace) {
        if !self.0.traces.contains(&trace) {
            self.0.traces.push(trace);
        }
    }

    /// How many characters were written that are no blanks or lines of tables; `most` if there are
    /// more.
    pub(super) fn count(&self, most: usize) -> usize {
        let is_word = |it: &char| !it.is_whitespace() && !matches!(it, '|' | '-' | '#');
        self.0.text.chars().filter(is_word).take(most).count()
    }

    /// All of it, unless it is too much.
    pub(super) fn finish(self) -> Result<Contents, Opaque> {
        if self.1 > MOST { Err(Opaque::TooMuch) } else { Ok(self.0) }
    }
}
