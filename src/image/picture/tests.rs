//! Pictures of known pixels, in all forms in which they come.

use std::io::Cursor;

use png::{BitDepth, ColorType};
use proptest::prelude::*;

use super::{
    PictureForm::{Jpeg, Png},
    *,
};
use crate::image::samples;

/// A PNG of these values.
fn png(width: u32, height: u32, colours: ColorType, depth: BitDepth, values: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    let mut encoder = ::png::Encoder::new(&mut out, width, height);
    encoder.set_color(colours);
    encoder.set_depth(depth);
    if colours == ColorType::Indexed {
        encoder.set_palette(vec![0, 80, 0, 255, 255, 255]);
    }
    let mut writer = encoder.write_header().unwrap();
    writer.write_image_data(values).unwrap();
    writer.finish().unwrap();
    out
}

/// A photo of a striped field, which is no easier to compress than a real one.
fn photo(width: u16, height: u16) -> Vec<u8> {
    let pixel = |index: usize| {
        let noise = (index.wrapping_mul(2_654_435_761) >> 7) & 31;
        [noise + 96, (index / 40) % 160 + noise, noise + 40].map(|it| it.to_le_bytes()[0])
    };
    let values: Vec<u8> = (0..usize::from(width) * usize::from(height)).flat_map(pixel).collect();
    let mut out = Vec::new();
    let encoder = jpeg_encoder::Encoder::new(&mut out, 95);
    encoder.encode(&values, width, height, jpeg_encoder::ColorType::Rgb).unwrap();
    out
}

/// The file of a copy.
fn copy(bytes: &[u8], width: u32, form: PictureForm) -> Result<Vec<u8>, Unreadable> {
    UprightPicture::of(bytes)?.copy(width, form)
}

/// The pixels of what is published.
#[track_caller]
fn published(bytes: &[u8], width: u32, form: PictureForm) -> Pixels {
    let out = copy(bytes, width, form).expect("a whole picture");
    assert_eq!(out.starts_with(b"\x89PNG"), form == Png);
    let picture = Picture::of(&out).expect("what is published is a picture");
    let (pixels, orientation) = decode(&out).unwrap();
    assert_eq!(orientation, None);
    assert_eq!((picture.width as usize, picture.height as usize), (pixels.width, pixels.height));
    pixels
}

#[test]
fn photos_stand_upright_in_all_orientations() {
    for (orientation, (right, bottom)) in (1..=8).zip(
        [(false, false), (true, false), (true, true), (false, true)].into_iter().cycle().take(8),
    ) {
        let bytes = samples::jpeg(orientation, orientation % 2 == 0);
        let size = if orientation < 5 { (24, 16) } else { (16, 24) };
        let picture = Picture::of(&bytes).unwrap();
        assert_eq!((picture.width, picture.height), size, "{orientation}");
        let pixels = published(&bytes, LARGEST, Png);
        assert_eq!((pixels.width, pixels.height), (size.0 as usize, size.1 as usize));
        for (x, y) in (0..pixels.width).flat_map(|x| (0..pixels.height).map(move |y| (x, y))) {
            let across = if right { pixels.width - 1 - x } else { x };
            let down = if bottom { pixels.height - 1 - y } else { y };
            let is_white = pixels.values[(y * pixels.width + x) * pixels.channels] > 150;
            assert_eq!(is_white, across < 8 && down < 8, "{orientation}: {x}, {y}");
        }
    }
}

#[test]
fn nothing_but_the_picture_is_published() {
    for form in [Jpeg, Png] {
        let out = copy(&samples::jpeg(6, false), LARGEST, form).unwrap();
        for planted in [samples::TOKEN, "Exif", "JFXX", "ICC_PROFILE", "the colours", "xpacket"] {
            let is_there = out.windows(planted.len()).any(|it| it == planted.as_bytes());
            assert!(!is_there, "{planted}");
        }
    }
    let text = b"\0\0\0\x1ctEXtComment\0TOKEN-7391 somewhere";
    let mut bytes = png(2, 2, ColorType::Rgb, BitDepth::Eight, &[9; 12]);
    bytes.splice(33..33, text.iter().copied().chain([0; 4]));
    let out = copy(&bytes, LARGEST, Png).unwrap();
    assert!(!out.windows(5).any(|it| it == b"TOKEN"));
    assert_eq!(decode(&out).unwrap().0.values, [9; 12]);
}

#[test]
fn a_photo_of_a_phone_becomes_small_on_a_phone() {
    let bytes = photo(3000, 4000);
    assert!(bytes.len() > 8_000_000, "{}", bytes.len());
    let picture = Picture::of(&bytes).unwrap();
    assert_eq!(picture.smaller().collect::<Vec<_>>(), SMALLER);
    assert_eq!(picture.within(LARGEST), (1600, 2133));
    for width in SMALLER {
        let out = copy(&bytes, width, Jpeg).unwrap();
        assert!(out.len() <= 200_000, "{width}: {}", out.len());
        assert_eq!(Picture::of(&out).map(|it| it.width), Some(width));
    }
}

#[test]
fn colours_of_all_kinds_are_right() {
    let (green, white) = ([0, 80, 0], [255, 255, 255]);
    for (colours, depth, values, expected) in [
        (ColorType::Rgb, BitDepth::Eight, vec![0, 80, 0, 255, 255, 255], [green, white]),
        (
            ColorType::Rgb,
            BitDepth::Sixteen,
            vec![0, 1, 80, 2, 0, 3, 255, 4, 255, 5, 255, 6],
            [green, white],
        ),
        (ColorType::Indexed, BitDepth::One, vec![0b0100_0000], [green, white]),
        (ColorType::Grayscale, BitDepth::One, vec![0b0100_0000], [[0; 3], white]),
        (ColorType::GrayscaleAlpha, BitDepth::Eight, vec![7, 0, 9, 255], [white, [9; 3]]),
        (ColorType::Rgba, BitDepth::Eight, vec![1, 2, 3, 0, 255, 255, 255, 9], [white, white]),
    ] {
        let bytes = png(2, 1, colours, depth, &values);
        let pixels = published(&bytes, LARGEST, Jpeg);
        let shown = |index: usize| {
            let pixel = &pixels.values[index * pixels.channels..];
            if pixels.channels == 1 { [pixel[0]; 3] } else { [pixel[0], pixel[1], pixel[2]] }
        };
        // Both pixels share one colour in a JPEG, so brightness is what is compared.
        let brightness = |it: [u8; 3]| {
            (u32::from(it[0]) * 30 + u32::from(it[1]) * 59 + u32::from(it[2]) * 11) / 100
        };
        for (index, expected) in expected.into_iter().enumerate() {
            let difference = brightness(shown(index)).abs_diff(brightness(expected));
            assert!(difference < 10, "{colours:?} {depth:?} {index}: {:?}", shown(index));
        }
    }
}

#[test]
fn transparency_stays_in_png() {
    let values = [10, 20, 30, 0, 200, 100, 50, 128];
    let bytes = png(2, 1, ColorType::Rgba, BitDepth::Eight, &values);
    assert_eq!(Picture::of(&bytes).map(|it| it.source), Some(PictureSource::Drawing));
    assert_eq!(published(&bytes, LARGEST, Png).values, values);
    // What is not seen does not count for the colour of the mean.
    assert_eq!(published(&bytes, 1, Png).values, [200, 100, 50, 64]);
}

#[test]
fn means_are_those_of_the_area() {
    let bytes = png(3, 1, ColorType::Grayscale, BitDepth::Eight, &[0, 90, 240]);
    assert_eq!(published(&bytes, 2, Png).values, [30, 190]);
    assert_eq!(published(&bytes, 1, Png).values, [110]);
}

#[test]
fn few_colours_make_a_small_file() {
    let stripes: Vec<u8> = (0..600_usize * 400)
        .flat_map(|it| if (it * 7919) % 13 < 5 { [200, 0, 0] } else { [255; 3] })
        .collect();
    let bytes = png(600, 400, ColorType::Rgb, BitDepth::Eight, &stripes);
    let out = copy(&bytes, LARGEST, Png).unwrap();
    assert!(out.len() < bytes.len(), "{} {}", out.len(), bytes.len());
    assert!(decode(&out).unwrap().0.values == stripes);
}

/// The PNG with a text.
fn with_text(png: &[u8], name: [u8; 4], text: &[u8]) -> Vec<u8> {
    let chunk = samples::png_chunk(name, text);
    [&png[..33], &chunk, &png[33..]].concat()
}

#[test]
fn the_mark_of_generated_pictures_stays() {
    let bare = png(2, 1, ColorType::Rgb, BitDepth::Eight, &[9; 6]);
    let source = b"..http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia..";
    let photo = samples::jpeg(1, false);
    let packet = [&[0; 16], &source[..]].concat();
    let length = u16::try_from(packet.len() + 2).unwrap().to_be_bytes();
    for (bytes, expected) in [
        (bare.clone(), false),
        (with_text(&bare, *b"caBX", source), true),
        (with_text(&bare, *b"caBX", b"signed by a camera"), false),
        (with_text(&bare, *b"tEXt", b"AIGC\0{\"Label\":\"1\"}"), true),
        (photo.clone(), false),
        ([&photo[..2], &[0xff, 0xeb], &length, &packet, &photo[2..]].concat(), true),
    ] {
        assert_eq!(Picture::of(&bytes).unwrap().generated, expected);
        for form in [Jpeg, Png] {
            let out = copy(&bytes, LARGEST, form).unwrap();
            let found = crate::image::metadata(&out);
            assert_eq!(found, crate::image::Metadata { generated: expected, ..Default::default() });
            assert_eq!(out.windows(10).any(|it| it == b"TC260:AIGC"), expected);
            assert!(!out.windows(8).any(|it| it == b"iptc.org"));
        }
    }
}

#[test]
fn small_pictures_have_one_size() {
    for (width, sizes) in [(300, 0), (480, 0), (599, 0), (600, 1), (1199, 1), (1200, 2), (9000, 2)]
    {
        let (source, generated) = (PictureSource::Jpeg, false);
        let picture = Picture { width, height: 1, source, generated };
        assert_eq!(picture.smaller().count(), sizes, "{width}");
        let other = Picture { source: PictureSource::Other, ..picture };
        assert_eq!((other.smaller().count(), other.within(LARGEST)), (0, (width, 1)));
    }
}

#[test]
fn broken_pictures_are_refused() {
    let whole = samples::bare_jpeg(false);
    for end in [0, 2, 100, whole.len() / 2, whole.len() - 2] {
        assert_eq!(Picture::of(&whole[..end]), None, "{end}");
        assert_eq!(copy(&whole[..end], LARGEST, Jpeg), Err(Unreadable), "{end}");
    }
    let whole = png(40, 40, ColorType::Rgb, BitDepth::Eight, &[77; 4800]);
    for end in [0, 8, 30, whole.len() / 2, whole.len() - 12] {
        assert_eq!(copy(&whole[..end], LARGEST, Png), Err(Unreadable), "{end}");
    }
    let mut damaged = whole.clone();
    damaged[50] ^= 0x10;
    assert_eq!(copy(&damaged, LARGEST, Png), Err(Unreadable));
}

#[test]
fn bombs_are_not_decoded() {
    let mut bytes = png(1, 1, ColorType::Rgb, BitDepth::Eight, &[0; 3]);
    bytes[16..24].copy_from_slice(&[0, 0, 0x75, 0x30, 0, 0, 0x75, 0x30]);
    let picture = Picture::of(&bytes).unwrap();
    assert_eq!((picture.width, picture.height), (30_000, 30_000));
    assert!(picture.is_too_large());
    assert_eq!(copy(&bytes, LARGEST, Png), Err(Unreadable));
    let mut bytes = samples::bare_jpeg(false);
    let frame = bytes.windows(5).position(|it| it == [0xff, 0xc0, 0, 17, 8]).unwrap();
    bytes[frame + 5..][..4].fill(0xff);
    assert_eq!(Picture::of(&bytes), None);
}

#[test]
fn sizes_of_other_formats() {
    let size = |bytes: &[u8]| Picture::of(bytes).map(|it| (it.width, it.height, it.source));
    assert_eq!(size(&samples::gif().0), Some((2, 1, PictureSource::Other)));
    assert_eq!(size(&samples::webp(1).0), Some((2, 2, PictureSource::Other)));
    // Turned by EXIF, by a property; 6 and 8 lie on their side.
    assert_eq!(size(&samples::heif()), Some((2, 3, PictureSource::Other)));
    let tall = samples::riff_chunk(*b"VP8X", &[8, 0, 0, 0, 3, 0, 0, 1, 0, 0]);
    for (orientation, expected) in [(1, (4, 2)), (3, (4, 2)), (6, (2, 4)), (8, (2, 4))] {
        let exif = samples::riff_chunk(*b"EXIF", &samples::exif(false, orientation));
        let size = size(&samples::riff(&[tall.clone(), exif]));
        assert_eq!(size.map(|it| (it.0, it.1)), Some(expected), "{orientation}");
    }
    let lossless = samples::riff_chunk(*b"VP8L", &[0x2f, 0x2b, 0xc1, 0x12, 0]);
    assert_eq!(size(&samples::riff(&[lossless])), Some((300, 76, PictureSource::Other)));
    let lossy = samples::riff_chunk(*b"VP8 ", &[0, 0, 0, 0x9d, 1, 0x2a, 0x2c, 1, 0xc8, 0]);
    assert_eq!(size(&samples::riff(&[lossy])), Some((300, 200, PictureSource::Other)));
}

proptest! {
    #[test]
    fn every_size_has_the_mean_of_the_whole(
        (width, height) in (1_u32..40, 1_u32..40),
        to in 1_u32..40,
        seed in any::<u32>(),
    ) {
        let value = |it: u32| it.wrapping_mul(seed | 1).to_le_bytes()[3];
        let values: Vec<u8> = (0..width * height).map(value).collect();
        let bytes = png(width, height, ColorType::Grayscale, BitDepth::Eight, &values);
        let pixels = published(&bytes, to, Png);
        prop_assert_eq!(pixels.width, width.min(to) as usize);
        let mean = |it: &[u8]| it.iter().map(|it| f64::from(*it)).sum::<f64>() / f64::from(u32::try_from(it.len()).unwrap());
        prop_assert!((mean(&values) - mean(&pixels.values)).abs() < 0.75);
    }

    #[test]
    fn mutated_pictures_give_a_picture_or_an_error(
        which in 0..3_usize,
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6),
    ) {
        let mut bytes = match which {
            0 => samples::bare_jpeg(true),
            1 => samples::jpeg(5, false),
            _ => png(9, 7, ColorType::Rgba, BitDepth::Eight, &[5; 252]),
        };
        for (index, value) in changes {
            *index.get_mut(&mut bytes) = value;
        }
        for form in [Jpeg, Png] {
            if let Ok(out) = copy(&bytes, 5, form) {
                prop_assert!(::png::Decoder::new(Cursor::new(&out)).read_info().is_ok() == (form == Png));
            }
        }
    }
}
