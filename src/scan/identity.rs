//! Resident identity numbers, and the credit codes of organisations that look like them.
//!
//! ```text
//! 110105 19491231 002 X      region, date of birth, order, check digit: GB 11643
//! 110105   491231 002        as issued until 1999: two digits of the year, no check
//! ```
//!
//! Digits are values; the check digit X is 10. The last digit follows from the others by ISO 7064
//! MOD 11-2, and with region and date little else passes. An exception are the unified social
//! credit codes of organisations (GB 32100), which may be made of digits only and are published
//! everywhere.

/// The codes of provinces that identity numbers begin with. The rest of the region, city and
/// county, is not checked: its codes change.
const PROVINCES: [u8; 37] = [
    11, 12, 13, 14, 15, 21, 22, 23, 31, 32, 33, 34, 35, 36, 37, 41, 42, 43, 44, 45, 46, 50, 51, 52,
    53, 54, 61, 62, 63, 64, 65, 66, 71, 81, 82, 83, 91,
];

/// Whether the digits, with 10 for X, are an identity number of 18 characters (GB 11643). The date
/// must be in the calendar (2 月 30 日 is none) and from 1850 to 2099. The caller may pass any
/// digits.
pub(super) fn is_long(digits: &[u8]) -> bool {
    is_like_long(digits) && digits[17] == check(digits) && !is_credit_code(digits)
}

/// The same, whatever the check digit.
pub(super) fn is_like_long(digits: &[u8]) -> bool {
    digits.len() == 18
        && is_region(digits)
        && is_date(number(&digits[6..10]), &digits[10..14])
        && (1850..2100).contains(&number(&digits[6..10]))
}

/// Whether the digits are an identity number as issued before 2000: of 15 digits, unchecked. Region
/// and date alone pass by chance now and then, so `number` wants it to stand alone.
pub(super) fn is_short(digits: &[u8]) -> bool {
    digits.len() == 15
        && digits[14] < 10
        && is_region(digits)
        && is_date(1900 + number(&digits[6..8]), &digits[8..12])
}

/// The number of 18 characters that replaced one of 15 digits. The century is 19, for which short
/// numbers were made. Both forms of a number so have one key: `110105491231002` becomes
/// `11010519491231002X`. `short` must have 15 digits.
pub(super) fn lengthened(short: &[u8]) -> Vec<u8> {
    let mut long = [&short[..6], &[1, 9], &short[6..], &[0]].concat();
    long[17] = check(&long);
    long
}

/// Whether the first two digits are the code of a province.
fn is_region(digits: &[u8]) -> bool {
    PROVINCES.contains(&(digits[0] * 10 + digits[1]))
}

/// Whether month and day, of four digits, are a day of that year by the Gregorian calendar.
fn is_date(year: u16, month_and_day: &[u8]) -> bool {
    let days = match number(&month_and_day[..2]) {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => {
            29
        }
        2 => 28,
        _ => 0,
    };
    (1..=days).contains(&number(&month_and_day[2..]))
}

/// The value of digits; at most four, so that it fits.
fn number(digits: &[u8]) -> u16 {
    digits.iter().fold(0, |number, digit| number * 10 + u16::from(*digit))
}

/// The last character that belongs to the first 17. By ISO 7064 MOD 11-2: the weighted sum modulo
/// 11 selects the character; 10 is X.
fn check(digits: &[u8]) -> u8 {
    const WEIGHTS: [u16; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    const CHECKS: [u8; 11] = [1, 0, 10, 9, 8, 7, 6, 5, 4, 3, 2];
    CHECKS[usize::from(sum(&WEIGHTS, digits) % 11)]
}

/// The digits, each times its weight. What is longer than the other is cut.
fn sum(weights: &[u16], digits: &[u8]) -> u16 {
    weights.iter().zip(digits).map(|(weight, digit)| weight * u16::from(*digit)).sum()
}

/// Whether digits are also a unified social credit code (GB 32100), with the office, the region,
/// and both checks right: one identity number in thousands happens to have all of them. Digit by
/// digit: office, kind, region (6), code of the organisation with its own check (9, GB 11714),
/// check modulo 31.
fn is_credit_code(digits: &[u8]) -> bool {
    const WEIGHTS: [u16; 17] = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
    const ORGANISATION: [u16; 8] = [3, 7, 9, 10, 5, 8, 4, 2];
    let office = digits[0] * 10 + digits[1];
    let is_office = matches!(
        office,
        11..=13 | 19 | 21 | 29 | 31..=35 | 39 | 41 | 49 | 51..=53 | 59 | 61 | 62 | 69 | 71 | 72 | 79 | 81 | 89 | 91..=93
    );
    let organisation = (11 - sum(&ORGANISATION, &digits[8..16]) % 11) % 11;
    is_office
        && is_region(&digits[2..])
        && u16::from(digits[16]) == organisation
        && u16::from(digits[17]) == (31 - sum(&WEIGHTS, digits) % 31) % 31
}

#[cfg(test)]
mod tests {
    use super::*;

    fn digits(text: &str) -> Vec<u8> {
        text.bytes().map(|it| if it == b'X' { 10 } else { it - b'0' }).collect()
    }

    #[test]
    fn checks_the_last_character_the_date_and_the_region() {
        assert!(is_long(&digits("360426199101010071")));
        assert!(is_long(&digits("11010519491231002X")));
        for wrong in ["360426199101010072", "360426199113010071", "000426199101010071"] {
            assert!(!is_long(&digits(wrong)), "{wrong}");
        }
        assert!(is_short(&digits("110105491231002")));
        assert!(!is_short(&digits("110105491331002")));
    }

    #[test]
    fn lengthens_old_numbers() {
        assert_eq!(lengthened(&digits("110105491231002")), digits("11010519491231002X"));
    }
}
