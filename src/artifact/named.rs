//! Files and pages that `site.toml` names, and that are not there.
//!
//! Every page shows what these settings say, so a picture that is missing or an address that leads
//! nowhere is wrong on all of them. It is told where it is written:
//!
//! | in `site.toml` | stands for |
//! | --- | --- |
//! | `image = "dangzheng.png"` | `content/_root/dangzheng.png` |
//! | `correct = "/guide/"` | a page, or a file of the root |

use crate::{
    artifact::{Sources, root_file},
    config::organiser::Named,
    diagnostic::{Code, Diagnostic, nearest},
    schema::ROOT_FILES,
    source::SitePath,
};

/// Errors for what settings name and the site does not have. `is_made` tells whether an artifact has
/// that path; it is asked only of addresses that no page of the content has.
pub(super) fn lost(sources: Sources<'_>, is_made: impl Fn(&str) -> bool) -> Vec<Diagnostic> {
    let named = sources.config.organiser.named.iter();
    named.filter_map(|it| check(it, sources, &is_made)).collect()
}

/// The error of one of them, if it is wrong.
fn check(
    named: &Named,
    sources: Sources<'_>,
    is_made: impl Fn(&str) -> bool,
) -> Option<Diagnostic> {
    let Named { target, location } = named;
    let error = |code| Diagnostic::error(code, location.clone()).arg("target", target);
    if target.starts_with('/') {
        let path = target.split(['?', '#']).next().unwrap_or_default().trim_start_matches('/');
        let page = format!("{}/index.html", path.trim_end_matches('/'));
        let is_there =
            sources.routes().of_address(path).is_some() || is_made(path) || is_made(&page);
        return (!is_there).then(|| error(Code::BadLink).arg("found", "no").help("absolute"));
    }
    if !sources.routes().has_root_file(target) {
        let there = sources.portal.catalog.loose.root_paths().map(|(path, _)| path);
        let error = error(Code::MissingImage).arg("found", "no");
        return Some(match nearest(target, there) {
            Some(near) => error.arg("near", near).help("near"),
            None => error.arg("folder", ROOT_FILES).help("root"),
        });
    }
    let is_image = root_file::is_image(&SitePath::new(target));
    (!is_image).then(|| error(Code::UnfitTarget).arg("kind", "page").help("image"))
}
