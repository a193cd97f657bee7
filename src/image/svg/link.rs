//! Links of a drawing: to something in itself, and photos in Base64.

use std::borrow::Cow;

use base64::{
    Engine as _, alphabet,
    engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig, general_purpose::STANDARD},
};

use crate::image::unreadable::Unreadable;

/// Takes the metadata out of an image. A parameter, since [`publish`](crate::image::publish) calls
/// this folder: files of a folder form no circle.
pub(super) type Publish = fn(&[u8]) -> Result<Cow<'_, [u8]>, Unreadable>;

/// How an address begins that holds an image, without blanks and in lower case.
const IMAGE: &str = "data:image/";

/// What is published of a link; nothing if it leads out of the drawing. `holds_photo` is whether
/// the element shows what it links to. A photo is decoded, published like any other image and
/// encoded again; one for which that fails refuses the drawing, and so does a drawing in the
/// drawing.
pub(super) fn published(
    value: &str,
    holds_photo: bool,
    publish: Publish,
) -> Result<Option<String>, Unreadable> {
    let value = value.trim_ascii();
    if value.strip_prefix('#').is_some_and(|id| !id.is_empty()) {
        let is_id = |it: char| !it.is_whitespace() && !it.is_control() && !"\"'()\\".contains(it);
        return Ok(value.chars().all(is_id).then(|| value.to_owned()));
    }
    if !holds_photo || !holds_image(value) {
        return Ok(None);
    }
    let photo = image(value).ok_or(Unreadable)?;
    let kind = subtype(&photo).ok_or(Unreadable)?;
    Ok(Some(format!("{IMAGE}{kind};base64,{}", STANDARD.encode(publish(&photo)?))))
}

/// The bytes of an image in a link. Nothing if there is none, or if it is not in Base64.
pub(super) fn image(value: &str) -> Option<Vec<u8>> {
    let (head, image) = value.split_once(',').filter(|(head, _)| holds_image(head))?;
    let is_base64 = compact(head).ends_with(";base64");
    from_base64(image).filter(|_| is_base64)
}

/// Whether an address holds an image, as a browser reads its beginning.
fn holds_image(value: &str) -> bool {
    let head: String = value.chars().take(64).collect();
    compact(&head).starts_with(IMAGE)
}

/// Without spaces and in lower case, as a browser reads the start of an address.
fn compact(text: &str) -> String {
    text.chars().filter(|it| *it > ' ').map(|it| it.to_ascii_lowercase()).collect()
}

/// What follows `image/` in the name of a format of photos; nothing for a drawing, and for what is
/// no image.
fn subtype(bytes: &[u8]) -> Option<&'static str> {
    match bytes {
        [0xff, 0xd8, ..] => Some("jpeg"),
        [0x89, b'P', ..] => Some("png"),
        [b'G', b'I', b'F', ..] => Some("gif"),
        [b'R', b'I', b'F', b'F', ..] => Some("webp"),
        [_, _, _, _, b'f', b't', b'y', b'p', ..] => Some("avif"),
        _ => None,
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

    #[test]
    fn links_stay_in_the_drawing() {
        let same: Publish = |bytes| Ok(Cow::Borrowed(bytes));
        for (value, expected) in [
            ("#a", Some("#a")),
            (" #a\n", Some("#a")),
            ("#图", Some("#图")),
            ("#", None),
            ("#a b", None),
            ("a.svg#b", None),
            ("https://a.cn/#b", None),
            ("//a.cn", None),
            ("java\nscript:a", None),
            ("data:text/html,a", None),
            ("", None),
            ("data:image/x;name=王芳;base64,iVBORw==", Some("data:image/png;base64,iVBORw==")),
            (" DATA:image/x;base64,iVBORw", Some("data:image/png;base64,iVBORw==")),
        ] {
            assert_eq!(published(value, true, same), Ok(expected.map(str::to_owned)), "{value:?}");
        }
        assert_eq!(published("data:image/x;base64,iVBORw", false, same), Ok(None));
        for value in ["data:image/png,a", "data:image/svg+xml;base64,PHN2Zz4=", "data:image/png"] {
            assert_eq!(published(value, true, same), Err(Unreadable), "{value}");
        }
    }
}
