//! Workbooks of Excel, WPS and `LibreOffice`, as the texts that tables are read from.
//!
//! A sheet is made a [`Text`] in the form of CSV, line by line as its rows are (`grid.rs`), whose path
//! names the sheet: `content/a/台账.xlsx#巡防`. So whatever is done with a table saved as CSV is done
//! with a sheet as well, by the same code: titles above it, totals, units, places of mistakes, what
//! of a line is shown in a message, and the search for personal data.
//!
//! ```text
//! bytes ──▶ xlsx, ods ──▶ grid ──▶ Text ──▶ source::csv
//!               │ format: numbers as people read them
//! ```
//!
//! Which sheet of several holds the records is decided by its name, which [`of_collection`] is
//! given. A sheet that is hidden, or called after no collection but 说明, is passed over.
//!
//! What a workbook unfolds to has bounds, in `package/archive.rs` and `grid.rs`, and so has the
//! number of its sheets. Readers of our own, since that of `calamine` makes every sheet a rectangle
//! in memory, which two cells can make as large as any memory is; knows nothing of hidden rows; and
//! switches another compression on in `zip`, which all of the output would then be compressed with.

mod format;
mod grid;
mod names;
mod ods;
mod xlsx;

use std::{collections::HashMap, io};

use memchr::memmem;

use self::{
    grid::{Grid, Written},
    names::SheetName,
    ods::Ods,
    xlsx::Xlsx,
};
use crate::{
    diagnostic::{Cell, Checked, Code, Diagnostic, Location},
    package::{BrokenPackage, archive::Archive},
    source::{MAX_FILE, SitePath, Text, World, folder::unreadable, guard, refused},
};

/// The most sheets of a workbook.
const MOST_SHEETS: usize = 256;

/// The most names of sheets that a message lists.
const MOST_NAMED: usize = 12;

/// A sheet that holds records.
#[derive(Debug)]
pub(crate) struct Sheet {
    /// Its rows, each as a line.
    pub(crate) text: Text,
    /// The cells that a merged cell above covers, by their first bytes, in order.
    pub(crate) covered: Vec<u32>,
    /// What the workbook says of itself, as a template does.
    pub(crate) properties: HashMap<String, String>,
}

/// The names of the sheets of a workbook that may hold records.
pub(crate) fn names(world: &dyn World, file: &SitePath) -> Checked<Vec<String>> {
    let opened = open(world, file, |workbook| {
        let names = workbook.names().iter().filter(|it| !it.is_passed_over());
        Ok(names.map(|it| it.name.clone()).collect())
    });
    match opened {
        Ok(names) => Checked::clean(names),
        Err(told) => Checked { value: Vec::new(), diagnostics: vec![*told] },
    }
}

/// What a workbook says of itself; nothing of one that cannot be read.
pub(crate) fn properties(world: &dyn World, file: &SitePath) -> HashMap<String, String> {
    let read = open(world, file, |workbook| {
        let properties = workbook.properties()?;
        Ok(properties)
    });
    read.unwrap_or_default()
}

/// The names of the sheets of a workbook as its bytes have them; none of what is no workbook.
pub(super) fn names_in(bytes: &[u8]) -> Vec<String> {
    let names = |workbook: &Workbook<'_>| {
        let names = workbook.names().iter().filter(|it| !it.is_passed_over());
        names.map(|it| it.name.clone()).collect()
    };
    Workbook::open(bytes).map(|it| names(&it)).unwrap_or_default()
}

/// The text of the sheet that a path names.
pub(super) fn text(world: &dyn World, path: &SitePath) -> Checked<Option<Text>> {
    let sheet = of_collection(world, path, &[]);
    Checked { value: sheet.value.map(|it| it.text), diagnostics: sheet.diagnostics }
}

/// The sheet that a path names, or else that of a workbook whose records are called one of
/// `called`: by the name of the sheet, or since it is the only one in which something is written.
pub(crate) fn of_collection(
    world: &dyn World,
    path: &SitePath,
    called: &[&str],
) -> Checked<Option<Sheet>> {
    let mut sink = Vec::new();
    let opened = open(world, &path.file(), |workbook| {
        let Some(index) = workbook.choose(path, called, &mut sink)? else { return Ok(None) };
        let path = path.with_sheet(&workbook.names()[index].name);
        let written = workbook.sheet(index)?.write()?;
        let properties = workbook.properties()?;
        left_out(&path, &written, &mut sink);
        let text = Text { path, content: written.content };
        Ok(Some(Sheet { text, covered: written.covered, properties }))
    });
    let value = match opened {
        Ok(Some(sheet)) if sheet.text.content.trim().is_empty() => {
            sink.push(refused::empty(&sheet.text.path));
            None
        }
        Ok(Some(sheet)) => {
            let hidden = guard::check(&sheet.text);
            let is_clean = hidden.is_empty();
            sink.extend(hidden);
            is_clean.then_some(sheet)
        }
        Ok(None) => None,
        Err(told) => {
            sink.push(*told);
            None
        }
    };
    Checked { value, diagnostics: sink }
}

/// Why a workbook is not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Unread {
    /// It breaks off, or is of no kind that its name says.
    Damaged,
    /// It is locked by a password.
    Password,
    /// It unfolds to more than any list has.
    TooMuch,
    /// It is of a kind that programs wrote before 2007.
    Old,
    /// It is a web page, as some systems export their lists.
    Page,
}

impl Unread {
    /// The word by which messages know it.
    fn name(self) -> &'static str {
        match self {
            Self::Damaged => "damaged",
            Self::Password => "password",
            Self::TooMuch => "too-much",
            Self::Old => "old",
            Self::Page => "page",
        }
    }
}

impl From<BrokenPackage> for Unread {
    fn from(broken: BrokenPackage) -> Self {
        match broken {
            BrokenPackage::Damaged => Self::Damaged,
            BrokenPackage::TooMuch => Self::TooMuch,
        }
    }
}

/// Opens a workbook and reads something of it, or returns why nobody can.
fn open<T>(
    world: &dyn World,
    file: &SitePath,
    read: impl FnOnce(&mut Workbook<'_>) -> Result<T, Unread>,
) -> Result<T, Box<Diagnostic>> {
    let bytes = world.read(file, MAX_FILE + 1);
    let bytes = bytes.map_err(|error: io::Error| Box::new(unreadable(file, &error)))?;
    if bytes.len() as u64 > MAX_FILE {
        return Err(Box::new(refused::too_large(file)));
    }
    let read = Workbook::open(&bytes).and_then(|mut workbook| read(&mut workbook));
    read.map_err(|why| {
        let place = Location::file(file.clone());
        let told = Diagnostic::error(Code::WorkbookUnreadable, place).arg("reason", why.name());
        Box::new(told.help(why.name()))
    })
}

/// A workbook of any kind.
enum Workbook<'b> {
    Xlsx(Box<Xlsx<'b>>),
    Ods(Ods),
}

impl<'b> Workbook<'b> {
    /// Opens one by what its bytes are; the end of its name says little.
    fn open(bytes: &'b [u8]) -> Result<Self, Unread> {
        if bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) {
            let locked: Vec<u8> =
                "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
            let is_locked = memmem::find(bytes, &locked).is_some();
            return Err(if is_locked { Unread::Password } else { Unread::Old });
        }
        let first = bytes.trim_ascii_start().get(..16).unwrap_or_default().to_ascii_lowercase();
        if [b"<html".as_slice(), b"<table", b"<!doctype", b"<?xml"]
            .iter()
            .any(|it| first.starts_with(it))
        {
            return Err(Unread::Page);
        }
        let mut archive = Archive::open(bytes)?;
        let workbook = if Xlsx::is_one(&archive) {
            Self::Xlsx(Box::new(Xlsx::open(archive)?))
        } else if Ods::is_one(&archive) {
            Self::Ods(Ods::open(&mut archive)?.ok_or(Unread::Password)?)
        } else {
            return Err(Unread::Damaged);
        };
        match workbook.names().len() {
            0 => Err(Unread::Damaged),
            1..=MOST_SHEETS => Ok(workbook),
            _ => Err(Unread::TooMuch),
        }
    }

    fn names(&self) -> &[SheetName] {
        match self {
            Self::Xlsx(workbook) => workbook.names(),
            Self::Ods(workbook) => workbook.names(),
        }
    }

    fn sheet(&mut self, index: usize) -> Result<Grid, Unread> {
        Ok(match self {
            Self::Xlsx(workbook) => workbook.sheet(index)?,
            Self::Ods(workbook) => workbook.sheet(index)?,
        })
    }

    fn properties(&mut self) -> Result<HashMap<String, String>, Unread> {
        Ok(match self {
            Self::Xlsx(workbook) => workbook.properties()?,
            Self::Ods(_) => HashMap::new(),
        })
    }

    /// The number of the sheet with the records. Nothing if nobody can tell which it is; then, and
    /// if others were left out in which something is written, that is told.
    fn choose(
        &mut self,
        path: &SitePath,
        called: &[&str],
        sink: &mut Vec<Diagnostic>,
    ) -> Result<Option<usize>, Unread> {
        let names = self.names();
        let wanted = path.sheet();
        let is_wanted = |it: &SheetName| match wanted {
            Some(wanted) => path.with_sheet(&it.name).sheet() == Some(wanted),
            None => called.iter().any(|name| it.is_called(name)),
        };
        let named = names.iter().position(is_wanted);
        if wanted.is_some() {
            return named.map(Some).ok_or(Unread::Damaged);
        }
        let others = names.iter().enumerate().filter(|(_, it)| !it.is_passed_over());
        let others: Vec<usize> = others.map(|(index, _)| index).collect();
        if named.is_none() && others.len() < 2 {
            return Ok(Some(others.first().copied().unwrap_or(0)));
        }
        let mut filled = Vec::new();
        for index in others.into_iter().filter(|it| Some(*it) != named) {
            if !self.sheet(index)?.is_empty() {
                filled.push(index);
            }
        }
        let listed = |filled: &[usize]| {
            let names = filled.iter().take(MOST_NAMED).map(|it| self.names()[*it].name.as_str());
            names.collect::<Vec<_>>().join("、")
        };
        let place = || Location::file(path.clone());
        Ok(match (named, filled.as_slice()) {
            (None, []) => Some(0),
            (None, [only]) => Some(*only),
            (None, _) => {
                let told = Diagnostic::error(Code::WorkbookSheets, place());
                let told = told.arg("kind", "several").arg("names", listed(&filled));
                sink.push(told.arg("name", called.last().copied().unwrap_or("")).help("several"));
                None
            }
            (Some(named), []) => Some(named),
            (Some(named), _) => {
                let told = Diagnostic::warning(Code::CsvLeftOut, place());
                sink.push(told.arg("what", "sheets").arg("names", listed(&filled)).help("sheets"));
                Some(named)
            }
        })
    }
}

/// Tells of what is hidden in a sheet, at the first of it.
fn left_out(path: &SitePath, written: &Written, sink: &mut Vec<Diagnostic>) {
    let mut told = |what: &'static str, count: usize, row: u32, column: u32| {
        let cell = Cell { row: row as usize, column: column as usize - 1 };
        let told = Diagnostic::warning(Code::CsvLeftOut, Location::cell(path.clone(), cell));
        sink.push(told.arg("what", what).arg("names", count.to_string()).help("hidden"));
    };
    if let Some((count, row)) = written.hidden_rows {
        told("hidden-rows", count, row, 1);
    }
    if let Some((count, column)) = written.hidden_columns {
        told("hidden-columns", count, 1, column);
    }
}
