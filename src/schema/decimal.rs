//! Decimal numbers that add up.
//!
//! Binary numbers do not: `0.1 + 0.2` is not `0.3`, and their sums depend on the order of adding,
//! so a total could differ between two builds of the same records. A [`Decimal`] counts millionths
//! in a whole number instead.
//!
//! ```text
//! written      held            shown       as money
//! 1200.5       1 200 500 000   1200.5      1200.50
//! -0.125       -125 000        -0.125      -0.13
//! ```

use serde::{Deserialize, Serialize};
use std::fmt;

/// A decimal number with up to six places after the point. Sums are exact, in any order. What is
/// read has at most fifteen digits before the point, so there is room for 10¹⁷ such numbers in a
/// sum.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
// Aligned like a pointer, a value with a decimal in it is as small as one with a text.
#[repr(Rust, packed(8))]
pub struct Decimal(i128);

/// How many places there are after the point.
const PLACES: usize = 6;
/// One, in the unit that is counted: ten to the power of [`PLACES`].
const ONE: i128 = 1_000_000;

impl Decimal {
    /// Zero.
    pub const ZERO: Self = Self(0);

    /// A whole number.
    pub fn whole(number: i64) -> Self {
        Self(i128::from(number) * ONE)
    }

    /// Reads `12`, `-3.5`, `+0.125`, `007`. Nothing for any other form (`.5`, `1.`, `1e3`,
    /// `1,000`), for more than six places, and for more than fifteen digits before the point.
    /// Full-width digits and commas are dealt with before, in `scalar.rs`.
    pub fn parse(text: &str) -> Option<Self> {
        let (negative, digits) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text.strip_prefix('+').unwrap_or(text)),
        };
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let is_digits = |it: &str| it.bytes().all(|byte| byte.is_ascii_digit());
        if whole.is_empty() || whole.len() > 15 || fraction.len() > PLACES {
            return None;
        }
        if !is_digits(whole) || !is_digits(fraction) || digits.ends_with('.') {
            return None;
        }
        let whole: i64 = whole.parse().ok()?;
        let zeros = u32::try_from(PLACES - fraction.len()).ok()?;
        let fraction: i64 = if fraction.is_empty() { 0 } else { fraction.parse().ok()? };
        let value = i128::from(whole) * ONE + i128::from(fraction * 10_i64.pow(zeros));
        Some(Self(if negative { -value } else { value }))
    }

    /// `self / divisor`, rounded half away from zero to six places: `2 / 3` is `0.666667`. Nothing
    /// when dividing by zero, or if the number is too large to be scaled.
    #[must_use]
    pub fn divide(self, divisor: Self) -> Option<Self> {
        if divisor.0 == 0 {
            return None;
        }
        let scaled = { self.0 }.checked_mul(ONE)?;
        let half = { divisor.0 }.abs() / 2;
        let rounded = if (scaled < 0) == (divisor.0 < 0) {
            scaled.abs() + half
        } else {
            -(scaled.abs() + half)
        };
        Some(Self(rounded / { divisor.0 }.abs()))
    }

    /// Rounded half away from zero to so many places, up to six. More than six leave it as it is.
    #[must_use]
    pub fn round(self, places: u32) -> Self {
        let unit = 10_i128.pow(u32::try_from(PLACES).unwrap_or(6).saturating_sub(places));
        let half = if self.0 < 0 { -(unit / 2) } else { unit / 2 };
        Self((self.0 + half) / unit * unit)
    }

    /// Below zero.
    pub fn is_negative(self) -> bool {
        self.0 < 0
    }

    /// The nearest binary number; for drawing, never for adding.
    #[expect(clippy::cast_precision_loss, reason = "drawing needs no more than 52 bits")]
    pub fn to_f64(self) -> f64 {
        self.0 as f64 / 1e6
    }

    /// The sum. It stays at the largest number that can be held, far beyond any sum of records.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        Self({ self.0 }.saturating_add(other.0))
    }

    /// The difference.
    #[must_use]
    pub fn minus(self, other: Self) -> Self {
        Self({ self.0 }.saturating_sub(other.0))
    }

    /// The product with a whole number.
    #[must_use]
    pub fn times(self, factor: i64) -> Self {
        Self({ self.0 }.saturating_mul(i128::from(factor)))
    }
}

impl fmt::Display for Decimal {
    /// Without needless zeros; a precision asks for that many places (`{:.2}` for money), up to
    /// six.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let wanted = f.precision();
        let value = match wanted {
            Some(places) => self.round(u32::try_from(places.min(PLACES)).unwrap_or(6)),
            None => *self,
        };
        let sign = if value.0 < 0 { "-" } else { "" };
        let size = { value.0 }.unsigned_abs();
        let (whole, rest) = (size / ONE.unsigned_abs(), size % ONE.unsigned_abs());
        // Nearly all numbers of a site are so, and they are written again and again.
        if rest == 0 && wanted.is_none() {
            f.write_str(sign)?;
            return fmt::Display::fmt(&whole, f);
        }
        let fraction = format!("{rest:0PLACES$}");
        let fraction = match wanted {
            Some(places) => &fraction[..places.min(PLACES)],
            None => fraction.trim_end_matches('0'),
        };
        let point = if fraction.is_empty() { "" } else { "." };
        write!(f, "{sign}{whole}{point}{fraction}")
    }
}

#[cfg(test)]
mod tests {
    use super::Decimal;

    fn decimal(text: &str) -> Decimal {
        Decimal::parse(text).unwrap()
    }

    #[test]
    fn reads_and_writes() {
        for text in ["0", "12", "-3.5", "0.125", "-0.000001", "999999999999999.999999"] {
            assert_eq!(decimal(text).to_string(), text);
        }
        assert_eq!(decimal("1.50").to_string(), "1.5");
        assert_eq!(format!("{:.2}", decimal("-1.005")), "-1.01");
        for text in ["", "-", ".5", "1.", "1e3", "1,2", "0.1234567", "1.2.3", "一"] {
            assert_eq!(Decimal::parse(text), None, "{text}");
        }
    }

    #[test]
    fn divides() {
        assert_eq!(decimal("8").divide(decimal("11")).unwrap().round(4).to_string(), "0.7273");
        assert_eq!(decimal("-1").divide(decimal("8")).unwrap().round(2).to_string(), "-0.13");
        assert_eq!(decimal("1").divide(Decimal::ZERO), None);
    }
}
