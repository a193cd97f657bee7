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

/// The most bytes of a line.
const WIDTH: usize = 75;

/// A moment without a zone: `20261128T140000`.
pub(super) fn date_time(at: DateTime) -> String {
    at.strftime("%Y%m%dT%H%M%S").to_string()
}

/// Lines of a calendar.
pub(super) struct Lines(String);

impl Lines {
    /// No lines yet; so many events are to come.
    pub(super) fn for_events(count: usize) -> Self {
        Self(String::with_capacity(1024 + 512 * count))
    }

    /// The lines that were added.
    pub(super) fn into_text(self) -> String {
        self.0
    }

    /// Adds a line with a value that stands as it is.
    pub(super) fn put(&mut self, name: &str, value: &str) {
        let mut width = 0;
        for part in [name, ":", value] {
            for ch in part.chars().filter(|ch| !ch.is_control()) {
                if width + ch.len_utf8() > WIDTH {
                    self.0.push_str("\r\n ");
                    width = 1;
                }
                self.0.push(ch);
                width += ch.len_utf8();
            }
        }
        self.0.push_str("\r\n");
    }

    /// Adds a line with a text, in which some characters are escaped.
    pub(super) fn text(&mut self, name: &str, text: &str) {
        let mut escaped = String::with_capacity(text.len());
        for ch in text.trim().chars() {
            match ch {
                '\\' | ';' | ',' => escaped.extend(['\\', ch]),
                '\n' => escaped.push_str("\\n"),
                ch => escaped.push(ch),
            }
        }
        self.put(name, &escaped);
    }
}
