//! What went wrong with a value, where its look tells it.
//!
//! Asked about values that their types cannot read, so that nobody is told to write a date in a cell
//! where a spreadsheet stored one as a number; and about text, which any type takes.
//!
//! | written | said |
//! | --- | --- |
//! | `#N/A`, `####`, `1.39E+10` | the spreadsheet lost the value |
//! | `1月4日` for a number; in a cell of text | `1-4` was taken for a day |
//! | `2026/1/4`, `46026` for a building, or where no value stands twice | the same |
//! | `46346` for a date | the spreadsheet stores 2026-11-20 so |
//! | `9:00-11:30` for a time | there are two |
//! | `82550111、82550112` for one number | there are two |
//! | `1380431000` for a telephone number | no number has so many digits |
//! | `8255011182550112` for several numbers | the same, and how they are parted |

use crate::{
    diagnostic::{Code, Diagnostic, Location},
    schema::{
        Field, FieldType, Value, day_time, misspelt_day,
        phone::{self, Reading},
        posting::Privacy,
        spreadsheet::{self, Damage},
    },
    source::{
        Span, Text,
        reader::{respelt, shortened},
    },
};

/// The diagnostic of a value that its type cannot read, if its look tells more than that.
pub(in crate::schema) fn explained(
    text: &Text,
    word: &str,
    span: Span,
    field: &Field,
) -> Option<Diagnostic> {
    if let Some(damage) = Damage::of(word) {
        return Some(damaged(text, damage, span, field));
    }
    // Nothing is said of the value of an internal field, so not which day it is.
    let is_internal = field.privacy == Privacy::Internal;
    if !is_internal
        && field.kind.is_number()
        && let Some(meant) = spreadsheet::turned(word).or_else(|| spreadsheet::turned_whole(word))
    {
        return Some(turned(Diagnostic::error, text.locate(span), field, meant));
    }
    let stored = (!is_internal).then(|| spreadsheet::stored(field.kind, word)).flatten();
    if let Some(meant) = stored {
        return Some(
            Diagnostic::error(Code::SpreadsheetDate, text.locate(span))
                .arg("field", field.name)
                .arg("value", shortened(word))
                .arg("meant", meant)
                .help("meant"),
        );
    }
    let (code, help) = match field.kind {
        FieldType::Time if day_time::is_range(word) => (Code::SeveralValues, "range"),
        FieldType::Phone if phone::reading(word) == Reading::Several && field.several => {
            (Code::PhoneLength, "part")
        }
        FieldType::Phone if phone::reading(word) == Reading::Several => {
            (Code::SeveralValues, "number")
        }
        _ => return None,
    };
    let diagnostic = Diagnostic::error(code, text.locate(span)).arg("field", field.name);
    Some(diagnostic.arg("value", shortened(word)).help(help))
}

/// Adds what would mend a day that is written in another form, or that a spreadsheet stored as a
/// number. Only of fields that everybody may read: a fix is told with the diagnostic.
pub(in crate::schema) fn mended(
    text: &Text,
    diagnostic: Diagnostic,
    word: &str,
    span: Span,
    field: &Field,
) -> Diagnostic {
    let is_open = field.privacy == Privacy::Public && !field.is_personal();
    let is_day = matches!(field.kind, FieldType::Date | FieldType::DateTime);
    let meant = match diagnostic.code {
        Code::WrongType if is_day => misspelt_day::meant(word),
        Code::SpreadsheetDate => {
            diagnostic.args.iter().find(|it| it.0 == "meant").map(|it| it.1.clone())
        }
        _ => None,
    };
    match meant.filter(|_| is_open) {
        Some(meant) => diagnostic.fixed_by(respelt(text, span, word, &meant)),
        None => diagnostic,
    }
}

/// The diagnostic of a value that a spreadsheet lost, where any text is a value.
pub(in crate::schema) fn lost(
    text: &Text,
    value: &Value,
    span: Span,
    field: &Field,
) -> Option<Diagnostic> {
    let Value::Text(word) = value else { return None };
    Damage::of(word).map(|damage| damaged(text, damage, span, field))
}

/// What is said of a cell of text that a spreadsheet took for a day. Anybody may write `1月4日` in
/// other files, and whole days in texts; no building is called so, so that is an error.
pub(in crate::schema) fn odd_day(
    text: &Text,
    value: &Value,
    span: Span,
    field: &Field,
) -> Option<Diagnostic> {
    let Value::Text(word) = value else { return None };
    let may_be = field.kind == FieldType::Text
        && field.privacy != Privacy::Internal
        && (field.numbered || text.path.is_table());
    if !may_be || word.len() > 24 {
        return None;
    }
    let short = word.contains(['日', '-']).then(|| spreadsheet::turned(word)).flatten();
    let is_name = field.numbered || field.unique;
    let whole = || is_name.then(|| spreadsheet::turned_whole(word)).flatten();
    let meant = short.or_else(whole)?;
    let severity = if field.numbered { Diagnostic::error } else { Diagnostic::warning };
    Some(turned(severity, text.locate(span), field, meant))
}

/// What is said of `1-4` that became a day.
fn turned(
    diagnostic: fn(Code, Location) -> Diagnostic,
    place: Location,
    field: &Field,
    meant: String,
) -> Diagnostic {
    let diagnostic = diagnostic(Code::SpreadsheetDamage, place).arg("field", field.name);
    diagnostic.arg("kind", "day").arg("meant", meant).help("day")
}

/// The warning about a telephone number of a length that none has.
pub(in crate::schema) fn odd_number(
    text: &Text,
    value: &Value,
    span: Span,
    field: &Field,
) -> Option<Diagnostic> {
    let Value::Text(word) = value else { return None };
    let is_odd = field.kind == FieldType::Phone && phone::reading(word) == Reading::WrongLength;
    is_odd.then(|| {
        Diagnostic::warning(Code::PhoneLength, text.locate(span))
            .arg("field", field.name)
            .arg("value", shortened(word))
            .help("check")
    })
}

fn damaged(text: &Text, damage: Damage, span: Span, field: &Field) -> Diagnostic {
    Diagnostic::error(Code::SpreadsheetDamage, text.locate(span))
        .arg("field", field.name)
        .arg("kind", damage.name())
        .help(damage.name())
}
