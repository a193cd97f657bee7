//! The content folder, decoded whole.

pub(super) mod consistency;
pub mod holidays;
pub(super) mod notice;
pub(super) mod personal;
mod place;
pub(super) mod posting;
pub(super) mod record;
pub(super) mod sets;
pub(super) mod stated;
pub(super) mod surroundings;
pub(super) mod values;

use rayon::prelude::*;

use crate::{
    config::Config,
    diagnostic::Checked,
    schema::{
        RecordSet,
        catalog::{Catalog, Known},
    },
    source::{Files, Seen, Survey, World},
};

/// All that the content folder says of records, each as its declaration understands it.
#[derive(Debug)]
pub struct Records {
    /// The declarations and places.
    pub catalog: std::sync::Arc<Catalog>,
    /// The record sets, by place, then collection.
    pub sets: Vec<RecordSet>,
}

/// Decodes every record of the content folder.
pub fn decode(world: &dyn World, config: &Config) -> Checked<Records> {
    let mut diagnostics = Vec::new();
    let (content, files, told) = Survey::take(world, "themes", &[holidays::FILE]).into_parts();
    diagnostics.extend(told);
    let files = Files::of(world, files, &Seen::default());
    let catalog = Catalog::load(&files, &content, config, &mut Known::default());
    let catalog = catalog.report(&mut diagnostics);
    let decoded: Vec<_> = catalog.sets.par_iter().map(|it| catalog.set(world, it)).collect();
    let sets = decoded.into_iter().map(|it| it.report(&mut diagnostics).0).collect();
    let notices =
        catalog.notices.par_iter().map(|(place, file)| catalog.notice(world, *place, file));
    diagnostics.extend(notices.collect::<Vec<_>>().into_iter().flat_map(|it| it.diagnostics));
    Checked { value: Records { catalog, sets }, diagnostics }
}
