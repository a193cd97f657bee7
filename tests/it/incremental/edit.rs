//! What may happen to a site between two builds.

mod harm;
mod tables;

use std::{
    fs::{self, File},
    path::Path,
    time::{Duration, SystemTime},
};

use proptest::{prelude::*, sample};

pub(crate) use self::tables::MOMENTS;
use self::{
    harm::{Harm, harm},
    tables::{ADDED, IMAGES, PAIRS, RECORDS},
};
use super::desk::Desk;
use crate::site::{self, Files};

/// Something that happens to a site. Each number counts what is there at that moment, round and
/// round, so that an edit means something in any site.
#[derive(Debug, Clone)]
pub(crate) enum Edit {
    /// Words become the others of their pair, at one of the spots where either stands.
    Words {
        pair: usize,
        spot: usize,
    },
    /// A record is written below those of a file of its collection.
    AddRecord {
        record: usize,
        file: usize,
    },
    /// A line that is a record goes.
    RemoveRecord {
        line: usize,
    },
    /// A line that is a record goes to another file of its collection.
    MoveRecord {
        line: usize,
        to: usize,
    },
    /// A line that says nothing is written at the top of a file.
    AddComment {
        file: usize,
    },
    /// A file that the portal did not have.
    AddFile(usize),
    RemoveFile(usize),
    /// A file goes to the same folder of another place.
    MoveFile {
        file: usize,
        to: usize,
    },
    /// An image becomes another, or comes to be.
    SetImage {
        path: usize,
        image: usize,
    },
    AddPlace {
        above: usize,
    },
    RemovePlace(usize),
    MovePlace {
        place: usize,
        to: usize,
        name: usize,
    },
    /// All files were written at another time, counted in hours from now.
    Touch {
        hours: i8,
    },
    /// Something befalls the cache.
    Cache(Harm),
    /// Something befalls what is published.
    Published(Harm),
}

const NEW_NAMES: [&str; 2] = ["dongfang", "xinxing"];

pub(crate) fn edit() -> impl Strategy<Value = Edit> {
    use Edit::{
        AddComment, AddFile, AddPlace, AddRecord, Cache, MoveFile, MovePlace, MoveRecord,
        Published, RemoveFile, RemovePlace, RemoveRecord, SetImage, Touch, Words,
    };
    let any = || 0..10_000_usize;
    let all = 0..PAIRS.len();
    let images = || (0..tables::IMAGE_PATHS.len(), 0..=IMAGES.len());
    prop_oneof![
        12 => (all, any()).prop_map(|(pair, spot)| Words { pair, spot }),
        3 => (0..RECORDS.len(), any()).prop_map(|(record, file)| AddRecord { record, file }),
        2 => any().prop_map(|line| RemoveRecord { line }),
        3 => (any(), any()).prop_map(|(line, to)| MoveRecord { line, to }),
        1 => any().prop_map(|file| AddComment { file }),
        4 => (0..ADDED.len()).prop_map(AddFile),
        2 => any().prop_map(RemoveFile),
        2 => (any(), any()).prop_map(|(file, to)| MoveFile { file, to }),
        3 => images().prop_map(|(path, image)| SetImage { path, image }),
        1 => any().prop_map(|above| AddPlace { above }),
        1 => any().prop_map(RemovePlace),
        2 => (any(), any(), any()).prop_map(|(place, to, name)| MovePlace { place, to, name }),
        1 => (-2..=2_i8).prop_map(|hours| Touch { hours }),
        5 => harm().prop_map(Cache),
        2 => harm().prop_map(Published),
    ]
}

/// Every kind of edit, with each word, record, file and image that there is for it, so that the
/// ones before leave something to do for the ones after.
pub(crate) fn each() -> impl Iterator<Item = Edit> {
    let images = (0..tables::IMAGE_PATHS.len()).map(|path| (path, path % IMAGES.len()));
    let words = |pair| Edit::Words { pair, spot: 0 };
    (0..ADDED.len())
        .map(Edit::AddFile)
        .chain((0..RECORDS.len()).map(|record| Edit::AddRecord { record, file: 0 }))
        .chain(images.map(|(path, image)| Edit::SetImage { path, image }))
        .chain((0..PAIRS.len()).map(words))
        .chain((6..9).map(|line| Edit::MoveRecord { line, to: 4 }))
        .chain((0..4).map(|line| Edit::RemoveRecord { line: line * 5 }))
        .chain([
            Edit::AddPlace { above: 3 },
            Edit::MovePlace { place: 3, to: 0, name: 1 },
            Edit::RemovePlace(5),
        ])
}

/// Many moments are the day of the tests; the others stand on both sides of what windows, terms
/// and figures ask.
pub(crate) fn moment() -> impl Strategy<Value = &'static str> {
    prop_oneof![3 => Just(site::TODAY), 2 => sample::select(&MOMENTS)]
}

impl Edit {
    /// Does it, if there is anything to do it to.
    pub(crate) fn apply(&self, desk: &Desk) {
        let files = desk.content();
        let write = |path: &str, bytes: &[u8]| {
            site::write(desk.path(), &Files::from([(path.to_owned(), bytes.to_vec())]));
        };
        match self {
            Self::Words { pair, spot } => words(desk, &files, PAIRS[*pair], *spot),
            Self::AddRecord { record, file } => {
                let (collection, line) = RECORDS[*record];
                let paths = files.keys().filter(|it| collection_of(it) == Some(collection));
                if let Some(path) = nth(paths.filter(|it| !it.ends_with(".csv")), *file) {
                    append(&desk.join(path), line);
                }
            }
            Self::RemoveRecord { line } => drop(take_record(desk, &files, *line)),
            Self::MoveRecord { line, to } => {
                let Some((from, line)) = take_record(desk, &files, *line) else { return };
                let is_like = |it: &&String| {
                    collection_of(it) == collection_of(&from)
                        && Path::new(it).extension() == Path::new(&from).extension()
                };
                let to = nth(files.keys().filter(is_like), *to).expect("at least where it was");
                append(&desk.join(to), &line);
            }
            Self::AddComment { file } => {
                let is_yaml = |it: &&String| it.ends_with(".yaml");
                if let Some(path) = nth(files.keys().filter(is_yaml), *file) {
                    write(path, &[b"# \n", &files[path][..]].concat());
                }
            }
            Self::AddFile(file) => write(ADDED[*file].0, ADDED[*file].1.as_bytes()),
            Self::RemoveFile(file) => {
                if let Some(path) = nth(files.keys(), *file) {
                    fs::remove_file(desk.join(path)).unwrap();
                }
            }
            Self::MoveFile { file, to } => {
                let places = places(&files);
                let is_moving = |it: &&String| it.starts_with("content/") && home(it).is_some();
                let Some(path) = nth(files.keys().filter(is_moving), *file) else { return };
                let Some(place) = nth(places.iter(), *to) else { return };
                let target = format!("{place}/{}", home(path).expect("it was asked"));
                if !desk.join(&target).exists() {
                    fs::remove_file(desk.join(path)).unwrap();
                    write(&target, &files[path]);
                }
            }
            Self::SetImage { path, image } => {
                let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/incremental/images");
                let known = site::files_in(Path::new(folder));
                let image = IMAGES.get(*image).map_or(&b"no image"[..], |it| &known[*it]);
                write(tables::IMAGE_PATHS[*path], image);
            }
            Self::AddPlace { above } => {
                if let Some(above) = nth(places(&files).iter(), *above) {
                    let place = format!("{above}/{}", NEW_NAMES[0]);
                    write(&format!("{place}/place.yaml"), b"name: \xe4\xb8\x9c\nlevel: grid\n");
                    write(&format!("{place}/honors.yaml"), tables::HONORS_OF_NEW_PLACES.as_bytes());
                }
            }
            Self::RemovePlace(place) => {
                if let Some(place) = nth(places(&files).iter().skip(1), *place) {
                    fs::remove_dir_all(desk.join(place)).unwrap();
                }
            }
            Self::MovePlace { place, to, name } => {
                let places = places(&files);
                let Some(place) = nth(places.iter().skip(1), *place) else { return };
                let Some(above) = nth(places.iter(), *to) else { return };
                let name = NEW_NAMES[name % NEW_NAMES.len()];
                let target = desk.join(&format!("{above}/{name}"));
                if !target.exists() && !format!("{above}/").starts_with(&format!("{place}/")) {
                    fs::rename(desk.join(place), target).unwrap();
                }
            }
            Self::Touch { hours } => {
                let away = Duration::from_secs(u64::from(hours.unsigned_abs()) * 3600);
                let now = SystemTime::now();
                let then = if *hours < 0 { now - away } else { now + away };
                for path in files.keys() {
                    let file = File::options().append(true).open(desk.join(path)).unwrap();
                    file.set_modified(then).unwrap();
                }
            }
            Self::Cache(harm) => harm.apply(&desk.join(".linli"), ""),
            // A folder of which Linli does not know that it made it would be refused.
            Self::Published(Harm::Replace) => {}
            Self::Published(harm) => harm.apply(&desk.join("public"), ".linli-manifest.json"),
        }
    }
}

/// One of the things that are there, if there are any.
fn nth<T>(mut all: impl Iterator<Item = T> + Clone, at: usize) -> Option<T> {
    let count = all.clone().count();
    all.nth(at.checked_rem(count)?)
}

fn append(path: &Path, line: &str) {
    let text = fs::read_to_string(path).unwrap();
    let end = if text.is_empty() || text.ends_with('\n') { "" } else { "\n" };
    fs::write(path, format!("{text}{end}{line}\n")).unwrap();
}

/// Exchanges the words of a pair at one spot of one file.
fn words(desk: &Desk, files: &Files, (a, b): (&str, &str), spot: usize) {
    // Where one holds the other, both begin at the same spot, or the longer one is meant.
    let (long, short) = if a.len() > b.len() { (a, b) } else { (b, a) };
    let mut spots = Vec::new();
    for (path, bytes) in files {
        let Ok(text) = str::from_utf8(bytes) else { continue };
        let longs: Vec<_> = text.match_indices(long).map(|it| it.0).collect();
        let is_apart = |at: &usize| longs.iter().all(|it| !(*it..it + long.len()).contains(at));
        let shorts = text.match_indices(short).map(|it| it.0).filter(is_apart);
        spots.extend(shorts.map(|at| (path, text, at, short, long)));
        spots.extend(longs.iter().map(|at| (path, text, *at, long, short)));
    }
    if let Some((path, text, at, from, to)) = nth(spots.iter(), spot) {
        let text = [&text[..*at], to, &text[at + from.len()..]].concat();
        fs::write(desk.join(path), text).unwrap();
    }
}

/// Takes a line that is a record out of its file.
fn take_record(desk: &Desk, files: &Files, at: usize) -> Option<(String, String)> {
    let mut found = Vec::new();
    for (path, bytes) in files.iter().filter(|(path, _)| collection_of(path).is_some()) {
        let Ok(text) = str::from_utf8(bytes) else { continue };
        let is_table = path.ends_with(".csv");
        let lines = text.lines().enumerate();
        let records = lines.filter(|(row, it)| it.starts_with("- {") || is_table && *row > 0);
        found.extend(records.map(|(row, line)| (path, text, row, line)));
    }
    let (path, text, row, line) = nth(found.iter(), at)?;
    let rest = text.lines().enumerate().filter(|it| it.0 != *row).map(|it| it.1.to_owned() + "\n");
    fs::write(desk.join(path), rest.collect::<String>()).unwrap();
    Some(((*path).clone(), (*line).to_owned()))
}

/// The collection whose records a file has.
fn collection_of(path: &str) -> Option<&str> {
    let path = path.strip_prefix("content/").filter(|it| !it.starts_with('_'))?;
    let path = path.strip_suffix(".yaml").or_else(|| path.strip_suffix(".csv"))?;
    path.split('/').find(|it| tables::COLLECTIONS.contains(it))
}

/// The folders of places, the highest first.
fn places(files: &Files) -> Vec<String> {
    let mut places: Vec<_> =
        files.keys().filter_map(|it| it.strip_suffix("/place.yaml")).map(str::to_owned).collect();
    places.sort();
    places
}

/// Where a file is in the folder of its place; nothing if all places have such a file.
fn home(path: &str) -> Option<&str> {
    let parts = ["/notices/", "/honors/"].iter().find_map(|it| path.rfind(it));
    let name = &path[parts.or_else(|| path.rfind('/'))? + 1..];
    (name != "place.yaml" && !path.contains("/_collections/")).then_some(name)
}
