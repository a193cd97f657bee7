//! Which kind of image some bytes are.
//!
//! Names of files are not asked: what is called `.png` may be a JPEG with a position in it.

use crate::image::{heif, ico, png, svg};

/// The kinds of images.
#[derive(Debug, Clone, Copy)]
pub(super) enum ImageFormat {
    Jpeg,
    Png,
    WebP,
    Gif,
    Heif,
    Svg,
    Ico,
}

impl ImageFormat {
    /// The format by the first bytes; nothing for an unknown one. The markup of SVG is tried last
    /// and is only a first look: any text that begins with `<` is taken for SVG, HTML too.
    /// `svg::publish` refuses what is not, so that a page cannot be published as an image. Videos
    /// in boxes like those of HEIF are told by their brand.
    pub(super) fn of(bytes: &[u8]) -> Option<Self> {
        match bytes {
            [0xff, 0xd8, 0xff, ..] => Some(Self::Jpeg),
            [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some(Self::WebP),
            _ if bytes.starts_with(png::SIGNATURE) => Some(Self::Png),
            _ if bytes.starts_with(b"GIF87a") || bytes.starts_with(b"GIF89a") => Some(Self::Gif),
            _ if bytes.starts_with(ico::SIGNATURE) => Some(Self::Ico),
            _ if heif::is_heif(bytes) => Some(Self::Heif),
            _ if svg::is_markup(bytes) => Some(Self::Svg),
            _ => None,
        }
    }
}
