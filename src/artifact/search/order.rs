//! The numbers of the documents: in which segment each is, and where.
//!
//! To put them in order anew takes a pass over all documents and all of their tokens. After an edit
//! nearly all stay where they were: then only the sums of hashes are changed by what the documents of
//! the changed groups have lost and gained, which saves three quarters of the time that a page waits
//! for under `linli serve`.

use std::{cmp::Reverse, collections::BTreeSet, sync::Arc};

use jiff::{Span, civil::Date};
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use crate::artifact::search::{
    documents::{Document, DocumentRef, Group},
    postings::{posting_hash, shard_of},
};

/// One part in so many of all postings may be recent.
const RECENT: usize = 14;

/// A shard of the old segment is of so many postings, as a mean, and one of the recent segment of
/// so many. With fewer a question would load less, but 10,000 pages would have more than 700 files.
const SHARD: [usize; 2] = [8_900, 3_400];

/// At most so many shards.
const SHARDS: usize = 1 << 12;

/// The number of shards is a multiple of the 32nd part of a power of two, so that most notices that
/// are added leave it as it is: where it is another, every shard is.
const STEPS: usize = 32;

/// A block is of so many documents, or of a multiple if there would be more than [`BLOCKS`].
const BLOCK: usize = 32;

/// At most so many blocks.
const BLOCKS: usize = 80;

/// All documents in the order of their numbers, by segment.
#[derive(Debug, Default, Clone)]
pub(super) struct Ordered {
    groups: Vec<Arc<Group>>,
    cut: Cut,
    /// The documents.
    pub(super) segments: [Vec<DocumentRef>; 2],
    /// How they are cut into files.
    pub(super) shapes: [Segment; 2],
    /// Of each shard the sum of the hashes of its postings, once they were [summed up](Self::sum_up).
    pub(super) sums: [Vec<u64>; 2],
    /// The groups of forms of all characters, in order.
    pub(super) forms: Vec<u16>,
    /// The characters that are found by how they are read.
    pub(super) read: BTreeSet<char>,
}

/// How the documents of a segment are cut.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Segment {
    /// So many shards, each for a range of tokens of the same length.
    pub(super) shards: usize,
    /// So many documents are in a block.
    pub(super) block: usize,
}

/// What is another than in the [`Ordered`] before, in which all documents have the same numbers.
#[derive(Debug, Default)]
pub(super) struct Changes {
    /// The numbers of the documents in each segment that are others, in order.
    pub(super) numbers: [Vec<usize>; 2],
    /// A title, or what it stands under, is among them.
    pub(super) titles: bool,
}

impl Ordered {
    /// The documents of these groups.
    pub(super) fn new<'g>(groups: impl Iterator<Item = &'g Arc<Group>>) -> Self {
        let mut this = Self { groups: groups.cloned().collect(), ..Self::default() };
        let mut all: Vec<DocumentRef> =
            this.groups.iter().flat_map(DocumentRef::of_group).collect();
        // No page of a list has a day.
        // What they are sorted by is beside them: to follow each to its text takes longer.
        let keyed = all.iter().enumerate();
        let keyed = keyed.map(|(at, it)| (it.day, it.is_cut, Reverse(it.path.as_str()), at));
        let mut keys: Vec<_> = keyed.collect();
        keys.sort_unstable();
        let order: Vec<usize> = keys.into_iter().map(|(.., at)| at).collect();
        all = order.into_iter().map(|at| all[at].clone()).collect();
        this.cut = Cut::of(&weighed(&all));
        this.segments = this.cut.segments(all);
        this.shapes = this.shapes_now();
        this.gather();
        this
    }

    /// Sums up the hashes of all postings, on all threads: not to be called while another one may wait
    /// for these documents.
    pub(super) fn sum_up(&mut self) {
        self.sums = [0, 1].map(|it| sums(&self.segments[it], self.shapes[it].shards));
    }

    /// Takes over these groups in the place of its own. Returns nothing if a document then has another
    /// number, or the files are cut otherwise: it has to be made anew.
    pub(super) fn follow<'g>(
        &mut self,
        mut groups: impl Iterator<Item = &'g Arc<Group>>,
    ) -> Option<Changes> {
        let mut others: FxHashMap<*const Group, Arc<Group>> = FxHashMap::default();
        let (mut changes, mut has_other_characters) = (Changes::default(), false);
        for own in &mut self.groups {
            let new = groups.next()?;
            if Arc::ptr_eq(own, new) {
                continue;
            }
            if own.documents.len() != new.documents.len() {
                return None;
            }
            for (before, after) in own.documents.iter().zip(&new.documents) {
                let key = |it: &'g Document| (&it.path, it.sort, it.day);
                let key_before = (&before.path, before.sort, before.day);
                if key_before != key(after) {
                    return None;
                }
                changes.titles |= (&before.title, &before.place, before.letter)
                    != (&after.title, &after.place, after.letter);
            }
            has_other_characters |= own.forms != new.forms || own.read != new.read;
            others.insert(Arc::as_ptr(own), Arc::clone(new));
            *own = Arc::clone(new);
        }
        if groups.next().is_some() {
            return None;
        }
        for segment in 0..2 {
            changes.numbers[segment] = self.replace(segment, &others);
        }
        let is_cut_alike = self.cut == Cut::of(&self.cut.weighed(&self.segments));
        if !is_cut_alike || self.shapes != self.shapes_now() {
            return None;
        }
        if has_other_characters {
            self.gather();
        }
        Some(changes)
    }

    /// Puts the documents of other groups in the place of those before, and returns their numbers.
    fn replace(
        &mut self,
        segment: usize,
        others: &FxHashMap<*const Group, Arc<Group>>,
    ) -> Vec<usize> {
        let sums = &mut self.sums[segment];
        let mut numbers = Vec::new();
        for (number, document) in self.segments[segment].iter_mut().enumerate() {
            let Some(group) = others.get(&Arc::as_ptr(&document.group)) else { continue };
            count(sums, number, document, u64::wrapping_sub);
            *document = DocumentRef::of(group, document.index, document.is_cut);
            count(sums, number, document, u64::wrapping_add);
            numbers.push(number);
        }
        numbers
    }

    fn shapes_now(&self) -> [Segment; 2] {
        [0, 1].map(|it| Segment::of(it, self.segments[it].len(), weight(&self.segments[it])))
    }

    /// Gathers the characters of all groups.
    fn gather(&mut self) {
        self.forms = self.groups.iter().flat_map(|it| &it.forms).copied().collect();
        self.forms.sort_unstable();
        self.forms.dedup();
        self.read = self.groups.iter().flat_map(|it| it.read.chars()).collect();
    }

    /// All documents.
    pub(super) fn all(&self) -> impl Iterator<Item = &Document> {
        self.segments.iter().flatten().map(|it| &**it)
    }
}

impl Segment {
    /// Of a segment with so many documents and postings.
    pub(super) fn of(segment: usize, documents: usize, postings: usize) -> Self {
        let shards = postings.div_ceil(SHARD[segment]);
        let step = (shards.next_power_of_two() / STEPS).max(1);
        let block = documents.div_ceil(BLOCKS).next_multiple_of(BLOCK).max(BLOCK);
        Self { shards: shards.next_multiple_of(step).clamp(2, SHARDS), block }
    }
}

/// Of each shard of so many the sum of the hashes of its postings.
fn sums(documents: &[DocumentRef], shards: usize) -> Vec<u64> {
    let none = || vec![0_u64; shards];
    let add = |mut sums: Vec<u64>, (number, document): (usize, &DocumentRef)| {
        count(&mut sums, number, document, u64::wrapping_add);
        sums
    };
    let join = |mut a: Vec<u64>, b: Vec<u64>| {
        a.iter_mut().zip(b).for_each(|(a, b)| *a = a.wrapping_add(b));
        a
    };
    documents.par_iter().enumerate().with_min_len(512).fold(none, add).reduce(none, join)
}

/// Adds the hashes of a document's postings to the sums of all shards, or takes them away.
fn count(sums: &mut [u64], number: usize, document: &Document, change: impl Fn(u64, u64) -> u64) {
    let shards = sums.len();
    for token in &document.tokens {
        let sum = &mut sums[shard_of(*token, shards)];
        *sum = change(*sum, posting_hash(*token, number));
    }
}

/// How many postings documents have.
fn weight(documents: &[DocumentRef]) -> usize {
    documents.iter().map(|it| it.weight as usize).sum()
}

/// What decides where a document is: its postings, its day, and whether it is a notice.
type Weighed = (u32, Option<Date>, bool);

fn weighed(documents: &[DocumentRef]) -> Vec<Weighed> {
    documents.iter().map(|it| (it.weight, it.day, it.is_notice)).collect()
}

/// Which documents are recent, of all in order: those from `recent` to `coming`, and those from there
/// on unless they are too much.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
struct Cut {
    recent: usize,
    coming: usize,
    is_coming_recent: bool,
}

impl Cut {
    /// What comes after the last notice is recent, too, unless it is too much.
    fn of(all: &[Weighed]) -> Self {
        let weight = |part: &[Weighed]| part.iter().map(|it| it.0 as usize).sum::<usize>();
        let limit = weight(all) / RECENT;
        let newest = all.iter().rfind(|it| it.2).and_then(|it| it.1);
        let newest = newest.or_else(|| all.last()?.1);
        let coming = all.partition_point(|it| it.1 <= newest);
        let left = limit.saturating_sub(weight(&all[coming..]));
        let is_coming_recent = left >= limit / 2;
        let recent = first_recent(&all[..coming], if is_coming_recent { left } else { limit });
        Self { recent, coming, is_coming_recent }
    }

    /// The documents in order as segments.
    fn segments(self, mut all: Vec<DocumentRef>) -> [Vec<DocumentRef>; 2] {
        let coming = all.split_off(self.coming);
        let recent = all.split_off(self.recent);
        let mut segments = [all, recent];
        segments[usize::from(self.is_coming_recent)].extend(coming);
        segments
    }

    /// What decides of the documents in these segments, in the order of all.
    fn weighed(self, [old, recent]: &[Vec<DocumentRef>; 2]) -> Vec<Weighed> {
        let (before, coming) = old.split_at(self.recent);
        [before, recent, coming].into_iter().flat_map(weighed).collect()
    }
}

/// Where the recent documents begin, of which there may be so many postings.
fn first_recent(all: &[Weighed], limit: usize) -> usize {
    let dated = all.partition_point(|it| it.1.is_none());
    let month = |it: &Weighed| it.1.map(Date::first_of_month);
    let week = |it: &Weighed| {
        let since = |day: Date| Span::new().days(day.weekday().to_monday_zero_offset());
        it.1.map(|day| day.saturating_sub(since(day)))
    };
    let fitting = |is_same: &dyn Fn(&Weighed, &Weighed) -> bool| {
        let (mut start, mut sum) = (all.len(), 0);
        for group in all[dated..].chunk_by(is_same).rev() {
            sum += group.iter().map(|it| it.0 as usize).sum::<usize>();
            if sum > limit {
                break;
            }
            start -= group.len();
        }
        Some(start).filter(|start| *start < all.len())
    };
    fitting(&|a, b| month(a) == month(b))
        .or_else(|| fitting(&|a, b| week(a) == week(b)))
        .or_else(|| fitting(&|a, b| a.1 == b.1))
        .unwrap_or(all.len())
}
