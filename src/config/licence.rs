//! `[data] licence` of `site.toml`: on which terms anybody may use the data that the portal offers.
//!
//! | written | name | address |
//! | --- | --- | --- |
//! | `CC-BY-4.0` | CC-BY-4.0 | that of the licence |
//! | `https://example.cn/terms` | | as written |
//! | `转载请注明来源` | | |
//!
//! Nothing is the default: a licence is given by who holds the rights, not by a program.

use crate::{diagnostic::Diagnostic, source::reader::MapReader};

/// Licences that are known by their names in the list of SPDX, each with its title and address.
const KNOWN: [(&str, &str, &str); 6] = [
    ("CC0-1.0", "Creative Commons Zero 1.0", "https://creativecommons.org/publicdomain/zero/1.0/"),
    (
        "CC-BY-4.0",
        "Creative Commons Attribution 4.0",
        "https://creativecommons.org/licenses/by/4.0/",
    ),
    (
        "CC-BY-SA-4.0",
        "Creative Commons Attribution-ShareAlike 4.0",
        "https://creativecommons.org/licenses/by-sa/4.0/",
    ),
    (
        "CC-BY-NC-4.0",
        "Creative Commons Attribution-NonCommercial 4.0",
        "https://creativecommons.org/licenses/by-nc/4.0/",
    ),
    (
        "ODC-BY-1.0",
        "Open Data Commons Attribution License 1.0",
        "https://opendatacommons.org/licenses/by/1-0/",
    ),
    (
        "PDDL-1.0",
        "Open Data Commons Public Domain Dedication and License 1.0",
        "https://opendatacommons.org/licenses/pddl/1-0/",
    ),
];

/// On which terms anybody may use the data.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Licence {
    /// Its name in the list of SPDX; empty if it is none of those that are known.
    pub name: &'static str,
    /// What readers see.
    pub title: String,
    /// Where it stands; may be empty.
    pub url: String,
}

impl Licence {
    /// The licence that somebody means by these words.
    fn of(words: &str) -> Self {
        let is_called = |name: &str| name.eq_ignore_ascii_case(&words.replace(' ', "-"));
        if let Some((name, title, url)) = KNOWN.into_iter().find(|(name, ..)| is_called(name)) {
            return Self { name, title: title.to_owned(), url: url.to_owned() };
        }
        let is_url = words.starts_with("https://") || words.starts_with("http://");
        let url = if is_url { words.to_owned() } else { String::new() };
        Self { name: "", title: words.to_owned(), url }
    }
}

/// Reads `[data]`; nothing if no licence is given.
pub(super) fn read(mut reader: MapReader<'_>, sink: &mut Vec<Diagnostic>) -> Option<Licence> {
    let licence = reader.word("licence", sink).map(|(words, _)| Licence::of(words));
    reader.finish(sink);
    licence
}

#[cfg(test)]
mod tests {
    use super::Licence;

    #[test]
    fn licences_are_known_by_name() {
        let of = |words: &str| {
            let Licence { name, title, url } = Licence::of(words);
            (name, title, url)
        };
        let (name, title, url) = of("cc by 4.0");
        assert_eq!((name, &*title), ("CC-BY-4.0", "Creative Commons Attribution 4.0"));
        assert_eq!(url, "https://creativecommons.org/licenses/by/4.0/");
        let terms = "https://example.cn/terms";
        assert_eq!(of(terms), ("", terms.to_owned(), terms.to_owned()));
        assert_eq!(of("转载请注明来源"), ("", "转载请注明来源".to_owned(), String::new()));
    }
}
