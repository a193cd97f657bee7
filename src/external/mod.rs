//! Whether links to other sites still lead where they led. The only part of the program that uses the
//! network, for `linli check --external`.
//!
//! [`check`] asks for each address once, a few at a time, and compares what comes with
//! the [`LinkReport`] of the check before: a domain that lapsed is often bought by somebody else, whose
//! page has another title. [`Web`] is what it asks: over HTTP, if the program was built with the
//! feature `external` (TLS takes long to compile, and few need it); `places` finds where in the content an address
//! stands.
//!
//! | found | is |
//! | --- | --- |
//! | 404, 410, no such host | an error |
//! | other answers that are no page, no answer in time, no trust in the certificate | a warning |
//! | a page of another domain | a warning |
//! | a page with another title than last time | a warning |
//! | nothing, of any address | [`Offline`] |

#[cfg(feature = "external")]
mod client;
#[cfg(feature = "external")]
mod page;
mod places;
mod report;

use std::{
    collections::BTreeMap,
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering::Relaxed},
    },
    thread,
};

#[cfg(feature = "external")]
pub use self::client::Client;
pub use self::{
    places::{addresses, places},
    report::LinkReport,
};
use crate::{
    config::links::host,
    diagnostic::{Code, Diagnostic, Location},
};

/// How many addresses are asked for at the same time.
const AT_ONCE: usize = 8;

/// After so many addresses of which none was reached, the rest is not asked for.
const ENOUGH: usize = 16;

/// What an address of the web gave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The status of HTTP.
    pub status: u16,
    /// The address to which redirections led.
    pub url: String,
    /// The title of the page; nothing of what is no page.
    pub title: Option<String>,
}

/// Why an address gave no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unanswered {
    /// There is no such host.
    Host,
    /// The host cannot be reached.
    Connection,
    /// It took too long.
    Time,
    /// The host was reached, but its certificate is none to trust.
    Certificate,
    /// It was reached, and gave something that is no answer.
    Other,
}

impl Unanswered {
    /// Its name in messages.
    fn name(self) -> &'static str {
        match self {
            Self::Host => "host",
            Self::Connection => "connection",
            Self::Time => "time",
            Self::Certificate => "certificate",
            Self::Other => "other",
        }
    }

    /// It may be that nothing can be reached.
    fn may_be_offline(self) -> bool {
        matches!(self, Self::Host | Self::Connection | Self::Time)
    }
}

/// What answers.
pub trait Web: Sync {
    /// Asks for an address.
    ///
    /// # Errors
    ///
    /// Returns why there is no answer.
    fn ask(&self, url: &str) -> Result<Answer, Unanswered>;

    /// Asks for the bytes of a file.
    ///
    /// # Errors
    ///
    /// Returns why there is no answer, or not all of it.
    fn get(&self, _url: &str) -> Result<Found, Unanswered> {
        Err(Unanswered::Other)
    }
}

/// What the address of a file gave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// The status of HTTP.
    pub status: u16,
    /// The bytes, as they were before they were compressed for their way.
    pub bytes: Vec<u8>,
    /// Browsers are told to save it, and not to show it.
    pub is_download: bool,
}

impl Found {
    /// There is such a file.
    pub fn is_there(&self) -> bool {
        (200..300).contains(&self.status)
    }
}

/// No address was reached at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Offline;

/// Asks for addresses, each of which stands at a place, and tells what is wrong. The report is that of
/// the last check; afterwards it is that of this one. Addresses that nothing links to any more are
/// forgotten.
///
/// # Errors
///
/// Returns an error if none of the addresses was reached.
pub fn check(
    addresses: &BTreeMap<String, Location>,
    report: &mut LinkReport,
    web: &dyn Web,
) -> Result<Vec<Diagnostic>, Offline> {
    let answers = ask_all(addresses, web);
    let is_lost =
        |answer: &Result<Answer, Unanswered>| answer.as_ref().is_err_and(|it| it.may_be_offline());
    if !answers.is_empty() && answers.values().all(is_lost) {
        return Err(Offline);
    }
    let mut titles = BTreeMap::new();
    let mut diagnostics = Vec::new();
    for (url, answer) in answers {
        let before = report.titles.remove(url);
        let place = addresses[url].clone();
        diagnostics.extend(told(url, &answer, before.as_deref(), place));
        let title = answer.ok().filter(|it| is_page(it.status)).and_then(|it| it.title);
        titles.extend(title.or(before).map(|it| (url.to_owned(), it)));
    }
    report.titles = titles;
    Ok(diagnostics)
}

/// The answers of all addresses; of the first few, if none of these is reached.
fn ask_all<'a>(
    addresses: &'a BTreeMap<String, Location>,
    web: &dyn Web,
) -> BTreeMap<&'a str, Result<Answer, Unanswered>> {
    let urls: Vec<&str> = addresses.keys().map(String::as_str).collect();
    let (next, lost, reached) = (AtomicUsize::new(0), AtomicUsize::new(0), AtomicUsize::new(0));
    let answers = Mutex::new(BTreeMap::new());
    let ask = || {
        while let Some(url) = urls.get(next.fetch_add(1, Relaxed)) {
            if reached.load(Relaxed) == 0 && lost.load(Relaxed) >= ENOUGH {
                break;
            }
            let answer = web.ask(url);
            let is_lost = answer.as_ref().is_err_and(|it| it.may_be_offline());
            if is_lost { &lost } else { &reached }.fetch_add(1, Relaxed);
            answers.lock().unwrap_or_else(PoisonError::into_inner).insert(*url, answer);
        }
    };
    thread::scope(|scope| {
        for _ in 0..AT_ONCE.min(urls.len()) {
            scope.spawn(ask);
        }
    });
    answers.into_inner().unwrap_or_else(PoisonError::into_inner)
}

fn is_page(status: u16) -> bool {
    (200..300).contains(&status)
}

/// What is wrong with an address. `before` is its title of last time.
fn told(
    url: &str,
    answer: &Result<Answer, Unanswered>,
    before: Option<&str>,
    place: Location,
) -> Option<Diagnostic> {
    let dead = |is_error: bool, reason: &str, status: u16| {
        let diagnostic = if is_error { Diagnostic::error } else { Diagnostic::warning };
        let diagnostic = diagnostic(Code::DeadLink, place.clone()).arg("target", url);
        let help = if is_error { "gone" } else { "look" };
        Some(diagnostic.arg("reason", reason).arg("status", status.to_string()).help(help))
    };
    let answer = match answer {
        Err(why) => return dead(*why == Unanswered::Host, why.name(), 0),
        Ok(it) if !is_page(it.status) => {
            return dead(matches!(it.status, 404 | 410), "status", it.status);
        }
        Ok(answer) => answer,
    };
    let moved = host(&answer.url).filter(|there| !is_same_domain(host(url), there));
    if let Some(there) = moved {
        let diagnostic = Diagnostic::warning(Code::MovedLink, place).arg("target", url);
        return Some(diagnostic.arg("host", there).help("look"));
    }
    let (before, now) = before.zip(answer.title.as_deref())?;
    (before != now).then(|| {
        let diagnostic = Diagnostic::warning(Code::ChangedTitle, place).arg("target", url);
        diagnostic.arg("before", before).arg("now", now).help("look")
    })
}

/// Whether one of two hosts is the other, or below it. `www.` makes no difference.
fn is_same_domain(host: Option<&str>, other: &str) -> bool {
    let bare = |host: &str| {
        let host = host.to_lowercase();
        host.strip_prefix("www.").map(str::to_owned).unwrap_or(host)
    };
    let (host, other) = (bare(host.unwrap_or_default()), bare(other));
    let below = |a: &str, b: &str| a.ends_with(b) && a[..a.len() - b.len()].ends_with('.');
    host == other || below(&host, &other) || below(&other, &host)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Severity, SitePath};

    /// A web of these answers; other hosts do not exist.
    struct Answers(Vec<(&'static str, Result<Answer, Unanswered>)>);

    impl Web for Answers {
        fn ask(&self, url: &str) -> Result<Answer, Unanswered> {
            let known = self.0.iter().find(|(known, _)| *known == url);
            known.map_or(Err(Unanswered::Host), |(_, answer)| answer.clone())
        }
    }

    fn page(url: &str, title: &str) -> Answer {
        Answer { status: 200, url: url.to_owned(), title: Some(title.to_owned()) }
    }

    fn status(status: u16) -> Answer {
        Answer { status, url: String::new(), title: None }
    }

    /// What is told of the addresses: severity, code, address.
    fn told_of(web: &Answers, urls: &[&str], report: &mut LinkReport) -> Vec<String> {
        let place = || Location::file(SitePath::new("content/a.md"));
        let addresses = urls.iter().map(|url| ((*url).to_owned(), place())).collect();
        let told = check(&addresses, report, web).unwrap();
        let shown = |it: &Diagnostic| {
            let sign = if it.severity == Severity::Error { "!" } else { "?" };
            format!("{sign}{} {}", it.code.name(), it.args[0].1)
        };
        told.iter().map(shown).collect()
    }

    #[test]
    fn what_is_gone_or_elsewhere_is_told() {
        let web = Answers(vec![
            ("https://a.cn/1", Ok(page("https://www.a.cn/1/", "甲"))),
            ("https://a.cn/2", Ok(page("https://b.cn/", "乙"))),
            ("https://a.cn/3", Ok(status(404))),
            ("https://a.cn/4", Ok(status(503))),
            ("https://a.cn/5", Err(Unanswered::Certificate)),
        ]);
        let urls = ["https://a.cn/1", "https://a.cn/2", "https://a.cn/3", "https://a.cn/4"];
        let urls = [&urls[..], &["https://a.cn/5", "https://no.cn/"]].concat();
        let told = told_of(&web, &urls, &mut LinkReport::default());
        let expected = [
            "?moved-link https://a.cn/2",
            "!dead-link https://a.cn/3",
            "?dead-link https://a.cn/4",
            "?dead-link https://a.cn/5",
            "!dead-link https://no.cn/",
        ];
        assert_eq!(told, expected);
    }

    #[test]
    fn another_title_is_told_once() {
        let url = "https://a.cn/";
        let (old, new) = (
            Answers(vec![(url, Ok(page(url, "社区")))]),
            Answers(vec![(url, Ok(page(url, "彩票")))]),
        );
        let down = Answers(vec![(url, Ok(status(500)))]);
        let mut report = LinkReport::default();
        assert!(told_of(&old, &[url], &mut report).is_empty());
        assert_eq!(told_of(&down, &[url], &mut report), ["?dead-link https://a.cn/"]);
        assert_eq!(told_of(&new, &[url], &mut report), ["?changed-title https://a.cn/"]);
        assert!(told_of(&new, &[url], &mut report).is_empty());
        assert!(told_of(&new, &[], &mut report).is_empty() && report.titles.is_empty());
    }

    #[test]
    fn nothing_reached_is_no_dead_link() {
        let place = Location::file(SitePath::new("content/a.md"));
        let many = (0..500).map(|it| (format!("https://{it}.cn/"), place.clone())).collect();
        let mut report = LinkReport::default();
        report.titles.insert("https://1.cn/".to_owned(), "甲".to_owned());
        assert_eq!(check(&many, &mut report, &Answers(Vec::new())), Err(Offline));
        assert_eq!(report.titles.len(), 1);
        assert!(ask_all(&many, &Answers(Vec::new())).len() < ENOUGH + AT_ONCE);
    }

    #[test]
    fn hosts_of_one_domain_are_the_same() {
        for (host, other) in [("a.cn", "www.a.cn"), ("www.a.cn", "m.a.cn"), ("x.a.cn", "A.cn")] {
            assert!(is_same_domain(Some(host), other), "{host} {other}");
        }
        for (host, other) in [("a.cn", "b.cn"), ("a.cn", "xa.cn"), ("x.a.cn", "y.a.cn")] {
            assert!(!is_same_domain(Some(host), other), "{host} {other}");
        }
    }
}
