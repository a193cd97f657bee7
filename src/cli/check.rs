//! `linli check`.

use clap::{Args, ValueEnum};

use crate::{
    cli::{AsOf, Context, Failure, Outcome, print, progress::Progress, report, tell},
    diagnostic,
};

#[derive(Debug, Args)]
pub(super) struct Options {
    #[command(flatten)]
    moment: AsOf,
    /// How mistakes are written
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
    /// Tell of every record and notice that is not posted, too
    #[arg(long)]
    hidden: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people
    Human,
    /// For programs
    Json,
    /// For code scanning
    Sarif,
    /// For annotations in GitHub Actions
    Github,
}

/// Tells of all mistakes.
pub(super) fn run(context: &Context, options: &Options) -> Result<Outcome, Failure> {
    let opened = context.open(&options.moment, None)?;
    let mut diagnostics = opened.diagnostics;
    let site = crate::read(&opened.world, opened.config, &opened.clock);
    let mut site = site.report(&mut diagnostics);
    let progress = Progress::new(site.plan.count, context.global.quiet);
    let told = crate::render(&opened.world, &mut site, |_, _| {
        progress.step();
        Ok::<_, Failure>(())
    })?;
    progress.finish();
    diagnostics.extend(told);
    if options.hidden {
        diagnostics.extend(site.portal.withheld().iter().map(report::hidden));
    }
    diagnostic::sort(&mut diagnostics);
    let (errors, _) = diagnostic::count(&diagnostics);
    let render = match options.format {
        Format::Human => {
            let told = report::human(context, &mut diagnostics)?;
            if !context.global.quiet {
                let (errors, warnings) = (told.errors.to_string(), told.warnings.to_string());
                let pages = site.plan.count.to_string();
                let said = [("pages", &*pages), ("errors", &errors), ("warnings", &warnings)];
                tell(&context.say("checked", &said));
            }
            return Ok(outcome(errors));
        }
        Format::Json => diagnostic::json::render,
        Format::Sarif => diagnostic::sarif::render,
        Format::Github => diagnostic::github::render,
    };
    let mut out = Vec::new();
    render(&diagnostics, &context.messages, &mut out)?;
    print(&out)?;
    Ok(outcome(errors))
}

pub(super) fn outcome(errors: usize) -> Outcome {
    if errors > 0 { Outcome::Wrong } else { Outcome::Done }
}
