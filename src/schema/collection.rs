//! A collection as declared.

use std::{
    collections::BTreeSet,
    sync::{Mutex, PoisonError},
};

use crate::{
    diagnostic::Location,
    scan,
    schema::{
        Value,
        cadence::Cadence,
        downloads::Downloads,
        figure::Figure,
        group::{Group, Parts},
        mapping::Mapping,
        posting::{Privacy, Publication},
        role::Roles,
    },
    source::{SitePath, named::named},
    text::Localized,
};

/// How many records a place's page shows of a collection that does not say.
pub(super) const DEFAULT_PREVIEW: usize = 5;

/// A kind of record: what a declaration says.
#[derive(Debug, Clone, Hash)]
pub struct Collection {
    /// Its name in file names and addresses: `flag-raising`.
    pub name: String,
    /// What readers call it.
    pub title: Localized,
    /// One sentence for readers.
    pub description: Localized,
    /// The section of the portal it belongs to, by id.
    pub section: Option<String>,
    /// The name of an icon of the theme.
    pub icon: Option<String>,
    /// What a record may say, in the order in which it is shown.
    pub fields: Vec<Field>,
    /// Which fields say when a record happens.
    pub dating: Option<Dating>,
    /// The fields that no two records of a place share; indexes of `fields`.
    pub key: Vec<usize>,
    /// Which field is the title of a record, which its picture, and so on.
    pub roles: Roles,
    /// How a page shows the records.
    pub view: RecordView,
    /// In which order a page shows the records.
    pub order: Order,
    /// What is counted.
    pub figures: Vec<Figure>,
    /// How long lists are cut into pages.
    pub paging: Paging,
    /// The fields that make the address of a record's own page, if records have one.
    pub record_pages: Option<Vec<usize>>,
    /// How many records a place's page shows of it.
    pub preview: usize,
    /// When and how its records may be published.
    pub publication: Publication,
    /// How often it gets a record.
    pub cadence: Option<Cadence>,
    /// Whether its records are on calendars, as the declaration says; see [`Collection::happens`].
    pub calendar: Option<bool>,
    /// It has feeds of its own.
    pub feed: bool,
    /// What is ahead of it, and whom it says to call, is shown at the places below as well.
    pub inherited: bool,
    /// Its records come from elsewhere: what they say beside the fields is no mistake.
    pub ignores_unknown: bool,
    /// In which files its records may be downloaded.
    pub downloads: Downloads,
    /// The level, by its rank, whose places offer the records of all places in them.
    pub downloads_at: Option<u32>,
    /// How tables of other systems are read as its records.
    pub(crate) mappings: Vec<Mapping>,
    /// Where the declaration stands.
    pub location: Location,
}

impl Collection {
    /// A collection of that name that declares nothing.
    pub(crate) fn empty(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            title: Localized::plain(name),
            description: Localized::default(),
            section: None,
            icon: None,
            fields: Vec::new(),
            dating: None,
            key: Vec::new(),
            roles: Roles::default(),
            view: RecordView::Directory,
            order: Order::File,
            figures: Vec::new(),
            paging: Paging::Whole,
            record_pages: None,
            preview: DEFAULT_PREVIEW,
            publication: Publication::default(),
            cadence: None,
            calendar: None,
            feed: false,
            inherited: false,
            ignores_unknown: false,
            downloads: Downloads::Tables,
            downloads_at: None,
            mappings: Vec::new(),
            location: Location::file(SitePath::new("")),
        }
    }

    /// Its records happen at a time, and are on the calendars of their places. So it is with dated
    /// records of a schedule, unless the declaration says otherwise.
    pub fn happens(&self) -> bool {
        self.dating.is_some() && self.calendar.unwrap_or(self.view == RecordView::Schedule)
    }

    /// The fields that are parts of groups.
    pub(crate) fn parts(&self) -> Parts<'_> {
        self.fields.iter().filter_map(|it| Some((it.name, it.group.as_ref()?))).collect()
    }

    /// The index of the field of that name, or with that label in any language.
    pub fn field(&self, name: &str) -> Option<usize> {
        field_called(&self.fields, name)
    }
}

/// The index of the field of that name, or with that label in any language. Names go first, if a label
/// is another's name.
pub(crate) fn field_called(fields: &[Field], name: &str) -> Option<usize> {
    let named = fields.iter().position(|field| field.name == name);
    named.or_else(|| fields.iter().position(|field| field.label.is(name)))
}

impl Field {
    /// Whether that is its name, or its label in any language.
    pub fn is_called(&self, name: &str) -> bool {
        self.name == name || self.label.is(name)
    }
}

/// One thing that a record may say.
#[derive(Debug, Clone, Hash)]
#[expect(clippy::struct_excessive_bools, reason = "each is something that a declaration may say")]
pub struct Field {
    /// Its name in files: `attendance`. Names live as long as the program (see [`lasting`]).
    pub name: &'static str,
    /// What readers and staff call it.
    pub label: Localized,
    /// What staff should write.
    pub help: Localized,
    /// How its text is read.
    pub kind: FieldType,
    /// Every record says it.
    pub required: bool,
    /// It takes a list.
    pub several: bool,
    /// It names things by their numbers, such as buildings: `1-4栋` is four.
    pub numbered: bool,
    /// No two records of a place have the same value of it.
    pub unique: bool,
    /// What a choice may be.
    pub choices: Vec<Choice>,
    /// The value of a record that does not say it.
    pub default: Value,
    /// What its numbers count: `人`, `小时`.
    pub unit: Localized,
    /// The largest number that can be true.
    pub max: Option<i64>,
    /// How far it is published.
    pub privacy: Privacy,
    /// That follows from its type: the declaration says nothing of it.
    pub by_type: bool,
    /// It is about the work of somebody: the telephone of an office, its address.
    pub work: bool,
    /// Personal data that its text may hold.
    pub allow: Vec<scan::DataKind>,
    /// The fields that its number is made from: the parts of a total, or a part and its whole. It is
    /// not shown where one of theirs is hidden.
    pub made_of: Vec<usize>,
    /// The numbers of the same record that its own does not exceed.
    pub at_most: Vec<usize>,
    /// The group that it is a part of.
    pub group: Option<Group>,
    /// The collection whose records it names. Every reference has one, and nothing else.
    pub to: Option<&'static str>,
}

/// One of the values of a choice.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Choice {
    /// What stands in files.
    pub value: String,
    /// What readers see.
    pub label: Localized,
}

/// A name that lives as long as the program. Field names become keys of every record that
/// templates are given, millions of them in a large portal, and a key that is never freed costs
/// nothing to share. There are only as many as declarations have ever named.
pub fn lasting(name: &str) -> &'static str {
    static NAMES: Mutex<BTreeSet<&'static str>> = Mutex::new(BTreeSet::new());
    let mut names = NAMES.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(known) = names.get(name) {
        return known;
    }
    let name = Box::leak(name.to_owned().into_boxed_str());
    names.insert(name);
    name
}

named! {
    /// How the text of a field is read.
    FieldType {
        /// One line of text, kept as it is.
        Text = "text",
        /// Text with Markdown.
        Markdown = "markdown",
        /// A whole number.
        Integer = "integer",
        /// A whole number, zero or more.
        Count = "count",
        /// A decimal number.
        Decimal = "decimal",
        /// A number of hundredths, written with or without `%`.
        Percent = "percent",
        /// An amount of money.
        Money = "money",
        /// Yes or no.
        Boolean = "boolean",
        /// A day.
        Date = "date",
        /// A month.
        Month = "month",
        /// A year.
        Year = "year",
        /// A month or a year.
        Period = "period",
        /// A time of day.
        Time = "time",
        /// A day, or a moment of it.
        DateTime = "datetime",
        /// One of a list of words.
        Choice = "choice",
        /// A person's name.
        Person = "person",
        /// A telephone number.
        Phone = "phone",
        /// An e-mail address.
        Email = "email",
        /// A web address.
        Url = "url",
        /// An image of the content folder, as a path relative to the record's file.
        Image = "image",
        /// A place of the portal, by its folder.
        Place = "place",
        /// A record of another collection, by its key (`schema/reference.rs`).
        Reference = "reference",
        /// A postal address.
        Address = "address",
        /// The number of a resident identity card. It is never published.
        IdNumber = "id-number",
    }
}

impl FieldType {
    /// Its values are numbers.
    pub fn is_number(self) -> bool {
        use FieldType::{Count, Decimal, Integer, Money, Percent};
        matches!(self, Integer | Count | Decimal | Percent | Money)
    }

    /// Its values are days or stretches of days.
    pub fn is_date(self) -> bool {
        use FieldType::{Date, Month, Period, Year};
        matches!(self, Date | Month | Year | Period)
    }
}

named! {
    /// How a page shows records.
    RecordView {
        /// Cards with a name, an award, a text and perhaps a photo.
        Cards = "cards",
        /// A table of dated numbers with a chart.
        Series = "series",
        /// What comes next, then what was.
        Schedule = "schedule",
        /// Months in a row at zero.
        Streaks = "streaks",
        /// Who is who and whom to call.
        Directory = "directory",
        /// Cases with their state.
        Ledger = "ledger",
        /// Articles with a title.
        Articles = "articles",
    }
}

named! {
    /// In which order records are shown.
    Order {
        /// The latest first.
        Newest = "newest",
        /// The earliest first.
        Oldest = "oldest",
        /// As they stand in the file.
        File = "file",
    }
}

/// How long lists are cut into pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Paging {
    /// One page, however long.
    Whole,
    /// A page for each year.
    Year,
    /// So many records on a page.
    Records(usize),
}

/// Which fields say when a record happens; indexes of the collection's fields.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Dating {
    /// The day, month or year, or the first day of a period.
    pub date: usize,
    /// The last day of a period.
    pub until: Option<usize>,
    /// The day by which an open period should have ended.
    pub due: Option<usize>,
    /// That it does not take place.
    pub cancelled: Option<usize>,
    /// From when in the day.
    pub starts: Option<usize>,
    /// Until when in the day.
    pub ends: Option<usize>,
    /// The day on which the record was last corrected.
    pub updated: Option<usize>,
    /// How often it was changed.
    pub revision: Option<usize>,
}

impl Dating {
    /// Records are dated by that field, and say nothing else of when they happen.
    pub fn by(date: usize) -> Self {
        Self {
            date,
            until: None,
            due: None,
            cancelled: None,
            starts: None,
            ends: None,
            updated: None,
            revision: None,
        }
    }

    /// The fields that it names.
    pub fn fields(&self) -> impl Iterator<Item = usize> {
        let Self { date, until, due, cancelled, starts, ends, updated, revision } = *self;
        let others = [until, due, cancelled, starts, ends, updated, revision];
        others.into_iter().flatten().chain([date])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        config::Names,
        fingerprint::assert_each_field_counts,
        schema::{
            figure::{Condition, Every, Measure, Test, When},
            role::Role,
        },
    };

    fn field() -> Field {
        Field {
            name: "date",
            label: Localized::default(),
            help: Localized::default(),
            kind: FieldType::Date,
            required: false,
            several: false,
            numbered: false,
            unique: false,
            choices: Vec::new(),
            default: Value::Absent,
            unit: Localized::default(),
            max: None,
            privacy: Privacy::Public,
            by_type: false,
            work: false,
            allow: Vec::new(),
            made_of: Vec::new(),
            at_most: Vec::new(),
            group: None,
            to: None,
        }
    }

    fn group() -> Group {
        let words = || Localized::plain("x");
        Group {
            name: "a",
            label: words(),
            part: "b",
            part_label: words(),
            number: 0,
            needed: false,
        }
    }

    fn choice() -> Choice {
        Choice { value: "a".to_owned(), label: Localized::plain("a") }
    }

    fn dating() -> Dating {
        Dating::by(0)
    }

    fn figure() -> Figure {
        Figure {
            name: "a".to_owned(),
            label: Localized::default(),
            unit: Localized::default(),
            measure: Measure::Next,
            when: When::All,
            filter: Vec::new(),
            by: None,
            unit_of: None,
            each_group: Vec::new(),
        }
    }

    #[test]
    fn all_that_a_declaration_says_is_in_the_fingerprint() {
        let words = || Localized::plain("x");
        let mut titled = Roles::default();
        titled.set(Role::Title, Some(0));
        assert_each_field_counts!(
            Collection::empty("a"),
            Collection {
                name: "b".to_owned(),
                title: words(),
                description: words(),
                section: Some("x".to_owned()),
                icon: Some("x".to_owned()),
                fields: vec![field()],
                dating: Some(dating()),
                key: vec![0],
                roles: titled,
                view: RecordView::Cards,
                order: Order::Newest,
                figures: vec![figure()],
                paging: Paging::Records(DEFAULT_PREVIEW),
                record_pages: Some(Vec::new()),
                preview: 0,
                publication: Publication { names: Some(Names::Full), ..Publication::default() },
                cadence: Cadence::parse("daily"),
                calendar: Some(false),
                feed: true,
                inherited: true,
                ignores_unknown: true,
                downloads: Downloads::None,
                downloads_at: Some(1),
                mappings: vec![Mapping::empty("a")],
                location: Location::line(SitePath::new(""), 1),
            }
        );
    }

    #[test]
    fn all_that_a_field_says_is_in_the_fingerprint() {
        let words = || Localized::plain("x");
        assert_each_field_counts!(
            field(),
            Field {
                name: "day",
                label: words(),
                help: words(),
                kind: FieldType::Month,
                required: true,
                several: true,
                numbered: true,
                unique: true,
                choices: vec![choice()],
                default: Value::Year(2026),
                unit: words(),
                max: Some(0),
                privacy: Privacy::Masked,
                by_type: true,
                work: true,
                allow: vec![scan::DataKind::Mobile],
                made_of: vec![0],
                at_most: vec![0],
                group: Some(group()),
                to: Some("projects"),
            }
        );
        assert_each_field_counts!(choice(), Choice { value: String::new(), label: words() });
    }

    #[test]
    fn all_that_dates_and_figures_say_is_in_the_fingerprint() {
        assert_each_field_counts!(
            dating(),
            Dating {
                date: 1,
                until: Some(0),
                due: Some(0),
                cancelled: Some(0),
                starts: Some(0),
                ends: Some(0),
                updated: Some(0),
                revision: Some(0),
            }
        );
        assert_each_field_counts!(
            figure(),
            Figure {
                name: "b".to_owned(),
                label: Localized::plain("x"),
                unit: Localized::plain("x"),
                measure: Measure::Streak(Every::Day, Vec::new()),
                when: When::Past,
                filter: vec![Condition { field: 0, test: Test::Present }],
                by: Some(0),
                unit_of: Some(0),
                each_group: vec![vec![(0, 1)]],
            }
        );
    }
}
