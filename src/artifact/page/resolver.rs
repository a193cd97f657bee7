//! Where the links and images of one content file lead.
//!
//! A target is taken as a file, from the folder of the text that it stands in, or from the content
//! folder if it begins with `/`; then it may also be the address of a page. It need not be typed
//! as the file is called: capitals, `\` for `/`, `%20` for a space, `.jpeg` for `.jpg` and what
//! follows a `?` make no difference. What is there and cannot be published is never said not to
//! exist.
//!
//! Every file that a link names is noted in the view, found or not. If it comes, goes or moves
//! later, the page is made again.

use std::{
    cell::{Cell, OnceCell, RefCell},
    collections::{HashMap, HashSet},
    ops::Range,
    rc::Rc,
};

use fluent_bundle::FluentArgs;

use crate::{
    artifact::{
        View,
        inspection::{Found, Inspection},
    },
    attachment::{AttachmentKind, Opaque},
    config::{Breaks, links},
    diagnostic::{MOST, nearest},
    render::{
        Renderer,
        markdown::{self, Broken, Resolution, Resolve, Unfit},
    },
    scan::Subjects,
    schema::{foreign_image, is_same_name},
    source::{CONTENT, SitePath},
    text::file_note,
};

/// The ids of a notice's headings: in their order, and to look for one.
type HeadingIds = (Vec<String>, HashSet<String>);

/// Follows the links of one content file. Relative targets start at the folder of `file`.
pub(super) struct Resolver<'r, 'v> {
    view: &'r View<'v>,
    file: &'r SitePath,
    source: &'r str,
    /// What the text is called.
    title: &'r dyn Fn() -> String,
    /// What the text says of lists, once it links to a file.
    subjects: OnceCell<Subjects>,
    /// The headings of the notices that links lead to, so that each notice is read once.
    headings: RefCell<HashMap<SitePath, Rc<HeadingIds>>>,
    /// How many links were wrong.
    wrong: Cell<usize>,
}

impl<'r, 'v> Resolver<'r, 'v> {
    /// For a text of a file, and what that is called.
    pub(super) fn new(
        view: &'r View<'v>,
        file: &'r SitePath,
        source: &'r str,
        title: &'r dyn Fn() -> String,
    ) -> Self {
        let (subjects, headings) = (OnceCell::new(), RefCell::default());
        Self { view, file, source, title, subjects, headings, wrong: Cell::default() }
    }

    /// There were fewer mistakes so far than are reported: what was meant by the next one is worth
    /// looking for, which costs a comparison with all candidates.
    fn is_told(&self) -> bool {
        self.wrong.set(self.wrong.get() + 1);
        self.wrong.get() <= MOST
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

    /// The file that a path leads to: from the folder of the text, or from the content folder if it
    /// begins with `/`.
    fn resolve(&self, path: &str) -> Option<SitePath> {
        let folder =
            if path.starts_with('/') { SitePath::new(CONTENT) } else { self.file.parent() };
        folder.resolve(path.trim_end_matches('/'))
    }

    /// What a path may stand for, in the order in which it is looked up: a file, a place by its
    /// folder, and if it begins or ends with `/` an address. Such a path may have the path of the
    /// portal in front, as it has in the address of a page, and end with the file of a page.
    fn candidates(&self, path: &str) -> Vec<SitePath> {
        let base = self.view.url("");
        let below = path.strip_prefix(&base).filter(|_| base != "/").map(|it| format!("/{it}"));
        let page = page_of(path).map(str::to_owned);
        let page_below = below.as_deref().and_then(page_of).map(str::to_owned);
        let paths = [Some(path.to_owned()), below, page, page_below];
        let of = |path: String| {
            let file = self.resolve(&path);
            let place = file.as_ref().map(|it| it.join("place.yaml"));
            let address = if path.starts_with('/') {
                Some(SitePath::new(path))
            } else {
                // Pages lie as the files do that they are made from.
                let folder = file.as_ref().filter(|_| path.ends_with('/'));
                folder.map(|it| SitePath::new(format!("/{}/", it.below_content())))
            };
            [file, place, address].into_iter().flatten()
        };
        paths.into_iter().flatten().flat_map(of).collect()
    }

    /// The target is on the same host, but of another site there.
    fn is_outside(&self, target: &str) -> bool {
        let outside = &self.view.config().links.outside;
        outside.iter().any(|path| target.starts_with(path.as_str()))
    }

    /// The answer for a target that leads nowhere: why a file that is there cannot be published, or
    /// else the file that was meant, as the author would have to write it.
    fn missing(&self, path: &str) -> Resolution {
        let file = self.resolve(path);
        let is_hidden = path.split('/').any(|name| {
            name.starts_with('_') || name.starts_with('.') && !matches!(name, "." | "..")
        });
        let there = file.as_ref().and_then(|it| self.view.unpublished(it));
        Resolution::Broken(match there {
            _ if is_hidden => Broken::Unfit(Unfit::Hidden),
            Some(file) => Broken::Unfit(Unfit::File(unpublished(&file))),
            None => self.meant(path),
        })
    }

    /// The content file that was meant by a wrong path: one of that name in whatever folder, or the
    /// one whose name is most like it. Of several, the one with most of the path, and of those the one
    /// that sorts first, so that messages are stable.
    fn meant(&self, path: &str) -> Broken {
        if !self.is_told() {
            return Broken::File { near: None };
        }
        let (wanted, files) = (SitePath::new(path), self.view.files());
        let seen = |file: &SitePath| file.seen_from(&self.file.parent());
        let target = self.resolve(path);
        let is_twin = |file: &&SitePath| target.as_ref().is_some_and(|it| is_twin(file, it));
        if let Some(twin) = files.iter().filter(is_twin).min() {
            return Broken::File { near: Some(seen(twin)) };
        }
        let path = target.as_ref().unwrap_or(&wanted);
        if let Some(same) = path.likest(files.iter().filter(|it| is_same_name(it, &wanted))) {
            return Broken::Elsewhere { near: seen(same) };
        }
        let near = nearest(wanted.name(), files.iter().map(SitePath::name));
        let near = near.and_then(|near| path.likest(files.iter().filter(|it| it.name() == near)));
        Broken::File { near: near.map(seen) }
    }
}

impl Resolver<'_, '_> {
    /// The answer for a link to an image or an attached file, which is published with the page:
    /// unless it is too large, or nobody knows what is in it. `link` is the link in the source.
    fn file(&self, file: &SitePath, path: &str, url: String, link: Range<usize>) -> Resolution {
        let Some(attached) = self.view.attached(file) else {
            // The artifact of the file says why it cannot be read.
            self.view.show(path);
            return Resolution::Url(url);
        };
        let largest = self.view.config().attachments.largest;
        if attached.size > largest {
            return Resolution::Broken(Broken::Unfit(Unfit::Large(largest >> 20)));
        }
        let broken = match &attached.found {
            Ok(found) => self.named(found, &attached.short),
            Err(opaque) => self.unchecked(*opaque, &attached.short),
        };
        if let Some(broken) = broken {
            return Resolution::Broken(broken);
        }
        self.view.show(path);
        let note = file_note(attached.kind.name(), attached.size, self.view.language());
        Resolution::File { url, note, wrong: self.listed(&attached, file, path, link) }
    }

    /// What is wrong with a link to a file that names somebody who withdrew where the page stands,
    /// unless somebody looked at it.
    fn named(&self, found: &Found, fingerprint: &str) -> Option<Broken> {
        let is_named = !self.view.withdrawn_among(self.view.own_place(), &found.names).is_empty();
        let is_told = is_named && !self.view.is_checked(fingerprint);
        is_told.then(|| Broken::Named { fingerprint: fingerprint.to_owned() })
    }

    /// What is wrong with a link to a file of names where something sensitive is said of them.
    fn listed(
        &self,
        attached: &Inspection,
        file: &SitePath,
        path: &str,
        link: Range<usize>,
    ) -> Option<Broken> {
        let lexicon = self.view.lexicon();
        let subjects =
            self.subjects.get_or_init(|| Subjects::of(&(self.title)(), self.source, lexicon));
        let nearer = [words_of(self.source, link.clone()), path];
        let attribute = subjects.of_link(link.start, &nearer, lexicon)?.to_owned();
        if !self.view.lists_names(file, attached) {
            return None;
        }
        let fingerprint = attached.short.clone();
        let is_error = self.view.config().strict && !self.view.is_checked(&fingerprint);
        Some(Broken::Listed { attribute, fingerprint, is_error })
    }

    /// What is wrong with a link to a file that nobody can look into, unless somebody did.
    fn unchecked(&self, opaque: Opaque, fingerprint: &str) -> Option<Broken> {
        let notice = self.view.notice_in(self.file);
        let checked = notice.and_then(|it| it.checked.as_ref());
        if checked.is_some_and(|it| it.has(fingerprint)) {
            return None;
        }
        let (why, is_notice) = (opaque.name(), notice.is_some());
        Some(Broken::Unchecked { why, fingerprint: fingerprint.to_owned(), is_notice })
    }
}

/// Why a file that is there is not published: what messages call its kind.
fn unpublished(file: &SitePath) -> &'static str {
    let is_off = AttachmentKind::of(file).is_some();
    foreign_image(file).unwrap_or(if is_off { "off" } else { "file" })
}

/// The address of the page whose file in the output a path names.
fn page_of(path: &str) -> Option<&str> {
    let names = ["index.html", "index.htm"].into_iter();
    let mut pages = names.filter_map(|name| path.strip_suffix(name));
    pages.find(|it| it.ends_with('/'))
}

/// The words of a link in a source. Of one in HTML only the target is given, and they stand behind
/// it.
fn words_of(source: &str, link: Range<usize>) -> &str {
    let given = source.get(link.clone()).unwrap_or_default();
    if given.starts_with('[') {
        return given;
    }
    let behind = source.get(link.start..).unwrap_or_default();
    behind.split("</").next().unwrap_or_default()
}

/// Two files of one folder have one name, and are records in two forms: `grids.yaml`, `grids.csv`.
fn is_twin(one: &SitePath, other: &SitePath) -> bool {
    let is_records = |it: &SitePath| {
        ["yaml", "yml", "csv", "xlsx", "ods"].iter().any(|form| it.has_extension(form))
    };
    one.parent() == other.parent()
        && one.stem() == other.stem()
        && is_records(one)
        && is_records(other)
}

/// The path is that of a file, not of a page.
fn is_file(path: &str) -> bool {
    !path.is_empty() && !path.ends_with('/')
}

/// The path is that of an image.
fn is_image(path: &str) -> bool {
    is_file(path) && AttachmentKind::of(&SitePath::new(path)).is_none()
}

/// A target without what does not tell which file it is, with `/` between names.
fn path_of(target: &str) -> String {
    let path = target.split_once('?').map_or(target, |(path, _)| path);
    markdown::percent_decode(path).replace('\\', "/")
}

impl Resolve for Resolver<'_, '_> {
    /// Finds the page of a target, and checks its heading if that stands in a notice.
    ///
    /// A folder stands for its `place.yaml`. Headings of lists and places are not checked:
    /// templates make them. A heading may be percent-encoded or not; `#时间` and
    /// `#%E6%97%B6%E9%97%B4` are one.
    fn link(&self, target: &str, whole: Range<usize>) -> Resolution {
        let (path, heading) =
            target.split_once('#').map_or((target, None), |(path, id)| (path, Some(id)));
        if self.is_outside(path) {
            return Resolution::Keep;
        }
        let decoded = path_of(path);
        let mut files = self.candidates(&decoded).into_iter();
        let found =
            files.find_map(|file| Some((self.view.follow(&file, heading.is_some())?, file)));
        let Some((path, file)) = found else { return self.missing(&decoded) };
        let url = self.view.url(&path);
        if is_file(&path) {
            let url = heading.map_or(url.clone(), |heading| format!("{url}#{heading}"));
            return self.file(&file, &path, url, whole);
        }
        let Some(heading) = heading else { return Resolution::Url(url) };
        if let Some(headings) = self.headings(&file) {
            let wanted = markdown::percent_decode(heading);
            let (ids, known) = &*headings;
            if !known.contains(&*wanted) {
                let near = self.is_told().then(|| nearest(&wanted, ids.iter().map(String::as_str)));
                let near = near.flatten().map(str::to_owned);
                return Resolution::Broken(Broken::Heading { heading: wanted.to_string(), near });
            }
        }
        Resolution::Url(format!("{url}#{heading}"))
    }

    fn breaks(&self) -> Breaks {
        self.view.config().breaks
    }

    fn leaving(&self, target: &str) -> Option<String> {
        let config = self.view.config();
        if !links::leaves(&config.neighbours(), target) {
            return None;
        }
        let words = self.view.renderer().map(Renderer::words);
        let said = words.and_then(|it| it.find("leaves-site", &FluentArgs::new()));
        Some(said.unwrap_or_default())
    }

    fn may_load(&self, target: &str) -> bool {
        self.view.config().policy.allows("img-src", target)
    }

    /// Finds the file of an image and notes that the page shows it.
    fn image(&self, target: &str) -> Resolution {
        if self.is_outside(target) {
            return Resolution::Keep;
        }
        let decoded = path_of(target);
        let mut files = self.candidates(&decoded).into_iter();
        let found = files.find_map(|it| self.view.follow(&it, false));
        match found {
            Some(path) if !is_image(&path) => Resolution::Broken(Broken::Unfit(Unfit::Page)),
            Some(path) => Resolution::Image(self.view.image(&path)),
            None => self.missing(&decoded),
        }
    }
}
