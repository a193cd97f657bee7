//! The templates for machines that publish: what they run is run here.

use std::{
    fs, os::unix::fs::PermissionsExt as _, path::Path, process::Command as Process,
    time::SystemTime,
};

use assert_cmd::Command;

use crate::{
    publish::{Desk, HONORS, branch::git, has, honors, told},
    site,
};

/// The script of the templates.
fn script() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("templates/ci/publish.sh")
}

#[test]
fn the_script_of_the_templates_publishes_when_it_is_due() {
    let desk = Desk::new("by = \"ci\"\n");
    let run = |args: &[&str]| {
        let mut command = Command::new("sh");
        command.arg(script()).args(args).arg(desk.site()).env("CI", "true");
        command.env("LINLI", env!("CARGO_BIN_EXE_linli")).env("LC_ALL", "en");
        command
    };
    assert!(told(&mut run(&[]), 0).contains("web: "));
    assert_eq!(desk.found(), desk.built());
    assert_eq!(told(&mut run(&["--if-due"]), 0), "");
    // Something is edited, added, or deleted.
    desk.edit(HONORS, &honors(&["李明"]));
    assert!(told(&mut run(&["--if-due"]), 0).contains("web: "));
    assert_eq!(has(&desk.found(), "王秀兰"), [""; 0]);
    assert_eq!(told(&mut run(&["--if-due"]), 0), "");
    let water = "content/xingfu/notices/2026-10-20-water";
    fs::rename(desk.site().join(format!("{water}.md")), desk.folder.path().join("kept")).unwrap();
    assert!(told(&mut run(&["--if-due"]), 0).contains("web: "));
    assert_eq!(told(&mut run(&["--if-due"]), 0), "");
    fs::rename(desk.folder.path().join("kept"), desk.site().join(format!("{water}.md"))).unwrap();
    assert!(told(&mut run(&["--if-due"]), 0).contains("web: "));
    // The moment has come.
    let due = desk.site().join(".linli/due");
    let noted = fs::read_to_string(&due).unwrap();
    let (_, files) = noted.split_once('\n').unwrap();
    fs::write(&due, format!("2026-01-01T00:00+08:00\n{files}")).unwrap();
    assert!(told(&mut run(&["--if-due"]), 0).contains("nothing to do"));
    assert_eq!(told(&mut run(&["--if-due"]), 0), "");
    // Of a fresh copy the commit says what the files are, and not their times.
    let commit = |id: &str| {
        let mut command = run(&["--if-due"]);
        command.env("LINLI_COMMIT", id);
        told(&mut command, 0)
    };
    assert!(commit("1a").contains("nothing to do"));
    let page = desk.site().join("site.toml");
    fs::File::options().write(true).open(page).unwrap().set_modified(SystemTime::now()).unwrap();
    assert_eq!(commit("1a"), "");
    assert!(commit("2b").contains("nothing to do"));
    // A mistake is told with its annotation, and the next run is due.
    desk.edit(HONORS, "- {award: 好邻居, name: 李明, date: 某日, citation: 送饭}\n");
    let output =
        run(&["--if-due"]).env("LINLI_FORMAT", "github").assert().code(1).get_output().clone();
    assert!(String::from_utf8(output.stdout).unwrap().starts_with("::error "));
    desk.edit(HONORS, &honors(&["李明"]));
    assert!(told(&mut run(&["--if-due"]), 0).contains("web: "));
}

#[test]
fn all_templates_run_the_script() {
    let folder = script().parent().unwrap().to_owned();
    let files = site::files_in(&folder);
    assert!(files.len() >= 7, "{:?}", files.keys());
    for (name, bytes) in files {
        let text = String::from_utf8(bytes).unwrap();
        assert!(text.contains("publish.sh") || name.ends_with(".timer"), "{name}");
        if name.ends_with(".yml") {
            let read: serde_yaml::Value = serde_yaml::from_str(&text).unwrap();
            assert!(read.is_mapping(), "{name}");
        }
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for name in ["action.yml", ".github/workflows/release.yml"] {
        let text = fs::read_to_string(root.join(name)).unwrap();
        let read: serde_yaml::Value = serde_yaml::from_str(&text).unwrap();
        assert!(read.is_mapping(), "{name}");
        let script =
            if name == "action.yml" { "templates/ci/publish.sh" } else { "packaging/build.sh" };
        assert!(text.contains(script) && root.join(script).exists(), "{name}");
    }
    let checked = Process::new("sh").arg("-n").arg(script()).status().unwrap();
    assert!(checked.success());
}

/// What a step of a workflow runs, by its name.
fn step(workflow: &serde_yaml::Value, job: &str, name: &str) -> String {
    let steps = workflow["jobs"][job]["steps"].as_sequence().unwrap();
    let step = steps.iter().find(|it| it["name"].as_str() == Some(name)).unwrap();
    step["run"].as_str().unwrap().to_owned()
}

fn yaml(name: &str) -> serde_yaml::Value {
    serde_yaml::from_str(&fs::read_to_string(script().with_file_name(name)).unwrap()).unwrap()
}

/// A machine that has the archive of a release, the repository of a site with the script in it, and
/// nothing else; and the branch that the site is published to.
struct Runner {
    desk: Desk,
    checksum: String,
}

impl Runner {
    fn new() -> Self {
        let desk =
            Desk::new("by = \"ci\"\n\n[publish.pages]\ngit = \"../pages.git\"\nby = \"ci\"\n");
        let home = desk.folder.path();
        git(home, &["init", "--quiet", "--bare", "pages.git"]);
        fs::create_dir_all(desk.site().join("ci")).unwrap();
        fs::copy(script(), desk.site().join("ci/publish.sh")).unwrap();
        let packed = home.join("linli-x86_64-unknown-linux-musl");
        fs::create_dir(&packed).unwrap();
        std::os::unix::fs::symlink(env!("CARGO_BIN_EXE_linli"), packed.join("linli")).unwrap();
        let tar = Process::new("tar")
            .current_dir(home)
            .args(["-czf", "linli.tar.gz", "linli-x86_64-unknown-linux-musl"])
            .status();
        assert!(tar.unwrap().success());
        let sum = Process::new("sha256sum").arg(home.join("linli.tar.gz")).output().unwrap();
        let sum = String::from_utf8(sum.stdout).unwrap();
        let checksum = sum.split(' ').next().unwrap().to_owned();
        Self { desk, checksum }
    }

    /// Runs what stands in a step, as hosts do: with the variables that are named and no others.
    fn run(&self, step: &str, variables: &[(&str, &str)], status: i32) -> String {
        let home = self.desk.folder.path().display().to_string();
        let mut command = Command::new("bash");
        command.args(["-e", "-c", step]).current_dir(self.desk.site()).env_clear();
        command.env("PATH", std::env::var_os("PATH").unwrap_or_default());
        command.env("CI", "true").env("HOME", &home).env("RUNNER_TEMP", &home).env("LANG", "en");
        command.env("LINLI_URL", format!("file://{home}/linli.tar.gz"));
        command.env("LINLI_SHA256", &self.checksum);
        command.envs(variables.iter().copied());
        let output = command.assert().code(status).get_output().clone();
        String::from_utf8([output.stdout, output.stderr].concat()).unwrap()
    }

    fn tree(&self) -> String {
        git(&self.desk.folder.path().join("pages.git"), &["rev-parse", "pages^{tree}"])
    }
}

#[test]
fn a_workflow_publishes_from_an_empty_machine() {
    let runner = Runner::new();
    let workflow = yaml("github.yml");
    let get = step(&workflow, "publish", "Get the program");
    let publish = step(&workflow, "publish", "Publish");
    runner.run(&get, &[], 0);
    let of = |event: &'static str, commit: &'static str| {
        [
            ("GITHUB_EVENT_NAME", event),
            ("LINLI_FORMAT", "github"),
            ("LINLI_COMMIT", commit),
            ("TARGET", "pages"),
            ("TOKEN", "never-told"),
            ("SSH_KEY", ""),
            ("SSH_KNOWN_HOSTS", ""),
            ("LINLI_S3_ID", ""),
            ("LINLI_S3_SECRET", ""),
        ]
    };
    let said = runner.run(&publish, &of("push", "1a"), 0);
    assert!(said.contains("pages: ") && !said.contains("never-told"), "{said}");
    let first = runner.tree();
    // A schedule that wakes too early; one after a push whose run came to no end; and a mistake.
    let said = runner.run(&publish, &of("schedule", "1a"), 0);
    assert!(!said.contains("pages: "), "{said}");
    runner.desk.edit(HONORS, &honors(&["李明"]));
    let said = runner.run(&publish, &of("schedule", "2b"), 0);
    assert!(said.contains("pages: "), "{said}");
    assert_ne!(runner.tree(), first);
    runner.desk.edit(HONORS, "- {award: 好邻居, name: 李明, date: 某日, citation: 送饭}\n");
    let said = runner.run(&publish, &of("push", "3c"), 1);
    assert!(said.contains("::error file=content/xingfu/honors.yaml,line=1"), "{said}");
    // Another archive than was meant is not run.
    let said = runner.run(&get, &[("LINLI_SHA256", "00")], 1);
    assert!(!said.contains("OK"), "{said}");
}

#[test]
fn a_pipeline_publishes_from_an_empty_machine() {
    let runner = Runner::new();
    let pipeline = yaml("gitlab.yml");
    let lines = pipeline["portal"]["script"].as_sequence().unwrap();
    // What comes from Debian is here already, and the program lies in a folder of this test.
    let lines = lines.iter().map(|it| it.as_str().unwrap());
    let lines: Vec<&str> = lines.filter(|it| !it.starts_with("apt-get ")).collect();
    assert_eq!(lines.len(), 3);
    let own = runner.desk.folder.path().join("tmp/linli").display().to_string();
    fs::create_dir(runner.desk.folder.path().join("tmp")).unwrap();
    let all = lines.join("\n").replace("/tmp/linli", &own);
    let key = runner.desk.folder.path().join("key");
    fs::write(&key, "-----BEGIN\r\nkey\r\n-----END").unwrap();
    let variables = [
        ("CI_PIPELINE_SOURCE", "push"),
        ("LINLI_COMMIT", "1a"),
        ("TARGET", "pages"),
        ("SSH_KEY", key.to_str().unwrap()),
    ];
    let said = runner.run(&all, &variables, 0);
    assert!(said.contains("pages: "), "{said}");
    let ssh = runner.desk.folder.path().join(".ssh");
    let key = fs::read_to_string(ssh.join("portal")).unwrap();
    assert_eq!(key, "-----BEGIN\nkey\n-----END\n");
    let mode = fs::metadata(ssh.join("portal")).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    fs::remove_dir_all(&own).unwrap();
    let variables = [&variables[1..], &[("CI_PIPELINE_SOURCE", "schedule")]].concat();
    assert!(!runner.run(&all, &variables, 0).contains("pages: "));
}
