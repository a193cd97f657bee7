//! The only way out for what the program says.
//!
//! Names of files, places and collections, arguments, and the words of the system may hold anything:
//! a command to the terminal that hides what was printed before, a mark that turns a line round, a
//! line end that makes one line look like two. So all printing passes [`clean`], whatever command
//! and format it is of, and logs can be read by a person and by programs.
//!
//! | form | control and unseen characters | line ends |
//! | --- | --- | --- |
//! | [`PrintForm::Line`] | a sign for each | a blank |
//! | [`PrintForm::Text`] | a sign for each | stay |
//! | [`PrintForm::Painted`] | a sign for each, but colours stay | stay |
//! | [`PrintForm::Json`] | `\u202e` | stay: within texts they are escaped already |

use std::{
    borrow::Cow,
    io::{self, BufRead as _, IsTerminal as _, Write as _},
};

use crate::{
    cli::{context::Failure, usage},
    diagnostic::Messages,
    text::characters::{self, visible},
};

/// How a text is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PrintForm {
    /// One line, whatever it holds.
    Line,
    /// Lines.
    Text,
    /// Lines with ANSI colours, which the program put there itself.
    Painted,
    /// JSON.
    Json,
}

/// Writes the result of a command to standard output. A reader that has had enough of it (`| head`)
/// is no failure. Any other failure, a full disk behind `>` for example, is one of the run.
pub(super) fn print(text: &str, form: PrintForm) -> Result<(), Failure> {
    written(io::stdout().lock().write_all(clean(text, form).as_bytes()))
}

/// Writes a calendar to standard output. Its lines end with CR and LF, as every reader of calendars
/// wants them.
pub(super) fn print_calendar(text: &str) -> Result<(), Failure> {
    let lines = text.split("\r\n").map(|line| clean(line, PrintForm::Text).into_owned());
    written(io::stdout().lock().write_all(lines.collect::<Vec<_>>().join("\r\n").as_bytes()))
}

/// Writes lines to standard output. Each stays one line.
pub(super) fn print_lines<'t>(lines: impl IntoIterator<Item = &'t str>) -> Result<(), Failure> {
    let lines = lines.into_iter().map(|line| format!("{}\n", clean(line, PrintForm::Line)));
    print(&lines.collect::<String>(), PrintForm::Text)
}

/// Writes a text to standard error. A closed pipe is no failure.
pub(super) fn eprint(text: &str, form: PrintForm) -> Result<(), Failure> {
    written(io::stderr().lock().write_all(clean(text, form).as_bytes()))
}

/// Writes a line to standard error. An error of writing is ignored: it could not be reported.
pub(super) fn eprint_line(line: &str) {
    let _ = writeln!(io::stderr(), "{}", clean(line, PrintForm::Line));
}

/// Whether standard error is a terminal, at which somebody sits.
pub(super) fn is_attended() -> bool {
    io::stderr().is_terminal()
}

/// Asks a question with the answers yes and no. No, if nobody sits at a terminal to answer it.
pub(super) fn is_confirmed(question: &str) -> bool {
    if !is_attended() || !io::stdin().is_terminal() {
        return false;
    }
    let _ = write!(io::stderr(), "{} ", clean(question, PrintForm::Line));
    let mut answer = String::new();
    let is_read = io::stdin().lock().read_line(&mut answer).is_ok();
    is_read && matches!(answer.trim().to_lowercase().as_str(), "y" | "yes" | "是" | "好")
}

/// Shows a line until somebody presses Enter, so that a window stays open that long.
pub(super) fn wait_for_enter(line: &str) {
    eprint_line(line);
    let _ = io::stdin().lock().read_line(&mut String::new());
}

/// The form of texts on standard error: in colour on a terminal, unless `NO_COLOR` is set, be it to
/// an empty value.
pub(super) fn diagnostics_form() -> PrintForm {
    let colour = is_attended() && std::env::var_os("NO_COLOR").is_none();
    if colour { PrintForm::Painted } else { PrintForm::Text }
}

/// Prints help, or what is wrong with the arguments, where each belongs; help in colour on a
/// terminal.
pub(super) fn print_usage(error: &clap::Error, messages: &Messages) {
    if let Some(told) = usage::told(error, messages) {
        // A failure could not be reported.
        let _ = eprint(&told, PrintForm::Text);
        return;
    }
    let text = error.render();
    let is_terminal = if error.use_stderr() { is_attended() } else { io::stdout().is_terminal() };
    let (text, form) = if is_terminal && std::env::var_os("NO_COLOR").is_none() {
        (text.ansi().to_string(), PrintForm::Painted)
    } else {
        (text.to_string(), PrintForm::Text)
    };
    // A failure could not be reported.
    let _ = if error.use_stderr() { eprint(&text, form) } else { print(&text, form) };
}

fn written(result: io::Result<()>) -> Result<(), Failure> {
    match result {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(error.into()),
        _ => Ok(()),
    }
}

/// A text as it may be printed. Nearly all texts are that already, and are borrowed.
fn clean(text: &str, form: PrintForm) -> Cow<'_, str> {
    let is_clean = |it: char| visible(it) == it || it == '\n' && form != PrintForm::Line;
    if text.chars().all(is_clean) {
        return Cow::Borrowed(text);
    }
    let (mut out, mut rest) = (String::with_capacity(text.len()), text);
    while let Some(character) = rest.chars().next() {
        let mut length = character.len_utf8();
        match (form, character) {
            (PrintForm::Line, _) => out.push_str(&characters::one_line(&rest[..length])),
            (_, '\n' | '\t') => out.push(character),
            (PrintForm::Json, it) if visible(it) != it => {
                let mut units = [0; 2];
                let units = it.encode_utf16(&mut units);
                out.extend(units.iter().map(|unit| format!("\\u{unit:04x}")));
            }
            (PrintForm::Painted, '\x1b') if colour(rest).is_some() => {
                length = colour(rest).unwrap_or(length);
                out.push_str(&rest[..length]);
            }
            (_, it) => out.push(visible(it)),
        }
        rest = &rest[length..];
    }
    Cow::Owned(out)
}

/// The length of the ANSI sequence for a colour with which a text begins: `ESC[1;31m`.
fn colour(text: &str) -> Option<usize> {
    let parameters = text.strip_prefix("\x1b[")?;
    let end = parameters.find(|it: char| !it.is_ascii_digit() && it != ';')?;
    parameters[end..].starts_with('m').then_some("\x1b[".len() + end + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_steers_what_is_printed() {
        let text = "a\x1b[2J\x1b[31m\r\n\u{9b}\u{202e}王\u{200b}\u{e0041}☎️\tb";
        for (form, expected) in [
            (PrintForm::Line, "a␛[2J␛[31m  ��王��☎️ b"),
            (PrintForm::Text, "a␛[2J␛[31m␍\n��王��☎️\tb"),
            (PrintForm::Painted, "a␛[2J\x1b[31m␍\n��王��☎️\tb"),
            (
                PrintForm::Json,
                "a\\u001b[2J\\u001b[31m\\u000d\n\\u009b\\u202e王\\u200b\\udb40\\udc41☎️\tb",
            ),
        ] {
            assert_eq!(clean(text, form), expected, "{form:?}");
        }
        assert!(matches!(clean("王\n“a”☎️", PrintForm::Text), Cow::Borrowed(_)));
    }

    #[test]
    fn what_json_says_stays_the_same() {
        let value = serde_json::json!({ "a\u{7f}": "\u{202e}\u{9b}\x1b\n王" });
        let text = serde_json::to_string_pretty(&value).unwrap();
        let printed = clean(&text, PrintForm::Json);
        assert!(!printed.contains(['\u{7f}', '\u{202e}', '\u{9b}', '\x1b']));
        assert_eq!(serde_json::from_str::<serde_json::Value>(&printed).unwrap(), value);
    }
}
