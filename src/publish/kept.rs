//! Earlier builds, and what of them may come back.
//!
//! They lie in `.linli/publish/NAME/` of the site, where nobody but who publishes may read, and not
//! at the target: `builds/` has a list for each, and `objects/` the bytes, each once.
//!
//! What was published may not be any more. So of an earlier build no file comes back that may say
//! something which the site no longer says; the site of today stands in for it:
//!
//! | a file of the earlier build | comes back |
//! | --- | --- |
//! | that the site has no longer, but for those of the theme | never |
//! | of a place that lost a page, or a line of a table, since then; of the places above it; of no place | never: it may list what is lost |
//! | that links to what the site has no longer | never |
//! | with the name of somebody who withdrew | never |
//! | any other | yes |
//!
//! So a theme, a setting or the text of a notice can be taken back, and what is withdrawn, over or
//! deleted cannot: for that the content has to be as it was. Each publication removes what may not
//! come back from all that is kept.

use std::{
    collections::{BTreeMap, BTreeSet, HashSet},
    fs, io,
    path::{Path, PathBuf},
};

use rayon::prelude::*;
use rustc_hash::FxHashSet;
use serde::{Deserialize, Serialize};

use crate::{
    output::{Hash, Manifest, ManifestEntry, OutPath, discard, private},
    publish::PublishError,
    source::open::read_file,
};

/// The folder of the theme's files.
const ASSETS: &str = "assets/";

/// The folder of the search, whose files belong together: they are always those of today.
const SEARCH: &str = "search/";

/// The builds that are kept of a target.
#[derive(Debug)]
pub struct Kept {
    folder: PathBuf,
}

/// A build that is kept: what may come back of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptBuild {
    version: u32,
    /// When it was published, as people read it.
    pub at: String,
    /// The hash of all that was published: two builds with one are the same.
    whole: String,
    /// The files that may come back.
    files: Vec<ManifestEntry>,
}

/// The site as it is now.
#[derive(Clone, Copy)]
pub struct Today<'a> {
    /// The output folder.
    pub out: &'a Path,
    /// What it holds.
    pub manifest: &'a Manifest,
    /// The paths of all places; that of the root is empty.
    pub places: &'a [String],
    /// Whether a text has the name of somebody who withdrew.
    pub has_withdrawn: &'a (dyn Fn(&str) -> bool + Sync),
    /// How addresses of files begin, and how a path is written in one.
    pub address: &'a (dyn Fn(&str) -> String + Sync),
}

/// A site that was put together of an earlier build and of today's.
#[derive(Debug)]
pub struct Restored {
    /// The folder with all of its files.
    pub folder: PathBuf,
    /// What it holds.
    pub manifest: Manifest,
    /// When the earlier build was published.
    pub at: String,
    /// How many files are those of the earlier build, and not of today's.
    pub back: usize,
}

impl Kept {
    /// The builds of a target, in the private folder of a site. Nothing is read yet.
    ///
    /// # Errors
    ///
    /// Returns an error if the folder cannot be made.
    pub fn open(site: &Path, name: &str) -> Result<Self, PublishError> {
        let all = private::make(site).map_err(PublishError::io("write", site))?.join("publish");
        let folder = all.join(name);
        for folder in [&all, &folder, &folder.join("builds"), &folder.join("objects")] {
            private::make_folder(folder).map_err(PublishError::io("write", folder))?;
        }
        Ok(Self { folder })
    }

    /// The folder of the target.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The files of builds, the newest first.
    fn lists(&self) -> Vec<PathBuf> {
        let entries = fs::read_dir(self.folder.join("builds")).into_iter().flatten().flatten();
        let is_list = |it: &PathBuf| it.extension().is_some_and(|it| it == "json");
        let mut lists: Vec<_> = entries.map(|it| it.path()).filter(is_list).collect();
        lists.sort_unstable_by(|a, b| b.cmp(a));
        lists
    }

    /// Nothing is kept.
    pub fn is_empty(&self) -> bool {
        self.lists().is_empty()
    }

    /// The newest is the build with this manifest: nothing is to be kept, nor removed.
    pub fn is_newest(&self, manifest: &Manifest) -> bool {
        self.newest().is_some_and(|it| it.whole == whole_of(manifest))
    }

    /// The newest build; nothing if none is kept, or it cannot be read.
    pub fn newest(&self) -> Option<KeptBuild> {
        self.lists().first().and_then(|it| read(it))
    }

    /// The builds, the newest first. One that cannot be read is none.
    pub fn builds(&self) -> Vec<KeptBuild> {
        self.lists().iter().filter_map(|it| read(it)).collect()
    }

    /// Keeps a build, and forgets the oldest beyond so many.
    ///
    /// # Errors
    ///
    /// Returns an error if it could not be written. The site is published all the same.
    pub fn add(&self, today: Today<'_>, at: &str, keep: usize) -> Result<(), PublishError> {
        let files = today.manifest.files().to_vec();
        let whole = whole_of(today.manifest);
        let lists = self.lists();
        let newest = lists.first();
        let is_same = newest.and_then(|it| read(it)).is_some_and(|it| it.whole == whole);
        if keep > 0 && !is_same {
            files.par_iter().try_for_each(|entry| self.store(today.out, entry))?;
            let number = |path: &PathBuf| path.file_stem()?.to_str()?.parse::<u64>().ok();
            let number = newest.and_then(number).unwrap_or(0) + 1;
            let build = KeptBuild { version: 1, at: at.to_owned(), whole, files };
            write(&self.folder.join("builds").join(format!("{number:08}.json")), &build)?;
        }
        for list in self.lists().iter().skip(keep) {
            fs::remove_file(list).map_err(PublishError::io("remove", list))?;
        }
        self.sweep()
    }

    fn object(&self, hash: &Hash) -> PathBuf {
        let name = hash.to_string();
        self.folder.join("objects").join(&name[..2]).join(&name[2..])
    }

    /// The bytes of this hash, if a build that is kept has them.
    pub fn bytes_of(&self, hash: &Hash) -> Option<Vec<u8>> {
        read_file(&self.object(hash)).ok().filter(|it| Hash::of(it) == *hash)
    }

    /// Stores the bytes of a file, if they are not there.
    fn store(&self, out: &Path, entry: &ManifestEntry) -> Result<(), PublishError> {
        let object = self.object(&entry.blake3);
        if object.exists() {
            return Ok(());
        }
        let bytes = read_file(&out.join(entry.path.as_str()))
            .map_err(PublishError::io("read", out.join(entry.path.as_str())))?;
        if Hash::of(&bytes) != entry.blake3 {
            return Err(PublishError::Torn { path: entry.path.clone() });
        }
        let stored = object.parent().map_or(Ok(()), fs::create_dir_all);
        stored
            .and_then(|()| private::replace(&object, [bytes.as_slice()]).map(|_| ()))
            .map_err(PublishError::io("write", object))
    }

    /// Removes the bytes that no build has.
    fn sweep(&self) -> Result<(), PublishError> {
        let builds = self.builds();
        let used: HashSet<String> =
            builds.iter().flat_map(|it| &it.files).map(|it| it.blake3.to_string()).collect();
        let objects = self.folder.join("objects");
        let folders = fs::read_dir(&objects).map_err(PublishError::io("read", &objects))?;
        for folder in folders.flatten() {
            let start = folder.file_name().to_string_lossy().into_owned();
            for object in fs::read_dir(folder.path()).into_iter().flatten().flatten() {
                let name = format!("{start}{}", object.file_name().to_string_lossy());
                if !used.contains(&name) {
                    let path = object.path();
                    fs::remove_file(&path).map_err(PublishError::io("remove", path))?;
                }
            }
        }
        Ok(())
    }

    /// Removes from all builds what may not come back.
    ///
    /// # Errors
    ///
    /// Returns an error if a build could not be written again.
    pub fn purge(&self, today: Today<'_>) -> Result<(), PublishError> {
        let mut is_other = false;
        for list in self.lists() {
            let Some(build) = read(&list) else {
                // What cannot be read cannot be purged.
                fs::remove_file(&list).map_err(PublishError::io("remove", list))?;
                is_other = true;
                continue;
            };
            let files = self.returning(&build, today);
            if files.len() < build.files.len() {
                write(&list, &KeptBuild { files, ..build })?;
                is_other = true;
            }
        }
        if is_other { self.sweep() } else { Ok(()) }
    }

    /// The files of a build that may come back.
    fn returning(&self, build: &KeptBuild, today: Today<'_>) -> Vec<ManifestEntry> {
        let new = today.manifest;
        let now =
            |entry: &ManifestEntry| new.position(entry.path.as_str()).map(|at| &new.files()[at]);
        let is_theme = |entry: &ManifestEntry| entry.path.as_str().starts_with(ASSETS);
        let is_search = |entry: &ManifestEntry| entry.path.as_str().starts_with(SEARCH);
        let gone =
            build.files.iter().filter(|it| now(it).is_none() && !is_theme(it) && !is_search(it));
        let gone: Vec<&str> = gone.map(|it| it.path.as_str()).collect();
        let thinner = build.files.iter().filter(|it| it.path.as_str().ends_with(".csv"));
        let thinner = thinner.filter(|entry| {
            now(entry)
                .is_some_and(|it| it.blake3 != entry.blake3 && self.has_lost_lines(entry, today))
        });
        let lossy = gone.iter().copied().chain(thinner.map(|it| it.path.as_str()));
        let places = Places::new(today.places);
        let closed: FxHashSet<&str> = lossy.flat_map(|it| places.up_from(it)).collect();
        let links: Vec<String> = gone
            .iter()
            .map(|it| {
                let page = it.strip_suffix("index.html").unwrap_or(it);
                (today.address)(page)
            })
            .collect();
        let links = aho_corasick::AhoCorasick::new(&links).ok();
        let returns = |entry: &&ManifestEntry| {
            let Some(new) = now(entry) else { return is_theme(entry) };
            if new.blake3 == entry.blake3 || is_theme(entry) {
                return true;
            }
            if is_search(entry) || closed.contains(places.owner(entry.path.as_str())) {
                return false;
            }
            let Ok(bytes) = read_file(&self.object(&entry.blake3)) else { return false };
            let has_link = links.as_ref().is_none_or(|it| it.is_match(&bytes));
            !has_link && !str::from_utf8(&bytes).is_ok_and(|text| (today.has_withdrawn)(text))
        };
        build.files.par_iter().filter(returns).cloned().collect()
    }

    /// A table of the build has a line that today's has not.
    fn has_lost_lines(&self, entry: &ManifestEntry, today: Today<'_>) -> bool {
        let old = read_file(&self.object(&entry.blake3)).unwrap_or_default();
        let new = read_file(&today.out.join(entry.path.as_str())).unwrap_or_default();
        let lines: HashSet<&[u8]> = new.split(|it| *it == b'\n').collect();
        old.is_empty() || old.split(|it| *it == b'\n').any(|line| !lines.contains(line))
    }

    /// Puts together the site of the build that was published so many builds ago, as far as it may
    /// come back, and of today's for the rest. The folder is for the caller to [remove](Self::clear).
    ///
    /// # Errors
    ///
    /// Returns an error if there is no such build, or if the folder cannot be written.
    pub fn restore(&self, ago: usize, today: Today<'_>) -> Result<Restored, PublishError> {
        self.purge(today)?;
        let mut builds = self.builds();
        if ago >= builds.len() {
            return Err(PublishError::NoBuild { kept: builds.len() });
        }
        let build = builds.swap_remove(ago);
        let folder = self.folder.join("back");
        discard(&folder)?;
        let mut files: BTreeMap<&OutPath, (&ManifestEntry, bool)> =
            today.manifest.files().iter().map(|it| (&it.path, (it, false))).collect();
        let mut back = 0;
        for entry in &build.files {
            let known = files.get(&entry.path);
            if known.is_none_or(|(it, _)| it.blake3 != entry.blake3) {
                files.insert(&entry.path, (entry, true));
                back += 1;
            }
        }
        let folders: BTreeSet<PathBuf> = files
            .keys()
            .filter_map(|it| Some(folder.join(it.as_str()).parent()?.to_owned()))
            .collect();
        fs::create_dir_all(&folder).map_err(PublishError::io("write", &folder))?;
        for inside in folders {
            fs::create_dir_all(&inside).map_err(PublishError::io("write", inside))?;
        }
        files.par_iter().try_for_each(|(path, (entry, is_back))| {
            {
                let from = if *is_back {
                    self.object(&entry.blake3)
                } else {
                    today.out.join(path.as_str())
                };
                let to = folder.join(path.as_str());
                fs::copy(&from, to).map_err(PublishError::io("read", from))
            }
            .map(|_| ())
        })?;
        let manifest = Manifest::new(files.into_values().map(|(it, _)| it.clone()).collect());
        Ok(Restored { folder, manifest, at: build.at, back })
    }

    /// Removes what [`restore`](Self::restore) put together.
    ///
    /// # Errors
    ///
    /// Returns an error if it could not be removed.
    pub fn clear(&self) -> Result<(), PublishError> {
        Ok(discard(&self.folder.join("back"))?)
    }
}

/// Which place a file belongs to.
struct Places<'a> {
    paths: FxHashSet<&'a str>,
}

impl<'a> Places<'a> {
    fn new(paths: &'a [String]) -> Self {
        Self { paths: paths.iter().map(|it| it.trim_matches('/')).collect() }
    }

    /// The deepest place above a file; the root, if there is no other.
    fn owner<'p>(&self, file: &'p str) -> &'p str {
        crate::output::folders_above(file).find(|it| self.paths.contains(it)).unwrap_or("")
    }

    /// The place that a file belongs to, and all above it.
    fn up_from<'p>(&self, file: &'p str) -> Vec<&'p str> {
        let above = crate::output::folders_above(file).filter(|it| self.paths.contains(it));
        above.chain([""]).collect()
    }
}

/// The hash of all that a build has.
fn whole_of(manifest: &Manifest) -> String {
    Hash::of(&manifest.to_bytes()).to_string()
}

fn read(list: &Path) -> Option<KeptBuild> {
    let build: KeptBuild = serde_json::from_slice(&read_file(list).ok()?).ok()?;
    (build.version == 1).then_some(build)
}

fn write(list: &Path, build: &KeptBuild) -> Result<(), PublishError> {
    let bytes = serde_json::to_vec(build).map_err(io::Error::from);
    let written = bytes.and_then(|bytes| private::replace(list, [bytes.as_slice()]));
    written.map(|_| ()).map_err(PublishError::io("write", list))
}
