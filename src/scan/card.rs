//! The numbers of bank cards.
//!
//! Two tests: the first six digits belong to an issuer (ISO/IEC 7812) whose cards have that length,
//! and the last digit is right by the Luhn algorithm. The second alone passes one number in ten.
//! `number` adds a third, that the digits are grouped like a card.

/// Lengths that card numbers have.
pub(super) const LENGTHS: std::ops::RangeInclusive<usize> = 12..=19;

/// Whether the digits are a card number of a known issuer with the right last digit (Luhn). Digits
/// are values, not characters. 10, which stands for X, is in no card.
pub(super) fn is_card(digits: &[u8]) -> bool {
    LENGTHS.contains(&digits.len())
        && digits.iter().all(|digit| *digit < 10)
        && is_issued(digits)
        && is_checked(digits)
}

/// Luhn: the digits, every second one doubled from the right, add up to a multiple of ten.
fn is_checked(digits: &[u8]) -> bool {
    let sum: u32 =
        digits.iter().rev().enumerate().map(|(index, digit)| weighed(index, *digit)).sum();
    sum.is_multiple_of(10)
}

/// What a digit adds, by its place from the right: `7` adds 7, or doubled 1 + 4.
fn weighed(index: usize, digit: u8) -> u32 {
    let doubled = u32::from(digit) * 2;
    if index.is_multiple_of(2) { u32::from(digit) } else { doubled / 10 + doubled % 10 }
}

/// Whether an issuer uses the first six digits in a number of this length. There must be six.
fn is_issued(digits: &[u8]) -> bool {
    let head = digits[..6].iter().fold(0, |number, digit| number * 10 + u32::from(*digit));
    let length = digits.len();
    match head {
        // UnionPay, and debit cards of Chinese banks from before its prefix.
        620_000..=629_999
        | 601_382
        | 601_428
        | 602_907
        | 602_969
        | 603_000..=603_999
        | 606_000..=606_999
        | 685_800
        | 690_755
        | 955_000..=955_999
        | 966_666
        | 968_807..=968_809
        | 984_301 => length >= 16,
        // Visa, and debit cards of Chinese banks among its numbers.
        400_000..=499_999 => matches!(length, 13 | 16 | 19),
        // Mastercard and JCB, American Express, Diners.
        510_000..=559_999 | 222_100..=272_099 | 352_800..=358_999 => length == 16,
        340_000..=349_999 | 370_000..=379_999 => length == 15,
        360_000..=369_999 | 300_000..=305_999 => length == 14,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_issuers_and_last_digits() {
        let is = |text: &str| is_card(&text.bytes().map(|it| it - b'0').collect::<Vec<_>>());
        for card in ["4111111111111111", "5500000000000004", "378282246310005", "3530111333300000"]
        {
            assert!(is(card), "{card}");
        }
        assert!(is("30569309025904") && is("6222021234567890128") && is("2221000000000009"));
        assert!(!is("4111111111111112") && !is("9784111111111111") && !is("2026030512304500"));
    }
}
