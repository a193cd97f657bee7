//! What a file is that cannot be shown under its name, by its content.

use crate::image::{format::ImageFormat, heif};

/// What pictures browsers do not show begin with, and what messages call them.
const OTHERS: [(&[u8], &str); 3] = [(b"BM", "bmp"), (b"II*\0", "tiff"), (b"MM\0*", "tiff")];

/// Why browsers cannot show these bytes in a file that `is_drawing` by its name (`.svg`), or is not:
/// what messages call it. Nothing for what they show, and for what is no image.
pub fn foreign(bytes: &[u8], is_drawing: bool) -> Option<&'static str> {
    match ImageFormat::of(bytes) {
        Some(ImageFormat::Heif) if !heif::is_avif(bytes) => Some("heic"),
        Some(ImageFormat::Svg) if !is_drawing => Some("drawing"),
        Some(ImageFormat::Svg) => None,
        Some(_) if is_drawing => Some("pixels"),
        Some(_) => None,
        None => OTHERS.iter().find(|(start, _)| bytes.starts_with(start)).map(|it| it.1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::image::samples;

    #[test]
    fn files_are_what_they_hold() {
        let heic = [&b"\0\0\0\x18ftypheic\0\0\0\0mif1heic"[..], b"rest"].concat();
        for (bytes, is_drawing, expected) in [
            (&heic[..], false, Some("heic")),
            (&samples::heif(), false, None),
            (&samples::bare_jpeg(false), false, None),
            (&samples::bare_jpeg(false), true, Some("pixels")),
            (b"<svg/>", true, None),
            (b"<svg/>", false, Some("drawing")),
            (b"BM rest", false, Some("bmp")),
            (b"II*\0 rest", false, Some("tiff")),
            (b"a text", false, None),
        ] {
            assert_eq!(foreign(bytes, is_drawing), expected, "{}", bytes.escape_ascii());
        }
    }
}
