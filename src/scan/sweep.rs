//! One pass over the bytes for the places where a datum can stand.
//!
//! Digits that nothing but single spaces and hyphens separates are a run. A run of eleven digits,
//! or one that goes on behind a tag, a reference or a wide character, is read as a [`chain`].
//! Letters behind a wide character can be plates; words for buildings, and what stands around runs,
//! addresses. All other bytes are passed over by one look into a table.
//!
//! Most bytes of a site are no digits, and most digits are dates and counts. So the work is staged:
//! a table look-up for each byte, two look-ups (`touch`) for each run, and only then glyphs.
//!
//! | in `2026年3月5日，3栋2单元501室，电话138-1234-5678` | |
//! | --- | --- |
//! | `2026`, `3`, `5` | nothing touches them that matters: no further look |
//! | `3` | 栋 is behind it: read as an address, which ends with 室 |
//! | `138-1234-5678` | has eleven digits: read as a chain |
//!
//! Places may be examined twice, so findings may come twice or overlap; `settle` in `mod.rs` clears
//! that.

use std::ops::Range;

use memchr::{memchr, memrchr};

use crate::scan::{
    address,
    chain::chain,
    email, english,
    finding::Finding,
    glyph::{Glyph, Source},
    markup::{is_drawing, reference_at},
    number,
    numeral::is_chinese,
    plate, touch,
};

/// Finds everything but e-mail addresses with a bare `@`, which `email::find` does; a ＠ in full
/// width begins like full-width digits, so it is seen here. Findings may overlap.
pub(super) fn sweep(source: Source<'_>) -> Vec<Finding> {
    let mut sweep = Sweep::new(source);
    let mut at = 0;
    while let Some(found) = source.bytes[at..].iter().position(|it| MATTERS[usize::from(*it)]) {
        at = sweep.examine(at + found);
    }
    sweep.findings
}

/// Bytes that begin a digit, in full width, too, or ＠, or are the second of 室 or 单.
const MATTERS: [bool; 256] = {
    let mut matters = [false; 256];
    let mut digit = b'0';
    while digit <= b'9' {
        matters[digit as usize] = true;
        digit += 1;
    }
    matters[0xef] = true;
    matters[0xae] = true;
    matters[0x8d] = true;
    matters
};

/// The state of one pass over a text.
struct Sweep<'a> {
    source: Source<'a>,
    findings: Vec<Finding>,
    /// Digits before here were read as part of a chain. The chain of an earlier run covers later
    /// ones: they are not read again.
    read: usize,
    /// The last home. Words for buildings within it are not examined again.
    home: Range<usize>,
    /// Which touches behind a run count. In plain text, tags and references mean nothing.
    behind: u32,
}

impl<'a> Sweep<'a> {
    /// A sweep that has found nothing yet.
    fn new(source: Source<'a>) -> Self {
        let behind = if source.is_markup { u32::MAX } else { !touch::MARKUP };
        Self { source, findings: Vec::new(), read: 0, home: 0..0, behind }
    }

    /// Looks at what a byte that matters begins. Returns where to go on. That is behind `at`, so
    /// the pass ends. Chinese characters are recognised by their later bytes, as the first is too
    /// common.
    fn examine(&mut self, at: usize) -> usize {
        match self.source.bytes[at..] {
            [b'0'..=b'9', ..] | [0xef, 0xbc, 0x90..=0x99, ..] => return self.run(at),
            [0xef, 0xbc, 0xa0, ..] => self.findings.extend(email::at(self.source, at)),
            [0xae, 0xa4, ..] | [0x8d, 0x95, ..] => self.spelt(at.wrapping_sub(1)),
            _ => {}
        }
        at + 1
    }

    /// Looks at the 室 or 单 at `at` if a Chinese numeral is before it; those behind digits are
    /// looked at there. `三栋二单元五零一室` has no digit at which the sweep would stop. From 室 it
    /// goes back, over Chinese characters and spaces, to the farthest word for buildings; 单 is one
    /// itself.
    fn spelt(&mut self, at: usize) {
        let is_numeral = |at: usize| self.source.prev(at).is_some_and(|it| is_chinese(it.ch));
        if !self.source.next(at).is_some_and(|it| matches!(it.ch, '室' | '单')) || !is_numeral(at)
        {
            return;
        }
        if self.source.bytes[at + 1] == 0x8d {
            return self.building(at);
        }
        let is_building = |glyph: &Glyph| {
            matches!(glyph.ch, '栋' | '幢' | '楼' | '座' | '单' | '弄' | '门' | '#')
        };
        let before = self
            .source
            .backward(at)
            .take(16)
            .take_while(|glyph| glyph.ch > '\u{2fff}' || glyph.ch == ' ');
        if let Some(word) = before.filter(is_building).last() {
            self.building(word.start);
        }
    }

    /// Looks at the run that begins at `start`, and at what touches it. Returns its end. `start` is
    /// the first digit.
    fn run(&mut self, start: usize) -> usize {
        let bytes = self.source.bytes;
        let length = self.length(start);
        let end = start + length;
        let before = bytes[..start].last_chunk().copied().unwrap_or_else(|| self.head(start));
        let behind = bytes[end..].first_chunk().copied().unwrap_or_else(|| self.tail(end));
        let before = touch::before(before);
        let behind = touch::behind(behind) & self.behind;
        if length >= number::SHORTEST || before | behind != 0 {
            self.touched(start, end, before, behind);
        }
        if length == 3 && start >= self.read && self.is_bracketed(start, end) {
            self.chain(start);
        }
        if bytes.get(end) == Some(&b' ') && is_building(&bytes[end + 1..]) {
            self.building(end + 1);
        }
        end
    }

    /// Whether a run is the beginning of a mobile number that stands in brackets: `(138)12345678`.
    fn is_bracketed(&self, start: usize, end: usize) -> bool {
        let bytes = self.source.bytes;
        let behind = bytes[end..].strip_prefix(b")").or(bytes[end..].strip_prefix("）".as_bytes()));
        let goes_on = matches!(behind, Some([b'0'..=b'9', ..] | [b' ' | b'-', b'0'..=b'9', ..]));
        let before = &bytes[..start];
        bytes[start] == b'1'
            && goes_on
            && (before.ends_with(b"(") || before.ends_with("（".as_bytes()))
    }

    /// The length of the run that begins at `start`. A space or hyphen counts if a digit follows.
    /// In bytes; a full-width digit has three.
    fn length(&self, start: usize) -> usize {
        let bytes = &self.source.bytes[start..];
        let mut end = 0;
        loop {
            match &bytes[end..] {
                [b'0'..=b'9', ..] | [b' ' | b'-', b'0'..=b'9', ..] => end += 1,
                [0xef, 0xbc, 0x90..=0x99, ..] => end += 3,
                _ => return end,
            }
        }
    }

    /// The three bytes before a run so near to the start of the text that there are fewer; line
    /// ends stand for the missing ones.
    #[cold]
    fn head(&self, start: usize) -> [u8; 3] {
        let mut head = [b'\n'; 3];
        head[3 - start..].copy_from_slice(&self.source.bytes[..start]);
        head
    }

    /// The three bytes behind a run near to the end of the text, likewise.
    #[cold]
    fn tail(&self, end: usize) -> [u8; 3] {
        let bytes = &self.source.bytes[end..];
        let bytes = &bytes[..bytes.len().min(3)];
        let mut tail = [b'\n'; 3];
        tail[..bytes.len()].copy_from_slice(bytes);
        tail
    }

    /// Handles a run that is long, or has something beside it that may make it part of a datum. All
    /// other runs, nearly all, end in a table look-up. `before` and `behind` are what `touch`
    /// returns. In this order: a character reference, a word for buildings before the run, letters
    /// before it, what is behind it. A chain is read at most once.
    fn touched(&mut self, start: usize, end: usize, before: u32, behind: u32) {
        if before & touch::REFERENCE != 0
            && let Some((ch, reference)) = self.reference(start)
        {
            return self.referred(ch, reference, end);
        }
        if before & touch::BUILDING_BEFORE != 0 {
            let is_unit = self.source.bytes[..start].ends_with("单元".as_bytes());
            self.building(start - if is_unit { "单元".len() } else { "座".len() });
        } else if before & touch::COMPOUND_BEFORE != 0 {
            self.house(address::in_compound(self.source, start));
        } else if before & !touch::TAG_BEFORE != 0 || before != 0 && self.is_lettered(start) {
            self.lettered(start);
        }
        let goes_on = behind != 0 && self.goes_on(end, behind);
        if start >= self.read && (goes_on || self.is_long(start, end)) {
            self.chain(start);
        }
    }

    /// Whether digits go on at `end`, behind what stands there. Looks at words of addresses as
    /// well.
    fn goes_on(&mut self, end: usize, behind: u32) -> bool {
        if behind & touch::BUILDING != 0 {
            self.building(end);
        } else if behind & touch::NUMBER != 0 {
            self.numbered(end + "号".len());
        } else if behind & touch::ROOM != 0 {
            self.room(end);
        } else if behind & touch::POINT != 0 {
            // A decimal has one point; what is written with points has two.
            let group = self.source.bytes[end + 1..].iter().take_while(|it| is_digit(**it)).count();
            return (4..=8).contains(&group)
                && self.source.bytes.get(end + 1 + group) == Some(&b'.');
        } else if behind & touch::TAG == 0 || !self.is_cut(end) {
            let mut glyphs = self.source.forward(end).take(4).skip_while(|it| is_sign(it.ch));
            match glyphs.next() {
                Some(it) if it.ch == '室' => self.room(it.start),
                Some(it) if it.ch > '\u{2fff}' => self.building(it.start),
                it => return it.is_some_and(|it| it.ch.is_ascii_digit()),
            }
        }
        false
    }

    /// Whether digits cannot go on behind the tags and spaces at `at`: a look that is sure where it
    /// says so, and much quicker than reading glyphs. False only costs time. Eight steps at most,
    /// each over a tag or a blank.
    fn is_cut(&self, mut at: usize) -> bool {
        let bytes = self.source.bytes;
        let next = |it: usize| bytes.get(it).copied().unwrap_or(b'\n');
        for _ in 0..8 {
            match next(at) {
                b'<' => {
                    let name = if next(at + 1) == b'/' { next(at + 2) } else { next(at + 1) };
                    if is_block(name) {
                        return true;
                    }
                    let reach = &bytes[at..bytes.len().min(at + 256)];
                    let Some(length) = memchr(b'>', reach) else { return false };
                    at += length + 1;
                }
                b' ' | b'\t' | b'\r' | b'\n' => at += 1,
                it => {
                    let is_wide = matches!(it, 0xc2..=0xe3 | 0xe5 | 0xe9 | 0xef);
                    return !is_wide && !b"-_&0123456789#".contains(&it);
                }
            }
        }
        false
    }

    /// Whether a letter, or a sign that may follow one, is before the inline tags before `at`.
    fn is_lettered(&self, mut at: usize) -> bool {
        let bytes = self.source.bytes;
        while at > 0 && bytes[at - 1] == b'>' {
            let from = at.saturating_sub(64);
            let Some(start) = memrchr(b'<', &bytes[from..at]) else { return false };
            at = from + start;
            if is_block(if bytes[at + 1] == b'/' { bytes[at + 2] } else { bytes[at + 1] }) {
                return false;
            }
        }
        matches!(
            bytes[..at],
            [.., b'A'..=b'Z' | b'-' | b'.' | b';']
                | [.., b'a'..=b'z' | b'A'..=b'Z', b' ']
                | [.., 0xbc, 0xa1..=0xba, b' ']
                | [.., 0xef, 0xbc, 0x8d | 0xa1..=0xba]
                | [.., 0xc2, 0xb7]
                | [.., 0xe2 | 0xe3, 0x80..=0x83, 0x80..=0xbb]
        )
    }

    /// Looks at the letters before the digit at `start`. Plates and English addresses: `京A12345`,
    /// `Room 501`.
    fn lettered(&mut self, start: usize) {
        self.findings.extend(plate::before(self.source, start));
        self.house(english::at(self.source, start));
    }

    /// Looks at what a reference to a digit or a letter can be part of. `&#49;` is the digit 1, so
    /// the run of digits in it (`49`) is no number of the text.
    #[cold]
    fn referred(&mut self, ch: char, start: usize, end: usize) {
        match ch {
            '0'..='9' => {
                self.lettered(start);
                let end = end + usize::from(self.source.bytes.get(end) == Some(&b';'));
                self.goes_on(end, touch::behind(self.tail(end)));
                if start >= self.read {
                    self.chain(start);
                }
            }
            'A'..='Z' => self.findings.extend(plate::at(self.source, start)),
            _ => {}
        }
    }

    /// The character reference whose number begins at `start`, and where its `&` stands. None in
    /// plain text, and if no `&#` or `&#x` is directly before.
    fn reference(&self, start: usize) -> Option<(char, usize)> {
        let before = &self.source.bytes[..start];
        let before =
            before.strip_suffix(b"x").or_else(|| before.strip_suffix(b"X")).unwrap_or(before);
        let start = before.strip_suffix(b"&#")?.len();
        let (ch, _) = reference_at(self.source.bytes, start).filter(|_| self.source.is_markup)?;
        Some((ch, start))
    }

    /// Whether a run has digits enough, and more than those of a fixed phone, whose area code
    /// begins with one zero. `0431-82550001` is not long: behind its area code are eight digits.
    fn is_long(&self, start: usize, end: usize) -> bool {
        let run = &self.source.bytes[start..end];
        // A full-width digit begins with 0xef.
        let digits = |it: &[u8]| it.iter().filter(|it| is_digit(**it) || **it == 0xef).count();
        let area = run.iter().take_while(|it| is_digit(**it)).count();
        let run = if run.starts_with(b"0") && !run.starts_with(b"00") { &run[area..] } else { run };
        run.len() >= number::SHORTEST && digits(run) >= number::SHORTEST
    }

    /// Reads the chain of digits at `start` and finds numbers in it. Coordinates of drawings in SVG
    /// look like numbers of cards, so findings within one are dropped.
    #[cold]
    fn chain(&mut self, start: usize) {
        let chain = chain(self.source, start);
        self.read = chain.digits.last().map_or(start, |it| it.end);
        let found = self.findings.len();
        number::find(&chain, &mut self.findings);
        let is_drawn = |finding: &Finding| {
            self.source.is_markup && is_drawing(self.source.bytes, finding.range.start)
        };
        if self.findings[found..].iter().any(is_drawn) {
            self.findings.truncate(found);
        }
    }

    /// Finds an address written with hyphens: `3-2-501`.
    fn room(&mut self, at: usize) {
        self.house(address::hyphened(self.source, at));
    }

    /// Looks at the word for buildings at `at`, if something like a number is behind it. A look at
    /// the bytes first, as most words for buildings are followed by other words; nothing happens
    /// within a home that was found.
    fn building(&mut self, at: usize) {
        let next = |it: usize| self.source.bytes.get(at + it).copied().unwrap_or(b'\n');
        let length = match (next(0), next(1), next(2)) {
            (b'#', ..) => 1,
            (0xe5, 0x8f, 0xb7) => return self.numbered(at + "号".len()),
            // 单元 has another character.
            (0xe5, 0x8d, 0x95) => 6,
            (0xe5 | 0xe6 | 0xe9, ..) => 3,
            _ => return,
        };
        let signs = (0..3).take_while(|it| b" -,/_".contains(&next(length + it))).count();
        let behind = &self.source.bytes[self.source.bytes.len().min(at + length + signs)..];
        let is_number = match behind {
            [b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' | b'<' | b'&' | 0xc2 | 0xe2 | 0xef, ..] => {
                true
            }
            [0xe3, 0x80, third, ..] => !matches!(third, 0x81 | 0x82),
            [0xe4..=0xe9, ..] => {
                self.source.next(at + length + signs).is_some_and(|it| is_chinese(it.ch))
            }
            _ => false,
        };
        if is_number && !self.home.contains(&at) {
            self.house(address::at(self.source, at));
        }
    }

    /// Looks at what is behind the 号 that ends at `end`: a word for buildings or for units.
    fn numbered(&mut self, end: usize) {
        if let Some(word) = self.source.next(end).filter(|it| matches!(it.ch, '楼' | '门')) {
            self.building(word.start);
        }
    }

    /// Keeps an address, and its range, so that its parts are not examined again.
    fn house(&mut self, finding: Option<Finding>) {
        if let Some(finding) = finding {
            self.home = finding.range.clone();
            self.findings.push(finding);
        }
    }
}

/// Whether a word for buildings is there, or 号.
fn is_building(bytes: &[u8]) -> bool {
    ["栋", "幢", "座", "楼", "号", "单"].iter().any(|it| bytes.starts_with(it.as_bytes()))
}

fn is_digit(byte: u8) -> bool {
    byte.wrapping_sub(b'0') < 10
}

/// Whether the commonest blocks begin so, and no inline element does: `td`, `li`, `p`, `div`, `h2`.
fn is_block(name: u8) -> bool {
    matches!(name, b't' | b'd' | b'l' | b'p' | b'h')
}

/// What may stand between the digits of a chain.
fn is_sign(ch: char) -> bool {
    matches!(ch, ' ' | '-' | '_' | '·')
}
