//! Small sites of all sorts, made from bytes.
//!
//! A site is built twice with the same result; what may not be published is nowhere in it; and
//! after an edit a build that knows the one before makes what one from nothing makes.

use std::{
    collections::BTreeMap,
    fmt::Write as _,
    sync::{Mutex, PoisonError},
};

use arbitrary::{Result, Unstructured};
use linli::{
    Options, Round, Target,
    build::{self, BuildState, Output, Settings},
    clock::Clock,
    diagnostic::{self, Diagnostic},
    fingerprint::Fingerprint,
    output::{ManifestEntry, OutPath, OutputError, Summary},
    source::{MemoryWorld, Tree},
};

/// Stands in what may not be published, and nowhere else.
const TOKEN: &str = "密7391";

const MOMENT: &str = "2026-11-23T08:00";

type Files = BTreeMap<String, Vec<u8>>;

/// Builds the site that the bytes tell of, and another one after it. What is left of them when a
/// site ends is of the next.
pub(crate) fn check(bytes: &[u8]) {
    let mut data = Unstructured::new(bytes);
    let Ok(first) = site(&mut data) else { return };
    let second = edited(&first, &mut data).unwrap_or_else(|_| first.clone());
    let mut state = BuildState::default();
    let target = Memory::default();
    let built = build_with(&first, &mut state, &target);
    assert_eq!(built, fresh(&first), "a site is built in two ways");
    for (path, bytes) in &built.1 {
        let text = String::from_utf8_lossy(bytes);
        assert!(!text.contains(TOKEN) && !path.contains(TOKEN), "{path} has the token: {first:?}");
    }
    let (diagnostics, files) = build_with(&second, &mut state, &target);
    let (wanted, anew) = fresh(&second);
    assert_eq!(diagnostics, wanted, "after an edit something else is told");
    // With an error the old site stays.
    if diagnostic::count(&wanted).0 == 0 {
        assert_eq!(files, anew, "after an edit something else is published");
    }
}

/// What is told, sorted, and what is published.
fn fresh(files: &Files) -> (Vec<Diagnostic>, BTreeMap<String, Vec<u8>>) {
    build_with(files, &mut BuildState::default(), &Memory::default())
}

fn build_with(
    files: &Files,
    state: &mut BuildState,
    target: &Memory,
) -> (Vec<Diagnostic>, BTreeMap<String, Vec<u8>>) {
    let world = MemoryWorld::new(files.iter().map(|(path, bytes)| (path, bytes.clone())));
    let mut settings = Settings::read(&world, &Options::default());
    settings.clock = Clock::parse(MOMENT, &settings.config.time_zone).expect("it is a moment");
    let report = build::build_with(&world, &settings, Tree::take(&world), state, &target, &())
        .expect("nobody edits files in memory");
    let mut diagnostics = report.diagnostics;
    diagnostic::sort(&mut diagnostics);
    let files = target.0.lock().unwrap_or_else(PoisonError::into_inner);
    (diagnostics, files.iter().map(|(path, bytes)| (path.to_string(), bytes.clone())).collect())
}

/// A site in memory, whose files stay if they are asked for.
#[derive(Debug, Default)]
struct Memory(Mutex<BTreeMap<OutPath, Vec<u8>>>);

struct MemoryRound<'m> {
    target: &'m Memory,
    before: BTreeMap<OutPath, Vec<u8>>,
    files: Mutex<BTreeMap<OutPath, Vec<u8>>>,
}

impl<'m> Target for &'m Memory {
    type Round = MemoryRound<'m>;

    fn open(&self) -> std::result::Result<MemoryRound<'m>, OutputError> {
        let before = self.0.lock().unwrap_or_else(PoisonError::into_inner).clone();
        Ok(MemoryRound { target: self, before, files: Mutex::default() })
    }
}

impl Output for MemoryRound<'_> {
    type Error = OutputError;

    fn keep(&self, file: &ManifestEntry) -> bool {
        let known = self.before.get(&file.path);
        let Some(bytes) = known.filter(|it| ManifestEntry::of(&file.path, it) == *file) else {
            return false;
        };
        let mut files = self.files.lock().unwrap_or_else(PoisonError::into_inner);
        files.insert(file.path.clone(), bytes.clone());
        true
    }

    fn write(
        &self,
        path: &OutPath,
        bytes: &[u8],
    ) -> std::result::Result<ManifestEntry, OutputError> {
        let mut files = self.files.lock().unwrap_or_else(PoisonError::into_inner);
        files.insert(path.clone(), bytes.to_vec());
        Ok(ManifestEntry::of(path, bytes))
    }
}

impl Round for MemoryRound<'_> {
    fn commit(self, _: &[OutPath]) -> std::result::Result<Summary, OutputError> {
        let files = self.files.into_inner().unwrap_or_else(PoisonError::into_inner);
        let summary = Summary {
            files: files.len(),
            bytes: 0,
            changed: Vec::new(),
            removed: Vec::new(),
            manifest: Fingerprint::default(),
            leftover: None,
        };
        *self.target.0.lock().unwrap_or_else(PoisonError::into_inner) = files;
        Ok(summary)
    }
}

/// A site.
fn site(data: &mut Unstructured<'_>) -> Result<Files> {
    let mut files = Files::new();
    let names = data.choose(&["full", "masked", "surname"])?;
    files.insert("site.toml".into(), format!("title = \"街道\"\nnames = \"{names}\"\n").into());
    files.insert("content/_collections/register.yaml".into(), declaration(data)?.into());
    files.insert("content/place.yaml".into(), "name: 甲街道\nlevel: street\n".into());
    content(data, "content", &mut files)?;
    for folder in ["yi", "bing"].into_iter().take(data.int_in_range(0..=2)?) {
        let place = format!("name: {folder}社区\nlevel: community\n");
        files.insert(format!("content/{folder}/place.yaml"), place.into());
        content(data, &format!("content/{folder}"), &mut files)?;
    }
    Ok(files)
}

/// The site with some of its files gone, new or of other bytes. None of these has the token.
fn edited(files: &Files, data: &mut Unstructured<'_>) -> Result<Files> {
    let mut files = files.clone();
    for _ in 0..data.int_in_range(1..=3)? {
        let paths: Vec<String> = files.keys().cloned().collect();
        let path = data.choose(&paths)?;
        match data.int_in_range(0..=3)? {
            0 => drop(files.remove(path)),
            1 => drop(files.insert(path.clone(), data.arbitrary::<String>()?.into())),
            2 => drop(files.insert("content/register.yaml".into(), records(data)?.into())),
            _ => files.extend(site(data)?),
        }
    }
    Ok(files)
}

fn declaration(data: &mut Unstructured<'_>) -> Result<String> {
    const VIEWS: [&str; 7] =
        ["cards", "series", "schedule", "streaks", "directory", "ledger", "articles"];
    const FIGURES: [&str; 6] = [
        "all: {measure: count}",
        "people: {measure: sum, of: people}",
        "past: {measure: count, when: past}",
        "names: {measure: distinct, of: name}",
        "latest: {measure: latest, of: people}",
        "late: {measure: share, part: {until: on or before today}}",
    ];
    const RULES: [&str; 5] = [
        "posting: {until: 1 year after date}",
        "objection: {until: 5 days after date}",
        "page-size: 2",
        "page-size: year",
        "record-pages: [name]",
    ];
    let mut yaml = format!("title: 登记\nview: {}\n", data.choose(&VIEWS)?);
    yaml += "date: {date: date, until: until}\nfields:\n  date: {type: date}\n  until: {type: date}\n  \
             people: {type: count}\n  name: {type: person}\n  story: {type: markdown}\n  \
             secret: {type: text, privacy: internal}\n";
    for rule in RULES {
        if data.ratio(1, 4)? {
            writeln!(yaml, "{rule}").expect("a string takes all");
        }
    }
    yaml += "figures:\n";
    for figure in FIGURES.into_iter().take(data.int_in_range(1..=6)?) {
        writeln!(yaml, "  {figure}").expect("a string takes all");
    }
    Ok(yaml)
}

/// The records and notices of a place.
fn content(data: &mut Unstructured<'_>, folder: &str, files: &mut Files) -> Result<()> {
    if data.ratio(4, 5)? {
        files.insert(format!("{folder}/register.yaml"), records(data)?.into());
    }
    for number in 0..data.int_in_range(0..=2)? {
        let path = format!("{folder}/notices/2026-11-0{}-n{number}.md", number + 1);
        files.insert(path, notice(data)?.into());
    }
    Ok(())
}

/// What keeps a record or notice from being published.
const KEPT_BACK: [&str; 3] =
    ["draft: true", "publish_from: 2027-01-01", "publish_until: 2026-01-01"];

fn records(data: &mut Unstructured<'_>) -> Result<String> {
    let mut yaml = String::new();
    for _ in 0..data.int_in_range(0..=5)? {
        let hidden = data.ratio(1, 4)?;
        let story = if hidden { TOKEN.to_owned() } else { words(data)? };
        writeln!(yaml, "- secret: {TOKEN}\n  date: {}", day(data)?).expect("a string takes all");
        let quoted = serde_json::to_string(&story).expect("a text is JSON");
        writeln!(yaml, "  name: 王秀英\n  story: {quoted}").expect("a string takes all");
        if data.arbitrary()? {
            writeln!(yaml, "  people: {}", data.int_in_range(0..=9)?).expect("a string takes all");
        }
        if hidden {
            writeln!(yaml, "  {}", data.choose(&KEPT_BACK)?).expect("a string takes all");
        } else if data.ratio(1, 3)? {
            let said =
                ["basis: office", "born: 2012-03-05", "withdrawn: 2026-11-01", "minor: true"];
            writeln!(yaml, "  {}", data.choose(&said)?).expect("a string takes all");
        }
    }
    Ok(yaml)
}

fn notice(data: &mut Unstructured<'_>) -> Result<String> {
    let hidden = data.ratio(1, 4)?;
    let (title, body) = if hidden { (TOKEN, TOKEN.to_owned()) } else { ("停水", words(data)?) };
    let kept_back = if hidden { data.choose(&KEPT_BACK)? } else { "pinned: true" };
    Ok(format!(
        "---\ntitle: {title}\ndate: 2026-11-0{}\n{kept_back}\n---\n\n{body}\n",
        data.int_in_range(1..=9)?
    ))
}

fn day(data: &mut Unstructured<'_>) -> Result<String> {
    let (year, month) = (data.int_in_range(2025..=2027)?, data.int_in_range(1..=12)?);
    Ok(format!("{year}-{month:02}-{:02}", data.int_in_range(1..=28)?))
}

/// Words in Markdown, now and then any text at all.
fn words(data: &mut Unstructured<'_>) -> Result<String> {
    const PIECES: [&str; 14] = [
        "王秀英来了",
        "**注意：**",
        "[升旗](register.yaml)",
        "[甲](place.yaml#a)",
        "\n\n",
        "- 甲\n",
        "<b>",
        "</b>",
        "| a | b |\n|---|---|\n",
        "[^1]",
        "`",
        "![](a.png)",
        "https://example.org/",
        "\u{200b}",
    ];
    let mut text = String::new();
    for _ in 0..data.int_in_range(0..=6)? {
        if data.ratio(1, 10)? {
            text += &data.arbitrary::<String>()?;
        } else {
            text += data.choose(&PIECES)?;
        }
    }
    // Nobody else has the token.
    Ok(text.replace(TOKEN, ""))
}
