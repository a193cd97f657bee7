//! Counts that are too small to be shown.
//!
//! At the places that a declaration names, a count from 1 up to its limit becomes
//! [`Value::Few`], and is gone. A sum that holds such counts is shown only if nobody can infer any
//! of them from it: neither from the sum alone, nor together with the other numbers that are
//! shown.
//!
//! The sums of a collection nest: a place's own in its total, each total in the one above. So the
//! counts behind a sum that no shown sum inside it accounts for make a [`UnaccountedCounts`], and
//! no two blocks share a count. Readers know of a block how many counts it holds and what they add
//! up to; it is safe if some count in it could be one of two numbers, which means all of them
//! could: if there are several, and they are neither all at their least nor all at their most. A
//! sum whose block is not safe is withheld, and its block is one of the sum above it. Only sums
//! over all records of a place are released like this; any other figure over a hidden count is
//! withheld.

use serde::{Deserialize, Serialize};

use crate::schema::{
    Catalog, Collection, Decimal, FieldType, RecordSet, Value, figure::Measure, place::rank,
    posting::Suppress,
};

/// What may be said of a sum that hidden counts are part of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Sum {
    /// All of it: so much more than the counts that are shown.
    Exact(Decimal),
    /// That it is below the limit.
    Few(u16),
    /// Nothing.
    Withheld,
}

/// What may be said of the sums of a field at a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Sums {
    /// Of the place's own records.
    pub own: Sum,
    /// With all places that lie in it.
    pub total: Sum,
}

/// Hidden counts that no shown sum accounts for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
struct UnaccountedCounts {
    counts: i64,
    sum: i64,
}

impl UnaccountedCounts {
    fn with(self, other: Self) -> Self {
        Self { counts: self.counts + other.counts, sum: self.sum + other.sum }
    }

    /// Who knows the sum does not know any count.
    fn is_safe(self, below: u16) -> bool {
        let most = self.counts * i64::from(below - 1);
        self.counts == 0 || (self.counts > 1 && self.counts < self.sum && self.sum < most)
    }
}

/// The counts of a field at a place, or at a place and below.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Counts {
    /// Hidden ones that no shown sum accounts for.
    open: UnaccountedCounts,
    /// All hidden ones.
    hidden: UnaccountedCounts,
    /// The sum of those that are shown.
    shown: i64,
}

impl Counts {
    fn with(self, other: Self) -> Self {
        Self {
            open: self.open.with(other.open),
            hidden: self.hidden.with(other.hidden),
            shown: self.shown + other.shown,
        }
    }

    /// What may be said of their sum. If that is all, it accounts for the open ones. Of counts that
    /// are bound by others gives no statement.
    fn release(&mut self, below: u16, bound: bool) -> Sum {
        if self.open.is_safe(below) && (!bound || self.hidden.counts == 0) {
            self.open = UnaccountedCounts::default();
            return Sum::Exact(Decimal::whole(self.hidden.sum));
        }
        // One count alone is known to be small, and so is the sum that holds nothing else.
        if self.hidden.counts == 1 && self.shown == 0 { Sum::Few(below) } else { Sum::Withheld }
    }
}

/// Hides the small counts of a record set, and counts them by field.
pub(super) fn hide(set: &mut RecordSet, catalog: &Catalog) -> Vec<Counts> {
    let collection = catalog.collections.get(set.collection);
    let Some(rule) = collection.publication.suppress else { return Vec::new() };
    let level = catalog.levels.get(usize::from(catalog.place(set.place).level));
    let small = level.and_then(|it| rank(&it.value)).is_some_and(|it| it > rule.under);
    counted(collection).map(|it| own(set, it, small, rule)).collect()
}

/// What may be said of the sums of each count field at a place, by field: of its own records, whose
/// counts are `own`, and with all places in it, whose counts are `below`. `below` becomes what the
/// place above has to add. Nothing of a field of which no count is hidden.
pub fn release(
    collection: &Collection,
    own: &[Counts],
    below: &mut Vec<Counts>,
) -> Vec<(usize, Sums)> {
    let Some(rule) = collection.publication.suppress else { return Vec::new() };
    let fields: Vec<usize> = counted(collection).collect();
    below.resize(fields.len(), Counts::default());
    let mut released = Vec::new();
    for (index, (field, below)) in fields.into_iter().zip(below).enumerate() {
        let bound = is_bound(collection, field);
        let mut counts = own.get(index).copied().unwrap_or_default();
        let sum = counts.release(rule.below, bound);
        let mut all = counts.with(*below);
        let total = all.release(rule.below, bound);
        if all.hidden.counts > 0 {
            released.push((field, Sums { own: sum, total }));
        }
        *below = all;
    }
    released
}

/// Adds the counts of a place in it to those of a place.
pub fn add(below: &mut Vec<Counts>, more: &[Counts]) {
    below.resize(below.len().max(more.len()), Counts::default());
    below.iter_mut().zip(more).for_each(|(sum, more)| *sum = sum.with(*more));
}

/// The field is a part of another, or has one: a part is no larger than its whole, and who knows
/// both sums may infer from that what the counts are.
fn is_bound(collection: &Collection, field: usize) -> bool {
    collection.figures.iter().any(|figure| match figure.measure {
        Measure::Share { part, whole } => part == field || whole == field,
        _ => false,
    })
}

/// The fields that hold counts.
fn counted(collection: &Collection) -> impl Iterator<Item = usize> + '_ {
    let fields = collection.fields.iter().enumerate();
    fields.filter(|(_, it)| it.kind == FieldType::Count).map(|(index, _)| index)
}

/// Hides the small counts of a record set, if they are to be hidden there.
fn own(set: &mut RecordSet, field: usize, small: bool, rule: Suppress) -> Counts {
    let mut counts = Counts::default();
    for record in &mut set.records {
        count(&mut record.values[field], small, rule, &mut counts);
    }
    counts.open = counts.hidden;
    counts
}

fn count(value: &mut Value, small: bool, rule: Suppress, counts: &mut Counts) {
    match value {
        Value::Integer(number) if small && (1..i64::from(rule.below)).contains(number) => {
            counts.hidden = counts.hidden.with(UnaccountedCounts { counts: 1, sum: *number });
            *value = Value::Few(rule.below);
        }
        Value::Integer(number) => counts.shown = counts.shown.saturating_add(*number),
        Value::List(values) => {
            values.iter_mut().for_each(|value| count(value, small, rule, counts));
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// A tree of places: the parent of each but the first, and the counts that are recorded there.
    #[derive(Debug, Clone)]
    struct Tree {
        parents: Vec<usize>,
        counts: Vec<Vec<i64>>,
        small: Vec<bool>,
    }

    fn trees() -> impl Strategy<Value = Tree> {
        (2..7usize).prop_flat_map(|places| {
            let parents = (1..places).map(|it| 0..it).collect::<Vec<_>>();
            let counts = prop::collection::vec(prop::collection::vec(0..6i64, 0..4), places);
            let small = prop::collection::vec(any::<bool>(), places);
            (parents, counts, small).prop_map(|(parents, counts, small)| Tree {
                parents,
                counts,
                small,
            })
        })
    }

    /// What readers see: for each place its counts, and the sums of its own and of all below.
    struct Seen {
        hidden: Vec<(usize, i64)>,
        own: Vec<Option<i64>>,
        total: Vec<Option<i64>>,
        few: Vec<[bool; 2]>,
    }

    fn seen_in(tree: &Tree, below: u16) -> Seen {
        let places = tree.counts.len();
        let mut counts = vec![Counts::default(); places];
        let mut seen = Seen {
            hidden: Vec::new(),
            own: vec![None; places],
            total: vec![None; places],
            few: vec![[false; 2]; places],
        };
        for place in (0..places).rev() {
            let mut own = Counts::default();
            for count in &tree.counts[place] {
                if tree.small[place] && (1..i64::from(below)).contains(count) {
                    own.hidden = own.hidden.with(UnaccountedCounts { counts: 1, sum: *count });
                    seen.hidden.push((place, *count));
                } else {
                    own.shown += count;
                }
            }
            own.open = own.hidden;
            let exact = |sum: Sum, counts: &Counts| match sum {
                Sum::Exact(_) => Some(counts.hidden.sum + counts.shown),
                _ => None,
            };
            let released = own.release(below, false);
            seen.own[place] = exact(released, &own);
            let mut all = own.with(counts[place]);
            let total = all.release(below, false);
            seen.total[place] = exact(total, &all);
            seen.few[place] = [released, total].map(|it| matches!(it, Sum::Few(_)));
            counts[place] = all;
            if place > 0 {
                let parent = tree.parents[place - 1];
                counts[parent] = counts[parent].with(all);
            }
        }
        seen
    }

    /// Every way to fill in the hidden counts that fits all that is shown.
    fn solutions(tree: &Tree, below: u16) -> Vec<Vec<i64>> {
        let seen = seen_in(tree, below);
        let below = i64::from(below);
        let mut found = Vec::new();
        let mut guess = vec![1; seen.hidden.len()];
        loop {
            if fits(tree, &seen, &guess, below) {
                found.push(guess.clone());
            }
            let Some(next) = guess.iter().position(|it| it + 1 < below) else { return found };
            guess[..next].fill(1);
            guess[next] += 1;
        }
    }

    fn fits(tree: &Tree, seen: &Seen, guess: &[i64], below: i64) -> bool {
        let places = tree.counts.len();
        let mut own = vec![0; places];
        for (place, counts) in tree.counts.iter().enumerate() {
            let shown = |it: &&i64| !tree.small[place] || !(1..below).contains(*it);
            own[place] = counts.iter().filter(shown).sum();
        }
        for ((place, _), number) in seen.hidden.iter().zip(guess) {
            own[*place] += number;
        }
        let mut total = own.clone();
        for place in (1..places).rev() {
            total[tree.parents[place - 1]] += total[place];
        }
        (0..places).all(|place| {
            seen.own[place].is_none_or(|sum| sum == own[place])
                && seen.total[place].is_none_or(|sum| sum == total[place])
                && (!seen.few[place][0] || (1..below).contains(&own[place]))
                && (!seen.few[place][1] || (1..below).contains(&total[place]))
        })
    }

    proptest! {
        #[test]
        fn no_hidden_count_can_be_told(tree in trees(), below in 3..5u16) {
            let seen = seen_in(&tree, below);
            prop_assume!(seen.hidden.len() <= 9);
            let solutions = solutions(&tree, below);
            for (index, (_, count)) in seen.hidden.iter().enumerate() {
                prop_assert!(solutions.iter().any(|solution| solution[index] == *count));
                prop_assert!(
                    solutions.iter().any(|solution| solution[index] != *count),
                    "{:?} is known", seen.hidden[index]
                );
            }
        }

        #[test]
        fn what_hides_nothing_is_shown(tree in trees()) {
            let tree = Tree { small: vec![false; tree.small.len()], ..tree };
            let seen = seen_in(&tree, 3);
            prop_assert!(seen.own.iter().chain(&seen.total).all(Option::is_some));
        }
    }

    #[test]
    fn a_sum_of_many_small_counts_is_shown() {
        let tree = Tree {
            parents: vec![0, 0],
            counts: vec![vec![], vec![1, 0], vec![2]],
            small: vec![false, true, true],
        };
        let seen = seen_in(&tree, 3);
        assert_eq!(seen.own, [Some(0), None, None]);
        assert_eq!(seen.total, [Some(3), None, None]);
        assert!(seen.few[1][0] && seen.few[2][1]);
    }
}
