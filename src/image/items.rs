//! The items of a HEIF file: of which kind each is, and where its data lies.
//!
//! Three boxes of `meta` describe the items, by number:
//!
//! | box | says | read by |
//! | --- | --- | --- |
//! | `iinf` | what each is: `av01`, `Exif`, `mime` and its type | [`Items::read_kinds`] |
//! | `iloc` | the pieces of the file that it consists of | [`Items::read_extents`] |
//! | `iref` | which are thumbnails of others | [`Items::read_thumbnails`] |
//!
//! They may come in any order, and an item may be missing in any of them, so [`Items::finish`]
//! joins them at the end. All positions are indices into the file. The readers return None where a
//! file contradicts itself or says something that is not understood; `heif` then refuses the file,
//! as a part that is not found cannot be taken out.

use std::{
    collections::{BTreeMap, BTreeSet},
    ops::Range,
};

use crate::image::{
    boxes::boxes,
    bytes::{array, be16, be32, size, take, until_zero},
};

/// The kinds of items that are pictures, or join others to one.
const PICTURES: [&[u8; 4]; 10] =
    [b"av01", b"hvc1", b"hev1", b"lhv1", b"avc1", b"vvc1", b"grid", b"iovl", b"iden", b"tmap"];

/// An item and its data.
#[derive(Debug)]
pub(super) struct HeifItem {
    /// What it holds.
    pub(super) content: Content,
    /// The pieces of its data, in the order in which they are joined. Not checked: they may lie
    /// outside of the file.
    pub(super) extents: Vec<Range<usize>>,
}

/// What an item holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Content {
    /// A picture that is shown, or a part of one.
    Picture,
    /// EXIF.
    Exif,
    /// XMP.
    Xmp,
    /// Anything else. So are thumbnails, which may show what was cut off the picture.
    Unknown,
}

/// What the boxes say of the items, by their numbers.
#[derive(Debug, Default)]
pub(super) struct Items {
    contents: BTreeMap<u32, Content>,
    extents: BTreeMap<u32, Vec<Range<usize>>>,
    thumbnails: BTreeSet<u32>,
    /// Where the kind of each is written, and from its end on, its name.
    labels: BTreeMap<u32, Range<usize>>,
}

impl Items {
    /// Reads the kinds of items from `iinf`, whose entries are `infe`. Versions differ in the width
    /// of the count and of the numbers; versions of entries below 2 have no kind. None for a number
    /// that is described twice.
    pub(super) fn read_kinds(&mut self, bytes: &[u8], body: Range<usize>) -> Option<()> {
        let version = *bytes.get(body.clone())?.first()?;
        let head = if version == 0 { 6 } else { 8 };
        for atom in boxes(bytes, body.start + head..body.end)? {
            if atom.name != *b"infe" {
                continue;
            }
            let mut rest = &bytes[atom.body.clone()];
            let [version, ..] = array::<4>(&mut rest)?;
            let id = if version == 3 { be32(&mut rest)? } else { be16(&mut rest)?.into() };
            be16(&mut rest)?;
            let label = atom.body.end - rest.len()..atom.body.end;
            // Earlier versions have no kind, only a name.
            let content = if version >= 2 { content(rest)? } else { Content::Unknown };
            // Of two that say different things, readers may believe either.
            if self.contents.insert(id, content).is_some() {
                return None;
            }
            self.labels.insert(id, label);
        }
        Some(())
    }

    /// Reads where the items lie, in the file or in the box `idat`, from `iloc`, whose first bytes
    /// say how wide the numbers in it are. `idat` is the content of that box, if there is one. None
    /// if an item lies in another file or is built from another item, if a piece has no length, and
    /// if an item is listed twice: readers may follow either.
    pub(super) fn read_extents(
        &mut self,
        bytes: &[u8],
        body: Range<usize>,
        idat: Option<&Range<usize>>,
    ) -> Option<()> {
        let mut rest = bytes.get(body)?;
        let [version, _, _, _, sizes, more_sizes] = array(&mut rest)?;
        let [offset_size, length_size] = [sizes >> 4, sizes & 15];
        let [base_size, index_size] =
            [more_sizes >> 4, if version == 0 { 0 } else { more_sizes & 15 }];
        let wide =
            |rest: &mut &[u8]| if version < 2 { be16(rest).map(u32::from) } else { be32(rest) };
        for _ in 0..wide(&mut rest)? {
            let id = wide(&mut rest)?;
            let method = if version == 0 { 0 } else { be16(&mut rest)? & 15 };
            let base = match (method, be16(&mut rest)?) {
                (0, 0) => 0,
                (1, 0) => idat?.start,
                // In another file, or in another item.
                _ => return None,
            };
            let base = number(&mut rest, base_size)?.checked_add(base)?;
            let mut extents = Vec::new();
            for _ in 0..be16(&mut rest)? {
                number(&mut rest, index_size)?;
                let start = number(&mut rest, offset_size)?.checked_add(base)?;
                // A length of zero says "all of the file", metadata and pictures.
                let length = number(&mut rest, length_size).filter(|it| *it > 0)?;
                extents.push(start..start.checked_add(length)?);
            }
            if self.extents.insert(id, extents).is_some() {
                return None;
            }
        }
        Some(())
    }

    /// Reads which items are thumbnails of others. Of the references in `iref` only those with the
    /// name `thmb` matter here; the first number is that of the thumbnail.
    pub(super) fn read_thumbnails(&mut self, bytes: &[u8], body: Range<usize>) -> Option<()> {
        let version = *bytes.get(body.clone())?.first()?;
        for atom in boxes(bytes, body.start + 4..body.end)? {
            if atom.name == *b"thmb" {
                let mut rest = &bytes[atom.body];
                let id = if version == 0 { be16(&mut rest)?.into() } else { be32(&mut rest)? };
                self.thumbnails.insert(id);
            }
        }
        Some(())
    }

    /// The items, and the places where their kinds and names are written: of a picture its name,
    /// and of anything else its kind too, so that no reader looks for it. Only items with a place
    /// (`iloc`) are returned; those without data have nothing to be taken out but their name. An
    /// item without a kind is unknown, so its data goes.
    pub(super) fn finish(self) -> (Vec<HeifItem>, Vec<Range<usize>>) {
        let content = |id: &u32| match self.contents.get(id) {
            Some(Content::Picture) if self.thumbnails.contains(id) => Content::Unknown,
            Some(content) => *content,
            None => Content::Unknown,
        };
        let label = |(id, label): (&u32, &Range<usize>)| match content(id) {
            Content::Picture => label.start + 4..label.end,
            _ => label.clone(),
        };
        let labels = self.labels.iter().map(label).collect();
        let item = |(id, extents): (&u32, &Vec<_>)| HeifItem {
            content: content(id),
            extents: extents.clone(),
        };
        (self.extents.iter().map(item).collect(), labels)
    }
}

/// What an item holds by its kind, and for a document by the type that follows its name. `label`
/// begins with the kind, followed by the name and a zero, and for `mime` by the media type. None if
/// it has fewer than four bytes. The kind `uri ` and kinds of the future are unknown.
fn content(mut label: &[u8]) -> Option<Content> {
    let kind = take(&mut label, 4)?;
    Some(match kind {
        b"Exif" => Content::Exif,
        b"mime" => {
            until_zero(&mut label);
            let is_xmp = label.starts_with(b"application/rdf+xml");
            if is_xmp { Content::Xmp } else { Content::Unknown }
        }
        _ if PICTURES.iter().any(|it| *it == kind) => Content::Picture,
        _ => Content::Unknown,
    })
}

/// A number of no, four or eight bytes. The standard has no others for `iloc`; None for them, or at
/// the end of the bytes.
fn number(rest: &mut &[u8], bytes: u8) -> Option<usize> {
    match bytes {
        0 => Some(0),
        4 => size(be32(rest)?),
        8 => size(array(rest).map(u64::from_be_bytes)?),
        _ => None,
    }
}
