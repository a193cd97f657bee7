//! `linli serve`: the build in a loop, and its folder over HTTP.
//!
//! 1. The site is opened and built into `.linli/preview`; the address is printed, and opened in the
//!    browser with `--open`.
//! 2. A thread waits for edited files, and once a second for the clock: a record whose time has
//!    come appears by itself. With `--as-of` the clock stands still.
//! 3. It builds with the state of the build before, puts the files that differ in place, and tells
//!    the open pages.
//! 4. With mistakes the preview stays as it was, and pages show them; `site.toml` is read at each
//!    round, so an error there is one of the content, too.
//!
//! ```text
//! the whole site: 412 pages rendered, 530 files changed, 900 ms
//! serving http://127.0.0.1:4000/ (Ctrl-C ends it)
//! content/xingfu/honors.yaml: 4 pages rendered, 4 files changed, 31 ms
//! content/xingfu/honors.yaml: 1 error; the preview is as it was
//! its time has come: 2 pages rendered, 2 files changed, 12 ms
//! ```
//!
//! The server itself is in `serve/`, the folder in `output/preview.rs`. The cache of `linli build`
//! is not used.

use std::{
    collections::HashSet,
    net::SocketAddr,
    path::PathBuf,
    sync::{Arc, Mutex, PoisonError},
    thread,
    time::{Duration, Instant},
};

use clap::Args;
use jiff::Timestamp;
use rayon::prelude::*;
use serde_json::{Value, json};

use crate::{
    build::{BuildError, BuildState, Output, Report, Round, Target, build_with},
    cli::{
        context::{AsOf, Context, Failure, OpenedSite, Outcome},
        listen, report,
        terminal::eprint_line,
    },
    config,
    diagnostic::{Diagnostic, Severity},
    fingerprint::Fingerprint,
    output::{ManifestEntry, OutPath, OutputError, Preview, Summary, private},
    schema::holidays,
    serve::{
        self, Live,
        watch::{Waited, WatchNotice, WatchedChange, Watcher},
    },
    source::{CONTENT, IMPORTS, SitePath, THEMES, Tree, WORDING},
};

/// The folder of what a site is previewed from, in the site's `.linli`.
const FOLDER: &str = "preview";

/// After so long without a change of files, the clock is read again.
const PATIENCE: Duration = Duration::from_secs(1);

/// How many changed files a line names.
const NAMED: usize = 3;

#[derive(Debug, Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is an option that one may give")]
pub(super) struct Options {
    #[command(flatten)]
    moment: AsOf,
    /// Where the preview is served; a port is enough
    #[arg(
        long,
        value_name = "ADDRESS",
        default_value = "127.0.0.1:4000",
        value_parser = listen::address
    )]
    addr: SocketAddr,
    /// Look at the files every second, for network drives that do not tell of changes
    #[arg(long)]
    poll: bool,
    /// A further name under which the preview may be asked for
    #[arg(long, value_name = "NAME")]
    host: Vec<String>,
    /// Open the preview in the browser
    #[arg(long)]
    open: bool,
    /// Show drafts, marked as such: never for the public
    #[arg(long)]
    drafts: bool,
    /// Add a page with the components of the theme: style-guide/
    #[arg(long)]
    style_guide: bool,
}

/// Serves the site, and builds it again whenever it is edited. Returns when the user interrupts the
/// program. Fails at once if the site cannot be opened, no port from the given one on is free, the folder is held by
/// another preview, or the site cannot be watched; later failures are printed, and the loop goes
/// on.
pub(super) fn run(context: Context, options: Options) -> Result<Outcome, Failure> {
    let out = context.global.site.join(private::FOLDER).join(FOLDER);
    let first = opened(&context, &options)?;
    let base = first.settings.config.base_path().to_owned();
    let language = context.messages.language().as_str();
    let live = Arc::new(Live::new(out.clone(), &base, language));
    let listener = listen::listen(options.addr)
        .map_err(|error| Failure::System(Some(options.addr.to_string()), error))?;
    let (wanted, port) = (options.addr.port(), listener.local_addr()?.port());
    if wanted != 0 && port != wanted {
        let said = [("wanted", &*wanted.to_string()), ("port", &*port.to_string())];
        eprint_line(&context.say("port-taken", &said));
    }
    let url = format!("http://{}{base}/", listener.local_addr()?);
    let parts = [CONTENT, IMPORTS, THEMES, WORDING, config::FILE, holidays::FILE];
    let watch = if options.poll { Watcher::polling } else { Watcher::new };
    let mut watcher = watch(&context.global.site, &parts)?;
    notice(&context, &mut watcher);
    let mut preview = previewed(&context)?;
    let mut state = BuildState::default();
    again(&context, &live, (&preview, &mut state), Ok(first), None);
    eprint_line(&context.say("serving", &[("url", &url)]));
    if options.open && !open(&url) {
        eprint_line(&context.say("not-opened", &[("url", &url)]));
    }
    let hosts = options.host.clone();
    let of_loop = Arc::clone(&live);
    // The loop ends with the process.
    thread::spawn(move || {
        // The moment for which the site was last built again because it had come.
        let mut reached = None;
        loop {
            let change = match watcher.wait(PATIENCE) {
                Waited::Change(change) => Some(change),
                Waited::Nothing => {
                    let now = Timestamp::now().as_second();
                    let due =
                        state.validity().end().filter(|it| *it <= now && reached != Some(*it));
                    if due.is_none() || options.moment.as_of.is_some() {
                        continue;
                    }
                    reached = due;
                    None
                }
                Waited::End => break,
            };
            notice(&context, &mut watcher);
            let start = Instant::now();
            let opened = opened(&context, &options);
            if !preview.is_there() {
                // Somebody removed it. All of it is made anew.
                match previewed(&context) {
                    Ok(made) => preview = made,
                    Err(failure) => {
                        eprint_line(&format!("linli: {}", failure.told(&context.messages)));
                    }
                }
                state.forget_published();
            }
            again(&context, &of_loop, (&preview, &mut state), opened, Some((change, start)));
        }
    });
    serve::run(live, listener, serve::ServerOptions { hosts })?;
    Ok(Outcome::Done)
}

/// Opens the folder of the preview, in the site's `.linli`, which nobody else may enter.
fn previewed(context: &Context) -> Result<Preview, Failure> {
    let site = &context.global.site;
    let folder = private::make(site).map_err(Failure::at(site))?;
    Ok(Preview::open(&folder.join(FOLDER))?)
}

/// Opens the site with the settings of this moment, and drafts if the user wants them.
fn opened(context: &Context, options: &Options) -> Result<OpenedSite, Failure> {
    let mut opened = context.open(&options.moment, None)?;
    opened.settings.config.drafts = options.drafts;
    opened.settings.config.style_guide = options.style_guide;
    opened.settings.config.preview = true;
    Ok(opened)
}

/// Why the site is built again, nothing if its time has come; and when that began.
type Cause = (Option<WatchedChange>, Instant);

/// Builds the site and reports the result to the open pages. The first time `cause` is None.
/// Nothing happens if none of the changed files belongs to the site.
fn again(
    context: &Context,
    live: &Live,
    (preview, state): (&Preview, &mut BuildState),
    opened: Result<OpenedSite, Failure>,
    mut cause: Option<Cause>,
) {
    let built = opened.and_then(|opened| {
        let Some(tree) = walk_changed(&opened, state, &mut cause) else { return Ok(None) };
        let target = PreviewTarget { preview };
        let built = build_with(&opened.world, &opened.settings, tree, state, &target, &());
        built.map(Some).map_err(|error: BuildError| context.failure(error))
    });
    match built {
        Ok(Some(built)) => report_build(context, live, built, cause),
        Ok(None) => {}
        Err(failure) => {
            let reason = failure.told(&context.messages);
            eprint_line(&format!("linli: {reason}"));
            live.report(
                json!([{ "severity": "error", "code": "", "file": "", "message": reason }]),
            );
        }
    }
}

/// The files as they are now. Of what changed only files stay that there are or were: not what an
/// editor made for itself in between. Nothing if there were no others.
///
/// `cause` loses the paths that were no files of the site before and are none after. If the clock
/// is the cause, the tree stays as it was. With a list of paths only those are looked at, so the
/// cost is that of the edit; without one all folders are walked. A change of `site.toml` always
/// counts.
fn walk_changed(
    opened: &OpenedSite,
    state: &BuildState,
    cause: &mut Option<Cause>,
) -> Option<Tree> {
    let before = &state.tree;
    let paths = match cause {
        // No file was written.
        Some((None, _)) => return Some(before.clone()),
        Some((Some(WatchedChange::Paths(paths)), _)) => paths,
        _ => return Some(Tree::take(&opened.world)),
    };
    let site_path = |path: &PathBuf| path.to_str().map(|it| SitePath::new(it.replace('\\', "/")));
    let Some(written) = paths.iter().map(site_path).collect::<Option<Vec<_>>>() else {
        return Some(Tree::take(&opened.world));
    };
    let tree = before.refresh(&opened.world, &written);
    let is_one = |path: &SitePath| {
        path.as_str() == config::FILE
            || [before, &tree].iter().any(|tree| tree.has(path) || tree.folder(path).is_some())
    };
    paths.retain(|path| site_path(path).is_some_and(|path| is_one(&path)));
    (!paths.is_empty()).then_some(tree)
}

/// A preview as the target of a build.
struct PreviewTarget<'a> {
    preview: &'a Preview,
}

impl<'a> Target for PreviewTarget<'a> {
    type Round = PreviewRound<'a>;

    fn open(&self) -> Result<PreviewRound<'a>, OutputError> {
        Ok(PreviewRound { preview: self.preview, written: Mutex::default() })
    }
}

/// A round of building for a preview. What is written is put there when all is well. If the build
/// has errors it is dropped, and nothing of it was written.
struct PreviewRound<'a> {
    preview: &'a Preview,
    /// Only the files that differ from those in place; in memory until the round ends.
    written: Mutex<Vec<(OutPath, Vec<u8>)>>,
}

impl Output for PreviewRound<'_> {
    type Error = OutputError;

    fn keep(&self, file: &ManifestEntry) -> bool {
        self.preview.holds(file)
    }

    fn keep_others(&self, _: Fingerprint, _: &HashSet<OutPath>) -> bool {
        true
    }

    fn is_own(&self) -> bool {
        true
    }

    fn write(&self, path: &OutPath, bytes: &[u8]) -> Result<ManifestEntry, OutputError> {
        let file = ManifestEntry::of(path, bytes);
        if !self.preview.holds(&file) {
            let mut written = self.written.lock().unwrap_or_else(PoisonError::into_inner);
            written.push((path.clone(), bytes.to_vec()));
        }
        Ok(file)
    }
}

impl Round for PreviewRound<'_> {
    fn commit(self, gone: &[OutPath]) -> Result<Summary, OutputError> {
        let written = self.written.into_inner().unwrap_or_else(PoisonError::into_inner);
        gone.par_iter().try_for_each(|path| self.preview.remove(path))?;
        written.par_iter().try_for_each(|(path, bytes)| self.preview.put(path, bytes).map(drop))?;
        Ok(self.preview.summary())
    }
}

/// Writes the result of a build to the terminal, and sends it to the open pages. With errors the
/// pages show those and stay as they are; a change of styles alone does not reload them.
///
/// A change is of styles if every edited file is a `.css`. Then only the style sheets are sent,
/// although pages were written anew for the version in their links; a page that stays open is right
/// all the same.
fn report_build(context: &Context, live: &Live, mut built: Report, cause: Option<Cause>) {
    let (change, start) = cause.map_or((None, None), |(change, start)| (change, Some(start)));
    let change = change.as_ref();
    let milliseconds = start.map_or(built.times.all(), |it| it.elapsed()).as_millis().to_string();
    let _ = report::human(context, &mut built.diagnostics, false);
    let pages = built.made.to_string();
    let what = what(context, change, start.is_some());
    let Some(summary) = &built.published else {
        let errors =
            built.diagnostics.iter().filter(|diagnostic| diagnostic.severity == Severity::Error);
        let report: Vec<Value> = errors.map(|it| overlay(context, it)).collect();
        let args = [("what", what.as_str().into()), ("errors", report.len().into())];
        eprint_line(&context.messages.text("not-rebuilt", &args));
        live.report(report.into());
        return;
    };
    let files: Vec<String> =
        summary.changed.iter().chain(&summary.removed).map(ToString::to_string).collect();
    let args = [
        ("what", what.as_str()),
        ("pages", &pages),
        ("files", &files.len().to_string()),
        ("milliseconds", &milliseconds),
    ];
    eprint_line(&context.say("rebuilt", &args));
    // Every page names the version of the style sheet: open pages take the new one, and stay.
    let is_style = |it: &str| it.ends_with(".css");
    let styles = |change: &WatchedChange| match change {
        WatchedChange::Paths(paths) => {
            paths.iter().all(|path| path.extension().is_some_and(|it| it == "css"))
        }
        WatchedChange::Everything => false,
    };
    if change.is_some_and(styles) {
        live.publish(&files.into_iter().filter(|file| is_style(file)).collect::<Vec<_>>());
    } else {
        live.publish(&files);
    }
}

/// The files that were edited, in a few words. Three names and a count at most:
/// `a.yaml, b.yaml, c.yaml and 4 more`. Without paths it is the clock (`again`), the first build,
/// or too many files to list.
fn what(context: &Context, change: Option<&WatchedChange>, again: bool) -> String {
    let paths = match change {
        Some(WatchedChange::Paths(paths)) => paths,
        None if again => return context.say("rebuilt-time", &[]),
        _ => return context.say("rebuilt-all", &[]),
    };
    let names: Vec<String> = paths
        .iter()
        .take(NAMED)
        .map(|path| path.display().to_string().replace('\\', "/"))
        .collect();
    let more = paths.len().saturating_sub(NAMED);
    let names = names.join(", ");
    if more == 0 {
        return names;
    }
    context.say("rebuilt-more", &[("names", &names), ("more", &more.to_string())])
}

/// A mistake as the pages show it. The form that [`Live::report`] documents. Lines and columns are
/// null for a diagnostic about a file as a whole.
fn overlay(context: &Context, diagnostic: &Diagnostic) -> Value {
    let location = &diagnostic.location;
    let range = location.range;
    json!({
        "severity": diagnostic.severity,
        "code": diagnostic.code.name(),
        "file": location.file.as_str(),
        "line": range.map(|it| it.start.line),
        "column": range.map(|it| it.start.column),
        "end_line": range.map(|it| it.end.line),
        "end_column": range.map(|it| it.end.column),
        "quote": location.quote.as_ref().map(|it| &it.text),
        "quote_column": location.quote.as_ref().map(|it| it.column),
        "message": context.messages.message(diagnostic),
        "help": context.messages.help(diagnostic),
    })
}

/// Prints, once, that the system does not report changes and files are polled.
fn notice(context: &Context, watcher: &mut Watcher) {
    if let Some(WatchNotice::Polling { cause, every }) = watcher.notice() {
        let (reason, seconds) = (cause.to_string(), every.as_secs_f32().to_string());
        eprint_line(&context.say("polling", &[("reason", &reason), ("seconds", &seconds)]));
    }
}

/// Opens an address in the browser. Returns false if the system has no command for it. True says
/// that the command began, not that a browser came up.
fn open(url: &str) -> bool {
    let (program, first) = match std::env::consts::OS {
        "windows" => ("explorer", url),
        "macos" => ("open", url),
        _ => ("xdg-open", url),
    };
    std::process::Command::new(program).arg(first).spawn().is_ok()
}
