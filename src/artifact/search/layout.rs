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
//! come to at most a fourteenth of all, by whole months if one fits, else by weeks or days. In a
//! segment those without a day come first, by path, then the others by day: the higher the number,
//! the newer. The last of those without a day are lists that are cut into pages: the pages of each
//! stand together, its first page behind the others. Where they begin and how many others each has is in
//! the manifest, so that whoever searches shows one page of a list. A list stays where it is when a
//! record is added to it, so that this rewrites the shards of the record's own words alone.
//!
//! A shard or block is an artifact whose name and fingerprint follow from what is in it: the sum of
//! the hashes of its postings. Only files that are others are put together and compressed.
//!
//! A block is compressed JSON: a list of path, title, kind, place, day and summary for each document;
//! of a schedule also its beginnings ([`super::times`]), with `m` between them.

use std::fmt::Write as _;

use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::{
    artifact::search::{
        documents::{Document, DocumentRef, Sort},
        order::{Changes, Ordered, Segment},
        pinyin::{self, LETTERS},
        postings::{SegmentPostings, whole},
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

impl Layout {
    /// The files of an index of these documents. `before` are those from which they differ in what is
    /// said; all that stays is taken over.
    pub(super) fn new(ordered: &Ordered, before: Option<(&Self, &Changes)>) -> Self {
        if ordered.all().next().is_none() {
            return Self::default();
        }
        let mut this = Self {
            segments: ordered.shapes,
            read: ordered.read.iter().collect(),
            ..Self::default()
        };
        let mut files = Vec::new();
        let mut manifest = Vec::new();
        for (index, (segment, documents)) in this.segments.iter().zip(&ordered.segments).enumerate()
        {
            let shards = ordered.sums[index].iter().map(|sum| segment.shard(*sum));
            let shards = (0..).zip(shards).map(|(it, content)| (Part::Shard(index, it), content));
            let mut blocks = match before {
                Some((layout, _)) => layout.blocks(index),
                None => vec![None; documents.len().div_ceil(segment.block)],
            };
            for number in before.iter().flat_map(|(_, changes)| &changes.numbers[index]) {
                blocks[number / segment.block] = None;
            }
            let blocks = blocks.into_iter().zip(documents.chunks(segment.block));
            let blocks = blocks.map(|(known, of)| known.unwrap_or_else(|| block_fingerprint(of)));
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
        this.letters = match before {
            Some((layout, changes)) if !changes.titles => layout.letters.clone(),
            _ => letters(ordered),
        };
        this
    }

    /// The fingerprint of each block of a segment.
    fn blocks(&self, segment: usize) -> Vec<Option<Fingerprint>> {
        let is_own = |it: &&IndexFile| matches!(it.part, Part::Block(of, _) if of == segment);
        self.files.iter().filter(is_own).map(|it| Some(it.content)).collect()
    }

    /// The bytes of a file.
    pub(super) fn bytes(
        &self,
        file: &IndexFile,
        ordered: &Ordered,
        postings: &[SegmentPostings; 2],
    ) -> Vec<u8> {
        match file.part {
            Part::Manifest => self.manifest.clone().into_bytes(),
            Part::Syllables => whole(pinyin::table(&self.read).as_bytes()),
            Part::Shard(segment, shard) => {
                let (documents, shards) =
                    (&ordered.segments[segment], self.segments[segment].shards);
                postings[segment].shard(shard as usize, shards, documents)
            }
            Part::Block(segment, block) => {
                let size = self.segments[segment].block;
                let documents = ordered.segments[segment].chunks(size).nth(block);
                whole(block_json(documents.unwrap_or_default()).as_bytes())
            }
        }
    }
}

/// The postings of the shards among these files, which are the only ones that will be asked for.
pub(super) fn expected<'f>(files: impl Iterator<Item = &'f IndexFile>) -> [SegmentPostings; 2] {
    let mut shards = [const { Vec::new() }; 2];
    for file in files {
        if let Part::Shard(segment, shard) = file.part {
            shards[segment].push(shard as usize);
        }
    }
    shards.map(SegmentPostings::of)
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
    /// The fingerprint of a shard in which the hashes of the postings have that sum.
    fn shard(self, sum: u64) -> Fingerprint {
        Fingerprint::of(&(VERSION, self.shards, sum))
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
