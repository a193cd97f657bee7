//! `[[sections]]` of `site.toml`: the sections of a portal, and those of one that declares none.

use crate::{
    diagnostic::{Code, Diagnostic, Location, nearest, with_near},
    source::{
        Text,
        reader::{MapReader, check_name},
        yaml::Node,
    },
    text::Localized,
};

/// The ids of the sections of a portal that declares none. Built-in collections name them. Their
/// titles are those of [`default`], in the same order.
pub const SECTIONS: &[&str] =
    &["self-governance", "rule-of-law", "service", "virtue", "co-governance"];

/// A section of the portal.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Section {
    /// Its name in addresses and declarations. It is a name as `check_name` wants it: small
    /// letters, digits, `-` and `_`.
    pub id: String,
    /// What readers call it.
    pub title: Localized,
    /// What they find there.
    pub description: Localized,
}

impl Section {
    /// The one of some sections that a file names by its id, or by its title in any language. Else
    /// the diagnostic of a section that does not exist.
    pub fn named<'s>(
        sections: &'s [Self],
        word: &str,
        location: Location,
    ) -> Result<&'s Self, Box<Diagnostic>> {
        let found = sections.iter().find(|it| it.id == word);
        let found = found.or_else(|| sections.iter().find(|it| it.title.is(word)));
        found.ok_or_else(|| {
            let both = sections.iter().map(|it| (&*it.id, it.title.get("zh-CN")));
            let near = nearest(word, both.clone().flat_map(|(id, title)| [id, title]));
            let known: Vec<String> = both.map(|(id, title)| format!("{id}（{title}）")).collect();
            let diagnostic = Diagnostic::error(Code::UnknownSection, location).arg("value", word);
            Box::new(with_near(diagnostic, near, &known))
        })
    }
}

/// The five sections of [`SECTIONS`], in both languages of the program.
pub fn default() -> Vec<Section> {
    const TITLES: [[&str; 4]; 5] = [
        [
            "居民自治",
            "Self-governance",
            "自治组织、议事表决和公共账目",
            "Committees, votes and public accounts",
        ],
        [
            "平安法治",
            "Rule of law",
            "法律援助、调解、巡防和平安记录",
            "Legal aid, mediation, patrols and safety records",
        ],
        ["服务善治", "Services", "有事找谁、问题办得怎么样", "Whom to call and what became of it"],
        [
            "文化德治",
            "Virtue and culture",
            "身边好人、升旗和文化活动",
            "Honour rolls, flag-raisings and culture",
        ],
        ["社会共治", "Co-governance", "志愿队伍和共建力量", "Volunteers and partners"],
    ];
    let section = |(id, [zh, en, about_zh, about_en]): (&&str, [&str; 4])| {
        let both = |zh: &str, en: &str| {
            Localized::new(vec![
                ("zh-CN".to_owned(), zh.to_owned()),
                ("en".to_owned(), en.to_owned()),
            ])
        };
        Section { id: (*id).to_owned(), title: both(zh, en), description: both(about_zh, about_en) }
    };
    SECTIONS.iter().zip(TITLES).map(section).collect()
}

/// Sections in their order of display. One without a usable id is reported and left out. An `id`
/// that is no good name is reported too, but the section is kept, so that what names it is not
/// reported as well.
pub(super) fn read(text: &Text, node: &Node<'_>, sink: &mut Vec<Diagnostic>) -> Vec<Section> {
    let mut sections = Vec::new();
    for node in node.as_list().unwrap_or_default() {
        let Some(mut reader) = MapReader::open(text, node, sink) else { continue };
        reader.require("id", sink);
        if let Some((id, span)) = reader.word("id", sink) {
            check_name(text, id, span, sink);
            sections.push(Section {
                id: id.to_owned(),
                title: reader.localized("title", sink),
                description: reader.localized("description", sink),
            });
        }
        reader.finish(sink);
    }
    sections
}
