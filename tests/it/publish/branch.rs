//! `linli publish` to a branch of a repository.

use std::{fs, path::Path, process::Command as Process};

use crate::{
    publish::{Desk, HONORS, has, honors, told},
    site::Files,
};

/// What git says of a repository.
pub(super) fn git(folder: &Path, args: &[&str]) -> String {
    let output = Process::new("git").current_dir(folder).args(args).output().unwrap();
    assert!(output.status.success(), "{args:?}: {output:?}");
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn a_branch_has_one_commit_with_the_site() {
    let desk = Desk::new("\n[publish.pages]\ngit = \"../pages.git\"\n");
    git(desk.folder.path(), &["init", "--quiet", "--bare", "pages.git"]);
    let pages = desk.folder.path().join("pages.git");
    let files = || {
        let listed = git(&pages, &["ls-tree", "-r", "-z", "--name-only", "pages"]);
        let listed = listed.split('\0').filter(|it| !it.is_empty());
        let show = |path: &str| {
            let object = format!("pages:{path}");
            let shown = Process::new("git").current_dir(&pages).args(["show", &object]).output();
            (path.to_owned(), shown.unwrap().stdout)
        };
        listed.map(show).collect::<Files>()
    };
    let said = told(&mut desk.publish(&["pages"]), 0);
    assert!(said.contains("pages: ") && said.contains("in one step"), "{said}");
    let mut expected = desk.built();
    expected.insert(".nojekyll".to_owned(), Vec::new());
    assert_eq!(files(), expected);
    let first = git(&pages, &["rev-parse", "pages"]);
    assert!(told(&mut desk.publish(&["pages"]), 0).contains("pages: nothing to do"));
    assert_eq!(git(&pages, &["rev-parse", "pages"]), first);
    told(&mut desk.linli(&["verify", "pages"]), 0);
    // She withdraws: neither the branch nor its history has her name.
    desk.edit(HONORS, &honors(&["李明"]));
    told(&mut desk.publish(&["pages"]), 0);
    assert_eq!(has(&files(), "王秀兰"), [""; 0]);
    assert_eq!(git(&pages, &["rev-list", "--count", "--all"]).trim(), "1");
    let own = desk.site().join(".linli/publish/pages/repository");
    let objects = git(&own, &["cat-file", "--batch-all-objects", "--batch-check"]);
    let commits = objects.lines().filter(|it| it.contains(" commit "));
    assert_eq!(commits.count(), 1, "{objects}");
    // Another machine goes on; the first one notices that, and goes on as well.
    fs::remove_dir_all(desk.site().join(".linli")).unwrap();
    desk.edit(HONORS, &honors(&["李明", "赵强"]));
    told(&mut desk.publish(&["pages"]), 0);
    assert!(!has(&files(), "赵强").is_empty());
    // A commit that somebody amended has their work, and is left alone.
    let work = desk.folder.path().join("amended");
    git(desk.folder.path(), &["clone", "--quiet", "-b", "pages", "pages.git", "amended"]);
    fs::write(work.join("CNAME"), "x.example").unwrap();
    git(&work, &["add", "CNAME"]);
    let who = ["-c", "user.name=Linli", "-c", "user.email=linli@localhost"];
    let published = git(&pages, &["rev-parse", "pages"]);
    git(&work, &[&who[..], &["commit", "--quiet", "--amend", "--no-edit"]].concat());
    git(&work, &["push", "--quiet", "--force"]);
    assert!(told(&mut desk.publish(&["pages"]), 2).contains("did not publish"));
    git(&pages, &["update-ref", "refs/heads/pages", published.trim()]);
    // A branch with somebody's work is left alone.
    let work = desk.folder.path().join("work");
    git(desk.folder.path(), &["clone", "--quiet", "-b", "pages", "pages.git", "work"]);
    let who = ["-c", "user.name=a", "-c", "user.email=a@b"];
    let commit = ["commit", "--quiet", "--allow-empty", "-m", "work"];
    git(&work, &[&who[..], &commit[..]].concat());
    git(&work, &["push", "--quiet"]);
    desk.edit(HONORS, &honors(&["李明"]));
    let said = told(&mut desk.publish(&["pages"]), 2);
    assert!(said.contains("did not publish"), "{said}");
    assert!(git(&pages, &["log", "--format=%s", "pages"]).starts_with("work"));
}
