//! Small images of each kind with [`TOKEN`] in every place that metadata has.

use jpeg_encoder::{ColorType, Encoder, SamplingFactor};

/// Stands in all metadata, and nowhere in a picture.
pub(super) const TOKEN: &str = "TOKEN-7391";

/// An EXIF block with a position, four names and a thumbnail.
pub(super) fn exif(little: bool, orientation: u8) -> Vec<u8> {
    let order = Order { little };
    let text = |it: &str| format!("{it} {TOKEN}\0").into_bytes();
    let wide: Vec<u8> = format!("写 {TOKEN}").encode_utf16().flat_map(u16::to_le_bytes).collect();
    let place = [39, 1, 54, 1, 26, 1].map(|it| order.u32(it)).concat();
    let mut block = if little { b"II*\0".to_vec() } else { b"MM\0*".to_vec() };
    block.extend(order.u32(8));
    let entries = [
        (0x010e, 2, text("caption")),
        (0x0112, 3, order.u16(orientation.into()).to_vec()),
        (0x013b, 2, text("摄影")),
        (0x8298, 2, [text("holder"), text("editor")].concat()),
        (0x8769, 4, order.u32(500).to_vec()),
        (0x8825, 4, order.u32(700).to_vec()),
        (0x9c9d, 1, wide),
    ];
    order.directory(&mut block, 8, &entries);
    order.directory(&mut block, 500, &[(0xa430, 2, text("owner")), (0x927c, 7, text("maker"))]);
    let entries = [(1, 2, b"N\0".to_vec()), (2, 5, place.clone()), (4, 5, place)];
    order.directory(&mut block, 700, &entries);
    block.extend(TOKEN.bytes());
    block
}

/// The order of bytes in a block.
struct Order {
    little: bool,
}

impl Order {
    fn u16(&self, number: u16) -> [u8; 2] {
        if self.little { number.to_le_bytes() } else { number.to_be_bytes() }
    }

    fn u32(&self, number: u32) -> [u8; 4] {
        if self.little { number.to_le_bytes() } else { number.to_be_bytes() }
    }

    fn directory(&self, block: &mut Vec<u8>, at: usize, entries: &[(u16, u16, Vec<u8>)]) {
        assert!(block.len() <= at, "directories overlap");
        block.resize(at, 0);
        block.extend(self.u16(entries.len().try_into().unwrap()));
        let mut values: Vec<u8> = Vec::new();
        let start = at + 2 + entries.len() * 12 + 4;
        for (tag, kind, value) in entries {
            let unit = [1, 1, 1, 2, 4, 8, 1, 1][usize::from(*kind)];
            block.extend(self.u16(*tag));
            block.extend(self.u16(*kind));
            block.extend(self.u32((value.len() / unit).try_into().unwrap()));
            if value.len() <= 4 {
                block.extend(value);
                block.resize(block.len() + 4 - value.len(), 0);
            } else {
                block.extend(self.u32((start + values.len()).try_into().unwrap()));
                values.extend(value);
            }
        }
        block.extend(self.u32(0));
        block.extend(values);
    }
}

/// An XMP packet with a position and three names.
pub(super) fn xmp() -> Vec<u8> {
    format!(
        r#"<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?>
        <x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF><rdf:Description rdf:about=""
            photoshop:Credit="A&amp;B {TOKEN}" exif:GPSLatitude="39,54.4N" xmp:Rating="5">
        <dc:creator><rdf:Seq><rdf:li>作者 {TOKEN}</rdf:li></rdf:Seq></dc:creator>
        <dc:rights><rdf:Alt><rdf:li xml:lang="x-default">&lt;{TOKEN}&gt;</rdf:li></rdf:Alt></dc:rights>
        <xmp:CreatorTool>{TOKEN}</xmp:CreatorTool>
        </rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>"#
    )
    .into_bytes()
}

/// Photoshop's resources with two names in IPTC and a path.
fn photoshop() -> Vec<u8> {
    let field = |number: u8, text: &str| {
        let text = format!("{text} {TOKEN}");
        [&[0x1c, 2, number, 0, text.len().try_into().unwrap()], text.as_bytes()].concat()
    };
    let fields = [field(80, "by"), field(5, "title"), field(110, "credit")].concat();
    let length = u32::try_from(fields.len()).unwrap().to_be_bytes();
    let path = [&b"8BIM\x07\xd0\x03abc\0\0\0\x0a"[..], TOKEN.as_bytes()].concat();
    [b"Photoshop 3.0\0", &path[..], b"8BIM\x04\x04\0\0", &length, &fields].concat()
}

/// A picture of 24 × 16 whose left upper corner is white.
pub(super) fn bare_jpeg(progressive: bool) -> Vec<u8> {
    let (width, height) = (24, 16);
    let pixel = |index: usize| if index % 24 < 8 && index / 24 < 8 { [255; 3] } else { [0, 80, 0] };
    let pixels: Vec<u8> = (0..width * height).flat_map(pixel).collect();
    let mut out = Vec::new();
    let mut encoder = Encoder::new(&mut out, 90);
    encoder.set_sampling_factor(SamplingFactor::F_2_1);
    encoder.set_progressive(progressive);
    encoder.set_restart_interval(1);
    encoder.encode(&pixels, 24, 16, ColorType::Rgb).unwrap();
    out
}

/// The picture with metadata.
pub(super) fn jpeg(orientation: u8, progressive: bool) -> Vec<u8> {
    let bare = bare_jpeg(progressive);
    let segment = |marker: u8, parts: &[&[u8]]| {
        let payload = parts.concat();
        let length = u16::try_from(payload.len() + 2).unwrap().to_be_bytes();
        [&[0xff, 0xff, marker], &length[..], &payload].concat()
    };
    let token = TOKEN.as_bytes();
    let thumbnail = [b'T'; 9];
    let mut out = bare[..2].to_vec();
    out.extend(segment(0xe0, &[b"JFIF\0\x01\x02\0\0\x01\0\x01\x01\x03", &thumbnail]));
    out.extend(segment(0xe0, &[b"JFXX\0\x10", token]));
    out.extend(segment(0xe1, &[b"Exif\0\0", &exif(false, orientation)]));
    out.extend(segment(0xe1, &[b"http://ns.adobe.com/xap/1.0/\0", &xmp()]));
    let extension = format!("<a:a xmlns:a='a'><a:PersonInImage>脸 {TOKEN}</a:PersonInImage></a:a>");
    let head = [0; 40];
    out.extend(segment(
        0xe1,
        &[b"http://ns.adobe.com/xmp/extension/\0", &head, extension.as_bytes()],
    ));
    out.extend(segment(0xe2, &[b"MPF\0", token]));
    out.extend(segment(0xe2, &[b"ICC_PROFILE\0\x01\x01", token]));
    out.extend(segment(0xed, &[&photoshop()]));
    for marker in [0xe3, 0xe4, 0xe5, 0xe6, 0xe7, 0xe8, 0xe9, 0xea, 0xeb, 0xec, 0xef, 0xfe, 0xf7] {
        out.extend(segment(marker, &[token]));
    }
    // Between the segments, and after the end.
    out.extend(token);
    out.extend(&bare[20..]);
    out.extend(token);
    out.extend(&bare);
    out
}

/// A chunk of a PNG, whose checksum nobody looks at.
pub(super) fn png_chunk(name: [u8; 4], data: &[u8]) -> Vec<u8> {
    let length = u32::try_from(data.len()).unwrap().to_be_bytes();
    [&length[..], &name, data, b"CRC!"].concat()
}

/// A PNG, and without metadata but for the place where its orientation stands.
pub(super) fn png(orientation: u8) -> (Vec<u8>, [Vec<u8>; 2]) {
    let text = |key: &str| [key.as_bytes(), b"\0", TOKEN.as_bytes()].concat();
    let header =
        [&b"\x89PNG\r\n\x1a\n"[..], &png_chunk(*b"IHDR", &[0, 0, 0, 2, 0, 0, 0, 1, 8, 2, 0, 0, 0])]
            .concat();
    let profile = png_chunk(*b"iCCP", &text("colours"));
    let frames = [png_chunk(*b"acTL", &[1; 8]), png_chunk(*b"fcTL", &[1; 26])].concat();
    let data = [png_chunk(*b"IDAT", b"picture"), png_chunk(*b"fdAT", b"more")].concat();
    let end = png_chunk(*b"IEND", b"");
    let packet = [b"XML:com.adobe.xmp\0\0\0\0\0", &xmp()[..]].concat();
    let whole = [
        &header[..],
        &png_chunk(*b"tEXt", &text("Author")),
        &png_chunk(*b"tEXt", &text("Comment")),
        &profile,
        &png_chunk(*b"zTXt", &text("Author")),
        &png_chunk(*b"eXIf", &exif(true, orientation)),
        &png_chunk(*b"iTXt", &packet),
        &frames,
        &data,
        &png_chunk(*b"tIME", TOKEN.as_bytes()),
        &png_chunk(*b"prVt", TOKEN.as_bytes()),
        &png_chunk(*b"zzZz", TOKEN.as_bytes()),
        &end,
        TOKEN.as_bytes(),
    ]
    .concat();
    (whole, [header, [frames, data, end].concat()])
}

/// A chunk of a WebP.
pub(super) fn riff_chunk(name: [u8; 4], data: &[u8]) -> Vec<u8> {
    let length = u32::try_from(data.len()).unwrap().to_le_bytes();
    let padding: &[u8] = if data.len() % 2 == 1 { b"\0" } else { b"" };
    [&name, &length[..], data, padding].concat()
}

/// The file of some chunks.
pub(super) fn riff(chunks: &[Vec<u8>]) -> Vec<u8> {
    riff_chunk(*b"RIFF", &[b"WEBP".to_vec(), chunks.concat()].concat())
}

/// A WebP, and without metadata.
pub(super) fn webp(orientation: u8) -> (Vec<u8>, Vec<u8>) {
    let extended = |flags| riff_chunk(*b"VP8X", &[flags, 0, 0, 0, 1, 0, 0, 1, 0, 0]);
    let profile = riff_chunk(*b"ICCP", TOKEN.as_bytes());
    let picture = [riff_chunk(*b"ALPH", b"odd"), riff_chunk(*b"VP8 ", b"picture")].concat();
    let frame = riff_chunk(*b"ANMF", &[&[1; 16], &picture[..]].concat());
    let unknown = riff_chunk(*b"abcd", TOKEN.as_bytes());
    let spoilt = riff_chunk(*b"ANMF", &[&[1; 16], &picture[..], &unknown].concat());
    let mut whole = riff(&[
        extended(0b0011_1110),
        profile,
        unknown,
        spoilt,
        riff_chunk(*b"EXIF", &[b"Exif\0\0", &exif(false, orientation)[..]].concat()),
        riff_chunk(*b"XMP ", &xmp()),
    ]);
    whole.extend(TOKEN.bytes());
    (whole, riff(&[extended(0b0001_0010), frame]))
}

/// A GIF, and without metadata.
pub(super) fn gif() -> (Vec<u8>, Vec<u8>) {
    let header = b"GIF89a\x02\0\x01\0\x80\0\0\xff\xff\xff\0\0\0".to_vec();
    let frame = b"!\xf9\x04\x01\0\0\0\0,\0\0\0\0\x02\0\x01\0\x80aaabbb\x02\x02D\x0a\0".to_vec();
    let repeats = b"!\xff\x0bNETSCAPE2.0\x03\x01\0\0\0".to_vec();
    let sub_block = [&[TOKEN.len().try_into().unwrap()], TOKEN.as_bytes()].concat();
    let mut trailer = vec![1];
    trailer.extend((0..=255).rev());
    trailer.push(0);
    let whole = [
        &header[..],
        b"!\xff\x0bNETSCAPE2.0\x03\x01\0\0",
        &sub_block,
        b"\0!\xfe",
        &sub_block,
        b"\0!\xff\x0bICCRGBG1012",
        &sub_block,
        b"\0!\xff\x0bXMP DataXMP",
        &xmp(),
        &trailer[..],
        &frame,
        b"!\xf9\x04\x01\0\0\0\0!\x01\x0c............",
        &sub_block,
        b"\0",
        &frame[8..],
        b";",
        TOKEN.as_bytes(),
    ]
    .concat();
    (whole, [header, repeats, frame.clone(), frame[8..].to_vec(), b";".to_vec()].concat())
}

/// A box of a HEIF file.
pub(super) fn atom(name: [u8; 4], parts: &[&[u8]]) -> Vec<u8> {
    let body = parts.concat();
    let length = u32::try_from(body.len() + 8).unwrap().to_be_bytes();
    [&length[..], &name, &body].concat()
}

/// What the items of the sample hold, by their numbers from 1 on: a picture, a thumbnail, EXIF,
/// and in a box of its own XMP.
pub(super) fn heif_items() -> [Vec<u8>; 4] {
    let thumbnail = format!("thumbnail {TOKEN}").into_bytes();
    [b"picture".to_vec(), thumbnail, [b"\0\0\0\0", &exif(true, 6)[..]].concat(), xmp()]
}

/// An AVIF file.
pub(super) fn heif() -> Vec<u8> {
    let token = TOKEN.as_bytes();
    let [picture, thumbnail, exif, xmp] = &heif_items();
    let item = |id: u8, kind: &[u8; 4], name: &[u8]| {
        atom(*b"infe", &[&[2, 0, 0, 0, 0, id, 0, 0], kind, name, b"\0"])
    };
    let kinds = [
        item(1, b"av01", token),
        item(2, b"av01", token),
        item(3, b"Exif", token),
        item(4, b"mime", &[token, b"\0application/rdf+xml"].concat()),
    ];
    let kinds = atom(*b"iinf", &[&[0, 0, 0, 0, 0, 4], &kinds.concat()]);
    let thumbnails = atom(*b"iref", &[&[0; 4], &atom(*b"thmb", &[&[0, 2, 0, 1, 0, 1]])]);
    let properties = [
        atom(*b"ispe", &[&[0, 0, 0, 0, 0, 0, 0, 3, 0, 0, 0, 2]]),
        atom(*b"udes", &[token]),
        atom(*b"colr", &[b"prof", token]),
        atom(*b"colr", &[b"nclx\0\x01\0\x0d\0\x06\x80"]),
        atom(*b"free", &[token]),
        atom(*b"irot", &[&[1]]),
    ];
    let numbers = atom(*b"ipma", &[&[0, 0, 0, 0, 0, 0, 0, 1, 0, 1, 3, 0x81, 4, 6]]);
    let properties = atom(*b"iprp", &[&atom(*b"ipco", &[&properties.concat()]), &numbers]);
    let start = |offset: usize| {
        let place = |id: u8, method: u8, start: usize, length: usize| {
            let [start, length] =
                [start, length].map(|it| u32::try_from(it).unwrap().to_be_bytes());
            [&[0, id, 0, method, 0, 0, 0, 1], &start[..], &length].concat()
        };
        let second = offset + picture.len();
        let places = [
            place(1, 0, offset, picture.len()),
            place(2, 0, second, thumbnail.len()),
            place(3, 0, second + thumbnail.len(), exif.len()),
            place(4, 1, 0, xmp.len()),
        ];
        let places = atom(*b"iloc", &[&[1, 0, 0, 0, 0x44, 0, 0, 4], &places.concat()]);
        let data = atom(*b"idat", &[xmp, token]);
        let (free, uuid) = (atom(*b"free", &[token]), atom(*b"uuid", &[token]));
        let handler = atom(*b"hdlr", &[b"\0\0\0\0\0\0\0\0pict", &[0; 12], token, b"\0"]);
        let main = atom(*b"pitm", &[&[0, 0, 0, 0, 0, 1]]);
        let meta: [&[u8]; 9] =
            [&[0; 4], &handler, &main, &kinds, &thumbnails, &properties, &places, &data, &uuid];
        let brand = atom(*b"ftyp", &[b"avif\0\0\0\0avifmif1"]);
        [brand, atom(*b"meta", &meta), free].concat()
    };
    let head = start(start(0).len() + 8);
    [head, atom(*b"mdat", &[picture, thumbnail, exif, token]), atom(*b"mpvd", &[token])].concat()
}

/// A drawing with everything that goes.
pub(super) fn svg(image: &str) -> String {
    format!(
        r##"<?xml version="1.0" encoding="utf-8" standalone="no"?>
<!-- {TOKEN} --><?pi {TOKEN}?><!DOCTYPE svg SYSTEM "{TOKEN}">
<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:sodipodi="{TOKEN}"
  xmlns:h="http://www.w3.org/1999/xhtml" sodipodi:docname="{TOKEN}" ONLOAD="{TOKEN}" viewBox='0 0 "9" 9'>
<metadata><dc:creator><cc:Agent>画家 {TOKEN}</cc:Agent></dc:creator><g>{TOKEN}</g></metadata>
<script>{TOKEN}</script><script href="{TOKEN}"/><h:iframe src="{TOKEN}"/><SCRIPT>{TOKEN}</SCRIPT>
<foreignObject><h:p>{TOKEN}</h:p></foreignObject><g xmlns="">{TOKEN}</g>
<a xlink:href="java&#x0a;Script:{TOKEN}" href="https://example.cn/"><set attributeName="xlink:href" to="{TOKEN}"/></a>
<text xml:base="{TOKEN}" style="fill:url( JavaScript:{TOKEN})" sodipodi:x="{TOKEN}" xml:lang="zh">文&amp;字<![CDATA[ < ]]></text>
<title>{TOKEN}</title><desc>{TOKEN}</desc><view id="{TOKEN}"/><font-face><font-face-uri xlink:href="{TOKEN}"/></font-face>
<style>@import "{TOKEN}"; /* {TOKEN} */ @font-face {{ src: url(https://{TOKEN}) }} .{TOKEN}:hover {{ fill: red }}
.a {{ fill: url(https://{TOKEN}) }} .b {{ content: "{TOKEN}" }} .c {{ stroke: red }} [id="{TOKEN}"] {{ fill: red }}</style>
<path id="{TOKEN}" class="c {TOKEN}" data-a="{TOKEN}" aria-label="{TOKEN}" fill="url(//{TOKEN})" d="{TOKEN}://a" stroke="#fff"/>
<image href="https://{TOKEN}"/><image href="{TOKEN}.png"/><use xlink:href="{TOKEN}.svg#a"/><feImage href="//{TOKEN}"/>
<image xlink:href="data:image/any;base64,{image}"/></svg><!-- {TOKEN} -->"##
    )
}

/// The drawing that is published.
pub(super) fn published_svg(image: &str) -> String {
    format!(
        r##"<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"><g/><text style="fill:none" xml:lang="zh">文&amp;字 &lt; </text><style>.a{{fill:none}}.c{{stroke:red}}</style><path class="c" fill="none" stroke="#fff"/><image/><image/><use/><feImage/><image xlink:href="data:image/jpeg;base64,{image}"/></svg>"##
    )
}
