//! Fingerprints: equal for equal values, and different for others.
//!
//! They show what has changed since an earlier build of the same program on the same kind of
//! machine. They keep nothing secret, and nobody is stopped from making two things of one
//! fingerprint on purpose.
//!
//! Fingerprints are made from values (`of`), from bytes (`of_bytes`), and from other fingerprints:
//! in an order that counts (`of_all`, `and`) or in any (`plus`). A value counts through its `Hash`;
//! types whose fields decide what is made again have a test with `assert_each_field_counts`.
//!
//! 128 bits are taken for granted: two different values of one fingerprint are so unlikely that
//! nothing checks for them.

pub mod lazy;

use std::{
    fmt,
    hash::{Hash, Hasher},
};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use twox_hash::XxHash3_128;

/// 128 bits that are the same for the same value. The default, zero, stands for what has not been
/// taken.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Fingerprint(u128);

impl Fingerprint {
    /// That of these bytes, by XXH3. One pass, without allocating.
    pub fn of_bytes(bytes: &[u8]) -> Self {
        Self(XxHash3_128::oneshot(bytes))
    }

    /// That of a value, by what its `Hash` writes. A text and its bytes have different ones, since
    /// `Hash` marks where a text ends. What is written is copied first, so large files go through
    /// [`Self::of_bytes`].
    pub fn of(value: &(impl Hash + ?Sized)) -> Self {
        let mut hasher = FingerprintHasher::default();
        value.hash(&mut hasher);
        hasher.fingerprint()
    }

    /// That of several things in this order. Without any it is a constant, and not the default.
    pub fn of_all(all: impl IntoIterator<Item = Self>) -> Self {
        let mut hasher = FingerprintHasher::default();
        all.into_iter().for_each(|it| it.hash(&mut hasher));
        hasher.fingerprint()
    }

    /// That of this and another thing. The order counts: `a.and(b)` is not `b.and(a)`.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        let mut bytes = [0; 32];
        bytes[..16].copy_from_slice(&self.0.to_le_bytes());
        bytes[16..].copy_from_slice(&other.0.to_le_bytes());
        Self::of_bytes(&bytes)
    }

    /// That of this and other things in any order: the sum, so that `a.plus(b)` is `b.plus(a)`.
    /// What is added twice counts twice, and the default changes nothing.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        Self(self.0.wrapping_add(other.0))
    }

    /// Its bytes.
    pub fn to_bytes(self) -> [u8; 16] {
        self.0.to_le_bytes()
    }

    /// A short form, which is enough to distinguish a few values: the lower 32 bits. Among 10,000
    /// values two agree about once in a hundred times.
    pub fn short(self) -> u32 {
        #[expect(clippy::cast_possible_truncation, reason = "a short form is a part")]
        let short = self.0 as u32;
        short
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:032x}", self.0)
    }
}

impl fmt::Debug for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

/// As 16 bytes. As a number it would take more, since short forms are for small numbers.
impl Serialize for Fingerprint {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(&self.0.to_le_bytes())
    }
}

/// From exactly 16 bytes; anything else is an error.
impl<'de> Deserialize<'de> for Fingerprint {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Bytes;

        impl de::Visitor<'_> for Bytes {
            type Value = Fingerprint;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("16 bytes")
            }

            fn visit_bytes<E: de::Error>(self, bytes: &[u8]) -> Result<Fingerprint, E> {
                let bytes = bytes.try_into().map_err(|_| E::invalid_length(bytes.len(), &self))?;
                Ok(Fingerprint(u128::from_le_bytes(bytes)))
            }
        }

        deserializer.deserialize_bytes(Bytes)
    }
}

/// Takes the fingerprint of what is written to it, bit by bit.
///
/// It keeps all that is written and hashes it in one go at the end. [`Self::clear`] keeps the room
/// for the next thing.
#[derive(Debug, Default)]
pub struct FingerprintHasher(Vec<u8>);

impl FingerprintHasher {
    /// The fingerprint of all that was written.
    pub fn fingerprint(&self) -> Fingerprint {
        Fingerprint::of_bytes(&self.0)
    }

    /// Forgets what was written, for the next thing.
    pub fn clear(&mut self) {
        self.0.clear();
    }
}

impl Hasher for FingerprintHasher {
    fn write(&mut self, bytes: &[u8]) {
        self.0.extend_from_slice(bytes);
    }

    /// The short form, for the trait's sake. Whoever wants a fingerprint asks for it.
    fn finish(&self) -> u64 {
        u64::from(self.fingerprint().short())
    }
}

/// Asserts that a value gets another fingerprint when any one of its fields gets the value given
/// for it. The fields have to be all of the type's: a field that is added there has to be added
/// here.
#[cfg(test)]
macro_rules! assert_each_field_counts {
    ($value:expr, $type:ident { $($field:ident: $other:expr),+ $(,)? }) => {{
        use crate::fingerprint::Fingerprint;
        let value: $type = $value;
        let $type { $($field: _),+ } = &value;
        let fingerprint = Fingerprint::of(&value);
        assert_eq!(Fingerprint::of(&Clone::clone(&value)), fingerprint);
        $({
            let mut other = Clone::clone(&value);
            other.$field = $other;
            assert_ne!(Fingerprint::of(&other), fingerprint, stringify!($field));
        })+
    }};
}

#[cfg(test)]
pub(crate) use assert_each_field_counts;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn differing_things_have_differing_fingerprints() {
        let all = [
            Fingerprint::of(&("a", "bc")),
            Fingerprint::of(&("ab", "c")),
            Fingerprint::of(&Some(1)),
            Fingerprint::of(&None::<i32>),
            Fingerprint::of_bytes(b""),
            Fingerprint::of_all([Fingerprint::of(&1), Fingerprint::of(&2)]),
            Fingerprint::of_all([Fingerprint::of(&2), Fingerprint::of(&1)]),
        ];
        let different: std::collections::BTreeSet<_> = all.iter().collect();
        assert_eq!(different.len(), all.len());
    }

    #[test]
    fn they_can_be_kept() {
        let fingerprint = Fingerprint::of("好");
        let bytes = postcard::to_allocvec(&fingerprint).unwrap();
        assert_eq!(bytes.len(), 17);
        assert_eq!(postcard::from_bytes::<Fingerprint>(&bytes).unwrap(), fingerprint);
        assert!(postcard::from_bytes::<Fingerprint>(&bytes[..9]).is_err());
    }
}
