//! From the files of a site to what is published.
//!
//! ```text
//!             ┌─ update ─────────────────────────────────────────────┐
//! Tree ──▶ Files ──▶ Catalog, Theme ──▶ Portal ──▶ Figures ──▶ Plan ──▶ make ──▶ commit
//!          source    schema, render     disclosure figures    artifact  make.rs  target.rs
//! ```
//!
//! Each arrow takes values and returns one; diagnostics are collected on the way. If there is any
//! error before `make`, artifacts are made all the same, since they have mistakes of their own to
//! report, but go nowhere. With an error afterwards the round is dropped, which leaves the old site
//! as it was.
//!
//! Files may be edited while they are read. Then the portal is torn: some values belong to the old
//! files and some to the new ones. Such an attempt publishes nothing and is repeated, at most
//! [`TRIES`] times.
//!
//! | called by | function | publishes |
//! | --- | --- | --- |
//! | `linli build` | `build_site`, through `cached.rs` | yes |
//! | `linli serve` | [`build_with`], with one state for all builds | yes |
//! | `linli check` | [`check_with`] | no |
//! | `linli next-change` | `next_change.rs`, by [`update`] and `make`, moment by moment | no |
//! | what is explained or counted only | [`update_all`] | no |

use std::{sync::Arc, time::Instant};

use crate::{
    artifact::{Inspections, Plan, SharedValues, plan},
    build::{
        BuildError, BuildState, Observer, Options, Report, Round as _, Settings, Site, Target,
        Times,
        echoes::drop_echoes,
        make, sample,
        target::{Nowhere, Observed},
        wording,
    },
    diagnostic::Checked,
    disclosure::{Portal, conceal, reference_mistakes},
    figures::{self, Figures, Measures},
    schema::{Catalog, RecordSet},
    source::{Files, Tree, World},
};

/// How often a build begins anew because somebody edits files while they are read.
///
/// Each begins with a fresh look at the tree. A person saving files does not come near it; a
/// program that writes without end does.
pub(super) const TRIES: usize = 5;

/// Reads a site and plans its artifacts. What `state` knows of earlier builds is not done again.
///
/// Only record sets and articles whose summary has to be made are read. On return `state` knows the
/// files as they were read, so that the next build compares with these.
///
/// The diagnostics are complete but for those of artifacts.
pub fn update<'w>(
    world: &'w dyn World,
    tree: Tree,
    settings: &Settings,
    state: &mut BuildState,
) -> Checked<Site<'w>> {
    let Settings { config, diagnostics, .. } = settings.clone();
    let mut diagnostics = diagnostics;
    let sink = &mut diagnostics;
    let files = Files::new(world, state.files(tree));
    sink.extend_from_slice(files.tree().mistakes());
    let catalog = state.catalog(&files, &config).report(sink);
    let (theme, theme_fingerprint) = state.theme(&files, &config, &catalog, sink);
    let (portal, measured) = self::portal(files, catalog, settings, state);
    sink.extend(portal.diagnostics());
    sink.extend(reference_mistakes(&portal));
    // Those of settings, places and declarations quote what stands there.
    conceal::numbers(sink);
    portal.drop_offices(sink);
    wording::settle(sink, &portal);
    sample::settle(sink, &config);
    let figures = Figures::new(&portal, &config, state.figures(), measured);
    sink.extend(figures.check(&portal));
    let search = state.search(&portal, &figures, &config, &theme);
    let (plan, inspections) = (Plan::default(), Inspections::default());
    let shared = SharedValues::new(portal.collections().len());
    let mut site = Site {
        config,
        portal,
        figures,
        search,
        inspections,
        theme,
        theme_fingerprint,
        shared,
        plan,
    };
    site.plan = plan::plan(site.sources(), &state.table).report(sink);
    state.keep(site.portal.files());
    Checked { value: site, diagnostics }
}

/// The public portal of some files, and what was measured of the record sets that had to be read.
pub(super) fn portal<'w>(
    files: Files<'w>,
    catalog: Arc<Catalog>,
    settings: &Settings,
    state: &mut BuildState,
) -> (Portal<'w>, Vec<(usize, Measures)>) {
    let Settings { config, clock, .. } = settings;
    let (limits, of_sets) = (figures::limits(&catalog, config), Arc::clone(&catalog));
    let measure = |set: &RecordSet| {
        let limit = limits[usize::from(set.collection.0)];
        Measures::new(set, &of_sets, limit, clock)
    };
    let (summaries, keys) = state.disclosure();
    Portal::new(files, catalog, config, clock.clone(), summaries, keys, measure)
}

/// The same for all files of a site as they are now. It begins anew while somebody edits them; the
/// last try counts.
pub fn update_all<'w>(
    world: &'w dyn World,
    settings: &Settings,
    state: &mut BuildState,
) -> Checked<Site<'w>> {
    let mut tries = 1;
    loop {
        let site = update(world, Tree::take(world), settings, state);
        if !site.value.portal.is_torn() || tries == TRIES {
            return site;
        }
        tries += 1;
    }
}

/// Builds a site: all of it, or with any error in the content nothing. Keeps nothing for a next
/// build.
///
/// # Errors
///
/// Returns an error if the target cannot be written, or if the site is edited all the time.
pub fn build<T: Target>(
    world: &dyn World,
    options: &Options,
    target: &T,
) -> Result<Report, BuildError> {
    let settings = Settings::read(world, options);
    let tree = Tree::take(world);
    build_with(world, &settings, tree, &mut BuildState::default(), target, &())
}

/// Finds the mistakes of a site, those on its pages too, and publishes nothing. The bytes of all
/// artifacts are made, searched for personal data, and dropped.
pub fn check<'w>(world: &'w dyn World, options: &Options) -> Checked<Site<'w>> {
    check_with(world, &Settings::read(world, options), &())
}

/// The same, with settings that were read before.
///
/// If files are edited while they are read it begins anew, as a build does; the last try counts.
///
/// `observer` hears how many artifacts there are, and of each that was made.
pub fn check_with<'w>(
    world: &'w dyn World,
    settings: &Settings,
    observer: &dyn Observer,
) -> Checked<Site<'w>> {
    let mut state = BuildState::default();
    let mut tries = 1;
    loop {
        let Checked { value: mut site, mut diagnostics } =
            update(world, Tree::take(world), settings, &mut state);
        observer.planned(site.plan.new_artifacts().count());
        let Ok(made) = make::make(&mut site, &mut state, &Nowhere { observer });
        if !site.portal.is_torn() || tries == TRIES {
            diagnostics.extend(made.diagnostics);
            drop_echoes(&mut diagnostics);
            return Checked { value: site, diagnostics };
        }
        tries += 1;
    }
}

/// Builds a site with the results of earlier builds in `state`.
///
/// `tree` is how the caller saw the files; the state may be empty. Diagnostics of the content are
/// in the report, and are no error here.
///
/// # Errors
///
/// As [`build`].
pub fn build_with<T: Target>(
    world: &dyn World,
    settings: &Settings,
    tree: Tree,
    state: &mut BuildState,
    target: &T,
    observer: &dyn Observer,
) -> Result<Report, BuildError> {
    build_site(world, settings, tree, state, target, observer).map(|(report, _)| report)
}

/// The same, with the site that was built. To drop it takes a while, record by record.
///
/// So the caller may leave it to the system, which takes back all memory at once when a process
/// ends.
pub(super) fn build_site<'w, T: Target>(
    world: &'w dyn World,
    settings: &Settings,
    mut tree: Tree,
    state: &mut BuildState,
    target: &T,
    observer: &dyn Observer,
) -> Result<(Report, Site<'w>), BuildError> {
    for _ in 0..TRIES {
        if let Some(built) = attempt(world, settings, tree, state, target, observer)? {
            return Ok(built);
        }
        // What was edited meanwhile is not known.
        tree = Tree::take(world);
    }
    Err(BuildError::AlwaysEdited)
}

/// One try; `None` if files were edited while they were read.
///
/// The order of steps matters. The output is opened before artifacts are made, so that one which
/// cannot be written is known early. The state remembers the new table before the site is
/// committed; if that fails, all that was published is forgotten, as nobody knows what is there.
fn attempt<'w, T: Target>(
    world: &'w dyn World,
    settings: &Settings,
    tree: Tree,
    state: &mut BuildState,
    target: &T,
    observer: &dyn Observer,
) -> Result<Option<(Report, Site<'w>)>, BuildError> {
    let start = Instant::now();
    let Checked { value: mut site, mut diagnostics } = update(world, tree, settings, state);
    let read = start.elapsed();
    observer.planned(site.plan.new_artifacts().count());
    // A target that cannot be opened is an error only if there is something to publish.
    let round = if settings.stops(&diagnostics) { None } else { Some(target.open()?) };
    let mut made = match &round {
        Some(round) => make::make(&mut site, state, &Observed { round, observer })?,
        None => {
            let Ok(made) = make::make(&mut site, state, &Nowhere { observer });
            made
        }
    };
    if site.portal.is_torn() {
        return Ok(None);
    }
    let rendered = start.elapsed();
    diagnostics.append(&mut made.diagnostics);
    drop_echoes(&mut diagnostics);
    let pages = made.pages;
    let mut published = None;
    if let Some(round) = round.filter(|_| !settings.stops(&diagnostics)) {
        let gone = std::mem::take(&mut made.gone);
        made.remember(state);
        // What became of it when it fails is not known.
        let summary = round.commit(&gone).inspect_err(|_| drop(state.forget_published()))?;
        state.manifest = summary.manifest;
        published = Some(summary);
    }
    let times = Times {
        read,
        made: rendered.saturating_sub(read),
        published: start.elapsed().saturating_sub(rendered),
    };
    let withheld = site.portal.withheld();
    let report =
        Report { diagnostics, pages: site.plan.count, made: pages, withheld, published, times };
    Ok(Some((report, site)))
}
