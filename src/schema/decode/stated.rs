//! What a record, a file or a notice states of its own publication, read.
//!
//! The built-in declaration `posting.yaml` says which keys there are; this file makes a [`Posting`]
//! of their values and reports what does not fit together. A mistake here must never publish more
//! than was meant: a basis without its paper counts as none, a reason that is missing allows
//! nothing.
//!
//! ```yaml
//! publish_from: 2026-03-05            # from midnight of that day
//! publish_until: 2026-04-05           # to the end of that day
//! basis: consent                      # needs its paper:
//! basis_reference: 同意书 2026-17
//! basis_date: 2026-03-01
//! objection_until: 2026-03-12         # 公示期, up to the end of that day
//! ```
//!
//! The law on personal information (PIPL) wants a ground for handling it (article 13), and a
//! consent of its own before it is made public (article 25). So a basis says which it is, and where
//! it can be looked up.

use jiff::civil::{Date, DateTime, Time};

use crate::{
    config::Names,
    diagnostic::{Code, Diagnostic, Location, Severity, with_near},
    scan,
    schema::{
        Field, OldAddress, Posting, Value,
        collection::field_called,
        decode::{addresses, surroundings::Surroundings},
        old_address,
        posting::{Basis, BasisKind, Objection},
    },
    source::{
        Span, Text,
        yaml::{MapEntry, Node, NodeKind, RECORDS},
    },
};

/// A value that a record gives for one of the fields of [`Surroundings::posting`].
#[derive(Debug)]
pub(in crate::schema) struct Stated {
    /// Which: its index among these fields.
    pub(in crate::schema) field: usize,
    /// What is said; never absent.
    pub(in crate::schema) value: Value,
    /// Where the value stands.
    pub(in crate::schema) span: Span,
}

/// What was stated, by the names of the fields.
///
/// There are a handful of them, so they are looked for one by one. The names are those of
/// `posting.yaml`, which is built in.
struct All<'a> {
    /// No field comes twice.
    stated: &'a [Stated],
    /// The fields that `Stated::field` counts in.
    fields: &'a [Field],
}

impl<'a> All<'a> {
    /// What is stated for the field of that name.
    fn get(&self, name: &str) -> Option<&'a Stated> {
        self.stated.iter().find(|stated| self.fields[stated.field].name == name)
    }

    fn value(&self, name: &str) -> Option<&'a Value> {
        self.get(name).map(|it| &it.value)
    }

    /// There is a reason for what `allow` says.
    fn has_reason(&self) -> bool {
        let reason = self.value("allow_reason").and_then(Value::as_text);
        reason.is_some_and(|it| !it.trim().is_empty())
    }

    /// A date, or the first day of a month or year.
    fn date(&self, name: &str) -> Option<Date> {
        self.value(name).and_then(Value::as_date)
    }

    /// Returns whether yes is stated. What is not stated is a no.
    fn flag(&self, name: &str) -> bool {
        self.value(name) == Some(&Value::Boolean(true))
    }

    /// The word of a choice as declarations have it, not its label.
    fn choice(&self, name: &str) -> Option<&'a str> {
        let stated = self.get(name)?;
        let Value::Choice(index) = stated.value else { return None };
        Some(&self.fields[stated.field].choices[usize::from(index)].value)
    }

    /// The diagnostic of something that makes no sense without something else: the field `name`,
    /// which is missing.
    fn lacking(&self, text: &Text, span: Span, name: &str) -> Diagnostic {
        Diagnostic::error(Code::MissingField, text.locate(span))
            .arg("field", name)
            .arg_by_language("label", |it| self.label(name, it))
            .help("add")
    }

    /// What readers call a field, in a language; empty for a field that there is none of.
    fn label(&self, name: &str, language: &str) -> String {
        let field = self.fields.iter().find(|field| field.name == name);
        field.map_or_else(String::new, |it| it.label.get(language).to_owned())
    }
}

/// Makes a posting of what was stated. A basis without its paper is none, and then no basis of the
/// file or collection counts either ([`Posting::unfounded`]). Stated values that mean nothing
/// alone, the date of a basis without one, say, are warnings.
///
/// It takes what stands together in one place: record and file are put together by `posting.rs`. A
/// posting that ends before it begins is an error, as is an objection period; one that is over on
/// the moment it begins is no posting either.
pub(in crate::schema) fn posting(
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
        namesakes: allows_names(text, &all, sink),
        slug: slug(text, &all, sink),
        aliases: aliases(text, &all, sink),
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

/// The name in the address, unless it is none.
fn slug(text: &Text, all: &All<'_>, sink: &mut Vec<Diagnostic>) -> Option<Box<str>> {
    let stated = all.get("slug")?;
    let slug = stated.value.as_text()?;
    let wrong = old_address::wrong_slug(slug, text.locate(stated.span));
    let is_right = wrong.is_none();
    sink.extend(wrong);
    is_right.then(|| slug.into())
}

/// The old addresses, without those that are none.
fn aliases(text: &Text, all: &All<'_>, sink: &mut Vec<Diagnostic>) -> Vec<OldAddress> {
    let Some(stated) = all.get("aliases") else { return Vec::new() };
    let place = |word: &str, before| addresses::place_in(text, stated.span, word, before);
    addresses::read(&stated.value, place, sink)
}

/// Reports an address where none can be: `file` for what a whole file says, `no-page` for a record
/// without a page. It is left out.
pub(in crate::schema) fn no_address(
    text: &Text,
    stated: &[Stated],
    (posting, around): (&mut Posting, Surroundings<'_>),
    reason: &'static str,
    sink: &mut Vec<Diagnostic>,
) {
    let all = All { stated, fields: around.posting };
    for stated in [all.get("slug"), all.get("aliases")].into_iter().flatten() {
        let words = stated.value.each().iter().find_map(Value::as_text).unwrap_or_default();
        sink.push(old_address::wrong(words, reason, text.locate(stated.span)));
    }
    (posting.slug, posting.aliases) = (None, Vec::new());
}

/// The diagnostic of a rule for names that shows more than another, `names`, which is the stricter
/// and counts. A warning: nothing is shown that should not be.
pub(in crate::schema) fn looser(location: Location, names: Names) -> Diagnostic {
    Diagnostic::warning(Code::LooserNames, location).arg("names", names.name()).help("remove")
}

/// The first moment of a day, or a moment itself. Nothing for any other value.
pub(in crate::schema) fn first_moment(value: &Value) -> Option<DateTime> {
    match value {
        Value::Date(day) => Some(day.to_datetime(Time::midnight())),
        Value::DateTime(moment) => Some(*moment),
        _ => None,
    }
}

/// The first moment that lies behind a day, or a moment itself: something posted until 9:00 is gone
/// at 9:00.
fn moment_after(value: &Value) -> Option<DateTime> {
    match value {
        Value::Date(day) => Some(end_of(*day)),
        Value::DateTime(moment) => Some(*moment),
        _ => None,
    }
}

/// The first moment after a day; the last that can be written for the last day of the calendar.
pub(in crate::schema) fn end_of(day: Date) -> DateTime {
    day.tomorrow().map_or(DateTime::MAX, |it| it.to_datetime(Time::midnight()))
}

/// The basis that is stated, if its paper is named: reference and date, but for an office, whose
/// duties need no paper.
///
/// An incomplete one is a warning and no basis: the names are masked, and the site can be published
/// meanwhile.
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

/// The records of a file; the file itself if it holds none.
pub(crate) fn items<'n, 'a>(node: &'n Node<'a>, fields: &[Field]) -> &'n [Node<'a>] {
    records(node, fields).map_or(std::slice::from_ref(node), |(items, _)| items)
}

/// The records of a file, and whether something stands around them that is said of all: a file is a
/// list, or a mapping with a list under `records`, or one record with some of these fields. Nothing
/// if it is none of them.
///
/// An empty `records:` is an empty list.
pub(crate) fn records<'n, 'a>(
    node: &'n Node<'a>,
    fields: &[Field],
) -> Option<(&'n [Node<'a>], bool)> {
    match (&node.kind, node.get(RECORDS).map(|list| &list.kind)) {
        (NodeKind::List(items), _) => Some((items, false)),
        (_, Some(NodeKind::List(items))) => Some((items, true)),
        (_, Some(NodeKind::Null)) => Some((&[], true)),
        (NodeKind::Map(entries), None) => {
            let is_field = |entry: &MapEntry<'_>| field_called(fields, &entry.key).is_some();
            entries.iter().any(is_field).then_some((std::slice::from_ref(node), false))
        }
        _ => None,
    }
}

/// Whether names that somebody withdrew elsewhere are said to be those of others. Whatever is
/// allowed, a missing reason is an error.
fn allows_names(text: &Text, all: &All<'_>, sink: &mut Vec<Diagnostic>) -> bool {
    let Some(allow) = all.get("allow") else { return false };
    if !all.has_reason() {
        sink.push(all.lacking(text, allow.span, "allow_reason"));
        return false;
    }
    let choices = &all.fields[allow.field].choices;
    let is_name = |value: &Value| match value {
        Value::Choice(index) => &*choices[usize::from(*index)].value == NAME,
        _ => false,
    };
    allow.value.each().iter().any(is_name)
}

/// What `allow` says of names that somebody withdrew.
const NAME: &str = "name";

/// Reports what a record or file allows beside names. Which personal data a record's texts may hold
/// is decided by its fields, once for all records.
pub(in crate::schema) fn only_names(
    text: &Text,
    stated: &[Stated],
    around: Surroundings<'_>,
    sink: &mut Vec<Diagnostic>,
) {
    let all = All { stated, fields: around.posting };
    let Some(allow) = all.get("allow") else { return };
    let choices = &around.posting[allow.field].choices;
    let word = |value: &Value| match value {
        Value::Choice(index) => Some(&*choices[usize::from(*index)].value),
        _ => None,
    };
    if let Some(word) = allow.value.each().iter().filter_map(word).find(|word| *word != NAME) {
        let diagnostic = Diagnostic::error(Code::UnknownChoice, text.locate(allow.span));
        let diagnostic = diagnostic.arg("field", "allow").arg("value", word);
        sink.push(with_near(diagnostic, None, &[NAME]));
    }
}

/// The personal data that a notice may hold. Without a reason, which [`posting`] reports, none is
/// allowed.
pub(in crate::schema) fn allowed(
    stated: &[Stated],
    around: Surroundings<'_>,
) -> Vec<scan::DataKind> {
    let all = All { stated, fields: around.posting };
    let Some(allow) = all.get("allow").filter(|_| all.has_reason()) else {
        return Vec::new();
    };
    let choices = &around.posting[allow.field].choices;
    let kind = |value: &Value| match value {
        Value::Choice(index) => scan::DataKind::parse(&choices[usize::from(*index)].value),
        _ => None,
    };
    allow.value.each().iter().filter_map(kind).collect()
}

/// The kind of personal data that a word names, as a declaration may allow it; nothing for other
/// words, and for those of identity cards.
pub(in crate::schema) fn is_scanned(word: &str) -> Option<scan::DataKind> {
    let kind = scan::DataKind::parse(crate::text::narrow(word).as_ref());
    kind.filter(|it| it.may_be_allowed())
}
