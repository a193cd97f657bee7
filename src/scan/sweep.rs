//! One pass over the bytes for the places where a datum can stand.
//!
//! Digits that nothing but single spaces and hyphens separates are a run. A run of eleven digits, or
//! one that goes on behind a tag, a reference or a wide character, is read as a [`chain`]. Letters
//! behind a wide character can be plates; words for buildings, and what stands around runs,
//! addresses. Everything else costs a few instructions for every 64 bytes.

use crate::scan::{
    Finding, address,
    blocks::{Window, each, mask, ones},
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
    if sweep.is_open {
        sweep.run(sweep.opened, source.bytes.len());
    }
    sweep.findings
}

struct Sweep<'a> {
    source: Source<'a>,
    findings: Vec<Finding>,
    /// Digits before here were read as part of a chain.
    read: usize,
    /// Words before here were read as part of an address.
    housed: usize,
    /// Where the run that reaches into the next block began.
    opened: usize,
    is_open: bool,
    /// Bytes of the next block that belong to a full-width digit of the last.
    carried: u64,
}

impl<'a> Sweep<'a> {
    fn new(source: Source<'a>) -> Self {
        Self {
            source,
            findings: Vec::new(),
            read: 0,
            housed: 0,
            opened: 0,
            is_open: false,
            carried: 0,
        }
    }

    fn block(&mut self, base: usize, window: &Window) {
        let mut digits = mask(window, |_, it, _| it.is_ascii_digit());
        let full_widths =
            mask(window, |_, it, next| (it == 0xef) & ((next == 0xbc) | (next == 0xbd)));
        if full_widths | self.carried != 0 {
            digits |= self.full_widths(base, full_widths);
        }
        self.runs(base, window, digits);
        let letters = mask(window, |before, it, _| {
            let is_lower = it.wrapping_sub(b'a') < 26;
            let is_upper = it.wrapping_sub(b'A') < 26;
            (is_lower | is_upper) & (before >= 0x80)
                | is_upper & ((before == b'>') | (before == b' ') | (before == b';'))
        });
        for at in ones(letters) {
            self.letter(base + at);
        }
        // The last two bytes of 栋, 幢, 楼 and 单.
        let buildings = mask(window, |_, it, next| {
            (it == 0xa0) & (next == 0x8b)
                | (it == 0xb9) & (next == 0xa2)
                | (it == 0xa5) & (next == 0xbc)
                | (it == 0x8d) & (next == 0x95)
        });
        for at in ones(buildings) {
            self.building((base + at).wrapping_sub(1));
        }
    }

    /// The bytes of full-width digits among full-width forms. Letters and `＠` are looked at here.
    #[cold]
    fn full_widths(&mut self, base: usize, positions: u64) -> u64 {
        let mut digits = std::mem::take(&mut self.carried);
        for position in ones(positions) {
            let at = base + position;
            match self.source.bytes.get(at + 1..at + 3) {
                Some([0xbc, 0x90..=0x99]) => {
                    let bits = 0b111u128 << position;
                    #[expect(clippy::cast_possible_truncation, reason = "the rest is carried")]
                    let (now, later) = (bits as u64, (bits >> 64) as u64);
                    digits |= now;
                    self.carried |= later;
                }
                Some([0xbc, 0xa1..=0xba] | [0xbd, 0x81..=0x9a]) => self.letter(at),
                Some([0xbc, 0xa0]) => self.findings.extend(email::at(self.source, at)),
                _ => {}
            }
        }
        digits
    }

    /// Follows the runs of a block and those that reach into it.
    fn runs(&mut self, base: usize, window: &Window, digits: u64) {
        let signs = mask(window, |_, it, _| (it == b' ') | (it == b'-'));
        let digit_before = u64::from(window[0].is_ascii_digit() || self.is_open);
        let digit_behind = u64::from(window[window.len() - 1].is_ascii_digit());
        let joints = signs & (digits << 1 | digit_before) & (digits >> 1 | digit_behind << 63);
        let runs = digits | joints;
        for at in ones(runs ^ (runs << 1 | u64::from(self.is_open))) {
            if self.is_open {
                self.run(self.opened, base + at);
            } else {
                self.opened = base + at;
            }
            self.is_open = !self.is_open;
        }
    }

    /// Looks at a run of digits and at what touches it.
    #[inline]
    fn run(&mut self, start: usize, end: usize) {
        let bytes = self.source.bytes;
        let before = start.checked_sub(1).map_or(0, |it| TOUCHES[usize::from(bytes[it])] & BEFORE);
        let behind = bytes.get(end).map_or(0, |it| TOUCHES[usize::from(*it)] & BEHIND);
        if end - start >= number::SHORTEST || before | behind != 0 {
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
        if before != 0 {
            self.before(start);
        }
        let goes_on = behind != 0 && self.behind(end);
        let is_long = end - start >= number::SHORTEST && !self.is_landline(start, end);
        if start >= self.read && (goes_on || is_long) {
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
        if bytes.ends_with("座".as_bytes()) {
            return self.building(start - "座".len());
        }
        let words = bytes.strip_suffix(b" ").unwrap_or(bytes);
        if start >= self.housed
            && words.last().is_some_and(|it| it.is_ascii_alphabetic() || b".#;".contains(it))
        {
            self.house(english::at(self.source, start));
        }
    }

    /// Looks for the word of an address behind a run. Says whether digits go on behind it.
    fn behind(&mut self, end: usize) -> bool {
        let bytes = self.source.bytes;
        let next = |it: usize| bytes.get(end + it).copied().unwrap_or(b'\n');
        match next(0) {
            0xe5 | 0xe9 => {
                match &bytes[end..bytes.len().min(end + 3)] {
                    [0xe5, 0xba, 0xa7] | [0xe5, 0xbc, 0x84] | [0xe9, 0x97, 0xa8] => {
                        self.building(end)
                    }
                    [0xe5, 0xae, 0xa4] => self.room(end),
                    _ => {}
                }
                false
            }
            b'#' => {
                self.building(end);
                false
            }
            // A decimal has one point; what is written with points has two.
            b'.' => {
                let group = bytes[end + 1..].iter().take_while(|it| it.is_ascii_digit()).count();
                (4..=8).contains(&group) && next(1 + group) == b'.'
            }
            b' ' if next(1) >= 0xe4 || next(1).is_ascii_alphabetic() => false,
            _ => {
                let mut glyphs = self.source.forward(end).take(4).skip_while(|it| is_sign(it.ch));
                match glyphs.next() {
                    Some(it) if it.ch == '室' => self.room(it.start),
                    Some(it) if matches!(it.ch, '座' | '弄' | '门' | '#') => {
                        self.building(it.start)
                    }
                    it => return it.is_some_and(|it| it.ch.is_ascii_digit()),
                }
                false
            }
        }
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
        if at >= self.housed {
            self.house(address::at(self.source, at));
        }
    }

    fn house(&mut self, finding: Option<Finding>) {
        if let Some(finding) = finding {
            self.housed = finding.range.end;
            self.findings.push(finding);
        }
    }
}

/// What may stand between the digits of a chain.
fn is_sign(ch: char) -> bool {
    matches!(ch, ' ' | '-' | '_' | '·')
}

/// Before a run: the number of a character reference.
const REFERENCE: u8 = 1;
/// Before a run: the end of a word of an address.
const WORD: u8 = 2;
/// Any of those.
const BEFORE: u8 = REFERENCE | WORD;
/// Behind a run: what digits can go on behind, or the beginning of a word of an address.
const BEHIND: u8 = 4;

/// What it means that a byte touches a run.
const TOUCHES: [u8; 256] = {
    let mut touches = [0; 256];
    let lists: [(u8, &[u8]); 3] = [
        (REFERENCE, b"#xX"),
        (WORD, b" .;mtgMTG\xa7"),
        (BEHIND, b" -_.#<&\t\r\n\xc2\xe2\xe3\xe5\xe9\xef"),
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
