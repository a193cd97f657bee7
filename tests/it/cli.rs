//! The commands: what they print, what they write, and their exit status.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use assert_cmd::Command;
use serde_json::Value;
use tempfile::TempDir;

use crate::{
    diagnostics,
    site::{self, Files, TODAY},
};

/// The program on a site, in an environment that says nothing.
fn linli(site: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_linli"));
    command.env_clear().arg("--site").arg(site);
    command
}

/// The site of a case of `tests/diagnostics`, in a folder.
fn folder_of(case: &str) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    site::write(folder.path(), &diagnostics::files_of(case));
    folder
}

/// The site that all cases build on, which has no mistake.
fn good() -> TempDir {
    folder_of("_base")
}

fn stdout(command: &mut Command, status: i32) -> String {
    let assert = command.assert().code(status);
    String::from_utf8(assert.get_output().stdout.clone()).unwrap()
}

fn stderr(command: &mut Command, status: i32) -> String {
    let assert = command.assert().code(status);
    String::from_utf8(assert.get_output().stderr.clone()).unwrap()
}

/// Builds into the site's `public`, and gives all that is in it.
fn built(site: &Path, args: &[&str]) -> Files {
    linli(site).args(["build", "--as-of", TODAY]).args(args).assert().code(0);
    site::files_in(&site.join("public"))
}

#[test]
fn json_is_alone_on_standard_output() {
    let site = folder_of("all-at-once");
    let printed = stdout(linli(site.path()).args(["check", "--format", "json"]), 1);
    let report: Value = serde_json::from_str(&printed).unwrap();
    let keys = |it: &Value| it.as_object().unwrap().keys().cloned().collect::<BTreeSet<_>>();
    assert_eq!(
        keys(&report),
        ["diagnostics", "errors", "version", "warnings"].map(String::from).into()
    );
    let told = report["diagnostics"].as_array().unwrap();
    let place = ["file", "line", "column", "end_line", "end_column"];
    let wanted = ["severity", "code", "message", "help", "fix"].into_iter().chain(place);
    let wanted: BTreeSet<String> = wanted.map(String::from).collect();
    for diagnostic in told {
        assert_eq!(keys(diagnostic), wanted);
        assert!(Path::new(diagnostic["file"].as_str().unwrap()).is_file());
    }
    let count = |severity: &str| told.iter().filter(|it| it["severity"] == severity).count();
    assert_eq!((&report["errors"], &report["warnings"]), (&count("error").into(), &0.into()));
    let in_memory = site::check(&site::memory(&diagnostics::files_of("all-at-once")));
    assert_eq!(told.len(), in_memory.len());
}

#[test]
fn sarif_and_annotations_are_alone_on_standard_output() {
    let site = folder_of("all-at-once");
    let printed = stdout(linli(site.path()).args(["check", "--format", "sarif"]), 1);
    let log: Value = serde_json::from_str(&printed).unwrap();
    let results = log["runs"][0]["results"].as_array().unwrap().len();
    let printed = stdout(linli(site.path()).args(["check", "--format", "github"]), 1);
    assert_eq!(printed.lines().filter(|it| it.starts_with("::error ")).count(), results);
    assert_eq!(printed.lines().count(), results);
}

#[test]
fn people_are_told_in_their_language() {
    let site = folder_of("all-at-once");
    let told = |args: &[&str]| stderr(linli(site.path()).arg("check").args(args), 1);
    assert!(
        told(&[]).contains("错误[unknown-field]") && told(&["--lang", "en"]).contains("error[")
    );
    let english = stderr(linli(site.path()).env("LANG", "en_GB.UTF-8").arg("check"), 1);
    assert_eq!(english, told(&["--lang=en"]));
    // What there is to say is all that a quiet check says.
    let diagnostics = site::check(&site::memory(&diagnostics::files_of("all-at-once")));
    let messages = linli::diagnostic::Messages::new(linli::diagnostic::Language::ZhCn);
    assert_eq!(told(&["--quiet"]), site::shown(&diagnostics, &messages));
}

#[test]
fn a_site_without_mistakes_is_checked_and_built() {
    let site = good();
    linli(site.path()).args(["check", "--as-of", TODAY]).assert().code(0).stdout("");
    let files = built(site.path(), &[]);
    assert!(files.contains_key("index.html") && files.contains_key("xingfu/index.html"));
    let (told, rendered) = site::build(&site::memory(&diagnostics::files_of("_base")));
    assert_eq!(told, []);
    for (path, bytes) in rendered {
        assert_eq!(files[&path], bytes, "{path}");
    }
}

#[test]
fn components_are_shown_on_a_page_when_asked_for() {
    let site = good();
    fs::write(site.path().join("site.toml"), "title = \"幸福街道\"\n").unwrap();
    let files = built(site.path(), &["--style-guide"]);
    let page = String::from_utf8_lossy(&files["style-guide/index.html"]);
    for part in [
        "<h3><code>place.plate</code></h3>",
        "<dt><code>heading</code></dt><dd>integer = 3</dd>",
        // An example, and what it looks like.
        "&lt;ui.task url=",
        "<p class=\"plate-level\">社区</p>",
    ] {
        assert!(page.contains(part), "{part}");
    }
    assert!(!built(site.path(), &[]).contains_key("style-guide/index.html"));
}

#[test]
fn pages_say_where_to_correct_them_and_show_the_marks_of_public_bodies() {
    let site = good();
    let settings = "title = \"幸福街道\"\n[organiser]\ncorrect = \"/xingfu/\"\n\
        mark = { image = \"dz.svg\", url = \"https://a.cn/\" }\nmistakes = { url = \"https://b.cn/\" }\n";
    fs::write(site.path().join("site.toml"), settings).unwrap();
    fs::create_dir_all(site.path().join("content/_root")).unwrap();
    let drawing = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\"/>";
    fs::write(site.path().join("content/_root/dz.svg"), drawing).unwrap();
    let files = built(site.path(), &[]);
    let page = String::from_utf8_lossy(&files["xingfu/index.html"]);
    let leaving = "rel=\"external noopener noreferrer\"";
    for part in [
        "<a href=\"/xingfu/\">内容有错，告诉我们</a>".to_owned(),
        format!(
            "<a href=\"https://a.cn/\" {leaving}><img src=\"/dz.svg\" alt=\"党政机关网站标识\""
        ),
        format!("<a href=\"https://b.cn/\" {leaving}>政府网站找错<"),
    ] {
        assert!(page.contains(&part), "{part}");
    }
}

#[test]
fn files_are_named_from_where_the_command_runs() {
    let site = folder_of("tab");
    let (folder, name) = (site.path().parent().unwrap(), site.path().file_name().unwrap());
    let name = name.to_str().unwrap();
    let file = "content/xingfu/honors.yaml";
    let told = |folder: &Path, format: &str, at: &str, workspace: &Path| {
        let mut linli = linli(Path::new(at));
        linli.current_dir(folder).env("GITHUB_WORKSPACE", workspace);
        stdout(linli.args(["check", "--format", format]), 1)
    };
    let (nowhere, inner) = (Path::new(""), site.path());
    let json = |file: &str| format!("\"file\": \"{file}\"");
    assert!(told(inner, "json", ".", nowhere).contains(&json(file)));
    assert!(told(folder, "json", name, nowhere).contains(&json(&format!("{name}/{file}"))));
    assert!(
        told(&inner.join("content"), "json", "..", folder).contains(&json("xingfu/honors.yaml"))
    );
    let command = |file: &str| format!("::error file={file},line=2,");
    assert!(told(folder, "github", name, nowhere).contains(&command(&format!("{name}/{file}"))));
    assert!(told(inner, "github", ".", folder).contains(&command(&format!("{name}/{file}"))));
    assert!(told(inner, "sarif", ".", folder).contains(&format!("\"uri\": \"{name}/{file}\"")));
}

#[test]
fn warnings_may_be_denied() {
    let site = folder_of("lost-words");
    let told = |args: &[&str], status| {
        stderr(linli(site.path()).args(["--lang", "en"]).args(args), status)
    };
    let warning = "warning[lost-words]";
    assert!(told(&["check"], 0).contains(warning));
    assert_eq!(told(&["check", "-q"], 0), "");
    assert!(told(&["check", "-q", "--deny-warnings"], 1).contains(warning));
    let denied = told(&["build", "--deny-warnings"], 1);
    assert!(denied.contains(warning) && denied.contains("which --deny-warnings does not let pass"));
    assert!(!site.path().join("public").exists());
    assert_eq!(told(&["build", "-q"], 0), "");
    assert!(site.path().join("public").exists());
    // What was published before stays, and a finished build is no excuse.
    assert!(told(&["build", "--deny-warnings"], 1).contains(warning));
    assert!(site.path().join("public").exists());
}

#[test]
fn a_last_line_counts_by_code() {
    let site = folder_of("yaml-several-mistakes");
    let told = stderr(linli(site.path()).args(["--lang", "en", "check"]), 1);
    let last = "yaml-syntax (3); to see how to mend them: linli explain yaml-syntax\n\
                3 of these can be mended by themselves: linli check --fix shows how\n";
    assert!(told.ends_with(last), "{told}");
}

#[test]
fn with_an_error_the_published_site_stays_as_it_is() {
    let site = good();
    let before = built(site.path(), &[]);
    fs::write(site.path().join("content/xingfu/honors.yaml"), "- award: 好邻居\n").unwrap();
    let told = stderr(linli(site.path()).arg("build"), 1);
    assert!(told.contains("missing-field"), "{told}");
    assert_eq!(site::files_in(&site.path().join("public")), before);
    // A mistake that comes to light only when the pages are made is no different.
    fs::remove_file(site.path().join("content/xingfu/honors.yaml")).unwrap();
    let template = site.path().join("themes/plain/templates/404.html");
    fs::write(template, "{{ nothing }}").unwrap();
    linli(site.path()).arg("build").assert().code(1);
    assert_eq!(site::files_in(&site.path().join("public")), before);
    let fresh = site.path().join("fresh");
    linli(site.path()).args(["build", "--out"]).arg(&fresh).assert().code(1);
    assert!(!fresh.join("index.html").exists());
}

#[test]
fn what_is_gone_from_the_content_is_gone_from_the_site() {
    let site = good();
    let notice = site.path().join("content/notices/water.md");
    let before = built(site.path(), &[]);
    fs::create_dir_all(notice.parent().unwrap()).unwrap();
    fs::write(&notice, "---\ntitle: 停水\ndate: 2026-11-20\nuntil: 2026-11-25\n---\n\n停水。\n")
        .unwrap();
    assert!(built(site.path(), &[]).contains_key("notices/water/index.html"));
    let after = |day: &str| {
        linli(site.path()).args(["build", "--as-of", day]).assert().code(0);
        site::files_in(&site.path().join("public"))
    };
    assert!(after("2026-11-25").contains_key("notices/water/index.html"));
    assert!(!after("2026-11-26").contains_key("notices/water/index.html"));
    fs::remove_dir_all(notice.parent().unwrap()).unwrap();
    assert_eq!(built(site.path(), &[]), before);
}

#[test]
fn misuse_and_failure_are_status_2() {
    let site = good();
    let wrong: &[&[&str]] = &[
        &["check", "--format", "xml"],
        &["check", "--as-of", "gestern"],
        &["build", "--base-url", "example.org"],
        &["build", "--nonsense"],
        &["explain", "/no/such/page/"],
        &["--lang", "tlh", "check"],
        &[],
    ];
    for args in wrong {
        let told = stderr(linli(site.path()).args(*args), 2);
        assert!(!told.is_empty(), "{args:?}");
    }
    linli(&site.path().join("nowhere")).arg("check").assert().code(2);
    linli(&site.path().join("content/xingfu")).arg("check").assert().code(2);
}

#[test]
fn misuse_is_told_in_the_readers_language() {
    let site = good();
    for (args, chinese, english) in [
        (
            &["build", "--fress"][..],
            "linli: 没有“--fress”这个选项。是不是 --fresh？\n用法：linli build ",
            "linli: there is no option --fress: did you mean --fresh?\nusage: linli build ",
        ),
        (
            &["biuld"],
            "linli: 没有“biuld”这个命令。是不是 build？\n用法：linli ",
            "linli: there is no command biuld: did you mean build?\nusage: linli ",
        ),
        (
            &["check", "--format", "xml"],
            "linli: --format <FORMAT> 不能写成“xml”。可以写：human json sarif github\n",
            "linli: --format <FORMAT> cannot be `xml`; it can be: human json sarif github\n",
        ),
        (
            &["check", "--as-of"],
            "linli: --as-of <T> 后面要写",
            "linli: a value has to follow --as-of <T>\n",
        ),
        (
            &["check", "--jobs", "x"],
            "linli: --jobs <N> 不能写成“x”\n",
            "linli: --jobs <N> cannot be `x`\n",
        ),
        (&["explain"], "linli: 还缺少 <PAGE>\n", "linli: <PAGE> is missing\n"),
        (
            &["check", "-q", "-v"],
            "linli: --quiet 和 --verbose 不能一起用\n",
            "linli: --quiet and --verbose cannot be used together\n",
        ),
    ] {
        for (language, expected) in [("zh-CN", chinese), ("en", english)] {
            let told = stderr(linli(site.path()).args(["--lang", language]).args(args), 2);
            assert!(told.starts_with(expected), "{told}");
        }
    }
    let told = stderr(linli(&site.path().join("nowhere")).arg("check"), 2);
    assert!(told.ends_with("/nowhere：找不到\n"), "{told}");
}

#[test]
fn an_output_folder_of_others_is_refused() {
    let site = good();
    let theirs = site.path().join("theirs");
    fs::create_dir(&theirs).unwrap();
    fs::write(theirs.join("letter.txt"), "亲爱的").unwrap();
    let files = || {
        let mut files = site::files_in(site.path());
        files.retain(|path, _| !path.starts_with(".linli/"));
        files
    };
    for out in ["theirs", "content", ".", ".linli", ".linli/out"] {
        let before = files();
        linli(site.path()).args(["build", "--out"]).arg(site.path().join(out)).assert().code(2);
        assert!(files() == before, "{out}");
    }
    let file = theirs.join("letter.txt");
    linli(site.path()).args(["build", "--out"]).arg(&file).assert().code(2);
    assert_eq!(fs::read_to_string(file).unwrap(), "亲爱的");
}

#[test]
fn a_new_portal_builds_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let portal = folder.path().join("门户");
    linli(folder.path()).arg("new").arg(&portal).assert().code(0);
    linli(&portal).args(["check", "--as-of", TODAY]).assert().code(0);
    let told = stderr(linli(&portal).args(["build", "--as-of", TODAY]), 0);
    assert!(!told.contains("警告"), "{told}");
    let files = site::files_in(&portal.join("public"));
    assert!(files.contains_key("index.html") && files.contains_key("404.html"));
    linli(folder.path()).arg("new").arg(&portal).assert().code(2);
    assert_eq!(site::files_in(&portal.join("public")), files);
}

#[test]
fn each_new_portal_has_an_id_of_its_own() {
    let folder = tempfile::tempdir().unwrap();
    let id = |name: &str| {
        let portal = folder.path().join(name);
        linli(folder.path()).arg("new").arg(&portal).assert().code(0);
        let settings = fs::read_to_string(portal.join("site.toml")).unwrap();
        let line = settings.lines().find(|line| line.starts_with("id = ")).unwrap().to_owned();
        let digits =
            line.strip_prefix("id = \"linli-").and_then(|it| it.strip_suffix('"')).unwrap();
        assert!(digits.len() == 8 && u32::from_str_radix(digits, 16).is_ok(), "{line}");
        line
    };
    assert_ne!(id("a"), id("b"));
}

#[test]
fn lists_say_what_can_be_written() {
    let site = good();
    let told = stdout(linli(site.path()).args(["fields", "honors"]), 0);
    assert!(told.starts_with("honors  好人榜：身边的"), "{told}");
    assert!(told.contains("\ndate  日期  必填  日期：写成 2026-03-05、"), "{told}");
    assert!(
        told.contains("\n- award: 长山好人  # 荣誉、必填\n  name: 王秀兰  # 姓名、必填\n"),
        "{told}"
    );
    assert!(stdout(linli(site.path()).arg("fields"), 0).contains("patrols  "));
    for (name, title, has) in [
        ("notices", "通知公告", "checked_files"),
        ("pages", "长期网页", "order"),
        ("place", "地点", "photo"),
        ("posting", "发布设置", "publish_until"),
    ] {
        let told = stdout(linli(site.path()).args(["fields", name]), 0);
        assert!(told.contains(title) && told.contains(has), "{name}: {told}");
        assert_eq!(stdout(linli(site.path()).args(["fields", title]), 0), told);
    }
    let told = stderr(linli(site.path()).args(["fields", "honor"]), 2);
    assert!(told.contains("是不是 honors？"), "{told}");
    // Each example is a list as it stands.
    let (folder, portal) = (tempfile::tempdir().unwrap(), site.path().join("new"));
    linli(folder.path()).arg("new").arg(&portal).assert().code(0);
    for (name, bytes) in site::files_in(&portal.join("examples")) {
        fs::write(site.path().join("content/xingfu").join(name), bytes).unwrap();
    }
    fs::remove_dir_all(portal).unwrap();
    let told = stderr(linli(site.path()).args(["check", "-q", "--as-of", TODAY]), 0);
    assert_eq!(told, "");
}

#[test]
fn shells_and_manual_readers_are_served() {
    let folder = tempfile::tempdir().unwrap();
    for shell in ["bash", "zsh", "fish", "powershell"] {
        let script = stdout(linli(folder.path()).args(["completions", shell]), 0);
        assert!(script.contains("linli") && script.contains("as-of"), "{shell}");
    }
    let pages = folder.path().join("man");
    linli(folder.path()).arg("man").arg(&pages).assert().code(0);
    let pages = site::files_in(&pages);
    for name in ["linli.1", "linli-build.1", "linli-check.1"] {
        assert!(pages.contains_key(name), "{name}");
    }
}

#[test]
fn pages_explain_themselves() {
    let site = good();
    let page = |path: &str| stdout(linli(site.path()).args(["explain", path]), 0);
    assert!(page("/").contains("content/place.yaml") && page("/").contains("幸福社区"));
    assert_eq!(page("/xingfu/"), page("xingfu/index.html"));
    let told = stderr(linli(site.path()).args(["explain", "/xinfu/"]), 2);
    assert!(told.contains("/xingfu/"), "{told}");
}

#[test]
fn codes_explain_themselves() {
    let nowhere = Path::new("/nowhere");
    let told = stdout(linli(nowhere).args(["explain", "yaml-syntax"]), 0);
    assert!(told.starts_with("yaml-syntax\n\n文件的格式不对\n\n写错的：\n\n      name：王秀兰\n"));
    assert!(told.ends_with("phone: 0431-8255-0001\n"), "{told}");
    let site = good();
    let told = stderr(linli(site.path()).args(["explain", "yaml-sintax"]), 2);
    assert!(told.ends_with("是不是 yaml-syntax？\n"), "{told}");
}

#[test]
fn pages_tell_why_they_were_rendered() {
    let site = good();
    let file = site.path().join("content/xingfu/honors.yaml");
    let record = |name: &str| {
        format!("- {{award: 好邻居, name: {name}, date: 2026-02-01, citation: 送饭}}\n")
    };
    fs::write(&file, record("王秀兰")).unwrap();
    let page =
        || stdout(linli(site.path()).args(["--lang", "en", "explain", "/xingfu/honors/"]), 0);
    assert!(page().contains("it was not built yet"), "{}", page());
    linli(site.path()).arg("build").assert().success();
    assert!(page().contains("number 1, rendered it: there was no such page"), "{}", page());
    assert!(page().contains("a build now would not render it"), "{}", page());
    linli(site.path()).arg("build").assert().success();
    assert!(page().contains("number 2, did not render it"), "{}", page());
    fs::write(&file, record("王秀兰") + &record("李四")).unwrap();
    let told = page();
    assert!(told.contains("would render it: these had changed: records: honors"), "{told}");
    assert!(told.lines().any(|it| it.starts_with("* ") && it.contains("honors.yaml")), "{told}");
    linli(site.path()).arg("build").assert().success();
    assert!(page().contains("number 3, rendered it: these had changed: records: honors"));
}

/// The portal that comes with the program, as it is in the repository.
fn sample() -> Files {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = site::files_under(root, "content");
    files.insert("site.toml".to_owned(), fs::read(root.join("site.toml")).unwrap());
    files
}

#[test]
fn the_same_content_gives_the_same_bytes() {
    let files = sample();
    let folders = [tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap()];
    site::write(folders[0].path(), &files);
    for (path, bytes) in files.iter().rev() {
        site::write(folders[1].path(), &Files::from([(path.clone(), bytes.clone())]));
    }
    let first = built(folders[0].path(), &["--jobs", "1"]);
    let second = built(folders[1].path(), &["--jobs", "4"]);
    assert!(first.len() > 100, "{}", first.len());
    assert_eq!(first.keys().collect::<Vec<_>>(), second.keys().collect::<Vec<_>>());
    for (path, bytes) in &first {
        assert!(*bytes == second[path], "{path}");
    }
    assert!(built(folders[1].path(), &["--fresh"]) == first);
}

#[test]
fn a_base_url_stands_before_every_link() {
    let folder = tempfile::tempdir().unwrap();
    site::write(folder.path(), &sample());
    let files = built(folder.path(), &["--base-url", "https://x.example/sub/"]);
    let mut links = 0;
    for (path, bytes) in files.iter().filter(|(path, _)| is_html(path)) {
        let html = std::str::from_utf8(bytes).unwrap();
        for start in ["href=\"/", "src=\"/"] {
            for (at, _) in html.match_indices(start) {
                let link = &html[at + start.len()..];
                assert!(link.starts_with("sub/"), "{path}: /{}", link.split('"').next().unwrap());
                links += 1;
            }
        }
    }
    assert!(links > 1000, "{links}");
    let home = std::str::from_utf8(&files["index.html"]).unwrap();
    assert!(home.contains("https://x.example/sub/"), "the front page names its address");
}

fn is_html(path: &str) -> bool {
    PathBuf::from(path).extension().is_some_and(|it| it == "html")
}
