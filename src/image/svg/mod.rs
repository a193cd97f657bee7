//! SVG: a drawing written in XML, which may also hold scripts, links and photos as texts.
//!
//! A drawing is written anew from what draws something, by the lists in [`allowed`]; what is on
//! none of them is not published. Nothing that is published leads out of the file.
//!
//! ```text
//! <svg xmlns="http://www.w3.org/2000/svg" xmlns:ink="urn:x" ink:docname="C:\a.svg">
//!   <metadata>王芳</metadata><!-- draft --><path id="王芳" d="M0 0" onclick="f()" data-a="b"/>
//!   <a href="https://a.cn"><text>好</text></a></svg>
//!
//! becomes
//!
//! <svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0"/><g><text>好</text></g></svg>
//! ```
//!
//! | part of the file | published |
//! | --- | --- |
//! | elements, attributes | those of the lists |
//! | ids, classes | those that something in the drawing refers to |
//! | style sheets, `style`, properties | what [`css`] understands |
//! | links | `#id`, and photos (`data:image/png;base64,…`), decoded and published like any other |
//! | links of text to pages | the text without the link |
//! | texts | those in `text` |
//! | comments, instructions, DOCTYPE, entities, blanks between elements | nothing |
//!
//! `drawing` reads the source event by event into the parts of `piece`; `write`, the second look,
//! knows what is referred to.

mod allowed;
mod css;
mod drawing;
mod link;
mod piece;
mod write;

use quick_xml::{
    NsReader, Reader,
    events::{BytesDecl, Event},
};

use self::{
    drawing::{Drawing, SVG, XLINK},
    link::Publish,
    write::write,
};
use crate::image::{block::MetadataBlock, unreadable::Unreadable};

/// Whether the bytes may be an SVG: they begin as a text in XML does.
pub(super) fn is_markup(bytes: &[u8]) -> bool {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    bytes.trim_ascii_start().starts_with(b"<")
}

/// The drawing, and nothing else. Refused if it is no SVG, is not well-formed, is not in UTF-8,
/// uses entities of its own in what is published, which may hide anything, or holds a photo that is
/// none. `publish` takes the metadata out of photos, of any format.
pub(super) fn publish(bytes: &[u8], publish: Publish) -> Result<Vec<u8>, Unreadable> {
    let text = std::str::from_utf8(bytes).map_err(|_| Unreadable)?;
    let text = with_namespaces(text.strip_prefix('\u{feff}').unwrap_or(text));
    let mut reader = NsReader::from_str(&text);
    let mut drawing = Drawing::new(publish);
    loop {
        let event = reader.read_event().map_err(|_| Unreadable)?;
        match event {
            Event::Decl(declaration) => check_encoding(&declaration, &text)?,
            Event::Start(tag) => drawing.start(&reader, &tag)?,
            Event::Empty(tag) => {
                drawing.start(&reader, &tag)?;
                drawing.end();
            }
            Event::End(_) => drawing.end(),
            Event::Text(part) => drawing.text(&part)?,
            Event::CData(part) => drawing.text(&part)?,
            Event::GeneralRef(name) => drawing.reference(&name)?,
            Event::Comment(_) | Event::PI(_) | Event::DocType(_) => {}
            Event::Eof => return Ok(write(&drawing.finish()?).into_bytes()),
        }
    }
}

/// The source with its namespaces written out. Illustrator declares them as entities:
/// `<!ENTITY ns_svg "http://www.w3.org/2000/svg">`, and `xmlns="&ns_svg;"` in the tag. Only those
/// two are resolved: other entities may hold anything.
fn with_namespaces(text: &str) -> String {
    let mut resolved = text.to_owned();
    let Some(end) = text.find("<svg").filter(|_| text.contains("<!ENTITY")) else {
        return resolved;
    };
    for entity in text[..end].split("<!ENTITY").skip(1) {
        let entity = entity.split('>').next().unwrap_or_default().trim();
        let Some((name, value)) = entity.split_once(char::is_whitespace) else { continue };
        let value = value.trim().trim_matches(['"', '\'']);
        if [SVG, XLINK].contains(&value) {
            resolved = resolved.replace(&format!("\"&{name};\""), &format!("\"{value}\""));
        }
    }
    resolved
}

/// An encoding other than UTF-8 is refused unless the text is ASCII: its bytes would be read as
/// other letters.
fn check_encoding(declaration: &BytesDecl<'_>, text: &str) -> Result<(), Unreadable> {
    let is_utf8 = match declaration.encoding() {
        Some(encoding) => encoding.map_err(|_| Unreadable)?.eq_ignore_ascii_case("utf-8"),
        None => true,
    };
    if is_utf8 || text.is_ascii() { Ok(()) } else { Err(Unreadable) }
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
                    if attribute.key.local_name().as_ref() == "href" {
                        blocks.extend(link::image(&attribute.value).map(MetadataBlock::Image));
                    }
                }
            }
            Ok(Event::Eof) | Err(_) => return blocks,
            Ok(_) => {}
        }
    }
}
