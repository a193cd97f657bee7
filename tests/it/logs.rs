//! Logs are read by everybody: no format of diagnostics shows a value that pages do not.

use linli::diagnostic::{self, Diagnostic, Language, Messages};

use crate::site::{self, Files};

/// The values that nobody may read.
const SECRETS: [&str; 8] = [
    "欧阳锋锐",
    "13812345678",
    "内情甲乙",
    "未到期事",
    "草稿标题",
    "草稿正文",
    "737",
    "1987-06-05",
];

/// A declaration with a field of every way to be kept back.
const DECLARED: &str = "title: 名册
fields:
  name: {type: person, label: 姓名}
  phone: {type: phone, label: 电话}
  note: {type: text, label: 内情, privacy: internal}
  story: {type: markdown, label: 事迹}
  photo: {type: image, label: 照片}
  day: {type: date, label: 日期}
  cases: {type: count, label: 案件}
  kind: {type: choice, choices: [甲, 乙], label: 类别}
date: day
key: [name, day]
suppress: {below: 1000, under: street}
";

/// Records of one person, each form with a mistake; `NAME` and the like are the secrets.
const RECORDS: [&str; 18] = [
    // Values that cannot be read, beside the others or among them.
    "- {name: NAME, phone: PHONE, note: NOTE, cases: 737, day: 2026-02-30}\n",
    "- name: NAME\n  phone: PHONEx\n  note: NOTE\n  cases: 737人\n  day: 2026-03-05\n",
    "- name: [NAME, NAME]\n  note: [NOTE, NOTE]\n  day: 2026-03-05\n",
    "- name: {first: NAME}\n  note: {a: NOTE}\n  cases: {n: 737}\n",
    "- name: NAME\n  kind: NAME\n  day: 2026-03-05\n",
    "- name: NAME\n  cases: -737\n  day: 昨天\n  born: 1987-06-05\n",
    // Keys that nobody knows.
    "- nmae: NAME\n  内请: NOTE\n  day: 2026-03-05\n",
    "- name: NAME\n  name: NAME\n  day: 2026-03-05\n",
    "- 姓名：NAME\n  day: 2026-03-05\n",
    // One key for two, and a picture that is called after the person.
    "- {name: NAME, day: 2026-03-05, note: NOTE}\n- {name: NAME, day: 2026-03-05, note: NOTE}\n",
    "- name: NAME\n  photo: NAME.jpg\n  day: 2026-03-05\n",
    // Words that YAML does not take for a value.
    "- name: NAME # PHONE NOTE\n  day: 2026-03-05\n",
    "- name: \"NAME\n  phone: PHONE\n",
    "\t- name: NAME\n",
    "- name: NAME: PHONE\n  note: @NOTE\n",
    "- NAME PHONE NOTE\n",
    "- name: NAME\n  story: |\n    NAME的事迹，[电话](没有.md)PHONE\n  day: 2026-03-05\n",
    // Not to be published yet.
    "- name: 王某\n  story: EARLY，见[这里](没有.md)\n  day: 2026-03-05\n  publish_from: 2030-01-01\n  photo: EARLY.jpg\n  basis: consent\n",
];

const TABLES: [&str; 4] = [
    "姓名,电话,内情,案件,日期\nNAME,PHONE,NOTE,737,2026-02-30\n",
    "姓名,电话,内情,案件,日期\nNAME,PHONE,NOTE,737,2026-03-05,NOTE\n",
    "姓名,电话,内情,案件,日期\nNAME,\"PHONE,NOTE,737,2026-03-05\n",
    "姓名,内请,案件,日期\nNAME,NOTE,737,2026-03-05\nNAME,NOTE,737,2026-03-05\n",
];

const NOTICES: [&str; 5] = [
    "---\ntitle: DRAFT\ndate: 2026-03-05\ndraft: true\nsecton: x\n---\nBODY [x](没有.md)\n",
    "---\ntitle: DRAFT\ndate: 2026-02-30\npublish_from: 2030-01-01\n---\nBODY\n",
    "---\ntitle: 通知\ndate: 2026-03-05\n---\n请打 PHONE，见[这里](没有.md)。\n",
    "---\ntitle: \"DRAFT\ndate: 2026-03-05\ndraft: true\n---\nBODY\n",
    "---\ntitle: DRAFT\ndate: 2026-03-05\nwithdrawn: 2026-03-06\npinned: maybe\n---\nBODY\n",
];

fn filled(text: &str) -> String {
    let words = ["NAME", "PHONE", "NOTE", "EARLY", "DRAFT", "BODY"];
    words
        .iter()
        .zip(SECRETS)
        .fold(text.to_owned(), |text, (word, secret)| text.replace(word, secret))
}

fn portal(path: &str, text: &str) -> Files {
    let mut files = Files::new();
    let mut add = |path: &str, text: String| files.insert(path.to_owned(), text.into_bytes());
    add("site.toml", String::new());
    add("content/place.yaml", "name: 区\nlevel: district\n".to_owned());
    add("content/a/place.yaml", "name: 一心社区\nlevel: community\n".to_owned());
    add("content/_collections/register.yaml", DECLARED.to_owned());
    add(&format!("content/a/{path}"), filled(text));
    files
}

/// All that is written about a site, in every format and language.
fn written(diagnostics: &[Diagnostic]) -> Vec<String> {
    let mut all = Vec::new();
    for messages in Language::ALL.iter().map(|language| Messages::new(*language)) {
        all.push(site::shown(diagnostics, &messages));
        for render in
            [diagnostic::json::render, diagnostic::sarif::render, diagnostic::github::render]
        {
            let mut out = Vec::new();
            render(diagnostics, &messages, &mut out).unwrap();
            all.push(String::from_utf8(out).unwrap());
        }
    }
    all
}

fn assert_nothing_is_told(path: &str, text: &str) {
    let diagnostics = site::check(&site::memory(&portal(path, text)));
    assert_ne!(diagnostics, [], "{text}");
    for log in written(&diagnostics) {
        assert!(!log.contains(linli::text::MASKED_STAR), "{log}");
        for secret in SECRETS {
            // A name is told by less than all of it.
            let part: String = secret.chars().take(4).collect();
            assert!(!log.contains(&part), "{secret}\n{}\n{log}", filled(text));
        }
    }
}

#[test]
fn records_tell_nothing_that_pages_do_not() {
    RECORDS.iter().for_each(|text| assert_nothing_is_told("register.yaml", text));
    let around = |text: &&str| format!("names: surname\nborn: 1987-06-05\nrecords:\n{text}");
    RECORDS.iter().take(7).map(around).for_each(|text| {
        assert_nothing_is_told("register/2026.yaml", &text);
    });
}

#[test]
fn tables_tell_nothing_that_pages_do_not() {
    TABLES.iter().for_each(|text| assert_nothing_is_told("register.csv", text));
}

#[test]
fn notices_tell_nothing_that_pages_do_not() {
    NOTICES.iter().for_each(|text| assert_nothing_is_told("notices/2026-03-05-x.md", text));
}

/// Lines of `place.yaml` and `site.toml` that are no such, with a name.
const SETTINGS: [(&str, &str); 6] = [
    ("content/a/place.yaml", "name: 一心社区\nlevel: community\n负责人: NAME\n"),
    ("content/a/place.yaml", "name: 一心社区\nlevel: community\nphone: NAME0431\n"),
    ("content/a/place.yaml", "name: 一心社区\nlevel: NAME\n"),
    ("content/a/place.yaml", "name: 一心社区\nlevel: community\nNAME\n"),
    ("site.toml", "[organiser]\nname = \"街道\"\ncontact = \"NAME PHONE\"\n"),
    ("site.toml", "[privacy]\nnames = \"NAME\"\n"),
];

#[test]
fn settings_tell_no_names() {
    for (path, text) in SETTINGS {
        let mut files = portal("register.yaml", "[]\n");
        files.insert(path.to_owned(), filled(text).into_bytes());
        let diagnostics = site::check(&site::memory(&files));
        assert_ne!(diagnostics, [], "{text}");
        for log in written(&diagnostics) {
            assert!(!log.contains("锋锐") && !log.contains("1381"), "{text}\n{log}");
        }
    }
}

#[test]
fn what_pages_show_is_quoted_as_it_is_written() {
    let text = "- name: 王桂兰\n  story: 三年来送饭\n  kind: 丙\n  day: 2026-02-30\n  basis: consent\n  \
                basis_reference: 甲\n  basis_date: 2026-01-01\n";
    let said = written(&site::check(&site::memory(&portal("register.yaml", text))));
    assert!(said[0].contains("kind: 丙") && said[0].contains("day: 2026-02-30"), "{}", said[0]);
    let flow = "- {kind: 丙, day: 2026-02-30, name: 王桂兰, basis: consent}\n";
    let said = written(&site::check(&site::memory(&portal("register.yaml", flow))));
    assert!(said[0].contains("{kind: 丙, day: 2026-02-30, name: 王**, basis:"), "{}", said[0]);
}

#[test]
fn the_cache_holds_nothing_of_what_is_not_posted() {
    let site = tempfile::tempdir().unwrap();
    for text in RECORDS.iter().skip(17).chain(NOTICES.iter().take(1)) {
        let is_notice = text.starts_with("---");
        let path = if is_notice { "notices/2026-03-05-x.md" } else { "register.yaml" };
        site::write(
            site.path(),
            &portal(path, &text.replace("secton: x\n", "").replace("  photo: EARLY.jpg\n", "")),
        );
    }
    let build = assert_cmd::Command::new(env!("CARGO_BIN_EXE_linli"))
        .args(["build", "--as-of", site::TODAY, "--site"])
        .arg(site.path())
        .assert();
    build.success();
    let cache = std::fs::read(site.path().join(".linli/build.cache")).unwrap();
    for secret in &SECRETS[3..6] {
        let holds = cache.windows(secret.len()).any(|it| it == secret.as_bytes());
        assert!(!holds, "{secret}");
    }
}
