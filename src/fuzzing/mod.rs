//! A door to every reader of the program, for fuzzing. Nothing in it is stable.
//!
//! Each target reads bytes as one part of the program does, and panics if something does not hold
//! that this reader promises. `tests/fuzz/` runs them for as long as one likes, `tests/it/fuzzed.rs`
//! for some seconds in each run of the tests.

use crate::{
    build::BuildState,
    config,
    diagnostic::{Diagnostic, Language, Messages, human},
    image::{
        self, Metadata,
        picture::{PictureForm, UprightPicture},
    },
    output::Manifest,
    render::{
        markdown::{self, Rendered, Resolution, Resolve},
        theme,
        words::Words,
    },
    schema, serve,
    source::{self, MemoryWorld, SitePath, Text, csv, yaml},
};
use fluent_bundle::FluentArgs;
use std::{ops::Range, sync::LazyLock};

/// Reads bytes, and panics if something does not hold.
pub type Target = fn(&[u8]);

/// All targets, by the names of their folders of seeds.
pub const TARGETS: &[(&str, Target)] = &[
    ("address", address),
    ("cache", cache),
    ("csv", csv),
    ("front-matter", front_matter),
    ("image", image),
    ("manifest", manifest),
    ("markdown", markdown),
    ("toml", toml),
    ("words", words),
    ("yaml", yaml),
];

/// The address of a request. What it means is a file in the output folder, and the same if it is
/// written anew.
pub fn address(bytes: &[u8]) {
    let Ok(path) = str::from_utf8(bytes) else { return };
    let Some((file, again)) = serve::parsed(path) else { return };
    let names = file.iter().flat_map(|file| file.as_str().split('/'));
    names.for_each(|name| assert!(!name.starts_with('.') && !name.is_empty(), "{path:?}"));
    assert!(!again.starts_with("//"), "{again:?} is another host");
    assert_eq!(serve::parsed(&again), Some((file, again.clone())), "{path:?}");
}

/// The parts of a cache, of which each begins with its length in two bytes. What can be read can be
/// written. Values of places are decoded only if the whole file is as it was written.
pub fn cache(bytes: &[u8]) {
    let mut rest = bytes;
    let mut parts = Vec::new();
    while let Some((length, after)) = rest.split_first_chunk::<2>() {
        let (part, after) =
            after.split_at(usize::from(u16::from_le_bytes(*length)).min(after.len()));
        parts.push(part.to_vec());
        rest = after;
    }
    if let Some(state) = BuildState::read(parts) {
        state.write().expect("a state is written");
    }
}

/// A table, in UTF-8 or GBK.
pub fn csv(bytes: &[u8]) {
    let path = SitePath::new("a.csv");
    let read = source::read(&MemoryWorld::new([(path.as_str(), bytes)]), &path);
    report(&read.diagnostics);
    if let Some(text) = read.value {
        report(&csv::parse(&text).diagnostics);
    }
}

/// A notice: its front matter, and what is searched for in its text.
pub fn front_matter(bytes: &[u8]) {
    let place = "name: 幸福社区\nlevel: community\n".as_bytes();
    let files = [("content/place.yaml", place), ("content/notices/2026-03-05-a.md", bytes)];
    let world = MemoryWorld::new(files);
    report(&schema::decode(&world, &config::read(&world).value).diagnostics);
}

/// An image. What is published of it has no metadata, and stays as it is; copies of a picture have
/// none, either.
pub fn image(bytes: &[u8]) {
    let _ = image::metadata(bytes);
    if let Ok(published) = image::publish(bytes) {
        let generated = image::metadata(bytes).generated;
        let expected = Metadata { generated, ..Metadata::default() };
        assert_eq!(image::metadata(&published), expected);
        let again = image::publish(&published).expect("what is published is an image");
        assert!(again == published, "it is another one when it is published again");
    }
    if let Ok(picture) = UprightPicture::of(bytes) {
        for form in [PictureForm::Jpeg, PictureForm::Png] {
            let copy = picture.copy(9, form).expect("a picture of a few pixels");
            let generated = image::metadata(bytes).generated;
            let expected = Metadata { generated, ..Metadata::default() };
            assert_eq!(image::metadata(&copy), expected);
        }
    }
}

/// A manifest. What can be read is the same when it is written and read again.
pub fn manifest(bytes: &[u8]) {
    if let Some(manifest) = Manifest::from_bytes(bytes) {
        assert_eq!(Manifest::from_bytes(&manifest.to_bytes()), Some(manifest));
    }
}

/// A text in Markdown, as an article and as one line.
pub fn markdown(bytes: &[u8]) {
    let Ok(source) = str::from_utf8(bytes) else { return };
    for render in [markdown::render, markdown::render_inline] {
        let Rendered { html, problems, .. } = render(source, &Nowhere);
        let html = html.to_lowercase();
        // What is no tag is text, whatever it looks like.
        let mut tags = html.split('<').skip(1).filter_map(|it| it.split('>').next());
        let runs = |tag: &str| tag.starts_with("script") || tag.contains("href=\"javascript:");
        assert!(!tags.any(runs), "{html}");
        let is_in_source = |range: &Range<usize>| source.get(range.clone()).is_some();
        assert!(problems.iter().all(|it| is_in_source(&it.range)), "{source:?}");
    }
}

/// `site.toml`.
pub fn toml(bytes: &[u8]) {
    report(&config::read(&MemoryWorld::new([(config::FILE, bytes)])).diagnostics);
}

/// The words of a theme. Each is formatted.
pub fn words(bytes: &[u8]) {
    let about = "name = \"own\"\n".as_bytes();
    let files = [("themes/own/theme.toml", about), ("themes/own/i18n/zh-CN.ftl", bytes)];
    let theme = theme::load(&MemoryWorld::new(files), "own");
    report(&theme.diagnostics);
    let words = Words::new(&theme.value, "zh-CN");
    report(&words.diagnostics);
    let text = String::from_utf8_lossy(bytes);
    let mut args = FluentArgs::new();
    args.set("count", 2);
    for id in text.lines().filter_map(|line| line.split_once('=')) {
        let _ = words.value.find(id.0.trim(), &args);
    }
}

/// YAML. The quick reader finds what the full one does, or leaves the text to it.
pub fn yaml(bytes: &[u8]) {
    let Ok(content) = str::from_utf8(bytes) else { return };
    let text = Text { path: SitePath::new("a.yaml"), content: content.to_owned() };
    if let Some((plain, full)) = yaml::both(&text) {
        assert_eq!(full.diagnostics, [], "{content:?}");
        assert_eq!(full.value, Some(plain), "{content:?}");
    }
    report(&yaml::parse(&text, 0..text.content.len()).diagnostics);
}

/// Every link and image leads somewhere.
struct Nowhere;

impl Resolve for Nowhere {
    fn link(&self, _: &str, _: Range<usize>) -> Resolution {
        Resolution::Keep
    }

    fn image(&self, target: &str) -> Resolution {
        Resolution::Url(format!("/{target}"))
    }

    fn may_load(&self, _: &str) -> bool {
        true
    }

    fn breaks(&self) -> config::Breaks {
        config::Breaks::Sentence
    }
}

/// Diagnostics can be printed, and steer no terminal.
fn report(diagnostics: &[Diagnostic]) {
    static MESSAGES: LazyLock<Messages> = LazyLock::new(|| Messages::new(Language::ALL[0]));
    let mut out = Vec::new();
    let style = human::TerminalStyle { colour: false, width: 100 };
    human::render(diagnostics, &MESSAGES, style, &mut out).expect("a vector takes every byte");
    let shown = String::from_utf8_lossy(&out);
    assert!(!shown.contains(|it: char| it != '\n' && it.is_control()), "{shown:?}");
}
