//! The `figures` of a declaration.
//!
//! A figure has a `measure`, and may have `label`, `unit`, `when`, `where` and `by`; and
//! `unit-of`, the field that says the unit of what `by` tells apart. Each measure reads keys of its
//! own:
//!
//! | measure | keys |
//! | --- | --- |
//! | `count` | `of`, a field whose values are counted; without it records are |
//! | `sum`, `mean`, `median`, `latest`, `change` | `of`, an operand |
//! | `share` | `part` and `whole`, fields; or `part`, conditions |
//! | `distinct` | `of`, a field |
//! | `next` | none |
//! | `streak` | `every`, a period, and `holds`, conditions |
//!
//! An operand is a number field, `part / whole`, `later - earlier`, or a list of which the first
//! that a record gives counts. Whatever a figure is made from must be public: its number is.
//!
//! ```yaml
//! figures:
//!   total: {measure: count, unit: 人次}
//!   by-award: {measure: count, by: award}
//!   solved: {measure: share, part: {state: 已办结}}
//!   duration: {measure: mean, of: closed - opened, unit: 天}
//!   calm: {measure: streak, every: month, holds: {incidents: "0"}}
//!   open: {measure: count, where: {due: before today, closed: absent}}
//! ```
//!
//! A figure that names a part of several groups, without a number, counts each group that a record
//! has as a record of its own: `{measure: count, by: contacts.role}`.
//!
//! A condition is a field and what holds of it: `present`, `absent`, `before DAY`,
//! `on or before DAY`, `after DAY`, or a value, read as a record's would be. A day is `today` or
//! another date field.
//!
//! What the figures come to is computed by `figures/`; here they are only read, with fields as
//! indexes.

use std::{borrow::Cow, cell::RefCell, collections::BTreeSet};

use crate::{
    diagnostic::{Diagnostic, enough},
    schema::{
        Field, FieldType, Value,
        declaration::checks::{public_field, unfit},
        decode::{surroundings::Surroundings, values},
        figure::{Condition, Day, Every, Figure, GroupParts, Measure, Operand, Test, When},
        group::{Group, first_named},
        posting::Privacy,
    },
    source::{
        Span, Text,
        reader::{MapReader, check_name, misshapen, missing, too_many},
        yaml::{Node, NodeKind},
    },
};

/// The measures, in the order in which messages list them.
const MEASURES: &[&str] =
    &["count", "sum", "mean", "median", "share", "distinct", "latest", "change", "next", "streak"];

/// More figures than anybody would read. Each is measured of every record and shown at every place.
const MAX_FIGURES: usize = 1000;

/// Reads the `figures` of a declaration with these fields. `dated` says whether its records have a
/// date; figures over time are errors without one. A figure with a mistake is left out.
///
/// A declaration is dropped with any error, so a figure that is left out here is never missed on a
/// page.
pub(in crate::schema) fn read(
    text: &Text,
    node: &Node<'_>,
    fields: &[Field],
    dated: bool,
    sink: &mut Vec<Diagnostic>,
) -> Vec<Figure> {
    let Some(reader) = MapReader::open(text, node, sink) else { return Vec::new() };
    let mut figures = Vec::new();
    for entry in reader.entries() {
        if enough(&text.path, sink) {
            break;
        }
        if figures.len() == MAX_FIGURES {
            sink.push(too_many(text.locate(entry.key_span), "figures", "", MAX_FIGURES));
            break;
        }
        check_name(text, &entry.key, entry.key_span, sink);
        let Some(inner) = MapReader::open(text, &entry.value, sink) else { continue };
        let scope = FigureScope { text, fields, groups: RefCell::default() };
        figures.extend(scope.figure(&entry.key, entry.key_span, inner, dated, sink));
    }
    figures
}

/// A test against another day.
type Comparison = fn(Day) -> Test;

/// What every part of a figure is read against.
struct FigureScope<'a> {
    /// The declaration, for the places of diagnostics.
    text: &'a Text,
    /// Its fields, by which names become indexes.
    fields: &'a [Field],
    /// The names of the groups of which the figure has named a part without a number.
    groups: RefCell<BTreeSet<&'static str>>,
}

impl<'a> FigureScope<'a> {
    /// Reads one figure. `span` is where its name stands.
    ///
    /// `latest`, `change`, `next` and `streak`, and any `when` but `all`, need records with a date;
    /// without one the figure is an error at its name. Keys that no measure reads are reported by
    /// the reader; those of another measure are among them.
    fn figure(
        &self,
        name: &str,
        span: Span,
        mut reader: MapReader<'a>,
        dated: bool,
        sink: &mut Vec<Diagnostic>,
    ) -> Option<Figure> {
        let label = reader.localized("label", sink);
        let unit = reader.localized("unit", sink);
        let when = reader.choice("when", When::NAMES, When::parse, sink).unwrap_or(When::All);
        let filter = reader.get("where").map(|it| self.conditions(it, sink)).unwrap_or_default();
        let by = self.distinct_field(&mut reader, "by", sink);
        let unit_of = self.distinct_field(&mut reader, "unit-of", sink).filter(|_| {
            reader.require("by", sink);
            by.is_some()
        });
        let measure = self.measure(&mut reader, sink);
        let needs_date = when != When::All
            || matches!(
                measure,
                Some(Measure::Next | Measure::Streak(..) | Measure::Latest(_) | Measure::Change(_))
            );
        if needs_date && !dated {
            sink.push(missing(self.text.locate(span), "date", "date"));
            return None;
        }
        reader.finish(sink);
        let each_group = self.each_group(span, sink)?;
        Some(Figure {
            name: name.to_owned(),
            label,
            unit,
            measure: measure?,
            when,
            filter,
            by,
            unit_of,
            each_group,
        })
    }

    /// The groups of a record that the figure counts. Nothing, and a diagnostic at `span`, if it names
    /// parts of two that have nothing to do with each other.
    fn each_group(&self, span: Span, sink: &mut Vec<Diagnostic>) -> Option<Vec<GroupParts>> {
        let groups = self.groups.borrow();
        let Some(name) = groups.first() else { return Some(Vec::new()) };
        let parts = || {
            let part = |(index, field): (usize, &'a Field)| Some((index, field.group.as_ref()?));
            self.fields.iter().enumerate().filter_map(part).filter(|(_, it)| it.name == *name)
        };
        if groups.len() > 1 {
            let first = parts().next().map(|(first, _)| &self.fields[first]);
            sink.extend(first.map(|it| unfit(self.text, it, span, "").help("one-group")));
            return None;
        }
        let most = parts().map(|(_, it)| it.number).max().unwrap_or(0);
        let of = |number: u16| {
            let numbered = parts().filter(move |(_, it)| it.number == number);
            let pair = |(index, group): (usize, &Group)| {
                let first = parts().find(|(_, it)| it.number == 1 && it.part == group.part);
                first.map(|(first, _)| (first, index))
            };
            numbered.filter_map(pair).collect()
        };
        Some((1..=most).map(of).collect())
    }

    /// The index of a public field. One that is a part of several groups may be named without a
    /// number.
    fn public_field(&self, word: &str, span: Span, sink: &mut Vec<Diagnostic>) -> Option<usize> {
        let name = first_named(self.fields.iter().filter_map(|it| it.group.as_ref()), word);
        let index = public_field(self.text, self.fields, &name, span, sink)?;
        if let (Cow::Owned(_), Some(group)) = (&name, &self.fields[index].group) {
            self.groups.borrow_mut().insert(group.name);
        }
        Some(index)
    }

    /// Reads the measure and the keys that belong to it. Nothing, and diagnostics, if one of those
    /// is missing or wrong. A `streak` without `holds` counts the periods that have records.
    fn measure(&self, reader: &mut MapReader<'a>, sink: &mut Vec<Diagnostic>) -> Option<Measure> {
        reader.require("measure", sink)?;
        let known = |it: &str| MEASURES.iter().copied().find(|known| *known == it);
        // The name is looked up among the measures by hand: each reads keys of its own.
        let (word, _) = reader.word("measure", sink)?;
        let Some(word) = known(word) else {
            reader.choice::<()>("measure", MEASURES, |_| None, sink);
            return None;
        };
        Some(match word {
            "count" => Measure::Count(self.field_of(reader, "of", sink)),
            "sum" => Measure::Sum(self.operand(reader, sink)?),
            "mean" => Measure::Mean(self.operand(reader, sink)?),
            "median" => Measure::Median(self.operand(reader, sink)?),
            "latest" => Measure::Latest(self.operand(reader, sink)?),
            "change" => Measure::Change(self.operand(reader, sink)?),
            "distinct" => {
                reader.require("of", sink)?;
                Measure::Distinct(self.distinct_field(reader, "of", sink)?)
            }
            "share" => self.share(reader, sink)?,
            "next" => Measure::Next,
            _ => {
                reader.require("every", sink)?;
                let every = reader.choice("every", Every::NAMES, Every::parse, sink)?;
                let holds = reader.get("holds").map(|it| self.conditions(it, sink));
                Measure::Streak(every, holds.unwrap_or_default())
            }
        })
    }

    /// A share of sums, or of records: the shape of `part` decides.
    ///
    /// ```yaml
    /// {measure: share, part: attended, whole: invited}     # a sum over a sum
    /// {measure: share, part: {state: 已办结}}               # records over records
    /// ```
    fn share(&self, reader: &mut MapReader<'a>, sink: &mut Vec<Diagnostic>) -> Option<Measure> {
        let part = reader.require("part", sink)?;
        if matches!(part.kind, NodeKind::Map(_)) {
            return Some(Measure::Fraction(self.conditions(part, sink)));
        }
        reader.require("whole", sink)?;
        let part = self.number_of(reader, "part", sink);
        let whole = self.number_of(reader, "whole", sink);
        Some(Measure::Share { part: part?, whole: whole? })
    }

    /// An operand, or a list of them. With a mistake in any of a list there is none. So all
    /// mistakes of the list are reported.
    fn operand(&self, reader: &mut MapReader<'a>, sink: &mut Vec<Diagnostic>) -> Option<Operand> {
        let node = reader.require("of", sink)?;
        match &node.kind {
            NodeKind::List(items) => {
                let each = items.iter().map(|item| self.term(reader, item, sink));
                each.collect::<Vec<_>>().into_iter().collect::<Option<Vec<_>>>().map(Operand::First)
            }
            _ => self.term(reader, node, sink),
        }
    }

    /// `field`, `part / whole`, or `later - earlier`.
    ///
    /// The minus sign needs a space on either side, since names may have a `-` in them:
    /// `closed - opened`. Days are counted between date fields, percentages made of number fields.
    fn term(
        &self,
        reader: &MapReader<'a>,
        node: &'a Node<'a>,
        sink: &mut Vec<Diagnostic>,
    ) -> Option<Operand> {
        let word = reader.scalar(node, sink)?;
        let mut pair = |sign: &str, fits: fn(FieldType) -> bool, wanted| {
            let (left, right) = word.split_once(sign)?;
            let left = self.fit(left.trim(), node.span, fits, wanted, sink);
            let right = self.fit(right.trim(), node.span, fits, wanted, sink);
            Some(left.zip(right))
        };
        if let Some(fields) = pair(" - ", FieldType::is_date, "date") {
            return fields.map(|(later, earlier)| Operand::Days(later, earlier));
        }
        if let Some(fields) = pair("/", FieldType::is_number, "number") {
            return fields.map(|(part, whole)| Operand::Percentage(part, whole));
        }
        self.fit(word, node.span, FieldType::is_number, "number", sink).map(Operand::Field)
    }

    /// The number field that a key names; nothing, and a diagnostic, for any other.
    fn number_of(
        &self,
        reader: &mut MapReader<'a>,
        key: &'static str,
        sink: &mut Vec<Diagnostic>,
    ) -> Option<usize> {
        let (word, span) = reader.word(key, sink)?;
        self.fit(word, span, FieldType::is_number, "number", sink)
    }

    /// A field that anybody may see. Of what type does not matter.
    fn field_of(
        &self,
        reader: &mut MapReader<'a>,
        key: &'static str,
        sink: &mut Vec<Diagnostic>,
    ) -> Option<usize> {
        let (word, span) = reader.word(key, sink)?;
        self.public_field(word, span, sink)
    }

    /// A field whose distinct values are counted or grouped by: not those of persons, which may
    /// look alike once they are masked. Two persons who are 王** would count as one, and groups by
    /// telephone number would publish the numbers. Groups by reference would name records that may not be
    /// published.
    fn distinct_field(
        &self,
        reader: &mut MapReader<'a>,
        key: &'static str,
        sink: &mut Vec<Diagnostic>,
    ) -> Option<usize> {
        let index = self.field_of(reader, key, sink)?;
        let field = &self.fields[index];
        let names_record = key != "of" && field.to.is_some();
        if names_record || field.is_personal() || field.privacy != Privacy::Public {
            let span = reader.get(key).map_or(reader.span, |it| it.span);
            let help = if names_record { "reference" } else { "impersonal" };
            sink.push(unfit(self.text, &self.fields[index], span, "").help(help));
            return None;
        }
        Some(index)
    }

    /// A public field of a type that fits. `wanted` is the word by which the message calls the
    /// types that fit.
    fn fit(
        &self,
        word: &str,
        span: Span,
        fits: fn(FieldType) -> bool,
        wanted: &'static str,
        sink: &mut Vec<Diagnostic>,
    ) -> Option<usize> {
        let index = self.public_field(word, span, sink)?;
        let field = &self.fields[index];
        if fits(field.kind) {
            return Some(index);
        }
        sink.push(unfit(self.text, field, span, wanted));
        None
    }

    /// `{FIELD: TEST, …}`. A condition with a mistake is reported and left out; the declaration is
    /// then dropped as a whole, so no figure counts more than it should.
    fn conditions(&self, node: &'a Node<'a>, sink: &mut Vec<Diagnostic>) -> Vec<Condition> {
        let NodeKind::Map(entries) = &node.kind else {
            sink.extend(misshapen(self.text, node, "mapping"));
            return Vec::new();
        };
        let mut conditions = Vec::new();
        for entry in entries {
            if enough(&self.text.path, sink) {
                break;
            }
            let field = self.public_field(&entry.key, entry.key_span, sink);
            let NodeKind::Scalar(word) = &entry.value.kind else {
                sink.extend(misshapen(self.text, &entry.value, "value"));
                continue;
            };
            let Some(field) = field else { continue };
            if let Some(test) = self.test(field, word.trim(), entry.value.span, sink) {
                conditions.push(Condition { field, test });
            }
        }
        conditions
    }

    /// `present`, `absent`, a comparison of days, or a value of the field's own type. A value that
    /// cannot be read is reported. Places and images have no values here, as a declaration does not
    /// know them.
    fn test(
        &self,
        field: usize,
        word: &str,
        span: Span,
        sink: &mut Vec<Diagnostic>,
    ) -> Option<Test> {
        let comparisons: [(&str, Comparison); 3] = [
            ("before ", Test::Before),
            ("on or before ", Test::OnOrBefore),
            ("after ", Test::After),
        ];
        for (prefix, test) in comparisons {
            if let Some(other) = word.strip_prefix(prefix) {
                let day = match other.trim() {
                    "today" => Day::Today,
                    other => Day::Field(self.fit(other, span, FieldType::is_date, "date", sink)?),
                };
                return Some(test(day));
            }
        }
        match word {
            "present" => Some(Test::Present),
            "absent" => Some(Test::Absent),
            word => {
                let around = Surroundings::none();
                let declared = &self.fields[field];
                let value = values::scalar(self.text, word, span, declared, around, sink);
                (value != Value::Absent).then_some(Test::Is(value))
            }
        }
    }
}
