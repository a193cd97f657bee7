//! The words that an office does not want to be written: tables in the folder `wording` beside
//! `site.toml`.
//!
//! ```text
//! 错误写法,正确写法,级别,来源,说明        wrong,right,severity,source,note
//! 登陆网站,登录网站,错误,现代汉语词典,
//! 低保户,低保家庭,,民政局,称呼家庭而不是人
//! ```
//!
//! `wrong` and `right` have to be there, `right` may be empty where `note` says what to do. A `severity`
//! that is not given is a warning. Several tables are one list. Which words are found in a text, and how,
//! [`WordingIndex`] says.

use std::{collections::HashMap, ops::Range};

use crate::{
    diagnostic::{self, Code, Diagnostic, Location, Severity, enough},
    fingerprint::Fingerprint,
    scan::{LineEnds, WordingIndex, is_seen},
    source::{
        self, Files, Locator, SitePath, Span, Text, WORDING,
        csv::{self, Table},
        yaml::{MapEntry, Node},
    },
};

/// The most words of all lists, and the most bytes of one.
const MOST_WORDS: usize = 20_000;
const LONGEST: usize = 300;

/// The names of the columns.
const WRONG: &[&str] = &["wrong", "错误写法", "错误", "不规范写法"];
const RIGHT: &[&str] = &["right", "正确写法", "正确", "规范写法"];
const SEVERITY: &[&str] = &["severity", "级别"];
const SOURCE: &[&str] = &["source", "来源", "依据"];
const NOTE: &[&str] = &["note", "说明", "备注"];

/// An office's words.
#[derive(Debug, Default)]
pub(crate) struct Wording {
    index: WordingIndex,
    rows: Vec<WordingRow>,
    /// Of all lists and their names; that of nothing without any.
    pub(in crate::schema) fingerprint: Fingerprint,
}

/// A row of a list.
#[derive(Debug)]
struct WordingRow {
    wrong: String,
    right: String,
    severity: Severity,
    source: String,
    note: String,
    /// Where it stands in its list.
    location: Location,
}

/// A wrong word in a text, with the diagnostic that needs its place.
pub(crate) struct WrongAt<'w> {
    number: usize,
    row: &'w WordingRow,
    /// Where it stands in the text.
    pub(crate) range: Range<usize>,
}

impl WrongAt<'_> {
    /// The number of its row among those of all lists.
    pub(crate) fn number(&self) -> usize {
        self.number
    }

    /// What is said of it. `location` is where it stands.
    pub(crate) fn diagnostic(&self, location: Location) -> Diagnostic {
        self.row.diagnostic(location)
    }
}

impl WordingRow {
    /// What is said of its word at a place.
    fn diagnostic(&self, location: Location) -> Diagnostic {
        let diagnostic = match self.severity {
            Severity::Error => Diagnostic::error(Code::Wording, location),
            _ => Diagnostic::warning(Code::Wording, location),
        };
        let given = |it: &String| if it.is_empty() { "none".to_owned() } else { it.clone() };
        diagnostic
            .arg("wrong", &self.wrong)
            .arg("right", &self.right)
            .arg("source", given(&self.source))
            .arg("note", given(&self.note))
            .related(self.location.clone(), "list")
            .help(if self.right.is_empty() { "avoid" } else { "write" })
    }
}

impl Wording {
    /// Reads the lists of a site. A row with a mistake is reported and left out.
    pub(in crate::schema) fn read(files: &Files<'_>, sink: &mut Vec<Diagnostic>) -> Self {
        let Some(folder) = files.tree().folder(&SitePath::new(WORDING)) else {
            return Self::default();
        };
        let mut reading = Reading::default();
        for file in &folder.files {
            let mut mistakes = Vec::new();
            if file.has_extension("csv") {
                let text = source::read(files, file).report(&mut mistakes);
                text.into_iter().for_each(|text| reading.table(&text, &mut mistakes));
            } else {
                let place = Location::file(file.clone());
                mistakes.push(mistake(place, "file").arg("value", file.name()));
            }
            sink.extend(mistakes);
        }
        sink.extend(reading.crossed());
        // Now that the files were read their fingerprints cost nothing.
        let fingerprint = Self::fingerprint(files);
        let rows = reading.rows;
        let words = rows.iter().map(|row| (row.wrong.clone(), row.right.clone())).collect();
        Self { index: WordingIndex::new(words), rows, fingerprint }
    }

    /// The fingerprint of all lists of a site.
    pub(in crate::schema) fn fingerprint(files: &Files<'_>) -> Fingerprint {
        let folder = files.tree().folder(&SitePath::new(WORDING));
        let folder = folder.filter(|it| !it.files.is_empty());
        folder.map(|it| files.fingerprint_all(&it.files)).unwrap_or_default()
    }

    /// There are no words.
    pub(crate) fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// How many words a list has.
    pub(crate) fn count_in(&self, list: &SitePath) -> usize {
        self.rows.iter().filter(|row| row.location.file == *list).count()
    }

    /// The wrong words in a part of a text, in its order.
    pub(crate) fn find(
        &self,
        text: &str,
        range: Range<usize>,
        ends: LineEnds,
    ) -> impl Iterator<Item = WrongAt<'_>> {
        let found = self.index.find(text, range, ends).into_iter();
        found.map(|it| WrongAt { number: it.index, row: &self.rows[it.index], range: it.range })
    }

    /// What is said of the word of that number, which stands at a place.
    pub(crate) fn diagnostic(&self, number: usize, location: Location) -> Diagnostic {
        self.rows[number].diagnostic(location)
    }

    /// Reports the wrong words in a text of which `is_read` says that somebody reads them, at most
    /// [`diagnostic::MOST`].
    pub(super) fn check(
        &self,
        text: &Text,
        is_read: impl Fn(&Range<usize>) -> bool,
        sink: &mut Vec<Diagnostic>,
    ) {
        if self.is_empty() {
            return;
        }
        let whole = 0..text.content.len();
        let found = self.find(&text.content, whole, LineEnds::Join);
        let told = found.filter(|it| is_read(&it.range)).map(|wrong| {
            let place = text.locate(Span::new(wrong.range.start, wrong.range.end));
            wrong.diagnostic(place).arg("places", "none")
        });
        sink.extend(diagnostic::first(told));
    }
}

/// A mistake in a list, of that kind.
fn mistake(place: Location, kind: &'static str) -> Diagnostic {
    Diagnostic::error(Code::WordingList, place).arg("kind", kind).help(kind)
}

/// Lists that are being read.
#[derive(Default)]
struct Reading {
    rows: Vec<WordingRow>,
    /// The number of the row of each wrong word.
    known: HashMap<String, usize>,
}

impl Reading {
    /// Reads a list.
    fn table(&mut self, text: &Text, sink: &mut Vec<Diagnostic>) {
        let Table { rows, header, .. } = csv::parse(text).report(sink);
        let header = header.as_ref().and_then(Node::as_map).unwrap_or_default();
        let place = header.first().zip(header.last()).map_or_else(
            || Location::file(text.path.clone()),
            |(first, last)| {
                let (start, end) = (first.key_span.start, last.key_span.end);
                text.locate(Span { start, end })
            },
        );
        let lacks = |names: &&[&str]| !header.iter().any(|entry| names.contains(&&*entry.key));
        let missing: Vec<_> = [WRONG, RIGHT].into_iter().filter(lacks).collect();
        if let Some(names) = missing.first() {
            sink.push(if missing.len() == 2 {
                mistake(place, "header")
            } else {
                mistake(place, "column").arg("value", names[1]).arg("name", names[0])
            });
            return;
        }
        if rows.as_list().is_none_or(<[_]>::is_empty) {
            let empty = mistake(place, "empty");
            sink.push(Diagnostic { severity: Severity::Warning, ..empty });
            return;
        }
        let mut places = Locator::new(text);
        for row in rows.as_list().unwrap_or_default() {
            if enough(&text.path, sink) {
                break;
            }
            places.go_to(row.span.start as usize);
            let (entries, span) = (row.as_map().unwrap_or_default(), row.span);
            sink.extend(self.row(&Cells { places: &places, entries, span }));
        }
    }

    /// Keeps a row, or returns what is wrong with it.
    fn row(&mut self, cells: &Cells<'_>) -> Option<Diagnostic> {
        let (wrong, right, note) = (cells.get(WRONG), cells.get(RIGHT), cells.get(NOTE));
        if !is_seen(wrong) {
            return Some(mistake(cells.place(WRONG), "wrong"));
        }
        if right.is_empty() && note.is_empty() {
            return Some(mistake(cells.place(RIGHT), "right").arg("value", wrong));
        }
        if wrong == right {
            return Some(mistake(cells.place(RIGHT), "same").arg("value", wrong));
        }
        if wrong.len().max(right.len()) > LONGEST {
            return Some(mistake(cells.place(WRONG), "long"));
        }
        let word = cells.get(SEVERITY);
        let Some(severity) = severity(word) else {
            return Some(mistake(cells.place(SEVERITY), "severity").arg("value", word));
        };
        if let Some(other) = self.known.get(wrong).map(|index| &self.rows[*index]) {
            let twice = mistake(cells.place(WRONG), "twice").arg("value", wrong);
            let twice = twice.related(other.location.clone(), "first");
            return (other.right != right).then_some(twice);
        }
        if self.rows.len() == MOST_WORDS {
            let limit = MOST_WORDS.to_string();
            return Some(mistake(cells.place(WRONG), "many").arg("value", limit));
        }
        self.known.insert(wrong.to_owned(), self.rows.len());
        self.rows.push(WordingRow {
            wrong: wrong.to_owned(),
            right: right.to_owned(),
            severity,
            source: cells.get(SOURCE).to_owned(),
            note: note.to_owned(),
            location: cells.place(WRONG),
        });
        None
    }

    /// Rows with a right word that another row calls wrong: in one of them the words were exchanged.
    fn crossed(&self) -> Vec<Diagnostic> {
        let crossed = self.rows.iter().filter_map(|row| {
            let other = &self.rows[*self.known.get(&row.right)?];
            let crossed = mistake(row.location.clone(), "crossed").arg("value", &row.right);
            let crossed = crossed.related(other.location.clone(), "first");
            Some(Diagnostic { severity: Severity::Warning, ..crossed })
        });
        diagnostic::first(crossed)
    }
}

/// How bad a word is; nothing for another word than these.
fn severity(word: &str) -> Option<Severity> {
    match &*word.to_lowercase() {
        "error" | "错误" | "严重" => Some(Severity::Error),
        "" | "warning" | "警告" | "提醒" => Some(Severity::Warning),
        _ => None,
    }
}

/// The cells of a row.
struct Cells<'a> {
    places: &'a Locator<'a>,
    entries: &'a [MapEntry<'a>],
    span: Span,
}

impl<'a> Cells<'a> {
    fn entry(&self, names: &[&str]) -> Option<&'a MapEntry<'a>> {
        self.entries.iter().find(|entry| names.contains(&&*entry.key))
    }

    /// What the cell of a column says; nothing without it.
    fn get(&self, names: &[&str]) -> &'a str {
        self.entry(names).and_then(|entry| entry.value.as_str()).unwrap_or_default()
    }

    /// Where the cell of a column stands; an empty one is shown by its row.
    fn place(&self, names: &[&str]) -> Location {
        let span = self.entry(names).map_or(self.span, |entry| entry.value.span);
        self.places.locate(if span.start == span.end { self.span } else { span })
    }
}
