//! Turns a JPEG photo upright.
//!
//! Cameras store the picture as the sensor saw it, and say in the EXIF block how to turn it. The
//! published photo has no such block, so its pixels are turned. They are compressed anew, with
//! the colours as finely sampled as they were.
//!
//! `jpeg` calls this for photos with an orientation only. The order: check the size that the frame
//! states against the length of the file, decode, then encode with rows and columns in the order of
//! the upright picture. No second copy of the pixels is made.

use jpeg_encoder::{
    ChromaSubsamplingMethod, Encoder, ImageBuffer, JpegColorType, SamplingFactor, rgb_to_ycbcr,
};
use zune_jpeg::{
    JpegDecoder,
    zune_core::{bytestream::ZCursor, colorspace::ColorSpace, options::DecoderOptions},
};

use crate::image::{
    bytes::{array, be16, byte},
    exif::Orientation,
};

/// High enough that the loss is not seen.
const QUALITY: u8 = 90;

/// The largest picture that is turned: some phones take 200 million pixels.
const MAX_PIXELS: usize = 1 << 28;

/// A block of 8 × 8 pixels takes at least one bit, so a byte holds no more pixels than this. A
/// file with fewer bytes states a false size, and would take memory for nothing.
pub(super) const MAX_PIXELS_PER_BYTE: usize = 8 * 64;

/// What the header of a frame says. Of the stored picture, before it is turned.
#[derive(Debug, Clone, Copy)]
pub(super) struct Frame {
    pub(super) width: u16,
    pub(super) height: u16,
    /// How many brightness values, across and down, share one of colour. Each is 1 or 2: `(2, 2)`
    /// is 4:2:0, `(1, 1)` is 4:4:4.
    sampling: (u8, u8),
}

impl Frame {
    /// Reads a segment, if it is the header of a frame. None for other segments, DHT, JPG and DAC
    /// among them, whose markers lie between those of frames, and for one that breaks off. Sampling
    /// is taken from the first two components, and coarser steps than 2 count as 2.
    pub(super) fn read(marker: u8, mut payload: &[u8]) -> Option<Self> {
        if !matches!(marker, 0xc0..=0xcf) || matches!(marker, 0xc4 | 0xc8 | 0xcc) {
            return None;
        }
        byte(&mut payload)?;
        let [height, width] = [be16(&mut payload)?, be16(&mut payload)?];
        byte(&mut payload)?;
        let [_, first, _] = array(&mut payload)?;
        let second = array(&mut payload).map_or(first, |[_, second, _]| second);
        let ratio = |first: u8, second: u8| first.checked_div(second).unwrap_or(1).clamp(1, 2);
        let sampling = (ratio(first >> 4, second >> 4), ratio(first & 15, second & 15));
        Some(Self { width, height, sampling })
    }

    /// Width times height; with 16 bits each it fits in 32.
    pub(super) fn pixels(self) -> usize {
        usize::from(self.width) * usize::from(self.height)
    }
}

/// The photo turned. None if it cannot be read. So it is if the stated size is beyond `MAX_PIXELS`
/// or more than the bytes can hold, or if the decoded picture has another size than the frame.
/// `jpeg` is without metadata.
///
/// Grey and YCbCr pass through without a change of colours; everything else is decoded to RGB.
pub(super) fn upright(jpeg: &[u8], frame: Frame, orientation: Orientation) -> Option<Vec<u8>> {
    if frame.pixels() > MAX_PIXELS.min(jpeg.len().saturating_mul(MAX_PIXELS_PER_BYTE)) {
        return None;
    }
    let limits = DecoderOptions::default().set_max_width(usize::MAX).set_max_height(usize::MAX);
    let mut decoder = JpegDecoder::new_with_options(ZCursor::new(jpeg), limits);
    decoder.decode_headers().ok()?;
    let colours = match decoder.input_colorspace()? {
        same @ (ColorSpace::Luma | ColorSpace::YCbCr) => same,
        _ => ColorSpace::RGB,
    };
    decoder.set_options(limits.jpeg_set_out_colorspace(colours));
    let pixels = decoder.decode().ok()?;
    if pixels.len() != frame.pixels() * colours.num_components() {
        return None;
    }
    let turned = Turned { pixels, frame, orientation, colours };

    let mut out = Vec::new();
    let mut encoder = Encoder::new(&mut out, QUALITY);
    let (across, down) = frame.sampling;
    let sampling = if orientation.swaps() { (down, across) } else { (across, down) };
    encoder.set_sampling_factor(SamplingFactor::from_factors(sampling.0, sampling.1)?);
    encoder.set_chroma_subsampling_method(ChromaSubsamplingMethod::Average);
    encoder.encode_image(turned).ok()?;
    Some(out)
}

/// A picture, read in another order than it is stored. The encoder asks row by row through
/// [`ImageBuffer`]; the answer is computed from the stored rows, so nothing is turned in memory.
struct Turned {
    /// The stored rows, one after another, each pixel with as many bytes as `colours` says.
    pixels: Vec<u8>,
    frame: Frame,
    orientation: Orientation,
    /// Brightness alone, or three values a pixel: brightness and colours, or red, green and blue.
    colours: ColorSpace,
}

impl ImageBuffer for Turned {
    fn get_jpeg_color_type(&self) -> JpegColorType {
        if self.colours == ColorSpace::Luma { JpegColorType::Luma } else { JpegColorType::Ycbcr }
    }

    fn width(&self) -> u16 {
        if self.orientation.swaps() { self.frame.height } else { self.frame.width }
    }

    fn height(&self) -> u16 {
        if self.orientation.swaps() { self.frame.width } else { self.frame.height }
    }

    /// Appends the values of row `y` of the upright picture, one buffer for each component. `x` and
    /// `y` become positions in the stored picture: first rows and columns change places, then each
    /// is mirrored.
    fn fill_buffers(&self, y: u16, buffers: &mut [Vec<u8>; 4]) {
        let [width, height] = [self.frame.width, self.frame.height].map(usize::from);
        let values = self.colours.num_components();
        for x in 0..usize::from(self.width()) {
            let y = usize::from(y);
            let (x, y) = if self.orientation.swaps() { (y, x) } else { (x, y) };
            let x = if self.orientation.mirrors_rows() { width - 1 - x } else { x };
            let y = if self.orientation.mirrors_columns() { height - 1 - y } else { y };
            let pixel = (y * width + x) * values;
            let pixel = &self.pixels[pixel..][..values];
            let converted;
            let pixel = match (self.colours, pixel) {
                (ColorSpace::RGB, [red, green, blue]) => {
                    converted = <[u8; 3]>::from(rgb_to_ycbcr(*red, *green, *blue));
                    &converted
                }
                _ => pixel,
            };
            pixel.iter().zip(&mut *buffers).for_each(|(value, buffer)| buffer.push(*value));
        }
    }
}
