//! `linli import`: the rows of a workbook or of CSV as records in YAML, after a look at what changes.
//!
//! ```text
//! 平安巡防（patrols）→ content/kaixuan/yixin/patrols.yaml
//!   新增  2026-03-07 红袖标  (平安巡防!A5)
//!   修改  2026-03-06 银龄：人数 C4：12 → 15、已处置 D4：2 → 3  (平安巡防!C4)
//!   不在表格里  2026-02-28 夜鹰  (content/kaixuan/yixin/patrols.yaml:31)
//! 新增 1 条，修改 1 条，不变 12 条，不在表格里 1 条
//! ```
//!
//! Two records are the same if their key is, as the program understands it, whatever the way it is
//! written; so are two values. Columns that the workbook does not have stay as they are. Of fields that
//! everybody may read both values are shown, of others with `--show-values` on a terminal. Nothing is written without `--write`, and nothing taken
//! out without `--replace`; the files are changed by `edit`, which leaves all else in them as it is.

mod compared;
mod groups;
mod mapped;
mod table;

use std::{collections::HashMap, fs, path::PathBuf};

use clap::Args;

use self::{
    compared::{Import, Read},
    groups::Names,
    table::Table,
};
use crate::{
    cli::{
        context::{AsOf, Context, Failure, Outcome},
        lists::{OpenedLists, chosen, posting},
        report,
        terminal::{is_attended, print_lines},
    },
    diagnostic::{Code, Diagnostic, Location, Severity},
    edit::{self, Change},
    schema::{
        Collection, CollectionId, Field, PlaceId, SetFiles, Value,
        posting::Privacy,
        raw::{self, RawRecord, RawValue},
        stamp,
    },
    source::{self, SitePath, World, workbook, yaml::RECORDS},
};

#[derive(Debug, Args)]
pub(super) struct Options {
    /// The workbook, or a table as CSV
    table: PathBuf,
    /// The place that it is for, by its folder: kaixuan/yixin
    #[arg(long, value_name = "FOLDER")]
    place: String,
    /// The list that the table is of; else the names of the sheets say it
    #[arg(long = "list", value_name = "LIST")]
    list: Option<String>,
    /// How the columns of another system's table are called here: imports/NAME.toml
    #[arg(long, value_name = "NAME", conflicts_with = "list")]
    mapping: Option<String>,
    /// Take out records that are not in the workbook
    #[arg(long)]
    replace: bool,
    /// Write what was shown
    #[arg(long)]
    write: bool,
}

/// Compares a workbook with the records of a place, tells what is new, changed and gone, and writes it
/// if it is asked to.
pub(super) fn run(context: &Context, options: &Options) -> Result<Outcome, Failure> {
    let opened = context.open(&AsOf::default(), None)?;
    let lists = OpenedLists::new(&opened);
    let place = lists.place(context, &options.place)?;
    let bytes = fs::read(&options.table).map_err(Failure::at(&options.table))?;
    let name = options.table.file_name().map(|it| it.to_string_lossy().into_owned());
    let path = lists.catalog.place(place).folder.join(&name.unwrap_or_default());
    let table = Table { world: &lists.files, path, bytes };
    let given = table.path.clone();
    check_place(context, &lists, place, &table)?;
    let mut lines = Vec::new();
    let (table, sources, sheet) = match &options.mapping {
        None => {
            let sources = sources(context, options, &lists, &table)?;
            (table, sources, None)
        }
        Some(name) => match mapped::table(context, &lists, &table, name)? {
            Some(mapped) => {
                lines.extend(mapped.notes);
                let sources = vec![(mapped.list, mapped.table.path.clone())];
                (mapped.table, sources, mapped.sheet)
            }
            None => return Ok(Outcome::Wrong),
        },
    };
    let mut diagnostics = Vec::new();
    let (mut edits, mut is_left) = (Vec::new(), false);
    for (id, source) in sources {
        let import = Import { context, lists: &lists, place, id, replaces: options.replace };
        match import.compare(&table, &source, &mut diagnostics)? {
            Some(compared) => {
                lines.extend(compared.lines);
                edits.extend(compared.edits);
                is_left |= compared.is_left;
            }
            None => break,
        }
    }
    // What the content says beside the table is told by `check`.
    let is_told = |place: &Location| place.file.file() == table.path;
    diagnostics.retain(|it| it.severity == Severity::Error || is_told(&it.location));
    for place in diagnostics.iter_mut().flat_map(Diagnostic::places_mut) {
        place.quote = None;
        if place.file.file() == table.path {
            // It is named as whoever called it named it.
            let file = SitePath::new(options.table.to_string_lossy().replace('\\', "/"));
            let sheet = place.file.sheet().or(sheet.as_deref());
            place.file = sheet.map_or(file.clone(), |it| file.with_sheet(it));
        }
    }
    let is_hidden = diagnostics.iter().any(|it| it.code == Code::CsvLeftOut);
    if report::human(context, &mut diagnostics, false)?.errors > 0 {
        return Ok(Outcome::Wrong);
    }
    if options.replace && is_hidden && given.is_workbook() {
        let file = given.name();
        return Err(Failure::Said(context.say("import-hidden", &[("file", file)])));
    }
    let is_same = edits.is_empty();
    for (file, before, content) in edits {
        if options.write {
            let path = context.global.site.join(file.as_str());
            let written = edit::save::as_written(&path, &before, &content);
            let written = written.ok_or_else(|| {
                Failure::Said(context.say("import-refused", &[("file", file.as_str())]))
            })?;
            edit::save::replace(&path, &written).map_err(Failure::at(&path))?;
            lines.push(context.say("import-written", &[("file", file.as_str())]));
        }
    }
    if !options.write && !is_same {
        lines.push(context.say("import-preview", &[]));
    }
    print_lines(lines.iter().map(String::as_str))?;
    Ok(if options.write && is_left { Outcome::Wrong } else { Outcome::Done })
}

/// The most characters that are shown of a value.
const SHOWN: usize = 20;

/// A failure if the workbook says that it was made for another place.
fn check_place(
    context: &Context,
    lists: &OpenedLists<'_>,
    place: PlaceId,
    table: &Table<'_>,
) -> Result<(), Failure> {
    if !table.path.is_workbook() {
        return Ok(());
    }
    let place = lists.catalog.place(place).folder.below_content();
    let properties = workbook::properties(table, &table.path);
    match properties.get(stamp::PLACE).filter(|it| *it != place) {
        Some(made) => {
            let said = [("file", table.path.name()), ("made", made), ("place", place)];
            Err(Failure::Said(context.say("import-other-place", &said)))
        }
        None => Ok(()),
    }
}

/// The tables of the file, each with its list.
fn sources(
    context: &Context,
    options: &Options,
    lists: &OpenedLists<'_>,
    table: &Table<'_>,
) -> Result<Vec<(CollectionId, SitePath)>, Failure> {
    let all: Vec<Collection> = lists.catalog.collections.iter().map(|(_, it)| it.clone()).collect();
    let id = |collection: &Collection| lists.catalog.collections.find(&collection.name);
    if let Some(name) = &options.list {
        let chosen = chosen(context, &all, std::slice::from_ref(name))?;
        return Ok(chosen.iter().filter_map(|it| Some((id(it)?, table.path.clone()))).collect());
    }
    let called = |name: &str| {
        all.iter().find(|it| it.name == name.trim() || it.title.is(name.trim())).and_then(id)
    };
    let mut sources: Vec<(CollectionId, SitePath)> = Vec::new();
    if table.path.is_workbook() {
        let names = workbook::names(table, &table.path).value;
        let sheets = names.iter().filter_map(|it| Some((called(it)?, table.path.with_sheet(it))));
        sources.extend(sheets);
    }
    if sources.is_empty() {
        let mapped = all.iter().find(|it| it.mappings.iter().any(|it| it.is_for(&table.path)));
        let named = called(table.path.stem()).or_else(|| mapped.and_then(id));
        sources.extend(named.map(|id| (id, table.path.clone())));
    }
    if sources.is_empty() {
        let file = table.path.name();
        return Err(Failure::Said(context.say("import-no-list", &[("file", file)])));
    }
    Ok(sources)
}

/// What came of it.
struct Compared {
    lines: Vec<String>,
    /// The files that change, with what they hold and are to hold.
    edits: Vec<(SitePath, String, String)>,
    /// Something is left to be changed by hand.
    is_left: bool,
}

impl Import<'_> {
    /// The files with the records that there are.
    fn files(&self) -> &[SitePath] {
        let sets = &self.lists.catalog.sets;
        let set = sets.iter().find(|it| (it.place, it.collection) == (self.place, self.id));
        set.map(|it| it.files.as_slice()).unwrap_or_default()
    }

    /// The file that has the records and is no YAML, which nothing is imported into.
    fn elsewhere(&self) -> Option<&SitePath> {
        self.files().iter().find(|it| it.file().is_workbook() || it.is_table())
    }

    /// Compares a table with the records that there are. Nothing if either has mistakes.
    fn compare(
        &self,
        table: &Table<'_>,
        source: &SitePath,
        sink: &mut Vec<Diagnostic>,
    ) -> Result<Option<Compared>, Failure> {
        let files = self.files().to_vec();
        let refuse = |id: &str, file: &str| Failure::Said(self.context.say(id, &[("file", file)]));
        let Some(new) = self.read(table, std::slice::from_ref(source), sink)? else {
            return Ok(None);
        };
        let Some(old) = self.read(&self.lists.files, &files, sink)? else { return Ok(None) };
        let mut file_names = files;
        if file_names.is_empty() {
            let name = format!("{}.yaml", self.collection().name);
            file_names.push(self.lists.catalog.place(self.place).folder.join(&name));
        }
        let mut changes: Vec<Vec<Change>> = vec![Vec::new(); file_names.len()];
        let elsewhere = self.elsewhere().cloned();
        let mut lines = Vec::new();
        let mut new_ones = Vec::new();
        let (mut added, mut changed, mut same) = (0, 0, 0);
        let mut is_there = vec![false; old.len()];
        let mut known: HashMap<Vec<&Value>, usize> = HashMap::new();
        for (at, record) in old.iter().enumerate() {
            known.entry(self.key(record)).or_insert(at);
        }
        let names = Names::of(&old);
        for record in &new {
            let Some(&known) = known.get(&self.key(record)) else {
                added += 1;
                lines.push(self.line("import-new", &record.raw, ""));
                new_ones.push(record);
                let target = changes.last_mut().expect("there is a file");
                target.push(Change::Add(self.written(record, &names)));
                continue;
            };
            is_there[known] = true;
            let (file, number) = old[known].at;
            let other = self.difference(&old[known], record, (number, &names));
            let other = other.ok_or_else(|| refuse("import-refused", file_names[file].as_str()))?;
            if other.changes.is_empty() {
                same += 1;
                continue;
            }
            changed += 1;
            let comma = self.context.say("comma", &[]);
            let labels: Vec<String> =
                other.fields.iter().map(|it| self.told(*it, &old[known], record)).collect();
            // Whoever has to change a table by hand looks for the row of that.
            let shown = if elsewhere.is_some() { &old[known].raw } else { &record.raw };
            lines.push(self.line("import-changed", shown, &labels.join(&comma)));
            changes[file].extend(other.changes);
        }
        let gone: Vec<&Read> =
            old.iter().zip(&is_there).filter(|(_, is_there)| !**is_there).map(|it| it.0).collect();
        for record in &gone {
            let id = if self.replaces { "import-removed" } else { "import-absent" };
            lines.push(self.line(id, &record.raw, ""));
            if self.replaces {
                changes[record.at.0].push(Change::Remove(record.at.1));
            }
        }
        lines.extend(self.moved(&new_ones, &gone));
        if let Some((file, inherited)) =
            file_names.last().and_then(|it| Some((it, self.inherited(it)?)))
        {
            // Why a person may be named is said for all records of the file.
            if inherited.iter().any(|it| it.name == "basis") {
                sink.retain(|it| it.code != Code::MissingBasis || it.location.file != *source);
            }
            if added > 0 {
                let language = self.context.messages.language().as_str();
                let labels: Vec<&str> = inherited.iter().map(|it| it.label.get(language)).collect();
                let labels = labels.join(&self.context.say("comma", &[]));
                let said = [("file", file.as_str()), ("fields", labels.as_str())];
                lines.push(self.context.say("import-inherits", &said));
            }
        }
        let title = self.collection().title.get(self.context.messages.language().as_str());
        let name = self.collection().name.as_str();
        let head = [("title", title), ("name", name)];
        lines.insert(0, self.context.say("import-head", &head));
        let counts = [added, changed, same, gone.len()].map(|it| it.to_string());
        let counts = ["new", "changed", "same", "gone"].into_iter().zip(&counts);
        let counts: Vec<(&str, &str)> = counts.map(|(name, it)| (name, it.as_str())).collect();
        lines.push(self.context.say("import-counts", &counts));
        if let Some(other) = elsewhere {
            if added + changed > 0 {
                let said = [("file", other.file_str()), ("list", title)];
                lines.push(self.context.say("import-elsewhere", &said));
            }
            let is_left = added + changed > 0;
            return Ok(Some(Compared { lines, edits: Vec::new(), is_left }));
        }
        let mut edits = Vec::new();
        for (file, changes) in file_names.into_iter().zip(changes) {
            if changes.is_empty() {
                continue;
            }
            let text = source::read_if_there(&self.lists.files, &file).value;
            let text =
                text.unwrap_or_else(|| source::Text { path: file.clone(), content: String::new() });
            let edited = edit::apply(&text, &changes);
            let edited = edited.map_err(|_| refuse("import-refused", file.as_str()))?;
            edits.push((file, text.content, edited));
        }
        Ok(Some(Compared { lines, edits, is_left: false }))
    }

    /// What a file says once of the publication of all its records, if it says anything.
    fn inherited(&self, file: &SitePath) -> Option<Vec<&'static Field>> {
        let text = source::read_if_there(&self.lists.files, file).value?;
        let node = source::read_yaml(&text).value?;
        node.get(RECORDS)?;
        let keys = node.as_map()?.iter().map(|entry| &entry.key);
        let said = keys.filter_map(|key| posting().iter().find(|field| field.is_called(key)));
        Some(said.collect::<Vec<_>>()).filter(|it| !it.is_empty())
    }

    /// Reads the records of files, as they are understood and as they are written. Nothing if there
    /// are mistakes in them.
    fn read(
        &self,
        world: &dyn World,
        files: &[SitePath],
        sink: &mut Vec<Diagnostic>,
    ) -> Result<Option<Vec<Read>>, Failure> {
        let set = SetFiles { place: self.place, collection: self.id, files: files.to_vec() };
        let decoded = self.lists.catalog.set(world, &set);
        let is_wrong = decoded.diagnostics.iter().any(|it| it.severity == Severity::Error);
        sink.extend(decoded.diagnostics);
        if is_wrong {
            return Ok(None);
        }
        // Of records on one line the first counts.
        let records = decoded.value.0.records.iter().rev();
        let records_at: HashMap<_, _> =
            records.map(|it| ((usize::from(it.file), it.line), it)).collect();
        let mut read = Vec::new();
        for (number, file) in files.iter().enumerate() {
            let raw = raw::records(world, file, self.collection(), posting());
            let (records, is_whole) = raw.value;
            if !is_whole {
                let said = self.context.say("import-refused", &[("file", file.file_str())]);
                return Err(Failure::Said(said));
            }
            for (index, raw) in records.into_iter().enumerate() {
                let Some(record) = records_at.get(&(number, raw.line)) else { continue };
                read.push(Read { at: (number, index), values: record.values.clone(), raw });
            }
        }
        Ok(Some(read))
    }

    /// What two records share that are the same: their key; without a declared one, all that they say.
    fn key<'r>(&self, record: &'r Read) -> Vec<&'r Value> {
        let key = &self.collection().key;
        if key.is_empty() {
            return self.all_values(record);
        }
        key.iter().map(|field| &record.values[*field]).collect()
    }

    /// Says of new records that they are probably old ones whose key was changed: all else of them is the
    /// same, and two values at least.
    fn moved(&self, new: &[&Read], gone: &[&Read]) -> Vec<String> {
        let key = &self.collection().key;
        let rest = |record: &Read| -> Option<Vec<Value>> {
            let others = record.values.iter().enumerate().filter(|(at, _)| !key.contains(at));
            let others: Vec<Value> = others.map(|it| it.1.clone()).collect();
            (others.iter().filter(|it| !it.is_absent()).count() > 1).then_some(others)
        };
        if key.is_empty() {
            return Vec::new();
        }
        let mut known: HashMap<Vec<Value>, Option<&Read>> = HashMap::new();
        for record in gone {
            if let Some(rest) = rest(record) {
                // Of several alike nobody knows which it was.
                known.entry(rest).and_modify(|it| *it = None).or_insert(Some(record));
            }
        }
        let said = new.iter().filter_map(|record| {
            let old = known.get(&rest(record)?).copied().flatten()?;
            let changed = key.iter().filter(|it| old.values[**it] != record.values[**it]);
            let labels: Vec<&str> = changed.map(|it| self.label(*it)).collect();
            let labels = labels.join(&self.context.say("comma", &[]));
            let place = match (old.raw.place.shown_cell(), old.raw.place.range) {
                (Some(cell), _) => cell,
                (None, range) => {
                    let line = range.map_or(0, |it| it.start.line);
                    format!("{}:{line}", old.raw.place.file.file_str())
                }
            };
            let hint = self.context.say("import-moved", &[("fields", &labels), ("old", &place)]);
            Some(self.line("import-hint", &record.raw, &hint))
        });
        said.collect()
    }

    fn label(&self, field: usize) -> &str {
        self.field(field).label.get(self.context.messages.language().as_str())
    }

    /// What is told of a value that is another one: its label and its cell, and what it was and is,
    /// unless that is not for everybody's eyes.
    fn told(&self, (was, field): (usize, usize), old: &Read, new: &Read) -> String {
        let value = |record: &Read, field: usize| {
            record.raw.values.iter().find(|it| it.field == field).cloned()
        };
        let (old, new) = (value(old, was), value(new, field));
        let here = if self.elsewhere().is_some() { &old } else { &new };
        let cell = here.as_ref().and_then(|it| it.place.cell);
        let cell = cell.map(|it| format!(" {it}")).unwrap_or_default();
        let named = format!("{}{cell}", self.label(field));
        let declared = self.field(field);
        let is_public = declared.privacy == Privacy::Public && !declared.is_personal();
        let is_asked = self.context.global.show_values && is_attended();
        if !(is_public || is_asked) {
            return named;
        }
        let shown = |value: Option<RawValue>| {
            let text = value.map(|it| it.texts.join("、")).unwrap_or_default();
            let cut: String = text.lines().next().unwrap_or_default().chars().take(SHOWN).collect();
            if cut.is_empty() { self.context.say("import-empty", &[]) } else { cut }
        };
        let said = [("field", &*named), ("old", &*shown(old)), ("new", &*shown(new))];
        self.context.say("import-value", &said)
    }

    /// What is told of a record: what it is called, and where it stands. Of persons no more than the
    /// first character is shown.
    fn line(&self, id: &str, record: &RawRecord, fields: &str) -> String {
        let key = &self.collection().key;
        let said = record.values.iter().filter(|it| key.is_empty() || key.contains(&it.field));
        let shown = said.filter_map(|value| {
            let field = self.field(value.field);
            let text = value.texts.join("、");
            let text = text.lines().next()?;
            if field.privacy == Privacy::Internal {
                return None;
            }
            let is_open = !field.is_personal();
            let most = if is_open { SHOWN } else { 1 };
            let cut: String = text.chars().take(most).collect();
            Some(if is_open { cut } else { format!("{cut}**") })
        });
        let record_key: Vec<String> = shown.take(4).collect();
        let place = &record.place;
        let place = match (place.shown_cell(), place.range) {
            (Some(cell), _) => cell,
            (None, Some(range)) => format!("{}:{}", place.file.file_str(), range.start.line),
            (None, None) => place.file.file_str().to_owned(),
        };
        let record_key = record_key.join(" ");
        self.context.say(id, &[("key", &record_key), ("fields", fields), ("place", &place)])
    }
}
