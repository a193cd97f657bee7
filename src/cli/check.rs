//! `linli check`.

use clap::{Args, ValueEnum};

use crate::{
    build,
    cli::{
        context::{AsOf, Context, Failure, Outcome, eprint_line, print},
        progress::Bar,
        report::{self, outcome},
    },
    diagnostic::{self, Checked},
};

#[derive(Debug, Args)]
pub(super) struct Options {
    #[command(flatten)]
    moment: AsOf,
    /// How mistakes are written
    #[arg(long, value_enum, default_value_t = CheckFormat::Human)]
    format: CheckFormat,
    /// Tell of every record and notice that is not posted, too
    #[arg(long)]
    hidden: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum CheckFormat {
    /// For people
    Human,
    /// For programs
    Json,
    /// For code scanning
    Sarif,
    /// For annotations in GitHub Actions
    Github,
}

/// Reports all mistakes.
pub(super) fn run(context: &Context, options: &Options) -> Result<Outcome, Failure> {
    let opened = context.open(&options.moment, None)?;
    let bar = Bar::new(context.global.quiet);
    let checked = build::check_with(&opened.world, &opened.settings, &bar);
    bar.finish();
    let Checked { value: site, mut diagnostics } = checked;
    if options.hidden {
        diagnostics.extend(site.portal.withheld().iter().map(report::hidden));
    }
    diagnostic::sort(&mut diagnostics);
    let outcome = outcome(&diagnostics);
    let render = match options.format {
        CheckFormat::Human => {
            let counted = report::human(context, &mut diagnostics)?;
            if !context.global.quiet {
                let counts = [counted.errors, counted.warnings, site.plan.count];
                let [errors, warnings, pages] = counts.map(Into::into);
                let said = [("pages", pages), ("errors", errors), ("warnings", warnings)];
                eprint_line(&context.messages.text("checked", &said));
            }
            return Ok(outcome);
        }
        CheckFormat::Json => diagnostic::json::render,
        CheckFormat::Sarif => diagnostic::sarif::render,
        CheckFormat::Github => diagnostic::github::render,
    };
    let mut out = Vec::new();
    render(&diagnostics, &context.messages, &mut out)?;
    print(&out)?;
    Ok(outcome)
}
