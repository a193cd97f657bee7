//! Runs that are killed at any moment: what the public finds then, and what the next run makes of it.

use std::{
    fs,
    path::Path,
    process::{Child, Command as Process, Stdio},
    thread,
    time::{Duration, Instant},
};

use assert_cmd::Command;

use crate::{
    publish::{
        Desk, HONORS, NEW,
        branch::git,
        check, has, honors,
        server::{self, Server},
        told,
    },
    site::TODAY,
};

/// How often each kind of run is killed; `tests/kills.sh` sets more.
pub(crate) fn kills() -> u32 {
    std::env::var("LINLI_KILLS").ok().and_then(|it| it.parse().ok()).unwrap_or(20)
}

/// Kills a run, and whatever it started, after a part of the time that a whole one takes.
pub(crate) fn kill_in(run: &mut Child, time: Duration, round: u32) {
    let part = f64::from(round) * 0.618_034 % 1.0;
    thread::sleep(time.mul_f64(part));
    #[cfg(unix)]
    let _ = rustix::process::kill_process_group(
        rustix::process::Pid::from_child(run),
        rustix::process::Signal::KILL,
    );
    let _ = run.kill();
    run.wait().unwrap();
}

fn build(site: &Path) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_linli"));
    command.env_clear().args(["--lang", "en", "--site"]).arg(site);
    command.args(["build", "--as-of", TODAY]).assert().code(0);
}

/// Begins to publish, in a group of processes of its own.
fn spawn(site: &Path, args: &[&str], settings: Option<&Path>) -> Child {
    let mut command = Process::new(env!("CARGO_BIN_EXE_linli"));
    command.env_clear().env("PATH", std::env::var_os("PATH").unwrap_or_default());
    command.envs(settings.map(|it| (server::SETTINGS, it)));
    command.args(["--lang", "en", "--site"]).arg(site);
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(&mut command, 0);
    let command = command.args(["publish", "--as-of", TODAY]).args(args);
    command.stderr(Stdio::null()).stdout(Stdio::null()).spawn().unwrap()
}

/// Kills runs to a target that is the folder `www/portal` of a desk, however it is reached.
fn kill_runs(desk: &Desk, target: &[&str], settings: Option<&Path>) {
    let publish = || {
        let mut command = desk.publish(target);
        told(command.envs(settings.map(|it| (server::SETTINGS, it))), 0);
    };
    let mut time = Duration::ZERO;
    for round in 0..kills() {
        // First the site of before, whole; then what is killed.
        desk.go_back();
        publish();
        desk.edit(HONORS, &honors(&["李明"]));
        desk.edit(NEW, "---\ntitle: 新\ndate: 2026-11-21\n---\n\n新的。\n");
        // So that most of the time goes to the target.
        build(&desk.site());
        let what = format!("{target:?}, round {round}");
        kill_in(&mut spawn(&desk.site(), target, settings), time, round);
        check(&desk.found(), &what);
        let begun = Instant::now();
        publish();
        time = begun.elapsed();
        assert_eq!(desk.found(), desk.built(), "{what}");
        assert_eq!(has(&desk.found(), "王秀兰"), [""; 0], "{what}");
    }
}

#[test]
fn a_killed_run_is_repaired_by_the_next() {
    for settings in ["", "switch = \"files\"\n"] {
        kill_runs(&Desk::new(settings), &[], None);
    }
}

#[test]
fn a_killed_run_to_a_server_is_repaired_by_the_next() {
    let Some((desk, server)) = Server::with_desk("patience = 600\n") else { return };
    kill_runs(&desk, &["server"], Some(&server.settings));
}

#[test]
fn a_killed_way_back_brings_nothing_back_that_is_gone() {
    let desk = Desk::new("keep = 2\n");
    let notice = "content/xingfu/notices/2026-11-20-road.md";
    let text = |it: &str| format!("---\ntitle: road\ndate: 2026-11-20\n---\n\n{it}\n");
    desk.edit(notice, &text("修路一天。"));
    told(&mut desk.publish(&[]), 0);
    desk.edit(notice, &text("修路两天。"));
    desk.edit(HONORS, &honors(&["李明"]));
    told(&mut desk.publish(&[]), 0);
    let today = desk.found();
    let mut time = Duration::from_millis(500);
    for round in 0..kills() {
        kill_in(&mut spawn(&desk.site(), &["--rollback"], None), time, round);
        check(&desk.found(), &format!("round {round}"));
        assert_eq!(has(&desk.found(), "王秀兰"), [""; 0], "round {round}");
        let begun = Instant::now();
        told(&mut desk.publish(&["--rollback"]), 0);
        time = begun.elapsed();
        assert_eq!(has(&desk.found(), "王秀兰"), [""; 0], "round {round}");
        told(&mut desk.publish(&[]), 0);
        assert_eq!(desk.found(), today, "round {round}");
    }
}

#[test]
fn a_killed_push_leaves_the_old_site_or_the_new_one() {
    let desk = Desk::new("\n[publish.pages]\ngit = \"../pages.git\"\n");
    git(desk.folder.path(), &["init", "--quiet", "--bare", "pages.git"]);
    let pages = desk.folder.path().join("pages.git");
    let tree = || git(&pages, &["rev-parse", "pages^{tree}"]);
    let (mut trees, mut time) = (Vec::new(), Duration::ZERO);
    for names in [&["王秀兰", "李明"][..], &["李明"]] {
        desk.edit(HONORS, &honors(names));
        let begun = Instant::now();
        told(&mut desk.publish(&["pages"]), 0);
        time = begun.elapsed();
        trees.push(tree());
    }
    for round in 0..kills() {
        let next = (round % 2) as usize;
        desk.edit(HONORS, &honors([&["王秀兰", "李明"][..], &["李明"]][next]));
        kill_in(&mut spawn(&desk.site(), &["pages"], None), time, round);
        // Nobody kills a server, which is a process of the same group here.
        let _ = fs::remove_file(pages.join("refs/heads/pages.lock"));
        assert!(trees.contains(&tree()), "round {round}");
        told(&mut desk.publish(&["pages"]), 0);
        assert_eq!(tree(), trees[next], "round {round}");
        git(&pages, &["fsck", "--no-dangling"]);
        assert_eq!(git(&pages, &["rev-list", "--count", "--all"]).trim(), "1");
    }
}
