//! A piece of metadata, as the formats hand it to those who can read it.

use std::borrow::Cow;

/// A piece of metadata inside an image.
#[derive(Debug)]
pub(super) enum MetadataBlock<'a> {
    /// A TIFF structure.
    Exif(Cow<'a, [u8]>),
    /// An XML packet.
    Xmp(Cow<'a, [u8]>),
    /// The resources of Photoshop, which hold IPTC.
    Photoshop(&'a [u8]),
    /// A name by itself.
    Name(&'a [u8]),
    /// An image inside the image.
    Image(Vec<u8>),
}
