//! From the parts of the source to those that may be published.

use quick_xml::{
    NsReader,
    escape::unescape,
    events::{BytesStart, attributes::Attribute},
    name::ResolveResult,
};

use super::{
    allowed::{self, AttributeKind},
    css,
    link::{self, Publish},
    piece::{DrawnAttribute, Piece, Tag, is_letter},
};
use crate::image::unreadable::Unreadable;

pub(super) const SVG: &str = "http://www.w3.org/2000/svg";
pub(super) const XLINK: &str = "http://www.w3.org/1999/xlink";
const XML: &str = "http://www.w3.org/XML/1998/namespace";

/// Drawings are some dozen elements deep. Deeper ones are refused.
const MAX_DEPTH: usize = 256;

/// An element that is open.
#[derive(Clone, Copy, PartialEq)]
enum OpenElement {
    /// It is left out, with all that is in it.
    LeftOut,
    /// It holds elements; letters between them are not drawn.
    Container(&'static str),
    /// It holds letters that are drawn.
    Lettered(&'static str),
    /// It is a style sheet, and holds no elements.
    Sheet,
}

/// What has been read of a drawing.
pub(super) struct Drawing {
    publish: Publish,
    pieces: Vec<Piece>,
    /// The elements that are open, the innermost last.
    open: Vec<OpenElement>,
    /// What has been read of the style sheet that is open.
    sheet: String,
    /// Whether the `svg` element was opened; there must be exactly one.
    has_root: bool,
}

impl Drawing {
    /// Nothing has been read.
    pub(super) fn new(publish: Publish) -> Self {
        let (pieces, open) = (Vec::new(), Vec::new());
        Self { publish, pieces, open, sheet: String::new(), has_root: false }
    }

    /// The parts of a drawing that was read to its end. Refused if there was none, or if an element
    /// was not closed.
    pub(super) fn finish(self) -> Result<Vec<Piece>, Unreadable> {
        if self.has_root && self.open.is_empty() { Ok(self.pieces) } else { Err(Unreadable) }
    }

    /// Opens an element, or begins to leave it out. The first one must be `svg` in the namespace of
    /// SVG; a second root is refused, and so is too deep nesting, as later readers may recurse.
    pub(super) fn start(
        &mut self,
        reader: &NsReader<&[u8]>,
        tag: &BytesStart<'_>,
    ) -> Result<(), Unreadable> {
        let is_drawn = is_drawn(reader, tag);
        if self.open.is_empty() {
            if self.has_root || !is_drawn || tag.local_name().as_ref() != "svg" {
                return Err(Unreadable);
            }
            self.has_root = true;
        }
        let is_inside =
            !matches!(self.open.last(), Some(OpenElement::LeftOut | OpenElement::Sheet));
        let element = match self.element(tag.local_name().as_ref()) {
            Some(name) if is_drawn && is_inside => self.add(reader, tag, name)?,
            _ => OpenElement::LeftOut,
        };
        self.open.push(element);
        if self.open.len() > MAX_DEPTH { Err(Unreadable) } else { Ok(()) }
    }

    /// The name under which an element is published. A link becomes a group, or a part of the text
    /// in which it stands.
    fn element(&self, name: &str) -> Option<&'static str> {
        match (name, self.open.last()) {
            ("a", Some(OpenElement::Lettered(_))) => Some("tspan"),
            ("a", _) => Some("g"),
            _ => allowed::element(name),
        }
    }

    /// Adds an element to the pieces. It is left out if it is for programs that know more than SVG,
    /// or if it animates what may not stay.
    fn add(
        &mut self,
        reader: &NsReader<&[u8]>,
        tag: &BytesStart<'_>,
        name: &'static str,
    ) -> Result<OpenElement, Unreadable> {
        let mut attributes: Vec<DrawnAttribute> = Vec::new();
        for attribute in tag.attributes().with_checks(false) {
            let attribute = attribute.map_err(|_| Unreadable)?;
            if attribute.value.contains('<') {
                return Err(Unreadable);
            }
            if is_condition(&attribute, name) {
                return Ok(OpenElement::LeftOut);
            }
            let Some((known, kind)) = known_attribute(reader, &attribute) else { continue };
            if attributes.iter().any(|it| it.name == known) {
                return Err(Unreadable);
            }
            let value = unescape(&attribute.value).map_err(|_| Unreadable)?;
            match self.value(known, kind, name, &value)? {
                Some(value) => attributes.push(DrawnAttribute { name: known, kind, value }),
                None if kind == AttributeKind::Animated => return Ok(OpenElement::LeftOut),
                None => {}
            }
        }
        if name == "style" {
            return Ok(OpenElement::Sheet);
        }
        self.pieces.push(Piece::Start(Tag { name, attributes }));
        let is_lettered = matches!(name, "text" | "tspan" | "textPath");
        Ok(if is_lettered { OpenElement::Lettered(name) } else { OpenElement::Container(name) })
    }

    /// What is published of a value; nothing if the attribute is left out.
    fn value(
        &self,
        attribute: &str,
        kind: AttributeKind,
        element: &str,
        value: &str,
    ) -> Result<Option<String>, Unreadable> {
        let holds_photo = matches!(element, "image" | "feImage");
        Ok(match kind {
            AttributeKind::Link => link::published(value, holds_photo, self.publish)?,
            AttributeKind::Style => Some(css::declarations(value)).filter(|it| !it.is_empty()),
            // Both are looked at again, when it is known what refers to them.
            AttributeKind::Id | AttributeKind::Class => Some(value.to_owned()),
            AttributeKind::Animated => {
                let found = allowed::attribute(value.trim()).filter(|(_, kind)| kind.is_animated());
                found.map(|(name, _)| name.to_owned())
            }
            AttributeKind::Property => css::value(attribute, value),
            AttributeKind::Values => {
                let values = value.split(';').filter(|it| !it.trim().is_empty());
                let values: Option<Vec<_>> = values.map(|it| css::value(attribute, it)).collect();
                values.map(|it| it.join(";")).filter(|it| !it.is_empty())
            }
            AttributeKind::Plain => is_plain(value).then(|| value.to_owned()),
        })
    }

    /// Closes an element. The reader has seen that it closes what is open. Of a style sheet it adds
    /// what may stay.
    pub(super) fn end(&mut self) {
        match self.open.pop() {
            Some(OpenElement::Container(name) | OpenElement::Lettered(name)) => {
                self.pieces.push(Piece::End(name));
            }
            Some(OpenElement::Sheet) => {
                let sheet = css::sheet(&std::mem::take(&mut self.sheet));
                if !sheet.is_empty() {
                    self.pieces.push(Piece::Sheet(sheet));
                }
            }
            Some(OpenElement::LeftOut) | None => {}
        }
    }

    /// Adds letters to the text or style sheet in which they stand. Elsewhere they are not drawn,
    /// and are left out; outside of the root only blanks are allowed.
    pub(super) fn text(&mut self, text: &str) -> Result<(), Unreadable> {
        match self.open.last() {
            None if !text.trim_ascii().is_empty() => return Err(Unreadable),
            Some(OpenElement::Lettered(_)) => {
                let text: String = text.chars().filter(|it| is_letter(*it)).collect();
                if !text.is_empty() {
                    self.pieces.push(Piece::Text(text));
                }
            }
            Some(OpenElement::Sheet) => self.sheet.push_str(text),
            _ => {}
        }
        Ok(())
    }

    /// Adds what a reference stands for. One to an entity that the document declares itself is
    /// refused, unless it is in what is left out.
    pub(super) fn reference(&mut self, name: &str) -> Result<(), Unreadable> {
        if self.open.last() == Some(&OpenElement::LeftOut) {
            return Ok(());
        }
        let reference = format!("&{name};");
        let text = unescape(&reference).map_err(|_| Unreadable)?;
        if self.open.is_empty() { Err(Unreadable) } else { self.text(&text) }
    }
}

/// Whether an element is one of SVG.
fn is_drawn(reader: &NsReader<&[u8]>, tag: &BytesStart<'_>) -> bool {
    let (namespace, _) = reader.resolver().resolve_element(tag.name());
    matches!(namespace, ResolveResult::Bound(it) if it.as_ref() == SVG)
}

/// Whether an attribute keeps the element from being drawn by browsers: it is for programs with an
/// extension, or a style sheet for paper, or in another language than CSS.
fn is_condition(attribute: &Attribute<'_>, element: &str) -> bool {
    let value = attribute.value.trim();
    match attribute.key.as_ref() {
        "requiredExtensions" => !value.is_empty(),
        "media" => element == "style" && !["", "all", "screen"].contains(&value),
        "type" => element == "style" && !["", "text/css"].contains(&value),
        _ => false,
    }
}

/// An attribute that may stay, by namespace and name: those of SVG itself, and few of `xlink:` and
/// `xml:`.
fn known_attribute(
    reader: &NsReader<&[u8]>,
    attribute: &Attribute<'_>,
) -> Option<(&'static str, AttributeKind)> {
    if attribute.key.as_namespace_binding().is_some() {
        return None;
    }
    let (namespace, local) = reader.resolver().resolve_attribute(attribute.key);
    match (namespace, local.as_ref()) {
        (ResolveResult::Unbound, name) => allowed::attribute(name),
        (ResolveResult::Bound(it), "href") if it.as_ref() == XLINK => {
            Some(("xlink:href", AttributeKind::Link))
        }
        (ResolveResult::Bound(it), "space") if it.as_ref() == XML => {
            Some(("xml:space", AttributeKind::Plain))
        }
        (ResolveResult::Bound(it), "lang") if it.as_ref() == XML => {
            Some(("xml:lang", AttributeKind::Plain))
        }
        _ => None,
    }
}

/// Whether a value holds numbers and words of SVG only. No address can be written so.
fn is_plain(value: &str) -> bool {
    let is_part = |it: char| it.is_ascii_alphanumeric() || " \t\r\n.,;+-*%#_".contains(it);
    value.chars().all(is_part)
}
