//! XMP: properties in RDF, the newest home of metadata, and that of SVG images too.
//!
//! A property is an attribute or an element, and an element may hold a list:
//!
//! ```xml
//! <rdf:Description exif:GPSLatitude="43,49.02N" photoshop:Credit="区融媒体中心">
//!   <dc:creator><rdf:Seq><rdf:li>王芳</rdf:li><rdf:li>李雷</rdf:li></rdf:Seq></dc:creator>
//! </rdf:Description>
//! ```
//!
//! has a position and the names 区融媒体中心, 王芳 and 李雷. Properties are known by their local
//! names, whatever the prefix; `mwg-rs:Name`, of a face in the picture, by both.

use quick_xml::{
    Reader,
    events::{BytesStart, Event},
};

use crate::image::metadata::Metadata;

/// What a property holds.
#[derive(Clone, Copy)]
enum Holds {
    Place,
    Name,
}

/// What is read of a property, by its name. The prefix is left aside: it stands for a namespace
/// that programs may call as they like. None for all others; they are not read.
fn holds(name: &str) -> Option<Holds> {
    let local = name.rsplit_once(':').map_or(name, |it| it.1);
    match local {
        "GPSLatitude" | "GPSLongitude" => Some(Holds::Place),
        "creator" | "contributor" | "publisher" | "rights" | "Artist" | "Author" | "Copyright"
        | "Credit" | "CaptionWriter" | "Owner" | "OwnerName" | "CameraOwnerName"
        | "CopyrightOwnerName" | "ImageCreatorName" | "PersonInImage" | "PersonDisplayName" => {
            Some(Holds::Name)
        }
        // Too common a word by itself; with this prefix, of a face that was recognised.
        _ if name == "mwg-rs:Name" => Some(Holds::Name),
        _ => None,
    }
}

/// Reads the position and the names of a packet, up to its first mistake. Bytes that are no UTF-8
/// become U+FFFD, and end tags are not matched with start tags: packets are often cut, and what
/// stands before the cut counts. Inside of a property each element that ends adds its text, so
/// every item of a list is a name of its own.
pub(super) fn read(packet: &[u8], found: &mut Metadata) {
    let packet = String::from_utf8_lossy(packet);
    let mut reader = Reader::from_str(&packet);
    reader.config_mut().check_end_names = false;
    reader.config_mut().allow_unmatched_ends = true;
    // The property that is open, and how many elements are open in it: its values may stand in
    // lists of languages and of agents.
    let mut open: Option<(Holds, usize)> = None;
    let mut text = String::new();
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag)) => {
                read_attributes(&tag, found);
                text.clear();
                open = match open {
                    Some((holds, depth)) => Some((holds, depth + 1)),
                    None => holds(tag.name().as_ref()).map(|it| (it, 0)),
                };
            }
            Ok(Event::Empty(tag)) => read_attributes(&tag, found),
            Ok(Event::Text(part)) if open.is_some() => text.push_str(&part),
            Ok(Event::CData(part)) if open.is_some() => text.push_str(&part),
            Ok(Event::GeneralRef(part)) if open.is_some() => {
                text.push_str(&unescaped(&format!("&{};", &*part)));
            }
            Ok(Event::End(_)) => {
                let Some((holds, depth)) = open else { continue };
                add(holds, &text, found);
                text.clear();
                open = depth.checked_sub(1).map(|depth| (holds, depth));
            }
            Ok(Event::Eof) | Err(_) => return,
            Ok(_) => {}
        }
    }
}

/// Adds the properties among the attributes of a tag. Attributes that are broken are passed over.
fn read_attributes(tag: &BytesStart<'_>, found: &mut Metadata) {
    for attribute in tag.attributes().with_checks(false).flatten() {
        if let Some(holds) = holds(attribute.key.as_ref()) {
            add(holds, &unescaped(&attribute.value), found);
        }
    }
}

/// Adds one value. A position counts if it is not blank; its numbers are not read.
fn add(holds: Holds, text: &str, found: &mut Metadata) {
    match holds {
        Holds::Place => found.place |= !text.trim().is_empty(),
        Holds::Name => found.name(text),
    }
}

/// A text with its references resolved, or as it is written if one is not known.
fn unescaped(text: &str) -> String {
    quick_xml::escape::unescape(text).map_or_else(|_| text.to_owned(), Into::into)
}
