//! A summary or a part as a file.
//!
//! The form is that of the cache in another order, since artifacts are written as they are made:
//!
//! | length | what |
//! | --- | --- |
//! | 12 | `linli shard` and a line feed |
//! | 16 | fingerprint of the program and the kind of machine, as in a cache |
//! | | blocks: the bytes of artifacts, then the parts of the state |
//! | | index (`postcard`) |
//! | 8 | length of the index, little-endian |
//! | 16 | fingerprint of the index |
//!
//! It holds what a cache holds, of a part of a portal, and is for the user alone as that is. What
//! is not as it was written is an error, not ignored: without it there is no site.

use std::{
    fs::{self, File},
    io::{self, BufWriter, Read as _, Seek as _, SeekFrom, Write as _},
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
};

use serde::{Deserialize, Serialize};

use crate::{
    build::{
        cache::program,
        shards::{error::ShardError, run::Run},
        state::Parts,
    },
    disclosure::SentNames,
    fingerprint::Fingerprint,
    output::{ManifestEntry, OutPath, private},
    schema::PlaceId,
    source::open::{open, open_with},
};

/// The first bytes of the file.
const MAGIC: &[u8; 12] = b"linli shard\n";

/// The length and the fingerprint of the index.
const FOOT: u64 = 8 + 16;

/// What a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Kind {
    /// What is known of some places.
    Summary,
    /// The artifacts of some places, and what is known of these.
    Part,
}

/// Of which part of what a file is.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Label {
    pub(super) kind: Kind,
    pub(super) run: Run,
    /// The fingerprint of the division.
    pub(super) cut: Fingerprint,
    /// How many parts there are.
    pub(super) count: u32,
    /// Which of them it is, from 1.
    pub(super) number: u32,
}

/// What stands in a file.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Index {
    pub(super) label: Label,
    /// Its places, each with the fingerprint of the names near it that its texts were compared
    /// with.
    pub(super) places: Vec<(PlaceId, Fingerprint)>,
    /// The names of persons who withdrew.
    pub(super) names: Vec<SentNames>,
    /// The artifacts, in no order.
    files: Vec<StoredFile>,
    /// The parts of the state, with their fingerprints.
    state: Vec<(Block, Fingerprint)>,
}

/// Where some bytes are.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(super) struct Block {
    start: u64,
    length: u64,
}

/// An artifact.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct StoredFile {
    pub(super) path: OutPath,
    pub(super) block: Block,
}

/// A file that is being written: to a draft beside it, which is given its name in the end.
pub(super) struct Writer {
    path: PathBuf,
    draft: PathBuf,
    open: Mutex<Written>,
}

/// How far it is written.
struct Written {
    file: BufWriter<File>,
    end: u64,
    files: Vec<StoredFile>,
}

impl Writer {
    /// Begins a file.
    pub(super) fn create(path: &Path) -> Result<Self, ShardError> {
        let mut draft = path.as_os_str().to_owned();
        draft.push(".new");
        let draft = PathBuf::from(draft);
        let mut options = private::options();
        let file = open_with(options.write(true).create(true).truncate(true), &draft);
        let file = file.map_err(ShardError::at(&draft))?;
        let open = Written { file: BufWriter::new(file), end: 0, files: Vec::new() };
        let this = Self { path: path.to_owned(), draft, open: Mutex::new(open) };
        let head = [&MAGIC[..], &program().to_bytes()].concat();
        this.put(&head, None).map_err(ShardError::at(&this.draft))?;
        Ok(this)
    }

    /// Writes an artifact. Any number of threads may do so at the same time.
    pub(super) fn add(&self, path: &OutPath, bytes: &[u8]) -> io::Result<ManifestEntry> {
        let entry = ManifestEntry::of(path, bytes);
        self.put(bytes, Some(path))?;
        Ok(entry)
    }

    /// Writes what is known of the places, and gives the file its name.
    pub(super) fn finish(
        self,
        label: Label,
        places: Vec<(PlaceId, Fingerprint)>,
        names: Vec<SentNames>,
        parts: &Parts,
    ) -> Result<(), ShardError> {
        let write = || {
            let block = |part: &Vec<u8>| Ok((self.put(part, None)?, Fingerprint::of_bytes(part)));
            let state: io::Result<Vec<_>> = parts.iter().map(block).collect();
            let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
            let files = std::mem::take(&mut open.files);
            let index = Index { label, places, names, files, state: state? };
            let index = postcard::to_allocvec(&index).map_err(io::Error::other)?;
            open.file.write_all(&index)?;
            open.file.write_all(&(index.len() as u64).to_le_bytes())?;
            open.file.write_all(&Fingerprint::of_bytes(&index).to_bytes())?;
            open.file.flush()?;
            fs::rename(&self.draft, &self.path)
        };
        write().map_err(ShardError::at(&self.path))
    }

    fn put(&self, bytes: &[u8], path: Option<&OutPath>) -> io::Result<Block> {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        open.file.write_all(bytes)?;
        let block = Block { start: open.end, length: bytes.len() as u64 };
        open.end += block.length;
        open.files.extend(path.map(|path| StoredFile { path: path.clone(), block }));
        Ok(block)
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        // There is none any more if the file was finished.
        let _ = fs::remove_file(&self.draft);
    }
}

/// A file whose index was read.
#[derive(Debug)]
pub(super) struct ShardFile {
    pub(super) path: PathBuf,
    pub(super) label: Label,
    pub(super) places: Vec<(PlaceId, Fingerprint)>,
    pub(super) names: Vec<SentNames>,
    pub(super) files: Vec<StoredFile>,
    state: Vec<(Block, Fingerprint)>,
    file: Mutex<File>,
}

impl ShardFile {
    /// Reads the index of a file.
    pub(super) fn open(path: &Path) -> Result<Self, ShardError> {
        let mut file = open(path).map_err(ShardError::at(path))?;
        let damaged = |_| ShardError::Damaged(path.to_owned());
        let mut head = [0; MAGIC.len() + 16];
        file.read_exact(&mut head).map_err(damaged)?;
        let (magic, by) = head.split_at(MAGIC.len());
        if magic != MAGIC {
            return Err(ShardError::Damaged(path.to_owned()));
        }
        if by != program().to_bytes() {
            return Err(ShardError::Program(path.to_owned()));
        }
        let index = index(&mut file).map_err(damaged)?;
        let Index { label, places, names, files, state } = index;
        let (path, file) = (path.to_owned(), Mutex::new(file));
        Ok(Self { path, label, places, names, files, state, file })
    }

    /// The bytes of a block.
    pub(super) fn read(&self, block: Block) -> io::Result<Vec<u8>> {
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        bytes(&mut file, block)
    }

    /// The parts of the state.
    pub(super) fn state(&self) -> Result<Parts, ShardError> {
        let part = |(block, fingerprint): &(Block, Fingerprint)| {
            let bytes = self.read(*block).map_err(ShardError::at(&self.path))?;
            let is_whole = Fingerprint::of_bytes(&bytes) == *fingerprint;
            is_whole.then_some(bytes).ok_or_else(|| ShardError::Damaged(self.path.clone()))
        };
        self.state.iter().map(part).collect()
    }
}

/// The index at the end of a file.
fn index(file: &mut File) -> io::Result<Index> {
    let broken = || io::Error::from(io::ErrorKind::InvalidData);
    let length = file.metadata()?.len();
    let start = length.checked_sub(FOOT).ok_or_else(broken)?;
    let foot = bytes(file, Block { start, length: FOOT })?;
    let (of_index, fingerprint) = foot.split_at(8);
    let of_index = u64::from_le_bytes(of_index.try_into().map_err(|_| broken())?);
    let start = start.checked_sub(of_index).ok_or_else(broken)?;
    let index = bytes(file, Block { start, length: of_index })?;
    if Fingerprint::of_bytes(&index).to_bytes() != fingerprint {
        return Err(broken());
    }
    postcard::from_bytes(&index).map_err(io::Error::other)
}

/// Some bytes of a file. A damaged length is noticed before memory is taken for it.
fn bytes(file: &mut File, block: Block) -> io::Result<Vec<u8>> {
    let end = block.start.checked_add(block.length);
    if end.is_none_or(|end| file.metadata().is_ok_and(|it| it.len() < end)) {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    file.seek(SeekFrom::Start(block.start))?;
    let mut bytes = vec![0; usize::try_from(block.length).map_err(io::Error::other)?];
    file.read_exact(&mut bytes)?;
    Ok(bytes)
}

/// The files of one kind in a folder, by the numbers of their parts. Other files of the program are
/// passed over; what begins with a dot is, too.
///
/// All of them have to be of the same division as the first.
pub(super) fn read_all(folder: &Path, kind: Kind) -> Result<Vec<ShardFile>, ShardError> {
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder).map_err(ShardError::at(folder))? {
        let entry = entry.map_err(ShardError::at(folder))?;
        let is_hidden = entry.file_name().to_string_lossy().starts_with('.');
        if !is_hidden && entry.path().extension().is_none_or(|it| it != "new") {
            paths.push(entry.path());
        }
    }
    paths.sort();
    let mut files = Vec::new();
    for path in paths {
        let file = ShardFile::open(&path)?;
        if file.label.kind == kind {
            files.push(file);
        }
    }
    files.sort_by_key(|file| file.label.number);
    if let Some(pair) = files.windows(2).find(|it| it[0].label.number == it[1].label.number) {
        return Err(ShardError::Twice(pair[0].path.clone(), pair[1].path.clone()));
    }
    Ok(files)
}

impl ShardFile {
    /// It is a part of this very build, and of this division.
    pub(super) fn check(&self, run: Run, cut: (Fingerprint, u32)) -> Result<(), ShardError> {
        let path = || self.path.clone();
        let Label { run: of, cut: of_cut, count, .. } = &self.label;
        if of.moment != run.moment {
            return Err(ShardError::Moment(path()));
        }
        if of.settings != run.settings {
            return Err(ShardError::Settings(path()));
        }
        if of.content != run.content {
            return Err(ShardError::Content(path()));
        }
        if (*of_cut, *count) != cut {
            return Err(ShardError::Cut(path()));
        }
        Ok(())
    }
}
