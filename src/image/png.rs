//! PNG, still and animated: chunks, each with a name, a length and a checksum.
//!
//! The chunks in `KEPT` stay, byte for byte with their checksums, in their order. All others go:
//! texts, times, and whatever a program adds. A capital first letter makes a chunk critical (PNG
//! specification, 5.4): without knowing it a reader cannot show the picture, so an unknown one
//! refuses the file.

use crate::image::{
    block::MetadataBlock,
    bytes::{be32, size, take, until_zero},
    exif::Orientation,
};

/// The first bytes of every file.
pub(super) const SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n";

/// The chunks that make the picture: its data, its colours, its size on paper and its movement.
const KEPT: [&[u8; 4]; 20] = [
    b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"cHRM", b"gAMA", b"iCCP", b"sBIT", b"sRGB",
    b"cICP", b"mDCV", b"cLLI", b"mDCv", b"cLLi", b"bKGD", b"pHYs", b"acTL", b"fcTL", b"fdAT",
];

/// The names of text chunks that hold names.
const NAMES: [&[u8]; 6] =
    [b"Author", b"Artist", b"Creator", b"Copyright", b"Photographer", b"Owner"];

/// A chunk. The checksum is not verified: a browser does that, and it is copied with the chunk.
struct PngChunk<'a> {
    name: &'a [u8; 4],
    data: &'a [u8],
    /// All of it, with its length and checksum.
    whole: &'a [u8],
}

/// The chunks, up to the last one or where the file breaks off. `IEND` is the last one returned;
/// what follows it is not read. The signature is skipped unseen.
fn chunks(bytes: &[u8]) -> impl Iterator<Item = PngChunk<'_>> {
    let mut rest = bytes.get(SIGNATURE.len()..).unwrap_or_default();
    std::iter::from_fn(move || {
        let chunk = chunk(&mut rest)?;
        if chunk.name == b"IEND" {
            rest = &[];
        }
        Some(chunk)
    })
}

/// Takes a chunk: length, name, data and four bytes of checksum. None if any of it is missing.
fn chunk<'a>(rest: &mut &'a [u8]) -> Option<PngChunk<'a>> {
    let start = *rest;
    let length = size(be32(rest)?)?;
    let name = take(rest, 4)?.try_into().ok()?;
    let data = take(rest, length)?;
    take(rest, 4)?;
    Some(PngChunk { name, data, whole: &start[..start.len() - rest.len()] })
}

/// The image without metadata. Of an EXIF chunk only the orientation stays, as browsers turn the
/// picture by it. None if `IHDR` is not the first chunk, or comes twice, if there is no `IDAT`, if
/// the file ends before `IEND`, or for an unknown critical chunk. A second `eXIf` is ignored.
pub(super) fn publish(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut out = SIGNATURE.to_vec();
    let mut turned = false;
    let mut has_picture = false;
    let mut last = None;
    for chunk in chunks(bytes) {
        let is_first = last.is_none();
        last = Some(chunk.name);
        has_picture |= chunk.name == b"IDAT";
        if is_first != (chunk.name == b"IHDR") {
            return None;
        } else if KEPT.contains(&chunk.name) {
            out.extend(chunk.whole);
        } else if chunk.name == b"eXIf" && !turned {
            if let Some(orientation) = Orientation::of(chunk.data) {
                write_chunk(&mut out, *b"eXIf", &orientation.block());
                turned = true;
            }
        } else if chunk.name[0].is_ascii_uppercase() {
            // A picture cannot be shown without such a chunk, and no browser knows this one.
            return None;
        }
    }
    (has_picture && last == Some(b"IEND")).then_some(out)
}

/// What the chunks say of the picture, before any of it is decoded.
pub(super) struct PngHead<'a> {
    /// The first chunk: width and height with four bytes each, bits of a value, kind of colours.
    pub(super) header: &'a [u8],
    /// How it must be turned to stand upright.
    pub(super) orientation: Option<Orientation>,
    /// Some of its colours may be transparent.
    pub(super) has_transparency: bool,
    /// It is an animation.
    pub(super) moves: bool,
}

/// The head of an image. None if `IHDR` is not the first chunk, or if the file ends before `IEND`.
pub(super) fn head(bytes: &[u8]) -> Option<PngHead<'_>> {
    let mut chunks = chunks(bytes);
    let first = chunks.next().filter(|it| it.name == b"IHDR")?;
    let mut head =
        PngHead { header: first.data, orientation: None, has_transparency: false, moves: false };
    let mut is_whole = false;
    for chunk in chunks {
        match chunk.name {
            b"eXIf" => head.orientation = head.orientation.or_else(|| Orientation::of(chunk.data)),
            b"tRNS" => head.has_transparency = true,
            b"acTL" => head.moves = true,
            b"IEND" => is_whole = true,
            _ => {}
        }
    }
    is_whole.then_some(head)
}

/// Writes a chunk with length and checksum; the checksum covers name and data.
fn write_chunk<const N: usize>(out: &mut Vec<u8>, name: [u8; 4], data: &[u8; N]) {
    let length = u32::try_from(N).expect("a block of a few bytes");
    out.extend(length.to_be_bytes());
    let start = out.len();
    out.extend(name);
    out.extend(data);
    out.extend(checksum(&out[start..]).to_be_bytes());
}

/// The CRC-32 of bytes. Bit by bit, without a table: it is computed over thirty bytes of a file at
/// most.
fn checksum(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0, |crc: u32, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| (crc >> 1) ^ (0xedb8_8320 * (crc & 1)))
    })
}

/// The metadata: EXIF, packets of XMP, signed manifests, and texts, of which those are read whose
/// key says that they are names. Compressed
/// texts (`zTXt`, and `iTXt` with that mark) are not read, but not published either.
pub(super) fn blocks(bytes: &[u8]) -> Vec<MetadataBlock<'_>> {
    let mut blocks = Vec::new();
    for mut chunk in chunks(bytes) {
        match chunk.name {
            b"eXIf" => blocks.push(MetadataBlock::Exif(chunk.data.into())),
            b"caBX" => blocks.push(MetadataBlock::Mark(chunk.data.into())),
            b"tEXt" => {
                blocks.push(MetadataBlock::Mark(chunk.data.into()));
                let key = until_zero(&mut chunk.data);
                blocks.extend(key.and_then(|it| text(it, chunk.data)));
            }
            b"iTXt" => {
                blocks.push(MetadataBlock::Mark(chunk.data.into()));
                blocks.extend(international(chunk.data));
            }
            _ => {}
        }
    }
    blocks
}

/// A text in any language, with the mark of compression, the language and the key in it before it.
///
/// ```text
/// Author 00  00 00  zh 00  作者 00  王芳      key, compression, language, key in it, text
/// ```
///
/// None if it is compressed, or a zero is missing.
fn international(mut data: &[u8]) -> Option<MetadataBlock<'_>> {
    let key = until_zero(&mut data)?;
    let [0, _] = take(&mut data, 2)? else { return None };
    until_zero(&mut data)?;
    until_zero(&mut data)?;
    text(key, data)
}

/// The block of a text by its key; None for keys that name nobody, such as `Software`. Keys of
/// names are compared without case.
fn text<'a>(key: &[u8], text: &'a [u8]) -> Option<MetadataBlock<'a>> {
    match key {
        b"XML:com.adobe.xmp" => Some(MetadataBlock::Xmp(text.into())),
        _ if NAMES.iter().any(|it| it.eq_ignore_ascii_case(key)) => Some(MetadataBlock::Name(text)),
        _ => None,
    }
}
