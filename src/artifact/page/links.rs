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
//! | `/map/` | `/map/` below the portal's address; not checked |
//! | `../../nowhere.md` | an error, with the file that may have been meant |
//!
//! Targets with a scheme or host, and those that are only a `#heading`, do not come here: `render`
//! deals with them. Every file that a link names is noted in the view, found or not. If it comes,
//! goes or moves later, the page is made again.

use std::{
    cell::{Cell, RefCell},
    collections::{HashMap, HashSet},
    rc::Rc,
};

use crate::{
    artifact::{View, page::PageBuilder},
    diagnostic::{Code, Diagnostic, Location, MOST, nearest},
    render::{
        context::{self, Happening, NoticeLink, PlaceLink},
        markdown::{self, Broken, Rendered, Resolution, Resolve, Wrong},
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
        let config = self.view.config();
        let section = notice.section.as_deref().unwrap_or_default();
        let section = config.sections.iter().find(|it| it.id == section);
        NoticeLink {
            title: notice.title.clone(),
            url: self.place_url(place, &format!("notices/{}/", notice.slug)),
            date: notice.date.to_string(),
            until: notice.until.map(|it| it.to_string()).unwrap_or_default(),
            pinned: notice.pinned,
            urgent: notice.urgent,
            happens: notice.happens.map(|moment| self.happening(moment)),
            updated: notice.updated.map(|day| day.to_string()).unwrap_or_default(),
            objection: notice.posting.objection.as_ref().map(|it| self.objection(it, None, place)),
            draft: notice.posting.draft,
            section: section
                .map_or_else(String::new, |it| it.title.get(self.view.language()).to_owned()),
            place: self.place_link(place),
        }
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

    /// Markdown as HTML. `place` tells where in the file a mistake stands, by bytes of the source.
    /// Mistakes in links become diagnostics of the artifact, and the text is rendered all the same.
    pub(in crate::artifact) fn markdown(
        &self,
        source: &str,
        file: &SitePath,
        place: impl Fn(std::ops::Range<usize>) -> Location,
    ) -> Rendered {
        let (headings, wrong) = (RefCell::default(), Cell::default());
        let resolver = Resolver { view: self.view, file, headings, wrong };
        let rendered = markdown::render(source, &resolver);
        for problem in &rendered.problems {
            // To find a place costs a pass over the text before it.
            if self.view.reported_enough() {
                break;
            }
            self.view.report(diagnostic(&problem.wrong, place(problem.range.clone())));
        }
        rendered
    }

    /// An image of the content folder, which the page will bring along. `file` is the path in the
    /// site's folder: `content/kaixuan/a.jpg` is shown as `/kaixuan/a.jpg`. The decoder of records
    /// and places has checked that there is such a file.
    pub(in crate::artifact) fn image(&self, file: &str) -> String {
        let path = file.split_once('/').map_or("", |(_, path)| path);
        self.view.show(path);
        self.view.url(path)
    }
}

/// The diagnostic of a mistake in a link, with the file or heading that was probably meant, if one
/// is alike. A broken link is an error; an address such as `javascript:` is a warning, as the link
/// is left out anyway.
fn diagnostic(wrong: &Wrong, location: Location) -> Diagnostic {
    let near = |diagnostic: Diagnostic, near: &Option<String>, other| match near {
        Some(near) => diagnostic.arg("near", near).help("near"),
        None => diagnostic.help(other),
    };
    match wrong {
        Wrong::Link { target, broken: Broken::File { near: name } } => {
            near(Diagnostic::error(Code::BadLink, location).arg("target", target), name, "relative")
        }
        Wrong::Link { target, broken: Broken::Heading { heading, near: name } } => {
            let diagnostic = Diagnostic::error(Code::BadHeading, location)
                .arg("heading", heading)
                .arg("target", target);
            match name {
                Some(name) => diagnostic.arg("near", name).help("near"),
                None => diagnostic,
            }
        }
        Wrong::Image { target, broken } => {
            let name = match broken {
                Broken::File { near } => near,
                Broken::Heading { .. } => &None,
            };
            near(
                Diagnostic::error(Code::MissingImage, location).arg("target", target),
                name,
                "copy",
            )
        }
        Wrong::Password => {
            // The line is not quoted: it has the password.
            let location = Location { quote: None, ..location };
            Diagnostic::error(Code::UrlWithPassword, location).help("remove")
        }
        Wrong::Blocked => {
            Diagnostic::warning(Code::BlockedSource, location).arg("what", "img-src").help("image")
        }
        Wrong::Dangerous { scheme } => {
            Diagnostic::warning(Code::DangerousUrl, location).arg("scheme", scheme).help("scheme")
        }
    }
}

/// The ids of a notice's headings: in their order, and to look for one.
type HeadingIds = (Vec<String>, HashSet<String>);

/// Follows the links of one content file. Relative targets start at the folder of `file`.
struct Resolver<'r, 'v> {
    view: &'r View<'v>,
    file: &'r SitePath,
    /// The headings of the notices that links lead to, so that each notice is read once.
    headings: RefCell<HashMap<SitePath, Rc<HeadingIds>>>,
    /// How many links were wrong.
    wrong: Cell<usize>,
}

impl Resolver<'_, '_> {
    /// The candidate that was probably meant by a wrong name. Of the mistakes that are reported
    /// only: each costs a comparison with all candidates.
    fn near<'c>(&self, name: &str, candidates: impl Iterator<Item = &'c str>) -> Option<&'c str> {
        self.wrong.set(self.wrong.get() + 1);
        if self.wrong.get() > MOST { None } else { nearest(name, candidates) }
    }

    /// The ids of the headings of the notice in a file, if it is one.
    fn headings(&self, file: &SitePath) -> Option<Rc<HeadingIds>> {
        let article = self.view.linked_notice(file)?;
        if let Some(known) = self.headings.borrow().get(file) {
            return Some(Rc::clone(known));
        }
        let headings = markdown::headings(article.body());
        let ids: Vec<String> = headings.into_iter().map(|it| it.id).collect();
        let set = ids.iter().cloned().collect();
        let both = Rc::new((ids, set));
        self.headings.borrow_mut().insert(file.clone(), Rc::clone(&both));
        Some(both)
    }

    /// The answer for a target that leads nowhere: the content file whose *name* is most like its
    /// last part, in whatever folder, as the author would have to write it. It goes through all
    /// content files, which only a mistake costs.
    fn missing(&self, target: &str) -> Resolution {
        let name = target.rsplit('/').next().unwrap_or(target);
        let files = self.view.files();
        let near = self.near(name, files.iter().map(SitePath::name));
        // Of several files with that name, the one that sorts first, so that messages are stable.
        let near = near.and_then(|near| files.iter().filter(|it| it.name() == near).min());
        let near = near.map(|it| relative(&self.file.parent(), it));
        Resolution::Broken(Broken::File { near })
    }
}

impl Resolve for Resolver<'_, '_> {
    /// Finds the page of a target, and checks its heading if that stands in a notice.
    ///
    /// A folder stands for its `place.yaml`. Headings of lists and places are not checked:
    /// templates make them. A heading may be percent-encoded or not; `#时间` and
    /// `#%E6%97%B6%E9%97%B4` are one.
    fn link(&self, target: &str) -> Resolution {
        let (path, heading) =
            target.split_once('#').map_or((target, None), |(path, id)| (path, Some(id)));
        if path.starts_with('/') {
            let base = self.view.url("");
            let anchor = heading.map(|it| format!("#{it}")).unwrap_or_default();
            return Resolution::Url(format!("{base}{}{anchor}", path.trim_start_matches('/')));
        }
        let decoded = markdown::percent_decode(path);
        let file = self.file.parent().resolve(decoded.trim_end_matches('/'));
        let place = file.as_ref().map(|it| it.join("place.yaml"));
        let mut files = [file, place].into_iter().flatten();
        let found =
            files.find_map(|file| Some((self.view.follow(&file, heading.is_some())?, file)));
        let Some((path, file)) = found else { return self.missing(&decoded) };
        let url = self.view.url(&path);
        let Some(heading) = heading else { return Resolution::Url(url) };
        if let Some(headings) = self.headings(&file) {
            let wanted = markdown::percent_decode(heading);
            let (ids, known) = &*headings;
            if !known.contains(&*wanted) {
                let near = self.near(&wanted, ids.iter().map(String::as_str));
                let near = near.map(str::to_owned);
                return Resolution::Broken(Broken::Heading { heading: wanted.to_string(), near });
            }
        }
        Resolution::Url(format!("{url}#{heading}"))
    }

    fn may_load(&self, target: &str) -> bool {
        self.view.config().policy.allows("img-src", target)
    }

    /// Finds the file of an image and notes that the page shows it. A target that leads to a page,
    /// such as `../honors.yaml`, is no image and thus missing.
    fn image(&self, target: &str) -> Resolution {
        let decoded = markdown::percent_decode(target);
        if decoded.starts_with('/') {
            return Resolution::Url(self.view.url(decoded.trim_start_matches('/')));
        }
        let file = self.file.parent().resolve(&decoded);
        let path = file.as_ref().and_then(|it| self.view.follow(it, false));
        let is_page = |it: &str| it.is_empty() || it.ends_with('/');
        match path.filter(|it| !is_page(it)) {
            Some(path) => {
                let url = self.view.url(&path);
                self.view.show(&path);
                Resolution::Url(url)
            }
            None => self.missing(&decoded),
        }
    }
}

/// The link from a folder to a file, as an author writes it. From `content/a/notices` to
/// `content/a/honors.yaml` it is `../honors.yaml`. Both are paths in the site's folder.
fn relative(folder: &SitePath, file: &SitePath) -> String {
    let names = |path: &SitePath| -> Vec<String> {
        path.as_str().split('/').filter(|it| !it.is_empty()).map(str::to_owned).collect()
    };
    let (from, to) = (names(folder), names(file));
    let shared = from.iter().zip(&to).take_while(|(a, b)| a == b).count();
    let up = std::iter::repeat_n("..".to_owned(), from.len() - shared);
    up.chain(to[shared..].iter().cloned()).collect::<Vec<_>>().join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn relative_links() {
        let check =
            |folder: &str, file: &str| relative(&SitePath::new(folder), &SitePath::new(file));
        assert_eq!(check("content/a/notices", "content/a/honors.yaml"), "../honors.yaml");
        assert_eq!(check("content/a/notices", "content/a/notices/x.md"), "x.md");
        assert_eq!(check("content", "content/b/place.yaml"), "b/place.yaml");
    }
}
