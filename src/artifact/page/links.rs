//! Places, notices and content files as links; Markdown with its links.
//!
//! An author links to *files*, as an editor or a repository shows them, and readers get the page
//! that shows the file. In `content/kaixuan/notices/2026-03-02-water.md`:
//!
//! | written | leads to |
//! | --- | --- |
//! | `../honors.yaml` | `/kaixuan/honors/` |
//! | `../` or `../place.yaml` | `/kaixuan/` |
//! | `2026-03-09-power.md#时间` | `/kaixuan/notices/2026-03-09-power/#时间`, if it has that heading |
//! | `photo.jpg` as an image | `/kaixuan/notices/photo.jpg`, which is published with the page |
//! | `/kaixuan/honors/` | the page at that address, below that of the portal |
//! | `/bbs/` | another site of the host, if `[links] outside` names it |
//! | `../../nowhere.md` | an error, with the file that may have been meant |
//!
//! Targets with a scheme or host, and those that are only a `#heading`, do not come here: `render`
//! deals with them. `resolver.rs` finds the files, `mistakes.rs` says what is wrong.

use crate::{
    artifact::page::{PageBuilder, mistakes::diagnostic, resolver::Resolver},
    diagnostic::Location,
    render::{
        context::{self, Happening, NoticeLink, PlaceLink},
        markdown::{self, Rendered},
    },
    schema::{DayTime, Moment, Notice, Place},
    source::SitePath,
};

impl PageBuilder<'_, '_> {
    /// A place as templates see it. What it does not say of itself is an empty text.
    pub(in crate::artifact) fn place_link(&self, place: &Place) -> PlaceLink {
        let view = &self.view;
        let level = view.level(place.level);
        let given = |it: &Option<String>| it.clone().unwrap_or_default();
        PlaceLink {
            name: place.name.clone(),
            level: level.map_or_else(String::new, |it| it.value.clone()),
            level_label: level
                .map_or_else(String::new, |it| it.label.get(view.language()).to_owned()),
            url: self.place_url(place, ""),
            address: given(&place.address),
            phone: given(&place.phone),
            hours: given(&place.hours),
        }
    }

    /// The address of something in a place. `rest` is a path below the place's; empty for its page.
    /// Below the root place nothing stands in front of it.
    pub(in crate::artifact) fn place_url(&self, place: &Place, rest: &str) -> String {
        let slash = if place.path.is_empty() { "" } else { "/" };
        self.view.url(&format!("{}{slash}{rest}", place.path))
    }

    /// The way to a place's page: the places above it, and itself if `whole`. The root is the
    /// first. All of them have to be declared as read, as `Sources::page` does.
    pub(in crate::artifact) fn crumbs(
        &self,
        place: crate::schema::PlaceId,
        whole: bool,
    ) -> Vec<context::Link> {
        let mut places = self.view.ancestry(place);
        if !whole {
            places.pop();
        }
        let link =
            |it: &Place| context::Link { title: it.name.clone(), url: self.place_url(it, "") };
        places.into_iter().map(link).collect()
    }

    /// A notice as lists link to it. `place` is the place that posts it. A section that `site.toml`
    /// does not have is an empty text.
    pub(in crate::artifact) fn notice_link(&self, notice: &Notice, place: &Place) -> NoticeLink {
        NoticeLink {
            title: notice.title.clone(),
            url: self.place_url(place, &notice.path()),
            date: notice.date().map(|day| day.to_string()).unwrap_or_default(),
            until: notice.until.map(|it| it.to_string()).unwrap_or_default(),
            pinned: notice.pinned,
            urgent: notice.urgent,
            happens: notice.happens.map(|moment| self.happening(moment)),
            updated: notice.updated.map(|day| day.to_string()).unwrap_or_default(),
            objection: notice.posting.objection.as_ref().map(|it| self.objection(it, None, place)),
            draft: notice.posting.draft,
            section: self.section_title(notice.section.as_deref().unwrap_or_default()),
            place: self.place_link(place),
        }
    }

    /// The title of a section by its id; empty if `site.toml` does not have it.
    pub(in crate::artifact) fn section_title(&self, id: &str) -> String {
        let section = self.view.config().sections.iter().find(|it| it.id == id);
        section.map_or_else(String::new, |it| it.title.get(self.view.language()).to_owned())
    }

    /// When something happens, which asks the clock whether it does so today.
    fn happening(&self, moment: Moment) -> Happening {
        let clock = self.view.clock();
        let language = self.view.language();
        let time = |time: Option<DayTime>| time.map(|it| it.written(language)).unwrap_or_default();
        let last = moment.until.unwrap_or(moment.date);
        let past = clock.is_past(last);
        Happening {
            date: moment.date.to_string(),
            starts: time(moment.starts),
            until: if last == moment.date { String::new() } else { last.to_string() },
            ends: time(moment.ends),
            today: !past && clock.reached(moment.date),
            past,
        }
    }

    /// Notices as lists link to them. Each is shown with its own place, in the order in which they
    /// come.
    pub(in crate::artifact) fn notice_links<'n>(
        &self,
        notices: impl Iterator<Item = &'n Notice>,
    ) -> Vec<NoticeLink> {
        notices.map(|it| self.notice_link(it, self.view.named_place(it.place))).collect()
    }

    /// Markdown as HTML. `title` is what the text is called, for files that it links to; `place` tells
    /// where in the file a mistake stands, by bytes of the source. Mistakes in links become diagnostics of the artifact, and the text is rendered all the same.
    pub(in crate::artifact) fn markdown(
        &self,
        source: &str,
        file: &SitePath,
        title: &dyn Fn() -> String,
        place: impl Fn(std::ops::Range<usize>) -> Location,
    ) -> Rendered {
        let resolver = Resolver::new(self.view, file, source, title);
        let rendered = markdown::render(source, &resolver);
        for problem in &rendered.problems {
            let placeless = diagnostic(&problem.wrong, Location::file(file.clone()));
            // To find a place costs a pass over the text before it.
            self.view.report(if self.view.reported_enough(placeless.severity) {
                placeless
            } else {
                diagnostic(&problem.wrong, place(problem.range.clone()))
            });
        }
        rendered
    }

    /// An image of the content folder, which the page will bring along. `file` is the path in the
    /// site's folder: `content/kaixuan/a.jpg` is shown as `/kaixuan/a.jpg`. The decoder of records
    /// and places has checked that there is such a file.
    pub(in crate::artifact) fn image(&self, file: &str) -> context::Image {
        let file = SitePath::new(file);
        self.view.follow(&file, false);
        let image = self.view.image(file.below_content());
        let (width, height) = image.size.unwrap_or_default();
        context::Image {
            title: String::new(),
            url: image.url,
            width,
            height,
            srcset: image.copies,
            mark: image.mark,
            lazy: !image.is_first,
        }
    }
}
