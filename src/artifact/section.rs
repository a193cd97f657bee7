//! Pages of the portal's sections.
//!
//! A section is a topic of the whole portal, declared in `site.toml`. Its page, `sections/virtue/`,
//! shows the collections that name the section, each over all places, and the notices and lasting
//! pages that do. It has no lists of its own: it links to those of the root.

use std::borrow::Cow;

use crate::{
    artifact::{
        Artifact, ArtifactKind, NotMade, Read, Sources, Subject, View,
        page::{self, Page, PageBuilder},
        place::{NOTICES, set_reads},
    },
    config,
    diagnostic::Location,
    render::context::SectionPage,
    schema::{CollectionId, PlaceId},
    source::SitePath,
};

/// So many lasting pages are in the menu of a section. More are no menu any more; the pages of their
/// places link to all of them.
const LASTING: usize = 60;

/// A page for each section, if `[pages] sections` does not switch them off. They stand below the
/// root, so a portal without places has none.
pub(super) struct SectionKind;

impl ArtifactKind for SectionKind {
    fn name(&self) -> &'static str {
        "section"
    }

    fn plan(&self, place: Option<PlaceId>, sources: &Sources<'_>) -> Vec<Artifact> {
        let is_off = !sources.config.pages.sections || sources.portal.places().is_empty();
        if place.is_some() || is_off {
            return Vec::new();
        }
        let root = PlaceId::ROOT;
        let section = |(index, section): (u32, &config::Section)| {
            let rest = format!("sections/{}/", section.id);
            let source = Location::file(SitePath::new(config::FILE));
            let mut page = sources.page(root, &rest, Subject::Section(index), source);
            page.reads.extend([Read::Today, Read::Lists(root), Read::Routes]);
            page.reads.push(Read::AllNotices(root));
            for collection in sources.figures.collections(root) {
                let declared = sources.portal.collections().get(collection);
                if declared.section.as_ref() == Some(&section.id) {
                    page.reads.extend(set_reads(root, collection));
                }
            }
            page
        };
        (0..).zip(&sources.config.sections).map(section).collect()
    }

    fn make<'v>(&self, artifact: &Artifact, view: &View<'v>) -> Result<Cow<'v, [u8]>, NotMade> {
        let Subject::Section(index) = artifact.subject else { return Err(artifact.unexpected()) };
        page::make(view, |builder| builder.section_page(index as usize))
    }
}

impl PageBuilder<'_, '_> {
    /// The context of a section's page. The collections are those that the artifact declared to
    /// read.
    ///
    /// Every section reads all notices and lasting pages, as one can change its section. Costs
    /// O(notices) of the portal to find those to show.
    fn section_page(&self, index: usize) -> Result<Page, NotMade> {
        let section = page::section_link(self.view.config(), index, |path| self.view.url(path));
        let root = PlaceId::ROOT;
        let ids: Vec<CollectionId> = self.view.collections().collect();
        let notices = self.view.notices(root, true);
        let notices = notices.filter(|notice| notice.section.as_ref() == Some(&section.id));
        let templates = vec!["section.html".to_owned()];
        let words = self.words_said(&templates);
        let mut pages = self.view.section_menu(root, &section.id);
        let more_pages = pages.len().saturating_sub(LASTING);
        pages.truncate(LASTING);
        let page = SectionPage {
            sets: ids.into_iter().map(|id| self.set(root, id, words)).collect::<Result<_, _>>()?,
            notices: self.notice_links(notices.take(NOTICES * 2)),
            section,
            pages,
            more_pages,
        };
        let (title, about) = (page.section.title.clone(), page.section.description.clone());
        let mut head =
            self.head("section", title, about, &page.section.id, self.crumbs(root, true));
        head.column.clone_from(&page.section.title);
        Ok(page::filled(templates, head, page))
    }
}
