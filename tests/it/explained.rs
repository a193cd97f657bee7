//! What `linli explain CODE` says, and the pages in `docs/` that say the same.
//!
//! `docs/mistakes.zh-CN.md` and `docs/mistakes.en.md` have a section for each code, which is made
//! here: what the code means, a wrong and a right way to write from `tests/diagnostics/_right.txt`,
//! and what the program says about a case. The program has these pages in it. `UPDATE_EXPECT=1 cargo
//! test --test it diagnostics` writes them.

use std::{collections::BTreeMap, fs, path::Path};

use linli::diagnostic::{Code, Diagnostic, Language, Messages};

use crate::{diagnostics::files_of, site};

/// A wrong and a right way to write.
struct Pair {
    code: String,
    case: String,
    file: String,
    wrong: String,
    right: String,
}

/// Holds the pages against what is said of the cases.
pub(crate) fn check(told: &BTreeMap<String, Vec<Diagnostic>>) {
    let rights = rights();
    rights.iter().for_each(check_right);
    for language in Language::ALL {
        let messages = Messages::new(*language);
        let sections = Code::ALL.iter().map(|code| section(*code, told, &rights, &messages));
        let title = messages.text("explained-title", &[]);
        let page = format!("# {title}\n\n{}", sections.collect::<String>());
        let file = format!("docs/mistakes.{language}.md");
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(&file);
        if std::env::var_os("UPDATE_EXPECT").is_some() {
            fs::write(&path, &page).unwrap();
        }
        let known = fs::read_to_string(&path).unwrap_or_default();
        assert!(known == page, "{file} is not current; UPDATE_EXPECT=1 writes it");
    }
}

/// The section of a code.
fn section(
    code: Code,
    told: &BTreeMap<String, Vec<Diagnostic>>,
    rights: &[Pair],
    messages: &Messages,
) -> String {
    let name = code.name();
    let mut parts = vec![format!("## {name}\n\n{}\n\n", messages.about(code))];
    let mut add = |id: &str, text: &str| {
        let text = text.trim_end();
        if !text.is_empty() {
            parts.push(format!("{}\n\n```\n{text}\n```\n\n", messages.text(id, &[])));
        }
    };
    for Pair { wrong, right, .. } in rights.iter().filter(|pair| pair.code == name) {
        add("explained-wrong", wrong);
        add("explained-right", right);
    }
    let own = told.get(name).into_iter();
    let found = own.chain(told.values()).flatten().find(|it| it.code == code);
    let said = found.map(|it| site::shown(std::slice::from_ref(it), messages));
    add("explained-said", &said.unwrap_or_default());
    parts.concat()
}

/// The mistake is gone from what is right.
fn check_right(pair: &Pair) {
    let Pair { code, case, file, wrong, right } = pair;
    let mut files = files_of(case);
    let before = String::from_utf8(files[file].clone()).unwrap();
    assert!(before.contains(wrong.trim_end()), "{case}: {file} has no {wrong}");
    let after = before.replacen(wrong.trim_end(), right.trim_end(), 1);
    let count = |files: &site::Files| {
        let told = site::check(&site::memory(files));
        told.iter().filter(|it| it.code.name() == code).count()
    };
    let all = count(&files);
    files.insert(file.clone(), after.into());
    assert!(count(&files) < all, "{case}: {right} is as wrong as {wrong}");
}

fn rights() -> Vec<Pair> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/diagnostics/_right.txt");
    let text = fs::read_to_string(path).unwrap();
    let entries = text.split("\n\n").filter(|it| !it.starts_with('#'));
    entries.map(|entry| parsed(entry.trim_end())).collect()
}

fn parsed(entry: &str) -> Pair {
    let (head, lines) = entry.split_once('\n').unwrap();
    let [code, case, file] = head.split(' ').collect::<Vec<_>>()[..] else {
        panic!("{head} has to name a code, a case and a file")
    };
    let lines = |sign| {
        let lines = lines.lines().filter_map(move |it| it.strip_prefix(sign));
        lines.map(|it| it.to_owned() + "\n").collect::<String>()
    };
    let own = |it: &str| it.to_owned();
    Pair { code: own(code), case: own(case), file: own(file), wrong: lines('-'), right: lines('+') }
}
