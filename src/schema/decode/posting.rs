//! The publication of a record: what it states, completed by its file and its collection.
//!
//! ```text
//! record      publish_from: 2026-03-05        stated, by `stated.rs`
//! file        basis: office                   stated around `records`
//! collection  posting: {until: 1 year after from}
//! →           from 2026-03-05 00:00, until 2027-03-06 00:00, basis office
//! ```
//!
//! Three levels are put together in [`complete`]: the record's own words, those of its file, then
//! the collection's rules for what neither says. A rule is a [`Term`], a day counted from another,
//! which is counted here for each record, with the working days of the calendar.
//!
//! Whether the time has come is decided later, by `disclosure`. The basis that a collection
//! declares is not copied to its records: [`Collection::basis`] finds it.

use jiff::civil::{Date, DateTime, Time};

use crate::{
    diagnostic::{Code, Diagnostic},
    schema::{
        Collection, Field, FieldType, Posting, Value,
        decode::{
            stated::{end_of, first_moment, looser},
            surroundings::Surroundings,
        },
        phone::{self, Reading},
        posting::{Base, Direction, Exposure, Objection, Privacy, Term},
    },
    source::{Span, Text, reader::first_line, yaml::Node},
};

/// Adds to what a record states what its file and its collection say of it. The nearest counts, but
/// of two moments the narrower and of two rules for names the stricter. `span` is where the record
/// stands. Nothing is returned for a record without a key or rule of its own: most are such, and
/// one pointer each is cheaper than a posting.
pub(in crate::schema) fn complete(
    own: Posting,
    file: Option<&Posting>,
    collection: &Collection,
    values: &[Value],
    (text, span): (&Text, Span),
    around: Surroundings<'_>,
    sink: &mut Vec<Diagnostic>,
) -> Option<Box<Posting>> {
    let mut posting = match file {
        Some(file) => file.clone().of(own),
        None => own,
    };
    let rules = &collection.publication;
    if let (Some(own), Some(rule)) = (posting.names, rules.names)
        && own < rule
        && rule > around.names
    {
        sink.push(looser(text.locate(first_line(text, span)), rule));
    }
    let mut counting =
        Counting { text, span, around, collection, values, unknown: None, open: false };
    if posting.from.is_none() {
        let day = rules.from.and_then(|it| counting.day(it, &posting));
        posting.from = day.map(|it| it.to_datetime(Time::midnight()));
    }
    if posting.until.is_none() {
        posting.until = rules.until.and_then(|it| counting.day(it, &posting)).map(end_of);
    }
    if let (None, Some(rule)) = (&posting.objection, &rules.objection) {
        let from = rule.from.and_then(|it| counting.day(it, &posting));
        let until = counting.day(rule.until, &posting);
        posting.objection = until.map(|until| Objection { from, until, how: None, phone: None });
    }
    counting.report(sink);
    (posting != Posting::default()).then(|| Box::new(posting))
}

/// Counts days for a record, and remembers what was missing, to report it once.
///
/// `unknown` and `open` are kept until all days of a record are counted: a record with three terms
/// has one message about holidays, not three.
struct Counting<'a> {
    /// The record's file, and where in it the record stands.
    text: &'a Text,
    span: Span,
    around: Surroundings<'a>,
    collection: &'a Collection,
    /// The record's values, by which days are counted.
    values: &'a [Value],
    /// A year of which the calendar knows no holidays.
    unknown: Option<i16>,
    /// There was no day to count from.
    open: bool,
}

impl Counting<'_> {
    /// The day of a term; nothing if the record does not give the day that it is counted from.
    ///
    /// A month or year counts as its first day, a moment as its day. For the base `from` it is the
    /// day on which posting begins, or else the day on which the record happens. If there is
    /// neither, the record is [open](Self::open), which is an error; a field without a value is
    /// none, since the field may be optional.
    fn day(&mut self, term: Term, posting: &Posting) -> Option<Date> {
        let dated = || {
            let field = self.collection.dating.as_ref()?.date;
            self.values[field].as_date()
        };
        let base = match term.base {
            Base::From => posting.from.map(DateTime::date).or_else(dated),
            Base::Field(field) => first_moment(&self.values[field])
                .map(DateTime::date)
                .or_else(|| self.values[field].as_date()),
        };
        self.open |= base.is_none() && term.base == Base::From;
        let base = base?;
        let Some((period, direction)) = term.distance else { return Some(base) };
        let reached = match direction {
            Direction::After => period.after(base, self.around.calendar),
            Direction::Before => period.before(base, self.around.calendar),
        };
        self.unknown = self.unknown.or(reached.unknown);
        Some(reached.day)
    }

    /// Reports years without known holidays, as a warning, and a posting that has no day to begin
    /// on. Without holidays Monday to Friday are counted, so a day may come out wrong by some.
    fn report(self, sink: &mut Vec<Diagnostic>) {
        let place = || self.text.locate(first_line(self.text, self.span));
        if let Some(year) = self.unknown {
            let diagnostic = Diagnostic::warning(Code::UnknownHolidays, place());
            sink.push(diagnostic.arg("year", year.to_string()).help("add"));
        }
        if self.open {
            let field = "publish_from";
            let label = self.around.posting.iter().find(|it| it.name == field);
            sink.push(
                Diagnostic::error(Code::MissingField, place())
                    .arg("field", field)
                    .arg_by_language("label", |language| {
                        label.map_or(field, |found| found.label.get(language)).to_owned()
                    })
                    .help("add"),
            );
        }
    }
}

/// Whether a telephone number is nobody's, as none has its length, and no other is beside it but
/// those of offices. That is said of it already.
fn is_misspelt(field: &Field, value: &Value) -> bool {
    let is_known = |number: &str| {
        phone::reading(number) == Reading::WrongLength || phone::is_office_line(number)
    };
    field.kind == FieldType::Phone && value.each().iter().filter_map(Value::as_text).all(is_known)
}

/// Reports what is not shown in full without anybody having said so: persons without a basis, photos
/// that go with them, and telephones, e-mail and postal addresses of which the declaration does not
/// say how far they are published. It is a warning: on the site they are masked. Records of minors
/// and drafts are passed over, as they name nobody in full.
pub(in crate::schema) fn check(
    text: &Text,
    node: &Node<'_>,
    collection: &Collection,
    (values, posting): (&[Value], Option<&Posting>),
    around: Surroundings<'_>,
    sink: &mut Vec<Diagnostic>,
) {
    if posting.is_some_and(|posting| posting.minor || posting.draft || posting.unfounded) {
        return;
    }
    let mut unnamed = false;
    for (field, value) in collection.fields.iter().zip(values) {
        if !field.is_personal() || value.is_absent() || is_misspelt(field, value) {
            continue;
        }
        let exposure = collection.exposure(field, value, posting, around.names);
        if exposure == Exposure::NeedsBasis {
            unnamed |= field.kind == FieldType::Person;
            let help = match text.path.is_table() {
                true if has_basis(node, around.posting) => "cell",
                true => "column",
                false => "add",
            };
            sink.push(hidden(text, node, field, "basis").help(help));
        } else if field.by_type && matches!(exposure, Exposure::Masked(_)) && !is_person(field) {
            sink.push(hidden(text, node, field, "type").help("declare"));
        }
    }
    let is_photo =
        |field: &Field| field.kind == FieldType::Image && field.privacy == Privacy::Masked;
    let photos = collection.fields.iter().zip(values);
    let photos = photos.filter(|(field, value)| unnamed && is_photo(field) && !value.is_absent());
    sink.extend(photos.map(|(field, _)| hidden(text, node, field, "photo").help("photo")));
}

/// Who a person is, the rules of the portal, the file and the record may hide as well.
fn is_person(field: &Field) -> bool {
    field.kind == FieldType::Person
}

/// Whether a row has a cell for the basis, though an empty one.
fn has_basis(row: &Node<'_>, posting: &[Field]) -> bool {
    let basis = posting.iter().find(|it| it.name == "basis");
    let mut entries = row.as_map().unwrap_or_default().iter();
    basis.is_some_and(|basis| entries.any(|it| basis.is_called(&it.key)))
}

/// The warning that a value is not shown in full, and why.
fn hidden(text: &Text, node: &Node<'_>, field: &Field, reason: &'static str) -> Diagnostic {
    let entries = node.as_map().unwrap_or_default();
    let span = entries.iter().find(|entry| field.is_called(&entry.key)).map(|it| it.value.span);
    let span = span.unwrap_or(first_line(text, node.span));
    Diagnostic::warning(Code::MissingBasis, text.locate(span))
        .arg_by_language("field", |it| field.label.get(it).to_owned())
        .arg("reason", reason)
}
