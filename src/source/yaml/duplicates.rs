//! Keys that come again in a mapping.
//!
//! A key may just be written twice. In a record it may also be that another record begins, whose
//! dash was forgotten: then it is wrong to say that one of the two has to go.
//!
//! ```yaml
//! - name: 张三
//!   phone: 1
//!   name: 李四     # another record: `name` and `phone` come again
//!   phone: 2
//!   phone: 3       # written twice
//! ```

use std::collections::{HashMap, HashSet};

use crate::source::yaml::{mistakes::syntax, node::MapEntry};
use crate::{
    diagnostic::{Code, Diagnostic},
    source::{Span, Text},
};

/// How many mistakes may be in the sink before further ones are dropped without a word.
const MOST: usize = 100;

/// Keeps the first of the entries with the same key, and reports the others. `is_record` tells that
/// the mapping is an item of a list. Its cost grows with the number of keys, not with its square.
pub(super) fn drop<'a>(
    text: &Text,
    entries: Vec<MapEntry<'a>>,
    is_record: bool,
    sink: &mut Vec<Diagnostic>,
) -> Vec<MapEntry<'a>> {
    let mut seen: HashMap<&str, Span> = HashMap::with_capacity(entries.len());
    let mut firsts = Vec::with_capacity(entries.len());
    for entry in &entries {
        let first = *seen.entry(&entry.key).or_insert(entry.key_span);
        firsts.push((first != entry.key_span).then_some(first));
    }
    if firsts.iter().all(Option::is_none) {
        return entries;
    }
    Repeated { text, entries: &entries, firsts: &firsts, is_record }.report(sink);
    let kept = entries.into_iter().zip(firsts).filter(|(_, first)| first.is_none());
    kept.map(|(entry, _)| entry).collect()
}

/// A mapping of which keys come again.
struct Repeated<'m, 'a> {
    text: &'m Text,
    entries: &'m [MapEntry<'a>],
    /// For each entry the place of the first one with the same key, if that is another one.
    firsts: &'m [Option<Span>],
    is_record: bool,
}

impl Repeated<'_, '_> {
    /// Reports them. If two or more keys of a record come again, another record begins with the
    /// first of them, and with each that comes again in that one.
    fn report(&self, sink: &mut Vec<Diagnostic>) {
        let has_records = self.has_records();
        let mut record: HashSet<&str> = HashSet::new();
        for (at, entry) in self.entries.iter().enumerate() {
            let is_new = record.insert(&entry.key);
            let Some(first) = self.firsts[at] else { continue };
            if sink.len() >= MOST {
                return;
            }
            if !has_records || self.follows_itself(at) {
                sink.push(self.twice(at, first));
            } else if !is_new {
                record = HashSet::from([&*entry.key]);
                let mistake = syntax(self.text, entry.key_span, "a record without its dash");
                sink.push(mistake.help("record"));
            }
        }
    }

    /// Whether two or more keys of a record come again. A key that follows itself does not count.
    fn has_records(&self) -> bool {
        let again = (0..self.entries.len())
            .filter(|at| self.firsts[*at].is_some() && !self.follows_itself(*at))
            .map(|at| &*self.entries[at].key);
        self.is_record && again.collect::<HashSet<_>>().len() > 1
    }

    /// Whether the entry before has the same key.
    fn follows_itself(&self, at: usize) -> bool {
        at > 0 && self.entries[at - 1].key == self.entries[at].key
    }

    /// The diagnostic of a key that comes twice. A key that begins with a dash is a list item
    /// without the space behind it; that with which a record begins may begin another one.
    fn twice(&self, at: usize, first: Span) -> Diagnostic {
        let entry = &self.entries[at];
        let start = entry.key_span.start;
        if self.text.content[start as usize..].starts_with('-') {
            let dash = Span { start, end: start + 1 };
            let reason = "a list item without a space after its dash";
            return syntax(self.text, dash, reason).help("space");
        }
        let is_title = entry.key == self.entries[0].key && !self.follows_itself(at);
        Diagnostic::error(Code::DuplicateKey, self.text.locate(entry.key_span))
            .arg("key", &*entry.key)
            .related(self.text.locate(first), "first")
            .help(if self.is_record && is_title { "record" } else { "remove" })
    }
}
