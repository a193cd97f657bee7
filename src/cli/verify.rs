//! `linli verify`: whether the public finds what was published.
//!
//! | argument | compared |
//! | --- | --- |
//! | a target of `site.toml`, or nothing | all that is at the target with what was published there, byte for byte |
//! | `https://…` | every file of the output folder with what its address gives |
//!
//! Each difference is a line on standard output, and the exit status is 1 then. Through an address no
//! file is found that was not published: nobody can list a web site.

use std::{
    path::{Path, PathBuf},
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering::Relaxed},
    },
    thread,
};

use clap::Args;

use crate::{
    artifact::encode,
    cli::{
        context::{AsOf, Context, Failure, Outcome},
        external,
        publish::{choose, failed, open},
        terminal::{eprint_line, print_lines},
    },
    config,
    external::Web,
    output::{Hash, Manifest, OutputError},
    publish::Verified,
};

/// How many addresses are asked for at the same time.
const AT_ONCE: usize = 16;

#[derive(Debug, Args)]
pub(super) struct Options {
    /// The target, by its name in site.toml, or the address of the public site
    #[arg(value_name = "TARGET|URL")]
    place: Option<String>,
    /// The output folder; `public` in the site's folder if not given
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
}

/// Compares what the public finds with what was published.
pub(super) fn run(context: &Context, options: &Options) -> Result<Outcome, Failure> {
    let mut opened = context.open(&AsOf::default(), None)?;
    let out = options.out.clone().unwrap_or_else(|| context.global.site.join("public"));
    let address = options.place.as_deref().filter(|it| it.contains("://"));
    let verified = if let Some(address) = address {
        let base = config::base_url(address)
            .ok_or_else(|| context.say("bad-base-url", &[("url", address)]))?;
        let web = external::web(context)?;
        through(&*web, &base, &out)?
    } else {
        let Some(setting) = choose(context, &mut opened, options.place.as_deref())? else {
            return Ok(Outcome::Wrong);
        };
        let target = open(context, &setting, &out)?;
        let known = target.known().map_err(|it| failed(context, &setting.name, &it))?;
        let verified = target.verify(&known).map_err(|it| failed(context, &setting.name, &it))?;
        let mut verified = verified.unwrap_or_default();
        verified.changed.extend(known.uncertain.iter().map(ToString::to_string));
        verified
    };
    tell(context, &verified)
}

fn tell(context: &Context, verified: &Verified) -> Result<Outcome, Failure> {
    let kinds = [
        ("missing", &verified.missing),
        ("changed", &verified.changed),
        ("extra", &verified.extra),
    ];
    let line =
        |kind: &str, path: &String| context.say("verified-file", &[("kind", kind), ("path", path)]);
    let lines = kinds.iter().flat_map(|(kind, paths)| paths.iter().map(|it| line(kind, it)));
    let lines: Vec<_> = lines.collect();
    print_lines(lines.iter().map(String::as_str))?;
    if !context.global.quiet {
        let said = [("files", verified.files.into()), ("differing", lines.len().into())];
        eprint_line(&context.messages.text("verified", &said));
    }
    Ok(if verified.is_equal() { Outcome::Done } else { Outcome::Wrong })
}

/// Asks for every file of the output folder by its public address.
fn through(web: &dyn Web, base: &str, out: &Path) -> Result<Verified, Failure> {
    let read = Manifest::read(out).map_err(Failure::Output)?;
    let (manifest, _) = read.ok_or(OutputError::NotOurs { path: out.to_owned() })?;
    // Hosts take these as orders, and give them to nobody.
    let is_order =
        |path: &str| path == "_headers" || path == "_redirects" || path.starts_with("_hosting/");
    let files = manifest.files().iter().filter(|it| !is_order(it.path.as_str()));
    let files: Vec<_> = files.collect();
    let verified = Mutex::new(Verified { files: files.len(), ..Verified::default() });
    let next = AtomicUsize::new(0);
    let work = || {
        while let Some(entry) = files.get(next.fetch_add(1, Relaxed)) {
            let path = entry.path.as_str();
            let page = path.strip_suffix("index.html");
            let page = page.filter(|it| it.is_empty() || it.ends_with('/')).unwrap_or(path);
            let found = web.bytes(&format!("{base}/{}", encode(page)));
            let is_same = matches!(&found, Some(bytes) if Hash::of(bytes) == entry.blake3);
            if !is_same {
                let mut verified = verified.lock().unwrap_or_else(PoisonError::into_inner);
                let list =
                    if found.is_some() { &mut verified.changed } else { &mut verified.missing };
                list.push(path.to_owned());
            }
        }
    };
    thread::scope(|scope| {
        (1..AT_ONCE).for_each(|_| drop(scope.spawn(work)));
        work();
    });
    let mut verified = verified.into_inner().unwrap_or_else(PoisonError::into_inner);
    verified.missing.sort();
    verified.changed.sort();
    Ok(verified)
}
