//! `[attachments]` of `site.toml`: which files may be attached to texts.

use crate::{
    attachment::AttachmentKind,
    config::mistake::bad,
    diagnostic::{Code, Diagnostic},
    source::{
        MAX_FILE,
        reader::{MapReader, unknown},
    },
};

/// Which files may be attached to texts.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct AttachmentRules {
    /// Of these kinds.
    pub kinds: Vec<AttachmentKind>,
    /// The most bytes of one file.
    pub largest: u64,
}

/// The most bytes of a file unless the portal says otherwise.
const LARGEST: u64 = 20 << 20;

impl Default for AttachmentRules {
    fn default() -> Self {
        let kinds = AttachmentKind::NAMES.iter().filter_map(|name| AttachmentKind::parse(name));
        Self { kinds: kinds.collect(), largest: LARGEST }
    }
}

impl AttachmentRules {
    /// Reads the settings over the defaults. A kind that there is not is reported and left out.
    pub(super) fn read(mut reader: MapReader<'_>, sink: &mut Vec<Diagnostic>) -> Self {
        let mut rules = Self::default();
        let text = reader.text;
        if let Some(node) = reader.get("kinds") {
            let nodes = node.as_list().unwrap_or(std::slice::from_ref(node));
            let kind = |node| {
                let word = reader.scalar(node, sink)?;
                let kind = AttachmentKind::parse(&word.trim_start_matches('.').to_lowercase());
                if kind.is_none() {
                    let (place, known) = (text.locate(node.span), AttachmentKind::NAMES);
                    let diagnostic = unknown(Code::UnknownChoice, place, word, known);
                    sink.push(diagnostic.arg("field", "kinds"));
                }
                kind
            };
            rules.kinds = nodes.iter().filter_map(kind).collect();
        }
        if let Some((word, span)) = reader.word("largest", sink) {
            match word.parse().ok().map(|it: u64| it.saturating_mul(1 << 20)) {
                Some(largest) if (1..=MAX_FILE).contains(&largest) => rules.largest = largest,
                _ => sink.push(bad(text, span, "largest", "20")),
            }
        }
        reader.finish(sink);
        rules
    }
}
