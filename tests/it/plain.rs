//! The program does not know its default theme: `tests/themes/plain` is HTML without classes, style
//! sheet or component, with words of its own, and makes the whole sample portal.

use std::{collections::BTreeSet, path::Path};

use linli::diagnostic::Severity;

use crate::site::{self, Files, TODAY};

/// The sample portal with that theme.
fn plain() -> Files {
    let mut files = site::sample();
    let settings = String::from_utf8(files["site.toml"].clone()).unwrap();
    files.insert("site.toml".to_owned(), format!("theme = \"plain\"\n{settings}").into());
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    files.extend(site::files_under(&root, "themes/plain"));
    files
}

/// The folders of pages that only a theme with a template for them has.
const OPTIONAL: [&str; 5] = ["accessibility", "calendar", "privacy", "search", "site-map"];

/// The pages of a portal but for those.
fn pages(files: &Files) -> BTreeSet<&str> {
    let all = files.keys().map(String::as_str).filter(|it| it.ends_with(".html"));
    all.filter(|it| !it.split('/').any(|folder| OPTIONAL.contains(&folder))).collect()
}

#[test]
fn a_theme_from_nothing_makes_every_page() {
    let (told, plain) = site::build_at(&site::memory(&plain()), TODAY);
    let codes: Vec<_> = told.iter().map(|it| it.code.name()).collect();
    let (told, usual) = site::build_at(&site::memory(&site::sample()), TODAY);
    assert_eq!(codes, told.iter().map(|it| it.code.name()).collect::<Vec<_>>());
    assert_eq!(pages(&plain), pages(&usual));
    assert!(!plain.keys().any(|it| it.starts_with("assets/") || it.starts_with("search/")));
}

#[test]
fn its_pages_have_nothing_of_the_default_theme() {
    let (_, files) = site::build_at(&site::memory(&plain()), TODAY);
    let text = |path: &str| String::from_utf8(files[path].clone()).unwrap();
    let list = text("kaixuan/yixin/grids/index.html");
    assert!(list.contains("<title>一心社区：网格通讯录</title>"), "{list}");
    for path in ["index.html", "kaixuan/yixin/index.html", "kaixuan/yixin/grids/index.html"] {
        let page = text(path);
        assert!(!page.contains("class=") && !page.contains("<link"), "{path}: {page}");
        assert!(page.contains("Content-Security-Policy"), "{path}");
    }
}

/// A portal of one place with these settings: what is told of it, and its files.
fn with_settings(settings: &str) -> (Vec<String>, Files) {
    let place = ("content/place.yaml", "name: 甲社区\nlevel: community\n");
    let files = [place, ("site.toml", settings)];
    let files = files.map(|(path, text)| (path.to_owned(), text.into())).into();
    let (told, files) = site::build_at(&site::memory(&files), TODAY);
    let errors = told.iter().filter(|it| it.severity == Severity::Error);
    (errors.map(|it| it.code.name().to_owned()).collect(), files)
}

#[test]
fn colours_of_the_theme_are_settings() {
    let (told, files) = with_settings(
        "[theme.colours]\nblue = \"#0B5A3C\"\nplate = \"#053\"\n[theme.dark]\nblue = \"#8fd0a8\"\n",
    );
    assert_eq!(told, Vec::<String>::new());
    let sheet = str::from_utf8(&files["assets/colours.css"]).unwrap();
    let screen = "@media screen and (prefers-contrast: no-preference) and (prefers-color-scheme:";
    let expected = format!(
        "{screen} light){{:root{{--blue:#0b5a3c;--plate:#053;}}}}\n{screen} dark){{:root{{--blue:#8fd0a8;}}}}\n"
    );
    assert_eq!(sheet, expected);
    let home = str::from_utf8(&files["index.html"]).unwrap();
    let link = home.find("/assets/colours.css?v=").unwrap();
    assert!(link > home.find("/assets/style.css?v=").unwrap(), "{home}");
    let (told, files) = with_settings("[theme]\nname = \"default\"\n");
    assert_eq!(told, Vec::<String>::new());
    assert!(!files.contains_key("assets/colours.css"));
}

#[test]
fn what_is_no_colour_of_the_theme_is_an_error() {
    for (setting, code) in [
        ("colours]\nbleu = \"#0b5a3c\"", "unknown-setting"),
        ("colours]\nmeasure = \"#0b5a3c\"", "unknown-setting"),
        ("colours]\nblue = \"green\"", "bad-setting"),
        ("dark]\nblue = \"#fff;}*{display:none\"", "bad-setting"),
        ("lite]\nblue = \"#fff\"", "unknown-setting"),
    ] {
        assert_eq!(with_settings(&format!("[theme.{setting}\n")).0, [code], "{setting}");
    }
}
