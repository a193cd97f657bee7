//! A build that is killed leaves the site of before or the site of after, and nothing else. What it
//! knows, and the second names of the published files, are right after the next.

use std::{
    fs,
    os::unix::fs::MetadataExt as _,
    process::{Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use crate::{
    incremental::desk::{self, Desk, Run},
    site::{self, Files},
};

const ROUNDS: u32 = 100;

/// The portal, and the portal after an edit that changes, adds and removes pages.
fn versions() -> [Files; 2] {
    const NOTICE: &str = "content/xian/notices/2026-11-15-snow.md";
    let before = desk::portal();
    let mut after = before.clone();
    let mut edit = |path: &str, from: &str, to: &str| {
        let text = String::from_utf8(after[path].clone()).unwrap();
        assert!(text.contains(from), "{path} has no {from}");
        after.insert(path.to_owned(), text.replace(from, to).into());
    };
    edit("content/heping/yixin/honors/2026.yaml", "修路灯", "扫雪了");
    edit("content/heping/flag-raising.csv", "120", "150");
    edit("content/xian/beimen/place.yaml", "北门社区", "北大门社区");
    after.remove("content/heping/yixin/youyi/honors.yaml").unwrap();
    let snow = "---\ntitle: 扫雪\ndate: 2026-11-15\n---\n\n一起来。\n";
    assert!(after.insert(NOTICE.to_owned(), snow.into()).is_none());
    [before, after]
}

#[test]
fn a_killed_build_leaves_one_site_or_the_other() {
    let run = Run::default();
    let (desk, versions) = (Desk::new(), versions());
    let sites = versions.each_ref().map(|it| {
        desk.replace(it);
        let (told, files) = desk.fresh(&run);
        assert_eq!(told.status, 0, "{told:?}");
        files
    });
    assert!(desk::differing(&sites[0], &sites[1]).len() > 10);
    // Which of them is published, and what is beside it.
    let published = |what: &str| {
        let published = desk.published(&run);
        let site = sites.iter().position(|it| *it == published);
        site.unwrap_or_else(|| {
            let differing = sites.each_ref().map(|it| desk::differing(&published, it));
            panic!("{what}, neither site is whole: {differing:?}")
        })
    };
    let mut time = Duration::ZERO;
    for version in [0, 1, 0] {
        desk.replace(&versions[version]);
        let begun = Instant::now();
        assert_eq!(desk.build(&run).status, 0);
        time = begun.elapsed();
    }
    let mut seen = [0, 0];
    for round in 1..=ROUNDS {
        let [before, after] = if round % 2 == 1 { [0, 1] } else { [1, 0] };
        assert_eq!(published("before"), before);
        desk.replace(&versions[after]);
        // Multiples of the golden ratio fall anywhere, and never twice near the same spot.
        let part = f64::from(round) * 0.618_034 % 1.0;
        let delay = time.mul_f64(1.3 * part);
        let command = run.command(desk.path(), &desk.join(run.out));
        let mut build = Command::new(command.get_program());
        let mut build =
            build.env_clear().args(command.get_args()).stderr(Stdio::null()).spawn().unwrap();
        thread::sleep(delay);
        build.kill().unwrap();
        build.wait().unwrap();
        let what = format!("round {round}, killed after {delay:?} of {time:?}");
        check_beside(&desk, &what);
        seen[usize::from(published(&what) == after)] += 1;
        let begun = Instant::now();
        let told = desk.build(&run);
        assert_eq!(told.status, 0, "{what}: {told:?}");
        assert_eq!(published(&what), after);
        check_kept(&desk, &run, &what);
        // A busy machine becomes slower and faster.
        time = (time * 3 + begun.elapsed()) / 4;
    }
    assert!(seen.iter().all(|it| *it > 0), "{seen:?} of the sites were of before and after");
}

/// Checks that nothing lies where a web server could find it.
fn check_beside(desk: &Desk, what: &str) {
    let left = fs::read_dir(desk.path()).unwrap().map(|it| it.unwrap().file_name());
    let known = ["content", "holidays.yaml", "public", "site.toml", "themes", ".linli"];
    let stray: Vec<_> = left.filter(|it| known.iter().all(|known| it != known)).collect();
    assert!(stray.is_empty(), "{what}: {stray:?}");
}

/// Checks what builds keep: nothing is left of the one that was killed, the mirror has the published
/// files, and by the cache nothing is to be done.
fn check_kept(desk: &Desk, run: &Run, what: &str) {
    const MIRROR: &str = "output/public/mirror/";
    let (mirror, kept): (Files, Files) = site::files_in(&desk.join(".linli"))
        .into_iter()
        .partition(|(path, _)| path.starts_with(MIRROR));
    let mirror: Files =
        mirror.into_iter().map(|(path, bytes)| (path[MIRROR.len()..].to_owned(), bytes)).collect();
    let names: Vec<_> = kept.keys().map(String::as_str).collect();
    assert_eq!(names, [".gitignore", "build.cache", "output/public/stamps"], "{what}");
    if !mirror.is_empty() {
        assert_eq!(desk::differing(&mirror, &desk.published(run)), [""; 0], "{what}");
        for path in mirror.keys().filter(|it| !it.starts_with('.')) {
            let inode = |folder: &str| fs::metadata(desk.join(folder).join(path)).unwrap().ino();
            let mirrored = inode(&format!(".linli/{MIRROR}"));
            assert_eq!(mirrored, inode(run.out), "{what}: {path}");
        }
    }
    let output = run.command(desk.path(), &desk.join(run.out)).output().unwrap();
    let told = String::from_utf8(output.stderr).unwrap();
    assert!(told.contains("(0 rendered)"), "{what}: {told}");
}

#[test]
fn a_killed_import_leaves_one_file_or_the_other() {
    const PATROLS: &str = "content/xingfu/patrols.yaml";
    let folder = tempfile::tempdir().unwrap();
    site::write(folder.path(), &crate::diagnostics::files_of("_base"));
    let records = |members: usize| {
        let record = |it: usize| {
            let day = format!("2026-{:02}-{:02}", it / 28 % 12 + 1, it % 28 + 1);
            format!(
                "- date: {day}\n  team: 第{it}队\n  members: {members}\n  hours: 2\n  found: 0\n"
            )
        };
        (0..300).map(record).collect::<String>()
    };
    let table = |members: usize| {
        let rows = records(members).replace("- date", "date");
        let value = |line: &str| line.split_once(": ").unwrap().1.to_owned();
        let cells: Vec<String> = rows.lines().map(value).collect();
        let rows: Vec<String> = cells.chunks(5).map(|it| it.join(",") + "\n").collect();
        format!("date,team,members,hours,found\n{}", rows.concat())
    };
    let file = folder.path().join(PATROLS);
    let versions = [records(12), records(15)];
    fs::write(&file, &versions[0]).unwrap();
    let import = |members: usize| {
        fs::write(folder.path().join("patrols.csv"), table(members)).unwrap();
        let mut command = Command::new(env!("CARGO_BIN_EXE_linli"));
        command.current_dir(folder.path()).env_clear().stdout(Stdio::null()).stderr(Stdio::null());
        command.args(["import", "patrols.csv", "--place", "xingfu", "--write"]);
        command
    };
    let begun = Instant::now();
    assert!(import(15).status().unwrap().success());
    let time = begun.elapsed();
    assert_eq!(fs::read_to_string(&file).unwrap(), versions[1]);
    for round in 1..=20_u32 {
        let members = if round % 2 == 1 { 12 } else { 15 };
        let part = f64::from(round) * 0.618_034 % 1.0;
        let mut running = import(members).spawn().unwrap();
        thread::sleep(time.mul_f64(1.2 * part));
        running.kill().unwrap();
        running.wait().unwrap();
        let left = fs::read_to_string(&file).unwrap();
        assert!(versions.contains(&left), "round {round}: {} bytes", left.len());
    }
}
