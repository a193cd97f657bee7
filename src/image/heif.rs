//! AVIF and HEIF: boxes in boxes, of which one holds the data of all items, pictures and metadata
//! alike, and others say where each item lies in it.
//!
//! As offsets are written in many forms, nothing is moved: what is taken out is overwritten with
//! zeros, and the length of the file stays. `items` reads the description of the items.
//!
//! Steps of [`publish`]:
//!
//! 1. `File::read` walks over all boxes. What is not known becomes `unknown`; a box that is broken,
//!    or a track that is no picture, refuses the file.
//! 2. Every piece of an item must lie in the data, and no piece of metadata may share bytes with a
//!    picture.
//! 3. Data that no picture lies in is overwritten, so metadata that no item mentions goes, too.
//! 4. Names of items, and kinds of all that are no pictures, are overwritten, so that no reader
//!    looks for what is gone.
//! 5. Unknown boxes become `free`, which readers skip by the standard. So do profiles of colours, which
//!    may hold texts: browsers take sRGB without one.
//!
//! In a file with a movie (an animated AVIF) the frames are found by tables that are not read here,
//! so in step 3 only the pieces of known metadata are overwritten.

use std::ops::Range;

use crate::image::{
    block::MetadataBlock,
    boxes::{Atom, atom, boxes},
    bytes::{be32, size},
    items::{Content, HeifItem, Items},
    mark::LABEL,
};

/// The brands of files that hold images, not videos.
const BRANDS: [&[u8; 4]; 12] = [
    b"avif", b"avis", b"mif1", b"mif2", b"msf1", b"heic", b"heix", b"heim", b"heis", b"hevc",
    b"hevx", b"miaf",
];

/// The boxes of `meta` that are needed to find and join pictures. Others become `unknown`: `xml `,
/// for one, may hold a packet.
const META: [&[u8; 4]; 9] =
    [b"hdlr", b"pitm", b"iloc", b"iinf", b"iprp", b"idat", b"iref", b"grpl", b"dinf"];

/// The properties of items that change how they look. Others describe them in words and dates.
const PROPERTIES: [&[u8; 4]; 25] = [
    b"ispe", b"pixi", b"av1C", b"hvcC", b"lhvC", b"avcC", b"vvcC", b"irot", b"imir", b"clap",
    b"pasp", b"auxC", b"clli", b"mdcv", b"cclv", b"amve", b"ndwt", b"a1op", b"a1lx", b"lsel",
    b"rloc", b"tols", b"oinf", b"rref", b"iscl",
];

/// The boxes of `moov`, which plays a sequence of pictures, and of its tracks.
const MOVIE: [&[u8; 4]; 2] = [b"mvhd", b"trak"];
const TRACK: [&[u8; 4]; 5] = [b"tkhd", b"edts", b"tref", b"mdia", b"meta"];

/// The marks of boxes that others define (`uuid`): of a packet of XMP, which follows.
const XMP: [u8; 16] = *b"\xbe\x7a\xcf\xcb\x97\xa9\x42\xe8\x9c\x71\x99\x94\x91\xe3\xaf\xac";

/// Where the name of a visual sample entry stands, and where its boxes begin.
const SAMPLE_NAME: Range<usize> = 42..74;
const SAMPLE_HEAD: usize = 78;

/// Whether the bytes begin as a file that holds images. The first box must be `ftyp`: its main
/// brand, a version, and the brands that the file is compatible with. One known brand of them
/// suffices. A video (`isom`, `mp42`) has none.
pub(super) fn is_heif(bytes: &[u8]) -> bool {
    has_brand(bytes, &BRANDS)
}

/// Whether browsers show it: it says that it is AVIF.
pub(super) fn is_avif(bytes: &[u8]) -> bool {
    has_brand(bytes, &[b"avif", b"avis"])
}

/// Whether the file says that it is of one of those brands.
fn has_brand(bytes: &[u8], brands: &[&[u8; 4]]) -> bool {
    let Some(atom) = atom(bytes, 0..bytes.len()).filter(|it| it.name == *b"ftyp") else {
        return false;
    };
    let is_brand = |it: &[u8]| brands.iter().any(|brand| *brand == it);
    // The second word is a number.
    let mut words = bytes[atom.body].chunks(4);
    words.next().is_some_and(is_brand) || words.skip(1).any(is_brand)
}

/// The image without metadata, of the same length but for the mark of generated pictures. None if the boxes or items cannot be read, if a
/// piece of an item lies outside of the data, if metadata and picture overlap, or if there is no
/// picture.
pub(super) fn publish(bytes: &[u8]) -> Option<Vec<u8>> {
    let bytes = bytes.strip_suffix(&*mark_box()).unwrap_or(bytes);
    let file = File::read(bytes)?;
    let extents = |is_picture: bool| {
        let items =
            file.items.iter().filter(move |item| (item.content == Content::Picture) == is_picture);
        items.flat_map(|it| it.extents.clone())
    };
    let [data, kept] = [merged(file.data.iter().cloned()), merged(extents(true))];
    let is_described = extents(true).chain(extents(false)).all(|it| covers(&data, &it))
        && extents(false).all(|it| gaps(it.clone(), &kept).eq([it]));
    if !is_described || (kept.is_empty() && !file.has_movie) {
        return None;
    }
    let mut out = bytes.to_vec();
    if file.has_movie {
        extents(false).for_each(|it| out[it].fill(0));
    } else {
        let unused = data.into_iter().flat_map(|it| gaps(it, &kept));
        unused.for_each(|it| out[it].fill(0));
    }
    file.labels.into_iter().for_each(|label| out[label].fill(0));
    for atom in file.unknown {
        out[atom.start + 4..][..4].copy_from_slice(b"free");
        out[atom.body].fill(0);
    }
    Some(out)
}

/// The published image, with the mark that it was generated by a program in a box behind all others.
pub(super) fn marked(published: &[u8]) -> Option<Vec<u8>> {
    let last = boxes(published, 0..published.len())?.pop()?;
    let mut out = published.to_vec();
    // "Up to the end" would take the mark in.
    if out[last.start..].starts_with(&[0; 4]) {
        let length = u32::try_from(out.len() - last.start).ok()?;
        out[last.start..][..4].copy_from_slice(&length.to_be_bytes());
    }
    out.extend(mark_box());
    Some(out)
}

/// The box with the mark of generated pictures, as it is published.
fn mark_box() -> Vec<u8> {
    let length = u32::try_from(8 + XMP.len() + LABEL.len()).expect("some hundred bytes");
    [&length.to_be_bytes(), &b"uuid"[..], &XMP, LABEL.as_bytes()].concat()
}

/// The same places in their order, those that touch as one. The result is sorted, and between two
/// of its places is at least one byte. Empty places are left out. O(n log n).
fn merged(ranges: impl Iterator<Item = Range<usize>>) -> Vec<Range<usize>> {
    let mut ranges: Vec<_> = ranges.filter(|it| !it.is_empty()).collect();
    ranges.sort_unstable_by_key(|it| it.start);
    ranges.dedup_by(|next, before| {
        let touches = next.start <= before.end;
        if touches {
            before.end = before.end.max(next.end);
        }
        touches
    });
    ranges
}

/// Whether a place lies in one of others, which are merged. O(log n). `others` are as [`merged`]
/// returns them; a place over two of them with a gap between is not covered.
fn covers(others: &[Range<usize>], range: &Range<usize>) -> bool {
    let before = others.partition_point(|other| other.start <= range.start);
    before.checked_sub(1).is_some_and(|it| range.end <= others[it].end)
}

/// The parts of a place that lie outside of others, which are merged.
///
/// `others` are as [`merged`] returns them.
///
/// ```text
/// range 10..30, others 0..12, 15..20, 28..40   →   12..15, 20..28
/// range 10..30, others 50..60                  →   10..30
/// ```
fn gaps(range: Range<usize>, others: &[Range<usize>]) -> impl Iterator<Item = Range<usize>> {
    let others = &others[others.partition_point(|other| other.end <= range.start)..];
    let others = &others[..others.partition_point(|it| it.start < range.end)];
    let starts = std::iter::once(range.start).chain(others.iter().map(|it| it.end));
    let ends = others.iter().map(|it| it.start).chain([range.end]);
    starts.zip(ends).map(|(start, end)| start..end).filter(|it| !it.is_empty())
}

/// The EXIF and XMP items of a file, and what its other boxes hold. None are found in a file whose boxes cannot be read:
/// [`publish`] refuses such a file anyway.
pub(super) fn blocks(bytes: &[u8]) -> Vec<MetadataBlock<'_>> {
    let File { items, unknown, .. } = File::read(bytes).unwrap_or_default();
    // Items may share their data. What is read in all is never longer than the file.
    let mut budget = bytes.len();
    let mut blocks = Vec::new();
    for item in items {
        let length = item.extents.iter().map(Range::len).fold(0, usize::saturating_add);
        let is_read = matches!(item.content, Content::Exif | Content::Xmp);
        if let Some(left) = budget.checked_sub(length).filter(|_| is_read) {
            budget = left;
            blocks.extend(block(bytes, &item));
        }
    }
    for atom in unknown.into_iter().filter(|it| it.name == *b"uuid") {
        let body = &bytes[atom.body];
        blocks.push(match body.strip_prefix(&XMP) {
            Some(packet) => MetadataBlock::Xmp(packet.into()),
            None => MetadataBlock::Mark(body.into()),
        });
    }
    blocks
}

/// The metadata of an item, whose extents may be scattered over the file. Nothing if one of them
/// lies outside. The extents are joined in the order of the item. XMP begins at once; EXIF has a
/// number of bytes to skip before it.
fn block<'a>(bytes: &'a [u8], item: &HeifItem) -> Option<MetadataBlock<'a>> {
    let mut data = Vec::new();
    for extent in &item.extents {
        data.extend(bytes.get(extent.clone())?);
    }
    if item.content == Content::Xmp {
        return Some(MetadataBlock::Xmp(data.into()));
    }
    // The block begins some bytes after the number that says how many.
    let skipped = size(be32(&mut &data[..])?)?.checked_add(4)?;
    Some(MetadataBlock::Exif(data.get(skipped..)?.to_vec().into()))
}

/// What was found in a file. All ranges are indices into the file.
#[derive(Default)]
struct File {
    /// Pictures and metadata, of `meta` boxes at the top and in tracks.
    items: Vec<HeifItem>,
    /// The places that items may lie in. The contents of `mdat` and `idat`, not sorted.
    data: Vec<Range<usize>>,
    /// Boxes that are not needed. Each becomes a `free` box full of zeros.
    unknown: Vec<Atom>,
    /// What is written of items and tracks beside their data. Names, and kinds of what is no picture.
    labels: Vec<Range<usize>>,
    /// A movie, whose pictures are no items.
    has_movie: bool,
}

impl File {
    /// Walks over the file once. None if its boxes do not fill it exactly, or if one that must be
    /// understood is broken.
    fn read(bytes: &[u8]) -> Option<Self> {
        let mut file = Self::default();
        for atom in boxes(bytes, 0..bytes.len())? {
            match &atom.name {
                b"ftyp" => {}
                b"meta" => file.meta(bytes, atom.body)?,
                b"mdat" => file.data.push(atom.body),
                b"moov" => file.movie(bytes, atom.body)?,
                _ => file.unknown.push(atom),
            }
        }
        Some(file)
    }

    /// Reads a `meta` box: the items, where their data lies, and what may be taken out. Nothing if
    /// it is broken, so that the file is refused rather than published half cleaned. Its first four
    /// bytes are version and marks; the box `idat` is looked for first, as items may lie in it
    /// wherever it stands.
    fn meta(&mut self, bytes: &[u8], body: Range<usize>) -> Option<()> {
        let mut items = Items::default();
        let atoms = boxes(bytes, body.start.checked_add(4)?..body.end)?;
        let idat = atoms.iter().find(|atom| atom.name == *b"idat").map(|it| it.body.clone());
        for atom in atoms {
            match &atom.name {
                b"iinf" => items.read_kinds(bytes, atom.body)?,
                b"iloc" => items.read_extents(bytes, atom.body, idat.as_ref())?,
                b"iref" => items.read_thumbnails(bytes, atom.body)?,
                b"iprp" => self.item_properties(bytes, atom.body)?,
                b"hdlr" => self.handler(atom.body),
                name if META.contains(&name) => {}
                _ => self.unknown.push(atom),
            }
        }
        self.data.extend(idat);
        let (items, labels) = items.finish();
        self.items.extend(items);
        self.labels.extend(labels);
        Some(())
    }

    /// Notes the properties of items that no reader needs to show the picture. Only `ipco` holds
    /// properties; `ipma` says which item has which, by number, so none may be taken away: they are
    /// emptied in place.
    fn item_properties(&mut self, bytes: &[u8], body: Range<usize>) -> Option<()> {
        for atom in boxes(bytes, body)? {
            if atom.name == *b"ipco" {
                self.properties(bytes, atom.body)?;
            }
        }
        Some(())
    }

    /// Notes those of some boxes that are no known properties. Of colours the standard's numbers
    /// (`nclx`) are one, and a profile is none.
    fn properties(&mut self, bytes: &[u8], body: Range<usize>) -> Option<()> {
        let is_known = |atom: &Atom| match &atom.name {
            b"colr" => bytes[atom.body.clone()].starts_with(b"nclx") && atom.body.len() <= 11,
            name => PROPERTIES.contains(&name),
        };
        let unknown = boxes(bytes, body)?.into_iter().filter(|it| !is_known(it));
        self.unknown.extend(unknown);
        Some(())
    }

    /// Notes the name of a handler, which stands behind its kind.
    fn handler(&mut self, body: Range<usize>) {
        self.labels.push((body.start + 24).min(body.end)..body.end);
    }

    /// Notes what the samples of a track hold beside what shows them: `stsd` in `stbl` in `minf`
    /// describes them, each kind with a name and properties.
    fn samples(&mut self, bytes: &[u8], body: Range<usize>) -> Option<()> {
        for atom in boxes(bytes, body)? {
            match &atom.name {
                b"minf" | b"stbl" => self.samples(bytes, atom.body)?,
                b"stsd" => {
                    for entry in boxes(bytes, atom.body.start.checked_add(8)?..atom.body.end)? {
                        let Range { start, end } = entry.body;
                        if end - start < SAMPLE_HEAD {
                            return None;
                        }
                        self.labels.push(start + SAMPLE_NAME.start..start + SAMPLE_NAME.end);
                        self.properties(bytes, start + SAMPLE_HEAD..end)?;
                    }
                }
                b"hdlr" => self.handler(atom.body),
                b"udta" | b"meta" | b"uuid" | b"free" | b"skip" => self.unknown.push(atom),
                _ => {}
            }
        }
        Some(())
    }

    /// Reads a `moov` box, in which sequences of pictures keep theirs.
    fn movie(&mut self, bytes: &[u8], body: Range<usize>) -> Option<()> {
        self.has_movie = true;
        for atom in boxes(bytes, body)? {
            if atom.name == *b"trak" {
                self.track(bytes, atom.body)?;
            } else if !MOVIE.contains(&&atom.name) {
                self.unknown.push(atom);
            }
        }
        Some(())
    }

    /// Reads a track. Nothing if it holds anything but pictures: sound and timed positions cannot
    /// be cleaned. What a track shows is said by its `hdlr`, inside of `mdia`: `pict`, `vide`, or
    /// `auxv` for transparency.
    fn track(&mut self, bytes: &[u8], body: Range<usize>) -> Option<()> {
        for atom in boxes(bytes, body)? {
            match &atom.name {
                b"meta" => self.meta(bytes, atom.body)?,
                b"mdia" => {
                    let media = boxes(bytes, atom.body.clone())?;
                    let handler = media.iter().find(|it| it.name == *b"hdlr")?;
                    let kind = bytes[handler.body.clone()].get(8..12)?;
                    // Sounds, and places that change with time, are no pictures.
                    if ![b"pict", b"vide", b"auxv"].iter().any(|it| *it == kind) {
                        return None;
                    }
                    self.samples(bytes, atom.body)?;
                }
                name if TRACK.contains(&name) => {}
                _ => self.unknown.push(atom),
            }
        }
        Some(())
    }
}
