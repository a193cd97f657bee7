//! What makes a list of the table that another system exports: `imports/NAME.toml`.
//!
//! ```toml
//! list = "patrols"             # which list it is
//! sheet = "导出数据"            # of a workbook with several sheets
//!
//! [columns]                    # what the other system calls a column, and the field that it is
//! "巡查日期" = "date"
//! "班组编号" = "team"
//!
//! [values.team]                # what stands in its cells, and what that is called here
//! "01" = "红袖标"
//! ```
//!
//! With `files` such tables are content as well: `files = "巡查导出*.xlsx"` has every file of that name in
//! the folder of a place read as the records of the list (`decode/mappings.rs`). A star stands for
//! anything, a question mark for one character.
//!
//! A table is rewritten cell by cell, so every value stays in its row and column, and messages name the
//! cells of the file as it is. Columns that are neither mapped nor a field are left out, and told.

use std::collections::{BTreeMap, HashSet};

use csv::{ReaderBuilder, StringRecord, WriterBuilder};

use crate::{
    diagnostic::{Cell, Checked, Code, Diagnostic, Location},
    source::{
        IMPORTS, SitePath, Text, World, read,
        reader::MapReader,
        table_delimiter, toml,
        yaml::{Node, NodeKind},
    },
    text::narrow,
};

/// The folder of such files, in that of the site.
pub(crate) const FOLDER: &str = IMPORTS;

/// A mapping as it is written.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Mapping {
    /// The list, by its name or title.
    pub(crate) list: String,
    /// Where the list is named.
    pub(crate) location: Location,
    /// What files are called that are content of places; empty for one that is only for imports.
    pub(crate) files: Vec<String>,
    /// The sheet; the first that holds something if not given.
    pub(crate) sheet: Option<String>,
    pub(crate) columns: Vec<MappedColumn>,
    /// By field: what stands in cells, and what it is called.
    values: BTreeMap<String, BTreeMap<String, String>>,
}

#[cfg(test)]
impl Mapping {
    /// One that maps nothing.
    pub(crate) fn empty(list: &str) -> Self {
        let location = Location::file(SitePath::new(""));
        let (files, columns, values) = (Vec::new(), Vec::new(), BTreeMap::new());
        Self { list: list.to_owned(), location, files, sheet: None, columns, values }
    }
}

/// A column of another system.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct MappedColumn {
    /// What it is called there, as names are compared.
    pub(crate) name: String,
    /// The field that it is.
    pub(crate) field: String,
    /// Where that is said.
    pub(crate) location: Location,
}

/// A table as a list reads it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct MappedTable {
    /// It, as CSV.
    pub(crate) content: String,
    /// The columns that were left out.
    pub(crate) left_out: Vec<String>,
    /// The columns that the mapping has and the table does not.
    pub(crate) absent: Vec<String>,
    /// The cells whose value the mapping does not have, though it has others of the same column.
    pub(crate) unknown: Vec<UnknownValue>,
}

/// A cell with a value that a mapping does not have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct UnknownValue {
    /// The field.
    pub(crate) field: String,
    /// Where it stands; of CSV the row is the line.
    pub(crate) cell: Cell,
}

impl Mapping {
    /// Reads the mapping of that name. No value without a list or without columns, which is told.
    pub(crate) fn load(world: &dyn World, name: &str) -> Checked<Option<Self>> {
        let mut sink = Vec::new();
        let path = SitePath::new(FOLDER).join(&format!("{name}.toml"));
        let text = read(world, &path).report(&mut sink);
        let value = text.and_then(|text| Self::read(&text).report(&mut sink));
        Checked { value, diagnostics: sink }
    }

    fn of(text: &Text, node: &Node<'_>, sink: &mut Vec<Diagnostic>) -> Option<Self> {
        let mut reader = MapReader::open(text, node, sink)?;
        reader.require("list", sink);
        reader.require("columns", sink);
        let list = reader.word("list", sink).map(|it| (it.0.to_owned(), text.locate(it.1)));
        let files = reader.get("files").map(|it| names(text, it, sink)).unwrap_or_default();
        let sheet = reader.word("sheet", sink).map(|it| it.0.to_owned());
        let mut columns = Vec::new();
        if let Some(inner) = reader.get("columns").and_then(|it| MapReader::open(text, it, sink)) {
            for entry in inner.entries() {
                let field = inner.scalar(&entry.value, sink).unwrap_or_default().to_owned();
                let location = text.locate(entry.value.span);
                columns.push(MappedColumn { name: folded(&entry.key), field, location });
            }
        }
        let mut values: BTreeMap<String, BTreeMap<String, String>> = BTreeMap::new();
        if let Some(inner) = reader.get("values").and_then(|it| MapReader::open(text, it, sink)) {
            for entry in inner.entries() {
                let Some(of_field) = MapReader::open(text, &entry.value, sink) else { continue };
                let known = values.entry(entry.key.to_string()).or_default();
                for value in of_field.entries() {
                    if let Some(meant) = of_field.scalar(&value.value, sink) {
                        known.insert(value.key.trim().to_owned(), meant.to_owned());
                    }
                }
            }
        }
        // A table of values for a field that no column is, has no effect.
        let targets: HashSet<&str> = columns.iter().map(|it| it.field.as_str()).collect();
        for entry in node.get("values").and_then(Node::as_map).unwrap_or_default() {
            if !targets.contains(&*entry.key) {
                let place = text.locate(entry.key_span);
                let unknown = Diagnostic::error(Code::UnknownSetting, place);
                let known: Vec<&str> = columns.iter().map(|it| it.field.as_str()).collect();
                let unknown = unknown.arg("setting", &*entry.key);
                sink.push(crate::diagnostic::with_near(unknown, None, &known));
            }
        }
        if let Some(none) = node.get("columns").filter(|_| columns.is_empty()) {
            let place = text.locate(none.span);
            let missing = Diagnostic::error(Code::MissingField, place).arg("field", "columns");
            sink.push(missing.arg("label", "columns").help("setting"));
        }
        reader.finish(sink);
        let (list, location) = list.filter(|_| !columns.is_empty())?;
        Some(Self { list, location, files, sheet, columns, values })
    }

    /// Reads the mapping of a text.
    pub(crate) fn read(text: &Text) -> Checked<Option<Self>> {
        let mut sink = Vec::new();
        let node = toml::parse(text).report(&mut sink);
        let value = node.and_then(|node| Self::of(text, &node, &mut sink));
        Checked { value, diagnostics: sink }
    }

    /// The file that it stands in.
    pub(crate) fn file(&self) -> &str {
        self.location.file.as_str()
    }

    /// A file of that name in the folder of a place is read by it. What is called after the list
    /// itself is as the list has it.
    pub(crate) fn is_for(&self, file: &SitePath) -> bool {
        let file = file.file();
        file.stem() != self.list && self.files.iter().any(|it| fits(it, file.name()))
    }

    /// The field that a column is.
    fn field(&self, column: &str) -> Option<&str> {
        let column = folded(column);
        self.columns.iter().find(|it| it.name == column).map(|it| it.field.as_str())
    }

    /// A table as its list reads it; nothing if no line of it has any of the columns. `is_field` says
    /// whether a column is called as a field of the list.
    pub(crate) fn apply(
        &self,
        text: &Text,
        is_field: impl Fn(&str) -> bool,
    ) -> Option<MappedTable> {
        let (delimiter, skipped) = table_delimiter(&text.path, &text.content);
        let mut reader = ReaderBuilder::new()
            .delimiter(delimiter)
            .has_headers(false)
            .flexible(true)
            .from_reader(&text.content.as_bytes()[skipped..]);
        let mut out = Vec::new();
        let mut header: Option<Vec<Option<String>>> = None;
        let (mut left_out, mut seen, mut unknown) = (Vec::new(), HashSet::new(), Vec::new());
        let mut record = StringRecord::new();
        let mut line = 1;
        while reader.read_record(&mut record).ok()? {
            // Empty lines stay, so that rows keep their numbers.
            let inner: usize = record.iter().map(|cell| cell.matches('\n').count()).sum();
            let behind = usize::try_from(reader.position().line()).unwrap_or(usize::MAX);
            let at = behind.saturating_sub(inner + 1).max(line);
            out.resize(out.len() + at - line, b'\n');
            let cells: Vec<String> = match &header {
                Some(fields) => {
                    let of_row = self.unknown(&record, fields).map(|(column, field)| {
                        UnknownValue { field: field.to_owned(), cell: Cell { row: at, column } }
                    });
                    unknown.extend(of_row);
                    self.row(&record, fields)
                }
                None if record.iter().any(|cell| self.field(cell).is_some()) => {
                    let name = |cell: &str| match self.field(cell) {
                        Some(field) => Some(field.to_owned()),
                        None if is_field(cell.trim()) => Some(cell.trim().to_owned()),
                        None => None,
                    };
                    let fields: Vec<Option<String>> = record.iter().map(name).collect();
                    for (cell, field) in record.iter().zip(&fields) {
                        match field {
                            Some(_) => drop(seen.insert(folded(cell))),
                            None if cell.trim().is_empty() => {}
                            None => left_out.push(cell.trim().to_owned()),
                        }
                    }
                    let names = fields.iter().map(|it| it.clone().unwrap_or_default()).collect();
                    header = Some(fields);
                    names
                }
                // Titles above the header are no part of the list.
                None => vec![String::new(); record.len()],
            };
            let mut writer = WriterBuilder::new().flexible(true).from_writer(Vec::new());
            writer.write_record(&cells).ok()?;
            let written = writer.into_inner().ok()?;
            line = at + memchr::memchr_iter(b'\n', &written).count();
            out.extend(written);
        }
        header?;
        let absent = self.columns.iter().map(|it| &it.name).filter(|it| !seen.contains(*it));
        let absent = absent.cloned().collect();
        Some(MappedTable { content: String::from_utf8(out).ok()?, left_out, absent, unknown })
    }

    /// The columns of a row, and their fields, whose values the mapping has and this one not. What is
    /// called as it is called here already is known, too.
    fn unknown<'f>(
        &self,
        record: &StringRecord,
        fields: &'f [Option<String>],
    ) -> impl Iterator<Item = (usize, &'f str)> {
        let cells = record.iter().zip(fields).enumerate();
        cells.filter_map(|(column, (cell, field))| {
            let (field, cell) = (field.as_deref()?, cell.trim());
            let known = self.values.get(field)?;
            let is_known = cell.is_empty() || known.iter().any(|(it, is)| it == cell || is == cell);
            (!is_known).then_some((column, field))
        })
    }

    /// A row, with what its cells are called here.
    fn row(&self, record: &StringRecord, fields: &[Option<String>]) -> Vec<String> {
        let cells = record.iter().enumerate().map(|(at, cell)| {
            let Some(Some(field)) = fields.get(at) else { return String::new() };
            let known = self.values.get(field).and_then(|it| it.get(cell.trim()));
            // More lines would move the rows below.
            let lines = |it: &str| it.matches('\n').count();
            let is_longer = |it: &str| lines(it) > lines(cell);
            let known = known.map(|it| if is_longer(it) { one_line(it) } else { it.clone() });
            known.unwrap_or_else(|| cell.to_owned())
        });
        cells.collect()
    }
}

impl MappedTable {
    /// Where cells of the table before begin in this one, by their first bytes in order.
    pub(crate) fn moved(&self, before: &Text, cells: &[u32]) -> Vec<u32> {
        if cells.is_empty() {
            return Vec::new();
        }
        let delimiter = table_delimiter(&before.path, &before.content).0;
        let both = starts(&before.content, delimiter).zip(starts(&self.content, b','));
        let moved = both.filter(|(old, _)| cells.binary_search(old).is_ok());
        moved.map(|(_, new)| new).collect()
    }
}

/// Where the cells of a table begin.
fn starts(content: &str, delimiter: u8) -> impl Iterator<Item = u32> {
    let mut in_quotes = false;
    let ends = content.bytes().enumerate().filter(move |(_, byte)| {
        in_quotes ^= *byte == b'"';
        !in_quotes && (*byte == delimiter || *byte == b'\n')
    });
    let behind = ends.map(|(at, _)| u32::try_from(at + 1).unwrap_or(u32::MAX));
    std::iter::once(0).chain(behind)
}

/// A text on one line.
fn one_line(text: &str) -> String {
    text.lines().map(str::trim).collect::<Vec<_>>().join(" ")
}

/// What files are called: one name, or several. Names have no folder in them.
fn names(text: &Text, node: &Node<'_>, sink: &mut Vec<Diagnostic>) -> Vec<String> {
    let nodes = match &node.kind {
        NodeKind::List(items) => items.iter().collect(),
        _ => vec![node],
    };
    let mut names = Vec::new();
    for node in nodes {
        match node.as_str().map(str::trim) {
            Some(name) if !name.is_empty() && !name.contains(['/', '\\']) => {
                names.push(name.to_lowercase());
            }
            _ => {
                let wrong = Diagnostic::error(Code::BadSetting, text.locate(node.span));
                let wrong = wrong.arg("setting", "files").arg("reason", "巡查导出*.xlsx");
                sink.push(wrong.help("value"));
            }
        }
    }
    names
}

/// Whether a name is as a pattern has it, in small letters: `*` is anything, `?` one character.
fn fits(pattern: &str, name: &str) -> bool {
    let pattern: Vec<char> = pattern.chars().collect();
    let name: Vec<char> = name.to_lowercase().chars().collect();
    let (mut at, mut in_name) = (0, 0);
    let mut star: Option<(usize, usize)> = None;
    while in_name < name.len() {
        match pattern.get(at) {
            Some('*') => {
                star = Some((at, in_name));
                at += 1;
            }
            Some(it) if *it == '?' || *it == name[in_name] => {
                at += 1;
                in_name += 1;
            }
            _ => {
                // The last star takes one more.
                let Some((star_at, taken)) = &mut star else { return false };
                *taken += 1;
                (at, in_name) = (*star_at + 1, *taken);
            }
        }
    }
    pattern[at..].iter().all(|it| *it == '*')
}

/// A name of a column as it is compared: without blanks, in half-width forms.
fn folded(name: &str) -> String {
    narrow(name.trim()).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::MemoryWorld;

    const MAPPING: &str = "list = \"patrols\"\n[columns]\n\"巡查 日期\" = \"date\"\n\
                           \"班组编号\" = \"team\"\n\"备用\" = \"hours\"\n[values.team]\n\"01\" = \"红袖标\"\n";

    fn mapping(content: &str) -> Checked<Option<Mapping>> {
        Mapping::load(&MemoryWorld::new([("imports/a.toml", content)]), "a")
    }

    #[test]
    fn tables_are_rewritten_in_their_rows_and_columns() {
        let mapping = mapping(MAPPING).value.unwrap();
        let content = "市级平台导出\n\n编号;巡查日期;班组编号;人数\n1;2026-03-05;01;12\n\n\
                       2;2026-03-06;\"02\";\"1\n2\"\n";
        let text = Text { path: SitePath::new("a.csv"), content: content.to_owned() };
        let mapped = mapping.apply(&text, |it| it == "人数").unwrap();
        let expected =
            "\"\"\n\n,date,team,人数\n,2026-03-05,红袖标,12\n\n,2026-03-06,02,\"1\n2\"\n";
        assert_eq!(mapped.content, expected);
        assert_eq!(mapped.left_out, ["编号"]);
        assert_eq!(mapped.absent, ["备用"]);
        // 02 is none of the codes that the mapping has for that column.
        let cell = Cell { row: 6, column: 2 };
        assert_eq!(mapped.unknown, [UnknownValue { field: "team".to_owned(), cell }]);
        let other = Text { path: SitePath::new("a.csv"), content: "甲,乙\n1,2\n".to_owned() };
        assert_eq!(mapping.apply(&other, |_| false), None);
    }

    #[test]
    fn values_of_several_lines_move_no_row() {
        let mapping =
            mapping(&MAPPING.replace("\"红袖标\"", "\"\"\"红\n袖标\"\"\"")).value.unwrap();
        let content = "巡查日期,班组编号\n2026-03-05,01\n2026-03-06,02\n";
        let text = Text { path: SitePath::new("a.csv"), content: content.to_owned() };
        let mapped = mapping.apply(&text, |_| false).unwrap();
        assert_eq!(mapped.content, "date,team\n2026-03-05,红 袖标\n2026-03-06,02\n");
        let of = |content: &str, cell: &str| u32::try_from(content.find(cell).unwrap()).unwrap();
        let moved = mapped.moved(&text, &[of(content, "01"), of(content, "2026-03-06")]);
        let wanted = ["红 袖标", "2026-03-06"].map(|it| of(&mapped.content, it));
        assert_eq!(moved, wanted);
    }

    #[test]
    fn files_are_known_by_their_names() {
        let content = format!("files = [\"巡查*.XLSX\", \"a?.csv\"]\n{MAPPING}");
        let mapping = mapping(&content).value.unwrap();
        for (name, is_for) in [
            ("巡查2026.xlsx", true),
            ("巡查.xlsx", true),
            ("巡查.csv", false),
            ("b巡查.xlsx", false),
            ("a1.csv", true),
            ("A1.CSV", true),
            ("a.csv", false),
            ("a12.csv", false),
        ] {
            assert_eq!(mapping.is_for(&SitePath::new("content/a").join(name)), is_for, "{name}");
        }
        assert!(fits("*a*b*", "xaybz") && fits("*", "") && !fits("*a*b*", "xbya"));
        let all = Mapping { files: vec!["*".to_owned()], ..mapping };
        assert!(!all.is_for(&SitePath::new("content/a/patrols.xlsx")));
        assert!(all.is_for(&SitePath::new("content/a/甲.xlsx").with_sheet("patrols")));
    }

    #[test]
    fn mistakes_of_mappings_are_told() {
        let codes = |content: &str| {
            let told = mapping(content).diagnostics;
            told.iter().map(|it| it.code).collect::<Vec<_>>()
        };
        assert_eq!(codes(MAPPING), []);
        assert_eq!(codes("[columns]\na = \"b\"\n"), [Code::MissingField]);
        assert_eq!(codes("list = \"a\"\n"), [Code::MissingField]);
        let wrong = format!("{MAPPING}[values.tema]\na = \"b\"\n");
        assert_eq!(codes(&wrong), [Code::UnknownSetting]);
        assert_eq!(codes(&format!("files = \"a/b.csv\"\n{MAPPING}")), [Code::BadSetting]);
        assert_eq!(codes(&format!("lst = \"x\"\n{MAPPING}")), [Code::UnknownSetting]);
        assert!(mapping("list = \"a\"\n").value.is_none());
    }
}
