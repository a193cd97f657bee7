//! Numbers and slices, taken off the front of bytes that may end at any place.
//!
//! Every function shortens `rest` by what it takes. If there are too few bytes it returns None and
//! leaves `rest` as it was, so callers may use `?` on any file that is cut off or lies about its
//! lengths.

/// The first bytes.
pub(super) fn take<'a>(rest: &mut &'a [u8], count: usize) -> Option<&'a [u8]> {
    rest.split_off(..count)
}

/// The first byte.
pub(super) fn byte(rest: &mut &[u8]) -> Option<u8> {
    rest.split_off_first().copied()
}

/// Two bytes, the higher one first.
pub(super) fn be16(rest: &mut &[u8]) -> Option<u16> {
    array(rest).map(u16::from_be_bytes)
}

/// Two bytes, the lower one first.
pub(super) fn le16(rest: &mut &[u8]) -> Option<u16> {
    array(rest).map(u16::from_le_bytes)
}

/// Four bytes, the highest one first.
pub(super) fn be32(rest: &mut &[u8]) -> Option<u32> {
    array(rest).map(u32::from_be_bytes)
}

/// Four bytes, the lowest one first.
pub(super) fn le32(rest: &mut &[u8]) -> Option<u32> {
    array(rest).map(u32::from_le_bytes)
}

/// The first bytes as an array.
pub(super) fn array<const N: usize>(rest: &mut &[u8]) -> Option<[u8; N]> {
    let (first, left) = rest.split_first_chunk()?;
    *rest = left;
    Some(*first)
}

/// Bytes up to the first zero, which is taken too.
pub(super) fn until_zero<'a>(rest: &mut &'a [u8]) -> Option<&'a [u8]> {
    let length = rest.iter().position(|it| *it == 0)?;
    let taken = take(rest, length)?;
    byte(rest)?;
    Some(taken)
}

/// A length as an index. None where the machine cannot count so far.
pub(super) fn size(length: impl TryInto<usize>) -> Option<usize> {
    length.try_into().ok()
}
