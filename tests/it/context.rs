//! What templates are given, as a page for theme authors: `docs/templates.md`.
//!
//! It is made from the types in `src/render/context.rs` and the files beside it: a struct is a
//! section, a field a row, and what they mean is what their comments say. `UPDATE_EXPECT=1 cargo test
//! --test it context` writes it; a field that comes or goes without that is a failure. That templates
//! really are given these names is tried with templates that ask for each of them.

use std::{collections::BTreeSet, fmt::Write as _, fs, path::Path};

use linli::diagnostic::Severity;

use crate::site::{self, Files, TODAY};

const FILE: &str = "docs/templates.md";

const HEAD: &str = "# What templates are given

This page is made from the types of the program, by a test. How to write a theme is said in
[themes/README.md](../themes/README.md).

Every template has `site` ([Site](#site)) and `page` ([Head](#head)). Beside these it has the names of
its own section below. A name that is not there is an error with the file, line and column of the
template. What may be missing is `null` or empty, as its row says: `{{ site.organiser.mark?.url }}`.

";

/// Values that are made once for many pages have no type of their own: the field, and what it holds.
const VALUES: [(&str, &str); 9] = [
    ("Coming.notice", "[NoticeLink](#noticelink) or null"),
    ("Coming.record", "[Record](#record) or null"),
    ("Coming.collection", "[Collection](#collection) or null"),
    ("Figures.list", "list of [Figure](#figure)"),
    ("Figures.by_name", "[Figure](#figure) by name"),
    ("PlacePage.photo", "[Image](#image) or null"),
    ("PlacePage.intro", "HTML"),
    ("Record.days_left", "number or null"),
    ("Record.values", "value by name of the field"),
];

/// A type with its fields.
#[derive(Debug)]
struct Type {
    name: String,
    about: String,
    fields: Vec<(String, String, String)>,
}

impl Type {
    /// The templates that are given its fields.
    fn templates(&self) -> Vec<&str> {
        let is_file = |it: &&str| it.ends_with(".html");
        self.about.split('`').skip(1).step_by(2).filter(is_file).collect()
    }
}

/// The types, in the order of the files: the pages first.
fn types() -> Vec<Type> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/render");
    let mut files = vec![root.join("context.rs")];
    let mut others: Vec<_> =
        fs::read_dir(root.join("context")).unwrap().map(|it| it.unwrap().path()).collect();
    others.sort();
    files.extend(others);
    let texts = files.iter().map(|file| fs::read_to_string(file).unwrap());
    texts.flat_map(|text| read(&text)).collect()
}

/// The structs of a file that serve templates. What stands before a line of code in `///` is about it.
fn read(text: &str) -> Vec<Type> {
    let mut types: Vec<Type> = Vec::new();
    let (mut about, mut renamed, mut is_open) = (String::new(), None, false);
    for line in text.lines().map(str::trim).take_while(|it| *it != "#[cfg(test)]") {
        if let Some(words) = line.strip_prefix("///") {
            let gap = if about.is_empty() { "" } else { " " };
            about.extend([gap, words.trim()]);
        } else if let Some(name) = line.strip_prefix("#[serde(rename = \"") {
            renamed = name.split('"').next().map(str::to_owned);
        } else if let Some(name) = line.strip_prefix("pub struct ") {
            let name = name.split([' ', '(']).next().unwrap().to_owned();
            is_open = line.ends_with('{') && !name.starts_with('$');
            if is_open {
                types.push(Type { name, about: std::mem::take(&mut about), fields: Vec::new() });
            }
        } else if line == "}" {
            is_open = false;
        } else if let Some((name, kind)) =
            line.strip_prefix("pub ").filter(|_| is_open).and_then(|it| it.split_once(": "))
        {
            let name = renamed.take().unwrap_or_else(|| name.to_owned());
            let kind = kind.trim_end_matches(',').to_owned();
            types.last_mut().unwrap().fields.push((name, kind, std::mem::take(&mut about)));
        }
        if !line.starts_with("///") && !line.starts_with("#[") {
            about.clear();
        }
    }
    types
}

/// A Rust type in words, with links to its section.
fn in_words(kind: &str, names: &BTreeSet<String>) -> String {
    let inner = |before: &str| kind.strip_prefix(before)?.strip_suffix('>');
    if let Some(kind) = inner("Option<") {
        return format!("{} or null", in_words(kind, names));
    }
    if let Some(kind) = inner("Vec<") {
        return format!("list of {}", in_words(kind, names));
    }
    if let Some(kind) = inner("BTreeMap<String, ") {
        return format!("{} by name", in_words(kind, names));
    }
    match kind {
        "String" | "&'static str" => "text".to_owned(),
        "bool" => "true or false".to_owned(),
        "usize" | "u8" | "i8" | "u16" | "u32" | "i64" | "f64" => "number".to_owned(),
        "Graph" | "Value" => "HTML".to_owned(),
        _ => {
            assert!(names.contains(kind), "{kind} has no section");
            format!("[{kind}](#{})", kind.to_lowercase())
        }
    }
}

/// Comments as Markdown: a link to a type leads to its section.
fn words(about: &str, names: &BTreeSet<String>) -> String {
    let mut parts = about.split("[`");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let Some((name, rest)) = part.split_once("`]") else { panic!("{about}") };
        let rest = rest.strip_prefix('(').and_then(|it| it.split_once(')')).map_or(rest, |it| it.1);
        assert!(names.contains(name), "{name} has no section");
        write!(out, "[{name}](#{}){rest}", name.to_lowercase()).unwrap();
    }
    out.replace('|', "\\|")
}

/// The page.
fn page() -> String {
    let types = types();
    let names: BTreeSet<String> = types.iter().map(|it| it.name.clone()).collect();
    assert_eq!(names.len(), types.len(), "two types of one name");
    let (pages, others): (Vec<&Type>, Vec<&Type>) =
        types.iter().partition(|it| !it.templates().is_empty());
    let mut out = HEAD.to_owned();
    let mut section = |it: &Type, title: &str| {
        write!(out, "### {title}\n\n{}\n\n", words(&it.about, &names)).unwrap();
        out += "| name | is | |\n| --- | --- | --- |\n";
        for (name, kind, about) in &it.fields {
            let place = format!("{}.{name}", it.name);
            let known = VALUES.iter().find(|(field, _)| *field == place).map(|it| it.1.to_owned());
            let is_collection = name == "collection" && kind == "Value";
            let known = known.or(is_collection.then(|| "[Collection](#collection)".to_owned()));
            let kind = known.unwrap_or_else(|| in_words(kind, &names));
            writeln!(out, "| `{name}` | {kind} | {} |", words(about, &names)).unwrap();
        }
        out.push('\n');
    };
    section(types.iter().find(|it| it.name == "Site").unwrap(), "Site");
    section(types.iter().find(|it| it.name == "Head").unwrap(), "Head");
    for it in pages {
        section(it, &it.name);
    }
    for it in others.into_iter().filter(|it| it.name != "Site" && it.name != "Head") {
        section(it, &it.name);
    }
    out + "## Functions and filters\n\n" + &functions()
}

/// The table at the head of the file that has them, which its comment is.
fn functions() -> String {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/render/functions.rs");
    let text = fs::read_to_string(file).unwrap();
    let rows = text.lines().filter_map(|it| it.strip_prefix("//! |"));
    rows.flat_map(|row| ["|", row, "\n"]).collect()
}

#[test]
fn the_page_of_what_templates_are_given_is_current() {
    let page = page();
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(FILE);
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        fs::write(&path, &page).unwrap();
    }
    let known = fs::read_to_string(&path).unwrap_or_default();
    assert!(known == page, "{FILE} is not current; UPDATE_EXPECT=1 writes it");
}

#[test]
fn each_function_and_filter_is_on_the_page() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/render/functions.rs");
    let text = fs::read_to_string(file).unwrap();
    let table = functions();
    let mut count = 0;
    for (before, shown) in [("register_function(\"", "`"), ("register_filter(\"", "\\| ")] {
        for name in text.split(before).skip(1).filter_map(|it| it.split('"').next()) {
            assert!(table.contains(&format!("{shown}{name}")), "{name} is not in the table");
            count += 1;
        }
    }
    assert!(count >= 8, "{count}");
}

/// A theme whose templates ask for everything that the page promises them, and for nothing else.
fn asking(types: &[Type]) -> Files {
    let mut files = site::sample();
    let settings = String::from_utf8(files["site.toml"].clone()).unwrap();
    files.insert("site.toml".to_owned(), format!("theme = \"asking\"\n{settings}").into());
    let theme = "name = \"asking\"\nextends = \"default\"\n";
    files.insert("themes/asking/theme.toml".to_owned(), theme.into());
    let fields = |name: &str, before: &str| -> String {
        let of = types.iter().find(|it| it.name == name).unwrap();
        // What is not there cannot be printed.
        let ask = |field: &str| {
            let name = format!("{before}{field}");
            format!("{{% if {name} is undefined %}}{{{{ {name} }}}}{{% endif %}}\n")
        };
        of.fields.iter().map(|(field, ..)| ask(field)).collect()
    };
    let everywhere = fields("Site", "site.") + &fields("Head", "page.");
    let everywhere = everywhere + &fields("Organiser", "site.organiser.");
    for of in types {
        for template in of.templates() {
            let own = fields(&of.name, "");
            let page = format!(
                "<!doctype html>\n<html lang=\"zh-CN\">\n<title>{{{{ page.title }}}}</title>\n{everywhere}{own}"
            );
            files.insert(format!("themes/asking/templates/{template}"), page.into());
        }
    }
    files
}

#[test]
fn templates_are_given_what_the_page_says() {
    let types = types();
    let (told, made) = site::build_at(&site::memory(&asking(&types)), TODAY);
    let errors: Vec<_> = told.iter().filter(|it| it.severity == Severity::Error).collect();
    assert!(errors.is_empty(), "{errors:?}");
    assert!(made.contains_key("kaixuan/yixin/grids/index.html"));
    let names: BTreeSet<&str> = types.iter().flat_map(Type::templates).collect();
    assert!(names.len() >= 20, "{names:?}");
}

#[test]
fn a_name_that_is_on_no_page_is_an_error() {
    let mut types = types();
    let page = types.iter_mut().find(|it| it.name == "PlacePage").unwrap();
    page.fields.push(("weather".to_owned(), "String".to_owned(), String::new()));
    let (told, _) = site::build_at(&site::memory(&asking(&types)), TODAY);
    assert!(told.iter().any(|it| it.severity == Severity::Error));
}
