//! What a record, a file or a notice states of its own publication, read.

use jiff::civil::{Date, DateTime, Time};

use crate::{
    config::Names,
    diagnostic::{Code, Diagnostic, Location, Severity},
    scan,
    schema::{
        Collection, Field, Posting, Value,
        posting::{Base, Basis, BasisKind, Direction, Exposure, Objection, Term},
        record::Surroundings,
    },
    source::{
        Span, Text,
        reader::first_line,
        yaml::{Kind, Node},
    },
};

/// A value that a record gives for one of the fields of [`Surroundings::posting`].
#[derive(Debug)]
pub(super) struct Stated {
    pub(super) field: usize,
    pub(super) value: Value,
    pub(super) span: Span,
}

/// What was stated, by the names of the fields.
struct All<'a> {
    stated: &'a [Stated],
    fields: &'a [Field],
}

impl<'a> All<'a> {
    fn get(&self, name: &str) -> Option<&'a Stated> {
        self.stated.iter().find(|it| self.fields[it.field].name == name)
    }

    fn value(&self, name: &str) -> Option<&'a Value> {
        self.get(name).map(|it| &it.value)
    }

    fn date(&self, name: &str) -> Option<Date> {
        self.value(name).and_then(Value::as_date)
    }

    fn flag(&self, name: &str) -> bool {
        self.value(name) == Some(&Value::Boolean(true))
    }

    fn choice(&self, name: &str) -> Option<&'a str> {
        let stated = self.get(name)?;
        let Value::Choice(index) = stated.value else { return None };
        Some(&self.fields[stated.field].choices[usize::from(index)].value)
    }

    /// Something is stated that makes no sense without something else.
    fn lacking(&self, text: &Text, span: Span, name: &str) -> Diagnostic {
        Diagnostic::error(Code::MissingField, text.locate(span))
            .arg("field", name)
            .arg_by_language("label", |it| self.label(name, it))
            .help("add")
    }

    fn label(&self, name: &str, language: &str) -> String {
        let field = self.fields.iter().find(|it| it.name == name);
        field.map_or_else(String::new, |it| it.label.get(language).to_owned())
    }
}

/// Reads what was stated. A basis without its paper is none.
pub(super) fn posting(
    text: &Text,
    stated: &[Stated],
    around: Surroundings<'_>,
    sink: &mut Vec<Diagnostic>,
) -> Posting {
    let all = All { stated, fields: around.posting };
    let basis = basis(text, &all, sink);
    let posting = Posting {
        from: all.value("publish_from").and_then(first_moment),
        until: all.value("publish_until").and_then(moment_after),
        draft: all.flag("draft"),
        withdrawn: all.date("withdrawn"),
        unfounded: all.get("basis").is_some() && basis.is_none(),
        basis,
        minor: all.flag("minor"),
        born: all.date("born"),
        names: all.choice("names").and_then(Names::parse),
        objection: all.date("objection_until").map(|until| Objection {
            from: all.date("objection_from"),
            until,
            how: all.value("objection_how").and_then(Value::as_text).map(Into::into),
            phone: all.value("objection_phone").and_then(Value::as_text).map(Into::into),
        }),
        masked: false,
    };
    for (name, needed) in [
        ("basis_reference", "basis"),
        ("basis_date", "basis"),
        ("objection_from", "objection_until"),
        ("objection_how", "objection_until"),
        ("objection_phone", "objection_until"),
    ] {
        if let (Some(stated), None) = (all.get(name), all.get(needed)) {
            let mut diagnostic = all.lacking(text, stated.span, needed);
            diagnostic.severity = Severity::Warning;
            sink.push(diagnostic);
        }
    }
    let ends = |start, end, backwards: bool| (start, end, backwards);
    let objection = posting.objection.as_ref();
    for (start, end, backwards) in [
        ends(
            "publish_from",
            "publish_until",
            posting.from.is_some() && posting.until.is_some() && posting.until <= posting.from,
        ),
        ends(
            "objection_from",
            "objection_until",
            objection.is_some_and(|it| it.from.is_some_and(|from| from > it.until)),
        ),
    ] {
        if let (true, Some(first), Some(last)) = (backwards, all.get(start), all.get(end)) {
            sink.push(
                Diagnostic::error(Code::EndsBeforeStarts, text.locate(last.span))
                    .arg_by_language("start", |it| all.label(start, it))
                    .arg_by_language("end", |it| all.label(end, it))
                    .related(text.locate(first.span), "start")
                    .help("swap"),
            );
        }
    }
    if let Some(stated) = all.get("names")
        && posting.names.is_some_and(|it| it < around.names)
    {
        sink.push(looser(text.locate(stated.span), around.names));
    }
    posting
}

/// A rule for names that shows more than the portal's.
pub(super) fn looser(location: Location, names: Names) -> Diagnostic {
    Diagnostic::warning(Code::LooserNames, location).arg("names", names.name()).help("remove")
}

fn first_moment(value: &Value) -> Option<DateTime> {
    match value {
        Value::Date(day) => Some(day.to_datetime(Time::midnight())),
        Value::DateTime(moment) => Some(*moment),
        _ => None,
    }
}

/// The first moment that lies behind a day or moment.
fn moment_after(value: &Value) -> Option<DateTime> {
    match value {
        Value::Date(day) => Some(end_of(*day)),
        Value::DateTime(moment) => Some(*moment),
        _ => None,
    }
}

/// The first moment after a day.
fn end_of(day: Date) -> DateTime {
    day.tomorrow().map_or(DateTime::MAX, |it| it.to_datetime(Time::midnight()))
}

fn basis(text: &Text, all: &All<'_>, sink: &mut Vec<Diagnostic>) -> Option<Basis> {
    let kind = all.choice("basis").and_then(BasisKind::parse)?;
    let reference = all.value("basis_reference").and_then(Value::as_text).unwrap_or_default();
    let basis = Basis { kind, reference: reference.into(), date: all.date("basis_date") };
    if kind != BasisKind::Office && (basis.reference.is_empty() || basis.date.is_none()) {
        let span = all.get("basis").map_or(text.first_line(), |it| it.span);
        sink.push(Diagnostic::warning(Code::IncompleteBasis, text.locate(span)).help("add"));
        return None;
    }
    Some(basis)
}

/// Adds to what a record states what its file and its collection say of it. `span` is where the
/// record stands.
pub(super) fn complete(
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
    let mut told = Counting { text, span, around, collection, values, unknown: None, open: false };
    if posting.from.is_none() {
        let day = rules.from.and_then(|it| told.day(it, &posting));
        posting.from = day.map(|it| it.to_datetime(Time::midnight()));
    }
    if posting.until.is_none() {
        posting.until = rules.until.and_then(|it| told.day(it, &posting)).map(end_of);
    }
    if let (None, Some(rule)) = (&posting.objection, &rules.objection) {
        let from = rule.from.and_then(|it| told.day(it, &posting));
        let until = told.day(rule.until, &posting);
        posting.objection = until.map(|until| Objection { from, until, how: None, phone: None });
    }
    told.tell(sink);
    (posting != Posting::default()).then(|| Box::new(posting))
}

/// Counts days for a record.
struct Counting<'a> {
    text: &'a Text,
    span: Span,
    around: Surroundings<'a>,
    collection: &'a Collection,
    values: &'a [Value],
    /// A year of which the calendar knows no holidays.
    unknown: Option<i16>,
    /// There was no day to count from.
    open: bool,
}

impl Counting<'_> {
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

    fn tell(self, sink: &mut Vec<Diagnostic>) {
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
                    .arg_by_language("label", |it| {
                        label.map_or(field, |found| found.label.get(it)).to_owned()
                    })
                    .help("add"),
            );
        }
    }
}

/// Tells of every person who is named in full without a basis.
pub(super) fn check(
    text: &Text,
    node: &Node<'_>,
    collection: &Collection,
    (values, posting): (&[Value], Option<&Posting>),
    around: Surroundings<'_>,
    sink: &mut Vec<Diagnostic>,
) {
    if posting.is_some_and(|it| it.minor || it.draft || it.unfounded) {
        return;
    }
    for (field, value) in collection.fields.iter().zip(values) {
        if !field.is_personal() || value.is_absent() {
            continue;
        }
        if collection.exposure(field, value, posting, around.names) == Exposure::NeedsBasis {
            let entries = node.as_map().unwrap_or_default();
            let named = |it: &str| it == field.name || field.label.is(it);
            let span = entries.iter().find(|it| named(&it.key)).map(|it| it.value.span);
            let span = span.unwrap_or(first_line(text, node.span));
            sink.push(
                Diagnostic::warning(Code::MissingBasis, text.locate(span))
                    .arg_by_language("field", |it| field.label.get(it).to_owned())
                    .help(if text.path.has_extension("csv") { "column" } else { "add" }),
            );
        }
    }
}

/// The records of a file, and what the file says of all of them: a list, or a mapping with a list
/// under `records`.
pub(super) fn records<'n, 'a>(node: &'n Node<'a>) -> Option<(&'n [Node<'a>], bool)> {
    match &node.kind {
        Kind::List(items) => Some((items, false)),
        Kind::Map(_) => match &node.get(RECORDS)?.kind {
            Kind::List(items) => Some((items, true)),
            Kind::Null => Some((&[], true)),
            _ => None,
        },
        _ => None,
    }
}

/// The key of the records in a file that says something of all of them.
pub(super) const RECORDS: &str = "records";

/// Of what may be stated, all that a record may: what its texts may hold is said by its field.
pub(super) fn of_records(posting: &[Field]) -> &[Field] {
    let notices = posting.iter().position(|it| it.name == "allow");
    &posting[..notices.unwrap_or(posting.len())]
}

/// The personal data that a notice may hold. Without a reason none is allowed.
pub(super) fn allowed(
    text: &Text,
    stated: &[Stated],
    around: Surroundings<'_>,
    sink: &mut Vec<Diagnostic>,
) -> Vec<scan::Kind> {
    let all = All { stated, fields: around.posting };
    let Some(allow) = all.get("allow") else { return Vec::new() };
    if all.value("allow_reason").is_none() {
        sink.push(all.lacking(text, allow.span, "allow_reason"));
        return Vec::new();
    }
    let choices = &around.posting[allow.field].choices;
    let kind = |it: &Value| match it {
        Value::Choice(index) => scan::Kind::parse(&choices[usize::from(*index)].value),
        _ => None,
    };
    allow.value.each().iter().filter_map(kind).collect()
}

/// Whether a word that says what personal data a text may hold is one.
pub(super) fn is_scanned(word: &str) -> Option<scan::Kind> {
    let kind = scan::Kind::parse(crate::text::narrow(word).as_ref());
    kind.filter(|it| !it.is_forbidden())
}
