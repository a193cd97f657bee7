//! What every page leads to: whom to call, when somebody is there, and the data.
//!
//! The root's list over all places stands for a collection, or its own list where no other place has
//! records of it. These links are the same on every page, so they are a part of what a theme is given
//! once (`page/mod.rs`), and of its fingerprint (`reads.rs`): when another list becomes the first one,
//! all pages are made again. Any other list comes and goes without that.

use crate::{
    artifact::{
        Routes,
        address::inside,
        data::part::{FOLDER, NAME, TEMPLATE, is_offered},
    },
    render::{context::ListLink, theme::Theme},
    schema::{Collection, PlaceId, collection::RecordView, role::Role},
};

/// The first list that says whom to call, and the first that says when somebody is there.
#[derive(Debug, Hash)]
pub(super) struct Menu {
    pub phonebook: Option<ListLink>,
    pub schedule: Option<ListLink>,
}

/// What the portal has for the menu.
pub(super) fn menu(routes: Routes<'_>) -> Menu {
    let lists = lists(routes);
    let (directory, schedule) = (RecordView::Directory.name(), RecordView::Schedule.name());
    Menu {
        phonebook: lists.iter().find(|it| it.view == directory && it.has_phone).cloned(),
        schedule: lists.into_iter().find(|it| it.view == schedule),
    }
}

/// The lists of the portal, in the order of the sections and within one in that of collections, as on
/// the front page. There are none without places.
fn lists(routes: Routes<'_>) -> Vec<ListLink> {
    let Some(root) = routes.portal.places().first() else { return Vec::new() };
    let language = &routes.config.language;
    let link = |declared: &Collection, rest: &str| ListLink {
        title: declared.title.get(language).to_owned(),
        section: declared.section.clone().unwrap_or_default(),
        view: declared.view.name(),
        has_phone: declared.roles.get(Role::Phone).is_some(),
        url: routes.url(&inside(&root.path, &format!("{}/{rest}", declared.name))),
    };
    let of_collection = |id| {
        let declared = routes.portal.collections().get(id);
        if routes.has_subtree(root.id, id) {
            Some(link(declared, "all/"))
        } else {
            routes.figures.contents(root.id, id).map(|_| link(declared, ""))
        }
    };
    let mut lists: Vec<ListLink> =
        routes.figures.collections(root.id).filter_map(of_collection).collect();
    let sections = routes.config.section_ids();
    let rank = |it: &ListLink| sections.iter().position(|id| *id == it.section);
    lists.sort_by_key(|it| rank(it).unwrap_or(sections.len()));
    lists
}

/// The address of the page about the portal's data; empty if there is none.
pub(super) fn data_url(theme: &Theme, routes: Routes<'_>) -> String {
    let is_there = routes.config.has_output(NAME) && theme.has_template(TEMPLATE);
    let has_data = |routes: Routes<'_>| {
        let mut ids = routes.figures.collections(PlaceId::ROOT);
        ids.any(|id| is_offered(routes.portal.collections().get(id)))
    };
    let has_place = !routes.portal.places().is_empty();
    if is_there && has_place && has_data(routes) { routes.url(FOLDER) } else { String::new() }
}
