//! Personal data in texts that anybody may read.
//!
//! [`scan`] finds what looks like a telephone number, an address and the like; this file
//! decides by the field in which it stands whether that is a mistake. Numbers of identity and bank
//! cards are errors; the rest are warnings, since a portal may have a reason to publish them.
//!
//! | where | kind | what is said |
//! | --- | --- | --- |
//! | in any text that is published | identity card, bank card | error, without the quoted line |
//! | in a field made for it: `phone` for a mobile number | that kind | nothing |
//! | in a field or notice that allows it, with a reason | the kinds that it names | nothing |
//! | in an internal field, a comment, an unknown key | any | nothing: nobody reads it |
//! | anywhere else | any other | warning |
//!
//! What was found has a key in [`Found::known`]. Rendered pages are scanned again before they are
//! published; a key that is known there is not reported a second time.

use crate::{
    diagnostic::{Code, Diagnostic, Location, MOST, Severity},
    scan::{self, DataKind, Finding},
    schema::{Field, FieldType, decode::stated, posting::Privacy},
    source::{SitePath, Span, Text, yaml::Node},
};

/// What was found: diagnostics, and the keys of what may stand on pages because it was reported or
/// is allowed.
#[derive(Debug, Default)]
pub(in crate::schema) struct Found {
    /// At most [`MOST`] of them.
    pub(in crate::schema) diagnostics: Vec<Diagnostic>,
    /// The keys of what was reported or is allowed, beyond [`MOST`] as well.
    pub(in crate::schema) known: Vec<u64>,
}

impl Found {
    /// Looks through a file of mappings: of each value by its field. Of what a record says of its
    /// own publication, only how to object is read by everybody. `node` is the file, read; what
    /// stands in none of its values is read by nobody. A file without any finding costs one scan.
    pub(in crate::schema) fn values(
        &mut self,
        text: &Text,
        node: Option<&Node<'_>>,
        fields: &[Field],
        posting: &[Field],
    ) {
        let findings = scan::text(&text.content);
        if findings.is_empty() {
            return;
        }
        for finding in findings {
            let shown = |it: &&Field| it.name.starts_with("objection");
            let fields = fields.iter().chain(posting.iter().filter(shown));
            let field = node.and_then(|node| field_at(node, finding.range.start, fields));
            let Some(field) = field else { continue };
            if field.privacy == Privacy::Internal || is_its_kind(field, finding.kind) {
                continue;
            }
            // What may be said of a place no declaration of the portal decides.
            let help = if posting.is_empty() { "office" } else { "field" };
            self.add(text, &finding, &field.allow, help);
        }
    }

    /// Looks through a text that everybody may read.
    pub(in crate::schema) fn whole(&mut self, text: &Text, allow: &[DataKind]) {
        for finding in scan::text(&text.content) {
            self.add(text, &finding, allow, "remove");
        }
    }

    /// Keeps the key of a finding, and reports it unless it is allowed. At most `MOST` are
    /// reported.
    fn add(&mut self, text: &Text, finding: &Finding, allow: &[DataKind], help: &'static str) {
        // With an error no page is written; else the check of pages need not report it again.
        self.known.push(finding.key);
        if !allow.contains(&finding.kind) && self.diagnostics.len() < MOST {
            let place = text.locate(Span::new(finding.range.start, finding.range.end));
            let diagnostic = diagnostic(finding.kind, place);
            let warning = diagnostic.severity == Severity::Warning;
            self.diagnostics.push(diagnostic.help(if warning { help } else { "remove" }));
        }
    }
}

/// The fewest digits of a number that is personal data: those of a mobile number.
const SHORTEST: usize = 11;

/// Looks through the name of a file or folder. The first finding alone is reported. A name is part
/// of an address, so no field can allow it.
pub(in crate::schema) fn name(path: &SitePath) -> Option<Diagnostic> {
    let name = path.name();
    let digits = name.bytes().filter(u8::is_ascii_digit).count();
    // Of nearly all files the name is of this form, and each name is looked at in each build.
    if name.is_ascii() && digits < SHORTEST && !name.contains('@') {
        return None;
    }
    let finding = scan::text(name).into_iter().next()?;
    Some(diagnostic(finding.kind, Location::file(path.clone())).help("rename"))
}

/// The diagnostic of personal data. It does not quote what nobody may read.
fn diagnostic(kind: DataKind, mut place: Location) -> Diagnostic {
    match kind {
        DataKind::IdNumber => {
            place.quote = None;
            Diagnostic::error(Code::IdNumber, place)
        }
        DataKind::BankCard => {
            place.quote = None;
            Diagnostic::error(Code::BankCard, place)
        }
        kind => Diagnostic::warning(Code::PersonalData, place).arg("kind", kind.name()),
    }
}

/// A field of that kind is there to hold it, and shows as much as its rules let it.
fn is_its_kind(field: &Field, kind: DataKind) -> bool {
    match field.kind {
        FieldType::Phone => kind == DataKind::Mobile,
        FieldType::Email => kind == DataKind::Email,
        FieldType::Address => kind == DataKind::HomeAddress,
        FieldType::IdNumber => true,
        _ => false,
    }
}

/// The field in whose value a byte of the file stands. Nothing for a byte in a key, in a comment,
/// or in a value of which the collection has no field.
fn field_at<'f>(
    node: &Node<'_>,
    byte: usize,
    mut fields: impl Iterator<Item = &'f Field>,
) -> Option<&'f Field> {
    let holds = |span: Span| (span.start as usize..span.end as usize).contains(&byte);
    let items = stated::records(node).map_or(std::slice::from_ref(node), |(items, _)| items);
    // Items stand in the order of the file.
    let after = items.partition_point(|item| item.span.start as usize <= byte);
    let entries = items.get(after.checked_sub(1)?)?.as_map()?;
    let entry = entries.iter().find(|entry| holds(entry.value.span))?;
    fields.find(|field| field.name == entry.key || field.label.is(&entry.key))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_name_that_is_not_looked_through_holds_nothing(
            path in "[ -.0-~]{0,12}([0-9]{1,6}[ -.0-~]{0,3}){0,3}",
        ) {
            let digits = path.bytes().filter(u8::is_ascii_digit).count();
            prop_assume!(digits < SHORTEST && !path.contains('@'));
            prop_assert!(scan::text(&path).is_empty());
        }
    }

    #[test]
    fn names_of_files_are_looked_through() {
        let found = |path: &str| name(&SitePath::new(path)).map(|diagnostic| diagnostic.code);
        assert_eq!(found("content/2026-05-20-water.md"), None);
        assert_eq!(found("content/13800001234.md"), Some(Code::PersonalData));
        assert_eq!(found("content/a@example.com.md"), Some(Code::PersonalData));
    }
}
