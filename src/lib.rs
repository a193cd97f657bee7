//! Linli turns a folder of records and notices, kept by the staff of a neighbourhood office, into
//! the website of its public information.
//!
//! The flow has one direction, and a folder for each stage:
//!
//! | stage | takes | gives |
//! | --- | --- | --- |
//! | [`source`] | the site's folder | files, text with positions |
//! | [`schema`] | files | [`schema::Records`], each value as its declared type understands it |
//! | [`portal`] | records, the [`clock`] | the public [`portal::Portal`] |
//! | [`figures`] | the portal | [`figures::Figures`], merged up the places |
//! | [`pages`] | the portal and its figures | a [`pages::Plan`]: which pages there are, what each reads |
//! | [`mod@render`] | the plan | bytes |
//! | [`output`] | bytes | the published folder, all of it or none |
//!
//! [`read`] goes from the first to the plan and [`render()`] over the rest; both tell of all
//! mistakes as [`diagnostic`]s. What each command does with them stands in [`cli`].

pub mod change;
pub mod cli;
pub mod clock;
pub mod config;
pub mod diagnostic;
pub mod figures;
pub mod image;
pub mod output;
pub mod pages;
pub mod portal;
pub mod render;
pub mod scan;
pub mod schema;
pub mod serve;
pub mod source;
pub mod text;

use std::collections::BTreeSet;

use rayon::prelude::*;

use crate::{
    clock::Clock,
    config::Config,
    diagnostic::{Checked, Code, Diagnostic, Location},
    figures::Figures,
    output::OutPath,
    pages::{Listings, Page, Plan},
    portal::{Portal, Withheld},
    render::{Published, Renderer, leak::Known},
    schema::Records,
    source::{SitePath, World},
};

/// A site that has been read and planned.
#[derive(Debug)]
pub struct Site {
    /// `site.toml`.
    pub config: Config,
    /// What may be published.
    pub portal: Portal,
    /// Where the rest stands.
    pub withheld: Vec<Withheld>,
    /// Its figures.
    pub figures: Figures,
    /// Its next and latest records.
    pub listings: Listings,
    /// Its pages.
    pub plan: Plan,
}

/// Reads a site and plans its pages.
pub fn read(world: &dyn World, config: Config, clock: &Clock) -> Checked<Site> {
    let mut diagnostics = Vec::new();
    let records = records(world, &config).report(&mut diagnostics);
    let site = publish(records, config, clock).report(&mut diagnostics);
    Checked { value: site, diagnostics }
}

/// Reads the records of a site.
pub fn records(world: &dyn World, config: &Config) -> Checked<Records> {
    let mut diagnostics = Vec::new();
    let content = source::walk(world, &SitePath::new("content")).report(&mut diagnostics);
    let sections = config.section_ids();
    let records = schema::decode(world, &content, &sections, config.place_order, config.names);
    let records = records.report(&mut diagnostics);
    Checked { value: records, diagnostics }
}

/// Plans the pages of what may be published of records at a moment.
pub fn publish(records: Records, config: Config, clock: &Clock) -> Checked<Site> {
    let rules = portal::Rules { names: config.names, drafts: config.drafts };
    let mut diagnostics = Vec::new();
    let published = portal::publish(records, rules, clock);
    let (portal, withheld) = published.report(&mut diagnostics);
    let figures = figures::measure(&portal);
    let listings = Listings::new(&portal, &config);
    let plan = pages::plan(&portal, &figures, &config).report(&mut diagnostics);
    Checked { value: Site { config, portal, withheld, figures, listings, plan }, diagnostics }
}

/// Renders every page of a site and hands each file of the output to `write`, from many threads.
pub fn render<E: Send>(
    world: &dyn World,
    site: &Site,
    write: impl Fn(&OutPath, &[u8]) -> Result<(), E> + Sync,
) -> Result<Vec<Diagnostic>, E> {
    let mut diagnostics = Vec::new();
    let theme = render::theme::load(world, &site.config.theme).report(&mut diagnostics);
    if theme.layers.is_empty() {
        return Ok(diagnostics);
    }
    let renderer = Renderer::new(theme, &site.config, &site.plan.routes).report(&mut diagnostics);
    let Some(renderer) = renderer else { return Ok(diagnostics) };
    let Site { config, portal, figures, listings, plan, .. } = site;
    let published = Published { config, portal, figures, listings, plan };
    let known = Known::new(portal, config);
    let rendered: Vec<(Vec<String>, Vec<Diagnostic>)> = plan
        .pages
        .par_iter()
        .map(|page| {
            let Checked { value: rendered, mut diagnostics } = renderer.page(&published, page);
            if let Some(html) = &rendered.html {
                let found = scan::html(html);
                if !found.is_empty() {
                    diagnostics.extend(known.check(found, &page.file(), &page.source));
                }
                match out_path(page, &mut diagnostics) {
                    Some(path) => write(&path, html)?,
                    None => return Ok((Vec::new(), diagnostics)),
                }
            }
            Ok((rendered.images, diagnostics))
        })
        .collect::<Result<_, E>>()?;
    let mut images = BTreeSet::new();
    for (shown, told) in rendered {
        images.extend(shown);
        diagnostics.extend(told);
    }
    for (path, bytes) in renderer.statics() {
        if let Ok(text) = std::str::from_utf8(bytes) {
            let source = Location::file(SitePath::new(render::theme::THEMES));
            diagnostics.extend(known.check(scan::text(text), &path, &source));
        }
        if let Ok(path) = OutPath::new(&path) {
            write(&path, bytes)?;
        }
    }
    // Photos that lie on their side are turned, which takes a while for each.
    let images: Vec<String> = images.into_iter().collect();
    let told: Vec<Vec<Diagnostic>> = images
        .par_iter()
        .map(|image| render::photo::publish(world, image, &write))
        .collect::<Result<_, E>>()?;
    diagnostics.extend(told.into_iter().flatten());
    Ok(diagnostics)
}

fn out_path(page: &Page, sink: &mut Vec<Diagnostic>) -> Option<OutPath> {
    let file = page.file();
    OutPath::new(&file)
        .map_err(|fault| {
            sink.push(
                Diagnostic::error(Code::IllegalFileName, page.source.clone())
                    .arg("name", &file)
                    .arg("character", fault.to_string())
                    .help("rename"),
            );
        })
        .ok()
}
