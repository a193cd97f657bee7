//! The boxes of AVIF and HEIF: a length, a name and what is inside, perhaps more boxes.

use std::ops::Range;

use crate::image::bytes::{array, be32, size};

/// A box: its name, where it begins and where its content lies.
#[derive(Debug, Clone)]
pub(super) struct Atom {
    pub(super) name: [u8; 4],
    pub(super) start: usize,
    pub(super) body: Range<usize>,
}

/// The boxes that fill a range exactly.
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

/// The box that a range begins with.
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
