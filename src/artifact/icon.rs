//! The icons of the portal, for phones that show no drawing: smaller copies of one picture of the
//! theme, `static/icon.png`, which may be of any layer.
//!
//! ```text
//! assets/icon.png, 512 × 512   the web manifest
//!   → icons/192.png            the web manifest
//!   → icons/180.png            Apple's first screen
//! ```
//!
//! A copy that is not smaller than the picture is not made. A theme without the picture has none.

use std::borrow::Cow;

use crate::{
    artifact::{Artifact, ArtifactKind, NotMade, Read, Scan, Sources, Subject, View},
    diagnostic::{Code, Diagnostic, Location},
    image::picture::{Picture, PictureForm, UprightPicture},
    render::{
        ASSETS,
        theme::{THEMES, Theme},
    },
    schema::PlaceId,
    source::SitePath,
};

/// Its name, by which it is switched.
pub(super) const NAME: &str = "icon";

/// Of Apple's first screen.
pub(super) const TOUCH: u32 = 180;

/// All widths, in pixels.
const WIDTHS: [u32; 2] = [192, TOUCH];

/// The icons.
pub(super) struct IconKind;

impl ArtifactKind for IconKind {
    fn name(&self) -> &'static str {
        NAME
    }

    fn plan(&self, place: Option<PlaceId>, sources: &Sources<'_>) -> Vec<Artifact> {
        if place.is_some() {
            return Vec::new();
        }
        let icon = |(width, _): (u32, u32)| Artifact {
            subject: Subject::Part(width),
            source: Location::file(SitePath::new(THEMES)),
            ..sources.portal_file(&path(width), vec![Read::Theme])
        };
        of_theme(sources.theme).into_iter().map(icon).collect()
    }

    fn make<'v>(&self, artifact: &Artifact, view: &View<'v>) -> Result<Cow<'v, [u8]>, NotMade> {
        let Subject::Part(width) = artifact.subject else { return Err(artifact.unexpected()) };
        let bytes = view.theme_file(&original()).ok_or(NotMade::Torn)?;
        let copy = UprightPicture::of(bytes).and_then(|it| it.copy(width, PictureForm::Png));
        let broken = |_| {
            let error = Diagnostic::error(Code::UnreadableImage, artifact.source.clone());
            NotMade::from(error.arg("reason", "broken").help("broken"))
        };
        copy.map(Cow::Owned).map_err(broken)
    }

    fn scan(&self, _: &Artifact) -> Scan {
        Scan::Nothing
    }

    fn is_optional(&self) -> bool {
        true
    }
}

/// The addresses of the theme's picture and of the icons that are made from it, with width and
/// height.
pub(super) fn all(view: &View<'_>) -> Vec<(String, (u32, u32))> {
    let picture = view.theme_file(&original());
    let made = picture.filter(|_| view.config().has_output(NAME)).map(smaller).unwrap_or_default();
    let made = made.into_iter().map(|size| (view.url(&path(size.0)), size));
    let whole = view.asset_url(&original()).zip(picture.and_then(size));
    whole.into_iter().chain(made).collect()
}

/// Width and height of each icon that is made, the largest first.
pub(super) fn of_theme(theme: &Theme) -> Vec<(u32, u32)> {
    theme.files().get(&original()).map(|bytes| smaller(bytes)).unwrap_or_default()
}

/// The path of the icon of that width.
pub(super) fn path(width: u32) -> String {
    format!("icons/{width}.png")
}

/// The path of the picture that icons are made from.
fn original() -> String {
    format!("{ASSETS}/icon.png")
}

/// Width and height of a picture; nothing of what is not decoded.
fn size(bytes: &[u8]) -> Option<(u32, u32)> {
    let picture = Picture::of(bytes).filter(|it| it.is_decoded() && !it.is_too_large())?;
    Some((picture.width, picture.height))
}

/// The sizes of the smaller copies.
fn smaller(bytes: &[u8]) -> Vec<(u32, u32)> {
    let scaled = |(width, height): (u32, u32)| {
        WIDTHS.into_iter().filter(move |it| *it < width).map(move |it| {
            let height = u64::from(height) * u64::from(it) / u64::from(width);
            (it, u32::try_from(height).unwrap_or(u32::MAX))
        })
    };
    size(bytes).into_iter().flat_map(scaled).collect()
}
