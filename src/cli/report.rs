//! Diagnostics for the person at the terminal.

use std::io::{self, IsTerminal as _, Write as _};

use jiff::civil::{DateTime, Time};

use crate::{
    cli::context::{Context, Failure, Outcome},
    diagnostic::{self, Code, Diagnostic, human},
    disclosure::{Withheld, WithheldReason},
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

/// Sorts diagnostics and prints them to standard error. In colour on a terminal, unless `NO_COLOR`
/// is set, be it to an empty value. A closed pipe is no failure.
pub(super) fn human(
    context: &Context,
    diagnostics: &mut Vec<Diagnostic>,
) -> Result<Counted, Failure> {
    diagnostic::sort(diagnostics);
    let mut out = io::BufWriter::new(io::stderr().lock());
    let colour = io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none();
    let style = human::TerminalStyle { colour, width: WIDTH };
    let written = human::render(diagnostics, &context.messages, style, &mut out);
    match written.and_then(|()| out.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => return Err(error.into()),
        _ => {}
    }
    let (errors, warnings) = diagnostic::count(diagnostics);
    Ok(Counted { errors, warnings })
}

/// The outcome of a command that found these. An error of the program goes before errors of the
/// content: who sees it should report it, not search the content. Warnings and notes leave it at
/// `Done`.
pub(super) fn outcome(diagnostics: &[Diagnostic]) -> Outcome {
    let is_internal = |diagnostic: &Diagnostic| diagnostic.code == Code::Internal;
    if diagnostics.iter().any(is_internal) {
        Outcome::Internal
    } else if diagnostic::count(diagnostics).0 > 0 {
        Outcome::Wrong
    } else {
        Outcome::Done
    }
}

#[cfg(test)]
mod tests;
