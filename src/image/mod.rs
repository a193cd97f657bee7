//! What an image tells beside its picture, and the image without it.
//!
//! [`metadata`] finds what staff should know before a photo goes public: where it was taken, and
//! the names it carries. [`publish`] takes all of that out. It is a list of what stays: only the
//! parts that a browser needs to show the picture are published, so that a kind of metadata
//! nobody has heard of stays at home too. What it does not understand it refuses.
//!
//! The content tells the format, never the name of the file. Each format has a module that walks
//! over its parts: `jpeg` (which hands photos that lie on their side to `turn`), `png`, `webp`,
//! `gif`, `heif` and `svg`. Metadata is written alike in all of them, and read by `exif`, `iptc`
//! and `xmp`.

mod bytes;
mod exif;
mod gif;
mod heif;
mod iptc;
mod items;
mod jpeg;
mod metadata;
mod png;
#[cfg(test)]
mod samples;
mod svg;
#[cfg(test)]
mod tests;
mod turn;
mod webp;
mod xmp;

use std::{borrow::Cow, error::Error, fmt};

pub use self::metadata::{Metadata, metadata};

/// The bytes are not an image of a known kind, or end too early for its metadata to be told from
/// the picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unreadable;

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not an image of a known kind, or not a whole one")
    }
}

impl Error for Unreadable {}

/// The image without metadata: borrowed if there was none to take out.
///
/// The picture is copied bit by bit, with one exception: a JPEG whose metadata says that it lies
/// on its side is turned and compressed anew, as it must stand upright without them. In PNG and
/// WebP one number stays for this, and nothing else.
///
/// An SVG also loses its scripts, which would run when it is opened by itself.
pub fn publish(bytes: &[u8]) -> Result<Cow<'_, [u8]>, Unreadable> {
    let published = match Format::of(bytes).ok_or(Unreadable)? {
        Format::Jpeg => jpeg::publish(bytes),
        Format::Png => png::publish(bytes),
        Format::WebP => webp::publish(bytes),
        Format::Gif => gif::publish(bytes),
        Format::Heif => heif::publish(bytes),
        Format::Svg => svg::publish(bytes).ok(),
    };
    match published.ok_or(Unreadable)? {
        same if same == bytes => Ok(Cow::Borrowed(bytes)),
        published => Ok(Cow::Owned(published)),
    }
}

/// The kinds of images.
#[derive(Debug, Clone, Copy)]
enum Format {
    Jpeg,
    Png,
    WebP,
    Gif,
    Heif,
    Svg,
}

impl Format {
    /// The kind that the first bytes tell.
    fn of(bytes: &[u8]) -> Option<Self> {
        match bytes {
            [0xff, 0xd8, 0xff, ..] => Some(Self::Jpeg),
            [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some(Self::WebP),
            _ if bytes.starts_with(png::SIGNATURE) => Some(Self::Png),
            _ if bytes.starts_with(b"GIF87a") || bytes.starts_with(b"GIF89a") => Some(Self::Gif),
            _ if heif::is_heif(bytes) => Some(Self::Heif),
            _ if svg::is_markup(bytes) => Some(Self::Svg),
            _ => None,
        }
    }
}
