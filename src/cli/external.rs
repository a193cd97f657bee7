//! `linli check --external`: asks whether links to other sites still work.
//!
//! The addresses are those of the pages as they would be published, so nothing is asked for that
//! stands in no page. What pages were called is kept in `.linli/links.json` for the next time.

use std::{
    collections::BTreeMap,
    fs,
    sync::{Mutex, PoisonError},
};

use crate::{
    build::Observer,
    cli::context::{Context, Failure, OpenedSite},
    config::links::host,
    diagnostic::Diagnostic,
    external::{self, LinkReport, Offline, Web},
    output::{OutPath, private},
    source::Tree,
};

/// The name of the report in `.linli`.
const FILE: &str = "links.json";

/// Notes the addresses of other sites in pages, and passes on how far the check is.
pub(super) struct Links<'o> {
    observer: &'o dyn Observer,
    /// Of each address the first page that links there.
    found: Mutex<BTreeMap<String, String>>,
}

impl<'o> Links<'o> {
    /// Nothing was noted yet.
    pub(super) fn new(observer: &'o dyn Observer) -> Self {
        Self { observer, found: Mutex::default() }
    }
}

impl Observer for Links<'_> {
    fn planned(&self, count: usize) {
        self.observer.planned(count);
    }

    fn written(&self) {
        self.observer.written();
    }

    fn rendered(&self, path: &OutPath, bytes: &[u8]) {
        if !path.as_str().ends_with(".html") {
            return;
        }
        let page = path.as_str();
        let mut found = self.found.lock().unwrap_or_else(PoisonError::into_inner);
        for url in external::addresses(bytes) {
            let first = found.entry(url).or_insert_with(|| page.to_owned());
            // Pages are made in any order, but what is told is always the same.
            if page < first.as_str() {
                page.clone_into(first);
            }
        }
    }
}

/// What answers; a failure if this program has no client.
#[cfg(feature = "external")]
#[expect(clippy::unnecessary_wraps, reason = "without the feature it fails")]
pub(super) fn web(_: &Context) -> Result<Box<dyn Web>, Failure> {
    Ok(Box::new(external::Client::new()))
}

/// What answers; a failure if this program has no client.
#[cfg(not(feature = "external"))]
pub(super) fn web(context: &Context) -> Result<Box<dyn Web>, Failure> {
    Err(Failure::Said(context.say("no-client", &[])))
}

/// Asks for all addresses that were noted, but for those of the portal itself. It fails if none is
/// reached, and if what pages are called cannot be kept.
pub(super) fn check(
    context: &Context,
    opened: &OpenedSite,
    links: Links<'_>,
    web: &dyn Web,
) -> Result<Vec<Diagnostic>, Failure> {
    let own = host(&opened.settings.config.base_url);
    let mut pages = links.found.into_inner().unwrap_or_else(PoisonError::into_inner);
    pages.retain(|url, _| host(url) != own);
    let addresses = external::places(&opened.world, &Tree::take(&opened.world), pages);
    let site = &context.global.site;
    let file = site.join(private::FOLDER).join(FILE);
    let mut report = LinkReport::parse(&fs::read(&file).unwrap_or_default());
    let told = external::check(&addresses, &mut report, web)
        .map_err(|Offline| Failure::Said(context.say("offline", &[])))?;
    private::make(site).map_err(Failure::at(site))?;
    private::replace(&file, [report.form()?.as_slice()]).map_err(Failure::at(&file))?;
    Ok(told)
}
