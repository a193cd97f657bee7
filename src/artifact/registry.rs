//! The kinds of artifacts that there are.

use crate::artifact::{
    ArtifactKind, asset, attachment, calendar, data, feed, hosting, icon, image, lasting, list,
    manifest, month, not_found, notice, notice_list, place, record, redirect, robots, root_file,
    search, section, security, sitemap, statement, style_guide, subscribe, subtree, urgent,
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
    &month::MonthKind,
    &section::SectionKind,
    &data::DataKind,
    &statement::page::StatementKind(statement::Statement::Privacy),
    &statement::page::StatementKind(statement::Statement::Accessibility),
    &statement::page::StatementKind(statement::Statement::SiteMap),
    &style_guide::StyleGuideKind,
    &redirect::RedirectKind,
    &not_found::NotFoundKind,
    &search::pages::SearchPageKind,
    &asset::AssetKind,
    &root_file::RootFileKind,
    &image::ImageKind,
    &attachment::AttachmentFileKind,
    &search::SearchKind,
    &robots::RobotsKind,
    &security::SecurityKind,
    &manifest::ManifestKind,
    &icon::IconKind,
    &urgent::UrgentKind,
    &sitemap::SitemapKind,
    &hosting::HostingKind,
];
