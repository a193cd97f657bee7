//! The pages that were published, from build to build.

use std::{
    collections::{BTreeSet, HashMap},
    sync::Arc,
};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::{
    clock::{Clock, Validity},
    fingerprint::Fingerprint,
    pages::{Bundle, Plan, Routes},
    portal::Portal,
    schema::PlaceId,
    scope::{Scope, Touched},
};

/// The pages that were published, and what was touched since.
#[derive(Debug)]
pub struct Kept {
    /// By the names of their [places](super::Planned::name).
    bundles: HashMap<String, Arc<Bundle>>,
    /// How many pages there are.
    count: usize,
    /// The fingerprint of what those of all places depend on.
    around: Fingerprint,
    routes: Routes,
    /// How long the moment makes no difference to any.
    valid: Validity,
    touched: Touched,
}

impl Default for Kept {
    fn default() -> Self {
        Self {
            bundles: HashMap::new(),
            count: 0,
            around: Fingerprint::default(),
            routes: Routes::default(),
            valid: Validity::ALWAYS,
            touched: Touched::ALL,
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
        let new: BTreeSet<&str> = self.bundles.iter().map(|it| it.1.as_str()).collect();
        let stays = move |it: &&String| !self.is_all && !new.contains(it.as_str());
        let before = before.bundles.iter().filter(move |(name, _)| stays(name));
        self.bundles.iter().map(|it| &it.2).chain(before.map(|it| it.1))
    }

    /// The bundles before that are none of the site any more.
    pub fn lost<'a>(&'a self, before: &'a Kept) -> impl Iterator<Item = &'a Arc<Bundle>> {
        let new: BTreeSet<&str> = self.bundles.iter().map(|it| it.1.as_str()).collect();
        let is_lost = move |it: &&String| self.is_all && !new.contains(it.as_str());
        before.bundles.iter().filter(move |(name, _)| is_lost(name)).map(|it| it.1)
    }
}

impl Kept {
    /// The pages of a place, by its name.
    pub fn get(&self, name: &str) -> Option<&Arc<Bundle>> {
        self.bundles.get(name)
    }

    /// The pages of every place.
    pub fn bundles(&self) -> impl Iterator<Item = (&str, &Arc<Bundle>)> {
        self.bundles.iter().map(|(name, it)| (name.as_str(), it))
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

    /// The places to be planned because of what was touched or of a moment that has come.
    pub(super) fn scope(&self, clock: &Clock) -> Scope {
        if self.valid.holds(clock) { self.touched.scope.clone() } else { Scope::All }
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
                scope.add(place.id, &portal.frame);
            }
        }
    }

    /// Takes over what was published; true if it is not what there was.
    pub fn renew(&mut self, new: Renewed) -> bool {
        let mut touched = Touched { images: new.images_are_told_of, ..Touched::NONE };
        let told = |it: &Arc<Bundle>| it.pages.iter().any(|it| it.is_told_of);
        let mut is_new = new.is_all && self.bundles.len() != new.bundles.len();
        if new.is_all {
            let names: BTreeSet<&str> = new.bundles.iter().map(|it| it.1.as_str()).collect();
            self.bundles.retain(|name, _| names.contains(name.as_str()));
            self.count = self.bundles.values().map(|it| it.pages.len()).sum();
            self.valid = Validity::ALWAYS;
        }
        for (place, name, bundle) in new.bundles {
            self.valid = self.valid.and(bundle.valid);
            self.count += bundle.pages.len();
            if let Some(place) = place.filter(|_| told(&bundle))
                && let Scope::Only(places) = &mut touched.scope
            {
                places.insert(place);
            }
            let before = self.bundles.insert(name, Arc::clone(&bundle));
            self.count -= before.as_ref().map_or(0, |it| it.pages.len());
            is_new |= before.is_none_or(|it| !Arc::ptr_eq(&it, &bundle));
        }
        self.around = new.around;
        self.routes = new.routes;
        self.touched = touched;
        is_new
    }
}

/// What was touched no other process knows.
impl Serialize for Kept {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.bundles.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Kept {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let bundles = HashMap::<String, Arc<Bundle>>::deserialize(deserializer)?;
        let count = bundles.values().map(|it| it.pages.len()).sum();
        Ok(Self { bundles, count, ..Self::default() })
    }
}
