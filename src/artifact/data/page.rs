//! The page that says which data a place has: how many records, of which days, in which files. That of
//! the root says so of all places, and explains each column and each figure.

use crate::{
    artifact::{
        NotMade,
        address::inside,
        data::{
            column::{Column, ColumnPart, columns},
            made::data_figure,
            part::{DataFormat, FOLDER, PACKAGE, TEMPLATE, formats},
            places,
        },
        page::{self, Page, PageBuilder},
    },
    render::context::{DataColumn, DataLicence, DataPage, DataTable, Link},
    schema::{Collection, CollectionId, Place, PlaceId, posting::Privacy},
};

impl PageBuilder<'_, '_> {
    /// The context of the page. Its collections are those that the artifact declared to read.
    #[expect(clippy::unnecessary_wraps, reason = "pages of other kinds may fail")]
    pub(super) fn data_page(&self, id: PlaceId) -> Result<Page, NotMade> {
        let (place, is_root) = (self.view.place(id), id == PlaceId::ROOT);
        let within = || self.view.collections().filter(|it| self.view.is_offered_within(id, *it));
        let has_within = within().next().is_some();
        let has_whole = within().any(|it| self.view.has_whole_table(id, it));
        let licence = self.view.config().licence.as_ref();
        let tables: Vec<DataTable> =
            self.view.collections().map(|collection| self.data_table(place, collection)).collect();
        let has_own = tables.iter().any(|it| !it.files.is_empty());
        let url = |exists: bool, name: &str| {
            let path = || self.view.whole_url(&inside(&place.path, &format!("{FOLDER}{name}")));
            if exists { path() } else { String::new() }
        };
        let places = || {
            let name = format!("all/{}", places::NAME);
            self.data_files(place, &name, [DataFormat::Csv, DataFormat::Json].into_iter())
        };
        let page = DataPage {
            place: self.place_link(place),
            whole: is_root,
            preview: has_within && !has_whole,
            address: self.view.whole_url(&self.view.artifact().path),
            licence: licence.map(|it| DataLicence {
                name: it.name,
                title: it.title.clone(),
                url: it.url.clone(),
            }),
            package_url: url(has_own, PACKAGE),
            whole_package_url: url(has_whole, &format!("all/{PACKAGE}")),
            places: if has_whole && is_root { places() } else { Vec::new() },
            explained_url: if is_root { String::new() } else { self.view.url(FOLDER) },
            tables,
        };
        let title = self.titled(&self.say("data", &[]), &place.name, "");
        let head = self.head("data", title, String::new(), "", self.crumbs(id, true));
        Ok(page::filled(vec![TEMPLATE.to_owned()], head, page))
    }

    /// What the page says of a collection.
    fn data_table(&self, place: &Place, id: CollectionId) -> DataTable {
        let (collection, language) = (self.view.collection(id), self.view.language());
        let is_root = place.id == PlaceId::ROOT;
        let own = self.view.contents(place.id, id);
        let day = |day: Option<jiff::civil::Date>| day.map(|it| it.to_string()).unwrap_or_default();
        let days = own.and_then(|it| it.days);
        let is_within = self.view.is_offered_within(place.id, id);
        let whole = if is_within { self.view.listing(place.id, id) } else { None };
        let has_whole = self.view.has_whole_table(place.id, id);
        let files = |exists: bool, folder: &str| {
            let name = format!("{folder}{}", collection.name);
            if exists { self.data_files(place, &name, formats(collection)) } else { Vec::new() }
        };
        DataTable {
            name: collection.name.clone(),
            title: collection.title.get(language).to_owned(),
            description: collection.description.get(language).to_owned(),
            count: own.map_or(0, |it| it.count),
            from: day(days.map(|(first, _)| first)),
            until: day(days.map(|(_, last)| last)),
            files: files(own.is_some(), ""),
            whole_count: whole.map_or(0, |it| it.count),
            whole_files: files(has_whole, "all/"),
            columns: if is_root { self.data_columns(collection) } else { Vec::new() },
            figures: collection
                .figures
                .iter()
                .filter(|_| is_root)
                .map(|figure| data_figure(figure, collection, language))
                .collect(),
            suppress_below: collection.publication.suppress.map_or(0, |it| it.below),
        }
    }

    /// Links to a table in these formats; `name` is that of its files below the place's folder of data.
    fn data_files(
        &self,
        place: &Place,
        name: &str,
        formats: impl Iterator<Item = DataFormat>,
    ) -> Vec<Link> {
        let file = |format: DataFormat| {
            let extension = format.extension();
            let path = inside(&place.path, &format!("{FOLDER}{name}.{extension}"));
            Link { title: extension.to_uppercase(), url: self.view.url(&path) }
        };
        formats.map(file).collect()
    }

    fn data_columns(&self, collection: &Collection) -> Vec<DataColumn> {
        let language = self.view.language();
        let column = |column: Column<'_>| {
            let field = match column.part {
                ColumnPart::Value(_, field) => Some(field),
                _ => None,
            };
            let choice = |choice: &crate::schema::collection::Choice| {
                let label = choice.label.get(language);
                if choice.value == label {
                    choice.value.clone()
                } else {
                    format!("{}: {label}", choice.value)
                }
            };
            DataColumn {
                name: column.name,
                label: column.label,
                kind: field.map_or("", |it| it.kind.name()),
                several: field.is_some_and(|it| it.several),
                masked: field.is_some_and(|it| it.privacy == Privacy::Masked),
                unit: field.map_or("", |it| it.unit.get(language)).to_owned(),
                choices: field.map_or(&[][..], |it| &it.choices).iter().map(choice).collect(),
            }
        };
        columns(collection, language).into_iter().map(column).collect()
    }
}
