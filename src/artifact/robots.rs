//! `robots.txt`: that search engines may look at all pages, and where the sitemap is (RFC 9309).
//!
//! They ask for it at the root of a host, so a portal below a path has none. One that shows drafts
//! asks them to stay away.

use std::borrow::Cow;

use crate::{
    artifact::{Artifact, ArtifactKind, NotMade, Read, Scan, Sources, View, sitemap::SitemapKind},
    config::Config,
    schema::PlaceId,
};

/// `robots.txt`.
pub(super) struct RobotsKind;

impl ArtifactKind for RobotsKind {
    fn name(&self) -> &'static str {
        "robots"
    }

    fn plan(&self, place: Option<PlaceId>, sources: &Sources<'_>) -> Vec<Artifact> {
        let is_root = sources.config.base_path().is_empty();
        let file = || sources.portal_file("robots.txt", vec![Read::Site]);
        if place.is_none() && is_root { vec![file()] } else { Vec::new() }
    }

    fn make<'v>(&self, _: &Artifact, view: &View<'v>) -> Result<Cow<'v, [u8]>, NotMade> {
        Ok(text(view.config()).into_bytes().into())
    }

    fn scan(&self, _: &Artifact) -> Scan {
        Scan::Text
    }

    fn is_optional(&self) -> bool {
        true
    }
}

fn text(config: &Config) -> String {
    if config.drafts {
        return "User-agent: *\nDisallow: /\n".to_owned();
    }
    let has_sitemap = SitemapKind::is_planned(config);
    let sitemap = has_sitemap.then(|| format!("\nSitemap: {}/sitemap.xml\n", config.base_url));
    format!("User-agent: *\nDisallow:\n{}", sitemap.unwrap_or_default())
}
