//! What kinds of pages share: from what a page sees to its template's context, and to HTML.
//!
//! ```text
//! View ──▶ PageBuilder ──▶ context (render/context.rs) ──▶ template ──▶ HTML ──▶ draft mark
//!          record, figure, links                           Renderer::fill
//! ```
//!
//! A kind calls [`make`] with a function that builds its page. The context is always a struct of
//! `render/context.rs` and the page's [`Head`] beside it, under the name `page`; so what templates
//! are given is declared in one file, and a key that a template misspells is an error. `figure.rs`
//! has figures, `finder.rs` months, weeks and buildings, `links.rs` links and Markdown, `record.rs` records and collections, `series.rs`
//! charts.
//!
//! All methods of [`PageBuilder`] read through the view. A kind has to declare what the methods
//! that it calls read.

mod figure;
mod finder;
mod links;
mod mistakes;
mod record;
mod reference;
mod resolver;
mod series;
mod shared;
mod unlinked;

pub(super) use finder::{numbered_field, runs, weeks};
pub(super) use record::anchor;
pub(super) use shared::DirectoryEntry;
pub use shared::SharedValues;

use std::{borrow::Cow, collections::BTreeMap, sync::Arc};

use fluent_bundle::FluentArgs;
use tera::{Context, Value};

use crate::{
    artifact::{
        ListPart, NotMade, Routes, Sources, View, icon, manifest, menu,
        parts::{PartName, Step, steps},
        statement,
        structured::{self, Breadcrumbs, Event, Occasion},
        urgent,
    },
    config::{self, Config},
    diagnostic::Checked,
    render::{
        ASSETS, Renderer, Templates,
        context::{self, Graph, Head, Link, Organiser, SectionLink, Site},
        mentions::SaidWords,
        required::FORMAT_YEAR,
        style,
        theme::Theme,
        watermark,
        words::Words,
    },
    schema::PlaceId,
};

/// The templates of a page, the best first, and what they are given.
pub(super) type Page = Templates;

/// A page in the making: what it sees, and the theme's words for titles.
///
/// It is made of references, for one page.
pub(super) struct PageBuilder<'b, 'v> {
    pub(super) view: &'b View<'v>,
    pub(super) words: &'v Words,
    renderer: &'v Renderer,
}

/// Makes a page as HTML from the context that `build` gives its template.
///
/// Returns the reason if `build` fails, or a diagnostic at the place in the template that failed. A
/// page of a site with drafts is marked here, beyond the reach of any theme.
pub(super) fn make<'v>(
    view: &View<'v>,
    build: impl FnOnce(&PageBuilder<'_, 'v>) -> Result<Page, NotMade>,
) -> Result<Cow<'v, [u8]>, NotMade> {
    let renderer = view.renderer().ok_or_else(|| view.artifact().unexpected())?;
    let page = build(&PageBuilder { view, words: renderer.words(), renderer })?;
    let path = &view.artifact().path;
    let mut html = renderer.fill(&page).map_err(|it| renderer.diagnostic(&it, path))?;
    if view.shows_drafts() {
        watermark::put(&mut html, view.language());
    }
    Ok(html.into())
}

/// Compiles a theme's templates for a portal. With errors there is no renderer.
///
/// It is given what every page shows of the site, so it has to be made again if `site.toml` changes
/// or if the portal gets its first list of something or the root other lasting pages. The build
/// state keeps it.
pub fn renderer(theme: &Arc<Theme>, sources: Sources<'_>) -> Checked<Option<Renderer>> {
    let (config, routes) = (sources.config, sources.routes());
    let (assets, site) = (assets(theme, routes), site(theme, routes));
    let policy = theme.policy_text(config);
    let neighbours = config.neighbours();
    Renderer::new(Arc::clone(theme), site, assets, neighbours, &config.language, &policy)
}

/// The addresses of static files, each with a part that changes with its bytes. `style.css` is at
/// `/assets/style.css?v=1a2b3c4d`. Layers are taken from the bottom, so that the topmost one with a file of that name decides.
fn assets(theme: &Theme, routes: Routes<'_>) -> BTreeMap<String, String> {
    let files = theme.layers.iter().rev().flat_map(|it| &it.statics);
    let address = |(name, bytes): (&String, &Vec<u8>)| {
        let url = routes.url(&format!("{ASSETS}/{name}"));
        (name.clone(), format!("{url}?v={}", style::version(bytes)))
    };
    files.map(address).collect()
}

/// What every page shows of the site, in the portal's language. What `site.toml` does not say is an
/// empty text.
///
/// `notices_url` is the list of all notices, or the root's own if no other place posts any; empty
/// without notices.
fn site(theme: &Theme, routes: Routes<'_>) -> Site {
    let config = routes.config;
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
    let menu = menu::menu(routes);
    Site {
        title: config.title.get(language).to_owned(),
        description: config.description.get(language).to_owned(),
        domain: config::links::host(&config.base_url).unwrap_or_default().to_owned(),
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
            correct: local(&given(&organiser.correct), routes),
            mark: organiser.mark.as_ref().map(|it| mark(it, routes)),
            mistakes: organiser.mistakes.as_ref().map(|it| mark(it, routes)),
        },
        sections: (0..config.sections.len()).map(link).collect(),
        notices_url: notices,
        has_colours: !config.colours.is_empty(),
        phonebook: menu.phonebook,
        schedule: menu.schedule,
        data_url: menu::data_url(theme, routes),
        search_url: if theme.has_search(config) { routes.url("search/") } else { String::new() },
        manifest: manifest(config, routes),
        touch_icon: touch_icon(config, theme, routes),
        statements: statement::statements(theme, routes),
        urgent_url: if theme.has_notifier(config) {
            routes.url(urgent::FILE)
        } else {
            String::new()
        },
        pages: routes.menu_of_root(),
        generator: concat!("Linli ", env!("CARGO_PKG_VERSION")).to_owned(),
    }
}

/// An address of `site.toml`: one that begins with a slash is of this site.
fn local(address: &str, routes: Routes<'_>) -> String {
    address.strip_prefix('/').map_or_else(|| address.to_owned(), |path| routes.url(path))
}

/// A mark with the address of its picture.
fn mark(mark: &config::organiser::Mark, routes: Routes<'_>) -> context::Mark {
    let image = if mark.image.is_empty() { String::new() } else { routes.url(&mark.image) };
    context::Mark { image, url: local(&mark.url, routes) }
}

/// The address of the web manifest; empty if there is none.
fn manifest(config: &Config, routes: Routes<'_>) -> String {
    if config.has_output(manifest::NAME) { routes.url(manifest::FILE) } else { String::new() }
}

/// The address of the icon for Apple's first screen; empty if there is none.
fn touch_icon(config: &Config, theme: &Theme, routes: Routes<'_>) -> String {
    let is_made = |theme| icon::of_theme(theme).iter().any(|(width, _)| *width == icon::TOUCH);
    let is_there = config.has_output(icon::NAME) && is_made(theme);
    if is_there { routes.url(&icon::path(icon::TOUCH)) } else { String::new() }
}

/// A section as menus and pages link to it.
///
/// The address is empty if `[pages] sections` switches these pages off. `index` counts the sections
/// of `site.toml`, and must be one of them.
pub(super) fn section_link(
    config: &Config,
    index: usize,
    url: impl Fn(&str) -> String,
) -> SectionLink {
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

/// Safe HTML as a template's value. The caller vouches for it: only what `render/markdown` returns
/// is passed here. Templates print any other text escaped.
pub(super) fn safe(html: &str) -> Value {
    Value::safe_string(html)
}

/// A page with its context. `templates` are names in order of preference; the first that the theme
/// has is rendered.
pub(super) fn filled(templates: Vec<String>, head: Head, page: impl Into<Context>) -> Page {
    let mut context = page.into();
    context.insert_value("page", Value::from(head));
    Page { templates, context }
}

impl PageBuilder<'_, '_> {
    /// What the page says about itself, for machines no more than what is above it.
    pub(super) fn head(
        &self,
        kind: &'static str,
        title: String,
        description: String,
        section: &str,
        crumbs: Vec<Link>,
    ) -> Head {
        let url = self.view.url(&self.view.artifact().path);
        let config = self.view.config();
        let is_known = !config.base_url.is_empty();
        let canonical = if is_known { config.absolute(&url) } else { String::new() };
        let mut data =
            if config.has_output(structured::NAME) { Graph::new() } else { Graph::default() };
        data.tell(|graph| {
            let above = Breadcrumbs::new(&crumbs, |url| self.absolute(url));
            above.iter().for_each(|it| graph.add(it));
        });
        let place = self.view.place(self.view.own_place());
        Head {
            title,
            description,
            canonical,
            url,
            kind,
            section: section.to_owned(),
            place: place.path.clone(),
            place_name: place.name.clone(),
            place_updated: place.updated.map(|day| day.to_string()).unwrap_or_default(),
            column: String::new(),
            image: String::new(),
            crumbs,
            alternates: self.alternates(),
            subscribe_url: self.subscribe_url(),
            data,
        }
    }

    /// The whole address of an address of the site; as it is if `base-url` is not given.
    pub(super) fn absolute(&self, url: &str) -> String {
        self.view.config().absolute(url)
    }

    /// Adds what happens, in that order, as far as there is room for it.
    pub(super) fn tell_events(&self, graph: &mut Graph, occasions: &[Occasion]) {
        let zone = &self.view.config().time_zone;
        let event = |it| Event::new(it, zone, |url: &str| self.absolute(url));
        occasions.iter().for_each(|it| graph.add(&event(it)));
    }

    /// Which words the templates of a page, in order of preference, say.
    pub(super) fn words_said(&self, templates: &[String]) -> SaidWords {
        self.renderer.mentions(templates)
    }

    /// The theme's words of that id; the id itself if it has none. A theme that lacks words thus
    /// shows which ones.
    pub(super) fn say(&self, id: &str, args: &[(&'static str, &str)]) -> String {
        let mut fluent = FluentArgs::new();
        args.iter().for_each(|(name, value)| fluent.set(*name, (*value).to_owned()));
        self.words.find(id, &fluent).unwrap_or_else(|| id.to_owned())
    }

    /// `好人榜 · 一心社区`, with the year of a part. The theme decides about order and signs.
    pub(super) fn titled(&self, list: &str, place: &str, part: &str) -> String {
        let id = if part.is_empty() { "list-title" } else { "list-part-title" };
        self.say(id, &[("list", list), ("place", place), ("part", part)])
    }

    /// How a part of a list is called. A theme without words for it has its year and number.
    pub(super) fn part_name(&self, part: ListPart, all: &[ListPart]) -> String {
        let (id, year, number) = match part.name(all) {
            PartName::Latest => return self.say("latest-part", &[]),
            PartName::Page(number) => ("part-page", 0, number),
            PartName::Year(year) => (FORMAT_YEAR, year, 0),
            PartName::YearLatest(year) => ("part-year-latest", year, 0),
            PartName::YearPage(year, number) => ("part-year-page", year, number),
        };
        let mut args = FluentArgs::new();
        args.set("year", year.to_string());
        args.set("number", number.to_string());
        self.words.find(id, &args).unwrap_or_else(|| part.title())
    }

    /// What the headings of a list's page say of its part; nothing on the first.
    pub(super) fn part_of(&self, part: ListPart, all: &[ListPart]) -> String {
        if part.is_first() { String::new() } else { self.part_name(part, all) }
    }

    /// Links to pages of a list, as [`steps`] picks them; none if there is only one. Pages that are
    /// left out have one link, to the one in their middle, so that each page can be reached in a few
    /// steps. `url` gives the address of what follows that of the list.
    pub(super) fn parts(
        &self,
        all: &[ListPart],
        here: ListPart,
        url: impl Fn(&str) -> String,
    ) -> Vec<context::Part> {
        if all.len() < 2 {
            return Vec::new();
        }
        let title = |part: ListPart| self.part_name(part, all);
        let part = |step: Step| {
            let (index, gap) = match step {
                Step::Page(index) => (index, false),
                Step::Gap(pages) => (pages.start.midpoint(pages.end), true),
            };
            context::Part {
                title: if gap { "…".to_owned() } else { title(all[index]) },
                url: url(&all[index].suffix()),
                current: all[index] == here,
                gap,
            }
        };
        let position = all.iter().position(|part| *part == here).unwrap_or(0);
        steps(all.len(), position).into_iter().map(part).collect()
    }
}
