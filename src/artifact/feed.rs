//! Feeds: what is new, for programs that ask again and again (Atom, RFC 4287; JSON Feed 1.1).
//!
//! | path | has | exists if |
//! | --- | --- | --- |
//! | `kaixuan/feed.xml` | the latest notices of a place and all places in it | always |
//! | `kaixuan/notices/feed.xml` | those of the place alone | a place lies in it |
//! | `xinyuan/responses/feed.xml` | the latest records of a list | its declaration says `feed: true` |
//!
//! Each is there as `feed.json`, too, even while it has no entries: who subscribed asks for years.
//! Without `base-url` there are none, as entries have whole addresses.
//!
//! An entry is known by a tag address, which stays when the portal moves and when the entry is
//! corrected. Whatever is withdrawn is gone from the next build on.

mod atom;
mod entry;
mod json;
mod latest;

use std::borrow::Cow;

use self::entry::Heading;
pub(super) use self::latest::latest;
use crate::{
    artifact::{
        Artifact, ArtifactKind, ListPart, NotMade, Read, Scan, Sources, Subject, View,
        address::inside, encode,
    },
    config::{Config, PortalId},
    schema::PlaceId,
};

/// The forms in which feeds are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// XML, which all readers know.
    Atom,
    /// JSON, for programs.
    Json,
}

impl Form {
    /// The two of them.
    pub(super) const ALL: [Self; 2] = [Self::Atom, Self::Json];

    /// The key in `[outputs]`.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Atom => "feed",
            Self::Json => "json-feed",
        }
    }

    /// The file, in the folder of its place or list.
    pub(super) fn file(self) -> &'static str {
        match self {
            Self::Atom => "feed.xml",
            Self::Json => "feed.json",
        }
    }

    /// The media type.
    pub(super) fn media_type(self) -> &'static str {
        match self {
            Self::Atom => "application/atom+xml",
            Self::Json => "application/feed+json",
        }
    }

    /// The portal has feeds of this form: it is known at which address they are, and nobody
    /// switched them off.
    pub(super) fn is_on(self, config: &Config) -> bool {
        !config.base_url.is_empty() && config.has_output(self.name())
    }
}

/// Feeds of one form.
pub(super) struct FeedKind(pub(super) Form);

impl ArtifactKind for FeedKind {
    fn name(&self) -> &'static str {
        self.0.name()
    }

    fn plan(&self, place: Option<PlaceId>, sources: &Sources<'_>) -> Vec<Artifact> {
        let Some(place) = place.filter(|_| self.0.is_on(sources.config)) else {
            return Vec::new();
        };
        let mut feeds = vec![of_notices(place, true, self.0, sources)];
        if !sources.portal.place(place).children.is_empty() {
            feeds.push(of_notices(place, false, self.0, sources));
        }
        let catalog = &sources.portal.catalog;
        for index in catalog.sets_of(place) {
            let id = catalog.sets[index].collection;
            let declared = catalog.collections.get(id);
            if declared.feed {
                let rest = format!("{}/{}", declared.name, self.0.file());
                let subject = Subject::Records(place, id, ListPart::Whole);
                let mut feed = sources.file(place, &rest, subject);
                feed.reads.extend([Read::Collection(id), Read::Records(place, id)]);
                feeds.push(feed);
            }
        }
        feeds
    }

    fn make<'v>(&self, artifact: &Artifact, view: &View<'v>) -> Result<Cow<'v, [u8]>, NotMade> {
        let id = view.config().identity().ok_or_else(|| artifact.unexpected())?;
        let (title, list, entries) = match artifact.subject {
            Subject::AllNotices(place, _) => {
                let here = view.place(place);
                let (own, all) = view.has_notices(place);
                let rest = if all {
                    "notices/all/"
                } else if own {
                    "notices/"
                } else {
                    ""
                };
                (here.name.clone(), inside(&here.path, rest), entry::of_notices(view, &id)?)
            }
            Subject::Notices(place, _) => {
                let here = view.place(place);
                let rest = if view.has_notices(place).0 { "notices/" } else { "" };
                (here.name.clone(), inside(&here.path, rest), entry::of_notices(view, &id)?)
            }
            Subject::Records(place, collection, _) => {
                let (here, declared) = (view.place(place), view.collection(collection));
                let set = view.records(place, collection);
                let rest =
                    if set.is_some() { format!("{}/", declared.name) } else { String::new() };
                let entries = set.map(|set| entry::of_records(view, &id, declared, &set));
                let title = format!("{} · {}", declared.title.get(view.language()), here.name);
                (title, inside(&here.path, &rest), entries.unwrap_or_default())
            }
            _ => return Err(artifact.unexpected()),
        };
        let heading = self.heading(view, &id, &title, &list);
        let text = match self.0 {
            Form::Atom => atom::write(&heading, &entries),
            Form::Json => json::write(&heading, &entries),
        };
        Ok(text.into_bytes().into())
    }

    fn scan(&self, _: &Artifact) -> Scan {
        match self.0 {
            Form::Atom => Scan::Xml,
            Form::Json => Scan::Escaped,
        }
    }

    fn is_optional(&self) -> bool {
        true
    }
}

impl FeedKind {
    /// What a feed says of itself. `list` is the path of the page that shows the same.
    fn heading(&self, view: &View<'_>, id: &PortalId, title: &str, list: &str) -> Heading {
        let (config, path) = (view.config(), &view.artifact().path);
        let folder = path.strip_suffix(self.0.file()).unwrap_or(path);
        let url = |path: &str| config.absolute(&view.url(path));
        let others = Form::ALL.into_iter().filter(|form| *form != self.0 && form.is_on(config));
        let portal = config.title.get(view.language());
        Heading {
            id: id.tag(&encode(&format!("{folder}feed"))),
            title: format!("{title} · {portal}"),
            language: view.language().to_owned(),
            author: config.organiser.name.clone().unwrap_or_else(|| portal.to_owned()),
            url: url(path),
            page: url(list),
            others: others
                .map(|form| (form.media_type(), url(&format!("{folder}{}", form.file()))))
                .collect(),
        }
    }
}

/// A feed of the notices of a place, or of the place and all places in it.
fn of_notices(place: PlaceId, below: bool, form: Form, sources: &Sources<'_>) -> Artifact {
    let (rest, subject) = if below {
        (form.file().to_owned(), Subject::AllNotices(place, ListPart::Whole))
    } else {
        (format!("notices/{}", form.file()), Subject::Notices(place, ListPart::Whole))
    };
    let mut feed = sources.file(place, &rest, subject);
    let listed = if below { Read::AllNotices(place) } else { Read::Notices(place) };
    feed.reads.extend([listed, Read::Lists(place)]);
    feed.reads.extend(latest(sources.portal, place, below).into_iter().map(Read::Notice));
    feed
}
