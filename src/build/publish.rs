//! The last two stages: pages become bytes, and bytes the output.
//!
//! A page is rendered when it is not known, when something that it reads has changed, or when its
//! file is not there. Records and articles are read only for those that are.

use std::{
    collections::{BTreeSet, HashMap, HashSet},
    sync::Arc,
};

use rayon::prelude::*;

use crate::{
    Memo, Site,
    artifact::{
        Bundle, Kept, Kind, Made, Page, Pages, Planned, Prints, Read, Renewed, Why, pages_of,
    },
    clock::Validity,
    diagnostic::{Code, Diagnostic, Location},
    disclosure::leak,
    fingerprint::Fingerprint,
    output::{Entry, OutPath},
    render::{self, Renderer},
    scan,
    schema::{PlaceId, notice::NoticeId},
    source::{SitePath, World},
};

/// Where the files of a site go.
pub trait Output: Sync {
    /// Why a file cannot be written.
    type Error: Send;

    /// That file is there already, and stays. If not, it has to be written.
    fn keep(&self, file: &Entry) -> bool;

    /// All files of the site that was last published stay but these, as its manifest's fingerprint
    /// tells. If not, each has to be asked for.
    fn keep_others(&self, _manifest: Fingerprint, _but: &HashSet<OutPath>) -> bool {
        false
    }

    /// Nobody else writes to it, so that what was put there needs not be looked for.
    fn is_own(&self) -> bool {
        false
    }

    /// Writes a file.
    fn write(&self, path: &OutPath, bytes: &[u8]) -> Result<Entry, Self::Error>;
}

/// An output that has nothing, and hands on what is written.
#[derive(Debug)]
pub struct Sink<F>(pub F);

impl<E: Send, F: Fn(&OutPath, &[u8]) -> Result<(), E> + Sync> Output for Sink<F> {
    type Error = E;

    fn keep(&self, _: &Entry) -> bool {
        false
    }

    fn write(&self, path: &OutPath, bytes: &[u8]) -> Result<Entry, E> {
        (self.0)(path, bytes)?;
        Ok(Entry::of(path, bytes))
    }
}

/// What publishing came to.
#[derive(Debug)]
pub struct Published {
    /// How many pages were rendered.
    pub rendered: usize,
    /// What there is to say.
    pub diagnostics: Vec<Diagnostic>,
    /// The files of before that are none of the site any more.
    pub gone: Vec<OutPath>,
    pages: Renewed,
    /// Nothing if they are as they were.
    images: Option<Images>,
    statics: BTreeSet<String>,
    theme: Fingerprint,
}

/// Every image that is shown, by path: its fingerprint, and the file that came of it. Nothing of one
/// that is to be looked at again, to tell of it.
pub(crate) type Images = HashMap<String, Option<(Fingerprint, Entry)>>;

impl Published {
    /// Remembers what is in the output, once it is published.
    pub fn remember(self, memo: &mut Memo) {
        memo.theme = Some(self.theme);
        if let Some(images) = self.images {
            memo.images = images;
        }
        memo.statics = self.statics;
        memo.keep_pages(self.pages);
    }
}

/// Renders the pages of a site that are not in the output as they should be.
pub fn publish<O: Output>(
    world: &dyn World,
    site: &mut Site,
    memo: &mut Memo,
    output: &O,
) -> Result<Published, O::Error> {
    let mut diagnostics = Vec::new();
    memo.build += 1;
    if !site.plan.is_all && !output.keep_others(memo.manifest, &of_this_build(site, memo)) {
        site.plan.add_others(&site.portal, memo.pages());
    }
    let prints = Prints::new(site.sources(), &site.plan.routes, site.theme_print);
    let theme = prints.theme();
    let mut parts = sort(site, &prints, memo.pages(), memo.build, output);
    let count = parts.iter().map(|it| it.jobs.len()).sum();
    if !site.theme.layers.is_empty()
        && (count > 0 || memo.theme != Some(theme))
        && renderer(site, theme, memo, &mut diagnostics)
    {
        let renderer = memo.renderer.as_ref().map(|(_, it)| Arc::clone(it));
        let renderer = renderer.expect("it was made just now");
        render_all(world, site, &renderer, output, &mut parts, &mut diagnostics)?;
    }
    let bundles = parts.into_iter().map(Part::into_bundle).collect();
    let mut pages = Renewed::new(&site.plan, bundles);
    let files = site.theme.files();
    for (path, bytes) in &files {
        if let Ok(text) = std::str::from_utf8(bytes) {
            let source = Location::file(SitePath::new(render::theme::THEMES));
            let found = leak::keys(scan::text(text));
            diagnostics.extend(leak::check(site.portal.known(), &found, path, &source));
        }
        if let Ok(path) = OutPath::new(path) {
            output.write(&path, bytes)?;
        }
    }
    let mut images = None;
    let shows_others = site.plan.is_all || shows_others(memo, &pages);
    if !output.is_own() || memo.pages().touched().images || shows_others {
        let of_page = |it: &Made| it.images.clone();
        let of_bundle = |it: &Arc<Bundle>| it.pages.iter().flat_map(of_page).collect::<Vec<_>>();
        let shown: BTreeSet<String> = if shows_others {
            pages.with(memo.pages()).flat_map(of_bundle).collect()
        } else {
            memo.images.keys().cloned().collect()
        };
        let mut told = Vec::new();
        images = Some(publish_images(world, shown, memo, output, &mut told)?);
        pages.images_are_told_of = !told.is_empty();
        diagnostics.append(&mut told);
    }
    let statics: BTreeSet<String> = files.into_keys().collect();
    let gone = gone(memo, &pages, images.as_ref(), &statics);
    Ok(Published { rendered: count, diagnostics, gone, pages, images, statics, theme })
}

/// The files that are asked for one by one: those of places that were planned, and those that do
/// not belong to a place.
fn of_this_build(site: &Site, memo: &Memo) -> HashSet<OutPath> {
    let planned = site.plan.parts.iter().filter_map(|it| memo.pages().get(&it.name));
    let pages = planned.flat_map(|it| &it.pages).map(|it| it.file.path.clone());
    let images = site.portal.catalog.images.iter().map(SitePath::below_content);
    let images = images.filter_map(|it| OutPath::new(it).ok());
    let statics = memo.statics.iter().filter_map(|it| OutPath::new(it).ok());
    pages.chain(images).chain(statics).collect()
}

/// The pages of some place show other images than before.
fn shows_others(memo: &Memo, pages: &Renewed) -> bool {
    let shown = |it: &Bundle| -> BTreeSet<String> {
        it.pages.iter().flat_map(|it| &it.images).cloned().collect()
    };
    pages.bundles.iter().any(|(_, name, bundle)| match memo.pages().get(name) {
        Some(before) => !Arc::ptr_eq(before, bundle) && shown(before) != shown(bundle),
        None => !shown(bundle).is_empty(),
    })
}

/// The files that the memo knows and that are none of the site any more.
fn gone(
    memo: &Memo,
    pages: &Renewed,
    images: Option<&Images>,
    statics: &BTreeSet<String>,
) -> Vec<OutPath> {
    let files = |it: &Bundle| it.pages.iter().map(|it| it.file.path.clone()).collect::<Vec<_>>();
    let mut gone: Vec<OutPath> = pages.lost(memo.pages()).flat_map(|it| files(it)).collect();
    let mut there: HashSet<OutPath> = HashSet::new();
    for (_, name, bundle) in &pages.bundles {
        match memo.pages().get(name) {
            Some(before) if Arc::ptr_eq(before, bundle) => {}
            before => {
                gone.extend(before.into_iter().flat_map(|it| files(it)));
                // What one place has no more, another may have.
                there.extend(files(bundle));
            }
        }
    }
    let lost = |(path, _): &(&String, &_)| images.is_some_and(|it| !it.contains_key(*path));
    let lost = memo.images.iter().filter(lost).filter_map(|(path, _)| OutPath::new(path).ok());
    gone.extend(lost);
    let lost = memo.statics.difference(statics);
    gone.extend(lost.filter_map(|it| OutPath::new(it).ok()));
    gone.retain(|it| !there.contains(it));
    gone
}

/// The pages of a place on their way.
struct Part {
    place: Option<PlaceId>,
    name: String,
    view: Fingerprint,
    valid: Validity,
    /// All of them, if nothing is to be done.
    whole: Option<Arc<Bundle>>,
    /// Those that stay.
    kept: Vec<Made>,
    /// Those to be rendered.
    jobs: Vec<Job>,
    /// Those that were.
    made: Vec<Made>,
}

/// A page to be rendered.
struct Job {
    page: Arc<Page>,
    print: Fingerprint,
    reads: Vec<(u32, u32)>,
    why: Why,
    build: u64,
}

impl Part {
    fn into_bundle(self) -> (Option<PlaceId>, String, Arc<Bundle>) {
        if let Some(bundle) = self.whole {
            return (self.place, self.name, bundle);
        }
        let mut pages = self.kept;
        pages.extend(self.made);
        pages.sort_by(|a, b| a.path().cmp(b.path()));
        let valid = pages.iter().fold(self.valid, |valid, it| valid.and(it.valid));
        (self.place, self.name, Arc::new(Bundle { view: self.view, valid, pages }))
    }
}

/// Tells the pages that stay from those that are to be rendered.
fn sort(
    site: &Site,
    prints: &Prints<'_>,
    known: &Kept,
    build: u64,
    output: &impl Output,
) -> Vec<Part> {
    let routes = &site.plan.routes;
    let sort = |planned: &Planned| {
        let mut part = Part {
            place: planned.place,
            name: planned.name.clone(),
            view: planned.view,
            valid: planned.valid,
            whole: None,
            kept: Vec::new(),
            jobs: Vec::new(),
            made: Vec::new(),
        };
        // A file can be kept only once, so each is asked for once.
        let mut asked = None;
        let pages = match &planned.pages {
            Pages::Known(bundle) => {
                let stays = |it: &Made| output.is_own() || output.keep(&it.file);
                let stay: Vec<bool> = bundle.pages.iter().map(stays).collect();
                if !stay.contains(&false) {
                    part.whole = Some(Arc::clone(bundle));
                    return part;
                }
                asked = Some(stay);
                pages_of(site.sources(), routes, planned.place)
            }
            Pages::New(pages) => pages.clone(),
        };
        let known = known.get(&planned.name).map_or(&[][..], |it| &it.pages);
        for page in pages {
            let (print, reads) = prints.of_page(&page);
            let before = known.binary_search_by(|it| it.path().cmp(&page.path));
            let before = before.ok().map(|it| (it, &known[it]));
            let stays = |index: usize, made: &Made| match &asked {
                Some(stay) => stay[index],
                None => output.keep(&made.file),
            };
            let why = match before {
                None => Why::New,
                Some((index, made)) => match due(site, print, &reads, made) {
                    Some(why) => why,
                    None if !stays(index, made) => Why::Lost,
                    None => {
                        part.kept.push(made.clone());
                        continue;
                    }
                },
            };
            part.jobs.push(Job { page, print, reads, why, build });
        }
        part
    };
    site.plan.parts.par_iter().with_min_len(8).map(sort).collect()
}

/// Why a page that was rendered has to be rendered again, whatever became of its file.
pub(crate) fn why(site: &Site, prints: &Prints<'_>, page: &Page, made: &Made) -> Option<Why> {
    let (print, reads) = prints.of_page(page);
    due(site, print, &reads, made)
}

fn due(site: &Site, print: Fingerprint, reads: &[(u32, u32)], made: &Made) -> Option<Why> {
    if made.print != print {
        return Some(changed(made, reads));
    }
    if !made.valid.holds(&site.portal.clock) {
        return Some(Why::Time);
    }
    if made.is_told_of {
        return Some(Why::Told);
    }
    (!made.is_settled(&site.plan.routes, &site.portal)).then_some(Why::Links)
}

/// Why a page is another one than it was.
fn changed(before: &Made, reads: &[(u32, u32)]) -> Why {
    let same = |it: &&(u32, u32)| !before.reads.contains(it);
    let changed: Vec<u32> = reads.iter().filter(same).map(|it| it.0).collect();
    let fewer = before.reads.iter().any(|it| reads.iter().all(|read| read.0 != it.0));
    if changed.is_empty() && !fewer { Why::Theme } else { Why::Changed(changed) }
}

/// Makes a renderer, if there is none of that theme; false if it cannot be made.
fn renderer(site: &Site, theme: Fingerprint, memo: &mut Memo, sink: &mut Vec<Diagnostic>) -> bool {
    if memo.renderer.as_ref().is_some_and(|it| it.0 == theme) {
        return true;
    }
    let made = {
        let (config, routes) = (&site.config, &site.plan.routes);
        let assets = crate::artifact::page::assets(&site.theme, routes);
        let site_context = crate::artifact::page::site(config, routes);
        Renderer::new(Arc::clone(&site.theme), &site_context, assets, &config.language)
    };
    memo.renderer = None;
    if let Some(made) = made.report(sink) {
        // One with mistakes is made again, to tell of them again.
        memo.renderer = Some((theme, Arc::new(made)));
    }
    memo.renderer.is_some()
}

fn render_all<O: Output>(
    world: &dyn World,
    site: &mut Site,
    renderer: &Renderer,
    output: &O,
    parts: &mut [Part],
    sink: &mut Vec<Diagnostic>,
) -> Result<(), O::Error> {
    let mut lacks = needs(site, parts);
    let mut todo: Vec<(usize, Job)> = Vec::new();
    for (index, part) in parts.iter_mut().enumerate() {
        todo.extend(std::mem::take(&mut part.jobs).into_iter().map(|it| (index, it)));
    }
    while !todo.is_empty() {
        site.portal.fetch(world, &lacks.0, &lacks.1);
        let done: Vec<(usize, Done)> = todo
            .into_par_iter()
            .map(|(index, job)| Ok((index, render_one(site, renderer, output, job)?)))
            .collect::<Result<_, O::Error>>()?;
        todo = Vec::new();
        lacks = (BTreeSet::new(), BTreeSet::new());
        for (index, done) in done {
            match done {
                Done::Made(made, told) => {
                    parts[index].made.extend(made.map(|it| *it));
                    sink.extend(told);
                }
                Done::Lacks(job, notices) => {
                    lacks.1.extend(notices);
                    todo.push((index, *job));
                }
            }
        }
    }
    Ok(())
}

/// The record sets and notices that pages show.
fn needs(site: &Site, parts: &[Part]) -> (BTreeSet<usize>, BTreeSet<NoticeId>) {
    let (mut sets, mut notices) = (BTreeSet::new(), BTreeSet::new());
    let portal = &site.portal;
    for page in parts.iter().flat_map(|it| &it.jobs).map(|it| &it.page) {
        for read in &page.reads {
            match *read {
                Read::Records(place, id) | Read::Record(place, id, _) => {
                    sets.extend(portal.index(place, id));
                }
                Read::Listing(place, id) => {
                    let Some(listing) = site.listings.get(portal, place, id) else { continue };
                    let listed = if matches!(page.kind, Kind::Subtree(..)) {
                        [listing.upcoming.as_slice(), &listing.recent].concat()
                    } else {
                        listing.preview(portal.collections().get(id))
                    };
                    sets.extend(listed.iter().filter_map(|it| portal.index(it.place, id)));
                }
                Read::Notice(id) => {
                    notices.insert(id);
                }
                _ => {}
            }
        }
    }
    (sets, notices)
}

/// What came of a page.
enum Done {
    Made(Option<Box<Made>>, Vec<Diagnostic>),
    Lacks(Box<Job>, Vec<NoticeId>),
}

fn render_one<O: Output>(
    site: &Site,
    renderer: &Renderer,
    output: &O,
    job: Job,
) -> Result<Done, O::Error> {
    let Site { config, portal, figures, listings, plan, .. } = site;
    let published = crate::artifact::view::Published {
        config,
        portal,
        figures,
        listings,
        routes: &plan.routes,
    };
    let page = &job.page;
    let rendered = crate::artifact::page::render(renderer, &published, page);
    let (rendered, mut told) = (rendered.value, rendered.diagnostics);
    if !rendered.lacks.is_empty() {
        return Ok(Done::Lacks(Box::new(job), rendered.lacks));
    }
    let Some(html) = &rendered.html else { return Ok(Done::Made(None, told)) };
    let found = leak::keys(scan::html(html));
    told.extend(leak::check(portal.known(), &found, &page.file(), &page.source));
    let Some(path) = out_path(page, &mut told) else { return Ok(Done::Made(None, told)) };
    let file = output.write(&path, html)?;
    let mut links = rendered.links;
    links.sort_by(|a, b| a.file.cmp(&b.file));
    links.dedup();
    let made = Made {
        print: job.print,
        valid: rendered.valid,
        file,
        reads: job.reads,
        links,
        images: rendered.images,
        found,
        is_told_of: !told.is_empty(),
        build: job.build,
        why: job.why,
    };
    Ok(Done::Made(Some(Box::new(made)), told))
}

/// Publishes the images that pages show. Photos that lie on their side are turned, which takes a
/// while for each.
fn publish_images<O: Output>(
    world: &dyn World,
    shown: BTreeSet<String>,
    memo: &Memo,
    output: &O,
    sink: &mut Vec<Diagnostic>,
) -> Result<Images, O::Error> {
    let known = &memo.images;
    let publish = |path: String| {
        let print = memo.image(world, &path);
        let before = known.get(&path).and_then(Option::as_ref);
        let same = before.filter(|it| Some(it.0) == print && output.keep(&it.1)).cloned();
        if same.is_some() {
            return Ok((path, same, Vec::new()));
        }
        let (file, told) = crate::artifact::image::publish(world, &path, output)?;
        let made = file.filter(|_| told.is_empty());
        Ok((path, print.zip(made), told))
    };
    let done: Vec<_> = shown.into_par_iter().map(publish).collect::<Result<_, O::Error>>()?;
    let mut images = HashMap::new();
    for (path, made, told) in done {
        images.insert(path, made);
        sink.extend(told);
    }
    Ok(images)
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
