//! A file to be imported in the configuration of Caddy, in the block of the site.

use std::fmt::Write as _;

use super::rules::{ASSETS, FRESH, OPEN, PAGES, Rules, SHARDS, TYPES};
use crate::config::Config;

/// The file.
pub(super) fn write(rules: &Rules, _: &Config) -> String {
    let mut text = "# example.cn {\n#\troot * /srv/www\n#\timport /srv/www/_hosting/Caddyfile\n#\t\
                    file_server\n# }\n"
        .to_owned();
    let mut line = |words: &str| writeln!(text, "{words}").expect("a string takes all");
    for (name, value) in &rules.headers {
        line(&format!("header {}* {name} \"{value}\"", rules.at("")));
    }
    // Only where nothing else says it.
    line(&format!("header {}* ?Cache-Control \"{PAGES}\"", rules.at("")));
    line(&format!("header {}* Cache-Control \"{ASSETS}\"", rules.at("assets/")));
    for sign in SHARDS {
        let shards = rules.at(&format!("search/{sign}*.bin"));
        line(&format!("header {shards} Cache-Control \"{ASSETS}\""));
    }
    line(&format!("header {} Cache-Control \"{FRESH}\"", rules.at("search/manifest.json")));
    for (kind, name) in TYPES {
        line(&format!("header {}*.{kind} Content-Type \"{name}\"", rules.at("")));
        if OPEN.contains(&kind) {
            line(&format!("header {}*.{kind} Access-Control-Allow-Origin *", rules.at("")));
        }
    }
    for (number, it) in rules.redirects.iter().enumerate() {
        let path = decoded(&it.from);
        if path.contains(['{', '}', '%']) {
            // What would be replaced, or compared before it is decoded.
            line(&format!("@old{number} path_regexp \"^{}$\"", literal(&path)));
            line(&format!("redir @old{number} \"{}\" 301", it.to));
        } else {
            line(&format!("redir \"{path}\" \"{}\" 301", it.to));
        }
    }
    for (number, it) in rules.redirects.iter().filter(|it| it.below).enumerate() {
        let path = literal(&decoded(&it.from));
        // Files that are there now are sent: pictures lie where their folder is.
        line(&format!("@below{number} {{\n\tpath_regexp below{number} \"^{path}(.+)$\""));
        line("\tnot file {path} {path}/index.html\n}");
        line(&format!("redir @below{number} \"{}{{re.below{number}.1}}\" 301", it.to));
    }
    let [own, hosting] = [".linli*", "_hosting/*"].map(|it| rules.at(it));
    line(&format!("@own path {own} {hosting}\nerror @own 404"));
    line(&format!("@gone {{\n\tpath_regexp \"^{}/(.*/)?notices/\"", literal(&rules.base)));
    line("\tnot file {path} {path}/index.html\n}\nerror @gone 410");
    if rules.has_not_found {
        let page = rules.at("404.html");
        // Versions before 2.8 take no codes behind the word.
        line("handle_errors {\n\t@missing expression `{err.status_code} in [404, 410]`");
        line(&format!("\thandle @missing {{\n\t\trewrite * {page}\n\t\tfile_server\n\t}}\n}}"));
    }
    text
}

/// A path as it is compared: Caddy decodes addresses first.
fn decoded(address: &str) -> String {
    percent_encoding::percent_decode_str(address).decode_utf8_lossy().into_owned()
}

/// A regular expression for a text, within quotation marks.
fn literal(text: &str) -> String {
    let escaped = |ch: char| {
        let is_sign = ch.is_ascii_punctuation() && !"/-_".contains(ch);
        is_sign.then_some("\\").into_iter().flat_map(str::chars).chain([ch])
    };
    text.chars().flat_map(escaped).collect()
}
