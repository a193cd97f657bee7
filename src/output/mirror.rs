//! The mirror: a folder in the workplace, in which every file is a second name of the published
//! file. A build takes it for the staging folder and changes in it what changes in the
//! site, so that the cost is that of the change.
//!
//! Without it, where every file gets a second name at each build, an edit of one citation among
//! 1,000 communities took 208 ms in a new process instead of 110 (medians of 8 rounds; 1.85 within a
//! round). That is what staff and CI wait for, so it stays.
//!
//! A name is always removed before another file gets it. Nothing is written through a name: that
//! would change the published file.

use std::{
    collections::BTreeSet,
    fs::{self, File},
    io::{self, Write as _},
    path::{Path, PathBuf},
};

use rayon::prelude::*;

use crate::{
    output::{
        Manifest, ManifestEntry, OutPath, OutputError,
        files::{make_folder, remove_folder, unlink},
        folder::{self, OutputFolder, Published},
        manifest::ManifestFolder,
        path::{MANIFEST, folders_above},
        swap,
        system::{NameStatus, Root},
    },
    source::open::read_file,
};

/// How a site differs from the one before.
#[derive(Debug)]
pub(super) struct MirrorChange<'a> {
    /// The files that are gone.
    pub(super) removed: Vec<&'a OutPath>,
    /// The folders that have no file any more. A folder comes before those in it, so they are
    /// removed from the end.
    emptied: BTreeSet<&'a str>,
    /// The files that are new or not the same file any more.
    written: &'a [ManifestEntry],
}

impl<'a> MirrorChange<'a> {
    /// The change from one manifest to another, with these files written. Both manifests are walked
    /// once, side by side. `written` may hold files that are in both: they are other bytes under an
    /// old path.
    pub(super) fn between(
        before: &'a Manifest,
        after: &Manifest,
        written: &'a [ManifestEntry],
    ) -> Self {
        let mut change = Self { removed: Vec::new(), emptied: BTreeSet::new(), written };
        let mut staying = after.files().iter().map(|it| &it.path).peekable();
        for path in before.files().iter().map(|it| &it.path) {
            while staying.next_if(|it| *it < path).is_some() {}
            if staying.peek() != Some(&path) {
                change.removed.push(path);
                let gone = folders_above(path.as_str()).take_while(|it| !after.has_folder(it));
                change.emptied.extend(gone);
            }
        }
        change
    }

    /// Whether most files are the same as before, so that the next build will gain by a mirror.
    /// Fewer than a third of the files are written or removed.
    pub(super) fn is_small(&self, after: &Manifest) -> bool {
        (self.written.len() + self.removed.len()) * 3 < after.files().len()
    }

    /// Makes a folder with the site before one with the site after, all but the manifest. `put`
    /// gives a file its name, which may be that of another file. Removals first, so that a folder
    /// may take the place of a file and the other way round. Ends at the first error, with the
    /// folder half changed; whoever calls it removes such a folder.
    fn apply(
        &self,
        folder: &Path,
        put: impl Fn(&ManifestEntry, &Path) -> io::Result<()> + Sync,
    ) -> io::Result<()> {
        self.removed.par_iter().try_for_each(|path| unlink(&folder.join(path.as_str())))?;
        // What is below a folder stands after it.
        self.emptied.iter().rev().try_for_each(|path| remove_folder(&folder.join(path)))?;
        self.written.par_iter().try_for_each(|entry| {
            let path = folder.join(entry.path.as_str());
            make_folder(&path)?;
            put(entry, &path)
        })
    }
}

/// Removes a mirror that does not belong to what is published: it may have what was withdrawn. Its
/// manifest must be, byte for byte, the published one.
pub(super) fn clear(
    place: &OutputFolder,
    published: Option<&Published>,
) -> Result<(), OutputError> {
    let mirror = place.workplace.at("mirror");
    let read = |folder: &Path| read_file(&folder.join(MANIFEST)).ok();
    let is_current =
        published.is_some() && read(&mirror).is_some_and(|it| read(place.path()) == Some(it));
    if is_current { Ok(()) } else { swap::discard(&mirror) }
}

/// Makes the mirror the staging folder of the new site. `written` is the folder with its new
/// files. Nothing, and no mirror, if there is none that [can be relied on](is_whole).
pub(super) fn take(
    place: &OutputFolder,
    change: &MirrorChange<'_>,
    written: &Path,
    is_whole: bool,
) -> Result<Option<PathBuf>, OutputError> {
    let (mirror, next) = (place.workplace.at("mirror"), place.workplace.at("next"));
    // Without its manifest it is no mirror, wherever the process ends.
    let take = || fs::remove_file(mirror.join(MANIFEST)).and_then(|()| fs::rename(&mirror, &next));
    if !is_whole || take().is_err() {
        swap::discard(&mirror)?;
        return Ok(None);
    }
    let put =
        |entry: &ManifestEntry, path: &Path| fs::rename(written.join(entry.path.as_str()), path);
    change.apply(&next, put).map_err(OutputError::io("write", &next))?;
    Ok(Some(next))
}

/// Makes the old site, at `old`, the mirror of the site that took its place. An error leaves it as
/// an old site that the next build removes: the published site is complete before this begins.
pub(super) fn renew(
    place: &OutputFolder,
    old: &Path,
    published: &Published,
    change: &MirrorChange<'_>,
    manifest: &[u8],
) -> io::Result<()> {
    published.litter.iter().try_for_each(|it| unlink(&old.join(it)))?;
    change.apply(old, |entry, path| {
        unlink(path)?;
        (place.abilities.link)(&place.path().join(entry.path.as_str()), path)
    })?;
    let path = old.join(MANIFEST);
    unlink(&path)?;
    let mut file = File::create_new(path)?;
    file.write_all(manifest)?;
    // As old as the folders that did not change: whatever came into a folder later, from us or
    // from others, is examined before the mirror is taken.
    file.set_modified(published.since)?;
    fs::rename(old, place.workplace.at("mirror"))
}

/// Whether the mirror holds what is published, and nothing else. Its manifest was compared before.
/// A system call for each folder; one that was touched is listed and its files are compared.
pub(super) fn is_whole(place: &OutputFolder, published: &Published) -> bool {
    let mirror = &place.workplace.at("mirror");
    let since = folder::written(&mirror.join(MANIFEST));
    let Ok(root) = Root::open(mirror) else { return false };
    published.manifest.folders().par_iter().all(|inside| {
        folder::is_untouched(&root, inside.path, since)
            || is_same(published, mirror, &root, inside).unwrap_or(false)
    })
}

/// Whether a folder of the mirror has the names that are published, for the same files.
fn is_same(
    published: &Published,
    mirror: &Path,
    root: &Root,
    folder: &ManifestFolder<'_>,
) -> io::Result<bool> {
    let mut names = 0;
    for entry in fs::read_dir(mirror.join(folder.path))? {
        let name = entry?.file_name();
        let Some(name) = name.to_str() else { return Ok(false) };
        let path = folder::below(folder.path, name);
        if path == MANIFEST {
            continue;
        }
        let found = root.status(&path)?;
        let is_same = published.manifest.has(&path, found.is_folder)
            && (found.is_folder || is_one_file(found, published.root.status(&path)?));
        if !is_same {
            return Ok(false);
        }
        names += 1;
    }
    Ok(names == folder.names)
}

/// Whether two names lead to one file. Without identities (on some systems) the answer is no, which
/// costs a copy and is never wrong.
fn is_one_file(a: NameStatus, b: NameStatus) -> bool {
    a.identity.is_some() && a.identity == b.identity
}
