//! The pixels of a picture, between decoding and encoding.

use crate::image::exif::Orientation;

/// The pixels of a picture, row by row from the top.
#[derive(Debug, Clone)]
pub(super) struct Pixels {
    pub(super) width: usize,
    pub(super) height: usize,
    /// How many values a pixel has: brightness, brightness and opacity, three colours, or three
    /// colours and opacity.
    pub(super) channels: usize,
    pub(super) values: Vec<u8>,
}

impl Pixels {
    /// The last value of each pixel says how opaque it is.
    pub(super) fn has_alpha(&self) -> bool {
        self.channels.is_multiple_of(2)
    }

    /// The picture upright.
    pub(super) fn turned(&self, orientation: Orientation) -> Self {
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
