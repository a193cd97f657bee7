//! `linli shards` and `linli build --shard`: a portal that several machines build in parts.
//!
//! ```text
//! linli shards --count 8 --format json            which parts there are, for who starts the machines
//! linli build --shard 3/8 --as-of T --summary shards/3.summary
//! linli build --shard 3/8 --as-of T --summaries shards --out parts/3.part
//! linli shards --join parts --as-of T             the parts as one site
//! ```
//!
//! Mistakes in the content end with 1: a second try changes nothing. Whatever else goes wrong ends
//! with 2 and may be tried again.

use std::{path::PathBuf, time::Instant};

use clap::{Args, ValueEnum};
use serde::Serialize;

use crate::{
    build::shards::{self, Cut, MadePart, MissingParts, Shard, ShardError},
    cli::{
        build::{self, MadeSite},
        context::{Context, Failure, Outcome},
        progress::Bar,
        report::{self, outcome},
        terminal::{PrintForm, eprint_line, print, print_lines},
    },
    schema::Catalog,
    source::Tree,
};

#[derive(Debug, Args)]
pub(super) struct Options {
    /// Into how many parts the portal is divided
    #[arg(long, value_name = "N", required_unless_present = "join",
        value_parser = clap::value_parser!(u32).range(1..=MOST))]
    count: Option<u32>,
    /// How the parts are written
    #[arg(long = "format", value_enum, default_value_t = ShardsFormat::Text)]
    shards_format: ShardsFormat,
    /// Publish the parts in a folder as one site
    #[arg(long, value_name = "DIR", conflicts_with = "count", requires = "as_of")]
    join: Option<PathBuf>,
    /// Make the parts that are missing here
    #[arg(long, requires = "join")]
    allow_missing: bool,
    /// The output folder; `public` in the site's folder if not given
    #[arg(long, value_name = "DIR", requires = "join")]
    out: Option<PathBuf>,
    #[command(flatten)]
    made: MadeSite,
}

/// At most so many parts.
const MOST: i64 = 10_000;

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum ShardsFormat {
    /// For people
    Text,
    /// For programs
    Json,
}

/// The version of the form for programs.
const VERSION: u32 = 1;

#[derive(Serialize)]
struct ShardsJson {
    version: u32,
    count: u32,
    shards: Vec<ShardJson>,
}

#[derive(Serialize)]
struct ShardJson {
    /// What `--shard` is given.
    id: String,
    places: usize,
    weight: u64,
}

/// Tells how a portal is divided, or joins its parts.
pub(super) fn run(context: &Context, options: &Options) -> Result<Outcome, Failure> {
    let start = Instant::now();
    let opened = options.made.open(context)?;
    if let Some(parts) = &options.join {
        let site = &context.global.site;
        let out = options.out.clone().unwrap_or_else(|| site.join("public"));
        let bar = Bar::new(context.global.quiet);
        let parts = (parts.as_path(), missing(options.allow_missing));
        let joined =
            shards::join(&opened.world, &opened.settings, parts, (site.as_path(), &out), &bar);
        bar.finish();
        let joined = joined.map_err(|error| failure(context, error))?;
        return build::tell(context, &out, (start, options.made.deny_warnings), joined);
    }
    let count = options.count.unwrap_or(1);
    let cut = |catalog: &Catalog, tree: &Tree| Cut::by_weight(catalog, tree, count);
    let (_, cut) = shards::plan(&opened.world, &opened.settings, cut);
    let shard = |number: u32| {
        let (places, weight) = cut.size(number);
        ShardJson { id: format!("{number}/{count}"), places, weight }
    };
    let shards: Vec<ShardJson> = (1..=count).map(shard).collect();
    match options.shards_format {
        ShardsFormat::Text => {
            let told = shards.iter().map(|ShardJson { id, places, weight }| {
                let (places, weight) = (places.to_string(), weight.to_string());
                let args = [("part", id.as_str()), ("places", &places), ("bytes", &weight)];
                context.say("shard-line", &args)
            });
            print_lines(told.collect::<Vec<_>>().iter().map(String::as_str))?;
        }
        ShardsFormat::Json => {
            let json =
                serde_json::to_string_pretty(&ShardsJson { version: VERSION, count, shards });
            print(&(json? + "\n"), PrintForm::Json)?;
        }
    }
    Ok(Outcome::Done)
}

/// Builds a part: its summary, or its artifacts.
pub(super) fn build(context: &Context, options: &build::Options) -> Result<Outcome, Failure> {
    let start = Instant::now();
    let id = options.shard.as_deref().unwrap_or_default();
    let Some((number, count)) = numbers(id) else {
        return Err(Failure::Said(context.say("bad-shard", &[("text", id)])));
    };
    let opened = options.made.open(context)?;
    let (world, settings) = (&opened.world, &opened.settings);
    let cut = |catalog: &Catalog, tree: &Tree| Cut::by_weight(catalog, tree, count);
    let shard = Shard { number, cut: &cut };
    let (made, file) = match (&options.summary, &options.summaries, &options.out) {
        (Some(file), None, None) => (shards::summarise(world, settings, shard, file), file),
        (None, Some(summaries), Some(file)) => {
            let bar = Bar::new(context.global.quiet);
            let summaries = (summaries.as_path(), missing(options.allow_missing));
            let made = shards::make(world, settings, shard, summaries, file, &bar);
            bar.finish();
            (made, file)
        }
        _ => return Err(Failure::Said(context.say("shard-what", &[]))),
    };
    let MadePart { mut diagnostics, pages, places, is_written } =
        made.map_err(|error| failure(context, error))?;
    let denied = options.made.deny_warnings;
    let counted = report::human(context, &mut diagnostics, denied)?;
    if !is_written {
        build::not_built(context, &diagnostics, &counted);
        return Ok(outcome(&diagnostics, denied));
    }
    if !context.global.quiet {
        let seconds = format!("{:.2}", start.elapsed().as_secs_f64());
        let (places, pages) = (places.to_string(), pages.to_string());
        let file = file.display().to_string();
        let args = [
            ("part", id),
            ("places", places.as_str()),
            ("pages", &pages),
            ("file", &file),
            ("seconds", &seconds),
        ];
        let said = if options.summary.is_some() { "shard-summarised" } else { "shard-made" };
        eprint_line(&context.say(said, &args));
    }
    Ok(Outcome::Done)
}

fn missing(is_allowed: bool) -> MissingParts {
    if is_allowed { MissingParts::MadeHere } else { MissingParts::Refused }
}

/// Which part of how many: `3/8`.
fn numbers(id: &str) -> Option<(u32, u32)> {
    let (number, count) = id.split_once('/')?;
    let (number, count) = (number.parse().ok()?, count.parse().ok()?);
    ((1..=count).contains(&number) && i64::from(count) <= MOST).then_some((number, count))
}

/// Why parts do not make a site.
fn failure(context: &Context, error: ShardError) -> Failure {
    let of = |id: &str, path: &std::path::Path| {
        Failure::Said(context.say(id, &[("path", &path.display().to_string())]))
    };
    match error {
        ShardError::Io(path, error) => Failure::at(&path)(error),
        ShardError::Damaged(path) => of("shard-damaged", &path),
        ShardError::Program(path) => of("shard-program", &path),
        ShardError::Moment(path) => of("shard-moment", &path),
        ShardError::Settings(path) => of("shard-settings", &path),
        ShardError::Content(path) => of("shard-content", &path),
        ShardError::Cut(path) => of("shard-cut", &path),
        ShardError::Twice(path, other) => {
            let (path, other) = (path.display().to_string(), other.display().to_string());
            Failure::Said(context.say("shard-twice", &[("path", &path), ("other", &other)]))
        }
        ShardError::Missing(parts) if parts.is_empty() => {
            Failure::Said(context.say("shard-none", &[]))
        }
        ShardError::Missing(parts) => {
            let parts: Vec<String> = parts.iter().map(u32::to_string).collect();
            let parts = parts.join(&context.say("comma", &[]));
            Failure::Said(context.say("shard-missing", &[("parts", &parts)]))
        }
        ShardError::NoShard(number, count) => {
            let text = format!("{number}/{count}");
            Failure::Said(context.say("bad-shard", &[("text", &text)]))
        }
        ShardError::Edited => Failure::Said(context.say("shard-edited", &[])),
        ShardError::Build(error) => context.failure(error),
    }
}
