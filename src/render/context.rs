//! What templates are given.
//!
//! Every page gets [`Site`] as `site` and [`Head`] as `page`; beside these the struct of its kind,
//! whose fields stand at the top. A name that is not here is an error in a template.

use std::collections::BTreeMap;

use serde::Serialize;
use tera::Value;

/// Structs that hold values: these are moved into the map or context that a template is given, where
/// serialising would copy them, and all that is in them, once for each struct around them.
macro_rules! moved {
    ($(#[$about:meta])* pub struct $name:ident {
        $($(#[$meaning:meta])* pub $field:ident: $type:ty,)*
    }) => {
        $(#[$about])*
        #[derive(Debug)]
        pub struct $name {
            $($(#[$meaning])* pub $field: $type,)*
        }

        impl $name {
            fn fields(self) -> impl Iterator<Item = (&'static str, Value)> {
                [$((stringify!($field), Value::from(self.$field)),)*].into_iter()
            }
        }

        impl From<$name> for Value {
            fn from(value: $name) -> Self {
                let fields = value.fields().map(|(name, value)| (name.into(), value));
                Self::from(fields.collect::<tera::Map>())
            }
        }

        impl From<$name> for tera::Context {
            fn from(value: $name) -> Self {
                let mut context = Self::new();
                value.fields().for_each(|(name, value)| context.insert_value(name, value));
                context
            }
        }
    };
}

/// Structs that hold texts and numbers alone.
macro_rules! serialised {
    ($($name:ident),*) => {
        $(impl From<$name> for Value {
            fn from(value: $name) -> Self {
                Self::from_serializable(&value)
            }
        })*
    };
}

mod agenda;
mod data;
mod finder;
mod graph;
mod links;
mod notices;
mod organiser;
mod record;
mod statements;
mod subscribe;

pub use agenda::{AgendaDay, Coming, Month, MonthDay, MonthPage, UrgentNotice};
pub use data::{DataColumn, DataCondition, DataFigure, DataLicence, DataPage, DataTable};
pub use finder::{Finder, FinderGroup, Run, WeekDay};
pub use graph::Graph;
pub use links::{
    DirectoryLink, Image, LastingLink, Link, ListLink, Objection, Part, PlaceEntry, PlaceLink,
    Referrer, Referrers, TitleEntry,
};
pub use notices::{Happening, LastingPage, NoticeLink, NoticePage, NoticesPage};
pub use organiser::{Mark, Organiser};
pub use record::{Posting, Record, Values};
pub use statements::{
    MappedPlace, PersonalField, PersonalList, PrivacyPage, SiteMapPage, Statements,
};
pub use subscribe::{CalendarLink, Code, SubscribePage, Subscription};

serialised!(Site, SectionLink, Collection, Figure, Series, Run, WeekDay, Finder);

/// The portal; `site` on every page.
#[derive(Debug, Serialize)]
pub struct Site {
    /// Its title.
    pub title: String,
    /// One sentence about it; may be empty.
    pub description: String,
    /// The language of the pages.
    pub language: String,
    /// The host that it is published at: `www.example.cn`; empty while the base URL is unknown.
    pub domain: String,
    /// The address of the front page.
    pub home: String,
    /// A line for every page; may be empty.
    pub banner: String,
    /// Who answers for it.
    pub organiser: Organiser,
    /// Drafts are shown: the page is not for the public.
    pub drafts: bool,
    /// Its sections, in the order of the menu.
    pub sections: Vec<SectionLink>,
    /// The address of the list of all notices; empty if there is none.
    pub notices_url: String,
    /// `site.toml` gives colours of the theme other values: `asset(path="colours.css")` has them.
    pub has_colours: bool,
    /// The first list of the portal that says whom to call, in the order of the sections: over all
    /// places, or the root's own if no other place has one.
    pub phonebook: Option<ListLink>,
    /// The first one that says when somebody is there.
    pub schedule: Option<ListLink>,
    /// The address of the page about the portal's data; empty if there is none.
    pub data_url: String,
    /// The address of the page that searches; empty if there is none.
    pub search_url: String,
    /// The address of the web manifest; empty if there is none.
    pub manifest: String,
    /// The address of the picture for Apple's first screen; empty if there is none.
    pub touch_icon: String,
    /// The pages that say what of persons is published, what is done for everybody, and what there is.
    pub statements: Statements,
    /// The address of the file with what is urgent; empty if there is none.
    pub urgent_url: String,
    /// The root's lasting pages, in order.
    pub pages: Vec<LastingLink>,
    /// The name and version of the program.
    pub generator: String,
}

/// A section in a menu.
#[derive(Debug, Clone, Serialize)]
pub struct SectionLink {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// What is found there.
    pub description: String,
    /// Its page; empty if sections have none.
    pub url: String,
}

moved! {
    /// What every page says of itself; `page` on every page.
    pub struct Head {
        /// Its title, unique among the pages.
        pub title: String,
        /// One sentence about it; may be empty.
        pub description: String,
        /// Its address.
        pub url: String,
        /// Its absolute address; empty while the base URL is unknown.
        pub canonical: String,
        /// Which kind it is: `home`, `place`, `collection`, `subtree`, `record`, `section`, `notice`,
        /// `notices`, `page`, `calendar`, `data`, `search`, `search-letter`, `subscribe`, `not-found`.
        pub kind: &'static str,
        /// The section it belongs to, by id; empty if none.
        pub section: String,
        /// The path of the place that it is of: `kaixuan/yixin`; empty for the root's.
        pub place: String,
        /// What that place is called.
        pub place_name: String,
        /// The day on which that place last went through what it says of itself, and its lists without
        /// dates: `2026-11-20`; empty if it does not say so.
        pub place_updated: String,
        /// The title of the list or section that it is, or is in; may be empty.
        pub column: String,
        /// The absolute address of the picture that stands for it; may be empty.
        pub image: String,
        /// The places and lists above it, the front page first.
        pub crumbs: Vec<Link>,
        /// What one can subscribe to: the calendar and feeds of its place, and of the list that it is
        /// about.
        pub alternates: Vec<Subscription>,
        /// The page of its place that says how to subscribe; empty if there is none.
        pub subscribe_url: String,
        /// What it shows, for machines: the content of a script of the type `application/ld+json`;
        /// may be empty.
        pub data: Graph,
    }
}

/// A collection.
#[derive(Debug, Serialize)]
pub struct Collection {
    /// Its name in files: `legal-aid`.
    pub name: String,
    /// What readers call it.
    pub title: String,
    /// One sentence about it; may be empty.
    pub description: String,
    /// The name of its icon; may be empty.
    pub icon: String,
    /// The section it belongs to, by id; may be empty.
    pub section: String,
    /// How its records are shown: `schedule`.
    pub view: &'static str,
    /// What its records say, in order.
    pub fields: Vec<Field>,
    /// The fields that no two records of a place share, by name; may be empty.
    pub key: Vec<&'static str>,
    /// What some of its fields are for a reader.
    pub roles: Roles,
    /// The field with the record's day; empty if it has none.
    pub date_field: String,
    /// The fields with the times of the day; each empty if it has none.
    pub starts_field: String,
    /// The time at which it ends.
    pub ends_field: String,
    /// The field that says that it does not take place; `state` of a record is `cancelled` then.
    /// Empty if it has none.
    pub cancelled_field: String,
    /// The field with the last day of a period, and with that by which it should end; each empty if
    /// it has none.
    pub until_field: String,
    /// The day by which an open period should have ended.
    pub due_field: String,
    /// How often it gets a record: `daily`, `weekly`, `monthly`, `quarterly`, `yearly`; empty if
    /// nobody says so.
    pub cadence: &'static str,
    /// The day of the week on which it does: `monday`; may be empty.
    pub cadence_on: &'static str,
    /// Counts below this one, zero apart, are not shown at small places; 0 if all are shown.
    pub suppress_below: u16,
}

/// The field with each role, declared or by its type; null if no field has it. And a figure.
#[derive(Debug, Serialize)]
pub struct Roles {
    /// What a record is called. Where a record does not give it, use the collection's title.
    pub title: Option<Field>,
    /// What happened, or what it is about: text or Markdown.
    pub summary: Option<Field>,
    /// Which sort of record it is.
    pub kind: Option<Field>,
    /// Whom it is about.
    pub person: Option<Field>,
    /// What it looks like.
    pub picture: Option<Field>,
    /// Whom to call.
    pub phone: Option<Field>,
    /// Where it is: text, an address or a place.
    pub venue: Option<Field>,
    /// The number that counts most.
    pub number: Option<Field>,
    /// The figure that counts most, by name: `figures.by_name[figure]`; empty if there is none.
    pub figure: String,
}

/// A field of a collection.
#[derive(Debug, Serialize)]
pub struct Field {
    /// Its name in files: `attendance`.
    pub name: String,
    /// What readers call it.
    pub label: String,
    /// Its type: `count`.
    #[serde(rename = "type")]
    pub kind: &'static str,
    /// What its numbers count; may be empty.
    pub unit: String,
    /// The group that it is a part of, by name: `contact`; empty if it is none. Of such fields
    /// `record.values` has the group as well: `record.values.contact.phone`; of several groups a list.
    pub group: &'static str,
    /// Its values are lists.
    pub several: bool,
    /// Its values are numbers.
    pub numeric: bool,
}

/// A figure.
#[derive(Debug, Clone, Serialize)]
pub struct Figure {
    /// Its name in the declaration: `this-year`.
    pub name: String,
    /// What readers call it.
    pub label: String,
    /// How it is measured: `count`, `sum`, `mean`, `median`, `share`, `distinct`, `latest`,
    /// `change`, `next`, `streak`.
    pub measure: &'static str,
    /// Its number as text, without unit: `24122`, `92.0` (a share in percent), `39`; for `next`
    /// the moment `2026-03-05 09:00`; empty if there is none. Of a number that is too small to be
    /// shown words that say so.
    pub value: String,
    /// It is a number that is not shown, because small counts are part of it; `value` says so.
    pub hidden: bool,
    /// How many numbers a sum leaves out because they are too small to be shown, in words: `不含少于
    /// 3 的 2 个数`. Empty if it has all of them.
    pub note: String,
    /// What its number counts; `%` for a share.
    pub unit: String,
    /// The field of the records that says so, by name; empty if the declaration does.
    pub unit_field: String,
    /// The field whose values its groups are, by name; empty if it has no groups.
    pub by_field: String,
    /// For `change`: the first number; else empty.
    pub first: String,
    /// For `latest`, `change` and `streak`: the period of the last number, `2026-03-05`,
    /// `2026-03` or `2026`; else empty.
    pub period: String,
    /// For `change`: the period of the first number; else empty.
    pub first_period: String,
    /// For `next`: where; else null.
    pub place: Option<PlaceLink>,
    /// A figure for each value of the field that it is told apart by; their labels are the values.
    pub groups: Vec<Figure>,
}

moved! {
    /// Figures, in the declared order and by name: each a [`Figure`].
    #[derive(Clone, Default)]
    pub struct Figures {
        /// In the order of the declaration.
        pub list: Vec<Value>,
        /// By name.
        pub by_name: BTreeMap<String, Value>,
    }
}

moved! {
    /// A collection on the page of a place or section.
    pub struct Set {
        /// The collection.
        pub collection: Value,
        /// The page of the place's own records; empty if it has none.
        pub url: String,
        /// The page over all places that lie in it; empty if there is none.
        pub all_url: String,
        /// Where the records are offered from which the figures of `total` are made; empty if nowhere.
        pub data_url: String,
        /// Figures of the place's own records.
        pub own: Figures,
        /// Figures with all places that lie in it.
        pub total: Figures,
        /// The next records (of a schedule) or the latest, here and in all places that lie in it.
        pub preview: Vec<Record>,
        /// How many records of the collection `agenda` has.
        pub announced: usize,
    }
}

/// Numbers over time, to be drawn as a chart. Their sums are made by the program, exactly; a
/// template draws them and adds up nothing. There is none of four numbers or fewer, nor of numbers
/// that are all the same: a sentence or a table says these better.
#[derive(Debug, Clone, Serialize)]
pub struct Series {
    /// The field with the numbers, by name.
    pub field: String,
    /// The field by whose values the records are told apart, by name; empty for all records.
    pub by: String,
    /// The value of that field, as records show it; empty for all records.
    pub group: String,
    /// How it is drawn: `bars`, which begin at zero; or `line`, of numbers so near each other that
    /// bars would all look the same.
    pub form: &'static str,
    /// The numbers at the axis, at equal distances, the lowest first.
    pub ticks: Vec<String>,
    /// A point for each day, or for each month if there are many days; at least five, in order.
    pub points: Vec<Point>,
    /// The largest sum, above zero.
    pub top: String,
    /// The first period that has it.
    pub top_period: String,
    /// A sum is not shown.
    pub hidden: bool,
}

/// A sum of a [`Series`].
#[derive(Debug, Clone, Serialize)]
pub struct Point {
    /// The day, month or year: `2026-03-05`, `2026-03`, `2026`.
    pub period: String,
    /// The sum as text; empty if it is not shown.
    pub value: String,
    /// How high it stands between the first and the last number of the axis, in hundredths: `87.5`.
    pub height: f64,
    /// It is the largest sum.
    pub top: bool,
    /// It is not shown, because small counts are part of it.
    pub hidden: bool,
}

moved! {
    /// `home.html` and `place.html`.
    pub struct PlacePage {
        /// The place.
        pub place: PlaceLink,
        /// What it says about itself, as HTML; may be empty.
        pub intro: Value,
        /// Its lasting pages, in order.
        pub pages: Vec<LastingLink>,
        /// Its photo, an [`Image`]; null if there is none.
        pub photo: Value,
        /// The places that lie in it, each with the totals of its collections by name.
        pub children: Vec<Child>,
        /// The collections with records here or below, in the order of the sections.
        pub sets: Vec<Set>,
        /// The same by name: the index in `sets`.
        pub set_index: BTreeMap<String, usize>,
        /// What is ahead, of records and notices: today and tomorrow, whatever there is, and then the
        /// next days with something. Empty if nothing here has a time. Of a community or anything
        /// smaller it has what the places above hold for everybody. It is given to pages whose
        /// templates say its name, since it is another one every day.
        pub agenda: Vec<AgendaDay>,
        /// The urgent notices of the place and of those above; on the front page those of all places.
        /// They are in no other list of the page.
        pub urgent: Vec<UrgentNotice>,
        /// The latest notices here; on the front page, and where there are none, of all places in
        /// it.
        pub notices: Vec<NoticeLink>,
        /// The latest notices of the places above a community or anything smaller.
        pub notices_above: Vec<NoticeLink>,
        /// The directories of the places above where the place has none of its own.
        pub directories_above: Vec<DirectoryLink>,
        /// The notices are of all places in it.
        pub notices_wide: bool,
        /// The list of all notices; empty if there is none.
        pub notices_url: String,
        /// The page about its data, on the front page that of all places; empty if there is none.
        pub data_url: String,
        /// The page with its calendar; empty if there is none.
        pub calendar_url: String,
        /// The calendar of the place has nothing of what happens at the places in it, which have
        /// their own.
        pub narrow_calendar: bool,
    }
}

moved! {
    /// A place that lies in another.
    pub struct Child {
        /// The place.
        pub place: PlaceLink,
        /// Totals by collection: `child.totals["honors"].by_name.total.value`.
        pub totals: BTreeMap<String, Figures>,
        /// How many places lie in it, at any depth.
        pub places: usize,
    }
}

moved! {
    /// `cards.html`, `series.html`, `schedule.html`, `streaks.html`, `directory.html`, `ledger.html`,
    /// `articles.html`: the records of a collection at a place.
    pub struct CollectionPage {
        /// The place.
        pub place: PlaceLink,
        /// The collection.
        pub collection: Value,
        /// Figures of the place's records, all of them.
        pub figures: Figures,
        /// Where the records are offered from which these are made; empty if nowhere.
        pub data_url: String,
        /// The records on this page, in the declared order.
        pub records: Vec<Record>,
        /// How many records there are on all pages.
        pub count: usize,
        /// The first year that one of these is of: `2024`; empty without dates.
        pub first_year: String,
        /// The last one.
        pub last_year: String,
        /// The numbers of the records on this page over time.
        pub series: Vec<Series>,
        /// The records by month, where they stand together: of months that come one after the other.
        /// This and the next three are computed for templates that say their names, else empty.
        pub months: Vec<Run>,
        /// The same by year.
        pub years: Vec<Run>,
        /// Of a schedule: the weeks of what is to come on this page, day by day.
        pub weeks: Vec<Vec<WeekDay>>,
        /// Of a collection with a field of things that have numbers, such as buildings: where to find
        /// each of them, on all pages of the list.
        pub finder: Option<Finder>,
        /// Pages of this list, if it has more than one: the first, the last, those around this one.
        pub parts: Vec<Part>,
        /// The title of this part; empty on the first page.
        pub part: String,
        /// The page over all places that lie in it; empty if there is none.
        pub all_url: String,
        /// When the newest record is of, `2026-03-05` or `2026-03`, if a whole period of the collection's cadence
        /// has gone by without one; else empty, as on all pages but the first.
        pub behind: String,
    }
}

moved! {
    /// `subtree.html`: a collection over a place and all places that lie in it.
    pub struct SubtreePage {
        /// The place.
        pub place: PlaceLink,
        /// The collection.
        pub collection: Value,
        /// Figures over all of them.
        pub figures: Figures,
        /// Where the records are offered from which these are made; empty if nowhere.
        pub data_url: String,
        /// The next level of places, each with its figures and its page for this collection.
        pub rows: Vec<SubtreeRow>,
        /// Records to come, the next first; at most so many as fit a page.
        pub upcoming: Vec<Record>,
        /// Other records, the latest first; at most so many as fit a page.
        pub recent: Vec<Record>,
        /// There are more records than are listed.
        pub more: bool,
    }
}

moved! {
    /// A row of a table over places.
    pub struct SubtreeRow {
        /// The place.
        pub place: PlaceLink,
        /// Its page for the collection.
        pub url: String,
        /// Of a schedule or directory: the places right below it that have the collection, each with its
        /// page for it. Empty for others, and if these were too many.
        pub places: Vec<Link>,
        /// Its figures.
        pub figures: Figures,
    }
}

moved! {
    /// `record.html`: a record with a page of its own.
    pub struct RecordPage {
        /// The place.
        pub place: PlaceLink,
        /// The collection.
        pub collection: Value,
        /// The record.
        pub record: Record,
        /// The list it belongs to.
        pub list_url: String,
        /// Whom to call at its place, or above it; may be empty.
        pub phone: String,
        /// The records that refer to it.
        pub referrers: Referrers,
    }
}

moved! {
    /// `section.html`: a section over the whole portal.
    pub struct SectionPage {
        /// The section.
        pub section: SectionLink,
        /// Its lasting pages, those of the root first.
        pub pages: Vec<LastingLink>,
        /// How many more of these there are.
        pub more_pages: usize,
        /// Its collections.
        pub sets: Vec<Set>,
        /// Its latest notices.
        pub notices: Vec<NoticeLink>,
    }
}

moved! {
    /// `search.html`: the page that searches.
    pub struct SearchPage {
        /// The time zone of the portal, as browsers know it: `Asia/Shanghai`, `+08:00`.
        pub zone: String,
        /// The pages of places and notices by pinyin.
        pub letters: Vec<Part>,
    }
}

moved! {
    /// `search-letter.html`: what stands under a letter.
    pub struct SearchLetterPage {
        /// The letter, `#` for what begins with none.
        pub letter: String,
        /// All letters.
        pub letters: Vec<Part>,
        /// The places, by pinyin.
        pub places: Vec<PlaceEntry>,
        /// Notices, lasting pages and records, by pinyin.
        pub titles: Vec<TitleEntry>,
    }
}

moved! {
    /// `404.html`: for addresses that do not exist.
    pub struct NotFoundPage {
        /// The places below the root.
        pub places: Vec<PlaceLink>,
    }
}
