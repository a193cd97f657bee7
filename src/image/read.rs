//! Reads the metadata of an image, whatever its format.

use crate::image::{
    block::Block, exif, format::Format, gif, heif, iptc, jpeg, metadata::Metadata, png, svg, webp,
    xmp,
};

/// Reads what an image tells beside its picture. Never fails: where nothing can be read, nothing
/// is found.
pub fn metadata(bytes: &[u8]) -> Metadata {
    let mut found = Metadata::default();
    read_image(bytes, &mut found);
    found
}

/// Reads an image, and those in it. They are written in Base64, and so each is a quarter shorter
/// than the one around it: there is no endless depth.
fn read_image(bytes: &[u8], found: &mut Metadata) {
    let blocks = match Format::of(bytes) {
        Some(Format::Jpeg) => jpeg::blocks(bytes),
        Some(Format::Png) => png::blocks(bytes),
        Some(Format::WebP) => webp::blocks(bytes),
        Some(Format::Gif) => gif::blocks(bytes),
        Some(Format::Heif) => heif::blocks(bytes),
        Some(Format::Svg) => svg::blocks(bytes),
        None => Vec::new(),
    };
    blocks.into_iter().for_each(|block| read(block, found));
}

fn read(block: Block<'_>, found: &mut Metadata) {
    match block {
        Block::Exif(block) => exif::read(&block, found),
        Block::Xmp(packet) => xmp::read(&packet, found),
        Block::Photoshop(resources) => iptc::read(resources, found),
        Block::Name(name) => found.name_bytes(name),
        Block::Image(bytes) => read_image(&bytes, found),
    }
}
