//! Entries of feeds: from a notice or record to what a feed says of it.
//!
//! An entry says what the page says: its title, the first words of its text, when it was posted and
//! when it was last corrected. What was corrected says so in its title, with the same id.

use jiff::civil::{Date, DateTime, Time};

use super::latest::{MOST, changed};
use crate::{
    artifact::{NotMade, Read, View, address::inside, encode, plain},
    config::PortalId,
    render::markdown,
    schema::{Collection, Notice, RecordSet, Value, display, role::Role},
};

/// What a feed says of itself.
#[derive(Debug)]
pub(super) struct Heading {
    /// What it is known by for ever.
    pub(super) id: String,
    /// What it is called.
    pub(super) title: String,
    /// The language of its texts.
    pub(super) language: String,
    /// Who answers for the portal.
    pub(super) author: String,
    /// The whole address of the feed.
    pub(super) url: String,
    /// That of the page that shows the same.
    pub(super) page: String,
    /// The same feed in other forms: media type and whole address.
    pub(super) others: Vec<(&'static str, String)>,
}

/// One notice or record.
#[derive(Debug)]
pub(super) struct Entry {
    /// What it is known by for ever.
    pub(super) id: String,
    /// What it is called.
    pub(super) title: String,
    /// The whole address of its page.
    pub(super) url: String,
    /// The place that posted it.
    pub(super) author: String,
    /// When it was posted, as RFC 3339 has it: `2026-11-20T00:00:00+08:00`.
    pub(super) published: String,
    /// When it was posted or last corrected.
    pub(super) updated: String,
    /// Its first words; may be empty.
    pub(super) summary: String,
    /// What it is about.
    pub(super) tags: Vec<String>,
}

/// The notices that the artifact reads, the latest first.
///
/// Returns [`NotMade::Torn`] if a text could not be read as it was summarised.
pub(super) fn of_notices(view: &View<'_>, id: &PortalId) -> Result<Vec<Entry>, NotMade> {
    let reads = view.artifact().reads.iter();
    let ids = reads.filter_map(|read| match read {
        Read::Notice(notice) => Some(*notice),
        _ => None,
    });
    let mut entries = Vec::new();
    for notice in ids {
        let (notice, article) = view.notice(notice);
        let article = article.ok_or(NotMade::Torn)?;
        let summary = || markdown::summary(article.body(), view.config().breaks);
        let first = article.first_words.get_or_init(summary);
        let entry = of_notice(view, id, notice, first);
        entries.push((changed(notice), notice.date(), entry));
    }
    entries.sort_by(|a, b| (b.0, b.1, &b.2.id).cmp(&(a.0, a.1, &a.2.id)));
    Ok(entries.into_iter().map(|(_, _, entry)| entry).collect())
}

/// The entry of a notice with these first words.
fn of_notice(view: &View<'_>, id: &PortalId, notice: &Notice, first: &str) -> Entry {
    let place = view.named_place(notice.place);
    let path = inside(&place.path, &notice.path());
    let title = match (notice.updated, view.language().starts_with("zh")) {
        (None, _) => notice.title.clone(),
        (Some(_), true) => format!("〔更正〕{}", notice.title),
        (Some(_), false) => format!("[Corrected] {}", notice.title),
    };
    let posted = notice.date();
    let change = notice.change.as_ref().map(|change| format!("{change}\n"));
    Entry {
        id: id.tag(&encode(&path)),
        title,
        url: view.whole_url(&path),
        author: place.name.clone(),
        published: moment(view, posted),
        updated: moment(view, changed(notice)),
        summary: change.unwrap_or_default() + first,
        tags: notice.tags.clone(),
    }
}

/// The latest records of a set.
pub(super) fn of_records(
    view: &View<'_>,
    id: &PortalId,
    declared: &Collection,
    set: &RecordSet,
) -> Vec<Entry> {
    let keys = plain::keys(declared, set);
    let dated = set.records.iter().enumerate().filter_map(|(index, record)| {
        let posted = record.posting.as_ref().and_then(|posting| posting.from);
        let day = declared.moment(record)?.date;
        let posted = posted.map_or(day, DateTime::date);
        let dating = declared.dating.as_ref()?;
        let updated = dating.updated.and_then(|field| record.values[field].as_date());
        Some((updated.map_or(posted, |day| day.max(posted)), posted, index))
    });
    let mut dated: Vec<(Date, Date, usize)> = dated.collect();
    dated.sort_unstable_by(|a, b| b.cmp(a));
    dated.truncate(MOST);
    let place = view.named_place(set.place);
    let entry = |(updated, posted, index): (Date, Date, usize)| {
        let record = &set.records[index];
        let name = blake3::hash(keys[index].as_bytes()).to_hex();
        let folder = encode(&inside(&place.path, &declared.name));
        Entry {
            id: id.tag(&format!("{folder}/{}", &name[..32])),
            title: plain::title(view, declared, record),
            url: view.config().absolute(&view.record_url(set, index)),
            author: place.name.clone(),
            published: moment(view, Some(posted)),
            updated: moment(view, Some(updated)),
            summary: plain::lines(view, declared, record).join("\n"),
            tags: kind(view, declared, &record.values),
        }
    };
    dated.into_iter().map(entry).collect()
}

/// Which sort of record it is, if it has the role of a kind.
fn kind(view: &View<'_>, declared: &Collection, values: &[Value]) -> Vec<String> {
    let field = declared.roles.get(Role::Kind);
    let kind =
        field.map(|field| display::plain(&values[field], &declared.fields[field], view.language()));
    kind.into_iter().filter(|it| !it.is_empty()).collect()
}

/// The beginning of a day in the portal's time zone; that of 1970 for no day.
fn moment(view: &View<'_>, day: Option<Date>) -> String {
    let day = day.unwrap_or(Date::constant(1970, 1, 1)).to_datetime(Time::midnight());
    let zoned = day.to_zoned_datetime(view.config().time_zone.clone());
    zoned.map(|it| it.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()).unwrap_or_default()
}
