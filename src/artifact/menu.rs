//! What every page leads to: the lists of the whole portal, and its data.
//!
//! The root's list over all places stands for a collection, or its own list where no other place has
//! records of it. They are few and the same on every page, so they are a part of what a theme is
//! given once (`page/mod.rs`), and of its fingerprint (`reads.rs`).

use crate::{
    artifact::{
        Routes,
        address::inside,
        data::part::{FOLDER, NAME, TEMPLATE, is_offered},
    },
    render::{context::ListLink, theme::Theme},
    schema::{Collection, PlaceId, role::Role},
};

/// The lists of the portal, in the order of the sections and within one in that of collections, as on
/// the front page. There are none without places.
pub(super) fn lists(routes: Routes<'_>) -> Vec<ListLink> {
    let Some(root) = routes.portal.places().first() else { return Vec::new() };
    let language = &routes.config.language;
    let link = |declared: &Collection, rest: &str| ListLink {
        name: declared.name.clone(),
        title: declared.title.get(language).to_owned(),
        icon: declared.icon.clone().unwrap_or_default(),
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
