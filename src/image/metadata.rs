//! What is found in the metadata of an image.

use std::borrow::Cow;

use encoding_rs::GBK;

use crate::image::{Format, exif, gif, heif, iptc, jpeg, png, svg, webp, xmp};

/// More names than these tell staff nothing more.
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

/// A piece of metadata inside an image.
#[derive(Debug)]
pub(super) enum Block<'a> {
    /// A TIFF structure.
    Exif(Cow<'a, [u8]>),
    /// An XML packet.
    Xmp(Cow<'a, [u8]>),
    /// The resources of Photoshop, which hold IPTC.
    Photoshop(&'a [u8]),
    /// A name by itself.
    Name(&'a [u8]),
    /// An image inside the image.
    Image(Vec<u8>),
}

/// Reads what an image tells beside its picture. Never fails: where nothing can be read, nothing
/// is found.
pub fn metadata(bytes: &[u8]) -> Metadata {
    let mut found = Metadata::default();
    found.read_image(bytes);
    found
}

impl Metadata {
    /// Reads an image, and those in it. They are written in Base64, and so each is a quarter
    /// shorter than the one around it: there is no endless depth.
    fn read_image(&mut self, bytes: &[u8]) {
        let blocks = match Format::of(bytes) {
            Some(Format::Jpeg) => jpeg::blocks(bytes),
            Some(Format::Png) => png::blocks(bytes),
            Some(Format::WebP) => webp::blocks(bytes),
            Some(Format::Gif) => gif::blocks(bytes),
            Some(Format::Heif) => heif::blocks(bytes),
            Some(Format::Svg) => svg::blocks(bytes),
            None => Vec::new(),
        };
        blocks.into_iter().for_each(|it| self.read(it));
    }

    fn read(&mut self, block: Block<'_>) {
        match block {
            Block::Exif(block) => exif::read(&block, self),
            Block::Xmp(packet) => xmp::read(&packet, self),
            Block::Photoshop(resources) => iptc::read(resources, self),
            Block::Name(name) => self.name_bytes(name),
            Block::Image(bytes) => self.read_image(&bytes),
        }
    }

    /// Adds a name in whichever encoding it is written. Standards ask for ASCII or Latin, Chinese
    /// programs write UTF-8 and GBK.
    pub(super) fn name_bytes(&mut self, bytes: &[u8]) {
        match std::str::from_utf8(bytes) {
            Ok(name) => self.name(name),
            Err(_) => self.name(&GBK.decode(bytes).0),
        }
    }

    /// Adds a name.
    pub(super) fn name(&mut self, name: &str) {
        if self.names.len() == MAX_NAMES {
            return;
        }
        let printable = |it: char| if it.is_control() { ' ' } else { it };
        let name: String = name.chars().map(printable).collect();
        let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
        let name: String = name.chars().take(MAX_LENGTH).collect();
        let name = name.trim_end();
        if !name.is_empty() && !self.names.iter().any(|it| it == name) {
            self.names.push(name.to_owned());
        }
    }
}
