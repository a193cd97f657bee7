//! Feeds as JSON Feed 1.1.

use serde::Serialize;

use super::entry::{Entry, Heading};

/// The address that names the form.
const VERSION: &str = "https://jsonfeed.org/version/1.1";

#[derive(Serialize)]
struct Feed<'a> {
    version: &'static str,
    title: &'a str,
    home_page_url: &'a str,
    #[serde(rename = "feed_url")]
    url: &'a str,
    language: &'a str,
    authors: [Author<'a>; 1],
    items: Vec<Item<'a>>,
}

#[derive(Serialize)]
struct Author<'a> {
    name: &'a str,
}

/// An entry; the form wants its text, if only an empty one.
#[derive(Serialize)]
struct Item<'a> {
    id: &'a str,
    url: &'a str,
    title: &'a str,
    content_text: &'a str,
    date_published: &'a str,
    date_modified: &'a str,
    authors: [Author<'a>; 1],
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    tags: &'a [String],
}

/// Writes a feed. The first entry is the one that changed last.
pub(super) fn write(heading: &Heading, entries: &[Entry]) -> String {
    let feed = Feed {
        version: VERSION,
        title: &heading.title,
        home_page_url: &heading.page,
        url: &heading.url,
        language: &heading.language,
        authors: [Author { name: &heading.author }],
        items: entries.iter().map(item).collect(),
    };
    serde_json::to_string_pretty(&feed).expect("texts are JSON") + "\n"
}

/// An entry in this form.
fn item(entry: &Entry) -> Item<'_> {
    let Entry { id, title, url, author, published, updated, summary, tags } = entry;
    Item {
        id,
        url,
        title,
        content_text: summary,
        date_published: published,
        date_modified: updated,
        authors: [Author { name: author }],
        tags,
    }
}
