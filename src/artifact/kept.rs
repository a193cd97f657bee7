//! The pages that were published, from build to build.

use std::{
    collections::{BTreeSet, HashMap, HashSet},
    sync::Arc,
};

use serde::{Deserialize, Serialize};

use crate::{
    artifact::{Bundle, Plan, Routes},
    build::scope::{Scope, Touched},
    clock::Validity,
    disclosure::Portal,
    fingerprint::{Fingerprint, lazy::LazyTable},
    schema::PlaceId,
};

/// The pages that were published, and what was touched since.
#[derive(Debug, Serialize, Deserialize)]
pub struct Kept {
    #[serde(skip)]
    bundles: LazyTable<Bundle>,
    /// By the names of their [places](super::Planned::name), where they stand.
    names: HashMap<String, usize>,
    /// How many pages there are.
    count: usize,
    /// The fingerprint of what those of all places depend on.
    around: Fingerprint,
    routes: Routes,
    /// How long the moment makes no difference to any.
    valid: Validity,
    touched: Touched,
    /// The places with a page of which there is something to say.
    told: BTreeSet<PlaceId>,
}

impl Default for Kept {
    fn default() -> Self {
        Self {
            bundles: LazyTable::default(),
            names: HashMap::new(),
            count: 0,
            around: Fingerprint::default(),
            routes: Routes::default(),
            valid: Validity::ALWAYS,
            touched: Touched::ALL,
            told: BTreeSet::new(),
        }
    }
}

/// The pages that a build publishes.
#[derive(Debug)]
pub struct Renewed {
    /// Those of the places that were planned.
    pub bundles: Vec<(Option<PlaceId>, String, Arc<Bundle>)>,
    /// There is something to say of an image.
    pub images_are_told_of: bool,
    /// There are no other places.
    is_all: bool,
    around: Fingerprint,
    routes: Routes,
}

impl Renewed {
    /// Pages that were planned so.
    pub fn new(plan: &Plan, bundles: Vec<(Option<PlaceId>, String, Arc<Bundle>)>) -> Self {
        Self {
            bundles,
            images_are_told_of: false,
            is_all: plan.is_all,
            around: plan.around,
            routes: plan.routes.clone(),
        }
    }

    /// The bundles of a site that is published so: these, and of those before the ones that stay.
    pub fn with<'a>(&'a self, before: &'a Kept) -> impl Iterator<Item = &'a Arc<Bundle>> {
        let others = (!self.is_all).then(|| before.others(self)).into_iter().flatten();
        self.bundles.iter().map(|it| &it.2).chain(others)
    }

    /// The bundles before that are none of the site any more.
    pub fn lost<'a>(&'a self, before: &'a Kept) -> impl Iterator<Item = &'a Arc<Bundle>> {
        self.is_all.then(|| before.others(self)).into_iter().flatten()
    }
}

impl Kept {
    /// The pages of a place, by its name.
    pub fn get(&self, name: &str) -> Option<&Arc<Bundle>> {
        self.bundles.get(*self.names.get(name)?)
    }

    /// The pages of every place.
    pub fn bundles(&self) -> impl Iterator<Item = (&str, &Arc<Bundle>)> {
        self.names.iter().map(|(name, it)| (name.as_str(), &self.bundles[*it]))
    }

    /// The shelf on which the pages stand.
    pub(crate) fn shelf(&self) -> &LazyTable<Bundle> {
        &self.bundles
    }

    /// The same, with the pages on that shelf.
    pub(crate) fn with(self, bundles: LazyTable<Bundle>) -> Option<Self> {
        let is_whole = self.names.len() == bundles.len();
        let is_whole = is_whole && self.names.values().all(|it| *it < bundles.len());
        is_whole.then_some(Self { bundles, ..self })
    }

    /// The pages of the places that have no new ones.
    fn others<'a>(&'a self, new: &'a Renewed) -> impl Iterator<Item = &'a Arc<Bundle>> {
        let new: HashSet<&str> = new.bundles.iter().map(|it| it.1.as_str()).collect();
        let others = self.names.iter().filter(move |(name, _)| !new.contains(name.as_str()));
        others.map(|(_, at)| &self.bundles[*at])
    }

    /// How many pages there are.
    pub fn count(&self) -> usize {
        self.count
    }

    /// The lists that there were.
    pub(super) fn routes(&self) -> &Routes {
        &self.routes
    }

    /// How long the moment makes no difference to any.
    pub fn valid(&self) -> Validity {
        self.valid
    }

    /// What may be another thing than when they were published.
    pub fn touched(&self) -> &Touched {
        &self.touched
    }

    /// Remembers that something was touched.
    pub fn touch(&mut self, touched: &Touched) {
        self.touched.join(touched);
    }

    /// The places to be planned, because of what was touched, of a moment that has come, or to tell
    /// of their pages again.
    pub(super) fn scope(&self, portal: &Portal) -> Scope {
        if !self.valid.holds(&portal.clock) {
            return Scope::All;
        }
        let mut scope = self.touched.scope.clone();
        self.told.iter().for_each(|it| scope.add(*it, &portal.catalog));
        scope
    }

    /// What those of all places depend on is as it was.
    pub(super) fn is_around(&self, around: Fingerprint) -> bool {
        self.around == around
    }

    /// Adds the places with a page whose links lead elsewhere, if there may be any.
    pub(super) fn add_unsettled(&self, scope: &mut Scope, routes: &Routes, portal: &Portal) {
        if *scope == Scope::All || !self.touched.links {
            return;
        }
        let is_settled = |it: &Arc<Bundle>| it.pages.iter().all(|it| it.is_settled(routes, portal));
        for place in portal.places() {
            if self.get(place.folder.as_str()).is_none_or(|it| !is_settled(it)) {
                scope.add(place.id, &portal.catalog);
            }
        }
    }

    /// Takes over what was published; true if it is not what there was.
    pub fn renew(&mut self, new: Renewed) -> bool {
        let told = |it: &Arc<Bundle>| it.pages.iter().any(|it| it.is_told_of);
        let mut is_new = false;
        if new.is_all {
            self.valid = Validity::ALWAYS;
            self.told.clear();
            let names: HashSet<&str> = new.bundles.iter().map(|it| it.1.as_str()).collect();
            if self.names.keys().any(|it| !names.contains(it.as_str())) {
                is_new = true;
                *self = Self { valid: self.valid, ..Self::default() };
            }
        }
        for (place, name, bundle) in new.bundles {
            self.valid = self.valid.and(bundle.valid);
            self.count += bundle.pages.len();
            if let Some(place) = place {
                if told(&bundle) {
                    self.told.insert(place);
                } else {
                    self.told.remove(&place);
                }
            }
            if let Some(at) = self.names.get(&name) {
                let before = &self.bundles[*at];
                self.count -= before.pages.len();
                if !Arc::ptr_eq(before, &bundle) {
                    is_new = true;
                    self.bundles.replace(*at, bundle);
                }
            } else {
                is_new = true;
                self.names.insert(name, self.bundles.len());
                self.bundles.push(bundle);
            }
        }
        self.around = new.around;
        self.routes = new.routes;
        self.touched = Touched { images: new.images_are_told_of, ..Touched::NONE };
        is_new
    }
}
