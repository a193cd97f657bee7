//! Names of persons who withdrew, in whatever else a portal says.
//!
//! A record says `withdrawn: DATE`; from that day on the names of its persons are taken out of
//! records and notices, too:
//!
//! | where | what is done |
//! | --- | --- |
//! | at that place, at those above it and those in it | the name is masked; pictures and links whose addresses say it go |
//! | there, with `allow: [name]` and a reason | it stays: it is somebody else's |
//! | elsewhere | it stays, and a warning asks whose it is; with `allow: [name]` it does not |
//!
//! Where it was found is a [`NameHit`], which `privacy-report` lists. What is known of a name after
//! its own record was disclosed is its hash (`mask/hashed.rs`).

use std::{cell::RefCell, collections::BTreeSet, sync::Arc};

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use crate::{
    diagnostic::{Diagnostic, Location},
    disclosure::{
        facts::location,
        mask::{
            NameHash, NameIndex,
            reading::{self, Reading},
        },
        pictures,
    },
    schema::{
        Collection, Field, FieldType, Notice, Record, RecordSet, Value, notice::Article,
        posting::Privacy,
    },
    source::Span,
    text::MASKED_STAR,
};

/// What is done with the name of somebody who withdrew.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum NameTreatment {
    /// It is masked.
    Masked,
    /// It stays, since a reason says that it is another's.
    Allowed,
    /// It stays, and somebody has to say whose it is.
    Kept,
}

impl NameTreatment {
    /// Its name in machine-readable output.
    pub fn name(self) -> &'static str {
        match self {
            Self::Masked => "masked",
            Self::Allowed => "allowed",
            Self::Kept => "kept",
        }
    }
}

/// The name of somebody who withdrew, in other content.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NameHit {
    /// The key of the name.
    pub(super) name: u64,
    /// Where it stands.
    pub location: Location,
    /// What is done with it.
    pub treatment: NameTreatment,
}

/// The key of a name on the pages of a place. `place` is the short fingerprint of its folder.
fn on_pages_of(name: u64, place: u32) -> u64 {
    name.rotate_left(32) ^ u64::from(place).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

/// A name is masked.
pub(super) fn masks(hits: &[NameHit]) -> bool {
    hits.iter().any(|hit| hit.treatment == NameTreatment::Masked)
}

/// Names of persons who withdrew, in a text that is none of any place: an attached file.
#[derive(Debug, Default)]
pub struct WithdrawnNames(BTreeSet<NameHash>);

impl WithdrawnNames {
    /// The text has none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// The names of persons who withdrew, as they are treated at a place.
#[derive(Debug, Default)]
pub(super) struct NamesAt {
    /// Those that are masked.
    here: NameIndex,
    /// Those of all persons: those that are not masked are warned of.
    all: Arc<NameIndex>,
    /// The short fingerprints of the place and those above it, of whose pages it is a part. The
    /// place is the last.
    places: Vec<u32>,
}

/// The hits of a text, each once, in the order in which they were found: that of their hashes is
/// another one each time.
#[derive(Default)]
struct Hits {
    all: Vec<(NameHash, NameTreatment)>,
}

impl Hits {
    fn add(&mut self, name: NameHash, treatment: NameTreatment) {
        if !self.all.contains(&(name, treatment)) {
            self.all.push((name, treatment));
        }
    }
}

/// The most bytes of a part of a name.
const LONGEST_PART: usize = 24;

/// The name that a text is from its beginning to its end.
fn whole(index: &NameIndex, text: &str) -> Option<NameHash> {
    let mut name = None;
    if reading::may_say(text, index) {
        Reading::of(text).each(index, false, |glyphs, range| {
            if range == (0..text.len()) {
                name = index.hash(glyphs);
            }
        });
    }
    name
}

impl NamesAt {
    /// Those of `here` are masked, and the others of `all` are warned of. `places` are the short
    /// fingerprints of the place, which is the last, and of those above it.
    pub(super) fn new(here: NameIndex, all: Arc<NameIndex>, places: Vec<u32>) -> Self {
        Self { here, all, places }
    }

    /// The keys of the names that stay, for each place on whose pages they may be: what one street
    /// says of a namesake is no reason to name anybody in another.
    pub(super) fn shown(&self, hits: &[NameHit]) -> Vec<u64> {
        let kept = hits.iter().filter(|hit| hit.treatment != NameTreatment::Masked);
        let places = |hit: &NameHit| {
            let name = hit.name;
            self.places.iter().map(move |place| on_pages_of(name, *place))
        };
        kept.flat_map(places).collect()
    }

    /// Masks the names in the records of a set, and returns where they were found, each name of a
    /// record once.
    pub(super) fn in_records(&self, set: &mut RecordSet, collection: &Collection) -> Vec<NameHit> {
        let mut found = Vec::new();
        for record in &mut set.records {
            let hits = self.in_record(record, collection);
            let place = || location(&set.files, record);
            found.extend(hits.all.into_iter().map(|(name, treatment)| NameHit {
                name: name.key(),
                location: place(),
                treatment,
            }));
        }
        found
    }

    /// There are names that are masked at the place.
    pub(super) fn masks(&self) -> bool {
        !self.here.is_empty()
    }

    /// There are no names.
    pub(super) fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    fn in_record(&self, record: &mut Record, collection: &Collection) -> Hits {
        let mut hits = Hits::default();
        let allowed = record.posting.as_ref().is_some_and(|it| it.namesakes);
        for (field, value) in collection.fields.iter().zip(&mut record.values) {
            self.in_value(field, value, allowed, &mut hits);
        }
        self.over_fields(record, collection, allowed, &mut hits);
        let objection = record.posting.as_mut().and_then(|it| it.objection.as_mut());
        if let Some(how) = objection.and_then(|it| it.how.as_mut())
            && let Some(masked) = self.in_text(how, '*', allowed, &mut hits)
        {
            *how = masked.into();
        }
        if let Some(posting) = &mut record.posting {
            let slug = posting.slug.take();
            posting.slug = slug.filter(|it| !self.in_address(it, allowed, &mut hits));
            posting.aliases.retain(|it| !self.in_address(&it.path, allowed, &mut hits));
        }
        hits
    }

    /// Masks names whose parts fill two fields, such as 姓 and 名. The first gets what is shown of the
    /// name, and the second nothing.
    fn over_fields(
        &self,
        record: &mut Record,
        collection: &Collection,
        allowed: bool,
        hits: &mut Hits,
    ) {
        let fields = collection.fields.iter().enumerate();
        let public = fields.filter(|(_, field)| field.privacy != Privacy::Internal);
        let public: Vec<usize> = public.map(|(index, _)| index).collect();
        for pair in public.windows(2) {
            let [Value::Text(family), Value::Text(given)] =
                [0, 1].map(|it| &record.values[pair[it]])
            else {
                continue;
            };
            if family.len() > LONGEST_PART || given.len() > LONGEST_PART {
                continue;
            }
            let name = format!("{family}{given}");
            if let Some(hash) = whole(&self.here, &name) {
                hits.add(
                    hash,
                    if allowed { NameTreatment::Allowed } else { NameTreatment::Masked },
                );
                if allowed {
                    continue;
                }
                let masked = reading::without(&name, &self.here, '*');
                record.values[pair[0]] = masked.map_or(Value::Absent, |it| Value::Text(it.into()));
                record.values[pair[1]] = Value::Absent;
            } else if let Some(hash) = whole(&self.all, &name) {
                hits.add(hash, if allowed { NameTreatment::Allowed } else { NameTreatment::Kept });
            }
        }
    }

    fn in_value(&self, field: &Field, value: &mut Value, allowed: bool, hits: &mut Hits) {
        match value {
            Value::List(values) => {
                values.iter_mut().for_each(|it| self.in_value(field, it, allowed, hits));
            }
            Value::Text(text) => {
                let masked = match field.kind {
                    FieldType::Image | FieldType::Url => {
                        if self.in_address(text, allowed, hits) {
                            *value = Value::Absent;
                        }
                        return;
                    }
                    FieldType::Markdown => self.in_markdown(text, allowed, hits),
                    _ => self.in_text(text, '*', allowed, hits),
                };
                if let Some(masked) = masked {
                    *text = masked.into();
                }
            }
            _ => {}
        }
    }

    /// The text without the names that are masked; nothing if it has none.
    fn in_text(&self, text: &str, star: char, allowed: bool, hits: &mut Hits) -> Option<String> {
        self.look(text, false, allowed, hits);
        if allowed { None } else { reading::without(text, &self.here, star) }
    }

    fn in_markdown(&self, text: &str, allowed: bool, hits: &mut Hits) -> Option<String> {
        self.look(text, false, allowed, hits);
        if allowed || !reading::may_say(text, &self.here) {
            return None;
        }
        let hits = RefCell::new(hits);
        let bare = pictures::without(text, false, &|target| {
            self.in_address(target, false, &mut hits.borrow_mut())
        });
        let masked = reading::without(&bare, &self.here, MASKED_STAR).unwrap_or(bare);
        (masked != text).then_some(masked)
    }

    /// The address has to go.
    fn in_address(&self, address: &str, allowed: bool, hits: &mut Hits) -> bool {
        self.look(address, true, allowed, hits);
        !allowed && reading::is_named(address, &self.here)
    }

    /// Notes which names a text has.
    fn look(&self, text: &str, is_address: bool, allowed: bool, hits: &mut Hits) {
        let kept = if allowed { NameTreatment::Allowed } else { NameTreatment::Kept };
        let masked = if allowed { NameTreatment::Allowed } else { NameTreatment::Masked };
        for (index, treatment) in [(&self.here, masked), (&*self.all, kept)] {
            if index.is_empty() || !is_address && !reading::may_say(text, index) {
                continue;
            }
            Reading::of(text).each(index, is_address, |glyphs, _| {
                let name = index.hash(glyphs);
                if let Some(name) = name.filter(|it| treatment == masked || !self.here.has(*it)) {
                    hits.add(name, treatment);
                }
            });
        }
    }

    /// Masks the names in a notice and its text, and returns where they were found, each once.
    ///
    /// A notice whose file is named after the person gets another name in its address.
    pub(super) fn in_notice(&self, notice: &mut Notice, article: &mut Article) -> Vec<NameHit> {
        let allowed = notice.posting.namesakes;
        let mut hits = Hits::default();
        let places = self.spans(&article.text.content);
        if let Some(title) = self.in_text(&notice.title, '*', allowed, &mut hits) {
            notice.title = title;
        }
        for words in notice.texts_mut() {
            if let Some(masked) = self.in_text(words, '*', allowed, &mut hits) {
                *words = masked;
            }
        }
        let objection = notice.posting.objection.as_mut();
        if let Some(how) = objection.and_then(|it| it.how.as_mut())
            && let Some(masked) = self.in_text(how, '*', allowed, &mut hits)
        {
            *how = masked.into();
        }
        if self.in_address(&notice.slug, allowed, &mut hits) {
            notice.slug = self.slug(&notice.slug);
        }
        let aliases = &mut notice.posting.aliases;
        aliases.retain(|it| !self.in_address(&it.path, allowed, &mut hits));
        self.look(article.body(), false, allowed, &mut hits);
        let of = |name: &NameHash| match places.get(name) {
            Some(span) => {
                let mut location = article.text.locate(*span);
                location.quote = None;
                location
            }
            None => Location::file(notice.file.clone()),
        };
        let found = hits.all.iter().map(|(name, treatment)| NameHit {
            name: name.key(),
            location: of(name),
            treatment: *treatment,
        });
        let found = found.collect();
        if !allowed {
            self.mask_article(article);
        }
        found
    }

    /// Masks the names in the lines that diagnostics quote, and in their words.
    pub(super) fn in_diagnostics(&self, diagnostics: &mut [Diagnostic]) {
        let mask = |text: &mut String| {
            if let Some(masked) = reading::without(text, &self.here, '*') {
                *text = masked;
            }
        };
        for diagnostic in diagnostics {
            diagnostic.args.iter_mut().for_each(|(_, words)| mask(words));
            let quotes = diagnostic.places_mut().filter_map(|it| it.quote.as_mut());
            quotes.for_each(|quote| mask(&mut quote.text));
        }
    }

    /// Where a text has each name first.
    fn spans(&self, text: &str) -> FxHashMap<NameHash, Span> {
        let mut spans = FxHashMap::default();
        for index in [&self.here, &*self.all] {
            if index.is_empty() || !reading::may_say(text, index) {
                continue;
            }
            Reading::of(text).each(index, false, |glyphs, range| {
                if let Some(name) = index.hash(glyphs) {
                    let first = spans.entry(name).or_insert(Span::new(range.start, range.end));
                    if range.start < first.start as usize {
                        *first = Span::new(range.start, range.end);
                    }
                }
            });
        }
        spans
    }

    /// Masks the names in the text of a notice that does not allow them, its front matter included.
    pub(super) fn mask_article(&self, article: &mut Article) {
        let mut hits = Hits::default();
        if let Some(body) = self.in_markdown(article.body(), false, &mut hits) {
            article.text.content.truncate(article.body);
            article.text.content.push_str(&body);
        }
        let front = &article.text.content[..article.body];
        if let Some(front) = reading::without(front, &self.here, '*') {
            let body = article.body().to_owned();
            article.body = front.len();
            article.text.content = front + &body;
        }
    }

    /// The slug of a notice without the names.
    fn slug(&self, slug: &str) -> String {
        // It is the name of a file, in which names are spelt.
        let file = format!("{slug}.md");
        let bare = reading::without(&file, &self.here, '*').unwrap_or(file).replace('*', "");
        let bare = bare.strip_suffix(".md").unwrap_or(&bare).trim_matches('-');
        if bare.is_empty() { "notice".to_owned() } else { bare.to_owned() }
    }

    /// The names in a text of all persons who withdrew.
    pub(super) fn all_in(&self, text: &str) -> WithdrawnNames {
        let mut names = BTreeSet::new();
        if reading::may_say(text, &*self.all) {
            Reading::of(text).each(&*self.all, false, |glyphs, _| {
                names.extend(self.all.hash(glyphs));
            });
        }
        WithdrawnNames(names)
    }

    /// The keys of those names that are to be masked on pages of this place.
    pub(super) fn among(&self, names: &WithdrawnNames) -> Vec<u64> {
        let place = self.places.last().copied().unwrap_or_default();
        let masked = names.0.iter().filter(|name| self.here.has(**name));
        masked.map(|name| on_pages_of(name.key(), place)).collect()
    }

    /// The keys of the names on a page of this place that are to be masked there.
    pub(super) fn on_page(&self, page: &str) -> Vec<u64> {
        if !reading::may_say(page, &self.here) {
            return Vec::new();
        }
        let mut keys = BTreeSet::new();
        Reading::of(page).each(&self.here, false, |glyphs, _| {
            let place = self.places.last().copied().unwrap_or_default();
            keys.extend(self.here.hash(glyphs).map(|name| on_pages_of(name.key(), place)));
        });
        keys.into_iter().collect()
    }
}
