//! Reads the metadata of an image, whatever its format.

use crate::image::{
    block::MetadataBlock, exif, format::ImageFormat, gif, heif, iptc, jpeg, mark,
    metadata::Metadata, png, svg, webp, xmp,
};

/// Reads the metadata of an image. Never fails: where nothing can be read, nothing is found. A file
/// that breaks off is read up to there. Cost: one walk over the file; pictures are not decoded.
pub fn metadata(bytes: &[u8]) -> Metadata {
    let mut found = Metadata::default();
    read_image(bytes, &mut found);
    found
}

/// Reads an image, and those in it. They are written in Base64, and so each is a quarter shorter
/// than the one around it: there is no endless depth. Only SVG holds images, so every other format
/// ends it.
fn read_image(bytes: &[u8], found: &mut Metadata) {
    let blocks = match ImageFormat::of(bytes) {
        Some(ImageFormat::Jpeg) => jpeg::blocks(bytes),
        Some(ImageFormat::Png) => png::blocks(bytes),
        Some(ImageFormat::WebP) => webp::blocks(bytes),
        Some(ImageFormat::Gif) => gif::blocks(bytes),
        Some(ImageFormat::Heif) => heif::blocks(bytes),
        Some(ImageFormat::Svg) => svg::blocks(bytes),
        // What its pictures hold is taken out, and not told.
        Some(ImageFormat::Ico) | None => Vec::new(),
    };
    blocks.into_iter().for_each(|block| read(block, found));
}

/// Hands a block to the reader of its kind, and looks for the mark of generated pictures. An image inside goes back to [`read_image`].
fn read(block: MetadataBlock<'_>, found: &mut Metadata) {
    if let MetadataBlock::Exif(block) | MetadataBlock::Xmp(block) | MetadataBlock::Mark(block) =
        &block
    {
        found.generated |= mark::is_in(block);
    }
    match block {
        MetadataBlock::Mark(_) => {}
        MetadataBlock::Exif(block) => exif::read(&block, found),
        MetadataBlock::Xmp(packet) => xmp::read(&packet, found),
        MetadataBlock::Photoshop(resources) => iptc::read(resources, found),
        MetadataBlock::Name(name) => found.name_bytes(name),
        MetadataBlock::Image(bytes) => read_image(&bytes, found),
    }
}
