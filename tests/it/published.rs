//! What is published, and what builds keep, when others touch it or the system refuses.

use std::{
    fs,
    os::unix::{
        fs::{FileTypeExt as _, PermissionsExt as _, symlink},
        net::UnixListener,
    },
    path::Path,
    time::Duration,
};

use assert_cmd::Command;
use serde_json::Value;

use crate::{
    incremental::desk::{self, Desk, Run},
    site,
};

/// A program that waits would wait without end.
const SOON: Duration = Duration::from_secs(600);

const CACHE: &str = ".linli/build.cache";

const HONORS: &str = "content/heping/yixin/honors/2025.yaml";

/// A desk on which the portal was built.
fn built() -> Desk {
    let desk = Desk::new();
    assert_eq!(desk.check(&Run::default()).status, 0);
    desk
}

/// The status of a command on a site, and all that it prints.
fn run(desk: &Desk, args: &[&str]) -> (i32, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_linli"));
    command.env_clear().timeout(SOON).args(["--lang", "en", "--site"]).arg(desk.path());
    let output = command.args(args).output().unwrap();
    let said = [output.stdout, output.stderr].concat();
    let status = output.status.code().expect("it ends by itself, and soon");
    (status, String::from_utf8(said).unwrap())
}

fn build(desk: &Desk) -> (i32, String) {
    run(desk, &["build", "--as-of", site::TODAY])
}

/// Writes other bytes of the same length, and puts the time back.
fn forge(path: &Path) {
    let modified = fs::metadata(path).unwrap().modified().unwrap();
    let mut bytes = fs::read(path).unwrap();
    let at = bytes.iter().position(u8::is_ascii_lowercase).unwrap();
    bytes[at] = bytes[at].to_ascii_uppercase();
    fs::write(path, bytes).unwrap();
    fs::File::options().write(true).open(path).unwrap().set_modified(modified).unwrap();
}

#[test]
fn what_is_published_is_compared_by_its_bytes() {
    let desk = built();
    let (status, told) = run(&desk, &["check", "--output"]);
    assert_eq!(status, 0, "{told}");
    let files = desk.published(&Run::default()).len() - 1;
    assert_eq!(told, format!("compared {files} files with what was published: 0 errors\n"));
    forge(&desk.join("public/heping/index.html"));
    fs::remove_file(desk.join("public/404.html")).unwrap();
    fs::write(desk.join("public/phish.html"), "").unwrap();
    let (status, told) = run(&desk, &["check", "--output", "--format", "json"]);
    assert_eq!(status, 1);
    let report: Value = serde_json::from_str(&told).unwrap();
    let told = report["diagnostics"].as_array().unwrap().iter();
    let told = told.map(|it| [&it["file"], &it["message"]].map(|it| it.as_str().unwrap()));
    // Where the command runs is somewhere else.
    let inside = |file: &'_ str| file.find("public/").unwrap();
    let told: Vec<_> = told.map(|[file, said]| [&file[inside(file)..], said]).collect();
    assert_eq!(
        told,
        [
            ["public/404.html", "this published file is not there"],
            ["public/heping/index.html", "this is not what was published"],
            ["public/phish.html", "this was not published"],
        ]
    );
    for format in ["human", "github", "sarif"] {
        let (status, told) = run(&desk, &["check", "--output", "public", "--format", format]);
        assert_eq!(status, 2, "a folder is named from where the program runs: {told}");
        let out = desk.join("public").display().to_string();
        let (status, told) = run(&desk, &["check", "--output", &out, "--format", format]);
        assert_eq!((status, told.matches("public/phish.html").count()), (1, 1), "{told}");
    }
    fs::remove_file(desk.join("public/phish.html")).unwrap();
    assert_eq!(desk.check(&Run::default()).status, 0);
    assert_eq!(run(&desk, &["check", "--output"]).0, 0);
}

#[test]
fn what_was_forged_is_written_again() {
    let desk = built();
    for path in ["index.html", "heping/index.html", "assets"] {
        let path = desk.join("public").join(path);
        let path = if path.is_dir() {
            fs::read_dir(path).unwrap().next().unwrap().unwrap().path()
        } else {
            path
        };
        forge(&path);
        assert_eq!(desk.check(&Run::default()).status, 0);
        desk.edit(HONORS, "citation: ", "citation:  ");
        forge(&path);
        assert_eq!(desk.check(&Run::default()).status, 0);
    }
}

/// Something that has the name of a file and is none.
#[derive(Debug, Clone, Copy)]
enum NoFile {
    Pipe,
    Socket,
    Folder,
    /// By way of a link: nobody but the administrator makes devices.
    Device,
}

impl NoFile {
    fn put(self, path: &Path) {
        if path.is_dir() {
            fs::remove_dir_all(path).unwrap();
        } else {
            let _ = fs::remove_file(path);
        }
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        match self {
            Self::Pipe => {
                let made = Command::new("mkfifo").arg(path).output().unwrap();
                assert!(made.status.success());
                assert!(fs::metadata(path).unwrap().file_type().is_fifo());
            }
            // The name of a socket may not be as long as that of a temporary folder.
            Self::Socket => {
                let folder = tempfile::tempdir().unwrap();
                let short = folder.path().join("s");
                drop(UnixListener::bind(&short).unwrap());
                if fs::rename(&short, path).is_err() {
                    drop(UnixListener::bind(path).unwrap());
                }
            }
            Self::Folder => fs::create_dir(path).unwrap(),
            Self::Device => symlink("/dev/zero", path).unwrap(),
        }
    }
}

#[test]
fn nothing_waits_for_what_is_no_file() {
    let good = desk::portal();
    let notice = good.keys().find(|it| it.ends_with(".md")).unwrap();
    let image = good.keys().find(|it| it.ends_with(".png")).unwrap();
    let template = good.keys().find(|it| it.ends_with(".html")).unwrap();
    let linked = "content/heping/linked.csv";
    for kind in [NoFile::Pipe, NoFile::Socket, NoFile::Folder, NoFile::Device] {
        for (path, status) in [
            (CACHE, 0),
            ("public/.linli-manifest.json", 2),
            (".linli/output/public/lock", 2),
            ("site.toml", 1),
            ("holidays.yaml", 1),
            ("themes/own/theme.toml", 1),
            (template, 1),
            (HONORS, 1),
            (notice, 1),
            (image, 1),
        ] {
            let desk = built();
            // A link to what is no file is none either.
            desk.edit(HONORS, "citation: ", "citation:  ");
            kind.put(&desk.join(path));
            let (found, told) = build(&desk);
            // Folders and links have a meaning of their own in the content.
            let is_content = path.starts_with("content/") || path.starts_with("themes/");
            if is_content && !matches!(kind, NoFile::Pipe | NoFile::Socket) {
                continue;
            }
            assert_eq!(found, status, "{kind:?} {path}: {told}");
            let name = path.rsplit('/').next().unwrap();
            assert!(told.contains(name), "{kind:?} {path}: {told}");
            if path == CACHE {
                assert!(told.lines().any(|it| it.starts_with("linli: the cache")), "{told}");
                // Of a folder of that name nobody knows whose it is.
                let is_mended = fs::symlink_metadata(desk.join(path)).unwrap().is_file();
                assert_eq!(is_mended, !matches!(kind, NoFile::Folder), "{kind:?}");
            }
        }
        if !matches!(kind, NoFile::Folder) {
            let desk = built();
            kind.put(&desk.join("pipe"));
            symlink("../../pipe", desk.join(linked)).unwrap();
            let (status, told) = build(&desk);
            assert_eq!(status, 1, "{kind:?}: {told}");
            assert!(told.contains(linked), "{told}");
        }
    }
}

#[test]
fn a_cache_that_cannot_be_written_is_no_failure() {
    let desk = built();
    let published = desk.published(&Run::default());
    let largest = published.values().map(Vec::len).max().unwrap();
    let cache = fs::metadata(desk.join(CACHE)).unwrap().len();
    assert!(usize::try_from(cache).unwrap() > largest + 1024, "{cache} bytes, and {largest}");
    let mut noted = 0;
    let mut blocks = vec![largest / 512 + 1];
    blocks.extend((0..14).map(|it| (1 << it) - 1));
    for (number, limit) in blocks.into_iter().enumerate() {
        let before = desk.published(&Run::default());
        let words = [format!("送饭{number:03}年"), format!("送饭{:03}年", number + 1)];
        let from = if number == 0 { "送饭三年" } else { &words[0] };
        desk.edit(HONORS, from, &words[1]);
        let (_, after) = desk.fresh(&Run::default());
        let command = Run::default().command(desk.path(), &desk.join("public"));
        let mut limited = Command::new("sh");
        limited.args(["-c", "ulimit -f $0; exec \"$@\"", &limit.to_string()]);
        limited.arg(command.get_program()).args(command.get_args()).timeout(SOON);
        let output = limited.output().unwrap();
        let told = String::from_utf8(output.stderr).unwrap();
        let status = output.status.code().unwrap_or_else(|| panic!("killed at {limit}: {told}"));
        let found = desk.published(&Run::default());
        match status {
            0 => assert!(found == after, "{limit}: {told}"),
            2 => assert!(found == before, "{limit}: {told}"),
            _ => panic!("{limit}: {told}"),
        }
        noted += usize::from(status == 0 && told.contains("build.cache cannot be written"));
        if number == 0 {
            assert_eq!(noted, 1, "{told}");
        }
        assert_eq!(desk.check(&Run::default()).status, 0, "{limit}");
        assert_eq!(run(&desk, &["check", "--output"]).0, 0, "{limit}");
    }
}

#[test]
fn a_folder_that_nothing_can_be_written_to_is_no_failure() {
    let desk = built();
    let permit = |mode| {
        fs::set_permissions(desk.join(".linli"), fs::Permissions::from_mode(mode)).unwrap();
        fs::set_permissions(desk.join(CACHE), fs::Permissions::from_mode(mode & 0o600)).unwrap();
    };
    permit(0o500);
    desk.edit(HONORS, "送饭三年", "扫雪五年");
    let (status, told) = build(&desk);
    permit(0o700);
    assert_eq!(status, 0, "{told}");
    assert_eq!(desk.check(&Run::default()).status, 0);
}

#[test]
fn what_builds_keep_is_for_the_user_alone() {
    let desk = built();
    let mode = |path: &str| fs::metadata(desk.join(path)).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(".linli"), 0o700);
    assert_eq!(mode(CACHE), 0o600);
}
