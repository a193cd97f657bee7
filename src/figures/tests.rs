//! Small portals (`tests/portals`), and all that is measured of them, moment by moment.

use std::fmt::Write as _;

use super::*;
use crate::{
    disclosure::tests::harness::{Built, Known, TestPortal, check_portrait},
    figures::{self, Contents, Listed, Listing, Measured, Measures, Tally},
    schema::{Collection, FieldType, Place, RecordSet, Value, figure::Figure},
};

/// The figures at each moment: what changes is measured anew, and has to be what is measured of a
/// portal that nothing is known of.
fn portrait(portal: &TestPortal) -> String {
    let (mut known, mut figures) = (Known::default(), None);
    let mut all = String::new();
    for moment in portal.moments() {
        let fresh = at(portal, moment, &mut Known::default(), &mut None);
        let kept = at(portal, moment, &mut known, &mut figures);
        assert_eq!(fresh, kept, "{moment}");
        writeln!(all, "######## {moment}\n{kept}").unwrap();
    }
    all
}

fn at(
    portal: &TestPortal,
    moment: &str,
    known: &mut Known,
    figures: &mut Option<KnownFigures>,
) -> String {
    let measure =
        |set: &RecordSet, catalog: &crate::schema::Catalog, config: &Config, clock: &_| {
            let limits = figures::limits(catalog, config);
            Measures::new(set, catalog, limits[usize::from(set.collection.0)], clock)
        };
    portal.at(moment, known, measure, |built| {
        let Built { portal, config, measured, .. } = built;
        let known = figures.get_or_insert_with(|| KnownFigures::empty(portal.places().len()));
        let made = Figures::new(&portal, config, known, measured);
        let mut out = String::new();
        for place in portal.places() {
            of_place(&portal, &made, place, &mut out);
        }
        for told in made.check(&portal) {
            writeln!(out, "{} {:?}", told.code.name(), told.args).unwrap();
        }
        let root = known.node(PlaceId::ROOT).expect("a root");
        writeln!(out, "stays until {:?}", root.valid.end()).unwrap();
        out
    })
}

fn of_place(portal: &Portal<'_>, figures: &Figures, place: &Place, out: &mut String) {
    writeln!(out, "## /{}", place.path).unwrap();
    let own: Vec<CollectionId> = figures.own_collections(place.id).collect();
    for id in figures.collections(place.id) {
        let collection = portal.collections().get(id);
        writeln!(out, "# {}{}", collection.name, if own.contains(&id) { ", own" } else { "" })
            .unwrap();
        let [mine, total] = [figures.own(place.id, id), figures.total(place.id, id)];
        for (index, figure) in collection.figures.iter().enumerate() {
            let shown = |all: Option<&Tallies>| {
                all.map_or("-".to_owned(), |all| tally(collection, figure, &all[index]))
            };
            let [mine, total] = [shown(mine), shown(total)];
            let more = if mine == total { String::new() } else { format!(" | in all {total}") };
            writeln!(out, "{}: {mine}{more}", figure.name).unwrap();
        }
        let listings = [figures.own_listing(place.id, id), figures.listing(place.id, id)];
        let listings = listings.map(|it| it.map_or("-".to_owned(), |it| listing(it, collection)));
        let more = if listings[0] == listings[1] { "the same" } else { &listings[1] };
        writeln!(out, "listed {}; in all {more}", listings[0]).unwrap();
        if let Some(contents) = figures.contents(place.id, id) {
            self::contents(portal, figures, (place.id, id), contents, out);
        }
        let fingerprints = [
            figures.own_fingerprint(place.id, id).is_some(),
            figures.total_fingerprint(place.id, id).is_some(),
            figures.listing_fingerprint(place.id, id).is_some(),
            figures.ahead_fingerprint(place.id, id).is_some_and(|it| it != Fingerprint::default()),
        ];
        writeln!(out, "own, total, listed, ahead: {fingerprints:?}").unwrap();
    }
}

fn value(of: &Value) -> String {
    match of {
        Value::Absent => "-".to_owned(),
        Value::Text(text) => text.to_string(),
        Value::Choice(choice) => format!("#{choice}"),
        Value::Date(date) | Value::Month(date) => date.to_string(),
        value => value.as_number().map_or_else(|| format!("{value:?}"), |it| it.to_string()),
    }
}

fn tally(collection: &Collection, figure: &Figure, of: &Tally) -> String {
    match of {
        Tally::One(it) => measured(it),
        Tally::TooMany => "too many".to_owned(),
        Tally::Groups(groups) => {
            let kind = figure.by.map(|field| collection.fields[field].kind);
            assert_ne!(kind, Some(FieldType::Markdown));
            let each = |(group, it): (&Group, &Measured)| {
                format!("{} {}: {}", value(&group.value), value(&group.unit), measured(it))
            };
            let whole = groups.iter().map(each).collect::<Vec<_>>().join(", ");
            let readers = joined(groups).iter().map(each).collect::<Vec<_>>().join(", ");
            let more = if whole == readers { String::new() } else { format!(" = {{{readers}}}") };
            format!("{{{whole}}}{more}")
        }
    }
}

fn measured(of: &Measured) -> String {
    let number = of.number().map_or("no number".to_owned(), |it| it.to_string());
    let held = of.held().map(|it| format!(" of {it}")).unwrap_or_default();
    let last = of.last_period().map(|it| format!(" up to {it}")).unwrap_or_default();
    let more = match of {
        Measured::Sum(_, left_out) => format!(" without {left_out}"),
        Measured::Next(Some((moment, place))) => format!(" {} at {}", moment.date, place.0),
        Measured::Span(Some((first, last))) => {
            format!(" after {} at {}", first.number, last.place.0)
        }
        Measured::Withheld => " withheld".to_owned(),
        _ => String::new(),
    };
    format!("{number}{held}{last}{more}")
}

fn listing(of: &Listing, collection: &Collection) -> String {
    let all = |listed: &[Listed]| {
        let each = listed.iter().map(|it| format!("{}.{}", it.place.0, it.index));
        each.collect::<Vec<_>>().join(" ")
    };
    let (upcoming, recent, closing) = (all(&of.upcoming), all(&of.recent), all(&of.closing));
    let preview = all(&of.preview(collection));
    format!(
        "{}: to come [{upcoming}], before [{recent}], closing [{closing}], shown [{preview}]",
        of.count
    )
}

fn contents(
    portal: &Portal<'_>,
    figures: &Figures,
    (place, id): (PlaceId, CollectionId),
    of: &Contents,
    out: &mut String,
) {
    let records = of.records.iter().map(|it| {
        format!(
            "{}@{}:{} {:?}",
            it.address,
            it.file,
            it.line,
            it.aliases.iter().map(|it| &it.path).collect::<Vec<_>>()
        )
    });
    let records = records.collect::<Vec<_>>().join(", ");
    writeln!(out, "{} of {:?}, {:?}, pages: {records}", of.count, of.years, of.days).unwrap();
    for (key, index) in &of.keys {
        let named = figures.referrers(portal, (place, id, *key));
        let named = named.iter().map(|it| format!("{}.{} {:?}", it.place.0, it.index, it.date));
        let title = value(&of.linked[*index as usize].title);
        writeln!(out, "{title} is named by {}", named.collect::<Vec<_>>().join(", ")).unwrap();
    }
}

fn check(name: &str) {
    check_portrait(name, &portrait(&TestPortal::read(&format!("{name}.txt"))));
}

#[test]
fn portrait_of_figures() {
    check("figures");
}

#[test]
fn portrait_of_figures_over_what_is_hidden() {
    check("hidden-figures");
}

/// More groups than anybody would read are an error at the declaration, and at no place are they a
/// figure.
#[test]
fn too_many_groups_are_told() {
    let names = |from: usize, count: usize| {
        let each = (from..from + count).map(|it| format!("- {{name: n{it}}}\n"));
        each.collect::<String>()
    };
    let town = |count: usize| {
        let head = "=== site.toml\n=== content/place.yaml\nname: 街道\nlevel: street\n\
                    === content/a/place.yaml\nname: 甲社区\nlevel: community\n\
                    === content/_collections/tools.yaml\ntitle: 工具\nfields: {name: {type: text}}\n\
                    figures:\n  by-name: {measure: count, by: name}\n  all: {measure: count}\n";
        let (own, other) = (names(0, 1000), names(1000, count - 1000));
        let tools = "=== content/tools.yaml\n";
        format!("{head}{tools}{own}=== content/a/tools.yaml\n{other}")
    };
    for (count, told) in [(MAX_GROUPS, 0), (MAX_GROUPS + 1, 1)] {
        let text =
            at(&TestPortal::of(&town(count)), "2026-11-23", &mut Known::default(), &mut None);
        assert_eq!(text.matches("too-many").count(), told, "{count}");
        assert_eq!(text.contains("in all too many"), told == 1, "{count}");
        assert!(text.contains(&format!("in all {count}")), "{count}");
    }
}
