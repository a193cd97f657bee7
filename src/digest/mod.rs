//! What is known of record sets and notices without reading them again.
//!
//! A digest holds all that the stages after `schema` need of a file as long as no page that shows
//! its text is rendered. It stays as long as what it was made from stays, and the moment does not
//! reach an answer of the clock that would be another one.

mod notices;
mod sets;

pub use notices::{Fetched as FetchedNotice, NoticeDigest, notices};
pub use sets::{Fetched as FetchedSet, SetDigest, sets};
