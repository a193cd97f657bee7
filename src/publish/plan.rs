//! The steps from what a target holds to the new site.

use std::collections::BTreeSet;

use rustc_hash::FxHashSet;

use crate::{
    output::{Manifest, ManifestEntry, OutPath, folders_above},
    publish::Known,
};

/// The folder of the theme's files.
const ASSETS: &str = "assets/";

/// The manifest of the search.
const SEARCH: &str = "search/manifest.json";

/// For so many builds a file of the theme stays that the site no longer has.
const STAYS: u32 = 3;

/// What is to be done.
#[derive(Debug, Default)]
pub struct Plan {
    /// One after the other.
    pub steps: Vec<Step>,
    /// Files that stay as they are.
    pub stays: Vec<ManifestEntry>,
    /// Files of the theme that the site no longer has, and that stay for a while.
    pub leaving: Vec<(ManifestEntry, u32)>,
}

/// What may be done at the same time.
#[derive(Debug, PartialEq, Eq)]
pub struct Step {
    /// Why.
    pub reason: Reason,
    /// What.
    pub actions: Vec<Action>,
}

/// One change of a target.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Action {
    /// Put this file there.
    Put(OutPath),
    /// Delete this one.
    Delete(OutPath),
}

impl Action {
    /// Which file changes.
    pub fn path(&self) -> &OutPath {
        let (Self::Put(path) | Self::Delete(path)) = self;
        path
    }
}

/// Why something is done, in the order in which it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// The site no longer has the file.
    Gone,
    /// The file no longer says something, and is no page.
    Less,
    /// A file of the theme.
    Theme,
    /// The page no longer says something.
    LessPage,
    /// The site did not have the file.
    New,
    /// The site did not have the page.
    NewPage,
    /// The file is another one.
    Changed,
    /// Where visitors and programs come in.
    Entrance,
    /// No page needs the file any more.
    Rest,
}

impl Reason {
    /// Its name in messages.
    pub fn name(self) -> &'static str {
        match self {
            Self::Gone => "gone",
            Self::Less | Self::LessPage => "less",
            Self::Theme => "theme",
            Self::New | Self::NewPage => "new",
            Self::Changed => "changed",
            Self::Entrance => "entrance",
            Self::Rest => "rest",
        }
    }
}

/// The changed files of a site, as far as something of them is there.
pub(super) fn changed(known: &Known, new: &Manifest) -> Vec<OutPath> {
    let before = known.manifest();
    let is_there = |entry: &&ManifestEntry| {
        let path = entry.path.as_str();
        let old = before.position(path).map(|at| before.files()[at].blake3);
        old.map_or_else(|| known.uncertain.contains(&entry.path), |old| old != entry.blake3)
    };
    new.files().iter().filter(is_there).map(|it| it.path.clone()).collect()
}

impl Plan {
    /// The steps from what is known of a target to a site. `less` are the changed files that no
    /// longer say something.
    pub fn new(known: &Known, new: &Manifest, less: &FxHashSet<OutPath>) -> Self {
        let before = known.manifest();
        let mut plan = Self::default();
        let mut actions: Vec<(Reason, usize, Action)> = Vec::new();
        for entry in new.files() {
            let path = &entry.path;
            let old = before.position(path.as_str()).map(|at| &before.files()[at]);
            let left = known.leaving.iter().map(|(it, _)| it).find(|it| it.path == *path);
            if old.or(left).is_some_and(|old| old.blake3 == entry.blake3) {
                plan.stays.push(entry.clone());
                continue;
            }
            let is_there = old.is_some() || known.uncertain.contains(path);
            let reason = reason(path, is_there, less.contains(path));
            // The deepest first, where it matters.
            let depth = usize::MAX - path.as_str().matches('/').count();
            let order = if reason == Reason::Changed { depth } else { 0 };
            actions.push((reason, order, Action::Put(path.clone())));
        }
        for path in known.paths() {
            if new.position(path.as_str()).is_some() {
                continue;
            }
            match leaving(path, known, &before, new) {
                Some(stays) => plan.leaving.push(stays),
                None => {
                    let is_theme = path.as_str().starts_with(ASSETS);
                    let is_in_the_way = is_in_the_way(path, new);
                    let reason =
                        if is_theme && !is_in_the_way { Reason::Rest } else { Reason::Gone };
                    actions.push((reason, 0, Action::Delete(path.clone())));
                }
            }
        }
        actions.sort();
        let same =
            |a: &(Reason, usize, Action), b: &(Reason, usize, Action)| a.0 == b.0 && a.1 == b.1;
        for chunk in actions.chunk_by(same) {
            let actions = chunk.iter().map(|(_, _, action)| action.clone()).collect();
            plan.steps.push(Step { reason: chunk[0].0, actions });
        }
        plan
    }

    /// How many files are put, and how many deleted.
    pub fn count(&self) -> (usize, usize) {
        let actions = self.steps.iter().flat_map(|it| &it.actions);
        let (puts, deletes): (Vec<_>, Vec<_>) =
            actions.partition(|it| matches!(it, Action::Put(_)));
        (puts.len(), deletes.len())
    }

    /// The paths that change.
    pub fn paths(&self) -> BTreeSet<&OutPath> {
        let actions = self.steps.iter().flat_map(|it| &it.actions);
        actions.map(Action::path).collect()
    }
}

/// A file of the theme that the site no longer has, and for how many builds. Nothing of what has
/// to go.
fn leaving(
    path: &OutPath,
    known: &Known,
    before: &Manifest,
    new: &Manifest,
) -> Option<(ManifestEntry, u32)> {
    if !path.as_str().starts_with(ASSETS) || is_in_the_way(path, new) {
        return None;
    }
    if let Some((entry, builds)) = known.leaving.iter().find(|(it, _)| it.path == *path) {
        return (*builds < STAYS).then(|| (entry.clone(), builds + 1));
    }
    // One of which nothing is known is no use to anybody.
    before.position(path.as_str()).map(|at| (before.files()[at].clone(), 1))
}

/// The new site has a folder of this path, or a file in the place of a folder above.
fn is_in_the_way(path: &OutPath, new: &Manifest) -> bool {
    let mut above = folders_above(path.as_str());
    new.has_folder(path.as_str()) || above.any(|it| new.position(it).is_some())
}

/// When a file is put.
fn reason(path: &OutPath, is_there: bool, is_less: bool) -> Reason {
    let path = path.as_str();
    let is_page = path.ends_with(".html");
    match (is_there, is_less) {
        _ if path.starts_with(ASSETS) => Reason::Theme,
        // It names files that come before it, and says nothing itself.
        _ if path == SEARCH => Reason::Entrance,
        (true, true) if is_page => Reason::LessPage,
        (true, true) => Reason::Less,
        _ if is_entrance(path) => Reason::Entrance,
        (false, _) if is_page => Reason::NewPage,
        (false, _) => Reason::New,
        (true, false) => Reason::Changed,
    }
}

/// Whether visitors or programs begin there.
fn is_entrance(path: &str) -> bool {
    ["index.html", SEARCH, "robots.txt"].contains(&path)
        || path.starts_with("sitemap") && path.ends_with(".xml")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(it: &str) -> OutPath {
        OutPath::new(it).unwrap()
    }

    fn manifest(files: &[(&str, &str)]) -> Manifest {
        let entry = |(name, text): &(&str, &str)| ManifestEntry::of(&path(name), text.as_bytes());
        Manifest::new(files.iter().map(entry).collect())
    }

    fn shown(plan: &Plan) -> Vec<String> {
        let action = |action: &Action| match action {
            Action::Put(path) => format!("+{path}"),
            Action::Delete(path) => format!("-{path}"),
        };
        let step = |step: &Step| {
            let actions: Vec<_> = step.actions.iter().map(action).collect();
            format!("{:?} {}", step.reason, actions.join(" "))
        };
        plan.steps.iter().map(step).collect()
    }

    #[test]
    fn steps_have_their_order() {
        let before = manifest(&[
            ("index.html", "1"),
            ("a/index.html", "1"),
            ("a/b/index.html", "1"),
            ("a/gone/index.html", "1"),
            ("a/data.csv", "1"),
            ("assets/style.css", "1"),
            ("assets/old.js", "1"),
            ("same.html", "1"),
            ("less.html", "1"),
        ]);
        let after = manifest(&[
            ("index.html", "2"),
            ("a/index.html", "2"),
            ("a/b/index.html", "2"),
            ("a/new.html", "2"),
            ("a/new.png", "2"),
            ("a/data.csv", "2"),
            ("assets/style.css", "2"),
            ("same.html", "1"),
            ("less.html", "2"),
            ("sitemap.xml", "2"),
        ]);
        let known = Known { files: before.files().to_vec(), ..Known::default() };
        let less = FxHashSet::from_iter([path("a/data.csv"), path("less.html")]);
        assert_eq!(changed(&known, &after).len(), 6);
        let plan = Plan::new(&known, &after, &less);
        assert_eq!(
            shown(&plan),
            [
                "Gone -a/gone/index.html",
                "Less +a/data.csv",
                "Theme +assets/style.css",
                "LessPage +less.html",
                "New +a/new.png",
                "NewPage +a/new.html",
                "Changed +a/b/index.html",
                "Changed +a/index.html",
                "Entrance +index.html +sitemap.xml",
            ]
        );
        assert_eq!(plan.stays, [ManifestEntry::of(&path("same.html"), b"1")]);
        assert_eq!(plan.leaving, [(ManifestEntry::of(&path("assets/old.js"), b"1"), 1)]);
        assert_eq!(plan.count(), (9, 1));
    }

    #[test]
    fn files_of_the_theme_leave_after_a_while() {
        let after = manifest(&[("index.html", "1")]);
        let old = ManifestEntry::of(&path("assets/old.js"), b"1");
        let known = |builds| Known {
            files: after.files().to_vec(),
            leaving: vec![(old.clone(), builds)],
            ..Known::default()
        };
        let plan = |builds| Plan::new(&known(builds), &after, &FxHashSet::default());
        assert_eq!(plan(1).leaving, [(old.clone(), 2)]);
        assert_eq!(shown(&plan(STAYS)), ["Rest -assets/old.js"]);
        // It comes back, or its place is needed.
        let back = manifest(&[("assets/old.js", "1")]);
        assert_eq!(
            shown(&Plan::new(&known(1), &back, &FxHashSet::default())),
            ["Gone -index.html"]
        );
        let folder = manifest(&[("assets/old.js/a", "1"), ("index.html", "1")]);
        let plan = Plan::new(&known(1), &folder, &FxHashSet::default());
        assert_eq!(shown(&plan), ["Gone -assets/old.js", "Theme +assets/old.js/a"]);
    }

    #[test]
    fn what_is_not_certain_is_put_or_deleted_again() {
        let after = manifest(&[("index.html", "1"), ("b.html", "1")]);
        let known = Known::of_uncertain([path("index.html"), path("gone.html"), path("assets/a")]);
        let plan = Plan::new(&known, &after, &FxHashSet::default());
        let expected =
            ["Gone -gone.html", "NewPage +b.html", "Entrance +index.html", "Rest -assets/a"];
        assert_eq!(shown(&plan), expected);
    }
}
