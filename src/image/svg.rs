//! SVG: a drawing written in XML, which may also hold scripts, and photos as texts.
//!
//! What stays are the elements and attributes of SVG itself: editors keep the author, the history
//! and the folders of their computer in namespaces of their own.
//!
//! ```text
//! <svg xmlns="http://www.w3.org/2000/svg" xmlns:ink="urn:x" ink:docname="C:\a.svg">
//!   <metadata>王芳</metadata><!-- draft --><path d="M0 0" onclick="f()"/></svg>
//!
//! becomes
//!
//! <svg xmlns="http://www.w3.org/2000/svg">
//!   <path d="M0 0"/></svg>
//! ```
//!
//! Photos in links (`data:image/png;base64,…`) are decoded, published like any other image and
//! encoded again. An image that stands anywhere else, in a style sheet for example, refuses the
//! drawing: it could not be cleaned there.
//!
//! Addresses in style sheets, and in attributes other than links, are not examined.

use std::borrow::Cow;

use base64::{
    Engine as _, alphabet,
    engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig, general_purpose::STANDARD},
};
use quick_xml::{
    NsReader, Reader,
    escape::unescape,
    events::{BytesDecl, BytesStart, Event, attributes::Attribute},
    name::ResolveResult,
};

use crate::image::{block::MetadataBlock, unreadable::Unreadable};

/// Takes the metadata out of an image. A parameter, since [`publish`](crate::image::publish) calls
/// this module: files of a folder form no circle.
type Publish = fn(&[u8]) -> Result<Cow<'_, [u8]>, Unreadable>;

const SVG: &str = "http://www.w3.org/2000/svg";
const XLINK: &str = "http://www.w3.org/1999/xlink";
const XML: &str = "http://www.w3.org/XML/1998/namespace";

/// How an address begins that holds an image.
const IMAGE: &str = "data:image/";

/// Drawings are some dozen elements deep. Deeper ones are refused.
const MAX_DEPTH: usize = 256;

/// Elements that do not draw, or run programs when the image is opened by itself. In lower case.
/// Their content goes with them.
const DROPPED: [&str; 9] = [
    "metadata",
    "script",
    "foreignobject",
    "handler",
    "listener",
    "iframe",
    "embed",
    "object",
    "prefetch",
];

/// Whether the bytes may be an SVG: they begin as a text in XML does.
pub(super) fn is_markup(bytes: &[u8]) -> bool {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    bytes.trim_ascii_start().starts_with(b"<")
}

/// The drawing without metadata, comments and scripts. Refused if it is no SVG, is not well-formed,
/// is not in UTF-8, or uses entities of its own, which may hide anything.
/// `publish` does so for the images in it, of any format.
pub(super) fn publish(bytes: &[u8], publish: Publish) -> Result<Vec<u8>, Unreadable> {
    let text = std::str::from_utf8(bytes).map_err(|_| Unreadable)?;
    let mut reader = NsReader::from_str(text.strip_prefix('\u{feff}').unwrap_or(text));
    let mut drawing = Drawing::new(text.len(), publish);
    loop {
        let event = reader.read_event().map_err(|_| Unreadable)?;
        match event {
            Event::Decl(declaration) => drawing.declaration(&declaration, text)?,
            Event::Start(tag) => drawing.start(&reader, &tag)?,
            Event::Empty(tag) => drawing.tag(&reader, &tag, "/>").map(|_| ())?,
            Event::End(tag) => drawing.end(tag.name().as_ref()),
            Event::Text(part) => drawing.text(&part)?,
            Event::CData(part) => drawing.inside(&["<![CDATA[", &part, "]]>"])?,
            Event::GeneralRef(name) => drawing.inside(&["&", &name, ";"])?,
            Event::Comment(_) | Event::PI(_) | Event::DocType(_) => {}
            Event::Eof if drawing.has_root && drawing.depth == 0 => {
                return Ok(drawing.out.into_bytes());
            }
            Event::Eof => return Err(Unreadable),
        }
    }
}

/// What has been written of a drawing. It is written while the source is read, event by event;
/// nothing is kept of the source.
struct Drawing {
    publish: Publish,
    /// What is published, so far.
    out: String,
    /// Whether the `svg` element was opened; there must be exactly one.
    has_root: bool,
    /// How many elements are open.
    depth: usize,
    /// How many were open around the element that is being left out. None while everything is
    /// written.
    dropped: Option<usize>,
}

impl Drawing {
    /// An empty drawing. `capacity` is the length of the source in bytes, which what is left seldom
    /// exceeds.
    fn new(capacity: usize, publish: Publish) -> Self {
        let out = String::with_capacity(capacity);
        Self { publish, out, has_root: false, depth: 0, dropped: None }
    }

    /// Writes the XML declaration. An encoding other than UTF-8 is refused unless the text is
    /// ASCII: its bytes would be read as other letters. It is written in one form, and only if it
    /// comes first.
    fn declaration(&mut self, declaration: &BytesDecl<'_>, text: &str) -> Result<(), Unreadable> {
        let is_utf8 = match declaration.encoding() {
            Some(encoding) => encoding.map_err(|_| Unreadable)?.eq_ignore_ascii_case("utf-8"),
            None => true,
        };
        if !is_utf8 && !text.is_ascii() {
            return Err(Unreadable);
        }
        if self.out.is_empty() {
            self.out.push_str(r#"<?xml version="1.0" encoding="UTF-8"?>"#);
        }
        Ok(())
    }

    /// Opens an element, or begins to leave it out with all that is in it. Too deep nesting is
    /// refused, as later readers may recurse.
    fn start(&mut self, reader: &NsReader<&[u8]>, tag: &BytesStart<'_>) -> Result<(), Unreadable> {
        let is_kept = self.tag(reader, tag, ">")?;
        if !is_kept && self.dropped.is_none() {
            self.dropped = Some(self.depth);
        }
        self.depth += 1;
        if self.depth > MAX_DEPTH { Err(Unreadable) } else { Ok(()) }
    }

    /// Writes a tag, and says whether it did. The tag ends with `end`: `>`, or `/>` for an element
    /// without content, which neither opens nor closes anything. The first one must be `svg` in the
    /// namespace of SVG; a second root is refused.
    fn tag(
        &mut self,
        reader: &NsReader<&[u8]>,
        tag: &BytesStart<'_>,
        end: &str,
    ) -> Result<bool, Unreadable> {
        if self.depth == 0 {
            let is_svg = tag.local_name().as_ref() == "svg" && is_drawn(reader, tag);
            if self.has_root || !is_svg {
                return Err(Unreadable);
            }
            self.has_root = true;
        }
        if self.dropped.is_some() {
            return Ok(false);
        }
        let written = written(reader, tag, self.publish)?;
        if let Some(tag) = &written {
            self.out.extend([tag, end]);
        }
        Ok(written.is_some())
    }

    /// Closes an element, or stops leaving out if it is the one with which that began.
    fn end(&mut self, name: &str) {
        // The reader has seen that it closes what is open.
        self.depth -= 1;
        match self.dropped {
            None => self.out.extend(["</", name, ">"]),
            Some(depth) if depth == self.depth => self.dropped = None,
            Some(_) => {}
        }
    }

    /// Copies text inside the root; around it only blanks are allowed.
    fn text(&mut self, text: &str) -> Result<(), Unreadable> {
        if self.depth == 0 && text.trim_ascii().is_empty() {
            self.out.push_str(text);
            return Ok(());
        }
        self.inside(&[text])
    }

    /// Writes what may stand only inside of the drawing: a text, a marked section or a reference.
    /// `parts` are what is written, in pieces; `["&", "amp", ";"]` is a reference. References to
    /// entities that the document declares itself are refused, as is text that holds an image
    /// (`data:image/`). Outside of the root all of it is refused.
    fn inside(&mut self, parts: &[&str]) -> Result<(), Unreadable> {
        if self.dropped.is_some() {
            return Ok(());
        }
        let is_known = parts[0] != "&" || unescape(&parts.concat()).is_ok();
        if self.depth == 0 || !is_known || parts.iter().any(|part| holds_image(part)) {
            return Err(Unreadable);
        }
        self.out.extend(parts.iter().copied());
        Ok(())
    }
}

/// The start of a tag, without its bracket. None if the element is left out. Attributes are kept by
/// [`AttributeKind`], values as they are written in the source, in double quotes. An animation of a
/// link or of a script is left out as a whole.
fn written(
    reader: &NsReader<&[u8]>,
    tag: &BytesStart<'_>,
    publish: Publish,
) -> Result<Option<String>, Unreadable> {
    let local = tag.local_name().as_ref().to_ascii_lowercase();
    if !is_drawn(reader, tag) || DROPPED.contains(&local.as_str()) {
        return Ok(None);
    }
    let mut out = format!("<{}", checked_name(tag.name().as_ref())?);
    for attribute in tag.attributes().with_checks(false) {
        let attribute = attribute.map_err(|_| Unreadable)?;
        let Some(kind) = AttributeKind::of(reader, &attribute) else { continue };
        let value = unescape(&attribute.value).map_err(|_| Unreadable)?;
        // Animations may change any attribute, also those that are not kept.
        if attribute.key.as_ref() == "attributeName" && !is_animated(&value) {
            return Ok(None);
        }
        let Some(value) = kind.value(&attribute, &value, publish)? else { continue };
        let name = checked_name(attribute.key.as_ref())?;
        out.extend([" ", name, "=\"", &value.replace('"', "&quot;"), "\""]);
    }
    Ok(Some(out))
}

/// Whether an element is one of SVG.
fn is_drawn(reader: &NsReader<&[u8]>, tag: &BytesStart<'_>) -> bool {
    let (namespace, _) = reader.resolver().resolve_element(tag.name());
    matches!(namespace, ResolveResult::Bound(it) if it.as_ref() == SVG)
}

/// A name that is the same to every reader of XML. Letters, digits and `-_.:` only: what else XML
/// allows, some reader may take for the end of the name.
fn checked_name(name: &str) -> Result<&str, Unreadable> {
    let is_plain = |ch: char| ch.is_alphanumeric() || "-_.:".contains(ch);
    if name.chars().all(is_plain) { Ok(name) } else { Err(Unreadable) }
}

/// Whether an animation may change an attribute: neither a link nor a program. `onclick` and
/// `xlink:href` may not, in any case and with any prefix.
fn is_animated(name: &str) -> bool {
    let local = name.rsplit(':').next().unwrap_or(name).trim().to_ascii_lowercase();
    local != "href" && !local.starts_with("on")
}

/// The attributes that are kept. Which those are is decided by namespace: SVG's own, some of `xml:`
/// and `xlink:`, and no others.
#[derive(Clone, Copy, PartialEq)]
enum AttributeKind {
    /// `href` or `xlink:href`: its address must be a safe one, and it may hold an image.
    Link,
    /// Any other attribute that is kept.
    Other,
}

impl AttributeKind {
    /// The kind of an attribute. None if it is left out: event handlers (`on…`), attributes in
    /// foreign namespaces, and declarations of namespaces other than those of SVG and XLink.
    fn of(reader: &NsReader<&[u8]>, attribute: &Attribute<'_>) -> Option<Self> {
        if attribute.key.as_namespace_binding().is_some() {
            return matches!(&*attribute.value, SVG | XLINK).then_some(Self::Other);
        }
        let (namespace, local) = reader.resolver().resolve_attribute(attribute.key);
        let local = local.as_ref();
        match namespace {
            ResolveResult::Unbound if local == "href" => Some(Self::Link),
            ResolveResult::Unbound if local.to_ascii_lowercase().starts_with("on") => None,
            ResolveResult::Unbound => Some(Self::Other),
            ResolveResult::Bound(it) if it.as_ref() == XLINK => match local {
                "href" => Some(Self::Link),
                "title" | "show" => Some(Self::Other),
                _ => None,
            },
            ResolveResult::Bound(it) if it.as_ref() == XML => {
                matches!(local, "lang" | "space" | "id").then_some(Self::Other)
            }
            _ => None,
        }
    }

    /// What is written of a value, `plain` being what it says. None if the attribute is left out. A
    /// value that holds `javascript:`, and a link to a file or of an unknown scheme, leave the
    /// attribute out. `<` in a value is refused, as XML forbids it; so is an image that cannot be
    /// decoded or published.
    fn value(
        self,
        raw: &Attribute<'_>,
        plain: &str,
        publish: Publish,
    ) -> Result<Option<String>, Unreadable> {
        if raw.value.contains('<') {
            return Err(Unreadable);
        }
        let compact = compact(plain);
        if compact.contains("javascript:") || (self == Self::Link && !is_safe(&compact)) {
            return Ok(None);
        }
        if !holds_image(&compact) {
            return Ok(Some(raw.value.to_string()));
        }
        let (head, image) = self.image(plain).ok_or(Unreadable)?;
        let published = publish(&image)?;
        let head = quick_xml::escape::escape(head);
        Ok(Some(format!("{head},{}", STANDARD.encode(published))))
    }

    /// The image in a link, and what stands before it. None if this is no link, or if it is not in
    /// Base64: SVG may also be written with percent signs, which is refused.
    fn image(self, plain: &str) -> Option<(&str, Vec<u8>)> {
        let (head, image) = plain.split_once(',').filter(|_| self == Self::Link)?;
        let is_base64 = compact(head).ends_with(";base64");
        Some((head, from_base64(image).filter(|_| is_base64)?))
    }
}

/// The bytes of a text as browsers read it: broken into lines, and with `=` at its end or without.
/// None if it is no Base64.
fn from_base64(text: &str) -> Option<Vec<u8>> {
    const LENIENT: GeneralPurposeConfig = GeneralPurposeConfig::new()
        .with_decode_allow_trailing_bits(true)
        .with_decode_padding_mode(DecodePaddingMode::Indifferent);
    let text: String = text.split_ascii_whitespace().collect();
    GeneralPurpose::new(&alphabet::STANDARD, LENIENT).decode(text.trim_end_matches('=')).ok()
}

/// Without spaces and in lower case, as a browser reads the start of an address.
fn compact(text: &str) -> String {
    text.chars().filter(|it| *it > ' ').map(|it| it.to_ascii_lowercase()).collect()
}

/// Whether an address leads to a page, to a place in the drawing, or holds an image. `compact` is
/// as [`compact`] returns it. An address without a scheme is relative, or a `#fragment`, and safe;
/// `file:` and `data:text/html` are not.
fn is_safe(compact: &str) -> bool {
    match compact.split_once(':') {
        Some((scheme, _)) if !scheme.contains(['/', '?', '#']) => {
            matches!(scheme, "http" | "https" | "mailto" | "tel") || compact.starts_with(IMAGE)
        }
        _ => true,
    }
}

/// Whether a text holds `data:image/` anywhere, in any case.
fn holds_image(text: &str) -> bool {
    text.as_bytes().windows(IMAGE.len()).any(|it| it.eq_ignore_ascii_case(IMAGE.as_bytes()))
}

/// The metadata: the whole drawing, as names stand in the same elements there as in a packet, and
/// the images in it. Reading stops at the first mistake in the XML. A text that is not UTF-8 is
/// read with replacement characters.
pub(super) fn blocks(bytes: &[u8]) -> Vec<MetadataBlock<'_>> {
    let mut blocks = vec![MetadataBlock::Xmp(bytes.into())];
    let text = String::from_utf8_lossy(bytes);
    let mut reader = Reader::from_str(&text);
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag) | Event::Empty(tag)) => {
                for attribute in tag.attributes().with_checks(false).flatten() {
                    if attribute.key.local_name().as_ref() == "href"
                        && holds_image(&attribute.value)
                    {
                        let image = AttributeKind::Link.image(&attribute.value);
                        blocks.extend(image.map(|it| MetadataBlock::Image(it.1)));
                    }
                }
            }
            Ok(Event::Eof) | Err(_) => return blocks,
            Ok(_) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_is_read_as_browsers_do() {
        for text in ["Zm8=", "Zm8", " Zm\n8 =\n", "Zm9="] {
            assert_eq!(from_base64(text).as_deref(), Some(&b"fo"[..]), "{text:?}");
        }
        for text in ["Zm9vY", "Zm9%", "Zm8=Zm8="] {
            assert_eq!(from_base64(text), None, "{text:?}");
        }
        assert_eq!(from_base64("").as_deref(), Some(&b""[..]));
    }
}
