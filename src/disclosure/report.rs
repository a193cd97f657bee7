//! What is published of persons, counted: for the assessment that the law wants before and while
//! personal data is public.

use std::collections::BTreeMap;

use jiff::civil::DateTime;

use crate::{
    clock::Clock,
    config::Names,
    disclosure::{Rules, privacy::Persons, windows},
    schema::{
        CollectionId, DecodedRecords,
        posting::{BasisKind, Exposure},
    },
};

/// The values of a field with one form of display, for one reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PrivacyRow {
    /// Of which collection.
    pub collection: CollectionId,
    /// The field, by its index.
    pub field: usize,
    /// How much is shown.
    pub names: Names,
    /// Why all of it may be shown; nothing if not all of it is, or if it is an office's own.
    pub basis: Option<BasisKind>,
    /// How many values.
    pub count: usize,
    /// The first moment at which none of them is posted any more; nothing if some stay.
    pub until: Option<DateTime>,
}

/// Every field about persons of which something is published at this moment.
pub fn report(records: &DecodedRecords, rules: Rules, clock: &Clock) -> Vec<PrivacyRow> {
    let persons = Persons { names: rules.names, clock };
    let mut rows: BTreeMap<(CollectionId, usize, Names, Option<BasisKind>), PrivacyRow> =
        BTreeMap::new();
    for set in &records.sets {
        let collection = records.catalog.collections.get(set.collection);
        for record in &set.records {
            let posting = record.posting.as_deref();
            if posting.is_some_and(|it| windows::closed(it, rules.drafts, clock).is_some()) {
                continue;
            }
            let mut shown = record.clone();
            if persons.apply(collection, &mut shown).is_err() {
                continue;
            }
            let minor = persons.is_minor(collection, posting, record);
            let counting = persons.counting(collection, posting);
            let basis = collection.basis(posting).map(|it| it.kind);
            let until = posting.and_then(|it| it.until);
            let values = shown.values.iter().zip(&record.values);
            for (index, (field, (shown, value))) in collection.fields.iter().zip(values).enumerate()
            {
                if !field.is_personal() || shown.is_absent() {
                    continue;
                }
                let names = match persons.exposure(collection, field, value, counting.as_deref()) {
                    Exposure::Masked(names) => names,
                    _ if minor => Names::Masked,
                    _ => Names::Full,
                };
                let basis = basis.filter(|_| names == Names::Full);
                let row = rows.entry((set.collection, index, names, basis)).or_insert(PrivacyRow {
                    collection: set.collection,
                    field: index,
                    names,
                    basis,
                    count: 0,
                    until,
                });
                row.until = row.until.zip(until).map(|(a, b)| a.max(b));
                row.count += value.each().len();
            }
        }
    }
    rows.into_values().collect()
}
