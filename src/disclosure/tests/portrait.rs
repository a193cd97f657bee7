//! A portal as lines: all that is published of it, what is kept back, and what is told.

use std::fmt::Write as _;

use jiff::Timestamp;

use super::harness::{Built, Known, TestPortal, nothing};
use crate::{
    diagnostic::{Diagnostic, Location},
    disclosure::{NameRow, NameSecret, Portal, Rules, leak, report},
    fingerprint::Fingerprint,
    scan,
    schema::{self, Field, Place, PlaceId, Posting, RecordSet, Value, notice::NoticeId},
};

/// A portal at each of its moments, one after the other: what changes is made anew, and has to be what
/// a portal is that nothing is known of. Which fingerprints are others than before stands at the end of
/// each moment: those of what shows on pages.
pub(super) fn of(portal: &TestPortal) -> String {
    let mut known = Known::default();
    let mut all = String::new();
    let mut before: Option<Vec<(String, Fingerprint)>> = None;
    for moment in portal.moments() {
        let fresh = at(portal, moment, &mut Known::default());
        let kept = at(portal, moment, &mut known);
        assert_eq!(fresh.text, kept.text, "{moment}");
        assert!(fresh.fingerprints == kept.fingerprints, "{moment}");
        let again = at(portal, moment, &mut known);
        assert_eq!(again.read, "", "what is known is not read again");
        writeln!(all, "######## {moment}, read: {}\n{}", kept.read, kept.text).unwrap();
        if let Some(before) = before {
            let pairs = before.iter().zip(&kept.fingerprints);
            let others = pairs.filter(|(before, now)| before != now).map(|(_, now)| now.0.as_str());
            writeln!(all, "changed: {}\n", others.collect::<Vec<_>>().join(", ")).unwrap();
        }
        before = Some(kept.fingerprints);
    }
    all
}

/// After an edit, at the first moments, a portal is what one is that nothing is known of.
pub(super) fn assert_edits_show(portal: &TestPortal, edited: &TestPortal) {
    for moment in portal.moments().into_iter().take(2) {
        let mut known = Known::default();
        for portal in [portal, edited] {
            let [fresh, kept] =
                [at(portal, moment, &mut Known::default()), at(portal, moment, &mut known)];
            assert_eq!(fresh.text, kept.text, "{moment}");
            assert!(fresh.fingerprints == kept.fingerprints, "{moment}");
        }
    }
}

/// A portal at a moment.
struct Portrait {
    text: String,
    /// Which record sets were read for it.
    read: String,
    fingerprints: Vec<(String, Fingerprint)>,
}

fn at(portal: &TestPortal, moment: &str, known: &mut Known) -> Portrait {
    let mut portrait = portal.at(moment, known, nothing, |built| {
        let sets = built.measured.iter().map(|(index, ())| {
            let set = &built.portal.catalog.sets[*index];
            let name = &built.portal.collections().get(set.collection).name;
            format!("/{} {name}", built.portal.place(set.place).path)
        });
        Portrait {
            text: written(portal, &built),
            read: sets.collect::<Vec<_>>().join(", "),
            fingerprints: fingerprints(&built.portal),
        }
    });
    let root = known.summaries().node(PlaceId::ROOT).expect("a root");
    let next = root.valid.end().and_then(|it| Timestamp::from_second(it).ok());
    portrait.text.extend(next.map(|it| format!("stays until {it}\n")));
    portrait
}

fn fingerprints(portal: &Portal<'_>) -> Vec<(String, Fingerprint)> {
    let mut all = vec![
        ("known".to_owned(), portal.known_fingerprint()),
        ("gone".to_owned(), portal.gone_fingerprint()),
    ];
    let notices = portal.notices();
    for place in portal.places() {
        let of_place = [
            ("output", portal.subtree(place.id).output),
            ("linked", portal.subtree(place.id).linked),
            ("notices", notices.fingerprint(place.id)),
            ("below", notices.fingerprint_below(place.id)),
            ("menu", notices.fingerprint_menu(place.id)),
            ("headlines", notices.fingerprint_headlines(place.id)),
            ("happening", notices.fingerprint_happening(place.id)),
            ("names", portal.names_fingerprint(place.id)),
        ];
        let named = |what: &str| format!("/{} {what}", place.path);
        all.extend(of_place.map(|(what, it)| (named(what), it)));
        let collections = portal.collections().iter();
        all.extend(collections.map(|(id, collection)| {
            (named(&collection.name), portal.records_fingerprint(place.id, id))
        }));
    }
    all
}

fn written(asked: &TestPortal, built: &Built<'_, ()>) -> String {
    let portal = &built.portal;
    let mut out = String::new();
    for place in portal.places() {
        of_place(portal, place, &mut out);
    }
    for (id, collection) in portal.collections().iter() {
        let sets =
            portal.all_records(PlaceId::ROOT, id).map(|set| set.map_or(0, |it| it.records.len()));
        let sets: Vec<usize> = sets.collect();
        if !sets.is_empty() {
            writeln!(out, "records of {} in all: {sets:?}", collection.name).unwrap();
        }
    }
    for withheld in portal.withheld() {
        let (place, why) = (located(&withheld.location), withheld.why);
        let until = why.until().map(|it| format!(" until {it}")).unwrap_or_default();
        writeln!(out, "withheld {place} {}{until}: {why:?}", why.name()).unwrap();
    }
    for NameRow { location, withdrawn, treatment } in portal.withdrawn_names() {
        let withdrawn = withdrawn.as_ref().map(located).unwrap_or_default();
        let treatment = treatment.name();
        writeln!(out, "name in {}, of {withdrawn}: {treatment}", located(&location)).unwrap();
    }
    for path in asked.said("gone") {
        let [new, old] = [false, true].map(|is_old| portal.withdrawn_at(path, is_old).map(located));
        writeln!(out, "is {path} gone: {new:?}; as an old address: {old:?}").unwrap();
    }
    for said in asked.said("page") {
        of_page(portal, said, &mut out);
    }
    of_privacy(portal, built, &mut out);
    out + &messages(&built.told) + &messages(&built.disclosed)
}

fn of_place(portal: &Portal<'_>, place: &Place, out: &mut String) {
    writeln!(out, "## /{} {}", place.path, place.name).unwrap();
    for (id, _) in portal.summaries(place.id) {
        let Some(set) = portal.records(place.id, id) else { continue };
        of_set(portal, &set, out);
    }
    let notices = portal.notices();
    for id in notices.posted(place.id) {
        of_notice(portal, id, out);
    }
    let slugs = |ids: &mut dyn Iterator<Item = NoticeId>| {
        let slugs = ids.map(|id| notices.get(id).slug.as_str());
        slugs.collect::<Vec<_>>().join(" ")
    };
    if notices.count(place.id).1 > 0 {
        writeln!(out, "counted {:?}", notices.count(place.id)).unwrap();
        writeln!(out, "below: {}", slugs(&mut notices.below(place.id).iter().copied())).unwrap();
        writeln!(out, "years: {:?}", notices.years_below(place.id)).unwrap();
        writeln!(out, "headlines: {}", slugs(&mut notices.headlines(place.id))).unwrap();
        let happening = notices.happening(place.id);
        writeln!(out, "happening: {}", slugs(&mut happening.into_iter())).unwrap();
    }
}

fn of_set(portal: &Portal<'_>, set: &RecordSet, out: &mut String) {
    let collection = portal.collections().get(set.collection);
    writeln!(out, "# {}", collection.name).unwrap();
    for record in &set.records {
        let fields = collection.fields.iter().zip(&record.values);
        let values = fields.filter(|(_, value)| !value.is_absent());
        let values =
            values.map(|(field, it)| format!("{}={}", field.name, value(portal, field, it)));
        let posting = record.posting.as_deref().map(posting).unwrap_or_default();
        let values = values.collect::<Vec<_>>().join(", ");
        writeln!(out, "{}: {values}{posting}", record.line).unwrap();
    }
}

fn of_notice(portal: &Portal<'_>, id: NoticeId, out: &mut String) {
    let notices = portal.notices();
    let notice = notices.get(id);
    let near = notices.neighbours(id);
    let slug = |id: Option<NoticeId>| id.map_or("-", |id| notices.get(id).slug.as_str());
    let mut texts = notice.clone();
    let texts: Vec<String> = texts.texts_mut().map(std::mem::take).collect();
    let said = format!("{}{texts:?}{}", notice.title, posting(&notice.posting));
    let (path, older, newer) = (notice.path(), slug(near.older), slug(near.newer));
    writeln!(out, "* {path} {said} [{older} < > {newer}]").unwrap();
    let article = portal.article(id).expect("an article");
    writeln!(out, "  {:?}", article.body().trim()).unwrap();
}

/// A value as readers may get it.
pub(crate) fn value(portal: &Portal<'_>, field: &Field, of: &Value) -> String {
    match of {
        Value::Absent => String::new(),
        Value::Text(text) => text.replace('\n', "\\n"),
        Value::Integer(it) => it.to_string(),
        Value::Decimal(it) => it.to_string(),
        Value::Boolean(it) => it.to_string(),
        Value::Date(it) | Value::Month(it) => it.to_string(),
        Value::Year(it) => it.to_string(),
        Value::Time(it) => format!("{it:?}"),
        Value::DateTime(it) => it.to_string(),
        Value::Choice(it) => field.choices[usize::from(*it)].value.clone(),
        Value::Place(it) => format!("/{}", portal.place(*it).path),
        Value::Few(below) => format!("fewer than {below}"),
        Value::Withheld => "not shown".to_owned(),
        Value::List(values) => {
            let values = values.iter().map(|it| value(portal, field, it));
            format!("[{}]", values.collect::<Vec<_>>().join("; "))
        }
    }
}

/// What is left of what a record or notice says of its publication.
fn posting(of: &Posting) -> String {
    let Posting { from, draft, objection, masked, namesakes, slug, aliases, .. } = of.clone();
    let mut parts = Vec::new();
    parts.extend(from.map(|it| format!("from {it}")));
    parts.extend(
        [(draft, "draft"), (masked, "masked"), (namesakes, "namesakes")]
            .map(|(holds, word)| if holds { word.to_owned() } else { String::new() }),
    );
    parts.extend(slug.map(|it| format!("slug {it}")));
    parts.extend(aliases.into_iter().map(|it| format!("alias {}", it.path)));
    parts.extend(objection.map(|it| {
        let from = it.from.map(|it| it.to_string()).unwrap_or_default();
        let [how, phone] = [it.how, it.phone].map(Option::unwrap_or_default);
        format!("objection {from}..{} {how} {phone}", it.until)
    }));
    parts.retain(|part| !part.is_empty());
    let left = of.until.is_some() || of.withdrawn.is_some() || of.basis.is_some() || of.minor;
    assert!(!left && of.born.is_none() && of.names.is_none() && !of.unfounded, "{of:?}");
    if parts.is_empty() { String::new() } else { format!(" ({})", parts.join(", ")) }
}

/// `PLACE | TEXT`: what is told of a page of a place with that text.
fn of_page(portal: &Portal<'_>, said: &str, out: &mut String) {
    let (path, text) = said.split_once(" | ").expect("a place and a text");
    let place = portal.places().iter().find(|it| it.path == path).expect("a place").id;
    let source = Location::file(portal.place(place).folder.join("place.yaml"));
    let found = leak::keys(scan::html(text.as_bytes()));
    let mut told = leak::check((portal.known(), true), &found, "index.html", &source);
    let named = portal.names_on(place, text.as_bytes());
    told.extend(leak::names(portal.known(), &named, "index.html", &source));
    let attached = portal.withdrawn_in(text);
    let among = portal.withdrawn_among(place, &attached);
    assert_eq!(among.len(), named.len(), "an attached text says what a page says: {text}");
    let codes = told.iter().map(|it| format!("{} {:?}", it.code.name(), it.args[0].1));
    let codes = codes.collect::<Vec<_>>().join(", ");
    let anybody = if attached.is_empty() { "" } else { " (names somebody who withdrew)" };
    writeln!(out, "page of /{path} with {text}: {codes}{anybody}").unwrap();
}

/// What is published of persons, counted.
fn of_privacy(portal: &Portal<'_>, built: &Built<'_, ()>, out: &mut String) {
    let clock = portal.clock.fork();
    let rules = Rules::of(built.config, NameSecret::default());
    let records = schema::decode(portal.files(), built.config).value;
    for row in report(&records, rules, &clock) {
        let collection = portal.collections().get(row.collection);
        let field = collection.fields[row.field].name;
        let (names, basis, until) = (row.names, row.basis, row.until);
        let name = &collection.name;
        writeln!(out, "published {name}.{field}: {} {names:?} {basis:?} {until:?}", row.count)
            .unwrap();
    }
}

fn located(location: &Location) -> String {
    let line = location.range.map(|it| format!(":{}", it.start.line)).unwrap_or_default();
    let file = location.file.as_str();
    format!("{}{line}", file.strip_prefix("content/").unwrap_or(file))
}

/// What is told, each with the words of its message and the lines that it quotes.
pub(super) fn messages(told: &[Diagnostic]) -> String {
    told.iter().map(message).collect()
}

fn message(of: &Diagnostic) -> String {
    let severity = format!("{:?}", of.severity).to_lowercase();
    let words = of.args.iter().filter(|(name, _)| !name.ends_with("@en"));
    let words = words.map(|(name, word)| format!(" {name}={}", word.replace('\n', "\\n")));
    let words = words.collect::<String>();
    let help = of.help.as_deref().unwrap_or("-");
    let related = of.related.iter().map(|(place, label)| format!("\n  {label}: {}", quoted(place)));
    let related = related.collect::<String>();
    let code = of.code.name();
    format!("{severity}[{code}]{words} ({help})\n  {}{related}\n", quoted(&of.location))
}

fn quoted(place: &Location) -> String {
    let column = place.range.map(|it| format!(":{}", it.start.column)).unwrap_or_default();
    let quote = place.quote.as_ref().map(|it| format!(" `{}`", it.text)).unwrap_or_default();
    format!("{}{column}{quote}", located(place))
}
