//! What may not be out is in no byte of the output, and what may be is there.
//!
//! A portal is planted with words, each in one place, and each with the moments at which it may be
//! read ([`garden`]). Builds at several moments, with a theme that shows all that templates are
//! given, have to hold just those words that may be read then; those with the theme that comes along
//! none of the others.

mod garden;

use std::collections::BTreeSet;

use assert_cmd::Command;
use linli::{diagnostic::Severity, disclosure::mask::reading, source::World};
use memchr::memmem;

use crate::{
    leaks::garden::{Garden, Plants, VIEWS},
    search::{self, Index},
    shards::Division,
    site::{self, Files},
};

/// The moments of the builds. Windows begin and end on some of them to the minute.
const MOMENTS: [&str; 5] = [
    "2026-03-01T00:00",
    "2026-06-01T08:00",
    "2026-11-23T00:00",
    "2027-02-01T12:00",
    "2029-01-01T00:00",
];

#[test]
fn just_what_may_be_read_is_in_the_output() {
    let mut garden = garden::garden("bare", 0);
    bare(&mut garden.files);
    assert!(garden.plants.len() > 300, "{}", garden.plants.len());
    // Every word would be found.
    let all: Vec<&str> = garden.plants.keys().map(String::as_str).collect();
    let page = Files::from([("index.html".to_owned(), all.join(" ").into_bytes())]);
    assert_eq!(found(&garden.plants, &page).len(), garden.plants.len());
    let world = site::memory(&garden.files);
    for moment in MOMENTS {
        let found = found(&garden.plants, &built(&world, moment));
        let wanted = readable(&garden, moment);
        assert!(wanted.len() > 300 && wanted.len() < garden.plants.len() / 2, "{}", wanted.len());
        let told = |words: BTreeSet<String>| -> Vec<String> {
            let tell = |it: &String| format!("{it} ({})", garden.plants[it].0);
            words.iter().map(tell).collect()
        };
        let (leaks, lost) = (told(&found - &wanted), told(&wanted - &found));
        assert!(
            leaks.is_empty(),
            "{} at {moment}: {:#?}",
            leaks.len(),
            &leaks[..leaks.len().min(20)]
        );
        assert!(lost.is_empty(), "not there at {moment}: {:#?}", &lost[..lost.len().min(20)]);
    }
}

#[test]
fn the_theme_that_comes_along_shows_nothing_else() {
    let garden = garden::garden("default", 0);
    let world = site::memory(&garden.files);
    for moment in MOMENTS {
        hold_no_more(&garden, &built(&world, moment), moment);
    }
}

#[test]
fn the_search_finds_nothing_else() {
    // The index has hashes of 24 bits, of which some are those of other words: a word that is found
    // counts if another one in its place is found as well.
    let found = [0, 1].map(|salt| {
        let garden = garden::garden("default", salt);
        let index = Index::read(&built(&site::memory(&garden.files), MOMENTS[2]));
        let (mut read, mut hidden) = (0, BTreeSet::new());
        for (word, (what, shown)) in &garden.plants {
            match (index.find(word).is_empty(), shown.holds(MOMENTS[2])) {
                (true, _) => {}
                (false, true) => read += 1,
                (false, false) => _ = hidden.insert(what.clone()),
            }
        }
        assert!(read > 300, "{read}");
        hidden
    });
    let both: Vec<_> = found[0].intersection(&found[1]).collect();
    assert!(both.is_empty(), "{both:?}");
}

#[test]
fn the_folder_that_is_published_holds_nothing_else() {
    let garden = garden::garden("default", 0);
    let folder = tempfile::tempdir().unwrap();
    site::write(folder.path(), &garden.files);
    let mut command = Command::new(env!("CARGO_BIN_EXE_linli"));
    command.env_clear().arg("--site").arg(folder.path()).args(["build", "--as-of", MOMENTS[2]]);
    command.assert().code(0);
    let public = site::files_in(&folder.path().join("public"));
    assert!(public.contains_key(".linli-manifest.json"));
    hold_no_more(&garden, &public, MOMENTS[2]);
}

#[test]
fn what_parts_of_a_portal_tell_each_other_holds_nothing_else() {
    let garden = garden::garden("default", 0);
    let world = site::memory(&garden.files);
    let settings = site::settings(&world, MOMENTS[2]);
    let division = Division::new(&world, &settings, 3, &|place| place.0 % 3 + 1);
    let (joined, _) = division.built();
    hold_no_more(&garden, &joined, MOMENTS[2]);
    let mut summaries = site::files_in(&division.folder.path().join("shards"));
    summaries.retain(|name, _| name.ends_with(".summary"));
    assert_eq!(summaries.len(), 3);
    let found = found(&garden.plants, &summaries);
    let hidden = &found - &readable(&garden, MOMENTS[2]);
    let hidden: Vec<_> = hidden.iter().map(|it| &garden.plants[it].0).collect();
    assert!(hidden.is_empty(), "{} {:#?}", hidden.len(), &hidden[..hidden.len().min(20)]);
    assert!(found.len() > 100, "{}", found.len());
}

/// Files hold nothing that may not be read, but every record and notice that may be.
fn hold_no_more(garden: &Garden, files: &Files, moment: &str) {
    let found = found(&garden.plants, files);
    let wanted = readable(garden, moment);
    let leaks: Vec<_> =
        (&found - &wanted).into_iter().map(|it| garden.plants[&it].0.clone()).collect();
    assert!(leaks.is_empty(), "{} at {moment}: {:#?}", leaks.len(), &leaks[..leaks.len().min(20)]);
    let is_title = |it: &&String| {
        [": id", ": name", ": title"].iter().any(|what| garden.plants[*it].0.ends_with(what))
    };
    let titles: Vec<_> = wanted.iter().filter(is_title).collect();
    assert!(titles.len() > 300 && titles.iter().all(|it| found.contains(*it)), "at {moment}");
}

/// The words that may be read at a moment.
fn readable(garden: &Garden, moment: &str) -> BTreeSet<String> {
    let words = garden.plants.iter().filter(|(_, (_, shown))| shown.holds(moment));
    words.map(|(word, _)| word.clone()).collect()
}

fn built(world: &dyn World, moment: &str) -> Files {
    let (told, files) = site::build_at(world, moment);
    let errors: Vec<_> = told.iter().filter(|it| it.severity == Severity::Error).collect();
    assert!(errors.is_empty(), "{:?}", errors.first());
    files
}

/// Adds a theme that shows all that templates are given.
fn bare(files: &mut Files) {
    files.insert("themes/bare/theme.toml".to_owned(), "name = \"bare\"\n".into());
    files.insert("themes/bare/i18n/zh-CN.ftl".to_owned(), site::WORDS.into());
    let others = "home place subtree notices notice page record section subscribe 404";
    for name in VIEWS.into_iter().chain(others.split(' ')) {
        let path = format!("themes/bare/templates/{name}.html");
        files.insert(path, "{{ __tera_context | safe }}".into());
    }
}

/// The planted words that stand in some bytes. Files of the search are unpacked, lines of calendars unfolded.
fn found(plants: &Plants, files: &Files) -> BTreeSet<String> {
    // How words begin, and how many bytes they have.
    const MARKS: [(&str, usize); 5] =
        [("zq", 7), ("9081", 9), ("190908", 11), ("1101", 18), ("\u{3400}", 9)];
    let mut found = BTreeSet::new();
    for (path, bytes) in files {
        let unpacked = path.ends_with(".bin").then(|| search::unpacked(bytes));
        let bytes = unpacked.as_ref().unwrap_or(bytes);
        // Lines of calendars are folded.
        let text = String::from_utf8_lossy(bytes).replace("\r\n ", "");
        // What a reader reads, of the page and of its source.
        let letters = reading::letters(&text);
        let names = memmem::find_iter(letters.as_bytes(), "\u{3400}");
        let names = names.filter_map(|it| letters.get(it..it + 9));
        found.extend(names.filter(|it| plants.contains_key(*it)).map(str::to_owned));
        let plain = linli::render::markdown::percent_decode(&text).into_owned() + path;
        let narrow = plain.replace(',', "");
        for text in [plain.as_bytes(), narrow.as_bytes()] {
            for (mark, length) in MARKS {
                let words =
                    memmem::find_iter(text, mark).filter_map(|it| text.get(it..it + length));
                let words = words.filter_map(|it| str::from_utf8(it).ok());
                found.extend(words.filter(|it| plants.contains_key(*it)).map(str::to_owned));
            }
            for at in memmem::find_iter(text, "-").filter(|it| *it >= 4) {
                let day = text.get(at - 4..at + 6).and_then(|it| str::from_utf8(it).ok());
                found.extend(day.filter(|it| plants.contains_key(*it)).map(str::to_owned));
            }
        }
    }
    found
}
