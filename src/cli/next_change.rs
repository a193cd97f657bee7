//! `linli next-change`: when the site would change though nobody edits anything.
//!
//! For whoever schedules builds: one at that moment, and none before, keeps the site as current as
//! a build each minute.
//!
//! ```text
//! 2026-03-06T00:00+08:00  honors: 2 records disappear at xingfu
//! 2026-03-06T00:00+08:00  notices: 1 record becomes past at /
//! ```
//!
//! With `--format json`, and `null` if nothing will ever change:
//!
//! ```json
//! {
//!   "at": "2026-03-06T00:00+08:00",
//!   "changes": [
//!     { "collection": "honors", "place": "xingfu", "change": "disappear", "count": 2 }
//!   ]
//! }
//! ```
//!
//! The moment is found in `build/next_change.rs`, with what the last `linli build` left in its
//! cache. Without one the site is rendered once, which takes as long as a first build.

use std::fmt::Write as _;

use clap::{Args, ValueEnum};
use serde::Serialize;

use crate::{
    build::{
        BuildState,
        cache::{self, Cache, Loaded},
        next_change::{self, NextChange, Shift},
    },
    cli::{
        context::{AsOf, Context, Failure, Outcome},
        report,
        terminal::{PrintForm, print},
    },
    diagnostic::{self, Checked},
};

#[derive(Debug, Args)]
pub(super) struct Options {
    #[command(flatten)]
    moment: AsOf,
    /// How the answer is written
    #[arg(long, value_enum, default_value_t = ChangeFormat::Text)]
    format: ChangeFormat,
    /// The same as --format json
    #[arg(long, conflicts_with = "format")]
    json: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum ChangeFormat {
    /// For people
    Text,
    /// For programs
    Json,
}

/// Tells when the site would change though nobody edits anything. A site with errors gets those,
/// exit status 1 and no moment; warnings are not printed. As text, nothing is printed if nothing
/// will change.
pub(super) fn run(context: &Context, options: &Options) -> Result<Outcome, Failure> {
    let opened = context.open(&options.moment, None)?;
    let mut state = match Cache::new(&context.global.site, cache::BUILD).load() {
        Loaded::Known(known) => known.state().unwrap_or_default(),
        _ => BuildState::default(),
    };
    let found = next_change::next(&opened.world, &opened.settings, &mut state);
    let Checked { value: change, mut diagnostics } = found.map_err(|it| context.failure(it))?;
    // Of a site that cannot be built nothing can be said.
    diagnostics.retain(|it| it.severity == diagnostic::Severity::Error);
    if !diagnostics.is_empty() {
        report::human(context, &mut diagnostics, false)?;
        return Ok(report::outcome(&diagnostics, false));
    }
    let json = options.json || options.format == ChangeFormat::Json;
    let text = match &change {
        Some(change) if json => in_json(change)?,
        Some(change) => in_words(context, change),
        None if json => "null\n".to_owned(),
        None => String::new(),
    };
    print(&text, if json { PrintForm::Json } else { PrintForm::Text })?;
    // The system takes the memory back at once when the process ends.
    std::mem::forget((change, state));
    Ok(Outcome::Done)
}

/// `2026-03-06T00:00+08:00`. To the minute, with the offset of the site's time zone, in both
/// formats.
fn moment(change: &NextChange<'_>) -> String {
    change.at.strftime("%Y-%m-%dT%H:%M%:z").to_string()
}

/// The text for people: a line for each kind of shift, or that files change if none is known.
/// Ends with a line end.
fn in_words(context: &Context, change: &NextChange<'_>) -> String {
    let at = moment(change);
    let mut text = String::new();
    for shift in &change.shifts {
        let said = words(context, change, shift);
        writeln!(text, "{at}  {said}").expect("a string takes all that is written");
    }
    if change.shifts.is_empty() {
        let said = context.say("change-files", &[]);
        writeln!(text, "{at}  {said}").expect("a string takes all that is written");
    }
    text
}

/// One shift as a sentence. A notice has no collection, so it is given a word of its own. The root
/// place is written as `/`. The message is `change-` and the name of the effect.
fn words(context: &Context, change: &NextChange<'_>, shift: &Shift) -> String {
    let portal = &change.site.portal;
    let notices = context.say("change-notices", &[]);
    let collection = shift.collection.map(|it| portal.collections().get(it).name.as_str());
    let place = &portal.place(shift.place).path;
    let args = [
        ("collection", collection.unwrap_or(&notices)),
        ("place", if place.is_empty() { "/" } else { place }),
    ];
    let id = format!("change-{}", shift.effect.name());
    let mut args: Vec<(&str, fluent_bundle::FluentValue<'_>)> =
        args.iter().map(|(name, value)| (*name, (*value).into())).collect();
    args.push(("count", shift.count.into()));
    context.messages.text(&id, &args)
}

/// What `--format json` prints. `changes` is empty if bytes differ for a reason that no record
/// shows.
#[derive(Serialize)]
struct NextChangeJson<'a> {
    at: String,
    changes: Vec<ShiftJson<'a>>,
}

/// One shift in `--format json`. `collection` is `notices` for notices; `place` is a path in
/// addresses, empty for the root; `change` is a name of `Effect`.
#[derive(Serialize)]
struct ShiftJson<'a> {
    collection: &'a str,
    place: &'a str,
    change: &'static str,
    count: usize,
}

/// The output of `--format json`, with a line end.
fn in_json(change: &NextChange<'_>) -> Result<String, Failure> {
    let portal = &change.site.portal;
    let entry = |shift: &Shift| ShiftJson {
        collection: shift.collection.map_or("notices", |it| &portal.collections().get(it).name),
        place: &portal.place(shift.place).path,
        change: shift.effect.name(),
        count: shift.count,
    };
    let changes = change.shifts.iter().map(entry).collect();
    let report = NextChangeJson { at: moment(change), changes };
    Ok(format!("{}\n", serde_json::to_string_pretty(&report)?))
}
