//! `linli explain`: what a page is made from, and why it was made or not; or what the code of a
//! diagnostic means (`explain_code.rs`).
//!
//! ```text
//! page: /xingfu/honors/
//! file: xingfu/honors/index.html
//! from: …
//! the last build, number 2, did not render it, since nothing that it reads had changed; build 1
//! did: there was no such page
//! a build now would render it: these had changed: records: honors at 幸福社区
//! reads 4 things:
//!   1f0c9a27  place: 幸福社区
//!   77b1e0d4  declaration: honors
//! * 5b2e77d0  records: honors at 幸福社区  content/xingfu/honors.yaml
//!   ––––––––  the day 2026-03-05
//! ```
//!
//! A `*` marks a read whose fingerprint is not the one in the table of the last build; the number
//! is a part of that fingerprint. Reads without one, the day and the links, are compared in another
//! way (`artifact/row.rs`).
//!
//! Nothing is rendered and nothing written: the site is read as by a build, the page is looked up
//! in the plan, and its row in the cache. The answers come from the functions by which a build
//! decides.

use clap::Args;

use crate::{
    artifact::{PlannedArtifact, Read, Reads, RebuildReason, Row, plan::Artifacts},
    build::{
        BuildState, Site,
        cache::{self, Cache, Loaded},
        make, update_all,
    },
    cli::{
        context::{AsOf, Context, Failure, Outcome},
        explain_code,
        terminal::print_lines,
    },
    diagnostic::{Code, Language, nearest},
    schema::{CollectionId, PlaceId},
};

#[derive(Debug, Args)]
pub(super) struct Options {
    /// The page: /kaixuan/yixin/, or its file in the output folder; or the code of a diagnostic, such
    /// as yaml-syntax
    page: String,
    #[command(flatten)]
    moment: AsOf,
}

/// Tells what a page is made from, and why it was rendered or not. Without a cache, or with one of
/// another version, everything is as if no build had been. A page that does not exist is a failure,
/// with the nearest one that does. Only pages are known here; images and style sheets are not.
pub(super) fn run(context: &Context, options: &Options) -> Result<Outcome, Failure> {
    if let Some(code) = explain_code::code(&options.page) {
        let lines = explain_code::lines(code, context.messages.language());
        print_lines(lines.iter().map(String::as_str))?;
        return Ok(Outcome::Done);
    }
    let opened = context.open(&options.moment, None)?;
    let mut state = match Cache::new(&context.global.site, cache::BUILD).load() {
        Loaded::Known(known) => known.state().unwrap_or_default(),
        _ => BuildState::default(),
    };
    let world = &opened.world;
    let builds = state.builds;
    let (folders, known) = state.forget_published();
    let site = update_all(world, &opened.settings, &mut state).value;
    let wanted = path(&options.page, &site);
    let found = site.plan.parts.iter().find_map(|part| match &part.artifacts {
        Artifacts::New(artifacts) => {
            let mut pages = artifacts.iter().filter(|it| it.is_page());
            Some((part, pages.find(|it| it.path == wanted)?))
        }
        Artifacts::Known(_) => None,
    });
    let Some((part, page)) = found else {
        return Err(Failure::Said(unknown(context, &options.page, &wanted, &site)));
    };
    // Places may have come or gone since.
    let before = part.place.map(|place| {
        let folder = &site.portal.place(place).folder;
        folders.iter().position(|it| it == folder).and_then(|at| u32::try_from(at).ok())
    });
    let row = match before {
        None => known.bundle(None),
        Some(place) => place.and_then(|place| known.bundle(Some(PlaceId(place)))),
    };
    let row = row.and_then(|bundle| bundle.rows.iter().find(|row| row.path() == wanted));
    let about = About { context, site: &site, page };
    let reads = Reads::new(site.sources());
    let shown: Vec<Read> = page.reads.iter().copied().filter(|read| *read != Read::Theme).collect();
    let mut lines = vec![
        context.say("page-at", &[("page", &format!("/{}", page.path))]),
        context.say("page-file", &[("file", &page.file())]),
        context.say("page-source", &[("file", page.source.file.as_str())]),
    ];
    lines.extend(about.history(&reads, row, builds));
    lines.push(context.say("page-reads", &[("count", &shown.len().to_string())]));
    for read in &shown {
        let fingerprint = reads.of(*read).short();
        let known = (reads.name(*read), fingerprint);
        let is_new = row.is_some_and(|row| !row.reads.contains(&known));
        let mark = if is_new { '*' } else { ' ' };
        // Changes of days and links are shown elsewhere.
        let shown = if fingerprint == 0 { "–".repeat(8) } else { format!("{fingerprint:08x}") };
        lines.push(format!("{mark} {shown}  {}", read_in_words(context, &site, *read)));
    }
    print_lines(lines.iter().map(String::as_str))?;
    Ok(Outcome::Done)
}

/// What is said of a page that there is not: the nearest one, or the nearest code.
fn unknown(context: &Context, written: &str, wanted: &str, site: &Site<'_>) -> String {
    let codes = Code::ALL.iter().map(|code| code.name());
    if let Some(near) = nearest(written, codes) {
        return context.say("no-code-near", &[("code", written), ("near", near)]);
    }
    let pages = site.plan.new_artifacts().filter(|it| it.is_page());
    let near = nearest(wanted, pages.map(|it| it.path.as_str())).map(|it| format!("/{it}"));
    let page = format!("/{wanted}");
    match &near {
        Some(near) => context.say("no-page-near", &[("page", &page), ("near", near)]),
        None => context.say("no-page", &[("page", &page)]),
    }
}

/// Writes the explanation of a page.
struct About<'a> {
    context: &'a Context,
    site: &'a Site<'a>,
    page: &'a PlannedArtifact,
}

impl About<'_> {
    /// What became of it at the last build, and what would at the next. `row` is what the table has
    /// of the page, None if it has none. `build` is the number of the last build, counted in the
    /// cache; a row carries the number of the build in which it was made.
    fn history(&self, reads: &Reads<'_>, row: Option<&Row>, build: u64) -> Vec<String> {
        let say = |id: &str, args: &[(&str, &str)]| self.context.say(id, args);
        let Some(row) = row else { return vec![say("page-never", &[])] };
        let why = self.why(reads, &row.why);
        let (last, rendered) = (build.to_string(), row.build.to_string());
        let before = if row.build == build {
            say("page-rendered", &[("build", &last), ("why", &why)])
        } else {
            let said = [("build", last.as_str()), ("rendered", &rendered), ("why", &why)];
            say("page-kept", &said)
        };
        let now = match make::why(self.site.sources(), reads, self.page, row) {
            Some(why) => say("page-due", &[("why", &self.why(reads, &why))]),
            None => say("page-stays", &[]),
        };
        vec![before, now]
    }

    /// The reason for which the page is made again, as a sentence. Reads that changed are named. In
    /// Chinese reads are separated by 、. A read that the page no longer has cannot be named: then
    /// it reads fewer things than before.
    fn why(&self, reads: &Reads<'_>, why: &RebuildReason) -> String {
        let id = match why {
            RebuildReason::New => "why-new",
            RebuildReason::Changed(_) => "why-changed",
            RebuildReason::Theme => "why-theme",
            RebuildReason::Links => "why-links",
            RebuildReason::Time => "why-time",
            RebuildReason::Reported => "why-told",
            RebuildReason::Lost => "why-lost",
        };
        let RebuildReason::Changed(names) = why else { return self.context.say(id, &[]) };
        let changed = self.page.reads.iter().filter(|read| names.contains(&reads.name(**read)));
        let changed: Vec<String> =
            changed.map(|it| read_in_words(self.context, self.site, *it)).collect();
        if changed.is_empty() {
            return self.context.say("why-fewer", &[]);
        }
        let separator =
            if self.context.messages.language() == Language::ZhCn { "、" } else { ", " };
        self.context.say(id, &[("reads", &changed.join(separator))])
    }
}

/// The path of a page from what a person may write: an address, a path, or a file. It is not
/// checked that there is such a page.
///
/// | written | path |
/// | --- | --- |
/// | `https://example.org/portal/kaixuan/`, if that is under `base-url` | `kaixuan/` |
/// | `/kaixuan/yixin`, `kaixuan/yixin/index.html` | `kaixuan/yixin/` |
/// | `/`, `index.html` | empty |
/// | `404.html`, `/data/all/honors.csv`, `kaixuan/calendar.ics` | the same |
fn path(written: &str, site: &Site<'_>) -> String {
    let base = &site.config.base_url;
    let inside = written.strip_prefix(base.as_str()).filter(|_| !base.is_empty());
    let path = inside.unwrap_or(written).trim_start_matches('/');
    let path = path.strip_suffix("index.html").unwrap_or(path);
    let ends = ["/", ".html", ".csv", ".json", ".xlsx", ".ics", ".xml"];
    let is_file = ends.iter().any(|end| path.ends_with(end));
    if path.is_empty() || is_file { path.to_owned() } else { format!("{path}/") }
}

/// A read in the user's language; empty for those that say nothing to an editor. Records are
/// followed by their files.
fn read_in_words(context: &Context, site: &Site<'_>, read: Read) -> String {
    let place = |id: PlaceId| site.portal.place(id).name.as_str();
    let collection = |id: CollectionId| site.portal.collections().get(id).name.as_str();
    let say = |id: &str, args: &[(&str, &str)]| context.say(id, args);
    match read {
        Read::Theme
        | Read::Pages
        | Read::File(_)
        | Read::Asset(_)
        | Read::Search(_)
        | Read::Letters
        | Read::Letter(_)
        | Read::Wording => String::new(),
        Read::Site => say("read-site", &[]),
        Read::Today => say("read-today", &[("day", &site.portal.clock.now().date().to_string())]),
        Read::Routes => say("read-routes", &[]),
        Read::Lists(id) => say("read-lists", &[("place", place(id))]),
        Read::Place(id) => say("read-place", &[("place", place(id))]),
        Read::Collection(id) => say("read-collection", &[("collection", collection(id))]),
        Read::Records(at, id) | Read::Record(at, id, _) => {
            let set = site.portal.catalog.set_index(at, id).map(|it| &site.portal.catalog.sets[it]);
            let files = set.map(|it| it.files.iter().map(ToString::to_string).collect::<Vec<_>>());
            let files = files.unwrap_or_default().join("  ");
            say(
                "read-records",
                &[("collection", collection(id)), ("place", place(at)), ("files", &files)],
            )
        }
        Read::Own(at, id) => {
            say("read-own", &[("collection", collection(id)), ("place", place(at))])
        }
        Read::Total(at, id) => {
            say("read-total", &[("collection", collection(id)), ("place", place(at))])
        }
        Read::Listing(at, id) | Read::Ahead(at, id) => {
            say("read-listing", &[("collection", collection(id)), ("place", place(at))])
        }
        Read::AllRecords(at, id) => {
            say("read-all-records", &[("collection", collection(id)), ("place", place(at))])
        }
        Read::AllPlaces => say("read-all-places", &[]),
        Read::Notices(at) | Read::Headlines(at) => say("read-notices", &[("place", place(at))]),
        Read::AllNotices(at) | Read::Happening(at) => {
            say("read-all-notices", &[("place", place(at))])
        }
        Read::Agenda(at) => say("read-agenda", &[("place", place(at))]),
        Read::Notice(id) => {
            say("read-notice", &[("file", site.portal.notices().get(id).file.as_str())])
        }
    }
}
