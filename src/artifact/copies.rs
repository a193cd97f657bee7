//! What the copies of a picture are called, and in which form each is published.
//!
//! The largest copy has the path of the file, so that addresses are what the author sees. Behind the
//! names of the smaller ones stands how wide they are:
//!
//! | file | copies |
//! | --- | --- |
//! | `a.jpg`, 4000 pixels wide | `a-480w.jpg`, `a-960w.jpg`, `a.jpg` with 1600 |
//! | `a.png` with transparent pixels | `a-480w.png`, `a-960w.png`, `a.png` |
//! | `a.png` without | `a.png-480w.jpg`, `a.png-960w.jpg`, `a.png` |
//! | `a.gif`, `a.webp`, `a.svg` | `a.gif`, `a.webp`, `a.svg` |
//! | a photo that is called `a.gif` | `a.gif`, a photo |
//!
//! What is called one way and is the other, such as a PNG called `a.jpg`, becomes what it is called.

use crate::{
    image::picture::{LARGEST, Picture, PictureForm, PictureSource, SMALLER},
    schema::LooseFiles,
    source::{CONTENT, SitePath},
};

/// The form of the file at a path; nothing if its name tells of no form in which pictures are encoded.
pub(super) fn form(path: &str) -> Option<PictureForm> {
    let extension = path.rsplit_once('.')?.1.to_ascii_lowercase();
    match extension.as_str() {
        "jpg" | "jpeg" => Some(PictureForm::Jpeg),
        "png" => Some(PictureForm::Png),
        _ => None,
    }
}

/// The paths of all copies of the picture at a path, each with its width, the largest last.
pub(super) fn paths(path: &str, picture: Picture) -> Vec<(String, u32)> {
    let Some((form, (stem, extension))) = form(path).zip(path.rsplit_once('.')) else {
        return vec![(path.to_owned(), picture.within(LARGEST).0)];
    };
    let is_photo = form == PictureForm::Png && picture.source != PictureSource::Drawing;
    let smaller = picture.smaller().map(|width| {
        let name = if is_photo {
            format!("{path}-{width}w.jpg")
        } else {
            format!("{stem}-{width}w.{extension}")
        };
        (name, width)
    });
    smaller.chain([(path.to_owned(), picture.within(LARGEST).0)]).collect()
}

/// The image that a smaller copy would be of by its path, and the width of the copy; nothing for
/// any other path.
pub(super) fn original(path: &str, files: &LooseFiles) -> Option<(SitePath, u32)> {
    let (stem, extension) = path.rsplit_once('.')?;
    let (stem, width) = stem.strip_suffix('w')?.rsplit_once('-')?;
    let width = SMALLER.into_iter().find(|it| it.to_string() == width)?;
    let photo = (extension == "jpg").then(|| stem.to_owned());
    let candidates = [Some(format!("{stem}.{extension}")), photo];
    let mut files =
        candidates.into_iter().flatten().filter(|it| form(it).is_some()).filter_map(|it| {
            let file = SitePath::new(CONTENT).join(&it);
            files.images.contains(&file).then_some(file)
        });
    Some((files.next()?, width))
}

/// The files that are called as a copy of another one would be, each with that one.
pub(super) fn rivals(files: &LooseFiles) -> impl Iterator<Item = (&SitePath, SitePath)> {
    files.images.iter().filter_map(|file| Some((file, original(file.below_content(), files)?.0)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn copies_are_found_by_their_paths() {
        let names = ["a.jpg", "b/A.JPG", "a.png", "c.jpeg", "d.png", "e.gif"];
        let images = names.map(|it| SitePath::new(CONTENT).join(it)).into();
        let mut files = LooseFiles::default();
        files.images = images;
        for (path, source, expected) in [
            ("a.jpg", PictureSource::Jpeg, "a-480w.jpg a-960w.jpg a.jpg"),
            ("b/A.JPG", PictureSource::Jpeg, "b/A-480w.JPG b/A-960w.JPG b/A.JPG"),
            ("a.png", PictureSource::Drawing, "a-480w.png a-960w.png a.png"),
            ("c.jpeg", PictureSource::Drawing, "c-480w.jpeg c-960w.jpeg c.jpeg"),
            ("d.png", PictureSource::Opaque, "d.png-480w.jpg d.png-960w.jpg d.png"),
            ("d.png", PictureSource::Jpeg, "d.png-480w.jpg d.png-960w.jpg d.png"),
            ("e.gif", PictureSource::Other, "e.gif"),
        ] {
            let copies =
                paths(path, Picture { width: 4000, height: 3000, source, generated: false });
            let names: Vec<&str> = copies.iter().map(|it| it.0.as_str()).collect();
            assert_eq!(names.join(" "), expected);
            for (copy, width) in &copies[..copies.len() - 1] {
                let file = SitePath::new(CONTENT).join(path);
                assert_eq!(original(copy, &files), Some((file, *width)), "{copy}");
            }
        }
        for path in ["a.jpg", "a-481w.jpg", "x-480w.jpg", "e-480w.gif", "e.gif-480w.jpg", "w.jpg"] {
            assert_eq!(original(path, &files), None, "{path}");
        }
    }
}
