//! Workbooks of `LibreOffice` and others (`.ods`).
//!
//! Days and times are spelt out in them, beside what a cell shows. Cells and rows that are the same
//! are written once, with how often; at the end of a sheet that is how often nothing follows.

use std::collections::HashSet;

use quick_xml::events::BytesStart;

use crate::{
    package::{
        BrokenPackage,
        archive::Archive,
        markup::{Piece, attribute, walk},
    },
    source::workbook::{
        format::{Epoch, NumberFormat},
        grid::Grid,
        names::SheetName,
    },
};

/// The most cells or rows for which one stands that says something.
const MOST_REPEATED: u32 = 4096;

/// A workbook whose sheets are known by name.
pub(super) struct Ods {
    xml: String,
    names: Vec<SheetName>,
}

impl Ods {
    /// The archive is one of a workbook.
    pub(super) fn is_one(archive: &Archive<'_>) -> bool {
        archive.has("content.xml")
    }

    /// Reads which sheets there are. Nothing if it is locked by a password.
    pub(super) fn open(archive: &mut Archive<'_>) -> Result<Option<Self>, BrokenPackage> {
        let manifest = archive.text("META-INF/manifest.xml")?.unwrap_or_default();
        if manifest.contains("encryption-data") {
            return Ok(None);
        }
        let xml = archive.required("content.xml")?;
        let (mut names, mut style, mut depth) = (Vec::new(), String::new(), 0_usize);
        let mut hidden = HashSet::new();
        walk(&xml, |piece| match piece {
            Piece::Open("style", tag) => style = attribute(tag, "name").unwrap_or_default(),
            Piece::Open("table-properties", tag)
                if attribute(tag, "display").is_some_and(|it| it == "false") =>
            {
                hidden.insert(style.clone());
            }
            Piece::Open("table", tag) => {
                depth += 1;
                if depth == 1 {
                    let text = |name| attribute(tag, name).unwrap_or_default();
                    let is_hidden = hidden.contains(&text("style-name"));
                    names.push(SheetName { name: text("name"), is_hidden });
                }
            }
            Piece::Close("table") => depth = depth.saturating_sub(1),
            _ => {}
        })?;
        Ok(Some(Self { xml, names }))
    }

    /// The sheets, in order.
    pub(super) fn names(&self) -> &[SheetName] {
        &self.names
    }

    /// Reads the cells of a sheet, by its number.
    pub(super) fn sheet(&self, index: usize) -> Result<Grid, BrokenPackage> {
        let mut reader = SheetReader { wanted: index + 1, ..SheetReader::default() };
        walk(&self.xml, |piece| reader.take(&piece))?;
        match reader.broken {
            Some(broken) => Err(broken),
            None => Ok(reader.grid),
        }
    }
}

/// Where in the sheets the reading is.
#[derive(Default)]
struct SheetReader {
    /// The number of the sheet that is wanted, from one.
    wanted: usize,
    /// How many sheets began.
    sheets: usize,
    /// How many tables are open, one in the other.
    depth: usize,
    grid: Grid,
    broken: Option<BrokenPackage>,
    row: u32,
    column: u32,
    /// For how many rows, and how many cells, one stands.
    repeated: (u32, u32),
    next_column: u32,
    /// What the cells of the row say, until it is known how often.
    cells: Vec<(u32, u32, String)>,
    /// What a cell says that is spelt out.
    value: Option<String>,
    shown: String,
    /// How many paragraphs are open, one in the other; those of comments are none.
    open: usize,
    in_comment: bool,
}

impl SheetReader {
    fn take(&mut self, piece: &Piece<'_>) {
        match piece {
            Piece::Open("table", _) => {
                self.depth += 1;
                if self.depth == 1 {
                    self.sheets += 1;
                    (self.row, self.next_column) = (0, 0);
                }
            }
            Piece::Close("table") => self.depth = self.depth.saturating_sub(1),
            _ if self.sheets != self.wanted || self.depth != 1 || self.broken.is_some() => {}
            Piece::Open("table-column", tag) => {
                let first = self.next_column.saturating_add(1);
                let count = number(tag, "number-columns-repeated");
                self.next_column = self.next_column.saturating_add(count);
                if is_hidden(tag) {
                    self.grid.hide_columns(first, self.next_column);
                }
            }
            Piece::Open("table-row", tag) => {
                self.row = self.row.saturating_add(1);
                self.column = 0;
                self.repeated.0 = number(tag, "number-rows-repeated");
                if is_hidden(tag) {
                    self.grid.hide_rows(self.row, self.row.saturating_add(self.repeated.0 - 1));
                }
            }
            Piece::Close("table-row") => self.end_row(),
            Piece::Open("table-cell" | "covered-table-cell", tag) => self.begin_cell(tag),
            Piece::Close("table-cell" | "covered-table-cell") => self.end_cell(),
            Piece::Open("annotation", _) => self.in_comment = true,
            Piece::Close("annotation") => self.in_comment = false,
            _ if self.in_comment => {}
            Piece::Open("p", _) => {
                if !self.shown.is_empty() {
                    self.shown.push('\n');
                }
                self.open += 1;
            }
            Piece::Close("p") => self.open = self.open.saturating_sub(1),
            Piece::Open("s" | "tab", _) => self.shown.push(' '),
            Piece::Open("line-break", _) => self.shown.push('\n'),
            Piece::Text(text) if self.open > 0 => self.shown.push_str(text),
            _ => {}
        }
    }

    fn begin_cell(&mut self, tag: &BytesStart<'_>) {
        let text = |name| attribute(tag, name).unwrap_or_default();
        self.column = self.column.saturating_add(1);
        self.repeated.1 = number(tag, "number-columns-repeated");
        self.shown.clear();
        self.value = match text("value-type").as_str() {
            "date" => Some(day(&text("date-value"))),
            "time" => time(&text("time-value")),
            "float" => Some(Epoch::default().said(&text("value"), NumberFormat::Plain)),
            "percentage" => Some(Epoch::default().said(&text("value"), NumberFormat::Percent)),
            "boolean" => Some(if text("boolean-value") == "true" { "是" } else { "否" }.to_owned()),
            _ => None,
        };
        let rows = number(tag, "number-rows-spanned");
        if rows > 1 && number(tag, "number-columns-spanned") == 1 {
            let last = self.row.saturating_add(rows - 1);
            self.grid.merge((self.row, self.column), (last, self.column));
        }
    }

    fn end_cell(&mut self) {
        let shown = std::mem::take(&mut self.shown);
        let said = match self.value.take() {
            // With zeros in front: it is a number of a kind that is not counted with.
            Some(value) if is_padded(&shown, &value) => shown,
            // A month or a year alone.
            Some(value) => month(&shown, &value).unwrap_or(value),
            None => shown,
        };
        let count = self.repeated.1;
        if !said.trim().is_empty() {
            self.cells.push((self.column, count.min(MOST_REPEATED), said));
        }
        self.column = self.column.saturating_add(count - 1);
    }

    fn end_row(&mut self) {
        let rows = self.repeated.0;
        let cells = std::mem::take(&mut self.cells);
        if !cells.is_empty()
            && let Err(broken) = self.add(&cells, rows.min(MOST_REPEATED))
        {
            self.broken = Some(broken);
        }
        self.row = self.row.saturating_add(rows - 1);
    }

    /// Adds the cells of as many rows.
    fn add(&mut self, cells: &[(u32, u32, String)], rows: u32) -> Result<(), BrokenPackage> {
        for row in 0..rows {
            for (first, count, said) in cells {
                for column in 0..*count {
                    let at = (self.row.saturating_add(row), first.saturating_add(column));
                    self.grid.cell(at, said)?;
                }
            }
        }
        Ok(())
    }
}

/// A day, or day and time: `2026-03-05`, `2026-03-05T09:30:00`.
fn day(value: &str) -> String {
    let value = value.split('.').next().unwrap_or_default();
    match value.split_once('T') {
        Some((day, "00:00:00")) => day.to_owned(),
        Some((day, time)) => format!("{day} {}", time.strip_suffix(":00").unwrap_or(time)),
        None => value.to_owned(),
    }
}

/// A time: `PT09H30M00S`.
fn time(value: &str) -> Option<String> {
    let (hours, rest) = value.strip_prefix("PT")?.split_once('H')?;
    let (minutes, rest) = rest.split_once('M')?;
    let seconds = rest.split(['.', ',', 'S']).next().unwrap_or_default();
    let numbers = [hours, minutes, seconds].map(|it| it.parse::<u32>().ok());
    let [Some(hours), Some(minutes), Some(seconds)] = numbers else { return None };
    let end = if seconds == 0 { String::new() } else { format!(":{seconds:02}") };
    Some(format!("{hours:02}:{minutes:02}{end}"))
}

/// A cell shows its number with zeros in front.
fn is_padded(shown: &str, value: &str) -> bool {
    shown.len() > value.len() && shown.starts_with('0') && shown.trim_start_matches('0') == value
}

/// What a cell says that shows no more of a day than its month.
fn month(shown: &str, value: &str) -> Option<String> {
    let shows_month = shown.ends_with('月') && shown.contains('年');
    let is_day = value.len() == 10 && value.as_bytes()[4] == b'-' && value.is_ascii();
    (shows_month && is_day).then(|| value[..7].to_owned())
}

/// How often something is repeated, or how far it reaches.
fn number(tag: &BytesStart<'_>, name: &str) -> u32 {
    attribute(tag, name).and_then(|it| it.parse().ok()).map_or(1, |it: u32| it.clamp(1, 1 << 20))
}

/// A row or column that is not shown.
fn is_hidden(tag: &BytesStart<'_>) -> bool {
    attribute(tag, "visibility").is_some_and(|it| it == "collapse" || it == "filter")
}
