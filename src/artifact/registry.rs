//! The kinds of artifacts that there are.

use crate::artifact::{
    ArtifactKind, asset, attachment, calendar, data, feed, image, lasting, list, not_found, notice,
    notice_list, place, record, root_file, search, section, sitemap, subscribe, subtree,
};

/// The kinds of artifacts, in the order in which they are planned.
pub static KINDS: &[&dyn ArtifactKind] = &[
    &place::PlaceKind,
    &list::ListKind,
    &record::RecordKind,
    &subtree::SubtreeKind,
    &notice::NoticeKind,
    &lasting::LastingPageKind,
    &notice_list::NoticeListKind,
    &calendar::CalendarKind,
    &feed::FeedKind(feed::Form::Atom),
    &feed::FeedKind(feed::Form::Json),
    &subscribe::SubscribeKind,
    &section::SectionKind,
    &data::DataKind,
    &not_found::NotFoundKind,
    &search::pages::SearchPageKind,
    &asset::AssetKind,
    &root_file::RootFileKind,
    &image::ImageKind,
    &attachment::AttachmentFileKind,
    &search::SearchKind,
    &sitemap::SitemapKind,
];
