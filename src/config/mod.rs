//! `site.toml`: the settings of a portal.
//!
//! [`read`] makes a [`Config`] of the file. Every setting is optional, and a site without the file
//! has the defaults:
//!
//! ```toml
//! format = 1                   # of this file and the declarations
//! title = { zh-CN = "宽城区社区信息公开", en = "Kuancheng community information" }
//! description = "各街道、社区、小区的通知公告和记录。"
//! language = "zh-CN"
//! base-url = "https://example.org/portal"
//! id = "example.org"           # see [`PortalId`]
//! time-zone = "Asia/Shanghai"
//! theme = "default"            # or a table, with colours: see [`colours`]
//! place-order = "pinyin"       # or "folder"
//!
//! [organiser]                  # name, address, phone, email …: see [`organiser`]
//! name = "幸福街道办事处"
//!
//! [[sections]]                 # replaces all five default sections
//! id = "service"
//! title = "服务善治"
//!
//! [[levels]]                   # of places, beyond those that are built in: see [`levels`]
//! id = "team"
//! title = "村民小组"
//! below = "village"
//!
//! [pages]                      # sections, subtrees, notice-lists, not-found, subscribe, calendar
//! subtrees = false
//!
//! [outputs]                    # kinds of artifact that may be switched off
//! sitemap = false
//!
//! [notices]
//! from-date = false            # posted at once, whatever their date
//!
//! [privacy]
//! names = "masked"             # or "full", "surname"
//! strict = false               # leaks are warnings, not errors
//! sensitive = { welfare = ["暖心卡"] }   # words beside which nobody may be named
//!
//! [links]
//! outside = ["/bbs/"]          # other sites of the same host
//! allow = ["www.example.cn", "*.gov.cn"]   # hosts that readers are not told to leave for
//!
//! [attachments]                # files that texts may link to
//! kinds = ["docx", "xlsx", "pdf"]
//! largest = 20                 # in MB
//!
//! [data]                       # the files that anybody may download
//! licence = "CC-BY-4.0"        # or an address, or words
//!
//! [markdown]
//! breaks = "sentence"          # or "join", "all": what an Enter within a paragraph is
//!
//! [hosting]
//! hosts = ["nginx"]            # or netlify, cloudflare, caddy: whose files are written
//!
//! [publish.web]                # where `linli publish` sends the site: see [`publish`]
//! folder = "/srv/www/portal"
//!
//! [security]                   # who is told of a weakness, and until when that holds
//! contact = ["mailto:info@example.cn"]
//! expires = "2027-06-30"
//!
//! [security.csp]               # more that pages may load: see [`policy`]
//! img-src = ["https://tiles.example.cn"]
//! ```
//!
//! A mistake does not end the reading: it is reported, the setting keeps its default, and the
//! diagnostics keep the build from publishing. Whether the theme exists and which names `[outputs]`
//! may have is not known here; the theme and the plan of artifacts check that.

mod attachments;
mod base_url;
pub mod colours;
mod hosting;
mod identity;
mod levels;
pub mod licence;
pub mod links;
mod mistake;
pub mod organiser;
pub mod policy;
pub mod publish;
pub mod s3;
mod sections;
mod security;
mod sensitive;
mod switches;
#[cfg(test)]
mod tests;

use std::hash::{Hash, Hasher};

use jiff::tz::TimeZone;

pub use self::sections::{SECTIONS, Section, default as default_sections};
pub use self::switches::{OutputSwitch, PageKinds};
pub use self::{
    attachments::AttachmentRules, base_url::base_url, hosting::Host, identity::PortalId,
    levels::Levels, licence::Licence, links::LinkRules, security::SecurityContact,
};
use self::{colours::Colours, organiser::Organiser, policy::Policy, publish::PublishTarget};
use crate::{
    config::mistake::bad,
    diagnostic::{Checked, Code, Diagnostic},
    source::{self, SitePath, Text, World, named::named, reader::MapReader, toml},
    text::Localized,
};

/// The name of the file. It stands in the site's own folder, beside `content/`.
pub const FILE: &str = "site.toml";

/// The form of settings and declarations that this program reads. It is raised when a site that is
/// right in one form would be read as something else in the next.
const FORMAT: &str = "1";

/// What `site.toml` says. A site without one has the defaults.
///
/// It is hashed by hand, see below: the fingerprint of a build's settings is made from it.
#[derive(Debug, Clone)]
#[expect(clippy::struct_excessive_bools, reason = "each is a setting or an option of its own")]
pub struct Config {
    /// The portal's title. `社区信息公开` and its English form unless given.
    pub title: Localized,
    /// One sentence about it. Empty unless given; pages use it where they have no description of
    /// their own.
    pub description: Localized,
    /// The language of the pages: `zh-CN` or another that the theme has texts for.
    pub language: String,
    /// Where the portal is published, without a slash at the end: `https://example.org/portal`.
    /// Empty if it is unknown; then no sitemap is made.
    pub base_url: String,
    /// What tells it apart from other portals, as the file says; see [`Config::identity`].
    pub id: Option<PortalId>,
    /// The time zone of its dates, `Asia/Shanghai` unless given. It decides when a day begins, and
    /// so when a record or notice is posted.
    pub time_zone: TimeZone,
    /// The name of the theme: a folder of `themes/`, or `default` for the one in the program.
    pub theme: String,
    /// Other values for its colours.
    pub colours: Colours,
    /// A line on every page: that the data is a sample, say. No line if absent.
    pub banner: Option<String>,
    /// Who answers for the portal.
    pub organiser: Organiser,
    /// The sections, in the order of the menu.
    pub sections: Vec<Section>,
    /// The levels of places.
    pub levels: Levels,
    /// Which kinds of pages are made.
    pub pages: PageKinds,
    /// Kinds of output that are switched on or off, in the order of the file. Names are kept as
    /// written; the plan of artifacts reports those that no kind has.
    pub outputs: Vec<OutputSwitch>,
    /// How places are ordered. Places that give an `order` stand first, by that number.
    pub place_order: PlaceOrder,
    /// How much of persons' names is shown at most. Collections and records can show less, never
    /// more.
    pub names: Names,
    /// Personal data without a basis is an error, and not a warning.
    pub strict: bool,
    /// Words beside which nobody may be named without a basis, beyond those that are built in: of
    /// each its kind and itself.
    pub sensitive: Vec<(String, String)>,
    /// Notices are posted from their date on, unless they say another day.
    pub notices_from_date: bool,
    /// What is known of other sites.
    pub links: LinkRules,
    /// Which files may be attached to texts.
    pub attachments: AttachmentRules,
    /// What becomes of the end of a line within a paragraph of Markdown.
    pub breaks: Breaks,
    /// What pages may load.
    pub policy: Policy,
    /// On which terms anybody may use the data; nothing if the office does not say.
    pub licence: Option<Licence>,
    /// Who is told of a weakness, if the portal says so.
    pub security: Option<SecurityContact>,
    /// Who serves the portal: files are written for these.
    pub hosts: Vec<Host>,
    /// Whether there is a page with the components of the theme: an option of the command line, too.
    pub style_guide: bool,
    /// Whether drafts are shown: an option of the command line, not a setting of the file.
    pub drafts: bool,
    /// Whether it is read for a preview, as `linli serve` does: what costs the whole portal at each
    /// edit is left out.
    pub preview: bool,
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

named! {
    /// What becomes of the end of a line within a paragraph of Markdown.
    Breaks {
        /// A new line behind a sentence and before an item; else nothing is left between Chinese
        /// characters.
        Sentence = "sentence",
        /// Nothing is left between Chinese characters.
        Join = "join",
        /// A new line.
        All = "all",
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

/// A time zone by its name, or by its offset if it has none: the rules of a name are compiled into
/// the program.
pub(crate) fn zone_key(zone: &TimeZone) -> (Option<&str>, Option<i32>) {
    (zone.iana_name(), zone.to_fixed_offset().ok().map(jiff::tz::Offset::seconds))
}

impl Config {
    /// The time zone as browsers know it: by its name, or by its offset if it has none.
    pub(crate) fn zone_name(&self) -> String {
        let (name, _) = zone_key(&self.time_zone);
        let offset = || Some(self.time_zone.to_fixed_offset().ok()?.to_string());
        name.map(str::to_owned).or_else(offset).unwrap_or_default()
    }
}

/// Hashes every setting.
impl Hash for Config {
    fn hash<H: Hasher>(&self, state: &mut H) {
        // Without `..`, so that no setting is forgotten here.
        let Self {
            title,
            description,
            language,
            base_url,
            id,
            time_zone,
            theme,
            colours,
            banner,
            organiser,
            sections,
            levels,
            pages,
            outputs,
            place_order,
            names,
            strict,
            sensitive,
            notices_from_date,
            links,
            attachments,
            breaks,
            policy,
            licence,
            security,
            hosts,
            style_guide,
            drafts,
            preview,
        } = self;
        (title, description, language, base_url, id, banner).hash(state);
        (theme, colours).hash(state);
        zone_key(time_zone).hash(state);
        (organiser, sections, levels, pages, outputs, place_order).hash(state);
        (names, strict, sensitive, notices_from_date).hash(state);
        (links, attachments, breaks, policy, licence).hash(state);
        (security, hosts).hash(state);
        (style_guide, drafts, preview).hash(state);
    }
}

impl Config {
    /// Returns whether a kind of output is made. Kinds that nobody switches are.
    pub fn has_output(&self, name: &str) -> bool {
        self.outputs.iter().find(|output| output.name == name).is_none_or(|output| output.on)
    }

    /// The hosts of which readers need not be told that a link leads there: the portal's own, and
    /// those that it names.
    pub fn neighbours(&self) -> Vec<String> {
        let own = links::host(&self.base_url).map(str::to_lowercase);
        let written = own.as_ref().map(|host| idna::domain_to_unicode(host).0);
        own.into_iter().chain(written).chain(self.links.allowed.iter().cloned()).collect()
    }

    /// Returns the ids of the sections, in the order of the menu. Declarations and notices may name
    /// these only.
    pub fn section_ids(&self) -> Vec<&str> {
        self.sections.iter().map(|it| it.id.as_str()).collect()
    }

    /// What tells the portal apart from all others: `id`, else what follows from `base-url`. Nothing
    /// if the file gives neither.
    pub fn identity(&self) -> Option<PortalId> {
        self.id.clone().or_else(|| PortalId::of_address(&self.base_url, self.base_path()))
    }

    /// The whole address, with scheme and host, of one that begins with [`Self::base_path`]. It is as
    /// it was if `base-url` is not given.
    pub fn absolute(&self, url: &str) -> String {
        let origin = &self.base_url[..self.base_url.len() - self.base_path().len()];
        format!("{origin}{url}")
    }

    /// Returns the path under which the portal is published, without a slash at the end.
    ///
    /// ```text
    /// ""                           → ""
    /// https://example.org          → ""
    /// https://example.org/portal   → /portal
    /// ```
    pub fn base_path(&self) -> &str {
        let rest = self.base_url.split_once("://").map_or("", |(_, rest)| rest);
        rest.find('/').map_or("", |it| &rest[it..])
    }
}

/// Reads `site.toml` and returns the settings, complete in any case.
///
/// Without the file it gives the defaults, and so it does with an empty one, which is a warning, and
/// with one that cannot be read, which is an error as a syntax error is.
pub fn read(world: &dyn World) -> Checked<Config> {
    let Checked { value, mut diagnostics } = opened(world, config);
    publish::conceal(&mut diagnostics);
    Checked { value: value.unwrap_or_else(default), diagnostics }
}

/// Reads where the site is published, in the order of the file. What is wrong with its other settings
/// is not told.
pub fn publish_targets(world: &dyn World) -> Checked<Vec<PublishTarget>> {
    let Checked { value, diagnostics } = opened(world, |text, mut reader, sink| {
        reader.get("publish").map(|node| publish::read(text, node, sink))
    });
    Checked { value: value.flatten().unwrap_or_default(), diagnostics }
}

/// Parses `site.toml` and has its settings read. Nothing is read if it is no table of settings.
fn opened<T>(
    world: &dyn World,
    read: impl FnOnce(&Text, MapReader<'_>, &mut Vec<Diagnostic>) -> T,
) -> Checked<Option<T>> {
    let mut diagnostics = Vec::new();
    let path = SitePath::new(FILE);
    let text = source::read_if_there(world, &path).report(&mut diagnostics);
    let text = text.unwrap_or(Text { path, content: String::new() });
    let node = toml::parse(&text).report(&mut diagnostics);
    let reader = node.as_ref().and_then(|node| MapReader::open(&text, node, &mut diagnostics));
    let value = reader.map(|reader| read(&text, reader, &mut diagnostics));
    Checked { value, diagnostics }
}

impl Default for Config {
    /// The settings of a site without `site.toml`. The time zone comes from the database that is
    /// compiled into the program.
    fn default() -> Self {
        default()
    }
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
        id: None,
        time_zone: TimeZone::get("Asia/Shanghai").unwrap_or(TimeZone::UTC),
        theme: "default".to_owned(),
        colours: Colours::default(),
        banner: None,
        organiser: Organiser::default(),
        sections: sections::default(),
        levels: Levels::default(),
        pages: PageKinds::default(),
        outputs: Vec::new(),
        place_order: PlaceOrder::Pinyin,
        names: Names::Full,
        strict: true,
        sensitive: Vec::new(),
        notices_from_date: true,
        links: LinkRules::default(),
        attachments: AttachmentRules::default(),
        breaks: Breaks::Sentence,
        policy: Policy::default(),
        licence: None,
        security: None,
        hosts: Vec::new(),
        style_guide: false,
        drafts: false,
        preview: false,
    }
}

/// Reads each setting over its default, and reports keys that are none.
///
/// Keys are requested one by one, in the order of their meaning, not of the file. A setting that
/// cannot be read is left as it is by default; `description` and `banner` are then empty.
fn config(text: &Text, mut reader: MapReader<'_>, sink: &mut Vec<Diagnostic>) -> Config {
    let mut config = default();
    format(&mut reader, sink);
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
    if let Some((id, span)) = reader.word("id", sink) {
        config.id = PortalId::parse(id);
        if config.id.is_none() {
            let diagnostic = Diagnostic::error(Code::BadSetting, text.locate(span));
            sink.push(diagnostic.arg("setting", "id").help("id"));
        }
    }
    if let Some((name, span)) = reader.word("time-zone", sink) {
        match TimeZone::get(name) {
            Ok(zone) => config.time_zone = zone,
            Err(_) => sink.push(bad(text, span, "time-zone", "Asia/Shanghai")),
        }
    }
    if let Some(node) = reader.get("theme") {
        let (theme, colours) = colours::read(text, node, sink);
        (config.theme, config.colours) = (theme.unwrap_or(config.theme), colours);
    }
    config.banner = reader.word("banner", sink).map(|(banner, _)| banner.to_owned());
    tables(text, &mut reader, &mut config, sink);
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

/// Reads the settings that are tables or lists of tables.
fn tables(
    text: &Text,
    reader: &mut MapReader<'_>,
    config: &mut Config,
    sink: &mut Vec<Diagnostic>,
) {
    if let Some(inner) = reader.get("organiser").and_then(|node| MapReader::open(text, node, sink))
    {
        config.organiser = organiser::read(text, inner, sink);
    }
    if let Some(node) = reader.get("sections") {
        config.sections = sections::read(text, node, sink);
    }
    if let Some(node) = reader.get("levels") {
        config.levels = levels::read(text, node, sink);
    }
    if let Some(inner) = reader.get("pages").and_then(|node| MapReader::open(text, node, sink)) {
        config.pages = switches::page_kinds(inner, config.pages, sink);
    }
    if let Some(inner) = reader.get("outputs").and_then(|node| MapReader::open(text, node, sink)) {
        config.outputs = switches::outputs(text, &inner, sink);
    }
    if let Some(mut inner) =
        reader.get("notices").and_then(|node| MapReader::open(text, node, sink))
    {
        if inner.get("from-date").is_some() {
            config.notices_from_date = inner.flag("from-date", sink);
        }
        inner.finish(sink);
    }
    if let Some(mut inner) =
        reader.get("privacy").and_then(|node| MapReader::open(text, node, sink))
    {
        if let Some(names) = inner.choice("names", Names::NAMES, Names::parse, sink) {
            config.names = names;
        }
        if inner.get("strict").is_some() {
            config.strict = inner.flag("strict", sink);
        }
        if let Some(kinds) =
            inner.get("sensitive").and_then(|node| MapReader::open(text, node, sink))
        {
            config.sensitive = sensitive::read(text, &kinds, sink);
        }
        inner.finish(sink);
    }
    if let Some(inner) =
        reader.get("attachments").and_then(|node| MapReader::open(text, node, sink))
    {
        config.attachments = AttachmentRules::read(inner, sink);
    }
    if let Some(inner) = reader.get("links").and_then(|node| MapReader::open(text, node, sink)) {
        config.links = LinkRules::read(inner, sink);
    }
    if let Some(inner) = reader.get("data").and_then(|node| MapReader::open(text, node, sink)) {
        config.licence = licence::read(inner, sink);
    }
    if let Some(mut inner) =
        reader.get("markdown").and_then(|node| MapReader::open(text, node, sink))
    {
        let breaks = inner.choice("breaks", Breaks::NAMES, Breaks::parse, sink);
        config.breaks = breaks.unwrap_or(config.breaks);
        inner.finish(sink);
    }
    if let Some(inner) = reader.get("security").and_then(|node| MapReader::open(text, node, sink)) {
        (config.policy, config.security) = security::read(inner, sink);
    }
    if let Some(inner) = reader.get("hosting").and_then(|node| MapReader::open(text, node, sink)) {
        config.hosts = hosting::read(inner, sink);
    }
    if let Some(node) = reader.get("publish") {
        // No build depends on it; `publish_targets` reads it again for who publishes.
        publish::read(text, node, sink);
    }
}

/// Reads the form in which settings and declarations are written. There is one; a site that wants
/// another is one for a later program, and an error.
fn format(reader: &mut MapReader<'_>, sink: &mut Vec<Diagnostic>) {
    let Some((word, span)) = reader.word("format", sink) else { return };
    if word != FORMAT {
        let diagnostic = Diagnostic::error(Code::BadSetting, reader.text.locate(span));
        sink.push(diagnostic.arg("setting", "format").arg("known", FORMAT).help("format"));
    }
}
