//! The command line's help in the reader's language.

use std::ffi::OsString;

use clap::Command;

use crate::diagnostic::{Language, Messages};

/// The language that is asked for, before the command line is read: `--lang`, then `LC_ALL`,
/// `LC_MESSAGES` and `LANG` where they name one, then Chinese.
pub(super) fn language(args: &[OsString]) -> Language {
    let words: Vec<_> = args.iter().map(|it| it.to_string_lossy()).collect();
    let following = words.iter().zip(words.iter().skip(1)).find(|(it, _)| *it == "--lang");
    let joined = words.iter().find_map(|it| it.strip_prefix("--lang="));
    let asked = following.map(|(_, it)| &**it).or(joined).and_then(|it| it.parse().ok());
    let system = || {
        let mut set =
            ["LC_ALL", "LC_MESSAGES", "LANG"].iter().filter_map(|it| std::env::var(it).ok());
        set.find_map(|it| it.parse().ok())
    };
    asked.or_else(system).unwrap_or_default()
}

/// Puts the help of every command and option into the language of the messages. What has no words
/// there keeps its English ones.
pub(super) fn command(command: Command, messages: &Messages) -> Command {
    let words = |id: String| Some(messages.text(&id, &[])).filter(|it| *it != id);
    let id = format!("command-{}", command.get_name());
    let mut command = match words(id) {
        Some(about) => command.about(about.clone()).long_about(about),
        None => command,
    };
    let args: Vec<String> = command.get_arguments().map(|it| it.get_id().to_string()).collect();
    for arg in args {
        if let Some(help) = words(format!("option-{}", arg.replace('_', "-"))) {
            command = command.mut_arg(arg, |it| it.help(help.clone()).long_help(help));
        }
    }
    let names: Vec<String> = command.get_subcommands().map(|it| it.get_name().to_owned()).collect();
    for name in names {
        command = command.mut_subcommand(name, |it| self::command(it, messages));
    }
    command
}
