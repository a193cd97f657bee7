//! What a target is known to hold.
//!
//! ```json
//! {"generator":"linli-publish","version":1,
//!  "files":[{"path":"index.html","size":5120,"blake3":"af13…"}],
//!  "uncertain":["kaixuan/index.html"],
//!  "leaving":[[{"path":"assets/old.js","size":9,"blake3":"9f86…"},1]]}
//! ```
//!
//! It has paths, sizes and hashes, no names of persons but those that addresses have.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::output::{Manifest, ManifestEntry, OutPath};

const GENERATOR: &str = "linli-publish";
const VERSION: u32 = 1;

/// What a target is known to hold: files with these bytes, files of which nothing is known, and
/// nothing else of Linli's.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Known {
    /// These are there, with these bytes.
    pub files: Vec<ManifestEntry>,
    /// These may be there, whole or not: a run that was to change them did not end.
    pub uncertain: BTreeSet<OutPath>,
    /// Files of the theme that the site no longer has, each with the number of builds since. Pages
    /// that somebody loaded before may still ask for them.
    pub leaving: Vec<(ManifestEntry, u32)>,
}

#[derive(Serialize, Deserialize)]
struct Form {
    generator: String,
    version: u32,
    files: Vec<ManifestEntry>,
    #[serde(default)]
    uncertain: BTreeSet<OutPath>,
    #[serde(default)]
    leaving: Vec<(ManifestEntry, u32)>,
}

impl Known {
    /// Nothing is certain of these files.
    pub fn of_uncertain(paths: impl IntoIterator<Item = OutPath>) -> Self {
        Self { uncertain: paths.into_iter().collect(), ..Self::default() }
    }

    /// The files that are there for certain, to be looked up by path.
    pub fn manifest(&self) -> Manifest {
        Manifest::new(self.files.clone())
    }

    /// All that may be there.
    pub fn paths(&self) -> BTreeSet<&OutPath> {
        let leaving = self.leaving.iter().map(|(entry, _)| &entry.path);
        self.files.iter().map(|it| &it.path).chain(&self.uncertain).chain(leaving).collect()
    }

    /// The bytes of the file that says so.
    pub fn to_bytes(&self) -> Vec<u8> {
        let Self { files, uncertain, leaving } = self.clone();
        let generator = GENERATOR.to_owned();
        let form = Form { generator, version: VERSION, files, uncertain, leaving };
        // Texts and numbers can always be written.
        serde_json::to_vec(&form).unwrap_or_default()
    }

    /// Reads such a file; nothing of any other, or of one that a later program wrote.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let form: Form = serde_json::from_slice(bytes).ok()?;
        if form.generator != GENERATOR || form.version != VERSION {
            return None;
        }
        let Form { files, uncertain, leaving, .. } = form;
        Some(Self { files, uncertain, leaving })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_known_is_read_again() {
        let path = |it: &str| OutPath::new(it).unwrap();
        let known = Known {
            files: vec![ManifestEntry::of(&path("a/b"), b"1")],
            uncertain: BTreeSet::from([path("c")]),
            leaving: vec![(ManifestEntry::of(&path("assets/d"), b"2"), 1)],
        };
        let bytes = known.to_bytes();
        assert_eq!(Known::from_bytes(&bytes), Some(known));
        let later = String::from_utf8(bytes).unwrap().replace("\"version\":1", "\"version\":2");
        assert_eq!(Known::from_bytes(later.as_bytes()), None);
        assert_eq!(Known::from_bytes(b"{}"), None);
    }
}
