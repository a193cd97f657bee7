//! The parts of a declaration that say when and how its records may be published.
//!
//! They are rules for records that do not say so themselves, as data ([`Publication`]). Days are
//! counted for each record when it is decoded, in [`decode`](mod@crate::schema::decode).
//!
//! ```yaml
//! names: masked                                     # never more than the portal shows
//! basis: {kind: statutory, reference: 评选办法, date: 2026-01-05}
//! posting: {from: date, until: 1 year after from}
//! objection: {from: date, until: 5 working days after date, how: 致电居委会, after: 已确认}
//! suppress: {below: 3, under: street}
//! ```
//!
//! A term is a day: a date field, or `from`, or a period before or after one. Forms of periods are
//! those of [`Period::parse`], Chinese ones included: `15个工作日 after date`.

use crate::{
    config::{Levels, Names},
    diagnostic::Diagnostic,
    schema::{
        Field, FieldType, Period, Publication,
        declaration::checks::{field_named, unfit},
        posting::{Base, Basis, BasisKind, Direction, ObjectionRule, Suppress, Term},
        scalar,
    },
    source::{
        Span, Text,
        reader::{MapReader, bad_name, first_line, missing, wrong_type},
        yaml::NodeKind,
    },
};

/// Reads `names`, `basis`, `posting`, `objection` and `suppress`.
///
/// What has a mistake is reported and left out, and the declaration with it. `objection` needs an
/// `until`. The days that terms count from may stand in internal fields.
pub(in crate::schema) fn read(
    text: &Text,
    reader: &mut MapReader<'_>,
    (fields, levels): (&[Field], &Levels),
    sink: &mut Vec<Diagnostic>,
) -> Publication {
    let mut publication = Publication {
        names: reader.choice("names", Names::NAMES, Names::parse, sink),
        basis: basis(text, reader, sink),
        suppress: suppress(text, reader, levels, sink),
        ..Publication::default()
    };
    let scope = DayScope { text, fields };
    if let Some(mut inner) =
        reader.get("posting").and_then(|node| MapReader::open(text, node, sink))
    {
        publication.from = scope.term(&mut inner, "from", sink);
        publication.until = scope.term(&mut inner, "until", sink);
        inner.finish(sink);
    }
    if let Some(mut inner) =
        reader.get("objection").and_then(|node| MapReader::open(text, node, sink))
    {
        inner.require("until", sink);
        let from = scope.term(&mut inner, "from", sink);
        let until = scope.term(&mut inner, "until", sink);
        let how = inner.localized("how", sink);
        let phone = inner.word("phone", sink).map(|(phone, _)| phone.to_owned());
        let after = inner.localized("after", sink);
        inner.finish(sink);
        publication.objection = until.map(|until| ObjectionRule { from, until, how, phone, after });
    }
    publication
}

/// `basis: office`, or `{kind: statutory, reference: …, date: …}`.
///
/// Consent is no basis of a whole collection: each person gives it, and it stands in the record. A
/// statutory basis must name the law or paper. The day is read as one of a record is.
fn basis(text: &Text, reader: &mut MapReader<'_>, sink: &mut Vec<Diagnostic>) -> Option<Basis> {
    const KINDS: &[&str] = &["statutory", "office"];
    let kind = |word: &str| BasisKind::parse(word).filter(|it| *it != BasisKind::Consent);
    let node = reader.get("basis")?;
    if !matches!(node.kind, NodeKind::Map(_)) {
        let kind = reader.choice("basis", KINDS, kind, sink)?;
        if kind == BasisKind::Statutory {
            let place = text.locate(first_line(text, node.span));
            sink.push(missing(place, "reference", "statutory"));
        }
        return Some(Basis { kind, reference: "".into(), date: None });
    }
    let mut inner = MapReader::open(text, node, sink)?;
    inner.require("kind", sink);
    let kind = inner.choice("kind", KINDS, kind, sink);
    let reference = if kind == Some(BasisKind::Statutory) {
        inner.require("reference", sink);
        inner.word("reference", sink)
    } else {
        inner.word("reference", sink)
    };
    let date = inner.word("date", sink).and_then(|(word, span)| {
        let date = scalar::date(word).ok();
        if date.is_none() {
            sink.push(wrong_type(text.locate(span), "date", "date", word));
        }
        date
    });
    inner.finish(sink);
    let reference = reference.map_or("", |(word, _)| word).into();
    Some(Basis { kind: kind?, reference, date })
}

/// `suppress: {below: NUMBER, under: LEVEL}`: counts from 1 up to `below`, without it, are not
/// shown at places under that level.
///
/// The threshold is from 3 to 1000. With 2 only a count of 1 would be hidden, and "fewer than 2"
/// says just that.
fn suppress(
    text: &Text,
    reader: &mut MapReader<'_>,
    levels: &Levels,
    sink: &mut Vec<Diagnostic>,
) -> Option<Suppress> {
    let mut inner = MapReader::open(text, reader.get("suppress")?, sink)?;
    inner.require("below", sink);
    inner.require("under", sink);
    let below = inner.word("below", sink).and_then(|(word, span)| {
        let below = word.parse().ok().filter(|it| (3..=1000).contains(it));
        if below.is_none() {
            sink.push(wrong_type(text.locate(span), "below", "threshold", word));
        }
        below
    });
    let under = inner.choice("under", &levels.names(), |name| levels.rank(name), sink);
    inner.finish(sink);
    Some(Suppress { below: below?, under: under? })
}

/// What days are read against.
struct DayScope<'a> {
    /// The declaration, for the places of diagnostics.
    text: &'a Text,
    /// Its fields, of which terms name some.
    fields: &'a [Field],
}

impl DayScope<'_> {
    /// A day counted from another: `date`, `1 year after date`, `3 days before from`.
    ///
    /// A period that cannot be read is reported with the whole term. A field may be called `before`
    /// or `after`, since the word of direction has spaces around it.
    fn term(
        &self,
        reader: &mut MapReader<'_>,
        key: &'static str,
        sink: &mut Vec<Diagnostic>,
    ) -> Option<Term> {
        let (word, span) = reader.word(key, sink)?;
        let (distance, base) = match direction(word) {
            None => (None, word),
            Some((length, direction, base)) => match Period::parse(length.trim()) {
                Some(period) => (Some((period, direction)), base.trim()),
                None => {
                    sink.push(wrong_type(self.text.locate(span), key, "term", word));
                    return None;
                }
            },
        };
        Some(Term { base: self.base(key, base, span, sink)?, distance })
    }

    /// The day that is counted from: a date field, or `from`, the first day of posting, unless a
    /// field is called so. A base of several words is reported as a term that cannot be read, and
    /// not as a field that is not declared: `one year later` names none.
    fn base(
        &self,
        key: &'static str,
        word: &str,
        span: Span,
        sink: &mut Vec<Diagnostic>,
    ) -> Option<Base> {
        if word == "from" && !self.fields.iter().any(|field| field.name == "from") {
            return Some(Base::From);
        }
        if word.contains(char::is_whitespace) {
            sink.push(wrong_type(self.text.locate(span), key, "term", word));
            return None;
        }
        let field = field_named(self.text, self.fields, word, span, sink)?;
        if self.fields[field].kind.is_date() || self.fields[field].kind == FieldType::DateTime {
            return Some(Base::Field(field));
        }
        sink.push(unfit(self.text, &self.fields[field], span, "date"));
        None
    }
}

/// The length, the direction and the base of a term; nothing if the word has no direction. The
/// first ` after ` counts, else the first ` before `.
fn direction(word: &str) -> Option<(&str, Direction, &str)> {
    let cut = |sign, direction| word.split_once(sign).map(|(a, b)| (a, direction, b));
    cut(" after ", Direction::After).or_else(|| cut(" before ", Direction::Before))
}

/// Reports a field whose name or label already has a meaning in every record, such as `draft` or
/// `草稿`: a record could not say which of the two it speaks of.
pub(in crate::schema) fn check_reserved(
    text: &Text,
    name: &str,
    span: Span,
    reserved: &[Field],
    sink: &mut Vec<Diagnostic>,
) {
    if reserved.iter().any(|field| field.is_called(name)) {
        sink.push(bad_name(text.locate(span), name).help("reserved"));
    }
}
