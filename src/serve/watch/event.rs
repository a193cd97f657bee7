//! Reads the events of the system, and selects those about the site.
//!
//! | event | signals |
//! | --- | --- |
//! | a file in a part was written, made, renamed or removed | `Changed` |
//! | a folder came into a part | `Folder`, as files may be in it already, and `Changed` |
//! | a part itself came or went | `Folder` and `Changed` |
//! | a file was opened, read or closed after reading | none |
//! | anything outside of the parts, or of an editor's own | none |
//! | the queue overflowed | `Lost` |
//! | no room for further watches | `Exhausted` |

use std::path::{Path, PathBuf};

use notify::{
    ErrorKind, Event, EventKind,
    event::{AccessKind, AccessMode, CreateKind, MetadataKind, ModifyKind},
};

use crate::source::{is_asked_for, is_litter, is_litter_file};

/// The site's folder, and what in it is watched.
#[derive(Debug, Clone)]
pub(super) struct WatchedSite {
    /// Without links.
    pub(super) root: PathBuf,
    /// Names of entries of the folder: `content`, `site.toml`.
    pub(super) parts: Vec<String>,
}

/// What happened.
#[derive(Debug)]
pub(super) enum Signal {
    /// Something changed at this path in the site. Relative to the site's folder.
    Changed(PathBuf),
    /// A part of the site came, went or was moved, or a folder came that it did not have. It has to
    /// be watched again.
    Folder(String),
    /// The system's queue of events overflowed: some are lost.
    Lost,
    /// The system has no room for further watches.
    Exhausted(notify::Error),
}

impl WatchedSite {
    /// What an event means for the site. An event may have two paths, of a rename; each is judged
    /// by itself. A call to the system only for what may be a folder.
    pub(super) fn signals(&self, event: notify::Result<Event>) -> Vec<Signal> {
        let event = match event {
            Ok(event) => event,
            Err(cause) if matches!(cause.kind, ErrorKind::MaxFilesWatch) => {
                return vec![Signal::Exhausted(cause)];
            }
            // About a file that cannot be read, or was gone before it could be looked at.
            Err(_) => return Vec::new(),
        };
        if event.need_rescan() {
            return vec![Signal::Lost];
        }
        if !is_change(event.kind) {
            return Vec::new();
        }
        let mut signals = Vec::new();
        for path in event.paths {
            let Some((part, path)) = self.place(&path) else { continue };
            if path.as_os_str() == part || is_new_folder(event.kind, &self.root.join(&path)) {
                signals.push(Signal::Folder(part.to_owned()));
            }
            signals.push(Signal::Changed(path));
        }
        signals
    }

    /// The part and the path in the site, if it is about a part and no litter.
    fn place(&self, path: &Path) -> Option<(&str, PathBuf)> {
        let path = path.strip_prefix(&self.root).ok()?;
        let first = path.components().next()?;
        let part = self.parts.iter().find(|part| first.as_os_str() == part.as_str())?;
        (!self.is_litter(path)).then(|| (part.as_str(), path.to_owned()))
    }

    /// No content, as the walk of the folder sees it. What is called like a file that an editor
    /// makes for itself may be a folder, which is asked of the system.
    pub(super) fn is_litter(&self, path: &Path) -> bool {
        let names: Vec<_> = path.iter().map(|it| it.to_string_lossy()).collect();
        names.iter().any(|name| is_litter(name) && !is_asked_for(name))
            || names.last().is_some_and(|name| is_litter_file(name))
                && !self.root.join(path).is_dir()
    }
}

/// Reading a file is none; having written one is. A change of access times is none either: each
/// build would cause one. Kinds that are unknown count, as some systems send no others.
fn is_change(kind: EventKind) -> bool {
    match kind {
        EventKind::Access(access) => access == AccessKind::Close(AccessMode::Write),
        EventKind::Modify(ModifyKind::Metadata(what)) => what != MetadataKind::AccessTime,
        _ => true,
    }
}

/// Folders may have come in before the system looked into this one. False for what is gone again.
fn is_new_folder(kind: EventKind, path: &Path) -> bool {
    match kind {
        EventKind::Create(CreateKind::File) => false,
        EventKind::Create(_) | EventKind::Modify(ModifyKind::Name(_)) => path.is_dir(),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use notify::event::Flag;

    use super::*;

    fn site() -> WatchedSite {
        WatchedSite { root: "/site".into(), parts: vec!["content".into(), "site.toml".into()] }
    }

    fn changed(kind: EventKind, path: &str) -> bool {
        let signals = site().signals(Ok(Event::new(kind).add_path(path.into())));
        signals.iter().any(|signal| matches!(signal, Signal::Changed(_)))
    }

    #[test]
    fn litter_is_no_change() {
        let is_change = |path: &str| changed(EventKind::Any, path);
        for path in [
            "/site/content/place.yaml",
            "/site/content/a/通知.md",
            "/site/content/a~b.md",
            "/site/content/49130",
            "/site/content/4913/place.yaml",
            "/site/content/20261120/a.jpg",
            "/site/site.toml",
            "/site/content",
        ] {
            assert!(is_change(path), "{path}");
        }
        for path in [
            "/site",
            "/site/public/index.html",
            "/site/.linli/cache",
            "/site/site.toml~",
            "/site/content/.place.yaml.swp",
            "/site/content/.#place.yaml",
            "/site/content/#place.yaml#",
            "/site/content/place.yaml~",
            "/site/content/4913",
            "/site/content/~$荣誉.xlsx",
            "/site/content/.~荣誉.xlsx",
            "/site/content/荣誉.tmp",
            "/site/content/.git/index.lock",
            "/site/content/Thumbs.db",
            "/site/content/5A3F00B1",
            "/site/content/@eaDir/a.jpg",
            "/elsewhere/content/a.yaml",
        ] {
            assert!(!is_change(path), "{path}");
        }
    }

    #[test]
    fn reading_is_no_change() {
        let is_change = |kind| changed(kind, "/site/content/a.yaml");
        assert!(!is_change(EventKind::Access(AccessKind::Open(AccessMode::Any))));
        assert!(!is_change(EventKind::Access(AccessKind::Close(AccessMode::Read))));
        assert!(is_change(EventKind::Access(AccessKind::Close(AccessMode::Write))));
    }

    #[test]
    fn an_overflow_is_lost_signals() {
        let overflow = Event::new(EventKind::Other).set_flag(Flag::Rescan);
        assert!(matches!(site().signals(Ok(overflow))[..], [Signal::Lost]));
        let exhausted = notify::Error::new(ErrorKind::MaxFilesWatch);
        assert!(matches!(site().signals(Err(exhausted))[..], [Signal::Exhausted(_)]));
    }
}
