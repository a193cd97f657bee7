//! The size of a picture, from the head of its file.

use crate::image::{
    bytes::{be32, take},
    exif::Orientation,
    format::ImageFormat,
    gif, jpeg,
    picture::{Picture, PictureSource},
    png, turn, webp,
};

/// What the head says, whatever the size. Nothing for formats without pixels, and for those of which
/// the size is not read.
pub(super) fn read(bytes: &[u8]) -> Option<Picture> {
    match ImageFormat::of(bytes)? {
        ImageFormat::Jpeg => read_jpeg(bytes),
        ImageFormat::Png => read_png(bytes),
        ImageFormat::Gif => gif::size(bytes).map(as_it_is),
        ImageFormat::WebP => webp::size(bytes).map(as_it_is),
        ImageFormat::Heif | ImageFormat::Svg | ImageFormat::Ico => None,
    }
}

/// A picture that is published as it is stored.
fn as_it_is((width, height): (u32, u32)) -> Picture {
    Picture { width, height, source: PictureSource::Other }
}

/// Nothing if the end is missing, or if there are more pixels than so many bytes can hold.
fn read_jpeg(bytes: &[u8]) -> Option<Picture> {
    let (frame, orientation) = jpeg::head(bytes)?;
    if frame.pixels() > bytes.len().saturating_mul(turn::MAX_PIXELS_PER_BYTE) {
        return None;
    }
    let (width, height) = (u32::from(frame.width), u32::from(frame.height));
    let swaps = orientation.is_some_and(Orientation::swaps);
    let (width, height) = if swaps { (height, width) } else { (width, height) };
    Some(Picture { width, height, source: PictureSource::Jpeg })
}

/// Nothing if the first chunk is none that states the size, or if the end is missing.
fn read_png(bytes: &[u8]) -> Option<Picture> {
    let head = png::head(bytes)?;
    let mut header = head.header;
    let [width, height] = [be32(&mut header)?, be32(&mut header)?];
    let [_, colours] = take(&mut header, 2)? else { return None };
    let swaps = head.orientation.is_some_and(Orientation::swaps);
    let (width, height) = if swaps { (height, width) } else { (width, height) };
    let source = match colours {
        _ if head.moves => PictureSource::Other,
        0 | 2 if !head.has_transparency => PictureSource::Opaque,
        _ => PictureSource::Drawing,
    };
    Some(Picture { width, height, source })
}
