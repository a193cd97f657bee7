//! The addresses of other sites that pages link to, and where they stand in the content.

use std::collections::BTreeMap;

use aho_corasick::{AhoCorasick, MatchKind};
use memchr::{memchr, memmem};
use percent_encoding::percent_decode_str;

use crate::{
    config,
    diagnostic::Location,
    source::{self, SitePath, Span, Tree, World},
};

/// The addresses of the web that a page links to, as browsers read them.
pub fn addresses(html: &[u8]) -> impl Iterator<Item = String> {
    memmem::find_iter(html, b"<a ").filter_map(|start| {
        let tag = &html[start..];
        let tag = &tag[..memchr(b'>', tag)?];
        let value = &tag[memmem::find(tag, b" href=\"")? + b" href=\"".len()..];
        let value = str::from_utf8(&value[..memchr(b'"', value)?]).ok()?;
        let url = value.replace("&amp;", "&");
        let url = if url.starts_with("//") { format!("https:{url}") } else { url };
        let is_web = url.starts_with("https://") || url.starts_with("http://");
        is_web.then(|| url.split('#').next().unwrap_or_default().to_owned())
    })
}

/// Where each of some addresses stands first: in a file of the content, or in `site.toml`. Those that
/// stand in none, since a template has them, keep the page that was given. One pass over all texts.
pub fn places(
    world: &dyn World,
    tree: &Tree,
    pages: BTreeMap<String, String>,
) -> BTreeMap<String, Location> {
    let decoded = |url: &str| percent_decode_str(url).decode_utf8_lossy().into_owned();
    let urls: Vec<&String> = pages.keys().collect();
    // As it is, without its scheme, and with Chinese letters as people type them.
    let patterns = urls.iter().flat_map(|url| {
        let bare = url.split_once("://").map_or(url.as_str(), |(_, rest)| rest);
        [bare.to_owned(), decoded(bare)]
    });
    let patterns: Vec<String> = patterns.collect();
    let matcher = AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(&patterns);
    let mut found: BTreeMap<String, Location> = BTreeMap::new();
    let settings = SitePath::new(config::FILE);
    let files = tree.content().map(|it| it.all_files()).unwrap_or_default();
    for file in files.into_iter().filter(|it| is_text(it)).chain([&settings]) {
        let Some(text) = source::read_if_there(world, file).value else { continue };
        for hit in matcher.iter().flat_map(|it| it.find_iter(&text.content)) {
            let url = urls[hit.pattern().as_usize() / 2];
            if !found.contains_key(url) {
                found.insert(url.clone(), text.locate(Span::new(hit.start(), hit.end())));
            }
        }
    }
    let place = |(url, page): (String, String)| {
        let place = found.remove(&url).unwrap_or_else(|| Location::file(SitePath::new(page)));
        (url, place)
    };
    pages.into_iter().map(place).collect()
}

/// A file that people write.
fn is_text(file: &SitePath) -> bool {
    ["yaml", "yml", "csv", "md"].iter().any(|it| file.has_extension(it))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::MemoryWorld;

    #[test]
    fn links_of_pages_are_addresses() {
        let html = "<a href=\"https://a.cn/?a=1&amp;b=2#c\">甲</a> <a class=\"x\" href=\"//b.cn/\">乙</a>\
                    <a href=\"/c/\">丙</a><link href=\"https://d.cn\"><a href=\"mailto:a@e.cn\">丁</a>";
        let found: Vec<_> = addresses(html.as_bytes()).collect();
        assert_eq!(found, ["https://a.cn/?a=1&b=2", "https://b.cn/"]);
    }

    #[test]
    fn places_are_those_of_the_content() {
        let world = MemoryWorld::new([
            ("content/a.md", "见https://a.cn/甲、https://a.cn/".as_bytes().to_vec()),
            ("content/b.png", b"https://c.cn/".to_vec()),
        ]);
        let urls = ["https://a.cn/", "https://a.cn/%E7%94%B2", "https://c.cn/"];
        let pages = urls.map(|it| (it.to_owned(), "x/index.html".to_owned())).into();
        let places = places(&world, &Tree::take(&world), pages);
        let shown = |url: &str| {
            let place = &places[url];
            let column = place.range.map_or(0, |it| it.start.column);
            format!("{} {column}", place.file)
        };
        assert_eq!(urls.map(shown), ["content/a.md 25", "content/a.md 10", "x/index.html 0"]);
    }
}
