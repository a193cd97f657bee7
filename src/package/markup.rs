//! XML of documents, piece by piece. Names are without their prefixes.

use quick_xml::{
    Reader,
    escape::unescape,
    events::{BytesStart, Event, attributes::Attribute},
};

use crate::{package::BrokenPackage, text::is_han};

/// A piece of XML.
pub(crate) enum Piece<'p> {
    /// An element begins.
    Open(&'p str, &'p BytesStart<'p>),
    /// An element ends.
    Close(&'p str),
    /// Text, with its references resolved.
    Text(&'p str),
}

/// Hands the pieces of a text to a function, one by one. An element without contents is opened and
/// closed.
///
/// # Errors
///
/// Returns that it is not to be read if the XML breaks off or is none.
pub(crate) fn walk(xml: &str, mut each: impl FnMut(Piece<'_>)) -> Result<(), BrokenPackage> {
    let mut reader = Reader::from_str(xml);
    reader.config_mut().check_end_names = false;
    loop {
        match reader.read_event().map_err(|_| BrokenPackage::Damaged)? {
            Event::Start(tag) => each(Piece::Open(tag.local_name().as_ref(), &tag)),
            Event::Empty(tag) => {
                each(Piece::Open(tag.local_name().as_ref(), &tag));
                each(Piece::Close(tag.local_name().as_ref()));
            }
            Event::End(tag) => each(Piece::Close(tag.local_name().as_ref())),
            Event::Text(text) => each(Piece::Text(&text)),
            Event::CData(text) => each(Piece::Text(&text)),
            Event::GeneralRef(name) => {
                let reference = format!("&{};", &*name);
                each(Piece::Text(&unescape(&reference).map_err(|_| BrokenPackage::Damaged)?));
            }
            Event::Eof => return Ok(()),
            _ => {}
        }
    }
}

/// The value of an attribute, by its name without prefix.
pub(crate) fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let mut all = tag.attributes();
    let found = all.with_checks(false).flatten().find(|it| it.key.local_name().as_ref() == name)?;
    Some(value(&found))
}

/// The value of an attribute, with its references resolved.
fn value(attribute: &Attribute<'_>) -> String {
    unescape(&attribute.value).map_or_else(|_| attribute.value.to_string(), Into::into)
}

/// The values of an element's attributes in which something may be said of somebody: those with
/// Chinese, with an address, or with as many digits as a number of somebody has. Which attribute it is
/// does not matter.
pub(crate) fn words_of(tag: &BytesStart<'_>) -> Vec<String> {
    const DIGITS: usize = 11;
    let has_words = |value: &String| {
        let digits = value.chars().filter(|it| it.is_numeric()).count();
        digits >= DIGITS || value.contains(|it| it == '@' || is_han(it))
    };
    let mut all = tag.attributes();
    let all = all.with_checks(false).flatten();
    all.map(|it| value(&it)).filter(has_words).collect()
}

/// An attribute that says yes.
pub(crate) fn is_on(tag: &BytesStart<'_>, name: &str) -> bool {
    attribute(tag, name).is_some_and(|it| matches!(it.as_str(), "1" | "true" | "on"))
}
