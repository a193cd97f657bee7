//! Which file of the content folder is what.
//!
//! Only names and folders decide, before any file is read but for the names of sheets: a folder with records, notices or a
//! `place.yaml` is a place; one with an `index.md` alone is a lasting page of the place around it; a file or folder called after a collection holds its records; `notices`
//! holds notices; images may lie anywhere. What fits nowhere is reported, with what was probably
//! meant, because a file that is passed over in silence is missed weeks later.
//!
//! ```text
//! content/
//!   place.yaml                 the root place
//!   photo.jpg                  an image
//!   _collections/              declarations; other folders with `_` are left alone
//!   _root/                     files for the root of the site
//!     nominees.yaml
//!   kaixuan/                   a place, since it holds records
//!     place.yaml
//!     honors.yaml              records of `honors`
//!     honors/2024.csv          more of them
//!     patrols.csv              records of `patrols`
//!     mediation.xlsx           records of `mediation`
//!     巡查导出3月.xlsx          records of the list whose `imports/NAME.toml` names such files
//!     台账.xlsx                a ledger: records of each collection that a sheet is called after
//!     notices/2026-03-02.md    a notice
//!     notices/2026/water.md    another: folders in it are for order
//!     notices/feast/index.md   another, with its pictures beside it
//!     hnoors.yaml              an error: `honors` was meant
//!     patrol.et                a warning: a workbook that cannot be read, or of no list's name
//!     about.md                 a lasting page
//!     guide/index.md           another, with its pictures beside it
//!     scans/a.png              a folder of images, no place
//! ```

use std::collections::BTreeMap;

use crate::{
    attachment::AttachmentKind,
    diagnostic::{Checked, Code, Diagnostic, Location, nearest, with_near},
    schema::{
        LooseFiles, ROOT_FILES,
        file_names::{
            holds_records, is_about_files, is_image, is_index, is_page, is_records, is_yaml,
            undated,
        },
        foreign_image,
        notice::NOTICES,
    },
    source::{Folder, SitePath, WORDING_NAMES, original},
};

/// The folder of files for the root of the site, by its name.
const ROOT: &str = "_root";
/// What workbooks are called that have a sheet for each of several lists.
const LEDGERS: [&str; 2] = ["台账", "ledger"];
/// The folder of the portal's own declarations, in the content folder.
pub(super) const DECLARATIONS: &str = "_collections";

/// A workbook is called a ledger.
fn is_ledger(file: &SitePath) -> bool {
    LEDGERS.iter().any(|it| file.stem().to_lowercase().contains(it))
}

/// The content folder, sorted by what its files are.
#[derive(Debug, Default)]
pub(super) struct Layout {
    /// Parents before children.
    pub(super) places: Vec<PlaceFiles>,
    /// Every file that is neither records nor a notice.
    pub(super) loose: LooseFiles,
}

/// What a place's folder holds.
#[derive(Debug)]
pub(super) struct PlaceFiles {
    /// Its folder, `content` for the root.
    pub(super) folder: SitePath,
    /// The index of the place it lies in; none for the root alone.
    pub(super) parent: Option<usize>,
    /// Its `place.yaml`; none if it has none, which is an error.
    pub(super) place: Option<SitePath>,
    /// Files of records by collection.
    pub(super) sets: BTreeMap<String, Vec<SitePath>>,
    /// Its notices and lasting pages, by name.
    pub(super) notices: Vec<SitePath>,
}

/// The files of the portal's own declarations: YAML at the top of `_collections`. All else there is
/// left alone.
pub(super) fn declarations(content: &Folder) -> Vec<SitePath> {
    let folder = content.folder(DECLARATIONS);
    let files = folder.map(|it| it.files.as_slice()).unwrap_or_default();
    files.iter().filter(|file| is_yaml(file)).cloned().collect()
}

/// Sorts the content folder. `collections` are those that there are: their names and titles.
///
/// The titles are compared with misspelt names only: a file has to be called by the name, a sheet by
/// either. `mapped` says of which list the table of another system is, by its name. `sheets` reads the
/// names of a workbook's sheets, of those beside a `place.yaml` that are called after no collection.
/// Nothing else is read, so this costs a look at each name.
pub(super) fn sort(
    content: &Folder,
    collections: &BTreeMap<&str, &str>,
    mapped: &dyn Fn(&SitePath) -> Option<String>,
    sheets: &dyn Fn(&SitePath) -> Checked<Vec<String>>,
) -> Checked<Layout> {
    let (layout, diagnostics) = Default::default();
    let mut sorter = Sorter { collections, mapped, sheets, layout, diagnostics };
    sorter.place(content, None);
    Checked { value: sorter.layout, diagnostics: sorter.diagnostics }
}

/// Sorts folder by folder, parents first.
struct Sorter<'a> {
    collections: &'a BTreeMap<&'a str, &'a str>,
    mapped: &'a dyn Fn(&SitePath) -> Option<String>,
    sheets: &'a dyn Fn(&SitePath) -> Checked<Vec<String>>,
    layout: Layout,
    diagnostics: Vec<Diagnostic>,
}

impl Sorter<'_> {
    /// A folder that is a place, with all in it.
    fn place(&mut self, folder: &Folder, parent: Option<usize>) {
        let Some(path) = &folder.path else { return };
        let index = self.layout.places.len();
        self.layout.places.push(PlaceFiles {
            folder: path.clone(),
            parent,
            place: None,
            sets: BTreeMap::new(),
            notices: Vec::new(),
        });
        for file in &folder.files {
            if self.may_hold_records(file) && self.is_copy(file, &folder.files, holds_records) {
                continue;
            }
            match file.stem() {
                "place" if is_yaml(file) => self.place_file(index, file),
                name if holds_records(file) && self.collections.contains_key(name) => {
                    self.records(index, name, file);
                }
                _ if self.is_mapped(file) => {
                    let list = (self.mapped)(file).unwrap_or_default();
                    self.records(index, &list, file);
                }
                _ if is_records(file) => self.unknown_collection(file),
                _ if is_page(file) => self.article(index, file, &folder.files),
                _ if file.is_workbook() => self.workbook(index, file),
                _ => self.other(file),
            }
        }
        if self.layout.places[index].place.is_none() {
            let is_inside = parent.is_some();
            let help = if is_inside && holds_pages_alone(folder) { "pages" } else { "add" };
            self.diagnostics.push(
                Diagnostic::error(Code::MissingPlace, Location::file(path.clone()))
                    .arg("folder", path.as_str())
                    .help(help),
            );
        }
        let folders: Vec<SitePath> =
            folder.folders.iter().filter_map(|inner| inner.path.clone()).collect();
        for inner in &folder.folders {
            let holds = self.holds_content(inner);
            let is_copy = |path| holds && self.is_copy(path, &folders, |_| true);
            if !inner.path.as_ref().is_some_and(is_copy) {
                self.inner(inner, index);
            }
        }
        self.two_sources(index);
    }

    /// A file holds records if its name is right: it is YAML or CSV, or a workbook called after a
    /// collection, or a copy of such. Other workbooks may be attached.
    fn may_hold_records(&self, file: &SitePath) -> bool {
        let is_one = |name: &str| self.collections.contains_key(name);
        is_records(file)
            || file.is_workbook() && is_one(original(file.stem()).unwrap_or(file.stem()))
            || self.is_mapped(file)
    }

    /// A file is a table of another system, by its name.
    fn is_mapped(&self, file: &SitePath) -> bool {
        (file.is_table() || file.is_workbook()) && (self.mapped)(file).is_some()
    }

    /// A workbook beside a `place.yaml` that is called after no collection. It is a ledger if its name
    /// says so, or if all its sheets are called after collections; else it may be attached.
    fn workbook(&mut self, index: usize, file: &SitePath) {
        let Checked { value: names, diagnostics } = (self.sheets)(file);
        let sheets: Vec<_> = names.iter().map(|name| (name, self.sheet_of(name))).collect();
        let is_ledger = is_ledger(file);
        let fits = !sheets.is_empty() && sheets.iter().all(|(_, collection)| collection.is_some());
        if !is_ledger && !fits {
            if sheets.iter().any(|(_, collection)| collection.is_some()) {
                self.unknown(file, "ledger");
            }
            return self.other(file);
        }
        let mut records = Vec::new();
        for (name, collection) in sheets {
            match collection {
                Some(collection) => records.push((collection, file.with_sheet(name))),
                None => self.diagnostics.push(self.unknown_sheet(file, name)),
            }
        }
        self.diagnostics.extend(diagnostics);
        for (collection, sheet) in records {
            self.records(index, &collection, &sheet);
        }
    }

    /// The collection that a sheet is called after, by its name or title.
    fn sheet_of(&self, sheet: &str) -> Option<String> {
        let is_called = |name: &str| !name.is_empty() && sheet.trim().eq_ignore_ascii_case(name);
        let mut all = self.collections.iter();
        all.find(|(name, title)| is_called(name) || is_called(title))
            .map(|(name, _)| (*name).to_owned())
    }

    /// What is said of a sheet of a ledger that is called after no collection. One that has the name
    /// with which programs begin is most likely empty.
    fn unknown_sheet(&self, file: &SitePath, name: &str) -> Diagnostic {
        let place = Location::file(file.with_sheet(name));
        let is_unnamed = ["sheet", "工作表"].iter().any(|it| name.to_lowercase().starts_with(it));
        let severity = if is_unnamed { Diagnostic::warning } else { Diagnostic::error };
        let titles: Vec<&str> = self.collections.values().copied().collect();
        let near = nearest(name, titles.iter().copied());
        let diagnostic = severity(Code::WorkbookSheets, place).arg("kind", "unknown");
        with_near(diagnostic.arg("names", name), near, &titles)
    }

    /// Reports a workbook beside another file of which each would be all records of a list, and reads
    /// the other one alone.
    fn two_sources(&mut self, index: usize) {
        let mut told = Vec::new();
        let mapped = self.mapped;
        let folder = self.layout.places[index].folder.clone();
        let is_sole = |it: &SitePath| it.file().is_workbook() || mapped(it).is_some();
        for (name, files) in &mut self.layout.places[index].sets {
            if !files.iter().any(is_sole) {
                continue;
            }
            let is_whole = |it: &SitePath| it.parent().name() != name.as_str();
            let is_one = |a: &SitePath, b: &SitePath| {
                is_whole(a) && is_whole(b) || a.parent() == b.parent() && a.stem() == b.stem()
            };
            let mut kept: Vec<SitePath> = Vec::with_capacity(files.len());
            for file in files.drain(..) {
                let other =
                    kept.iter().find(|it| is_one(it, &file) && (is_sole(it) || is_sole(&file)));
                let Some(other) = other else {
                    kept.push(file);
                    continue;
                };
                let title = self.collections.get(name.as_str()).copied().unwrap_or_default();
                let both = [&file, other];
                let table = both.iter().find(|it| it.file().is_workbook());
                let yaml = both.iter().find(|it| is_yaml(it));
                let mut diagnostic =
                    Diagnostic::error(Code::TwoSources, Location::file(file.clone()))
                        .arg("collection", if title.is_empty() { name } else { title })
                        .related(Location::file(other.clone()), "other")
                        .help("one");
                if let (Some(table), Some(yaml)) = (table, yaml) {
                    diagnostic = diagnostic
                        .arg("table", table.file().name())
                        .arg("yaml", yaml.name())
                        .arg("place", folder.below_content())
                        .help("import");
                }
                told.push(diagnostic);
            }
            *files = kept;
        }
        self.diagnostics.append(&mut told);
    }

    /// The folder or one inside it holds records, notices or a `place.yaml`: it is meant as a place.
    fn holds_content(&self, folder: &Folder) -> bool {
        let is_list = |file: &SitePath| {
            file.is_workbook() && self.collections.contains_key(file.stem()) || self.is_mapped(file)
        };
        let is_content =
            |file: &SitePath| is_records(file) || file.has_extension("md") || is_list(file);
        folder.files.iter().any(is_content)
            || folder.folders.iter().any(|folder| self.holds_content(folder))
    }

    /// Whether a file or folder is called a copy of another one beside it, or of a collection. It is
    /// reported, and is no content: all in it would be counted twice. `is_such` tells what can be
    /// the original.
    fn is_copy(
        &mut self,
        path: &SitePath,
        beside: &[SitePath],
        is_such: impl Fn(&SitePath) -> bool,
    ) -> bool {
        let name = |path: &SitePath| {
            let is_named = holds_records(path) || path.has_extension("md");
            if is_named { path.stem() } else { path.name() }.to_owned()
        };
        let own = name(path);
        let Some(original) = original(&own) else { return false };
        let other = beside.iter().find(|other| is_such(other) && name(other) == original);
        if other.is_none() && !(holds_records(path) && self.collections.contains_key(original)) {
            return false;
        }
        let diagnostic = Diagnostic::error(Code::CopiedFile, Location::file(path.clone()))
            .arg("name", path.name())
            .arg("original", other.map_or(original, SitePath::name))
            .help(if other.is_some() { "remove" } else { "rename" });
        self.diagnostics.push(match other {
            Some(other) => diagnostic.related(Location::file(other.clone()), "original"),
            None => diagnostic,
        });
        true
    }

    /// A `place.yaml`. Two of one folder, `.yaml` and `.yml`, are an error that names both.
    fn place_file(&mut self, index: usize, file: &SitePath) {
        let place = &mut self.layout.places[index];
        if let Some(first) = &place.place {
            let path = place.folder.below_content();
            let address = if path.is_empty() { "/".to_owned() } else { format!("/{path}/") };
            self.diagnostics.push(
                Diagnostic::error(Code::PathConflict, Location::file(file.clone()))
                    .arg("path", address)
                    .related(Location::file(first.clone()), "other")
                    .help("rename"),
            );
        }
        place.place = Some(file.clone());
    }

    /// A folder inside a place: of notices, of records, a place, or of images and other files.
    /// Folders whose names begin with `_` are left alone.
    fn inner(&mut self, folder: &Folder, place: usize) {
        if is_left_alone(folder) {
            if folder.path.as_ref().is_some_and(|path| path.name() == ROOT) {
                self.root(folder);
            }
            return;
        }
        let name = folder.path.as_ref().map_or("", SitePath::name);
        if name == NOTICES {
            self.notices(folder, place);
        } else if self.collections.contains_key(name) {
            let (records, others): (Vec<_>, Vec<_>) =
                folder.files.iter().partition(|file| holds_records(file));
            for record in records {
                if !self.is_copy(record, &folder.files, holds_records) {
                    self.records(place, name, record);
                }
            }
            others.into_iter().for_each(|other| self.other(other));
            folder.folders.iter().for_each(|folder| self.loose(folder));
        } else if self.is_page_folder(folder) {
            self.notices(folder, place);
        } else if self.is_misnamed(folder) {
            let path = folder.path.as_ref().expect("it has a name");
            self.unknown_collection(path);
            folder.files.iter().filter(|file| is_image(file)).for_each(|file| self.other(file));
        } else if self.holds_content(folder) {
            self.place(folder, Some(place));
        } else {
            self.loose(folder);
        }
    }

    /// A folder of files for the root of the site, which is that of the root place alone.
    fn root(&mut self, folder: &Folder) {
        let files = folder.all_files();
        if folder.path.as_ref().is_some_and(|path| path.as_str() == ROOT_FILES) {
            self.layout.loose.root.extend(files.into_iter().cloned());
        } else if let Some(path) = &folder.path {
            let place = Location::file(path.clone());
            let diagnostic = Diagnostic::warning(Code::RootFile, place).arg("reason", "place");
            self.diagnostics.push(diagnostic.help("place"));
        }
    }

    /// Whether a folder is that of one lasting page: it has an `index.md`, and neither it nor one in
    /// it has anything of a place. A table that is called after no collection is attached to the
    /// page.
    fn is_page_folder(&self, folder: &Folder) -> bool {
        let is_list =
            |file: &SitePath| is_records(file) && self.collections.contains_key(file.stem());
        folder.files.iter().any(is_index)
            && !folder.files.iter().any(|file| is_yaml(file) || is_list(file))
            && folder.folders.iter().all(|folder| holds_pages_alone(folder))
    }

    /// Adds a file to a record set of a place. A set may have any number of files.
    fn records(&mut self, place: usize, collection: &str, file: &SitePath) {
        let sets = &mut self.layout.places[place].sets;
        sets.entry(collection.to_owned()).or_default().push(file.clone());
    }

    /// Sorts the files of a `notices/` folder, or of a folder in it: Markdown is notices, all else
    /// is attached or stray. A folder with an `index.md` is one notice, with what belongs to it.
    fn notices(&mut self, folder: &Folder, place: usize) {
        let is_one = folder.files.iter().any(is_index) && !is_notices(folder);
        for file in &folder.files {
            if file.has_extension("md") && (!is_one || is_index(file)) {
                self.article(place, file, &folder.files);
            } else if file.has_extension("md") {
                self.unknown(file, "pages");
            } else {
                self.other(file);
            }
        }
        for inner in folder.folders.iter().filter(|inner| !is_left_alone(inner)) {
            if is_one { self.loose(inner) } else { self.notices(inner, place) }
        }
    }

    /// Adds a notice or a lasting page to a place, unless it is a copy of another one `beside` it.
    fn article(&mut self, place: usize, file: &SitePath, beside: &[SitePath]) {
        if !self.is_copy(file, beside, |file| file.has_extension("md")) {
            self.layout.places[place].notices.push(file.clone());
        }
    }

    /// A folder of images and other files that belong to no collection.
    fn loose(&mut self, folder: &Folder) {
        folder.files.iter().for_each(|file| self.other(file));
        folder.folders.iter().for_each(|folder| self.loose(folder));
    }

    /// A file that is neither records nor a notice: an image, or one that is not read.
    fn other(&mut self, file: &SitePath) {
        if is_image(file) {
            self.layout.loose.images.insert(file.clone());
            return;
        }
        self.layout.loose.others.insert(file.clone());
        let hidden = [".yaml.txt", ".csv.txt", ".md.txt"];
        let is_attachable = AttachmentKind::of(file).is_some();
        let is_renamed = hidden.iter().any(|it| file.name().ends_with(it));
        let is_meant = || {
            matches!(file.extension().to_ascii_lowercase().as_str(), "xlsx" | "xls" | "et" | "ods")
                && (is_ledger(file) || self.meant(file).is_some() || self.names_list(file))
        };
        if is_attachable && !is_renamed && !is_meant() {
            return;
        }
        let help = match file.extension().to_ascii_lowercase().as_str() {
            _ if foreign_image(file).is_some() => foreign_image(file).unwrap_or("kinds"),
            "md" if is_index(file) => "index",
            "md" if is_about_files(file) => "readme",
            "md" => "notices",
            "xlsx" | "xls" | "et" | "ods" => "spreadsheet",
            "txt" if is_renamed => "txt",
            _ => "kinds",
        };
        self.unknown(file, help);
    }

    /// Reports a file that is not read.
    fn unknown(&mut self, file: &SitePath, help: &'static str) {
        self.diagnostics.push(
            Diagnostic::warning(Code::UnknownFile, Location::file(file.clone()))
                .arg("name", file.name())
                .help(help),
        );
    }

    /// A folder that is no place, and all of its records or notices would be if it had another
    /// name.
    fn is_misnamed(&self, folder: &Folder) -> bool {
        let known = |path: &SitePath| path.stem() == "place" || self.meant(path).is_some();
        let mut records = folder.files.iter().filter(|file| is_records(file)).peekable();
        let has_records = records.peek().is_some();
        let notices = || folder.path.as_ref().and_then(|it| self.meant(it)) == Some(NOTICES);
        let is_notice = |path: &SitePath| path.has_extension("md");
        !folder.folders.iter().any(|folder| self.holds_content(folder))
            && !records.any(known)
            && (has_records || folder.files.iter().any(is_notice) && notices())
    }

    /// The collection, or the folder of notices, that a file or folder was probably to be named
    /// after.
    fn meant(&self, path: &SitePath) -> Option<&str> {
        let names = || self.collections.iter().map(|(name, title)| (*name, *title));
        let words = || names().chain([(NOTICES, "通知"), (NOTICES, "通知公告")]);
        let near = nearest(path.stem(), words().flat_map(|(name, title)| [name, title]))?;
        words().find(|(name, title)| *name == near || *title == near).map(|(name, _)| name)
    }

    /// A table is called after a list and a date, or a part of its title: `11月巡防.xlsx`.
    fn names_list(&self, file: &SitePath) -> bool {
        let word = undated(file);
        word.chars().nth(1).is_some()
            && self.collections.values().any(|title| title.contains(word) || word.contains(title))
    }

    /// Reports a file or folder that would hold records if there were a collection of that name. A
    /// new name can be declared if it can be one.
    fn unknown_collection(&mut self, path: &SitePath) {
        let named = self.collections.iter().map(|(name, title)| format!("{name}（{title}）"));
        let named: Vec<String> = named.collect();
        let diagnostic = Diagnostic::error(Code::UnknownCollection, Location::file(path.clone()));
        let near = self.meant(path);
        let diagnostic = with_near(diagnostic.arg("name", path.stem()), near, &named);
        let is_name = path.stem().is_ascii();
        let is_words = |name: &str| WORDING_NAMES.iter().any(|it| it.eq_ignore_ascii_case(name));
        let help = if is_words(path.stem()) || is_words(path.parent().name()) {
            Some("wording")
        } else {
            (near.is_none() && is_name).then_some("declare")
        };
        let diagnostic = match help {
            Some(help) => diagnostic.help(help),
            None => diagnostic,
        };
        self.diagnostics.push(diagnostic);
    }
}

/// Returns whether all content in a folder is Markdown, outside of folders of notices.
fn holds_pages_alone(folder: &Folder) -> bool {
    !is_notices(folder)
        && !folder.files.iter().any(is_records)
        && folder.folders.iter().all(|folder| holds_pages_alone(folder))
}

/// Returns whether the name of a folder says that nothing in it is content.
fn is_left_alone(folder: &Folder) -> bool {
    folder.path.as_ref().is_some_and(|path| path.name().starts_with('_'))
}

/// Returns whether a folder is that of a place's notices.
fn is_notices(folder: &Folder) -> bool {
    folder.path.as_ref().is_some_and(|path| path.name() == NOTICES)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{MemoryWorld, walk};

    #[test]
    fn sorts_files_by_what_they_are() {
        let world = MemoryWorld::new([
            ("content/place.yaml", ""),
            ("content/_collections/events.yaml", ""),
            ("content/a/place.yaml", ""),
            ("content/a/honors.yaml", ""),
            ("content/a/honors/2025.csv", ""),
            ("content/a/notices/x.md", ""),
            ("content/a/notices/x.jpg", ""),
            ("content/a/hononrs.yaml", ""),
            ("content/b/patrols.yaml", ""),
            ("content/honor/2026.yaml", ""),
            ("content/photos/y.png", ""),
            ("content/photos/list.docx", ""),
            ("content/photos/list.wma", ""),
            ("content/a/11月巡防.xlsx", ""),
            ("content/a/报名表.xlsx", ""),
        ]);
        let content = walk(&world, &SitePath::new("content")).value;
        let collections = BTreeMap::from([("honors", "好人榜"), ("patrols", "平安巡防")]);
        let sheets = |_: &SitePath| Checked::clean(Vec::new());
        let sorted = sort(&content, &collections, &|_| None, &sheets);
        let layout = sorted.value;
        let folders: Vec<_> = layout.places.iter().map(|it| it.folder.as_str()).collect();
        assert_eq!(folders, ["content", "content/a", "content/b"]);
        assert_eq!(layout.places[1].sets["honors"].len(), 2);
        assert_eq!(layout.places[1].notices.len(), 1);
        assert_eq!(layout.loose.images.len(), 2);
        let codes: Vec<_> = sorted.diagnostics.iter().map(|it| it.code.name()).collect();
        assert_eq!(
            codes,
            [
                "unknown-file",
                "unknown-collection",
                "missing-place",
                "unknown-collection",
                "unknown-file"
            ]
        );
        assert_eq!(declarations(&content).len(), 1);
    }
}
