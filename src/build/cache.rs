//! A build state as a file, from one run of the program to the next.
//!
//! The file is trusted only if this very program wrote it and every byte is as it was written.
//! Anything else is as good as no file: whatever happens to a cache, the site is the same.
//!
//! The bytes of `.linli/build.cache`, numbers of the head little-endian:
//!
//! | length | what |
//! | --- | --- |
//! | 12 | `linli cache` and a line feed |
//! | 16 | fingerprint of the program and the kind of machine |
//! | 8 | number of builds |
//! | 4 | length of the index |
//! | 16 | fingerprint of the index |
//! | | index: manifest, the finished build, length and fingerprint of each part (`postcard`) |
//! | | the parts of the state, one after the other (`state.rs`) |
//!
//! The index comes first so that a build in which nothing changed reads nothing else. The number of
//! builds is outside of what fingerprints cover: such a build writes these eight bytes and no
//! others.
//!
//! What a build does with the cache is in `cached.rs`; `linli explain` reads it, too.

use std::{
    fs,
    io::{self, Read as _, Seek as _, SeekFrom, Write as _},
    path::{Path, PathBuf},
};

use serde::{Deserialize, Serialize};

use crate::{
    build::{BuildState, state::Parts},
    clock::Validity,
    diagnostic::Diagnostic,
    disclosure::Withheld,
    fingerprint::Fingerprint,
    output::private,
    source::open::{open, open_with},
};

/// The first bytes of the file, by which it is told from any other.
const MAGIC: &[u8; 12] = b"linli cache\n";

/// The version of the file's form. Programs of one version may write different states; the
/// fingerprint of the program tells these apart.
pub const VERSION: u32 = 2;

/// The name of the cache of `linli build`.
pub const BUILD: &str = "build";

/// The magic, the program, the number of builds, the length and the fingerprint of the index.
const HEAD: usize = MAGIC.len() + 16 + 8 + 4 + 16;

/// The result of a whole build, for one after which nothing is to be done.
///
/// A build that published nothing leaves none.
#[derive(Debug, Serialize, Deserialize)]
pub struct Finished {
    /// The fingerprint of all that it was made from. That is: the stamps of all files, and the
    /// settings without the moment.
    pub from: Fingerprint,
    /// How long the moment makes no difference.
    pub valid: Validity,
    /// How many pages there are.
    pub pages: usize,
    /// How many files there are.
    pub files: usize,
    /// What was kept back.
    pub withheld: Vec<Withheld>,
    /// Its diagnostics, to be reported again. There is no error among them.
    pub diagnostics: Vec<Diagnostic>,
}

/// What else is in the file.
#[derive(Debug, Serialize, Deserialize)]
struct Index {
    /// The fingerprint of the manifest of what was published.
    manifest: Fingerprint,
    finished: Option<Finished>,
    /// The length and the fingerprint of each part of the state.
    parts: Vec<(usize, Fingerprint)>,
}

/// What stands in the file of a cache.
#[derive(Debug)]
pub enum Loaded {
    /// What earlier builds found out.
    Known(OpenedCache),
    /// There is no such file. Not a fault: it is the first build, or somebody deleted it.
    Nothing,
    /// Another version of the program wrote it. Or one for another kind of machine.
    Foreign,
    /// It is cut short, or not what was written.
    Damaged,
    /// It could not be opened, or is no file.
    Unreadable(io::Error),
}

/// A cache whose index was read.
///
/// The file is open and stands at the parts of the state; they are read by [`Self::state`] only.
#[derive(Debug)]
pub struct OpenedCache {
    /// What the last build came to, if it published a site.
    pub finished: Option<Finished>,
    /// The fingerprint of the manifest of what was published.
    pub manifest: Fingerprint,
    builds: u64,
    parts: Vec<(usize, Fingerprint)>,
    file: fs::File,
}

/// The file of a cache.
///
/// It need not be there.
#[derive(Debug)]
pub struct Cache {
    path: PathBuf,
}

impl Cache {
    /// The cache of that name in a site's folder.
    pub fn new(site: &Path, name: &str) -> Self {
        Self { path: site.join(private::FOLDER).join(format!("{name}.cache")) }
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Reads the head and the index. It takes no lock: two builds at once replace the file, each as
    /// a whole, and the output folder has a lock of its own.
    pub fn load(&self) -> Loaded {
        let mut file = match open(&self.path) {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Loaded::Nothing,
            Err(error) => return Loaded::Unreadable(error),
        };
        let mut head = [0; HEAD];
        if file.read_exact(&mut head).is_err() || !head.starts_with(MAGIC) {
            return Loaded::Damaged;
        }
        let (program, rest) = head[MAGIC.len()..].split_at(16);
        if program != self::program().to_bytes() {
            return Loaded::Foreign;
        }
        let (builds, rest) = rest.split_at(8);
        let (length, fingerprint) = rest.split_at(4);
        let length = u32::from_le_bytes(length.try_into().expect("these are four bytes"));
        let index = read(&mut file, length as usize);
        let index = index.filter(|bytes| Fingerprint::of_bytes(bytes).to_bytes() == fingerprint);
        let index = index.and_then(|bytes| postcard::from_bytes::<Index>(&bytes).ok());
        let Some(Index { manifest, finished, parts }) = index else { return Loaded::Damaged };
        let builds = u64::from_le_bytes(builds.try_into().expect("these are eight bytes"));
        Loaded::Known(OpenedCache { finished, manifest, builds, parts, file })
    }

    /// Writes it, [all of it or nothing](private::replace). Of a state in which nothing is new only
    /// the number of builds is written. Nothing is written while another build writes it.
    ///
    /// The folder `.linli` is made if it is missing. `state` counts as written afterwards.
    ///
    /// # Errors
    ///
    /// Returns the first error of the file system. The old file is as it was.
    pub(crate) fn save(
        &self,
        state: &mut BuildState,
        finished: Option<Finished>,
    ) -> io::Result<()> {
        if !state.is_new() && self.count(state.builds).is_ok() {
            return Ok(());
        }
        let parts: Parts = state.write().map_err(io::Error::other)?;
        let length_and_fingerprint = |it: &Vec<u8>| (it.len(), Fingerprint::of_bytes(it));
        let (manifest, listed_parts) =
            (state.manifest, parts.iter().map(length_and_fingerprint).collect());
        let index = Index { manifest, finished, parts: listed_parts };
        let index = postcard::to_allocvec(&index).map_err(io::Error::other)?;
        let mut head = MAGIC.to_vec();
        head.extend(program().to_bytes());
        head.extend(state.builds.to_le_bytes());
        head.extend(u32::try_from(index.len()).map_err(io::Error::other)?.to_le_bytes());
        head.extend(Fingerprint::of_bytes(&index).to_bytes());
        let folder = self.path.parent().expect("a cache is in a folder");
        private::make(folder.parent().expect("that folder is in one of a site"))?;
        let parts = parts.iter().map(Vec::as_slice);
        if private::replace(&self.path, [&*head, &*index].into_iter().chain(parts))? {
            state.settle();
        }
        Ok(())
    }

    /// Writes how many builds there were. It is no part of what is checked.
    ///
    /// The file must have been written by this program. Nothing else in it is touched.
    pub fn count(&self, builds: u64) -> io::Result<()> {
        let mut file = open_with(fs::OpenOptions::new().write(true), &self.path)?;
        file.seek(SeekFrom::Start(MAGIC.len() as u64 + 16))?;
        file.write_all(&builds.to_le_bytes())
    }
}

impl OpenedCache {
    /// How many builds there were.
    pub fn builds(&self) -> u64 {
        self.builds
    }

    /// Reads all of the state. `None` if a byte of it is not as it was written, or the file is too
    /// short.
    ///
    /// The index was checked by [`Cache::load`]. Values of places stay bytes until they are asked
    /// for.
    pub fn state(mut self) -> Option<BuildState> {
        let mut parts = Vec::new();
        for (length, _) in &self.parts {
            parts.push(read(&mut self.file, *length)?);
        }
        let is_whole = |(bytes, (_, fingerprint)): (&Vec<u8>, &(usize, Fingerprint))| {
            Fingerprint::of_bytes(bytes) == *fingerprint
        };
        if !parts.iter().zip(&self.parts).all(is_whole) {
            return None;
        }
        // The result of a build may be known alone.
        let empty = parts.is_empty();
        let mut state = if empty { BuildState::default() } else { BuildState::read(parts)? };
        state.builds = self.builds;
        state.manifest = self.manifest;
        Some(state)
    }
}

/// The next `length` bytes of a file; `None` if fewer are left. A damaged length is noticed before
/// memory is taken for it.
fn read(file: &mut fs::File, length: usize) -> Option<Vec<u8>> {
    let left = file.metadata().ok()?.len().saturating_sub(file.stream_position().ok()?);
    if left < length as u64 {
        return None;
    }
    let mut bytes = vec![0; length];
    file.read_exact(&mut bytes).ok()?;
    Some(bytes)
}

/// The fingerprint of the program and of the kind of machine it was made for.
///
/// `LINLI_SOURCES` is the fingerprint of the program's sources, from `build.rs`: also a program of
/// the same version that was changed by hand ignores the cache. Byte order and size of `usize`
/// count since fingerprints depend on them.
pub(super) fn program() -> Fingerprint {
    let machine = (cfg!(target_endian = "big"), size_of::<usize>());
    Fingerprint::of(&(VERSION, env!("CARGO_PKG_VERSION"), env!("LINLI_SOURCES"), machine))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        build::{self, Options, Settings},
        clock::Clock,
        source::{MemoryWorld, Tree},
    };

    /// A cache that was written, and what it was written to.
    fn written() -> (tempfile::TempDir, Cache) {
        let world = MemoryWorld::new([
            ("content/place.yaml", "name: 甲街道\nlevel: street\n"),
            (
                "content/honors.yaml",
                "- {award: 好邻居, name: 王秀兰, date: 2026-03-05, citation: 送饭}\n",
            ),
            ("content/notices/2026-03-02-water.md", "---\ntitle: 停水\ndate: 2026-03-02\n---\n"),
        ]);
        let mut settings = Settings::read(&world, &Options::default());
        settings.clock = Clock::parse("2026-03-05", &settings.config.time_zone).unwrap();
        let (mut state, target) = (BuildState::default(), build::MemoryTarget::default());
        let tree = Tree::take(&world);
        let report = build::build_with(&world, &settings, tree, &mut state, &&target, &()).unwrap();
        assert!(report.published.is_some(), "{:?}", report.diagnostics);
        let folder = tempfile::tempdir().unwrap();
        let cache = Cache::new(folder.path(), "test");
        cache.save(&mut state, None).unwrap();
        (folder, cache)
    }

    fn is_known(cache: &Cache) -> bool {
        match cache.load() {
            Loaded::Known(known) => known.state().is_some(),
            _ => false,
        }
    }

    #[test]
    fn what_was_written_is_read() {
        let (folder, cache) = written();
        let Loaded::Known(known) = cache.load() else { panic!("it was written") };
        assert_eq!(known.builds(), 1);
        assert!(known.state().unwrap().table.bundle(None).is_some());
        cache.count(7).unwrap();
        assert!(matches!(cache.load(), Loaded::Known(known) if known.builds() == 7));
        let names = fs::read_dir(folder.path().join(private::FOLDER)).unwrap();
        assert_eq!(names.count(), 2, "the cache, and that git ignores it");
    }

    #[test]
    fn a_cache_cut_short_is_damaged() {
        let (_folder, cache) = written();
        let bytes = fs::read(cache.path()).unwrap();
        for length in (0..bytes.len()).step_by(7) {
            fs::write(cache.path(), &bytes[..length]).unwrap();
            assert!(!is_known(&cache), "{length} of {}", bytes.len());
        }
    }

    #[test]
    fn a_cache_with_a_byte_changed_is_not_used() {
        let (_folder, cache) = written();
        let bytes = fs::read(cache.path()).unwrap();
        let builds = MAGIC.len() + 16..MAGIC.len() + 24;
        for at in (0..HEAD).chain((HEAD..bytes.len()).step_by(7)) {
            let mut changed = bytes.clone();
            changed[at] ^= 0x10;
            fs::write(cache.path(), changed).unwrap();
            assert_eq!(is_known(&cache), builds.contains(&at), "{at} of {}", bytes.len());
        }
    }

    #[test]
    fn caches_of_other_programs_are_told_apart() {
        let (_folder, cache) = written();
        let mut bytes = fs::read(cache.path()).unwrap();
        bytes[MAGIC.len()] ^= 1;
        fs::write(cache.path(), bytes).unwrap();
        assert!(matches!(cache.load(), Loaded::Foreign));
        fs::remove_file(cache.path()).unwrap();
        assert!(matches!(cache.load(), Loaded::Nothing));
    }
}
