//! A portal that is built in parts is the one that one build makes.

use std::{
    collections::BTreeSet,
    fs, io,
    path::{Path, PathBuf},
    sync::{Arc, Mutex},
};

use assert_cmd::Command;
use linli::{
    build::{
        self, BuildState, Report, Settings,
        shards::{self, Cut, MadePart, MissingParts, Shard, ShardError},
    },
    diagnostic::{Diagnostic, Severity},
    schema::{Catalog, PlaceId},
    source::{FolderEntry, MemoryWorld, SitePath, Stamp, Tree, World},
};
use proptest::{collection::vec, prelude::*, sample};
use tempfile::TempDir;

use crate::{
    incremental::desk,
    site::{self, Files},
};

/// At most so many pages are of the portal as a whole, not of a place: sections, those of the search.
const PORTAL_PAGES: usize = 45;

/// A site that is built in so many parts, each place in the part that `part_of` gives.
pub(crate) struct Division<'a> {
    world: &'a dyn World,
    settings: &'a Settings,
    count: u32,
    part_of: &'a (dyn Fn(PlaceId) -> u32 + Sync),
    /// As `linli shards` divides it instead.
    is_by_weight: bool,
    missing: MissingParts,
    pub(crate) folder: Arc<TempDir>,
}

impl<'a> Division<'a> {
    pub(crate) fn new(
        world: &'a dyn World,
        settings: &'a Settings,
        count: u32,
        part_of: &'a (dyn Fn(PlaceId) -> u32 + Sync),
    ) -> Self {
        let folder = Arc::new(tempfile::tempdir().unwrap());
        fs::create_dir(folder.path().join("site")).unwrap();
        fs::create_dir(folder.path().join("shards")).unwrap();
        let (is_by_weight, missing) = (false, MissingParts::Refused);
        Self { world, settings, count, part_of, is_by_weight, missing, folder }
    }

    /// The same files of parts, for another site.
    fn with<'b>(&'b self, world: &'b dyn World, settings: &'b Settings) -> Division<'b> {
        let folder = Arc::clone(&self.folder);
        Division { world, settings, folder, ..*self }
    }

    fn file(&self, kind: &str, number: u32) -> PathBuf {
        self.folder.path().join("shards").join(format!("{number}.{kind}"))
    }

    fn one<T>(&self, number: u32, run: impl Fn(Shard<'_>) -> T) -> T {
        let cut = |catalog: &Catalog, tree: &Tree| {
            if self.is_by_weight {
                Cut::by_weight(catalog, tree, self.count)
            } else {
                Cut::given(catalog, tree, self.count, self.part_of)
            }
        };
        run(Shard { number, cut: &cut })
    }

    fn summarise_one(&self, number: u32) -> Result<MadePart, ShardError> {
        let file = self.file("summary", number);
        self.one(number, |shard| shards::summarise(self.world, self.settings, shard, &file))
    }

    pub(crate) fn summarise(&self) -> Vec<Result<MadePart, ShardError>> {
        (1..=self.count).map(|number| self.summarise_one(number)).collect()
    }

    fn make_one(&self, number: u32) -> Result<MadePart, ShardError> {
        let (summaries, file) = (self.folder.path().join("shards"), self.file("part", number));
        let summaries = (summaries.as_path(), self.missing);
        self.one(number, |shard| {
            shards::make(self.world, self.settings, shard, summaries, &file, &())
        })
    }

    fn make(&self) -> Vec<Result<MadePart, ShardError>> {
        (1..=self.count).map(|number| self.make_one(number)).collect()
    }

    fn join(&self) -> Result<Report, ShardError> {
        let folder = self.folder.path();
        let (site, out) = (folder.join("site"), folder.join("public"));
        let paths = (site.as_path(), out.as_path());
        let parts = folder.join("shards");
        shards::join(self.world, self.settings, (&parts, self.missing), paths, &())
    }

    /// The joined site, and what was told on the way.
    pub(crate) fn built(&self) -> (Files, Vec<Diagnostic>) {
        let mut told = Vec::new();
        for made in self.summarise().into_iter().chain(self.make()) {
            let made = made.unwrap();
            assert!(made.is_written, "{:?}", made.diagnostics);
            told.extend(made.diagnostics);
        }
        let report = self.join().unwrap();
        told.extend(report.diagnostics);
        assert!(report.published.is_some(), "{told:?}");
        assert_eq!(
            report.made,
            PORTAL_PAGES.min(report.made),
            "the parts made the pages of places"
        );
        (site::files_in(&self.folder.path().join("public")), told)
    }
}

/// The site of one build, as a folder.
fn whole(world: &dyn World, settings: &Settings) -> (Files, Vec<Diagnostic>) {
    let folder = tempfile::tempdir().unwrap();
    let target = build::FolderTarget { path: folder.path().join("public") };
    let (tree, mut state) = (Tree::take(world), BuildState::default());
    let report = build::build_with(world, settings, tree, &mut state, &target, &()).unwrap();
    assert!(report.published.is_some(), "{:?}", report.diagnostics);
    (site::files_in(&target.path), report.diagnostics)
}

/// Fails with the paths that differ.
fn same(parts: &Files, one: &Files) -> Result<(), String> {
    match desk::differing(parts, one) {
        differ if differ.is_empty() => Ok(()),
        differ => {
            let lines = |files: &Files| -> Vec<String> {
                let bytes = differ.iter().rev().find_map(|it| files.get(*it)).cloned();
                let text = String::from_utf8_lossy(&bytes.unwrap_or_default()).into_owned();
                text.lines().map(str::to_owned).collect()
            };
            let pairs = lines(parts).into_iter().zip(lines(one));
            let first = pairs.into_iter().find(|(part, whole)| part != whole);
            Err(format!("{} differ: {differ:?}, the last here: {first:?}", differ.len()))
        }
    }
}

/// Warnings by code and place, each once. What a message says of other parts is left out.
fn warnings(told: &[Diagnostic]) -> BTreeSet<String> {
    let warnings = told.iter().filter(|it| it.severity == Severity::Warning);
    warnings.map(|it| format!("{:?} {:?}", it.code, it.location)).collect()
}

/// A portal of ten places with pictures, references, calendars and a theme of its own, in which
/// people withdrew at a community, at the street above others, and at the root; their names stand in
/// other texts, near and far.
fn portal() -> Files {
    let mut files = desk::portal();
    let mut append = |path: &str, more: &str| {
        let file = files.entry(format!("content/{path}")).or_default();
        file.extend_from_slice(more.as_bytes());
    };
    let gone = |name: &str| {
        format!(
            "- {{award: 好邻居, name: {name}, date: 2026-03-01, citation: 送饭, withdrawn: 2026-11-01}}\n"
        )
    };
    append("xian/beimen/honors.yaml", &gone("王秀英"));
    append("heping/honors.yaml", &gone("李桂芳"));
    append("honors.yaml", &gone("赵德福"));
    let notice =
        |title: &str, text: &str| format!("---\ntitle: {title}\ndate: 2026-11-20\n---\n\n{text}\n");
    append("notices/thanks.md", &notice("致谢王秀英", "感谢王秀英和李桂芳。"));
    append("xian/notices/thanks.md", &notice("致谢", "感谢王秀英、李桂芳和赵德福。"));
    append("heping/yixin/notices/far.md", &notice("王秀英讲座", "李桂芳主持，赵德福到场。"));
    append("heping/yixin/youyi/notices/near.md", &notice("李桂芳的信", "赵德福转交。"));
    files
}

#[test]
fn the_sample_portal_in_parts() {
    let world = site::memory(&site::sample());
    let settings = site::settings(&world, site::TODAY);
    let (one, told) = whole(&world, &settings);
    let division = Division::new(&world, &settings, 3, &|place| place.0 % 3 + 1);
    let (parts, of_parts) = division.built();
    same(&parts, &one).unwrap_or_else(|it| panic!("{it}"));
    assert_eq!(warnings(&of_parts), warnings(&told));
}

proptest! {
    #![proptest_config(site::cases(3))]

    #[test]
    fn any_cut_makes_the_site_of_one_build(
        count in 1_u32..=6,
        chosen in vec(0_u32..6, 12),
        is_by_weight in any::<bool>(),
        moment in sample::select(&["2026-11-23", "2026-10-20", "2026-12-01"]),
    ) {
        let world = site::memory(&portal());
        let settings = site::settings(&world, moment);
        let (one, told) = whole(&world, &settings);
        let part_of = |place: PlaceId| chosen[place.index() % chosen.len()] % count + 1;
        let mut division = Division::new(&world, &settings, count, &part_of);
        division.is_by_weight = is_by_weight;
        let (parts, of_parts) = division.built();
        prop_assert_eq!(same(&parts, &one), Ok(()));
        prop_assert_eq!(warnings(&of_parts), warnings(&told));
    }
}

/// A site that counts which files are read.
struct Counting<'w> {
    world: &'w MemoryWorld,
    read: Mutex<BTreeSet<String>>,
}

impl World for Counting<'_> {
    fn list(&self, folder: &SitePath) -> io::Result<Vec<FolderEntry>> {
        self.world.list(folder)
    }

    fn read(&self, file: &SitePath, limit: u64) -> io::Result<Vec<u8>> {
        self.read.lock().unwrap().insert(file.as_str().to_owned());
        self.world.read(file, limit)
    }

    fn stamp(&self, file: &SitePath) -> io::Result<Stamp> {
        self.world.stamp(file)
    }
}

#[test]
fn records_and_articles_of_other_parts_are_not_read() {
    let memory = site::memory(&portal());
    let world = Counting { world: &memory, read: Mutex::default() };
    let settings = site::settings(&world, site::TODAY);
    // The root, and what lies in `heping` and in `xian`: the places stand in that order.
    let places =
        ["content", "content/heping", "content/heping/yixin", "content/heping/yixin/youyi"];
    let part_of = |place: PlaceId| match place.index() {
        0 => 1,
        index if index < places.len() => 2,
        _ => 3,
    };
    let division = Division::new(&world, &settings, 3, &part_of);
    let read = |number: u32, is_first: bool| {
        world.read.lock().unwrap().clear();
        let made =
            if is_first { division.summarise_one(number) } else { division.make_one(number) };
        assert!(made.unwrap().is_written);
        let is_text = |it: &String| {
            [".yaml", ".csv", ".md"].iter().any(|end| it.ends_with(end))
                && it.starts_with("content/")
                && !it.ends_with("place.yaml")
                && !it.contains("_collections")
        };
        let read = world.read.lock().unwrap().clone().into_iter().filter(is_text);
        let folder = |path: &str| match path["content/".len()..].split_once('/') {
            Some((folder @ ("heping" | "xian"), _)) => folder.to_owned(),
            _ => String::new(),
        };
        read.map(|path| folder(&path)).collect::<BTreeSet<String>>()
    };
    let [root, heping, xian] = ["", "heping", "xian"].map(str::to_owned);
    let first = [1, 2, 3].map(|number| read(number, true));
    // Who withdrew at the root is to be masked in all places.
    let of = |folders: &[&String]| folders.iter().map(|it| (*it).clone()).collect::<BTreeSet<_>>();
    assert_eq!(first, [of(&[&root]), of(&[&root, &heping]), of(&[&root, &xian])]);
    let [_, of_heping, of_xian] = [1, 2, 3].map(|number| read(number, false));
    // The texts of the root, of which both know some names only, are compared by both.
    assert_eq!([of_heping, of_xian], [of(&[&root, &heping]), of(&[&root, &xian])]);
}

#[test]
fn files_of_parts_hold_nothing_that_the_public_portal_does_not() {
    let notice = |head: &str, text: &str| format!("---\ntitle: {head}\n---\n\n{text}\n");
    let nominee = |name: &str, number: &str, date: &str| {
        format!(
            "- {{name: {name}, number: {number}, date: {date}, deed: 事迹{number}, \
             home: 和平路27号3单元402室, nominator: 钱进步}} # 评语壬\n"
        )
    };
    let nominees = [("郑晓梅", "hao-7101", "2026-11-02"), ("冯国强", "hao-7202", "2027-03-01")];
    let nominees: String = nominees.map(|(name, at, date)| nominee(name, at, date)).concat();
    let mut files = portal();
    for (path, text) in [
        ("heping/yixin/youyi/nominees.yaml", nominees),
        ("heping/notices/draft.md", notice("草稿甲\ndate: 2026-11-01\ndraft: true", "草稿乙")),
        (
            "heping/notices/later.md",
            notice(
                "来年丙\ndate: 2026-11-01\npublish_from: 2027-02-01",
                "来年丁见[名册](名册戊.txt)",
            ),
        ),
        (
            "heping/notices/over.md",
            notice(
                "过时己\ndate: 2025-01-01\npublish_until: 2026-01-01",
                "过时庚 ![图](旧图辛.png)",
            ),
        ),
        ("heping/notices/名册戊.txt", "名册里的话".to_owned()),
        // A number of somebody is an error, unless an office far away publishes it.
        ("heping/notices/call.md", notice("热线\ndate: 2026-11-03", "可打电话 13844405678。")),
    ] {
        files.insert(format!("content/{path}"), text.into());
    }
    files.insert(
        "content/heping/notices/旧图辛.png".to_owned(),
        files["content/heping/street.png"].clone(),
    );
    // Who withdrew at a place is named at one above it, in a text that another part reads.
    let gone = "- {award: 好邻居, name: 韩玉梅, date: 2026-03-02, citation: 送饭, withdrawn: 2026-11-01}\n";
    files.get_mut("content/xian/beimen/honors.yaml").unwrap().extend_from_slice(gone.as_bytes());
    let thanks = notice("致谢韩玉梅\ndate: 2026-11-12", "感谢韩玉梅。");
    files.insert("content/notices/mei.md".to_owned(), thanks.into());
    let world = site::memory(&files);
    let settings = site::settings(&world, site::TODAY);
    let division = Division::new(&world, &settings, 2, &|place| place.0 % 2 + 1);
    for made in division.summarise() {
        let made = made.unwrap();
        assert!(made.is_written, "{:?}", made.diagnostics);
    }
    let check = |division: &Division<'_>, kind: &str, public: &str| {
        let bytes = [1, 2].map(|number| fs::read(division.file(kind, number)).unwrap()).concat();
        let has = |word: &str| memchr::memmem::find(&bytes, word.as_bytes()).is_some();
        for word in [
            "郑晓梅",
            "冯国强",
            "402室",
            "钱进步",
            "hao-7202",
            "评语壬",
            "草稿甲",
            "草稿乙",
            "来年丙",
            "来年丁",
            "名册戊",
            "名册里的话",
            "过时己",
            "过时庚",
            "旧图辛",
            "韩玉梅",
            "赵德福",
            "13844405678",
        ] {
            assert!(!has(word), "{kind}: {word}");
        }
        assert!(has(public), "{kind}: {public}");
    };
    check(&division, "summary", "yx-1");
    files.insert(
        "content/heping/notices/call.md".to_owned(),
        notice("热线\ndate: 2026-11-03", "可打电话。").into(),
    );
    let world = site::memory(&files);
    let division = division.with(&world, &settings);
    for made in division.summarise().into_iter().chain(division.make()) {
        let made = made.unwrap();
        assert!(made.is_written, "{:?}", made.diagnostics);
    }
    check(&division, "summary", "yx-1");
    check(&division, "part", "可打电话");
}

#[test]
fn what_does_not_belong_together_is_told() {
    let files = portal();
    let world = site::memory(&files);
    let settings = site::settings(&world, site::TODAY);
    let parts = |place: PlaceId| place.0 % 2 + 1;
    let division = Division::new(&world, &settings, 2, &parts);
    division.summarise().into_iter().for_each(|it| assert!(it.unwrap().is_written));
    let summary = |number: u32| division.file("summary", number);

    let later = site::settings(&world, "2026-11-24");
    let other = division.with(&world, &later);
    assert!(matches!(other.make_one(1), Err(ShardError::Moment(path)) if path == summary(1)));
    let mut drafts = settings.clone();
    drafts.config.drafts = true;
    let other = division.with(&world, &drafts);
    assert!(matches!(other.make_one(1), Err(ShardError::Settings(_))));
    for path in [
        "content/_collections/projects.yaml",
        "themes/own/static/own.css",
        "content/xian/beimen/honors.yaml",
    ] {
        let mut edited = files.clone();
        edited.get_mut(path).unwrap().push(b'\n');
        let edited = site::memory(&edited);
        let other = division.with(&edited, &settings);
        assert!(matches!(other.make_one(1), Err(ShardError::Content(_))), "{path}");
    }
    let mut other = division.with(&world, &settings);
    other.part_of = &|_| 1;
    assert!(matches!(other.make_one(1), Err(ShardError::Cut(_))));
    assert!(matches!(other.make_one(3), Err(ShardError::NoShard(3, 2))));

    let whole = fs::read(summary(2)).unwrap();
    fs::write(division.file("copy", 2), &whole).unwrap();
    assert!(matches!(division.make_one(1), Err(ShardError::Twice(..))));
    fs::remove_file(division.file("copy", 2)).unwrap();
    for end in [0, 11, 30, whole.len() / 2, whole.len() - 1] {
        fs::write(summary(2), &whole[..end]).unwrap();
        assert!(matches!(division.make_one(1), Err(ShardError::Damaged(_))), "{end}");
    }
    for at in (28..whole.len()).step_by(whole.len() / 40) {
        let mut changed = whole.clone();
        changed[at] ^= 0x10;
        fs::write(summary(2), changed).unwrap();
        assert!(matches!(division.make_one(1), Err(ShardError::Damaged(_))), "{at}");
    }
    let mut changed = whole.clone();
    changed[12] ^= 1;
    fs::write(summary(2), changed).unwrap();
    assert!(matches!(division.make_one(1), Err(ShardError::Program(_))));
    fs::remove_file(summary(2)).unwrap();
    assert!(matches!(division.make_one(1), Err(ShardError::Missing(parts)) if parts == [2]));
    fs::write(summary(2), whole).unwrap();

    assert!(matches!(division.join(), Err(ShardError::Missing(_))));
    assert!(division.make_one(1).unwrap().is_written);
    assert!(matches!(division.join(), Err(ShardError::Missing(parts)) if parts == [2]));
    assert!(!division.folder.path().join("public").exists());
}

#[test]
fn what_is_missing_is_made_by_others() {
    let files = portal();
    let world = site::memory(&files);
    let settings = site::settings(&world, site::TODAY);
    let (one, _) = whole(&world, &settings);
    let parts = |place: PlaceId| place.0 % 3 + 1;
    let mut division = Division::new(&world, &settings, 3, &parts);
    division.missing = MissingParts::MadeHere;
    let (joined, _) = division.built();
    same(&joined, &one).unwrap();
    // Without a part the join makes it, and without a summary all read what is in it.
    fs::remove_file(division.file("part", 2)).unwrap();
    assert!(division.join().unwrap().published.is_some());
    let public = division.folder.path().join("public");
    same(&site::files_in(&public), &one).unwrap();
    fs::remove_file(division.file("summary", 2)).unwrap();
    for number in [1, 3] {
        assert!(division.make_one(number).unwrap().is_written);
    }
    fs::remove_dir_all(&public).unwrap();
    assert!(division.join().unwrap().published.is_some());
    same(&site::files_in(&public), &one).unwrap();
    for number in [1, 3] {
        fs::remove_file(division.file("part", number)).unwrap();
    }
    assert!(matches!(division.join(), Err(ShardError::Missing(_))));
}

#[test]
fn mistakes_of_the_content_are_told_where_they_are() {
    let told = |path: &str, text: &str| {
        let mut files = portal();
        files.insert(format!("content/{path}"), text.into());
        let world = site::memory(&files);
        let settings = site::settings(&world, site::TODAY);
        let division = Division::new(&world, &settings, 2, &|place| place.0 % 2 + 1);
        let summaries = division.summarise().into_iter().map(|it| it.unwrap().is_written);
        let summaries: Vec<bool> = summaries.collect();
        if summaries.contains(&false) {
            return (summaries, Vec::new());
        }
        let parts = division.make().into_iter().map(|it| it.unwrap().is_written).collect();
        (summaries, parts)
    };
    // Of a record, in the first pass; of a link, when its page is made.
    let (summaries, parts) = told("heping/yixin/minutes.yaml", "- {topic: [, date: x}\n");
    assert_eq!((summaries.iter().filter(|it| !**it).count(), parts.len()), (1, 0));
    let link = "---\ntitle: 甲\ndate: 2026-11-20\n---\n\n[乙](nothing.md)\n";
    let (summaries, parts) = told("heping/notices/link.md", link);
    assert!(!summaries.contains(&false));
    assert_eq!(parts.iter().filter(|it| !**it).count(), 1);
}

/// The script of the templates.
fn script() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("templates/shards/shards.sh")
}

#[cfg(unix)]
#[test]
fn the_script_of_the_templates_builds_a_portal_in_parts() {
    let folder = tempfile::tempdir().unwrap();
    let (site, shared) = (folder.path().join("site"), folder.path().join("shared"));
    site::write(&site, &portal());
    let told = |command: &mut Command, status: i32| {
        let output = command.assert().code(status).get_output().clone();
        String::from_utf8([output.stdout, output.stderr].concat()).unwrap()
    };
    let run = |args: &[&str], language: &str, status: i32| {
        let mut command = Command::new("sh");
        command.arg(script()).args(args).env("LINLI", env!("CARGO_BIN_EXE_linli"));
        command.env("SITE", &site).env("SHARED", &shared).env("AS_OF", site::TODAY);
        told(command.env("LC_ALL", language), status)
    };
    let linli = |args: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_linli"));
        command.arg("--site").arg(&site).args(args).env("LC_ALL", "en");
        told(&mut command, 0)
    };
    run(&["summarise", "1", "2"], "en", 0);
    // The other part is not there: that is about the run.
    assert!(run(&["make", "1", "2"], "en", 2).contains("not there: part 2"));
    assert!(run(&["make", "1", "2"], "zh_CN.UTF-8", 2).contains("缺第 2 部分"));
    run(&["summarise", "2", "2"], "en", 0);
    run(&["make", "1", "2"], "en", 0);
    assert!(run(&["join"], "en", 2).contains("not there: part 2"));
    run(&["make", "2", "2"], "en", 0);
    run(&["join"], "en", 0);
    // Nothing is left to be built.
    assert!(linli(&["build", "--as-of", site::TODAY]).contains("(0 rendered)"));
    let out = folder.path().join("one");
    linli(&["build", "--fresh", "--as-of", site::TODAY, "--out", out.to_str().unwrap()]);
    assert_eq!(same(&site::files_in(&site.join("public")), &site::files_in(&out)), Ok(()));
    let told: serde_json::Value =
        serde_json::from_str(&linli(&["shards", "--count", "2", "--format", "json"])).unwrap();
    assert_eq!((&told["count"], &told["shards"][1]["id"]), (&2.into(), &"2/2".into()));
    // A mistake of the content.
    fs::write(site.join("content/xian/beimen/honors.yaml"), "- {award: [").unwrap();
    run(&["summarise", "1", "1"], "en", 1);
    run(&["summarise", "3", "2"], "en", 2);
}

#[test]
fn all_templates_run_the_script() {
    let folder = script().parent().unwrap().to_owned();
    let mut files = site::files_in(&folder);
    files.extend(site::files_in(&folder.join("../ray")));
    assert!(files.len() >= 4, "{:?}", files.keys());
    for (name, bytes) in files {
        let text = String::from_utf8(bytes).unwrap();
        assert!(text.contains("shards.sh"), "{name}");
        if name.ends_with(".yml") {
            for part in text.split("\n---\n") {
                let read: serde_yaml::Value = serde_yaml::from_str(part).unwrap();
                assert!(read.is_mapping(), "{name}");
            }
        }
    }
}
