//! Records, notices and places, decoded by their declarations.
//!
//! | file | decodes |
//! | --- | --- |
//! | `sets.rs` | the files of a record set, by `record.rs` and `posting.rs` |
//! | `notice.rs`, `front_matter.rs` | a Markdown file with front matter |
//! | `place.rs` | the values of a `place.yaml` |
//! | `raw.rs` | nothing: records as they are written, for what writes them elsewhere |
//! | `sheet.rs` | a table as offices keep it: units in its header, totals, merged cells |
//! | `mappings.rs` | the table of another system, by `imports/NAME.toml` |
//! | `record.rs` | one mapping, field by field, by `values.rs` |
//! | `mistyped.rs` | what went wrong with a value that cannot be read |
//! | `stated.rs`, `posting.rs` | what a record says of its own publication, and what its file and collection add |
//! | `consistency.rs` | what only a whole record shows |
//! | `personal.rs`, `leak_rules.rs` | personal data in texts that everybody may read |
//! | `holidays.rs` | the file of holidays |
//!
//! Everything takes a sink for diagnostics and returns what could be read. Nothing here reads the
//! time or decides what is published. A build decodes a file when it has changed; [`decode`] reads
//! all of them at once, for commands that report on records.

mod addresses;
pub(super) mod consistency;
pub(crate) mod front_matter;
mod header;
pub mod holidays;
mod hours;
pub(super) mod leak_rules;
pub(super) mod mappings;
mod mistyped;
pub(super) mod notice;
pub(super) mod personal;
pub(in crate::schema) mod place;
pub(super) mod posting;
pub(crate) mod raw;
pub(super) mod record;
mod repeated;
pub(in crate::schema) mod sample;
pub(super) mod sets;
mod sheet;
pub(super) mod stated;
pub(super) mod surroundings;
pub(super) mod values;
pub(crate) mod wording;

pub(crate) use sets::text_of;
pub(crate) use sheet::EXAMPLE_COLUMNS;
pub(crate) use stated::records;
pub(crate) use values::parts;

use rayon::prelude::*;
use rustc_hash::FxHashSet;

use crate::{
    config::Config,
    diagnostic::{Checked, Diagnostic},
    scan,
    schema::{
        FieldType, RecordSet, Value,
        catalog::{Catalog, KnownCatalog},
    },
    source::{Files, Tree, World},
};

/// Drops diagnostics of telephone numbers that stand in a field about the work of somebody, or are
/// those of a place.
fn drop_offices(catalog: &Catalog, sets: &[RecordSet], diagnostics: &mut Vec<Diagnostic>) {
    if diagnostics.iter().all(|it| it.numbers.is_empty()) {
        return;
    }
    let mut offices: FxHashSet<u64> = catalog.offices().collect();
    for set in sets {
        let fields = catalog.collections.get(set.collection).fields.iter().enumerate();
        for (index, _) in fields.filter(|(_, it)| it.work && it.kind == FieldType::Phone) {
            let values = set.records.iter().flat_map(|record| record.values[index].each());
            offices.extend(values.filter_map(Value::as_text).flat_map(scan::mobiles));
        }
    }
    diagnostics
        .retain(|it| it.numbers.is_empty() || !it.numbers.iter().all(|it| offices.contains(it)));
}

/// All records of the content folder, decoded and not yet reduced to what may be published.
#[derive(Debug)]
pub struct DecodedRecords {
    /// The declarations and places.
    pub catalog: std::sync::Arc<Catalog>,
    /// The record sets, by place, then collection.
    pub sets: Vec<RecordSet>,
}

/// Decodes every record of the content folder, and checks the notices.
///
/// It reads all of them in parallel and keeps all records in memory, so its cost grows with the
/// whole portal. Builds do not use it.
pub fn decode(world: &dyn World, config: &Config) -> Checked<DecodedRecords> {
    let mut diagnostics = Vec::new();
    let files = Files::new(world, Tree::take(world));
    let catalog = Catalog::load(&files, config, &mut KnownCatalog::default());
    let catalog = catalog.report(&mut diagnostics);
    let decoded: Vec<_> = catalog.sets.par_iter().map(|set| catalog.set(world, set)).collect();
    let sets: Vec<RecordSet> =
        decoded.into_iter().map(|it| it.report(&mut diagnostics).0).collect();
    let notices =
        catalog.notices.par_iter().map(|(place, file)| catalog.notice(world, *place, file));
    diagnostics.extend(notices.collect::<Vec<_>>().into_iter().flat_map(|it| it.diagnostics));
    drop_offices(&catalog, &sets, &mut diagnostics);
    Checked { value: DecodedRecords { catalog, sets }, diagnostics }
}
