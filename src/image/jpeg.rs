//! JPEG: segments behind markers, and scans of compressed picture data between them.
//!
//! | part | published |
//! | --- | --- |
//! | frames, scans, tables, restart intervals | yes |
//! | colour profile (APP2 with `ICC_PROFILE`), which may hold texts | no: browsers take sRGB |
//! | JFIF header (APP0) | the first one, without its thumbnail |
//! | Adobe marker (APP14) | its twelve bytes on colours |
//! | EXIF (APP1) | no; a picture on its side is turned by it |
//! | XMP (APP1), Photoshop (APP13), comments, any other APP | no |
//! | bytes behind the end: live photos, depth maps | no |
//!
//! The compressed picture is copied unless it must be turned; only then does `turn` decode it.

use std::borrow::Cow;

use crate::image::{
    block::MetadataBlock,
    bytes::{be16, byte, take},
    exif::Orientation,
    mark::LABEL,
    turn::{self, Frame},
};

const START: u8 = 0xd8;
const END: u8 = 0xd9;
const SCAN: u8 = 0xda;
const JFIF: u8 = 0xe0;
const EXIF_OR_XMP: u8 = 0xe1;
const MANIFEST: u8 = 0xeb;
const PHOTOSHOP: u8 = 0xed;
const ADOBE: u8 = 0xee;

/// What stands before a packet of XMP.
pub(super) const XMP: &[u8] = b"http://ns.adobe.com/xap/1.0/\0";

/// A part of the file.
enum JpegPart<'a> {
    /// A segment: its marker, and what follows its length.
    Segment(u8, &'a [u8]),
    /// Picture data, with the restart markers in it.
    Scan(&'a [u8]),
    /// The end. What follows it are videos of living photos, further pictures, and rests.
    End,
}

/// The parts, up to the end or where the file breaks off. Nothing says whether the file ended well
/// but the part [`JpegPart::End`]. The parts take turns: after the header of a scan comes its data,
/// then segments again.
fn parts(bytes: &[u8]) -> impl Iterator<Item = JpegPart<'_>> {
    let mut rest = bytes.get(2..).unwrap_or_default();
    let mut in_scan = false;
    std::iter::from_fn(move || {
        let part = if in_scan { scan(&mut rest)? } else { segment(&mut rest)? };
        in_scan = matches!(part, JpegPart::Segment(SCAN, _));
        if matches!(part, JpegPart::End) {
            rest = &[];
        }
        Some(part)
    })
}

/// Takes the compressed data up to the next marker; restart markers (`ff d0` to `ff d7`) belong to
/// it. None if no marker follows: the file breaks off, and what is there cannot be told from other
/// data.
fn scan<'a>(rest: &mut &'a [u8]) -> Option<JpegPart<'a>> {
    // In picture data, a zero follows each 0xff that is not a marker.
    let is_marker = |pair: &[u8]| pair[0] == 0xff && !matches!(pair[1], 0 | 0xd0..=0xd7 | 0xff);
    let length = rest.windows(2).position(is_marker)?;
    take(rest, length).map(JpegPart::Scan)
}

/// Takes a segment, or the end of the image. Bytes before the marker are skipped, as browsers do;
/// `ff` may be repeated. Markers without a length (`00`, `01` and restarts) are passed over. None
/// at the end of the file, for a length of less than two, and for a second start.
fn segment<'a>(rest: &mut &'a [u8]) -> Option<JpegPart<'a>> {
    loop {
        let fill = rest.iter().position(|it| *it == 0xff)?;
        take(rest, fill)?;
        let more = rest.iter().position(|it| *it != 0xff)?;
        take(rest, more)?;
        match byte(rest)? {
            0 | 1 | 0xd0..=0xd7 => {}
            START => return None,
            END => return Some(JpegPart::End),
            marker => {
                let length = usize::from(be16(rest)?).checked_sub(2)?;
                return Some(JpegPart::Segment(marker, take(rest, length)?));
            }
        }
    }
}

/// An image without metadata, as it is stored.
pub(super) struct BareJpeg {
    pub(super) bytes: Vec<u8>,
    pub(super) frame: Frame,
    /// How it must be turned to stand upright.
    pub(super) orientation: Option<Orientation>,
}

/// The image without metadata, and upright. None as with [`bare`], and if a picture on its side
/// cannot be decoded.
pub(super) fn publish(bytes: &[u8]) -> Option<Vec<u8>> {
    let BareJpeg { bytes, frame, orientation } = bare(bytes)?;
    // What is spoilt may be read as another picture once something is gone from it.
    bare(&bytes).filter(|again| again.bytes == bytes)?;
    match orientation {
        Some(orientation) => turn::upright(&bytes, frame, orientation),
        None => Some(bytes),
    }
}

/// The first frame, and how it must be turned. None as with [`bare`].
pub(super) fn head(bytes: &[u8]) -> Option<(Frame, Option<Orientation>)> {
    let (mut frame, mut orientation, mut is_whole) = (None, None, false);
    for part in parts(bytes) {
        match part {
            JpegPart::Segment(EXIF_OR_XMP, payload) => {
                orientation = orientation.or_else(|| Orientation::of(exif_block(payload)?));
            }
            JpegPart::Segment(marker, payload) => {
                frame = frame.or_else(|| Frame::read(marker, payload));
            }
            JpegPart::Scan(_) => {}
            JpegPart::End => is_whole = true,
        }
    }
    Some((frame.filter(|_| is_whole)?, orientation))
}

/// The image without metadata, as it is stored. None without the header of a frame or without the
/// end marker. The first EXIF block that states an orientation counts.
pub(super) fn bare(bytes: &[u8]) -> Option<BareJpeg> {
    let mut out = vec![0xff, START];
    let mut orientation = None;
    let mut frame = None;
    let mut has_jfif = false;
    let mut is_whole = false;
    for part in parts(bytes) {
        match part {
            JpegPart::Segment(JFIF, payload) => {
                if let Some(payload) = without_thumbnail(payload).filter(|_| !has_jfif) {
                    write_segment(&mut out, JFIF, &payload);
                    has_jfif = true;
                }
            }
            JpegPart::Segment(EXIF_OR_XMP, payload) => {
                orientation = orientation.or_else(|| Orientation::of(exif_block(payload)?));
            }
            JpegPart::Segment(ADOBE, payload) => {
                if let Some(colours) = payload.get(..12).filter(|it| it.starts_with(b"Adobe")) {
                    write_segment(&mut out, ADOBE, colours);
                }
            }
            JpegPart::Segment(marker, payload) if is_picture(marker) => {
                frame = frame.or_else(|| Frame::read(marker, payload));
                write_segment(&mut out, marker, payload);
            }
            JpegPart::Segment(..) => {}
            JpegPart::Scan(data) => out.extend(data),
            JpegPart::End => is_whole = true,
        }
    }
    let frame = frame.filter(|_| is_whole)?;
    out.extend([0xff, END]);
    Some(BareJpeg { bytes: out, frame, orientation })
}

/// The markers without which there is no picture: frames, scans and tables. In ITU-T T.81: `c0` to
/// `cf` are frames and their tables, `da` a scan, `db` to `dd` tables and numbers for it.
fn is_picture(marker: u8) -> bool {
    matches!(marker, 0xc0..=0xcf | SCAN | 0xdb..=0xdd)
}

/// The EXIF block of a segment. The byte before it is padding, which some write as 0xff. None if
/// the segment holds something else, such as XMP.
fn exif_block(payload: &[u8]) -> Option<&[u8]> {
    payload.strip_prefix(b"Exif\0")?.get(1..)
}

/// A JFIF header without a thumbnail, which may show what was cut off the picture. Its width and
/// height are the last two of the fourteen bytes. None if the segment is shorter, or not JFIF:
/// `JFXX` holds thumbnails alone.
fn without_thumbnail(payload: &[u8]) -> Option<[u8; 14]> {
    let mut header = *payload.first_chunk::<14>()?;
    header[12..].fill(0);
    payload.starts_with(b"JFIF\0").then_some(header)
}

/// Writes marker, length and payload. The payload must be no longer than that of a segment that was
/// read, or than the mark.
fn write_segment(out: &mut Vec<u8>, marker: u8, payload: &[u8]) {
    let length =
        u16::try_from(payload.len() + 2).expect("no longer than the segment that was read");
    out.extend([0xff, marker]);
    out.extend(length.to_be_bytes());
    out.extend(payload);
}

/// The published image, with the mark that it was generated by a program as its first segment.
pub(super) fn marked(published: &[u8]) -> Option<Vec<u8>> {
    let (start, rest) = published.split_at_checked(2)?;
    let mut out = start.to_vec();
    write_segment(&mut out, EXIF_OR_XMP, &[XMP, LABEL.as_bytes()].concat());
    out.extend(rest);
    Some(out)
}

/// The EXIF, XMP and Photoshop blocks, up to where the file breaks off. A packet of XMP that is too
/// long for one segment comes near the end, joined from its pieces, and last a signed manifest; both
/// are empty if there is none.
pub(super) fn blocks(bytes: &[u8]) -> Vec<MetadataBlock<'_>> {
    let mut blocks = Vec::new();
    let mut extension = Vec::new();
    let mut manifest = Vec::new();
    for part in parts(bytes) {
        match part {
            JpegPart::Segment(EXIF_OR_XMP, payload) => {
                if let Some(it) = exif_block(payload) {
                    blocks.push(MetadataBlock::Exif(it.into()));
                } else if let Some(it) = payload.strip_prefix(XMP) {
                    blocks.push(MetadataBlock::Xmp(it.into()));
                } else if let Some(it) =
                    payload.strip_prefix(b"http://ns.adobe.com/xmp/extension/\0")
                {
                    // A packet too long for one segment. Its digest, length and offset stand
                    // before each piece; programs write the pieces in their order.
                    extension.extend(it.get(40..).unwrap_or_default());
                }
            }
            // Two letters, two numbers, and before each piece once more the head of the box.
            JpegPart::Segment(MANIFEST, payload) => {
                manifest.extend(payload.get(16..).unwrap_or_default());
            }
            JpegPart::Segment(PHOTOSHOP, payload) => {
                blocks
                    .extend(payload.strip_prefix(b"Photoshop 3.0\0").map(MetadataBlock::Photoshop));
            }
            _ => {}
        }
    }
    blocks.push(MetadataBlock::Xmp(Cow::Owned(extension)));
    blocks.push(MetadataBlock::Mark(Cow::Owned(manifest)));
    blocks
}
