//! The files of the content folder that are neither records nor notices, and names as people type
//! them.
//!
//! A file is looked up by its name as it is. If there is none, [`FoldedNames`] finds the one that a
//! person would take for the same: on Windows `Gate.JPG` and `gate.jpg` are one file, a Mac writes
//! `é` as two characters, and nobody knows whether a photo is called `.jpg` or `.jpeg`. Two files
//! that fold to one name are found by their exact names alone.

use std::{
    borrow::Cow,
    collections::{BTreeSet, HashMap},
    sync::OnceLock,
};

use icu_normalizer::ComposingNormalizerBorrowed;

use crate::{attachment::AttachmentKind, fingerprint::Fingerprint, source::SitePath};

/// The folder of files for the root of the site.
pub(crate) const ROOT_FILES: &str = "content/_root";

/// The files that are neither records nor notices nor places, by what they are.
#[derive(Debug, Default)]
pub struct LooseFiles {
    /// Those that are images for a browser, by their extension.
    pub images: BTreeSet<SitePath>,
    /// All others.
    pub others: BTreeSet<SitePath>,
    /// Those for the root of the site, which no text shows or attaches.
    pub root: BTreeSet<SitePath>,
    folded: OnceLock<FoldedNames>,
}

impl LooseFiles {
    /// The file of that name, as it is or as people type it.
    pub(in crate::schema) fn find<'a>(&'a self, file: &'a SitePath) -> Option<&'a SitePath> {
        if self.images.contains(file) || self.others.contains(file) {
            return Some(file);
        }
        self.folded.get_or_init(|| FoldedNames::new(self.files().cloned())).find(file)
    }

    /// All that texts may name, images first.
    pub fn files(&self) -> impl Iterator<Item = &SitePath> {
        self.images.iter().chain(&self.others)
    }

    /// Those that a text can bring into the output: images, and files of kinds that may be attached.
    pub fn publishable(&self) -> impl Iterator<Item = &SitePath> {
        let may_be_attached = |file: &&SitePath| AttachmentKind::of(file).is_some();
        self.images.iter().chain(self.others.iter().filter(may_be_attached))
    }

    /// Those for the root of the site, each with its path there.
    pub fn root_paths(&self) -> impl Iterator<Item = (&str, &SitePath)> {
        self.root.iter().filter_map(|file| {
            let path = file.as_str().strip_prefix(ROOT_FILES)?.strip_prefix('/')?;
            Some((path, file))
        })
    }

    /// All of them, in order.
    pub(in crate::schema) fn all(&self) -> Vec<SitePath> {
        let mut all: Vec<SitePath> = self.files().chain(&self.root).cloned().collect();
        all.sort_unstable();
        all
    }

    /// The fingerprint of all names.
    pub(in crate::schema) fn fingerprint(&self) -> Fingerprint {
        Fingerprint::of(&(&self.images, &self.others, &self.root))
    }
}

/// Files by their names as people type them. A name that two files share finds none.
#[derive(Debug, Default)]
pub(in crate::schema) struct FoldedNames(HashMap<String, Option<SitePath>>);

impl FoldedNames {
    /// The names of these files. Costs a text for each.
    pub(in crate::schema) fn new(files: impl Iterator<Item = SitePath>) -> Self {
        let mut names: HashMap<String, Option<SitePath>> = HashMap::new();
        for file in files {
            let same = names.entry(folded(file.as_str())).or_insert_with(|| Some(file.clone()));
            if same.as_ref() != Some(&file) {
                *same = None;
            }
        }
        Self(names)
    }

    /// The one file that a person would take for this.
    pub(in crate::schema) fn find(&self, file: &SitePath) -> Option<&SitePath> {
        self.0.get(&folded(file.as_str()))?.as_ref()
    }
}

/// A path as systems see it that make no difference between a letter with a sign and both by
/// themselves. Costs nothing where it is composed already, as nearly all are.
pub(crate) fn composed(path: &str) -> Cow<'_, str> {
    ComposingNormalizerBorrowed::new_nfc().normalize(path)
}

/// The name that a path takes, as systems see it that make no difference between `A` and `a`, nor
/// between a letter with a sign and both by themselves. A page
/// takes that of its folder, which no file can have: `a/`, `a/index.html` and `a` are one.
pub(crate) fn claim(path: &str) -> String {
    let path = composed(&path.to_lowercase()).into_owned();
    let without_slash = |path: &str| path.strip_suffix('/').unwrap_or(path).to_owned();
    let path = without_slash(&path);
    match path.strip_suffix("index.html") {
        Some(folder) if folder.is_empty() || folder.ends_with('/') => without_slash(folder),
        _ => path,
    }
}

/// A path as all ways to type it have in common: composed, in lower case, with one extension for
/// each kind of file.
pub(crate) fn folded(path: &str) -> String {
    let mut folded = composed(path).to_lowercase();
    for (long, short) in [(".jpeg", ".jpg"), (".yml", ".yaml")] {
        if let Some(stem) = folded.strip_suffix(long) {
            folded = format!("{stem}{short}");
        }
    }
    folded
}

/// Two files have one name, in whatever folders, but for how people type it.
pub fn is_same_name(one: &SitePath, other: &SitePath) -> bool {
    folded(one.name()) == folded(other.name())
}

/// What a file is that is an image, but none that browsers show, by its name: what messages call
/// it. Nothing for all other files.
pub fn foreign_image(file: &SitePath) -> Option<&'static str> {
    Some(match file.extension().to_ascii_lowercase().as_str() {
        "heic" | "heif" => "heic",
        "bmp" | "dib" => "bmp",
        "tif" | "tiff" => "tiff",
        "jfif" | "pjpeg" | "pjp" | "jpe" => "jfif",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_as_people_type_them() {
        let files = ["content/A.JPG", "content/caf\u{e9}.png", "content/b.yml", "content/公示.PDF"];
        let names = FoldedNames::new(files.into_iter().map(SitePath::new));
        for (typed, found) in [
            ("content/a.jpeg", Some("content/A.JPG")),
            ("Content/a.jpg", Some("content/A.JPG")),
            ("content/cafe\u{301}.PNG", Some("content/caf\u{e9}.png")),
            ("content/B.yaml", Some("content/b.yml")),
            ("content/公示.pdf", Some("content/公示.PDF")),
            ("content/公示.pd", None),
        ] {
            assert_eq!(names.find(&SitePath::new(typed)).map(SitePath::as_str), found, "{typed}");
        }
    }

    #[test]
    fn a_name_of_two_files_finds_none() {
        let names = FoldedNames::new(["a.jpg", "A.jpg", "b.jpg"].into_iter().map(SitePath::new));
        assert_eq!(names.find(&SitePath::new("a.JPG")), None);
        assert!(names.find(&SitePath::new("B.jpg")).is_some());
    }
}
