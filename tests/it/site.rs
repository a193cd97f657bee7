//! Sites for tests, in memory or on disk, and what the program makes of them.

use std::{collections::BTreeMap, convert::Infallible, fs, path::Path, sync::Mutex};

use linli::{
    clock::Clock,
    config,
    diagnostic::{self, Diagnostic, Messages, human},
    source::{Memory, World},
};

/// The day on which tests happen.
pub(crate) const TODAY: &str = "2026-11-23";

/// The files of a site by their path in it.
pub(crate) type Files = BTreeMap<String, Vec<u8>>;

/// Every file of a folder and those in it; of no folder none.
pub(crate) fn files_in(folder: &Path) -> Files {
    let mut files = Files::new();
    if folder.exists() {
        collect(folder, "", &mut files);
    }
    files
}

/// Every file of one folder of a site, by its path in the site.
pub(crate) fn files_under(site: &Path, folder: &str) -> Files {
    let mut files = Files::new();
    collect(&site.join(folder), &format!("{folder}/"), &mut files);
    files
}

fn collect(folder: &Path, prefix: &str, files: &mut Files) {
    for entry in fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let name = format!("{prefix}{}", entry.file_name().to_str().unwrap());
        if entry.file_type().unwrap().is_dir() {
            collect(&entry.path(), &format!("{name}/"), files);
        } else {
            files.insert(name, fs::read(entry.path()).unwrap());
        }
    }
}

/// Writes files into a folder.
pub(crate) fn write(folder: &Path, files: &Files) {
    for (path, bytes) in files {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
}

/// Files as a world.
pub(crate) fn memory(files: &Files) -> Memory {
    Memory::new(files.iter().map(|(path, bytes)| (path, bytes.clone())))
}

/// All that there is to say about a site, sorted.
pub(crate) fn check(world: &dyn World) -> Vec<Diagnostic> {
    build(world).0
}

/// The same, and the files that a build would write.
pub(crate) fn build(world: &dyn World) -> (Vec<Diagnostic>, Files) {
    let mut diagnostics = Vec::new();
    let config = config::read(world).report(&mut diagnostics);
    let clock = Clock::parse(TODAY, &config.time_zone).unwrap();
    let site = linli::read(world, config, &clock).report(&mut diagnostics);
    let written = Mutex::new(Files::new());
    let told = linli::render(world, &site, |path, bytes| {
        written.lock().unwrap().insert(path.to_string(), bytes.to_vec());
        Ok::<_, Infallible>(())
    });
    diagnostics.extend(told.unwrap());
    diagnostic::sort(&mut diagnostics);
    (diagnostics, written.into_inner().unwrap())
}

/// What a person at a terminal reads.
pub(crate) fn shown(diagnostics: &[Diagnostic], messages: &Messages) -> String {
    let mut out = Vec::new();
    let look = human::Look { colour: false, width: 100 };
    human::render(diagnostics, messages, look, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}
