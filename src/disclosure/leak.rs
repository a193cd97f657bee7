//! Personal data on pages that no content file has: put there by a template, or by the conversion
//! from Markdown to HTML.

use rustc_hash::FxHashSet;

use crate::{
    diagnostic::{Code, Diagnostic, Location},
    scan::{DataKind, Finding},
};

/// The diagnostics of personal data in a rendered file, each kind once. `known` are the keys of the
/// data that may stand there. Mobile numbers and homes are errors if the portal is `strict`.
pub(crate) fn check(
    (known, strict): (&FxHashSet<u64>, bool),
    found: &[(DataKind, u64)],
    file: &str,
    source: &Location,
) -> Vec<Diagnostic> {
    let mut kinds: Vec<DataKind> = Vec::new();
    for (kind, _) in found.iter().filter(|(_, key)| !known.contains(key)) {
        if !kinds.contains(kind) {
            kinds.push(*kind);
        }
    }
    let diagnostic_of = |kind: DataKind| {
        let is_leak = matches!(kind, DataKind::Mobile | DataKind::HomeAddress);
        let forbidden = kind.is_forbidden() || is_leak && strict;
        let code = Code::PersonalDataInOutput;
        let diagnostic = if forbidden {
            Diagnostic::error(code, source.clone())
        } else {
            Diagnostic::warning(code, source.clone())
        };
        diagnostic.arg("kind", kind.name()).arg("page", format!("/{file}")).help("fix")
    };
    kinds.into_iter().map(diagnostic_of).collect()
}

/// The diagnostic of a rendered file that has the name of somebody who withdrew, here or near. What
/// records and notices say is masked, so it is a place, the settings or the theme that says it.
pub(crate) fn names(
    known: &FxHashSet<u64>,
    named: &[u64],
    file: &str,
    source: &Location,
) -> Option<Diagnostic> {
    named.iter().any(|key| !known.contains(key)).then(|| {
        let diagnostic = Diagnostic::error(Code::WithdrawnNameInOutput, source.clone());
        diagnostic.arg("page", format!("/{file}")).help("remove")
    })
}

/// The kinds and keys of what was found.
pub(crate) fn keys(found: Vec<Finding>) -> Vec<(DataKind, u64)> {
    found.into_iter().map(|it| (it.kind, it.key)).collect()
}
