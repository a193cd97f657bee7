//! The two passes over a part: a summary of it, and its artifacts.

use std::{io, path::Path, sync::Arc};

use crate::{
    build::{
        BuildState, Observer, Output, Settings, driver,
        echoes::drop_echoes,
        make, sample,
        shards::{
            Cut, ShardError,
            file::{self, Kind, Label, ShardFile, Writer},
            run::{self, Run},
        },
        update, wording,
    },
    diagnostic::{Checked, Code, Diagnostic},
    disclosure::{Portal, SentNames, told},
    figures::Figures,
    fingerprint::Fingerprint,
    output::{ManifestEntry, OutPath},
    schema::{Catalog, Part, PlaceId},
    source::{Files, Tree, World},
};

/// What is done if a part is not there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MissingParts {
    /// It is an error.
    Refused,
    /// What it would have read or made is read and made here, as each machine has all files.
    MadeHere,
}

/// A part of a portal.
#[derive(Clone, Copy)]
pub struct Shard<'a> {
    /// Which part it is, from 1.
    pub number: u32,
    /// How the portal is divided. Each machine finds the same division.
    pub cut: &'a (dyn Fn(&Catalog, &Tree) -> Cut + Sync),
}

/// A part of a portal, made.
#[derive(Debug)]
pub struct MadePart {
    /// Every diagnostic. With an error among them no file was written.
    pub diagnostics: Vec<Diagnostic>,
    /// How many pages were made.
    pub pages: usize,
    /// How many places there are in it.
    pub places: usize,
    /// The file was written.
    pub is_written: bool,
}

/// A site whose places are known, and none of its records.
pub(super) struct Begun {
    pub(super) state: BuildState,
    pub(super) tree: Tree,
    pub(super) run: Run,
    pub(super) catalog: Arc<Catalog>,
}

/// Looks at the files of a site, and reads its declarations and places.
pub(super) fn begin(world: &dyn World, settings: &Settings) -> Begun {
    let tree = Tree::take(world);
    let mut state = BuildState::hashing_with(run::secret(&tree));
    let files = Files::new(world, state.files(tree));
    let catalog = state.catalog(&files, &settings.config).value;
    let run = Run::of(settings, &files, &catalog);
    let tree = files.tree().clone();
    Begun { state, tree, run, catalog }
}

/// How a portal would be divided.
pub fn plan(
    world: &dyn World,
    settings: &Settings,
    cut: impl Fn(&Catalog, &Tree) -> Cut,
) -> (Arc<Catalog>, Cut) {
    let Begun { tree, catalog, .. } = begin(world, settings);
    let cut = cut(&catalog, &tree);
    (catalog, cut)
}

/// Reads the records and articles of a part, and writes what is known of them. With an error in
/// them nothing is written. What is wrong with them is told here, and not again when the part is
/// made.
///
/// # Errors
///
/// Returns an error if the file cannot be written, or the site was edited meanwhile.
pub fn summarise(
    world: &dyn World,
    settings: &Settings,
    shard: Shard<'_>,
    file: &Path,
) -> Result<MadePart, ShardError> {
    let Begun { mut state, tree, run, catalog } = begin(world, settings);
    let cut = (shard.cut)(&catalog, &tree);
    let own = own(&cut, shard, &catalog)?;
    let mut filled = own.clone();
    // Who withdrew above is to be masked here.
    for place in catalog.places.iter().filter(|place| own[place.id.index()]) {
        catalog.ancestry(place.id).into_iter().for_each(|above| filled[above.index()] = true);
    }
    catalog.divide(Part { own, filled, compared: Vec::new(), portal: false });
    let files = Files::new(world, tree);
    let (portal, measured) = driver::portal(files, Arc::clone(&catalog), settings, &mut state);
    let mut diagnostics = portal.own_diagnostics();
    // A number that an office publishes somewhere else is no mistake.
    diagnostics.retain(|it| it.numbers.is_empty());
    wording::settle(&mut diagnostics, &portal);
    sample::settle(&mut diagnostics, &settings.config);
    Figures::new(&portal, &settings.config, state.figures(), measured);
    state.keep(portal.files());
    if portal.is_torn() {
        return Err(ShardError::Edited);
    }
    let is_written = !settings.stops(&diagnostics);
    let places = places(&catalog, &portal);
    let count = places.len();
    if is_written {
        let label = label(Kind::Summary, run, &cut, shard);
        write(Writer::create(file)?, label, places, &state, &catalog)?;
    }
    Ok(MadePart { diagnostics, pages: 0, places: count, is_written })
}

/// Makes the artifacts of a part, with the summaries of all parts in a folder, and writes them into
/// a file. With an error in the content nothing is written.
///
/// # Errors
///
/// Returns an error if the summaries are not of this build, if one is missing that may not be, if the
/// file cannot be written, or if the site was edited meanwhile.
pub fn make(
    world: &dyn World,
    settings: &Settings,
    shard: Shard<'_>,
    (summaries, missing): (&Path, MissingParts),
    file: &Path,
    observer: &dyn Observer,
) -> Result<MadePart, ShardError> {
    let Begun { mut state, tree, run, catalog } = begin(world, settings);
    let cut = (shard.cut)(&catalog, &tree);
    let own = own(&cut, shard, &catalog)?;
    let summaries = file::read_all(summaries, Kind::Summary)?;
    let shared = (cut.fingerprint(), cut.count());
    let compared = take_over(&mut state, &tree, (run, shared), (&summaries, missing), &catalog)?;
    let filled = vec![true; own.len()];
    catalog.divide(Part { own, filled, compared, portal: false });
    let Checked { value: mut site, mut diagnostics } = update(world, tree, settings, &mut state);
    diagnostics.retain(|it| is_own(&catalog, it));
    observer.planned(site.plan.new_artifacts().count());
    let writer = Writer::create(file)?;
    let output = PartOutput { writer: &writer, observer };
    let mut made = make::make(&mut site, &mut state, &output).map_err(ShardError::at(file))?;
    if site.portal.is_torn() {
        return Err(ShardError::Edited);
    }
    // Whether somebody else of that name may be named on a page, the texts of other parts say, too.
    made.diagnostics.retain(|it| it.code != Code::WithdrawnNameInOutput);
    diagnostics.append(&mut made.diagnostics);
    drop_echoes(&mut diagnostics);
    let pages = made.pages;
    let is_written = !settings.stops(&diagnostics);
    let places = places(&catalog, &site.portal);
    let count = places.len();
    if is_written {
        made.remember(&mut state);
        write(writer, label(Kind::Part, run, &cut, shard), places, &state, &catalog)?;
    }
    Ok(MadePart { diagnostics, pages, places: count, is_written })
}

/// A diagnostic is about a file of the part, or about none of any place.
fn is_own(catalog: &Catalog, diagnostic: &Diagnostic) -> bool {
    let place = catalog.place_of(&diagnostic.location.file);
    place.is_none_or(|place| catalog.owns(Some(place)))
}

/// By place, whether it belongs to a part.
fn own(cut: &Cut, shard: Shard<'_>, catalog: &Catalog) -> Result<Vec<bool>, ShardError> {
    if !(1..=cut.count()).contains(&shard.number) {
        return Err(ShardError::NoShard(shard.number, cut.count()));
    }
    let is_own = |place: PlaceId| cut.part_of(place) == shard.number;
    Ok(catalog.places.iter().map(|place| is_own(place.id)).collect())
}

/// Lets a state know what all these files know. They have to be of this build, and those of a whole
/// division unless some may be missing. Returns with which names each place was compared.
pub(super) fn take_over(
    state: &mut BuildState,
    tree: &Tree,
    (run, cut): (Run, (Fingerprint, u32)),
    (files, allowed): (&[ShardFile], MissingParts),
    catalog: &Catalog,
) -> Result<Vec<Fingerprint>, ShardError> {
    for file in files {
        file.check(run, cut)?;
    }
    let has = |number: &u32| files.iter().any(|file| file.label.number == *number);
    let missing: Vec<u32> = (1..=cut.1).filter(|number| !has(number)).collect();
    if !missing.is_empty() && allowed == MissingParts::Refused {
        return Err(ShardError::Missing(missing));
    }
    let damaged = |file: &ShardFile| ShardError::Damaged(file.path.clone());
    let mut compared = vec![None; catalog.places.len()];
    let mut states = Vec::new();
    for file in files {
        for (place, names) in &file.places {
            let known = compared.get_mut(place.index()).ok_or_else(|| damaged(file))?;
            if known.replace(*names).is_some() {
                return Err(damaged(file));
            }
        }
        states.push(file.state()?);
    }
    // A place of a part that is missing was compared with nothing.
    let known = |it: Option<Fingerprint>| it.or((!missing.is_empty()).then(Fingerprint::default));
    let whole: Option<Vec<Fingerprint>> = compared.into_iter().map(known).collect();
    let first = files.first().map_or_else(|| ShardError::Missing(Vec::new()), damaged);
    let Some(compared) = whole.filter(|_| state.join(states, tree)) else { return Err(first) };
    for names in files.iter().flat_map(|file| &file.names) {
        names.put(state.summaries());
    }
    Ok(compared)
}

/// The places of the part, with the names that their texts were compared with: with none where others
/// have to read them anew.
fn places(catalog: &Catalog, portal: &Portal<'_>) -> Vec<(PlaceId, Fingerprint)> {
    let is_told = told(catalog);
    let compared = |place: PlaceId| {
        if is_told[place.index()] {
            portal.names_fingerprint(place)
        } else {
            Fingerprint::default()
        }
    };
    let own = catalog.places.iter().map(|place| place.id);
    own.filter(|place| catalog.owns(Some(*place))).map(|place| (place, compared(place))).collect()
}

fn label(kind: Kind, run: Run, cut: &Cut, shard: Shard<'_>) -> Label {
    let (count, number) = (cut.count(), shard.number);
    Label { kind, run, cut: cut.fingerprint(), count, number }
}

fn write(
    writer: Writer,
    label: Label,
    places: Vec<(PlaceId, Fingerprint)>,
    state: &BuildState,
    catalog: &Catalog,
) -> Result<(), ShardError> {
    let names = SentNames::of(state.summaries(), places.iter().map(|(place, _)| *place));
    let parts = state.write_part(catalog).map_err(io::Error::other);
    let parts = parts.map_err(ShardError::at("state"))?;
    writer.finish(label, places, names, &parts)
}

/// Artifacts go into the file of the part.
struct PartOutput<'a> {
    writer: &'a Writer,
    observer: &'a dyn Observer,
}

impl Output for PartOutput<'_> {
    type Error = io::Error;

    fn keep(&self, _: &ManifestEntry) -> bool {
        false
    }

    /// The part has told of them, and the site is joined without making them again.
    fn reports_again(&self) -> bool {
        false
    }

    fn write(&self, path: &OutPath, bytes: &[u8]) -> io::Result<ManifestEntry> {
        self.observer.written();
        self.writer.add(path, bytes)
    }
}
