//! What is wrong with a command line, in the reader's language.
//!
//! `clap` says it in English. Its errors have a kind and the words that they are about, of which
//! sentences are made here: `usage-…` in `diagnostic/messages/cli-*.ftl`.
//!
//! ```text
//! linli: 没有“--fress”这个选项。是不是 --fresh？
//! 用法：linli build [OPTIONS]
//! ```

use clap::error::{ContextKind, ContextValue, ErrorKind};

use crate::diagnostic::Messages;

/// The sentences about an error of usage; nothing for help, which `clap` returns as an error, too,
/// and for what it has no kind of.
pub(super) fn told(error: &clap::Error, messages: &Messages) -> Option<String> {
    let said = Said { error, messages };
    let what = match error.kind() {
        ErrorKind::InvalidValue => said.bad_value(),
        ErrorKind::ValueValidation => {
            said.say("usage-bad-value", &[ContextKind::InvalidArg, ContextKind::InvalidValue])
        }
        ErrorKind::UnknownArgument => {
            said.near("usage-no-option", ContextKind::InvalidArg, ContextKind::SuggestedArg)
        }
        ErrorKind::InvalidSubcommand => said.near(
            "usage-no-command",
            ContextKind::InvalidSubcommand,
            ContextKind::SuggestedSubcommand,
        ),
        ErrorKind::ArgumentConflict => {
            said.say("usage-conflict", &[ContextKind::InvalidArg, ContextKind::PriorArg])
        }
        ErrorKind::MissingRequiredArgument => said.say("usage-missing", &[ContextKind::InvalidArg]),
        ErrorKind::TooManyValues
        | ErrorKind::TooFewValues
        | ErrorKind::WrongNumberOfValues
        | ErrorKind::NoEquals => said.say("usage-values", &[ContextKind::InvalidArg]),
        _ => return None,
    };
    let more = messages.text("usage-help", &[("usage", said.usage().into())]);
    Some(format!("linli: {what}\n{more}\n"))
}

/// An error, and the language in which it is told.
struct Said<'e> {
    error: &'e clap::Error,
    messages: &'e Messages,
}

impl Said<'_> {
    /// What the error has of a kind, separated by blanks; empty if it has nothing.
    fn word(&self, kind: ContextKind) -> String {
        match self.error.get(kind) {
            Some(ContextValue::String(word)) => word.clone(),
            Some(ContextValue::Strings(words)) => words.join(" "),
            Some(ContextValue::StyledStr(text)) => text.to_string(),
            Some(ContextValue::Number(number)) => number.to_string(),
            _ => String::new(),
        }
    }

    /// A sentence with an option or command, `name`, and with a further word, `other`.
    fn say(&self, id: &str, kinds: &[ContextKind]) -> String {
        let word = |index: usize| kinds.get(index).map_or_else(String::new, |it| self.word(*it));
        self.messages.text(id, &[("name", word(0).into()), ("other", word(1).into())])
    }

    /// The same, with the nearest word if there is one: its id ends with `-near` then. `clap` has the
    /// nearest of several last.
    fn near(&self, id: &str, what: ContextKind, near: ContextKind) -> String {
        let name = self.word(what);
        match self.word(near).rsplit(' ').next().filter(|it| !it.is_empty()) {
            None => self.messages.text(id, &[("name", name.into())]),
            Some(near) => {
                let said = [("name", name.into()), ("other", near.to_owned().into())];
                self.messages.text(&format!("{id}-near"), &said)
            }
        }
    }

    /// A value that is none of those that an option takes, or no value at all.
    fn bad_value(&self) -> String {
        if self.word(ContextKind::InvalidValue).is_empty() {
            return self.say("usage-values", &[ContextKind::InvalidArg]);
        }
        let known = self.word(ContextKind::ValidValue);
        let bad =
            self.say("usage-bad-value", &[ContextKind::InvalidArg, ContextKind::InvalidValue]);
        if known.is_empty() {
            return bad;
        }
        bad + &self.messages.text("usage-known", &[("known", known.into())])
    }

    /// How the command is used, on one line, without the word for that.
    fn usage(&self) -> String {
        let usage = self.word(ContextKind::Usage);
        let usage = usage.trim().trim_start_matches("Usage:").trim();
        if usage.is_empty() { "linli --help".to_owned() } else { usage.to_owned() }
    }
}
