//! Files that texts link to: when they are published, and what is said of what is in them.

use std::{
    collections::BTreeSet,
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
pub(crate) fn docx(text: &str) -> Vec<u8> {
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
    let elsewhere = told(&files);
    assert_eq!(codes(&elsewhere), [(Code::LeakInAttachment, Severity::Warning)]);
    // Somebody found out that it is a namesake.
    let fingerprint = short_fingerprint(&docx("报名：王秀英、李建国"));
    let checked =
        format!("checked_by: 李明\nchecked_on: 2026-11-20\nchecked_files: {fingerprint}\n");
    for place in ["bing", "yi"] {
        let mut files =
            portal(&checked, "[表](表.docx)", &[("表.docx", docx("报名：王秀英、李建国"))]);
        files.insert(
            "content/bing/place.yaml".to_owned(),
            "name: 丙社区\nlevel: community\n".into(),
        );
        files.insert(format!("content/{place}/honors.yaml"), gone.into());
        assert_eq!(codes(&told(&files)), [], "{place}");
    }
}

#[test]
fn the_words_of_drawings_are_searched() {
    let drawing = |text: &str| {
        format!("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\">{text}</svg>")
            .into_bytes()
    };
    for (text, is_leak) in [
        ("<text>周一 红袖标</text>", false),
        ("<text>赵铁柱患癌症</text>", true),
        ("<text display=\"none\">值班 王秀英</text>", true),
        ("<text>王<tspan>秀</tspan>英</text>", true),
        ("<text>&#29579;&#31168;&#33521;</text>", true),
        ("<title>王秀英</title><text>周一</text>", false),
    ] {
        let mut files = portal("", "![值班表](a.svg)", &[("a.svg", drawing(text))]);
        let gone = "- {award: 好邻居, name: 王秀英, date: 2026-03-05, citation: 送饭, \
                    withdrawn: 2026-11-01}\n";
        files.insert("content/yi/honors.yaml".to_owned(), gone.into());
        let told = codes(&told(&files));
        let expected = is_leak.then_some(&(Code::LeakInAttachment, Severity::Error));
        assert_eq!(told.first(), expected, "{text}");
    }
}

#[test]
fn names_that_were_withdrawn_are_told_where_the_text_stands() {
    // The file lies in another community, where nobody of that name withdrew.
    let mut files = portal("", "[表](../../bing/表.docx)", &[]);
    files.insert("content/bing/表.docx".to_owned(), docx("报名：王秀英、李建国"));
    files.insert("content/bing/place.yaml".to_owned(), "name: 丙社区\nlevel: community\n".into());
    assert_eq!(codes(&told(&files)), []);
    let gone = "- {award: 好邻居, name: 王秀英, date: 2026-03-05, citation: 送饭, \
                withdrawn: 2026-11-01}\n";
    files.insert("content/yi/honors.yaml".to_owned(), gone.into());
    let told = told(&files);
    assert_eq!(codes(&told), [(Code::LeakInAttachment, Severity::Error)]);
    assert_eq!(told[0].location.file.as_str(), NOTICE);
}

/// A workbook with these rows of texts.
pub(crate) fn workbook(sheet: &str, rows: &[&[&str]]) -> Vec<u8> {
    let cell = |text: &&str| format!("<c t=\"str\"><v>{text}</v></c>");
    let row =
        |cells: &&[&str]| format!("<row>{}</row>", cells.iter().map(cell).collect::<String>());
    let rows = rows.iter().map(row).collect::<String>();
    document(&[
        ("xl/workbook.xml", &format!("<sheets><sheet name=\"{sheet}\" r:id=\"a\"/></sheets>")),
        ("xl/_rels/workbook.xml.rels", "<Relationship Id=\"a\" Target=\"worksheets/s.xml\"/>"),
        ("xl/worksheets/s.xml", &format!("<worksheet><sheetData>{rows}</sheetData></worksheet>")),
    ])
}

#[test]
fn lists_are_what_their_file_or_sheet_is_called() {
    let leak = [(Code::LeakInAttachment, Severity::Error)];
    let table: &[&[&str]] = &[&["姓名", "金额"], &["王秀英", "620"]];
    for (file, sheet, expected) in [
        ("表.xlsx", "Sheet1", &[][..]),
        ("低保名单.xlsx", "Sheet1", &leak),
        ("表.xlsx", "低保名单", &leak),
        ("光荣榜.xlsx", "表彰", &[]),
    ] {
        let files = portal("", &format!("[表]({file})"), &[(file, workbook(sheet, table))]);
        assert_eq!(codes(&told(&files)), expected, "{file}, {sheet}");
    }
}

#[test]
fn lists_are_what_the_text_around_their_link_says() {
    let leak = [(Code::LeakInAttachment, Severity::Error)];
    let names = || workbook("Sheet1", &[&["序号", "姓名", "楼号"], &["1", "王桂兰", "3栋"]]);
    let title = "title: 低保公示\n";
    for (front, text, expected) in [
        ("", "[名单](名单.xlsx)", &[][..]),
        (title, "[名单](名单.xlsx)", &leak),
        ("", "## 低保名单\n\n[名单](名单.xlsx)", &leak),
        ("", "[低保名单](名单.xlsx)", &leak),
        ("", "[低保名单][甲]\n\n[甲]: 名单.xlsx", &leak),
        ("", "<a href=\"名单.xlsx\">低保名单</a>", &leak),
        ("", "[名单](低保/名单.xlsx)", &leak),
        ("", "## 低保名单\n\n甲\n\n## 报名\n\n[名单](名单.xlsx)", &[]),
        (title, "[网格员联系表](名单.xlsx)", &[]),
    ] {
        let files = [("名单.xlsx", names()), ("低保/名单.xlsx", names())];
        let mut files = portal("", text, &files);
        let notice = String::from_utf8(files[NOTICE].clone()).unwrap();
        let notice =
            if front.is_empty() { notice } else { notice.replace("title: 停水\n", front) };
        files.insert(NOTICE.to_owned(), notice.into());
        let told = told(&files);
        assert_eq!(codes(&told), expected, "{front}{text} {told:#?}");
        assert!(told.iter().all(|it| it.location.file.as_str() == NOTICE), "{told:#?}");
    }
}

#[test]
fn a_list_under_a_title_may_be_published_once_somebody_looked_at_it() {
    let names = workbook("Sheet1", &[&["姓名", "楼号"], &["王桂兰", "3栋"]]);
    let front = format!(
        "checked_by: 王秀兰\nchecked_on: 2026-11-20\nchecked_files: {}\n",
        short_fingerprint(&names)
    );
    let files = portal(&front, "[低保名单](名单.xlsx)", &[("名单.xlsx", names)]);
    let told = told(&files);
    assert_eq!(codes(&told), [(Code::LeakInAttachment, Severity::Warning)]);
    assert_eq!(
        Messages::new(Language::ZhCn).message(&told[0]),
        "这里链接的附件是一份名单，和文章标题、小标题或者链接的文字连起来看，\
         姓名和救助、补助、困难情况写在一起"
    );
    let (_, written) = site::build(&site::memory(&files));
    let page = String::from_utf8(written["yi/notices/2026-11-20-water/index.html"].clone());
    assert!(page.unwrap().contains("%E5%90%8D%E5%8D%95.xlsx\">低保名单</a>"));
    assert!(written.contains_key("yi/notices/名单.xlsx"));
}

#[test]
fn what_stands_in_several_cells_is_told() {
    let leak = [(Code::LeakInAttachment, Severity::Error)];
    for (rows, expected) in [
        (&[&["姓", "名", "困难类型"][..], &["王", "秀英", "低保"]][..], &leak[..]),
        (&[&["姓名", "楼栋", "单元", "室"], &["王秀英", "3", "2", "501"]], &leak),
        (&[&["姓名", "王秀英"], &["家庭住址", "幸福路88号3栋"]], &leak),
        (&[&["姓名", "身份证"], &["王秀英", "110105", "19491231", "002X"]], &leak),
        (&[&["小区", "户数", "人口", "面积"], &["甲", "138", "1234", "5678"]], &[]),
        (&[&["楼栋", "单元", "户数"], &["3", "2", "501"]], &[]),
    ] {
        let files = portal("", "[表](表.xlsx)", &[("表.xlsx", workbook("Sheet1", rows))]);
        let told = told(&files);
        let kinds: BTreeSet<_> = codes(&told).into_iter().collect();
        assert_eq!(kinds, expected.iter().copied().collect(), "{rows:?} {told:#?}");
    }
}

#[test]
fn a_file_may_lie_elsewhere_than_the_notice_that_says_who_looked_at_it() {
    let bytes = docx("电话 13812345678");
    let front = format!(
        "checked_by: 王秀兰\nchecked_on: 2026-11-20\nchecked_files: {}\n",
        short_fingerprint(&bytes)
    );
    for (front, severity) in [("", Severity::Error), (&*front, Severity::Warning)] {
        let mut files = portal(front, "[表](../../files/表.docx)", &[]);
        files.insert("content/files/表.docx".to_owned(), bytes.clone());
        let (mut diagnostics, _) = site::build(&site::memory(&files));
        diagnostics.retain(|it| it.location.file.as_str() == "content/files/表.docx");
        assert_eq!(codes(&diagnostics), [(Code::LeakInAttachment, severity)]);
    }
}

#[test]
fn links_to_pages_may_name_their_file() {
    for (target, url) in [
        ("/yi/index.html", "/yi/"),
        ("/index.html", "/"),
        ("/yi/patrols/index.html", "/yi/patrols/"),
        ("../patrols/index.html", "/yi/patrols/"),
        ("../patrols/", "/yi/patrols/"),
        ("../patrols.yaml", "/yi/patrols/"),
    ] {
        let (diagnostics, files) =
            site::build(&site::memory(&portal("", &format!("[看]({target})"), &[])));
        assert_eq!(diagnostic::count(&diagnostics).0, 0, "{target}: {diagnostics:#?}");
        let page = String::from_utf8(files["yi/notices/2026-11-20-water/index.html"].clone());
        assert!(page.unwrap().contains(&format!("<a href=\"{url}\">看</a>")), "{target}");
    }
    let told = told(&portal("", "[看](/yi/ledger/index.html)", &[]));
    assert_eq!(codes(&told), [(Code::BadLink, Severity::Error)]);
}

#[test]
fn files_that_differ_in_case_alone_clash() {
    let both = [("a.docx", docx("甲")), ("A.docx", docx("乙"))];
    let told = told(&portal("", "[甲](a.docx) [乙](A.docx)", &both));
    assert!(codes(&told).contains(&(Code::PathConflict, Severity::Error)), "{told:#?}");
}

/// A site in a folder, what is known of it, and what was published.
pub(crate) struct Desk {
    folder: tempfile::TempDir,
    state: BuildState,
}

impl Desk {
    /// A site of these files.
    pub(crate) fn of(files: &Files) -> Self {
        let desk = Self { folder: tempfile::tempdir().unwrap(), state: BuildState::default() };
        site::write(&desk.path("site"), files);
        desk
    }

    fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    /// Builds into a folder, with what is known or without.
    pub(crate) fn build(&mut self, out: &str, is_fresh: bool) -> Files {
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
    let linked = "[表](表.docx)";
    let mut desk = Desk::of(&portal("", linked, &[("表.docx", docx("甲"))]));
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
