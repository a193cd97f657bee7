//! What is found in the metadata of an image.
//!
//! The readers (`exif`, `iptc`, `xmp`) add to one [`Metadata`] in the order of the file. It is a
//! warning for staff and does not decide what is published: [`publish`](crate::image::publish)
//! takes out what is not found here, too.

use encoding_rs::GBK;

/// More names than these would not help staff.
const MAX_NAMES: usize = 5;

/// The characters of a name that are shown; some cameras are given whole licences to carry.
const MAX_LENGTH: usize = 60;

/// Personal data that an image carries beside its picture.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Metadata {
    /// A position on the globe, from a phone or a camera that knows where it is.
    pub place: bool,
    /// Names of the photographer, the owner of the camera, the holder of the rights and the people
    /// shown, as they are written there: some are whole sentences. Each stands once, without
    /// spaces around it and shortened; there are at most five.
    pub names: Vec<String>,
}

impl Metadata {
    /// Adds a name in whichever encoding it is written. Standards ask for ASCII or Latin, Chinese
    /// programs write UTF-8 and GBK. What is neither gets replacement characters (U+FFFD) rather
    /// than being lost.
    pub(super) fn name_bytes(&mut self, bytes: &[u8]) {
        match std::str::from_utf8(bytes) {
            Ok(name) => self.name(name),
            Err(_) => self.name(&GBK.decode(bytes).0),
        }
    }

    /// Adds a name, unless it is empty, known already, or the sixth. Control characters become
    /// spaces and runs of spaces one, so that a message stays one line: `"王芳\0\n"` adds `王芳`.
    /// It is cut after sixty characters, before it is compared.
    pub(super) fn name(&mut self, name: &str) {
        if self.names.len() == MAX_NAMES {
            return;
        }
        let printable = |ch: char| if ch.is_control() { ' ' } else { ch };
        let name: String = name.chars().map(printable).collect();
        let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
        let name: String = name.chars().take(MAX_LENGTH).collect();
        let name = name.trim_end();
        if !name.is_empty() && !self.names.iter().any(|it| it == name) {
            self.names.push(name.to_owned());
        }
    }
}
