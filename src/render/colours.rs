//! The colours of a portal, as one more style sheet of its theme.
//!
//! `[theme.colours]` of `site.toml` gives custom properties of the theme other values. They become
//! `colours.css`, a static file that the theme's pages load behind its own style sheets: for screens,
//! and as long as a reader does not ask the system for more contrast. Modes of the theme that are more
//! specific, such as large print, keep their own. Whether words can be read in them: [`contrast`].

use std::collections::BTreeSet;

use crate::{
    config::colours::{Colour, Colours},
    diagnostic::{Code, Diagnostic},
    render::{contrast, theme::Theme},
    source::reader::unknown,
};

/// The name of the style sheet among the theme's static files.
pub(crate) const FILE: &str = "colours.css";

/// Adds the style sheet if there are colours. Those that no style sheet of the theme declares are
/// reported and left out.
pub(crate) fn add(theme: &mut Theme, colours: &Colours) -> Vec<Diagnostic> {
    if colours.is_empty() || theme.layers.is_empty() {
        return Vec::new();
    }
    let declared = declared(theme);
    let known: Vec<&str> = declared.iter().map(String::as_str).collect();
    let is_known = |colour: &&Colour| known.contains(&colour.name.as_str());
    let all = colours.light.iter().chain(&colours.dark);
    let diagnostics = all.filter(|it| !is_known(it)).map(|colour| {
        let (location, name) = (colour.location.clone(), &*colour.name);
        unknown(Code::UnknownSetting, location, name, &known).arg("setting", name)
    });
    let mut diagnostics: Vec<_> = diagnostics.collect();
    diagnostics.extend(contrast::check(theme, colours));
    let mut sheet = String::new();
    for (mode, colours) in [("light", &colours.light), ("dark", &colours.dark)] {
        let values =
            colours.iter().filter(is_known).map(|it| format!("--{}:{};", it.name, it.value));
        let values: String = values.collect();
        if !values.is_empty() {
            sheet.extend([
                "@media screen and (prefers-contrast: no-preference) and (prefers-color-scheme: ",
                mode,
                "){:root{",
                &values,
                "}}\n",
            ]);
        }
    }
    theme.layers[0].statics.insert(FILE.to_owned(), sheet.into_bytes());
    diagnostics
}

/// The custom properties that style sheets of the theme give a colour in digits.
fn declared(theme: &Theme) -> BTreeSet<String> {
    let files = theme.layers.iter().flat_map(|layer| &layer.statics);
    let sheets = files.filter(|(name, _)| name.ends_with(".css"));
    let texts = sheets.filter_map(|(_, bytes)| str::from_utf8(bytes).ok());
    let mut names = BTreeSet::new();
    for text in texts {
        for piece in text.split("--").skip(1) {
            let Some((name, value)) = piece.split_once(':') else { continue };
            let is_name = |it: char| it.is_ascii_lowercase() || it.is_ascii_digit() || it == '-';
            if value.trim_start().starts_with('#') && !name.is_empty() && name.chars().all(is_name)
            {
                names.insert(name.to_owned());
            }
        }
    }
    names
}
