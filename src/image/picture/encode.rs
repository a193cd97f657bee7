//! From pixels to the bytes of a JPEG or PNG, with nothing else in them.

use std::collections::HashMap;

use jpeg_encoder::{ChromaSubsamplingMethod, Encoder, SamplingFactor};
use png::{BitDepth, ColorType, Compression, Filter};

use crate::image::picture::{PictureForm, Pixels};

/// The qualities of a JPEG that are tried, the best first, until it is small enough.
const QUALITIES: [u8; 4] = [80, 72, 64, 55];

/// The most bytes of a JPEG as wide as a phone's screen: a second of a slow network.
const PHONE: usize = 200_000;

/// The widest picture that counts as one for a phone.
const PHONE_WIDTH: usize = 960;

/// The most bytes of a wider one.
const SCREEN: usize = 450_000;

/// A picture that is higher than twice its width, as of a page that was photographed, may have a
/// byte for so many pixels.
const PIXELS_PER_BYTE: usize = 8;

/// The picture in that form. Nothing for one that the form cannot hold: a JPEG has at most 65,535
/// rows.
pub(super) fn encode(pixels: &Pixels, form: PictureForm) -> Option<Vec<u8>> {
    match form {
        PictureForm::Jpeg => encode_jpeg(&pixels.on_white()),
        PictureForm::Png => encode_png(pixels),
    }
}

/// In the best quality that is small enough, or the last one. Colours are stored at half the
/// resolution.
fn encode_jpeg(pixels: &Pixels) -> Option<Vec<u8>> {
    let most = if pixels.width <= PHONE_WIDTH { PHONE } else { SCREEN };
    let most = most.max(pixels.width * pixels.height / PIXELS_PER_BYTE);
    let (width, height) = (pixels.width.try_into().ok()?, pixels.height.try_into().ok()?);
    let grey = pixels.channels == 1;
    let colours = if grey { jpeg_encoder::ColorType::Luma } else { jpeg_encoder::ColorType::Rgb };
    let mut out = Vec::new();
    for quality in QUALITIES {
        out.clear();
        let mut encoder = Encoder::new(&mut out, quality);
        encoder.set_sampling_factor(SamplingFactor::F_2_2);
        encoder.set_chroma_subsampling_method(ChromaSubsamplingMethod::Average);
        encoder.set_optimized_huffman_tables(true);
        encoder.encode(&pixels.values, width, height, colours).ok()?;
        if out.len() <= most {
            break;
        }
    }
    Some(out)
}

/// With a palette, if there are at most 256 colours.
fn encode_png(pixels: &Pixels) -> Option<Vec<u8>> {
    let (mut out, palette) = (Vec::new(), Palette::of(pixels));
    let (width, height) = (pixels.width.try_into().ok()?, pixels.height.try_into().ok()?);
    let mut encoder = png::Encoder::new(&mut out, width, height);
    encoder.set_depth(BitDepth::Eight);
    encoder.set_compression(Compression::Balanced);
    encoder.set_filter(if palette.is_some() { Filter::NoFilter } else { Filter::Adaptive });
    let values = match &palette {
        Some(palette) => {
            encoder.set_color(ColorType::Indexed);
            encoder.set_palette(&palette.colours);
            encoder.set_trns(&palette.opacities);
            &palette.indexes
        }
        None => {
            encoder.set_color(match pixels.channels {
                1 => ColorType::Grayscale,
                2 => ColorType::GrayscaleAlpha,
                3 => ColorType::Rgb,
                _ => ColorType::Rgba,
            });
            &pixels.values
        }
    };
    let mut writer = encoder.write_header().ok()?;
    writer.write_image_data(values).ok()?;
    writer.finish().ok()?;
    Some(out)
}

/// A picture by the numbers of its colours, in the order in which they come.
#[derive(Default)]
struct Palette {
    /// Red, green and blue of each.
    colours: Vec<u8>,
    opacities: Vec<u8>,
    /// The number of each pixel's colour.
    indexes: Vec<u8>,
}

impl Palette {
    /// Nothing if there are more than 256 colours, and for grey, which needs no palette.
    fn of(pixels: &Pixels) -> Option<Self> {
        let mut palette = Self::default();
        let mut known: HashMap<&[u8], u8> = HashMap::new();
        if pixels.channels < 3 {
            return None;
        }
        for pixel in pixels.values.chunks_exact(pixels.channels) {
            let index = match known.get(pixel) {
                Some(index) => *index,
                None => {
                    let index = u8::try_from(known.len()).ok()?;
                    palette.colours.extend_from_slice(&pixel[..3]);
                    palette.opacities.push(pixel.get(3).copied().unwrap_or(255));
                    known.insert(pixel, index);
                    index
                }
            };
            palette.indexes.push(index);
        }
        Some(palette)
    }
}

impl Pixels {
    /// The picture before a white ground, without opacity.
    fn on_white(&self) -> Self {
        if !self.has_alpha() {
            return self.clone();
        }
        let colours = self.channels - 1;
        let before_white = |value: u8, alpha: u8| {
            let (value, alpha) = (u32::from(value), u32::from(alpha));
            u8::try_from((value * alpha + 255 * (255 - alpha) + 127) / 255).unwrap_or(u8::MAX)
        };
        let pixels = self.values.chunks_exact(self.channels);
        let values = pixels.flat_map(|pixel| {
            pixel[..colours].iter().map(move |value| before_white(*value, pixel[colours]))
        });
        let values = values.collect();
        Self { width: self.width, height: self.height, channels: colours, values }
    }
}
