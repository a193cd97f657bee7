//! Values as cells of a table to download.
//!
//! | value | cell |
//! | --- | --- |
//! | text, person, e-mail | words as pages show them |
//! | Markdown | what a reader sees of it |
//! | image | its address |
//! | number | exactly; of money with two places |
//! | a count that is too small to be shown | `<5` |
//! | a number from which one could be inferred | `…` |
//! | date, month, year | `2026-03-05`, `2026-03`, `2026` |
//! | time | `09:30`; `25:30` is half past one in the night behind |
//! | moment | `2026-03-05T09:30` |
//! | choice | what stands in files, and its label |
//! | place | its path and its name |
//! | reference | the title of that record and its address, if it is posted |
//! | several | a list of these |

use std::borrow::Cow;

use crate::{
    artifact::{
        View,
        data::column::{Column, ColumnPart},
    },
    render::markdown,
    schema::{DayTime, Field, FieldType, Place, Record, RecordSet, Value, display},
    text,
};

/// Stands for a number that is not shown, because one that is too small could be inferred from it.
pub(super) const WITHHELD: &str = "…";

/// A cell of a table. What stands in records and declarations is borrowed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Cell<'r> {
    /// Nothing was given.
    Absent,
    /// What somebody wrote.
    Words(Cow<'r, str>),
    /// A text of a fixed form, such as a date or a path.
    Code(Cow<'r, str>),
    /// A number, as JSON writes it.
    Number(String),
    /// Yes or no.
    Boolean(bool),
    /// A number that is not shown: what stands for it.
    Hidden(Cow<'r, str>),
    /// Several.
    List(Vec<Cell<'r>>),
}

/// Stands for a count that is above zero and below this number.
pub(super) fn few(below: u16) -> String {
    format!("<{below}")
}

/// The path of a place as tables have it: `/` of the root, `/kaixuan/yixin/`. It is never empty.
pub(super) fn place_path(place: &Place) -> Cow<'static, str> {
    if place.path.is_empty() { "/".into() } else { format!("/{}/", place.path).into() }
}

/// The records of a set as cells, row by row.
#[derive(Clone, Copy)]
pub(super) struct Rows<'r, 'v> {
    pub(super) view: &'r View<'v>,
    pub(super) columns: &'r [Column<'r>],
}

impl<'r> Rows<'r, '_> {
    /// The rows of the records of a set, in their order.
    pub(super) fn of(self, set: &'r RecordSet) -> impl Iterator<Item = Vec<Cell<'r>>> {
        let place = self.view.named_place(set.place);
        let path = place_path(place);
        set.records.iter().map(move |record| self.row(place, &path, record))
    }

    fn row(self, place: &'r Place, path: &str, record: &'r Record) -> Vec<Cell<'r>> {
        let cell = |column: &Column<'r>| match column.part {
            ColumnPart::PlacePath => Cell::Code(path.to_owned().into()),
            ColumnPart::PlaceName => Cell::Words((&place.name).into()),
            ColumnPart::Value(index, field) => self.value(place, field, &record.values[index]),
            ColumnPart::Label(index, field) => self.label(place, field, &record.values[index]),
        };
        self.columns.iter().map(cell).collect()
    }

    /// What a field says.
    fn value(self, place: &Place, field: &'r Field, value: &'r Value) -> Cell<'r> {
        let language = self.view.language();
        match value {
            Value::Absent => Cell::Absent,
            Value::List(values) => list(values, |it| self.value(place, field, it)),
            Value::Text(words) => self.words(place, field, words),
            Value::Integer(_) | Value::Decimal(_) => {
                Cell::Number(display::plain(value, field, language))
            }
            Value::Few(below) => Cell::Hidden(few(*below).into()),
            Value::Withheld => Cell::Hidden(WITHHELD.into()),
            Value::Boolean(truth) => Cell::Boolean(*truth),
            Value::Date(_) | Value::Month(_) => {
                Cell::Code(display::plain(value, field, language).into())
            }
            Value::Year(year) => Cell::Code(format!("{year:04}").into()),
            Value::Time(time) => Cell::Code(clock(*time).into()),
            Value::DateTime(moment) => {
                Cell::Code(moment.strftime("%Y-%m-%dT%H:%M").to_string().into())
            }
            Value::Choice(index) => {
                let choice = field.choices.get(usize::from(*index));
                choice.map_or(Cell::Absent, |it| Cell::Words((&it.value).into()))
            }
            Value::Place(id) => Cell::Code(place_path(self.view.named_place(*id))),
        }
    }

    /// What a text says, by the type of its field.
    fn words(self, place: &Place, field: &Field, words: &'r str) -> Cell<'r> {
        match (field.kind, field.to) {
            (_, Some(to)) => {
                let found = self.view.referred(place, to, words);
                found.map_or(Cell::Absent, |it| {
                    Cell::Words(self.view.title_of(it.collection, it.title).into())
                })
            }
            (FieldType::Markdown, _) => {
                Cell::Words(markdown::plain(words, self.view.config().breaks))
            }
            (FieldType::Image, _) => {
                let path = words.split_once('/').map_or("", |(_, path)| path);
                Cell::Code(self.view.whole_url(path).into())
            }
            (FieldType::Phone, _) => Cell::Code(text::shown(words)),
            _ => Cell::Words(text::shown(words)),
        }
    }

    /// What stands beside the value: the label of a choice, the name of a place, the address of a
    /// record.
    fn label(self, place: &Place, field: &'r Field, value: &'r Value) -> Cell<'r> {
        match value {
            Value::List(values) => list(values, |it| self.label(place, field, it)),
            Value::Choice(index) => {
                let choice = field.choices.get(usize::from(*index));
                let label = choice.map_or("", |it| it.label.get(self.view.language()));
                Cell::Words(label.into())
            }
            Value::Place(id) => Cell::Words((&self.view.named_place(*id).name).into()),
            Value::Text(words) => {
                let found = field.to.and_then(|to| self.view.referred(place, to, words));
                found.map_or(Cell::Absent, |it| Cell::Code(self.view.whole_url(&it.path).into()))
            }
            _ => Cell::Absent,
        }
    }
}

/// A cell of several, without those of which nothing is said.
fn list<'r>(values: &'r [Value], cell: impl Fn(&'r Value) -> Cell<'r>) -> Cell<'r> {
    let cells: Vec<Cell<'r>> = values.iter().map(cell).filter(|it| *it != Cell::Absent).collect();
    if cells.is_empty() { Cell::Absent } else { Cell::List(cells) }
}

/// A time in hours and minutes from the beginning of its day, as timetables count them.
fn clock(time: DayTime) -> String {
    let minutes = time.seconds() / 60;
    format!("{:02}:{:02}", minutes / 60, minutes % 60)
}
