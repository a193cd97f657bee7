//! Linli turns a folder of records and notices, kept by the staff of a neighbourhood office, into
//! the website of its public information.

pub mod clock;
pub mod config;
pub mod diagnostic;
pub mod figures;
pub mod portal;
pub mod schema;
pub mod source;
pub mod text;
