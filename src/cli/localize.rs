//! The command line's help in the reader's language.
//!
//! `clap` knows one language, and writes its headings itself. So the language is found before the
//! arguments are parsed, and every text of the parsed form is replaced: descriptions by `command-…`
//! and `option-…`, headings by `help-…`. Errors of usage are in `usage.rs`.

use std::ffi::OsString;

use clap::{Arg, ArgAction, Command};

use crate::diagnostic::{Language, Messages};

/// The requested language, before the command line is read: `--lang`, then `LC_ALL`,
/// `LC_MESSAGES` and `LANG` where they name one, then Chinese.
///
/// `args` are all words of the command line. `--lang en` and `--lang=en` count wherever they stand.
/// A language that Linli does not speak is passed over here, so that the error for `--lang fr` can
/// be shown in some language; a system set to `C` or `fr_FR` gets Chinese.
pub(super) fn language(args: &[OsString]) -> Language {
    let words: Vec<_> = args.iter().map(|it| it.to_string_lossy()).collect();
    let following = words.iter().zip(words.iter().skip(1)).find(|(it, _)| *it == "--lang");
    let joined = words.iter().find_map(|word| word.strip_prefix("--lang="));
    let requested = following.map(|(_, it)| &**it).or(joined).and_then(|it| it.parse().ok());
    let system = || {
        let mut set =
            ["LC_ALL", "LC_MESSAGES", "LANG"].iter().filter_map(|it| std::env::var(it).ok());
        set.find_map(|it| it.parse().ok())
    };
    requested.or_else(system).unwrap_or_default()
}

/// Puts the help of every command and option into the language of the messages. What has no words
/// there keeps its English ones. Called for the program, then by itself for each subcommand. The
/// flags for help and version are made anew, since `clap` offers no other way to translate theirs;
/// `help` as a subcommand is switched off. Manual pages and completions are made from the result.
pub(super) fn command(command: Command, messages: &Messages) -> Command {
    let words = |id: &str| Some(messages.text(id, &[])).filter(|it| it != id);
    let heading = |id: &str| messages.text(id, &[]);
    let help = Arg::new("help").short('h').long("help").action(ArgAction::Help);
    let mut command = command
        .disable_help_flag(true)
        .disable_help_subcommand(true)
        .arg(help.help(heading("option-help")))
        .subcommand_help_heading(heading("help-commands"))
        .help_template(format!(
            "{{about}}\n\n{}: {{usage}}\n\n{{all-args}}",
            heading("help-usage")
        ));
    if command.get_version().is_some() {
        let version = Arg::new("version").short('V').long("version").action(ArgAction::Version);
        command = command.disable_version_flag(true).arg(version.help(heading("option-version")));
    }
    if let Some(about) = words(&format!("command-{}", command.get_name())) {
        command = command.about(about.clone()).long_about(about);
    }
    let args: Vec<_> =
        command.get_arguments().map(|it| (it.get_id().to_string(), it.is_positional())).collect();
    for (arg, positional) in args {
        let group = heading(if positional { "help-arguments" } else { "help-options" });
        let help = words(&format!("option-{}", arg.replace('_', "-")));
        command = command.mut_arg(arg, |arg| {
            let arg = arg.help_heading(group);
            match help {
                Some(help) => arg.help(help.clone()).long_help(help),
                None => arg,
            }
        });
    }
    let names: Vec<String> = command.get_subcommands().map(|it| it.get_name().to_owned()).collect();
    for name in names {
        command = command.mut_subcommand(name, |it| self::command(it, messages));
    }
    command
}
