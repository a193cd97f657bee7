//! What is posted at a moment, and what is kept back.

use std::sync::OnceLock;

use jiff::civil::Date;

use crate::{
    clock::Clock,
    config::Names,
    diagnostic::{Code, Diagnostic, Location},
    disclosure::{
        clash::{self, Claim},
        facts::{self, Facts, PersonNames, Rules, Withdrawn, Withheld, WithheldAddresses},
        mask::{self, HashedName},
        privacy::{self, Persons},
        suppress,
        windows::{self, WithheldReason},
    },
    fingerprint::Fingerprint,
    schema::{Catalog, Collection, Notice, Record, RecordSet, collection::Order, posting::Posting},
};

/// Keeps of a record set what may be published at this moment, in the order in which it is shown.
pub fn disclose(
    mut set: RecordSet,
    catalog: &Catalog,
    rules: Rules,
    clock: &Clock,
) -> (RecordSet, Facts, Vec<Diagnostic>) {
    let (collection, place) = (catalog.collections.get(set.collection), catalog.place(set.place));
    let persons = Persons { names: rules.names, clock };
    let (mut claims, mut early) = (Vec::new(), Vec::new());
    let (mut withheld, mut withdrawn, mut hashed) = (Vec::new(), Vec::new(), Vec::new());
    if !privacy::is_plain(collection) || set.records.iter().any(|it| it.posting.is_some()) {
        let records = std::mem::take(&mut set.records);
        set.records.reserve(records.len());
        for mut record in records {
            let names = names(persons, collection, &record, rules);
            if !names.is_empty() {
                let location = facts::location(&set.files, &record);
                withdrawn.push(Withdrawn { names: Fingerprint::of(&names), location });
                hashed.push(names);
            }
            let posting = record.posting.as_deref();
            let closed = posting.and_then(|it| windows::closed(it, rules.drafts, persons.clock));
            let addresses = addresses(collection, &record);
            let here = || facts::location(&set.files, &record);
            early.extend(posting.into_iter().flat_map(|it| future_dates(it, clock, |_| here())));
            claims.extend(Claim::of(collection, &record, closed.is_none(), here));
            let kept = match closed {
                Some(why) => Err(why),
                None => persons.apply(collection, &mut record),
            };
            match kept {
                Ok(()) => set.records.push(record),
                Err(why) => withheld.push(Withheld {
                    place: set.place,
                    collection: Some(set.collection),
                    location: facts::location(&set.files, &record),
                    why,
                    addresses,
                }),
            }
        }
    }
    let mut diagnostics = clash::check(&claims, collection, place);
    diagnostics.append(&mut early);
    order(&mut set, collection);
    diagnostics.extend(far_records(&set, collection, clock));
    diagnostics.extend(suppress::hide(&mut set, catalog));
    let (contacts, offices) = privacy::contacts(&set, collection);
    let facts = Facts {
        // A list of which nothing is posted has no page, as if there were none.
        silent: set.records.is_empty() && !withheld.is_empty(),
        withheld,
        withdrawn,
        names: OnceLock::from(PersonNames::from(hashed)),
        contacts,
        offices,
    };
    (set, facts, diagnostics)
}

/// The addresses of a record, in case that it is not posted.
fn addresses(collection: &Collection, record: &Record) -> WithheldAddresses {
    let below = |address: Option<String>| address.map(|it| format!("{}/{it}", collection.name));
    let (own, former) = (below(collection.address(record)), below(collection.former(record)));
    let old = record.posting.as_ref().map_or(&[][..], |it| &it.aliases);
    WithheldAddresses::new(own.as_deref(), former.as_deref(), old)
}

/// The names of those who withdrew from a record set, as [`disclose`] leaves them beside it.
pub(super) fn withdrawn_names(
    set: &RecordSet,
    collection: &Collection,
    rules: Rules,
    clock: &Clock,
) -> PersonNames {
    let persons = Persons { names: rules.names, clock };
    let names = set.records.iter().map(|record| names(persons, collection, record, rules));
    names.filter(|names| !names.is_empty()).collect()
}

/// The names of a record whose persons withdrew.
fn names(
    persons: Persons<'_>,
    collection: &Collection,
    record: &Record,
    rules: Rules,
) -> Vec<HashedName> {
    let names = persons.withdrawn(collection, record).into_iter();
    let rule = rules.names.max(Names::Masked);
    names.flat_map(|name| mask::hashed(name, rule, rules.secret)).collect()
}

/// What a record or notice says of its publication with a day that has not come: most often a wrong
/// year, for which somebody would stay named. `place` is where a field stands.
pub(super) fn future_dates(
    posting: &Posting,
    clock: &Clock,
    place: impl Fn(&str) -> Location,
) -> Vec<Diagnostic> {
    let basis = posting.basis.as_ref().and_then(|basis| basis.date);
    let days = [("basis", "basis_date", basis), ("withdrawn", "withdrawn", posting.withdrawn)];
    let days = days.into_iter().filter_map(|(kind, field, day)| Some((kind, field, day?)));
    let future = days.filter(|(.., day)| !clock.reached(*day)).map(|(kind, field, day)| {
        let diagnostic = Diagnostic::warning(Code::FutureDate, place(field));
        diagnostic.arg("kind", kind).arg("date", day.to_string()).help(kind)
    });
    future.collect()
}

/// The records in the order of their collection which happen more than a year ahead. Only the last
/// ones are looked at.
fn far_records(set: &RecordSet, collection: &Collection, clock: &Clock) -> Vec<Diagnostic> {
    let far = |record: &Record| {
        let date = collection.moment(record).map(|moment| moment.date)?;
        far_date(date, clock, || facts::location(&set.files, record))
    };
    match collection.order {
        Order::Newest => set.records.iter().map_while(far).collect(),
        Order::Oldest => set.records.iter().rev().map_while(far).collect(),
        Order::File => set.records.iter().filter_map(far).collect(),
    }
}

/// Reports a day more than a year ahead: most often a wrong year.
pub(super) fn far_date(
    date: Date,
    clock: &Clock,
    location: impl FnOnce() -> Location,
) -> Option<Diagnostic> {
    clock.is_far(date).then(|| {
        Diagnostic::warning(Code::FarDate, location()).arg("date", date.to_string()).help("check")
    })
}

/// Leaves of a notice what may be published at this moment, or returns why it is not posted:
/// besides its window it has a day from which it counts, and a last one.
pub fn disclose_notice(
    mut notice: Notice,
    rules: Rules,
    clock: &Clock,
) -> (Notice, Option<WithheldReason>) {
    let why = closed(&notice, rules, clock);
    let mut posting = std::mem::take(&mut notice.posting);
    let founded = posting.basis.is_some();
    if let Some(objection) = &mut posting.objection {
        privacy::clean_phone(objection, founded);
    }
    notice.posting = posting.public(false, false).map(|it| *it).unwrap_or_default();
    (notice, why)
}

fn closed(notice: &Notice, rules: Rules, clock: &Clock) -> Option<WithheldReason> {
    let posting = &notice.posting;
    // Of one that is closed anyway nothing else is asked.
    let withdrawn =
        || posting.withdrawn.filter(|it| clock.reached(*it)).map(WithheldReason::Withdrawn);
    let over = || {
        let last = notice.until.filter(|it| clock.is_past(*it))?;
        Some(WithheldReason::Over(last.tomorrow().ok()?.at(0, 0, 0, 0)))
    };
    let early = || {
        let follows_date = rules.from_date && posting.from.is_none();
        let date = notice.date().filter(|date| follows_date && !clock.reached(*date))?;
        Some(WithheldReason::Early(date.at(0, 0, 0, 0)))
    };
    windows::closed(posting, rules.drafts, clock).or_else(withdrawn).or_else(over).or_else(early)
}

fn order(set: &mut RecordSet, collection: &Collection) {
    let moment = |record: &Record| collection.moment(record);
    match collection.order {
        Order::File => {}
        Order::Oldest => set.records.sort_by_cached_key(moment),
        Order::Newest => set.records.sort_by_cached_key(|record| std::cmp::Reverse(moment(record))),
    }
}
