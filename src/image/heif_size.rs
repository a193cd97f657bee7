//! How large the picture of an AVIF file is, and whether it is to be turned.
//!
//! | box | says |
//! | --- | --- |
//! | `pitm` | the number of the picture that is shown |
//! | `ipma` | which properties each item has, by their numbers from 1 on |
//! | `ispe`, `irot`, `clap` | width and height; quarters of a turn; that edges are cut off |
//!
//! EXIF does not count here: browsers turn the picture by `irot` alone.

use std::ops::Range;

use crate::image::{
    boxes::{Atom, boxes},
    bytes::{be16, be32, byte},
};

/// Width and height in pixels, as the picture stands upright. None if they are not said, and for a
/// picture of which edges are cut off.
pub(super) fn size(bytes: &[u8]) -> Option<(u32, u32)> {
    let meta = child(bytes, 0..bytes.len(), *b"meta")?;
    let meta = meta.start.checked_add(4)?..meta.end;
    let shown = main_item(bytes.get(child(bytes, meta.clone(), *b"pitm")?)?)?;
    let all = child(bytes, meta, *b"iprp")?;
    let properties = boxes(bytes, child(bytes, all.clone(), *b"ipco")?)?;
    let numbers = numbers(bytes.get(child(bytes, all, *b"ipma")?)?, shown)?;
    let (mut size, mut is_turned) = (None, false);
    for property in numbers.iter().filter_map(|it| properties.get(it.checked_sub(1)?)) {
        let Atom { name, body, .. } = property;
        let mut rest = bytes.get(body.clone())?;
        match name {
            b"ispe" => {
                be32(&mut rest)?;
                size = Some((be32(&mut rest)?, be32(&mut rest)?));
            }
            b"irot" => is_turned = byte(&mut rest)? & 1 == 1,
            b"clap" => return None,
            _ => {}
        }
    }
    size.map(|(width, height)| if is_turned { (height, width) } else { (width, height) })
}

/// The content of the first box of that name in a range.
fn child(bytes: &[u8], range: Range<usize>, name: [u8; 4]) -> Option<Range<usize>> {
    boxes(bytes, range)?.into_iter().find(|it| it.name == name).map(|it| it.body)
}

/// The number of the item that is shown.
fn main_item(mut rest: &[u8]) -> Option<u32> {
    let [version, ..] = be32(&mut rest)?.to_be_bytes();
    if version == 0 { be16(&mut rest).map(u32::from) } else { be32(&mut rest) }
}

/// The numbers of the properties of an item.
fn numbers(mut rest: &[u8], item: u32) -> Option<Vec<usize>> {
    let [version, .., flags] = be32(&mut rest)?.to_be_bytes();
    for _ in 0..be32(&mut rest)? {
        let id = if version == 0 { be16(&mut rest)?.into() } else { be32(&mut rest)? };
        let mut numbers = Vec::new();
        for _ in 0..byte(&mut rest)? {
            // The highest bit says that no reader may do without.
            numbers.push(match flags & 1 {
                0 => usize::from(byte(&mut rest)? & 0x7f),
                _ => usize::from(be16(&mut rest)? & 0x7fff),
            });
        }
        if id == item {
            return Some(numbers);
        }
    }
    None
}
