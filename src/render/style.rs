//! Addresses in style sheets.
//!
//! Pages link to static files with a part that changes with their bytes, so that browsers may keep
//! them. So do style sheets, once they were loaded: `url(paper.svg)` becomes
//! `url(paper.svg?v=1a2b3c4d)`. What is no file of the theme, and other style sheets, stay as they
//! are written.

use std::collections::BTreeMap;

/// What changes with the bytes of a static file: the first eight hexadecimal digits of its BLAKE3
/// hash.
pub(crate) fn version(bytes: &[u8]) -> String {
    blake3::hash(bytes).to_hex()[..8].to_owned()
}

/// Adds it to the addresses in all style sheets. `layers` are the static files of themes by their
/// names; of two with one name that of the first layer counts.
pub(super) fn add_versions(mut layers: Vec<&mut BTreeMap<String, Vec<u8>>>) {
    let is_style = |name: &str| name.ends_with(".css");
    let files = layers.iter().rev().flat_map(|layer| layer.iter());
    let files = files.filter(|(name, _)| !is_style(name));
    let versions: BTreeMap<String, String> =
        files.map(|(name, bytes)| (name.clone(), version(bytes))).collect();
    let statics = layers.iter_mut().flat_map(|layer| layer.iter_mut());
    for (name, bytes) in statics.filter(|(name, _)| is_style(name)) {
        if let Ok(text) = str::from_utf8(bytes) {
            *bytes = with_versions(text, name, &versions).into_bytes();
        }
    }
}

/// A style sheet of that name with versions in its addresses.
fn with_versions(text: &str, name: &str, versions: &BTreeMap<String, String>) -> String {
    let folder = name.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut pieces = text.split("url(");
    let mut versioned = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        versioned.push_str("url(");
        let end = piece.find(')').unwrap_or(0);
        let (written, rest) = piece.split_at(end);
        let address = written.trim().trim_matches(['"', '\'']);
        let version = versions.get(&resolved(folder, address));
        // It goes behind the address, before a quotation mark or blank.
        let at = written.find(address).map_or(0, |start| start + address.len());
        versioned.push_str(&written[..at]);
        versioned.extend(version.into_iter().flat_map(|it| ["?v=", it]));
        versioned.push_str(&written[at..]);
        versioned.push_str(rest);
    }
    versioned
}

/// The name of the file that an address in a folder means.
fn resolved(folder: &str, address: &str) -> String {
    let mut names: Vec<&str> = folder.split('/').filter(|it| !it.is_empty()).collect();
    for name in address.split('/') {
        match name {
            ".." => drop(names.pop()),
            "." => {}
            name => names.push(name),
        }
    }
    names.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_of_the_theme_have_a_version() {
        let versions = ["a.svg", "img/b.svg"].map(|name| (name.to_owned(), "1234abcd".to_owned()));
        let versions = BTreeMap::from(versions);
        for (name, text, expected) in [
            ("s.css", "p { background: url(a.svg) }", "p { background: url(a.svg?v=1234abcd) }"),
            ("s.css", "url( \"img/b.svg\" )", "url( \"img/b.svg?v=1234abcd\" )"),
            (
                "img/s.css",
                "url('../a.svg'), url(./b.svg)",
                "url('../a.svg?v=1234abcd'), url(./b.svg?v=1234abcd)",
            ),
            ("s.css", "url(b.svg) url(https://a.cn/a.svg) url(#a)", ""),
            ("s.css", "url(data:image/png;base64,a) url() url(", ""),
            ("s.css", "p { color: red }", ""),
        ] {
            let expected = if expected.is_empty() { text } else { expected };
            assert_eq!(with_versions(text, name, &versions), expected);
        }
    }
}
