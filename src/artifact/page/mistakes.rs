//! Mistakes in links and images as diagnostics.

use crate::{
    diagnostic::{Code, Diagnostic, Location},
    render::markdown::{Broken, Unfit, Wrong},
};

/// The diagnostic of a mistake in a link, with the file or heading that was probably meant, if one
/// is alike. What leads nowhere is an error; an address such as `javascript:` is a warning, as the
/// link is left out anyway.
pub(super) fn diagnostic(wrong: &Wrong, location: Location) -> Diagnostic {
    match wrong {
        Wrong::Link { target, broken } => {
            let other = if target.starts_with('/') { "absolute" } else { "relative" };
            missing((Code::BadLink, other), target, broken, location)
        }
        Wrong::Image { target, broken } => {
            missing((Code::MissingImage, "copy"), target, broken, location)
        }
        Wrong::Unfit { target, kind } => unfit(target, kind, location),
        Wrong::Brackets { meant } => {
            Diagnostic::warning(Code::FullWidthBrackets, location).arg("meant", meant).help("type")
        }
        Wrong::Password => {
            // The line is not quoted: it has the password.
            let location = Location { quote: None, ..location };
            Diagnostic::error(Code::UrlWithPassword, location).help("remove")
        }
        Wrong::Blocked => {
            Diagnostic::warning(Code::BlockedSource, location).arg("what", "img-src").help("image")
        }
        Wrong::Mark(mark) => {
            let name = mark.name();
            Diagnostic::warning(Code::LostMarkup, location).arg("kind", name).help(name)
        }
        Wrong::Numbers { written } => Diagnostic::warning(Code::LostMarkup, location)
            .arg("kind", "numbers")
            .arg("numbers", marks(written))
            .help("numbers"),
        Wrong::Element { name } => {
            Diagnostic::warning(Code::LostElement, location).arg("name", name).help("link")
        }
        Wrong::Undescribed => {
            Diagnostic::warning(Code::ImageUndescribed, location).help("describe")
        }
        Wrong::Unsupported { scheme } => {
            Diagnostic::warning(Code::UnsupportedUrl, location).arg("scheme", scheme).help("scheme")
        }
        Wrong::Dangerous { scheme } => {
            Diagnostic::warning(Code::DangerousUrl, location).arg("scheme", scheme).help("scheme")
        }
    }
}

/// The most numbers of a list that advice names.
const NAMED: usize = 5;

/// Numbers as people write them where they are to be seen as written: `1、 3、 5、`.
fn marks(numbers: &[u64]) -> String {
    let marks: Vec<String> = numbers.iter().take(NAMED).map(|it| format!("{it}、")).collect();
    marks.join(" ") + if numbers.len() > NAMED { " …" } else { "" }
}

/// A target that leads nowhere. `other` is what to do if nothing is like it.
fn missing(
    (code, other): (Code, &'static str),
    target: &str,
    broken: &Broken,
    location: Location,
) -> Diagnostic {
    let diagnostic = |found| Diagnostic::error(code, location.clone()).arg("found", found);
    match broken {
        Broken::File { near } => {
            near_or(diagnostic("no").arg("target", target), near.as_deref(), Some(other))
        }
        Broken::Elsewhere { near } => {
            near_or(diagnostic("elsewhere").arg("target", target), Some(near), None)
        }
        Broken::Heading { heading, near } => {
            let diagnostic = Diagnostic::error(Code::BadHeading, location)
                .arg("heading", heading)
                .arg("target", target);
            near_or(diagnostic, near.as_deref(), None)
        }
        Broken::Unchecked { why, fingerprint, is_notice } => {
            Diagnostic::error(Code::UncheckedAttachment, location)
                .arg("target", target)
                .arg("kind", *why)
                .arg("fingerprint", fingerprint)
                .help(if *is_notice { "look" } else { "notice" })
        }
        Broken::Named { fingerprint } => Diagnostic::error(Code::LeakInAttachment, location)
            .arg("kind", "withdrawn")
            .arg("fingerprint", fingerprint)
            .help("name"),
        Broken::Listed { attribute, fingerprint, is_error } => {
            let code = Code::LeakInAttachment;
            let diagnostic = if *is_error {
                Diagnostic::error(code, location)
            } else {
                Diagnostic::warning(code, location)
            };
            diagnostic
                .arg("kind", "listed")
                .arg("attribute", attribute)
                .arg("fingerprint", fingerprint)
                .help("check")
        }
        Broken::Unfit(unfit) => {
            let diagnostic = self::unfit(target, unfit.name(), location);
            match unfit {
                Unfit::Large(limit) => diagnostic.arg("limit", format!("{limit} MB")),
                _ => diagnostic,
            }
        }
    }
}

/// What is there, or somewhere, but cannot be shown from here.
fn unfit(target: &str, kind: &'static str, location: Location) -> Diagnostic {
    let diagnostic = Diagnostic::error(Code::UnfitTarget, location);
    diagnostic.arg("target", target).arg("kind", kind).help(kind)
}

/// Offers what was probably meant, or else the advice of that name.
fn near_or(diagnostic: Diagnostic, near: Option<&str>, other: Option<&'static str>) -> Diagnostic {
    match (near, other) {
        (Some(near), _) => diagnostic.arg("near", near).help("near"),
        (None, Some(other)) => diagnostic.help(other),
        (None, None) => diagnostic,
    }
}
