//! What an artifact sees of the images that it shows.

use std::{fmt::Write as _, sync::Arc};

use crate::{
    artifact::{View, copies},
    image::picture::{LARGEST, Picture, UprightPicture},
    render::markdown::SiteImage,
    source::{self, CONTENT, SitePath, World as _},
};

impl View<'_> {
    /// An image that a page shows, by its path below the content folder, with all copies of it: they
    /// will be published, too. The caller has [followed](View::follow) the link to it, so that the
    /// page is made again when the image is another one.
    pub(in crate::artifact) fn image(&self, path: &str) -> SiteImage {
        let file = SitePath::new(CONTENT).join(path);
        let picture = self.picture(&file);
        let is_first = self.show_image(path);
        let url = self.url(path);
        let Some(picture) = picture else {
            return SiteImage { url, is_first, ..SiteImage::default() };
        };
        let paths = copies::paths(path, *picture);
        let mut copies = String::new();
        if let [smaller @ .., largest] = paths.as_slice()
            && !smaller.is_empty()
        {
            smaller.iter().for_each(|(path, _)| self.show(path));
            for (path, width) in smaller.iter().chain([largest]) {
                let comma = if copies.is_empty() { "" } else { ", " };
                let _ = write!(copies, "{comma}{} {width}w", self.url(path));
            }
        }
        let is_resized = copies::form(path).is_some();
        let width = if is_resized { LARGEST } else { picture.width };
        SiteImage { url, size: Some(picture.within(width)), copies, is_first }
    }

    /// The picture of a file with these bytes, decoded; nothing if it is broken. All copies of it are
    /// made from one.
    pub(in crate::artifact) fn decoded(
        &self,
        file: &SitePath,
        bytes: &[u8],
    ) -> Option<Arc<UprightPicture>> {
        let id = self.sources.portal.catalog.loose_id(file)?;
        self.sources.inspections.decoded.get(id, || UprightPicture::of(bytes).ok())
    }

    /// What the head of an image says; nothing if its size cannot be told, or if it is too large to
    /// be published. It is read once in a build, however many pages show it.
    fn picture(&self, file: &SitePath) -> Option<Arc<Picture>> {
        let portal = self.sources.portal;
        let id = portal.catalog.loose_id(file)?;
        let look = || Picture::of(&portal.files().read(file, source::MAX_FILE).ok()?);
        self.sources.inspections.pictures.get(id, look).filter(|it| !it.is_too_large())
    }
}
