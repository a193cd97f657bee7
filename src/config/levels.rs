//! `[[levels]]` of `site.toml`: levels of places beyond those that are built in.
//!
//! ```toml
//! [[levels]]
//! id = "team"                  # what `place.yaml` says: `level: team`
//! title = "村民小组"
//! below = "village"            # or beside = "compound", for one that stands as far down
//! ```
//!
//! Each names one that is built in or stands before it in the file, so that no order of them is a
//! circle. How far down each stands decides which places may lie in which, and at which small counts
//! are not shown.

use crate::{
    config::mistake::bad,
    diagnostic::{Code, Diagnostic},
    source::{
        Text,
        reader::{MapReader, check_name, unknown},
        yaml::Node,
    },
    text::Localized,
};

/// The levels that are built in, and how far down each stands. The declaration of places has their
/// titles.
const BUILT_IN: [(&str, u32); 9] = [
    ("city", 0),
    ("district", STEP),
    ("street", 2 * STEP),
    ("town", 2 * STEP),
    ("community", Levels::COMMUNITY),
    ("village", Levels::COMMUNITY),
    ("compound", 4 * STEP),
    ("grid", 5 * STEP),
    ("building", 6 * STEP),
];

/// From one level to the next. Others get numbers between, and those that are built in keep theirs.
const STEP: u32 = 1 << 16;

/// A level of a portal's own.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Level {
    /// What `place.yaml` calls it.
    pub id: String,
    /// What readers call it.
    pub title: Localized,
    /// How far down it stands.
    rank: u32,
}

/// The levels of places.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Levels {
    /// Those that are not built in, in the order of `site.toml`.
    pub added: Vec<Level>,
}

impl Levels {
    /// How far down communities and villages stand.
    pub const COMMUNITY: u32 = 3 * STEP;

    /// How far down a level stands: more than those in whose places its own may lie.
    pub fn rank(&self, level: &str) -> Option<u32> {
        self.all().find(|(name, _)| *name == level).map(|(_, rank)| rank)
    }

    /// The names of all levels.
    pub fn names(&self) -> Vec<&str> {
        self.all().map(|(name, _)| name).collect()
    }

    fn all(&self) -> impl Iterator<Item = (&str, u32)> {
        let added = self.added.iter().map(|level| (&*level.id, level.rank));
        BUILT_IN.into_iter().chain(added)
    }

    /// Between a level and the next one. Nothing if there is no number left: some sixteen levels
    /// that each stand below the same.
    fn below(&self, rank: u32) -> Option<u32> {
        let next = self.all().map(|(_, it)| it).filter(|it| *it > rank).min();
        let between = rank.midpoint(next.unwrap_or(rank + 2 * STEP));
        (between > rank).then_some(between)
    }
}

/// Reads the levels. One that is wrong is reported and left out.
pub(super) fn read(text: &Text, node: &Node<'_>, sink: &mut Vec<Diagnostic>) -> Levels {
    let mut levels = Levels::default();
    for node in node.as_list().unwrap_or_default() {
        let Some(mut reader) = MapReader::open(text, node, sink) else { continue };
        let level = level(text, &mut reader, &levels, sink);
        reader.finish(sink);
        levels.added.extend(level);
    }
    levels
}

fn level(
    text: &Text,
    reader: &mut MapReader<'_>,
    levels: &Levels,
    sink: &mut Vec<Diagnostic>,
) -> Option<Level> {
    reader.require("id", sink);
    let (id, span) = reader.word("id", sink)?;
    check_name(text, id, span, sink);
    if levels.rank(id).is_some() {
        sink.push(bad(text, span, "id", "team"));
    }
    let title = reader.localized("title", sink);
    let below = reader.word("below", sink);
    let beside = if below.is_none() { reader.word("beside", sink) } else { None };
    if below.or(beside).is_none() {
        reader.require("below", sink);
    }
    let (word, span) = below.or(beside)?;
    let Some(rank) = levels.rank(word) else {
        let key = if below.is_some() { "below" } else { "beside" };
        let unknown = unknown(Code::UnknownChoice, text.locate(span), word, &levels.names());
        sink.push(unknown.arg("field", key));
        return None;
    };
    let rank = if below.is_some() { levels.below(rank) } else { Some(rank) };
    if rank.is_none() {
        sink.push(bad(text, span, "below", "beside"));
    }
    Some(Level { id: id.to_owned(), title, rank: rank? })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{SitePath, toml};

    /// The levels of a file, and the codes of what is wrong with it.
    fn levels(toml: &str) -> (Levels, Vec<Code>) {
        let text = Text { path: SitePath::new("site.toml"), content: toml.to_owned() };
        let node = toml::parse(&text).value.unwrap();
        let mut sink = Vec::new();
        let levels = read(&text, node.get("levels").unwrap(), &mut sink);
        (levels, sink.into_iter().map(|it| it.code).collect())
    }

    #[test]
    fn levels_stand_between_those_that_are_built_in() {
        let (levels, told) = levels(
            "[[levels]]\nid = \"team\"\ntitle = \"村民小组\"\nbelow = \"village\"\n\
             [[levels]]\nid = \"row\"\nbelow = \"village\"\n\
             [[levels]]\nid = \"park\"\nbeside = \"team\"\n\
             [[levels]]\nid = \"door\"\nbelow = \"building\"\n",
        );
        assert_eq!(told, []);
        let rank = |level: &str| levels.rank(level).unwrap();
        assert!(rank("village") < rank("row") && rank("row") < rank("team"));
        assert!(rank("team") < rank("compound") && rank("building") < rank("door"));
        assert_eq!(rank("park"), rank("team"));
        assert_eq!(levels.rank("nowhere"), None);
    }

    #[test]
    fn orders_that_cannot_be_are_errors() {
        for (rest, code) in [
            ("below = \"team\"", Code::UnknownChoice),
            ("beside = \"nowhere\"", Code::UnknownChoice),
            ("below = \"village\"\nbeside = \"street\"", Code::UnknownSetting),
            ("title = \"组\"", Code::MissingField),
        ] {
            let (_, told) = levels(&format!("[[levels]]\nid = \"team\"\n{rest}\n"));
            assert_eq!(told, [code], "{rest}");
        }
        let twice = "[[levels]]\nid = \"street\"\nbelow = \"village\"\n";
        assert_eq!(levels(twice).1, [Code::BadSetting]);
        let many = (0..20).map(|it| format!("[[levels]]\nid = \"l{it}\"\nbelow = \"city\"\n"));
        assert_eq!(levels(&many.collect::<Vec<_>>().concat()).1, [Code::BadSetting; 4]);
    }
}
