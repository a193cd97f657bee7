//! XMP: properties in RDF, the newest home of metadata, and that of SVG images too.

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
/// that programs may call as they like.
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

/// Reads the position and the names of a packet, up to its first mistake.
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

fn read_attributes(tag: &BytesStart<'_>, found: &mut Metadata) {
    for attribute in tag.attributes().with_checks(false).flatten() {
        if let Some(holds) = holds(attribute.key.as_ref()) {
            add(holds, &unescaped(&attribute.value), found);
        }
    }
}

fn add(holds: Holds, text: &str, found: &mut Metadata) {
    match holds {
        Holds::Place => found.place |= !text.trim().is_empty(),
        Holds::Name => found.name(text),
    }
}

fn unescaped(text: &str) -> String {
    quick_xml::escape::unescape(text).map_or_else(|_| text.to_owned(), Into::into)
}
