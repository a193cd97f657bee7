//! Hashes of the bytes of files.

use std::{fmt, fs::File, io};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// The BLAKE3 hash of a file's bytes: lower-case hexadecimal in text, 32 bytes in binary formats.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Hash([u8; 32]);

impl Hash {
    /// The hash of these bytes.
    pub fn of(bytes: &[u8]) -> Self {
        Self(*blake3::hash(bytes).as_bytes())
    }

    /// The hash of a file's bytes, from where it stands to its end. An error for a folder, too.
    pub(crate) fn of_file(mut file: &File) -> io::Result<Self> {
        let mut hasher = blake3::Hasher::new();
        io::copy(&mut file, &mut hasher)?;
        Ok(Self(*hasher.finalize().as_bytes()))
    }

    /// A hash from its hexadecimal form. None for other than 64 digits; capitals are read, too.
    fn from_hex(hex: &str) -> Option<Self> {
        blake3::Hash::from_hex(hex).ok().map(|it| Self(*it.as_bytes()))
    }
}

impl Serialize for Hash {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() {
            serializer.serialize_str(&blake3::Hash::from_bytes(self.0).to_hex())
        } else {
            self.0.serialize(serializer)
        }
    }
}

impl<'de> Deserialize<'de> for Hash {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if deserializer.is_human_readable() {
            deserializer.deserialize_str(Hex)
        } else {
            Deserialize::deserialize(deserializer).map(Self)
        }
    }
}

/// Reads the text form; what it is not is an error of the format that is read.
struct Hex;

impl de::Visitor<'_> for Hex {
    type Value = Hash;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("64 hexadecimal digits")
    }

    fn visit_str<E: de::Error>(self, hex: &str) -> Result<Hash, E> {
        Hash::from_hex(hex).ok_or_else(|| E::invalid_value(de::Unexpected::Str(hex), &self))
    }
}

impl fmt::Display for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&blake3::Hash::from_bytes(self.0).to_hex())
    }
}

impl fmt::Debug for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_has_digits_and_binary_has_bytes() {
        let hash = Hash::of(b"abc");
        let text = serde_json::to_string(&hash).unwrap();
        assert_eq!(text, format!("\"{}\"", blake3::hash(b"abc").to_hex()));
        assert_eq!(serde_json::from_str::<Hash>(&text).unwrap(), hash);
        let bytes = postcard::to_allocvec(&hash).unwrap();
        assert_eq!(bytes, blake3::hash(b"abc").as_bytes());
        assert_eq!(postcard::from_bytes::<Hash>(&bytes).unwrap(), hash);
    }

    #[test]
    fn what_is_no_hash_is_refused() {
        for text in ["\"\"", "\"ab\"", "7"] {
            assert!(serde_json::from_str::<Hash>(text).is_err(), "{text}");
        }
        assert!(Hash::from_hex(&"xy".repeat(32)).is_none());
    }
}
