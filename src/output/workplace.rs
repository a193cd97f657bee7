//! Where a build makes a site: in the site's `.linli`, or beside the output folder.
//!
//! A site that is being made, and whatever a killed build leaves of one, may hold what is not to be
//! seen yet or any more. It must not lie where a web server finds it. But a folder takes the place
//! of another in one step only within a file system. So:
//!
//! | the output folder | where it is made |
//! | --- | --- |
//! | in the file system of the site's `.linli` | `.linli/output/public/new` |
//! | in another one, or `.linli` cannot be written | `.public.linli-new`, beside it |
//!
//! The folder in `.linli/output` is called after the path of the output folder, from the site's
//! folder if it is in there: `public`, `%2Fsrv%2Fwww`. So what was left by builds into other
//! folders can be told from what is still of use, and goes too.

use std::{
    ffi::OsString,
    fs, io,
    path::{Path, PathBuf},
};

use percent_encoding::{AsciiSet, CONTROLS, percent_decode_str, percent_encode};

use crate::{fingerprint::Fingerprint, output::private};

/// The folder in `.linli` that has a workplace for each output folder.
const OUTPUTS: &str = "output";

/// What does not stand for itself in the name of a workplace: what separates names, and what
/// Windows forbids.
const ENCODED: &AsciiSet = &CONTROLS
    .add(b'/')
    .add(b'\\')
    .add(b'%')
    .add(b':')
    .add(b'*')
    .add(b'?')
    .add(b'"')
    .add(b'<')
    .add(b'>')
    .add(b'|');

/// The longest name; file systems hold 255 bytes.
const LONGEST: usize = 200;

/// Where what a build needs for an output folder lies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Workplace {
    folder: PathBuf,
    /// What comes before each name.
    prefix: OsString,
}

impl Workplace {
    /// The one beside an output folder, where folders can always change places with it.
    pub(super) fn beside(out: &Path) -> Self {
        let mut prefix = OsString::from(".");
        prefix.push(out.file_name().expect("the root of a file system is no output folder"));
        prefix.push(".linli-");
        let folder = out.parent().expect("what has a name is in a folder").to_owned();
        Self { folder, prefix }
    }

    /// The one in the `.linli` of a site, which is made. Nothing if that cannot be made, or if
    /// folders cannot be moved from there into the output folder's place.
    pub(super) fn inside(site: &Path, out: &Path) -> Option<Self> {
        let site = site.canonicalize().ok()?;
        let outputs = private::make(&site).ok()?.join(OUTPUTS);
        private::make_folder(&outputs).ok()?;
        let folder = outputs.join(name(&site, out));
        if !is_near(&outputs, out.parent()?) {
            return None;
        }
        private::make_folder(&folder).ok()?;
        Some(Self { folder, prefix: OsString::new() })
    }

    /// All that there are in the `.linli` of a site, of whatever output folders.
    pub(super) fn all_inside(site: &Path) -> Vec<Self> {
        let outputs = fs::read_dir(site.join(private::FOLDER).join(OUTPUTS));
        let folders = outputs.into_iter().flatten().filter_map(|entry| Some(entry.ok()?.path()));
        folders.map(|folder| Self { folder, prefix: OsString::new() }).collect()
    }

    /// The output folder that one in the `.linli` of a site is for, as its name says. Nothing if it
    /// does not say.
    pub(super) fn out(&self, site: &Path) -> Option<PathBuf> {
        let name = self.folder.file_name()?.to_str()?;
        let path = percent_decode_str(name).decode_utf8().ok()?;
        let is_name = percent_encode(path.as_bytes(), ENCODED).to_string() == name;
        is_name.then(|| site.join(path.as_ref()))
    }

    /// The folder that it is in, or is.
    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }

    /// The path of what has a role: `new`, `lock`.
    pub(super) fn at(&self, role: &str) -> PathBuf {
        let mut name = self.prefix.clone();
        name.push(role);
        self.folder.join(name)
    }
}

/// The name of an output folder's workplace. Both paths are without links.
fn name(site: &Path, out: &Path) -> String {
    let path = out.strip_prefix(site).unwrap_or(out).as_os_str().as_encoded_bytes();
    let name = percent_encode(path, ENCODED).to_string();
    // In no encoded path does one `%` follow another.
    if name.len() > LONGEST { format!("%%{:?}", Fingerprint::of_bytes(path)) } else { name }
}

/// A folder can be moved from one of these into the other in one step.
fn is_near(from: &Path, to: &Path) -> bool {
    // A file system may be mounted twice. Linux refuses to move anything from one mount to the
    // other, and does so before it looks for what is to be moved.
    const NOTHING: &str = ".linli-nothing";
    let moved = fs::rename(from.join(NOTHING), to.join(NOTHING));
    let is_refused = moved.is_err_and(|it| it.kind() == io::ErrorKind::CrossesDevices);
    !is_refused && volume(from).is_some_and(|from| volume(to) == Some(from))
}

/// What tells file systems apart.
#[cfg(unix)]
fn volume(folder: &Path) -> Option<u64> {
    use std::os::unix::fs::MetadataExt as _;
    fs::metadata(folder).ok().map(|it| it.dev())
}

/// What tells file systems apart: the letter of the drive.
#[cfg(not(unix))]
fn volume(folder: &Path) -> Option<OsString> {
    match folder.canonicalize().ok()?.components().next()? {
        std::path::Component::Prefix(prefix) => Some(prefix.as_os_str().to_owned()),
        _ => None,
    }
}
