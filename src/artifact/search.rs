//! The search: an index of the public portal, in files that a page can ask without any server.
//!
//! | file | what it has |
//! | --- | --- |
//! | `search/tokens.rs` | the tokens of a text: pairs of characters, beginnings of words |
//! | `search/pinyin.rs` | tokens of how titles and names are read, the letter under which they stand |
//! | `search/documents.rs` | what can be found: the documents of a place, kept from build to build |
//! | `search/times.rs` | when the records of a list are: its newest, and what comes next |
//! | `search/order.rs` | the numbers of the documents, and what an edit changes of them |
//! | `search/layout.rs` | the files: shards, blocks, manifest |
//! | `search/postings.rs` | what is in a shard |
//! | `search/known.rs` | the index, brought up to date place by place |
//! | `search/pages.rs` | the page 搜索, and the pages of places and notices by pinyin |
//!
//! Whoever searches loads the manifest, then at once the shards of all tokens, then at once the
//! blocks of the results: two round trips after the first key. A page has the words if it has all
//! their pairs; positions are not kept, as pairs alone find nearly nothing wrong (`tests/it/search.rs`
//! measures it) and take a third of the bytes. The index is made from the portal after disclosure,
//! not from HTML, and `themes/default/static/search.js` reads it; `found.js` there marks words on the page that a result
//! leads to.
//!
//! The files are derived: they are planned once all else is made, and take no part in the
//! comparison of paths, which would be gone through at each build, as the names follow from what
//! is in the files.

mod documents;
mod known;
mod layout;
mod order;
pub(super) mod pages;
mod pinyin;
mod postings;
mod times;
mod tokens;

use std::borrow::Cow;

pub(crate) use documents::PlaceDocuments;
pub(crate) use known::KnownFiles;
pub use known::{KnownSearch, SearchIndex};
use layout::FOLDER;

use crate::{
    artifact::{Artifact, ArtifactKind, NotMade, Read, Scan, Sources, Subject, View},
    config,
    diagnostic::Location,
    fingerprint::Fingerprint,
    render::theme,
    schema::PlaceId,
    source::SitePath,
};

/// The files of the index.
pub(super) struct SearchKind;

impl ArtifactKind for SearchKind {
    fn name(&self) -> &'static str {
        theme::SEARCH
    }

    fn plan(&self, _: Option<PlaceId>, sources: &Sources<'_>) -> Vec<Artifact> {
        let file = |(index, path): (u32, &str)| Artifact {
            path: path.to_owned(),
            subject: Subject::Part(index),
            language: sources.config.language.as_str().into(),
            reads: vec![Read::Search(index)],
            source: Location::file(SitePath::new(config::FILE)),
        };
        let paths = sources.search.files().iter().map(|file| file.path.as_str());
        (0..).zip(paths).map(file).collect()
    }

    fn make<'v>(&self, artifact: &Artifact, view: &View<'v>) -> Result<Cow<'v, [u8]>, NotMade> {
        let Subject::Part(index) = artifact.subject else { return Err(artifact.unexpected()) };
        view.search_file(index).map(Cow::Owned).ok_or_else(|| artifact.unexpected())
    }

    /// Blocks have texts. Shards have hashes, and the manifest names of files.
    fn scan(&self, artifact: &Artifact) -> Scan {
        let name = artifact.path.rsplit('/').next().unwrap_or_default();
        if layout::is_block(name) { Scan::Packed } else { Scan::Nothing }
    }

    fn is_optional(&self) -> bool {
        true
    }

    fn is_derived(&self) -> bool {
        true
    }
}

impl SearchIndex {
    /// The bytes of a file by its index; `None` if there are not so many.
    pub(super) fn file(&self, index: u32) -> Option<Vec<u8>> {
        self.files().get(index as usize).map(|file| self.bytes(file))
    }

    /// The fingerprint of what is in a file.
    pub(super) fn fingerprint(&self, index: u32) -> Option<Fingerprint> {
        self.files().get(index as usize).map(|file| file.content)
    }
}
