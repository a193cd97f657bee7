//! Diagnostics for the person at the terminal.

use jiff::civil::{DateTime, Time};

use crate::{
    build::{self, BuildState},
    cli::{
        context::{Context, Failure, OpenedSite, Outcome},
        terminal::{self, PrintForm, eprint_line},
    },
    diagnostic::{self, Code, Diagnostic, Severity, human},
    disclosure::{Withheld, WithheldReason},
    source::{self, Disk, Tree},
};

/// Quoted lines longer than this are cut around the place that is meant.
const WIDTH: usize = 100;

/// How many diagnostics there were. Notes are not counted.
pub(super) struct Counted {
    pub(super) errors: usize,
    pub(super) warnings: usize,
}

/// The last day before a moment, or the moment itself if it lies within a day. People write and
/// read ends as days: until `2026-03-06 00:00` is `2026-03-05`, until `2026-03-06 12:00` is that.
pub(super) fn last(moment: DateTime) -> String {
    match moment.date().yesterday() {
        Ok(day) if moment.time() == Time::midnight() => day.to_string(),
        _ => moment.strftime("%Y-%m-%d %H:%M").to_string(),
    }
}

/// A record or notice that is not posted, as a diagnostic. For `linli check --hidden`. `moment` is
/// when it will be posted, when that ended or since when it is withdrawn; empty for a draft.
pub(super) fn hidden(withheld: &Withheld) -> Diagnostic {
    let moment = match withheld.why {
        WithheldReason::Draft => String::new(),
        WithheldReason::Early(moment) => moment.strftime("%Y-%m-%d %H:%M").to_string(),
        WithheldReason::Over(moment) => last(moment),
        WithheldReason::Withdrawn(day) => day.to_string(),
    };
    Diagnostic::note(Code::Hidden, withheld.location.clone())
        .arg("reason", withheld.why.name())
        .arg("moment", moment)
}

/// Sorts diagnostics and prints them to standard error. With `--quiet` these are the errors, and the
/// warnings only if they are `denied`.
pub(super) fn human(
    context: &Context,
    diagnostics: &mut Vec<Diagnostic>,
    denied: bool,
) -> Result<Counted, Failure> {
    diagnostic::sort(diagnostics);
    if context.global.show_values {
        // A log is read by others than the file.
        if terminal::is_attended() {
            show_values(context, diagnostics)?;
        } else {
            eprint_line(&context.say("no-values", &[]));
        }
    }
    let least = match (context.global.quiet, denied) {
        (false, _) => Severity::Note,
        (true, true) => Severity::Warning,
        (true, false) => Severity::Error,
    };
    let shown = diagnostics.partition_point(|it| it.severity <= least);
    let shown = &diagnostics[..shown];
    let form = terminal::diagnostics_form();
    let style = human::TerminalStyle { colour: form == PrintForm::Painted, width: WIDTH };
    let mut out = Vec::new();
    human::render(shown, &context.messages, style, &mut out)?;
    terminal::eprint(&String::from_utf8_lossy(&out), form)?;
    let concealed = |diagnostic: &Diagnostic| {
        diagnostic.location.quote.as_ref().is_some_and(|quote| quote.contains("**"))
    };
    let is_attended = terminal::is_attended() && !context.global.quiet;
    if is_attended && !context.global.show_values && shown.iter().any(concealed) {
        eprint_line(&context.say("values-concealed", &[]));
    }
    let (errors, warnings) = diagnostic::count(diagnostics);
    Ok(Counted { errors, warnings })
}

/// Says how often each code is there, and how to be told more of the first. Nothing without any, or
/// with `--quiet`.
pub(super) fn by_code(context: &Context, diagnostics: &[Diagnostic]) {
    let counts = diagnostic::by_code(diagnostics);
    let Some((first, _)) = counts.first().filter(|_| !context.global.quiet) else { return };
    let said = counts.iter().map(|(code, count)| {
        context.say("code-count", &[("code", code.name()), ("count", &count.to_string())])
    });
    let codes = said.collect::<Vec<_>>().join(&context.say("comma", &[]));
    eprint_line(&context.say("by-code", &[("codes", &codes), ("first", first.name())]));
}

/// Quotes the lines as they are written now. A file that cannot be read any more keeps its stars.
fn show_values(context: &Context, diagnostics: &mut [Diagnostic]) -> Result<(), Failure> {
    let world = Disk::new(&context.global.site)?;
    for diagnostic in diagnostics {
        for place in diagnostic.places_mut() {
            let range = place.range.filter(|_| place.quote.is_some());
            let text = range.and_then(|_| source::read(&world, &place.file).value);
            if let (Some(range), Some(text)) = (range, text) {
                place.quote = text.at(range.start).quote;
            }
        }
    }
    Ok(())
}

/// The errors of the content as a build finds them, without those of pages.
pub(super) fn content_errors(opened: &OpenedSite) -> Vec<Diagnostic> {
    let tree = Tree::take(&opened.world);
    let site = build::update(&opened.world, tree, &opened.settings, &mut BuildState::default());
    let mut diagnostics = site.diagnostics;
    diagnostics.retain(|diagnostic| diagnostic.severity == Severity::Error);
    diagnostics
}

/// The outcome of a command that found these. An error of the program goes before errors of the
/// content: who sees it should report it, not search the content. Notes leave it at `Done`, and so do
/// warnings if they are not `denied`.
pub(super) fn outcome(diagnostics: &[Diagnostic], denied: bool) -> Outcome {
    let (errors, warnings) = diagnostic::count(diagnostics);
    let is_internal = |diagnostic: &Diagnostic| diagnostic.code == Code::Internal;
    if diagnostics.iter().any(is_internal) {
        Outcome::Internal
    } else if errors > 0 || denied && warnings > 0 {
        Outcome::Wrong
    } else {
        Outcome::Done
    }
}

#[cfg(test)]
mod tests;
