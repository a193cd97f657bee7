//! `.well-known/security.txt`: who is told of a weakness of the portal (RFC 9116).
//!
//! ```text
//! Contact: mailto:info@example.cn
//! Expires: 2027-07-01T00:00:00+08:00
//! Preferred-Languages: zh-CN
//! Canonical: https://example.cn/.well-known/security.txt
//! ```
//!
//! It is made if `[security] contact` in `site.toml` says who. One that has expired is not to be
//! believed, so that is an error; one that is to hold for more than a year is a warning.

use std::{borrow::Cow, fmt::Write as _};

use jiff::Span;

use crate::{
    artifact::{Artifact, ArtifactKind, NotMade, Read, Scan, Sources, View},
    config::{Config, SecurityContact},
    diagnostic::{Code, Diagnostic},
    schema::PlaceId,
};

/// Where it stands.
const FILE: &str = ".well-known/security.txt";

/// `security.txt`.
pub(super) struct SecurityKind;

impl ArtifactKind for SecurityKind {
    fn name(&self) -> &'static str {
        "security"
    }

    fn plan(&self, place: Option<PlaceId>, sources: &Sources<'_>) -> Vec<Artifact> {
        let contact = sources.config.security.as_ref().filter(|_| place.is_none());
        let file = |contact: &SecurityContact| Artifact {
            source: contact.location.clone(),
            ..sources.portal_file(FILE, vec![Read::Site, Read::Today])
        };
        contact.map(file).into_iter().collect()
    }

    fn make<'v>(&self, artifact: &Artifact, view: &View<'v>) -> Result<Cow<'v, [u8]>, NotMade> {
        let config = view.config();
        let contact = config.security.as_ref().ok_or_else(|| artifact.unexpected())?;
        if view.clock().is_past(contact.expires) {
            return Err(Diagnostic::error(Code::SecurityExpired, contact.location.clone())
                .arg("date", contact.expires.to_string())
                .arg("kind", "past")
                .help("renew")
                .into());
        }
        let first = contact.expires.saturating_sub(Span::new().years(1));
        if !view.clock().reached(first) {
            let far = Diagnostic::warning(Code::SecurityExpired, contact.location.clone());
            let far = far.arg("date", contact.expires.to_string()).arg("kind", "far");
            view.report(far.help("sooner"));
        }
        Ok(text(contact, config).into_bytes().into())
    }

    fn scan(&self, _: &Artifact) -> Scan {
        Scan::Text
    }

    fn is_optional(&self) -> bool {
        true
    }
}

/// The lines of the file. It expires with the end of its last day in the portal's time zone.
fn text(contact: &SecurityContact, config: &Config) -> String {
    let mut text = String::new();
    let mut line = |name: &str, value: &str| {
        writeln!(text, "{name}: {value}").expect("a string takes all");
    };
    contact.contacts.iter().for_each(|it| line("Contact", it));
    let next = contact.expires.tomorrow().unwrap_or(contact.expires).at(0, 0, 0, 0);
    if let Ok(end) = next.to_zoned_datetime(config.time_zone.clone()) {
        line("Expires", &end.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string());
    }
    line("Preferred-Languages", &config.language);
    if !config.base_url.is_empty() {
        line("Canonical", &format!("{}/{FILE}", config.base_url));
    }
    text
}
