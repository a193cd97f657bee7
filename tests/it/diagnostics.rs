//! What is said about broken sites.
//!
//! A case is a folder in `tests/diagnostics`: the files that it lays over those of `_base`, and
//! what the program says about them, `expected.zh-CN.txt` and `expected.en.txt`. What no
//! repository can hold is [made](made). `UPDATE_EXPECT=1 cargo test --test it` writes what is said
//! now; read it aloud before you commit it. [`explained`] makes pages of it.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs, io,
    path::{Path, PathBuf},
};

use linli::{
    diagnostic::{Code, Language, Messages},
    source::{EntryKind, FolderEntry, SitePath, Stamp, World},
};

use crate::{
    attachments::document,
    explained,
    site::{self, Files},
    workbooks,
};

/// The first has a test among the [limits](crate::limits): its case would fill pages. The second
/// is told of on request only ([privacy](crate::privacy)), and so are the next three, of other sites
/// (`external.rs`), and the two behind them, of what is published
/// and not of content ([published](crate::published), [data](crate::data)). The fourth is never told of: a theme that
/// extends itself by way of another is said to be unknown. The last is an error of the program, which
/// no content can cause.
const WITHOUT_A_CASE: &[Code] = &[
    Code::TooManyMistakes,
    Code::Hidden,
    Code::DeadLink,
    Code::MovedLink,
    Code::ChangedTitle,
    Code::OutputDiffers,
    Code::DataColumns,
    Code::ThemeCircle,
    Code::Internal,
];

#[test]
fn broken_sites_are_told_as_expected() {
    let update = std::env::var_os("UPDATE_EXPECT").is_some();
    let messages: Vec<_> = Language::ALL.iter().map(|it| Messages::new(*it)).collect();
    let mut told = BTreeMap::new();
    let mut wrong = Vec::new();
    for (name, case) in cases() {
        let diagnostics = site::check(&case);
        for messages in &messages {
            let path = folder().join(&name).join(format!("expected.{}.txt", messages.language()));
            let shown = site::shown(&diagnostics, messages);
            if update {
                fs::create_dir_all(path.parent().unwrap()).unwrap();
                fs::write(&path, &shown).unwrap();
            }
            match fs::read_to_string(&path) {
                Ok(known) if known == shown => {}
                Ok(known) => wrong.push(format!("{name}: expected\n{known}--- but it is\n{shown}")),
                Err(_) => wrong.push(format!("{name}: nothing is expected, but it is\n{shown}")),
            }
        }
        told.insert(name, diagnostics);
    }
    assert!(wrong.is_empty(), "{}\nUPDATE_EXPECT=1 writes what is said now", wrong.join("\n"));
    explained::check(&told);
    let codes: BTreeSet<_> = told.values().flatten().map(|it| it.code).collect();
    let unseen: Vec<_> = Code::ALL.iter().filter(|it| !codes.contains(it)).collect();
    assert_eq!(unseen, WITHOUT_A_CASE.iter().collect::<Vec<_>>(), "codes without a case");
}

/// The site of a case that is all in its folder.
pub(crate) fn files_of(case: &str) -> Files {
    let mut files = site::files_in(&folder().join("_base"));
    files.extend(site::files_in(&folder().join(case)));
    files.retain(|path, _| !path.starts_with("expected."));
    files
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/diagnostics")
}

/// Every case: what is in its folder and what is made for it.
fn cases() -> BTreeMap<String, Case> {
    let mut cases: BTreeMap<_, _> =
        made().into_iter().map(|(it, made)| (it.into(), made)).collect();
    for entry in fs::read_dir(folder()).unwrap().map(Result::unwrap) {
        let name = entry.file_name().into_string().unwrap();
        if !name.starts_with(['_', '.']) {
            cases.entry(name).or_default();
        }
    }
    let base = files_of("_base");
    for (name, case) in &mut cases {
        let made = std::mem::replace(&mut case.files, files_of(name));
        case.files.extend(made);
        let is_base = case.files == base && case.locked.is_none() && case.link.is_none();
        assert!(!is_base, "{name} is the case of no mistake");
    }
    cases
}

/// A broken site.
#[derive(Default)]
struct Case {
    files: Files,
    /// A file that another program does not let go of.
    locked: Option<&'static str>,
    /// A link: the folder that it is in, its name, its target.
    link: Option<[&'static str; 3]>,
}

impl World for Case {
    fn list(&self, folder: &SitePath) -> io::Result<Vec<FolderEntry>> {
        let mut entries = site::memory(&self.files).list(folder)?;
        if let Some([holder, name, target]) = self.link
            && folder.as_str() == holder
        {
            let kind = EntryKind::Stray(target.to_owned());
            entries.push(FolderEntry { name: name.to_owned(), kind, stamp: None });
        }
        Ok(entries)
    }

    fn read(&self, file: &SitePath, limit: u64) -> io::Result<Vec<u8>> {
        if self.locked == Some(file.as_str()) {
            return Err(io::ErrorKind::PermissionDenied.into());
        }
        let bytes = self.files.get(file.as_str()).ok_or(io::ErrorKind::NotFound)?;
        let length = bytes.len().min(usize::try_from(limit).unwrap());
        Ok(bytes[..length].to_vec())
    }

    fn stamp(&self, file: &SitePath) -> io::Result<Stamp> {
        site::memory(&self.files).stamp(file)
    }
}

impl<P: Into<String>, B: Into<Vec<u8>>, const N: usize> From<[(P, B); N]> for Case {
    fn from(files: [(P, B); N]) -> Self {
        let files = files.into_iter().map(|(path, bytes)| (path.into(), bytes.into())).collect();
        Self { files, ..Self::default() }
    }
}

/// What no repository can hold, or would not show.
fn made() -> Vec<(&'static str, Case)> {
    let honors = "content/xingfu/honors.yaml";
    let place = "content/xingfu/place.yaml";
    let illegal = [
        ("content/xingfu/honors: 2026.yaml", "[]"),
        ("content/xingfu/con.yaml", "[]"),
        ("content/xingfu/notices/why?.md", ""),
        ("content/xingfu/notices/100%.md", ""),
        ("content/xingfu /place.yaml", ""),
        ("content/xingfu/photo\u{7}.jpg", ""),
    ];
    let deep = format!("content/{}place.yaml", "a/".repeat(40));
    let control = "name: 幸福\u{b}社区\nlevel: community\n";
    let locked = [(honors, "[]")].into();
    let link = ["content/xingfu", "honors.yaml", "/etc/hostname"];
    vec![
        ("illegal-file-names", illegal.into()),
        ("folders-too-deep", [(deep, "name: x")].into()),
        ("file-too-large", [(honors, vec![b'#'; (32 << 20) + 1])].into()),
        ("nesting-bomb", [(honors, "[".repeat(100_000))].into()),
        ("alias-bomb", [(honors, alias_bomb())].into()),
        ("too-many", too_many()),
        ("words-nested", words_nested()),
        ("template-nested", template_nested()),
        ("control-character", [(place, control)].into()),
        ("encoding-gbk", [(place, GBK)].into()),
        ("encoding-utf-16", [(place, utf_16())].into()),
        ("encoding-none", [("content/xingfu/grids.csv", b"\x89PNG\r\n\x1a\n\xff\xff\xff")].into()),
        ("hidden-in-attachment", hidden_in_attachment()),
        ("two-sources", Case { files: workbooks::case("sources"), ..Case::default() }),
        ("template-outdated", Case { files: workbooks::case("outdated"), ..Case::default() }),
        ("workbook-sheets", Case { files: workbooks::case("ledger"), ..Case::default() }),
        ("workbook-unreadable", Case { files: workbooks::case("broken"), ..Case::default() }),
        ("unreadable", Case { locked: Some(honors), ..locked }),
        ("symlink-outside", Case { link: Some(link), ..Case::default() }),
    ]
}

/// `name: 幸福社区` as an old Notepad saves it.
const GBK: &[u8] = b"name: \xd0\xd2\xb8\xa3\xc9\xe7\xc7\xf8\nlevel: community\n";

fn utf_16() -> Vec<u8> {
    let text = "\u{feff}name: 幸福社区\nlevel: community\n";
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

/// A document and a workbook in which more can be found than is seen.
fn hidden_in_attachment() -> Case {
    let notice = "---\ntitle: 停水\ndate: 2026-11-20\n---\n\n[甲](甲.docx)[乙](乙.xlsx)\n";
    let row = |hidden: &str| {
        format!(
            "<worksheet><cols><col min=\"2\" max=\"2\" hidden=\"1\"/></cols><sheetData>\
             <row{hidden}><c r=\"B1\"><v>1</v></c></row></sheetData></worksheet>"
        )
    };
    let docx = document(&[
        ("word/document.xml", "<w:p><w:ins><w:r><w:vanish/><w:t>甲</w:t></w:r></w:ins></w:p>"),
        ("word/comments.xml", "<w:p><w:r><w:t>问过了</w:t></w:r></w:p>"),
        ("docProps/core.xml", "<dc:creator>王秀英</dc:creator>"),
    ]);
    let xlsx = document(&[
        ("xl/workbook.xml", "<sheet name=\"底稿\" state=\"hidden\" r:id=\"a\"/>"),
        ("xl/_rels/workbook.xml.rels", "<Relationship Id=\"a\" Target=\"worksheets/s.xml\"/>"),
        ("xl/worksheets/s.xml", &row(" hidden=\"1\"")),
    ]);
    let folder = "content/xingfu/notices/";
    let files = [("2026-11-20-water.md", notice.into()), ("甲.docx", docx), ("乙.xlsx", xlsx)];
    files.map(|(name, bytes)| (format!("{folder}{name}"), bytes)).into()
}

/// More of everything than there may be.
fn too_many() -> Case {
    let each = |count: usize, part: fn(usize) -> String| (0..count).map(part).collect::<String>();
    let fields = each(201, |it| format!("  f{it}: {{type: text}}\n"));
    let choices = each(1001, |it| format!("c{it}, "));
    let figures = each(1001, |it| format!("  n{it}: {{measure: count}}\n"));
    let tools = "title: 工具\nfields:\n  name: {type: text, several: true}\n\
                 figures:\n  by-name: {measure: count, by: name}\n";
    let names =
        |from: usize| (from..from + 1000).map(|it| format!("n{it}、")).collect::<Vec<_>>().concat();
    [
        ("content/_collections/fields.yaml", format!("title: 项\nfields:\n{fields}")),
        (
            "content/_collections/choices.yaml",
            format!("title: 选项\nfields:\n  kind: {{type: choice, choices: [{choices}]}}\n"),
        ),
        (
            "content/_collections/figures.yaml",
            format!("title: 数\nfields:\n  name: {{type: text}}\nfigures:\n{figures}"),
        ),
        ("content/_collections/tools.yaml", tools.to_owned()),
        // In one record too many, in three records as many as there may be.
        ("content/xingfu/tools.yaml", format!("- name: {}n1000\n", names(0))),
        ("content/tools.csv", format!("name\n{}\n{}\n{}\n", names(0), names(1000), names(2000))),
    ]
    .into()
}

/// A word with brackets in brackets, beside one that is as it should be.
fn words_nested() -> Case {
    let words = format!("home = 首页\nnotices = {}1{}\n", "{ ".repeat(11_000), " }".repeat(11_000));
    [("themes/plain/i18n/zh-CN.ftl", words)].into()
}

/// An `if` with many branches, and templates that include one another.
fn template_nested() -> Case {
    let branches = "{% elif site.drafts %}".repeat(20_000);
    let mut case: Case = [(
        "themes/plain/templates/place.html",
        format!("{{% if site.drafts %}}{branches}{{% endif %}}\n"),
    )]
    .into();
    for it in 0..3000 {
        let path = format!("themes/plain/templates/parts/{it}.html");
        let link = format!("{{% include \"parts/{}.html\" %}}", it + 1);
        case.files.insert(path, if it < 2999 { link.into() } else { "甲".into() });
    }
    case
}

/// Ten times ten times ten … times one word.
fn alias_bomb() -> String {
    let level = |level: usize| {
        let item = if level == 0 { "哈".to_owned() } else { format!("*a{}", level - 1) };
        format!("- &a{level} [{}]\n", vec![item; 10].join(", "))
    };
    (0..10).map(level).collect()
}
