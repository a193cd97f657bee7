//! The files of the index: which there are, and what is in each.
//!
//! ```text
//! search/manifest.json        the files, and how they are cut
//! search/o0005-3kx0q.bin      a shard: the tokens of a range of hashes, with the documents of each
//! search/s-81bq2.bin          the characters by their syllables
//! search/p0012-9ab2c.bin      a block: what is shown of so many documents
//! ```
//!
//! Documents are numbered in segments. Those of a day of the last weeks are the recent segment
//! (`r`, `q`), all others the old one (`o`, `p`): so a notice that is added rewrites the recent
//! shards, and no others. Which weeks these are follows from the days of the content: as many as
//! come to at most [`RECENT`] of all, by whole months if one fits, else by weeks or days. In a
//! segment those without a day come first, by path, then the others by day: the higher the number,
//! the newer. The last of those without a day are lists that are cut into pages: the pages of each
//! stand together, its first page behind the others. Where they begin and how many others each has is in
//! the manifest, so that whoever searches shows one page of a list. A list stays where it is when a
//! record is added to it, so that this rewrites the shards of the record's own words alone.
//!
//! A shard or block is an artifact whose name and fingerprint follow from what is in it: the sum of
//! the hashes of its postings. That is one pass over all of them at each build in which something
//! of the portal changed, some 8 milliseconds for 10,000 pages; only files that are others are put
//! together and compressed.
//!
//! A block is compressed JSON: a list of path, title, kind, place, day and summary for each document;
//! of a schedule also its beginnings ([`super::times`]), with `m` between them.

use std::{cmp::Reverse, collections::BTreeSet, fmt::Write as _, sync::Arc};

use jiff::{Span, civil::Date};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::{
    artifact::search::{
        documents::{Document, DocumentRef, Group, Sort},
        pinyin::{self, LETTERS},
        postings::{SegmentPostings, posting_hash, shard_of, whole},
    },
    fingerprint::Fingerprint,
    text::fold::variants,
};

/// The version of the form of all these files, which `search.js` reads.
pub(super) const VERSION: u32 = 5;

/// The folder of the files.
pub(in crate::artifact) const FOLDER: &str = "search";

/// The name of the file that names all others.
const MANIFEST: &str = "manifest.json";

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

/// The names of the shards and of the blocks of each segment.
const NAMES: [[char; 2]; 2] = [['o', 'p'], ['r', 'q']];

/// The files of the index, and what they are made of.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(crate) struct Layout {
    segments: [Segment; 2],
    /// The files; the manifest is the first. None of a portal without pages.
    pub(super) files: Vec<IndexFile>,
    /// The fingerprint of the titles under each letter.
    pub(super) letters: Vec<Fingerprint>,
    manifest: String,
    /// The characters that are found by how they are read.
    read: String,
}

/// How the documents of a segment are cut.
#[derive(Debug, Default, Clone, Copy, Serialize, Deserialize)]
struct Segment {
    /// So many shards, each for a range of tokens of the same length.
    shards: usize,
    /// So many documents are in a block.
    block: usize,
}

/// A file of the index.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct IndexFile {
    /// Its path in the output.
    pub(super) path: String,
    /// The fingerprint of what is in it.
    pub(super) content: Fingerprint,
    part: Part,
}

/// What a file has: of a segment, by its number.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
enum Part {
    Manifest,
    Syllables,
    Shard(usize, u32),
    Block(usize, usize),
}

/// All documents in the order of their numbers, by segment.
#[derive(Debug, Default)]
pub(super) struct Ordered {
    segments: [Vec<DocumentRef>; 2],
    postings: [SegmentPostings; 2],
    forms: Vec<u16>,
    read: BTreeSet<char>,
}

impl Ordered {
    /// The documents of these groups.
    pub(super) fn new<'g>(groups: impl Iterator<Item = &'g Arc<Group>>) -> Self {
        let (mut old, mut forms, mut read) =
            (Vec::<DocumentRef>::new(), Vec::new(), BTreeSet::new());
        for group in groups {
            let has_parts = group.documents.iter().any(|it| it.sort == Sort::ListPart);
            let is_cut =
                |it: &Document| has_parts && [Sort::List, Sort::ListPart].contains(&it.sort);
            let of = |(index, document)| {
                let is_cut = is_cut(document);
                DocumentRef { group: Arc::clone(group), index, is_cut }
            };
            old.extend(group.documents.iter().enumerate().map(of));
            forms.extend_from_slice(&group.forms);
            read.extend(group.read.chars());
        }
        forms.sort_unstable();
        forms.dedup();
        // No page of a list has a day.
        // What they are sorted by is beside them: to follow each to its text takes longer.
        let keyed = old.iter().enumerate();
        let keyed = keyed.map(|(at, it)| (it.day, it.is_cut, Reverse(it.path.as_str()), at));
        let mut keys: Vec<_> = keyed.collect();
        keys.sort_unstable();
        let order: Vec<usize> = keys.into_iter().map(|(.., at)| at).collect();
        let mut old: Vec<DocumentRef> = order.into_iter().map(|at| old[at].clone()).collect();
        let recent = split_recent(&mut old);
        Self { segments: [old, recent], postings: Default::default(), forms, read }
    }

    /// Says of which files the bytes will be asked for, with [`Layout::bytes`].
    pub(super) fn expect<'f>(&mut self, files: impl Iterator<Item = &'f IndexFile>) {
        let mut shards = [const { Vec::new() }; 2];
        for file in files {
            if let Part::Shard(segment, shard) = file.part {
                shards[segment].push(shard as usize);
            }
        }
        self.postings.iter_mut().zip(shards).for_each(|(it, shards)| it.expect(shards));
    }

    /// All documents.
    pub(super) fn all(&self) -> impl Iterator<Item = &Document> {
        self.segments.iter().flatten().map(|it| &**it)
    }
}

/// Takes the recent documents out of all in order. What comes after the last notice is recent, too,
/// unless it is too much.
fn split_recent(all: &mut Vec<DocumentRef>) -> Vec<DocumentRef> {
    let limit = weight(all) / RECENT;
    let newest = all.iter().rfind(|it| it.sort == Sort::Notice).and_then(|it| it.day);
    let newest = newest.or_else(|| all.last()?.day);
    let coming = all.split_off(all.partition_point(|it| it.day <= newest));
    let left = limit.saturating_sub(weight(&coming));
    if left < limit / 2 {
        let recent = all.split_off(first_recent(all, limit));
        all.extend(coming);
        return recent;
    }
    let mut recent = all.split_off(first_recent(all, left));
    recent.extend(coming);
    recent
}

/// How many postings documents have.
fn weight(documents: &[DocumentRef]) -> usize {
    documents.iter().map(|it| it.tokens.len()).sum()
}

/// Where the recent documents begin, of which there may be so many postings.
fn first_recent(all: &[DocumentRef], limit: usize) -> usize {
    let dated = all.partition_point(|it| it.day.is_none());
    let month = |it: &DocumentRef| it.day.map(Date::first_of_month);
    let week = |it: &DocumentRef| {
        let since = |day: Date| Span::new().days(day.weekday().to_monday_zero_offset());
        it.day.map(|day| day.saturating_sub(since(day)))
    };
    let fitting = |is_same: &dyn Fn(&DocumentRef, &DocumentRef) -> bool| {
        let (mut start, mut sum) = (all.len(), 0);
        for group in all[dated..].chunk_by(is_same).rev() {
            sum += weight(group);
            if sum > limit {
                break;
            }
            start -= group.len();
        }
        Some(start).filter(|start| *start < all.len())
    };
    fitting(&|a, b| month(a) == month(b))
        .or_else(|| fitting(&|a, b| week(a) == week(b)))
        .or_else(|| fitting(&|a, b| a.day == b.day))
        .unwrap_or(all.len())
}

impl Layout {
    /// The files of an index of these documents.
    pub(super) fn new(ordered: &Ordered) -> Self {
        if ordered.all().next().is_none() {
            return Self::default();
        }
        let mut this = Self {
            segments: [0, 1].map(|it| Segment::of(&ordered.segments[it], SHARD[it])),
            read: ordered.read.iter().collect(),
            ..Self::default()
        };
        let mut files = Vec::new();
        let mut manifest = Vec::new();
        for (index, (segment, documents)) in this.segments.iter().zip(&ordered.segments).enumerate()
        {
            let shards = segment.shards(documents);
            let shards = (0..).zip(shards).map(|(it, content)| (Part::Shard(index, it), content));
            let blocks = documents.chunks(segment.block).map(block_fingerprint);
            let blocks = blocks.enumerate().map(|(it, content)| (Part::Block(index, it), content));
            let first = files.len();
            files.extend(shards.chain(blocks).map(IndexFile::new));
            manifest.push(segment.described(documents, &files[first..]));
        }
        let syllables = Fingerprint::of(&(VERSION, &this.read));
        files.push(IndexFile::new((Part::Syllables, syllables)));
        this.manifest = json!({
            "version": VERSION,
            "segments": manifest,
            "forms": forms(&ordered.forms),
            "syllables": hash(syllables),
        })
        .to_string();
        let content = Fingerprint::of(&this.manifest);
        let path = format!("{FOLDER}/{MANIFEST}");
        this.files = vec![IndexFile { path, content, part: Part::Manifest }];
        this.files.append(&mut files);
        this.letters = letters(ordered);
        this
    }

    /// The bytes of a file.
    pub(super) fn bytes(&self, file: &IndexFile, ordered: &Ordered) -> Vec<u8> {
        match file.part {
            Part::Manifest => self.manifest.clone().into_bytes(),
            Part::Syllables => whole(pinyin::table(&self.read).as_bytes()),
            Part::Shard(segment, shard) => {
                let (documents, shards) =
                    (&ordered.segments[segment], self.segments[segment].shards);
                ordered.postings[segment].shard(shard as usize, shards, documents)
            }
            Part::Block(segment, block) => {
                let size = self.segments[segment].block;
                let documents = ordered.segments[segment].chunks(size).nth(block);
                whole(block_json(documents.unwrap_or_default()).as_bytes())
            }
        }
    }
}

impl IndexFile {
    fn new((part, content): (Part, Fingerprint)) -> Self {
        let name = match part {
            Part::Manifest => "manifest".to_owned(),
            Part::Syllables => "s".to_owned(),
            // In the order of their names, so that shards are made in that of their tokens.
            Part::Shard(segment, number) => format!("{}{number:04}", NAMES[segment][0]),
            Part::Block(segment, number) => format!("{}{number:04}", NAMES[segment][1]),
        };
        let path = format!("{FOLDER}/{name}-{}.bin", hash(content));
        Self { path, content, part }
    }

    fn is_block(&self) -> bool {
        matches!(self.part, Part::Block(..))
    }
}

/// The file of that name is a block, which has texts.
pub(super) fn is_block(name: &str) -> bool {
    name != MANIFEST && name.starts_with(NAMES.map(|names| names[1]))
}

/// Five letters and digits that stand for what is in a file.
fn hash(content: Fingerprint) -> String {
    let digit = |rest: u32| char::from_digit(rest % 36, 36).unwrap_or('0');
    let mut rest = content.short();
    let mut digits = String::new();
    for _ in 0..5 {
        digits.push(digit(rest));
        rest /= 36;
    }
    digits
}

impl Segment {
    fn of(documents: &[DocumentRef], shard: usize) -> Self {
        let shards = weight(documents).div_ceil(shard);
        let step = (shards.next_power_of_two() / STEPS).max(1);
        let block = documents.len().div_ceil(BLOCKS).next_multiple_of(BLOCK).max(BLOCK);
        Self { shards: shards.next_multiple_of(step).clamp(2, SHARDS), block }
    }

    /// The fingerprint of each shard: the sum of the hashes of its postings.
    fn shards(self, documents: &[DocumentRef]) -> Vec<Fingerprint> {
        let none = || vec![0_u64; self.shards];
        let add = |mut sums: Vec<u64>, (number, document): (usize, &DocumentRef)| {
            for token in &document.tokens {
                let sum = &mut sums[shard_of(*token, self.shards)];
                *sum = sum.wrapping_add(posting_hash(*token, number));
            }
            sums
        };
        let join = |mut a: Vec<u64>, b: Vec<u64>| {
            a.iter_mut().zip(b).for_each(|(a, b)| *a = a.wrapping_add(b));
            a
        };
        let documents = documents.par_iter().enumerate().with_min_len(512);
        let sums = documents.fold(none, add).reduce(none, join);
        sums.iter().map(|sum| Fingerprint::of(&(VERSION, self.shards, sum))).collect()
    }

    /// What the manifest says of it.
    fn described(self, documents: &[DocumentRef], files: &[IndexFile]) -> serde_json::Value {
        let names = |of_block: bool| {
            let files = files.iter().filter(|it| it.is_block() == of_block);
            files.map(|it| hash(it.content)).collect::<String>()
        };
        json!({
            "count": self.shards,
            "documents": documents.len(),
            "cut": documents.iter().position(|it| it.is_cut).unwrap_or_default(),
            "lists": parts_of_lists(documents),
            "block": self.block,
            "shards": names(false),
            "blocks": names(true),
        })
    }
}

/// How many pages each list has beside its first, of those that have any: in the order of their numbers.
fn parts_of_lists(documents: &[DocumentRef]) -> Vec<usize> {
    let cut: Vec<Sort> = documents.iter().filter(|it| it.is_cut).map(|it| it.sort).collect();
    let lists = cut.split_inclusive(|sort| *sort == Sort::List);
    lists.map(|list| list.len() - 1).collect()
}

/// What is shown of a document, as JSON.
fn shown(document: &Document) -> serde_json::Value {
    let Document { path, title, sort, kind, place, day, summary, times, .. } = document;
    let day = day.map_or_else(|| times.latest.clone(), |day| day.to_string());
    // What the theme has words for.
    let kind = match sort {
        Sort::Notice => "n",
        Sort::Page => "p",
        Sort::List | Sort::ListPart => "l",
        _ => kind,
    };
    let mut shown: Vec<&str> = Vec::from([path.as_str(), title, kind, place, &day, summary]);
    let beginnings = times.written();
    shown.extend((!beginnings.is_empty()).then_some(&*beginnings));
    json!(shown)
}

fn block_json(documents: &[DocumentRef]) -> String {
    let mut json = String::from("[");
    for (index, document) in documents.iter().enumerate() {
        let comma = if index > 0 { ",\n" } else { "" };
        let Ok(()) = write!(json, "{comma}{}", shown(document)) else { break };
    }
    json.push(']');
    json
}

fn block_fingerprint(documents: &[DocumentRef]) -> Fingerprint {
    let of = |it: &DocumentRef| {
        let shown = (&it.path, &it.title, it.sort, &it.kind, &it.place, it.day, &it.summary);
        Fingerprint::of(&(shown, &it.times))
    };
    Fingerprint::of_all(documents.iter().map(of)).and(Fingerprint::of(&VERSION))
}

/// The groups of forms, as the browser reads them: the simplified character and its other forms.
fn forms(groups: &[u16]) -> String {
    let all: Vec<&str> = variants().collect();
    let groups = groups.iter().filter_map(|group| all.get(usize::from(*group)).copied());
    groups.collect::<Vec<_>>().join(" ")
}

fn letters(ordered: &Ordered) -> Vec<Fingerprint> {
    let mut letters = vec![Fingerprint::default(); usize::from(LETTERS)];
    for document in ordered.all() {
        let Document { path, title, place, sort, day, letter, .. } = document;
        let slot = &mut letters[usize::from(*letter)];
        *slot = slot.plus(Fingerprint::of(&(path, title, place, sort, day)));
    }
    letters
}
