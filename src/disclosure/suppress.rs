//! Counts that are too small to be shown.
//!
//! At the places that a declaration names, a count from 1 up to its limit becomes [`Value::Few`], and
//! is gone before anything is measured. Whatever is published later is made from what is left: a sum
//! adds the counts that are shown and says how many it leaves out, any other figure over a hidden
//! count is withheld (`figures/tally.rs`). So all that is published is a function of what is shown.
//! Nobody can infer a hidden count from it, not even from all builds that there have ever been: with
//! any other small count in its place every one of them would have been the same, byte for byte.
//!
//! A field whose numbers are made from others, as its declaration says (`total-of`, `share-of`), is
//! withheld in each record in which one of those is hidden. With `total-of: [day, night]`:
//!
//! ```text
//! written    day: 1        night: 5    total: 6
//! shown      day: fewer    night: 5    total: not shown
//! ```

use crate::{
    diagnostic::Diagnostic,
    disclosure::typed_totals,
    schema::{Catalog, Field, FieldType, RecordSet, Value, posting::Suppress},
};

/// Hides the small counts of a record set if its place lies under the level of the rule, and what
/// is made from them. Reports numbers that seem to be made from others. O(records × fields).
pub(super) fn hide(set: &mut RecordSet, catalog: &Catalog) -> Vec<Diagnostic> {
    let collection = catalog.collections.get(set.collection);
    let Some(rule) = collection.publication.suppress else { return Vec::new() };
    if catalog.rank(set.place).is_none_or(|rank| rank <= rule.under) {
        return Vec::new();
    }
    let diagnostics = typed_totals::check(set, collection);
    for record in &mut set.records {
        for (field, value) in collection.fields.iter().zip(&mut record.values) {
            if field.kind == FieldType::Count {
                hide_count(value, rule);
            }
        }
        hide_made(&collection.fields, &mut record.values);
    }
    diagnostics
}

fn hide_count(value: &mut Value, rule: Suppress) {
    match value {
        Value::Integer(number) if (1..i64::from(rule.below)).contains(number) => {
            *value = Value::Few(rule.below);
        }
        Value::List(values) => values.iter_mut().for_each(|value| hide_count(value, rule)),
        _ => {}
    }
}

/// Withholds what is made from a hidden value, again and again: a total may be a part of another.
/// One that is small itself is withheld like any other, since "fewer than 3" would tell that the two
/// counts in it are 1.
fn hide_made(fields: &[Field], values: &mut [Value]) {
    let is_due = |values: &[Value], index: usize| {
        let hidden = |part: &usize| values[*part].is_hidden();
        let value = &values[index];
        *value != Value::Withheld && !value.is_absent() && fields[index].made_of.iter().any(hidden)
    };
    while let Some(index) = (0..fields.len()).find(|index| is_due(values, *index)) {
        values[index] = Value::Withheld;
    }
}
