//! The lines of a calendar.
//!
//! Lines end with CR and LF and have at most 75 bytes; what is longer is folded between characters,
//! never within one:
//!
//! ```text
//! DESCRIPTION:到场人员：律师\n服务单位：凯旋公共法律服务
//!  站
//! ```

use jiff::civil::DateTime;

use crate::text::has_byte;

/// The most bytes of a line.
const WIDTH: usize = 75;

/// A moment without a zone: `20261128T140000`.
pub(super) fn date_time(at: DateTime) -> String {
    at.strftime("%Y%m%dT%H%M%S").to_string()
}

/// Lines of a calendar.
pub(crate) struct Lines(String);

impl Lines {
    /// No lines yet; so many events are to come.
    pub(crate) fn for_events(count: usize) -> Self {
        Self(String::with_capacity(1024 + 512 * count))
    }

    /// The lines that were added.
    pub(crate) fn into_text(self) -> String {
        self.0
    }

    /// Adds a line with a value that stands as it is.
    pub(crate) fn put(&mut self, name: &str, value: &str) {
        let mut left = WIDTH;
        for part in [name, ":", value] {
            if has_byte(part, may_control) {
                let shown: String = part.chars().filter(|ch| !ch.is_control()).collect();
                self.fold(&shown, &mut left);
            } else {
                self.fold(part, &mut left);
            }
        }
        self.0.push_str("\r\n");
    }

    /// Adds a part of a line, of which so many bytes are left.
    fn fold(&mut self, mut rest: &str, left: &mut usize) {
        while rest.len() > *left {
            let end = (0..=*left).rev().find(|at| rest.is_char_boundary(*at)).unwrap_or_default();
            let (line, next) = rest.split_at(end);
            self.0.push_str(line);
            self.0.push_str("\r\n ");
            (*left, rest) = (WIDTH - 1, next);
        }
        self.0.push_str(rest);
        *left -= rest.len();
    }

    /// Adds a line with a text, in which some characters are escaped.
    pub(crate) fn text(&mut self, name: &str, text: &str) {
        let mut rest = text.trim();
        let sign_in = |text: &str| text.bytes().position(|it| b"\\;,\n".contains(&it));
        let mut escaped = String::new();
        while let Some(at) = sign_in(rest) {
            let (before, sign) = rest.split_at(at);
            let (sign, behind) = sign.split_at(1);
            escaped.extend([before, "\\", if sign == "\n" { "n" } else { sign }]);
            rest = behind;
        }
        if escaped.is_empty() {
            return self.put(name, rest);
        }
        escaped.push_str(rest);
        self.put(name, &escaped);
    }
}

/// A control character is written with this byte, or begins with it.
fn may_control(byte: u8) -> bool {
    byte < b' ' || byte == 0x7f || byte == 0xc2
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_folded_between_characters() {
        for count in 0..120 {
            for unit in ["a", "é", "社", "𠮷", "a社"] {
                let text = unit.repeat(count);
                let mut lines = Lines::for_events(0);
                lines.put("NAME", &text);
                let written = lines.into_text();
                assert!(written.split("\r\n").all(|line| line.len() <= WIDTH), "{written}");
                assert_eq!(written.replace("\r\n ", ""), format!("NAME:{text}\r\n"));
            }
        }
    }

    #[test]
    fn control_characters_are_left_out_and_signs_are_escaped() {
        let mut lines = Lines::for_events(0);
        lines.put("A", "\u{85}é\u{7}\r");
        lines.text("B", " 一;二,三\\四\n五 ");
        assert_eq!(lines.into_text(), "A:é\r\nB:一\\;二\\,三\\\\四\\n五\r\n");
    }
}
