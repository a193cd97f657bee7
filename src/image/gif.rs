//! GIF: frames, and extensions between them, whose data is cut into sub-blocks.
//!
//! | part | published |
//! | --- | --- |
//! | header, with the common colours | yes |
//! | frame | yes |
//! | graphic control (delay, transparency) | with the frame that it stands before |
//! | application NETSCAPE or ANIMEXTS | the number of repeats |
//! | other applications, XMP among them | no |
//! | comment, plain text, unknown extension | no |
//! | bytes behind the trailer | no |
//!
//! A sub-block is a length byte and so many bytes; one of length zero ends the list.

use crate::image::{
    block::MetadataBlock,
    bytes::{byte, le16, take},
};

const EXTENSION: u8 = 0x21;
const FRAME: u8 = 0x2c;
const TRAILER: u8 = 0x3b;

const PLAIN_TEXT: u8 = 0x01;
const GRAPHIC_CONTROL: u8 = 0xf9;
const APPLICATION: u8 = 0xff;

/// A part of the file after its header.
enum GifPart<'a> {
    /// A frame, with its colours.
    Frame(&'a [u8]),
    /// An extension: its kind, and its sub-blocks with the empty one at their end.
    Extension(u8, &'a [u8]),
    /// The mark of the end.
    Trailer,
}

/// The header with the common colours, and what follows. None if the file ends within them.
fn header(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let colours = colours(*bytes.get(10)?);
    bytes.split_at_checked(13 + colours)
}

/// Width and height in pixels. None if the file ends within the header.
pub(super) fn size(bytes: &[u8]) -> Option<(u32, u32)> {
    let [width, height] = [le16(&mut bytes.get(6..)?)?, le16(&mut bytes.get(8..)?)?];
    Some((width.into(), height.into()))
}

/// The length in bytes of the colour table that a byte of flags announces. Bit 7 says that there is
/// one, bits 0 to 2 its size: `0x91` is 4 colours of 3 bytes, 12.
fn colours(flags: u8) -> usize {
    if flags & 0x80 == 0 { 0 } else { 3 << ((flags & 7) + 1) }
}

/// Takes the next part off `rest`. None at the end of the file, if the part breaks off, and for a
/// byte that introduces none of the three parts: nothing says how long that would be.
fn part<'a>(rest: &mut &'a [u8]) -> Option<GifPart<'a>> {
    let start = *rest;
    match byte(rest)? {
        FRAME => {
            let flags = *take(rest, 9)?.last()?;
            take(rest, colours(flags) + 1)?;
            sub_blocks(rest)?;
            Some(GifPart::Frame(&start[..start.len() - rest.len()]))
        }
        EXTENSION => Some(GifPart::Extension(byte(rest)?, sub_blocks(rest)?)),
        TRAILER => Some(GifPart::Trailer),
        _ => None,
    }
}

/// Sub-blocks, each behind its length, up to the empty one. The slice has the length bytes in it,
/// so that it can be written as it is. None if the empty one is missing.
fn sub_blocks<'a>(rest: &mut &'a [u8]) -> Option<&'a [u8]> {
    let start = *rest;
    loop {
        match byte(rest)? {
            0 => return Some(&start[..start.len() - rest.len()]),
            length => take(rest, length.into())?,
        };
    }
}

/// The image without metadata. A missing trailer is added: browsers do without, and all that stands
/// before it is understood. None if the header is not whole, a part cannot be read or there is no
/// frame. Each part is copied as it is, so frames keep their compressed data.
pub(super) fn publish(bytes: &[u8]) -> Option<Vec<u8>> {
    let (header, mut rest) = header(bytes)?;
    let mut out = header.to_vec();
    let mut has_frame = false;
    // A graphic control belongs to what follows it, and goes with that.
    let mut control: Option<&[u8]> = None;
    while !rest.is_empty() {
        match part(&mut rest)? {
            GifPart::Frame(frame) => {
                if let Some(control) = control.take() {
                    out.extend([EXTENSION, GRAPHIC_CONTROL]);
                    out.extend(control);
                }
                out.extend(frame);
                has_frame = true;
            }
            GifPart::Extension(GRAPHIC_CONTROL, data @ [4, _, _, _, _, 0]) => control = Some(data),
            GifPart::Extension(PLAIN_TEXT, _) => control = None,
            GifPart::Extension(APPLICATION, data) => {
                if let Some(repeats) = repeats(data) {
                    out.extend([EXTENSION, APPLICATION]);
                    out.extend(repeats);
                    out.push(0);
                }
            }
            GifPart::Extension(..) => {}
            GifPart::Trailer => break,
        }
    }
    out.push(TRAILER);
    has_frame.then_some(out)
}

/// The sub-blocks that state how often an animation repeats. In a slice as `sub_blocks` returns it:
/// the name in a first sub-block, then `03 01` and the number in a second. Further sub-blocks, in
/// which NETSCAPE keeps the size of a buffer, are not taken. None for other applications.
fn repeats(data: &[u8]) -> Option<&[u8]> {
    let name = data.get(..12)?;
    let is_known = name == b"\x0bNETSCAPE2.0" || name == b"\x0bANIMEXTS1.0";
    (is_known && data.get(12..14)? == [3, 1]).then(|| data.get(..16)).flatten()
}

/// The metadata: XMP, whose text is not cut into sub-blocks but followed by bytes that end them.
/// The packet is therefore returned with these bytes at its end; `xmp` stops there, since they are
/// no XML. A file that breaks off is read up to that place.
pub(super) fn blocks(bytes: &[u8]) -> Vec<MetadataBlock<'_>> {
    let mut blocks = Vec::new();
    let mut rest = header(bytes).map_or(&[][..], |it| it.1);
    while let Some(part) = part(&mut rest) {
        match part {
            GifPart::Extension(APPLICATION, data) => {
                blocks.extend(
                    data.strip_prefix(b"\x0bXMP DataXMP").map(|it| MetadataBlock::Xmp(it.into())),
                );
            }
            GifPart::Trailer => break,
            _ => {}
        }
    }
    blocks
}
