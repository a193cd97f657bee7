//! Paths inside the output folder.
//!
//! | text | |
//! | --- | --- |
//! | `kaixuan/yixin/index.html`, `通知/2026-03.html`, `.nojekyll` | a path |
//! | `/a`, `a//b`, `a/` | [`PathFault::Empty`] |
//! | `../a` | [`PathFault::Dots`] |
//! | `a:b`, `a\b` | [`PathFault::Character`] |
//! | `a./b` | [`PathFault::Ending`] |
//! | `con`, `aux.html`, `.linli-manifest.json` | [`PathFault::Reserved`] |
//!
//! Names are not normalised, and two that differ in case alone are two paths.

use std::{fmt, iter, sync::Arc};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::source::names::{is_device, is_forbidden};

/// The manifest's place in the output folder.
pub(super) const MANIFEST: &str = ".linli-manifest.json";

/// Says that a folder is a preview's, and may be emptied.
pub(super) const PREVIEW: &str = ".linli-preview";

/// A file of the published site, relative to the output folder: `kaixuan/yixin/index.html`.
///
/// Every such path can be written on every system: names are separated by `/`, none is empty or
/// made of dots, and none holds what Windows forbids. Paths sort by their bytes.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OutPath(Arc<str>);

/// Why a text is not an [`OutPath`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PathFault {
    /// The path or one of its names is empty, as in `/a`, `a//b` and `a/`.
    Empty,
    /// A name is `.` or `..`.
    Dots,
    /// A name holds this character, which Windows forbids.
    Character(char),
    /// A name ends in a space or a full stop, which Windows drops.
    Ending,
    /// A name is longer than the 255 bytes that file systems hold.
    TooLong,
    /// This name belongs to a device on Windows (`con`, `aux.html`), or to Linli.
    Reserved(String),
}

impl OutPath {
    /// A path from its text, if every system can hold it. The first fault from the left is
    /// returned. Names of Linli's own are reserved in the output folder itself, in any case.
    pub fn new(path: impl AsRef<str>) -> Result<Self, PathFault> {
        let path = path.as_ref();
        path.split('/').try_for_each(check_name)?;
        let first = path.split('/').next().unwrap_or(path);
        if [MANIFEST, PREVIEW].iter().any(|it| first.eq_ignore_ascii_case(it)) {
            return Err(PathFault::Reserved(first.to_owned()));
        }
        Ok(Self(Arc::from(path)))
    }

    /// The path's text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The folders above a file or folder, from the nearest; the output folder is not among them. Of
/// `a/b/c`: `a/b`, `a`.
pub(crate) fn folders_above(path: &str) -> impl Iterator<Item = &str> {
    iter::successors(Some(path), |it| it.rsplit_once('/').map(|(above, _)| above)).skip(1)
}

/// Refuses names that some system cannot hold, or that would mean another folder. The rules are
/// those of all systems, so that a site built on one can be served from any.
fn check_name(name: &str) -> Result<(), PathFault> {
    if name.is_empty() {
        return Err(PathFault::Empty);
    }
    if name == "." || name == ".." {
        return Err(PathFault::Dots);
    }
    if let Some(character) = name.chars().find(|it| is_forbidden(*it)) {
        return Err(PathFault::Character(character));
    }
    if name.ends_with(['.', ' ']) {
        return Err(PathFault::Ending);
    }
    if name.len() > 255 {
        return Err(PathFault::TooLong);
    }
    if is_device(name) { Err(PathFault::Reserved(name.to_owned())) } else { Ok(()) }
}

impl<'de> Deserialize<'de> for OutPath {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(PathText)
    }
}

/// Reads a path from a file that anybody may have edited; a fault is an error of that file.
struct PathText;

impl de::Visitor<'_> for PathText {
    type Value = OutPath;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a path inside the output folder")
    }

    fn visit_str<E: de::Error>(self, path: &str) -> Result<OutPath, E> {
        OutPath::new(path).map_err(E::custom)
    }
}

impl Serialize for OutPath {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl fmt::Display for OutPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for OutPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", &*self.0)
    }
}

impl fmt::Display for PathFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("a name in the path is empty"),
            Self::Dots => f.write_str("`.` and `..` are not names"),
            Self::Character(it) => write!(f, "{it:?} cannot be in a file name on Windows"),
            Self::Ending => f.write_str("a name cannot end in a space or a full stop on Windows"),
            Self::TooLong => f.write_str("a name is longer than 255 bytes"),
            Self::Reserved(name) => write!(f, "the name `{name}` is reserved"),
        }
    }
}

impl std::error::Error for PathFault {}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn ordinary_paths_are_fine() {
        for path in [
            "index.html",
            "kaixuan/yixin/index.html",
            "通知/2026-03.html",
            ".nojekyll",
            "console/a b",
        ] {
            assert_eq!(OutPath::new(path).map(|it| it.to_string()), Ok(path.to_owned()));
        }
    }

    #[test]
    fn paths_that_some_system_cannot_hold_are_refused() {
        let reserved = |name: &str| PathFault::Reserved(name.to_owned());
        for (path, fault) in [
            ("", PathFault::Empty),
            ("/etc/passwd", PathFault::Empty),
            ("a//b", PathFault::Empty),
            ("a/", PathFault::Empty),
            ("a/../b", PathFault::Dots),
            ("./a", PathFault::Dots),
            (r"a\b", PathFault::Character('\\')),
            ("c:/a", PathFault::Character(':')),
            ("a\0b", PathFault::Character('\0')),
            ("a?", PathFault::Character('?')),
            ("a./b", PathFault::Ending),
            ("a ", PathFault::Ending),
            ("a/NUL", reserved("NUL")),
            ("Aux.html", reserved("Aux.html")),
            ("com1.txt", reserved("com1.txt")),
            ("lpt²", reserved("lpt²")),
            (".linli-manifest.json", reserved(".linli-manifest.json")),
            (".Linli-Preview", reserved(".Linli-Preview")),
        ] {
            assert_eq!(OutPath::new(path), Err(fault), "{path:?}");
        }
        assert_eq!(OutPath::new("长".repeat(86)), Err(PathFault::TooLong));
    }

    proptest! {
        #[test]
        fn a_path_never_leaves_its_folder(text in "\\PC{0,40}|[./a:\\\\]{0,12}") {
            if let Ok(path) = OutPath::new(&text) {
                use std::path::{Component, Path};
                prop_assert!(Path::new(path.as_str()).components().all(|it| matches!(it, Component::Normal(_))));
                prop_assert_eq!(path.as_str(), text);
            }
        }
    }
}
