//! The files of a site, and what is known of them from earlier builds.
//!
//! [`Files`] is a [`World`] that remembers what was read of it. Whether a file has changed its
//! [`Stamp`] tells; if that is another one, or too young to be trusted, the bytes do.

use std::{
    io,
    sync::{
        OnceLock,
        atomic::{AtomicBool, Ordering},
    },
    time::SystemTime,
};

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use crate::{
    diagnostic::Diagnostic,
    fingerprint::Fingerprint,
    source::{Entry, Folder, SitePath, Stamp, World, walk},
};

/// What is known of a site's files.
#[derive(Debug)]
pub enum Seen {
    /// From the last build of this process.
    Live(FxHashMap<SitePath, File>),
    /// From a build of another, as it was [written](Self::write).
    Written(Vec<u8>),
}

/// A file that was looked at, when it was and what it held, as far as that can be trusted.
type Known<'a> = (&'a str, Option<Stamp>, Option<Fingerprint>);

impl Default for Seen {
    fn default() -> Self {
        Self::Live(FxHashMap::default())
    }
}

/// The files of a site at a build.
pub struct Files<'w> {
    world: &'w dyn World,
    by_path: FxHashMap<SitePath, File>,
    /// The files that may have changed since they were last looked at, if it is known which.
    written: Option<Vec<SitePath>>,
    /// A file was not what it had been a moment before.
    torn: AtomicBool,
    /// Files were read, came or went.
    new: AtomicBool,
}

/// A file of a site.
#[derive(Debug, Default)]
pub struct File {
    /// Nothing if the file could not be looked at.
    stamp: Option<Stamp>,
    /// The stamp was old enough to be trusted.
    settled: bool,
    /// Of its bytes, once they are known.
    print: OnceLock<Fingerprint>,
}

impl Seen {
    /// Looks once more at files that were too young to be trusted when they were read, and gives
    /// the fingerprint of all, as a [survey](Survey::print) would with these mistakes in names.
    pub fn confirm(
        &mut self,
        world: &dyn World,
        diagnostics: &[Diagnostic],
    ) -> Option<Fingerprint> {
        let Self::Live(files) = self else { return None };
        for (path, file) in files.iter_mut().filter(|(_, it)| !it.settled) {
            let now = File::look(world, path, now());
            // What is read now, and bears a time that no later edit can have, stays so.
            let bytes = world.read(path, u64::MAX).ok()?;
            let is_same = file.print.get() == Some(&Fingerprint::of_bytes(&bytes));
            file.settled = now.settled && now.stamp == file.stamp && is_same;
            if !file.settled {
                return None;
            }
        }
        print(files.iter(), diagnostics)
    }

    /// The file was there.
    pub fn knows(&self, path: &SitePath) -> bool {
        matches!(self, Self::Live(files) if files.contains_key(path))
    }

    /// The fingerprint of a file's bytes, which are read if they are not known. Nothing if that
    /// cannot be done.
    pub fn read(&self, world: &dyn World, path: &SitePath) -> Option<Fingerprint> {
        let Self::Live(files) = self else { return None };
        let file = files.get(path)?;
        if let Some(print) = file.print.get() {
            return Some(*print);
        }
        let bytes = world.read(path, u64::MAX).ok()?;
        Some(*file.print.get_or_init(|| Fingerprint::of_bytes(&bytes)))
    }

    /// All files.
    fn known(&self) -> Vec<Known<'_>> {
        match self {
            Self::Live(files) => files.iter().map(known).collect(),
            Self::Written(bytes) => postcard::from_bytes(bytes).unwrap_or_default(),
        }
    }

    /// All files as bytes.
    pub fn write(&self) -> postcard::Result<Vec<u8>> {
        match self {
            Self::Live(_) => postcard::to_allocvec(&self.known()),
            Self::Written(bytes) => Ok(bytes.clone()),
        }
    }
}

/// A file that could have been edited since unseen is not trusted.
fn known<'a>((path, file): (&'a SitePath, &File)) -> Known<'a> {
    let stamp = file.stamp.filter(|_| file.settled);
    (path.as_str(), stamp, stamp.and_then(|_| file.print.get().copied()))
}

/// What a site is made from, as it stands on the disk. No file has been read for it.
#[derive(Debug)]
pub struct Survey {
    /// The folder of its content.
    pub content: Folder,
    /// What is wrong with the names in it.
    pub diagnostics: Vec<Diagnostic>,
    files: Vec<(SitePath, File)>,
}

/// What may have changed since a site was last read.
#[derive(Debug)]
pub enum Changes<'a> {
    /// Anything.
    Anything,
    /// Anything; this is how it stands.
    Surveyed(Survey),
    /// These files were written, and no other came or went.
    Written(&'a [SitePath]),
}

impl Survey {
    /// What stands in it, taken apart: the content folder, the files, and what to say of names.
    pub(crate) fn into_parts(self) -> (Folder, Vec<(SitePath, File)>, Vec<Diagnostic>) {
        (self.content, self.files, self.diagnostics)
    }

    /// Looks at all files of the content and of the themes, and at these.
    pub fn take(world: &dyn World, themes: &str, others: &[&str]) -> Self {
        let taken = now();
        let walked = walk(world, &SitePath::new("content"));
        // What is wrong with names in a theme is told of when it is loaded.
        let themes = walk(world, &SitePath::new(themes)).value;
        let others = others.iter().map(SitePath::new).collect::<Vec<_>>();
        let mut found = walked.value.all_stamps();
        found.extend(themes.all_stamps());
        let others = others.iter().map(|it| (it, world.stamp(it).ok()));
        found.extend(others.filter(|it| it.1.is_some()));
        let look = |(path, stamp): &(&SitePath, Option<Stamp>)| {
            let stamp = stamp.or_else(|| world.stamp(path).ok());
            ((*path).clone(), File::of(stamp, taken))
        };
        let files = found.par_iter().with_min_len(64).map(look).collect();
        Self { content: walked.value, diagnostics: walked.diagnostics, files }
    }

    /// The fingerprint of all that was seen. Nothing if a file is so young that it may be written
    /// again unseen.
    pub fn print(&self) -> Option<Fingerprint> {
        let files = self.files.iter().map(|(path, file)| (path, file));
        print(files, &self.diagnostics)
    }
}

/// The fingerprint of files and of what is wrong with names, if all of them can be trusted.
fn print<'a>(
    mut files: impl Iterator<Item = (&'a SitePath, &'a File)>,
    diagnostics: &[Diagnostic],
) -> Option<Fingerprint> {
    let all = files.try_fold(Fingerprint::default(), |all, (path, file)| {
        let stamp = file.stamp.filter(|_| file.settled)?;
        Some(all.plus(Fingerprint::of(&(path.as_str(), stamp))))
    });
    all.map(|it| it.and(Fingerprint::of_shown(&diagnostics)))
}

impl<'w> Files<'w> {
    /// The files of a survey. Those that are as they were need not be read.
    pub fn of(world: &'w dyn World, survey: Vec<(SitePath, File)>, seen: &Seen) -> Self {
        let files: FxHashMap<SitePath, File> = survey.into_iter().collect();
        let (mut there, mut written, known) = (0, Vec::new(), seen.known());
        for (path, stamp, print) in &known {
            let Some((path, file)) = files.get_key_value(*path) else { continue };
            there += 1;
            if stamp.is_some() && *stamp == file.stamp {
                print.map(|it| file.print.set(it));
            } else {
                written.push(path.clone());
            }
        }
        let is_all = there == known.len() && there == files.len();
        let new = AtomicBool::new(!is_all || !written.is_empty());
        let written = is_all.then_some(written);
        Self { world, by_path: files, written, torn: AtomicBool::new(false), new }
    }

    /// Takes all files for what they were, but these, which somebody wrote.
    pub fn look_at(world: &'w dyn World, written: &[SitePath], seen: Seen) -> Self {
        let taken = now();
        let mut files = if let Seen::Live(files) = seen { files } else { FxHashMap::default() };
        for path in written {
            files.insert(path.clone(), File::look(world, path, taken));
        }
        let (torn, new) = (AtomicBool::new(false), AtomicBool::new(true));
        Self { world, by_path: files, written: Some(written.to_vec()), torn, new }
    }

    /// The fingerprint of a file's bytes, which are read if they are not known.
    pub fn print(&self, path: &SitePath) -> Fingerprint {
        let Some(file) = self.by_path.get(path) else { return Fingerprint::of("absent") };
        if let Some(print) = file.print.get() {
            return *print;
        }
        self.new.store(true, Ordering::Relaxed);
        match self.world.read(path, u64::MAX) {
            Ok(bytes) => *file.print.get_or_init(|| Fingerprint::of_bytes(&bytes)),
            // It is read again at the next build, which may have better luck.
            Err(error) => Fingerprint::of(&error.to_string()),
        }
    }

    /// That of several files and their names.
    pub fn print_all<'p>(&self, paths: impl IntoIterator<Item = &'p SitePath>) -> Fingerprint {
        let prints =
            paths.into_iter().flat_map(|it| [Fingerprint::of(it.as_str()), self.print(it)]);
        Fingerprint::of_all(prints)
    }

    /// A file changed while the site was read: what was made of it does not belong together.
    pub fn is_torn(&self) -> bool {
        self.torn.load(Ordering::Relaxed)
    }

    /// The files that may have changed since they were last looked at, if it is known which.
    pub fn written(&self) -> Option<&[SitePath]> {
        self.written.as_deref()
    }

    /// Nobody wrote any of the files that are like this since they were last looked at.
    pub fn are_untouched(&self, is_like_this: impl Fn(&SitePath) -> bool) -> bool {
        self.written().is_some_and(|it| !it.iter().any(is_like_this))
    }

    /// Something of them was not known.
    pub fn is_new(&self) -> bool {
        self.new.load(Ordering::Relaxed)
    }

    /// What is to be remembered.
    pub fn into_seen(self) -> Seen {
        Seen::Live(self.by_path)
    }

    fn note(&self, path: &SitePath, bytes: &[u8]) {
        let Some(file) = self.by_path.get(path) else { return };
        let print = Fingerprint::of_bytes(bytes);
        if file.print.get().is_none() {
            self.new.store(true, Ordering::Relaxed);
        }
        if *file.print.get_or_init(|| print) != print {
            self.torn.store(true, Ordering::Relaxed);
        }
    }
}

impl File {
    fn look(world: &dyn World, path: &SitePath, taken: i64) -> Self {
        Self::of(world.stamp(path).ok(), taken)
    }

    fn of(stamp: Option<Stamp>, taken: i64) -> Self {
        let settled = stamp.is_some_and(|it| it.is_settled(taken));
        Self { stamp, settled, print: OnceLock::new() }
    }
}

impl World for Files<'_> {
    fn list(&self, folder: &SitePath) -> io::Result<Vec<Entry>> {
        self.world.list(folder)
    }

    fn read(&self, file: &SitePath, limit: u64) -> io::Result<Vec<u8>> {
        let bytes = self.world.read(file, limit)?;
        if (bytes.len() as u64) < limit {
            self.note(file, &bytes);
        }
        Ok(bytes)
    }

    fn stamp(&self, file: &SitePath) -> io::Result<Stamp> {
        self.world.stamp(file)
    }
}

fn now() -> i64 {
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    i64::try_from(now.as_nanos()).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Disk;

    const FILE: &str = "content/honors.yaml";

    fn surveyed(world: &dyn World) -> Survey {
        Survey::take(world, "themes", &[])
    }

    /// What a build would know of a file that it read.
    fn read(world: &dyn World) -> Seen {
        let (_, files, _) = surveyed(world).into_parts();
        let files = Files::of(world, files, &Seen::default());
        files.print(&SitePath::new(FILE));
        files.into_seen()
    }

    #[test]
    fn young_files_are_confirmed_by_their_bytes() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("content")).unwrap();
        let write = |text: &str| std::fs::write(folder.path().join(FILE), text).unwrap();
        write("a");
        let world = Disk::new(folder.path()).unwrap();
        let mut seen = read(&world);
        assert_eq!(surveyed(&world).print(), None, "it was written just now");
        let wait = || std::thread::sleep(std::time::Duration::from_millis(2100));
        wait();
        let confirmed = seen.confirm(&world, &[]);
        assert!(confirmed.is_some());
        assert_eq!(confirmed, surveyed(&world).print());
        write("b");
        let mut seen = read(&world);
        write("c");
        wait();
        assert_eq!(seen.confirm(&world, &[]), None, "it is another one than was read");
        assert_ne!(surveyed(&world).print(), confirmed);
    }

    #[test]
    fn a_file_that_changes_while_it_is_read_is_noticed() {
        let world = crate::source::Memory::new([(FILE, "a")]);
        let later = crate::source::Memory::new([(FILE, "b")]);
        let (_, files, _) = surveyed(&world).into_parts();
        let mut files = Files::of(&world, files, &Seen::default());
        let before = files.print(&SitePath::new(FILE));
        assert_eq!(before, Fingerprint::of_bytes(b"a"));
        assert!(!files.is_torn());
        files.world = &later;
        files.read(&SitePath::new(FILE), 100).unwrap();
        assert!(files.is_torn());
    }
}
