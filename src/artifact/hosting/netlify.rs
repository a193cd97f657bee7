//! `_headers` and `_redirects`, as Netlify and Cloudflare Pages read them.
//!
//! A file gets the headers of all rules that it fits, and a header that two rules have is put
//! together of both. So no rule says again what another one says: pages have no rule for how long
//! they are kept, as both hosts let browsers ask each time.

use std::fmt::Write as _;

use super::rules::{ASSETS, FRESH, OPEN, Rules, SHARDS, TYPES};
use crate::config::{Config, Host};

/// `_headers`.
pub(super) fn headers(rules: &Rules, _: &Config) -> String {
    let mut text = String::new();
    let mut rule = |path: &str, headers: &[(&str, &str)]| {
        let lines = headers.iter().map(|(name, value)| format!("  {name}: {value}\n"));
        write!(text, "{}\n{}", rules.at(path), lines.collect::<String>())
            .expect("a string takes all");
    };
    let every: Vec<(&str, &str)> =
        rules.headers.iter().map(|(name, value)| (*name, value.as_str())).collect();
    rule("*", &every);
    rule("assets/*", &[("Cache-Control", ASSETS)]);
    for sign in SHARDS {
        rule(&format!("search/{sign}*.bin"), &[("Cache-Control", ASSETS)]);
    }
    rule("search/manifest.json", &[("Cache-Control", FRESH)]);
    for (kind, name) in TYPES {
        let open = OPEN.contains(&kind).then_some(("Access-Control-Allow-Origin", "*"));
        let headers: Vec<_> = [("Content-Type", name)].into_iter().chain(open).collect();
        rule(&format!("*.{kind}"), &headers);
    }
    text
}

/// `_redirects`. The first rule that fits counts. Netlify follows it where there is no file.
/// Cloudflare follows it always, also where pictures lie, and knows no rule for what is gone.
pub(super) fn redirects(rules: &Rules, config: &Config) -> String {
    let mut text = String::new();
    let mut rule = |from: &str, to: &str, status: u16| {
        writeln!(text, "{from} {to} {status}").expect("a string takes all");
    };
    rules.redirects.iter().for_each(|it| rule(&it.from, &it.to, 301));
    if config.hosts.contains(&Host::Cloudflare) {
        return text;
    }
    for it in rules.redirects.iter().filter(|it| it.below) {
        rule(&format!("{}*", it.from), &format!("{}:splat", it.to), 301);
    }
    if rules.has_not_found {
        for above in &rules.notices {
            let places: Vec<String> = (1..=*above).map(|it| format!(":place{it}/")).collect();
            rule(&rules.at(&format!("{}notices/*", places.concat())), &rules.at("404.html"), 410);
        }
    }
    text
}
