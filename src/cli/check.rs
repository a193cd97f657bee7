//! `linli check`: all mistakes of a site, without writing anything.
//!
//! Pages are rendered as in a build, since mistakes in links, images and templates show only there;
//! the cache is neither read nor written. So it takes about as long as a first build, less the
//! writing.
//!
//! | `--format` | written to | form |
//! | --- | --- | --- |
//! | `human` | standard error | with the line of the file, and a last line with counts |
//! | `json` | standard output | `tests/formats/diagnostics-1.json` describes it |
//! | `sarif` | standard output | SARIF 2.1.0, for code scanning |
//! | `github` | standard output | workflow commands, one a line |
//!
//! All formats have the same diagnostics in the same order, and the same exit status: 1 with an
//! error, 0 with warnings alone.

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

/// Reports all mistakes. With `--hidden` there is a note for each record and notice that is not
/// posted; notes change no exit status. The line with counts is left out with `--quiet`.
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
