//! What records, notices and pages depend on of a catalog, as fingerprints.
//!
//! What is made from a file is known by two fingerprints: that of the file, and one from here. Each
//! method leaves out what cannot make a difference, as every part of a fingerprint makes more of
//! the site anew: files beside them count only for collections with a field for them, other places only where
//! a field names them.

use crate::{
    fingerprint::Fingerprint,
    schema::{
        Catalog, CollectionId, FieldType, PlaceId, SetFiles,
        catalog::fingerprints::{Fingerprints, shapes},
    },
    source::Files,
};

impl Catalog {
    /// The fingerprint of all that any record or notice depends on beside its files, but for its
    /// place.
    pub fn surroundings(&self) -> Fingerprint {
        let Fingerprints { collections, rules, loose, index, sections, .. } = &self.fingerprints;
        let collections = collections.iter().copied();
        Fingerprint::of_all(collections.chain([*rules, *loose, *index, *sections]))
    }

    /// The fingerprint of all names in a place's folder, and of the declarations in it. Nothing of
    /// the contents of records and notices is in it.
    pub fn structure(&self, files: &Files<'_>, place: PlaceId) -> Fingerprint {
        let folder = files.tree().folder(&self.place(place).folder);
        folder.map(|folder| files.structure(folder, shapes)).unwrap_or_default()
    }

    /// The fingerprint of all declarations.
    pub fn collections_fingerprint(&self) -> Fingerprint {
        Fingerprint::of_all(self.fingerprints.collections.iter().copied())
    }

    /// The fingerprint of all places.
    pub fn places_fingerprint(&self) -> Fingerprint {
        self.fingerprints.index
    }

    /// The fingerprint of the paths of places that are not those of their folders; zero if there are
    /// none.
    pub fn addresses_fingerprint(&self) -> Fingerprint {
        self.fingerprints.addresses
    }

    /// The fingerprint of the names of all files beside records and notices.
    pub fn loose_fingerprint(&self) -> Fingerprint {
        self.fingerprints.loose
    }

    /// The fingerprint of all that the records of a set depend on beside their files.
    pub fn set_surroundings(&self, files: &SetFiles) -> Fingerprint {
        let of_kind = |kind| {
            let fields = &self.collections.get(files.collection).fields;
            fields.iter().any(|field| field.kind == kind)
        };
        let place = self.place(files.place);
        let mut all = vec![
            Fingerprint::of(&(files.place, place.level, &place.path)),
            self.collection_fingerprint(files.collection),
            self.fingerprints.rules,
        ];
        all.extend(of_kind(FieldType::Image).then_some(self.fingerprints.loose));
        all.extend(of_kind(FieldType::Place).then_some(self.fingerprints.index));
        Fingerprint::of_all(all)
    }

    /// The fingerprint of all that a notice depends on beside its file.
    pub fn notice_surroundings(&self, place: PlaceId) -> Fingerprint {
        let rules = self.fingerprints.rules.and(self.fingerprints.sections);
        rules.and(self.fingerprints.loose).and(Fingerprint::of(&place))
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

    /// The short fingerprint of a place's folder, which differs between places.
    pub fn name_fingerprint(&self, id: PlaceId) -> u32 {
        self.fingerprints.names[id.index()]
    }

    /// The fingerprint of all places if records of the collection name any. Such records show what
    /// the other place is called.
    pub fn named_places_fingerprint(&self, id: CollectionId) -> Option<Fingerprint> {
        let names =
            self.collections.get(id).fields.iter().any(|field| field.kind == FieldType::Place);
        names.then_some(self.fingerprints.index)
    }
}
