//! IPTC, the caption slip of press photos, among the resources that Photoshop keeps in an image.
//!
//! JPEG carries the resources in segment APP13. A resource is `8BIM`, a number, a name and its
//! data; number 0x0404 is IPTC (the Information Interchange Model), a list of fields:
//!
//! ```text
//! 1c 02 50 00 06 e7 8e 8b e8 8a b3        record 2, field 80 (by-line), 6 bytes: 王芳
//! ```
//!
//! The encoding is not looked up: `Metadata::name_bytes` tries UTF-8, then GBK.

use crate::image::{
    bytes::{array, be16, be32, byte, size, take},
    exif,
    metadata::Metadata,
    xmp,
};

/// The fields of a person: by-line, credit, copyright notice, contact and writer of the caption.
/// All are of record 2, of the application.
const NAMES: [u8; 5] = [80, 110, 116, 118, 122];

/// Reads the names in Photoshop's resources, and in the EXIF and XMP blocks among them. Stops at
/// the first resource that is broken.
pub(super) fn read(mut resources: &[u8], found: &mut Metadata) {
    while let Some((id, data)) = resource(&mut resources) {
        match id {
            0x0404 => read_fields(data, found),
            0x0422 => exif::read(data, found),
            0x0424 => xmp::read(data, found),
            _ => {}
        }
    }
}

/// Takes one resource: its number and its data. None at the end, and for what does not begin with
/// `8BIM`.
fn resource<'a>(rest: &mut &'a [u8]) -> Option<(u16, &'a [u8])> {
    if array(rest)? != *b"8BIM" {
        return None;
    }
    let id = be16(rest)?;
    // The name and the data are each padded to an even length; that of the name counts its
    // length byte.
    let name = usize::from(byte(rest)?);
    take(rest, name | 1)?;
    let length = size(be32(rest)?)?;
    let data = take(rest, length)?;
    if length % 2 == 1 {
        byte(rest);
    }
    Some((id, data))
}

/// Adds the names among the fields of a resource; fields of other records and numbers are passed
/// over.
fn read_fields(mut fields: &[u8], found: &mut Metadata) {
    while let Some((record, field, value)) = field(&mut fields) {
        if record == 2 && NAMES.contains(&field) {
            found.name_bytes(value);
        }
    }
}

/// A field: its record, its number and its value. One that is too long for two bytes ends the
/// reading; no name is.
fn field<'a>(rest: &mut &'a [u8]) -> Option<(u8, u8, &'a [u8])> {
    if byte(rest)? != 0x1c {
        return None;
    }
    let [record, field] = array(rest)?;
    let length = be16(rest)?.into();
    Some((record, field, take(rest, length)?))
}
