//! The addresses of what was withdrawn, which stay gone whoever asks for them.
//!
//! ```yaml
//! # content/kaixuan/notices/winter.md
//! slug: heating                        # /kaixuan/notices/heating/ is gone
//! aliases: [/art/2025/art_17.html]     # so is this one
//! withdrawn: 2026-11-01                # and nothing leads on from /kaixuan/notices/winter/
//! ```
//!
//! They are fingerprints, since an address may spell a name. That of a page is kept below its
//! place's, as places may move: an address is looked for at each of its slashes.

use rustc_hash::FxHashMap;

use crate::{
    diagnostic::Location,
    disclosure::facts::{Withheld, WithheldAddresses},
    fingerprint::Fingerprint,
    schema::{Catalog, claim},
};

/// An address that is gone.
#[derive(Debug)]
struct GoneAddress {
    /// Where what was withdrawn stands.
    location: Location,
    /// It was never more than the name of a file: another page may have it.
    is_former: bool,
}

/// The addresses of all that was withdrawn, each by the place's and by what follows.
#[derive(Debug, Default)]
pub(super) struct GoneAddresses {
    all: FxHashMap<(Fingerprint, Fingerprint), GoneAddress>,
    /// The fingerprint of which there are.
    pub(super) fingerprint: Fingerprint,
}

impl GoneAddresses {
    /// Those of what was withdrawn.
    pub(super) fn new(withdrawn: impl Iterator<Item = Withheld>, catalog: &Catalog) -> Self {
        let mut gone = Self::default();
        for Withheld { place, location, addresses, .. } in withdrawn {
            let place = Fingerprint::of(&claim(&catalog.place(place).path));
            let WithheldAddresses { own, former, old } = addresses;
            gone.add(former.map(|it| (place, it)), &location, true);
            gone.add(own.map(|it| (place, it)), &location, false);
            let root = Fingerprint::of("");
            gone.add(old.iter().map(|it| (root, *it)), &location, false);
        }
        gone
    }

    fn add(
        &mut self,
        addresses: impl IntoIterator<Item = (Fingerprint, Fingerprint)>,
        location: &Location,
        is_former: bool,
    ) {
        for (place, rest) in addresses {
            self.fingerprint = self.fingerprint.and(place).and(rest);
            let gone = GoneAddress { location: location.clone(), is_former };
            self.all.insert((place, rest), gone);
        }
    }

    /// Where that stands which was withdrawn and had that address. `is_old` is asked for an old
    /// address, which may not be that of a file either.
    pub(super) fn find(&self, path: &str, is_old: bool) -> Option<&Location> {
        if self.all.is_empty() {
            return None;
        }
        let path = claim(path);
        let slashes = path.match_indices('/').map(|(at, _)| (&path[..at], &path[at + 1..]));
        let mut parts = std::iter::once(("", path.as_str())).chain(slashes);
        parts.find_map(|(place, rest)| {
            let gone = self.all.get(&(Fingerprint::of(place), Fingerprint::of(rest)))?;
            (is_old || !gone.is_former).then_some(&gone.location)
        })
    }
}
