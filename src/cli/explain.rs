//! `linli explain`.

use clap::Args;

use crate::{
    Site,
    cli::{AsOf, Context, Failure, Outcome, print},
    pages::Read,
    schema::{CollectionId, PlaceId, nearest},
};

#[derive(Debug, Args)]
pub(super) struct Options {
    /// The page: /kaixuan/yixin/, or its file in the output folder
    page: String,
    #[command(flatten)]
    moment: AsOf,
}

/// Tells what a page is made from.
pub(super) fn run(context: &Context, options: &Options) -> Result<Outcome, Failure> {
    let opened = context.open(&options.moment, None)?;
    let site = crate::read(&opened.world, opened.config, &opened.clock).value;
    let wanted = path(&options.page, &site);
    let Some(page) = site.plan.new_pages().find(|it| it.path == wanted) else {
        let paths = site.plan.new_pages().map(|it| it.path.as_str());
        let near = nearest(&wanted, paths).map(|it| format!("/{it}"));
        let page = format!("/{wanted}");
        let said = match &near {
            Some(near) => context.say("no-page-near", &[("page", &page), ("near", near)]),
            None => context.say("no-page", &[("page", &page)]),
        };
        return Err(Failure(said));
    };
    let mut lines = vec![
        context.say("page-at", &[("page", &format!("/{}", page.path))]),
        context.say("page-file", &[("file", &page.file())]),
        context.say("page-source", &[("file", page.source.file.as_str())]),
        context.say("page-reads", &[("count", &page.reads.len().to_string())]),
    ];
    lines.extend(page.reads.iter().map(|it| format!("  {}", told(context, &site, *it))));
    print(format!("{}\n", lines.join("\n")).as_bytes())?;
    Ok(Outcome::Done)
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
            let set = site.portal.index(at, id).map(|it| &site.portal.frame.sets[it]);
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
