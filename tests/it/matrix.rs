//! Whatever a declaration may say of a field, the pages of its records are made.

use linli::diagnostic::Severity;

use crate::{diagnostics, site};

const VIEWS: [&str; 7] =
    ["cards", "series", "schedule", "streaks", "directory", "ledger", "articles"];

/// An image that records show.
const DOOR: &[u8] = include_bytes!("incremental/images/blue.png");

/// Each type of field, with how its values are written.
const TYPES: [(&str, &str); 23] = [
    ("text", "甲"),
    ("markdown", "甲**乙**"),
    ("integer", "-3"),
    ("count", "3"),
    ("decimal", "3.5"),
    ("percent", "95%"),
    ("money", "12.50"),
    ("boolean", "是"),
    ("date", "2026-03-05"),
    ("month", "2026-03"),
    ("year", "2026"),
    ("period", "2026-03"),
    ("time", "9:00"),
    ("datetime", "2026-03-05 08:00"),
    ("choice", "甲"),
    ("person", "王芳"),
    ("phone", "0431-82550111"),
    ("email", "office@example.org"),
    ("url", "https://example.org/"),
    ("image", "door.png"),
    ("place", "xingfu"),
    ("reference", "甲1"),
    ("address", "幸福街1号"),
];

/// What references name.
const PROJECTS: &str = "title: 项目\nsection: service\nfields: {number: {type: text}}\nkey: [number]\nrecord-pages: true\n";

/// What else a collection has: nothing, a date, a name as well, figures of the field.
const REST: [&str; 4] = [
    "",
    "date: {date: day}\n",
    "date: {date: day}\nrecord-pages: {slug: [day]}\n",
    "date: {date: day}\nfigures:\n  a: {measure: count, of: field}\n",
];

/// A collection with a field of that type, in a view.
fn declaration(view: &str, kind: &str, several: bool, rest: &str) -> String {
    let choices = if kind == "choice" { ", choices: [甲, 乙]" } else { "" };
    let choices = if kind == "reference" { ", to: projects" } else { choices };
    let work = if matches!(kind, "phone" | "email" | "address") { ", work: true" } else { "" };
    format!(
        "title: 登记\nview: {view}\nsection: service\nfields:\n  \
         field: {{type: {kind}, several: {several}{choices}{work}}}\n  day: {{type: date}}\n\
         basis: office\n{rest}"
    )
}

/// The same with the field as a part of a group, or of several.
fn grouped(declaration: &str, many: bool) -> String {
    let field = declaration.find("  field: ").unwrap();
    let end = field + declaration[field..].find('\n').unwrap();
    let part = declaration[field..end].replacen("field", "part", 1);
    let several = if many { "    several: true\n    max: 2\n" } else { "" };
    let group = format!("  field:\n    type: group\n{several}    fields:\n    {part}");
    let declared = [&declaration[..field], &group, &declaration[end..]].concat();
    declared.replace("of: field", if many { "of: field.2.part" } else { "of: field.part" })
}

/// Three records: with the field, with two values where there may be two, and without.
fn records(value: &str, several: bool) -> String {
    let two = if several { format!("[\"{value}\", \"{value}\"]") } else { format!("\"{value}\"") };
    format!(
        "- {{field: \"{value}\", day: 2026-01-01}}\n- {{field: {two}, day: 2026-02-01}}\n- {{day: 2027-01-01}}\n"
    )
}

#[test]
fn every_type_is_shown_in_every_view() {
    for (number, rest) in REST.iter().enumerate() {
        for view in VIEWS {
            let mut files = diagnostics::files_of("_base");
            files.insert("content/xingfu/door.png".to_owned(), DOOR.to_vec());
            let mut add = |path: String, text: String| files.insert(path, text.into_bytes());
            add("site.toml".to_owned(), "theme = \"default\"\n".to_owned());
            add("content/_collections/projects.yaml".to_owned(), PROJECTS.to_owned());
            add("content/xingfu/projects.yaml".to_owned(), "- {number: 甲1}\n".to_owned());
            for ((kind, value), several) in TYPES.iter().flat_map(|it| [(it, false), (it, true)]) {
                let name = format!("r-{kind}{}", if several { "-several" } else { "" });
                let declared = declaration(view, kind, several, rest);
                add(format!("content/_collections/{name}-part.yaml"), grouped(&declared, false));
                add(format!("content/_collections/{name}-many.yaml"), grouped(&declared, true));
                add(format!("content/_collections/{name}.yaml"), declared);
                let records = records(value, several);
                let part = records.replace("field: ", "field.part: ");
                let part = part.replacen("field.part: ", "field: {part: ", 1);
                let part = part.replacen(", day", "}, day", 1);
                add(format!("content/xingfu/{name}-part.yaml"), part);
                let many = format!(
                    "- {{field: [{{part: \"{value}\"}}], day: 2026-01-01}}\n\
                     - {{field: [{{part: \"{value}\"}}, {{part: \"{value}\"}}], day: 2026-02-01}}\n\
                     - {{day: 2027-01-01}}\n"
                );
                add(format!("content/xingfu/{name}-many.yaml"), many);
                add(format!("content/xingfu/{name}.yaml"), records);
            }
            let (told, _) = site::build(&site::memory(&files));
            let wrong = told.iter().filter(|it| it.severity == Severity::Error);
            let wrong: Vec<_> = wrong.map(|it| (it.code, &it.args, &it.location.file)).collect();
            assert!(wrong.is_empty(), "{view} {number}: {wrong:#?}");
        }
    }
}
