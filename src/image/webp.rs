//! WebP: chunks in a RIFF file, each with a name and a length, padded to an even one.
//!
//! | chunk | published |
//! | --- | --- |
//! | `VP8X` (size, what the file has) | without the marks for EXIF and XMP |
//! | `VP8 `, `VP8L`, `ALPH` | yes |
//! | `ANIM`, and `ANMF` with its frame | yes, without unknown chunks in a frame |
//! | `ICCP` | yes |
//! | `EXIF` | its orientation, as the last chunk, if there is `VP8X` |
//! | `XMP ` and unknown chunks | no |
//!
//! Lengths are little-endian and do not count the padding.

use crate::image::{
    block::MetadataBlock,
    bytes::{array, byte, le16, le32, size as length_of, take},
    exif::Orientation,
};

/// The marks in the `VP8X` chunk that announce metadata.
const HAS_EXIF: u8 = 0b1000;
const HAS_XMP: u8 = 0b0100;

/// A chunk. The data is without padding.
#[derive(Clone, Copy)]
struct WebpChunk<'a> {
    name: &'a [u8; 4],
    data: &'a [u8],
}

/// The chunks in `rest`. None for one that breaks off. That None is the last one returned, so that
/// a caller can tell a whole file from a part of one.
fn chunks(mut rest: &[u8]) -> impl Iterator<Item = Option<WebpChunk<'_>>> {
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let chunk = chunk(&mut rest);
        if chunk.is_none() {
            rest = &[];
        }
        Some(chunk)
    })
}

/// Takes a chunk and its padding. None if head or data are not all there.
fn chunk<'a>(rest: &mut &'a [u8]) -> Option<WebpChunk<'a>> {
    let name = take(rest, 4)?.try_into().ok()?;
    let length = length_of(le32(rest)?)?;
    let data = take(rest, length)?;
    if length % 2 == 1 {
        // Some programs leave out the padding of the last chunk.
        byte(rest);
    }
    Some(WebpChunk { name, data })
}

/// The inside of the file, up to the length that its header gives. What follows is not looked at.
/// None if there are fewer bytes, or it is not WebP.
fn inside(mut bytes: &[u8]) -> Option<&[u8]> {
    take(&mut bytes, 4)?;
    let length = length_of(le32(&mut bytes)?)?;
    take(&mut bytes, length)?.strip_prefix(b"WEBP")
}

/// The image without metadata. Of an EXIF chunk only the orientation stays, for viewers that turn
/// the picture by it. None if a chunk breaks off or there is no picture. A file without `VP8X`
/// cannot say that it has EXIF, so there the orientation goes, too.
pub(super) fn publish(bytes: &[u8]) -> Option<Vec<u8>> {
    let inside = inside(bytes)?;
    let mut out = b"WEBP".to_vec();
    let mut orientation = None;
    let mut has_picture = false;
    for chunk in chunks(inside) {
        let chunk = chunk?;
        match chunk.name {
            b"VP8X" => {
                let (flags, size) = chunk.data.split_first()?;
                write_chunk(&mut out, *chunk.name, &[&[*flags & !(HAS_EXIF | HAS_XMP)], size]);
            }
            b"ANMF" => {
                let (head, inner) = chunk.data.split_at_checked(16)?;
                write_chunk(&mut out, *chunk.name, &[head, &frame(inner)?]);
                has_picture = true;
            }
            b"ALPH" | b"ANIM" | b"ICCP" => write_chunk(&mut out, *chunk.name, &[chunk.data]),
            b"VP8 " | b"VP8L" => {
                write_chunk(&mut out, *chunk.name, &[chunk.data]);
                has_picture = true;
            }
            b"EXIF" => orientation = orientation.or_else(|| Orientation::of(chunk.data)),
            _ => {}
        }
    }
    if let Some(orientation) = orientation
        && out[4..].starts_with(b"VP8X")
    {
        out[12] |= HAS_EXIF;
        write_chunk(&mut out, *b"EXIF", &[&orientation.block()]);
    }
    has_picture.then(|| [b"RIFF", &length(out.len())[..], &out].concat())
}

/// Width and height in pixels, from the first chunk. None for an unknown chunk, and if it breaks
/// off. The three kinds count 24 bits less one, 14 bits behind a start code, and 14 bits less one.
pub(super) fn size(bytes: &[u8]) -> Option<(u32, u32)> {
    let chunk = chunks(inside(bytes)?).next()??;
    match chunk.name {
        b"VP8X" => {
            let mut sides = chunk.data.get(4..)?;
            let mut side = || {
                let [low, middle, high] = array(&mut sides)?;
                Some(u32::from_le_bytes([low, middle, high, 0]) + 1)
            };
            Some((side()?, side()?))
        }
        b"VP8 " => {
            let mut sides = chunk.data.get(6..)?;
            let mut side = || Some(u32::from(le16(&mut sides)? & 0x3fff));
            Some((side()?, side()?))
        }
        b"VP8L" => {
            let bits = le32(&mut chunk.data.get(1..)?)?;
            Some(((bits & 0x3fff) + 1, ((bits >> 14) & 0x3fff) + 1))
        }
        _ => None,
    }
}

/// The chunks of one frame of an animation, without unknown ones. None if one breaks off. `inner`
/// is the content of `ANMF` behind its head of 16 bytes.
fn frame(inner: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::new();
    for chunk in chunks(inner) {
        let chunk = chunk?;
        if matches!(chunk.name, b"ALPH" | b"VP8 " | b"VP8L") {
            write_chunk(&mut out, *chunk.name, &[chunk.data]);
        }
    }
    Some(out)
}

/// Writes a chunk of which the data comes in pieces, and a zero if its length is odd.
fn write_chunk(out: &mut Vec<u8>, name: [u8; 4], data: &[&[u8]]) {
    let size = data.iter().map(|it| it.len()).sum();
    out.extend(name);
    out.extend(length(size));
    data.iter().for_each(|it| out.extend(*it));
    if size % 2 == 1 {
        out.push(0);
    }
}

/// A length as it is written in the file.
fn length(length: usize) -> [u8; 4] {
    u32::try_from(length)
        .expect("no longer than the file, whose length has four bytes")
        .to_le_bytes()
}

/// The EXIF and XMP chunks and a signed manifest, up to the first that breaks off. The length in the
/// header is not checked, since a file that was cut still says what it had.
pub(super) fn blocks(bytes: &[u8]) -> Vec<MetadataBlock<'_>> {
    // The metadata of a file that breaks off is reported as far as it can be read.
    let inside = bytes.get(12..).unwrap_or_default();
    chunks(inside).flatten().filter_map(block).collect()
}

/// The metadata of a chunk; None for other chunks.
fn block(chunk: WebpChunk<'_>) -> Option<MetadataBlock<'_>> {
    match chunk.name {
        b"EXIF" => Some(MetadataBlock::Exif(chunk.data.into())),
        b"C2PA" => Some(MetadataBlock::Mark(chunk.data.into())),
        b"XMP " => Some(MetadataBlock::Xmp(chunk.data.into())),
        _ => None,
    }
}
