//! Icons as browsers show them in tabs: `favicon.ico`, a small folder of pictures.
//!
//! Six bytes say how many there are, sixteen of each say how large it is and where it stands. Each is
//! a bitmap, of which no more is published than its rows, or a PNG, which is published as any other.

use crate::image::{
    bytes::{array, le32, size, take},
    png,
};

/// The bytes that an icon begins with.
pub(super) const SIGNATURE: &[u8] = &[0, 0, 1, 0];

/// The bytes of the head of an icon, and of the entry of each picture.
const HEAD: usize = 6;
const ENTRY: usize = 16;

/// The icon with no more than its pictures in it. Nothing for one that breaks off.
pub(super) fn publish(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut rest = bytes.strip_prefix(SIGNATURE)?;
    let count = usize::from(u16::from_le_bytes(array(&mut rest)?));
    let (mut entries, mut pictures) = (Vec::new(), Vec::new());
    for _ in 0..count {
        // Width, height, colours, planes and bits stay as they are.
        entries.extend_from_slice(take(&mut rest, 8)?);
        let (length, start) = (size(le32(&mut rest)?)?, size(le32(&mut rest)?)?);
        let picture = bytes.get(start..start.checked_add(length)?)?;
        let is_png = picture.starts_with(png::SIGNATURE);
        let picture = if is_png { png::publish(picture)? } else { bitmap(picture)?.to_vec() };
        let start = HEAD + count * ENTRY + pictures.len();
        entries.extend_from_slice(&u32::try_from(picture.len()).ok()?.to_le_bytes());
        entries.extend_from_slice(&u32::try_from(start).ok()?.to_le_bytes());
        pictures.extend_from_slice(&picture);
    }
    Some([&bytes[..HEAD], &entries, &pictures].concat())
}

/// A bitmap up to its last row. Its head of forty bytes is followed by the palette, the rows, and one
/// bit for each pixel that says whether it is transparent; `height` counts both. Nothing for longer
/// heads, which may hold a profile of colours, and for what is compressed.
fn bitmap(picture: &[u8]) -> Option<&[u8]> {
    const BITMAP: usize = 40;
    let number = |at: usize| le32(&mut picture.get(at..)?).and_then(size);
    let (width, height) = (number(4)?, number(8)? / 2);
    let bits = usize::from(u16::from_le_bytes(array(&mut picture.get(14..)?)?));
    let [head, 0] = [number(0)?, number(16)?] else { return None };
    let colours = match number(32)? {
        0 if bits <= 8 => 1 << bits,
        count => count.min(256),
    };
    let row = |bits: usize| width.checked_mul(bits)?.div_ceil(32).checked_mul(4);
    let rows = row(bits)?.checked_add(row(1)?)?.checked_mul(height)?;
    let length = (BITMAP + colours * 4).checked_add(rows)?;
    (head == BITMAP).then(|| &picture[..length.min(picture.len())])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::image::samples;

    /// An icon of these pictures.
    fn icon(pictures: &[&[u8]]) -> Vec<u8> {
        let count = u16::try_from(pictures.len()).unwrap();
        let mut bytes = [SIGNATURE, &count.to_le_bytes()].concat();
        let mut start = HEAD + ENTRY * pictures.len();
        for picture in pictures {
            bytes.extend([16, 16, 0, 0, 1, 0, 32, 0]);
            bytes.extend(u32::try_from(picture.len()).unwrap().to_le_bytes());
            bytes.extend(u32::try_from(start).unwrap().to_le_bytes());
            start += picture.len();
        }
        [bytes, pictures.concat()].concat()
    }

    #[test]
    fn pictures_lose_what_was_written_into_them() {
        let bitmap = bitmap_of_two_pixels();
        let (dirty, _) = samples::png(1);
        let published = publish(
            &[icon(&[&[&bitmap[..], b"a text"].concat(), &dirty]), b"more".to_vec()].concat(),
        )
        .unwrap();
        let clean = png::publish(&dirty).unwrap();
        assert!(clean.len() < dirty.len());
        assert_eq!(published, icon(&[&bitmap, &clean]));
    }

    /// One pixel above another, with colours of 32 bits.
    fn bitmap_of_two_pixels() -> Vec<u8> {
        let mut bitmap = vec![0; 40];
        bitmap[..17].copy_from_slice(&[40, 0, 0, 0, 1, 0, 0, 0, 4, 0, 0, 0, 1, 0, 32, 0, 0]);
        bitmap.extend([9; 16]);
        bitmap
    }

    #[test]
    fn bitmaps_with_profiles_are_refused() {
        let mut bitmap = bitmap_of_two_pixels();
        bitmap[0] = 124;
        assert_eq!(publish(&icon(&[&bitmap])), None);
    }

    #[test]
    fn what_breaks_off_is_none() {
        let whole = icon(&[&bitmap_of_two_pixels()]);
        for end in 0..whole.len() {
            assert_eq!(publish(&whole[..end]), None, "{end}");
        }
        let mut beyond = whole;
        beyond[HEAD + 12..HEAD + 16].fill(0xff);
        assert_eq!(publish(&beyond), None);
    }
}
