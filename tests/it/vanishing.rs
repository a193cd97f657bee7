//! Files that go while they are read: the build begins anew, and the site is that of the files that
//! are left.

use std::{io, sync::Mutex};

use linli::{
    MemoryTarget, Report,
    build::{self},
    diagnostic::{self, Diagnostic},
    source::{FolderEntry, MemoryWorld, SitePath, Stamp, Tree, World},
};

use crate::{
    incremental::desk,
    site::{self, Files, TODAY},
};

/// A site one of whose files goes between listing and reading.
struct Vanishing {
    files: Mutex<MemoryWorld>,
    victim: SitePath,
    /// The site without that file, until it has gone.
    rest: Mutex<Option<MemoryWorld>>,
}

impl Vanishing {
    fn new(files: &Files, victim: &str) -> Self {
        let rest = Mutex::new(Some(site::memory(&without(files, victim))));
        Self { files: Mutex::new(site::memory(files)), victim: SitePath::new(victim), rest }
    }

    fn has_gone(&self) -> bool {
        self.rest.lock().unwrap().is_none()
    }
}

fn without(files: &Files, victim: &str) -> Files {
    let mut files = files.clone();
    files.remove(victim).unwrap();
    files
}

impl World for Vanishing {
    fn list(&self, folder: &SitePath) -> io::Result<Vec<FolderEntry>> {
        self.files.lock().unwrap().list(folder)
    }

    fn read(&self, file: &SitePath, limit: u64) -> io::Result<Vec<u8>> {
        let mut files = self.files.lock().unwrap();
        if *file == self.victim
            && let Some(rest) = self.rest.lock().unwrap().take()
        {
            *files = rest;
        }
        files.read(file, limit)
    }

    fn stamp(&self, file: &SitePath) -> io::Result<Stamp> {
        self.files.lock().unwrap().stamp(file)
    }
}

/// What a build found, and the files that it wrote if it published any.
type Built = (Vec<Diagnostic>, Option<Vec<(String, Vec<u8>)>>);

/// Builds, and gives what is said and what is published, if anything is.
fn build(world: &dyn World) -> Built {
    let target = MemoryTarget::default();
    let (settings, mut state) = (site::settings(world, TODAY), build::BuildState::default());
    let built = build::build_with(world, &settings, Tree::take(world), &mut state, &&target, &());
    let Report { mut diagnostics, published, .. } = built.unwrap();
    diagnostic::sort(&mut diagnostics);
    let files = target.into_files().into_iter();
    let files = published.map(|_| files.map(|(path, it)| (path.to_string(), it)).collect());
    (diagnostics, files)
}

fn check(world: &dyn World) -> Vec<Diagnostic> {
    let mut told = build::check_with(world, &site::settings(world, TODAY), &()).diagnostics;
    diagnostic::sort(&mut told);
    told
}

#[test]
fn a_site_is_that_of_the_files_that_are_left() {
    let files = desk::portal();
    let (mut read, mut good) = (Vec::new(), 0);
    for victim in files.keys() {
        let world = Vanishing::new(&files, victim);
        let built = build(&world);
        if !world.has_gone() {
            continue;
        }
        let rest = site::memory(&without(&files, victim));
        let wanted = build(&rest);
        assert_eq!(built.0, wanted.0, "{victim}");
        assert!(built.1 == wanted.1, "{victim}");
        assert_eq!(check(&Vanishing::new(&files, victim)), check(&rest), "{victim}");
        good += usize::from(built.1.is_some());
        read.push(victim.as_str());
    }
    // Every kind of file is among them, and without many of them there is a site still.
    for kind in [
        "site.toml",
        "holidays.yaml",
        "place.yaml",
        "_collections/",
        "honors",
        ".csv",
        ".md",
        ".png",
        "theme.toml",
        ".html",
    ] {
        assert!(read.iter().any(|it| it.contains(kind)), "{kind} is not among {read:?}");
    }
    assert!(good * 3 > read.len(), "{good} of {}", read.len());
}
