//! One pass over the bytes for the places where a datum can stand.
//!
//! Digits that nothing but single spaces and hyphens separates are a run. A run of eleven digits, or
//! one that goes on behind a tag, a reference or a wide character, is read as a [`chain`]. Letters
//! behind a wide character can be plates; words for buildings, and what stands around runs,
//! addresses. Everything else costs a few instructions for every 64 bytes.

use std::ops::Range;

use crate::scan::{
    Finding, address,
    blocks::{Edges, Window, each, mask, ones},
    chain::chain,
    email, english,
    glyph::Source,
    markup::{is_drawing, reference_at},
    number, plate,
};

/// Finds everything but e-mail addresses with a bare `@`. Findings may overlap.
pub(super) fn sweep(source: Source<'_>) -> Vec<Finding> {
    let mut sweep = Sweep::new(source);
    each(source.bytes, |base, window| sweep.block(base, window));
    sweep.edges.extend(source.bytes.len(), sweep.last);
    sweep.runs();
    sweep.findings
}

struct Sweep<'a> {
    source: Source<'a>,
    findings: Vec<Finding>,
    /// Digits before here were read as part of a chain.
    read: usize,
    /// The last home.
    home: Range<usize>,
    /// Where runs begin and end, as far as they were not looked at.
    edges: Edges,
    /// Whether the last byte of the last block was in a run.
    last: u64,
    /// Bytes of the next block that belong to a full-width digit of the last.
    carried: u64,
    /// Which touches behind a run count.
    behind: u8,
}

impl<'a> Sweep<'a> {
    fn new(source: Source<'a>) -> Self {
        Self {
            source,
            findings: Vec::new(),
            read: 0,
            home: 0..0,
            edges: Edges::default(),
            last: 0,
            carried: 0,
            behind: if source.is_markup { BEHIND | BEHIND_MARKUP } else { BEHIND },
        }
    }

    #[inline]
    fn block(&mut self, base: usize, window: &Window) {
        let mut runs = mask(window, |before, it, next| {
            let is_joint = (it == b' ') | (it == b'-');
            is_digit(it) | is_joint & is_digit(before) & is_digit(next)
        });
        let hints = mask(window, |before, it, next| {
            let is_plate = (it.wrapping_sub(b'A') < 26) & (before.wrapping_sub(0x41) >= 0x3f);
            // Full-width forms and 楼, then 栋, 幢 and 单: two bytes tell them from most others.
            is_plate
                | ((it == 0xef) | (it == 0xa5)) & (next == 0xbc)
                | (it == 0xa0) & (next == 0x8b)
                | (it == 0xb9) & (next == 0xa2)
                | (it == 0x8d) & (next == 0x95)
        });
        if hints | self.carried != 0 {
            runs |= std::mem::take(&mut self.carried);
            for position in ones(hints) {
                runs |= self.hint(base, position);
            }
        }
        self.edges.extend(base, runs ^ (runs << 1 | self.last));
        self.last = runs >> 63;
        if self.edges.is_full() {
            self.runs();
        }
    }

    /// Looks at the runs whose edges are known.
    fn runs(&mut self) {
        for index in 0..self.edges.pairs() {
            let [start, end] = self.edges.pair(index);
            self.run(start, end);
        }
        self.edges.keep_open();
    }

    /// Looks at a letter, at a full-width form or at a word for buildings. Returns the bytes of a
    /// full-width digit.
    fn hint(&mut self, base: usize, position: usize) -> u64 {
        let bytes = self.source.bytes;
        let at = base + position;
        match (bytes[at], bytes.get(at + 1..at + 3)) {
            (b'A'..=b'Z', _) | (0xef, Some([_, 0xa1..=0xba])) => self.letter(at),
            (0xef, Some([_, 0x90..=0x99])) => {
                let bits = 0b111u128 << position;
                #[expect(clippy::cast_possible_truncation, reason = "the rest is carried")]
                let (now, later) = (bits as u64, (bits >> 64) as u64);
                self.carried |= later;
                return now;
            }
            (0xef, Some([_, 0xa0])) => self.findings.extend(email::at(self.source, at)),
            (0xef, _) => {}
            _ => self.building(at.wrapping_sub(1)),
        }
        0
    }

    /// Looks at a run of digits and at what touches it.
    #[inline]
    fn run(&mut self, start: usize, end: usize) {
        let bytes = self.source.bytes;
        let before = start.checked_sub(1).map_or(0, |it| TOUCHES[usize::from(bytes[it])] & BEFORE);
        let behind = bytes.get(end).map_or(0, |it| TOUCHES[usize::from(*it)] & self.behind);
        if (end - start >= number::SHORTEST) | (before | behind != 0) {
            self.touched(start, end, before, behind);
        }
    }

    fn touched(&mut self, start: usize, end: usize, before: u8, behind: u8) {
        if before == REFERENCE
            && let Some((ch, reference)) = self.reference(start)
        {
            match ch {
                '0'..='9' if reference >= self.read => self.chain(reference),
                'A'..='Z' => self.letter(reference),
                _ => {}
            }
            return;
        }
        if before == WORD {
            self.before(start);
        }
        let goes_on = behind != 0 && self.behind(end);
        let is_long = end - start >= number::SHORTEST && !self.is_landline(start, end);
        if (goes_on || is_long) && start >= self.read {
            self.chain(start);
        }
    }

    /// The character reference whose number begins at `start`, and where its `&` stands.
    fn reference(&self, start: usize) -> Option<(char, usize)> {
        let before = &self.source.bytes[..start];
        let before =
            before.strip_suffix(b"x").or_else(|| before.strip_suffix(b"X")).unwrap_or(before);
        let start = before.strip_suffix(b"&#")?.len();
        let (ch, _) = reference_at(self.source.bytes, start).filter(|_| self.source.is_markup)?;
        Some((ch, start))
    }

    /// Looks for the word of an address before a run.
    fn before(&mut self, start: usize) {
        let bytes = &self.source.bytes[..start];
        match bytes {
            [.., b'a'..=b'z' | b'A'..=b'Z', b' ' | b'.' | b'#' | b';']
            | [.., b'a'..=b'z' | b'A'..=b'Z'] => {
                self.house(english::at(self.source, start));
            }
            [.., 0xe5, 0xba, 0xa7] => self.building(start - 3),
            _ => {}
        }
    }

    /// Looks for the word of an address behind a run. Says whether digits go on behind it.
    fn behind(&mut self, end: usize) -> bool {
        let bytes = self.source.bytes;
        let next = |it: usize| bytes.get(end + it).copied().unwrap_or(b'\n');
        let is_certain = match next(0) {
            0xe5 | 0xe9 => {
                match (next(0), next(1), next(2)) {
                    (0xe5, 0xba, 0xa7) | (0xe5, 0xbc, 0x84) | (0xe9, 0x97, 0xa8) => {
                        self.building(end)
                    }
                    (0xe5, 0xae, 0xa4) => self.room(end),
                    _ => {}
                }
                return false;
            }
            b'#' => {
                self.building(end);
                return false;
            }
            // A decimal has one point; what is written with points has two.
            b'.' => {
                let group = (1..=9).take_while(|it| next(*it).is_ascii_digit()).count();
                return (4..=8).contains(&group) && next(1 + group) == b'.';
            }
            b' ' | b'-' | b'\n' => is_boring(next(1)),
            b'<' => is_block(next(1), next(2)) || self.is_cut(end),
            0xe2 => !matches!(next(1), 0x80 | 0x81 | 0x88),
            0xe3 => next(1) != 0x80 || next(2) != 0x80,
            0xef => matches!((next(1), next(2)), (0xbc, 0x81..=0x8c | 0x9a..)),
            _ => false,
        };
        !is_certain && self.follows(end)
    }

    /// Whether something that cannot go on follows the short tag at `at`.
    fn is_cut(&self, at: usize) -> bool {
        let reach = self.source.bytes[at..].iter().take(12);
        let tag = reach.take_while(|it| **it != b'>').count();
        let next = self.source.bytes.get(at + tag + 1).copied().unwrap_or(b'\n');
        tag < 12 && is_boring(next) && !is_digit(next)
    }

    /// Whether digits follow at `end`, perhaps behind signs. Looks at words of addresses as well.
    #[cold]
    fn follows(&mut self, end: usize) -> bool {
        let mut glyphs = self.source.forward(end).take(4).skip_while(|it| is_sign(it.ch));
        match glyphs.next() {
            Some(it) if it.ch == '室' => self.room(it.start),
            Some(it) if matches!(it.ch, '座' | '弄' | '门' | '#') => self.building(it.start),
            it => return it.is_some_and(|it| it.ch.is_ascii_digit()),
        }
        false
    }

    /// Whether a run is the number of a fixed phone and no more: area codes begin with one zero.
    fn is_landline(&self, start: usize, end: usize) -> bool {
        let run = &self.source.bytes[start..end];
        let area = run.iter().take_while(|it| it.is_ascii_digit()).count();
        run.starts_with(b"0")
            && !run.starts_with(b"00")
            && end - start < area + 1 + number::SHORTEST
    }

    #[cold]
    fn chain(&mut self, start: usize) {
        let chain = chain(self.source, start);
        self.read = chain.digits.last().map_or(start, |it| it.end);
        let found = self.findings.len();
        number::find(&chain, &mut self.findings);
        let is_drawn =
            |it: &Finding| self.source.is_markup && is_drawing(self.source.bytes, it.range.start);
        if self.findings[found..].iter().any(is_drawn) {
            self.findings.truncate(found);
        }
    }

    fn letter(&mut self, at: usize) {
        self.findings.extend(plate::at(self.source, at));
    }

    fn room(&mut self, at: usize) {
        self.house(address::hyphened(self.source, at));
    }

    fn building(&mut self, at: usize) {
        if !self.home.contains(&at) {
            self.house(address::at(self.source, at));
        }
    }

    fn house(&mut self, finding: Option<Finding>) {
        if let Some(finding) = finding {
            self.home = finding.range.clone();
            self.findings.push(finding);
        }
    }
}

fn is_digit(byte: u8) -> bool {
    byte.wrapping_sub(b'0') < 10
}

/// What may stand between the digits of a chain.
fn is_sign(ch: char) -> bool {
    matches!(ch, ' ' | '-' | '_' | '·')
}

/// Whether digits do not go on behind a sign and this byte.
fn is_boring(byte: u8) -> bool {
    !matches!(byte, b' ' | b'-' | b'_' | b'.' | b'<' | b'&' | b'\t' | b'\r' | b'\n' | 0xc2..0xe4 | 0xef | b'0'..=b'9')
}

/// Whether the commonest end tags of blocks begin so: `</td>`, `</li>`.
fn is_block(slash: u8, name: u8) -> bool {
    slash == b'/' && matches!(name, b't' | b'd' | b'l' | b'p' | b'h')
}

/// Before a run: the number of a character reference.
const REFERENCE: u8 = 1;
/// Before a run: the end of a word of an address.
const WORD: u8 = 2;
/// Any of those.
const BEFORE: u8 = REFERENCE | WORD;
/// Behind a run: what digits can go on behind, or the beginning of a word of an address.
const BEHIND: u8 = 4;
/// The same, in HTML alone.
const BEHIND_MARKUP: u8 = 8;

/// What it means that a byte touches a run.
const TOUCHES: [u8; 256] = {
    let mut touches = [0; 256];
    let lists: [(u8, &[u8]); 4] = [
        (REFERENCE, b"#xX"),
        (WORD, b" .;mtMT\xa7"),
        (BEHIND, b" -_.#\xc2\xe2\xe3\xe5\xe9\xef"),
        (BEHIND_MARKUP, b"<&\t\r\n"),
    ];
    let mut list = 0;
    while list < lists.len() {
        let (touch, bytes) = lists[list];
        let mut index = 0;
        while index < bytes.len() {
            touches[bytes[index] as usize] |= touch;
            index += 1;
        }
        list += 1;
    }
    touches
};
