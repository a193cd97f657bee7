//! A build state as a file, from one run of the program to the next.
//!
//! The file is trusted only if this very program wrote it and every byte is as it was written.
//! Anything else is as good as no file: whatever happens to a cache, the site is the same.

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
};

/// The folder of all that the program keeps in a site's folder.
pub const FOLDER: &str = ".linli";

const MAGIC: &[u8; 12] = b"linli cache\n";

/// The version of the file's form. Programs of one version may write different states; the
/// fingerprint of the program tells these apart.
pub const VERSION: u32 = 2;

/// The name of the cache of `linli build`.
pub const BUILD: &str = "build";

/// The magic, the program, the number of builds, the length and the fingerprint of the index.
const HEAD: usize = MAGIC.len() + 16 + 8 + 4 + 16;

/// The result of a whole build, for one after which nothing is to be done.
#[derive(Debug, Serialize, Deserialize)]
pub struct Finished {
    /// The fingerprint of all that it was made from.
    pub from: Fingerprint,
    /// How long the moment makes no difference.
    pub valid: Validity,
    /// How many pages there are.
    pub pages: usize,
    /// How many files there are.
    pub files: usize,
    /// What was kept back.
    pub withheld: Vec<Withheld>,
    /// Its diagnostics.
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
    /// There is no such file.
    Nothing,
    /// Another version of the program wrote it.
    Foreign,
    /// It is cut short, or not what was written.
    Damaged,
}

/// A cache whose index was read.
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
#[derive(Debug)]
pub struct Cache {
    path: PathBuf,
}

impl Cache {
    /// The cache of that name in a site's folder.
    pub fn new(site: &Path, name: &str) -> Self {
        Self { path: site.join(FOLDER).join(format!("{name}.cache")) }
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Reads the index.
    pub fn load(&self) -> Loaded {
        let mut file = match fs::File::open(&self.path) {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Loaded::Nothing,
            Err(_) => return Loaded::Damaged,
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
        let index = index.filter(|it| Fingerprint::of_bytes(it).to_bytes() == fingerprint);
        let index = index.and_then(|it| postcard::from_bytes::<Index>(&it).ok());
        let Some(Index { manifest, finished, parts }) = index else { return Loaded::Damaged };
        let builds = u64::from_le_bytes(builds.try_into().expect("these are eight bytes"));
        Loaded::Known(OpenedCache { finished, manifest, builds, parts, file })
    }

    /// Writes it, all of it or nothing. Of a state in which nothing is new only the number of
    /// builds is written.
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
        let folder = self.path.parent().expect("a cache is in a folder");
        fs::create_dir_all(folder)?;
        let ignore = folder.join(".gitignore");
        if !ignore.exists() {
            fs::write(ignore, "*\n")?;
        }
        let draft = self.path.with_extension(format!("{}.tmp", std::process::id()));
        let write = || -> io::Result<()> {
            let mut file = fs::File::create(&draft)?;
            let mut head = MAGIC.to_vec();
            head.extend(program().to_bytes());
            head.extend(state.builds.to_le_bytes());
            head.extend(u32::try_from(index.len()).map_err(io::Error::other)?.to_le_bytes());
            head.extend(Fingerprint::of_bytes(&index).to_bytes());
            file.write_all(&head)?;
            file.write_all(&index)?;
            parts.iter().try_for_each(|it| file.write_all(it))?;
            fs::rename(&draft, &self.path)
        };
        write().inspect_err(|_| {
            // The first failure is the one to report.
            let _ = fs::remove_file(&draft);
        })?;
        state.settle();
        Ok(())
    }

    /// Writes how many builds there were. It is no part of what is checked.
    pub fn count(&self, builds: u64) -> io::Result<()> {
        let mut file = fs::OpenOptions::new().write(true).open(&self.path)?;
        file.seek(SeekFrom::Start(MAGIC.len() as u64 + 16))?;
        file.write_all(&builds.to_le_bytes())
    }
}

impl OpenedCache {
    /// How many builds there were.
    pub fn builds(&self) -> u64 {
        self.builds
    }

    /// Reads all of it; nothing if it is damaged.
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
        let mut state = BuildState::read(parts)?;
        state.builds = self.builds;
        state.manifest = self.manifest;
        Some(state)
    }
}

/// As many bytes of a file as are there, if they are that many. Memory is taken for those that are.
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
fn program() -> Fingerprint {
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
        let names = fs::read_dir(folder.path().join(FOLDER)).unwrap();
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
