//! The sitemap: the addresses of all pages, for search engines.
//!
//! ```xml
//! <?xml version="1.0" encoding="UTF-8"?>
//! <urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
//! <url><loc>https://x.example/kaixuan/</loc></url>
//! </urlset>
//! ```
//!
//! Dates of modification are left out: the protocol makes them optional, and a wrong one is worse
//! than none. A page's bytes change with the theme, too.

use std::borrow::Cow;

use quick_xml::escape::escape;

use crate::{
    artifact::{Artifact, ArtifactKind, NotMade, Read, Scan, Sources, Subject, View},
    config,
    diagnostic::Location,
    schema::PlaceId,
    source::SitePath,
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
        let Some(made) = sources.made.filter(|_| !sources.config.base_url.is_empty()) else {
            return Vec::new();
        };
        let count = made.count_addresses();
        let part = |number: usize| Artifact {
            path: file(number),
            subject: Subject::Part(u32::try_from(number).unwrap_or(u32::MAX)),
            language: sources.config.language.as_str().into(),
            reads: vec![Read::Site, Read::Pages],
            source: Location::file(SitePath::new(config::FILE)),
        };
        let is_public = !sources.config.drafts && count > 0;
        (0..=parts(count)).filter(|_| is_public).map(part).collect()
    }

    fn make<'v>(&self, artifact: &Artifact, view: &View<'v>) -> Result<Cow<'v, [u8]>, NotMade> {
        let Subject::Part(number) = artifact.subject else { return Err(artifact.unexpected()) };
        let url = |path: &str| view.config().absolute(&view.url(path));
        let xml = xml(number as usize, &view.pages(), url);
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
fn xml(number: usize, pages: &[String], url: impl Fn(&str) -> String) -> String {
    let urls = |paths: &[String]| paths.iter().map(|path| url(path)).collect::<Vec<_>>();
    match (number, parts(pages.len())) {
        (0, 0) => list("urlset", "url", &urls(pages)),
        (0, parts) => {
            list("sitemapindex", "sitemap", &urls(&(1..=parts).map(file).collect::<Vec<_>>()))
        }
        (number, _) => {
            let part = pages.chunks(MOST).nth(number - 1).unwrap_or_default();
            list("urlset", "url", &urls(part))
        }
    }
}

/// A list of addresses in the form of the protocol; they are escaped for XML.
fn list(root: &str, item: &str, urls: &[String]) -> String {
    let line = |url: &String| format!("<{item}><loc>{}</loc></{item}>\n", escape(url));
    let lines: String = urls.iter().map(line).collect();
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<{root} xmlns=\"{SCHEMA}\">\n{lines}</{root}>\n"
    )
}

#[cfg(test)]
mod tests;
