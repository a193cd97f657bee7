//! Pictures as they are published: decoded, upright, of the size that a page needs, encoded anew.
//!
//! ```text
//! bytes ─ decode ─▶ Pixels ─ shrink ─▶ Pixels ─ encode ─▶ JPEG or PNG
//! ```
//!
//! Only values of pixels go from one step to the next. So nothing of what the file holds beside
//! them is published, whatever it is: metadata, colour profiles, a second picture behind the first.
//! All steps count in whole numbers and none uses several threads, so the same bytes come out on
//! every machine.
//!
//! [`UprightPicture`] does the first two steps, for all copies at once. [`Picture::of`] reads the head of a file alone, for pages, which need to know how large the
//! picture is. Of GIF and WebP the size is known, but they are published by
//! [`publish`](crate::image::publish).

mod decode;
mod encode;
mod head;
mod shrink;
#[cfg(test)]
mod tests;

use self::{decode::decode, encode::encode, shrink::shrink};
use crate::image::{exif::Orientation, unreadable::Unreadable};

/// The most pixels of a picture that is decoded. Phones take 108 million; each takes up to four
/// bytes of memory.
pub const MAX_PIXELS: u64 = 1 << 27;

/// The widest picture that is published, in pixels: the column of a page on a screen with twice as
/// many pixels.
pub const LARGEST: u32 = 1600;

/// The widths of the smaller copies, for phones: small on a page, and as wide as the screen.
pub const SMALLER: [u32; 2] = [480, 960];

/// What the head of a file says of its picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Picture {
    /// In pixels, as it stands upright. Never zero.
    pub width: u32,
    /// Likewise.
    pub height: u32,
    /// How it is stored.
    pub source: PictureSource,
}

/// How a picture is stored, as far as that decides how it is published.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PictureSource {
    /// A photo.
    Jpeg,
    /// A PNG that has no transparent pixels.
    Opaque,
    /// A PNG that may have some, or few colours.
    Drawing,
    /// Something that is published as it is, without metadata: it moves, or is of another format.
    Other,
}

/// The formats in which pictures are published.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PictureForm {
    /// For photos. Transparent pixels are white in it.
    Jpeg,
    /// For drawings, and whatever is transparent.
    Png,
}

impl Picture {
    /// What the head of a file says. Nothing for what is no picture of a known size, and for a JPEG
    /// or PNG that breaks off. Costs a walk over the parts of the file; nothing is decoded.
    pub fn of(bytes: &[u8]) -> Option<Self> {
        head::read(bytes).filter(|it| it.width > 0 && it.height > 0)
    }

    /// It has more pixels than are decoded.
    pub fn is_too_large(self) -> bool {
        self.is_decoded() && u64::from(self.width) * u64::from(self.height) > MAX_PIXELS
    }

    /// It is encoded anew, and can be had in other sizes.
    pub fn is_decoded(self) -> bool {
        self.source != PictureSource::Other
    }

    /// Width and height as the picture is published: at most so many pixels wide, if it can be had
    /// in other sizes, and never wider than it is.
    pub fn within(self, width: u32) -> (u32, u32) {
        if !self.is_decoded() || self.width <= width {
            return (self.width, self.height);
        }
        let (height, whole) = (u64::from(self.height) * u64::from(width), u64::from(self.width));
        let height = u32::try_from((height + whole / 2) / whole).unwrap_or(u32::MAX);
        (width, height.max(1))
    }

    /// The widths of the smaller copies. None is nearly as wide as the largest one: it would save
    /// nothing.
    pub fn smaller(self) -> impl Iterator<Item = u32> {
        let largest = if self.is_decoded() { self.within(LARGEST).0 } else { 0 };
        SMALLER.into_iter().filter(move |width| width * 5 <= largest * 4)
    }
}

/// A picture that was decoded: upright, and no wider than [`LARGEST`].
#[derive(Debug)]
pub struct UprightPicture(Pixels);

impl UprightPicture {
    /// Decodes the picture in a file.
    ///
    /// # Errors
    ///
    /// Returns [`Unreadable`] if it is [too large](Picture::is_too_large), broken, or not of a
    /// format that is decoded.
    pub fn of(bytes: &[u8]) -> Result<Self, Unreadable> {
        let picture = Picture::of(bytes).filter(|it| it.is_decoded() && !it.is_too_large());
        let (width, height) = picture.ok_or(Unreadable)?.within(LARGEST);
        let (pixels, orientation) = decode(bytes).ok_or(Unreadable)?;
        let swaps = orientation.is_some_and(Orientation::swaps);
        let size = if swaps { (height, width) } else { (width, height) };
        let pixels = shrink(pixels, (size.0 as usize, size.1 as usize));
        Ok(Self(match orientation {
            Some(orientation) => pixels.turned(orientation),
            None => pixels,
        }))
    }

    /// The file of a copy that is at most so many pixels wide.
    ///
    /// # Errors
    ///
    /// Returns [`Unreadable`] if the form cannot hold it: a JPEG has at most 65,535 rows.
    pub fn copy(&self, width: u32, form: PictureForm) -> Result<Vec<u8>, Unreadable> {
        let whole = &self.0;
        let width = whole.width.min(width as usize);
        let height = (whole.height * width + whole.width / 2) / whole.width;
        let pixels = shrink(whole.clone(), (width, height.max(1)));
        encode(&pixels, form).ok_or(Unreadable)
    }
}

/// The pixels of a picture, row by row from the top.
#[derive(Debug, Clone)]
struct Pixels {
    width: usize,
    height: usize,
    /// How many values a pixel has: brightness, brightness and opacity, three colours, or three
    /// colours and opacity.
    channels: usize,
    values: Vec<u8>,
}

impl Pixels {
    /// The last value of each pixel says how opaque it is.
    fn has_alpha(&self) -> bool {
        self.channels.is_multiple_of(2)
    }

    /// The picture upright.
    fn turned(&self, orientation: Orientation) -> Self {
        let swaps = orientation.swaps();
        let (width, height) =
            if swaps { (self.height, self.width) } else { (self.width, self.height) };
        let mut values = Vec::with_capacity(self.values.len());
        for (y, x) in (0..height).flat_map(|y| (0..width).map(move |x| (y, x))) {
            let (x, y) = if swaps { (y, x) } else { (x, y) };
            let x = if orientation.mirrors_rows() { self.width - 1 - x } else { x };
            let y = if orientation.mirrors_columns() { self.height - 1 - y } else { y };
            let pixel = (y * self.width + x) * self.channels;
            values.extend_from_slice(&self.values[pixel..][..self.channels]);
        }
        Self { width, height, channels: self.channels, values }
    }
}
