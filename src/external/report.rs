//! What a check of links to other sites leaves for the next one.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// The version of the form. A report of another version is as none.
const VERSION: u32 = 1;

/// The titles of the pages of other sites, by their addresses.
#[derive(Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LinkReport {
    version: u32,
    /// By address, as it stands in the site.
    pub(super) titles: BTreeMap<String, String>,
}

impl LinkReport {
    /// A report from its form; an empty one of what is none. It tells nothing but what pages were
    /// called, so that what was lost is known again after the next check.
    pub fn parse(bytes: &[u8]) -> Self {
        let read: Option<Self> = serde_json::from_slice(bytes).ok();
        read.filter(|it| it.version == VERSION).unwrap_or_default()
    }

    /// The form of the report: JSON with its version, and addresses in their order.
    pub fn form(&self) -> serde_json::Result<Vec<u8>> {
        let titles = &self.titles;
        serde_json::to_vec_pretty(&serde_json::json!({ "version": VERSION, "titles": titles }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reports_are_read_again() {
        let mut report = LinkReport::default();
        report.titles.insert("https://a.cn/".to_owned(), "甲".to_owned());
        let form = report.form().unwrap();
        assert_eq!(LinkReport::parse(&form).titles, report.titles);
        let other = String::from_utf8(form).unwrap().replace("\"version\": 1", "\"version\": 2");
        assert_eq!(LinkReport::parse(other.as_bytes()), LinkReport::default());
        assert_eq!(LinkReport::parse(b"{"), LinkReport::default());
    }
}
