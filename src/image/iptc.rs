//! IPTC, the caption slip of press photos, among the resources that Photoshop keeps in an image.

use crate::image::{
    bytes::{array, be16, be32, byte, size, take},
    exif,
    metadata::Metadata,
    xmp,
};

/// The fields of a person: by-line, credit, copyright notice, contact and writer of the caption.
const NAMES: [u8; 5] = [80, 110, 116, 118, 122];

/// Reads the names in Photoshop's resources, and in the EXIF and XMP blocks among them.
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
