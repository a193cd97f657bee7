//! What is wrong with a setting.

use crate::{
    diagnostic::{Code, Diagnostic},
    source::Text,
};

/// The diagnostic of a setting whose value is refused. `example` is a value that would be accepted;
/// the message shows it.
pub(super) fn bad(
    text: &Text,
    span: crate::source::Span,
    setting: &'static str,
    example: &'static str,
) -> Diagnostic {
    Diagnostic::error(Code::BadSetting, text.locate(span))
        .arg("setting", setting)
        .arg("reason", example)
        .help("value")
}
