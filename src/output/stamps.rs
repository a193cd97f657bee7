//! How a build left the files that it published.
//!
//! The manifest says which bytes a file has, but to read them all at each build takes long. So the
//! stamp of each is kept, as it was when all was done: length, times and inode. As long as it stays
//! the same, so does the file. The stamps are no part of the site, as they are of this computer.
//! They lie in the workplace; without them, or where one is missing, files are read.
//!
//! | length | what |
//! | --- | --- |
//! | 13 | `linli stamps` and a line feed |
//! | 16 | fingerprint of the manifest that they go with |
//! | 16 | fingerprint of the rest |
//! | | for each file of the manifest its stamp, if that is to be trusted (`postcard`) |

use crate::{
    fingerprint::Fingerprint,
    output::{private, workplace::Workplace},
    source::{Stamp, open::read_file},
};

/// The first bytes of the file.
const MAGIC: &[u8] = b"linli stamps\n";

/// The stamps of the files of a manifest, in its order. An empty list is one of which nothing is
/// known.
#[derive(Debug, Default)]
pub(super) struct Stamps(Vec<Option<Stamp>>);

impl Stamps {
    /// These stamps.
    pub(super) fn new(stamps: Vec<Option<Stamp>>) -> Self {
        Self(stamps)
    }

    /// What was written with this manifest, which has `count` files. Nothing is known if the file is not there, or not what
    /// was written.
    pub(super) fn read(workplace: &Workplace, manifest: Fingerprint, count: usize) -> Self {
        let stamps = read_file(&workplace.at("stamps")).ok().and_then(|bytes| {
            let rest = bytes.strip_prefix(MAGIC)?.strip_prefix(&manifest.to_bytes())?;
            let (fingerprint, stamps) = rest.split_at_checked(16)?;
            let is_whole = Fingerprint::of_bytes(stamps).to_bytes() == fingerprint;
            postcard::from_bytes::<Vec<Option<Stamp>>>(stamps).ok().filter(|_| is_whole)
        });
        Self(stamps.filter(|it| it.len() == count).unwrap_or_default())
    }

    /// Writes them. If that fails, files are read at the next build, which is all that it costs.
    pub(super) fn write(&self, workplace: &Workplace, manifest: Fingerprint) {
        let Ok(stamps) = postcard::to_allocvec(&self.0) else { return };
        let (manifest, fingerprint) = (manifest.to_bytes(), Fingerprint::of_bytes(&stamps));
        let fingerprint = fingerprint.to_bytes();
        let parts = [MAGIC, manifest.as_slice(), fingerprint.as_slice(), stamps.as_slice()];
        let _ = private::replace(&workplace.at("stamps"), parts);
    }

    /// The stamp of a file, by its number in the manifest, if it is known.
    pub(super) fn of(&self, at: usize) -> Option<Stamp> {
        self.0.get(at).copied().flatten()
    }
}
