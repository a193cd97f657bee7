//! Which changed files no longer say something: they are replaced before anything is added, since
//! what they said may have been withdrawn.
//!
//! What a file says are its texts between tags, quotation marks, commas and line ends. One that the
//! new site says nowhere is lost. A number of a few digits says nothing by itself; a figure that
//! changes is no withdrawal. Of a file whose old bytes cannot be read, or are no text, anything may
//! be lost. To count one too many changes the order of some files; to count one too few would leave
//! a name in public for longer, so in doubt it counts.

use std::collections::HashSet;

use rayon::prelude::*;
use rustc_hash::FxHashSet;

use crate::{
    fingerprint::Fingerprint,
    output::{ManifestEntry, OutPath},
};

/// The fewest digits that may be a telephone number.
const DIGITS: usize = 7;

/// Of the `changed` files those that no longer say something. `old` and `new` give the bytes of a
/// file; `site` are all files of the new site.
///
/// All of the new site is read if anything was lost from a changed file, else these alone.
pub(super) fn less(
    changed: &[OutPath],
    site: &[ManifestEntry],
    old: impl Fn(&OutPath) -> Option<Vec<u8>> + Sync,
    new: impl Fn(&OutPath) -> Option<Vec<u8>> + Sync,
) -> FxHashSet<OutPath> {
    let lost_from = |path: &OutPath| {
        let lost = old(path).zip(new(path)).and_then(|(old, new)| lost(&old, &new));
        (path.clone(), lost)
    };
    let by_file: Vec<(OutPath, Option<HashSet<Fingerprint>>)> =
        changed.par_iter().map(lost_from).collect();
    let all: HashSet<Fingerprint> =
        by_file.iter().flat_map(|it| it.1.iter().flatten()).copied().collect();
    let still = |entry: &ManifestEntry| {
        let bytes = new(&entry.path).unwrap_or_default();
        let said = texts(&bytes).into_iter().flatten().map(Fingerprint::of);
        said.filter(|it| all.contains(it)).collect::<Vec<_>>()
    };
    let said: HashSet<Fingerprint> = if all.is_empty() {
        HashSet::new()
    } else {
        site.par_iter().flat_map_iter(still).collect()
    };
    let is_less = |lost: &Option<HashSet<Fingerprint>>| match lost {
        Some(lost) => lost.iter().any(|it| !said.contains(it)),
        None => true,
    };
    by_file.into_iter().filter(|(_, lost)| is_less(lost)).map(|(path, _)| path).collect()
}

/// What a file no longer says; nothing if either version is no text.
fn lost(old: &[u8], new: &[u8]) -> Option<HashSet<Fingerprint>> {
    let new: HashSet<Fingerprint> = texts(new)?.map(Fingerprint::of).collect();
    Some(texts(old)?.map(Fingerprint::of).filter(|it| !new.contains(it)).collect())
}

/// The texts of a file; nothing of one that is no text.
fn texts(bytes: &[u8]) -> Option<impl Iterator<Item = &str>> {
    let text = str::from_utf8(bytes).ok()?;
    let texts = text.split(['<', '>', '"', '\n', '\r', '\t', ',']).map(str::trim);
    Some(texts.filter(|it| says_something(it)))
}

fn says_something(text: &str) -> bool {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    // Addresses of theme files change with the theme.
    (digits >= DIGITS || text.chars().any(char::is_alphabetic)) && !text.contains("/assets/")
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    /// The files of `old` that say less in `new`.
    fn told(old: &[(&str, &str)], new: &[(&str, &str)]) -> Vec<String> {
        let files = |of: &[(&str, &str)]| -> BTreeMap<OutPath, Vec<u8>> {
            of.iter()
                .map(|(name, text)| (OutPath::new(name).unwrap(), text.as_bytes().to_vec()))
                .collect()
        };
        let (old, new) = (files(old), files(new));
        let site: Vec<_> = new.iter().map(|(path, bytes)| ManifestEntry::of(path, bytes)).collect();
        let changed: Vec<OutPath> = new
            .iter()
            .filter(|(path, bytes)| old.get(*path).is_some_and(|it| it != *bytes))
            .map(|(path, _)| path.clone())
            .collect();
        let less = less(&changed, &site, |it| old.get(it).cloned(), |it| new.get(it).cloned());
        let mut less: Vec<String> = less.iter().map(ToString::to_string).collect();
        less.sort();
        less
    }

    #[test]
    fn what_is_said_nowhere_any_more_is_less() {
        let old =
            [("a.html", "<li>王秀兰</li><li>李明</li> 5"), ("b.csv", "王秀兰,13800001234,7\n")];
        assert_eq!(
            told(&old, &[("a.html", "<li>李明</li> 6"), ("b.csv", "李明,2\n")]),
            ["a.html", "b.csv"]
        );
        // It moved to another page.
        let moved =
            [("a.html", "<li>李明</li> 4"), ("b.csv", old[1].1), ("c.html", "<p>王秀兰</p>")];
        assert_eq!(told(&old, &moved), [""; 0]);
        // The telephone number alone is gone.
        assert_eq!(told(&old, &[old[0], ("b.csv", "王秀兰,,7\n")]), ["b.csv"]);
        // A figure is another one, and something was added.
        assert_eq!(
            told(&old, &[("a.html", "<li>王秀兰</li><li>李明</li><li>赵</li> 6"), old[1]]),
            [""; 0]
        );
    }

    #[test]
    fn what_cannot_be_compared_is_less() {
        let path = OutPath::new("a").unwrap();
        let (paths, site) = ([path.clone()], [ManifestEntry::of(&path, b"new")]);
        let new = |_: &OutPath| Some(b"new".to_vec());
        assert_eq!(less(&paths, &site, |_| None, new).len(), 1);
        assert_eq!(less(&paths, &site, |_| Some(vec![0xff]), new).len(), 1);
        assert_eq!(less(&paths, &site, |_| Some(b"new".to_vec()), new).len(), 0);
    }
}
