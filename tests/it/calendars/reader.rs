//! A small reader of calendars, which is as strict as the strictest telephone.

use std::collections::BTreeMap;

/// A part of a calendar between `BEGIN` and `END`.
#[derive(Debug, Clone, Default)]
pub(crate) struct Component {
    pub(crate) name: String,
    /// By name, with parameters in front of the value: `TZID=Asia/Shanghai:20261128T140000`.
    properties: BTreeMap<String, (String, String)>,
    pub(crate) parts: Vec<Component>,
}

impl Component {
    /// The value of a property; empty if it has none.
    pub(crate) fn get(&self, name: &str) -> &str {
        self.properties.get(name).map_or("", |(_, value)| value)
    }

    /// The value of a property with its parameters: `VALUE=DATE:20261128`.
    pub(crate) fn whole(&self, name: &str) -> String {
        self.properties.get(name).map_or(String::new(), |(parameters, value)| {
            if parameters.is_empty() { value.clone() } else { format!("{parameters}:{value}") }
        })
    }

    /// The text of a property.
    pub(crate) fn text(&self, name: &str) -> String {
        let (mut text, mut chars) = (String::new(), self.get(name).chars());
        while let Some(ch) = chars.next() {
            match ch {
                '\\' => match chars.next().unwrap() {
                    'n' | 'N' => text.push('\n'),
                    ch @ ('\\' | ';' | ',') => text.push(ch),
                    ch => panic!("\\{ch} in {name}"),
                },
                ';' | ',' => panic!("{ch} is not escaped in {name}: {}", self.get(name)),
                ch => text.push(ch),
            }
        }
        text
    }

    /// The parts of that name.
    pub(crate) fn all(&self, name: &str) -> Vec<&Component> {
        self.parts.iter().filter(|part| part.name == name).collect()
    }

    /// The events, by what they are called and when they begin.
    pub(crate) fn events(&self) -> Vec<(String, String)> {
        let event = |event: &&Component| (event.text("SUMMARY"), event.whole("DTSTART"));
        self.all("VEVENT").iter().map(event).collect()
    }
}

/// Reads a calendar; stops at whatever a program might not understand.
pub(crate) fn read(bytes: &[u8]) -> Component {
    let mut lines: Vec<String> = Vec::new();
    let text = bytes.strip_suffix(b"\r\n").expect("the last line ends");
    let parts: Vec<&[u8]> = text.split(|byte| *byte == b'\n').collect();
    let last = parts.len() - 1;
    for (index, line) in parts.into_iter().enumerate() {
        let bare = line.strip_suffix(b"\r");
        assert!(index == last || bare.is_some(), "{}", String::from_utf8_lossy(line));
        let line = bare.unwrap_or(line);
        assert!(line.len() <= 75 && !line.contains(&b'\r'), "{}", String::from_utf8_lossy(line));
        let line = str::from_utf8(line).expect("a line is not cut within a character");
        assert!(!line.chars().any(char::is_control), "{line:?}");
        match line.strip_prefix(' ') {
            Some(rest) => lines.last_mut().unwrap().push_str(rest),
            None => lines.push(line.to_owned()),
        }
    }
    let mut open = vec![Component::default()];
    for line in &lines {
        let (name, parameters, value) = property(line);
        match name {
            "BEGIN" => open.push(Component { name: value.to_owned(), ..Component::default() }),
            "END" => {
                let part = open.pop().unwrap();
                assert_eq!(part.name, value);
                check(&part);
                open.last_mut().unwrap().parts.push(part);
            }
            _ => {
                let value = (parameters.to_owned(), value.to_owned());
                let twice = open.last_mut().unwrap().properties.insert(name.to_owned(), value);
                assert_eq!(twice, None, "{line}");
            }
        }
    }
    let mut whole = open.pop().filter(|_| open.is_empty()).expect("every part ends");
    assert_eq!(whole.parts.len(), 1);
    whole.parts.remove(0)
}

/// The name of a line, its parameters and its value.
fn property(line: &str) -> (&str, &str, &str) {
    let mut quoted = false;
    let colon = line.char_indices().find(|(_, ch)| {
        quoted ^= *ch == '"';
        *ch == ':' && !quoted
    });
    let (head, value) = (&line[..colon.unwrap().0], &line[colon.unwrap().0 + 1..]);
    let (name, parameters) = head.split_once(';').unwrap_or((head, ""));
    let is_name = |ch: char| ch.is_ascii_uppercase() || ch.is_ascii_digit() || ch == '-';
    assert!(!name.is_empty() && name.chars().all(is_name), "{line}");
    (name, parameters, value)
}

/// A part has what the standard wants of it.
fn check(part: &Component) {
    let wanted: &[&str] = match part.name.as_str() {
        "VCALENDAR" => &["VERSION", "PRODID", "METHOD", "NAME", "X-WR-CALNAME", "SOURCE"],
        "VTIMEZONE" => &["TZID"],
        "STANDARD" | "DAYLIGHT" => &["DTSTART", "TZOFFSETFROM", "TZOFFSETTO"],
        "VEVENT" => &["UID", "DTSTAMP", "DTSTART", "SUMMARY", "URL", "ORGANIZER", "STATUS"],
        name => panic!("{name} is no part of a calendar"),
    };
    for name in wanted {
        assert!(!part.get(name).is_empty(), "{} has no {name}", part.name);
    }
    let is_event = part.name == "VEVENT";
    assert!(is_event || part.get("UID").is_empty() && part.get("DTSTAMP").is_empty());
    for name in ["REFRESH-INTERVAL", "X-PUBLISHED-TTL"] {
        assert!(["", "PT12H"].contains(&part.get(name)));
    }
    let ids: Vec<&str> = part.all("VEVENT").iter().map(|event| event.get("UID")).collect();
    let mut once = ids.clone();
    once.sort_unstable();
    once.dedup();
    assert_eq!(once.len(), ids.len(), "{ids:?}");
}
