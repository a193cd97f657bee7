//! Sample data that is published as if it were true.
//!
//! Somebody takes the sample portal, or that of `linli new`, makes its settings their own, and
//! publishes with the names and telephone numbers of people who do not exist. So what says that it is
//! sample data is told of once, unless the banner on every page says the same.

use crate::{
    config::{self, Config},
    diagnostic::{Code, Diagnostic, Severity},
};

/// What a banner says that makes all of a site a sample.
const WORDS: [&str; 6] = ["示例", "样例", "演示", "虚构", "sample", "demo"];

/// Leaves one warning of sample data, the first, with how many files have any; none if the site says
/// itself that it is a sample.
pub(super) fn settle(diagnostics: &mut Vec<Diagnostic>, config: &Config) {
    let is_sample = |it: &Diagnostic| it.code == Code::SampleData;
    let files = diagnostics.iter().filter(|it| is_sample(it)).count();
    if files == 0 {
        return;
    }
    // Of settings that cannot be read nobody knows whether they say so.
    let is_unread = |it: &Diagnostic| {
        it.severity == Severity::Error && it.location.file.as_str() == config::FILE
    };
    let is_unread = diagnostics.iter().any(is_unread);
    let banner = config.banner.as_deref().unwrap_or_default().to_lowercase();
    let mut is_told = is_unread || WORDS.iter().any(|it| banner.contains(it));
    diagnostics.retain(|it| !is_sample(it) || !std::mem::replace(&mut is_told, true));
    if let Some(told) = diagnostics.iter_mut().find(|it| is_sample(it)) {
        *told = told.clone().arg("files", files.to_string());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{diagnostic::Location, source::SitePath};

    #[test]
    fn it_is_told_once_and_not_where_the_banner_says_so() {
        let told = |banner: Option<&str>| {
            let at =
                |file: &str, code| Diagnostic::warning(code, Location::file(SitePath::new(file)));
            let mut told = vec![
                at("a", Code::SampleData),
                at("b", Code::EmptyFile),
                at("c", Code::SampleData),
            ];
            let banner = banner.map(str::to_owned);
            settle(&mut told, &Config { banner, ..Config::default() });
            told.iter().map(|it| it.location.file.to_string()).collect::<Vec<_>>().concat()
        };
        assert_eq!(told(None), "ab");
        assert_eq!(told(Some("宽城区政府主办")), "ab");
        assert_eq!(told(Some("示例网站：均为虚构。")), "b");
        assert_eq!(told(Some("A Sample")), "b");
    }

    #[test]
    fn settings_that_cannot_be_read_may_say_so() {
        let at = |file: &str| Location::file(SitePath::new(file));
        let mut told = vec![
            Diagnostic::error(Code::TomlSyntax, at("site.toml")),
            Diagnostic::warning(Code::SampleData, at("a")),
        ];
        settle(&mut told, &Config::default());
        assert_eq!(told.len(), 1);
    }
}
