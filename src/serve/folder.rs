//! The output folder, which a build may replace at any moment.

use std::{
    fs::{self, File, Metadata},
    io::{self, ErrorKind},
    path::{Component, Path},
    sync::Arc,
    time::{Duration, SystemTime},
};

use tokio::{task, time};

use crate::output::OutPath;
use crate::serve::address::Address;

/// What stands at an address.
#[derive(Debug)]
pub(super) enum Found {
    /// A file.
    File(Opened),
    /// A page, at the same address with a `/`.
    Folder,
    /// Nothing.
    Nothing,
}

/// A file of the site. It stays what it is when the folder is replaced.
#[derive(Debug)]
pub(super) struct Opened {
    /// Where it is in the output folder.
    pub(super) path: OutPath,
    /// The file itself.
    pub(super) file: File,
    /// How long it is, and since when.
    pub(super) metadata: Metadata,
}

/// How often a file is looked for while the folder is being replaced.
const TRIES: usize = 60;

/// How long a replacement may take, in parts. Where two folders cannot change places in one step,
/// there is none for a moment.
const PAUSE: Duration = Duration::from_millis(5);

/// Looks for what stands at an address. A file that is missing while the folder is replaced is
/// looked for again.
pub(super) async fn find(root: &Arc<Path>, address: Address) -> io::Result<Found> {
    let address = Arc::new(address);
    for _ in 0..TRIES {
        let (root, address) = (Arc::clone(root), Arc::clone(&address));
        let look = move || -> io::Result<(Found, bool)> {
            let before = generation(&root);
            let found = look(&root, &address)?;
            Ok((found, before.is_some() && before == generation(&root)))
        };
        match task::spawn_blocking(look).await?? {
            (Found::Nothing, false) => time::sleep(PAUSE).await,
            (found, _) => return Ok(found),
        }
    }
    Ok(Found::Nothing)
}

/// What tells a folder from the one that takes its place.
fn generation(root: &Path) -> Option<SystemTime> {
    fs::metadata(root).and_then(|it| it.modified()).ok()
}

fn look(root: &Path, address: &Address) -> io::Result<Found> {
    if let Some(path) = address.file()
        && let Some(opened) = open(root, path)?
    {
        return Ok(Found::File(opened));
    }
    if let Some(page) = address.page_of_folder()
        && open(root, page)?.is_some()
    {
        return Ok(Found::Folder);
    }
    Ok(Found::Nothing)
}

/// Opens a file of the site; nothing if there is none that may be seen.
fn open(root: &Path, path: OutPath) -> io::Result<Option<Opened>> {
    let opened = || -> io::Result<Option<Opened>> {
        // Links are followed first: what counts is where the file really is.
        let root = root.canonicalize()?;
        let real = root.join(path.as_str()).canonicalize()?;
        let is_shown = real.strip_prefix(&root).is_ok_and(|it| it.components().all(is_shown));
        // Opening a pipe would wait for its other end.
        if !is_shown || !fs::metadata(&real)?.is_file() {
            return Ok(None);
        }
        let file = File::open(&real)?;
        let metadata = file.metadata()?;
        Ok(Some(Opened { path, file, metadata }))
    };
    opened().or_else(|cause| if is_absence(&cause) { Ok(None) } else { Err(cause) })
}

fn is_shown(name: Component<'_>) -> bool {
    matches!(name, Component::Normal(it) if !it.as_encoded_bytes().starts_with(b"."))
}

/// There is no such file, or none that this system lets us read.
fn is_absence(cause: &io::Error) -> bool {
    use ErrorKind::{InvalidFilename, InvalidInput, NotADirectory, NotFound, PermissionDenied};
    matches!(
        cause.kind(),
        NotFound | NotADirectory | PermissionDenied | InvalidInput | InvalidFilename
    )
}
