//! What a published folder holds, as a file in it.

use std::{fs, io, path::Path};

use serde::{Deserialize, Serialize};

use super::{OutPath, OutputError};

/// The manifest's place in the output folder.
pub(super) const NAME: &str = ".linli-manifest.json";

const GENERATOR: &str = "linli";
const VERSION: u32 = 1;

/// The files of a published folder, all but the manifest itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Manifest {
    files: Vec<Entry>,
}

/// One published file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Where it is.
    pub path: OutPath,
    /// Its length in bytes.
    pub size: u64,
    /// The BLAKE3 hash of its bytes, in lower-case hexadecimal.
    pub blake3: String,
}

/// The file's form. A later version may add to it, but keeps these fields, so that every version
/// knows the folders of every other.
#[derive(Deserialize)]
struct Document {
    generator: String,
    files: Vec<Entry>,
}

impl Manifest {
    /// The manifest of these files, whatever their order.
    pub(super) fn new(mut files: Vec<Entry>) -> Self {
        files.sort_unstable_by(|a, b| a.path.cmp(&b.path));
        Self { files }
    }

    /// The manifest of a published folder; nothing if the folder has none, or none of Linli's.
    pub fn read(folder: &Path) -> Result<Option<Self>, OutputError> {
        let path = folder.join(NAME);
        match fs::read(&path) {
            Ok(bytes) => Ok(Self::from_bytes(&bytes)),
            Err(cause) if cause.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(cause) => Err(OutputError::io("read", path)(cause)),
        }
    }

    /// The files, by path.
    pub fn files(&self) -> &[Entry] {
        &self.files
    }

    /// The file's bytes. They follow from the entries alone, and hold no time and no machine.
    pub(super) fn to_bytes(&self) -> Vec<u8> {
        let mut bytes =
            format!("{{\"generator\":\"{GENERATOR}\",\"version\":{VERSION},\"files\":[")
                .into_bytes();
        // A file a line: people compare two manifests with `diff`.
        let mut separator = "\n";
        for entry in &self.files {
            bytes.extend_from_slice(separator.as_bytes());
            serde_json::to_writer(&mut bytes, entry).expect("a vector takes every byte");
            separator = ",\n";
        }
        bytes.extend_from_slice(b"\n]}\n");
        bytes
    }

    fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let document: Document = serde_json::from_slice(bytes).ok()?;
        (document.generator == GENERATOR).then(|| Self::new(document.files))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(path: &str) -> Entry {
        Entry { path: OutPath::new(path).unwrap(), size: 3, blake3: "ab".repeat(32) }
    }

    #[test]
    fn bytes_follow_from_the_files() {
        let manifest = Manifest::new(vec![entry("b/\u{7f51}.html"), entry("a")]);
        let hash = "ab".repeat(32);
        let expected = format!(
            "{{\"generator\":\"linli\",\"version\":1,\"files\":[\n\
             {{\"path\":\"a\",\"size\":3,\"blake3\":\"{hash}\"}},\n\
             {{\"path\":\"b/网.html\",\"size\":3,\"blake3\":\"{hash}\"}}\n]}}\n"
        );
        assert_eq!(String::from_utf8(manifest.to_bytes()).unwrap(), expected);
        assert_eq!(Manifest::from_bytes(expected.as_bytes()), Some(manifest));
    }

    #[test]
    fn an_empty_site_has_a_manifest_too() {
        let manifest = Manifest::new(Vec::new());
        assert_eq!(Manifest::from_bytes(&manifest.to_bytes()), Some(manifest));
    }

    #[test]
    fn later_versions_are_known_and_others_are_not() {
        let read = |text: &str| Manifest::from_bytes(text.as_bytes()).is_some();
        assert!(read(r#"{"generator":"linli","version":9,"since":1,"files":[]}"#));
        assert!(!read(r#"{"generator":"hugo","version":1,"files":[]}"#));
        assert!(!read(
            r#"{"generator":"linli","version":1,"files":[{"path":"../a","size":1,"blake3":""}]}"#
        ));
        assert!(!read(r#"{"generator":"linli","#));
        assert!(!read(""));
    }
}
