//! What the host of the portal is told: headers, types, how long files may be kept, and where old
//! addresses lead.
//!
//! `[hosting] hosts` in `site.toml` names the hosts. There is one set of [`Rules`], and a file of
//! this folder for each way to write them:
//!
//! | host | files |
//! | --- | --- |
//! | `netlify`, `cloudflare` | `_headers`, `_redirects` (`netlify.rs`) |
//! | `nginx` | `_hosting/nginx.conf` |
//! | `caddy` | `_hosting/Caddyfile` |
//!
//! They are made from the table of what was published, so they name no page that is not there.

mod caddy;
mod netlify;
mod nginx;
mod rules;

use std::borrow::Cow;

use self::rules::Rules;
use crate::{
    artifact::{Artifact, ArtifactKind, NotMade, Read, Scan, Sources, Subject, View},
    config::{Config, Host},
    schema::PlaceId,
};

/// A file that hosts read.
struct HostFile {
    /// Its path.
    path: &'static str,
    /// Which hosts read it.
    hosts: &'static [Host],
    /// Writes the rules for them.
    write: fn(&Rules, &Config) -> String,
}

/// The files that there are.
const FILES: [HostFile; 4] = [
    HostFile {
        path: "_headers",
        hosts: &[Host::Netlify, Host::Cloudflare],
        write: netlify::headers,
    },
    HostFile {
        path: "_redirects",
        hosts: &[Host::Netlify, Host::Cloudflare],
        write: netlify::redirects,
    },
    HostFile { path: "_hosting/nginx.conf", hosts: &[Host::Nginx], write: nginx::write },
    HostFile { path: "_hosting/Caddyfile", hosts: &[Host::Caddy], write: caddy::write },
];

/// The files for hosts.
pub(super) struct HostingKind;

impl ArtifactKind for HostingKind {
    fn name(&self) -> &'static str {
        "hosting"
    }

    fn plan(&self, _: Option<PlaceId>, sources: &Sources<'_>) -> Vec<Artifact> {
        let artifact = |index: usize| Artifact {
            subject: Subject::Part(u32::try_from(index).unwrap_or(u32::MAX)),
            ..sources.portal_file(FILES[index].path, vec![Read::Site, Read::Pages])
        };
        files(sources.config).map(artifact).collect()
    }

    fn make<'v>(&self, artifact: &Artifact, view: &View<'v>) -> Result<Cow<'v, [u8]>, NotMade> {
        let Subject::Part(index) = artifact.subject else { return Err(artifact.unexpected()) };
        let file = FILES.get(index as usize).ok_or_else(|| artifact.unexpected())?;
        Ok((file.write)(&Rules::new(view), view.config()).into_bytes().into())
    }

    fn scan(&self, _: &Artifact) -> Scan {
        Scan::Text
    }

    fn is_derived(&self) -> bool {
        true
    }

    fn is_optional(&self) -> bool {
        true
    }

    fn reserved(&self, config: &Config) -> Vec<&'static str> {
        files(config).map(|index| FILES[index].path).collect()
    }
}

/// The indexes of the files that the portal's hosts read.
fn files(config: &Config) -> impl Iterator<Item = usize> {
    let is_read =
        |index: &usize| FILES[*index].hosts.iter().any(|host| config.hosts.contains(host));
    (0..FILES.len()).filter(is_read)
}
