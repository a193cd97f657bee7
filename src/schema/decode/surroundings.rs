//! What values are decoded against beside their declaration.

use std::{collections::BTreeSet, sync::LazyLock};

use crate::{
    config::Names,
    schema::{Field, place::PlaceIndex, working_days::WorkingDays},
    source::SitePath,
};

/// What a value may speak of beside itself.
#[derive(Clone, Copy)]
pub(in crate::schema) struct Surroundings<'a> {
    pub(in crate::schema) places: &'a PlaceIndex,
    pub(in crate::schema) images: &'a BTreeSet<SitePath>,
    /// What every record and notice may say of its own publication; places say nothing of it.
    pub(in crate::schema) posting: &'a [Field],
    /// Which days are worked.
    pub(in crate::schema) calendar: &'a WorkingDays,
    /// How much of names the portal shows.
    pub(in crate::schema) names: Names,
}

impl Surroundings<'static> {
    /// Nothing: for the values that declarations hold.
    pub(in crate::schema) fn none() -> Self {
        static PLACES: LazyLock<PlaceIndex> = LazyLock::new(PlaceIndex::default);
        static IMAGES: BTreeSet<SitePath> = BTreeSet::new();
        static CALENDAR: LazyLock<WorkingDays> = LazyLock::new(WorkingDays::default);
        Self {
            places: &PLACES,
            images: &IMAGES,
            posting: &[],
            calendar: &CALENDAR,
            names: Names::Full,
        }
    }
}
