//! The attributes by which a browser chooses the copy of an image, and keeps its space free; and what
//! stands beside one.

use std::fmt::Write as _;

use crate::render::markdown::{resolve::SiteImage, url::push_attribute};

/// How wide an image is in a text: the column, or less on a narrow screen.
const SIZES: &str = "(min-width: 42em) 40em, 100vw";

/// Writes width and height, if they are known.
pub(super) fn push_size(html: &mut String, image: &SiteImage) {
    if let Some((width, height)) = image.size {
        let _ = write!(html, " width=\"{width}\" height=\"{height}\"");
    }
}

/// Writes the copies, and when to load them: the first image of a page at once, others when they come
/// into view.
pub(super) fn push_copies(html: &mut String, image: &SiteImage) {
    if !image.copies.is_empty() {
        html.push_str(" srcset=\"");
        push_attribute(html, &image.copies);
        html.extend(["\" sizes=\"", SIZES, "\""]);
    }
    if image.size.is_some() {
        html.push_str(" decoding=\"async\"");
    }
    if !image.is_first {
        html.push_str(" loading=\"lazy\"");
    }
}

/// Writes behind an image what has to stand beside it.
pub(super) fn push_mark(html: &mut String, image: &SiteImage) {
    if !image.mark.is_empty() {
        html.push_str("<span class=\"generated\">");
        push_attribute(html, &image.mark);
        html.push_str("</span>");
    }
}
