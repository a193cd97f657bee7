//! The page that searches, and the pages of all places and notices by pinyin.
//!
//! ```text
//! search/      the form, and an ordered list that a script fills; links to the letters
//! search/y/    一心社区 with its lists, 用电安全提示, …
//! search/0/    what begins with no letter
//! ```
//!
//! The pages by pinyin are for browsers without scripts, and for readers who want to look around.
//! There is one for each letter under which something stands.

use std::borrow::Cow;

use crate::{
    artifact::{
        Artifact, ArtifactKind, NotMade, Read, Sources, Subject, View,
        page::{self, Page, PageBuilder},
        search::{
            FOLDER,
            documents::{Document, Sort},
            pinyin,
        },
    },
    config,
    diagnostic::Location,
    render::context::{Link, Part, PlaceEntry, SearchLetterPage, SearchPage, TitleEntry},
    schema::PlaceId,
    source::SitePath,
    text::Collator,
};

/// The page 搜索, and one for each letter.
pub(in crate::artifact) struct SearchPageKind;

impl ArtifactKind for SearchPageKind {
    fn name(&self) -> &'static str {
        "search-page"
    }

    fn plan(&self, place: Option<PlaceId>, sources: &Sources<'_>) -> Vec<Artifact> {
        let letters = sources.search.letters();
        if place.is_some() || letters.is_empty() {
            return Vec::new();
        }
        let page = |rest: &str, subject: Subject| {
            let source = Location::file(SitePath::new(config::FILE));
            let path = format!("{FOLDER}/{rest}");
            let mut page = sources.page(PlaceId::ROOT, &path, subject, source);
            page.reads.push(Read::Letters);
            page
        };
        let of_letter = |letter: u8| {
            let rest = format!("{}/", pinyin::slug(letter));
            let mut page = page(&rest, Subject::Part(u32::from(letter)));
            page.reads.push(Read::Letter(letter));
            page
        };
        std::iter::once(page("", Subject::Portal))
            .chain(letters.into_iter().map(of_letter))
            .collect()
    }

    fn make<'v>(&self, artifact: &Artifact, view: &View<'v>) -> Result<Cow<'v, [u8]>, NotMade> {
        match artifact.subject {
            Subject::Portal => page::make(view, |builder| Ok(builder.search_page())),
            Subject::Part(letter) => {
                let letter = u8::try_from(letter).map_err(|_| artifact.unexpected())?;
                page::make(view, |builder| Ok(builder.letter_page(letter)))
            }
            _ => Err(artifact.unexpected()),
        }
    }
}

impl PageBuilder<'_, '_> {
    /// The context of the page that searches.
    fn search_page(&self) -> Page {
        let title = self.say("search", &[]);
        let head = self.head("search", title, String::new(), "", self.crumbs(PlaceId::ROOT, true));
        let page = SearchPage { zone: self.view.config().zone_name(), letters: self.letters(None) };
        page::filled(vec!["search.html".to_owned()], head, page)
    }

    /// The context of the page of a letter: its places, each with its lists, and all else.
    ///
    /// Costs O(pages) of the portal to find those, and the sorting of these.
    fn letter_page(&self, letter: u8) -> Page {
        let documents = self.view.search_places(letter).flat_map(|place| place.under(letter));
        let (mut places, mut titles) = (Vec::new(), Vec::new());
        let collator = Collator::new();
        let key = |document: &Document| (collator.key(&document.title), document.path.clone());
        for (document, lists) in documents {
            if document.sort == Sort::Place {
                places.push((key(document), self.place_entry(document, &lists)));
            } else {
                titles.push((key(document), self.title_entry(document)));
            }
        }
        let shown = pinyin::shown(letter);
        let title = self.say("search-letter", &[("letter", &shown)]);
        let mut crumbs = self.crumbs(PlaceId::ROOT, true);
        let url = self.view.url(&format!("{FOLDER}/"));
        crumbs.push(Link { title: self.say("search", &[]), url });
        let head = self.head("search-letter", title, String::new(), "", crumbs);
        let page = SearchLetterPage {
            letter: shown,
            letters: self.letters(Some(letter)),
            places: in_order(places),
            titles: in_order(titles),
        };
        page::filled(vec!["search-letter.html".to_owned()], head, page)
    }

    fn letters(&self, here: Option<u8>) -> Vec<Part> {
        let part = |letter: u8| Part {
            title: pinyin::shown(letter),
            url: self.view.url(&format!("{FOLDER}/{}/", pinyin::slug(letter))),
            current: here == Some(letter),
            gap: false,
        };
        self.view.letters().into_iter().map(part).collect()
    }

    fn place_entry(&self, document: &Document, lists: &[&Document]) -> PlaceEntry {
        let lists = lists.iter().map(|list| self.link_to(list)).collect();
        PlaceEntry { title: document.title.clone(), url: self.view.url(&document.path), lists }
    }

    fn title_entry(&self, document: &Document) -> TitleEntry {
        let day = document.day.map(|day| day.to_string()).unwrap_or_default();
        let Link { title, url } = self.link_to(document);
        TitleEntry { title, url, place: document.place.clone(), date: day }
    }

    fn link_to(&self, document: &Document) -> Link {
        Link { title: document.title.clone(), url: self.view.url(&document.path) }
    }
}

/// What has a key in the order of the keys.
fn in_order<T>(mut keyed: Vec<((Vec<u8>, String), T)>) -> Vec<T> {
    keyed.sort_by(|a, b| a.0.cmp(&b.0));
    keyed.into_iter().map(|(_, it)| it).collect()
}
