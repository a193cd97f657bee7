//! `linli explain`.

use clap::Args;

use crate::build::publish;
use crate::{
    Memo, Site,
    artifact::{Made, Page, Pages, Prints, Read, Why},
    build::cache::{Cache, Loaded},
    cli::{AsOf, Context, Failure, Outcome, build, print},
    diagnostic::{Language, nearest},
    schema::{CollectionId, PlaceId},
    source::Changes,
};

#[derive(Debug, Args)]
pub(super) struct Options {
    /// The page: /kaixuan/yixin/, or its file in the output folder
    page: String,
    #[command(flatten)]
    moment: AsOf,
}

/// Tells what a page is made from, and why it was rendered or not.
pub(super) fn run(context: &Context, options: &Options) -> Result<Outcome, Failure> {
    let opened = context.open(&options.moment, None)?;
    let mut memo = match Cache::new(&context.global.site, build::CACHE).load() {
        Loaded::Known(known) => known.memo().unwrap_or_default(),
        _ => Memo::default(),
    };
    let published = memo.take_pages();
    let (world, clock) = (&opened.world, &opened.clock);
    let site = crate::update(world, opened.config, clock, Changes::Anything, &mut memo).value;
    let wanted = path(&options.page, &site);
    let found = site.plan.parts.iter().find_map(|part| match &part.pages {
        Pages::New(pages) => Some((part, pages.iter().find(|it| it.path == wanted)?)),
        Pages::Known(_) => None,
    });
    let Some((part, page)) = found else {
        let paths = site.plan.new_pages().map(|it| it.path.as_str());
        let near = nearest(&wanted, paths).map(|it| format!("/{it}"));
        let page = format!("/{wanted}");
        let said = match &near {
            Some(near) => context.say("no-page-near", &[("page", &page), ("near", near)]),
            None => context.say("no-page", &[("page", &page)]),
        };
        return Err(Failure(said));
    };
    let made =
        published.get(&part.name).and_then(|it| it.pages.iter().find(|it| it.path() == wanted));
    let about = About { context, site: &site, page };
    let prints = Prints::new(site.sources(), &site.plan.routes, site.theme_print);
    let mut lines = vec![
        context.say("page-at", &[("page", &format!("/{}", page.path))]),
        context.say("page-file", &[("file", &page.file())]),
        context.say("page-source", &[("file", page.source.file.as_str())]),
    ];
    lines.extend(about.history(&prints, made, memo.build));
    lines.push(context.say("page-reads", &[("count", &page.reads.len().to_string())]));
    for read in &page.reads {
        let print = prints.of(*read).short();
        let known = (prints.name(*read), print);
        let is_new = made.is_some_and(|it| !it.reads.contains(&known));
        let mark = if is_new { '*' } else { ' ' };
        // Days and links are told of by other means.
        let print = if print == 0 { "–".repeat(8) } else { format!("{print:08x}") };
        lines.push(format!("{mark} {print}  {}", told(context, &site, *read)));
    }
    print(format!("{}\n", lines.join("\n")).as_bytes())?;
    Ok(Outcome::Done)
}

/// What there is to tell of a page.
struct About<'a> {
    context: &'a Context,
    site: &'a Site,
    page: &'a Page,
}

impl About<'_> {
    /// What became of it at the last build, and what would at the next.
    fn history(&self, prints: &Prints<'_>, made: Option<&Made>, build: u64) -> Vec<String> {
        let say = |id: &str, args: &[(&str, &str)]| self.context.say(id, args);
        let Some(made) = made else { return vec![say("page-never", &[])] };
        let why = self.why(prints, &made.why);
        let (last, rendered) = (build.to_string(), made.build.to_string());
        let before = if made.build == build {
            say("page-rendered", &[("build", &last), ("why", &why)])
        } else {
            let said = [("build", last.as_str()), ("rendered", &rendered), ("why", &why)];
            say("page-kept", &said)
        };
        let now = match publish::why(self.site, prints, self.page, made) {
            Some(why) => say("page-due", &[("why", &self.why(prints, &why))]),
            None => say("page-stays", &[]),
        };
        vec![before, now]
    }

    fn why(&self, prints: &Prints<'_>, why: &Why) -> String {
        let id = match why {
            Why::New => "why-new",
            Why::Changed(_) => "why-changed",
            Why::Theme => "why-theme",
            Why::Links => "why-links",
            Why::Time => "why-time",
            Why::Told => "why-told",
            Why::Lost => "why-lost",
        };
        let Why::Changed(names) = why else { return self.context.say(id, &[]) };
        let changed = self.page.reads.iter().filter(|it| names.contains(&prints.name(**it)));
        let changed: Vec<String> = changed.map(|it| told(self.context, self.site, *it)).collect();
        if changed.is_empty() {
            return self.context.say("why-fewer", &[]);
        }
        let separator =
            if self.context.messages.language() == Language::ZhCn { "、" } else { ", " };
        self.context.say(id, &[("reads", &changed.join(separator))])
    }
}

/// The path of a page from what a person may write: an address, a path, or a file.
fn path(written: &str, site: &Site) -> String {
    let base = &site.config.base_url;
    let inside = written.strip_prefix(base.as_str()).filter(|_| !base.is_empty());
    let path = inside.unwrap_or(written).trim_start_matches('/');
    let path = path.strip_suffix("index.html").unwrap_or(path);
    if path.is_empty() || path.ends_with('/') || path.ends_with(".html") {
        path.to_owned()
    } else {
        format!("{path}/")
    }
}

fn told(context: &Context, site: &Site, read: Read) -> String {
    let place = |id: PlaceId| site.portal.place(id).name.as_str();
    let collection = |id: CollectionId| site.portal.collections().get(id).name.as_str();
    let say = |id: &str, args: &[(&str, &str)]| context.say(id, args);
    match read {
        Read::Site => say("read-site", &[]),
        Read::Today => say("read-today", &[("day", &site.portal.clock.now().date().to_string())]),
        Read::Routes => say("read-routes", &[]),
        Read::Lists(id) => say("read-lists", &[("place", place(id))]),
        Read::Place(id) => say("read-place", &[("place", place(id))]),
        Read::Collection(id) => say("read-collection", &[("collection", collection(id))]),
        Read::Records(at, id) | Read::Record(at, id, _) => {
            let set = site.portal.index(at, id).map(|it| &site.portal.catalog.sets[it]);
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
        Read::Listing(at, id) => {
            say("read-listing", &[("collection", collection(id)), ("place", place(at))])
        }
        Read::Notices(at) => say("read-notices", &[("place", place(at))]),
        Read::AllNotices(at) => say("read-all-notices", &[("place", place(at))]),
        Read::Notice(id) => {
            say("read-notice", &[("file", site.portal.notices().get(id).file.as_str())])
        }
    }
}
