//! How the pages are made.

use std::borrow::Cow;

use tera::Context;

use crate::{
    artifact::{
        Artifact, ArtifactKind, NotMade, Read, Sources, Subject, View,
        page::{self, Page, PageBuilder},
        statement::Statement,
    },
    config::{self, Names},
    diagnostic::Location,
    render::context::{Link, MappedPlace, PersonalField, PersonalList, PrivacyPage, SiteMapPage},
    schema::{Collection, CollectionId, Field, FieldType, PlaceId, posting::Privacy},
    source::SitePath,
};

/// A site map lists the places of two levels if these are not more, else of one.
const PLACES: usize = 400;

/// The page of a statement.
pub(in crate::artifact) struct StatementKind(pub Statement);

impl ArtifactKind for StatementKind {
    fn name(&self) -> &'static str {
        self.0.name()
    }

    fn plan(&self, place: Option<PlaceId>, sources: &Sources<'_>) -> Vec<Artifact> {
        if place.is_some() || !self.0.is_there(sources.theme, sources.routes()) {
            return Vec::new();
        }
        let root = PlaceId::ROOT;
        let path = format!("{}/", self.0.name());
        let source = Location::file(SitePath::new(config::FILE));
        let mut page = sources.page(root, &path, Subject::Portal, source);
        if self.0 != Statement::Accessibility {
            page.reads.push(Read::Lists(root));
            page.reads.extend(sources.figures.collections(root).map(Read::Collection));
        }
        if self.0 == Statement::SiteMap {
            page.reads.extend(mapped(sources).into_iter().map(Read::Place));
        }
        vec![page]
    }

    fn make<'v>(&self, _: &Artifact, view: &View<'v>) -> Result<Cow<'v, [u8]>, NotMade> {
        page::make(view, |builder| {
            Ok(match self.0 {
                Statement::Privacy => builder.privacy_page(),
                Statement::Accessibility => builder.statement(self.0, Context::new()),
                Statement::SiteMap => builder.site_map_page(),
            })
        })
    }

    fn is_optional(&self) -> bool {
        true
    }
}

/// The places of a site map.
fn mapped(sources: &Sources<'_>) -> Vec<PlaceId> {
    let children = |id: PlaceId| sources.portal.place(id).children.iter().copied();
    let first: Vec<PlaceId> = children(PlaceId::ROOT).collect();
    let second: Vec<PlaceId> = first.iter().flat_map(|id| children(*id)).collect();
    if first.len() + second.len() > PLACES {
        first
    } else {
        first.into_iter().chain(second).collect()
    }
}

impl PageBuilder<'_, '_> {
    fn statement(&self, statement: Statement, page: impl Into<Context>) -> Page {
        let name = statement.name();
        let title = self.say(&format!("{name}-title"), &[]);
        let head = self.head(name, title, String::new(), "", self.crumbs(PlaceId::ROOT, true));
        page::filled(vec![format!("{name}.html")], head, page)
    }

    /// The context of the page about personal data: the lists that have any.
    fn privacy_page(&self) -> Page {
        let lists = self.view.collections().filter_map(|id| self.personal_list(id)).collect();
        self.statement(Statement::Privacy, PrivacyPage { lists })
    }

    /// What a list publishes of persons; nothing if it has no such field.
    fn personal_list(&self, id: CollectionId) -> Option<PersonalList> {
        let (declared, language) = (self.view.collection(id), self.view.language());
        let personal = |field: &&Field| {
            let is_secret = field.kind == FieldType::IdNumber || field.privacy == Privacy::Internal;
            field.is_personal() && !is_secret
        };
        let names = self.view.config().names;
        let field = |field: &Field| PersonalField {
            label: field.label.get(language).to_owned(),
            rule: rule(declared, field, names),
        };
        let fields: Vec<_> = declared.fields.iter().filter(personal).map(field).collect();
        let basis = declared.publication.basis.as_ref();
        (!fields.is_empty()).then(|| PersonalList {
            title: declared.title.get(language).to_owned(),
            url: self.whole_list_url(id),
            fields,
            basis: basis.map_or("", |it| it.kind.name()),
            reference: basis.map(|it| it.reference.to_string()).unwrap_or_default(),
            ends: declared.publication.until.is_some(),
        })
    }

    /// The address of the list over all places; empty if there is none.
    fn whole_list_url(&self, id: CollectionId) -> String {
        let root = self.view.place(PlaceId::ROOT);
        let url = || self.place_url(root, &format!("{}/all/", self.view.collection(id).name));
        self.view.has_subtree(PlaceId::ROOT, id).then(url).unwrap_or_default()
    }

    /// The context of the site map. Places are those that the artifact declared to read.
    fn site_map_page(&self) -> Page {
        let language = self.view.language();
        let reads = &self.view.artifact().reads;
        let is_read = |id: &PlaceId| reads.contains(&Read::Place(*id));
        let link = |id: PlaceId| {
            let place = self.view.place(id);
            Link { title: place.name.clone(), url: self.place_url(place, "") }
        };
        let mapped = |id: &PlaceId| {
            let children = self.view.place(*id).children.iter();
            let places = children.filter(|it| is_read(it)).map(|it| link(*it)).collect();
            let Link { title, url } = link(*id);
            MappedPlace { title, url, places }
        };
        let places = self.view.place(PlaceId::ROOT).children.iter().map(mapped).collect();
        let list = |id: CollectionId| Link {
            title: self.view.collection(id).title.get(language).to_owned(),
            url: self.whole_list_url(id),
        };
        let lists = self.view.collections().map(list).filter(|it| !it.url.is_empty()).collect();
        self.statement(Statement::SiteMap, SiteMapPage { places, lists })
    }
}

/// How far a field about persons is shown: `work` for contacts of an office; of others `full`,
/// `masked` or `surname`. `each` is shown in full where the record gives a basis, else masked.
fn rule(collection: &Collection, field: &Field, names: Names) -> &'static str {
    match collection.names_of(field, names) {
        Names::Surname => "surname",
        Names::Masked => "masked",
        Names::Full if field.work && field.kind != FieldType::Person => "work",
        Names::Full if collection.publication.basis.is_some() => "full",
        Names::Full => "each",
    }
}
