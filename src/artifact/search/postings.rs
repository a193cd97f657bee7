//! The shards: which tokens are in which documents, and how that is written.
//!
//! The form of a shard, compressed with zlib; numbers are little-endian, seven bits a byte:
//!
//! | part | what |
//! | --- | --- |
//! | number | how many tokens |
//! | numbers | the 24 bits of each: the first, then the difference to the one before |
//! | numbers | in how many documents each is |
//! | numbers | for each token, the rarest first and else in the same order, the numbers of these: the difference to the one before |
//! | number | of how many postings it is said where they stand |
//! | numbers | for each of them how many others come before it, in the same order |
//! | bytes | for each of them where it stands ([`super::tokens::TITLE`] and others) |
//!
//! Like numbers stand together, and tokens that are in many documents begin a part of the compressed
//! bytes of their own: so a shard is an eighth smaller than with all that is said of a posting beside
//! it.

use std::{
    cell::RefCell,
    io::Write as _,
    sync::{Arc, Mutex, OnceLock, PoisonError},
};

use flate2::{Compression, write::ZlibEncoder};

use crate::artifact::search::{
    documents::DocumentRef,
    tokens::{Token, push_number},
};

/// A token that is in more than one of so many documents is frequent.
const FREQUENT: usize = 64;

/// The postings of so many shards are put together at once: to look for those of one would go through
/// all documents for each, and those of all at once take eight bytes each.
const GROUP: usize = 32;

thread_local! {
    /// A new one takes 300 KB of memory for each file.
    static ENCODER: RefCell<ZlibEncoder<Vec<u8>>> =
        RefCell::new(ZlibEncoder::new(Vec::new(), Compression::default()));
}

/// So many shards at most are put together in one pass over the documents, wherever they stand: those
/// that an edit changes.
const FEW: usize = 64;

/// The postings of a segment, as far as they were put together last.
#[derive(Debug, Default)]
pub(super) struct SegmentPostings {
    /// By group.
    groups: Mutex<Vec<(usize, Arc<Postings>)>>,
    /// The only shards that will be asked for, in order; none if that is not known.
    few: Vec<usize>,
    /// The postings of these.
    of_few: OnceLock<Postings>,
}

/// The postings of some shards.
#[derive(Debug)]
struct Postings {
    /// Where those of each shard begin, and the end.
    starts: Vec<usize>,
    /// Each as of [`posting`].
    all: Vec<u64>,
}

impl SegmentPostings {
    /// Only these shards will be asked for, in order.
    pub(super) fn of(shards: Vec<usize>) -> Self {
        let few = if shards.len() <= FEW { shards } else { Vec::new() };
        Self { few, ..Self::default() }
    }

    /// The bytes of a shard of a segment with so many shards, of these documents in order.
    pub(super) fn shard(&self, shard: usize, shards: usize, documents: &[DocumentRef]) -> Vec<u8> {
        let frequent = documents.len() / FREQUENT;
        let (bytes, middle) = match self.few.binary_search(&shard) {
            Ok(at) => {
                let few = || Postings::of_few(&self.few, shards, documents);
                shard_bytes(self.of_few.get_or_init(few).of_shard(at), frequent)
            }
            Err(_) => {
                let postings = self.group(shard / GROUP, shards, documents);
                shard_bytes(postings.of_shard(shard % GROUP), frequent)
            }
        };
        compressed(&bytes, middle)
    }

    /// The postings of a group. Files are made in the order of their names, by some threads at once:
    /// a group for each of these is kept.
    fn group(&self, group: usize, shards: usize, documents: &[DocumentRef]) -> Arc<Postings> {
        let mut known = self.groups.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, found)) = known.iter().find(|(at, _)| *at == group) {
            return Arc::clone(found);
        }
        let made = Arc::new(Postings::new(group * GROUP, shards, documents));
        if known.len() > rayon::current_num_threads() {
            known.remove(0);
        }
        known.push((group, Arc::clone(&made)));
        made
    }
}

impl Postings {
    /// Those of the shards from `first` on. Tokens of a document are in order, and so are shards.
    fn new(first: usize, shards: usize, documents: &[DocumentRef]) -> Self {
        let end = shards.min(first + GROUP);
        let own = |document: &DocumentRef| {
            let tokens = &document.tokens;
            let start = tokens.partition_point(|token| shard_of(*token, shards) < first);
            let count = tokens[start..].partition_point(|token| shard_of(*token, shards) < end);
            start..start + count
        };
        let ranges: Vec<_> = documents.iter().map(own).collect();
        let mut starts = vec![0; end - first + 1];
        for (document, range) in documents.iter().zip(&ranges) {
            for token in &document.tokens[range.clone()] {
                starts[shard_of(*token, shards) - first + 1] += 1;
            }
        }
        for shard in 1..starts.len() {
            starts[shard] += starts[shard - 1];
        }
        let (mut next, mut all) = (starts.clone(), vec![0; starts[end - first]]);
        for (number, (document, range)) in (0_u64..).zip(documents.iter().zip(ranges)) {
            for token in &document.tokens[range] {
                let slot = &mut next[shard_of(*token, shards) - first];
                all[*slot] = posting(*token, number);
                *slot += 1;
            }
        }
        Self { starts, all }
    }

    /// Those of these shards, in order, of so many.
    fn of_few(few: &[usize], shards: usize, documents: &[DocumentRef]) -> Self {
        let mut slots = vec![None; shards];
        few.iter().enumerate().for_each(|(slot, shard)| slots[*shard] = Some(slot));
        // On one thread: another one may wait for these postings.
        let mut lists: Vec<Vec<u64>> = vec![Vec::new(); few.len()];
        for (number, document) in (0_u64..).zip(documents) {
            for token in &document.tokens {
                if let Some(slot) = slots[shard_of(*token, shards)] {
                    lists[slot].push(posting(*token, number));
                }
            }
        }
        let mut starts = vec![0];
        starts.extend(lists.iter().scan(0, |end, list| {
            *end += list.len();
            Some(*end)
        }));
        Self { starts, all: lists.concat() }
    }

    /// Those of a shard, by its number among these, in the order of the documents.
    fn of_shard(&self, shard: usize) -> &[u64] {
        &self.all[self.starts[shard]..self.starts[shard + 1]]
    }
}

/// A token in a document: 24 bits of the token, 32 of the document, 8 of where it stands.
fn posting(token: Token, number: u64) -> u64 {
    (u64::from(token >> 8) << 40) | (number << 8) | u64::from(token & 0xff)
}

/// In which of so many shards a token is.
pub(super) fn shard_of(token: Token, shards: usize) -> usize {
    ((u64::from(token >> 8) * shards as u64) >> 24) as usize
}

/// The hash of a token in a document. Of different ones the sums are different.
pub(super) fn posting_hash(token: Token, number: usize) -> u64 {
    let mut hash = (u64::from(token) << 32) ^ number as u64;
    hash = (hash ^ (hash >> 32)).wrapping_mul(0xd6e8_feb8_6659_fd93);
    hash = (hash ^ (hash >> 32)).wrapping_mul(0xd6e8_feb8_6659_fd93);
    hash ^ (hash >> 32)
}

/// A shard before it is compressed, and where a new part of the compressed bytes is to begin: where
/// the tokens begin that are in more than so many documents.
fn shard_bytes(postings: &[u64], frequent: usize) -> (Vec<u8>, usize) {
    let mut postings = postings.to_vec();
    postings.sort_unstable();
    let mut tokens: Vec<&[u64]> = postings.chunk_by(|a, b| a >> 40 == b >> 40).collect();
    let mut bytes = Vec::with_capacity(postings.len() * 2);
    push_number(tokens.len() as u64, &mut bytes);
    let mut before = 0;
    for token in &tokens {
        push_number((token[0] >> 40) - before, &mut bytes);
        before = token[0] >> 40;
    }
    tokens.iter().for_each(|token| push_number(token.len() as u64, &mut bytes));
    tokens.sort_by_key(|token| token.len());
    let mut middle = None;
    let (mut gaps, mut places, mut gap) = (Vec::new(), Vec::new(), 0);
    for token in tokens {
        if token.len() > frequent {
            middle.get_or_insert(bytes.len());
        }
        let mut before = 0;
        for posting in token {
            let (number, place) = ((posting >> 8) & 0xffff_ffff, posting.to_le_bytes()[0]);
            push_number(number - before, &mut bytes);
            before = number;
            if place == 0 {
                gap += 1;
            } else {
                push_number(gap, &mut gaps);
                places.push(place);
                gap = 0;
            }
        }
    }
    let middle = middle.unwrap_or(bytes.len());
    push_number(places.len() as u64, &mut bytes);
    bytes.extend(gaps.into_iter().chain(places));
    (bytes, middle)
}

/// Compressed bytes.
pub(super) fn whole(bytes: &[u8]) -> Vec<u8> {
    compressed(bytes, bytes.len())
}

/// Two parts, each compressed by how often its own bytes are.
fn compressed(bytes: &[u8], middle: usize) -> Vec<u8> {
    let (first, second) = bytes.split_at(middle);
    ENCODER.with_borrow_mut(|encoder| {
        let mut write = || {
            encoder.write_all(first)?;
            if !second.is_empty() {
                encoder.flush()?;
            }
            encoder.write_all(second)?;
            encoder.reset(Vec::new())
        };
        write().expect("writing to memory cannot fail")
    })
}
