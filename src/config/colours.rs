//! `[theme]` of `site.toml`: which theme, and other values for its colours.
//!
//! ```toml
//! theme = "ours"          # the short form, without colours
//!
//! [theme]
//! name = "ours"           # `default` unless given
//!
//! [theme.colours]         # custom properties of its style sheets: --blue
//! blue = "#0b5a3c"
//!
//! [theme.dark]            # the same in dark mode
//! blue = "#8fd0a8"
//! ```
//!
//! A value becomes part of a style sheet, so it is read as `#` and three or six hexadecimal digits
//! and nothing else. Which properties there are, only the theme knows.

use crate::{
    diagnostic::{Code, Diagnostic, Location},
    source::{
        Text,
        reader::MapReader,
        yaml::{Node, NodeKind},
    },
};

/// What a colour has to look like.
const EXAMPLE: &str = "#17427f";

/// Other values for the colours of the theme.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Colours {
    /// In light mode.
    pub light: Vec<Colour>,
    /// In dark mode.
    pub dark: Vec<Colour>,
}

/// Another value for a colour.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Colour {
    /// The custom property without its dashes: `blue`.
    pub name: String,
    /// Its value: `#17427f`.
    pub value: String,
    /// The place of its key in `site.toml`, for a diagnostic about a property that the theme does
    /// not have.
    pub location: Location,
}

impl Colours {
    /// No colour has another value.
    pub fn is_empty(&self) -> bool {
        self.light.is_empty() && self.dark.is_empty()
    }
}

/// Reads the name of the theme, if it is given, and the colours.
pub(super) fn read(
    text: &Text,
    node: &Node<'_>,
    sink: &mut Vec<Diagnostic>,
) -> (Option<String>, Colours) {
    if let NodeKind::Scalar(name) = &node.kind {
        return (Some(name.trim().to_owned()), Colours::default());
    }
    let Some(mut reader) = MapReader::open(text, node, sink) else { return <_>::default() };
    let name = reader.word("name", sink).map(|(name, _)| name.to_owned());
    let mut colours = |key, reader: &mut MapReader<'_>| {
        let inner = reader.get(key).and_then(|node| MapReader::open(text, node, sink));
        inner.map(|inner| values(text, &inner, sink)).unwrap_or_default()
    };
    let light = colours("colours", &mut reader);
    let dark = colours("dark", &mut reader);
    reader.finish(sink);
    (name, Colours { light, dark })
}

/// The colours of one mode. What is no colour is reported and left out.
fn values(text: &Text, reader: &MapReader<'_>, sink: &mut Vec<Diagnostic>) -> Vec<Colour> {
    let mut colours = Vec::new();
    for entry in reader.entries() {
        let Some(value) = reader.scalar(&entry.value, sink) else { continue };
        if is_colour(value) {
            let (name, location) = (entry.key.to_string(), text.locate(entry.key_span));
            colours.push(Colour { name, value: value.to_ascii_lowercase(), location });
        } else {
            let diagnostic = Diagnostic::error(Code::BadSetting, text.locate(entry.value.span));
            let diagnostic = diagnostic.arg("setting", &*entry.key).arg("reason", EXAMPLE);
            sink.push(diagnostic.help("value"));
        }
    }
    colours
}

fn is_colour(value: &str) -> bool {
    let digits = value.strip_prefix('#').unwrap_or_default();
    matches!(digits.len(), 3 | 6) && digits.bytes().all(|it| it.is_ascii_hexdigit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_are_digits() {
        for value in ["#17427f", "#ABC", "#000000"] {
            assert!(is_colour(value), "{value}");
        }
        for value in ["", "#", "17427f", "#17427", "#17427g", "red", "#fff;}", "#中文", "url(a)"]
        {
            assert!(!is_colour(value), "{value}");
        }
    }
}
