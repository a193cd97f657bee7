//! Properties of place trees over random places and edits.

use std::{cell::RefCell, collections::BTreeSet};

use proptest::{collection::vec, prelude::*, sample::Index};

use super::*;
use crate::source::SitePath;

/// What a place is made from, and how long that holds.
#[derive(Debug, Clone, PartialEq)]
struct Own {
    text: u8,
    /// A moment in seconds of the Unix epoch.
    end: Option<i64>,
}

fn place(index: usize, parent: Option<PlaceId>) -> Place {
    Place {
        id: PlaceId(u32::try_from(index).unwrap()),
        folder: SitePath::new(format!("content/{index}")),
        path: index.to_string(),
        slug: None,
        aliases: Vec::new(),
        parent,
        children: Vec::new(),
        name: String::new(),
        level: 0,
        address: None,
        phone: None,
        hours: None,
        updated: None,
        intro: None,
        order: None,
        photo: None,
    }
}

/// As many places, of which only the first lies in none.
fn flat(count: usize) -> Vec<Place> {
    (0..count).map(|index| place(index, (index > 0).then_some(PlaceId::ROOT))).collect()
}

/// Places that lie in one another, parents before children.
fn places(parents: &[Index]) -> Vec<Place> {
    let mut places = vec![place(0, None)];
    for parent in parents {
        let (index, parent) = (places.len(), parent.index(places.len()));
        let place = place(index, Some(places[parent].id));
        places[parent].children.push(place.id);
        places.push(place);
    }
    places
}

/// The place and all places in it.
fn subtree(places: &[Place], place: PlaceId) -> Vec<PlaceId> {
    let below = places[place.index()].children.iter();
    [place].into_iter().chain(below.flat_map(|child| subtree(places, *child))).collect()
}

fn from(places: &[Place], all: &[Own], place: PlaceId) -> Fingerprint {
    let own = |id: PlaceId| Fingerprint::of(&(id.0, all[id.index()].text));
    Fingerprint::of_all(subtree(places, place).into_iter().map(own))
}

fn node(places: &[Place], all: &[Own], place: PlaceId) -> TreeNode<String> {
    let ends = subtree(places, place).into_iter().map(|id| all[id.index()].end);
    let valid = ends.fold(Validity::ALWAYS, Validity::until);
    TreeNode { from: from(places, all, place), valid, value: all[place.index()].text.to_string() }
}

/// A tree with the values of all places.
fn filled(places: &[Place], all: &[Own]) -> PlaceTree<String> {
    let mut tree = PlaceTree::empty(places.len());
    places.iter().for_each(|place| tree.set(place.id, node(places, all, place.id)));
    tree
}

fn values(tree: &PlaceTree<String>, places: &[Place]) -> Vec<Option<String>> {
    places.iter().map(|place| tree.get(place.id).cloned()).collect()
}

fn clock(second: i64) -> Clock {
    Clock::at(
        jiff::Timestamp::from_second(second).unwrap().to_zoned_datetime(jiff::tz::TimeZone::UTC),
    )
}

/// The moment at which trees are looked at.
const NOW: i64 = 1_000;

fn own() -> impl Strategy<Value = Own> {
    let end = prop_oneof![8 => Just(None), 1 => Just(Some(NOW)), 1 => Just(Some(NOW + 1))];
    (0..4u8, end).prop_map(|(text, end)| Own { text, end })
}

proptest! {
    #[test]
    fn stale_are_those_above_a_change_and_no_other_is_entered(
        parents in vec(any::<Index>(), 0..12),
        all in vec(own(), 13),
        edits in vec((any::<Index>(), 0..4u8), 0..3),
        missing in prop::option::of(any::<Index>()),
    ) {
        let places = places(&parents);
        let mut tree = filled(&places, &all);
        let mut now = all.clone();
        edits.iter().for_each(|(at, text)| now[at.index(places.len())].text = *text);
        // A place that came: those above it have it in their fingerprint.
        let missing = missing.map(|it| it.index(places.len()));
        if let Some(missing) = missing {
            let order = |place: &Place| (place.id.index() != missing).then_some(place.id);
            tree = tree.arranged(&places, order);
            now[missing].text = 9;
        }
        let is_due = |id: PlaceId| {
            let (before, now) = (&all[id.index()], &now[id.index()]);
            before.text != now.text || before.end.is_some_and(|end| end <= NOW)
        };
        let is_stale = |id: PlaceId| subtree(&places, id).into_iter().any(is_due);
        let wanted: Vec<PlaceId> =
            places.iter().map(|place| place.id).filter(|id| is_stale(*id)).collect();

        let asked = RefCell::new(Vec::new());
        let stale = tree.stale(&places, &clock(NOW), |id| {
            asked.borrow_mut().push(id);
            from(&places, &now, id)
        });
        prop_assert_eq!(&stale, &wanted);
        let asked = asked.into_inner();
        let each: BTreeSet<PlaceId> = asked.iter().copied().collect();
        prop_assert_eq!(each.len(), asked.len(), "a place is asked for once");
        let is_reached =
            |id: &PlaceId| places[id.index()].parent.is_none_or(|above| stale.contains(&above));
        prop_assert!(asked.iter().all(is_reached), "{:?} of {:?}", asked, stale);
        // Once they are made, none is stale.
        for id in stale {
            tree.set(id, TreeNode { valid: Validity::ALWAYS, ..node(&places, &now, id) });
        }
        prop_assert_eq!(tree.stale(&places, &clock(NOW), |id| from(&places, &now, id)), []);
    }

    #[test]
    fn values_move_with_their_places(
        parents in vec(any::<Index>(), 0..9),
        all in vec(own(), 10),
        order in vec(prop::option::weighted(0.8, any::<Index>()), 1..12),
        is_read in any::<bool>(),
    ) {
        let before = places(&parents);
        let mut tree = filled(&before, &all);
        if is_read {
            tree = PlaceTree::read(tree.write().unwrap(), before.len()).unwrap();
        }
        let order: Vec<Option<PlaceId>> =
            order.iter().map(|it| it.map(|it| before[it.index(before.len())].id)).collect();
        let after = flat(order.len());
        let arranged = tree.arranged(&after, |place| order[place.id.index()]);
        let wanted: Vec<Option<String>> =
            order.iter().map(|it| it.and_then(|id| tree.get(id).cloned())).collect();
        prop_assert!(arranged.is_changed());
        prop_assert_eq!(values(&arranged, &after), wanted.clone());
        let read = PlaceTree::read(arranged.write().unwrap(), after.len()).unwrap();
        prop_assert_eq!(values(&read, &after), wanted);
    }

    #[test]
    fn what_was_written_is_read(
        parents in vec(any::<Index>(), 0..9),
        all in vec(own(), 10),
        edit in any::<Index>(),
    ) {
        let places = places(&parents);
        let tree = filled(&places, &all);
        let bytes = tree.write().unwrap();
        prop_assert!(PlaceTree::<String>::read(bytes.clone(), places.len() + 1).is_none());
        let mut read = PlaceTree::<String>::read(bytes.clone(), places.len()).unwrap();
        prop_assert!(!read.is_changed());
        prop_assert_eq!(&read.write().unwrap(), &bytes);
        for place in &places {
            let (read, wanted) = (read.node(place.id).unwrap(), node(&places, &all, place.id));
            prop_assert_eq!((read.from, read.valid), (wanted.from, wanted.valid));
            prop_assert_eq!(&read.value, &wanted.value);
        }
        // A value that is put in is written with those that stay as they were.
        let id = places[edit.index(places.len())].id;
        let mut now = all;
        now[id.index()].text = 9;
        read.set(id, node(&places, &now, id));
        prop_assert!(read.is_changed());
        let again = PlaceTree::<String>::read(read.write().unwrap(), places.len()).unwrap();
        prop_assert_eq!(values(&again, &places), values(&filled(&places, &now), &places));
        read.settle();
        prop_assert!(!read.is_changed());
    }
}
