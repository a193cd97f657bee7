//! What files of the content folder are, by their names.

use crate::source::SitePath;

/// Returns whether a file is YAML, by its extension.
pub(super) fn is_yaml(file: &SitePath) -> bool {
    file.has_extension("yaml") || file.has_extension("yml")
}

/// Returns whether a file is the text of a notice whose folder has its name.
pub(super) fn is_index(file: &SitePath) -> bool {
    file.name() == "index.md"
}

/// Returns whether a file beside a `place.yaml` is a lasting page. An `index.md` there would have the
/// address of the place itself.
pub(super) fn is_page(file: &SitePath) -> bool {
    let is_meant = || !is_index(file) && !is_about_files(file) && !file.name().starts_with('_');
    file.has_extension("md") && is_meant()
}

/// Returns whether a file tells about the folder, as programmers write it, and is no page.
pub(super) fn is_about_files(file: &SitePath) -> bool {
    file.stem().eq_ignore_ascii_case("readme")
}

/// Returns whether a file may hold records, by its extension.
pub(super) fn is_records(file: &SitePath) -> bool {
    is_yaml(file) || file.has_extension("csv")
}

/// Returns whether a file may hold records if it is called so, by its extension.
pub(super) fn holds_records(file: &SitePath) -> bool {
    is_records(file) || file.is_workbook()
}

/// Returns whether a file is an image of a kind that browsers show, by its extension.
pub(super) fn is_image(file: &SitePath) -> bool {
    let extension = file.extension().to_ascii_lowercase();
    matches!(extension.as_str(), "jpg" | "jpeg" | "png" | "webp" | "gif" | "avif" | "svg")
}

/// The words of a file's name without a date around them: `巡防` of `11月巡防.xlsx`.
pub(super) fn undated(file: &SitePath) -> &str {
    let is_date = |it: char| it.is_ascii_digit() || "年月日季度第-_. （）()".contains(it);
    file.stem().trim_matches(is_date)
}
