//! Nothing that is printed steers a terminal or hides something, whatever names and arguments hold.

use std::{
    fs,
    io::{BufRead as _, BufReader},
    path::Path,
    process::{Command, Stdio},
};

use crate::{
    diagnostics,
    site::{self, TODAY},
};

/// A command to the terminal in both forms, a mark that turns the line round, one of no width, a
/// line end that begins a line of its own.
const HOSTILE: &str = "a\x1b[2J\u{9b}31m\u{202e}\u{200b}\rb\nerror: forged";

/// The same in YAML.
const ESCAPED: &str = r#""a\e[2J\x9b31m\u202e\u200b\rb\nerror: forged""#;

#[track_caller]
fn check_printed(bytes: &[u8], what: &str) {
    let text = String::from_utf8_lossy(bytes);
    let steers = |it: char| {
        it != '\n' && it.is_control()
            || matches!(it, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}')
    };
    assert!(!text.contains(|it| steers(it) && it != '\t'), "{what} prints {text:?}");
    assert!(
        !text.contains("\nerror: forged"),
        "{what} prints a line that is not its own: {text:?}"
    );
}

/// Runs the program and looks at all that it prints. Both parts of it are given back.
#[track_caller]
fn run(site: &Path, args: &[&str]) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_linli"));
    let output = command.env_clear().arg("--site").arg(site).args(args).output().unwrap();
    let what = format!("{args:?}");
    check_printed(&output.stdout, &what);
    check_printed(&output.stderr, &what);
    String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned()
}

/// A site whose own name, files, places and collections are hostile.
fn hostile() -> (tempfile::TempDir, std::path::PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join(HOSTILE);
    let mut files = diagnostics::files_of("_base");
    let place = format!("name: {ESCAPED}\nlevel: {ESCAPED}\n");
    for (path, text) in [
        (format!("content/{HOSTILE}.yaml"), "a: 1\n".to_owned()),
        (format!("content/{HOSTILE}/place.yaml"), place.clone()),
        (format!("content/xingfu/{HOSTILE}.md"), "---\ntitle: a\n---\n".to_owned()),
        (
            "content/xingfu/honors.yaml".to_owned(),
            format!("- {{award: {ESCAPED}, {ESCAPED}: 1}}\n"),
        ),
        (
            "content/_collections/odd.yaml".to_owned(),
            format!("title: {ESCAPED}\nfields: {{{ESCAPED}: {{type: text}}}}\n"),
        ),
        (
            "content/xingfu/legal-aid.csv".to_owned(),
            format!("a,{}\n1,2\n", HOSTILE.replace('\n', "")),
        ),
        ("content/other/place.yaml".to_owned(), place),
        (format!("themes/{HOSTILE}/theme.toml"), "a = 1\n".to_owned()),
    ] {
        files.insert(path, text.into_bytes());
    }
    let toml =
        "title = \"\\u001b[2J\\u202e\"\ntheme = \"\\u001b[2J\\u202ea\"\n\"\\u001b\\u202e\" = 1\n";
    files.insert("site.toml".to_owned(), toml.into());
    site::write(&root, &files);
    (folder, root)
}

#[test]
fn hostile_sites() {
    let (_folder, root) = hostile();
    for language in ["zh-CN", "en"] {
        for format in ["human", "json", "sarif", "github"] {
            let printed =
                run(&root, &["check", "--lang", language, "--as-of", TODAY, "--format", format]);
            assert!(printed.contains("illegal-file-name") && printed.contains("hidden-character"));
        }
        for args in [
            &["build"][..],
            &["build", "-v", "--fresh"],
            &["check", "--hidden"],
            &["next-change"],
            &["next-change", "--json"],
            &["privacy-report"],
            &["privacy-report", "--json"],
            &["explain", "/xingfu/"],
            &["explain", HOSTILE],
        ] {
            run(&root, &[args, &["--lang", language, "--as-of", TODAY]].concat());
        }
    }
}

#[test]
fn hostile_arguments() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join(HOSTILE);
    site::write(&root, &diagnostics::files_of("_base"));
    let out = folder.path().join(format!("out{HOSTILE}"));
    let new = folder.path().join(format!("new{HOSTILE}"));
    let [out, new] = [&out, &new].map(|it| it.to_str().unwrap());
    let cell = format!("{out}/file/below");
    fs::create_dir_all(out).unwrap();
    fs::write(format!("{out}/file"), "").unwrap();
    let url = format!("https://user:secret@{HOSTILE}");
    for args in [
        &[HOSTILE][..],
        &["--lang", HOSTILE, "check"],
        &["check", "--format", HOSTILE],
        &["check", "--as-of", HOSTILE],
        &["check", HOSTILE],
        &["check", "--jobs", HOSTILE],
        &["build", "--out", out],
        &["build", "--out", &cell],
        &["build", "--out", &format!("{out}/new")],
        &["build", "--base-url", &url],
        &["explain", HOSTILE],
        &["explain", "--as-of", HOSTILE, "/"],
        &["next-change", "--as-of", HOSTILE],
        &["next-change", "--format", HOSTILE],
        &["privacy-report", "--format", HOSTILE],
        &["serve", "--addr", HOSTILE],
        &["serve", "--host", HOSTILE, "--addr", "256.0.0.1:1"],
        &["completions", HOSTILE],
        &["completions", "bash"],
        &["completions", "zsh"],
        &["man", &cell],
        &["new", new],
        &["new", new],
        &["--help"],
    ] {
        let printed = run(&root, args);
        assert!(!printed.contains("secret"), "{printed}");
        if !args[0].starts_with("man") && *args != ["build", "--out", out] {
            assert!(!printed.is_empty(), "{args:?} prints nothing");
        }
    }
    run(&folder.path().join(format!("none{HOSTILE}")), &["check"]);
}

#[test]
fn a_hostile_preview() {
    let (_folder, root) = hostile();
    let mut command = Command::new(env!("CARGO_BIN_EXE_linli"));
    command.env_clear().arg("--site").arg(&root).args(["serve", "--addr", "127.0.0.1:0"]);
    let mut child = command.stderr(Stdio::piped()).spawn().unwrap();
    let mut lines = BufReader::new(child.stderr.take().unwrap()).split(b'\n').map(Result::unwrap);
    let mut until = |word: &str| {
        lines.by_ref().find(|line| {
            check_printed(line, "serve");
            String::from_utf8_lossy(line).contains(word)
        })
    };
    assert!(until("http://127.0.0.1").is_some());
    fs::write(root.join(format!("content/c{HOSTILE}.yaml")), "a: 2\n").unwrap();
    fs::write(root.join("content/place.yaml"), "name: b\nlevel: c\n").unwrap();
    assert!(until("place.yaml").is_some());
    child.kill().unwrap();
    child.wait().unwrap();
}
