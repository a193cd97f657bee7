//! Pages as bytes.
//!
//! [`Renderer::new`] takes a [`theme`] and compiles its templates; `Renderer::fill` renders one
//! page from what it is given, and from nothing else. The structs that templates are given
//! stand in [`context`]; [`markdown`] makes text into HTML.
//!
//! Nothing here reads the portal or the clock, and only [`theme`] reads files. The caller of a page
//! hands over its context, so a template cannot show what it was not given. A theme is checked for
//! what it must have (`required`) before a renderer is made.

pub(crate) mod blocked;
pub mod context;
pub(crate) mod functions;
pub(crate) mod head;
pub mod markdown;
pub(crate) mod mentions;
pub(crate) mod required;
pub mod theme;
pub(crate) mod watermark;
pub(crate) mod words;

pub use theme::ASSETS;

use std::{collections::BTreeMap, fmt, sync::Arc};

use tera::{ErrorKind, Tera, Value};

use crate::{
    diagnostic::{Checked, Code, Diagnostic, Location},
    render::{
        context::Site,
        mentions::{Mentions, RecordWords},
        theme::{THEMES, Theme},
        words::Words,
    },
    source::{SitePath, Span},
};

/// A theme, ready to render.
pub struct Renderer {
    tera: Tera,
    words: Arc<Words>,
    theme: Arc<Theme>,
    mentions: Mentions,
    /// What the head of every page begins with: what the page may load.
    guard: String,
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
    /// Compiles a theme's templates. `assets` are the addresses of static files by name, `policy`
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
        language: &str,
        policy: &str,
    ) -> Checked<Option<Self>> {
        let mut diagnostics = Vec::new();
        let words = Arc::new(Words::new(&theme, language).report(&mut diagnostics));
        let mut tera = Tera::new();
        let prefixes: Vec<String> =
            theme.layers.iter().map(|layer| format!("{}/", layer.name)).collect();
        tera.set_fallback_prefixes(prefixes).expect("there are no templates yet");
        functions::register(&mut tera, &words, assets);
        let templates = theme.layers.iter().flat_map(|layer| {
            let named = |(name, text): (&String, &crate::source::Text)| {
                (format!("{}/{name}", layer.name), text.content.clone())
            };
            layer.templates.iter().map(named)
        });
        if let Err(error) = tera.add_raw_templates(templates.collect::<Vec<_>>()) {
            diagnostics.push(template_error(&theme, &error, ""));
            return Checked { value: None, diagnostics };
        }
        tera.global_context().insert_value("site", Value::from(site));
        let guard = head::elements(policy);
        Checked {
            value: Some(Self { tera, words, theme, mentions: Mentions::default(), guard }),
            diagnostics,
        }
    }

    /// The theme's words.
    pub(crate) fn words(&self) -> &Words {
        &self.words
    }

    /// What the templates of a page say of records.
    pub(crate) fn mentions(&self, templates: &[String]) -> RecordWords {
        self.mentions.of(&self.theme, templates)
    }

    /// The theme.
    pub(crate) fn theme(&self) -> &Theme {
        &self.theme
    }

    /// Renders the first of some templates that the theme has, with the policy in its head. An error is the template's; it has
    /// the place in it (see [`template_error`]).
    pub(crate) fn fill(&self, page: &Templates) -> tera::TeraResult<Vec<u8>> {
        let exists = |it: &&String| self.tera.contains_template(it);
        let name = page.templates.iter().find(exists).or(page.templates.last());
        let name = name.expect("every page names a template");
        let mut html = Vec::with_capacity(24 << 10);
        self.tera.render_to(name, &page.context, &mut html)?;
        let start = head::start(&html);
        html.splice(start..start, self.guard.bytes());
        Ok(html)
    }
}

/// A template's mistake, at its place in the theme; at the theme's folder if the engine names no
/// place, as it does for a template that is missing. `page` is the page that was being rendered, or
/// empty.
pub(crate) fn template_error(theme: &Theme, error: &tera::Error, page: &str) -> Diagnostic {
    let (location, reason) = match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
            let span = report.span();
            let found = theme.layers.iter().find_map(|layer| {
                let name = report.filename().strip_prefix(&layer.name)?.strip_prefix('/')?;
                layer.templates.get(name)
            });
            let span = Span::new(span.range.start, span.range.end);
            let location = found.map(|it| it.locate(span));
            (location, report.message().to_owned())
        }
        kind => (None, kind.to_string()),
    };
    let folder = || Location::file(SitePath::new(THEMES).join(theme.name()));
    Diagnostic::error(Code::TemplateError, location.unwrap_or_else(folder))
        .arg("reason", reason)
        .arg("page", page)
        .help("fix")
}
