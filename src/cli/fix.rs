//! `linli check --fix`: mends what can mean one thing only.
//!
//! ```text
//! content/kaixuan/yixin/honors.yaml:2
//!   - name：***
//!   + name: ***
//! 可以改好 1 个文件里的 1 行
//! ```
//!
//! What is mended is the fix of a diagnostic (`diagnostic/fix.rs`). All is tried in memory first: the
//! site is read with the mended files ([`Desk`]), and what comes up then is compared with what was
//! said before. A fix that changes what else its file says (`edit/fixes.rs`), or after which something
//! is wrong that was not, is left out, and told. What a mended line lets be read may have fixes of its
//! own, so it goes round a few times.
//!
//! Nothing is written before it was shown: at a terminal it is asked for, elsewhere `--yes` is. Lines
//! are shown with stars as in all that is told of files.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet},
    io,
};

use crate::{
    build::{self, BuildState, Settings},
    cli::{
        context::{AsOf, Context, Failure, OpenedSite, Outcome},
        report::{self, outcome},
        terminal::{self, eprint_line, print_lines},
    },
    config,
    diagnostic::{Code, Diagnostic, Replacement, Severity},
    edit::{self, fixes},
    fingerprint::Fingerprint,
    source::{self, FolderEntry, SitePath, Stamp, Text, Tree, World},
};

/// How often the mended files are looked through for more.
const ROUNDS: usize = 24;

/// How many fixes are tried one by one, where not all of them together are right.
const MOST_TRIED: usize = 60;

/// Mends the files of a site, shows what that changes, and writes it if it may: with `--yes`, or if
/// somebody at the terminal says so. The exit status is that of what is wrong then.
pub(super) fn run(context: &Context, moment: &AsOf, is_yes: bool) -> Result<Outcome, Failure> {
    let opened = context.open(moment, None)?;
    let mut state = BuildState::default();
    let before = told(&opened.world, &opened.settings, &mut state);
    let mut mender = Mender::new(context, &opened, (state, before.clone()));
    for _ in 0..ROUNDS {
        if !mender.round() {
            break;
        }
    }
    let Mender { desk, told: mut left, shown, refused, .. } = mender;
    let mut lines = Vec::new();
    for ((file, line), (old, new)) in &shown {
        lines.push(format!("{}:{line}", file.as_str()));
        lines.push(format!("  - {}", visible(old)));
        lines.push(format!("  + {}", visible(new)));
    }
    for place in &refused {
        lines.push(context.say("fix-refused", &[("place", place)]));
    }
    if desk.files.is_empty() {
        lines.push(context.say("fix-nothing", &[]));
        print_lines(lines.iter().map(String::as_str))?;
        return Ok(outcome(&before, false));
    }
    let counts = [("lines", shown.len().into()), ("files", desk.files.len().into())];
    lines.push(context.messages.text("fix-counts", &counts));
    print_lines(lines.iter().map(String::as_str))?;
    if !is_yes && !terminal::is_confirmed(&context.say("fix-ask", &[])) {
        eprint_line(&context.say("fix-preview", &[]));
        return Ok(outcome(&before, false));
    }
    for (file, content) in &desk.files {
        let path = context.global.site.join(file.as_str());
        let old = source::read(&opened.world, file).value.map(|it| it.content);
        let written = old.and_then(|old| edit::save::as_written(&path, &old, content));
        let Some(written) = written else {
            eprint_line(&context.say("fix-changed", &[("file", file.as_str())]));
            continue;
        };
        edit::save::replace(&path, &written).map_err(Failure::at(&path))?;
        eprint_line(&context.say("fix-written", &[("file", file.as_str())]));
    }
    report::human(context, &mut left, false)?;
    Ok(outcome(&left, false))
}

/// What is said of the content of a site, without its pages. What `state` knows of files that are as they
/// were is not read again.
fn told(world: &dyn World, settings: &Settings, state: &mut BuildState) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    let config = config::read(world).report(&mut diagnostics);
    let settings = Settings::new(config, settings.clock.clone(), diagnostics);
    build::update(world, Tree::take(world), &settings, state).diagnostics
}

/// A line as it can be looked at: a tab is seen.
fn visible(line: &str) -> String {
    line.replace('\t', "⇥")
}

/// The files of a site, some of them as they would be after fixes.
#[derive(Clone)]
struct Desk<'w> {
    world: &'w dyn World,
    files: BTreeMap<SitePath, String>,
}

impl World for Desk<'_> {
    fn list(&self, folder: &SitePath) -> io::Result<Vec<FolderEntry>> {
        let mut entries = self.world.list(folder)?;
        for entry in &mut entries {
            let path = folder.join(&entry.name);
            if self.files.contains_key(&path) {
                entry.stamp = self.stamp(&path).ok();
            }
        }
        Ok(entries)
    }

    fn read(&self, file: &SitePath, limit: u64) -> io::Result<Vec<u8>> {
        let Some(content) = self.files.get(file) else { return self.world.read(file, limit) };
        let length = usize::try_from(limit).unwrap_or(usize::MAX).min(content.len());
        Ok(content.as_bytes()[..length].to_vec())
    }

    /// That of a file with fixes tells what it says.
    fn stamp(&self, file: &SitePath) -> io::Result<Stamp> {
        let stamp = self.world.stamp(file)?;
        let Some(content) = self.files.get(file) else { return Ok(stamp) };
        let inode = u64::from(Fingerprint::of_bytes(content.as_bytes()).short());
        Ok(Stamp { length: content.len() as u64, inode, ..stamp })
    }
}

/// A fix with the file that it is for.
type FileFix = (SitePath, Vec<Replacement>);

/// Mends files in memory.
struct Mender<'w> {
    context: &'w Context,
    settings: &'w Settings,
    desk: Desk<'w>,
    /// What is known of the files that were read last.
    state: BuildState,
    /// What is said of the files as they are on the desk.
    told: Vec<Diagnostic>,
    /// Fixes that were tried and are not made.
    left_out: BTreeSet<String>,
    /// Where they are.
    refused: BTreeSet<String>,
    tries: usize,
    /// The lines that were mended, as they were and as they are.
    shown: BTreeMap<(SitePath, u32), (String, String)>,
}

impl<'w> Mender<'w> {
    fn new(
        context: &'w Context,
        opened: &'w OpenedSite,
        (state, told): (BuildState, Vec<Diagnostic>),
    ) -> Self {
        Self {
            context,
            settings: &opened.settings,
            desk: Desk { world: &opened.world, files: BTreeMap::new() },
            state,
            told,
            left_out: BTreeSet::new(),
            refused: BTreeSet::new(),
            tries: 0,
            shown: BTreeMap::new(),
        }
    }

    /// Makes all fixes that there are now, or as many of them as are right one by one. Whether any was
    /// made.
    fn round(&mut self) -> bool {
        let fixes: Vec<FileFix> = self
            .told
            .iter()
            .filter(|it| !it.fix.is_empty())
            .map(file_fix)
            .filter(|it| !self.left_out.contains(&format!("{it:?}")))
            .collect();
        if fixes.is_empty() {
            return false;
        }
        if self.attempt(&fixes) {
            return true;
        }
        // Once one is made, what is known of its file is where it was before.
        let mut mended: BTreeSet<SitePath> = BTreeSet::new();
        for fix in fixes {
            if mended.contains(&fix.0) {
                continue;
            }
            self.tries += 1;
            if self.tries <= MOST_TRIED && self.attempt(std::slice::from_ref(&fix)) {
                mended.insert(fix.0);
                continue;
            }
            self.left_out.insert(format!("{fix:?}"));
            let line = fix.1.first().map_or(0, |it| it.range.start.line);
            self.refused.insert(format!("{}:{line}", fix.0.as_str()));
        }
        !mended.is_empty()
    }

    /// Makes fixes if the files then say what was meant, and nothing else is wrong with the site; or if
    /// what is wrong then can be mended, too.
    fn attempt(&mut self, fixes: &[FileFix]) -> bool {
        let (settings, state) = (self.settings, &mut self.state);
        let first = tried(settings, state, (&self.desk, &self.told), fixes);
        let Some(mut tried) = first else { return false };
        for _ in 0..2 {
            let Some(new) = worse(&self.told, &tried) else {
                for (text, fixed, told) in &tried.made {
                    show(&mut self.shown, self.context, (text, fixed), told);
                }
                (self.desk, self.told) = (tried.desk, tried.told);
                return true;
            };
            let is_new = |it: &&Diagnostic| new.contains(&place(it)) && !it.fix.is_empty();
            let more: Vec<FileFix> = tried.told.iter().filter(is_new).map(file_fix).collect();
            let next = self::tried(settings, state, (&tried.desk, &tried.told), &more);
            let Some(next) = next else { return false };
            let made = [tried.made, next.made].concat();
            let broken = tried.broken.union(&next.broken).cloned().collect();
            tried = Tried { made, broken, ..next };
        }
        false
    }
}

/// What is said of the site with fixes. Nothing if there are none, or if they would change what else
/// their files say.
fn tried<'w>(
    settings: &Settings,
    state: &mut BuildState,
    (desk, told): (&Desk<'w>, &[Diagnostic]),
    fixes: &[FileFix],
) -> Option<Tried<'w>> {
    let mut by_file: BTreeMap<&SitePath, Vec<&[Replacement]>> = BTreeMap::new();
    for (file, fix) in fixes {
        by_file.entry(file).or_default().push(fix);
    }
    let mut new = desk.clone();
    let (mut broken, mut made) = (BTreeSet::new(), Vec::new());
    for (file, fixes) in by_file {
        let text = source::read(desk, file).value?;
        let Some(fixed) = fixes::fixed(&text.content, &fixes) else { continue };
        let of_file: Vec<Diagnostic> =
            told.iter().filter(|it| it.location.file == *file).cloned().collect();
        let mistakes = mistakes(&of_file);
        if !fixes::is_meant(&text, &fixed, &mistakes) {
            return None;
        }
        if !mistakes.is_empty() {
            broken.insert(file.clone());
        }
        new.files.insert(file.clone(), fixed.content.clone());
        made.push((text, fixed, of_file));
    }
    let is_any = !made.is_empty();
    is_any.then(|| Tried { told: self::told(&new, settings, state), desk: new, made, broken })
}

/// Files with fixes, and what is said then.
struct Tried<'w> {
    desk: Desk<'w>,
    told: Vec<Diagnostic>,
    /// The texts before, their fixes, and what was said of them.
    made: Vec<(Text, fixes::Fixed, Vec<Diagnostic>)>,
    /// The files that had mistakes of syntax.
    broken: BTreeSet<SitePath>,
}

fn file_fix(diagnostic: &Diagnostic) -> FileFix {
    (diagnostic.location.file.clone(), diagnostic.fix.clone())
}

/// The mistakes of syntax among what is told of a file, with their lines.
fn mistakes(told: &[Diagnostic]) -> BTreeSet<(u32, Code)> {
    let syntax = told.iter().filter(|it| fixes::is_syntax(it.code));
    syntax.map(|it| (place(it).1, it.code)).collect()
}

/// Notes how mended lines look.
fn show(
    shown: &mut BTreeMap<(SitePath, u32), (String, String)>,
    context: &Context,
    (text, fixed): (&Text, &fixes::Fixed),
    told: &[Diagnostic],
) {
    let is_open = context.global.show_values && terminal::is_attended();
    let lines: Vec<&str> = text.content.split('\n').collect();
    for line in fixed.lines() {
        let raw = lines.get(line as usize - 1).copied().unwrap_or_default();
        let raw = raw.trim_end_matches('\r');
        let seen = if is_open { raw.to_owned() } else { seen(told, line, raw) };
        let entry = shown.entry((text.path.clone(), line));
        let (_, new) = entry.or_insert_with(|| (seen.clone(), seen));
        let mut of_line: Vec<&Replacement> =
            fixed.made.iter().filter(|it| it.range.start.line == line).collect();
        of_line.sort_by_key(|it| Reverse(it.range.start.column));
        for made in of_line {
            *new = replaced(new, made);
        }
    }
}

/// A line as everybody may read it: as the diagnostics of its file quote it, else its key alone.
fn seen(told: &[Diagnostic], line: u32, raw: &str) -> String {
    let length = raw.chars().count();
    let here = told.iter().filter(|it| place(it).1 == line);
    let quotes = here.filter_map(|it| it.location.quote.as_ref());
    let whole = quotes.filter(|it| it.column == 1 && it.text.chars().count() == length);
    whole.map(|it| it.text.clone()).next().unwrap_or_else(|| starred(raw))
}

/// A line with what is put into it; stars for words where there were stars.
fn replaced(line: &str, made: &Replacement) -> String {
    let start = made.range.start.column as usize - 1;
    let end = made.range.end.column as usize - 1;
    let letters: Vec<char> = line.chars().collect();
    let (start, end) = (start.min(letters.len()), end.min(letters.len()));
    let has_stars = letters[start..end].contains(&'*');
    let text: String = if has_stars { stars(&made.text) } else { made.text.clone() };
    letters[..start]
        .iter()
        .copied()
        .chain(text.chars())
        .chain(letters[end..].iter().copied())
        .collect()
}

/// A line of which only the key is shown.
fn starred(line: &str) -> String {
    match line.split_once([':', '：']) {
        Some((key, value)) if key.chars().count() <= 24 => {
            let colon = &line[key.len()..line.len() - value.len()];
            format!("{key}{colon}{}", stars(value))
        }
        _ => stars(line),
    }
}

fn stars(text: &str) -> String {
    text.chars().map(|it| if it.is_alphanumeric() { '*' } else { it }).collect()
}

/// Where something is wrong, and what.
type Place = (SitePath, u32, &'static str);

fn place(diagnostic: &Diagnostic) -> Place {
    let line = diagnostic.location.range.map_or(0, |it| it.start.line);
    (diagnostic.location.file.clone(), line, diagnostic.code.name())
}

/// What is wrong that was not; `None` if there is no such thing. Of files with mistakes of syntax nobody
/// knew what else was wrong with them, nor what that was to other files.
fn worse(before: &[Diagnostic], tried: &Tried<'_>) -> Option<BTreeSet<Place>> {
    let errors = |all: &[Diagnostic]| {
        let mut count: BTreeMap<Place, usize> = BTreeMap::new();
        let errors = all.iter().filter(|it| it.severity == Severity::Error);
        errors.for_each(|it| *count.entry(place(it)).or_default() += 1);
        count
    };
    let (known, now) = (errors(before), errors(&tried.told));
    let is_changed = |file: &SitePath| tried.made.iter().any(|it| it.0.path == *file);
    let new = now.into_iter().filter(|(place, count)| {
        let is_revealed =
            tried.broken.contains(&place.0) || !tried.broken.is_empty() && !is_changed(&place.0);
        known.get(place).copied().unwrap_or(0) < *count && !is_revealed
    });
    let new: BTreeSet<Place> = new.map(|it| it.0).collect();
    (!new.is_empty()).then_some(new)
}
