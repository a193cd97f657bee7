//! The content folder, decoded whole.

use rayon::prelude::*;

use crate::{
    config::Config,
    diagnostic::Checked,
    schema::{
        RecordSet,
        catalog::{Frame, Known},
    },
    source::{Files, Seen, World},
};

/// All that the content folder says of records, each as its declaration understands it.
#[derive(Debug)]
pub struct Records {
    /// The declarations and places.
    pub frame: std::sync::Arc<Frame>,
    /// The record sets, by place, then collection.
    pub sets: Vec<RecordSet>,
}

/// Decodes every record of the content folder.
pub fn decode(world: &dyn World, config: &Config) -> Checked<Records> {
    let mut diagnostics = Vec::new();
    let (content, files, told) = crate::survey(world).into_parts();
    diagnostics.extend(told);
    let files = Files::of(world, files, &Seen::default());
    let frame = Frame::load(&files, &content, config, &mut Known::default());
    let frame = frame.report(&mut diagnostics);
    let decoded: Vec<_> = frame.sets.par_iter().map(|it| frame.set(world, it)).collect();
    let sets = decoded.into_iter().map(|it| it.report(&mut diagnostics).0).collect();
    let notices = frame.notices.par_iter().map(|(place, file)| frame.notice(world, *place, file));
    diagnostics.extend(notices.collect::<Vec<_>>().into_iter().flat_map(|it| it.diagnostics));
    Checked { value: Records { frame, sets }, diagnostics }
}
