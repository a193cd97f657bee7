//! The public portal: what is left after disclosure control.

use std::sync::{Arc, OnceLock};

use rustc_hash::FxHashSet;
use serde::{Deserialize, Serialize};

use crate::{
    clock::Clock,
    config::Config,
    diagnostic::{Diagnostic, Location},
    disclosure::{
        equal_sets,
        facts::{NameSources, Rules, Withheld},
        gone::GoneAddresses,
        lent::{Lent, lent},
        mask::NameSecret,
        notices::{Below, Notices},
        references::{NamedRecords, ReferencePlace},
        set_summary::SetSummary,
        summaries::{self, PlaceSummary, Subtree, Summaries},
        withdrawals::{NameRow, Withdrawals},
        withdrawn::{NamesAt, WithdrawnNames},
    },
    fingerprint::Fingerprint,
    scan,
    schema::{
        Catalog, CollectionId, Collections, Place, PlaceId, RecordSet,
        catalog::FileOf,
        notice::{Article, NoticeId},
    },
    source::{Files, SitePath},
};

/// The public portal at a moment. It knows every record set and notice by its summary; records and
/// articles are read on demand, each once.
pub struct Portal<'w> {
    /// The moment that it is built for.
    pub clock: Clock,
    /// Its declarations and places.
    pub catalog: Arc<Catalog>,
    files: Files<'w>,
    rules: Rules,
    summaries: Summaries,
    /// By the index of the catalog.
    records: Vec<Lent<RecordSet>>,
    /// By the index of the catalog.
    articles: Vec<Lent<Article>>,
    /// By place.
    below: Vec<OnceLock<Below>>,
    known: KnownKeys,
    withdrawals: Withdrawals,
    /// By place: the names of persons who withdrew, as they are treated there.
    names: Vec<OnceLock<NamesAt>>,
    /// Which places have the records that others name.
    named: OnceLock<NamedRecords>,
    /// The addresses of what was withdrawn.
    gone: OnceLock<GoneAddresses>,
}

/// The keys of the personal data that pages may show, and the fingerprint of what they were
/// collected from.
///
/// Names of persons who withdrew are among them, as hashes; what they are hashed with goes with
/// them.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct KnownKeys {
    from: Fingerprint,
    keys: Arc<FxHashSet<u64>>,
    /// The mobile numbers that offices publish as theirs.
    offices: Arc<FxHashSet<u64>>,
    secret: NameSecret,
}

impl KnownKeys {
    /// None, but with what names are hashed.
    pub fn hashed_with(secret: NameSecret) -> Self {
        Self { secret, ..Self::default() }
    }
}

impl std::fmt::Debug for Portal<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Portal").field("clock", &self.clock).finish_non_exhaustive()
    }
}

impl<'w> Portal<'w> {
    /// Discloses the files of a catalog. `summaries` and `keys` are those of an earlier build, for
    /// the same places; they are brought up to date. Returns what was measured of the record sets
    /// that had to be read, by their index in the catalog.
    pub fn new<M: Send>(
        files: Files<'w>,
        catalog: Arc<Catalog>,
        config: &Config,
        clock: Clock,
        summaries: &mut Summaries,
        keys: &mut KnownKeys,
        measure: impl Fn(&RecordSet) -> M + Sync,
    ) -> (Self, Vec<(usize, M)>) {
        let rules = Rules::of(config, keys.secret);
        let (read, withdrawals) =
            summaries::update(summaries, &files, &catalog, rules, &clock, measure);
        let mut measured = Vec::new();
        let mut this = Self {
            records: lent(catalog.sets.len()),
            articles: lent(catalog.notices.len()),
            below: std::iter::repeat_with(OnceLock::new).take(catalog.places.len()).collect(),
            summaries: summaries.clone(),
            known: KnownKeys::default(),
            names: std::iter::repeat_with(OnceLock::new).take(catalog.places.len()).collect(),
            named: OnceLock::new(),
            gone: OnceLock::new(),
            withdrawals,
            clock,
            catalog,
            files,
            rules,
        };
        for of_place in read {
            for (index, set, of_set) in of_place.sets {
                this.records[index] = Lent::new(set);
                measured.push((index, of_set));
            }
            for (index, article) in of_place.articles {
                this.articles[index] = Lent::new(article);
            }
        }
        this.update_keys(config, keys);
        this.known = keys.clone();
        (this, measured)
    }

    /// The collections that there are.
    pub fn collections(&self) -> &Collections {
        &self.catalog.collections
    }

    /// The places, parents before children; the first is the root.
    pub fn places(&self) -> &[Place] {
        &self.catalog.places
    }

    /// A place.
    pub fn place(&self, id: PlaceId) -> &Place {
        self.catalog.place(id)
    }

    /// The files that it is made from.
    pub fn files(&self) -> &Files<'w> {
        &self.files
    }

    /// What is known of the records and notices of a place.
    pub fn summary_of(&self, place: PlaceId) -> &PlaceSummary {
        self.summaries.get(place).expect("every place was summarised")
    }

    /// What the summaries of a place and of all places in it come to.
    pub fn subtree(&self, place: PlaceId) -> &Subtree {
        &self.summary_of(place).subtree
    }

    /// The notices that are posted.
    pub fn notices(&self) -> Notices<'_> {
        Notices::new(&self.catalog, &self.summaries, &self.below)
    }

    /// The notice in a content file, if it is posted.
    pub fn notice_in(&self, file: &SitePath) -> Option<NoticeId> {
        let Some((_, FileOf::Notice(index))) = self.catalog.find(file) else { return None };
        self.notices().in_file(index)
    }

    /// The text of a notice, which is read if it was not. Nothing if its file was written
    /// meanwhile.
    pub fn article(&self, id: NoticeId) -> Option<Arc<Article>> {
        let index = id.0 as usize;
        let read = || {
            let (place, file) = &self.catalog.notices[index];
            let Some((notice, mut article, _)) =
                self.catalog.notice(&self.files, *place, file).value
            else {
                self.files.tear();
                return None;
            };
            if let Some(names) = self.names_at(*place).filter(|_| !notice.posting.namesakes) {
                names.mask_article(&mut article);
            }
            Some(article)
        };
        self.articles[index].get_or_read(read)
    }

    /// The keys of the personal data that texts hold and may hold.
    pub fn known(&self) -> &FxHashSet<u64> {
        &self.known.keys
    }

    /// The summary of a collection at a place, if anything of it is posted.
    pub fn summary(&self, place: PlaceId, collection: CollectionId) -> Option<&SetSummary> {
        let index = self.catalog.set_index(place, collection)?;
        Some(&**self.set_summary(index)).filter(|summary| !summary.facts.silent)
    }

    /// The summary of a record set, by its index in the catalog.
    pub fn set_summary(&self, index: usize) -> &Arc<SetSummary> {
        let place = self.catalog.sets[index].place;
        &self.summary_of(place).sets[index - self.catalog.sets_of(place).start]
    }

    /// The summaries of a place's collections of which anything is posted, in their order.
    pub fn summaries(&self, place: PlaceId) -> impl Iterator<Item = (CollectionId, &SetSummary)> {
        let sets = self.catalog.sets_of(place).zip(&self.summary_of(place).sets);
        let all = sets.map(|(index, it)| (self.catalog.sets[index].collection, &**it));
        all.filter(|(_, summary)| !summary.facts.silent)
    }

    /// The records of a collection at a place, which are read if they were not. Nothing if nothing
    /// of it is posted, or if its files were written meanwhile.
    pub fn records(&self, place: PlaceId, collection: CollectionId) -> Option<Arc<RecordSet>> {
        let index = self.catalog.set_index(place, collection)?;
        let is_silent = self.set_summary(index).facts.silent;
        if is_silent { None } else { self.records_at(index) }
    }

    /// The records of a set by its index in the catalog, posted ones only.
    pub fn records_at(&self, index: usize) -> Option<Arc<RecordSet>> {
        let read = || {
            let of = &self.catalog.sets[index];
            let summary = self.set_summary(index);
            let (names, rules) = (self.names_at(of.place), self.rules);
            let set = summary.records(&self.files, &self.catalog, of, rules, &self.clock, names);
            if set.is_none() {
                self.files.tear();
            }
            set
        };
        self.records[index].get_or_read(read)
    }

    /// The records of a collection at each place that has any, in the order of the places. What is
    /// read for it is not kept: it is gone through once. Nothing of a place whose files were written
    /// meanwhile.
    pub fn all_records(
        &self,
        place: PlaceId,
        collection: CollectionId,
    ) -> impl Iterator<Item = Option<Arc<RecordSet>>> {
        let sets = self.catalog.places_within(place).filter_map(move |place| {
            self.summary(place.id, collection)?;
            self.catalog.set_index(place.id, collection)
        });
        sets.map(|index| {
            let is_at_hand = self.records[index].is_at_hand();
            let records = self.records_at(index);
            if !is_at_hand {
                self.records[index].release();
            }
            records
        })
    }

    /// The fingerprint of the records of a collection at a place and all places in it, as they are
    /// published, and of which place has which.
    pub fn records_fingerprint(&self, place: PlaceId, collection: CollectionId) -> Fingerprint {
        let of = |place: &Place| {
            let records = self.summary(place.id, collection)?.records;
            let here = Fingerprint::of(&self.catalog.name_fingerprint(place.id));
            Some(here.and(records).and(self.names_fingerprint(place.id)))
        };
        Fingerprint::of_all(self.catalog.places_within(place).filter_map(of))
    }

    /// Has at hand the records that a portal of the same files at another moment read, where they
    /// are the same as published.
    pub fn adopt(&self, before: &Self) {
        for (index, (records, known)) in self.records.iter().zip(&before.records).enumerate() {
            if known.was_read()
                && self.set_summary(index).records == before.set_summary(index).records
            {
                records.adopt(known);
            }
        }
    }

    /// The records of a set, by its index in the catalog, were asked for.
    pub fn was_read(&self, index: usize) -> bool {
        self.records[index].was_read()
    }

    /// Frees the records and articles of a place. If they are asked for again they are read again.
    /// What a street or district holds for everybody stays: it is on the calendar of each place in
    /// it.
    pub fn release(&self, place: PlaceId) {
        let is_shared = self.catalog.is_area(place);
        let stays = |index: &usize| {
            is_shared && self.collections().get(self.catalog.sets[*index].collection).happens()
        };
        let sets = self.catalog.sets_of(place).filter(|index| !stays(index));
        sets.for_each(|index| self.records[index].release());
        self.articles[self.catalog.notices_of(place)].iter().for_each(Lent::release);
    }

    /// What is kept back, place by place.
    pub fn withheld(&self) -> Vec<Withheld> {
        let places = self.walk(|subtree| subtree.withheld > 0).into_iter();
        places.flat_map(|place| self.summary_of(place).withheld()).collect()
    }

    /// Where that stands which was withdrawn and had that path. `is_old` is asked for an old address.
    pub fn withdrawn_at(&self, path: &str, is_old: bool) -> Option<&Location> {
        self.gone().find(path, is_old)
    }

    /// The fingerprint of all addresses that are gone.
    pub fn gone_fingerprint(&self) -> Fingerprint {
        self.gone().fingerprint
    }

    fn gone(&self) -> &GoneAddresses {
        self.gone.get_or_init(|| {
            let places = self.walk(|subtree| subtree.gone > 0).into_iter();
            let withheld = places.flat_map(|place| self.summary_of(place).withheld());
            GoneAddresses::new(withheld.filter(Withheld::is_withdrawn), &self.catalog)
        })
    }

    /// The diagnostics of records and notices, place by place, and at the end the names in them that
    /// may be those of persons who withdrew elsewhere, and the lists that are equal to others.
    pub fn diagnostics(&self) -> Vec<Diagnostic> {
        let places = self.walk(|subtree| subtree.diagnostics > 0).into_iter();
        let own = places.flat_map(|place| self.summary_of(place).diagnostics().cloned());
        let places = self.walk(|subtree| subtree.names > 0).into_iter();
        let names = places.flat_map(|place| {
            let hits = self.summary_of(place).names();
            hits.filter_map(move |hit| self.withdrawals.warning(self.name_sources(), place, hit))
        });
        let places = self.walk(|subtree| subtree.equal > 0).into_iter();
        let equal = places.flat_map(|place| {
            equal_sets::warnings(&self.catalog, place, |it| &self.subtree(it).persons)
        });
        own.chain(names).chain(equal).collect()
    }

    /// The diagnostics of the records and notices of places that a part of a portal makes.
    pub fn own_diagnostics(&self) -> Vec<Diagnostic> {
        let own = self.places().iter().filter(|place| self.catalog.owns(Some(place.id)));
        own.flat_map(|place| self.summary_of(place.id).diagnostics().cloned()).collect()
    }

    /// Which place has the record of a collection that one of `from` names with that key. It need
    /// not be posted there.
    pub fn referred(&self, from: PlaceId, to: CollectionId, key: Fingerprint) -> ReferencePlace {
        let named =
            || NamedRecords::new(&self.catalog, |index| &self.set_summary(index).references);
        self.named.get_or_init(named).find(&self.catalog, from, (to, key))
    }

    /// Where records and notices have names of persons who withdrew, place by place.
    pub fn withdrawn_names(&self) -> Vec<NameRow> {
        let places = self.walk(|subtree| subtree.names > 0).into_iter();
        let rows = places.flat_map(|place| {
            let hits = self.summary_of(place).names();
            hits.map(move |hit| self.withdrawals.row(self.name_sources(), place, hit))
        });
        rows.collect()
    }

    /// The names of persons who withdrew, as they are treated at a place. Nothing if nobody did.
    fn names_at(&self, place: PlaceId) -> Option<&NamesAt> {
        let names = || self.withdrawals.at(self.name_sources(), place);
        let slot = (!self.withdrawals.is_empty()).then(|| &self.names[place.index()]);
        slot.map(|slot| slot.get_or_init(names))
    }

    /// The fingerprint of the names of persons who withdrew that are masked at a place; zero if
    /// there are none. Of a place in it there are no others.
    pub fn names_fingerprint(&self, place: PlaceId) -> Fingerprint {
        self.withdrawals.fingerprint_at(&self.catalog, place)
    }

    /// What names of persons who withdrew are read from.
    fn name_sources(&self) -> NameSources<'_> {
        let Self { files, catalog, rules, clock, .. } = self;
        NameSources { files, catalog, rules: *rules, clock }
    }

    /// The keys of names on a page of a place that are to be masked there. Costs nothing if nobody
    /// withdrew.
    pub fn names_on(&self, place: PlaceId, page: &[u8]) -> Vec<u64> {
        let names = self.names_at(place).filter(|names| names.masks());
        let keys = names.and_then(|names| Some(names.on_page(str::from_utf8(page).ok()?)));
        keys.unwrap_or_default()
    }

    /// The names in a text of all persons who withdrew, wherever they did. Costs nothing if nobody
    /// withdrew.
    pub fn withdrawn_in(&self, text: &str) -> WithdrawnNames {
        self.names_at(PlaceId::ROOT).map(|names| names.all_in(text)).unwrap_or_default()
    }

    /// The keys of those names that are to be masked on pages of a place.
    pub fn withdrawn_among(&self, place: PlaceId, names: &WithdrawnNames) -> Vec<u64> {
        if names.is_empty() {
            return Vec::new();
        }
        self.names_at(place).map(|at| at.among(names)).unwrap_or_default()
    }

    /// The places of whose subtrees something holds, parents before children.
    pub(super) fn walk(&self, holds: impl Fn(&Subtree) -> bool) -> Vec<PlaceId> {
        let mut found: Vec<PlaceId> =
            self.places().first().map(|root| root.id).into_iter().collect();
        found.retain(|place| holds(self.subtree(*place)));
        let mut next = 0;
        while let Some(place) = found.get(next) {
            let children = self.place(*place).children.iter().copied();
            let children: Vec<_> = children.filter(|it| holds(self.subtree(*it))).collect();
            found.extend(children);
            next += 1;
        }
        found.sort_unstable();
        found
    }

    /// A file changed after it had been looked at: what was read does not belong together.
    pub fn is_torn(&self) -> bool {
        self.files.is_torn()
    }

    /// What may stand on pages: it is published from a field that is there to hold it, or its file
    /// was looked through and it was reported there.
    fn update_keys(&self, config: &Config, known: &mut KnownKeys) {
        let root = self.places().first().map(|root| self.subtree(root.id).keys);
        let organiser = &config.organiser;
        let said = [&organiser.address, &organiser.phone, &organiser.email, &config.banner];
        let contacts = config.security.as_ref().map(|it| &it.contacts);
        let rules = self.catalog.collections_fingerprint();
        let from = Fingerprint::of(&(root, self.catalog.known(), rules, said, contacts));
        if known.from != from || from == Fingerprint::default() {
            let collections = self.collections().iter();
            let rules = collections.filter_map(|(_, it)| it.publication.objection.as_ref());
            let said = said.into_iter().chain(rules.map(|rule| &rule.phone));
            let said = said.flatten().chain(contacts.into_iter().flatten());
            let said: Vec<&str> = said.map(String::as_str).collect();
            let mut keys: FxHashSet<u64> = said.iter().flat_map(|it| scan::contacts(it)).collect();
            let mut offices: FxHashSet<u64> =
                said.iter().flat_map(|it| scan::mobiles(it)).collect();
            keys.extend(self.catalog.known());
            offices.extend(self.catalog.offices());
            for place in self.places() {
                let summary = self.summary_of(place.id);
                keys.extend(summary.keys().flatten());
                offices.extend(summary.offices());
            }
            let (keys, offices) = (Arc::new(keys), Arc::new(offices));
            *known = KnownKeys { from, keys, offices, secret: known.secret };
        }
    }

    /// Drops diagnostics of telephone numbers that are no mistake, as an office of the portal
    /// publishes them as its own: in the phone of a place, or in a field about the work of somebody.
    pub fn drop_offices(&self, diagnostics: &mut Vec<Diagnostic>) {
        let offices = &self.known.offices;
        diagnostics.retain(|it| {
            it.numbers.is_empty() || !it.numbers.iter().all(|it| offices.contains(it))
        });
    }

    /// The fingerprint of the keys that pages may show.
    pub fn known_fingerprint(&self) -> Fingerprint {
        self.known.from
    }
}
