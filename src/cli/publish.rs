//! `linli publish`: builds the site, and sends it where the public reads it.
//!
//! What it writes to standard error when all is well:
//!
//! ```text
//! built 412 pages (3 rendered), 530 files in public in 0.12 s
//! web: the new site has taken the place of the old one in one step: 3 files sent (18 KB), …
//! ```
//!
//! The site is built first, as `linli build` does it: so what is sent is what the content says now,
//! without drafts and without what is over, and with an error in the content nothing is sent (1).
//! All that concerns the target ends with 2. The work is done by `publish/`; here is what is said.

use std::{
    collections::BTreeSet,
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
    sync::OnceLock,
    time::Instant,
};

use clap::Args;

use crate::{
    artifact::encode,
    build::{
        self, BuildState,
        cache::{self, Cache, Loaded},
    },
    cli::{
        build::{Built, build_for},
        context::{AsOf, Context, Failure, OpenedSite, Outcome},
        external,
        progress::Bytes,
        public::{Public, told_trap},
        publish_failed::failed,
        report,
        terminal::{eprint_line, print_lines},
    },
    config::{
        publish::{PublishPlace, PublishTarget},
        publish_targets,
        s3::Bucket,
    },
    diagnostic::Severity,
    output::{Hash, Manifest, OutPath, OutputError},
    publish::{
        Action, FolderTarget, GitTarget, Holder, Kept, Known, PublishError, Reason, Sent,
        SftpTarget, Shipment, Target, Today, Watcher, look, send,
    },
};

#[derive(Debug, Args)]
pub(super) struct Options {
    /// The target, by its name in site.toml; not needed if there is one
    target: Option<String>,
    /// Only tell what would be sent and deleted
    #[arg(long)]
    dry_run: bool,
    /// Send all files, whatever is known of the target
    #[arg(long)]
    all: bool,
    /// Take an earlier copy of the site that lies at the target as published by Linli, and send nothing:
    /// for a target of which nothing is known any more
    #[arg(long, conflicts_with_all = ["dry_run", "all", "rollback", "purge_file"])]
    adopt: bool,
    /// Go back to the build that was published before, or so many before
    #[arg(long, value_name = "N", num_args = 0..=1, conflicts_with = "all", value_parser = build_number)]
    #[expect(clippy::option_option, reason = "the option may stand without a number")]
    rollback: Option<Option<usize>>,
    /// Write the addresses that a CDN has to forget to this file
    #[arg(long, value_name = "FILE")]
    purge_file: Option<PathBuf>,
    /// The output folder; `public` in the site's folder if not given
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    #[command(flatten)]
    moment: AsOf,
}

/// The number of a kept build, counted back from the newest.
fn build_number(text: &str) -> Result<usize, String> {
    text.parse().ok().filter(|it| *it > 0).ok_or_else(|| "1, 2, 3 …".to_owned())
}

#[cfg(feature = "publish-s3")]
use crate::publish::S3Target;

/// How a moment is written, so that texts are in the order of time.
const MINUTE: &str = "%Y-%m-%d %H:%M";

/// Builds the site and sends it to a target.
pub(super) fn run(context: &Context, options: &Options) -> Result<Outcome, Failure> {
    let start = Instant::now();
    let mut opened = context.open(&options.moment, None)?;
    let Some(setting) = choose(context, &mut opened, options.target.as_deref())? else {
        return Ok(Outcome::Wrong);
    };
    if setting.by_ci && !is_ci() && !options.dry_run {
        return Err(context.say("publish-by-ci", &[("target", &setting.name)]).into());
    }
    let site = &context.global.site;
    let out = options.out.clone().unwrap_or_else(|| site.join("public"));
    if options.adopt {
        return adopt(context, &opened, &setting, &out);
    }
    // Before the site is built, since nothing helps where nothing can be sent.
    let target = open(context, &setting, &out)?;
    let manifest = match built(context, &opened, &out)? {
        Ok(manifest) => manifest,
        Err(outcome) => return Ok(outcome),
    };
    let wrong = |it: PublishError| failed(context, &setting.name, &it);
    let kept = Kept::open(site, &setting.name).map_err(wrong)?;
    let now = opened.settings.clock.now().strftime(MINUTE).to_string();
    if let Some(newest) = kept.newest().filter(|it| !options.dry_run && now < it.at) {
        // What was withdrawn meanwhile would come back.
        let said = [("target", &*setting.name), ("at", &*newest.at), ("now", &*now)];
        return Err(context.say("publish-past", &said).into());
    }
    let run = Run { context, options, opened: &opened, setting: &setting, start };
    if let Some(ago) = options.rollback {
        let ago = ago.unwrap_or(1);
        let back = run.with_today(&out, &manifest, |today| kept.restore(ago, today));
        let back = back.map_err(wrong)?;
        let (files, at) = (back.back.into(), back.at.as_str().into());
        let said = [("target", setting.name.as_str().into()), ("files", files), ("at", at)];
        eprint_line(&context.messages.text("publish-back", &said));
        let target = open_for(context, &setting, &out, &back.folder)?;
        let sent = run.send(&back.folder, &back.manifest, &*target);
        kept.clear().map_err(wrong)?;
        sent?;
        return Ok(Outcome::Done);
    }
    run.send(&out, &manifest, &*target)?;
    let is_kept = setting.keep > 0 || !kept.is_empty();
    if is_kept && !options.dry_run && !kept.is_newest(&manifest) {
        let at = now;
        let keeping = run.with_today(&out, &manifest, |today| {
            kept.purge(today)?;
            kept.add(today, &at, setting.keep)
        });
        keeping.map_err(wrong)?;
    }
    Ok(Outcome::Done)
}

/// Builds the site, and says which files it has; with mistakes in the content, what the run comes to.
fn built(
    context: &Context,
    opened: &OpenedSite,
    out: &Path,
) -> Result<Result<Manifest, Outcome>, Failure> {
    if let Built::Not(outcome) = build_for(context, opened, out)? {
        return Ok(Err(outcome));
    }
    let read = Manifest::read(out).map_err(Failure::Output)?;
    let (manifest, _) = read.ok_or(OutputError::NotOurs { path: out.to_owned() })?;
    Ok(Ok(manifest))
}

/// Notes that a target holds an earlier copy of the site, of which nothing more is known: the next
/// publication sends all files of the site, and deletes the others of that copy. Part of it are files
/// that the site has, and those in its folders; all else is somebody else's, and stays.
fn adopt(
    context: &Context,
    opened: &OpenedSite,
    setting: &PublishTarget,
    out: &Path,
) -> Result<Outcome, Failure> {
    let target: Box<dyn Target> = match &setting.place {
        PublishPlace::Folder(folder) => {
            let folder = own_folder(context, setting, Path::new(folder), out)?;
            let opened = FolderTarget::unseen(&folder);
            Box::new(opened.map_err(|it| failed(context, &setting.name, &it))?.0)
        }
        _ => open(context, setting, out)?,
    };
    let manifest = match built(context, opened, out)? {
        Ok(manifest) => manifest,
        Err(outcome) => return Ok(outcome),
    };
    let folder_of = |path: &str| path.split_once('/').map(|(folder, _)| folder.to_owned());
    let folders: BTreeSet<String> =
        manifest.files().iter().filter_map(|it| folder_of(it.path.as_str())).collect();
    let is_own = |path: &OutPath| {
        manifest.position(path.as_str()).is_some()
            || folder_of(path.as_str()).is_some_and(|it| folders.contains(&it))
    };
    let note = || {
        target.lock()?;
        let noted = target.found().and_then(|found| {
            let (own, others): (Vec<_>, Vec<_>) = found.into_iter().partition(is_own);
            let has = |it: &str| own.iter().any(|path| path.as_str().starts_with(it));
            if !has("index.html") || !has("assets/") {
                let found = own.iter().chain(&others).map(ToString::to_string).collect();
                return Err(PublishError::Foreign { path: setting.name.clone().into(), found });
            }
            let count = own.len();
            target.remember(&Known::of_uncertain(own)).map(|()| (count, others))
        });
        target.unlock();
        noted
    };
    let (files, others) = note().map_err(|it| failed(context, &setting.name, &it))?;
    let said = [("target", setting.name.as_str().into()), ("files", files.into())];
    eprint_line(&context.messages.text("publish-adopted", &said));
    for path in others {
        eprint_line(&context.say("publish-left", &[("path", path.as_str())]));
    }
    Ok(Outcome::Done)
}

/// One run of the command.
struct Run<'a> {
    context: &'a Context,
    options: &'a Options,
    opened: &'a OpenedSite,
    setting: &'a PublishTarget,
    start: Instant,
}

impl Run<'_> {
    /// Sends a folder to the target, looks at what is there then, and tells of both.
    fn send(&self, out: &Path, manifest: &Manifest, target: &dyn Target) -> Result<(), Failure> {
        let Self { context, options, opened, setting, start } = self;
        let Options { dry_run: dry, all, .. } = **options;
        let kept = Kept::open(&context.global.site, &setting.name)
            .map_err(|it| failed(context, &setting.name, &it))?;
        let kept = |hash: &Hash| kept.bytes_of(hash);
        let shipment = Shipment { out, manifest, dry, all, kept: &kept };
        let teller = Teller::new(context, &setting.name);
        let sent = send(&shipment, target, &teller);
        teller.finish();
        let sent = sent.map_err(|it| failed(context, &setting.name, &it))?;
        if dry {
            return tell_plan(context, setting, target, &sent);
        }
        if let Some(file) = &options.purge_file {
            fs::write(file, purged(&sent, &base_of(opened, setting))).map_err(Failure::at(file))?;
        }
        let seen = look(&sent, manifest, target);
        done(context, setting, target, &sent, *start);
        seen.map_err(|it| failed(context, &setting.name, &it))?;
        self.glance(manifest, &sent);
        Ok(())
    }

    /// Looks at the site as the public finds it, if this program can, and tells what is not as it
    /// should be. A host may take its time, so that is no failure.
    fn glance(&self, manifest: &Manifest, sent: &Sent) {
        let Self { context, opened, setting, .. } = self;
        let base = base_of(opened, setting);
        let is_done_later = matches!(setting.place, PublishPlace::Git { .. });
        let Ok(web) = external::web(context) else { return };
        if base.is_empty() || is_done_later || sent.plan.steps.is_empty() {
            return;
        }
        let glance = Public::new(&*web, &base, manifest).glance(sent);
        let tell = |id: &str, path: &str| {
            eprint_line(&context.say(id, &[("url", &base), ("path", path)]));
        };
        glance.other.iter().for_each(|path| tell("public-other", path));
        glance.still.iter().for_each(|path| tell("public-still", path));
        for trap in &glance.traps {
            eprint_line(&told_trap(context, &base, *trap));
        }
        let is_right =
            glance.other.is_empty() && glance.still.is_empty() && glance.traps.is_empty();
        if is_right && !context.global.quiet {
            let said = [("url", base.as_str().into()), ("files", glance.seen.into())];
            eprint_line(&context.messages.text("public-seen", &said));
        }
    }

    /// Does something that has to know what the site says today.
    fn with_today<T>(
        &self,
        out: &Path,
        manifest: &Manifest,
        what: impl FnOnce(Today<'_>) -> Result<T, PublishError>,
    ) -> Result<T, PublishError> {
        let mut state = match Cache::new(&self.context.global.site, cache::BUILD).load() {
            Loaded::Known(known) => known.state().unwrap_or_default(),
            _ => BuildState::default(),
        };
        let OpenedSite { world, settings } = self.opened;
        let site = build::update_all(world, settings, &mut state).value;
        let places: Vec<String> = site.portal.places().iter().map(|it| it.path.clone()).collect();
        let base = settings.config.base_path();
        let done = what(Today {
            out,
            manifest,
            places: &places,
            has_withdrawn: &|text| !site.portal.withdrawn_in(text).is_empty(),
            address: &|path| format!("{base}/{}", encode(path)),
        });
        // The system takes the memory back at once when the process ends.
        std::mem::forget((site, state));
        done
    }
}

/// The target of that name, or the only one. Nothing if `site.toml` has a mistake, which is told.
pub(super) fn choose(
    context: &Context,
    opened: &mut OpenedSite,
    name: Option<&str>,
) -> Result<Option<PublishTarget>, Failure> {
    let diagnostics = &mut opened.settings.diagnostics;
    if diagnostics.iter().any(|it| it.severity == Severity::Error) {
        report::human(context, diagnostics, false)?;
        return Ok(None);
    }
    let mut targets = publish_targets(&opened.world).value;
    let names: Vec<_> = targets.iter().map(|it| it.name.clone()).collect();
    let known = names.join(&context.say("comma", &[]));
    let at = match name {
        Some(name) => targets.iter().position(|it| it.name == name),
        None if targets.len() == 1 => Some(0),
        None => None,
    };
    match (at, name) {
        (Some(at), _) => Ok(Some(targets.swap_remove(at))),
        (None, _) if targets.is_empty() => Err(context.say("publish-no-targets", &[]).into()),
        (None, None) => Err(context.say("publish-which", &[("known", &known)]).into()),
        (None, Some(name)) => {
            Err(context.say("publish-no-target", &[("target", name), ("known", &known)]).into())
        }
    }
}

/// Whether a machine runs the command, by the variable that all of them set.
fn is_ci() -> bool {
    std::env::var("CI").is_ok_and(|it| !["", "0", "false"].contains(&it.as_str()))
}

/// Opens a target, for what is in the output folder.
pub(super) fn open(
    context: &Context,
    setting: &PublishTarget,
    out: &Path,
) -> Result<Box<dyn Target>, Failure> {
    open_for(context, setting, out, out)
}

/// The same, for what is in another folder.
fn open_for(
    context: &Context,
    setting: &PublishTarget,
    out: &Path,
    sent: &Path,
) -> Result<Box<dyn Target>, Failure> {
    let site = &context.global.site;
    match &setting.place {
        PublishPlace::Folder(folder) => {
            let folder = own_folder(context, setting, Path::new(folder), out)?;
            let opened = FolderTarget::open(&folder, setting.switch);
            Ok(Box::new(opened.map_err(|it| failed(context, &setting.name, &it))?))
        }
        PublishPlace::Sftp { host, folder } => {
            let wrong = |it: PublishError| failed(context, &setting.name, &it);
            let own = Kept::open(site, &setting.name).map_err(wrong)?.folder().to_owned();
            Ok(Box::new(SftpTarget::new(host, folder, own, setting.patience)))
        }
        PublishPlace::Git { repository, branch } => {
            let wrong = |it: PublishError| failed(context, &setting.name, &it);
            let folder = Kept::open(site, &setting.name).map_err(wrong)?.folder().to_owned();
            let place = (repository.as_str(), branch.as_str());
            let opened = GitTarget::open(site, &folder, sent, place, setting.patience);
            Ok(Box::new(opened.map_err(wrong)?))
        }
        PublishPlace::S3(bucket) => bucket_of(context, setting, bucket),
    }
}

/// A bucket, with the keys of a file that may not lie in the site.
#[cfg(feature = "publish-s3")]
fn bucket_of(
    context: &Context,
    setting: &PublishTarget,
    bucket: &Bucket,
) -> Result<Box<dyn Target>, Failure> {
    let site = &context.global.site;
    let keys = bucket.keys.as_ref().map(|it| site.join(it));
    let real = |it: &Path| it.canonicalize().ok();
    if let Some(file) = &keys
        && real(file).zip(real(site)).is_some_and(|(file, site)| file.starts_with(site))
    {
        return Err(context.say("publish-keys-in-site", &[("target", &setting.name)]).into());
    }
    let opened = S3Target::open(bucket, keys.as_deref());
    Ok(Box::new(opened.map_err(|it| failed(context, &setting.name, &it))?))
}

/// The same in a program without a client: a failure.
#[cfg(not(feature = "publish-s3"))]
fn bucket_of(
    context: &Context,
    setting: &PublishTarget,
    _: &Bucket,
) -> Result<Box<dyn Target>, Failure> {
    Err(context.say("publish-no-s3", &[("target", &setting.name)]).into())
}

/// The folder of a target, which may be neither a part of the site nor the output folder.
fn own_folder(
    context: &Context,
    setting: &PublishTarget,
    folder: &Path,
    out: &Path,
) -> Result<PathBuf, Failure> {
    let site = &context.global.site;
    let folder = site.join(folder);
    build::check_outside(site, &folder).map_err(|it| context.failure(it))?;
    let is_out = |it: &Path| it.canonicalize().ok() == out.canonicalize().ok();
    if folder.exists() && is_out(&folder) {
        return Err(context.say("publish-is-out", &[("target", &setting.name)]).into());
    }
    Ok(folder)
}

/// Where the public finds a target; empty if nobody says.
pub(super) fn base_of(opened: &OpenedSite, setting: &PublishTarget) -> String {
    setting.url.clone().unwrap_or_else(|| opened.settings.config.base_url.clone())
}

/// What a CDN has to forget: the addresses of all that changed or went, a line each.
fn purged(sent: &Sent, base: &str) -> String {
    let mut lines = String::new();
    let steps =
        sent.plan.steps.iter().filter(|it| !matches!(it.reason, Reason::New | Reason::NewPage));
    for action in steps.flat_map(|it| &it.actions) {
        let path = action.path().as_str();
        let page = path.strip_suffix("index.html").filter(|it| it.is_empty() || it.ends_with('/'));
        let _ = writeln!(lines, "{base}/{}", encode(page.unwrap_or(path)));
    }
    lines
}

/// Tells what would be done: a line for each file, with the reason.
fn tell_plan(
    context: &Context,
    setting: &PublishTarget,
    target: &dyn Target,
    sent: &Sent,
) -> Result<(), Failure> {
    let line = |reason: Reason, action: &Action| {
        let sign = if matches!(action, Action::Put(_)) { '+' } else { '-' };
        let path = action.path();
        format!("{sign} {path}  ({})", context.say("publish-reason", &[("reason", reason.name())]))
    };
    let steps = sent.plan.steps.iter();
    let lines: Vec<_> =
        steps.flat_map(|step| step.actions.iter().map(|it| line(step.reason, it))).collect();
    print_lines(lines.iter().map(String::as_str))?;
    let (puts, deletes) = sent.plan.count();
    let said = [
        ("target", setting.name.as_str().into()),
        ("how", how(target).into()),
        ("files", puts.into()),
        ("deleted", deletes.into()),
        ("size", size(sent.bytes).into()),
    ];
    eprint_line(&context.messages.text("publish-would", &said));
    Ok(())
}

fn how(target: &dyn Target) -> &'static str {
    if target.is_whole() { "whole" } else { "files" }
}

/// Says what was done.
fn done(
    context: &Context,
    setting: &PublishTarget,
    target: &dyn Target,
    sent: &Sent,
    start: Instant,
) {
    if context.global.quiet {
        return;
    }
    let (puts, deletes) = sent.plan.count();
    if puts + deletes == 0 {
        eprint_line(&context.say("publish-same", &[("target", &setting.name)]));
        return;
    }
    let said = [
        ("target", setting.name.as_str().into()),
        ("how", how(target).into()),
        ("files", (puts - sent.found).into()),
        ("deleted", deletes.into()),
        ("size", size(sent.bytes).into()),
        ("seconds", format!("{:.2}", start.elapsed().as_secs_f64()).into()),
    ];
    eprint_line(&context.messages.text("published", &said));
}

/// A number of bytes as people read it.
pub(super) fn size(bytes: u64) -> String {
    match bytes {
        0..1024 => format!("{bytes} B"),
        1024..1_048_576 => format!("{} KB", bytes / 1024),
        _ => format!("{}.{} MB", bytes / 1_048_576, bytes % 1_048_576 * 10 / 1_048_576),
    }
}

/// Tells of a publication while it goes on.
struct Teller<'c> {
    context: &'c Context,
    name: &'c str,
    bar: OnceLock<Bytes>,
}

impl<'c> Teller<'c> {
    fn new(context: &'c Context, name: &'c str) -> Self {
        Self { context, name, bar: OnceLock::new() }
    }

    fn finish(&self) {
        if let Some(bar) = self.bar.get() {
            bar.finish();
        }
    }
}

impl Watcher for Teller<'_> {
    fn broke_lock(&self, holder: &Holder, minutes: u64) {
        let said = [
            ("target", self.name.into()),
            ("by", holder.by.as_str().into()),
            ("minutes", minutes.into()),
        ];
        eprint_line(&self.context.messages.text("publish-broke-lock", &said));
    }

    fn planned(&self, bytes: u64) {
        self.bar.get_or_init(|| Bytes::new(bytes, self.context.global.quiet));
    }

    fn sent(&self, bytes: u64) {
        if let Some(bar) = self.bar.get() {
            bar.sent(bytes);
        }
    }
}
