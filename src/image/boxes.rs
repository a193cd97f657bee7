//! The boxes of AVIF and HEIF (ISO base media file format, ISO/IEC 14496-12): a length, a name and
//! what is inside, perhaps more boxes.
//!
//! ```text
//! 00 00 00 1c  f  t  y  p  a v i f …     length with this head, name, content
//! 00 00 00 01  m  d  a  t  8 bytes  …    length 1: the length follows, in eight bytes
//! 00 00 00 00  m  d  a  t  …             length 0: up to the end of what it lies in
//! ```
//!
//! Only the frame is read here. What a box holds, and where its inner boxes begin, `heif` and
//! `items` know.

use std::ops::Range;

use crate::image::bytes::{array, be32, size};

/// A box: its name, where it begins and where its content lies. All numbers are indices into the
/// file, so that a box can be overwritten where it is. `start` is that of its length; the box ends
/// where `body` ends.
#[derive(Debug, Clone)]
pub(super) struct Atom {
    pub(super) name: [u8; 4],
    pub(super) start: usize,
    pub(super) body: Range<usize>,
}

/// The boxes that fill a range exactly, in their order. None if one of them is broken or a rest of
/// some bytes stays: who cannot tell the boxes apart cannot clean them. A range that is empty, or
/// ends before it begins, has none.
pub(super) fn boxes(bytes: &[u8], range: Range<usize>) -> Option<Vec<Atom>> {
    let mut atoms = Vec::new();
    let mut start = range.start;
    while start < range.end {
        let atom = atom(bytes, start..range.end)?;
        start = atom.body.end;
        atoms.push(atom);
    }
    Some(atoms)
}

/// The box that a range begins with; what follows it may be anything. None if the range lies
/// outside of the bytes, or the stated length is shorter than the head or longer than the range. A
/// box is thus at least eight bytes long, and a walk over boxes ends.
pub(super) fn atom(bytes: &[u8], range: Range<usize>) -> Option<Atom> {
    let start = range.start;
    let mut rest = bytes.get(range.clone())?;
    let short = size(be32(&mut rest)?)?;
    let name = array(&mut rest)?;
    let (head, length) = match short {
        0 => (8, range.len()),
        1 => (16, size(array(&mut rest).map(u64::from_be_bytes)?)?),
        _ => (8, short),
    };
    let end = start.checked_add(length).filter(|it| *it <= range.end)?;
    (head <= length).then_some(Atom { name, start, body: start + head..end })
}
