//! A memo as a file, from one run of the program to the next.
//!
//! The file is trusted only if this very program wrote it and every byte is as it was written.
//! Anything else is as good as no file: whatever happens to a cache, the site is the same.

use std::{
    fs, io,
    io::Write as _,
    path::{Path, PathBuf},
};

use crate::{Memo, fingerprint::Fingerprint};

/// The folder of all that the program keeps in a site's folder.
pub const FOLDER: &str = ".linli";

const MAGIC: &[u8; 12] = b"linli cache\n";

/// The magic, the program, the checksum and the number of builds.
const HEAD: usize = MAGIC.len() + 16 + 16 + 8;

/// What stands in the file of a cache.
#[derive(Debug)]
pub enum Loaded {
    /// What an earlier build found out.
    Known(Box<Memo>),
    /// There is no such file.
    Nothing,
    /// Another version of the program wrote it.
    Foreign,
    /// It is cut short, or not what was written.
    Damaged,
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

    /// Reads it.
    pub fn load(&self) -> Loaded {
        let bytes = match fs::read(&self.path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Loaded::Nothing,
            Err(_) => return Loaded::Damaged,
        };
        let Some((head, body)) = bytes.split_at_checked(HEAD) else { return Loaded::Damaged };
        let (magic, rest) = head.split_at(MAGIC.len());
        let (program, rest) = rest.split_at(16);
        let (checksum, builds) = rest.split_at(16);
        if magic != MAGIC {
            return Loaded::Damaged;
        }
        if program != self::program().to_bytes() {
            return Loaded::Foreign;
        }
        if checksum != Fingerprint::of_bytes(body).to_bytes() {
            return Loaded::Damaged;
        }
        let Ok(mut memo) = postcard::from_bytes::<Memo>(body) else { return Loaded::Damaged };
        memo.build = u64::from_le_bytes(builds.try_into().expect("the head ends with eight bytes"));
        Loaded::Known(Box::new(memo))
    }

    /// Writes it, all of it or nothing. Of a memo in which nothing is new only the number of builds
    /// is written.
    pub fn save(&self, memo: &mut Memo) -> io::Result<()> {
        if !memo.is_new() && self.count(memo.build).is_ok() {
            return Ok(());
        }
        memo.spill();
        let body = postcard::to_allocvec(memo).map_err(io::Error::other)?;
        let folder = self.path.parent().expect("a cache is in a folder");
        fs::create_dir_all(folder)?;
        let ignore = folder.join(".gitignore");
        if !ignore.exists() {
            fs::write(ignore, "*\n")?;
        }
        let draft = self.path.with_extension(format!("{}.tmp", std::process::id()));
        let write = || -> io::Result<()> {
            let mut file = fs::File::create(&draft)?;
            file.write_all(MAGIC)?;
            file.write_all(&program().to_bytes())?;
            file.write_all(&Fingerprint::of_bytes(&body).to_bytes())?;
            file.write_all(&memo.build.to_le_bytes())?;
            file.write_all(&body)?;
            fs::rename(&draft, &self.path)
        };
        write().inspect_err(|_| {
            // The first failure is the one to report.
            let _ = fs::remove_file(&draft);
        })
    }

    /// Writes how many builds there were. It is no part of what is checked.
    fn count(&self, builds: u64) -> io::Result<()> {
        use std::io::{Seek as _, SeekFrom};
        let mut file = fs::OpenOptions::new().write(true).open(&self.path)?;
        file.seek(SeekFrom::Start(HEAD as u64 - 8))?;
        file.write_all(&builds.to_le_bytes())
    }
}

/// The fingerprint of the program and of the kind of machine it was made for.
fn program() -> Fingerprint {
    let machine = (cfg!(target_endian = "big"), size_of::<usize>());
    Fingerprint::of(&(env!("CARGO_PKG_VERSION"), env!("LINLI_SOURCES"), machine))
}
