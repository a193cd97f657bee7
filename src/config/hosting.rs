//! `[hosting]` of `site.toml`: by whom the portal is served.

use crate::{
    diagnostic::{Code, Diagnostic},
    source::{
        named::named,
        reader::{MapReader, unknown},
    },
};

named! {
    /// Who serves the portal, and so which files say how.
    Host {
        /// `_headers` and `_redirects`, as Netlify reads them.
        Netlify = "netlify",
        /// `_headers` and `_redirects`, as Cloudflare Pages reads them.
        Cloudflare = "cloudflare",
        /// A file to be included in the configuration of nginx.
        Nginx = "nginx",
        /// A file to be imported in that of Caddy.
        Caddy = "caddy",
    }
}

/// Reads `hosts`: the hosts in the order of their names, each once. One that there is not is
/// reported and left out.
pub(super) fn read(mut reader: MapReader<'_>, sink: &mut Vec<Diagnostic>) -> Vec<Host> {
    let mut hosts = Vec::new();
    if let Some(node) = reader.get("hosts") {
        for node in node.as_list().unwrap_or(std::slice::from_ref(node)) {
            let Some(word) = reader.scalar(node, sink) else { continue };
            let host = Host::parse(&word.trim().to_lowercase());
            if host.is_none() {
                let place = reader.text.locate(node.span);
                let diagnostic = unknown(Code::UnknownChoice, place, word, Host::NAMES);
                sink.push(diagnostic.arg("field", "hosts"));
            }
            hosts.extend(host);
        }
    }
    if let Some(node) = reader.get("hosts")
        && [Host::Netlify, Host::Cloudflare].iter().all(|it| hosts.contains(it))
    {
        let place = reader.text.locate(node.span);
        let shared = Diagnostic::warning(Code::BadSetting, place).arg("setting", "hosts");
        sink.push(shared.help("hosts"));
    }
    hosts.sort_unstable();
    hosts.dedup();
    reader.finish(sink);
    hosts
}
