//! Files that texts link to: when they are published, and what is said of what is in them.

use std::{
    fs,
    io::{Cursor, Write as _},
    path::PathBuf,
};

use linli::{
    attachment::short_fingerprint,
    build::{self, BuildState, FolderTarget},
    diagnostic::{self, Code, Diagnostic, Language, Messages, Severity},
    source::{Disk, Tree},
};
use zip::{ZipWriter, write::SimpleFileOptions};

use crate::site::{self, Files, TODAY};

/// A document of these files, as office programs write them.
pub(crate) fn document(files: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in files {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// A document with this paragraph.
fn docx(text: &str) -> Vec<u8> {
    document(&[("word/document.xml", &format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"))])
}

const NOTICE: &str = "content/yi/notices/2026-11-20-water.md";

/// A community with a notice of this front matter and text, and files beside it.
fn portal(front: &str, text: &str, attached: &[(&str, Vec<u8>)]) -> Files {
    let notice = format!("---\ntitle: 停水\ndate: 2026-11-20\n{front}---\n\n{text}\n");
    let files = [
        ("site.toml", "title = \"甲街道\"\n"),
        ("content/place.yaml", "name: 甲街道\nlevel: street\n"),
        ("content/yi/place.yaml", "name: 乙社区\nlevel: community\n"),
        (
            "content/yi/patrols.yaml",
            "- {date: 2026-10-08, team: 红袖标, members: 3, hours: 2, found: 1, handled: 1}\n",
        ),
        (NOTICE, &notice),
    ];
    let mut files: Files =
        files.into_iter().map(|(path, text)| (path.to_owned(), text.into())).collect();
    for (name, bytes) in attached {
        files.insert(format!("content/yi/notices/{name}"), bytes.clone());
    }
    files
}

/// The diagnostics of files that are attached, and of links to them.
fn told(files: &Files) -> Vec<Diagnostic> {
    let (mut diagnostics, _) = site::build(&site::memory(files));
    diagnostics.retain(|it| it.location.file.as_str().contains("/notices/"));
    diagnostics
}

/// The codes and severities of diagnostics.
fn codes(diagnostics: &[Diagnostic]) -> Vec<(Code, Severity)> {
    diagnostics.iter().map(|it| (it.code, it.severity)).collect()
}

#[test]
fn files_are_published_while_a_text_links_to_them() {
    let form = || ("报名 表.docx", docx("报名表"));
    let linked = "[报名表](报名 表.docx) <a href=\"报名%20表.docx\">表</a>";
    let size = form().1.len().div_ceil(1024);
    let (diagnostics, files) = site::build(&site::memory(&portal("", linked, &[form()])));
    assert_eq!(diagnostic::count(&diagnostics).0, 0, "{diagnostics:#?}");
    assert_eq!(files.get("yi/notices/报名 表.docx"), Some(&form().1));
    let page = String::from_utf8(files["yi/notices/2026-11-20-water/index.html"].clone()).unwrap();
    let link = format!(
        "<a href=\"/yi/notices/%E6%8A%A5%E5%90%8D%20%E8%A1%A8.docx\">报名表</a>（DOCX，{size} KB）"
    );
    assert!(page.contains(&link), "{page}");
    for (front, text) in [("", "没有链接"), ("publish_from: 2026-12-01\n", linked)] {
        let (_, files) = site::build(&site::memory(&portal(front, text, &[form()])));
        assert!(!files.keys().any(|it| it.ends_with(".docx")), "{front}{text}");
    }
}

#[test]
fn content_and_hidden_files_are_no_attachments() {
    let files = portal(
        "",
        "[巡防](../patrols.yaml) [停水](2026-11-20-water.md) [底稿](_底稿.docx) [规定](../../_collections/a.yaml)",
        &[("_底稿.docx", docx("底稿"))],
    );
    let (diagnostics, written) = site::build(&site::memory(&files));
    let is_content = |path: &&String| [".yaml", ".md", ".docx"].iter().any(|it| path.ends_with(it));
    assert_eq!(written.keys().find(is_content), None);
    let unfit = diagnostics.iter().filter(|it| it.code == Code::UnfitTarget).count();
    assert_eq!(unfit, 2, "{diagnostics:#?}");
}

#[test]
fn what_cannot_be_looked_into_has_to_be_checked() {
    let pdf = b"%PDF-1.7".to_vec();
    let fingerprint = short_fingerprint(&pdf);
    let front = |files: &str| {
        format!("checked_by: 王秀兰\nchecked_on: 2026-11-20\nchecked_files: [甲.pdf {files}]\n")
    };
    let is = |front: &str, expected: &[(Code, Severity)]| {
        let files = portal(front, "[公示](公示.pdf)", &[("公示.pdf", pdf.clone())]);
        assert_eq!(codes(&told(&files)), expected, "{front}");
    };
    let unchecked = [(Code::UncheckedAttachment, Severity::Error)];
    is(&front(&fingerprint), &[]);
    is(&front(&fingerprint.to_uppercase()), &[]);
    is(&front("00000000"), &unchecked);
    is(&format!("checked_files: [{fingerprint}]\n"), &unchecked);
    is("", &unchecked);
}

#[test]
fn the_privacy_report_lists_what_was_checked() {
    let pdf = b"%PDF-1.7".to_vec();
    let fingerprint = short_fingerprint(&pdf);
    let front = format!(
        "checked_by: 王秀兰\nchecked_on: 2026-11-20\nchecked_files: [公示.pdf {fingerprint}]\n"
    );
    let site = tempfile::tempdir().unwrap();
    site::write(site.path(), &portal(&front, "[公示](公示.pdf)", &[("公示.pdf", pdf)]));
    let mut command = assert_cmd::Command::new(env!("CARGO_BIN_EXE_linli"));
    command.env_clear().arg("--site").arg(site.path());
    let output = command.args(["privacy-report", "--as-of", TODAY]).output().unwrap();
    let report = String::from_utf8(output.stdout).unwrap();
    let row = format!("| {NOTICE} | 公示.pdf {fingerprint} | 王秀兰 | 2026-11-20 |");
    assert!(report.contains(&row), "{report}");
}

#[test]
fn leaks_in_files_are_told_like_those_in_texts() {
    let error = |text: &str, expected: &[(Code, Severity)]| {
        let files = portal("", "[表](表.docx)", &[("表.docx", docx(text))]);
        assert_eq!(codes(&told(&files)), expected, "{text}");
    };
    let (leak, hint) =
        ((Code::LeakInAttachment, Severity::Error), (Code::LeakInAttachment, Severity::Warning));
    error("停水通知", &[]);
    error("身份证 11010519491231002X", &[leak]);
    error("电话 13812345678", &[leak]);
    error("王秀英患癌症，每月低保620元。", &[leak]);
    error("来信 zhang.san@example.com", &[hint]);
    // A person who looked at it may let pass all but what nobody may publish.
    for (text, code) in [("电话 13812345678", hint), ("身份证 11010519491231002X", leak)] {
        let bytes = docx(text);
        let front = format!(
            "checked_by: 王秀兰\nchecked_on: 2026-11-20\nchecked_files: {}\n",
            short_fingerprint(&bytes)
        );
        let files = portal(&front, "[表](表.docx)", &[("表.docx", bytes)]);
        assert_eq!(codes(&told(&files)), [code], "{text}");
    }
}

#[test]
fn the_place_of_a_leak_is_told() {
    let sheet = "<worksheet><sheetData><row r=\"7\"><c r=\"C7\" t=\"str\">\
                 <v>11010519491231002X</v></c></row></sheetData></worksheet>";
    let book = document(&[
        ("xl/workbook.xml", "<sheets><sheet name=\"名单\" r:id=\"a\"/></sheets>"),
        ("xl/_rels/workbook.xml.rels", "<Relationship Id=\"a\" Target=\"worksheets/s.xml\"/>"),
        ("xl/worksheets/s.xml", sheet),
    ]);
    let told = told(&portal("", "[表](表.xlsx)", &[("表.xlsx", book)]));
    let messages = Messages::new(Language::ZhCn);
    assert_eq!(
        told.iter().map(|it| messages.message(it)).collect::<Vec<_>>(),
        ["附件里有身份证号码：工作表“名单”的 C7"]
    );
}

#[test]
fn names_that_were_withdrawn_are_told_in_files() {
    let mut files = portal("", "[表](表.docx)", &[("表.docx", docx("报名：王秀英、李建国"))]);
    let gone = "- {award: 好邻居, name: 王秀英, date: 2026-03-05, citation: 送饭, \
                withdrawn: 2026-11-01}\n";
    files.insert("content/yi/honors.yaml".to_owned(), gone.into());
    assert_eq!(codes(&told(&files)), [(Code::LeakInAttachment, Severity::Error)]);
    // Somebody of that name in another community.
    let honors = files.remove("content/yi/honors.yaml").unwrap();
    files.insert("content/bing/honors.yaml".to_owned(), honors);
    files.insert("content/bing/place.yaml".to_owned(), "name: 丙社区\nlevel: community\n".into());
    assert_eq!(codes(&told(&files)), []);
}

/// A site in a folder, what is known of it, and what was published.
struct Desk {
    folder: tempfile::TempDir,
    state: BuildState,
}

impl Desk {
    fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    /// Builds into a folder, with what is known or without.
    fn build(&mut self, out: &str, is_fresh: bool) -> Files {
        let world = Disk::new(self.path("site")).unwrap();
        let settings = site::settings(&world, TODAY);
        let target = FolderTarget { path: self.path(out) };
        let mut fresh = BuildState::default();
        let state = if is_fresh { &mut fresh } else { &mut self.state };
        let tree = Tree::take(&world);
        let report = build::build_with(&world, &settings, tree, state, &target, &()).unwrap();
        assert!(report.published.is_some(), "{:#?}", report.diagnostics);
        site::files_in(&self.path(out))
    }
}

#[test]
fn pages_and_files_follow_what_is_attached() {
    let mut desk = Desk { folder: tempfile::tempdir().unwrap(), state: BuildState::default() };
    let linked = "[表](表.docx)";
    site::write(&desk.path("site"), &portal("", linked, &[("表.docx", docx("甲"))]));
    let file = desk.path("site/content/yi/notices/表.docx");
    let notice = desk.path(&format!("site/{NOTICE}"));
    let text = fs::read_to_string(&notice).unwrap();
    let numbers = (0..4000).map(|it| (it * 7919 % 1009).to_string());
    let long = numbers.collect::<Vec<_>>().join(" ");
    let steps: [&dyn Fn(); 5] = [
        &|| {},
        &|| fs::write(&file, docx(&long)).unwrap(),
        &|| fs::write(&notice, text.replace(linked, "")).unwrap(),
        &|| fs::write(&notice, &text).unwrap(),
        &|| fs::rename(&file, file.with_file_name("表.DOCX")).unwrap(),
    ];
    for (number, step) in steps.iter().enumerate() {
        step();
        let (kept, fresh) = (desk.build("kept", false), desk.build("fresh", true));
        let differ: Vec<_> =
            fresh.iter().filter(|(path, it)| kept.get(*path) != Some(it)).collect();
        assert!(differ.is_empty() && kept.len() == fresh.len(), "step {number}: {differ:?}");
        let is_there = fresh.keys().any(|it| it.to_lowercase().ends_with(".docx"));
        assert_eq!(is_there, number != 2, "step {number}");
    }
}
