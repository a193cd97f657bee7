//! Files that say that they hold sample data.
//!
//! ```text
//! # 示例数据：人名、电话均为虚构      the comments at the head of a file of records or of a place
//! ```
//!
//! Whether that matters, the build decides: a site that says on every page that it is a sample may
//! hold what is made up.

use crate::{
    diagnostic::{Code, Diagnostic},
    source::{Span, Text},
};

/// How such a comment begins.
const WORDS: [&str; 2] = ["示例数据", "sample data"];

/// The warning that a file says so, if it does.
pub(in crate::schema) fn check(text: &Text) -> Option<Diagnostic> {
    let mut start = 0;
    for line in text.content.split_inclusive('\n') {
        let comment = line.trim().strip_prefix('#')?;
        let comment = comment.trim_start_matches(['#', ' ']).to_lowercase();
        if WORDS.iter().any(|it| comment.starts_with(it)) {
            let span = Span::new(start, start + line.trim_end().len());
            let told = Diagnostic::warning(Code::SampleData, text.locate(span));
            return Some(told.help("mark"));
        }
        start += line.len();
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::SitePath;

    #[test]
    fn the_comments_at_the_head_say_so() {
        let line = |content: &str| {
            let path = SitePath::new("content/honors.yaml");
            let told = check(&Text { path, content: content.to_owned() })?;
            Some(told.location.range?.start.line)
        };
        assert_eq!(line("# 示例数据：人名、电话均为虚构\nname: 甲\n"), Some(1));
        assert_eq!(line("# 好人榜\r\n## Sample data, made up\r\n- name: 甲\r\n"), Some(2));
        assert_eq!(line("# 不是示例数据\nname: 甲\n# 示例数据\n"), None);
        assert_eq!(line(""), None);
    }
}
