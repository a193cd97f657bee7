//! Comments of the program's own scripts and style sheets, which are for who reads their source.
//!
//! They are left out of what is published: a quarter of the bytes of the search that a phone loads.
//! A file of a theme of one's own is published as it is, as only a parser of its language can tell
//! what is a comment in it. In the program's own files each comment has lines to itself.

/// A script or style sheet without its comments and blank lines. Other files stay as they are.
pub(super) fn without_comments(name: &str, bytes: Vec<u8>) -> Vec<u8> {
    let is_script = name.ends_with(".js");
    if !is_script && !name.ends_with(".css") {
        return bytes;
    }
    let Ok(text) = str::from_utf8(&bytes) else { return bytes };
    let mut is_inside = false;
    let is_told = |line: &&str| {
        let trimmed = line.trim();
        let is_comment = is_inside
            || trimmed.is_empty()
            || trimmed.starts_with("/*")
            || is_script && trimmed.starts_with("//");
        is_inside = (is_inside || trimmed.starts_with("/*")) && !trimmed.ends_with("*/");
        !is_comment
    };
    text.split_inclusive('\n').filter(is_told).collect::<String>().into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_comments_are_left_out() {
        let without = |name, text: &str| {
            String::from_utf8(without_comments(name, text.as_bytes().to_vec())).unwrap()
        };
        let script = "// Why.\nlet a = 1; // stays\n\n  // More.\n  a += '//';\n";
        assert_eq!(without("a.js", script), "let a = 1; // stays\n  a += '//';\n");
        let style = "/* What\nit is. */\na { b: c }\n/* d */\n//e\n";
        assert_eq!(without("a.css", style), "a { b: c }\n//e\n");
        assert_eq!(without("a.svg", style), style);
    }
}
