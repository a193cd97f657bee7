//! Linli turns a folder of records and notices, kept by the staff of a neighbourhood office, into
//! the website of its public information.
//!
//! The flow has one direction, and a folder for each stage:
//!
//! | stage | takes | gives |
//! | --- | --- | --- |
//! | [`source`] | the site's folder | files, text with positions |
//! | [`schema`] | files | a [`schema::Catalog`], and each value as its declared type understands it |
//! | [`digest`] | records and notices, what may be published of them | what is known of them without reading them again |
//! | [`portal`] | digests, the [`clock`] | the public [`portal::Portal`] |
//! | [`figures`] | the portal | [`figures::Figures`], merged up the places |
//! | [`pages`] | the portal and its figures | a [`pages::Plan`]: which pages there are, what each reads |
//! | [`mod@render`] | the plan | bytes |
//! | [`output`] | bytes | the published folder, all of it or none |
//!
//! [`update`] goes from the first to the plan and [`publish`] over the rest; both tell of all
//! mistakes as [`diagnostic`]s. What they find out they leave in a [`Memo`], and the next time only
//! what has changed is done again: whether in the same process or, with a [`cache`], in another.
//! [`read`] and [`render()`] are the same with nothing known. What each command does with them
//! stands in [`cli`].

pub mod artifact;
pub mod build;
pub mod cli;
pub mod clock;
pub mod config;
pub mod diagnostic;
pub mod disclosure;
pub mod figures;
pub mod fingerprint;
pub mod image;
pub mod output;
pub mod render;
pub mod scan;
pub mod schema;
pub mod serve;
pub mod source;
pub mod text;

pub use build::{
    Site,
    publish::{Output, Published, Sink, publish},
    read, render,
    state::{Memo, survey},
    update,
};
