//! `site.toml`.

use std::hash::{Hash, Hasher};

use jiff::tz::TimeZone;

use crate::{
    diagnostic::{Checked, Code, Diagnostic, Location},
    source::{
        self, SitePath, Text, World,
        named::named,
        reader::{MapReader, check_name},
        toml,
    },
    text::{Localized, boolean},
};

/// The name of the file.
pub const FILE: &str = "site.toml";

/// The ids of the sections of a portal that declares none. Built-in collections name them.
pub const SECTIONS: &[&str] =
    &["self-governance", "rule-of-law", "service", "virtue", "co-governance"];

/// What `site.toml` says. A site without one has the defaults.
#[derive(Debug, Clone)]
pub struct Config {
    /// The portal's title.
    pub title: Localized,
    /// One sentence about it.
    pub description: Localized,
    /// The language of the pages: `zh-CN` or another that the theme has texts for.
    pub language: String,
    /// Where the portal is published, without a slash at the end; empty if unknown.
    pub base_url: String,
    /// The time zone of its dates.
    pub time_zone: TimeZone,
    /// The theme.
    pub theme: String,
    /// A line on every page: that the data is a sample, say.
    pub banner: Option<String>,
    /// Who answers for the portal.
    pub organiser: Organiser,
    /// The sections, in the order of the menu.
    pub sections: Vec<Section>,
    /// Which kinds of pages are made.
    pub pages: PageKinds,
    /// Kinds of output that are switched on or off.
    pub outputs: Vec<OutputSwitch>,
    /// How places are ordered.
    pub place_order: PlaceOrder,
    /// How much of persons' names is shown.
    pub names: Names,
    /// Whether drafts are shown: an option of the command line, not a setting of the file.
    pub drafts: bool,
}

named! {
    /// How much of a person's name is shown; later ones show less.
    Names {
        /// All of it.
        Full = "full",
        /// The family name, and a star for each further character.
        Masked = "masked",
        /// The family name alone.
        Surname = "surname",
    }
}

/// How places are ordered that give no `order`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum PlaceOrder {
    /// By name, as a Chinese dictionary has it.
    #[default]
    Pinyin,
    /// By the name of their folder.
    Folder,
}

/// Who answers for the portal; shown at the foot of each page.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Organiser {
    /// The body's name.
    pub name: Option<String>,
    /// Its address.
    pub address: Option<String>,
    /// Its telephone.
    pub phone: Option<String>,
    /// Its e-mail address.
    pub email: Option<String>,
    /// The ICP licence number.
    pub icp: Option<String>,
    /// The public-security record number.
    pub police: Option<String>,
    /// The government site code.
    pub site_code: Option<String>,
}

/// A section of the portal.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Section {
    /// Its name in addresses and declarations.
    pub id: String,
    /// What readers call it.
    pub title: Localized,
    /// What they find there.
    pub description: Localized,
}

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
}

/// A kind of output that is switched on or off.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct OutputSwitch {
    /// The kind's name.
    pub name: String,
    /// It is made.
    pub on: bool,
    /// Where it is switched.
    pub location: Location,
}

/// Hashes every setting. A time zone counts by its name, or by its offset if it has none: the rules
/// of a name are compiled into the program.
impl Hash for Config {
    fn hash<H: Hasher>(&self, state: &mut H) {
        // Without `..`, so that no setting is forgotten here.
        let Self {
            title,
            description,
            language,
            base_url,
            time_zone,
            theme,
            banner,
            organiser,
            sections,
            pages,
            outputs,
            place_order,
            names,
            drafts,
        } = self;
        (title, description, language, base_url, theme, banner).hash(state);
        let offset = time_zone.to_fixed_offset().ok().map(jiff::tz::Offset::seconds);
        (time_zone.iana_name(), offset).hash(state);
        (organiser, sections, pages, outputs, place_order, names, drafts).hash(state);
    }
}

impl Config {
    /// A kind of output is made. Kinds that nobody switches are.
    pub fn has_output(&self, name: &str) -> bool {
        self.outputs.iter().find(|output| output.name == name).is_none_or(|output| output.on)
    }

    /// The ids of the sections.
    pub fn section_ids(&self) -> Vec<&str> {
        self.sections.iter().map(|it| it.id.as_str()).collect()
    }

    /// The path under which the portal is published: empty, or `/portal`.
    pub fn base_path(&self) -> &str {
        let rest = self.base_url.split_once("://").map_or("", |(_, rest)| rest);
        rest.find('/').map_or("", |it| &rest[it..])
    }
}

/// Reads `site.toml`.
pub fn read(world: &dyn World) -> Checked<Config> {
    let mut diagnostics = Vec::new();
    let path = SitePath::new(FILE);
    let text = match world.read(&path, 1) {
        Ok(_) => source::read(world, &path).report(&mut diagnostics),
        Err(_) => None,
    };
    let text = text.unwrap_or(Text { path, content: String::new() });
    let node = toml::parse(&text).report(&mut diagnostics);
    let reader = node.as_ref().and_then(|node| MapReader::open(&text, node, &mut diagnostics));
    let config = match reader {
        Some(reader) => config(&text, reader, &mut diagnostics),
        None => default(),
    };
    Checked { value: config, diagnostics }
}

fn default() -> Config {
    Config {
        title: Localized::new(vec![
            ("zh-CN".to_owned(), "社区信息公开".to_owned()),
            ("en".to_owned(), "Community information".to_owned()),
        ]),
        description: Localized::default(),
        language: "zh-CN".to_owned(),
        base_url: String::new(),
        time_zone: TimeZone::get("Asia/Shanghai").unwrap_or(TimeZone::UTC),
        theme: "default".to_owned(),
        banner: None,
        organiser: Organiser::default(),
        sections: default_sections(),
        pages: PageKinds { sections: true, subtrees: true, notice_lists: true, not_found: true },
        outputs: Vec::new(),
        place_order: PlaceOrder::Pinyin,
        names: Names::Full,
        drafts: false,
    }
}

fn default_sections() -> Vec<Section> {
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

fn config(text: &Text, mut reader: MapReader<'_>, sink: &mut Vec<Diagnostic>) -> Config {
    let mut config = default();
    let title = reader.localized("title", sink);
    if !title.is_empty() {
        config.title = title;
    }
    config.description = reader.localized("description", sink);
    if let Some((language, _)) = reader.word("language", sink) {
        language.clone_into(&mut config.language);
    }
    if let Some((url, span)) = reader.word("base-url", sink) {
        match base_url(url) {
            Some(url) => config.base_url = url,
            None => sink.push(bad(text, span, "base-url", "https://…")),
        }
    }
    if let Some((name, span)) = reader.word("time-zone", sink) {
        match TimeZone::get(name) {
            Ok(zone) => config.time_zone = zone,
            Err(_) => sink.push(bad(text, span, "time-zone", "Asia/Shanghai")),
        }
    }
    if let Some((theme, _)) = reader.word("theme", sink) {
        theme.clone_into(&mut config.theme);
    }
    config.banner = reader.word("banner", sink).map(|(banner, _)| banner.to_owned());
    if let Some(inner) = reader.get("organiser").and_then(|node| MapReader::open(text, node, sink))
    {
        config.organiser = organiser(inner, sink);
    }
    if let Some(node) = reader.get("sections") {
        config.sections = sections(text, node, sink);
    }
    if let Some(inner) = reader.get("pages").and_then(|node| MapReader::open(text, node, sink)) {
        config.pages = page_kinds(inner, config.pages, sink);
    }
    if let Some(inner) = reader.get("outputs").and_then(|node| MapReader::open(text, node, sink)) {
        config.outputs = outputs(text, &inner, sink);
    }
    if let Some(mut inner) =
        reader.get("privacy").and_then(|node| MapReader::open(text, node, sink))
    {
        if let Some(names) = inner.choice("names", Names::NAMES, Names::parse, sink) {
            config.names = names;
        }
        inner.finish(sink);
    }
    let order = |word: &str| match word {
        "pinyin" => Some(PlaceOrder::Pinyin),
        "folder" => Some(PlaceOrder::Folder),
        _ => None,
    };
    if let Some(order) = reader.choice("place-order", &["pinyin", "folder"], order, sink) {
        config.place_order = order;
    }
    reader.finish(sink);
    config
}

/// An absolute address without a slash at its end. Of any other text nothing.
pub fn base_url(text: &str) -> Option<String> {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"))?;
    let bad = |ch: char| ch.is_whitespace() || ch.is_control() || "<>\"'?#\\".contains(ch);
    let host = rest.split('/').next().unwrap_or_default();
    (!host.is_empty() && !rest.contains(bad)).then(|| text.trim_end_matches('/').to_owned())
}

/// The diagnostic of a setting whose value is refused, with the reason.
fn bad(
    text: &Text,
    span: crate::source::Span,
    setting: &'static str,
    example: &'static str,
) -> Diagnostic {
    Diagnostic::error(Code::BadSetting, text.locate(span))
        .arg("setting", setting)
        .arg("reason", example)
        .help("value")
}

fn organiser(mut reader: MapReader<'_>, sink: &mut Vec<Diagnostic>) -> Organiser {
    let mut word = |key| reader.word(key, sink).map(|(word, _)| word.to_owned());
    let organiser = Organiser {
        name: word("name"),
        address: word("address"),
        phone: word("phone"),
        email: word("email"),
        icp: word("icp"),
        police: word("police"),
        site_code: word("site-code"),
    };
    reader.finish(sink);
    organiser
}

/// Sections in their order of display. One without a usable id is reported and left out.
fn sections(
    text: &Text,
    node: &crate::source::yaml::Node<'_>,
    sink: &mut Vec<Diagnostic>,
) -> Vec<Section> {
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

/// Which names there are, the kinds of output know.
fn outputs(text: &Text, reader: &MapReader<'_>, sink: &mut Vec<Diagnostic>) -> Vec<OutputSwitch> {
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

/// Which kinds of pages are made; a key that is not given leaves the default.
fn page_kinds(
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
    };
    reader.finish(sink);
    kinds
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fingerprint::{Fingerprint, assert_each_field_counts};

    #[test]
    fn every_setting_is_in_the_fingerprint() {
        let text = || "x".to_owned();
        assert_each_field_counts!(
            default(),
            Config {
                title: Localized::plain("x"),
                description: Localized::plain("x"),
                language: text(),
                base_url: text(),
                time_zone: TimeZone::get("Asia/Tokyo").unwrap(),
                theme: text(),
                banner: Some(text()),
                organiser: Organiser { icp: Some(text()), ..Organiser::default() },
                sections: Vec::new(),
                pages: PageKinds {
                    sections: true,
                    subtrees: true,
                    notice_lists: true,
                    not_found: false,
                },
                outputs: vec![OutputSwitch {
                    name: text(),
                    on: true,
                    location: Location::file(SitePath::new(FILE)),
                }],
                place_order: PlaceOrder::Folder,
                names: Names::Surname,
                drafts: true,
            }
        );
    }

    #[test]
    fn every_part_of_a_setting_is_in_the_fingerprint() {
        let some = || Some("x".to_owned());
        assert_each_field_counts!(
            Organiser::default(),
            Organiser {
                name: some(),
                address: some(),
                phone: some(),
                email: some(),
                icp: some(),
                police: some(),
                site_code: some(),
            }
        );
        let section = default_sections().remove(0);
        assert_each_field_counts!(
            section,
            Section {
                id: "x".to_owned(),
                title: Localized::plain("x"),
                description: Localized::plain("x"),
            }
        );
        assert_each_field_counts!(
            default().pages,
            PageKinds { sections: false, subtrees: false, notice_lists: false, not_found: false }
        );
    }

    #[test]
    fn time_zones_count_by_name_or_offset() {
        let with = |time_zone| Fingerprint::of(&Config { time_zone, ..default() });
        let named = |name| with(TimeZone::get(name).unwrap());
        let fixed = |hours| with(TimeZone::fixed(jiff::tz::offset(hours)));
        assert_eq!(named("Asia/Shanghai"), named("Asia/Shanghai"));
        assert_ne!(named("Asia/Shanghai"), named("Asia/Chongqing"));
        assert_ne!(fixed(7), fixed(8));
        assert_eq!(fixed(8), fixed(8));
    }
}
