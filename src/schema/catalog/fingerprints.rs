//! Fingerprints of what a catalog says, for those who depend on it.

use crate::{
    config::Config,
    fingerprint::Fingerprint,
    schema::{
        Catalog, CollectionId, Collections, FieldType, Place, PlaceId, SetFiles,
        working_days::WorkingDays,
    },
    source::SitePath,
};

/// Fingerprints of what many values depend on.
#[derive(Debug, Default)]
pub(super) struct Fingerprints {
    /// By collection.
    collections: Vec<Fingerprint>,
    /// Of each place, and of each with the places that it lies in.
    places: Vec<(Fingerprint, Fingerprint)>,
    /// Short ones of the names of places.
    names: Vec<u32>,
    /// Of the working days, and of how much of names is shown.
    rules: Fingerprint,
    images: Fingerprint,
    /// Of all places.
    index: Fingerprint,
    sections: Fingerprint,
}

impl Fingerprints {
    /// The fingerprints of what these say.
    pub(super) fn new(
        collections: &Collections,
        places: &[Place],
        below: &[usize],
        calendar: &WorkingDays,
        images: &[SitePath],
        config: &Config,
    ) -> Self {
        let places_fingerprints = place_fingerprints(places, below);
        Self {
            collections: collections.iter().map(|(_, it)| Fingerprint::of(it)).collect(),
            names: places.iter().map(|it| Fingerprint::of(it.folder.as_str()).short()).collect(),
            rules: Fingerprint::of(calendar).and(Fingerprint::of(&config.names)),
            images: Fingerprint::of(images),
            index: Fingerprint::of_all(places_fingerprints.iter().map(|it| it.0)),
            sections: Fingerprint::of(&config.section_ids()),
            places: places_fingerprints,
        }
    }
}

impl Catalog {
    /// The fingerprint of all that any record or notice depends on beside its files, but for its
    /// place.
    pub fn surroundings(&self) -> Fingerprint {
        let Fingerprints { collections, rules, images, index, sections, .. } = &self.fingerprints;
        let collections = collections.iter().copied();
        Fingerprint::of_all(collections.chain([*rules, *images, *index, *sections]))
    }

    /// The fingerprint of all declarations.
    pub fn collections_fingerprint(&self) -> Fingerprint {
        Fingerprint::of_all(self.fingerprints.collections.iter().copied())
    }

    /// The fingerprint of all places.
    pub fn places_fingerprint(&self) -> Fingerprint {
        self.fingerprints.index
    }

    /// The fingerprint of the names of all images.
    pub fn images_fingerprint(&self) -> Fingerprint {
        self.fingerprints.images
    }

    /// The fingerprint of all that the records of a set depend on beside their files.
    pub fn set_surroundings(&self, files: &SetFiles) -> Fingerprint {
        let of_kind = |kind| {
            let fields = &self.collections.get(files.collection).fields;
            fields.iter().any(|it| it.kind == kind)
        };
        let place = self.place(files.place);
        let mut all = vec![
            Fingerprint::of(&(files.place, place.level, &place.path)),
            self.collection_fingerprint(files.collection),
            self.fingerprints.rules,
        ];
        all.extend(of_kind(FieldType::Image).then_some(self.fingerprints.images));
        all.extend(of_kind(FieldType::Place).then_some(self.fingerprints.index));
        Fingerprint::of_all(all)
    }

    /// The fingerprint of all that a notice depends on beside its file.
    pub fn notice_surroundings(&self, place: PlaceId) -> Fingerprint {
        let rules = self.fingerprints.rules.and(self.fingerprints.sections);
        rules.and(self.fingerprints.images).and(Fingerprint::of(&place))
    }

    /// The fingerprint of a declaration.
    pub fn collection_fingerprint(&self, id: CollectionId) -> Fingerprint {
        self.fingerprints.collections[usize::from(id.0)]
    }

    /// The fingerprint of a place, with which places lie in it.
    pub fn place_fingerprint(&self, id: PlaceId) -> Fingerprint {
        self.fingerprints.places[id.index()].0
    }

    /// The fingerprint of a place and those that it lies in.
    pub fn ancestry_fingerprint(&self, id: PlaceId) -> Fingerprint {
        self.fingerprints.places[id.index()].1
    }

    /// The short fingerprint of a place's folder, which tells one place from another.
    pub fn name_fingerprint(&self, id: PlaceId) -> u32 {
        self.fingerprints.names[id.index()]
    }

    /// The fingerprint of all places if records of the collection name any.
    pub fn named_places_fingerprint(&self, id: CollectionId) -> Option<Fingerprint> {
        let names = self.collections.get(id).fields.iter().any(|it| it.kind == FieldType::Place);
        names.then_some(self.fingerprints.index)
    }
}

/// The fingerprint of each place, and of each with those that it lies in.
fn place_fingerprints(places: &[Place], below: &[usize]) -> Vec<(Fingerprint, Fingerprint)> {
    let mut fingerprints: Vec<(Fingerprint, Fingerprint)> = Vec::with_capacity(places.len());
    for place in places {
        let Place { id, folder, path: _, parent, children, name, level, .. } = place;
        let Place { address, phone, hours, intro, order, photo, .. } = place;
        let children: Vec<&SitePath> =
            children.iter().map(|it| &places[it.index()].folder).collect();
        let own = Fingerprint::of(&(
            (folder, children, name, level, below[id.index()]),
            (address, phone, hours, intro, order, photo),
        ));
        let way = parent.map_or(own, |it| fingerprints[it.index()].1.and(own));
        fingerprints.push((own, way));
    }
    fingerprints
}
