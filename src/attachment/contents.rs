//! What a file says: its text, where each part of it stands in the file, and what readers of the
//! file do not see at once.

use std::{collections::HashSet, ops::Range};

use crate::attachment::Opaque;

/// The text of a file, ready to be searched. The first line is what the file is called; rows of
/// tables are lines of cells between `|`, under a heading that is the name of their sheet.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Contents {
    /// All of it.
    pub text: String,
    /// Where in it the name of the file stands.
    pub title: Range<usize>,
    /// Where the parts begin in it, in bytes, in order, and what each is.
    passages: Vec<(usize, Passage)>,
    /// What readers do not see at once, each once.
    pub traces: Vec<Trace>,
    /// What its sheets are called, by their numbers; empty if it must not be told.
    sheets: Vec<String>,
}

/// A part of a file, as a person finds it. Sheets are counted from zero.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Passage {
    /// The name of the file.
    FileName,
    /// The name of a sheet.
    SheetName(usize),
    /// A cell of a sheet, and the cell's address, `B3`.
    Cell(usize, String),
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

/// Something in a file that readers do not see at once, but may find. Sheets are counted from zero.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Trace {
    /// A hidden sheet with data.
    Sheet(usize),
    /// Hidden rows with data, in a sheet.
    Rows(usize),
    /// Hidden columns with data, in a sheet.
    Columns(usize),
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
    /// What messages call its kind.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Sheet(_) => "sheet",
            Self::Rows(_) => "rows",
            Self::Columns(_) => "columns",
            Self::Text => "text",
            Self::Slide(_) => "slide",
            Self::Comments => "comments",
            Self::Changes => "changes",
            Self::Author(_) => "author",
        }
    }
}

impl Contents {
    /// The part in which a byte of the text stands.
    pub fn passage(&self, byte: usize) -> Option<&Passage> {
        let after = self.passages.partition_point(|(start, _)| *start <= byte);
        Some(&self.passages[after.checked_sub(1)?].1)
    }

    /// The text without the name of the file.
    pub fn body(&self) -> Range<usize> {
        self.title.end..self.text.len()
    }

    /// Has messages call sheets by their numbers whose names are such.
    pub fn hide_sheet_names(&mut self, is_private: impl Fn(&str) -> bool) {
        self.sheets.iter_mut().filter(|it| is_private(it)).for_each(String::clear);
    }

    /// Drops the text, once it was searched.
    pub fn forget_text(&mut self) {
        (self.text, self.passages) = (String::new(), Vec::new());
    }

    /// What people call a part, in a language of the program.
    pub fn in_words(&self, passage: &Passage, language: &str) -> String {
        let zh = language.starts_with("zh");
        match passage {
            Passage::FileName if zh => "文件的名字".to_owned(),
            Passage::FileName => "the file's name".to_owned(),
            Passage::SheetName(sheet) if zh => format!("{}的名字", self.sheet(*sheet, true)),
            Passage::SheetName(sheet) => format!("the name of {}", self.sheet(*sheet, false)),
            Passage::Cell(sheet, cell) if zh => format!("{}的 {cell}", self.sheet(*sheet, true)),
            Passage::Cell(sheet, cell) => format!("cell {cell} of {}", self.sheet(*sheet, false)),
            Passage::Paragraph(number) if zh => format!("第 {number} 段"),
            Passage::Paragraph(number) => format!("paragraph {number}"),
            Passage::Slide(number) if zh => format!("第 {number} 张幻灯片"),
            Passage::Slide(number) => format!("slide {number}"),
            Passage::Line(number) if zh => format!("第 {number} 行"),
            Passage::Line(number) => format!("line {number}"),
            Passage::Comment if zh => "批注".to_owned(),
            Passage::Comment => "a comment".to_owned(),
            Passage::Margin if zh => "页眉、页脚或者备注".to_owned(),
            Passage::Margin => "a header, footer or note".to_owned(),
            Passage::Elsewhere if zh => "图表、文本框、属性这些地方".to_owned(),
            Passage::Elsewhere => "a chart, text box, property or the like".to_owned(),
        }
    }

    /// What messages call what something unseen belongs to, in a language of the program: a sheet,
    /// a slide, a person.
    pub fn owner_in_words(&self, trace: &Trace, language: &str) -> String {
        match trace {
            Trace::Sheet(sheet) | Trace::Rows(sheet) | Trace::Columns(sheet) => {
                self.sheet(*sheet, language.starts_with("zh"))
            }
            Trace::Slide(number) => number.to_string(),
            // Messages are read by others: a name is not told whole.
            Trace::Author(name) => {
                let first = name.chars().next().map(String::from).unwrap_or_default();
                format!("{first}**")
            }
            Trace::Text | Trace::Comments | Trace::Changes => String::new(),
        }
    }

    /// What people call a sheet.
    fn sheet(&self, sheet: usize, zh: bool) -> String {
        match self.sheets.get(sheet).map_or("", |it| it) {
            "" if zh => format!("第 {} 个工作表", sheet + 1),
            "" => format!("sheet {}", sheet + 1),
            name if zh => format!("工作表“{name}”"),
            name => format!("sheet `{name}`"),
        }
    }
}

/// The most bytes of text that a file says, with the names of its parts. More is not read by anybody,
/// and a few kilobytes can repeat to any length.
const MOST: usize = 48 << 20;

/// Writes contents, part by part, up to [`MOST`] bytes.
#[derive(Debug, Default)]
pub(super) struct Writer {
    contents: Contents,
    /// How many bytes were written, or would be without a limit, with the names of parts.
    size: usize,
    /// How many characters are names of the file and its sheets.
    named: usize,
    traces: HashSet<Trace>,
}

impl Writer {
    /// Writes the contents of a file of that name.
    pub(super) fn new(name: &str) -> Self {
        let mut writer = Self::default();
        if !name.is_empty() {
            writer.begin(Passage::FileName);
            writer.cell(name);
            writer.contents.title = 0..writer.len();
            writer.end_line();
            writer.named = count(name).count();
        }
        writer
    }

    /// Begins a sheet, and returns its number. Its name is a heading of what is in it.
    pub(super) fn begin_sheet(&mut self, name: &str) -> usize {
        let sheet = self.add_sheet(name);
        self.end_line();
        self.begin(Passage::SheetName(sheet));
        self.text("## ");
        self.cell(name);
        self.end_line();
        self.named += count(name).count();
        sheet
    }

    /// A table with a name that is no heading, and its number.
    pub(super) fn add_sheet(&mut self, name: &str) -> usize {
        self.contents.sheets.push(name.to_owned());
        self.contents.sheets.len() - 1
    }

    /// Begins a part. What is written from here on stands in it.
    pub(super) fn begin(&mut self, passage: Passage) {
        let names = match &passage {
            Passage::Cell(_, cell) => cell.len(),
            _ => 0,
        };
        self.size += names + size_of::<(usize, Passage)>();
        if self.size <= MOST {
            self.contents.passages.push((self.len(), passage));
        }
    }

    /// Adds text as it is.
    pub(super) fn text(&mut self, text: &str) {
        self.size += text.len();
        if self.size <= MOST {
            self.contents.text.push_str(text);
        }
    }

    /// Adds the text of a cell, which has to stay on its line and between its lines.
    pub(super) fn cell(&mut self, text: &str) {
        let is_apart = |it: char| matches!(it, '\n' | '\r' | '|');
        self.size += text.len();
        if self.size > MOST {
            return;
        }
        self.contents.text.extend(text.chars().map(|it| if is_apart(it) { ' ' } else { it }));
    }

    /// Ends a line, unless it is empty.
    pub(super) fn end_line(&mut self) {
        if !self.contents.text.is_empty() && !self.contents.text.ends_with('\n') {
            self.contents.text.push('\n');
        }
    }

    /// Notes something that is not seen at once.
    pub(super) fn trace(&mut self, trace: Trace) {
        if !self.traces.contains(&trace) {
            self.traces.insert(trace.clone());
            self.contents.traces.push(trace);
        }
    }

    /// How many bytes of text were written.
    pub(super) fn len(&self) -> usize {
        self.contents.text.len()
    }

    /// A part of what was written.
    pub(super) fn text_of(&self, range: Range<usize>) -> &str {
        self.contents.text.get(range).unwrap_or_default()
    }

    /// The part in which a byte of what was written stands.
    pub(super) fn passage(&self, byte: usize) -> Option<&Passage> {
        self.contents.passage(byte)
    }

    /// How many characters were written that are no blanks or lines of tables, but for names of the
    /// file and of sheets; `most` if there are more.
    pub(super) fn count(&self, most: usize) -> usize {
        let most_of_all = most.saturating_add(self.named);
        count(&self.contents.text).take(most_of_all).count().saturating_sub(self.named)
    }

    /// All of it, unless it is too much.
    pub(super) fn finish(self) -> Result<Contents, Opaque> {
        if self.size > MOST { Err(Opaque::TooMuch) } else { Ok(self.contents) }
    }
}

/// The characters of a text that are no blanks or lines of tables.
fn count(text: &str) -> impl Iterator<Item = char> + '_ {
    text.chars().filter(|it| !it.is_whitespace() && !matches!(it, '|' | '-' | '#'))
}
