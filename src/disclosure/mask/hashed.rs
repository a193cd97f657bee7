//! Names of persons who withdrew, of which nothing is kept but hashes.
//!
//! Such a name has to be found in other content, and must not be in memory or in a cache for it
//! (what is withheld does not exist after disclosure). So it becomes a [`HashedName`]: a keyed hash
//! of its folded form. A text is searched by hashing pieces of it, at each place where a glyph is
//! the first one of a name, in the lengths that such names have. That first character, the length
//! and the masked form are kept in clear; pages show them, too.
//!
//! The hashes are in memory only, but for a portal that is built in parts, where they go from one
//! to the others without the key: each machine derives that from what it has. What a cache keeps of
//! names are the key, which is random, and with it fingerprints and keys of 64 bits, as of other
//! personal data; `disclosure/set_summary.rs` reads the names again when they are asked for.

use std::{
    fmt,
    hash::{BuildHasher as _, RandomState},
};

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use crate::disclosure::mask::reading::{Glyph, Sought, is_between, is_border};

/// The key of hashes of names.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct NameSecret([u8; 32]);

impl Default for NameSecret {
    /// A random one.
    fn default() -> Self {
        // The system seeds the standard library's hashes.
        let mut hasher = blake3::Hasher::new();
        for number in 0..4_u64 {
            hasher.update(&RandomState::new().hash_one(number).to_le_bytes());
        }
        Self(*hasher.finalize().as_bytes())
    }
}

impl NameSecret {
    /// One that follows from something which only those know who may know the names: machines that
    /// each read a part of a portal have to find the same hashes.
    pub fn derived(from: &[u8]) -> Self {
        Self(blake3::derive_key("linli 2026 names of persons who withdrew", from))
    }
}

impl fmt::Debug for NameSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("NameSecret")
    }
}

/// The keyed hash of a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct NameHash([u8; 16]);

impl NameHash {
    fn of(letters: impl Iterator<Item = char>, secret: NameSecret) -> Self {
        let mut bytes = [0; 16];
        let letters: String = letters.collect();
        let hash = blake3::keyed_hash(&secret.0, letters.as_bytes());
        bytes.copy_from_slice(&hash.as_bytes()[..16]);
        Self(bytes)
    }

    /// Half of it, for tables of what pages may show.
    pub(in crate::disclosure) fn key(self) -> u64 {
        let mut half = [0; 8];
        half.copy_from_slice(&self.0[..8]);
        u64::from_le_bytes(half)
    }
}

/// Where a name is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(super) enum NameForm {
    /// In any text.
    Characters,
    /// In any text, as whole words.
    Words,
    /// In addresses and names of files: it is spelt in Latin letters.
    Spelt,
}

/// A name, as a hash. It is written for the other parts of a portal alone, without the key
/// (`sent.rs`).
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct HashedName {
    pub(in crate::disclosure) hash: NameHash,
    form: NameForm,
    first: char,
    /// In characters.
    length: u8,
    /// What is shown instead.
    shown: Box<str>,
}

impl HashedName {
    /// The hash of letters in their folded form. Nothing for more than 255.
    pub(super) fn new(
        letters: &[char],
        form: NameForm,
        shown: &str,
        secret: NameSecret,
    ) -> Option<Self> {
        Some(Self {
            hash: NameHash::of(letters.iter().copied(), secret),
            form,
            first: *letters.first()?,
            length: u8::try_from(letters.len()).ok()?,
            shown: shown.into(),
        })
    }
}

/// Hashed names, ready to be looked for.
#[derive(Debug, Default)]
pub(in crate::disclosure) struct NameIndex {
    secret: NameSecret,
    names: FxHashMap<NameHash, (NameForm, Box<str>)>,
    /// By first character: the lengths of names in texts, the longest first.
    lengths: FxHashMap<char, Vec<u8>>,
    /// The same of names that are spelt.
    spelt: FxHashMap<char, Vec<u8>>,
}

impl NameIndex {
    /// The index of these names.
    pub(in crate::disclosure) fn new<'n>(
        names: impl Iterator<Item = &'n HashedName>,
        secret: NameSecret,
    ) -> Self {
        let mut index = Self { secret, ..Self::default() };
        for name in names {
            // A name in Latin letters is spelt as it is: it stays one that any text may say.
            if name.form != NameForm::Spelt || !index.names.contains_key(&name.hash) {
                index.names.insert(name.hash, (name.form, name.shown.clone()));
            }
            let lengths = match name.form {
                NameForm::Spelt => &mut index.spelt,
                _ => &mut index.lengths,
            };
            let lengths = lengths.entry(name.first).or_default();
            if !lengths.contains(&name.length) {
                lengths.push(name.length);
                lengths.sort_unstable_by(|a, b| b.cmp(a));
            }
        }
        index
    }

    /// There are no names.
    pub(in crate::disclosure) fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    /// The name of that hash is one of them.
    pub(in crate::disclosure) fn has(&self, name: NameHash) -> bool {
        self.names.contains_key(&name)
    }

    /// Which name some glyphs say or spell.
    pub(in crate::disclosure) fn hash(&self, glyphs: &[Glyph]) -> Option<NameHash> {
        let letters = || glyphs.iter().map(|glyph| glyph.ch);
        let whole = NameHash::of(letters(), self.secret);
        let spelt = || NameHash::of(letters().filter(|it| !is_between(*it)), self.secret);
        [whole].into_iter().chain([spelt()]).find(|hash| self.names.contains_key(hash))
    }
}

impl Sought for NameIndex {
    fn may_begin(&self, first: char) -> bool {
        self.lengths.contains_key(&first)
    }

    fn read(&self, glyphs: &[Glyph], at: usize) -> Option<(usize, &str)> {
        self.lengths.get(&glyphs[at].ch)?.iter().find_map(|length| {
            let end = at + usize::from(*length);
            let letters = glyphs.get(at..end)?.iter().map(|glyph| glyph.ch);
            let (form, shown) = self.names.get(&NameHash::of(letters, self.secret))?;
            let is_whole = match form {
                NameForm::Characters => true,
                NameForm::Words => glyphs[at].begins && is_border(glyphs, end),
                NameForm::Spelt => false,
            };
            is_whole.then_some((end, &**shown))
        })
    }

    fn spelt(&self, glyphs: &[Glyph], at: usize) -> Option<usize> {
        let lengths = self.spelt.get(&glyphs[at].ch)?;
        let (mut letters, mut found) = (String::new(), None);
        let mut between = 0;
        for (index, glyph) in glyphs.iter().enumerate().skip(at) {
            if is_between(glyph.ch) && between < 3 {
                between += 1;
                continue;
            }
            if !glyph.ch.is_ascii_lowercase() || letters.len() >= usize::from(lengths[0]) {
                break;
            }
            between = 0;
            letters.push(glyph.ch);
            let is_long = lengths.iter().any(|it| usize::from(*it) == letters.len());
            if is_long && is_border(glyphs, index + 1) {
                let hash = NameHash::of(letters.chars(), self.secret);
                found = self.names.contains_key(&hash).then_some(index + 1).or(found);
            }
        }
        found
    }
}
