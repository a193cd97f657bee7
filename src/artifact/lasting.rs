//! Lasting pages: `content/kaixuan/about.md`, or `content/kaixuan/about/index.md` with its pictures
//! beside it, becomes `kaixuan/about/`.
//!
//! They say what holds until somebody changes it, so no list has them by day: the page of their
//! place links to them, each of them to the others of its place, and every page to those of the
//! root. One outside of its window has no page; a link to its file leads to its place.

use std::borrow::Cow;

use crate::{
    artifact::{
        Artifact, ArtifactKind, NotMade, Read, Sources, Subject, View,
        page::{self, Page, PageBuilder, safe},
    },
    diagnostic::Location,
    render::context::{Head, LastingPage},
    schema::{PlaceId, notice::NoticeId},
};

/// A page for each lasting page that is posted.
///
/// It reads the titles of all lasting pages of its place, as its menu has them. `Today` is read
/// only with an objection period.
pub(super) struct LastingPageKind;

impl ArtifactKind for LastingPageKind {
    fn name(&self) -> &'static str {
        "page"
    }

    fn plan(&self, place: Option<PlaceId>, sources: &Sources<'_>) -> Vec<Artifact> {
        let Some(place) = place else { return Vec::new() };
        let notices = sources.portal.notices();
        let page = |id: NoticeId| {
            let page = notices.get(id);
            let source = Location::file(page.file.clone());
            let mut artifact = sources.page(place, &page.path(), Subject::Notice(id), source);
            artifact.reads.extend([Read::Notice(id), Read::Notices(place), Read::Routes]);
            artifact.reads.extend(page.posting.objection.as_ref().map(|_| Read::Today));
            artifact
        };
        notices.pages(place).map(page).collect()
    }

    fn make<'v>(&self, artifact: &Artifact, view: &View<'v>) -> Result<Cow<'v, [u8]>, NotMade> {
        let Subject::Notice(id) = artifact.subject else { return Err(artifact.unexpected()) };
        page::make(view, |builder| builder.lasting_page(id))
    }
}

impl PageBuilder<'_, '_> {
    /// The context of a lasting page: the text as HTML, the table of contents, and the menu of its
    /// place.
    ///
    /// Returns [`NotMade::Torn`] if the file was written since it was summarised.
    fn lasting_page(&self, id: NoticeId) -> Result<Page, NotMade> {
        let (lasting, text) = self.view.notice(id);
        let text = text.ok_or(NotMade::Torn)?;
        self.view.note_modified(lasting.updated);
        let place = self.view.place(lasting.place);
        let (content, contents) = self.article(lasting, &text);
        let section = lasting.section.as_deref().unwrap_or_default();
        let posting = &lasting.posting;
        let page = LastingPage {
            place: self.place_link(place),
            title: lasting.title.clone(),
            updated: lasting.updated.map(|day| day.to_string()).unwrap_or_default(),
            source: lasting.source.clone().unwrap_or_default(),
            section: self.section_title(section),
            objection: posting.objection.as_ref().map(|it| self.objection(it, None, place)),
            draft: posting.draft,
            content: safe(&content.html),
            contents,
            menu: self.view.menu(place.id),
        };
        let crumbs = self.crumbs(lasting.place, true);
        let head = self.head("page", lasting.title.clone(), content.text, section, crumbs);
        let head = Head { column: page.section.clone(), ..head };
        Ok(page::filled(vec!["page.html".to_owned()], head, page))
    }
}
