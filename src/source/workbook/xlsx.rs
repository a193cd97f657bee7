//! Workbooks of Excel and WPS (`.xlsx`).
//!
//! | file in the archive | has |
//! | --- | --- |
//! | `xl/workbook.xml` | the names of sheets, and from which day days count |
//! | `xl/_rels/workbook.xml.rels` | the file of each sheet |
//! | `xl/styles.xml` | which cells show days |
//! | `xl/sharedStrings.xml` | texts, which cells name by their numbers |
//! | `xl/worksheets/sheet1.xml` | cells, merged cells, what is hidden |
//! | `docProps/custom.xml` | what a template says of itself |

use std::{borrow::Cow, collections::HashMap};

use quick_xml::events::BytesStart;

use crate::{
    package::{
        BrokenPackage,
        archive::Archive,
        markup::{Piece, attribute, is_on, walk},
        relations::sheet_files,
    },
    source::workbook::{
        format::{Epoch, NumberFormat},
        grid::Grid,
        names::SheetName,
    },
};

/// What a cell says whose formula nobody has calculated.
const NOT_CALCULATED: &str = "#CALC!";

/// A workbook whose sheets are known by name.
pub(super) struct Xlsx<'b> {
    archive: Archive<'b>,
    names: Vec<SheetName>,
    /// The file of each sheet.
    files: Vec<Option<String>>,
    epoch: Epoch,
}

impl<'b> Xlsx<'b> {
    /// The archive is one of a workbook.
    pub(super) fn is_one(archive: &Archive<'_>) -> bool {
        archive.has("xl/workbook.xml")
    }

    /// Reads which sheets there are.
    pub(super) fn open(mut archive: Archive<'b>) -> Result<Self, BrokenPackage> {
        let workbook = archive.required("xl/workbook.xml")?;
        let targets = sheet_files(&mut archive)?;
        let (mut names, mut files) = (Vec::new(), Vec::new());
        let mut epoch = Epoch::default();
        walk(&workbook, |piece| match piece {
            Piece::Open("workbookPr", tag) => epoch.is_1904 = is_on(tag, "date1904"),
            Piece::Open("sheet", tag) => {
                let text = |name| attribute(tag, name).unwrap_or_default();
                let is_hidden = text("state").to_ascii_lowercase().contains("hidden");
                names.push(SheetName { name: text("name"), is_hidden });
                files.push(targets.get(&text("id")).cloned());
            }
            _ => {}
        })?;
        Ok(Self { archive, names, files, epoch })
    }

    /// The sheets, in order.
    pub(super) fn names(&self) -> &[SheetName] {
        &self.names
    }

    /// What the workbook says of itself: values by the names of its own properties.
    pub(super) fn properties(&mut self) -> Result<HashMap<String, String>, BrokenPackage> {
        let xml = self.archive.text("docProps/custom.xml")?.unwrap_or_default();
        let (mut properties, mut name) = (HashMap::new(), String::new());
        walk(&xml, |piece| match piece {
            Piece::Open("property", tag) => name = attribute(tag, "name").unwrap_or_default(),
            Piece::Close("property") => name.clear(),
            Piece::Text(text) if !name.is_empty() => {
                properties.entry(name.clone()).or_insert_with(String::new).push_str(text.trim());
            }
            _ => {}
        })?;
        Ok(properties)
    }

    /// Reads the cells of a sheet, by its number.
    pub(super) fn sheet(&mut self, index: usize) -> Result<Grid, BrokenPackage> {
        let file = self.files.get(index).and_then(Option::as_ref).ok_or(BrokenPackage::Damaged)?;
        let xml = self.archive.required(file)?;
        let shared = match self.archive.text("xl/sharedStrings.xml")? {
            Some(xml) => shared_texts(&xml)?,
            None => Vec::new(),
        };
        let formats = match self.archive.text("xl/styles.xml")? {
            Some(xml) => formats(&xml)?,
            None => Vec::new(),
        };
        let mut reader = SheetReader {
            shared: &shared,
            formats: &formats,
            epoch: self.epoch,
            grid: Grid::default(),
            broken: None,
            at: (0, 0),
            cell: Cell::default(),
            is_formula: None,
        };
        walk(&xml, |piece| reader.take(&piece))?;
        match reader.broken {
            Some(broken) => Err(broken),
            None => Ok(reader.grid),
        }
    }
}

/// The texts that cells name by their numbers. How Chinese is pronounced is no part of them.
fn shared_texts(xml: &str) -> Result<Vec<String>, BrokenPackage> {
    let (mut texts, mut text) = (Vec::new(), String::new());
    let (mut is_text, mut is_sound) = (false, false);
    walk(xml, |piece| match piece {
        Piece::Open("t", _) => is_text = !is_sound,
        Piece::Close("t") => is_text = false,
        Piece::Open("rPh", _) => is_sound = true,
        Piece::Close("rPh") => is_sound = false,
        Piece::Text(part) if is_text => text.push_str(part),
        Piece::Close("si") => texts.push(std::mem::take(&mut text)),
        _ => {}
    })?;
    Ok(texts)
}

/// How cells show numbers, by the numbers of their styles.
fn formats(xml: &str) -> Result<Vec<NumberFormat>, BrokenPackage> {
    let mut own: HashMap<u32, NumberFormat> = HashMap::new();
    let (mut formats, mut is_cells) = (Vec::new(), false);
    let number = |tag: &BytesStart<'_>| attribute(tag, "numFmtId").and_then(|it| it.parse().ok());
    walk(xml, |piece| match piece {
        Piece::Open("numFmt", tag) => {
            if let (Some(id), Some(code)) = (number(tag), attribute(tag, "formatCode")) {
                own.insert(id, NumberFormat::of(&code));
            }
        }
        Piece::Open("cellXfs", _) => is_cells = true,
        Piece::Close("cellXfs") => is_cells = false,
        Piece::Open("xf", tag) if is_cells => {
            let id: u32 = number(tag).unwrap_or(0);
            let built_in = || NumberFormat::built_in(id);
            formats.push(own.get(&id).copied().unwrap_or_else(built_in));
        }
        _ => {}
    })?;
    Ok(formats)
}

/// Where in a sheet the reading is.
struct SheetReader<'s> {
    shared: &'s [String],
    formats: &'s [NumberFormat],
    epoch: Epoch,
    grid: Grid,
    broken: Option<BrokenPackage>,
    /// The row and column, counted from one.
    at: (u32, u32),
    cell: Cell,
    /// Text that follows is the formula of the cell, or its value.
    is_formula: Option<bool>,
}

/// A cell as it is written.
#[derive(Default)]
struct Cell {
    kind: Kind,
    style: usize,
    value: String,
    has_formula: bool,
}

/// What the value of a cell is.
#[derive(Default, Clone, Copy, PartialEq)]
enum Kind {
    #[default]
    Number,
    /// The number of a text.
    Shared,
    Text,
    Boolean,
    /// A day, spelt out.
    Day,
}

impl SheetReader<'_> {
    fn take(&mut self, piece: &Piece<'_>) {
        match piece {
            Piece::Open("c", tag) => self.begin_cell(tag),
            Piece::Open("v" | "t", _) => self.is_formula = Some(false),
            Piece::Open("f", _) => {
                self.is_formula = Some(true);
                self.cell.has_formula = true;
            }
            Piece::Close("v" | "t" | "f") => self.is_formula = None,
            Piece::Text(text) if self.is_formula == Some(false) => self.cell.value.push_str(text),
            Piece::Close("c") => self.end_cell(),
            Piece::Open("row", tag) => {
                let row = attribute(tag, "r").and_then(|it| it.parse().ok());
                self.at = (row.unwrap_or(self.at.0.saturating_add(1)), 0);
                if is_on(tag, "hidden") {
                    self.grid.hide_rows(self.at.0, self.at.0);
                }
            }
            Piece::Open("col", tag) if is_on(tag, "hidden") => {
                let number = |name| attribute(tag, name)?.parse().ok();
                self.grid.hide_columns(number("min").unwrap_or(1), number("max").unwrap_or(0));
            }
            Piece::Open("mergeCell", tag) => {
                let range = attribute(tag, "ref").unwrap_or_default();
                if let Some((first, last)) = range.split_once(':')
                    && let (Some(first), Some(last)) = (place(first), place(last))
                {
                    self.grid.merge(first, last);
                }
            }
            _ => {}
        }
    }

    /// Some programs leave addresses out: each cell then follows the one before.
    fn begin_cell(&mut self, tag: &BytesStart<'_>) {
        self.cell.value.clear();
        self.cell = Cell { value: std::mem::take(&mut self.cell.value), ..Cell::default() };
        self.at.1 = self.at.1.saturating_add(1);
        for attribute in tag.attributes().with_checks(false).flatten() {
            let value: &str = &attribute.value;
            match attribute.key.local_name().as_ref() {
                "r" => self.at = place(value).unwrap_or(self.at),
                "s" => self.cell.style = value.parse().unwrap_or(0),
                "t" => {
                    self.cell.kind = match value {
                        "s" => Kind::Shared,
                        "str" | "inlineStr" | "e" => Kind::Text,
                        "b" => Kind::Boolean,
                        "d" => Kind::Day,
                        _ => Kind::Number,
                    };
                }
                _ => {}
            }
        }
    }

    fn end_cell(&mut self) {
        let Cell { kind, style, value, has_formula } = &self.cell;
        let format = || self.formats.get(*style).copied().unwrap_or_default();
        let said: Cow<'_, str> = match kind {
            Kind::Number if value.is_empty() && *has_formula => NOT_CALCULATED.into(),
            Kind::Number if value.is_empty() => return,
            Kind::Number => self.epoch.said(value, format()).into(),
            Kind::Shared => {
                let text = value.trim().parse().ok().and_then(|it: usize| self.shared.get(it));
                text.map_or(Cow::Borrowed(""), |it| without_escapes(it))
            }
            Kind::Text => without_escapes(value),
            Kind::Boolean => if value.trim() == "1" { "是" } else { "否" }.into(),
            Kind::Day => {
                let day = value.trim_end_matches("T00:00:00").trim_end_matches("T00:00:00.000");
                day.replace('T', " ").into()
            }
        };
        if let Err(broken) = self.grid.cell(self.at, &said) {
            self.broken = Some(broken);
        }
    }
}

/// A text in which `_x000D_` is a line end of Windows, which is none here, and `_x005F_` a line below.
fn without_escapes(text: &str) -> Cow<'_, str> {
    if !text.contains("_x") {
        return text.into();
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("_x") {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let code = rest.get(2..6).filter(|_| rest.as_bytes().get(6) == Some(&b'_'));
        let sign = match code.map(str::to_ascii_uppercase).as_deref() {
            Some("000D") => "",
            Some("000A") => "\n",
            Some("0009") => " ",
            Some("005F") => "_",
            _ => {
                out.push_str("_x");
                rest = &rest[2..];
                continue;
            }
        };
        out.push_str(sign);
        rest = &rest[7..];
    }
    out.push_str(rest);
    out.into()
}

/// The row and column of an address: `B7` is (7, 2).
pub(super) fn place(address: &str) -> Option<(u32, u32)> {
    let letters = address.bytes().take_while(u8::is_ascii_alphabetic).count();
    let (column, row) = address.split_at(letters);
    let column = column.bytes().try_fold(0_u32, |column, letter| {
        let letter = u32::from(letter.to_ascii_uppercase() - b'A') + 1;
        column.checked_mul(26)?.checked_add(letter)
    })?;
    let row = row.parse().ok()?;
    (column > 0).then_some((row, column))
}
