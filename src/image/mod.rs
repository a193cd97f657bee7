//! Reads the metadata of images, and removes it.
//!
//! [`metadata()`] finds what staff should know before a photo goes public: where it was taken, and
//! the names it carries. [`publish`] takes all of that out. It is a list of what stays: only the
//! parts that a browser needs to show the picture are published, so that a kind of metadata
//! nobody has heard of stays at home too. What it does not understand it refuses.
//!
//! The content decides the format, never the name of the file. Each format has a module that walks
//! over its parts: `jpeg` (which hands photos that lie on their side to `turn`), `png`, `webp`,
//! `gif`, `heif` and `svg`. Metadata is written alike in all of them, and read by `exif`, `iptc`
//! and `xmp`.
//!
//! Both take the bytes of a file and open none. Images become artifacts by them: the first gives a
//! diagnostic, the second what is written.
//!
//! | | [`metadata()`] | [`publish`] |
//! | --- | --- | --- |
//! | a file that breaks off | what is found up to there | [`Unreadable`] |
//! | an unknown format | nothing | [`Unreadable`] |
//! | an unknown part | passed over | left out, or [`Unreadable`] where the picture needs it |
//! | a file without metadata | nothing | the same bytes, borrowed |
//!
//! Photos and other pictures of JPEG and PNG go another way: [`picture`] decodes them and makes
//! copies in the sizes that pages need.
//!
//! What [`publish`] returns has no metadata for [`metadata()`] to find, and is returned as it is
//! when it is published again.

mod block;
mod boxes;
mod bytes;
mod exif;
mod format;
mod gif;
mod heif;
mod ico;
mod iptc;
mod items;
mod jpeg;
mod mark;
mod metadata;
pub mod picture;
mod png;
mod read;
#[cfg(test)]
mod samples;
mod svg;
#[cfg(test)]
mod tests;
mod turn;
mod unreadable;
mod webp;
mod xmp;

use std::borrow::Cow;

use self::format::ImageFormat;
pub use self::{metadata::Metadata, read::metadata, unreadable::Unreadable};

/// The image without metadata: borrowed if there was none to take out.
///
/// The picture is copied bit by bit, with one exception: a JPEG whose metadata says that it lies
/// on its side is turned and compressed anew, as it must stand upright without them. In PNG and
/// WebP one number stays for this, and nothing else.
///
/// An SVG also loses its scripts, which would run when it is opened by itself.
///
/// [`Unreadable`] is returned for what is no image, for a file that breaks off, and for one in
/// which picture and metadata cannot be told apart. Nothing is published then.
pub fn publish(bytes: &[u8]) -> Result<Cow<'_, [u8]>, Unreadable> {
    let published = match ImageFormat::of(bytes).ok_or(Unreadable)? {
        ImageFormat::Jpeg => jpeg::publish(bytes),
        ImageFormat::Png => png::publish(bytes),
        ImageFormat::WebP => webp::publish(bytes),
        ImageFormat::Gif => gif::publish(bytes),
        ImageFormat::Heif => heif::publish(bytes),
        ImageFormat::Svg => svg::publish(bytes, publish).ok(),
        ImageFormat::Ico => ico::publish(bytes),
    };
    match published.ok_or(Unreadable)? {
        same if same == bytes => Ok(Cow::Borrowed(bytes)),
        published => Ok(Cow::Owned(published)),
    }
}
