//! Whether words can be read on their grounds, in colours of the portal's own.
//!
//! A theme says in `theme.toml` which of its colours are words on which grounds:
//!
//! ```toml
//! contrast = ["ink on paper", "white on plate"]
//! ```
//!
//! Where `site.toml` changes one of the two so that they have less than 4.5 to 1 (WCAG 2.2, 1.4.3), it is
//! told at that setting. Colours that the theme chose itself are its own matter.

use std::collections::BTreeMap;

use crate::{
    config::colours::{Colour, Colours},
    diagnostic::{Code, Diagnostic},
    render::theme::Theme,
};

/// The least contrast of words with their ground.
const LEAST: f64 = 4.5;

/// Reports colours of a portal that make words hard to read: of each the pair that is worst.
pub(super) fn check(theme: &Theme, colours: &Colours) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for (mode, own) in [("light", &colours.light), ("dark", &colours.dark)] {
        let mut values = usual(theme, mode == "dark");
        values.extend(own.iter().map(|it| (it.name.clone(), it.value.clone())));
        let value = |name: &str| values.get(name).and_then(|it| light(it));
        for Colour { name, location, .. } in own {
            let pairs = theme.layers.iter().flat_map(|it| &it.contrast);
            let pairs = pairs.filter(|it| it.words == *name || it.ground == *name);
            let ratios = pairs.filter_map(|pair| {
                let (words, ground) = (value(&pair.words)?, value(&pair.ground)?);
                Some(((words.max(ground) + 0.05) / (words.min(ground) + 0.05), pair))
            });
            let worst = ratios.min_by(|a, b| a.0.total_cmp(&b.0));
            let Some((ratio, pair)) = worst.filter(|(ratio, _)| *ratio < LEAST) else { continue };
            // Rounded down, so that it never reads as enough.
            let ratio = format!("{:.1}", (ratio * 10.0).floor() / 10.0);
            let diagnostic = Diagnostic::warning(Code::FaintColour, location.clone());
            let diagnostic = diagnostic.arg("setting", &**name).arg("mode", mode);
            let diagnostic = diagnostic.arg("words", &*pair.words).arg("ground", &*pair.ground);
            found.push(diagnostic.arg("ratio", ratio).help("change"));
        }
    }
    found
}

/// The values that the style sheets of a theme give their properties: in the first rule for `:root`, and
/// in dark mode in the first such rule for that.
fn usual(theme: &Theme, is_dark: bool) -> BTreeMap<String, String> {
    let mut values = BTreeMap::new();
    for layer in theme.layers.iter().rev() {
        let sheets = layer.statics.iter().filter(|(name, _)| name.ends_with(".css"));
        for text in sheets.filter_map(|(_, bytes)| str::from_utf8(bytes).ok()) {
            values.extend(declarations(text));
            if is_dark && let Some((_, rest)) = text.split_once("(prefers-color-scheme: dark)") {
                values.extend(declarations(rest));
            }
        }
    }
    values
}

/// The custom properties in the first rule for `:root` that have a colour in digits.
fn declarations(text: &str) -> impl Iterator<Item = (String, String)> {
    let rule = text.split(":root").skip(1).find_map(|it| it.trim_start().strip_prefix('{'));
    let rule = rule.and_then(|it| it.split('}').next()).unwrap_or_default();
    rule.split(';').filter_map(|it| {
        let (name, value) = it.trim().strip_prefix("--")?.split_once(':')?;
        light(value.trim())?;
        Some((name.trim().to_owned(), value.trim().to_owned()))
    })
}

/// How light a colour is, from 0 to 1, as WCAG reckons it. Nothing for what is no colour in three or six
/// digits.
fn light(value: &str) -> Option<f64> {
    let digits = value.strip_prefix('#')?;
    let step = match digits.len() {
        3 => 1,
        6 => 2,
        _ => return None,
    };
    let mut sum = 0.0;
    for (index, weight) in [0.2126, 0.7152, 0.0722].into_iter().enumerate() {
        let part = digits.get(index * step..(index + 1) * step)?;
        let part = if step == 1 { part.repeat(2) } else { part.to_owned() };
        let part = f64::from(u8::from_str_radix(&part, 16).ok()?) / 255.0;
        let part = if part <= 0.040_45 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) };
        sum += weight * part;
    }
    Some(sum)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_is_light() {
        for (value, expected) in
            [("#fff", 1.0), ("#FFFFFF", 1.0), ("#000", 0.0), ("#808080", 0.2159)]
        {
            assert!((light(value).unwrap() - expected).abs() < 0.0001, "{value}");
        }
        for value in ["", "#", "#ff", "white", "#中文", "#ggg", "rgb(0 0 0)"] {
            assert_eq!(light(value), None, "{value}");
        }
    }

    #[test]
    fn the_first_rule_counts() {
        let text =
            ":root:lang(zh) { --a: #111; } :root {\n --ink: #000; --gap: 1rem;\n --paper:#fff }";
        let all: Vec<_> = declarations(text).collect();
        let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        assert_eq!(all, [pair("ink", "#000"), pair("paper", "#fff")]);
        assert_eq!(declarations("body {}").count(), 0);
        assert_eq!(declarations(":root").count(), 0);
    }
}
