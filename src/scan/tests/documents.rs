//! All that is found in the documents of `tests/corpus`, datum by datum: that each leak is stopped is
//! tested by whole portals, and what exactly is told of it here.

use std::{fmt::Write as _, fs, ops::Range, path::Path};

use crate::scan::{
    Exposure, LabelledText, Lexicon, RecordText, Subjects, exposed, exposed_in_record, in_rows,
    listed, persons, text, unescaped,
};

fn corpus(name: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus").join(name)
}

/// The notices in a folder, by their names.
fn documents(folder: &str) -> Vec<(String, String)> {
    let files = fs::read_dir(corpus(folder)).unwrap().map(|it| it.unwrap().path());
    let name = |file: &Path| file.file_stem().unwrap().to_str().unwrap().to_owned();
    let mut documents: Vec<_> =
        files.map(|file| (name(&file), fs::read_to_string(&file).unwrap())).collect();
    documents.sort();
    documents
}

/// The texts in a file, one in each line, in which `\n` begins a line.
pub(crate) fn lines(file: &str) -> Vec<String> {
    let lines = fs::read_to_string(corpus(file)).unwrap();
    let text = |line: &str| String::from_utf8(unescaped(line.as_bytes()).into_owned()).unwrap();
    lines.lines().map(text).collect()
}

/// Where the title of an article stands, and what is below its front matter.
fn parts(document: &str) -> (Range<usize>, Range<usize>) {
    let body = document[4..].find("\n---").map_or(0, |at| at + 8);
    let title = document.find("title: ").map_or(body..body, |at| {
        let start = at + "title: ".len();
        start..start + document[start..].find('\n').unwrap()
    });
    (title, body..document.len())
}

/// A line for each datum, under the name of what it stands in.
fn told(name: &str, document: &str, title: Range<usize>, body: Range<usize>) -> String {
    let lexicon = Lexicon::default();
    let mut told = name.replace('\n', "\\n");
    let quoted = |range: Range<usize>| document[range].replace('\n', "\\n");
    for found in text(document) {
        write!(told, "\n  {} {}", found.kind.name(), quoted(found.range)).unwrap();
    }
    for found in in_rows(document, body.clone()) {
        write!(told, "\n  row: {} {}", found.kind.name(), quoted(found.range)).unwrap();
    }
    for Exposure { attribute, range } in exposed(document, title.clone(), body.clone(), &lexicon) {
        let attribute = attribute.as_deref().unwrap_or("home");
        write!(told, "\n  {attribute}: {}", quoted(range)).unwrap();
    }
    for range in listed(document, title, body, &lexicon) {
        write!(told, "\n  if listed: {}", quoted(range)).unwrap();
    }
    told
}

fn told_of_all(folder: &str) -> String {
    let all = documents(folder).into_iter().map(|(name, document)| {
        let (title, body) = parts(&document);
        told(&name, &document, title, body)
    });
    all.collect::<Vec<_>>().join("\n")
}

fn told_of_lines(file: &str) -> String {
    let all = lines(file).into_iter().map(|line| told(&line, &line, 0..0, 0..line.len()));
    all.collect::<Vec<_>>().join("\n")
}

#[test]
fn what_is_told_of_leaks() {
    insta::assert_snapshot!(told_of_all("leaks"));
}

#[test]
fn what_is_told_of_clean_notices() {
    insta::assert_snapshot!(told_of_all("clean"));
}

#[test]
fn what_is_told_of_a_line() {
    insta::assert_snapshot!(told_of_lines("leaks.txt"));
}

#[test]
fn what_is_told_of_a_clean_line() {
    insta::assert_snapshot!(told_of_lines("clean.txt"));
}

/// What looks like the name of a person, whatever is said of it.
#[test]
fn what_names_persons() {
    let all = lines("leaks.txt").into_iter().chain(lines("clean.txt"));
    let named = all.map(|line| {
        let names: Vec<_> = persons(&line).into_iter().map(|it| &line[it]).collect();
        format!("{}\n  {}", line.replace('\n', "\\n"), names.join(" "))
    });
    insta::assert_snapshot!(named.collect::<Vec<_>>().join("\n"));
}

/// Each line as a record, with a value for each of its cells or sentences: what is told under a
/// harmless title, and what a sensitive one adds.
#[test]
fn what_is_told_of_records() {
    let lexicon = Lexicon::default();
    let told = |title: &str, line: &str| {
        let mut end = 0;
        let values = line.split([' ', '|', '\n', '，']).map(|value| {
            let start = end;
            let range = start..start + value.len();
            end = range.end + line[range.end..].chars().next().map_or(0, char::len_utf8);
            LabelledText { label: "内容", range }
        });
        let record = RecordText { title, values: values.collect(), known: vec!["李建国"] };
        let found = exposed_in_record(line, &record, &lexicon.places(line), &lexicon).into_iter();
        let kind = |it: &Exposure| it.attribute.as_deref().unwrap_or("home").to_owned();
        let found = found.map(|it| format!("{}: {}", kind(&it), &line[it.range]));
        found.collect::<Vec<_>>().join("; ")
    };
    let all = lines("leaks.txt").into_iter().chain(lines("clean.txt")).map(|line| {
        let (plain, listed) = (told("工作记录", &line), told("低保名单", &line));
        let more = if plain == listed { String::new() } else { format!(" // {listed}") };
        format!("{} → {plain}{more}", line.replace('\n', "\\n"))
    });
    insta::assert_snapshot!(all.collect::<Vec<_>>().join("\n"));
}

/// What a text says of a list behind a link in it, at each of its lines.
#[test]
fn what_is_said_of_links() {
    let lexicon = Lexicon::default();
    let said = documents("leaks").into_iter().map(|(name, document)| {
        let subjects = Subjects::of("通知", &document, &lexicon);
        let ends = document.match_indices('\n').map(|(at, _)| at);
        let kinds = ends.map(|at| subjects.of_link(at, &[], &lexicon).unwrap_or("-"));
        format!("{name}: {}", kinds.collect::<Vec<_>>().join(" "))
    });
    insta::assert_snapshot!(said.collect::<Vec<_>>().join("\n"));
}
