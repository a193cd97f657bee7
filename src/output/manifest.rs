//! What a published folder holds, as a file in it.
//!
//! ```json
//! {"generator":"linli","version":1,"files":[
//! {"path":"index.html","size":5120,"blake3":"af1349b9…"},
//! {"path":"kaixuan/index.html","size":2048,"blake3":"9f86d081…"}
//! ]}
//! ```
//!
//! It says which files are Linli's, so that a build may replace the folder, and which need not be
//! written again. Other programs may read it, to copy only what changed. Files are sorted by the
//! bytes of their paths, each path once.

use std::{borrow::Cow, io, ops::Range, path::Path};

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::{
    fingerprint::Fingerprint,
    output::{Hash, OutPath, OutputError, path::MANIFEST},
    source::open::read_file,
};

const GENERATOR: &str = "linli";

/// What comes before the files, and after them. A change of the form that a reader of the form
/// before would notice raises the version; `tests/formats` describes each.
const HEAD: &str = r#"{"generator":"linli","version":1,"files":["#;
const FOOT: &str = "\n]}\n";

/// The files of a published folder, all but the manifest itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Manifest {
    /// Sorted by path; all that is looked up below relies on it.
    files: Vec<ManifestEntry>,
}

/// One published file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Hash)]
pub struct ManifestEntry {
    /// Where it is.
    pub path: OutPath,
    /// Its length in bytes.
    pub size: u64,
    /// The hash of its bytes.
    pub blake3: Hash,
}

/// A folder of a site.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct ManifestFolder<'a> {
    /// Where it is; the output folder is the empty path.
    pub(super) path: &'a str,
    /// How many files and folders are in it, without the manifest.
    pub(super) names: usize,
}

/// The file's form. A later version may add to it, but keeps these fields, so that every version
/// knows the folders of every other.
#[derive(Deserialize)]
struct Document<'a> {
    #[serde(borrow)]
    generator: Cow<'a, str>,
    files: Vec<ManifestEntry>,
}

impl ManifestEntry {
    /// The entry of a file with these bytes.
    pub fn of(path: &OutPath, bytes: &[u8]) -> Self {
        Self { path: path.clone(), size: bytes.len() as u64, blake3: Hash::of(bytes) }
    }
}

impl Manifest {
    /// The manifest of these files, whatever their order. No two may have one path; the caller has
    /// seen to it.
    pub(crate) fn new(mut files: Vec<ManifestEntry>) -> Self {
        // Not the unstable sort: this one is fast where parts are in order already.
        files.sort_by(|a, b| a.path.cmp(&b.path));
        Self { files }
    }

    /// The manifest of a published folder, and the fingerprint of its bytes; nothing if the folder
    /// has none, or none of Linli's. A manifest that is damaged, or lists a path that some system
    /// cannot hold, is as good as none: the folder is then not ours.
    pub fn read(folder: &Path) -> Result<Option<(Self, Fingerprint)>, OutputError> {
        let path = folder.join(MANIFEST);
        match read_file(&path) {
            Ok(bytes) => {
                let fingerprint = || Fingerprint::of_bytes(&bytes);
                Ok(Self::from_bytes(&bytes).map(|it| (it, fingerprint())))
            }
            Err(cause) if cause.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(cause) => Err(OutputError::io("read", path)(cause)),
        }
    }

    /// The files, by path.
    pub fn files(&self) -> &[ManifestEntry] {
        &self.files
    }

    /// The number of a file among the files. O(log n). A folder has none.
    pub(crate) fn position(&self, path: &str) -> Option<usize> {
        self.files.binary_search_by(|file| file.path.as_str().cmp(path)).ok()
    }

    /// The numbers of the files in a folder and in all folders below; none if there is no such
    /// folder. They stand side by side in the order: `a` has `a/b` and `a/b/c`, not `a.html` or
    /// `ab`. O(log n).
    pub(super) fn below(&self, folder: &str) -> Range<usize> {
        let prefix = format!("{folder}/");
        let start = self.files.partition_point(|file| file.path.as_str() < prefix.as_str());
        let length =
            self.files[start..].partition_point(|it| it.path.as_str().starts_with(&prefix));
        start..start + length
    }

    /// Whether a folder of this path is in the output folder.
    pub(crate) fn has_folder(&self, path: &str) -> bool {
        !self.below(path).is_empty()
    }

    /// Whether a file, or a folder, of this path is in the output folder.
    pub(super) fn has(&self, path: &str, is_folder: bool) -> bool {
        if is_folder {
            self.has_folder(path)
        } else {
            path == MANIFEST || self.position(path).is_some()
        }
    }

    /// All folders that hold these files, each before those in it. One pass over the paths. The
    /// output folder comes first, even if there are no files.
    pub(super) fn folders(&self) -> Vec<ManifestFolder<'_>> {
        let mut folders = vec![ManifestFolder { path: "", names: 0 }];
        // Those above the file before. What a folder holds stands together in the order.
        let mut open = vec![0];
        let mut before = "";
        for path in self.files.iter().map(|it| it.path.as_str()) {
            let same = before.bytes().zip(path.bytes()).take_while(|(a, b)| a == b).count();
            let depth = path.bytes().take(same).filter(|it| *it == b'/').count();
            open.truncate(depth + 1);
            for (end, _) in path.match_indices('/').skip(depth) {
                folders[open[open.len() - 1]].names += 1;
                open.push(folders.len());
                folders.push(ManifestFolder { path: &path[..end], names: 0 });
            }
            folders[open[open.len() - 1]].names += 1;
            before = path;
        }
        folders
    }

    /// The file's bytes. They follow from the entries alone, and hold no time and no machine.
    pub(crate) fn to_bytes(&self) -> Vec<u8> {
        let lines = |entries: &[ManifestEntry]| {
            let mut lines = Vec::new();
            for entry in entries {
                // A file a line: people compare two manifests with `diff`.
                lines.extend_from_slice(b",\n");
                serde_json::to_writer(&mut lines, entry).expect("a vector takes every byte");
            }
            lines
        };
        let parts: Vec<_> = self.files.par_chunks(256).map(lines).collect();
        let lines = parts.concat();
        // The first has none before it.
        [HEAD.as_bytes(), lines.strip_prefix(b",").unwrap_or(&lines), FOOT.as_bytes()].concat()
    }

    /// Reads line by line what this version wrote, and any other form as JSON. None if it is no
    /// manifest of Linli's.
    pub(crate) fn from_bytes(bytes: &[u8]) -> Option<Self> {
        if let Some(files) = from_lines(bytes) {
            return Some(Self::new(files));
        }
        let document: Document<'_> = serde_json::from_slice(bytes).ok()?;
        (document.generator == GENERATOR).then(|| Self::new(document.files))
    }
}

/// The files of a manifest that has the very form in which this version writes it. Its lines can
/// be read at the same time.
fn from_lines(bytes: &[u8]) -> Option<Vec<ManifestEntry>> {
    let lines = str::from_utf8(bytes).ok()?.strip_prefix(HEAD)?.strip_suffix(FOOT)?;
    let lines = lines.strip_prefix('\n').unwrap_or(lines);
    let entry = |line: &str| serde_json::from_str(line.strip_suffix(',').unwrap_or(line)).ok();
    lines.par_lines().map(entry).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use proptest::{collection::btree_set, prelude::*};

    use super::{super::path::folders_above, *};

    fn entry(path: &str) -> ManifestEntry {
        ManifestEntry::of(&OutPath::new(path).unwrap(), b"abc")
    }

    #[test]
    fn bytes_follow_from_the_files() {
        let manifest = Manifest::new(vec![entry("b/\u{7f51}.html"), entry("a")]);
        let hash = blake3::hash(b"abc").to_hex();
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

    #[test]
    fn entries_are_short_in_binary_formats() {
        let bytes = postcard::to_allocvec(&entry("a/b")).unwrap();
        assert_eq!(bytes.len(), 1 + 3 + 1 + 32);
        assert_eq!(postcard::from_bytes::<ManifestEntry>(&bytes).unwrap(), entry("a/b"));
    }

    proptest! {
        #[test]
        fn folders_are_those_above_the_files(paths in btree_set("[ab!]{1,2}(/[ab!]{1,2}){0,3}", 0..20)) {
            let manifest = Manifest::new(paths.iter().map(|path| entry(path)).collect());
            let above = paths.iter().flat_map(|path| folders_above(path)).chain([""]);
            let mut names: BTreeMap<_, BTreeSet<_>> = above.map(|it| (it, BTreeSet::new())).collect();
            let inside = names.keys().copied().chain(paths.iter().map(String::as_str));
            for path in inside.filter(|it| !it.is_empty()).collect::<Vec<_>>() {
                let (above, name) = path.rsplit_once('/').unwrap_or(("", path));
                names.get_mut(above).unwrap().insert(name);
            }
            // No site has a file and a folder of one path.
            prop_assume!(paths.iter().all(|path| !names.contains_key(path.as_str())));
            let mut folders = manifest.folders();
            prop_assert!(folders.iter().all(|folder| folder.path.is_empty() || manifest.has_folder(folder.path)));
            folders.sort_by_key(|it| it.path);
            let expected = names.iter().map(|(path, it)| ManifestFolder { path, names: it.len() });
            prop_assert_eq!(folders, expected.collect::<Vec<_>>());
        }
    }
}
