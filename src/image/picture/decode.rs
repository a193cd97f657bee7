//! From the bytes of a JPEG or PNG to pixels of eight bits a value.

use std::io::Cursor;

use png::{ColorType, DecodeOptions, Decoder, Limits, Transformations};
use zune_jpeg::{
    JpegDecoder,
    zune_core::{bytestream::ZCursor, colorspace::ColorSpace, options::DecoderOptions},
};

use crate::image::{
    exif::Orientation,
    format::ImageFormat,
    jpeg,
    picture::{head::MAX_PIXELS, pixels::Pixels},
};

/// The pixels as they are stored, and how they must be turned. Nothing for what is broken, and for
/// other formats. The caller has looked at the size.
pub(super) fn decode(bytes: &[u8]) -> Option<(Pixels, Option<Orientation>)> {
    match ImageFormat::of(bytes)? {
        ImageFormat::Jpeg => decode_jpeg(bytes),
        ImageFormat::Png => {
            let orientation = crate::image::png::head(bytes)?.orientation;
            Some((decode_png(bytes)?, orientation))
        }
        _ => None,
    }
}

/// Grey stays grey; all other colours, inks of print among them, become red, green and blue.
fn decode_jpeg(bytes: &[u8]) -> Option<(Pixels, Option<Orientation>)> {
    // What cameras put between the segments is left out, since decoders stumble over it.
    let bare = jpeg::bare(bytes)?;
    let limits = DecoderOptions::default().set_max_width(usize::MAX).set_max_height(usize::MAX);
    let mut decoder = JpegDecoder::new_with_options(ZCursor::new(&bare.bytes), limits);
    decoder.decode_headers().ok()?;
    let colours = match decoder.input_colorspace()? {
        ColorSpace::Luma => ColorSpace::Luma,
        _ => ColorSpace::RGB,
    };
    decoder.set_options(limits.jpeg_set_out_colorspace(colours));
    let values = decoder.decode().ok()?;
    let (width, height) = (usize::from(bare.frame.width), usize::from(bare.frame.height));
    let channels = colours.num_components();
    let is_whole = values.len() == width * height * channels;
    is_whole.then_some((Pixels { width, height, channels, values }, bare.orientation))
}

/// Palettes become colours, sixteen bits eight. Checksums of what makes the picture have to be
/// right. Opacity is dropped where nothing is transparent.
fn decode_png(bytes: &[u8]) -> Option<Pixels> {
    let mut options = DecodeOptions::default();
    options.set_ignore_text_chunk(true);
    options.set_ignore_iccp_chunk(true);
    let mut decoder = Decoder::new_with_options(Cursor::new(bytes), options);
    decoder.set_limits(Limits { bytes: usize::try_from(MAX_PIXELS * 8).ok()? });
    decoder.set_transformations(Transformations::normalize_to_color8());
    let mut reader = decoder.read_info().ok()?;
    let mut values = vec![0; reader.output_buffer_size()?];
    let info = reader.next_frame(&mut values).ok()?;
    values.truncate(info.buffer_size());
    let channels = match info.color_type {
        ColorType::Grayscale => 1,
        ColorType::GrayscaleAlpha => 2,
        ColorType::Rgb => 3,
        ColorType::Rgba => 4,
        ColorType::Indexed => return None,
    };
    let (width, height) = (info.width as usize, info.height as usize);
    Some(Pixels { width, height, channels, values }.without_needless_alpha())
}

impl Pixels {
    /// Without opacity, if all is opaque.
    fn without_needless_alpha(mut self) -> Self {
        let colours = self.channels - 1;
        if self.has_alpha() && self.values.chunks_exact(self.channels).all(|it| it[colours] == 255)
        {
            let pixels = self.values.chunks_exact(self.channels);
            self.values = pixels.flat_map(|it| it[..colours].iter().copied()).collect();
            self.channels = colours;
        }
        self
    }
}
