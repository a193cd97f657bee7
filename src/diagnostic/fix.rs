//! What would mend a mistake for certain.

use serde::{Deserialize, Serialize};

use crate::diagnostic::Range;

/// A stretch of a line, and what is to stand there instead. An empty stretch is a place where
/// something is missing. Neither holds a line end, so a mended file has as many lines as before.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Replacement {
    /// What is taken out.
    pub range: Range,
    /// What is put there.
    pub text: String,
}
