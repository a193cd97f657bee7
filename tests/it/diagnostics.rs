//! What is said about broken sites.
//!
//! A case is a folder in `tests/diagnostics`: the files that it lays over those of `_base`, and
//! what the program says about them, `expected.zh-CN.txt` and `expected.en.txt`. Files that no
//! repository can hold are made by [`made`]. `UPDATE_EXPECT=1 cargo test --test it` writes what is
//! said now; read it aloud before you commit it.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs, io,
    path::{Path, PathBuf},
};

use linli::{
    diagnostic::{Code, Diagnostic, Language, Messages},
    source::{Disk, Entry, Memory, SitePath, World},
};

use crate::site::{self, Files};

/// A theme that extends itself over another is told of as unknown.
const NEVER_TOLD: &[Code] = &[Code::ThemeCircle];

#[test]
fn broken_sites_are_told_as_expected() {
    let update = std::env::var_os("UPDATE_EXPECT").is_some();
    let messages = Language::ALL.iter().map(|it| Messages::new(*it)).collect::<Vec<_>>();
    let mut codes = BTreeSet::new();
    let mut wrong = Vec::new();
    for (name, case) in cases() {
        let diagnostics = case.check();
        codes.extend(diagnostics.iter().map(|it| it.code));
        for messages in &messages {
            let path = folder().join(&name).join(expected(messages.language()));
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
    }
    assert!(wrong.is_empty(), "{}\nUPDATE_EXPECT=1 writes what is said now", wrong.join("\n"));
    let unseen: Vec<_> = Code::ALL.iter().filter(|it| !codes.contains(it)).collect();
    assert_eq!(unseen, NEVER_TOLD.iter().collect::<Vec<_>>(), "codes without a case");
}

/// A broken site.
struct Case {
    files: Files,
    /// How it comes to the program.
    door: Door,
}

/// How a site comes to the program.
#[derive(Default)]
enum Door {
    /// From memory.
    #[default]
    Memory,
    /// From a folder with these links: path and target.
    Links(&'static [(&'static str, &'static str)]),
    /// From memory, but this file cannot be opened.
    Locked(&'static str),
}

impl Case {
    fn check(&self) -> Vec<Diagnostic> {
        match self.door {
            Door::Memory => site::check(&site::memory(&self.files)),
            Door::Locked(file) => {
                site::check(&Locked { files: site::memory(&self.files), file: SitePath::new(file) })
            }
            Door::Links(links) => {
                let folder = tempfile::tempdir().unwrap();
                site::write(folder.path(), &self.files);
                for (path, target) in links {
                    std::os::unix::fs::symlink(target, folder.path().join(path)).unwrap();
                }
                site::check(&Disk::new(folder.path()).unwrap())
            }
        }
    }
}

/// A site with a file that another program holds.
struct Locked {
    files: Memory,
    file: SitePath,
}

impl World for Locked {
    fn list(&self, folder: &SitePath) -> io::Result<Vec<Entry>> {
        self.files.list(folder)
    }

    fn read(&self, file: &SitePath, limit: u64) -> io::Result<Vec<u8>> {
        if *file == self.file {
            return Err(io::ErrorKind::PermissionDenied.into());
        }
        self.files.read(file, limit)
    }
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/diagnostics")
}

fn expected(language: Language) -> String {
    format!("expected.{language}.txt")
}

/// The site of a case that is a folder of its own.
pub(crate) fn files_of(case: &str) -> Files {
    let mut files = site::files_in(&folder().join("_base"));
    files.extend(site::files_in(&folder().join(case)));
    files.retain(|path, _| !path.starts_with("expected."));
    files
}

/// Every case: the files of its folder and those that are made for it, over those of `_base`.
fn cases() -> BTreeMap<String, Case> {
    let base = site::files_in(&folder().join("_base"));
    let mut made = made();
    let mut cases = BTreeMap::new();
    for entry in fs::read_dir(folder()).unwrap().map(Result::unwrap) {
        let name = entry.file_name().into_string().unwrap();
        if !name.starts_with(['_', '.']) {
            made.entry(name).or_default();
        }
    }
    for (name, (own, door)) in made {
        let mut files = base.clone();
        let written = site::files_in(&folder().join(&name));
        let own: Files = written.into_iter().chain(own).collect();
        let is_site = |it: &&String| !it.starts_with("expected.");
        let has_links = matches!(door, Door::Links(_));
        assert!(own.keys().any(|it| is_site(&it)) || has_links, "{name} is the case of no mistake");
        files.extend(own.into_iter().filter(|(path, _)| is_site(&path)));
        cases.insert(name, Case { files, door });
    }
    cases
}

/// What no repository can hold, or would not show: by case, files and how they come.
fn made() -> BTreeMap<String, (Files, Door)> {
    let files = |files: &[(&str, &[u8])]| -> (Files, Door) {
        let owned = files.iter().map(|(path, bytes)| ((*path).to_owned(), bytes.to_vec()));
        (owned.collect(), Door::Memory)
    };
    let deep = "a/".repeat(40);
    let cases = [
        (
            "illegal-file-names",
            files(&[
                ("content/xingfu/honors: 2026.yaml", b"[]"),
                ("content/xingfu/con.yaml", b"[]"),
                ("content/xingfu/notices/why?.md", b""),
                ("content/xingfu/notices/100%.md", b""),
                ("content/xingfu /place.yaml", b""),
                ("content/xingfu/photo\u{7}.jpg", b""),
            ]),
        ),
        ("file-too-large", files(&[("content/xingfu/honors.yaml", &vec![b'#'; (32 << 20) + 1])])),
        (
            "too-many-mistakes",
            files(&[("content/xingfu/honors.yaml", "- name: 王秀兰\n".repeat(300).as_bytes())]),
        ),
        ("folders-too-deep", files(&[(&format!("content/{deep}place.yaml"), b"name: x")])),
        ("nesting-bomb", files(&[("content/xingfu/honors.yaml", "[".repeat(100_000).as_bytes())])),
        ("alias-bomb", files(&[("content/xingfu/honors.yaml", alias_bomb().as_bytes())])),
        (
            "control-character",
            files(&[(
                "content/xingfu/place.yaml",
                "name: 幸福\u{b}社区\nlevel: community\n".as_bytes(),
            )]),
        ),
        ("encoding-gbk", files(&[("content/xingfu/place.yaml", GBK)])),
        ("encoding-utf-16", files(&[("content/xingfu/place.yaml", &utf_16())])),
        ("encoding-none", files(&[("content/xingfu/grids.csv", b"\x89PNG\r\n\x1a\n\xff\xff\xff")])),
        (
            "symlink-outside",
            (
                Files::new(),
                Door::Links(&[
                    ("content/xingfu/honors.yaml", "/etc/hostname"),
                    ("content/xingfu/again", "."),
                ]),
            ),
        ),
        ("unreadable", {
            let (files, _) = files(&[("content/xingfu/honors.yaml", b"[]")]);
            (files, Door::Locked("content/xingfu/honors.yaml"))
        }),
    ];
    cases.into_iter().map(|(name, case)| (name.to_owned(), case)).collect()
}

/// `name: 幸福社区` as an old Notepad saves it.
const GBK: &[u8] = b"name: \xd0\xd2\xb8\xa3\xc9\xe7\xc7\xf8\nlevel: community\n";

fn utf_16() -> Vec<u8> {
    let text = "\u{feff}name: 幸福社区\nlevel: community\n";
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

/// Ten times ten times ten … times one word.
fn alias_bomb() -> String {
    let mut bomb = "- &a0 [哈, 哈, 哈, 哈, 哈, 哈, 哈, 哈, 哈, 哈]\n".to_owned();
    for level in 1..10 {
        let aliases = vec![format!("*a{}", level - 1); 10].join(", ");
        bomb += &format!("- &a{level} [{aliases}]\n");
    }
    bomb
}
