//! Pages as bytes.
//!
//! [`Renderer::new`] takes a [`theme`] and compiles its templates; [`Renderer::page`] renders one
//! page from what it declares to read, and from nothing else. The structs that templates are given
//! stand in [`context`]; the files of `pages/` fill them, and [`markdown`] makes text into HTML.

pub mod context;
mod functions;
pub(crate) mod leak;
pub mod markdown;
mod pages;
pub(crate) mod photo;
mod sight;
pub mod theme;
mod watermark;
mod words;

use std::{collections::BTreeMap, fmt, sync::Arc};

use tera::{ErrorKind, Tera, Value};

pub use sight::Published;

use crate::{
    clock::Validity,
    config::Config,
    diagnostic::{Checked, Code, Diagnostic, Location},
    pages::{Link, Page, Routes},
    render::{
        context::{Organiser, SectionLink, Site},
        pages::{Made, Making},
        sight::Sight,
        theme::{THEMES, Theme},
        words::Words,
    },
    schema::{PlaceId, notice::NoticeId},
    source::{SitePath, Span},
};

/// The folder of a theme's static files in the output.
pub const ASSETS: &str = "assets";

/// A theme, ready to render.
pub struct Renderer {
    tera: Tera,
    words: Arc<Words>,
    theme: Arc<Theme>,
}

impl fmt::Debug for Renderer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Renderer")
    }
}

/// A rendered page.
#[derive(Debug)]
pub struct Rendered {
    /// The HTML; nothing if the template failed.
    pub html: Option<Vec<u8>>,
    /// Images that it shows, as paths below the portal's address.
    pub images: Vec<String>,
    /// Where its links to content files lead.
    pub links: Vec<Link>,
    /// Notices whose text it would have had to see: it has to be rendered again with them.
    pub lacks: Vec<NoticeId>,
    /// How long the moment makes no difference.
    pub valid: Validity,
}

impl Renderer {
    /// Compiles a theme's templates. With errors there is no renderer.
    pub fn new(theme: Arc<Theme>, config: &Config, routes: &Routes) -> Checked<Option<Self>> {
        let mut diagnostics = Vec::new();
        let words = Arc::new(Words::new(&theme, &config.language).report(&mut diagnostics));
        let mut tera = Tera::new();
        let prefixes: Vec<String> = theme.layers.iter().map(|it| format!("{}/", it.name)).collect();
        tera.set_fallback_prefixes(prefixes).expect("there are no templates yet");
        functions::register(&mut tera, &words, assets(&theme, routes));
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
        let site = Value::from_serializable(&site(config, routes));
        tera.global_context().insert_value("site", site);
        Checked { value: Some(Self { tera, words, theme }), diagnostics }
    }

    /// Renders a page.
    pub fn page(&self, published: &Published<'_>, page: &Page) -> Checked<Rendered> {
        let clock = published.portal.clock.fork();
        let mut making = Making {
            sight: Sight::new(published, page, &clock),
            words: &self.words,
            diagnostics: Vec::new(),
            images: Vec::new(),
            links: Vec::new(),
            lacks: Vec::new(),
        };
        let html = making.make().and_then(|it| self.fill(&it));
        let Making { mut diagnostics, images, links, lacks, .. } = making;
        let html = match html {
            Ok(html) if published.config.drafts => {
                Some(watermark::put(&html, &published.config.language))
            }
            Ok(html) => Some(html),
            Err(error) => {
                diagnostics.push(template_error(&self.theme, &error, &page.path));
                None
            }
        };
        let rendered = Rendered { html, images, links, lacks, valid: clock.validity() };
        Checked { value: rendered, diagnostics }
    }

    fn fill(&self, made: &Made) -> tera::TeraResult<Vec<u8>> {
        let exists = |it: &&String| self.tera.contains_template(it);
        let name = made.templates.iter().find(exists).or(made.templates.last());
        let name = name.expect("every page names a template");
        let mut html = Vec::with_capacity(24 << 10);
        self.tera.render_to(name, &made.context, &mut html)?;
        Ok(html)
    }
}

/// The addresses of static files, each with a part that changes with its bytes.
fn assets(theme: &Theme, routes: &Routes) -> BTreeMap<String, String> {
    let files = theme.layers.iter().rev().flat_map(|it| &it.statics);
    let address = |(name, bytes): (&String, &Vec<u8>)| {
        let hash = blake3::hash(bytes).to_hex();
        (name.clone(), format!("{}?v={}", routes.url(&format!("{ASSETS}/{name}")), &hash[..8]))
    };
    files.map(address).collect()
}

fn site(config: &Config, routes: &Routes) -> Site {
    let language = &config.language;
    let given = |it: &Option<String>| it.clone().unwrap_or_default();
    let organiser = &config.organiser;
    let link = |index| section_link(config, index, |it| routes.url(it));
    let notices = if routes.has_all_notices(PlaceId::ROOT) {
        routes.url("notices/all/")
    } else if routes.has_notices(PlaceId::ROOT) {
        routes.url("notices/")
    } else {
        String::new()
    };
    Site {
        title: config.title.get(language).to_owned(),
        description: config.description.get(language).to_owned(),
        language: language.clone(),
        home: routes.url(""),
        banner: given(&config.banner),
        drafts: config.drafts,
        organiser: Organiser {
            name: given(&organiser.name),
            address: given(&organiser.address),
            phone: given(&organiser.phone),
            email: given(&organiser.email),
            icp: given(&organiser.icp),
            police: given(&organiser.police),
            site_code: given(&organiser.site_code),
        },
        sections: (0..config.sections.len()).map(link).collect(),
        notices_url: notices,
        generator: concat!("Linli ", env!("CARGO_PKG_VERSION")).to_owned(),
    }
}

fn section_link(config: &Config, index: usize, url: impl Fn(&str) -> String) -> SectionLink {
    let section = &config.sections[index];
    SectionLink {
        id: section.id.clone(),
        title: section.title.get(&config.language).to_owned(),
        description: section.description.get(&config.language).to_owned(),
        url: if config.pages.sections {
            url(&format!("sections/{}/", section.id))
        } else {
            String::new()
        },
    }
}

/// A template's mistake, at its place in the theme.
fn template_error(theme: &Theme, error: &tera::Error, page: &str) -> Diagnostic {
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
    let folder = || {
        let name = theme.layers.first().map_or("", |it| it.name.as_str());
        Location::file(SitePath::new(THEMES).join(name))
    };
    Diagnostic::error(Code::TemplateError, location.unwrap_or_else(folder))
        .arg("reason", reason)
        .arg("page", page)
        .help("fix")
}
