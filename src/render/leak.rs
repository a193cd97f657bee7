//! Personal data on pages that no content file has: put there by a template, or by the way from
//! Markdown to HTML.

use std::collections::HashSet;

use crate::{
    config::Config,
    diagnostic::{Code, Diagnostic, Location},
    portal::Portal,
    scan::{self, Finding, Kind},
    schema::{FieldType, Value},
};

/// What may stand on pages: it was published from a field that is there to hold it, or the content
/// file was looked through and it was told of there.
#[derive(Debug)]
pub(crate) struct Known(HashSet<u64>);

impl Known {
    pub(crate) fn new(portal: &Portal, config: &Config) -> Self {
        let mut known = Self(portal.known().clone());
        for place in &portal.places {
            let said = [&place.address, &place.phone, &place.hours, &place.intro];
            said.into_iter().flatten().for_each(|it| known.take(it));
            for set in portal.sets(place.id) {
                let collection = portal.collections.get(set.collection);
                let posting = set.records.iter().filter_map(|it| it.posting.as_ref());
                let objections = posting.filter_map(|it| it.objection.as_ref());
                objections.filter_map(|it| it.phone.as_deref()).for_each(|it| known.take(it));
                let fields = collection.fields.iter().enumerate();
                let contacts = fields.filter(|(_, it)| {
                    matches!(it.kind, FieldType::Phone | FieldType::Email | FieldType::Address)
                });
                for (index, _) in contacts {
                    let values = set.records.iter().flat_map(|it| it.values[index].each());
                    values.filter_map(Value::as_text).for_each(|it| known.take(it));
                }
            }
        }
        let rules =
            portal.collections.iter().filter_map(|(_, it)| it.publication.objection.as_ref());
        rules.filter_map(|it| it.phone.as_deref()).for_each(|it| known.take(it));
        let organiser = &config.organiser;
        let said = [&organiser.address, &organiser.phone, &organiser.email, &config.banner];
        said.into_iter().flatten().for_each(|it| known.take(it));
        known
    }

    fn take(&mut self, text: &str) {
        let harmless = |it: &Finding| !it.kind.is_forbidden();
        self.0.extend(scan::text(text).into_iter().filter(harmless).map(|it| it.key));
    }

    /// Tells of what a rendered file has that is not known.
    pub(crate) fn check(
        &self,
        found: Vec<Finding>,
        file: &str,
        source: &Location,
    ) -> Vec<Diagnostic> {
        let mut told: Vec<Kind> = Vec::new();
        for finding in found.into_iter().filter(|it| !self.0.contains(&it.key)) {
            if !told.contains(&finding.kind) {
                told.push(finding.kind);
            }
        }
        let tell = |kind: Kind| {
            let forbidden = kind.is_forbidden();
            let code = Code::PersonalDataInOutput;
            let diagnostic = if forbidden {
                Diagnostic::error(code, source.clone())
            } else {
                Diagnostic::warning(code, source.clone())
            };
            diagnostic.arg("kind", kind.name()).arg("page", format!("/{file}")).help("fix")
        };
        told.into_iter().map(tell).collect()
    }
}
