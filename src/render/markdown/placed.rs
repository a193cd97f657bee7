//! What the steps of the conversion hand on to each other.

use std::ops::Range;

use pulldown_cmark::Event;

/// An event of the parser, and the bytes of the source that it comes from.
pub(super) type Placed<'e> = (Event<'e>, Range<usize>);
