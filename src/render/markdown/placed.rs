//! What the steps of the conversion hand on to each other.

use std::ops::Range;

use pulldown_cmark::Event;

/// An event of the parser, and the bytes of the source that it comes from.
pub(super) type Placed<'e> = (Event<'e>, Range<usize>);

/// Where a byte of an event's text is in the source. A star for a hidden letter is shorter than what
/// stands for it there, so characters are counted where the lengths differ.
pub(super) fn in_source(source: &str, text: &str, range: &Range<usize>, at: usize) -> usize {
    if text.len() == range.len() {
        return range.start + at;
    }
    let Some(before) = text.get(..at).filter(|it| it.len() < text.len()) else { return range.end };
    let whole = source.get(range.clone()).unwrap_or_default();
    let place = whole.char_indices().nth(before.chars().count());
    place.map_or(range.end, |(place, _)| range.start + place)
}
