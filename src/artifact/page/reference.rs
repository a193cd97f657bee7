//! Links between records, as templates see them.

use tera::Value as Shown;

use crate::{
    artifact::{page::PageBuilder, reference::RecordLink},
    render::context::{Link, Referrer, Referrers},
    schema::{Collection, Place, Record, Value, display},
};

impl PageBuilder<'_, '_> {
    /// The records that a value names, as links; none of those that are not posted. Of a field that
    /// takes several it is a list, or none if nothing is left.
    pub(super) fn references(&self, place: &Place, to: &str, value: &Value) -> Shown {
        let link = |words: &str| {
            let found = self.view.referred(place, to, words)?;
            let (title, url) = (self.link_title(&found), self.view.url(&found.path));
            Some(Shown::from(Link { title, url }))
        };
        match value {
            Value::List(values) => {
                let all = values.iter().filter_map(Value::as_text).filter_map(link);
                let all: Vec<Shown> = all.collect();
                if all.is_empty() { Shown::none() } else { Shown::from(all) }
            }
            value => value.as_text().and_then(link).unwrap_or_else(Shown::none),
        }
    }

    /// The records that refer to one.
    pub(in crate::artifact) fn referrers(
        &self,
        here: &Place,
        declared: &Collection,
        record: &Record,
    ) -> Referrers {
        let words = declared.key_words(record).filter(|_| self.view.is_referred(&declared.name));
        let Some(words) = words else { return Referrers::default() };
        let found = self.view.referrers(here, &declared.name, &words);
        let language = self.view.language();
        let title = |it: &Collection| it.title.get(language).to_owned();
        let referrer = |it: &RecordLink<'_>| Referrer {
            title: self.link_title(it),
            collection: title(it.collection),
            date: self.link_date(it),
            place: if it.place.id == here.id { String::new() } else { it.place.name.clone() },
            url: self.view.url(&it.path),
        };
        let more = |(of, path): &(&Collection, String)| Link {
            title: title(of),
            url: self.view.url(path),
        };
        Referrers {
            records: found.shown.iter().map(referrer).collect(),
            count: found.count,
            more: found.more.iter().map(more).collect(),
        }
    }

    fn link_title(&self, link: &RecordLink<'_>) -> String {
        self.view.title_of(link.collection, link.title)
    }

    /// When a record happens, as far as its collection says: `2026-03-05`, `2026-03`, or nothing.
    fn link_date(&self, link: &RecordLink<'_>) -> String {
        let field = link.collection.dating.map(|it| &link.collection.fields[it.date]);
        field.map_or_else(String::new, |it| display::plain(link.when, it, self.view.language()))
    }
}
