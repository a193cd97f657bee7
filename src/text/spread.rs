//! Mobile numbers that fill several cells of a row.
//!
//! | cells | under | number |
//! | --- | --- | --- |
//! | `1380013`, `8001` | a label of telephones, in whatever parts | all of it |
//! | `138`, `-`, `0013`, ``, `8001` | the same | all of it |
//! | `138`, `00138001` | nothing | the same: people part it so |
//! | `138`, `1234`, `5678` | 户数, 人口, 面积 | none: each is the number of something |

/// No number fills as many cells.
pub(crate) const MOST: usize = 24;

/// A cell: its text and the label of its column, both without blanks around.
pub(crate) type LabelledCell<'c> = (&'c str, &'c str);

/// The text of a cell may begin a mobile number that other cells go on with. Most do not.
pub(crate) fn may_begin(text: &str) -> bool {
    text.len() < 11 && matches!(text.as_bytes(), [b'1'] | [b'1', b'3'..=b'9', ..])
}

/// The mobile number that begins in the first of these cells, which stand side by side: how many of
/// them it fills, and its digits. `is_first`: no number stands in the cell before.
pub(crate) fn mobile(cells: &[LabelledCell<'_>], is_first: bool) -> Option<(usize, String)> {
    let (_, label) = cells.first().filter(|(text, _)| may_begin(text))?;
    let is_own = |own: &str| own.is_empty() || own == *label || is_phone(label) && is_phone(own);
    let (mut digits, mut lengths, mut count) = (String::new(), Vec::new(), 0);
    let own = cells.iter().take(MOST).enumerate().take_while(|(at, it)| *at == 0 || is_own(it.1));
    for (at, (text, _)) in own.filter(|(_, (text, _))| !SIGNS.contains(text)) {
        if digits.len() >= 11 || !text.bytes().all(|it| it.is_ascii_digit()) {
            break;
        }
        digits.push_str(text);
        lengths.push(text.len());
        count = at + 1;
    }
    let is_mobile = matches!(digits.as_bytes(), [b'1', b'3'..=b'9', ..]) && digits.len() == 11;
    let is_told = is_phone(label)
        || is_first
            && match lengths[..] {
                [3, 4, 4] => true,
                [7, 4] => label.is_empty(),
                [3, 8] => label.is_empty() && !is_day(&digits[3..]),
                _ => false,
            };
    (is_mobile && is_told && lengths.len() > 1).then_some((count, digits))
}

/// What stands in cells between the parts of a number.
const SIGNS: [&str; 10] = ["", "-", "－", "—", "–", "_", "/", ".", "·", "~"];

/// A label is that of telephones.
fn is_phone(label: &str) -> bool {
    ["电话", "手机", "联系方式", "联系号码"].iter().any(|it| label.contains(it))
}

/// Eight digits are a day of this century or the last.
fn is_day(digits: &str) -> bool {
    let (year, rest) = digits.split_at(4);
    let (month, day) = rest.split_at(2);
    ("1900".."2100").contains(&year) && ("01".."13").contains(&month) && ("01".."32").contains(&day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_several_cells() {
        let number = Some("13800138001");
        for (labels, cells, expected) in [
            ("电话", "138|00138001", number),
            ("电话", "1380013|8001", number),
            ("联系电话", "138|-|0013|-|8001", number),
            ("电话", "138||0013||8001", number),
            ("电话|电话|电话", "13|800138|001", number),
            ("电话|楼号", "138|00138001", None),
            ("电话||楼号", "138|00138001|3", number),
            ("手机号", "1|3|8|0|0|1|3|8|0|0|1", number),
            ("", "138|00138001", number),
            ("", "138|0013|8001", number),
            ("", "1380013|8001", number),
            ("", "138|20261120", None),
            ("", "13|800138001", None),
            ("", "138|0013|80012", None),
            ("", "128|00138001", None),
            ("", "13800138001", None),
            ("年龄", "138|00138001", None),
            ("门牌|户号", "138|00138001", None),
            ("户数|人口|面积", "138|1234|5678", None),
            ("金额", "1380013|8001", None),
        ] {
            let mut labels = labels.split('|');
            let cells: Vec<LabelledCell<'_>> =
                cells.split('|').map(|text| (text, labels.next().unwrap_or_default())).collect();
            let found = mobile(&cells, true).map(|(_, digits)| digits);
            assert_eq!(found.as_deref(), expected, "{cells:?}");
        }
        assert_eq!(mobile(&[("138", ""), ("00138001", "")], false), None);
    }
}
