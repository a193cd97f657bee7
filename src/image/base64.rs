//! Base64, in which SVG holds photos.

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// The bytes of a text, which may be broken into lines. None if it is no Base64.
pub(super) fn decode(text: &str) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(text.len() / 4 * 3);
    let mut bits: u32 = 0;
    let mut digits = 0;
    for letter in text.trim_ascii_end().trim_end_matches('=').bytes() {
        if letter.is_ascii_whitespace() {
            continue;
        }
        bits = bits << 6 | u32::from(digit(letter)?);
        digits += 1;
        if digits == 4 {
            out.extend(&bits.to_be_bytes()[1..]);
            (bits, digits) = (0, 0);
        }
    }
    // Two digits hold one byte, and three hold two.
    let rest = (bits << (6 * (4 - digits))).to_be_bytes();
    match digits {
        0 => {}
        2 | 3 => out.extend(&rest[1..digits]),
        _ => return None,
    }
    Some(out)
}

fn digit(letter: u8) -> Option<u8> {
    match letter {
        b'A'..=b'Z' => Some(letter - b'A'),
        b'a'..=b'z' => Some(letter - b'a' + 26),
        b'0'..=b'9' => Some(letter - b'0' + 52),
        b'+' => Some(62),
        b'/' => Some(63),
        _ => None,
    }
}

/// The bytes as a text.
pub(super) fn encode(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let mut padded = [0; 4];
        padded[1..=chunk.len()].copy_from_slice(chunk);
        let bits = u32::from_be_bytes(padded);
        for index in 0..4 {
            let digit = bits >> (18 - 6 * index) & 63;
            let letter = ALPHABET[digit as usize].into();
            out.push(if index <= chunk.len() { letter } else { '=' });
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_and_back() {
        for (bytes, text) in
            [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg==")]
        {
            assert_eq!(encode(bytes.as_bytes()), text);
            assert_eq!(decode(text).as_deref(), Some(bytes.as_bytes()));
        }
        assert_eq!(decode(" Zm\n9v \n").as_deref(), Some(&b"foo"[..]));
        assert_eq!(decode("Zm9vY"), None);
        assert_eq!(decode("Zm9%"), None);
        let all: Vec<u8> = (0..=255).collect();
        assert_eq!(decode(&encode(&all)), Some(all));
    }
}
