//! The kinds of artifacts that there are.

use crate::artifact::{
    Kind, asset, image, list, not_found, notice, notice_list, place, record, section, sitemap,
    subtree,
};

/// The kinds of artifacts, in the order in which they are planned.
pub static KINDS: &[&dyn Kind] = &[
    &place::Places,
    &list::Lists,
    &record::Records,
    &subtree::Subtrees,
    &notice::Notices,
    &notice_list::NoticeLists,
    &section::Sections,
    &not_found::NotFound,
    &asset::Assets,
    &image::Images,
    &sitemap::Sitemap,
];
