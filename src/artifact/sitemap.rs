//! The sitemap: the addresses of all pages, for search engines.
//!
//! ```xml
//! <?xml version="1.0" encoding="UTF-8"?>
//! <urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
//! <url><loc>https://x.example/kaixuan/</loc></url>
//! <url><loc>https://x.example/kaixuan/notices/a/</loc><lastmod>2026-11-20</lastmod></url>
//! </urlset>
//! ```
//!
//! The day of modification is what the content says: when a notice was posted or corrected, when a
//! lasting page was changed. The protocol makes it optional, and a wrong one is worse than none, so
//! pages have none whose records do not say it. A page's bytes change with the theme, too.

use std::borrow::Cow;

use jiff::civil::Date;
use quick_xml::escape::escape;

use crate::{
    artifact::{Artifact, ArtifactKind, NotMade, Read, Scan, Sources, Subject, View},
    config::Config,
    schema::PlaceId,
};

/// The most addresses that one file may have, by the protocol.
const MOST: usize = 50_000;

/// The XML namespace of the protocol, by which readers recognise it.
const SCHEMA: &str = "http://www.sitemaps.org/schemas/sitemap/0.9";

/// `sitemap.xml`, if the portal says where it is published and shows no drafts. A portal of more
/// than 50,000 pages has several files, and `sitemap.xml` names them. The protocol wants whole
/// addresses, so without `base-url` there is none.
pub(super) struct SitemapKind;

impl ArtifactKind for SitemapKind {
    fn name(&self) -> &'static str {
        "sitemap"
    }

    fn plan(&self, _: Option<PlaceId>, sources: &Sources<'_>) -> Vec<Artifact> {
        let is_planned = Self::is_planned(sources.config);
        let Some(made) = sources.made.filter(|_| is_planned) else { return Vec::new() };
        let count = made.count_addresses();
        let part = |number: usize| Artifact {
            subject: Subject::Part(u32::try_from(number).unwrap_or(u32::MAX)),
            ..sources.portal_file(&file(number), vec![Read::Site, Read::Pages])
        };
        (0..=parts(count)).filter(|_| count > 0).map(part).collect()
    }

    fn make<'v>(&self, artifact: &Artifact, view: &View<'v>) -> Result<Cow<'v, [u8]>, NotMade> {
        let Subject::Part(number) = artifact.subject else { return Err(artifact.unexpected()) };
        let xml = xml(number as usize, &view.pages(), |path| view.whole_url(path));
        Ok(xml.into_bytes().into())
    }

    fn scan(&self, _: &Artifact) -> Scan {
        Scan::Nothing
    }

    fn is_optional(&self) -> bool {
        true
    }

    fn is_derived(&self) -> bool {
        true
    }

    fn reserved(&self, config: &Config) -> Vec<&'static str> {
        let is_named = !config.base_url.is_empty();
        is_named.then_some("sitemap.xml").into_iter().collect()
    }
}

impl SitemapKind {
    /// A portal has a sitemap.
    pub(super) fn is_planned(config: &Config) -> bool {
        !config.base_url.is_empty() && !config.drafts && config.has_output("sitemap")
    }
}

/// The file of a part; that of the whole is number 0.
fn file(number: usize) -> String {
    if number == 0 { "sitemap.xml".to_owned() } else { format!("sitemap-{number}.xml") }
}

/// How many parts a sitemap of that many pages has beside the file that names them. None if that
/// file holds the pages themselves.
fn parts(pages: usize) -> usize {
    if pages > MOST { pages.div_ceil(MOST) } else { 0 }
}

/// The text of the file of that number. `url` gives the address of a path. A number beyond the last
/// part gives a list without addresses.
fn xml(number: usize, pages: &[PageDay], url: impl Fn(&str) -> String) -> String {
    let newest = |pages: &[PageDay]| pages.iter().filter_map(|(_, day)| *day).max();
    match (number, parts(pages.len())) {
        (0, 0) => list("urlset", "url", pages, url),
        (0, parts) => {
            let files = (1..=parts).map(file).zip(pages.chunks(MOST).map(newest));
            list("sitemapindex", "sitemap", &files.collect::<Vec<_>>(), url)
        }
        (number, _) => {
            let part = pages.chunks(MOST).nth(number - 1).unwrap_or_default();
            list("urlset", "url", part, url)
        }
    }
}

/// A path, and the day on which what it shows was last changed.
type PageDay = (String, Option<Date>);

/// A list of addresses in the form of the protocol; they are escaped for XML.
fn list(root: &str, item: &str, pages: &[PageDay], url: impl Fn(&str) -> String) -> String {
    let line = |(path, day): &PageDay| {
        let day = day.map(|it| format!("<lastmod>{it}</lastmod>")).unwrap_or_default();
        format!("<{item}><loc>{}</loc>{day}</{item}>\n", escape(url(path)))
    };
    let lines: String = pages.iter().map(line).collect();
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<{root} xmlns=\"{SCHEMA}\">\n{lines}</{root}>\n"
    )
}

#[cfg(test)]
mod tests;
