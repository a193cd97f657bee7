//! What is said of bytes that are no image.

use std::{error::Error, fmt};

/// The bytes are not an image of a known kind, or end too early for its metadata to be told from
/// the picture. There is one reason for all: staff can only save the image anew or leave it out,
/// whatever is wrong with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unreadable;

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not an image of a known kind, or not a whole one")
    }
}

impl Error for Unreadable {}
