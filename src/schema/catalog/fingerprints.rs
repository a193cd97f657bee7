//! Fingerprints of what a catalog says, for those who depend on it.
//!
//! One fingerprint for each thing that somebody may depend on alone: a list of honours depends on
//! its declaration, but not on the declaration of patrols. `depended.rs` puts them together for
//! those who ask.

use crate::{
    config::{Config, zone_key},
    fingerprint::Fingerprint,
    schema::{Collections, LooseFiles, Place, layout, working_days::WorkingDays},
    source::{Shape, SitePath},
};

/// Fingerprints of what many values depend on.
#[derive(Debug, Default)]
pub(super) struct Fingerprints {
    /// By collection.
    pub(super) collections: Vec<Fingerprint>,
    /// Of each place, and of each with the places that it lies in.
    pub(super) places: Vec<(Fingerprint, Fingerprint)>,
    /// Short ones of the names of places.
    pub(super) names: Vec<u32>,
    /// Of the working days, of how much of names is shown, of what texts must not say, and of the
    /// time zone.
    pub(super) rules: Fingerprint,
    /// Of the paths of all files beside records and notices, not of what they show.
    pub(super) loose: Fingerprint,
    /// Of all places. In their order, without their numbers.
    pub(super) index: Fingerprint,
    /// Of the ids of the sections.
    pub(super) sections: Fingerprint,
    /// Of the paths of places that are not those of their folders; zero if there are none.
    pub(super) addresses: Fingerprint,
}

impl Fingerprints {
    /// The fingerprints of what these say.
    pub(super) fn new(
        collections: &Collections,
        places: &[Place],
        below: &[usize],
        calendar: &WorkingDays,
        loose: &LooseFiles,
        (config, wording): (&Config, Fingerprint),
    ) -> Self {
        let places_fingerprints = place_fingerprints(places, below);
        Self {
            collections: collections
                .iter()
                .map(|(id, it)| Fingerprint::of(&(it, collections.is_referred(id))))
                .collect(),
            names: places
                .iter()
                .map(|place| Fingerprint::of(place.folder.as_str()).short())
                .collect(),
            rules: Fingerprint::of(calendar).and(Fingerprint::of(&(
                config.names,
                config.strict,
                &config.sensitive,
                zone_key(&config.time_zone),
                wording,
            ))),
            loose: loose.fingerprint(),
            index: Fingerprint::of_all(places_fingerprints.iter().map(|it| it.0)),
            sections: Fingerprint::of(&config.sections),
            addresses: addresses(places),
            places: places_fingerprints,
        }
    }
}

/// The fingerprint of the paths of places that are not those of their folders.
fn addresses(places: &[Place]) -> Fingerprint {
    let is_other = |place: &&Place| place.path != place.folder.below_content();
    let others: Vec<_> = places.iter().filter(is_other).map(|it| (&it.folder, &it.path)).collect();
    if others.is_empty() { Fingerprint::default() } else { Fingerprint::of(&others) }
}

/// The fingerprint of each place, and of each with those that it lies in.
///
/// Numbers do not count, as they shift when a place comes or goes elsewhere: a place is known by
/// its folder, and its children by theirs. Parents stand before children, so one pass is enough.
fn place_fingerprints(places: &[Place], below: &[usize]) -> Vec<(Fingerprint, Fingerprint)> {
    let mut fingerprints: Vec<(Fingerprint, Fingerprint)> = Vec::with_capacity(places.len());
    for place in places {
        let Place { id, folder, path, parent, children, name, level, slug: _, .. } = place;
        let Place { address, phone, hours, updated, intro, order, photo, aliases, .. } = place;
        let updated = updated.map(|day| day.to_string());
        let children: Vec<&SitePath> =
            children.iter().map(|child| &places[child.index()].folder).collect();
        let own = Fingerprint::of(&(
            (folder, path, children, name, level, below[id.index()]),
            (address, phone, hours, updated, intro, order, photo, aliases),
        ));
        let with_ancestors = parent.map_or(own, |it| fingerprints[it.index()].1.and(own));
        fingerprints.push((own, with_ancestors));
    }
    fingerprints
}

/// What of a file a catalog is made from, beside its name: all of a `place.yaml` or a declaration, and
/// which sheets a workbook has.
pub(super) fn shapes(file: &SitePath) -> Shape {
    let declares = || file.parent().name() == layout::DECLARATIONS;
    if matches!(file.name(), "place.yaml" | "place.yml") || declares() {
        Shape::Content
    } else if file.is_workbook() && !file.as_str().contains("/notices/") {
        Shape::Sheets
    } else {
        Shape::Name
    }
}
