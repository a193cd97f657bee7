//! Pages of notices.

use tera::TeraResult;

use crate::render::Made;
use crate::{
    artifact::{
        Part as Shown,
        page::{Making, collection::part_title, links::safe, made},
        parts_of_years,
    },
    figures::years,
    render::context::{Link, NoticePage, NoticesPage},
    schema::{Notice, PlaceId, notice::NoticeId},
    source::Span,
};

/// A table of contents is for texts with so many headings.
const CONTENTS: usize = 3;

impl Making<'_> {
    pub(super) fn notice_page(&mut self, id: NoticeId) -> TeraResult<Made> {
        let (notice, article) = self.view.notice(id);
        let place = self.view.place(notice.place);
        let rendered = self.markdown(article.body(), &notice.file, |range| {
            let start = article.body + range.start;
            article.text.locate(Span::new(start, article.body + range.end))
        });
        let [older, newer] = self.view.neighbours(notice.place, id).map(|it| {
            let it = it?;
            let url = self.place_url(place, &format!("notices/{}/", it.slug));
            Some(Link { title: it.title.clone(), url })
        });
        let second = rendered.headings.iter().filter(|it| it.level == 2);
        let contents: Vec<Link> = second
            .map(|it| Link {
                title: it.text.clone(),
                url: format!("#{}", crate::artifact::encode(&it.id)),
            })
            .collect();
        let (has_list, _) = self.view.has_notices(place.id);
        let list_url = if has_list { self.place_url(place, "notices/") } else { String::new() };
        let page = NoticePage {
            place: self.place_link(place),
            notice: self.notice_link(notice, place),
            content: safe(&rendered.html),
            contents: if contents.len() < CONTENTS { Vec::new() } else { contents },
            newer,
            older,
            list_url: list_url.clone(),
        };
        let mut crumbs = self.crumbs(notice.place, true);
        if has_list {
            crumbs.push(Link { title: self.say("notices", &[]), url: list_url });
        }
        let section = notice.section.as_deref().unwrap_or_default();
        let head = self.head("notice", notice.title.clone(), rendered.text, section, crumbs);
        made(vec!["notice.html".to_owned()], &head, &page)
    }

    pub(super) fn notices_page(
        &mut self,
        id: PlaceId,
        part: Shown,
        subtree: bool,
    ) -> TeraResult<Made> {
        let place = self.view.place(id);
        let notices: Vec<&Notice> = self.view.notices(id, subtree).collect();
        let years = years(notices.iter().map(|it| Some(it.date.year())));
        let all = parts_of_years(&years, self.view.clock());
        let list = if subtree { "notices/all/" } else { "notices/" };
        let here = |it: &(usize, &&Notice)| part.holds(it.0, Some(it.1.date.year()));
        let shown = notices.iter().enumerate().filter(here).map(|(_, it)| *it);
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
            parts: self.parts(&all, part, |it| self.place_url(place, &format!("{list}{it}"))),
            part: part_title(part),
        };
        let name = if subtree {
            self.say("subtree-place", &[("place", &place.name)])
        } else {
            place.name.clone()
        };
        let title = self.titled(&self.say("notices", &[]), &name, &page.part);
        let head = self.head("notices", title, String::new(), "", self.crumbs(id, true));
        made(vec!["notices.html".to_owned()], &head, &page)
    }
}
