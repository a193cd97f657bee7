//! A collection's declaration, read from YAML.
//!
//! `decode` takes the text of one file and returns a [`Collection`], or nothing if the file has
//! any mistake: a collection that is half understood would accept or publish the wrong records.
//! It reads the keys in this order, since later ones name fields:
//!
//! | key | read by |
//! | --- | --- |
//! | `title`, `description`, `section`, `icon` | this file |
//! | `fields` | `fields.rs` |
//! | `date`, `key`, `view`, `order`, `page-size`, `cadence`, `calendar`, `feed`, `inherited`, `preview`, `record-pages`, `unknown`, `data`, `data-at` | this file |
//! | `names`, `basis`, `posting`, `objection`, `suppress` | `posting.rs` |
//! | `figures` | `figures.rs` |
//! | `roles` | `roles.rs` |
//!
//! Fields are named in YAML and are indexes everywhere else, so that no later stage looks up names.
//!
//! A whole one, `content/_collections/praise.yaml`:
//!
//! ```yaml
//! title: {zh-CN: 表扬, en: Praise}
//! section: virtue
//! fields:
//!   name: {type: person, label: 姓名, required: true}
//!   date: {type: date, label: 日期, required: true}
//! date: date                    # records are dated by this field
//! key: [name, date]             # no two records of a place share it
//! view: cards
//! page-size: year
//! basis: {kind: statutory, reference: 评选办法, date: 2026-01-05}
//! objection: {until: 5 working days after date}
//! figures:
//!   total: {measure: count}
//! ```

mod checks;
mod fields;
mod figures;
mod posting;
mod roles;

use crate::{
    config::{Config, Section},
    diagnostic::{Checked, Code, Diagnostic},
    schema::{
        Collection, Dating, Field, FieldType, RecordView, Value,
        cadence::Cadence,
        collection::{DEFAULT_PREVIEW, Order, Paging},
        declaration::checks::{fields_named, typed, unfit},
        downloads::Downloads,
        figure::{Condition, Figure, Test},
        posting::Privacy,
    },
    source::{
        self, Span, Text,
        reader::{MapReader, bad_name, first_line, is_name, missing, wrong_type},
        yaml::{Node, NodeKind},
    },
    text::boolean,
};

/// Reads a declaration. The collection is called after the file.
///
/// `config` has the sections and levels that it may name. `reserved` are the fields that every record may have,
/// for its publication: a declared field with the name or label of one of them could not be told
/// from it, and is an error. With any error there is no collection; warnings leave it.
///
/// The declaration's own text is looked through for personal data by the catalog, not here.
pub(crate) fn decode(
    text: &Text,
    config: &Config,
    reserved: &[Field],
) -> Checked<Option<Collection>> {
    let mut diagnostics = Vec::new();
    let node = source::read_yaml(text).report(&mut diagnostics);
    let collection = node.and_then(|node| {
        let reader = MapReader::open(text, &node, &mut diagnostics)?;
        if let Some(fields) = node.get("fields").and_then(Node::as_map) {
            for entry in fields {
                let (name, span) = (&entry.key, entry.key_span);
                posting::check_reserved(text, name, span, reserved, &mut diagnostics);
                for label in labels(&entry.value) {
                    if let Some(word) = label.as_str() {
                        let sink = &mut diagnostics;
                        posting::check_reserved(text, word, label.span, reserved, sink);
                    }
                }
            }
        }
        Some(collection(text, reader, config, &mut diagnostics))
    });
    let (errors, _) = crate::diagnostic::count(&diagnostics);
    Checked { value: collection.filter(|_| errors == 0), diagnostics }
}

/// The labels of a field, in all languages.
///
/// `label: 姓名` is one node, `label: {zh-CN: 姓名, en: Name}` two, no label none.
fn labels<'n, 'a>(field: &'n Node<'a>) -> Vec<&'n Node<'a>> {
    match field.get("label") {
        Some(Node { kind: NodeKind::Map(entries), .. }) => {
            entries.iter().map(|it| &it.value).collect()
        }
        label => label.into_iter().collect(),
    }
}

/// Reads all keys of a declaration, and goes on after mistakes: what cannot be read gets its
/// default, so that one run reports all of them. The caller drops a collection with errors. Records
/// without a date keep the order of their file unless `order` says otherwise; others show the
/// newest first.
fn collection(
    text: &Text,
    mut reader: MapReader<'_>,
    config: &Config,
    sink: &mut Vec<Diagnostic>,
) -> Collection {
    let name = text.path.stem();
    if !is_name(name) {
        sink.push(bad_name(text.whole(), name).help("file"));
    }
    let mut this = Collection { location: text.whole(), ..Collection::empty(name) };
    reader.require("title", sink);
    this.title = reader.localized("title", sink);
    this.description = reader.localized("description", sink);
    this.section = section(text, &mut reader, &config.sections, sink);
    this.icon = reader.word("icon", sink).map(|(icon, _)| icon.to_owned());
    if let Some(node) = reader.require("fields", sink) {
        this.fields = fields::read(text, node, sink);
        if node.as_map().is_some_and(<[_]>::is_empty) {
            sink.push(missing(text.locate(node.span), "fields", "key"));
        }
        let internal = |field: &Field| field.privacy == Privacy::Internal;
        if let Some(first) = this.fields.first().filter(|_| this.fields.iter().all(internal)) {
            let span = first_line(text, node.span);
            sink.push(unfit(text, first, span, "").help("public"));
        }
    }
    this.dating = dating(text, &mut reader, &this.fields, sink);
    this.key = fields_named(text, reader.get("key"), &this.fields, sink);
    this.view = reader
        .choice("view", RecordView::NAMES, RecordView::parse, sink)
        .unwrap_or(RecordView::Directory);
    this.order = reader
        .choice("order", Order::NAMES, Order::parse, sink)
        .unwrap_or(if this.dating.is_some() { Order::Newest } else { Order::File });
    this.paging = paging(text, &mut reader, this.dating.is_some(), sink);
    this.cadence = cadence(text, &mut reader, this.dating.is_some(), sink);
    let mut asks = |key| dated_flag(text, &mut reader, key, this.dating.is_some(), sink);
    (this.calendar, this.feed) = (asks("calendar"), asks("feed").unwrap_or(false));
    this.inherited = inherited(&mut reader, this.view, sink);
    let unknown = |word: &str| ["error", "ignore"].iter().position(|it| *it == word);
    this.ignores_unknown = reader.choice("unknown", &["error", "ignore"], unknown, sink) == Some(1);
    this.downloads = downloads(text, &mut reader, sink);
    let (names, rank) = (config.levels.names(), |name: &str| config.levels.rank(name));
    this.downloads_at = reader.choice("data-at", &names, rank, sink);
    this.preview = reader.number("preview", sink).unwrap_or(DEFAULT_PREVIEW);
    this.record_pages = record_pages(text, &mut reader, &this, sink);
    this.publication = posting::read(text, &mut reader, (&this.fields, &config.levels), sink);
    if let Some(node) = reader.get("figures") {
        this.figures = figures::read(text, node, &this.fields, this.dating.is_some(), sink);
    }
    this.roles = roles::read(text, &mut reader, &this, sink);
    if this.publication.suppress.is_some() {
        let figures = reader.get("figures").and_then(Node::as_map).unwrap_or_default();
        let asking = this.figures.iter().find(|figure| asks_for_counts(figure, &this.fields));
        let entry =
            asking.and_then(|asking| figures.iter().find(|figure| figure.key == asking.name));
        sink.extend(entry.map(|entry| {
            let place = text.locate(entry.key_span);
            Diagnostic::error(Code::SuppressedCondition, place).help("zero")
        }));
    }
    reader.finish(sink);
    this
}

/// Returns whether a figure asks if a count is a certain number, other than zero. A collection that
/// hides small counts must not have one: the figure would reveal which records have a hidden count.
///
/// With `where: {hurt: "2"}` the figure of a place with one record says whether its count is 2,
/// though the page says `少于 3`. Zero is never hidden, so it may be asked for.
fn asks_for_counts(figure: &Figure, fields: &[Field]) -> bool {
    let asks = |condition: &Condition| {
        let zero = Test::Is(Value::Integer(0));
        let count = fields[condition.field].kind == FieldType::Count;
        count && matches!(condition.test, Test::Is(_)) && condition.test != zero
    };
    figure.conditions().any(asks)
}

/// The id of the section that a collection belongs to. One that the portal does not have is an
/// error, and is returned all the same.
fn section(
    text: &Text,
    reader: &mut MapReader<'_>,
    sections: &[Section],
    sink: &mut Vec<Diagnostic>,
) -> Option<String> {
    let (word, span) = reader.word("section", sink)?;
    match Section::named(sections, word, text.locate(span)) {
        Ok(section) => Some(section.id.clone()),
        Err(diagnostic) => {
            sink.push(*diagnostic);
            Some(word.to_owned())
        }
    }
}

/// `date: FIELD`, or a mapping of what says when: `date`, `until`, `due`, `cancelled`, `starts` and
/// `ends`, each a field; and when it was last corrected, `updated`, and how often, `revision`.
///
/// ```yaml
/// date: date
/// date: {date: begin, until: end, due: planned, starts: from, ends: to, cancelled: off}
/// ```
///
/// Without the field of the day there is no dating, whatever else is given. `until`, `due` and the
/// rest each fall away on their own if they do not fit.
fn dating(
    text: &Text,
    reader: &mut MapReader<'_>,
    fields: &[Field],
    sink: &mut Vec<Diagnostic>,
) -> Option<Dating> {
    let node = reader.get("date")?;
    if let NodeKind::Scalar(word) = &node.kind {
        let date =
            typed(text, fields, Some((word.trim(), node.span)), FieldType::is_date, "date", sink)?;
        return Some(Dating::by(date));
    }
    let mut inner = MapReader::open(text, node, sink)?;
    inner.require("date", sink);
    let is_time = |it| it == FieldType::Time;
    let words = ["date", "until", "due", "cancelled", "starts", "ends", "updated", "revision"];
    let words = words.map(|it| inner.word(it, sink));
    inner.finish(sink);
    let [date, until, due, cancelled, starts, ends, updated, revision] = words;
    let is_boolean = |it| it == FieldType::Boolean;
    let is_day = |it| it == FieldType::Date;
    let is_count = |it| it == FieldType::Count;
    Some(Dating {
        until: typed(text, fields, until, FieldType::is_date, "date", sink),
        due: typed(text, fields, due, FieldType::is_date, "date", sink),
        cancelled: typed(text, fields, cancelled, is_boolean, "boolean", sink),
        starts: typed(text, fields, starts, is_time, "time", sink),
        ends: typed(text, fields, ends, is_time, "time", sink),
        updated: typed(text, fields, updated, is_day, "date", sink),
        revision: typed(text, fields, revision, is_count, "count", sink),
        date: typed(text, fields, date, FieldType::is_date, "date", sink)?,
    })
}

/// `page-size: year`, `page-size: 50`, or nothing for one page. Pages by year need records with a
/// date.
fn paging(
    text: &Text,
    reader: &mut MapReader<'_>,
    dated: bool,
    sink: &mut Vec<Diagnostic>,
) -> Paging {
    let Some((word, span)) = reader.word("page-size", sink) else { return Paging::Whole };
    match (word, word.parse::<usize>()) {
        ("year", _) if dated => Paging::Year,
        ("year", _) => {
            sink.push(missing(text.locate(span), "date", "date"));
            Paging::Whole
        }
        (_, Ok(size)) if size > 0 => Paging::Records(size),
        _ => {
            sink.push(wrong_type(text.locate(span), "page-size", "paging", word));
            Paging::Whole
        }
    }
}

/// `cadence: weekly on monday`. Whether a list is kept up needs records with a date.
fn cadence(
    text: &Text,
    reader: &mut MapReader<'_>,
    dated: bool,
    sink: &mut Vec<Diagnostic>,
) -> Option<Cadence> {
    let (word, span) = reader.word("cadence", sink)?;
    let cadence = Cadence::parse(word);
    if cadence.is_none() {
        sink.push(wrong_type(text.locate(span), "cadence", "cadence", word));
    } else if !dated {
        sink.push(missing(text.locate(span), "date", "date"));
    }
    cadence
}

/// `data: false` for no files to download, `data: xlsx` for workbooks beside CSV and JSON.
fn downloads(text: &Text, reader: &mut MapReader<'_>, sink: &mut Vec<Diagnostic>) -> Downloads {
    let Some((word, span)) = reader.word("data", sink) else { return Downloads::Tables };
    match (word, boolean(word)) {
        ("xlsx", _) => Downloads::Workbooks,
        (_, Some(true)) => Downloads::Tables,
        (_, Some(false)) => Downloads::None,
        (_, None) => {
            sink.push(wrong_type(text.locate(span), "data", "downloads", word));
            Downloads::Tables
        }
    }
}

/// `calendar: true`, `feed: true`: whether the list is one that people subscribe to. That needs
/// records with a date.
fn dated_flag(
    text: &Text,
    reader: &mut MapReader<'_>,
    key: &'static str,
    dated: bool,
    sink: &mut Vec<Diagnostic>,
) -> Option<bool> {
    let node = reader.get(key)?;
    let asks = reader.flag(key, sink);
    if asks && !dated {
        sink.push(missing(text.locate(first_line(text, node.span)), "date", "date"));
    }
    Some(asks)
}

/// `inherited: true`: what is held at a place holds at the places below, and their pages show it. So
/// it is with schedules and directories, unless the declaration says otherwise.
fn inherited(reader: &mut MapReader<'_>, view: RecordView, sink: &mut Vec<Diagnostic>) -> bool {
    match reader.get("inherited") {
        Some(_) => reader.flag("inherited", sink),
        None => matches!(view, RecordView::Schedule | RecordView::Directory),
    }
}

/// `record-pages: true`, or `record-pages: {slug: [FIELD, …]}`.
///
/// With `true` the fields of the key make the address, since no two records of a place share them;
/// then the collection must have a key.
///
/// ```yaml
/// record-pages: {slug: [number]}     # /xinyuan/responses/2026-033/
/// ```
///
/// With `false`, or without the key, records have no pages of their own. How an address is made of
/// values is [`Collection::address`].
fn record_pages(
    text: &Text,
    reader: &mut MapReader<'_>,
    collection: &Collection,
    sink: &mut Vec<Diagnostic>,
) -> Option<Vec<usize>> {
    let node = reader.get("record-pages")?;
    if matches!(node.kind, NodeKind::Map(_)) {
        let mut inner = MapReader::open(text, node, sink)?;
        let slug = inner.require("slug", sink);
        let fields = fields_named(text, slug, &collection.fields, sink);
        if slug.and_then(Node::as_list).is_some_and(<[_]>::is_empty) {
            sink.push(missing(text.locate(first_line(text, node.span)), "slug", "key"));
        }
        inner.finish(sink);
        return Some(addressed(text, collection, fields, node.span, sink));
    }
    if !reader.flag("record-pages", sink) {
        return None;
    }
    if collection.key.is_empty() {
        sink.push(missing(text.locate(first_line(text, node.span)), "key", "key"));
    }
    Some(addressed(text, collection, collection.key.clone(), node.span, sink))
}

/// Returns the fields that make addresses, and reports those that may not. Addresses stay in
/// bookmarks, logs and search engines after a page is gone, so nothing about a person may be in
/// one, nor what another record is called, which may be withdrawn.
fn addressed(
    text: &Text,
    collection: &Collection,
    fields: Vec<usize>,
    span: Span,
    sink: &mut Vec<Diagnostic>,
) -> Vec<usize> {
    for field in fields.iter().map(|index| &collection.fields[*index]) {
        let place = first_line(text, span);
        if field.is_personal() || field.privacy != Privacy::Public {
            sink.push(unfit(text, field, place, "").help("impersonal"));
        } else if field.to.is_some() {
            sink.push(unfit(text, field, place, "").help("reference"));
        }
    }
    fields
}
