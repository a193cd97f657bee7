//! `linli check`: all mistakes of a site, without writing anything.
//!
//! Pages are rendered as in a build, since mistakes in links, images and templates show only there;
//! the cache is neither read nor written. So it takes about as long as a first build, less the
//! writing.
//!
//! | `--format` | written to | form |
//! | --- | --- | --- |
//! | `human` | standard error | with the line of the file, and a last line with counts |
//! | `json` | standard output | `tests/formats/diagnostics-2.json` describes it |
//! | `sarif` | standard output | SARIF 2.1.0, for code scanning |
//! | `github` | standard output | workflow commands, one a line |
//!
//! All formats have the same diagnostics in the same order, errors first, and the same exit status: 1
//! with an error, 0 with warnings alone, unless `--deny-warnings`. The human one shows what says the
//! same of one file once; the others name files from where the command runs (`base.rs`).
//!
//! `--external` asks for the pages of other sites that pages link to (`external.rs`). Without a network
//! it fails after what is wrong with the content was told.
//!
//! `--against` compares the columns of the data with those of an earlier release.
//!
//! `--fix` mends what is certain (`fix.rs`).
//!
//! `--output` looks at what is published, not at the content: every file of the output folder is
//! compared with the manifest, byte for byte.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use crate::{
    artifact,
    build::{self, Observer},
    cli::{
        base::Base,
        context::{AsOf, Context, Failure, Outcome},
        external::{self, Links},
        fix,
        progress::Bar,
        report::{self, Counted, outcome},
        terminal::{PrintForm, eprint_line, print},
    },
    diagnostic::{self, Checked, Code, Diagnostic, Location, Messages},
    disclosure::Portal,
    output::{self, Difference, DifferenceKind},
    source::{SitePath, open},
};

#[derive(Debug, Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is an option that one may give")]
pub(super) struct Options {
    #[command(flatten)]
    moment: AsOf,
    /// How mistakes are written
    #[arg(long, value_enum, default_value_t = CheckFormat::Human)]
    format: CheckFormat,
    /// Tell of every record and notice that is not posted, too
    #[arg(long)]
    hidden: bool,
    /// Ask whether links to other sites still work; nothing else uses the network
    #[arg(long)]
    external: bool,
    /// Tell of columns of the data that are gone or stand elsewhere than in this datapackage.json of
    /// an earlier release
    #[arg(long, value_name = "FILE")]
    against: Option<PathBuf>,
    /// Warnings do not pass either: end with 1
    #[arg(long)]
    deny_warnings: bool,
    /// Mend what can mean one thing only, such as full-width colons and names with one wrong letter:
    /// every changed line is shown first
    #[arg(long, conflicts_with_all = ["format", "hidden", "external", "against", "output"])]
    fix: bool,
    /// With --fix: write what is shown, without asking
    #[arg(long, requires = "fix")]
    yes: bool,
    /// Compare what is published with its manifest, instead of checking the content; `public` in
    /// the site's folder if no folder is given
    #[arg(
        long,
        value_name = "DIR",
        num_args = 0..=1,
        conflicts_with_all = ["hidden", "external", "against", "as_of"]
    )]
    #[expect(clippy::option_option, reason = "the option may stand without a folder")]
    output: Option<Option<PathBuf>>,
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

impl CheckFormat {
    /// From where files are named; `None` for people, who are in the site's folder mostly.
    fn base(self, site: &Path) -> Result<Option<Base>, Failure> {
        let workspace = std::env::var_os("GITHUB_WORKSPACE");
        let workspace = match self {
            Self::Human => return Ok(None),
            Self::Json => None,
            Self::Sarif | Self::Github => workspace.as_deref().filter(|it| !it.is_empty()),
        };
        Ok(Some(Base::new(site, workspace)?))
    }
}

/// Writes diagnostics in a format for machines.
type Render = fn(&[Diagnostic], &Messages, &mut dyn std::io::Write) -> std::io::Result<()>;

/// Reports all mistakes. With `--hidden` there is a note for each record and notice that is not
/// posted; notes change no exit status. The line with counts is left out with `--quiet`.
pub(super) fn run(context: &Context, options: &Options) -> Result<Outcome, Failure> {
    if options.fix {
        return fix::run(context, &options.moment, options.yes);
    }
    if let Some(out) = &options.output {
        return published(context, out.as_deref(), options);
    }
    let opened = context.open(&options.moment, None)?;
    let bar = Bar::new(context.global.quiet);
    let web = if options.external { Some(external::web(context)?) } else { None };
    let links = Links::new(&bar);
    let observer: &dyn Observer = if options.external { &links } else { &bar };
    let checked = build::check_with(&opened.world, &opened.settings, observer);
    bar.finish();
    let Checked { value: site, mut diagnostics } = checked;
    if options.hidden {
        diagnostics.extend(site.portal.withheld().iter().map(report::hidden));
    }
    if let Some(package) = &options.against {
        diagnostics.extend(against(context, package, &site.portal)?);
    }
    let asked = web.map(|web| external::check(context, &opened, links, &*web));
    // What is wrong with the content is told though nothing was reached.
    let failure = match asked.transpose() {
        Ok(told) => {
            diagnostics.extend(told.unwrap_or_default());
            None
        }
        Err(failure) => Some(failure),
    };
    let pages = site.plan.count;
    if let Some(base) = options.format.base(&context.global.site)? {
        base.rename(&context.global.site, &mut diagnostics)?;
    }
    let outcome = write(context, options, diagnostics, |counted| {
        let counts = [counted.errors, counted.warnings, pages];
        let [errors, warnings, pages] = counts.map(Into::into);
        let said = [("pages", pages), ("errors", errors), ("warnings", warnings)];
        context.messages.text("checked", &said)
    })?;
    failure.map_or(Ok(outcome), Err)
}

/// Reports columns that are not as in the package of an earlier release. A file that is no package is
/// a failure.
fn against(
    context: &Context,
    package: &Path,
    portal: &Portal<'_>,
) -> Result<Vec<Diagnostic>, Failure> {
    let bytes = open::read_file(package).map_err(Failure::at(package))?;
    artifact::changed_columns(&bytes, portal).ok_or_else(|| {
        Failure::Said(context.say("no-package", &[("file", &package.display().to_string())]))
    })
}

/// Reports what of an output folder is not as it was published. Without one it is `public` in the
/// site's folder. A folder that has no manifest is a failure: nothing was published there.
fn published(context: &Context, out: Option<&Path>, options: &Options) -> Result<Outcome, Failure> {
    let site = &context.global.site;
    let out = out.map_or_else(|| site.join("public"), Path::to_owned);
    let audit = output::audit(&out)?;
    // People are shown files from the site's folder, if they are in it.
    let inside = |site: PathBuf| Some(out.canonicalize().ok()?.strip_prefix(site).ok()?.to_owned());
    let shown = match options.format.base(site)? {
        Some(base) => base.shown(&out)?,
        None => {
            let shown = site.canonicalize().ok().and_then(inside).unwrap_or_else(|| out.clone());
            shown.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/")
        }
    };
    let differs = |Difference { path, kind }: Difference| {
        let kind = match kind {
            DifferenceKind::Missing => "missing",
            DifferenceKind::Changed => "changed",
            DifferenceKind::Extra => "extra",
        };
        let file = SitePath::new(&shown).join(path.as_str());
        Diagnostic::error(Code::OutputDiffers, Location::file(file)).arg("kind", kind).help(kind)
    };
    let diagnostics = audit.differences.into_iter().map(differs).collect();
    write(context, options, diagnostics, |counted| {
        let said = [("files", audit.files.into()), ("errors", counted.errors.into())];
        context.messages.text("compared", &said)
    })
}

/// Writes diagnostics in a format. `last` is the line that ends the one for people.
fn write(
    context: &Context,
    options: &Options,
    mut diagnostics: Vec<Diagnostic>,
    last: impl Fn(Counted) -> String,
) -> Result<Outcome, Failure> {
    diagnostic::sort(&mut diagnostics);
    let outcome = outcome(&diagnostics, options.deny_warnings);
    let (render, form): (Render, _) = match options.format {
        CheckFormat::Human => {
            let counted = report::human(context, &mut diagnostics, options.deny_warnings)?;
            if !context.global.quiet {
                eprint_line(&last(counted));
            }
            report::by_code(context, &diagnostics);
            let fixes = diagnostics.iter().filter(|it| !it.fix.is_empty()).count();
            if fixes > 0 && !context.global.quiet {
                eprint_line(&context.say_count("fix-hint", "count", fixes));
            }
            return Ok(outcome);
        }
        CheckFormat::Json => (diagnostic::json::render, PrintForm::Json),
        CheckFormat::Sarif => (diagnostic::sarif::render, PrintForm::Json),
        CheckFormat::Github => (diagnostic::github::render, PrintForm::Text),
    };
    let mut out = Vec::new();
    render(&diagnostics, &context.messages, &mut out)?;
    print(&String::from_utf8_lossy(&out), form)?;
    Ok(outcome)
}
