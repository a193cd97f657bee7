//! EXIF: directories of tagged values, laid out as in a TIFF file.
//!
//! A block begins with the byte order (`II*\0` or `MM\0*`) and the offset of the main directory. A
//! directory is a count and so many entries of twelve bytes: tag, type, number of values, and the
//! value or its offset. Two entries of the main directory lead to further ones, of the camera's
//! data and of the position.
//!
//! What is read: orientation, photographer, copyright, author, owner of the camera, latitude and
//! longitude. Everything else, thumbnails and notes of the maker among it, is left unread; it is
//! not published either, since the formats drop the block as a whole. A block that is broken is
//! read as far as its entries make sense.

use crate::image::{bytes, metadata::Metadata};

const ORIENTATION: u16 = 0x0112;
const ARTIST: u16 = 0x013b;
const COPYRIGHT: u16 = 0x8298;
const EXIF_DIRECTORY: u16 = 0x8769;
const GPS_DIRECTORY: u16 = 0x8825;
const XP_AUTHOR: u16 = 0x9c9d;
const CAMERA_OWNER: u16 = 0xa430;
const LATITUDE: u16 = 0x0002;
const LONGITUDE: u16 = 0x0004;

/// The bytes of a value that are read: more than the longest name that is shown. Many entries may
/// point to the same long value.
const MAX_VALUE: usize = 256;

/// How a picture must be turned to stand upright, from 1, which it does already, to 8.
///
/// Values of 2 to 8 only: an upright picture has no `Orientation`. The second column is what must
/// be done to the stored picture.
///
/// | value | to be | swaps | mirrors rows | mirrors columns |
/// | --- | --- | --- | --- | --- |
/// | 2 | mirrored left to right | | yes | |
/// | 3 | turned by 180° | | yes | yes |
/// | 4 | mirrored top to bottom | | | yes |
/// | 5 | mirrored at the diagonal from top left | yes | | |
/// | 6 | turned right by 90° | yes | | yes |
/// | 7 | mirrored at the other diagonal | yes | yes | yes |
/// | 8 | turned left by 90° | yes | yes | |
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Orientation(u8);

impl Orientation {
    /// What a block says, if it says that the picture does not stand upright. None for 1, for
    /// numbers out of the standard, and for a block that cannot be read. Only the main directory
    /// counts: the one of the thumbnail may say otherwise.
    pub(super) fn of(block: &[u8]) -> Option<Self> {
        let tiff = Tiff::new(block)?;
        let entry = tiff.main().find(|it| it.tag == ORIENTATION)?;
        let number = u8::try_from(tiff.u16(entry.value, 0)?).ok()?;
        (2..=8).contains(&number).then_some(Self(number))
    }

    /// Rows become columns. Width and height change places. The mirrors of the two methods below
    /// are of the stored picture, before that.
    pub(super) fn swaps(self) -> bool {
        self.0 >= 5
    }

    /// Each row of the stored picture is read from its right end.
    pub(super) fn mirrors_rows(self) -> bool {
        matches!(self.0, 2 | 3 | 7 | 8)
    }

    /// The rows of the stored picture are read from the bottom.
    pub(super) fn mirrors_columns(self) -> bool {
        matches!(self.0, 3 | 4 | 6 | 7)
    }

    /// A block that says this and nothing else. Little-endian, with one entry of type 3 (a 16-bit
    /// number) whose value stands at byte 18. PNG and WebP publish this instead of the block of the
    /// camera.
    pub(super) fn block(self) -> [u8; 26] {
        let mut block = *b"II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0o\0\0\0\0\0\0\0";
        block[18] = self.0;
        block
    }
}

/// Adds the position and the names of a block to `found`. The thumbnail has a directory of its own,
/// which is not read.
pub(super) fn read(block: &[u8], found: &mut Metadata) {
    let Some(tiff) = Tiff::new(block) else { return };
    for entry in tiff.main() {
        match entry.tag {
            ARTIST | COPYRIGHT => read_names(entry.value, found),
            XP_AUTHOR => read_wide_name(entry.value, found),
            _ => {}
        }
    }
    let owners = tiff.below(EXIF_DIRECTORY).filter(|it| it.tag == CAMERA_OWNER);
    owners.for_each(|it| read_names(it.value, found));
    found.place |= tiff.below(GPS_DIRECTORY).any(|it| is_position(&it));
}

/// A text, or several with zeros between: of a photographer and of an editor. EXIF defines the
/// copyright so. Empty pieces add nothing.
fn read_names(value: &[u8], found: &mut Metadata) {
    value.split(|it| *it == 0).for_each(|it| found.name_bytes(it));
}

/// A name in Windows's encoding, UTF-16, whatever the byte order of the block. A last odd byte is
/// ignored, and what is no UTF-16 becomes U+FFFD.
fn read_wide_name(value: &[u8], found: &mut Metadata) {
    let units = value.chunks_exact(2).map(|it| u16::from_le_bytes([it[0], it[1]]));
    let units: Vec<u16> = units.take_while(|it| *it != 0).collect();
    found.name(&String::from_utf16_lossy(&units));
}

/// A latitude or longitude. Phones that do not know where they are write zeros. A position on the
/// equator or the prime meridian is one: the other of the two values is not zero.
fn is_position(entry: &ExifValue<'_>) -> bool {
    let numerators = || entry.value.chunks(8).flat_map(|it| it.iter().take(4));
    matches!(entry.tag, LATITUDE | LONGITUDE) && numerators().any(|it| *it != 0)
}

/// A block and its byte order. Offsets in it count from the first byte of `block`.
struct Tiff<'a> {
    block: &'a [u8],
    little: bool,
}

/// A value of a directory. It has as many bytes as the type and the number of the entry say, or
/// fewer: of longer ones the end is cut off.
struct ExifValue<'a> {
    tag: u16,
    /// The bytes, in the order of the block, up to [`MAX_VALUE`].
    value: &'a [u8],
}

impl<'a> Tiff<'a> {
    /// Reads the byte order; nothing if this is no TIFF structure.
    fn new(block: &'a [u8]) -> Option<Self> {
        // JPEG wants these six bytes before the block; programs write them in WebP and PNG too.
        let block = block.strip_prefix(b"Exif\0\0").unwrap_or(block);
        match block.get(..4)? {
            b"II*\0" => Some(Self { block, little: true }),
            b"MM\0*" => Some(Self { block, little: false }),
            _ => None,
        }
    }

    /// The number at byte `at` of `bytes`, which is a part of the block. None if it does not lie in
    /// there.
    fn u16(&self, bytes: &[u8], at: usize) -> Option<u16> {
        let bytes = bytes::array(&mut bytes.get(at..)?)?;
        Some(if self.little { u16::from_le_bytes(bytes) } else { u16::from_be_bytes(bytes) })
    }

    /// The same for four bytes, as an index or a length.
    fn u32(&self, bytes: &[u8], at: usize) -> Option<usize> {
        let bytes = bytes::array(&mut bytes.get(at..)?)?;
        let number =
            if self.little { u32::from_le_bytes(bytes) } else { u32::from_be_bytes(bytes) };
        bytes::size(number)
    }

    /// The entries of the main directory. The one that may follow it describes the thumbnail.
    fn main(&self) -> impl Iterator<Item = ExifValue<'a>> {
        self.directory(self.u32(self.block, 4))
    }

    /// The entries of the directory that the first entry with a tag points to.
    fn below(&self, tag: u16) -> impl Iterator<Item = ExifValue<'a>> {
        let entry = self.main().find(|it| it.tag == tag);
        self.directory(entry.and_then(|it| self.u32(it.value, 0)))
    }

    /// The entries of a directory, without those whose values lie outside of the block. Nothing
    /// follows their pointers further, so a circle ends. A count that is too high reads as many
    /// entries as there are bytes for. None in, none out: a missing pointer is an empty directory.
    fn directory(&self, at: Option<usize>) -> impl Iterator<Item = ExifValue<'a>> {
        let entries = at.and_then(|it| self.block.get(it..)).unwrap_or_default();
        let count = self.u16(entries, 0).unwrap_or(0);
        let entries = entries.get(2..).unwrap_or_default();
        entries.chunks_exact(12).take(count.into()).filter_map(|it| self.entry(it))
    }

    /// An entry and its value, which stands in the entry itself if it has at most four bytes.
    /// Nothing for types that are not in the standard, or if the value lies outside of the block.
    fn entry(&self, entry: &'a [u8]) -> Option<ExifValue<'a>> {
        let unit = match self.u16(entry, 2)? {
            1 | 2 | 6 | 7 | 129 => 1,
            3 | 8 => 2,
            4 | 9 | 11 | 13 => 4,
            5 | 10 | 12 => 8,
            _ => return None,
        };
        let length = self.u32(entry, 4)?.checked_mul(unit)?;
        let value =
            if length <= 4 { &entry[8..] } else { self.block.get(self.u32(entry, 8)?..)? };
        let value = value.get(..length)?;
        Some(ExifValue { tag: self.u16(entry, 0)?, value: &value[..length.min(MAX_VALUE)] })
    }
}
