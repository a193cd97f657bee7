//! What parts of a portal tell each other.

use super::harness::{Known, TestPortal, nothing};
use crate::{
    disclosure::{SentNames, Summaries, sent},
    schema::PlaceId,
};

const MOMENT: &str = "2026-11-23";

#[test]
fn a_part_tells_no_text_and_no_file_of_what_is_not_posted() {
    for name in ["posting.txt", "withdrawn.txt", "offices.txt"] {
        let mut known = Known::default();
        let portal = TestPortal::read(name);
        portal.at(MOMENT, &mut known, nothing, |_| ());
        let told = portal.at(MOMENT, &mut Known::default(), nothing, |built| {
            let sent = sent(known.summaries(), &built.portal.catalog);
            built.portal.places().iter().for_each(|place| {
                let summary = sent.get(place.id).expect("a place that it owns");
                for withheld in summary.withheld() {
                    assert_eq!(withheld.location.file, place.folder.join("place.yaml"), "{name}");
                }
                for told in summary.diagnostics() {
                    assert!(!told.numbers.is_empty(), "{told:?}");
                    assert!(told.places().all(|it| it.quote.is_none()), "{told:?}");
                }
            });
            let own = built.portal.places().iter().map(|place| {
                let summary = sent.get(place.id).expect("a place");
                (summary.withheld().count(), summary.diagnostics().count())
            });
            own.fold((0, 0), |a, b| (a.0 + b.0, a.1 + b.1))
        });
        assert_ne!(told, (0, 0), "{name}");
    }
}

#[test]
fn names_that_are_sent_are_those_that_are_read() {
    let mut known = Known::default();
    let portal = TestPortal::read("withdrawn.txt");
    portal.at(MOMENT, &mut known, nothing, |_| ());
    let places = || (0..4).map(PlaceId);
    let names = SentNames::of(known.summaries(), places());
    assert_eq!(names.len(), 2, "somebody withdrew from two sets");
    // A cache has no names.
    let bytes = known.summaries().write().expect("bytes");
    let restored = Summaries::read(bytes, 4).expect("summaries");
    assert!(SentNames::of(&restored, places()).is_empty());
    names.iter().for_each(|it| it.put(&restored));
    let again = SentNames::of(&restored, places());
    assert_eq!(postcard::to_allocvec(&again), postcard::to_allocvec(&names));
}
