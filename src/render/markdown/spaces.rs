//! Spaces in the names of files that links and images point at.
//!
//! `![门](现场 照片.jpg)` is no image to Markdown, whose targets end at the first space unless they
//! stand in `<` and `>`. But that is how a file is called, and how it is typed. [`in_targets`] finds
//! the spaces of such targets, which the parser is then shown as another character.

use memchr::memmem;

/// What may stand for a space of a target: signs of one byte that mean nothing in Markdown.
const STAND_INS: [char; 4] = ['^', '{', '}', '$'];

/// The most characters of a file's extension.
const EXTENSION: usize = 5;

/// Where the spaces in targets stand that would be files' names but for them, in order, and a
/// character that the source does not have, to stand for them.
pub(super) fn in_targets(source: &str) -> (Vec<usize>, char) {
    let mut spaces = Vec::new();
    let starts: Vec<usize> = memmem::find_iter(source.as_bytes(), b"](").map(|at| at + 2).collect();
    let ends = starts.iter().skip(1).copied().chain([source.len()]);
    for (start, end) in starts.iter().zip(ends) {
        if let Some(target) = target(&source[*start..end]).filter(|it| is_name(it)) {
            spaces.extend(memchr::memchr_iter(b' ', target.as_bytes()).map(|it| start + it));
        }
    }
    match STAND_INS.into_iter().find(|it| !source.contains(*it)) {
        Some(stand_in) if !spaces.is_empty() => (spaces, stand_in),
        _ => (Vec::new(), ' '),
    }
}

/// What stands before the bracket that closes a target; nothing if none does on its line. Each byte
/// is looked at once: `text` ends where the next target begins.
fn target(text: &str) -> Option<&str> {
    let mut open = 0_usize;
    let mut escaped = false;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'\n' | b'\r' => return None,
            b'(' if !escaped => open += 1,
            b')' if !escaped && open == 0 => return Some(&text[..at]),
            b')' if !escaped => open -= 1,
            _ => {}
        }
        escaped = byte == b'\\' && !escaped;
    }
    None
}

/// It is the name of a file with spaces in it, with or without a heading behind it, and no target
/// with a title.
fn is_name(target: &str) -> bool {
    let file = target.split_once('#').map_or(target, |(file, _)| file);
    let extension = file.rsplit_once('.').map_or("", |(_, extension)| extension);
    target.trim() == target
        && target.contains(' ')
        && !target.contains(['<', '"', '\t'])
        && (1..=EXTENSION).contains(&extension.len())
        && extension.bytes().all(|it| it.is_ascii_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::super::tests::{check, check_problems};
    use super::super::{Broken, Wrong};

    #[test]
    fn names_with_spaces_are_targets() {
        let missing = |target: &str| Wrong::Image {
            target: target.to_owned(),
            broken: Broken::File { near: None },
        };
        for (source, target) in [
            ("![门](现场 照片.jpg)", "现场 照片.jpg"),
            ("甲![…](微信图片 (1).png)乙", "微信图片 (1).png"),
            ("![门](a  b (2) 3.JPG)", "a  b (2) 3.JPG"),
            ("- ![门](../图 片/门 口.jpeg)", "../图 片/门 口.jpeg"),
            ("![门](<现场 照片.jpg>)", "现场 照片.jpg"),
        ] {
            check_problems(source, &[(target, missing(target))]);
        }
        check(
            "[甲](附件 1.md) [乙](停水.md \"a b.md\")",
            "<a href=\"%E9%99%84%E4%BB%B6%201.md\">甲</a> \
             <a href=\"/notices/%E5%81%9C%E6%B0%B4/\" title=\"a b.md\">乙</a>",
        );
    }

    #[test]
    fn other_spaces_stay() {
        check("[甲](乙 丙)", "[甲](乙 丙)");
        check("`[甲](乙 丙.md)`", "<code>[甲](乙 丙.md)</code>");
        check("\\[甲](乙 丙.md)", "[甲](乙 丙.md)");
        check("[甲](乙 丙.md", "[甲](乙 丙.md");
        check("[甲](乙 丙.md) ^{}$", "[甲](乙 丙.md) ^{}$");
    }

    #[test]
    fn many_brackets_cost_no_more() {
        let start = std::time::Instant::now();
        assert!(super::in_targets(&"](".repeat(500_000)).0.is_empty());
        assert!(super::in_targets(&"](a b".repeat(200_000)).0.is_empty());
        assert!(start.elapsed().as_secs() < 10, "{:?}", start.elapsed());
    }
}
