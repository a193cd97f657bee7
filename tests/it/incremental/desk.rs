//! A working copy of a small portal, and builds of it.

use std::{
    fs,
    path::{Path, PathBuf},
};

use assert_cmd::Command;
use tempfile::TempDir;

use crate::site::{self, Files, TODAY};

/// What builds put beside the content. Nothing of it is part of the site.
const MADE: [&str; 4] = [".linli", "public", "other", "third"];

/// A portal of seven places, in a folder that keeps what builds leave in it.
pub(crate) struct Desk {
    folder: TempDir,
}

/// How a site is built.
#[derive(Debug, Clone)]
pub(crate) struct Run {
    /// The language of what is told.
    pub(crate) language: &'static str,
    /// The moment that it is built for.
    pub(crate) moment: &'static str,
    /// Further options.
    pub(crate) options: Vec<&'static str>,
    /// The output folder, beside the content.
    pub(crate) out: &'static str,
}

/// What a build said.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Told {
    pub(crate) status: i32,
    /// Standard error, without the line that holds times and the name of the folder.
    pub(crate) lines: Vec<String>,
}

impl Default for Run {
    fn default() -> Self {
        Self { language: "en", moment: TODAY, options: Vec::new(), out: "public" }
    }
}

impl Run {
    pub(crate) fn with(option: &'static str) -> Self {
        Self { options: vec![option], ..Self::default() }
    }

    /// The command, on a site in whatever folder.
    pub(crate) fn command(&self, site: &Path, out: &Path) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_linli"));
        command.env_clear().args(["--lang", self.language, "--site"]).arg(site);
        command.args(["build", "--as-of", self.moment, "--out"]).arg(out).args(&self.options);
        command
    }

    fn told(&self, site: &Path, out: &Path, fresh: bool) -> Told {
        let mut command = self.command(site, out);
        if fresh && !self.options.contains(&"--fresh") {
            command.arg("--fresh");
        }
        let output = command.output().unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        let is_result = |it: &&str| it.starts_with("built ") || it.starts_with("已生成 ");
        let lines = said.lines().filter(|it| !is_result(it)).map(str::to_owned);
        Told { status: output.status.code().unwrap(), lines: lines.collect() }
    }
}

impl Told {
    /// Whether just what is wanted was told. Of a harmed cache, the program may say that it is of no
    /// use, and that no other can be written.
    fn is(&self, wanted: &Self, harmed: bool) -> bool {
        let is_own = |it: &&String| it.starts_with("linli: ");
        let others = |it: &Self| it.lines.iter().filter(|it| !is_own(it)).cloned().collect();
        let (mine, theirs): (Vec<_>, Vec<_>) = (others(self), others(wanted));
        let extra = self.lines.iter().filter(is_own).count();
        let is_as_told = harmed && mine == theirs && extra <= 2;
        self.status == wanted.status && (self.lines == wanted.lines || is_as_told)
    }
}

impl Desk {
    /// The portal as it is in the repository, never built.
    pub(crate) fn new() -> Self {
        let desk = Self { folder: folder() };
        site::write(desk.path(), &portal());
        desk
    }

    /// A copy, with all that builds left.
    pub(crate) fn twin(&self) -> Self {
        let desk = Self { folder: folder() };
        copy(self.path(), desk.path(), &[]);
        desk
    }

    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }

    pub(crate) fn join(&self, path: &str) -> PathBuf {
        self.path().join(path)
    }

    /// The files that the site is made from.
    pub(crate) fn content(&self) -> Files {
        let is_made = |path: &str| MADE.iter().any(|it| path.split('/').next() == Some(it));
        let mut files = site::files_in(self.path());
        files.retain(|path, _| !is_made(path));
        files
    }

    /// Makes the content be these files. Those that are so already are left alone.
    pub(crate) fn replace(&self, files: &Files) {
        let before = self.content();
        for path in before.keys().filter(|it| !files.contains_key(*it)) {
            fs::remove_file(self.join(path)).unwrap();
        }
        let is_new = |(path, bytes): &(&String, &Vec<u8>)| before.get(*path) != Some(*bytes);
        let new = files.iter().filter(is_new).map(|(path, bytes)| (path.clone(), bytes.clone()));
        site::write(self.path(), &new.collect());
    }

    /// Changes the first occurrence of some words in a file.
    pub(crate) fn edit(&self, path: &str, from: &str, to: &str) {
        let path = self.join(path);
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.contains(from), "{} has no {from}", path.display());
        fs::write(path, text.replacen(from, to, 1)).unwrap();
    }

    /// What is published.
    pub(crate) fn published(&self, run: &Run) -> Files {
        site::files_in(&self.join(run.out))
    }

    /// Builds with what earlier builds left.
    pub(crate) fn build(&self, run: &Run) -> Told {
        run.told(self.path(), &self.join(run.out), false)
    }

    /// Builds the same content where nothing was built before, and gives what came of it.
    pub(crate) fn fresh(&self, run: &Run) -> (Told, Files) {
        let folder = folder();
        let (site, out) = (folder.path().join("site"), folder.path().join("out"));
        fs::create_dir(&site).unwrap();
        copy(self.path(), &site, &MADE);
        let told = run.told(&site, &out, true);
        (told, site::files_in(&out))
    }

    /// Builds, and holds the site against one that was built from nothing.
    pub(crate) fn check(&self, run: &Run) -> Told {
        self.compare(run, false).unwrap_or_else(|it| panic!("{it}"))
    }

    /// The same; an error says what is not as it should be. Of a cache that was harmed, the build
    /// may say a line more.
    pub(crate) fn compare(&self, run: &Run, harmed: bool) -> Result<Told, String> {
        let before = self.published(run);
        let (told, (wanted, files)) = (self.build(run), self.fresh(run));
        if !told.is(&wanted, harmed) {
            return Err(format!("{told:#?} is told instead of {wanted:#?}"));
        }
        let files = if told.status == 0 { files } else { before };
        let published = self.published(run);
        let differing = differing(&published, &files);
        if differing.is_empty() {
            return Ok(told);
        }
        Err(format!("with status {}, {differing:?} are not as they should be", told.status))
    }
}

/// A new folder, in memory if the system has a place for that: hundreds of sites are written.
fn folder() -> TempDir {
    tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir()).unwrap()
}

/// The files of the portal.
pub(crate) fn portal() -> Files {
    site::files_in(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/incremental/portal"))
}

/// The files that are not in both, or not the same.
pub(crate) fn differing<'a>(a: &'a Files, b: &'a Files) -> Vec<&'a str> {
    let all = a.iter().chain(b.iter().filter(|(path, _)| !a.contains_key(*path)));
    all.filter(|(path, _)| a.get(*path) != b.get(*path)).map(|(path, _)| path.as_str()).collect()
}

/// Copies a folder, its empty folders too, without those of some names at its top.
fn copy(from: &Path, to: &Path, without: &[&str]) {
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let (name, path) = (entry.file_name(), entry.path());
        if without.iter().any(|it| name == **it) {
            continue;
        }
        if path.is_dir() {
            fs::create_dir(to.join(&name)).unwrap();
            copy(&path, &to.join(&name), &[]);
        } else {
            fs::copy(&path, to.join(&name)).unwrap();
        }
    }
}
