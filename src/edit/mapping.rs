//! Changes of what a file says of itself: the front matter of an article, a `place.yaml`, `site.toml`.
//!
//! ```text
//! ---                         ---
//! title: 停水   # 三月          title: 停水   # 三月
//! ---                   ─▶    until: 2026-03-09
//! 正文                         ---
//!                             正文
//! ```
//!
//! As with records: the text is read again, and an edit that does not say just what was meant is
//! refused. What stands behind the front matter stays byte for byte.

use std::ops::Range;

use crate::{
    edit::{
        change::{NewValue, Refused},
        plain::{self, Plain},
        records, third,
    },
    schema::decode::front_matter,
    source::{
        Text, toml,
        yaml::{self, Node, NodeKind},
    },
};

/// The text of an article, or of a file with one mapping, after some of its keys say something else.
/// A key that is not there is added behind the others.
pub fn apply_to_mapping(text: &Text, sets: &[(String, NewValue)]) -> Result<String, Refused> {
    let range = part(text)?;
    let parsed = yaml::parse(text, range.clone());
    if !parsed.diagnostics.is_empty() {
        return Err(Refused::Broken);
    }
    let node = parsed.value.as_ref().filter(|it| it.as_map().is_some()).ok_or(Refused::NoRecord)?;
    let wanted = with(plain::of(Some(node)), sets);
    let content = records::edited_mapping(text, node, sets)?;
    let edited = Text { path: text.path.clone(), content };
    let new = part(&edited).map_err(|_| Refused::Form)?;
    let is_rest_same = text.content[..range.start] == edited.content[..new.start]
        && text.content[range.end..] == edited.content[new.end..];
    let read = yaml::parse(&edited, new.clone());
    let is_meant = read.diagnostics.is_empty()
        && plain::of(read.value.as_ref()) == wanted
        && third::agrees(&edited.content[new], read.value.as_ref());
    if is_rest_same && is_meant { Ok(edited.content) } else { Err(Refused::Form) }
}

/// Where the mapping stands.
fn part(text: &Text) -> Result<Range<usize>, Refused> {
    if !text.path.has_extension("md") {
        return Ok(0..text.content.len());
    }
    front_matter::split(text).map(|it| it.0).map_err(|_| Refused::NoRecord)
}

/// What a mapping has to say.
fn with(plain: Plain, sets: &[(String, NewValue)]) -> Plain {
    let Plain::Map(mut entries) = plain else { return plain };
    for (key, value) in sets {
        plain::set(&mut entries, key, plain::value_of(value));
    }
    Plain::Map(entries)
}

/// The text of `site.toml` after a setting says something else. `table` names the table, empty for
/// settings of none. A setting that is not there is added behind the others of its table, and so is a
/// table. Nothing is added to a table in braces, and no setting becomes a table or the other way
/// round.
pub fn apply_to_settings(
    text: &Text,
    table: &str,
    key: &str,
    value: &NewValue,
) -> Result<String, Refused> {
    let is_name = |it: &str| {
        !it.is_empty() && it.bytes().all(|it| it.is_ascii_alphanumeric() || b"-_".contains(&it))
    };
    if !is_name(key) || !(table.is_empty() || table.split('.').all(is_name)) {
        return Err(Refused::Form);
    }
    let parsed = toml::parse(text);
    if !parsed.diagnostics.is_empty() {
        return Err(Refused::Broken);
    }
    let root = parsed.value.as_ref().ok_or(Refused::Broken)?;
    let path: Vec<&str> = table.split('.').filter(|it| !it.is_empty()).collect();
    let wanted = setting(plain::of(Some(root)), &path, key, value).ok_or(Refused::Form)?;
    let holder = path.iter().try_fold(root, |node, name| node.get(name));
    let content = replaced(text, holder, (table, key), value)?;
    let edited = Text { path: text.path.clone(), content };
    let read = toml::parse(&edited);
    let is_meant =
        read.diagnostics.is_empty() && sorted(plain::of(read.value.as_ref())) == sorted(wanted);
    if is_meant { Ok(edited.content) } else { Err(Refused::Form) }
}

/// The text with a setting in it. `holder` is its table, if that is there.
fn replaced(
    text: &Text,
    holder: Option<&Node<'_>>,
    (table, key): (&str, &str),
    value: &NewValue,
) -> Result<String, Refused> {
    let content = &text.content;
    let line_end = if content.contains("\r\n") { "\r\n" } else { "\n" };
    let old = holder.and_then(|it| it.get(key));
    let mut edited = content.clone();
    if let Some(old) = old {
        let range = old.span.start as usize..old.span.end as usize;
        let is_quoted = content[range.clone()].starts_with(['"', '\'']);
        edited.replace_range(range, &written(value, !is_quoted && old.as_str().is_some())?);
        return Ok(edited);
    }
    let line = format!("{key} = {}", written(value, false)?);
    let end_of = |byte: usize| {
        let rest = &content[byte..];
        byte + rest.find('\n').unwrap_or(rest.len())
    };
    let last = holder.and_then(Node::as_map).and_then(|entries| {
        let own = entries.iter().filter(|it| is_own(&it.value, content));
        own.map(|it| it.value.span.end as usize).max()
    });
    match (last, holder) {
        (Some(last), _) => {
            let end = end_of(last);
            let end = if content[..end].ends_with('\r') { end - 1 } else { end };
            edited.insert_str(end, &format!("{line_end}{line}"));
        }
        (None, Some(_)) if table.is_empty() => edited.insert_str(0, &format!("{line}{line_end}")),
        (None, Some(_)) => return Err(Refused::Form),
        (None, None) => {
            let begin = if content.is_empty() || content.ends_with('\n') { "" } else { line_end };
            let gap = if content.trim().is_empty() { "" } else { line_end };
            let end = edited.len();
            edited.insert_str(end, &format!("{begin}{gap}[{table}]{line_end}{line}{line_end}"));
        }
    }
    Ok(edited)
}

/// It is a value on a line of its table, and no table with a header of its own.
fn is_own(node: &Node<'_>, content: &str) -> bool {
    let is_table = |node: &Node<'_>| matches!(node.kind, NodeKind::Map(_));
    let has_tables = node.as_list().is_some_and(|items| items.iter().any(is_table));
    let start = content.get(node.span.start as usize..).unwrap_or_default();
    !(is_table(node) || has_tables) || start.starts_with('{')
}

/// A value as TOML writes it. One that stands without quotes, a number for example, keeps standing so
/// if the new one can.
fn written(value: &NewValue, is_bare: bool) -> Result<String, Refused> {
    let text = |text: &str| ::toml::Value::String(text.to_owned()).to_string();
    let is_number =
        |it: &str| it.parse::<i64>().is_ok() && !it.starts_with(['+', '0']) || it == "0";
    match value {
        NewValue::Nothing | NewValue::Group(_) | NewValue::Groups(_) => Err(Refused::Form),
        NewValue::Text(it) if is_bare && (is_number(it) || it == "true" || it == "false") => {
            Ok(it.clone())
        }
        NewValue::Text(it) => Ok(text(it)),
        NewValue::List(items) => {
            let items: Vec<String> = items.iter().map(|it| text(it)).collect();
            Ok(format!("[{}]", items.join(", ")))
        }
    }
}

/// What the settings have to say.
fn setting(root: Plain, path: &[&str], key: &str, value: &NewValue) -> Option<Plain> {
    let Plain::Map(mut entries) = root else { return None };
    let find = |name: &str| entries.iter().find(|it| it.0 == name).map(|it| it.1.clone());
    let Some((first, rest)) = path.split_first() else {
        if let Some(Plain::Map(_)) = find(key) {
            return None;
        }
        plain::set(&mut entries, key, plain::value_of(value));
        return Some(Plain::Map(entries));
    };
    let inner = find(first).unwrap_or_else(|| Plain::Map(Vec::new()));
    let inner = setting(inner, rest, key, value)?;
    plain::set(&mut entries, first, inner);
    Some(Plain::Map(entries))
}

/// Tables have no order.
fn sorted(plain: Plain) -> Plain {
    match plain {
        Plain::Map(entries) => {
            let mut entries: Vec<_> =
                entries.into_iter().map(|(key, it)| (key, sorted(it))).collect();
            entries.sort_by(|a, b| a.0.cmp(&b.0));
            Plain::Map(entries)
        }
        Plain::List(items) => Plain::List(items.into_iter().map(sorted).collect()),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::SitePath;

    fn text(path: &str, content: &str) -> Text {
        Text { path: SitePath::new(path), content: content.to_owned() }
    }

    fn to(value: &str) -> NewValue {
        NewValue::Text(value.to_owned())
    }

    #[test]
    fn front_matter_is_edited() {
        let before = "---\ntitle: 停水   # 三月\ndate: 2026-03-05\n---\n\n# 正文\ntitle: 不是\n";
        let set = |sets: &[(&str, &str)]| {
            let sets: Vec<_> = sets.iter().map(|(key, it)| ((*key).to_owned(), to(it))).collect();
            apply_to_mapping(&text("a.md", before), &sets)
        };
        let after = before.replace("title: 停水 ", "title: \"a: b\" ");
        assert_eq!(set(&[("title", "a: b")]), Ok(after));
        let after = before.replace("03-05\n", "03-05\nuntil: 2026-03-09\n");
        assert_eq!(set(&[("until", "2026-03-09")]), Ok(after));
        assert_eq!(set(&[]), Ok(before.to_owned()));
        let none = apply_to_mapping(&text("a.md", "正文\n"), &[("title".to_owned(), to("甲"))]);
        assert_eq!(none, Err(Refused::NoRecord));
        let place = text("place.yaml", "name: 甲\r\nlevel: community\r\n");
        let named = apply_to_mapping(&place, &[("name".to_owned(), to("乙"))]);
        assert_eq!(named.as_deref(), Ok("name: 乙\r\nlevel: community\r\n"));
    }

    #[test]
    fn settings_are_edited() {
        let before =
            "# 网站\ntitle = \"甲\" # 名字\n\n[organiser]\nname = '乙'\n\n[links]\nmax = 3\n";
        let set = |table: &str, key: &str, value: &str| {
            apply_to_settings(&text("site.toml", before), table, key, &to(value))
        };
        let made = |from: &str, to: &str| Ok(before.replace(from, to));
        assert_eq!(set("", "title", "丙\"丁"), made("\"甲\"", "'丙\"丁'"));
        assert_eq!(set("organiser", "name", "丙"), made("'乙'", "\"丙\""));
        assert_eq!(set("links", "max", "5"), made("3", "5"));
        assert_eq!(set("", "language", "en"), made("# 名字\n", "# 名字\nlanguage = \"en\"\n"));
        assert_eq!(set("organiser", "phone", "1"), made("'乙'\n", "'乙'\nphone = \"1\"\n"));
        let added = format!("{before}\n[publish.web]\nkind = \"folder\"\n");
        assert_eq!(set("publish.web", "kind", "folder"), Ok(added));
        assert_eq!(set("", "organiser", "x"), Err(Refused::Form));
        assert_eq!(set("title", "x", "x"), Err(Refused::Form));
        let windows = text("site.toml", "title = \"甲\"\r\n");
        let after = apply_to_settings(&windows, "", "language", &to("en"));
        assert_eq!(after.as_deref(), Ok("title = \"甲\"\r\nlanguage = \"en\"\r\n"));
        let broken = apply_to_settings(&text("site.toml", "a = \n"), "", "a", &to("1"));
        assert_eq!(broken, Err(Refused::Broken));
    }
}
