//! What the public finds at the address of a site.
//!
//! Nobody can list a web site. What was added to it is looked for where it may be: at the addresses
//! of files that lie at a target, and where changed pages link to.

use std::{
    collections::BTreeSet,
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering::Relaxed},
    },
    thread,
};

use rustc_hash::FxHashSet;

use crate::{
    artifact::encode,
    cli::context::Context,
    external::{Found, Unanswered, Web},
    output::{Hash, Manifest, ManifestEntry},
    publish::{Action, Sent, Verified},
};

/// How many addresses are asked for at the same time.
const AT_ONCE: usize = 16;

/// How often an address is asked for that gives no answer, or says that the server failed.
const TRIES: u32 = 3;

/// At most so many addresses are asked for that no file should be at.
const STRANGERS: usize = 5000;

/// So many deleted pages are looked for after a publication.
const DELETED: usize = 3;

/// The record of a bucket, which is for its owner alone.
const RECORD: &str = ".linli/published.json.gz";

/// What is wrong with all of a site at once, by the way it is served.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Trap {
    /// The address of a folder gives the front page.
    Front,
    /// Browsers are told to save pages.
    Download,
    /// Where no file is, something is found all the same.
    Anything,
    /// The record of what was published is there for all.
    Record,
    /// There is no answer at all.
    Unreached,
}

impl Trap {
    /// Its name in messages.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Front => "front",
            Self::Download => "download",
            Self::Anything => "anything",
            Self::Record => "record",
            Self::Unreached => "unreached",
        }
    }
}

/// What a few addresses gave after a publication.
#[derive(Debug, Default)]
pub(super) struct Glance {
    /// Files that are as they were sent.
    pub(super) seen: usize,
    /// Files that are not.
    pub(super) other: Vec<String>,
    /// Files that were deleted, and are there.
    pub(super) still: Vec<String>,
    /// What is wrong with all of the site.
    pub(super) traps: BTreeSet<Trap>,
}

/// A site, as it is served.
pub(super) struct Public<'a> {
    web: &'a dyn Web,
    base: &'a str,
    manifest: &'a Manifest,
    traps: Mutex<BTreeSet<Trap>>,
    /// What is found where no file is.
    anything: Option<Hash>,
}

impl<'a> Public<'a> {
    /// A site at that address, without a slash at its end. An address is asked for at which no file
    /// can be.
    pub(super) fn new(web: &'a dyn Web, base: &'a str, manifest: &'a Manifest) -> Self {
        let mut public = Self { web, base, manifest, traps: Mutex::default(), anything: None };
        let nowhere = format!("linli-{}.html", &Hash::of(base.as_bytes()).to_string()[..12]);
        match public.get(&nowhere) {
            Ok(found) if found.is_there() => {
                public.anything = Some(Hash::of(&found.bytes));
                public.fell_into(Trap::Anything);
            }
            Err(_) => public.fell_into(Trap::Unreached),
            Ok(_) => {}
        }
        public
    }

    fn fell_into(&self, trap: Trap) {
        self.traps.lock().unwrap_or_else(PoisonError::into_inner).insert(trap);
    }

    /// Asks for a file, by the address that links to it have.
    fn get(&self, path: &str) -> Result<Found, Unanswered> {
        let page = path.strip_suffix("index.html");
        let page = page.filter(|it| it.is_empty() || it.ends_with('/')).unwrap_or(path);
        let address = format!("{}/{}", self.base, encode(page));
        let mut found = self.web.get(&address);
        for _ in 1..TRIES {
            if found.as_ref().is_ok_and(|it| it.status < 500) {
                break;
            }
            found = self.web.get(&address);
        }
        found
    }

    /// The bytes of a file, if there is one.
    fn bytes(&self, path: &str) -> Option<Vec<u8>> {
        let found = self.get(path).ok().filter(Found::is_there)?;
        if found.is_download && path.ends_with(".html") {
            self.fell_into(Trap::Download);
        }
        let hash = Hash::of(&found.bytes);
        let is_front = || self.hash("index.html") == Some(hash) && self.hash(path) != Some(hash);
        if path.ends_with("/index.html") && is_front() {
            self.fell_into(Trap::Front);
        }
        Some(found.bytes)
    }

    /// The hash of a file as it was published.
    fn hash(&self, path: &str) -> Option<Hash> {
        self.manifest.position(path).map(|at| self.manifest.files()[at].blake3)
    }

    /// A file is there that should not be.
    fn is_stranger(&self, path: &str) -> bool {
        let Some(bytes) = self.bytes(path) else { return false };
        let hash = Hash::of(&bytes);
        // Hosts give the front page, or one that says so, where there is no file.
        self.anything != Some(hash) && self.hash("404.html") != Some(hash)
    }

    /// Does something for all of a list, some at the same time.
    fn each<T: Sync>(list: &[T], what: impl Fn(&T) + Sync) {
        let next = AtomicUsize::new(0);
        let work = || {
            while let Some(it) = list.get(next.fetch_add(1, Relaxed)) {
                what(it);
            }
        };
        thread::scope(|scope| {
            (1..AT_ONCE.min(list.len())).for_each(|_| drop(scope.spawn(work)));
            work();
        });
    }

    /// Compares all of the site with what was published. `lying` are files of which it is known that
    /// they lie where the site is.
    pub(super) fn compare(self, lying: FxHashSet<String>) -> (Verified, BTreeSet<Trap>) {
        let is_asked = |entry: &&ManifestEntry| !is_order(entry.path.as_str());
        let files: Vec<_> = self.manifest.files().iter().filter(is_asked).collect();
        let verified = Mutex::new(Verified { files: files.len(), ..Verified::default() });
        let strangers = Mutex::new(lying);
        Self::each(&files, |entry| {
            let path = entry.path.as_str();
            let found = self.bytes(path);
            if found.as_ref().is_some_and(|it| Hash::of(it) == entry.blake3) {
                return;
            }
            if let Some(bytes) = &found {
                let mut strangers = strangers.lock().unwrap_or_else(PoisonError::into_inner);
                strangers.extend(links(bytes, self.base, path));
            }
            let mut verified = verified.lock().unwrap_or_else(PoisonError::into_inner);
            let list = if found.is_some() { &mut verified.changed } else { &mut verified.missing };
            list.push(path.to_owned());
        });
        let mut verified = verified.into_inner().unwrap_or_else(PoisonError::into_inner);
        let strangers = strangers.into_inner().unwrap_or_else(PoisonError::into_inner);
        let is_new = |it: &String| self.hash(it).is_none() && !is_order(it);
        let mut strangers: Vec<String> = strangers.into_iter().filter(is_new).collect();
        strangers.sort();
        strangers.truncate(STRANGERS);
        let extra = Mutex::new(Vec::new());
        Self::each(&strangers, |path| {
            if self.is_stranger(path) {
                extra.lock().unwrap_or_else(PoisonError::into_inner).push(path.clone());
            }
        });
        verified.extra = extra.into_inner().unwrap_or_else(PoisonError::into_inner);
        verified.missing.sort();
        verified.changed.sort();
        verified.extra.sort();
        (verified, self.traps.into_inner().unwrap_or_else(PoisonError::into_inner))
    }

    /// Looks at the front page, the deepest page, a file of the theme, and what was deleted.
    pub(super) fn glance(self, sent: &Sent) -> Glance {
        let mut glance = Glance::default();
        let files = self.manifest.files();
        let depth = |it: &&ManifestEntry| it.path.as_str().matches('/').count();
        let deepest = files.iter().filter(|it| it.path.as_str().ends_with(".html"));
        let theme = files.iter().find(|it| it.path.as_str().starts_with("assets/"));
        let home = files.iter().find(|it| it.path.as_str() == "index.html");
        let traps = || self.traps.lock().unwrap_or_else(PoisonError::into_inner);
        let is_unreached = traps().contains(&Trap::Unreached);
        if !is_unreached {
            let looked: BTreeSet<&str> = [home, deepest.max_by_key(depth), theme]
                .into_iter()
                .flatten()
                .map(|it| it.path.as_str())
                .collect();
            for path in looked {
                let is_same = self.bytes(path).map(|it| Hash::of(&it)) == self.hash(path);
                if is_same {
                    glance.seen += 1;
                } else {
                    glance.other.push(path.to_owned());
                }
            }
            let actions = sent.plan.steps.iter().flat_map(|it| &it.actions);
            let deleted = actions.filter_map(|it| match it {
                Action::Delete(path) if path.as_str().ends_with(".html") => Some(path.to_string()),
                _ => None,
            });
            glance.still = deleted.take(DELETED).filter(|it| self.is_stranger(it)).collect();
            if self.is_stranger(RECORD) {
                self.fell_into(Trap::Record);
            }
        }
        glance.traps = self.traps.into_inner().unwrap_or_else(PoisonError::into_inner);
        glance
    }
}

/// What is wrong with all of a site, and what helps.
pub(super) fn told_trap(context: &Context, base: &str, trap: Trap) -> String {
    context.say("public-trap", &[("trap", trap.name()), ("url", base)])
}

/// Hosts take these as orders, and give them to nobody.
fn is_order(path: &str) -> bool {
    path == "_headers" || path == "_redirects" || path.starts_with("_hosting/")
}

/// The files of the same site that a file links to.
fn links(bytes: &[u8], base: &str, path: &str) -> Vec<String> {
    let text = String::from_utf8_lossy(bytes);
    let root = base.splitn(4, '/').nth(3).map_or(String::new(), |it| format!("/{it}"));
    let folder = path.rsplit_once('/').map_or(String::new(), |(folder, _)| format!("{folder}/"));
    let starts = ["href=\"", "src=\"", "<loc>"];
    let addresses = starts.iter().flat_map(|start| text.split(start).skip(1));
    let addresses = addresses.filter_map(|it| it.split(['"', '<', '#', '?']).next());
    let inside = addresses.filter_map(|address| {
        let path = match (address.strip_prefix(base), address.strip_prefix('/')) {
            (Some(inside), _) => inside.trim_start_matches('/').to_owned(),
            _ if address.contains(':') || address.starts_with("//") => return None,
            (None, Some(_)) => address.strip_prefix(&root)?.trim_start_matches('/').to_owned(),
            (None, None) => format!("{folder}{address}"),
        };
        let path = percent_encoding::percent_decode_str(&path).decode_utf8().ok()?.into_owned();
        let path = if path.is_empty() || path.ends_with('/') { path + "index.html" } else { path };
        let is_plain = path.split('/').all(|it| !["", ".", ".."].contains(&it));
        is_plain.then_some(path)
    });
    inside.collect()
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::*;
    use crate::output::OutPath;

    /// A web with these files, all else with one answer.
    struct Served {
        files: HashMap<String, Found>,
        else_: Option<Found>,
    }

    impl Web for Served {
        fn ask(&self, _: &str) -> Result<crate::external::Answer, Unanswered> {
            Err(Unanswered::Other)
        }

        fn get(&self, url: &str) -> Result<Found, Unanswered> {
            let found = self.files.get(url).or(self.else_.as_ref());
            found.cloned().ok_or(Unanswered::Connection)
        }
    }

    fn found(status: u16, text: &str) -> Found {
        Found { status, bytes: text.as_bytes().to_vec(), is_download: false }
    }

    const BASE: &str = "https://a.cn/x";

    fn manifest() -> Manifest {
        let files = [
            ("index.html", "home"),
            ("yi/index.html", "yi"),
            ("404.html", "none"),
            ("_headers", "order"),
        ];
        let entry = |(path, text): &(&str, &str)| {
            ManifestEntry::of(&OutPath::new(path).unwrap(), text.as_bytes())
        };
        Manifest::new(files.iter().map(entry).collect())
    }

    fn compare(served: &[(&str, Found)], else_: Found) -> (Verified, Vec<Trap>) {
        let files = served.iter().map(|(path, it)| (format!("{BASE}/{path}"), it.clone()));
        let web = Served { files: files.collect(), else_: Some(else_) };
        let manifest = manifest();
        let public = Public::new(&web, BASE, &manifest);
        let (verified, traps) = public.compare(FxHashSet::from_iter(["old/index.html".to_owned()]));
        (verified, traps.into_iter().collect())
    }

    #[test]
    fn every_difference_is_named() {
        let right =
            [("", found(200, "home")), ("yi/", found(200, "yi")), ("404.html", found(200, "none"))];
        let (verified, traps) = compare(&right, found(404, "none"));
        assert!(verified.is_equal() && verified.files == 3 && traps.is_empty(), "{verified:?}");
        let spam = "<a href=\"/x/spam/\">x</a><a href=\"https://a.cn/x/b.html#y\">x</a><a href=\"/other\">";
        let wrong = [
            ("", found(200, spam)),
            ("404.html", found(200, "none")),
            ("spam/", found(200, "spam")),
            ("b.html", found(200, "none")),
            ("old/", found(200, "old")),
        ];
        let (verified, traps) = compare(&wrong, found(404, "none"));
        assert_eq!(verified.missing, ["yi/index.html"]);
        assert_eq!(verified.changed, ["index.html"]);
        assert_eq!(verified.extra, ["old/index.html", "spam/index.html"]);
        assert_eq!(traps, []);
    }

    #[test]
    fn traps_are_told() {
        let home = found(200, "home");
        let rows = [("", home.clone()), ("404.html", found(200, "none"))];
        let (verified, traps) = compare(&rows, home);
        assert_eq!(verified.changed, ["yi/index.html"]);
        assert_eq!(verified.extra, [""; 0]);
        assert_eq!(traps, [Trap::Front, Trap::Anything]);
        let saved = Found { is_download: true, ..found(200, "yi") };
        let rows = [("", found(200, "home")), ("yi/", saved), ("404.html", found(200, "none"))];
        assert_eq!(compare(&rows, found(404, "")).1, [Trap::Download]);
    }

    #[test]
    fn links_within_the_site() {
        let html = "<a href=\"b.html\"><a href=\"/x/%E6%9D%8E/\"><a href=\"mailto:a@b\"><img src=\"//c.cn/a\">\
                    <a href=\"../up\"><loc>https://a.cn/x/c/</loc>";
        let expected = ["yi/b.html", "李/index.html", "c/index.html"];
        assert_eq!(links(html.as_bytes(), BASE, "yi/index.html"), expected);
    }
}
