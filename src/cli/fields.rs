//! `linli fields`: what can be written in a list, with an example to copy.
//!
//! ```text
//! honors  好人榜：身边的好人好事和受表彰的居民
//! content/地点的文件夹/honors.yaml，或者 honors.csv
//!
//! award     荣誉  必填  选项之一：长山好人、优秀共产党员  用作：分类
//! name      姓名  必填  人名：只写姓名，例如 王秀兰  用作：标题、人物
//!
//! - award: 长山好人  # 荣誉，必填
//!   name: 王秀兰     # 姓名，必填
//!   # photo: photo.jpg  # 照片
//! ```
//!
//! It knows the collections of the site, or those of the program outside of a site. The example is
//! made from the declaration; what may be left out is a comment in it. `linli new` writes the same
//! for each built-in collection.

use std::borrow::Cow;

use clap::Args;

use crate::{
    cli::{
        context::{AsOf, Context, Failure, Outcome},
        terminal::print_lines,
    },
    config::{self, Config, Levels},
    diagnostic::{Messages, nearest},
    schema::{Collection, Field, Group, builtin, downloads::Downloads, role::Role},
    workbook::described,
};

#[derive(Debug, Args)]
pub(super) struct Options {
    /// The list: honors; all of them if not given
    collection: Option<String>,
}

/// Prints the fields of a collection, or which collections there are. A name that none has is a
/// failure, with the nearest one.
pub(super) fn run(context: &Context, options: &Options) -> Result<Outcome, Failure> {
    let messages = &context.messages;
    let (all, levels) = declared(context)?;
    let Some(wanted) = &options.collection else {
        let mut lines: Vec<String> =
            all.iter().map(|collection| title(collection, messages)).collect();
        let language = messages.language().as_str();
        let files =
            FILES.iter().map(|it| format!("{}  {}", it.name, (it.declared)().title.get(language)));
        lines.extend(files.chain([context.say("fields-more", &[])]));
        print_lines(lines.iter().map(String::as_str))?;
        return Ok(Outcome::Done);
    };
    let is_wanted = |it: &&Collection| it.name == *wanted || it.title.is(wanted);
    if let Some(file) = FILES.iter().find(|it| it.is(wanted)) {
        return file.print(&levels, context);
    }
    let Some(collection) = all.iter().find(is_wanted) else {
        let files = FILES.iter().map(|it| it.name);
        let near = nearest(wanted, all.iter().map(|it| it.name.as_str()).chain(files));
        let id = if near.is_some() { "no-collection-near" } else { "no-collection" };
        let said = [("name", wanted.as_str()), ("near", near.unwrap_or_default())];
        return Err(Failure::Said(context.say(id, &said)));
    };
    let mut file = context.say("fields-file", &[("name", &collection.name)]);
    if collection.inherited {
        file = format!("{file}\n{}", context.say("fields-inherited", &[]));
    }
    let data = match collection.downloads {
        Downloads::None => "none",
        Downloads::Tables => "tables",
        Downloads::Workbooks => "workbooks",
    };
    file = format!("{file}\n{}", context.say("fields-data", &[("data", data)]));
    let head = title(collection, messages);
    print(head, &file, collection, example(collection, messages), messages)
}

/// Prints what is read and where it stands, its fields, and an example.
fn print(
    head: String,
    file: &str,
    collection: &Collection,
    example: Vec<String>,
    messages: &Messages,
) -> Result<Outcome, Failure> {
    let mut lines = vec![head];
    lines.extend(file.lines().map(str::to_owned).chain([String::new()]));
    let fields = collection.fields.iter().enumerate().filter(|(_, field)| number(field) < 2);
    lines.extend(fields.map(|(index, field)| {
        described(field, messages)
            + &groups(field, collection, messages)
            + &roles(index, collection, messages)
    }));
    lines.push(String::new());
    lines.extend(example);
    print_lines(lines.iter().map(String::as_str))?;
    Ok(Outcome::Done)
}

/// What is declared as a collection is, but has a file of its own or is part of any.
struct DeclaredFile {
    /// What it is called at the command line.
    name: &'static str,
    declared: fn() -> &'static Collection,
    /// It stands between two lines `---`.
    is_front_matter: bool,
}

/// All of them.
const FILES: [DeclaredFile; 4] = [
    DeclaredFile { name: "notices", declared: || &builtin::get().notice, is_front_matter: true },
    DeclaredFile { name: "pages", declared: || &builtin::get().page, is_front_matter: true },
    DeclaredFile { name: "place", declared: || &builtin::get().place, is_front_matter: false },
    DeclaredFile { name: "posting", declared: || &builtin::get().posting, is_front_matter: false },
];

impl DeclaredFile {
    fn is(&self, wanted: &str) -> bool {
        self.name == wanted || (self.declared)().title.is(wanted)
    }

    fn print(&self, levels: &Levels, context: &Context) -> Result<Outcome, Failure> {
        let (mut collection, messages) = (Cow::Borrowed((self.declared)()), &context.messages);
        if collection.field("level").is_some() {
            collection = builtin::place(levels);
        }
        let collection = &*collection;
        let head = format!("{}  {}", self.name, collection.title.get(messages.language().as_str()));
        let file = context.say("fields-of-file", &[("file", self.name)]);
        // No item of a list.
        let mut lines: Vec<String> =
            example(collection, messages).iter().map(|line| line[2..].to_owned()).collect();
        if self.is_front_matter {
            lines.insert(0, "---".to_owned());
            lines.push("---".to_owned());
        }
        print(head, &file, collection, lines, messages)
    }
}

/// The collections and the levels of the site; those of the program, if the folder is no site.
pub(super) fn declared(context: &Context) -> Result<(Vec<Collection>, Levels), Failure> {
    let site = &context.global.site;
    if !site.join(config::FILE).is_file() && !site.join("content").is_dir() {
        return Ok((builtin::collections().cloned().collect(), Levels::default()));
    }
    let opened = context.open(&AsOf::default(), None)?;
    let config: &Config = &opened.settings.config;
    let records = crate::schema::decode(&opened.world, config).value;
    let collections = records.catalog.collections.iter();
    let collections = collections.map(|(_, collection)| collection.clone()).collect();
    Ok((collections, config.levels.clone()))
}

/// The name, title and description of a collection.
fn title(collection: &Collection, messages: &Messages) -> String {
    let language = messages.language().as_str();
    let title = collection.title.get(language).to_owned();
    let about = collection.description.get(language).to_owned();
    let about = if about.is_empty() { title } else { messages.labelled(&title, &about) };
    format!("{}  {about}", collection.name)
}

/// A field in a line: its name, its label, whether it has to be there, and what it takes.
fn described(field: &Field, messages: &Messages) -> String {
    let label = field.label.get(messages.language().as_str());
    let must = match &field.group {
        _ if field.required => "field-required",
        Some(group) if group.needed => "field-needed",
        _ => "field-optional",
    };
    let several = if field.several { messages.text("field-several", &[]) } else { String::new() };
    format!(
        "{}  {label}  {}  {}{several}",
        field.name,
        messages.text(must, &[]),
        described::taken(field, messages)
    )
}

/// Which of several groups of a record a field is in; 0 if it is in none such.
fn number(field: &Field) -> u16 {
    field.group.as_ref().map_or(0, |it| it.number)
}

/// How many groups such as that of a field a record may have.
fn most(field: &Field, collection: &Collection) -> u16 {
    let is_of = |it: &&Field| {
        it.group.as_ref().zip(field.group.as_ref()).is_some_and(|(one, other)| one.is_like(other))
    };
    collection.fields.iter().filter(is_of).map(number).max().unwrap_or(0)
}

/// That there are more fields like this one, in other groups; empty if there are none.
fn groups(field: &Field, collection: &Collection, messages: &Messages) -> String {
    let most = most(field, collection);
    let Some(group) = field.group.as_ref().filter(|_| most > 1) else { return String::new() };
    let mut groups = collection.fields.iter().filter_map(|it| it.group.as_ref());
    let last = groups.rfind(|it| it.is_like(group)).map(Group::whole_name);
    let args = [("most", most.to_string().into()), ("last", last.unwrap_or_default().into())];
    messages.text("field-groups", &args)
}

/// Several groups in one line: `[{name: 王秀兰, phone: 0431-8255-0001}]`.
fn example_of_groups(first: &Field, collection: &Collection) -> String {
    let of = |it: &&Field| {
        it.group.as_ref().zip(first.group.as_ref()).is_some_and(|(one, other)| one.is_with(other))
    };
    let part = |field: &Field| {
        let value = described::example(field);
        let is_plain = !value.contains([',', '[', ']', '{', '}', '#', '"']);
        let value = if is_plain { value.to_owned() } else { format!("{value:?}") };
        format!("{}: {value}", field.group.as_ref().map_or("", |it| it.part))
    };
    let parts: Vec<String> = collection.fields.iter().filter(of).map(part).collect();
    format!("[{{{}}}]", parts.join(", "))
}

/// What a field is for a reader, as its declaration says or by its type; empty if nothing special.
fn roles(index: usize, collection: &Collection, messages: &Messages) -> String {
    let named = |role: Role| messages.text("field-role", &[("role", role.name().into())]);
    let roles: Vec<String> = collection.roles.of(index).map(named).collect();
    if roles.is_empty() {
        return String::new();
    }
    let roles = roles.join(&messages.text("comma", &[]));
    messages.text("field-roles", &[("roles", roles.into())])
}

/// A record as it can be written, with the label of each field as a comment. What may be left out is
/// a comment itself.
pub(super) fn example(collection: &Collection, messages: &Messages) -> Vec<String> {
    let language = messages.language().as_str();
    // Several groups are written in one line, which stands where the first part does.
    let is_written = |index: usize| match &collection.fields[index].group {
        Some(group) if group.number > 0 => {
            let mut before = collection.fields[..index].iter().filter_map(|it| it.group.as_ref());
            group.number == 1 && !before.any(|it| it.is_with(group))
        }
        _ => true,
    };
    let has_to_be = |field: &Field| {
        let beside = |it: &Field| {
            it.group
                .as_ref()
                .zip(field.group.as_ref())
                .is_some_and(|(one, other)| one.is_with(other))
        };
        let is_one_needed = || collection.fields.iter().any(|it| it.required && beside(it));
        field.required || number(field) > 0 && is_one_needed()
    };
    let written = (0..collection.fields.len()).filter(|it| is_written(*it));
    let written = written.map(|it| &collection.fields[it]);
    let (required, optional): (Vec<_>, Vec<_>) = written.partition(|field| has_to_be(field));
    let mut lines = Vec::new();
    for field in required.into_iter().chain(optional) {
        let is_required = has_to_be(field);
        let start = match (lines.is_empty(), is_required) {
            (true, _) => "- ",
            (false, true) => "  ",
            (false, false) => "  # ",
        };
        let must = if is_required { "field-required" } else { "field-optional" };
        let group = field.group.as_ref().filter(|it| it.number > 0);
        let label = group.map_or(&field.label, |it| &it.label).get(language);
        let (must, comma) = (messages.text(must, &[]), messages.text("comma", &[]));
        let (name, value) = match group {
            Some(group) => (group.name, Cow::Owned(example_of_groups(field, collection))),
            None => (field.name, Cow::Borrowed(described::example(field))),
        };
        lines.push(format!("{start}{name}: {value}  # {label}{comma}{must}"));
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        diagnostic::Language,
        source::{SitePath, Text, yaml},
    };

    #[test]
    fn examples_are_records() {
        for language in Language::ALL {
            let messages = Messages::new(*language);
            for collection in builtin::collections() {
                let lines = example(collection, &messages);
                // All of it, as somebody would who deletes the signs.
                for content in [lines.join("\n"), lines.join("\n").replace("  # ", "  ")] {
                    let content = content.replace(" ，", "");
                    let path = SitePath::new(format!("{}.yaml", collection.name));
                    let text = Text { path, content };
                    let read = yaml::parse(&text, 0..text.content.len());
                    assert_eq!(read.diagnostics, [], "{}", text.content);
                }
                assert!(lines[0].starts_with("- "), "{}", lines[0]);
                let keys = collection.fields.iter().map(|field| field.name);
                for key in keys {
                    assert!(lines.iter().any(|it| it.contains(&format!("{key}: "))), "{key}");
                }
            }
        }
    }
}
