//! What every host is told, before it is written for one.

use std::collections::BTreeSet;

pub(super) use crate::output::headers::{ASSETS, FRESH, PAGES, SHARDS, TYPES};
use crate::{
    artifact::{Lead, View, encode},
    config::policy::REFERRER,
};

/// The kinds of files that programs of other sites may read.
pub(super) const OPEN: [&str; 3] = ["ics", "csv", "json"];

/// What hosts are told.
#[derive(Debug)]
pub(super) struct Rules {
    /// The path under which the portal is published: empty, or `/portal`.
    pub(super) base: String,
    /// The headers of every file.
    pub(super) headers: Vec<(&'static str, String)>,
    /// Where old addresses lead, in order.
    pub(super) redirects: Vec<Redirect>,
    /// How many folders stand above folders of notices. What is not there any more is gone.
    pub(super) notices: BTreeSet<usize>,
    /// There is a page for addresses that do not exist.
    pub(super) has_not_found: bool,
}

/// An old address that leads on. Both begin with a slash, and are encoded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Redirect {
    /// The old address.
    pub(super) from: String,
    /// The new one.
    pub(super) to: String,
    /// So does all that is below it: a place was renamed or moved.
    pub(super) below: bool,
}

impl Rules {
    /// The rules of a portal that was made.
    pub(super) fn new(view: &View<'_>) -> Self {
        let config = view.config();
        let base = config.base_path().to_owned();
        let redirect = |(path, lead): (String, Lead)| Redirect {
            from: format!("{base}/{}", encode(&path)),
            // A dollar sign would be a variable.
            to: view.url(&lead.to).replace('$', "%24"),
            below: lead.below && path.ends_with('/'),
        };
        let redirects = view.leads().into_iter().map(redirect).collect();
        let pages = view.pages();
        let above = |path: &str| path.split('/').position(|name| name == "notices");
        Self {
            redirects,
            notices: pages.iter().filter_map(|(path, _)| above(path)).collect(),
            headers: headers(&view.policy()),
            has_not_found: config.pages.not_found,
            base,
        }
    }

    /// An address below that of the portal: `/portal/assets/`.
    pub(super) fn at(&self, path: &str) -> String {
        format!("{}/{path}", self.base)
    }
}

/// The headers of every file. In a header the policy can say who may frame a page, too.
fn headers(policy: &str) -> Vec<(&'static str, String)> {
    vec![
        ("Content-Security-Policy", format!("{policy}; frame-ancestors 'self'")),
        ("Referrer-Policy", REFERRER.to_owned()),
        ("X-Content-Type-Options", "nosniff".to_owned()),
    ]
}
