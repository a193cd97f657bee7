//! Images of every format, with something planted wherever one can.

use std::borrow::Cow;

use base64::{Engine as _, engine::general_purpose::STANDARD};
use proptest::prelude::*;
use zune_jpeg::{
    JpegDecoder,
    zune_core::{bytestream::ZCursor, colorspace::ColorSpace, options::DecoderOptions},
};

use super::{exif::Orientation, samples::*, *};

/// What is published, which has no metadata and would be published again as it is.
#[track_caller]
fn published(bytes: &[u8]) -> Vec<u8> {
    let out = publish(bytes).expect("a whole image").into_owned();
    let wide: Vec<u8> = TOKEN.encode_utf16().flat_map(u16::to_le_bytes).collect();
    for token in [TOKEN.as_bytes(), &wide] {
        assert!(!out.windows(token.len()).any(|it| it == token), "the token is still there");
    }
    assert_eq!(metadata(&out), Metadata::default());
    assert!(matches!(publish(&out), Ok(Cow::Borrowed(_))), "published twice, it changes");
    out
}

#[track_caller]
fn check_found(bytes: &[u8], names: &[&str]) {
    let found = metadata(bytes);
    assert!(found.place);
    let names: Vec<String> = names.iter().map(|it| it.replace('T', TOKEN)).collect();
    assert_eq!(found.names, names);
}

#[test]
fn jpeg_keeps_the_picture_alone() {
    for progressive in [false, true] {
        let bare = bare_jpeg(progressive);
        assert!(matches!(publish(&bare), Ok(Cow::Borrowed(_))));
        let mut out = published(&jpeg(1, progressive));
        // The sample tells of another version and density.
        assert_eq!(&out[..20], b"\xff\xd8\xff\xe0\0\x10JFIF\0\x01\x02\0\0\x01\0\x01\0\0");
        out[..20].copy_from_slice(&bare[..20]);
        assert!(out == bare);
    }
}

#[test]
fn jpeg_stands_upright() {
    // Where the white corner of the stored picture belongs.
    let corners = [(false, false), (true, false), (true, true), (false, true)];
    let corners = [corners, [(false, false), (true, false), (true, true), (false, true)]].concat();
    for (orientation, (right, bottom)) in (1..=8).zip(corners) {
        for progressive in [false, true] {
            let out = published(&jpeg(orientation, progressive));
            let options = DecoderOptions::default().jpeg_set_out_colorspace(ColorSpace::Luma);
            let mut decoder = JpegDecoder::new_with_options(ZCursor::new(&out), options);
            let pixels = decoder.decode().unwrap();
            let (width, height) = decoder.dimensions().unwrap();
            let size = if orientation < 5 { (24, 16) } else { (16, 24) };
            assert_eq!((width, height), size, "{orientation}");
            assert_eq!(decoder.icc_profile(), None);
            for (x, y) in (0..width).flat_map(|x| (0..height).map(move |y| (x, y))) {
                let across = if right { width - 1 - x } else { x };
                let down = if bottom { height - 1 - y } else { y };
                let is_white = pixels[y * width + x] > 150;
                assert_eq!(is_white, across < 8 && down < 8, "{orientation}: {x}, {y}");
            }
        }
    }
}

#[test]
fn jpeg_metadata() {
    let names = ["摄影 T", "holder T", "editor T", "写 T", "owner T"];
    check_found(&jpeg(6, false), &names);
    let whole = jpeg(1, true);
    // Without EXIF, the other blocks speak.
    let start = whole.windows(4).position(|it| it == b"Exif").unwrap();
    let mut whole = whole;
    whole[start] = b'e';
    check_found(&whole, &["A&B T", "作者 T", "<T>", "by T", "credit T"]);
    let end = whole.len() - 1;
    assert_eq!(metadata(&whole[..end / 2]).names[..3], metadata(&whole).names[..3]);
}

#[test]
fn jpeg_that_lies_about_its_size_is_not_turned() {
    let mut bytes = jpeg(6, false);
    let frame = bytes.windows(5).position(|it| it == [0xff, 0xc0, 0, 17, 8]).unwrap();
    bytes[frame + 5..][..4].fill(0xff);
    assert_eq!(publish(&bytes), Err(Unreadable));
}

#[test]
fn png_keeps_the_picture_alone() {
    let (whole, [head, tail]) = png(1);
    assert!(published(&whole) == [head, tail].concat());
    check_found(&whole, &["T", "摄影 T", "holder T", "editor T", "写 T"]);
}

#[test]
fn png_keeps_its_orientation() {
    let (whole, [head, tail]) = png(6);
    let block = Orientation::of(&exif(false, 6)).unwrap().block();
    let mut chunk = png_chunk(*b"eXIf", &block);
    let checksum = chunk.len() - 4;
    chunk[checksum..].copy_from_slice(&[0xb7, 0x48, 0x11, 0x29]);
    assert!(published(&whole) == [head, chunk, tail].concat());
}

#[test]
fn png_with_parts_that_nobody_knows() {
    let (whole, _) = png(1);
    let end = whole.windows(4).position(|it| it == b"zzZz").unwrap();
    let mut strange = whole.clone();
    strange[end] = b'Z';
    assert_eq!(publish(&strange), Err(Unreadable));
}

#[test]
fn webp_keeps_the_picture_alone() {
    let (whole, bare) = webp(1);
    assert!(published(&whole) == bare);
    check_found(&whole, &["摄影 T", "holder T", "editor T", "写 T", "owner T"]);
    let simple = riff(&[riff_chunk(*b"VP8L", b"picture")]);
    assert!(matches!(publish(&simple), Ok(Cow::Borrowed(_))));
    assert_eq!(publish(&riff(&[riff_chunk(*b"ICCP", b"colours")])), Err(Unreadable));
    // Some write no more than the profile and the picture.
    let profile = riff_chunk(*b"ICCP", TOKEN.as_bytes());
    let extended = riff_chunk(*b"VP8X", &[0b0010_0000, 0, 0, 0, 1, 0, 0, 1, 0, 0]);
    published(&riff(&[extended, profile, riff_chunk(*b"VP8 ", b"picture")]));
}

#[test]
fn webp_keeps_its_orientation() {
    let (whole, mut bare) = webp(8);
    let block = riff_chunk(*b"EXIF", &Orientation::of(&exif(true, 8)).unwrap().block());
    bare.extend(block);
    let length = u32::try_from(bare.len() - 8).unwrap();
    bare[4..8].copy_from_slice(&length.to_le_bytes());
    bare[20] |= 0b1000;
    assert!(published(&whole) == bare);
}

#[test]
fn gif_keeps_the_picture_alone() {
    let (whole, bare) = gif();
    assert!(published(&whole) == bare);
    check_found(&whole, &["A&B T", "作者 T", "<T>"]);
    assert!(matches!(publish(&bare), Ok(Cow::Borrowed(_))));
    let without_trailer = &bare[..bare.len() - 1];
    assert!(published(without_trailer) == bare);
    assert_eq!(publish(&bare[..bare.len() - 2]), Err(Unreadable));
}

#[test]
fn heif_keeps_the_picture_alone() {
    let whole = heif();
    let out = published(&whole);
    assert_eq!(out.len(), whole.len());
    assert!(out.windows(7).any(|it| it == b"picture"));
    for gone in [&b"thumbnail"[..], b"Exif", b"mime", b"II*\0", b"xpacket", b"udes", b"mpvd"] {
        assert!(!out.windows(gone.len()).any(|it| it == gone), "{gone:?}");
    }
    check_found(&whole, &["摄影 T", "holder T", "editor T", "写 T", "owner T"]);
}

#[test]
fn heif_whose_items_cannot_be_found() {
    let whole = heif();
    let at = |text: &[u8]| whole.windows(text.len()).position(|it| it == text).unwrap();
    let places = at(b"iloc") + 12;
    let changed = |index: usize, value: u8| {
        let mut bytes = whole.clone();
        bytes[index] = value;
        publish(&bytes).map(Cow::into_owned)
    };
    // The EXIF block lies in another file, in another item, in the picture, and nowhere.
    let third = places + 2 * 16;
    assert!(changed(third + 1, 3).is_ok());
    assert_eq!(changed(third + 5, 1), Err(Unreadable));
    assert_eq!(changed(third + 3, 2), Err(Unreadable));
    assert_eq!(changed(third + 11, whole[places + 11]), Err(Unreadable));
    assert_eq!(changed(third + 8, 0x7f), Err(Unreadable));
    // A movie may show a person, and sounds are heard.
    assert_eq!(changed(at(b"avif"), b'm').map(|it| it.len()), Ok(whole.len()));
    let sound = atom(*b"hdlr", &[b"\0\0\0\0\0\0\0\0soun"]);
    let movie = atom(*b"moov", &[&atom(*b"trak", &[&atom(*b"mdia", &[&sound])])]);
    assert_eq!(publish(&[whole, movie].concat()), Err(Unreadable));
}

/// The bytes with another text of the same length.
fn replaced(bytes: &[u8], from: &str, to: &str) -> Vec<u8> {
    assert_eq!(from.len(), to.len());
    let mut bytes = bytes.to_vec();
    let mut at = 0;
    while let Some(found) = memchr::memmem::find(&bytes[at..], from.as_bytes()) {
        at += found + from.len();
        bytes[at - from.len()..at].copy_from_slice(to.as_bytes());
    }
    bytes
}

#[test]
fn the_mark_of_generated_pictures_stays_in_all_formats() {
    let photo = replaced(&jpeg(1, false), "photoshop:Credit", "photoshop:AIGC__");
    let simple = [riff_chunk(*b"VP8L", b"\x2f\x01\0\0\x10data"), riff_chunk(*b"XMP ", &xmp())];
    let open_end = {
        let mut bytes = heif();
        let last = memchr::memmem::find(&bytes, b"mpvd").unwrap();
        bytes[last - 4..last].fill(0);
        bytes
    };
    let mut old = gif().0;
    old[4] = b'7';
    for whole in [
        photo.clone(),
        jpeg(6, true),
        png(6).0,
        webp(1).0,
        webp(8).0,
        riff(&simple),
        gif().0,
        old,
        heif(),
        open_end,
        svg(&STANDARD.encode(&photo)).into_bytes(),
        br#"<svg xmlns="http://www.w3.org/2000/svg"><metadata>x:AIGC</metadata></svg>"#.to_vec(),
    ] {
        let whole = replaced(&whole, "photoshop:Credit", "photoshop:AIGC__");
        assert!(metadata(&whole).generated, "{}", whole.escape_ascii());
        let out = publish(&whole).expect("a whole image").into_owned();
        assert!(memchr::memmem::find(&out, TOKEN.as_bytes()).is_none());
        let expected = Metadata { generated: true, ..Metadata::default() };
        assert_eq!(metadata(&out), expected, "{}", out.escape_ascii());
        assert!(matches!(publish(&out), Ok(Cow::Borrowed(_))), "published twice, it changes");
        assert!(Picture::of(&out).is_some() || out.starts_with(b"<svg"));
        assert_eq!(Picture::of(&out).map(|it| it.width), Picture::of(&whole).map(|it| it.width));
    }
    // Of what is drawn after the mark nothing is lost.
    let marked =
        publish(&replaced(&gif().0, "photoshop:Credit", "photoshop:AIGC__")).unwrap().into_owned();
    assert!(marked.ends_with(&gif().1[19..]));
}

#[test]
fn samples_of_a_movie_lose_their_names_and_profiles() {
    let token = TOKEN.as_bytes();
    let mut entry = vec![0; 78];
    entry[42..42 + token.len()].copy_from_slice(token);
    let profile = atom(*b"colr", &[b"rICC", token]);
    let entry = atom(*b"av01", &[&entry, &atom(*b"av1C", &[b"kept"]), &profile]);
    let table = atom(*b"stbl", &[&atom(*b"stsd", &[&[0; 8], &entry])]);
    let handler = atom(*b"hdlr", &[b"\0\0\0\0\0\0\0\0pict", &[0; 12], token]);
    let media = [handler, atom(*b"minf", &[&table]), atom(*b"udta", &[token])].concat();
    let movie = atom(*b"moov", &[&atom(*b"trak", &[&atom(*b"mdia", &[&media])])]);
    let brand = atom(*b"ftyp", &[b"avis\0\0\0\0avis"]);
    let out = published(&[brand, movie, atom(*b"mdat", &[b"frames"])].concat());
    assert!(
        ["kept", "frames", "pict"]
            .iter()
            .all(|it| memchr::memmem::find(&out, it.as_bytes()).is_some())
    );
}

#[test]
fn svg_keeps_the_drawing_alone() {
    let photo = STANDARD.encode(jpeg(1, false));
    let bare = STANDARD.encode(publish(&jpeg(1, false)).unwrap());
    let whole = svg(&photo);
    assert_eq!(String::from_utf8(published(whole.as_bytes())).unwrap(), published_svg(&bare));
    check_found(whole.as_bytes(), &["画家 T", "摄影 T", "holder T", "editor T", "写 T"]);
    let clean =
        r#"<svg xmlns="http://www.w3.org/2000/svg"><g fill="red"><path d="M0 0"/></g></svg>"#;
    assert!(matches!(publish(clean.as_bytes()), Ok(Cow::Borrowed(_))));
}

/// What is published of a drawing.
#[track_caller]
fn drawn(text: &str) -> String {
    String::from_utf8(published(text.as_bytes())).unwrap()
}

#[test]
fn svg_that_is_dropped_may_hold_anything() {
    // As Illustrator writes it.
    let text = r##"<!DOCTYPE svg [<!ENTITY ns "http://ns.adobe.com/">
<!ENTITY ns_svg "http://www.w3.org/2000/svg"> <!ENTITY ns_xlink "http://www.w3.org/1999/xlink">]>
<svg xmlns="&ns_svg;" xmlns:xlink="&ns_xlink;" xmlns:i="&ns;"><switch>
<foreignObject requiredExtensions="&ns;"><i:pgf>&ns;data:image/png;</i:pgf></foreignObject>
<g requiredExtensions="http://ns.adobe.com/"><path/></g>
<g i:extraneous="&ns;">x<use xlink:href="#a"/></g></switch></svg>"##;
    let expected = r##"<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"><switch><g><use xlink:href="#a"/></g></switch></svg>"##;
    assert_eq!(drawn(text), expected);
}

#[test]
fn svg_keeps_ids_and_classes_that_something_refers_to() {
    let text = r##"<svg:svg xmlns:svg="http://www.w3.org/2000/svg" id="王芳">
<svg:style>.a &gt; path, #s { fill: red } .b { x: y }</svg:style>
<svg:g id="g1.2" class="a b 王芳"/><svg:g id="张三"/><svg:g id="图"/><svg:g id="s"/><svg:g id="anim"/>
<svg:rect fill="url( '#g1.2' )" id="李四"/><svg:use href="#%E5%9B%BE"/>
<svg:set attributeName="fill" begin="anim.click; 2s" to="red"/></svg:svg>"##;
    let expected = r##"<svg xmlns="http://www.w3.org/2000/svg"><style>.a &gt; path, #s{fill:red}</style><g id="g1.2" class="a"/><g/><g id="图"/><g id="s"/><g id="anim"/><rect fill="url(#g1.2)"/><use href="#%E5%9B%BE"/><set attributeName="fill" begin="anim.click; 2s" to="red"/></svg>"##;
    assert_eq!(drawn(text), expected);
}

#[test]
fn svg_reaches_nothing_outside() {
    for inside in [
        "<script>f()</script>",
        "<style>@import 'a.css';</style>",
        "<style type='text/x'>a{fill:red}</style>",
        "<style media='print'>a{fill:red}</style>",
        "<style>a{fill:red}<g/></style>",
        "<animate attributeName='href' to='a'/>",
        "<set attributeName='xlink:href' to='a'/>",
        "<set attributeName='onclick' to='a'/>",
        "<set attributeName='style' to='a'/>",
        "<handler/><listener/><audio/><video/><iframe/><object/><embed/><canvas/>",
        "<font><glyph/></font><cursor href='a'/><tref href='a'/><color-profile href='a'/>",
    ] {
        let text = format!("<svg xmlns='http://www.w3.org/2000/svg'>{inside}</svg>");
        let left = drawn(&text);
        let is_style = inside.contains("<g/>");
        let expected = if is_style { "<style>a{fill:red}</style>" } else { "" };
        let expected = if expected.is_empty() {
            r#"<svg xmlns="http://www.w3.org/2000/svg"/>"#.to_owned()
        } else {
            format!(r#"<svg xmlns="http://www.w3.org/2000/svg">{expected}</svg>"#)
        };
        assert_eq!(left, expected, "{inside}");
    }
    for attribute in [
        "onload='f()'",
        "ONLOAD='f()'",
        "href='javascript:f()'",
        "href='https://a.cn/#b'",
        "fill='url(https://a.cn/#b)'",
        "filter='url(a.svg#b)'",
        "mask='u\\72l(a)'",
        "values='url(//a.cn/b)'",
        "to='url(//a.cn/b)'",
        "d='//a.cn'",
        "style='cursor:url(//a.cn),auto'",
        "style='background:url(//a.cn)'",
        "tabindex='1' role='img' aria-label='a' data-a='b' version='1.1' xml:base='//a.cn'",
    ] {
        let text = format!("<svg xmlns='http://www.w3.org/2000/svg'><path {attribute}/></svg>");
        let left = drawn(&text);
        let (_, left) = left.split_once("<path").unwrap();
        // An attribute that cannot be drawn may be `none`.
        let is_bare = left == "/></svg>" || left.ends_with("=\"none\"/></svg>");
        assert!(is_bare, "{attribute} became {left}");
    }
}

#[test]
fn svg_that_is_refused() {
    let inside =
        |inside: &str| format!(r#"<svg xmlns="http://www.w3.org/2000/svg">{inside}</svg>"#);
    let nested = format!("{}{}", "<g>".repeat(300), "</g>".repeat(300));
    for text in [
        "<svg/>".to_owned(),
        "<html><svg xmlns='http://www.w3.org/2000/svg'/></html>".to_owned(),
        inside("").repeat(2),
        inside("") + "text",
        inside("<g>"),
        inside("<g a=b/>"),
        inside("<g x='<'/>"),
        inside("<g x='&b;'/>"),
        inside("<g x='1' x='2'/>"),
        inside("<text>&entity;</text>"),
        inside("<g>&entity;</g>"),
        inside("<image href='data:image/png;base64,AAAA'/>"),
        inside("<image href='data:image/svg+xml,%3Csvg/>'/>"),
        inside(
            "<image href='data:image/svg+xml;base64,PHN2ZyB4bWxucz0iaHR0cDovL3d3dy53My5vcmcvMjAwMC9zdmciLz4='/>",
        ),
        inside(&nested),
        format!("<?xml version='1.0' encoding='gbk'?>{}", inside("字")),
        inside("")[..30].to_owned(),
    ] {
        assert_eq!(publish(text.as_bytes()), Err(Unreadable), "{text}");
    }
}

#[test]
fn names_are_short_and_few() {
    let (whole, _) = png(1);
    let author = |name: &[u8]| png_chunk(*b"tEXt", &[b"Author\0", name].concat());
    let names: Vec<u8> = (0..9).flat_map(|it| author(&[b'0' + it; 99])).collect();
    let found = metadata(&[&whole[..8], &names].concat());
    assert_eq!(found.names.len(), 5);
    assert_eq!(found.names[0], "0".repeat(60));
    let names = [author(b" \n"), author(b" a\tb\0"), author(b"a b"), author(b"\xd5\xc5\xc8\xfd")];
    assert_eq!(metadata(&[&whole[..8], &names.concat()].concat()).names, ["a b", "张三"]);
}

#[test]
fn positions_that_are_none() {
    for little in [false, true] {
        let mut block = exif(little, 1);
        block[700..].fill(0);
        let image = riff(&[riff_chunk(*b"EXIF", &block)]);
        assert_eq!(metadata(&image).names.len(), 5);
        assert!(!metadata(&image).place);
    }
}

#[test]
fn bytes_that_are_no_image() {
    let empty = png_chunk(*b"IHDR", &[0, 0, 0, 0, 0, 0, 0, 10, 8, 2, 0, 0, 0]);
    let empty =
        [&b"\x89PNG\r\n\x1a\n"[..], &empty, &png_chunk(*b"IDAT", b""), &png_chunk(*b"IEND", b"")];
    assert_eq!(publish(&empty.concat()), Err(Unreadable));
    for bytes in [&b""[..], b"text", b"\xff\xd8\xff\xd9", b"GIF89a", b"%PDF-1.7", b"\x1f\x8b\x08\0"]
    {
        assert_eq!(publish(bytes), Err(Unreadable));
        assert_eq!(metadata(bytes), Metadata::default());
    }
}

#[test]
fn images_that_break_off() {
    for bytes in samples() {
        let whole = publish(&bytes).unwrap();
        for end in 0..bytes.len() {
            // What breaks off behind the picture is as good as the whole.
            if let Ok(out) = publish(&bytes[..end]) {
                assert!(whole.starts_with(&out) || out.ends_with(b";"), "ends at {end}");
            }
            metadata(&bytes[..end]);
        }
    }
}

/// One image of each kind.
fn samples() -> Vec<Vec<u8>> {
    let photo = STANDARD.encode(gif().0);
    let drawing = svg(&photo).into_bytes();
    vec![jpeg(1, false), jpeg(6, true), png(6).0, webp(6).0, gif().0, heif(), drawing]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn any_bytes_are_read(bytes: Vec<u8>) {
        for sample in samples() {
            let bytes = [&sample[..12], &bytes].concat();
            metadata(&bytes);
            let _ = publish(&bytes);
        }
    }

    #[test]
    fn spoilt_images_are_read(
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6),
        end: prop::sample::Index,
    ) {
        for (kind, mut bytes) in samples().into_iter().enumerate() {
            for (index, value) in &changes {
                *index.get_mut(&mut bytes) = *value;
            }
            bytes.truncate(end.index(bytes.len() * 4) + 1);
            metadata(&bytes);
            if let Ok(out) = publish(&bytes) {
                let again = publish(&out);
                prop_assert!(matches!(again, Ok(Cow::Borrowed(_))), "{kind}: {again:?}");
            }
        }
    }
}
