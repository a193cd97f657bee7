//! A file to be included in the configuration of nginx, in the block `server`.
//!
//! A block with a header of its own has none of those around it, so each block says them all.

use std::fmt::Write as _;

use super::rules::{ASSETS, FRESH, OPEN, PAGES, Redirect, Rules, SHARDS, TYPES};
use crate::config::Config;

/// The file.
pub(super) fn write(rules: &Rules, _: &Config) -> String {
    let mut text = "# server { root /srv/www; include /srv/www/_hosting/nginx.conf; }\n".to_owned();
    // Behind another server, the scheme and host that nginx knows are not those of readers.
    text.push_str("absolute_redirect off;\n");
    if rules.has_not_found {
        writeln!(text, "error_page 404 410 {};", rules.at("404.html")).expect("a string takes all");
    }
    let own = format!("^{}/(\\.linli|_hosting/)", literal(&rules.base));
    block(&mut text, &format!("~ {}", quoted(&own)), "return 404;");
    for it in &rules.redirects {
        let from = quoted(&decoded(&it.from));
        block(&mut text, &format!("= {from}"), &format!("return 301 {};", quoted(&it.to)));
    }
    for (number, it) in rules.redirects.iter().filter(|it| it.below).enumerate() {
        below(&mut text, rules, it, number);
    }
    let fresh = headers(rules, FRESH, None);
    block(&mut text, &format!("= {}", rules.at("search/manifest.json")), &fresh);
    block(&mut text, &format!("^~ {}", rules.at("assets/")), &headers(rules, ASSETS, None));
    let shards = format!("^{}/search/[{}][0-9].*\\.bin$", literal(&rules.base), SHARDS.concat());
    let kept = headers(rules, ASSETS, None);
    block(&mut text, &format!("~ {}", quoted(&shards)), &kept);
    for (kind, name) in TYPES {
        let place = format!("~ {}", quoted(&format!("^{}/.*\\.{kind}$", literal(&rules.base))));
        let types = format!("types {{ }}\n    default_type \"{name}\";\n    ");
        let headers = headers(rules, PAGES, OPEN.contains(&kind).then_some("*"));
        block(&mut text, &place, &format!("{types}{headers}"));
    }
    let gone = format!("^{}/(.*/)?notices/", literal(&rules.base));
    let try_files = "try_files $uri $uri/ =410;\n    charset utf-8;\n    ";
    let kept = headers(rules, PAGES, None);
    block(&mut text, &format!("~ {}", quoted(&gone)), &format!("{try_files}{kept}"));
    block(&mut text, &rules.at(""), &format!("charset utf-8;\n    {kept}"));
    text
}

/// The blocks for what was below an old address. Files that are there now are sent: pictures lie
/// where their folder is.
fn below(text: &mut String, rules: &Rules, redirect: &Redirect, number: usize) {
    let from = decoded(&redirect.from);
    let try_files = format!("try_files $uri $uri/ @moved{number};\n    ");
    let kept = headers(rules, PAGES, None);
    block(text, &format!("^~ {}", quoted(&from)), &format!("{try_files}{kept}"));
    let old = quoted(&format!("^{}(.*)$", literal(&from)));
    let new = quoted(&format!("{}$1", redirect.to));
    block(text, &format!("@moved{number}"), &format!("rewrite {old} {new} permanent;"));
}

/// A block for some addresses.
fn block(text: &mut String, place: &str, content: &str) {
    writeln!(text, "location {place} {{\n    {content}\n}}").expect("a string takes all");
}

/// The lines with all headers of a file.
fn headers(rules: &Rules, kept: &str, open: Option<&str>) -> String {
    let every = rules.headers.iter().map(|(name, value)| (*name, value.as_str()));
    let more = open.map(|it| ("Access-Control-Allow-Origin", it));
    let all = every.chain([("Cache-Control", kept)]).chain(more);
    let line = |(name, value)| format!("add_header {name} {} always;", quoted(value));
    all.map(line).collect::<Vec<_>>().join("\n    ")
}

/// A text in quotation marks.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

/// A path as it is compared: nginx decodes addresses first.
fn decoded(address: &str) -> String {
    percent_encoding::percent_decode_str(address).decode_utf8_lossy().into_owned()
}

/// A regular expression for a text.
fn literal(text: &str) -> String {
    let escaped = |ch: char| {
        let is_sign = ch.is_ascii_punctuation() && !"/-_".contains(ch);
        is_sign.then_some('\\').into_iter().chain([ch])
    };
    text.chars().flat_map(escaped).collect()
}
