//! The commands, and what they take.
//!
//! The comments on these types and their fields are the English help: `clap` takes them from here,
//! and `localize` puts the words of `diagnostic/messages/` in their place, by the ids
//! `command-build` and `option-as-of`. So a comment here is a sentence for users, and what
//! programmers should know stands in the file of the command.
//!
//! A command that needs more than a word has an `Options` of its own in its file. What several
//! commands take, a folder, a language, a moment, is in `context`.

use std::path::PathBuf;

use clap::{Parser, Subcommand};

use crate::cli::{
    build, check, context::Global, due, explain, export, fields, import, next_change,
    privacy_report, publish, schema, serve, shards, template, verify,
};

/// Publish what a neighbourhood office keeps in lists: checked, added up, as a website.
#[derive(Debug, Parser)]
#[command(name = "linli", version)]
pub(super) struct Cli {
    #[command(flatten)]
    pub(super) global: Global,
    #[command(subcommand)]
    pub(super) command: Command,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Make a small portal that can be built at once
    New {
        /// The folder to make
        dir: PathBuf,
    },
    /// Build the site
    Build(build::Options),
    /// Tell of all mistakes, and write nothing
    Check(check::Options),
    /// Serve the site, and build it again whenever it is edited
    Serve(serve::Options),
    /// Tell when the site would change though nobody edits anything
    NextChange(next_change::Options),
    /// List every personal field that is published
    PrivacyReport(privacy_report::Options),
    /// Tell what a page is made from, or what a code means
    Explain(explain::Options),
    /// Tell what can be written in a list, with an example
    Fields(fields::Options),
    /// Tell what the office has to do in the next days
    Due(due::Options),
    /// Write schemas for editors, which then complete and check while one types
    Schema(schema::Options),
    /// Make a workbook to fill in: a sheet for each list
    Template(template::Options),
    /// Write the records of a place into a workbook
    Export(export::Options),
    /// Take the rows of a workbook as records, after a look at what changes
    Import(import::Options),
    /// Build the site, and send it where the public reads it
    Publish(publish::Options),
    /// Compare what the public finds with what was published
    Verify(verify::Options),
    /// Tell how a portal is divided over several machines, or join what they made
    Shards(shards::Options),
    /// Print completions for a shell
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
    /// Write the manual pages into a folder
    Man {
        /// The folder
        dir: PathBuf,
    },
}
