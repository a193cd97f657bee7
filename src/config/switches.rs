//! `[pages]` and `[outputs]` of `site.toml`: what is made, and what is not.

use crate::{
    diagnostic::{Code, Diagnostic, Location},
    source::{Text, reader::MapReader},
    text::boolean,
};

/// Kinds of pages that can be switched off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own in site.toml")]
pub struct PageKinds {
    /// A page for each section.
    pub sections: bool,
    /// A page for each collection over each subtree.
    pub subtrees: bool,
    /// Lists of notices.
    pub notice_lists: bool,
    /// The page for addresses that do not exist.
    pub not_found: bool,
    /// A page for each place that says how to subscribe.
    pub subscribe: bool,
    /// A page for each place with its calendar.
    pub calendar: bool,
}

/// A kind of output that is switched on or off.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct OutputSwitch {
    /// The kind's name.
    pub name: String,
    /// It is made.
    pub on: bool,
    /// The place of its key in `site.toml`, for a diagnostic about a name that no kind has.
    pub location: Location,
}

impl Default for PageKinds {
    /// All of them.
    fn default() -> Self {
        Self {
            sections: true,
            subtrees: true,
            notice_lists: true,
            not_found: true,
            subscribe: true,
            calendar: true,
        }
    }
}

/// Reads `[outputs]`, in which any key is a name: `sitemap = false`. Which names there are, only
/// the kinds of output know. A value that is neither yes nor no is reported and left out.
pub(super) fn outputs(
    text: &Text,
    reader: &MapReader<'_>,
    sink: &mut Vec<Diagnostic>,
) -> Vec<OutputSwitch> {
    let mut outputs = Vec::new();
    for entry in reader.entries() {
        let Some(word) = reader.scalar(&entry.value, sink) else { continue };
        let location = text.locate(entry.key_span);
        match boolean(word) {
            Some(on) => outputs.push(OutputSwitch { name: entry.key.to_string(), on, location }),
            None => sink.push(
                Diagnostic::error(Code::BadSetting, text.locate(entry.value.span))
                    .arg("setting", &*entry.key)
                    .help("switch"),
            ),
        }
    }
    outputs
}

/// Reads `[pages]`; a key that is not given leaves the `default`. One whose value cannot be read is
/// reported and counts as off.
pub(super) fn page_kinds(
    mut reader: MapReader<'_>,
    default: PageKinds,
    sink: &mut Vec<Diagnostic>,
) -> PageKinds {
    let mut switch =
        |key, default| if reader.get(key).is_some() { reader.flag(key, sink) } else { default };
    let kinds = PageKinds {
        sections: switch("sections", default.sections),
        subtrees: switch("subtrees", default.subtrees),
        notice_lists: switch("notice-lists", default.notice_lists),
        not_found: switch("not-found", default.not_found),
        subscribe: switch("subscribe", default.subscribe),
        calendar: switch("calendar", default.calendar),
    };
    reader.finish(sink);
    kinds
}
