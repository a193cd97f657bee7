//! Lists of notices: of a place, and of a place and all places in it.
//!
//! | path | shows | exists if |
//! | --- | --- | --- |
//! | `kaixuan/notices/` | the place's own notices | it has any |
//! | `kaixuan/notices/all/` | with those of all places in it | a place in it has any |
//!
//! Both are cut by year (`parts.rs`), as `kaixuan/notices/2025/` and `kaixuan/notices/all/2025/`.
//! The order is pinned notices first, then the latest. A pinned notice of an old year is not on the
//! first page: it leads the page of its own year.

use std::borrow::Cow;

use jiff::civil::Date;

use crate::{
    artifact::{
        Artifact, ArtifactKind, ListPart, NotMade, Read, Sources, Subject, View,
        page::{self, Page, PageBuilder},
        parts::{entries, parts_of_notices},
    },
    diagnostic::Location,
    figures::years,
    render::context::{Head, NoticesPage},
    schema::{Notice, PlaceId},
};

/// Lists of notices, if `[pages] notice-lists` does not switch them off.
///
/// The years are known from the summaries, so no article is read to plan or make a list.
pub(super) struct NoticeListKind;

impl ArtifactKind for NoticeListKind {
    fn name(&self) -> &'static str {
        "notice-list"
    }

    fn plan(&self, place: Option<PlaceId>, sources: &Sources<'_>) -> Vec<Artifact> {
        let Some(place) = place else { return Vec::new() };
        let (notices, routes) = (sources.portal.notices(), sources.routes());
        let page = |rest: String, subject: Subject, notices: Read| {
            let folder = sources.portal.place(place).folder.join("notices");
            let mut page = sources.page(place, &rest, subject, Location::file(folder));
            page.reads.extend([Read::Today, notices, Read::Lists(place)]);
            page
        };
        let mut pages = Vec::new();
        if routes.has_notices(place) {
            let years = years(notices.at(place).map(|id| year(notices.get(id))));
            pages.extend(parts_of_notices(&years, sources.clock()).into_iter().map(|part| {
                let rest = format!("notices/{}", part.suffix());
                page(rest, Subject::Notices(place, part), Read::Notices(place))
            }));
        }
        if routes.has_all_notices(place) {
            let years = notices.years_below(place);
            pages.extend(parts_of_notices(years, sources.clock()).into_iter().map(|part| {
                let rest = format!("notices/all/{}", part.suffix());
                page(rest, Subject::AllNotices(place, part), Read::AllNotices(place))
            }));
        }
        pages
    }

    fn make<'v>(&self, artifact: &Artifact, view: &View<'v>) -> Result<Cow<'v, [u8]>, NotMade> {
        match artifact.subject {
            Subject::Notices(place, part) => {
                page::make(view, |builder| Ok(builder.notices_page(place, part, false)))
            }
            Subject::AllNotices(place, part) => {
                page::make(view, |builder| Ok(builder.notices_page(place, part, true)))
            }
            _ => Err(artifact.unexpected()),
        }
    }
}

/// The year of a notice.
pub(super) fn year(notice: &Notice) -> Option<i16> {
    notice.date().map(Date::year)
}

impl PageBuilder<'_, '_> {
    /// The context of a part of a list; `subtree` for the one over all places in the place. Each
    /// list links to the other if that exists.
    ///
    /// The number of parts follows from the notices again, as in `plan`. All of them are the
    /// list's; `part` picks those that this page shows.
    fn notices_page(&self, id: PlaceId, part: ListPart, subtree: bool) -> Page {
        let place = self.view.place(id);
        let notices: Vec<&Notice> = self.view.notices(id, subtree).collect();
        let years = years(notices.iter().map(|notice| year(notice)));
        let all = parts_of_notices(&years, self.view.clock());
        let list = if subtree { "notices/all/" } else { "notices/" };
        let entries = entries(notices.iter().map(|notice| year(notice)));
        let shown = entries.zip(&notices).filter(|(entry, _)| part.holds(*entry));
        let shown = shown.map(|(_, notice)| *notice);
        let shown = shown.inspect(|it| self.view.note_modified(it.updated.or(it.date())));
        let other_url = match (subtree, self.view.has_notices(id)) {
            (true, (true, _)) => self.place_url(place, "notices/"),
            (false, (_, true)) => self.place_url(place, "notices/all/"),
            _ => String::new(),
        };
        let page = NoticesPage {
            place: self.place_link(place),
            notices: self.notice_links(shown),
            subtree,
            other_url,
            parts: self.parts(&all, part, |rest| self.place_url(place, &format!("{list}{rest}"))),
            part: self.part_of(part, &all),
        };
        let name = if subtree {
            self.say("subtree-place", &[("place", &place.name)])
        } else {
            place.name.clone()
        };
        let column = self.say("notices", &[]);
        let title = self.titled(&column, &name, &page.part);
        let head = self.head("notices", title, String::new(), "", self.crumbs(id, true));
        let head = Head { column, ..head };
        page::filled(vec!["notices.html".to_owned()], head, page)
    }
}
