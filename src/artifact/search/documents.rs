//! What can be found: the documents of a place.
//!
//! A document is a page: that of a place, a list of records or a part of it, a record, a notice or a
//! lasting page. It has what a result shows, and the tokens of what the page says of itself. Pages
//! that only repeat others, as lists over several places do, are none.
//!
//! | page | title | names | text |
//! | --- | --- | --- | --- |
//! | place | name | its level | address, telephone, hours, introduction |
//! | list | collection | place, and of each record title, kind, person and venue; of a directory, what its persons are | other texts |
//! | record | its title | collection, place, kind, person, venue | other texts |
//! | notice, lasting page | title | place, source, number, tags | the text |
//!
//! Numbers, dates and times are no texts: they are on many pages, and find nothing. A list by year
//! shows its latest records twice; they are found on its first page.
//!
//! The documents of a place stand in groups, each beside the fingerprint of what it was made from:
//! a record that is edited costs those of its list.

use std::{borrow::Cow, ops::Deref, sync::Arc};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{
    artifact::{
        ListPart, Routes,
        address::inside,
        parts::{entries, parts_of},
        search::{
            pinyin,
            times::Times,
            tokens::{Hash, NAME, Token, Tokens},
        },
    },
    clock::{Clock, Validity},
    figures::year,
    fingerprint::Fingerprint,
    render::markdown,
    schema::{
        self, Collection, CollectionId, FieldType, Place, PlaceId, Record, RecordView, Value,
        display, notice::NoticeId, posting::Privacy, role::Role,
    },
    text::shown,
};

/// So many characters of a page stand below its title.
const SUMMARY: usize = 36;

/// The documents of a place.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(crate) struct PlaceDocuments {
    /// Those of the place itself, of each record set, and of each notice.
    pub(super) groups: Vec<Arc<Group>>,
}

/// Documents that are made from one thing.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Group {
    from: Fingerprint,
    /// For which moments they are the same.
    valid: Validity,
    /// The groups of forms of the characters in them.
    pub(super) forms: Vec<u16>,
    /// The characters in them that are found by how they are read.
    pub(super) read: String,
    /// The documents.
    pub(super) documents: Vec<Document>,
}

/// A page that can be found.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Document {
    /// The path of the page.
    pub(super) path: String,
    /// What it is called.
    pub(super) title: String,
    /// What page it is.
    pub(super) sort: Sort,
    /// What readers call its sort: the level of a place, the collection of a record. Empty for what
    /// the theme has words for, and for lists.
    pub(super) kind: String,
    /// The name of its place.
    pub(super) place: String,
    /// The day that it is of. Those with one are ordered by it.
    pub(super) day: Option<Date>,
    /// How it begins, or what it is about.
    pub(super) summary: String,
    /// Of a list, when its records are.
    pub(super) times: Times,
    /// Under which letter the index has it; a list stands with its place.
    pub(super) letter: u8,
    /// In order, each hash once.
    #[serde(with = "deltas")]
    pub(super) tokens: Box<[Token]>,
}

/// A document in its group.
#[derive(Debug, Clone)]
pub(super) struct DocumentRef {
    pub(super) group: Arc<Group>,
    pub(super) index: u32,
    /// So many tokens it has.
    pub(super) weight: u32,
    /// The day that it is of.
    pub(super) day: Option<Date>,
    /// It is a page of a list that has several.
    pub(super) is_cut: bool,
    /// It is a notice.
    pub(super) is_notice: bool,
}

impl DocumentRef {
    /// A document of a group. What it is sorted by is said here too, where it is at hand.
    pub(super) fn of(group: &Arc<Group>, index: u32, is_cut: bool) -> Self {
        let document = &group.documents[index as usize];
        Self {
            group: Arc::clone(group),
            index,
            weight: u32::try_from(document.tokens.len()).unwrap_or(u32::MAX),
            day: document.day,
            is_cut,
            is_notice: document.sort == Sort::Notice,
        }
    }

    /// The documents of a group.
    pub(super) fn of_group(group: &Arc<Group>) -> impl Iterator<Item = Self> {
        let has_parts = group.documents.iter().any(|it| it.sort == Sort::ListPart);
        let is_cut =
            move |it: &Document| has_parts && [Sort::List, Sort::ListPart].contains(&it.sort);
        (0..).zip(&group.documents).map(move |(index, it)| Self::of(group, index, is_cut(it)))
    }
}

impl Deref for DocumentRef {
    type Target = Document;

    fn deref(&self) -> &Document {
        &self.group.documents[self.index as usize]
    }
}

/// What page a document is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(crate) enum Sort {
    /// That of a place.
    Place,
    /// The first page of a list.
    List,
    /// Another page of a list.
    ListPart,
    /// A record's own.
    Record,
    /// A notice.
    Notice,
    /// A lasting page.
    Page,
}

impl PlaceDocuments {
    /// For which moments they are the same.
    pub(super) fn valid(&self) -> Validity {
        self.groups.iter().fold(Validity::ALWAYS, |valid, group| valid.and(group.valid))
    }

    /// What stands under a letter: the place itself with its lists, and all that is no list.
    pub(super) fn under(&self, letter: u8) -> impl Iterator<Item = (&Document, Vec<&Document>)> {
        let all = || self.groups.iter().flat_map(|group| &group.documents);
        let listed = move |document: &Document| {
            document.letter == letter && ![Sort::List, Sort::ListPart].contains(&document.sort)
        };
        let lists = move |document: &Document| match document.sort {
            Sort::Place => all().filter(|list| list.sort == Sort::List).collect(),
            _ => Vec::new(),
        };
        let found = self.groups.iter().flat_map(|group| &group.documents);
        found.filter(move |it| listed(it)).map(move |it| (it, lists(it)))
    }
}

/// The documents of a place. Those of an earlier build are taken over if what they were made from is
/// the same. `around` is the fingerprint of what all documents depend on.
pub(super) fn of_place(
    routes: Routes<'_>,
    id: PlaceId,
    around: Fingerprint,
    known: Option<&PlaceDocuments>,
) -> PlaceDocuments {
    let (portal, place) = (routes.portal, routes.portal.place(id));
    let around = around.and(portal.catalog.place_fingerprint(id));
    let around = around.and(portal.names_fingerprint(id));
    let mut reader = Reader { routes, place, known, tokens: Tokens::new() };
    let mut groups = vec![reader.group(around, |it, _| vec![it.place()])];
    for (collection, summary) in portal.summaries(id) {
        let name = Fingerprint::of(&portal.collections().get(collection).name);
        let from = around.and(name).and(summary.records);
        groups.push(reader.group(from, |it, clock| it.set(collection, clock)));
    }
    for notice in portal.notices().posted(id) {
        let summary = portal.notices().summary(notice);
        let from = around.and(summary.text).and(summary.link);
        groups.push(reader.group(from, |it, _| it.notice(notice).into_iter().collect()));
    }
    PlaceDocuments { groups }
}

/// Makes the documents of a place.
struct Reader<'a> {
    routes: Routes<'a>,
    place: &'a Place,
    known: Option<&'a PlaceDocuments>,
    tokens: Tokens,
}

impl<'a> Reader<'a> {
    /// The group that is made from something with that fingerprint.
    fn group(
        &mut self,
        from: Fingerprint,
        make: impl FnOnce(&mut Self, &Clock) -> Vec<Document>,
    ) -> Arc<Group> {
        let now = &self.routes.portal.clock;
        let is_same = |group: &&Arc<Group>| group.from == from && group.valid.holds(now);
        if let Some(same) = self.known.and_then(|known| known.groups.iter().find(is_same)) {
            return Arc::clone(same);
        }
        let clock = now.fork();
        let documents = make(self, &clock);
        let (forms, read) = (self.tokens.take_forms(), self.tokens.take_read());
        Arc::new(Group { from, valid: clock.validity(), forms, read, documents })
    }

    fn language(&self) -> &'a str {
        &self.routes.config.language
    }

    /// The document of a page of the place, with the tokens that were gathered. `rest` is what its
    /// path has behind that of the place.
    fn document(&mut self, rest: &str, title: &str, sort: Sort, summary: &str) -> Document {
        self.tokens.add_title(title);
        self.tokens.add_title_reading(title);
        self.tokens.add(&self.place.name, NAME);
        self.tokens.push(place_token(&self.place.path), 0);
        Document {
            path: inside(&self.place.path, rest),
            title: title.to_owned(),
            sort,
            kind: String::new(),
            place: self.place.name.clone(),
            day: None,
            summary: beginning(summary),
            times: Times::default(),
            letter: pinyin::letter(title),
            tokens: self.tokens.take(),
        }
    }

    fn place(&mut self) -> Document {
        let Place { name, level, address, phone, hours, intro, .. } = self.place;
        let catalog = &self.routes.portal.catalog;
        let level = catalog.levels.get(usize::from(*level));
        let level = level.map_or("", |it| it.label.get(self.language()));
        self.tokens.add(level, NAME);
        [address, phone, hours].into_iter().flatten().for_each(|it| self.tokens.add(it, 0));
        let intro = intro.as_deref().map(|it| self.plain(it)).unwrap_or_default();
        self.tokens.add(&intro, 0);
        let about = address.as_deref().filter(|_| intro.is_empty()).unwrap_or(&intro);
        let document = self.document("", name, Sort::Place, about);
        Document { kind: level.to_owned(), ..document }
    }

    fn notice(&mut self, id: NoticeId) -> Option<Document> {
        let notice = self.routes.portal.notices().get(id);
        let article = self.routes.portal.article(id)?;
        let (text, first_words) =
            markdown::plain_with_summary(article.body(), self.routes.config.breaks);
        article.first_words.get_or_init(|| first_words);
        self.tokens.add(&text, 0);
        let names = [&notice.source, &notice.number, &notice.change].into_iter().flatten();
        names.chain(&notice.tags).for_each(|it| self.tokens.add(it, NAME));
        let sort = if notice.is_page() { Sort::Page } else { Sort::Notice };
        let document = self.document(&notice.path(), &notice.title, sort, &text);
        Some(Document { day: notice.date(), ..document })
    }

    /// The pages of a record set: of its records, and of its list.
    fn set(&mut self, id: CollectionId, clock: &Clock) -> Vec<Document> {
        let routes = self.routes;
        let (place, declared) = (self.place.id, routes.portal.collections().get(id));
        let contents = routes.figures.contents(place, id);
        let set = routes.portal.records(place, id);
        let (Some(contents), Some(set)) = (contents, set) else { return Vec::new() };
        let parts = parts_of(declared, contents.count, &contents.years, clock);
        // The first page speaks for the whole list.
        let all = |part: ListPart| {
            let of_list = part.is_first().then(|| Times::of(declared, &set.records, clock));
            of_list.unwrap_or_default()
        };
        if declared.record_pages.is_some() {
            let records = set.records.iter().map(|record| self.record(declared, record));
            let mut documents: Vec<Document> = records.collect();
            documents.extend(parts.into_iter().map(|part| self.list(declared, part, all(part))));
            return documents;
        }
        let mut of_parts: Vec<Vec<&Record>> = vec![Vec::new(); parts.len()];
        let entries = entries(set.records.iter().map(|record| year(declared, record)));
        for (entry, record) in entries.zip(&set.records) {
            let part = parts.iter().position(|part| part.holds(entry));
            of_parts[part.unwrap_or_default()].push(record);
        }
        let list = |(part, records): (ListPart, Vec<&Record>)| {
            records.into_iter().for_each(|record| self.add_record(declared, record));
            self.list(declared, part, all(part))
        };
        parts.into_iter().zip(of_parts).map(list).collect()
    }

    fn list(&mut self, declared: &Collection, part: ListPart, times: Times) -> Document {
        let title = [declared.title.get(self.language()), &part.title()].join(" ");
        let rest = format!("{}/{}", declared.name, part.suffix());
        let sort = if part.is_first() { Sort::List } else { Sort::ListPart };
        let about = declared.description.get(self.language());
        // Whoever asks for a 网格员 knows no name yet.
        if part.is_first() && declared.view == RecordView::Directory {
            let fields = declared.fields.iter().filter(|it| it.privacy != Privacy::Internal);
            for field in fields.filter(|it| it.kind == FieldType::Person) {
                self.tokens.add(field.label.get(self.language()), NAME);
            }
        }
        let letter = pinyin::letter(&self.place.name);
        Document { times, letter, ..self.document(&rest, title.trim_end(), sort, about) }
    }

    fn record(&mut self, declared: &Collection, record: &Record) -> Document {
        let (language, collection) = (self.language(), declared.title.get(self.language()));
        self.add_record(declared, record);
        self.tokens.add(collection, NAME);
        let shown = |role: Role| {
            let index = declared.roles.get(role)?;
            let shown = match &record.values[index] {
                Value::Place(id) => self.routes.portal.place(*id).name.clone(),
                Value::Text(text) if declared.fields[index].kind == FieldType::Markdown => {
                    self.plain(text).into_owned()
                }
                value => display::plain(value, &declared.fields[index], language),
            };
            Some(shown).filter(|it| !it.is_empty())
        };
        let title = shown(Role::Title).unwrap_or_else(|| collection.to_owned());
        let summary = shown(Role::Summary).unwrap_or_default();
        let address = declared.address(record).unwrap_or_default();
        let rest = format!("{}/{address}/", declared.name);
        let document = self.document(&rest, &title, Sort::Record, &summary);
        let day = declared.moment(record).map(|it| it.date);
        Document { day, kind: collection.to_owned(), ..document }
    }

    /// Gathers what readers see of a record.
    fn add_record(&mut self, declared: &Collection, record: &Record) {
        let public = |field: &schema::Field| field.privacy != Privacy::Internal;
        let names = [Role::Title, Role::Kind, Role::Person, Role::Venue];
        let names = names.map(|role| declared.roles.get(role));
        for (index, field) in declared.fields.iter().enumerate().filter(|(_, it)| public(it)) {
            let place = if names.contains(&Some(index)) { NAME } else { 0 };
            for value in record.values[index].each() {
                self.add_value(field, value, place);
            }
        }
    }

    fn add_value(&mut self, field: &schema::Field, value: &Value, place: u8) {
        match value {
            Value::Place(id) => self.tokens.add(&self.routes.portal.place(*id).name, NAME),
            Value::Choice(index) => {
                let choice = field.choices.get(usize::from(*index));
                let label = choice.map_or("", |it| it.label.get(self.language()));
                self.tokens.add(label, place);
            }
            Value::Text(text) => match field.kind {
                FieldType::Image | FieldType::Url => {}
                FieldType::Markdown => self.tokens.add(&self.plain(text), place),
                FieldType::Person => {
                    self.tokens.add(text, NAME);
                    self.tokens.add_reading(text, NAME);
                }
                _ => self.tokens.add(text, place),
            },
            _ => {}
        }
    }

    fn plain<'t>(&self, text: &'t str) -> Cow<'t, str> {
        markdown::plain(text, self.routes.config.breaks)
    }
}

/// The token of all pages of a place.
pub(super) fn place_token(path: &str) -> Token {
    Hash::of(std::iter::once('@').chain(path.chars()))
}

/// The beginning of a text on one line, with `…` if there is more.
fn beginning(text: &str) -> String {
    let (mut line, mut left) = (String::new(), SUMMARY);
    for word in text.split_whitespace() {
        let blank = if line.is_empty() { "" } else { " " };
        for ch in blank.chars().chain(word.chars()) {
            if left == 0 {
                line.push('…');
                return shown(&line).into_owned();
            }
            line.push(ch);
            left -= 1;
        }
    }
    shown(&line).into_owned()
}

/// Tokens as the differences of neighbours, which are small: numbers of seven bits a byte.
mod deltas {
    use serde::{Deserialize as _, Deserializer, Serializer};

    use crate::artifact::search::tokens::{Token, push_number};

    pub(super) fn serialize<S: Serializer>(
        tokens: &[Token],
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        let mut bytes = Vec::with_capacity(4 * tokens.len());
        let mut before = 0;
        for token in tokens {
            // Where it stands comes last, so that most differences take three bytes.
            let delta = (((token >> 8) - before) << 4) | (token & 0xf);
            push_number(u64::from(delta), &mut bytes);
            before = token >> 8;
        }
        serializer.serialize_bytes(&bytes)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Box<[Token]>, D::Error> {
        let (mut tokens, mut hash, mut delta, mut shift) = (Vec::new(), 0_u32, 0_u32, 0);
        for byte in <&[u8]>::deserialize(deserializer)? {
            delta |= u32::from(byte & 0x7f).checked_shl(shift).unwrap_or_default();
            shift += 7;
            if *byte < 0x80 {
                hash = hash.wrapping_add(delta >> 4);
                tokens.push((hash << 8) | (delta & 0xf));
                (delta, shift) = (0, 0);
            }
        }
        Ok(tokens.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documents_are_written_as_they_are() {
        let tokens = [0x100_u32, 0x20f, 0xffff_ff01].into();
        let document = Document {
            path: "a/".to_owned(),
            title: "甲".to_owned(),
            sort: Sort::Notice,
            kind: String::new(),
            place: "乙".to_owned(),
            day: Date::new(2026, 3, 5).ok(),
            summary: String::new(),
            times: Times { latest: "2026-03".to_owned(), beginnings: vec![9, 10_080] },
            letter: 9,
            tokens,
        };
        let bytes = postcard::to_allocvec(&document).unwrap();
        let read: Document = postcard::from_bytes(&bytes).unwrap();
        assert_eq!(read.tokens, document.tokens);
        assert_eq!(postcard::to_allocvec(&read).unwrap(), bytes);
    }

    #[test]
    fn a_summary_is_the_beginning_on_one_line() {
        assert_eq!(beginning("甲\n\n 乙"), "甲 乙");
        assert_eq!(beginning(&"甲".repeat(36)), "甲".repeat(36));
        assert_eq!(beginning(&"甲".repeat(37)), format!("{}…", "甲".repeat(36)));
    }
}
