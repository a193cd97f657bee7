//! The web manifest: what a phone shows of the portal that is put on its first screen.
//!
//! The name and the picture are those that pages have: the title of the portal, and the icon of the
//! theme, a drawing that fits any size. For phones that show no drawing there is a picture
//! (`icon.rs`).

use std::borrow::Cow;

use serde::Serialize;

use crate::{
    artifact::{Artifact, ArtifactKind, NotMade, Read, Scan, Sources, View, icon},
    config::Config,
    render::ASSETS,
    schema::PlaceId,
};

/// Where it stands.
pub(super) const FILE: &str = "manifest.webmanifest";

/// Its name, by which it is switched.
pub(super) const NAME: &str = "manifest";

/// The web manifest.
pub(super) struct ManifestKind;

/// What it says; see <https://www.w3.org/TR/appmanifest/>.
#[derive(Debug, Serialize)]
struct Manifest<'a> {
    name: &'a str,
    short_name: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    description: &'a str,
    lang: &'a str,
    id: &'a str,
    start_url: &'a str,
    scope: &'a str,
    display: &'static str,
    icons: Vec<Icon>,
}

/// A picture of the portal.
#[derive(Debug, Serialize)]
struct Icon {
    src: String,
    sizes: String,
    #[serde(rename = "type")]
    kind: &'static str,
}

impl ArtifactKind for ManifestKind {
    fn name(&self) -> &'static str {
        NAME
    }

    fn plan(&self, place: Option<PlaceId>, sources: &Sources<'_>) -> Vec<Artifact> {
        let file = || sources.portal_file(FILE, vec![Read::Site, Read::Theme]);
        if place.is_none() { vec![file()] } else { Vec::new() }
    }

    fn make<'v>(&self, _: &Artifact, view: &View<'v>) -> Result<Cow<'v, [u8]>, NotMade> {
        let file = format!("{ASSETS}/favicon.svg");
        let drawing = |src| Icon { src, sizes: "any".to_owned(), kind: "image/svg+xml" };
        let picture = |(src, (width, height))| Icon {
            src,
            sizes: format!("{width}x{height}"),
            kind: "image/png",
        };
        let drawing = view.asset_url(&file).map(drawing);
        let icons = drawing.into_iter().chain(icon::all(view).into_iter().map(picture)).collect();
        Ok(json(view.config(), &view.url(""), icons).into())
    }

    fn scan(&self, _: &Artifact) -> Scan {
        Scan::Text
    }

    fn is_optional(&self) -> bool {
        true
    }
}

/// The manifest of a portal whose front page is at `home`.
fn json(config: &Config, home: &str, icons: Vec<Icon>) -> Vec<u8> {
    let title = config.title.get(&config.language);
    let manifest = Manifest {
        name: title,
        short_name: title,
        description: config.description.get(&config.language),
        lang: &config.language,
        id: home,
        start_url: home,
        scope: home,
        // Readers keep the address and the way back.
        display: "minimal-ui",
        icons,
    };
    // A struct of texts can always be written.
    serde_json::to_vec(&manifest).unwrap_or_default()
}
