//! Identity numbers, bank cards and mobile phones among digits.
//!
//! | kind | groups, beside all digits in one | certain by |
//! | --- | --- | --- |
//! | identity number, 18 | any | check digit, date, region |
//! | identity number, 15 | 6 6 3 | date, region |
//! | bank card, 12 to 19 | 4 4 4 …, 6 and the rest, 4 6 5, 4 6 4 | issuer, Luhn |
//! | mobile, 11 | 3 4 4, 4 3 4; others if nothing else is near | 13 to 19 at the beginning |
//!
//! Any of them may be spelt digit by digit: `1 3 8 1 2 3 4 5 6 7 8`. Points instead of spaces count
//! where there are three groups or more, so `0.13812345678` is a decimal. A short number beside a
//! day (`135 2026-11-28`) is no mobile number in rare groups. A fixed phone is no personal data
//! here: offices publish theirs.

use crate::scan::{
    card,
    chain::{Called, Chain, Digit, Gap},
    finding::{DataKind, Finding},
    glyph::hash,
    identity,
};

/// Fewer digits are no datum.
pub(super) const SHORTEST: usize = 11;

/// The data in a chain; they may overlap. Data begin where a group begins, never within one:
/// `813812345678` holds no phone. O(digits × lengths), and chains are short.
pub(super) fn find(chain: &Chain, findings: &mut Vec<Finding>) {
    let digits = &chain.digits;
    if digits.len() < SHORTEST {
        return;
    }
    for start in
        (0..=digits.len() - SHORTEST).filter(|start| *start == 0 || digits[*start].gap != Gap::None)
    {
        let candidate = Candidate { chain, start };
        findings.extend(candidate.identity());
        findings.extend(candidate.card());
        findings.extend(candidate.mobile());
    }
}

/// The key of an identity number. Both forms have the key of the long one.
fn identity_key(digits: &[u8]) -> u64 {
    match digits.len() {
        15 => hash(DataKind::IdNumber, written(&identity::lengthened(digits))),
        _ => hash(DataKind::IdNumber, written(digits)),
    }
}

/// The digits as text, with `x` for the check digit 10.
fn written(digits: &[u8]) -> Vec<u8> {
    digits.iter().map(|digit| if *digit == 10 { b'x' } else { b'0' + digit }).collect()
}

/// A place in a chain where a datum can begin. `start` is the index of a digit that is the first of
/// a group.
struct Candidate<'a> {
    chain: &'a Chain,
    start: usize,
}

/// How digits are grouped. `138-1234 5678` has the groups 3, 4, 4 and a sign. No datum has more
/// than 19 digits, so 20 groups suffice.
struct Shape {
    groups: [u8; 20],
    count: usize,
    has_point: bool,
    has_sign: bool,
}

impl Shape {
    /// Whether the digits stand in exactly these groups.
    fn is(&self, groups: &[u8]) -> bool {
        &self.groups[..self.count] == groups
    }

    /// Whether every digit stands alone, as in `1 3 8 …`.
    fn is_spelt(&self) -> bool {
        self.groups[..self.count].iter().all(|it| *it == 1)
    }

    /// Groups of four; the last may be of fewer, or of the three that are left over.
    fn is_fours(&self) -> bool {
        let (last, others) = self.groups[..self.count].split_last().expect("a datum has a group");
        *last <= 7 && others.iter().all(|other| *other == 4)
    }
}

impl Candidate<'_> {
    /// The values of so many digits and their shape, if a group ends behind them and no decimal, no
    /// longer number and no token is around.
    ///
    /// `skipped` digits from the candidate's start on are passed over: those of a country code.
    /// None if there are too few digits, if the group goes on behind them, or if a point stands
    /// directly before the candidate. Values may hold the 10 of an X; the callers check.
    fn read(&self, skipped: usize, length: usize) -> Option<(Vec<u8>, Shape)> {
        let all = &self.chain.digits;
        let (start, end) = (self.start + skipped, self.start + skipped + length);
        let digits = all.get(start..end)?;
        let is_open = match all.get(end) {
            Some(next) => next.gap == Gap::Sign,
            None => !self.chain.is_joined_after,
        };
        if !is_open || all[self.start].gap == Gap::Point {
            return None;
        }
        let mut shape = Shape { groups: [0; 20], count: 1, has_point: false, has_sign: false };
        for (index, digit) in digits.iter().enumerate() {
            let is_boundary = index > 0 && digit.gap != Gap::None;
            shape.count += usize::from(is_boundary);
            shape.has_point |= is_boundary && digit.gap == Gap::Point;
            shape.has_sign |= is_boundary && digit.gap == Gap::Sign;
            *shape.groups.get_mut(shape.count - 1)? += 1;
        }
        let is_decimal = shape.has_point && (shape.has_sign || shape.count < 3);
        (!is_decimal).then(|| (digits.iter().map(|it| it.value).collect(), shape))
    }

    /// Whether a letter or sign stands directly before the datum, as within a token.
    fn is_joined(&self) -> bool {
        self.start == 0 && self.chain.is_joined_before
    }

    /// A resident identity number of 18 or 15 digits. The long form has a check digit; the short
    /// one has only a date, so it must stand alone and be grouped as usual.
    fn identity(&self) -> Option<Finding> {
        // Its check makes a long number certain even within a token: `NO220102…`. Where words say
        // what it is, one with a wrong check is most often somebody's, with a digit mistyped.
        let is_long = |it: &[u8]| {
            let is_called = self.chain.called == Called::Identity;
            identity::is_long(it) || is_called && identity::is_like_long(it)
        };
        let long = self.read(0, 18).filter(|(digits, _)| is_long(digits));
        let (digits, shape) = match long {
            Some(it) => it,
            None if self.chain.called == Called::Other => return None,
            None => self.read(0, 15).filter(|(it, shape)| {
                let is_usual = shape.count == 1 || shape.is(&[6, 6, 3]) || self.is_spelt(shape, 15);
                is_usual && !self.is_joined() && identity::is_short(it)
            })?,
        };
        let is_dotted = shape.is(&[6, 8, 4]) || shape.is(&[6, 6, 3]);
        let key = identity_key(&digits);
        (!shape.has_point || is_dotted)
            .then(|| self.finding(DataKind::IdNumber, 0, digits.len(), key))
    }

    /// A number of a bank card, the longest that fits. Its check digit passes one number in ten by
    /// chance, so the issuer's prefix and the grouping are required too, and no word that says it is
    /// an order's. Longer lengths are tried
    /// first, or the first 16 digits of a card of 19 would be found. A length at which no group
    /// ends is passed over.
    fn card(&self) -> Option<Finding> {
        // No issuer's numbers begin with another digit; most rows of numbers end here.
        let is_called_other = self.chain.called == Called::Other;
        let can_begin = !matches!(self.chain.digits[self.start].value, 0 | 1 | 7 | 8);
        if self.is_joined() || is_called_other || !can_begin {
            return None;
        }
        card::LENGTHS.rev().find_map(|length| {
            let (digits, shape) = self.read(0, length)?;
            let head = (shape.groups[0], shape.count);
            let is_usual = shape.count == 1
                || shape.is_fours() && !self.goes_on(length)
                || shape.is(&[4, 6, 5])
                || shape.is(&[4, 6, 4])
                || head == (6, 2) && !shape.has_point
                || self.is_spelt(&shape, length);
            let is_card = is_usual && card::is_card(&digits);
            is_card.then(|| {
                self.finding(
                    DataKind::BankCard,
                    0,
                    length,
                    hash(DataKind::BankCard, written(&digits)),
                )
            })
        })
    }

    /// Whether a group of at most four digits follows, as the end of a longer card number would.
    /// Asked only for a candidate at the start of its chain.
    fn goes_on(&self, length: usize) -> bool {
        let rest = &self.chain.digits[self.start + length..];
        let group = rest.iter().skip(1).take_while(|it| it.gap == Gap::None).count() + 1;
        !rest.is_empty() && group <= 4 && self.start == 0
    }

    /// A mobile number, with or without the prefix of the country. It has no check digit, so only
    /// common groupings count. The prefixes are none, `86` and `0086`; a `+` is no glyph of the
    /// chain. They are not part of the finding. Numbers that begin with 10 to 12 are given to no
    /// mobile phone.
    fn mobile(&self) -> Option<Finding> {
        if self.is_joined() {
            return None;
        }
        let begins = |digits: &[u8]| {
            let rest = &self.chain.digits[self.start..];
            rest.iter().zip(digits).filter(|(it, digit)| it.value == **digit).count()
                == digits.len()
        };
        let prefixes: [&[u8]; 3] = [&[], &[8, 6], &[0, 0, 8, 6]];
        prefixes.into_iter().filter(|prefix| begins(prefix)).find_map(|prefix| {
            let (digits, shape) = self.read(prefix.len(), SHORTEST)?;
            let is_mobile =
                digits[0] == 1 && digits[1] >= 3 && digits.iter().all(|digit| *digit < 10);
            let is_whole = self.start == 0 && self.chain.digits.len() == prefix.len() + SHORTEST;
            let is_usual = shape.count == 1
                || shape.is(&[3, 4, 4])
                || !shape.has_point && shape.is(&[4, 3, 4])
                || self.is_spelt(&shape, prefix.len() + SHORTEST)
                || is_whole
                    && !shape.has_point
                    && SELDOM.iter().any(|it| shape.is(it))
                    && !is_beside_day(&digits, &shape);
            let key = hash(DataKind::Mobile, written(&digits));
            (is_mobile && is_usual)
                .then(|| self.finding(DataKind::Mobile, prefix.len(), SHORTEST, key))
        })
    }

    /// Whether every digit stands alone and no other such digit is before or behind them. A longer
    /// row of single digits is a list, and no part of it a number.
    fn is_spelt(&self, shape: &Shape, length: usize) -> bool {
        let all = &self.chain.digits;
        let is_alone = |index: usize| all.get(index + 1).is_none_or(|it| it.gap != Gap::None);
        let end = self.start + length;
        let goes_on = end < all.len() && is_alone(end);
        let began = self.start > 0 && (self.start == 1 || all[self.start - 1].gap != Gap::None);
        shape.is_spelt() && !shape.has_point && !goes_on && !began
    }

    /// The finding over some digits of the chain, from the first byte of the first to the last of
    /// the last.
    fn finding(&self, kind: DataKind, skipped: usize, length: usize, key: u64) -> Finding {
        let start = self.start + skipped;
        let digits: &[Digit] = &self.chain.digits[start..start + length];
        Finding { kind, range: digits[0].start..digits[length - 1].end, key }
    }
}

/// Whether the first group is a number of its own, and the others are a day of these times, in one
/// group or three: `135 2026-11-28`, `135 20261128`.
fn is_beside_day(digits: &[u8], shape: &Shape) -> bool {
    if !shape.is(&[3, 4, 2, 2]) && !shape.is(&[3, 8]) {
        return false;
    }
    let number = |digits: &[u8]| digits.iter().fold(0, |sum, digit| sum * 10 + u32::from(*digit));
    let (year, month, day) = (number(&digits[3..7]), number(&digits[7..9]), number(&digits[9..]));
    (1900..2100).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day)
}

/// Groups that are a mobile number only if nothing else is near.
const SELDOM: [&[u8]; 5] = [&[4, 4, 3], &[3, 8], &[7, 4], &[3, 3, 5], &[3, 4, 2, 2]];
