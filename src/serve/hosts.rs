//! Who may ask, and under which name.
//!
//! A page anywhere on the web can let its own name lead to this machine (DNS rebinding) and would
//! then read the preview as its own. So a request has to call the server by a name it knows. An
//! address needs no such trick and proves nothing else, so that of the server is fine.
//!
//! | `Host` | bound to 127.0.0.1 | bound to 192.168.1.5 | bound to 0.0.0.0 |
//! | --- | --- | --- | --- |
//! | `localhost:4000`, `127.0.0.1`, `[::1]` | yes | yes | yes |
//! | `192.168.1.5` | 421 | yes | yes |
//! | a name given by `--host` | yes | yes | yes |
//! | `evil.example`, `localhost.evil.example` | 421 | 421 | 421 |
//! | none, or two | 400 | 400 | 400 |
//!
//! Ports are not compared. The answer 421 has a sentence for the user, since it is also what
//! somebody sees who reaches the preview through a tunnel and forgot `--host`.

use std::{net::IpAddr, sync::Arc};

use axum::{
    extract::{Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header, uri::Authority},
    middleware::Next,
    response::{IntoResponse as _, Response},
};

use crate::{
    config::policy::REFERRER,
    serve::{policy, words::PreviewWords},
};

/// The names of this server.
#[derive(Debug)]
pub(super) struct Hosts {
    bound: IpAddr,
    names: Vec<String>,
}

impl Hosts {
    /// The names of a server that is bound to an address and was given `names`.
    pub(super) fn new(bound: IpAddr, names: Vec<String>) -> Self {
        Self { bound: bound.to_canonical(), names }
    }

    /// Whether this is one of them, at any port: the port may be that of a tunnel. An IPv6 address
    /// may stand in brackets; IPv4 written as IPv6 (`::ffff:127.0.0.1`) is the same address.
    fn has(&self, authority: &str) -> bool {
        let Some(host) = host(authority) else { return false };
        match host.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>() {
            Ok(address) => {
                let address = address.to_canonical();
                address.is_loopback() || self.bound.is_unspecified() || address == self.bound
            }
            Err(_) => host == "localhost" || self.is_given(authority),
        }
    }

    /// Whether the user named it.
    fn is_given(&self, authority: &str) -> bool {
        host(authority)
            .is_some_and(|it| self.names.iter().any(|name| host(name) == Some(it.clone())))
    }

    /// What is wrong with the name that a request calls the server by. None if nothing is. Both the
    /// header and an absolute address in the request line must be ours.
    fn refuse(&self, request: &Request) -> Option<StatusCode> {
        let mut named = request.headers().get_all(header::HOST).iter();
        let (Some(name), None) = (named.next(), named.next()) else {
            return Some(StatusCode::BAD_REQUEST);
        };
        let is_ours = |value: &HeaderValue| value.to_str().is_ok_and(|it| self.has(it));
        let full = request.uri().authority().is_none_or(|it| self.has(it.as_str()));
        (!is_ours(name) || !full).then_some(StatusCode::MISDIRECTED_REQUEST)
    }

    /// Whether a request comes from a page of this server, or from no page at all. Where a proxy
    /// changed the name in between, the page's name has to be one that the user gave. Asked for
    /// events alone. Browsers send `Origin` or `Sec-Fetch-Site`, which a page cannot forge; other
    /// programs send neither and may listen.
    pub(super) fn is_own(&self, headers: &HeaderMap) -> bool {
        let text = |name: HeaderName| headers.get(name).map(|it| it.to_str().unwrap_or_default());
        let origin = text(header::ORIGIN).is_none_or(|origin| {
            let authority = origin.split_once("://").map_or("", |(_, authority)| authority);
            text(header::HOST) == Some(authority) || self.is_given(authority)
        });
        let site = text(HeaderName::from_static("sec-fetch-site"));
        origin && site.is_none_or(|it| it == "same-origin" || it == "none")
    }
}

/// The host of `host:port` in lower case, without the dot that may end it. None for what is no
/// authority, and for one with a user: `localhost@evil.example`.
fn host(authority: &str) -> Option<String> {
    let parsed: Authority = authority.parse().ok()?;
    let is_plain = !authority.contains('@') && !parsed.host().is_empty();
    is_plain.then(|| parsed.host().trim_end_matches('.').to_ascii_lowercase())
}

/// Lets a request pass that calls the server by one of its names, and marks the answer as one for
/// this server's pages alone, which no browser keeps: the next may be another.
pub(super) async fn guard(
    State((hosts, words)): State<(Arc<Hosts>, &'static PreviewWords)>,
    request: Request,
    next: Next,
) -> Response {
    let mut response = match hosts.refuse(&request) {
        Some(StatusCode::BAD_REQUEST) => StatusCode::BAD_REQUEST.into_response(),
        Some(status) => (status, format!("{}\n", words.misdirected)).into_response(),
        None => next.run(request).await,
    };
    let always = [
        (header::CACHE_CONTROL, "no-store"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, REFERRER),
        (header::X_FRAME_OPTIONS, "SAMEORIGIN"),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    ];
    for (name, value) in always {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    // Pages have one of their own.
    let policy = response.headers_mut().entry(header::CONTENT_SECURITY_POLICY);
    policy.or_insert(HeaderValue::from_static(policy::OF_FILES));
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    fn has(bound: &str, authority: &str) -> bool {
        Hosts::new(bound.parse().unwrap(), vec!["Portal.test".to_owned()]).has(authority)
    }

    #[test]
    fn known_names_pass() {
        for name in [
            "localhost",
            "localhost:8080",
            "LOCALHOST:1",
            "localhost.",
            "127.0.0.1:8080",
            "[::1]:8080",
            "[::ffff:127.0.0.1]",
            "portal.test:80",
        ] {
            assert!(has("127.0.0.1", name), "{name}");
        }
        assert!(has("192.168.1.5", "192.168.1.5:80"));
        assert!(has("0.0.0.0", "192.168.1.5"));
        assert!(has("::", "192.168.1.5"));
    }

    #[test]
    fn other_names_do_not() {
        for name in [
            "",
            ":80",
            "evil.example",
            "localhost.evil.example",
            "127.0.0.1.evil.example",
            "evil.example@localhost",
            "localhost@evil.example",
            "localhost:80:80",
            "localhost/",
            "localhost evil",
            "[::1",
            "192.168.1.5",
            "0.0.0.0",
            "2130706433",
            "x.portal.test",
        ] {
            assert!(!has("127.0.0.1", name), "{name}");
        }
        assert!(!has("0.0.0.0", "evil.example"));
    }

    #[test]
    fn only_own_pages_listen() {
        let hosts = Hosts::new("127.0.0.1".parse().unwrap(), vec!["portal.test".to_owned()]);
        let is_own = |headers: &[(&'static str, &'static str)]| {
            let pair = |header: &(&'static str, &'static str)| {
                (HeaderName::from_static(header.0), HeaderValue::from_static(header.1))
            };
            hosts.is_own(&headers.iter().map(pair).collect())
        };
        let host = ("host", "localhost:80");
        assert!(is_own(&[host]));
        assert!(is_own(&[host, ("origin", "http://localhost:80")]));
        assert!(is_own(&[host, ("sec-fetch-site", "same-origin")]));
        assert!(is_own(&[host, ("origin", "https://portal.test")]));
        assert!(!is_own(&[host, ("origin", "http://localhost:3000")]));
        assert!(!is_own(&[host, ("origin", "null")]));
        assert!(!is_own(&[host, ("origin", "http://evil.example")]));
        assert!(!is_own(&[host, ("sec-fetch-site", "cross-site")]));
        assert!(!is_own(&[host, ("sec-fetch-site", "same-site")]));
    }
}
