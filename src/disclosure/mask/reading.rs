//! A text as its readers read it, for finding names in it.
//!
//! `Reading` is the one comparison of names with texts. What masks names in records, what takes
//! out the names of persons who withdrew, the check of rendered pages and the tests of leaks all
//! ask it. It holds the text as `Glyph`s: characters in the form in which they are compared
//! (`fold.rs`), each with the bytes that it was written with. All of these read as 欧阳锋锐:
//!
//! | written | |
//! | --- | --- |
//! | `欧阳&#38155;锐` | a character reference |
//! | `欧阳<b>锋</b>锐`, `欧阳**锋**锐`, `[欧阳](a.md)锋锐` | tags, emphasis, links |
//! | `欧 阳\n锋<br>锐` | spaces and line breaks |
//! | <code>&#124; 欧阳 &#124; 锋锐 &#124;</code> | cells of a table |
//! | `<ruby>欧<rt>ōu</rt>阳…` | annotations are left out |
//! | `alt="欧阳锋锐"`, `<!-- 欧阳锋锐 -->` | attributes and comments, in a second pass |
//! | `%E6%AC%A7%E9%98%B3…` | addresses, there as well |
//! | `歐陽鋒銳` | traditional characters |
//!
//! In addresses and names of files a name may also be spelt in Latin letters (`spelling.rs`).
//!
//! Wherever a text can be read in two ways it counts as the name, so more is hidden than has to be.
//! Blocks (`</p><p>`) are apart. What is not found: pictures of letters, and names with a word
//! between their characters.

mod glyphs;
mod spelling;

use std::{borrow::Cow, ops::Range};

use crate::text::fold::fold;

pub(in crate::disclosure) use glyphs::Glyph;
use glyphs::Glyphs;
pub(in crate::disclosure) use spelling::{Spelling, is_between, is_border};
pub use spelling::{Syllable, syllables};

/// The form in which a name is compared: without spaces and marks.
pub fn folded(name: &str) -> Vec<char> {
    let mut letters = Vec::new();
    name.chars().filter(|it| !it.is_whitespace()).for_each(|it| {
        fold(it, &mut |ch| {
            letters.push(ch);
        });
    });
    letters
}

/// Names to be found in texts.
pub(in crate::disclosure) trait Sought {
    /// Whether a name may begin with that character, in its folded form.
    fn may_begin(&self, first: char) -> bool;

    /// The name that begins at a glyph: behind its last glyph, and what is shown of it.
    fn read(&self, glyphs: &[Glyph], at: usize) -> Option<(usize, &str)>;

    /// Behind the last glyph of the name that is spelt in Latin letters from a glyph on. It is asked
    /// in addresses only.
    fn spelt(&self, glyphs: &[Glyph], at: usize) -> Option<usize>;
}

/// A text as its readers read it.
#[derive(Debug)]
pub(in crate::disclosure) struct Reading<'t> {
    text: &'t str,
    /// What a page shows of it.
    shown: Glyphs,
    /// What its source says, attributes, comments and addresses included; nothing if that is no
    /// more.
    written: Option<Glyphs>,
}

/// A name in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Place<'n> {
    /// Its glyphs.
    start: usize,
    end: usize,
    /// What is shown of it.
    shown: &'n str,
}

/// How often a text is gone through at most. Each time there are fewer names in it.
const PASSES: usize = 8;

impl<'t> Reading<'t> {
    /// Reads a text: plain words, Markdown or HTML. Costs a pass over it, and a second one if it
    /// has tags, links or escapes.
    pub(in crate::disclosure) fn of(text: &'t str) -> Self {
        let shown = Glyphs::shown(text);
        let written = (shown.is_partial || text.contains('%')).then(|| Glyphs::written(text));
        Self { text, shown, written }
    }

    /// Calls `found` with the glyphs of each name that the text says, and its bytes: on the page, in
    /// its source, and spelt in the addresses in it, or if the whole `is_address`. A name may come
    /// several times.
    pub(in crate::disclosure) fn each(
        &self,
        names: &dyn Sought,
        is_address: bool,
        mut found: impl FnMut(&[Glyph], Range<usize>),
    ) {
        let mut tell = |name: &[Glyph]| {
            if let (Some(first), Some(last)) = (name.first(), name.last()) {
                found(name, first.start()..last.end());
            }
        };
        for glyphs in std::iter::once(&self.shown).chain(&self.written) {
            places(glyphs, names).iter().for_each(|it| tell(&glyphs.all[it.start..it.end]));
        }
        let source = self.written.as_ref().unwrap_or(&self.shown);
        let whole = is_address.then_some(0..self.text.len());
        for range in whole.map_or_else(|| addresses(self.text), |whole| vec![whole]) {
            let glyphs = source.within(&range);
            spelt(glyphs, names).into_iter().for_each(|it| tell(&glyphs[it]));
        }
    }

    /// Says one of the names.
    #[cfg(test)]
    fn says(&self, names: &dyn Sought) -> bool {
        let mut says = false;
        self.each(names, false, |_, _| says = true);
        says
    }
}

/// An address or the name of a file says one of the names, be it spelt in Latin letters.
pub(in crate::disclosure) fn is_named(address: &str, names: &dyn Sought) -> bool {
    let mut is_named = false;
    Reading::of(address).each(names, true, |_, _| is_named = true);
    is_named
}

/// A text without the names; nothing if it says none. `star` is how the text writes a star.
///
/// Tags and links stay, so that what was balanced is so still. In a text with a name nothing else
/// changes. Costs one pass without allocation for a text in which no name can begin.
pub(in crate::disclosure) fn without(text: &str, names: &dyn Sought, star: char) -> Option<String> {
    if !may_say(text, names) {
        return None;
    }
    let mut changed: Option<String> = None;
    for _ in 0..PASSES {
        let text = changed.as_deref().unwrap_or(text);
        let Some(next) = Reading::of(text).pass(names, star) else { return changed };
        changed = Some(next);
    }
    // So entangled a text nobody meant to publish.
    Some(star.to_string().repeat(2))
}

impl Reading<'_> {
    /// The text without the names that one of its passes says; nothing if none says any.
    fn pass(&self, names: &dyn Sought, star: char) -> Option<String> {
        let shown = places(&self.shown, names);
        if !shown.is_empty() {
            let edits = shown.iter().flat_map(|place| self.edits(&self.shown, place, star));
            return Some(edited(self.text, edits.collect()));
        }
        let source = self.written.as_ref().unwrap_or(&self.shown);
        let mut edits: Vec<Edit> = Vec::new();
        for place in self.written.iter().flat_map(|glyphs| places(glyphs, names)) {
            edits.extend(self.edits(source, &place, star));
        }
        if edits.is_empty() {
            for range in addresses(self.text) {
                let glyphs = source.within(&range);
                let spelt = spelt(glyphs, names).into_iter();
                edits.extend(spelt.map(|it| Edit {
                    range: glyphs[it.start].start()..glyphs[it.end - 1].end(),
                    text: star.to_string(),
                }));
            }
        }
        (!edits.is_empty()).then(|| edited(self.text, edits))
    }

    /// What has to be written instead of a name, and of annotations to it.
    fn edits(&self, glyphs: &Glyphs, place: &Place<'_>, star: char) -> Vec<Edit> {
        let name = &glyphs.all[place.start..place.end];
        let (mut start, mut end) = (name[0].start(), name[name.len() - 1].end());
        let mut text = place.shown.replace('*', star.encode_utf8(&mut [0; 4]));
        text.extend(glyphs.structure(start..end).map(|it| &self.text[it]));
        if let Some(mark) = glyphs.lone_mark(self.text, start..end) {
            if self.text[end..].starts_with(mark) {
                end += mark.len();
            } else if self.text[..start].ends_with(mark) {
                start -= mark.len();
            }
        }
        let first = glyphs.notes.partition_point(|note| note.behind <= place.start);
        let notes = glyphs.notes[first..].iter().take_while(|note| note.behind <= place.end);
        let notes = notes.filter(|note| note.range.start >= end);
        let notes = notes.map(|note| Edit { range: note.range.clone(), text: String::new() });
        let notes: Vec<Edit> = notes.collect();
        std::iter::once(Edit { range: start..end, text }).chain(notes).collect()
    }
}

/// Bytes of a text, and what stands there instead.
struct Edit {
    range: Range<usize>,
    text: String,
}

/// A name may begin in a text: it has a first letter of one, or what has to be looked at closely.
pub(in crate::disclosure) fn may_say(text: &str, names: &dyn Sought) -> bool {
    text.chars().any(|ch| {
        let mut may = matches!(ch, '&' | '%' | '/' | '.' | '@' | ']' | '=');
        fold(ch, &mut |ch| may |= names.may_begin(ch));
        may
    })
}

/// A text with edits, of which the first that overlap count.
fn edited(text: &str, mut edits: Vec<Edit>) -> String {
    edits.sort_by_key(|edit| edit.range.start);
    let (mut changed, mut at) = (String::with_capacity(text.len()), 0);
    for edit in edits {
        if edit.range.start < at {
            continue;
        }
        changed.push_str(&text[at..edit.range.start]);
        changed.push_str(&edit.text);
        at = edit.range.end;
    }
    changed + &text[at..]
}

/// The names that glyphs say, in order.
fn places<'n>(glyphs: &Glyphs, names: &'n dyn Sought) -> Vec<Place<'n>> {
    let (mut found, mut at) = (Vec::new(), 0);
    while let Some(glyph) = glyphs.all.get(at) {
        let read = if names.may_begin(glyph.ch) { names.read(&glyphs.all, at) } else { None };
        match read {
            Some((end, shown)) => {
                found.push(Place { start: at, end, shown });
                at = end;
            }
            None => at += 1,
        }
    }
    found
}

/// The names that glyphs of an address spell, in order.
fn spelt(glyphs: &[Glyph], names: &dyn Sought) -> Vec<Range<usize>> {
    let (mut found, mut at) = (Vec::new(), 0);
    while at < glyphs.len() {
        let end = if glyphs[at].begins { names.spelt(glyphs, at) } else { None };
        found.extend(end.map(|end| at..end));
        at = end.unwrap_or(at + 1);
    }
    found
}

/// Where a text has addresses and names of files: words with a slash, a sign of e-mail, or a point
/// before a letter, targets of links, and values of attributes.
fn addresses(text: &str) -> Vec<Range<usize>> {
    let is_between = |ch: char| {
        ch.is_whitespace()
            || "\"'<>()[]{}|`".contains(ch)
            || !ch.is_ascii() && !ch.is_alphanumeric()
    };
    let is_address = |word: &str| {
        let ends = |at: usize| word.as_bytes().get(at + 1).is_some_and(u8::is_ascii_alphanumeric);
        word.contains(['/', '@', '=']) || word.match_indices('.').any(|(at, _)| ends(at))
    };
    let start = |word: &str| word.as_ptr() as usize - text.as_ptr() as usize;
    let is_target = |word: &str| {
        let before = text[..start(word)].trim_end_matches(' ');
        ["](", "]:", "=\"", "='"].iter().any(|it| before.ends_with(it))
    };
    let words = text.split(is_between).filter(|word| !word.is_empty());
    let words = words.filter(|word| is_address(word) || is_target(word));
    words.map(|word| start(word)..start(word) + word.len()).collect()
}

/// A text for readers of this folder's tests: the letters that it shows, and those of its source.
pub fn letters(text: &str) -> Cow<'_, str> {
    let reading = Reading::of(text);
    let passes = std::iter::once(&reading.shown).chain(&reading.written);
    passes.flat_map(|glyphs| glyphs.all.iter().map(|it| it.ch).chain(['\n'])).collect()
}

#[cfg(test)]
mod tests;
