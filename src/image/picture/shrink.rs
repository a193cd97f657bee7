//! Makes a picture smaller: each new pixel is the mean of the area that it covers.
//!
//! Lengths are counted in fractions of a pixel such that old and new pixels have whole ones: of
//! 1000 pixels that become 600, an old one is 600 long and a new one 1000. So the means are exact.

use std::ops::Range;

use crate::image::picture::pixels::Pixels;

/// The picture with that width and height, neither of them larger than it has, nor zero.
pub(super) fn shrink(pixels: Pixels, (width, height): (usize, usize)) -> Pixels {
    if (pixels.width, pixels.height) == (width, height) {
        return pixels;
    }
    let pixels = &pixels;
    let (across, down) = (spans(pixels.width, width), spans(pixels.height, height));
    let mut values = Vec::with_capacity(width * height * pixels.channels);
    for rows in &down {
        for columns in &across {
            match pixels.channels {
                1 => values.extend(mean::<1>(pixels, rows, columns)),
                2 => values.extend(visible_mean::<2>(pixels, rows, columns)),
                3 => values.extend(mean::<3>(pixels, rows, columns)),
                _ => values.extend(visible_mean::<4>(pixels, rows, columns)),
            }
        }
    }
    Pixels { width, height, channels: pixels.channels, values }
}

/// The old pixels that a new one covers in one direction, and how much of each.
struct Span {
    first: usize,
    /// In fractions of a pixel.
    parts: Vec<u64>,
}

/// The spans of all new pixels.
fn spans(old: usize, new: usize) -> Vec<Span> {
    let span = |index: usize| {
        let (start, end) = (index * old, (index + 1) * old);
        let covered: Range<usize> = start / new..end.div_ceil(new);
        let part = |pixel: usize| ((pixel + 1) * new).min(end) - (pixel * new).max(start);
        Span { first: covered.start, parts: covered.map(|it| part(it) as u64).collect() }
    };
    (0..new).map(span).collect()
}

impl Span {
    fn whole(&self) -> u64 {
        self.parts.iter().sum()
    }
}

/// The old pixels of an area, each with how much of it belongs there.
fn area<'a, const N: usize>(
    pixels: &'a Pixels,
    rows: &'a Span,
    columns: &'a Span,
) -> impl Iterator<Item = (u64, &'a [u8; N])> {
    rows.parts.iter().enumerate().flat_map(move |(row, height)| {
        let start = ((rows.first + row) * pixels.width + columns.first) * N;
        let (row, _) = pixels.values[start..][..columns.parts.len() * N].as_chunks::<N>();
        columns.parts.iter().zip(row).map(move |(width, pixel)| (width * height, pixel))
    })
}

/// The mean of each value.
fn mean<const N: usize>(pixels: &Pixels, rows: &Span, columns: &Span) -> [u8; N] {
    let mut sums = [0; N];
    for (part, pixel) in area::<N>(pixels, rows, columns) {
        for (sum, value) in sums.iter_mut().zip(pixel) {
            *sum += part * u64::from(*value);
        }
    }
    let whole = rows.whole() * columns.whole();
    sums.map(|sum| rounded(sum, whole))
}

/// The mean of each value, the last of which is the opacity: what is not seen does not count for
/// the colours.
fn visible_mean<const N: usize>(pixels: &Pixels, rows: &Span, columns: &Span) -> [u8; N] {
    let mut sums = [0; N];
    for (part, pixel) in area::<N>(pixels, rows, columns) {
        let seen = part * u64::from(pixel[N - 1]);
        for (sum, value) in sums.iter_mut().zip(&pixel[..N - 1]) {
            *sum += seen * u64::from(*value);
        }
        sums[N - 1] += seen;
    }
    let (seen, whole) = (sums[N - 1], rows.whole() * columns.whole());
    let mut values = sums.map(|sum| rounded(sum, seen.max(1)));
    values[N - 1] = rounded(seen, whole);
    values
}

/// The quotient as a value of a pixel, rounded to the nearest.
fn rounded(sum: u64, whole: u64) -> u8 {
    u8::try_from((sum + whole / 2) / whole).unwrap_or(u8::MAX)
}
