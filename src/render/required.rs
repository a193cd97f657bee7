//! What the program asks a theme for, and whether a theme has it.
//!
//! A theme that extends no other has to bring every template and every word that the program asks
//! for by name. The tables of this file list them. Code that formats dates takes its names from
//! here; tests compare the tables with the names in the sources of `artifact`, so none can be
//! forgotten. Words that only templates ask for are not listed: where one is missing, the template
//! that asks for it is reported when it is rendered.
//!
//! What belongs to pages that `site.toml` switches off under `[pages]` is not needed. A template
//! for a list of records is needed as soon as there is a file of such records, `record.html` once
//! their records have pages of their own, `page.html` with the first lasting page. Words for dates are always needed, since every template
//! may use the filters that write them.

use std::{collections::BTreeSet, sync::Arc};

use crate::{
    config::Config,
    diagnostic::{Checked, Code, Diagnostic, Location},
    render::{
        theme::{THEMES, Theme},
        words::Words,
    },
    schema::{Catalog, Collection},
    source::SitePath,
};

/// The words that write a year, a month, a day, and a day without its year.
pub(crate) const FORMATS: [&str; 4] = [FORMAT_YEAR, FORMAT_MONTH, FORMAT_DATE, FORMAT_DATE_SHORT];

/// Writes `$year`.
pub(crate) const FORMAT_YEAR: &str = "format-year";
/// Writes `$year` and `$month`.
pub(crate) const FORMAT_MONTH: &str = "format-month";
/// Writes `$year`, `$month` and `$day`.
pub(crate) const FORMAT_DATE: &str = "format-date";
/// Writes `$month` and `$day`.
pub(crate) const FORMAT_DATE_SHORT: &str = "format-date-short";

/// The days of the week, Monday first.
pub(crate) const WEEKDAYS: [&str; 7] =
    ["weekday-1", "weekday-2", "weekday-3", "weekday-4", "weekday-5", "weekday-6", "weekday-7"];

/// The words for titles and descriptions of pages, and on which pages they stand.
pub(crate) const TITLES: [(&str, Need); 12] = [
    ("list-title", Need::Always),
    ("list-part-title", Need::Always),
    ("latest-part", Need::Always),
    ("place-description", Need::Always),
    ("notices", Need::NoticeLists),
    ("subtree-place", Need::Subtrees),
    ("data", Need::Data),
    ("not-found-title", Need::NotFound),
    ("search", Need::Search),
    ("search-letter", Need::Search),
    ("subscribe-title", Need::Subscribe),
    ("calendar-title", Need::Calendar),
];

/// The templates of all pages but the lists of records, which have one for each
/// [view](crate::schema::collection::RecordView).
pub(crate) const TEMPLATES: [(&str, Need); 14] = [
    ("home.html", Need::Always),
    ("place.html", Need::Always),
    ("notice.html", Need::Always),
    ("page.html", Need::LastingPages),
    ("record.html", Need::RecordPages),
    ("section.html", Need::Sections),
    ("subtree.html", Need::Subtrees),
    ("notices.html", Need::NoticeLists),
    ("data.html", Need::Data),
    ("404.html", Need::NotFound),
    ("search.html", Need::Search),
    ("search-letter.html", Need::Search),
    ("subscribe.html", Need::Subscribe),
    ("month.html", Need::Calendar),
];

/// The pages for which something is needed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Need {
    /// Pages that every site has, or may have as soon as somebody posts something.
    Always,
    /// Records with pages of their own.
    RecordPages,
    /// Lasting pages.
    LastingPages,
    /// Sections.
    Sections,
    /// Lists over a place and the places in it. A title for such a list is also on lists of
    /// notices.
    Subtrees,
    /// Lists of notices.
    NoticeLists,
    /// Pages about the data, which a theme need not have.
    Data,
    /// The page for addresses that do not exist.
    NotFound,
    /// The search, which a theme has if it has the page that searches.
    Search,
    /// Calendars as pages, which a theme need not have.
    Calendar,
    /// Pages that say how to subscribe, which there are only where `base-url` is given.
    Subscribe,
}

impl Need {
    /// The setting that switches these pages off, and whether they are on.
    fn switch(self, config: &Config) -> Option<(&'static str, bool)> {
        let pages = config.pages;
        match self {
            Self::Always
            | Self::RecordPages
            | Self::LastingPages
            | Self::Data
            | Self::Calendar
            | Self::Search => None,
            Self::Sections => Some(("sections", pages.sections)),
            Self::Subtrees => Some(("subtrees", pages.subtrees)),
            Self::NoticeLists => Some(("notice-lists", pages.notice_lists)),
            Self::NotFound => Some(("not-found", pages.not_found)),
            Self::Subscribe => Some(("subscribe", pages.subscribe && !config.base_url.is_empty())),
        }
    }
}

/// The theme, if it has all that the pages of the site need. Otherwise a theme without layers, with
/// which nothing is rendered, and an error for each template that is missing, for the words for
/// dates, and for the words for titles.
///
/// A theme of which a part could not be loaded is returned as it is: its own diagnostics say why,
/// and what is missing would only follow from that.
///
/// Parses the theme's words; looks at the files of records only if a template for them is missing.
pub(crate) fn complete(
    theme: Arc<Theme>,
    config: &Config,
    catalog: &Catalog,
) -> Checked<Arc<Theme>> {
    if !theme.is_whole {
        return Checked::clean(theme);
    }
    let mut diagnostics = missing_templates(&theme, config);
    diagnostics.extend(missing_lists(&theme, catalog));
    if catalog.has_lasting_pages() && !theme.has_template("page.html") {
        diagnostics.push(missing_template(&theme, "page.html").help("add"));
    }
    let words = Words::new(&theme, &config.language);
    // A mistake in a file of words makes the words after it unreadable, not missing.
    if words.diagnostics.is_empty() {
        diagnostics.extend(missing_words(&theme, &words.value, config));
    }
    if diagnostics.is_empty() {
        return Checked::clean(theme);
    }
    diagnostics.extend(words.diagnostics);
    Checked { value: Arc::default(), diagnostics }
}

fn missing_templates(theme: &Theme, config: &Config) -> Vec<Diagnostic> {
    let mut missing = Vec::new();
    for (file, need) in TEMPLATES {
        let switch = need.switch(config);
        let is_on = switch.is_none_or(|(_, is_on)| is_on);
        // Those are looked for where the content is known, or not needed at all.
        let is_needed = match need {
            Need::RecordPages | Need::LastingPages | Need::Data | Need::Calendar => false,
            Need::Search => theme.has_template("search.html"),
            _ => is_on,
        };
        if !is_needed || theme.has_template(file) {
            continue;
        }
        let diagnostic = missing_template(theme, file);
        missing.push(match switch {
            Some((setting, _)) => diagnostic.arg("switch", setting).help("switch"),
            None => diagnostic.help("add"),
        });
    }
    missing
}

/// The missing templates for lists of records, one diagnostic for each view, and for records.
fn missing_lists(theme: &Theme, catalog: &Catalog) -> Vec<Diagnostic> {
    let lacks_list = |collection: &Collection| {
        !theme.has_template(&own_template(collection))
            && !theme.has_template(&view_template(collection))
    };
    let lacks_page = |collection: &Collection| {
        collection.record_pages.is_some() && !theme.has_template("record.html")
    };
    let declared = || catalog.collections.iter().map(|(_, it)| it);
    if !declared().any(|it| lacks_list(it) || lacks_page(it)) {
        return Vec::new();
    }
    let used = catalog.used_collections().into_iter();
    let used: Vec<_> = used.map(|collection| catalog.collections.get(collection)).collect();
    let lacking: Vec<_> = used.iter().filter(|it| lacks_list(it)).collect();
    let views: BTreeSet<_> = lacking.iter().map(|it| it.view).collect();
    let mut missing: Vec<_> = views
        .into_iter()
        .filter_map(|view| lacking.iter().find(|it| it.view == view))
        .map(|collection| {
            missing_template(theme, &view_template(collection))
                .arg(
                    "own",
                    format!("{THEMES}/{}/templates/{}", theme.name(), own_template(collection)),
                )
                .help("view")
        })
        .collect();
    if used.iter().any(|it| lacks_page(it)) {
        missing.push(missing_template(theme, "record.html").help("add"));
    }
    missing
}

/// The template for one collection alone.
fn own_template(collection: &Collection) -> String {
    format!("collections/{}.html", collection.name)
}

/// The template for all collections with this view.
fn view_template(collection: &Collection) -> String {
    format!("{}.html", collection.view.name())
}

fn missing_template(theme: &Theme, file: &str) -> Diagnostic {
    let name = file.trim_end_matches(".html");
    let page = if name == "404" { "not-found" } else { name };
    Diagnostic::error(Code::MissingTemplate, at(theme))
        .arg("theme", theme.name())
        .arg("page", page)
        .arg("file", format!("{THEMES}/{}/templates/{file}", theme.name()))
}

fn missing_words(theme: &Theme, words: &Words, config: &Config) -> Vec<Diagnostic> {
    let is_needed = |need: Need| match need {
        Need::Subtrees => config.pages.subtrees || config.pages.notice_lists,
        Need::Data => theme.has_template("data.html"),
        Need::Calendar => config.pages.calendar && theme.has_template("month.html"),
        Need::Search => theme.has_search(config),
        _ => need.switch(config).is_none_or(|(_, is_on)| is_on),
    };
    let dates: Vec<_> = FORMATS.into_iter().chain(WEEKDAYS).collect();
    let titles = TITLES.into_iter().filter(|(_, need)| is_needed(*need)).map(|(id, _)| id);
    let file = format!("{THEMES}/{}/i18n/{}.ftl", theme.name(), config.language);
    let mut missing = Vec::new();
    for (usage, mut ids) in [("dates", dates), ("titles", titles.collect())] {
        ids.retain(|it| !words.has(it));
        if !ids.is_empty() {
            let listed = |tag: &str| ids.join(if tag == "zh-CN" { "、" } else { ", " });
            missing.push(
                Diagnostic::error(Code::MissingWords, at(theme))
                    .arg("theme", theme.name())
                    .arg("usage", usage)
                    .arg_by_language("words", listed)
                    .arg("file", &*file)
                    .help("add"),
            );
        }
    }
    missing
}

/// The theme's folder: what is missing stands in no file.
fn at(theme: &Theme) -> Location {
    Location::file(SitePath::new(THEMES).join(theme.name()))
}

#[cfg(test)]
mod tests {
    use std::{fs, path::Path};

    use super::*;
    use crate::schema::collection::RecordView;

    /// All of the sources that make pages.
    fn sources() -> String {
        fn gather(folder: &Path, text: &mut String) {
            for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
                if entry.path().is_dir() {
                    gather(&entry.path(), text);
                } else {
                    *text += &fs::read_to_string(entry.path()).unwrap();
                }
            }
        }
        let mut text = String::new();
        gather(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src/artifact"), &mut text);
        text
    }

    /// The texts in quotation marks of a line.
    fn quoted(line: &str) -> impl Iterator<Item = &str> {
        line.split('"').skip(1).step_by(2)
    }

    #[test]
    fn words_that_are_asked_for_are_listed() {
        let sources = sources();
        let requested = sources
            .split("say(")
            .skip(1)
            .filter_map(|it| it.trim_start().strip_prefix('"').and_then(|it| it.split('"').next()));
        // An id that depends on something is chosen in a `let id`.
        let chosen = sources.lines().filter(|it| it.contains("let id = ")).flat_map(quoted);
        let requested: BTreeSet<_> = requested.chain(chosen).collect();
        assert_eq!(requested, TITLES.iter().map(|(id, _)| *id).collect());
    }

    #[test]
    fn templates_that_are_asked_for_are_listed() {
        let sources = sources();
        let named = sources.lines().flat_map(quoted).filter(|it| it.ends_with(".html"));
        // `{kind}.html` is home or place, `{}.html` a view.
        let named =
            named.filter(|it| !it.contains('{') && *it != ".html" && !it.ends_with("index.html"));
        let mut requested: BTreeSet<_> = named.collect();
        requested.extend(["home.html", "place.html"]);
        assert_eq!(requested, TEMPLATES.iter().map(|(file, _)| *file).collect());
    }

    #[test]
    fn the_default_theme_has_all() {
        let world = crate::source::MemoryWorld::default();
        let theme = crate::render::theme::load(&world, "default").value;
        assert!(theme.is_whole);
        let views = RecordView::NAMES.iter().map(|it| format!("{it}.html"));
        let files = TEMPLATES.iter().map(|(file, _)| (*file).to_owned()).chain(views);
        assert_eq!(files.filter(|it| !theme.has_template(it)).collect::<Vec<_>>(), [""; 0]);
        // Each language alone, since one stands in for the other.
        for language in ["zh-CN", "en"] {
            let mut theme = crate::render::theme::load(&world, "default").value;
            theme.layers.iter_mut().for_each(|layer| layer.words.retain(|it, _| it == language));
            let words = Words::new(&theme, language).value;
            let ids = FORMATS.into_iter().chain(WEEKDAYS).chain(TITLES.map(|(id, _)| id));
            assert_eq!(ids.filter(|it| !words.has(it)).collect::<Vec<_>>(), [""; 0], "{language}");
        }
    }
}
