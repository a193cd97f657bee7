//! Sets of numbers that are given as spans: the columns of a sheet that are hidden.

use std::collections::BTreeMap;

/// Numbers, as spans that do not overlap: the last of each by its first.
#[derive(Debug, Default)]
pub(crate) struct Spans(BTreeMap<u32, u32>);

impl Spans {
    /// Adds the numbers from one up to another. Costs O(log spans), over many calls.
    pub(crate) fn add(&mut self, mut first: u32, mut last: u32) {
        if first > last {
            return;
        }
        while let Some((&start, &end)) = self.0.range(..=last).next_back() {
            if end < first {
                break;
            }
            (first, last) = (first.min(start), last.max(end));
            self.0.remove(&start);
        }
        self.0.insert(first, last);
    }

    /// Has the number. Costs O(log spans).
    pub(crate) fn contains(&self, number: u32) -> bool {
        self.0.range(..=number).next_back().is_some_and(|(_, last)| number <= *last)
    }

    /// Takes all out.
    pub(crate) fn clear(&mut self) {
        self.0.clear();
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_number_is_in_if_a_span_has_it(
            added in proptest::collection::vec((0_u32..40, 0_u32..40), 0..12),
        ) {
            let mut spans = Spans::default();
            added.iter().for_each(|(first, last)| spans.add(*first, *last));
            for number in 0..41 {
                let has = added.iter().any(|(first, last)| (first..=last).contains(&&number));
                prop_assert_eq!(spans.contains(number), has, "{} of {:?}", number, added);
            }
        }
    }
}
