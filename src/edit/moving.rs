//! A record moves: to another place in its file, or into another file of the same list.
//!
//! It takes its lines along as they are written, comments in them included; in a file whose records are
//! further to the right they are indented as those. Lines around it stay.

use std::ops::Range;

use crate::{
    edit::{
        change::Refused,
        plain::{self, Plain},
        third,
    },
    source::{
        Text,
        yaml::{self, Node, RECORDS},
    },
};

/// The text of a file after a record, by its number from zero, was moved in front of that which is
/// `before`; behind all if that is their number.
pub fn moved(text: &Text, record: usize, before: usize) -> Result<String, Refused> {
    let parsed = read(text)?;
    let records = records(parsed.as_ref())?;
    let lines = lines(text, records.get(record).ok_or(Refused::NoRecord)?)?;
    if before > records.len() {
        return Err(Refused::NoRecord);
    }
    if before == record || before == record + 1 {
        return Ok(text.content.clone());
    }
    let at = match records.get(before) {
        Some(next) => self::lines(text, next)?.start,
        None => self::lines(text, &records[records.len() - 1])?.end,
    };
    let mut wanted = plain_records(parsed.as_ref());
    let taken = wanted.remove(record);
    wanted.insert(if before > record { before - 1 } else { before }, taken);
    let moved = with_end(text, &text.content[lines.clone()]);
    let mut content = text.content.clone();
    let put = |content: &mut String| {
        let open = at > 0 && !content[..at].ends_with('\n');
        content.insert_str(at, &if open { format!("{}{moved}", end(text)) } else { moved.clone() });
    };
    if at > lines.start {
        put(&mut content);
        content.replace_range(lines, "");
    } else {
        content.replace_range(lines, "");
        put(&mut content);
    }
    checked(text, content, &wanted)
}

/// The texts of two files after a record, by its number from zero, was moved from the first to the end
/// of the second.
pub fn moved_between(from: &Text, record: usize, to: &Text) -> Result<(String, String), Refused> {
    let (old, new) = (read(from)?, read(to)?);
    let (mut left, mut there) = (plain_records(old.as_ref()), plain_records(new.as_ref()));
    let source = records(old.as_ref())?;
    let taken = source.get(record).ok_or(Refused::NoRecord)?;
    let last = records(new.as_ref())?.last().ok_or(Refused::NoRecord)?;
    let (span, target) = (lines(from, taken)?, lines(to, last)?);
    let [indent, wanted] = [(from, taken), (to, last)].map(|(text, it)| column(text, it));
    let gone = with_end(from, &from.content[span.clone()]).replace("\r\n", "\n");
    let mut moved = String::new();
    for line in gone.lines() {
        let bare = line.get(indent..).unwrap_or_else(|| line.trim_start());
        let blanks = if bare.is_empty() { 0 } else { wanted };
        moved.extend([" ".repeat(blanks).as_str(), bare, end(to)]);
    }
    there.push(left.remove(record));
    let mut content = to.content.clone();
    let open = if content[..target.end].ends_with('\n') { "" } else { end(to) };
    content.insert_str(target.end, &format!("{open}{moved}"));
    let to = checked(to, content, &there)?;
    let mut content = from.content.clone();
    if source.len() == 1 {
        let nothing = format!("{}[]{}", " ".repeat(indent), end(from));
        content.replace_range(span, &nothing);
    } else {
        content.replace_range(span, "");
    }
    Ok((checked(from, content, &left)?, to))
}

fn read(text: &Text) -> Result<Option<Node<'_>>, Refused> {
    let parsed = yaml::parse(text, 0..text.content.len());
    if parsed.diagnostics.is_empty() { Ok(parsed.value) } else { Err(Refused::Broken) }
}

fn records<'n>(node: Option<&'n Node<'n>>) -> Result<&'n [Node<'n>], Refused> {
    let list = node.map(|it| it.get(RECORDS).unwrap_or(it));
    list.and_then(Node::as_list).ok_or(Refused::NoRecord)
}

fn plain_records(node: Option<&Node<'_>>) -> Vec<Plain> {
    records(node).unwrap_or_default().iter().map(|it| plain::of(Some(it))).collect()
}

/// What ends a line of a text.
fn end(text: &Text) -> &'static str {
    if text.content.contains("\r\n") { "\r\n" } else { "\n" }
}

/// Lines with an end.
fn with_end(text: &Text, lines: &str) -> String {
    if lines.ends_with('\n') { lines.to_owned() } else { format!("{lines}{}", end(text)) }
}

/// How many blanks stand before the dash of a record.
fn column(text: &Text, record: &Node<'_>) -> usize {
    let start = record.span.start as usize;
    let line = text.content[..start].rfind('\n').map_or(0, |it| it + 1);
    text.content[line..start].find('-').unwrap_or(0)
}

/// The lines of a record, from its dash to the end of its last line. A record that shares a line with
/// another is not moved.
fn lines(text: &Text, record: &Node<'_>) -> Result<Range<usize>, Refused> {
    let (start, last) = (record.span.start as usize, record.span.end as usize);
    let line = text.content[..start].rfind('\n').map_or(0, |it| it + 1);
    let is_dash = text.content[line..start].trim() == "-";
    let rest = &text.content[last..];
    let end = last + rest.find('\n').map_or(rest.len(), |it| it + 1);
    if is_dash { Ok(line..end) } else { Err(Refused::Form) }
}

/// A text, if its records are those that were meant, and all else that it says is as before.
fn checked(before: &Text, content: String, wanted: &[Plain]) -> Result<String, Refused> {
    let new = Text { path: before.path.clone(), content };
    let (old, parsed) = (read(before)?, read(&new).map_err(|_| Refused::Form)?);
    let head = |node: Option<&Node<'_>>| {
        let entries = node.and_then(Node::as_map).unwrap_or_default().iter();
        let others = entries.filter(|it| it.key != RECORDS);
        others.map(|it| (it.key.to_string(), plain::of(Some(&it.value)))).collect::<Vec<_>>()
    };
    let is_meant = plain_records(parsed.as_ref()) == wanted
        && head(old.as_ref()) == head(parsed.as_ref())
        && third::agrees(&new.content, parsed.as_ref());
    if is_meant { Ok(new.content) } else { Err(Refused::Form) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::SitePath;

    fn text(content: &str) -> Text {
        Text { path: SitePath::new("a.yaml"), content: content.to_owned() }
    }

    const FILE: &str = "# 头\n- a: 1 # 一\n  b: 2\n\n- a: 3\n# 中\n- a: '5'\n";

    #[test]
    fn records_move_within_a_file() {
        for (record, before, after) in [
            (0, 2, "# 头\n\n- a: 3\n# 中\n- a: 1 # 一\n  b: 2\n- a: '5'\n"),
            (2, 0, "# 头\n- a: '5'\n- a: 1 # 一\n  b: 2\n\n- a: 3\n# 中\n"),
            (0, 3, "# 头\n\n- a: 3\n# 中\n- a: '5'\n- a: 1 # 一\n  b: 2\n"),
            (1, 1, FILE),
            (1, 2, FILE),
        ] {
            assert_eq!(moved(&text(FILE), record, before).as_deref(), Ok(after));
            let windows = text(&FILE.replace('\n', "\r\n"));
            let after = after.replace('\n', "\r\n");
            assert_eq!(moved(&windows, record, before).as_deref(), Ok(&*after));
        }
        assert_eq!(moved(&text("- a: 1\n- a: 2"), 0, 2).as_deref(), Ok("- a: 2\n- a: 1\n"));
        assert_eq!(moved(&text(FILE), 3, 0), Err(Refused::NoRecord));
        assert_eq!(moved(&text("[{a: 1}, {a: 2}]\n"), 0, 2), Err(Refused::Form));
        assert_eq!(moved(&text("- a: [1\n"), 0, 0), Err(Refused::Broken));
    }

    #[test]
    fn records_move_to_another_file() {
        let to = text("basis: office\nrecords:\n  - a: 9\n");
        let after = moved_between(&text(FILE), 0, &to).unwrap();
        assert_eq!(after.0, "# 头\n\n- a: 3\n# 中\n- a: '5'\n");
        assert_eq!(after.1, "basis: office\nrecords:\n  - a: 9\n  - a: 1 # 一\n    b: 2\n");
        let (left, there) = moved_between(&text("- a: 1\n"), 0, &text("- a: 2")).unwrap();
        assert_eq!((left.as_str(), there.as_str()), ("[]\n", "- a: 2\n- a: 1\n"));
    }
}
