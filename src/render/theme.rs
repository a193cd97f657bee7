//! Themes: templates, static files and words, each from the site or from the program.
//!
//! A theme names in `theme.toml` the theme it extends; what it does not have comes from there, file
//! by file for templates and static files, word by word for texts. A theme of the site hides the
//! built-in one of the same name, and may extend it. What a theme has to have stands in `required`.
//!
//! | file | is |
//! | --- | --- |
//! | `theme.toml` | `name`, `title`, `contrast` (`contrast.rs`), and `extends`, the theme whose files stand in for missing ones |
//! | `templates/…` | a template; its name is the path below `templates/` |
//! | `i18n/LANGUAGE.ftl` | words in one language, as Fluent |
//! | `static/…` | published below `assets/`, as it is but for addresses in style sheets (`style.rs`), and for comments in those of the program (`comments.rs`) |
//!
//! Other files are left alone.

use std::collections::{BTreeMap, BTreeSet};

use rust_embed::Embed;

use crate::{
    config::{Config, policy::Policy},
    diagnostic::{Checked, Code, Diagnostic, Location},
    fingerprint::Fingerprint,
    render::{comments, style, watermark},
    source::{
        Folder, SitePath, Text, World, read,
        reader::{MapReader, unknown},
        toml, walk,
        yaml::{Node, NodeKind},
    },
};

/// The folder of a theme's static files in the output.
pub const ASSETS: &str = "assets";

/// The folder of the site's themes.
pub const THEMES: &str = "themes";

/// The setting of `[outputs]` that switches the search.
pub const SEARCH: &str = "search";

/// The setting of `[outputs]` that switches the file of urgent notices.
pub const URGENT: &str = "urgent";

/// The static file of a theme that asks for it.
const NOTIFIER: &str = "concern.js";

/// What pages need for it beside styles: a script, and the file.
const NOTIFYING: [&str; 2] = ["connect-src", "script-src"];

/// What pages need for a search beside styles: a script, the files of the index, and a form.
const SEARCHING: [&str; 3] = ["connect-src", "form-action", "script-src"];

/// The largest static file, in bytes.
const MAX_STATIC: u64 = 64 << 20;

#[derive(Embed)]
#[folder = "themes/"]
struct Embedded;

/// A theme with those it extends.
#[derive(Debug, Default)]
pub struct Theme {
    /// The theme itself first, the one it builds on in the end last.
    pub layers: Vec<Layer>,
    /// Every file of it, and every theme that it extends, could be loaded without a mistake.
    pub is_whole: bool,
}

/// One theme's own files.
#[derive(Debug, Default)]
pub struct Layer {
    /// Its name.
    pub name: String,
    /// Its templates by name: `components/pager.html`.
    pub templates: BTreeMap<String, Text>,
    /// Its words by language, as Fluent.
    pub words: BTreeMap<String, Text>,
    /// Its static files by name: `style.css`.
    pub statics: BTreeMap<String, Vec<u8>>,
    /// Its colours that are words on others.
    pub contrast: Vec<Pair>,
}

/// A colour that is used for words, and the one behind them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pair {
    /// The custom property of the words, without its dashes.
    pub words: String,
    /// That of the ground.
    pub ground: String,
}

impl Pair {
    /// Reads `ink on paper`.
    fn parse(text: &str) -> Option<Self> {
        let (words, ground) = text.split_once(" on ")?;
        Some(Self { words: words.trim().to_owned(), ground: ground.trim().to_owned() })
    }
}

/// Loads a theme and all that it extends. The diagnostics report files that cannot be read, a theme
/// that does not exist, and of a circle; the theme then has what could be loaded. Templates are not
/// compiled here, nor are words parsed: see [`Renderer::new`](super::Renderer::new).
pub fn load(world: &dyn World, name: &str) -> Checked<Theme> {
    let mut diagnostics = Vec::new();
    let mut theme = Theme::default();
    let mut wanted = Some((name.to_owned(), Location::file(SitePath::new(crate::config::FILE))));
    while let Some((name, requested)) = wanted.take() {
        // A site's theme may extend the built-in one of the same name.
        let taken = |layer: &Layer| layer.name == name;
        let again = theme.layers.iter().any(taken);
        let files = if again { embedded(&name) } else { files(world, &name, &mut diagnostics) };
        if files.is_empty() {
            let themes = themes(world);
            let known: Vec<&str> = themes.iter().map(String::as_str).collect();
            diagnostics
                .push(unknown(Code::UnknownTheme, requested, &name, &known).arg("theme", &name));
            break;
        }
        let prefix = if again { format!("{name}{BUILT_IN}") } else { name.clone() };
        if theme.layers.iter().any(|layer| layer.name == prefix) {
            let chain: Vec<&str> = theme.layers.iter().map(|it| it.name.as_str()).collect();
            diagnostics.push(
                Diagnostic::error(Code::ThemeCircle, requested)
                    .arg("chain", format!("{} → {name}", chain.join(" → ")))
                    .help("break"),
            );
            break;
        }
        let mut layer = Layer { name: prefix, ..Layer::default() };
        for (path, bytes) in files {
            if let Some(next) = layer.add(&name, &path, bytes, &mut diagnostics) {
                wanted = Some(next);
            }
        }
        theme.layers.push(layer);
    }
    style::add_versions(theme.layers.iter_mut().map(|layer| &mut layer.statics).collect());
    theme.is_whole = diagnostics.is_empty();
    Checked { value: theme, diagnostics }
}

impl Theme {
    /// Its own name, under which the site asks for it.
    pub fn name(&self) -> &str {
        self.layers.first().map_or("", |it| it.name.as_str())
    }

    /// Whether it or a theme that it extends has the template `name`: `place.html`.
    pub fn has_template(&self, name: &str) -> bool {
        self.layers.iter().any(|layer| layer.templates.contains_key(name))
    }

    /// Its pages have a search: `[outputs]` does not switch it off, and the theme has a page for it.
    pub fn has_search(&self, config: &Config) -> bool {
        config.has_output(SEARCH) && self.has_template("search.html")
    }

    /// Its pages have a script that asks for what is urgent: `[outputs]` does not switch that off.
    pub fn has_notifier(&self, config: &Config) -> bool {
        config.has_output(URGENT) && self.layers.iter().any(|it| it.statics.contains_key(NOTIFIER))
    }

    /// What its pages may load: what the site allows, and what its scripts need if there are any.
    pub fn policy(&self, config: &Config) -> Policy {
        let own: &[_] = match (self.has_search(config), self.has_notifier(config)) {
            (true, _) => &SEARCHING,
            (false, true) => &NOTIFYING,
            (false, false) => &[],
        };
        config.policy.with_own(own)
    }

    /// The same as browsers read it. The mark of drafts has a style of its own.
    pub fn policy_text(&self, config: &Config) -> String {
        self.policy(config).text(config.drafts.then_some(watermark::STYLE_HASH))
    }

    /// The template `name`, from the first theme that has it.
    pub(crate) fn template(&self, name: &str) -> Option<&Text> {
        self.layers.iter().find_map(|layer| layer.templates.get(name))
    }

    /// The template that the engine knows by this name: `plain/place.html`, of the theme `plain`.
    pub(crate) fn named_template(&self, name: &str) -> Option<&Text> {
        self.layers.iter().find_map(|layer| {
            let name = name.strip_prefix(&layer.name)?.strip_prefix('/')?;
            layer.templates.get(name)
        })
    }

    /// The fingerprint of all its files.
    pub fn fingerprint(&self) -> Fingerprint {
        let texts = |texts_by_name: &BTreeMap<String, Text>| {
            Fingerprint::of(
                &texts_by_name
                    .iter()
                    .map(|(name, it)| (name.clone(), it.content.clone()))
                    .collect::<Vec<_>>(),
            )
        };
        Fingerprint::of_all(self.layers.iter().flat_map(|layer| {
            let name = Fingerprint::of(&layer.name);
            [name, texts(&layer.templates), texts(&layer.words), Fingerprint::of(&layer.statics)]
        }))
    }

    /// Its static files: their paths in the output, and their bytes.
    pub fn files(&self) -> BTreeMap<String, &[u8]> {
        let files = self.layers.iter().rev().flat_map(|it| &it.statics);
        files.map(|(name, bytes)| (format!("{ASSETS}/{name}"), bytes.as_slice())).collect()
    }
}

impl Layer {
    /// Adds a file, by its path inside the theme. Of `theme.toml` it gives the theme it extends.
    fn add(
        &mut self,
        theme: &str,
        path: &str,
        bytes: Vec<u8>,
        sink: &mut Vec<Diagnostic>,
    ) -> Option<(String, Location)> {
        let site_path = SitePath::new(format!("{THEMES}/{theme}/{path}"));
        let (folder, name) = path.split_once('/').unwrap_or(("", path));
        if folder == "static" {
            let is_own =
                Embedded::get(&format!("{theme}/{path}")).is_some_and(|it| *it.data == bytes);
            let bytes = if is_own { comments::without_comments(name, bytes) } else { bytes };
            self.statics.insert(name.to_owned(), bytes);
            return None;
        }
        let Ok(content) = String::from_utf8(bytes) else {
            let location = Location::file(site_path);
            sink.push(
                Diagnostic::error(Code::BadEncoding, location).arg("encoding", "").help("utf8"),
            );
            return None;
        };
        let text = Text { path: site_path, content };
        match (folder, name) {
            ("", "theme.toml") => return self.describe(&text, sink),
            ("templates", name) => {
                self.templates.insert(name.to_owned(), text);
            }
            ("i18n", name) => {
                self.words.insert(name.trim_end_matches(".ftl").to_owned(), text);
            }
            _ => {}
        }
        None
    }

    /// Reads `theme.toml`. Gives the theme that it says it extends, and where it says so.
    fn describe(&mut self, text: &Text, sink: &mut Vec<Diagnostic>) -> Option<(String, Location)> {
        let node = toml::parse(text).report(sink)?;
        let mut reader = MapReader::open(text, &node, sink)?;
        reader.get("name");
        reader.get("title");
        if let Some(Node { kind: NodeKind::List(items), .. }) = reader.get("contrast") {
            for item in items {
                let pair = reader.scalar(item, sink).map(Pair::parse);
                if let Some(None) = pair {
                    let place = text.locate(item.span);
                    let diagnostic = Diagnostic::error(Code::BadSetting, place);
                    let diagnostic = diagnostic.arg("setting", "contrast");
                    sink.push(diagnostic.arg("reason", "ink on paper").help("value"));
                }
                self.contrast.extend(pair.flatten());
            }
        }
        let parent = reader.word("extends", sink);
        let parent = parent.map(|(name, span)| (name.to_owned(), text.locate(span)));
        reader.finish(sink);
        parent
    }
}

/// A theme's files by their path inside it: the site's, or those of the program.
fn files(world: &dyn World, name: &str, sink: &mut Vec<Diagnostic>) -> BTreeMap<String, Vec<u8>> {
    let folder = SitePath::new(THEMES).join(name);
    let walked = walk(world, &folder).report(sink);
    let mut files = BTreeMap::new();
    collect(world, &folder, &walked, &mut files, sink);
    if files.is_empty() { embedded(name) } else { files }
}

/// Adds the files of a folder and of those in it to `files`. Static files may be any bytes up to
/// [`MAX_STATIC`]; all others are texts, read with the limits and repairs of content files.
fn collect(
    world: &dyn World,
    root: &SitePath,
    folder: &Folder,
    files: &mut BTreeMap<String, Vec<u8>>,
    sink: &mut Vec<Diagnostic>,
) {
    for path in &folder.files {
        let inside = &path.as_str()[root.as_str().len() + 1..];
        if inside.starts_with("static/") {
            match world.read(path, MAX_STATIC) {
                Ok(bytes) => {
                    files.insert(inside.to_owned(), bytes);
                }
                Err(error) => sink.push(crate::source::unreadable(path, &error)),
            }
        } else if let Some(text) = read(world, path).report(sink) {
            files.insert(inside.to_owned(), text.content.into_bytes());
        }
    }
    folder.folders.iter().for_each(|folder| collect(world, root, folder, files, sink));
}

/// The files of a theme of the program by their path inside it; none if there is no such theme.
fn embedded(name: &str) -> BTreeMap<String, Vec<u8>> {
    let prefix = format!("{name}/");
    let inside = Embedded::iter().filter_map(|path| {
        let inside = path.strip_prefix(&prefix)?.to_owned();
        Some((inside, Embedded::get(&path)?.data.into_owned()))
    });
    inside.collect()
}

/// Whether a template is one of the program, word for word. `theme` may be a site's copy of it.
pub(super) fn is_built_in(theme: &str, name: &str, text: &str) -> bool {
    let theme = theme.trim_end_matches(BUILT_IN);
    let embedded = Embedded::get(&format!("{theme}/templates/{name}"));
    embedded.is_some_and(|it| *it.data == *text.as_bytes())
}

/// What the name of a layer has more than that of its theme if the site has one of the same name.
const BUILT_IN: &str = " (built in)";

/// The names of all themes that there are.
fn themes(world: &dyn World) -> BTreeSet<String> {
    let own = world.list(&SitePath::new(THEMES)).unwrap_or_default().into_iter().map(|it| it.name);
    let embedded = Embedded::iter().filter_map(|it| Some(it.split_once('/')?.0.to_owned()));
    own.chain(embedded).collect()
}
