//! What whoever serves a published file says of it: what kind of file it is, and how long it may be
//! kept.

/// How long a page may be kept: five minutes, as what is withdrawn has to be gone.
pub const PAGES: &str = "public, max-age=300";

/// How long a file of the theme may be kept, whose address changes with its bytes: a year.
pub const ASSETS: &str = "public, max-age=31536000, immutable";

/// What the names of the shards of the search begin with. These are kept as the files of the theme are:
/// their names change with what is in them, which is hashes. The blocks beside them have names and
/// texts, and are kept no longer than pages.
pub const SHARDS: [&str; 2] = ["o", "r"];

/// What is told of a file that says which other files there are: to ask for it each time.
pub const FRESH: &str = "no-cache";

/// The kinds of files whose type hosts do not know, or not in full, by their ends.
pub const TYPES: [(&str, &str); 5] = [
    ("ics", "text/calendar; charset=utf-8"),
    ("csv", "text/csv; charset=utf-8"),
    ("json", "application/json; charset=utf-8"),
    ("webmanifest", "application/manifest+json; charset=utf-8"),
    ("xml", "application/xml; charset=utf-8"),
];

/// How long a file may be kept.
pub fn kept(path: &str) -> &'static str {
    let shard = path.strip_prefix("search/").filter(|it| it.ends_with(".bin"));
    match path {
        "search/manifest.json" => FRESH,
        _ if path.starts_with("assets/") => ASSETS,
        _ if shard.is_some_and(|it| SHARDS.iter().any(|sign| it.starts_with(sign))) => ASSETS,
        _ => PAGES,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_kept_as_long_as_they_stay_what_they_are() {
        for (path, expected) in [
            ("index.html", PAGES),
            ("assets/site.1a2b.css", ASSETS),
            ("search/o1a2b.bin", ASSETS),
            ("search/b1a2b.bin", PAGES),
            ("search/manifest.json", FRESH),
            ("kaixuan/assets/a.css", PAGES),
        ] {
            assert_eq!(kept(path), expected, "{path}");
        }
    }
}
