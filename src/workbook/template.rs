//! A workbook to fill in: a sheet for each collection, made from its declaration.
//!
//! | in the workbook | so that |
//! | --- | --- |
//! | labels in the first line, which stays in sight, with a note for each | nobody looks them up |
//! | choices to choose from, on a hidden sheet: a list in the cell itself has 255 characters at most | none is misspelt |
//! | days and numbers that are checked; all other columns are texts | `0431` and `1-4` stay as typed |
//! | a line with an example, which says so in its last column | it is never read as a record |
//! | a sheet in front that explains | it can be sent to somebody |
//! | properties that name the declarations, and the place | one that is outdated is told |

use std::fmt::Write as _;

use quick_xml::escape::escape;

use crate::{
    diagnostic::{Messages, column_letters},
    schema::{Choice, Collection, EXAMPLE_COLUMNS, Field, FieldType, raw::RawRecord, stamp},
    workbook::{
        described,
        parts::{self, SheetPart, serial, text},
    },
};

/// How many rows are checked while they are typed.
const ROWS: usize = 2000;

/// The most characters of a note, and of its title.
const LONGEST_NOTE: usize = 240;
const LONGEST_TITLE: usize = 30;

/// The indexes of cell formats in [`STYLES`].
const NUMBER: u8 = 0;
const TEXT: u8 = 1;
const DATE: u8 = 2;
const LABEL: u8 = 3;
const EXAMPLE: u8 = 4;
const EXAMPLE_DATE: u8 = 5;
const WORDS: u8 = 6;
const TITLE: u8 = 7;
const REQUIRED: u8 = 8;

/// Numbers, texts, dates; labels on grey, those of what has to be there in bold; examples in grey
/// italics; words that are wrapped; a title.
const STYLES: &str = "<numFmts count=\"1\"><numFmt numFmtId=\"164\" formatCode=\"yyyy\\-mm\\-dd\"/></numFmts>\
    <fonts count=\"4\"><font><sz val=\"11\"/><name val=\"等线\"/></font>\
    <font><b/><sz val=\"11\"/><name val=\"等线\"/></font>\
    <font><i/><sz val=\"11\"/><color rgb=\"FF6B6B6B\"/><name val=\"等线\"/></font>\
    <font><b/><sz val=\"16\"/><name val=\"等线\"/></font></fonts>\
    <fills count=\"3\"><fill><patternFill patternType=\"none\"/></fill>\
    <fill><patternFill patternType=\"gray125\"/></fill>\
    <fill><patternFill patternType=\"solid\"><fgColor rgb=\"FFE8E8E8\"/></patternFill></fill></fills>\
    <borders count=\"1\"><border><left/><right/><top/><bottom/><diagonal/></border></borders>\
    <cellStyleXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/></cellStyleXfs>\
    <cellXfs count=\"9\"><xf/><xf numFmtId=\"49\" applyNumberFormat=\"1\"/>\
    <xf numFmtId=\"164\" applyNumberFormat=\"1\"/>\
    <xf numFmtId=\"49\" fillId=\"2\" applyNumberFormat=\"1\" applyFill=\"1\"/>\
    <xf numFmtId=\"49\" fontId=\"2\" applyNumberFormat=\"1\" applyFont=\"1\"/>\
    <xf numFmtId=\"164\" fontId=\"2\" applyNumberFormat=\"1\" applyFont=\"1\"/>\
    <xf applyAlignment=\"1\"><alignment wrapText=\"1\" vertical=\"top\"/></xf>\
    <xf fontId=\"3\" applyFont=\"1\"/>\
    <xf numFmtId=\"49\" fontId=\"1\" fillId=\"2\" applyNumberFormat=\"1\" applyFont=\"1\" applyFill=\"1\"/></cellXfs>\
    <cellStyles count=\"1\"><cellStyle name=\"Normal\" xfId=\"0\" builtinId=\"0\"/></cellStyles>";

/// A list of a place: its records, as they are written.
pub(crate) struct Filled<'c> {
    pub(crate) collection: &'c Collection,
    pub(crate) rows: Vec<RawRecord>,
}

/// A workbook with the records of a place, in the form of a template. `posting` are the fields that any
/// record may have, of which there are columns where a record says them.
pub(crate) fn export(
    lists: &[Filled<'_>],
    posting: &[Field],
    place: (&str, &str),
    messages: &Messages,
) -> Vec<u8> {
    let sheets = lists.iter().map(|list| {
        let own = &list.collection.fields;
        let said = |at: usize| {
            let mut values = list.rows.iter().flat_map(|row| &row.values);
            values.any(|it| it.field == own.len() + at && !it.texts.is_empty())
        };
        let others = posting.iter().enumerate().filter(|(at, _)| said(*at));
        let others = others.map(|(at, field)| (own.len() + at, field));
        let columns = own.iter().enumerate().chain(others).collect();
        ListSheet { collection: list.collection, columns, rows: Some(list.rows.as_slice()) }
    });
    write_sheets(&sheets.collect::<Vec<_>>(), Some(place), messages)
}

/// The fields of its publication that a record about a person needs where its list has no basis.
const FOUNDING: [&str; 4] = ["basis", "basis_reference", "basis_date", "withdrawn"];

/// A workbook with a sheet for each of these collections, in the language of `messages`. Those about
/// persons have columns for why these may be named. `place` is the path of the place that it is for,
/// and what that is called, if it is for one.
pub(crate) fn write(
    collections: &[&Collection],
    posting: &[Field],
    place: Option<(&str, &str)>,
    messages: &Messages,
) -> Vec<u8> {
    let sheets: Vec<ListSheet<'_>> = collections
        .iter()
        .map(|collection| {
            let own = &collection.fields;
            let needs_basis = collection.publication.basis.is_none()
                && own.iter().any(|it| it.kind == FieldType::Person && !it.work);
            let is_needed = |field: &Field| needs_basis && FOUNDING.contains(&field.name);
            let others = posting.iter().enumerate().filter(|(_, field)| is_needed(field));
            let others = others.map(|(at, field)| (own.len() + at, field));
            let columns = own.iter().enumerate().chain(others).collect();
            ListSheet { collection, columns, rows: None }
        })
        .collect();
    write_sheets(&sheets, place, messages)
}

/// A sheet of a list.
struct ListSheet<'c> {
    collection: &'c Collection,
    /// The fields, by their numbers in records as they are written.
    columns: Vec<(usize, &'c Field)>,
    /// The records; an example if there are none.
    rows: Option<&'c [RawRecord]>,
}

fn write_sheets(
    lists: &[ListSheet<'_>],
    place: Option<(&str, &str)>,
    messages: &Messages,
) -> Vec<u8> {
    let collections: Vec<&Collection> = lists.iter().map(|it| it.collection).collect();
    let choices_sheet = messages.text("template-choices", &[]);
    let mut choices = Choices { sheet: choices_sheet.clone(), columns: Vec::new() };
    let mut sheets = vec![SheetPart {
        name: messages.text("template-instructions", &[]),
        is_hidden: false,
        xml: explained(&collections, place, lists.iter().any(|it| it.rows.is_some()), messages),
    }];
    for list in lists {
        sheets.push(SheetPart {
            name: sheet_of(list.collection, messages),
            is_hidden: false,
            xml: sheet(list, &mut choices, messages),
        });
    }
    sheets.push(SheetPart { name: choices_sheet, is_hidden: true, xml: choices.xml() });
    let mut properties: Vec<(String, String)> =
        collections.iter().map(|it| (stamp::name(it), stamp::value(it))).collect();
    properties.extend(place.map(|(path, _)| (stamp::PLACE.to_owned(), path.to_owned())));
    parts::workbook(&sheets, STYLES, &properties)
}

/// What the sheet of a collection is called. It is found again by its title in Chinese, or else by
/// its name.
fn sheet_of(collection: &Collection, messages: &Messages) -> String {
    let title = collection.title.get(messages.language().as_str());
    let name = parts::sheet_name(title);
    let is_found = messages.language().as_str() == "zh-CN" && name == title;
    if is_found { name } else { collection.name.clone() }
}

/// The lists of choices, a column for each.
struct Choices {
    sheet: String,
    columns: Vec<Vec<String>>,
}

impl Choices {
    /// The cells in which these choices stand.
    fn add(&mut self, choices: Vec<String>) -> String {
        let (count, column) = (choices.len(), column_letters(self.columns.len()));
        self.columns.push(choices);
        format!("'{}'!${column}$1:${column}${count}", self.sheet)
    }

    fn xml(&self) -> String {
        let most = self.columns.iter().map(Vec::len).max().unwrap_or(0);
        let mut xml = "<sheetData>".to_owned();
        for row in 0..most {
            xml.push_str("<row>");
            for column in &self.columns {
                xml.push_str(&column.get(row).map_or("<c/>".to_owned(), |it| text(TEXT, it)));
            }
            xml.push_str("</row>");
        }
        xml + "</sheetData>"
    }
}

/// The sheet that explains the others.
///
/// One with records that there are (`is_export`) is to be imported again: in a folder it would be a
/// second source of them.
fn explained(
    collections: &[&Collection],
    place: Option<(&str, &str)>,
    is_export: bool,
    messages: &Messages,
) -> String {
    let mut xml = "<cols><col min=\"1\" max=\"1\" width=\"24\" customWidth=\"1\"/>\
                   <col min=\"2\" max=\"2\" width=\"80\" customWidth=\"1\"/></cols><sheetData>"
        .to_owned();
    let mut row = |cells: &[String]| {
        let _ = write!(xml, "<row>{}</row>", cells.concat());
    };
    let title = match place {
        Some((_, place)) => messages.text("template-title-of", &[("place", place.into())]),
        None => messages.text("template-title", &[]),
    };
    row(&[text(TITLE, &title)]);
    row(&[]);
    let mut lines = messages.text("template-explained", &[]);
    let last = match place.filter(|_| is_export) {
        Some((folder, _)) => messages.text("template-back", &[("place", folder.into())]),
        None => ["template-explained-example", "template-where"]
            .map(|it| messages.text(it, &[]))
            .join("\n"),
    };
    lines.push('\n');
    lines.push_str(&last);
    for line in lines.lines() {
        let (head, rest) = line.split_once('|').unwrap_or(("", line));
        row(&[text(WORDS, head.trim()), text(WORDS, rest.trim())]);
    }
    row(&[]);
    for collection in collections {
        let about = collection.description.get(messages.language().as_str());
        let about = format!("{about}（{}.xlsx）", collection.name);
        row(&[text(WORDS, &sheet_of(collection, messages)), text(WORDS, &about)]);
    }
    xml + "</sheetData>"
}

/// The sheet of a collection.
fn sheet(list: &ListSheet<'_>, choices: &mut Choices, messages: &Messages) -> String {
    let language = messages.language().as_str();
    let mut columns = String::new();
    let (mut labels, mut examples, mut checks) = (String::new(), String::new(), Vec::new());
    for (index, (_, field)) in list.columns.iter().enumerate() {
        let number = index + 1;
        let (style, width) = (style(field), width(field));
        let _ = write!(
            columns,
            "<col min=\"{number}\" max=\"{number}\" width=\"{width}\" style=\"{style}\" customWidth=\"1\"/>"
        );
        let label = label(field, language);
        labels += &text(if field.required { REQUIRED } else { LABEL }, &label);
        examples += &example(field, language);
        checks.push(check(field, &column_letters(index), choices, messages));
    }
    let mut rows = String::new();
    match list.rows {
        Some(records) => records.iter().for_each(|record| rows += &row(record, &list.columns)),
        None => {
            let last = list.columns.len() + 1;
            let _ = write!(
                columns,
                "<col min=\"{last}\" max=\"{last}\" width=\"18\" customWidth=\"1\"/>"
            );
            let own = if language == "zh-CN" { EXAMPLE_COLUMNS[0] } else { EXAMPLE_COLUMNS[1] };
            labels += &text(LABEL, own);
            let mark = text(EXAMPLE, &messages.text("template-example", &[]));
            rows = format!("<row>{examples}{mark}</row>");
        }
    }
    format!(
        "<sheetViews><sheetView workbookViewId=\"0\"><pane ySplit=\"1\" topLeftCell=\"A2\" \
         activePane=\"bottomLeft\" state=\"frozen\"/></sheetView></sheetViews>\
         <cols>{columns}</cols><sheetData><row>{labels}</row>{rows}</sheetData>\
         <dataValidations count=\"{}\">{}</dataValidations>",
        checks.len(),
        checks.concat(),
    )
}

/// A record, as it is written.
fn row(record: &RawRecord, columns: &[(usize, &Field)]) -> String {
    let mut xml = "<row>".to_owned();
    for (number, field) in columns {
        let value = record.values.iter().find(|it| it.field == *number);
        let written = value.map(|it| it.texts.join("、")).unwrap_or_default();
        xml += &cell(&written, field);
    }
    xml + "</row>"
}

fn cell(written: &str, field: &Field) -> String {
    if written.is_empty() {
        return "<c/>".to_owned();
    }
    let is_number = || {
        let digits = written.bytes().filter(u8::is_ascii_digit).count();
        let is_plain = !written.starts_with('0') || written == "0" || written.starts_with("0.");
        (1..=15).contains(&digits)
            && is_plain
            && written.bytes().all(|it| it.is_ascii_digit() || it == b'.')
            && written.parse::<f64>().is_ok()
    };
    match serial(written).filter(|_| field.kind == FieldType::Date) {
        Some(days) => format!("<c s=\"{DATE}\"><v>{days}</v></c>"),
        None if is_checked_number(field) && is_number() => {
            format!("<c s=\"{NUMBER}\"><v>{written}</v></c>")
        }
        None => text(TEXT, written),
    }
}

/// What a column is called: a part of a group with its group, so that it is found again.
fn label(field: &Field, language: &str) -> String {
    let label = field.label.get(language);
    let label = if label.is_empty() { field.name } else { label };
    let mark = if field.required { "*" } else { "" };
    format!("{mark}{label}")
}

fn style(field: &Field) -> u8 {
    match field.kind {
        FieldType::Date => DATE,
        _ if is_checked_number(field) => NUMBER,
        _ => TEXT,
    }
}

fn width(field: &Field) -> u8 {
    match field.kind {
        FieldType::Markdown => 50,
        FieldType::Text | FieldType::Address | FieldType::Url => 20,
        _ => 14,
    }
}

fn is_checked_number(field: &Field) -> bool {
    let is_number = matches!(
        field.kind,
        FieldType::Count | FieldType::Integer | FieldType::Decimal | FieldType::Money
    );
    is_number && !field.several
}

fn example(field: &Field, language: &str) -> String {
    let value = described::example(field);
    if let Some(days) = serial(value).filter(|_| field.kind == FieldType::Date) {
        return format!("<c s=\"{EXAMPLE_DATE}\"><v>{days}</v></c>");
    }
    let choice = field.choices.first().map(|it| it.label.get(language));
    text(EXAMPLE, choice.filter(|it| !it.is_empty()).unwrap_or(value))
}

/// What is checked of the cells of a column while they are typed, and the note that a cell shows.
fn check(field: &Field, column: &str, choices: &mut Choices, messages: &Messages) -> String {
    let language = messages.language().as_str();
    let listed = |field: &Field| -> Vec<String> {
        let label = |it: &Choice| match it.label.get(language) {
            "" => it.value.clone(),
            label => label.to_owned(),
        };
        field.choices.iter().map(label).collect()
    };
    let (kind, formulas) = match field.kind {
        FieldType::Choice if !field.several && !field.choices.is_empty() => {
            (" type=\"list\"", format!("<formula1>{}</formula1>", choices.add(listed(field))))
        }
        FieldType::Boolean => (
            " type=\"list\"",
            format!("<formula1>\"{}\"</formula1>", messages.text("template-yes-no", &[])),
        ),
        FieldType::Date => {
            (" type=\"date\" operator=\"greaterThan\"", "<formula1>7306</formula1>".to_owned())
        }
        FieldType::Count if is_checked_number(field) => (
            " type=\"whole\" operator=\"between\"",
            format!(
                "<formula1>0</formula1><formula2>{}</formula2>",
                field.max.unwrap_or(999_999_999)
            ),
        ),
        FieldType::Integer if is_checked_number(field) => (
            " type=\"whole\" operator=\"between\"",
            "<formula1>-999999999</formula1><formula2>999999999</formula2>".to_owned(),
        ),
        _ if is_checked_number(field) => (
            " type=\"decimal\" operator=\"between\"",
            "<formula1>-999999999999</formula1><formula2>999999999999</formula2>".to_owned(),
        ),
        _ => ("", String::new()),
    };
    let help = field.help.get(language);
    let must = if field.required { "field-required" } else { "field-optional" };
    let several = if field.several { messages.text("field-several", &[]) } else { String::new() };
    let taken = described::taken(field, messages) + &several;
    let note = [&messages.text(must, &[]), &taken, help].map(|it| it.trim().to_owned());
    let note: Vec<String> = note.into_iter().filter(|it| !it.is_empty()).collect();
    let title = cut(&label(field, language), LONGEST_TITLE);
    let note = attribute(&cut(&note.join("\n"), LONGEST_NOTE));
    let wrong = attribute(&cut(&taken, LONGEST_NOTE));
    let title = attribute(&title);
    format!(
        "<dataValidation{kind} allowBlank=\"1\" showInputMessage=\"1\" showErrorMessage=\"1\" \
         errorTitle=\"{title}\" error=\"{wrong}\" promptTitle=\"{title}\" prompt=\"{note}\" \
         sqref=\"{column}2:{column}{ROWS}\">{formulas}</dataValidation>"
    )
}

/// The first characters of a text.
fn cut(text: &str, most: usize) -> String {
    let cut: String = text.chars().take(most).collect();
    if cut.len() < text.len() { cut + "…" } else { cut }
}

/// A text as the value of an attribute.
fn attribute(text: &str) -> String {
    escape(text).replace('\n', "&#10;")
}
