//! Pages as bytes.
//!
//! [`Renderer::new`] takes a [`theme`] and compiles its templates; `Renderer::fill` renders one
//! page from what it is given, and from nothing else. The structs that templates are given
//! stand in [`context`]; [`markdown`] makes text into HTML.
//!
//! A theme is not trusted to end: `template` looks at the nesting of its templates and makes them
//! count what they do, `meter` has the limits.
//!
//! Nothing here reads the portal or the clock, and only [`theme`] reads files. The caller of a page
//! hands over its context, so a template cannot show what it was not given. A theme is checked for
//! what it must have (`required`) before a renderer is made.

pub(crate) mod blocked;
pub(crate) mod colours;
mod comments;
pub mod context;
pub mod contrast;
pub(crate) mod functions;
pub(crate) mod guide;
pub(crate) mod head;
pub mod markdown;
pub(crate) mod mentions;
mod meter;
mod nesting;
pub(crate) mod required;
pub(crate) mod style;
mod tags;
mod template;
pub mod theme;
pub(crate) mod watermark;
pub(crate) mod words;

pub use theme::ASSETS;

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
    sync::Arc,
};

use tera::{ErrorKind, Tera, Value};

use crate::{
    diagnostic::{Checked, Code, Diagnostic, Location},
    render::{
        context::Site,
        mentions::{Mentions, SaidWords},
        meter::{Limit, PageWriter},
        nesting::TooDeep,
        template::Counted,
        theme::{THEMES, Theme, is_built_in},
        words::Words,
    },
    source::{SitePath, Span, Text},
};

/// A theme, ready to render.
pub struct Renderer {
    tera: Tera,
    words: Arc<Words>,
    theme: Arc<Theme>,
    mentions: Mentions,
    /// What the head of every page begins with: what the page may load.
    guard: String,
    /// What the engine was given for each template, by its name there.
    counted: BTreeMap<String, Counted>,
}

/// A page that could not be rendered.
pub(crate) struct Unrendered {
    error: tera::Error,
    /// The template that was being rendered, by its name in the theme.
    template: String,
}

impl fmt::Debug for Renderer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Renderer")
    }
}

/// The templates of a page, the best first, and what they are given.
pub struct Templates {
    /// The names of templates, the best first.
    pub templates: Vec<String>,
    /// What the template is given.
    pub context: tera::Context,
}

impl Renderer {
    /// Compiles a theme's templates. `assets` are the addresses of static files by name, `neighbours` are
    /// the hosts that links may lead to without being said to leave the site, `policy`
    /// is what pages may load (`config/policy.rs`): every page gets it, whatever its template. With
    /// errors in the templates there is no renderer; with errors in the words there is one, which
    /// lacks them.
    ///
    /// A template that several themes of the chain have is taken from the first of them, also where
    /// another template includes or extends it: the names of themes are the prefixes under which
    /// the engine looks for a name, one after the other.
    pub fn new(
        theme: Arc<Theme>,
        site: Site,
        assets: BTreeMap<String, String>,
        neighbours: Vec<String>,
        language: &str,
        policy: &str,
    ) -> Checked<Option<Self>> {
        let mut diagnostics = Vec::new();
        let words = Arc::new(Words::new(&theme, language).report(&mut diagnostics));
        let mut tera = Tera::new();
        let prefixes: Vec<String> =
            theme.layers.iter().map(|layer| format!("{}/", layer.name)).collect();
        tera.set_fallback_prefixes(prefixes.clone()).expect("there are no templates yet");
        functions::register(&mut tera, &words, assets, neighbours);
        meter::register(&mut tera);
        let templates = theme.layers.iter().flat_map(|layer| {
            let named = |(name, text): (&String, &Text)| {
                (format!("{}/{name}", layer.name), text.content.clone())
            };
            layer.templates.iter().map(named)
        });
        let templates: Vec<(String, String)> = templates.collect();
        // Those of the program are known to end, and every page would pay for the counting.
        let built_in: BTreeSet<String> = theme
            .layers
            .iter()
            .flat_map(|layer| {
                let own = layer.templates.iter();
                let own = own.filter(|(name, it)| is_built_in(&layer.name, name, &it.content));
                own.map(|(name, _)| format!("{}/{name}", layer.name))
            })
            .collect();
        let too_deep = nesting::check(&templates, &prefixes);
        if !too_deep.is_empty() {
            diagnostics.extend(too_deep.iter().map(|it| nested(&theme, it)));
            return Checked { value: None, diagnostics };
        }
        let plain = tera.clone();
        let counted = |(name, text): &(String, String)| {
            let is_trusted = built_in.contains(name);
            (name.clone(), if is_trusted { Counted::not(text) } else { Counted::new(text) })
        };
        let counted: BTreeMap<String, Counted> = templates.iter().map(counted).collect();
        let texts = counted.iter().map(|(name, counted)| (name, &counted.text));
        if let Err(error) = tera.add_raw_templates(texts) {
            diagnostics.push(uncompiled(&theme, plain, templates, &counted, &error));
            return Checked { value: None, diagnostics };
        }
        tera.global_context().insert_value("site", Value::from(site));
        let (mentions, guard) = (Mentions::default(), head::elements(policy));
        Checked { value: Some(Self { tera, words, theme, mentions, guard, counted }), diagnostics }
    }

    /// The theme's words.
    pub(crate) fn words(&self) -> &Words {
        &self.words
    }

    /// Which words the templates of a page say.
    pub(crate) fn mentions(&self, templates: &[String]) -> SaidWords {
        self.mentions.of(&self.theme, templates)
    }

    /// Renders the first of some templates that the theme has, with the policy in its head.
    pub(crate) fn fill(&self, page: &Templates) -> Result<Vec<u8>, Unrendered> {
        let exists = |it: &&String| self.tera.contains_template(it);
        let name = page.templates.iter().find(exists).or(page.templates.last());
        let name = name.expect("every page names a template");
        let mut html = PageWriter::new();
        let rendered = self.tera.render_to(name, &page.context, &mut html);
        rendered.map_err(|error| Unrendered { error, template: name.clone() })?;
        let mut html = html.finish();
        let start = head::start(&html);
        html.splice(start..start, self.guard.bytes());
        Ok(html)
    }

    /// The diagnostic of a page that could not be rendered, at its place in the theme. Where only
    /// the template is known, as of a page that is too large, it is the template's file.
    pub(crate) fn diagnostic(&self, unrendered: &Unrendered, page: &str) -> Diagnostic {
        let Unrendered { error, template } = unrendered;
        let Some(limit) = Limit::of(error) else {
            return template_error(&self.theme, &self.counted, error, page);
        };
        let location = match located(&self.theme, &self.counted, error) {
            Some((location, _)) => location,
            None => self.theme.template(template).map(Text::whole),
        };
        let location = location.unwrap_or_else(|| folder(&self.theme));
        Diagnostic::error(Code::TemplateLimit, location)
            .arg("limit", limit.name())
            .arg("page", page)
            .help(limit.name())
    }
}

/// The place of a template's mistake, and what the engine says of it; `None` if it names no place.
/// The place is `None`, too, if no theme has the template.
fn located<'e>(
    theme: &Theme,
    counted: &BTreeMap<String, Counted>,
    error: &'e tera::Error,
) -> Option<(Option<Location>, &'e str)> {
    let (ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report)) = error.kind() else {
        return None;
    };
    let name = report.filename();
    let place = report.span().range.clone();
    let place = counted.get(name).map_or(place.clone(), |it| it.original(place));
    let text = theme.named_template(name);
    let location = text.map(|text| text.locate(Span::new(place.start, place.end)));
    Some((location, report.message()))
}

/// A template's mistake, at its place in the theme; at the theme's folder if the engine names no
/// place, as it does for a template that is missing. `counted` are the templates as the engine has
/// them; none if it has those of the theme. `page` is the page that was being rendered, or empty.
fn template_error(
    theme: &Theme,
    counted: &BTreeMap<String, Counted>,
    error: &tera::Error,
    page: &str,
) -> Diagnostic {
    let (location, reason) = match located(theme, counted, error) {
        Some((location, message)) => (location, message.to_owned()),
        None => (None, error.kind().to_string()),
    };
    Diagnostic::error(Code::TemplateError, location.unwrap_or_else(|| folder(theme)))
        .arg("reason", reason)
        .arg("page", page)
        .help("fix")
}

/// The mistake for which templates cannot be compiled. It is that of the theme's own text, in the
/// engine's words; only if that has none, of the text in which is counted.
fn uncompiled(
    theme: &Theme,
    mut plain: Tera,
    templates: Vec<(String, String)>,
    counted: &BTreeMap<String, Counted>,
    error: &tera::Error,
) -> Diagnostic {
    match plain.add_raw_templates(templates) {
        Err(error) => template_error(theme, &BTreeMap::new(), &error, ""),
        Ok(()) => template_error(theme, counted, error, ""),
    }
}

/// A template that is nested too deeply.
fn nested(theme: &Theme, found: &TooDeep) -> Diagnostic {
    let span = Span::new(found.place.start, found.place.end);
    let location = theme.named_template(&found.name).map(|text| text.locate(span));
    Diagnostic::error(Code::TooDeep, location.unwrap_or_else(|| folder(theme)))
        .arg("limit", found.limit.to_string())
        .help("template")
}

/// The theme's folder, of a mistake in no file.
fn folder(theme: &Theme) -> Location {
    Location::file(SitePath::new(THEMES).join(theme.name()))
}
