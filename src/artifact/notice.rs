//! Pages of notices: `content/kaixuan/notices/2026-03-02-water.md` becomes
//! `kaixuan/notices/2026-03-02-water/`.
//!
//! The file name without its extension is the slug. A notice outside of its window has no page; a
//! link to its file leads to the list instead (`address.rs`). Lists of notices are planned by
//! `notice_list.rs`.

use std::borrow::Cow;

use crate::{
    artifact::{
        Artifact, ArtifactKind, NotMade, Read, Sources, Subject, View, encode,
        page::{self, Page, PageBuilder, safe},
        structured::{Announcement, Occasion},
    },
    diagnostic::Location,
    render::{
        context::{Head, Link, NoticePage},
        markdown::Rendered,
    },
    schema::{
        Notice, PlaceId,
        notice::{Article, NoticeId},
    },
    source::Span,
};

/// A table of contents is for texts with so many headings.
///
/// Headings of the second level count. With fewer, a list of them is longer to read than the text.
const CONTENTS: usize = 3;

/// A page for each notice that is posted.
///
/// A page reads the titles of all notices of its place, as it links to the one before and the one
/// after. `Today` is read only with an objection period, so that other notices stay as they are
/// when a day passes.
pub(super) struct NoticeKind;

impl ArtifactKind for NoticeKind {
    fn name(&self) -> &'static str {
        "notice"
    }

    fn plan(&self, place: Option<PlaceId>, sources: &Sources<'_>) -> Vec<Artifact> {
        let Some(place) = place else { return Vec::new() };
        let notices = sources.portal.notices();
        let page = |id: NoticeId| {
            let notice = notices.get(id);
            let source = Location::file(notice.file.clone());
            let mut page = sources.page(place, &notice.path(), Subject::Notice(id), source);
            let lists = Read::Lists(place);
            page.reads.extend([Read::Notice(id), Read::Notices(place), lists, Read::Routes]);
            let asks = notice.posting.objection.is_some() || notice.happens.is_some();
            page.reads.extend(asks.then_some(Read::Today));
            page
        };
        notices.at(place).map(page).collect()
    }

    fn make<'v>(&self, artifact: &Artifact, view: &View<'v>) -> Result<Cow<'v, [u8]>, NotMade> {
        let Subject::Notice(id) = artifact.subject else { return Err(artifact.unexpected()) };
        page::make(view, |builder| builder.notice_page(id))
    }
}

impl PageBuilder<'_, '_> {
    /// The context of a notice's page: the text as HTML, the table of contents, and the neighbours
    /// by date.
    ///
    /// The description in the page's head is the beginning of the text.
    ///
    /// Returns [`NotMade::Torn`] if the file was written since it was summarised.
    fn notice_page(&self, id: NoticeId) -> Result<Page, NotMade> {
        let (notice, article) = self.view.notice(id);
        self.view.note_modified(notice.updated.or(notice.date()));
        let article = article.ok_or(NotMade::Torn)?;
        let place = self.view.place(notice.place);
        let (rendered, contents) = self.article(notice, &article);
        let [older, newer] = self.view.neighbours(notice.place, id).map(|neighbour| {
            let neighbour = neighbour?;
            let url = self.place_url(place, &neighbour.path());
            Some(Link { title: neighbour.title.clone(), url })
        });
        let (has_list, _) = self.view.has_notices(place.id);
        let list_url = if has_list { self.place_url(place, "notices/") } else { String::new() };
        let page = NoticePage {
            place: self.place_link(place),
            notice: self.notice_link(notice, place),
            source: notice.source.clone().unwrap_or_default(),
            number: notice.number.clone().unwrap_or_default(),
            change: notice.change.clone().unwrap_or_default(),
            tags: notice.tags.clone(),
            content: safe(&rendered.html),
            contents,
            newer,
            older,
            list_url: list_url.clone(),
        };
        let mut crumbs = self.crumbs(notice.place, true);
        if has_list {
            crumbs.push(Link { title: self.say("notices", &[]), url: list_url });
        }
        let section = notice.section.as_deref().unwrap_or_default();
        let mut column = page.notice.section.clone();
        if column.is_empty() && has_list {
            column = self.say("notices", &[]);
        }
        let title = notice.title.clone();
        let head = self.head("notice", title, rendered.text, section, crumbs);
        let mut head = Head { column, ..head };
        let happens = notice.happens.map(|moment| Occasion::of_notice(&page.notice, moment));
        head.data.tell(|graph| {
            graph.add(&Announcement::new(&page.notice, |url| self.absolute(url)));
            self.tell_events(graph, happens.as_slice());
        });
        Ok(page::filled(vec!["notice.html".to_owned()], head, page))
    }

    /// The text of a notice or lasting page as HTML, and its table of contents, empty for a text with
    /// few headings.
    ///
    /// A mistake in the Markdown is located in the file itself: positions in the body are moved by
    /// the length of the front matter.
    pub(super) fn article(&self, notice: &Notice, article: &Article) -> (Rendered, Vec<Link>) {
        let rendered =
            self.markdown(article.body(), &notice.file, &|| notice.title.clone(), |range| {
                let start = article.body + range.start;
                article.text.locate(Span::new(start, article.body + range.end))
            });
        article.first_words.get_or_init(|| rendered.text.clone());
        self.report_unlinked(notice, article);
        let second = rendered.headings.iter().filter(|heading| heading.level == 2);
        let contents = second.map(|heading| Link {
            title: heading.text.clone(),
            url: format!("#{}", encode(&heading.id)),
        });
        let contents: Vec<Link> = contents.collect();
        (rendered, if contents.len() < CONTENTS { Vec::new() } else { contents })
    }
}
