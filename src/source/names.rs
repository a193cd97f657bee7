//! Names of files: those that some system cannot hold, and those that nobody meant to publish.
//!
//! [`is_forbidden`] and [`is_device`] are the rules of Windows. They hold on every system, since a
//! portal that is edited on one computer is often built on another. `output` asks them too, before
//! it writes a file.

/// Windows forbids the character in the name of a file.
pub(crate) fn is_forbidden(character: char) -> bool {
    character.is_ascii_control() || r#"\<>:"|?*"#.contains(character)
}

/// The name belongs to a device on Windows, which opens it whatever follows the first dot, in any
/// case: `con`, `aux.html`, `com1.yaml`.
pub(crate) fn is_device(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or(name).trim_end();
    let is = |device: &str| stem.eq_ignore_ascii_case(device);
    let numbered = || {
        let mut chars = stem.chars();
        chars.next_back().is_some_and(|it| it.is_ascii_digit() || "¹²³".contains(it))
            && ["com", "lpt"].iter().any(|it| chars.as_str().eq_ignore_ascii_case(it))
    };
    ["con", "prn", "aux", "nul", "conin$", "conout$"].into_iter().any(is) || numbered()
}

/// An editor, an office program or a system made the file or folder for itself. It is hidden, or a
/// copy, or a lock, and no content. Whoever walks or watches a folder asks this, and nothing else.
///
/// | name | of |
/// | --- | --- |
/// | `.git`, `._x`, `.~lock.x#`, `.x.swp` | what is hidden |
/// | `~$x.docx`, `~WRL0001.tmp`, `A1B2C3D4` | Word, Excel and WPS |
/// | `x~`, `#x#`, `x___jb_tmp___` | editors |
/// | `Thumbs.db`, `desktop.ini`, `$RECYCLE.BIN`, `__MACOSX`, `@eaDir`, `#recycle` | systems and network drives |
pub fn is_litter(name: &str) -> bool {
    const FOLDERS: [&str; 7] = [
        "$RECYCLE.BIN",
        "System Volume Information",
        "lost+found",
        "__MACOSX",
        "@eaDir",
        "#recycle",
        "#snapshot",
    ];
    let is_ending = |end: &str| name.len() >= end.len() && has_end(name, end);
    name.starts_with('.')
        || name.starts_with("~$")
        || name.ends_with('~')
        || is_ending(".tmp")
        || name.len() > 1 && name.starts_with('#') && name.ends_with('#')
        || is_ending("___jb_tmp___")
        || is_ending("___jb_old___")
        || FOLDERS.iter().any(|it| name.eq_ignore_ascii_case(it))
        || is_unsaved_workbook(name)
        || is_left_by_looking(name)
}

/// The same of a file alone: the name may as well be that of a place. Vim writes `4913` to learn
/// whether it may write.
pub(crate) fn is_litter_file(name: &str) -> bool {
    name == "4913" || is_litter(name)
}

/// Hosts ask for the file or folder at the root of a site, although it is hidden as litter is.
pub(crate) fn is_asked_for(name: &str) -> bool {
    matches!(name, ".well-known" | ".nojekyll" | ".domains" | ".htaccess")
}

/// What Excel calls a workbook while it is saved: eight digits and letters, in hexadecimal. Those
/// of a date are none.
fn is_unsaved_workbook(name: &str) -> bool {
    let is_digit = |it: u8| it.is_ascii_digit() || matches!(it, b'A'..=b'F');
    name.len() == 8 && name.bytes().all(is_digit) && !name.bytes().all(|it| it.is_ascii_digit())
}

/// A name ends like this, in capitals or not.
fn has_end(name: &str, end: &str) -> bool {
    name.as_bytes()[name.len() - end.len()..].eq_ignore_ascii_case(end.as_bytes())
}

/// A file manager left it in a folder because somebody opened it in a window: nobody misses it.
pub(crate) fn is_left_by_looking(name: &str) -> bool {
    const LEFT: [&str; 4] = [".DS_Store", "Thumbs.db", "ehthumbs.db", "desktop.ini"];
    LEFT.iter().any(|it| name.eq_ignore_ascii_case(it)) || name.starts_with("._")
}

/// The name without its extension that a file or folder is called a copy of, by the programs that
/// make copies: file managers, browsers that save a file twice, and those that keep folders in step.
///
/// | name | original |
/// | --- | --- |
/// | `heping - 副本`, `heping - 副本 (2)`, `heping的副本`, `副本 heping` | `heping` |
/// | `honors (1)`, `honors（1）`, `honors copy 2`, `Copy of honors` | `honors` |
/// | `honors (冲突 2026-03-01)`, `honors.sync-conflict-20260301-1`, `honors-DESKTOP-A1` | `honors` |
/// | `2026-03-05 (water)`, `photocopy` | none |
pub(crate) fn original(stem: &str) -> Option<&str> {
    const COPIES: [&str; 8] =
        ["的副本", "副本", "的复件", "复件", "的拷贝", "拷贝", "copy", "Copy"];
    const CONFLICTS: [&str; 5] =
        [".sync-conflict-", "-DESKTOP-", "-LAPTOP-", "conflicted copy", "冲突"];
    // Nearly all names are such that nothing of this can be in them.
    let is_simple = |it: u8| it.is_ascii_lowercase() || it.is_ascii_digit() || it == b'-';
    if stem.bytes().all(is_simple) && !stem.contains("copy") {
        return None;
    }
    let is_gap = |it: char| " -_—–()（）".contains(it);
    if let Some(at) = CONFLICTS.iter().find_map(|mark| stem.find(mark)) {
        let before = &stem[..at];
        let before = before.rfind(['(', '（']).map_or(before, |bracket| &before[..bracket]);
        return Some(before.trim_end_matches(is_gap)).filter(|it| !it.is_empty());
    }
    let bare = stem.trim_end_matches(|it: char| it.is_ascii_digit() || is_gap(it));
    let behind = COPIES.iter().find_map(|word| {
        let rest = bare.strip_suffix(word)?;
        (!word.is_ascii() || rest.ends_with(is_gap)).then(|| rest.trim_end_matches(is_gap))
    });
    let before = ["副本", "复件", "拷贝", "Copy of"]
        .iter()
        .find_map(|word| stem.strip_prefix(word).filter(|rest| rest.starts_with(is_gap)));
    let numbered = || {
        let (before, number) = stem.trim_end_matches([')', '）']).rsplit_once(['(', '（'])?;
        let is_number =
            (1..=2).contains(&number.len()) && number.bytes().all(|it| it.is_ascii_digit());
        (is_number && stem.ends_with([')', '）'])).then(|| before.trim_end())
    };
    let found = behind.or(before.map(|rest| rest.trim_start_matches(is_gap))).or_else(numbered);
    found.filter(|original| !original.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn copies_are_called_after_their_originals() {
        for name in [
            "heping - 副本",
            "heping - 副本 (2)",
            "heping - 副本2",
            "heping的副本",
            "heping 副本",
            "heping (副本)",
            "副本 heping",
            "复件 heping",
            "heping 拷贝",
            "heping copy",
            "heping - Copy (3)",
            "Copy of heping",
            "heping (1)",
            "heping(1)",
            "heping（12）",
            "heping (冲突 2026-03-01)",
            "heping (zhang 的冲突副本 2026)",
            "heping.sync-conflict-20260301-1",
            "heping-DESKTOP-A1B2",
            "heping (x's conflicted copy)",
        ] {
            assert_eq!(original(name), Some("heping"), "{name}");
        }
        for name in [
            "heping",
            "heping2",
            "photocopy",
            "2026-03-05 (water)",
            "副本",
            "(1)",
            "heping (2026)",
            "copy",
        ] {
            assert_eq!(original(name), None, "{name}");
        }
    }

    #[test]
    fn devices() {
        for name in ["con", "NUL", "Aux.html", "com1.txt", "lpt²", "con .md", "CONIN$"] {
            assert!(is_device(name), "{name}");
        }
        for name in ["console", "com", "com12", "a.con", "通知"] {
            assert!(!is_device(name), "{name}");
        }
    }

    #[test]
    fn litter() {
        for name in [
            ".git",
            "~$表.xlsx",
            "a.yaml~",
            "a.tmp",
            "#a.yaml#",
            "a___jb_tmp___",
            "A.TMP",
            "~WRL0001.tmp",
            ".~lock.表.xlsx#",
            "._表.xlsx",
            "5A3F00B1",
            "THUMBS.DB",
            "ehthumbs.db",
            "Desktop.ini",
            "$Recycle.Bin",
            "__MACOSX",
            "@eaDir",
            "#recycle",
        ] {
            assert!(is_litter(name) && is_litter_file(name), "{name}");
        }
        let names =
            ["place.yaml", "#1.md", "#", "tmp", "thumbs.db.yaml", "20261120", "deadbeef", "表"];
        for name in names {
            assert!(!is_litter(name) && !is_litter_file(name), "{name}");
        }
        assert!(!is_litter("4913") && is_litter_file("4913"));
        let left = [".DS_Store", "._a", "Thumbs.db"];
        assert!(left.iter().all(|it| is_left_by_looking(it)) && !is_left_by_looking(".git"));
    }
}
