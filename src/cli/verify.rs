//! `linli verify`: whether the public finds what was published.
//!
//! | argument | compared |
//! | --- | --- |
//! | a target of `site.toml`, or nothing | all that is at the target with what was published there, byte for byte |
//! | `https://…` | every file of the output folder with what its address gives |
//!
//! Each difference is a line on standard output, and the exit status is 1 then. Nobody can list a web
//! site: through an address, `public.rs` looks for what was added where files lie at the targets of
//! `site.toml`, and where changed pages link to.

use std::path::{Path, PathBuf};

use clap::Args;
use rustc_hash::FxHashSet;

use crate::{
    cli::{
        context::{AsOf, Context, Failure, OpenedSite, Outcome},
        external,
        public::{Public, told_trap},
        publish::{base_of, choose, open},
        publish_failed::failed,
        terminal::{eprint_line, print_lines},
    },
    config::{self, publish_targets},
    output::{Manifest, OutputError},
    publish::Verified,
};

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
        let read = Manifest::read(&out).map_err(Failure::Output)?;
        let (manifest, _) = read.ok_or(OutputError::NotOurs { path: out.clone() })?;
        let lying = lying(context, &opened, &base, &out);
        let (verified, traps) = Public::new(&*web, &base, &manifest).compare(lying);
        for trap in traps {
            eprint_line(&told_trap(context, &base, trap));
        }
        verified
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

/// The files that lie at targets which the public finds at that address, as far as they can be listed.
fn lying(context: &Context, opened: &OpenedSite, base: &str, out: &Path) -> FxHashSet<String> {
    let targets = publish_targets(&opened.world).value.into_iter();
    let found = targets.filter(|it| base_of(opened, it) == base).filter_map(|setting| {
        let target = open(context, &setting, out).ok()?;
        target.found().ok()
    });
    found.flatten().map(|it| it.to_string()).collect()
}
