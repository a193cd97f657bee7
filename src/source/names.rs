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

/// An editor, an office program or a system made the file for itself. It is hidden, or a copy, or
/// a lock, and no content. The names of folders follow the same rules.
pub fn is_litter(name: &str) -> bool {
    name.starts_with('.')
        || name.starts_with("~$")
        || name.ends_with('~')
        || name.ends_with(".tmp")
        || name.len() > 1 && name.starts_with('#') && name.ends_with('#')
        || name.ends_with("___jb_tmp___")
        || name.ends_with("___jb_old___")
        || is_left_by_looking(name)
}

/// A file manager left it in a folder because somebody opened it in a window: nobody misses it.
pub(crate) fn is_left_by_looking(name: &str) -> bool {
    [".DS_Store", "Thumbs.db", "desktop.ini"].iter().any(|it| name.eq_ignore_ascii_case(it))
}

#[cfg(test)]
mod tests {
    use super::*;

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
            "THUMBS.DB",
            "Desktop.ini",
        ] {
            assert!(is_litter(name), "{name}");
        }
        // Vim tries out a folder by a file 4913, which may as well be the name of a place.
        for name in ["place.yaml", "4913", "#1.md", "#", "tmp", "thumbs.db.yaml"] {
            assert!(!is_litter(name), "{name}");
        }
        assert!(is_left_by_looking(".DS_Store") && !is_left_by_looking(".git"));
    }
}
