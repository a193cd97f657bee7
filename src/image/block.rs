//! A piece of metadata, as the formats hand it to those who can read it.
//!
//! The format modules (`jpeg`, `png`, …) find the blocks of a file and leave them undecoded;
//! `read.rs` hands each to the module that knows its kind. So the formats know nothing of EXIF, and
//! EXIF is read by one module whatever the image was.

use std::borrow::Cow;

/// A piece of metadata inside an image. Bytes are borrowed from the file where they stand there in
/// one piece.
#[derive(Debug)]
pub(super) enum MetadataBlock<'a> {
    /// A TIFF structure, perhaps with the six bytes `Exif\0\0` that JPEG puts before it.
    Exif(Cow<'a, [u8]>),
    /// An XML packet; also a whole SVG, whose elements have the same names. Empty if there was
    /// none.
    Xmp(Cow<'a, [u8]>),
    /// The resources of Photoshop, which hold IPTC.
    Photoshop(&'a [u8]),
    /// A name by itself, from a text chunk of PNG, in whichever encoding the program used.
    Name(&'a [u8]),
    /// Something in which only the mark of generated pictures is looked for: a signed manifest, a
    /// text.
    Mark(Cow<'a, [u8]>),
    /// An image inside the image: a photo in an SVG, out of its Base64. It may be of any format.
    Image(Vec<u8>),
}
