//! What values are decoded against beside their declaration.
//!
//! [`Surroundings`] is copied with each call, so it holds references and two words. What can make a
//! difference here has to be in the fingerprints of `catalog/depended.rs`.

use std::sync::LazyLock;

use jiff::tz::TimeZone;

use crate::{
    config::Names,
    schema::{
        Field, LooseFiles, decode::leak_rules::LeakRules, place::PlaceIndex,
        working_days::WorkingDays,
    },
};

/// What a value may speak of beside itself.
#[derive(Clone, Copy)]
pub(in crate::schema) struct Surroundings<'a> {
    /// The places that a value can name.
    pub(in crate::schema) places: &'a PlaceIndex,
    /// The files that a value can name as an image.
    pub(in crate::schema) loose: &'a LooseFiles,
    /// What every record and notice may say of its own publication; places say nothing of it.
    pub(in crate::schema) posting: &'a [Field],
    /// Which days are worked.
    pub(in crate::schema) calendar: &'a WorkingDays,
    /// How much of names the portal shows.
    pub(in crate::schema) names: Names,
    /// The portal's time zone, for moments that are written in another.
    pub(in crate::schema) zone: &'a TimeZone,
    /// What texts must not say.
    pub(in crate::schema) leaks: &'a LeakRules,
    /// Keys that no field has are no mistakes.
    pub(in crate::schema) ignores_unknown: bool,
}

impl Surroundings<'static> {
    /// Nothing: for the values that declarations hold.
    pub(in crate::schema) fn none() -> Self {
        static PLACES: LazyLock<PlaceIndex> = LazyLock::new(PlaceIndex::default);
        static LOOSE: LazyLock<LooseFiles> = LazyLock::new(LooseFiles::default);
        static LEAKS: LazyLock<LeakRules> = LazyLock::new(LeakRules::default);
        static CALENDAR: LazyLock<WorkingDays> = LazyLock::new(WorkingDays::default);
        static ZONE: TimeZone = TimeZone::UTC;
        Self {
            places: &PLACES,
            loose: &LOOSE,
            posting: &[],
            calendar: &CALENDAR,
            names: Names::Full,
            zone: &ZONE,
            leaks: &LEAKS,
            ignores_unknown: false,
        }
    }
}
