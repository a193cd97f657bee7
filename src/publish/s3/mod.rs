//! A bucket of OSS, COS, OBS, `MinIO` or whatever else speaks S3: by `opendal`, over a client of the
//! network that the check of links has, too (`line.rs`).
//!
//! What has to be known of the bucket lies in `.linli/` of it, for the owner alone where the service
//! knows such objects:
//!
//! | object | what it is |
//! | --- | --- |
//! | `lock` | who publishes |
//! | `published.json.gz` | what the bucket holds (`known.rs`) |
//!
//! | a publication | asks |
//! | --- | --- |
//! | of nothing new | twice: of which version the record is, and for the record |
//! | of `n` changes | `n` times, and some ten times more for the lock and the record |
//! | after one that was cut short | once more for each 1,000 objects: what arrived whole stays |
//!
//! Each object is put by one request, with the hash of its bytes: the service stores all of it or
//! nothing. It changes file by file; the order of `plan.rs` is the guarantee.
//!
//! A lock is an object that is created if there is none. Not every service that speaks S3 refuses a
//! second one: whether it does is seen by trying. Where it does not, whoever has just written a lock
//! waits a moment, and has it if it is still the own one.

mod keys;
mod line;
mod lock;
mod store;

use std::{
    borrow::Cow,
    collections::{HashMap, HashSet},
    io::{self, Read as _, Write as _},
    path::Path,
    sync::{
        Mutex, OnceLock, PoisonError,
        atomic::{AtomicUsize, Ordering::Relaxed},
    },
    thread,
};

use flate2::{Compression, read::GzDecoder, write::GzEncoder};

use self::{
    keys::Keys,
    lock::StoreLock,
    store::{Store, md5_of},
};
use crate::{
    config::s3::Bucket,
    output::{Hash, ManifestEntry, OutPath, headers},
    publish::{Holder, Known, PublishError, Target, Verified},
};

/// What the bucket holds.
const RECORD: &str = ".linli/published.json.gz";

/// How many requests are under way at the same time.
const AT_ONCE: usize = 32;

/// The most files whose old bytes are asked for.
const OLD: usize = 200;

/// Files that are stored compressed. Whatever people and programs download stays as it is: a program
/// that does not ask for compressed files is given them all the same.
const COMPRESSED: [&str; 6] = ["html", "css", "js", "svg", "bin", "webmanifest"];

/// A bucket, or a folder in one, to which a site is sent.
pub struct S3Target {
    store: Store,
    lock: StoreLock,
    compress: bool,
    /// The record that was read last, and its version.
    read: Mutex<Option<(String, Known)>>,
    /// The objects that are there, with the hashes that the service has of them.
    listed: OnceLock<HashMap<String, String>>,
    /// How many old files were asked for.
    asked: AtomicUsize,
}

impl S3Target {
    /// A bucket. `keys` is a file with keys; those of the environment go before. Nothing is asked yet.
    ///
    /// # Errors
    ///
    /// Returns an error if there are no keys, or if they cannot be read.
    pub fn open(bucket: &Bucket, keys: Option<&Path>) -> Result<Self, PublishError> {
        Ok(Self {
            store: Store::new(bucket, Keys::find(keys)?)?,
            lock: StoreLock::new(),
            compress: bucket.compress,
            read: Mutex::default(),
            listed: OnceLock::new(),
            asked: AtomicUsize::new(0),
        })
    }

    /// The bytes of a file as it was before it was compressed.
    fn whole(&self, path: &OutPath) -> Result<Option<Vec<u8>>, PublishError> {
        let Some(stored) = self.store.get(path.as_str())? else { return Ok(None) };
        // Only what this program compresses begins like that, and has this name.
        if !is_compressed(path.as_str()) || !stored.starts_with(&[0x1f, 0x8b]) {
            return Ok(Some(stored));
        }
        let mut bytes = Vec::new();
        let read = GzDecoder::new(&*stored).read_to_end(&mut bytes);
        Ok(Some(if read.is_ok() { bytes } else { stored }))
    }

    /// The bytes as they are stored, and whether they are compressed.
    fn stored<'b>(&self, path: &str, bytes: &'b [u8]) -> (Cow<'b, [u8]>, bool) {
        if self.compress
            && is_compressed(path)
            && let Ok(smaller) = compressed(bytes)
            && smaller.len() < bytes.len()
        {
            return (smaller.into(), true);
        }
        (bytes.into(), false)
    }

    /// The objects that were there when this was asked for the first time.
    fn listed(&self) -> Option<&HashMap<String, String>> {
        if let Some(listed) = self.listed.get() {
            return Some(listed);
        }
        let listed = self.store.list().ok()?;
        Some(self.listed.get_or_init(|| listed))
    }
}

fn is_compressed(path: &str) -> bool {
    path.rsplit_once('.').is_some_and(|(_, end)| COMPRESSED.contains(&end))
}

fn compressed(bytes: &[u8]) -> io::Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::new(6));
    encoder.write_all(bytes)?;
    encoder.finish()
}

/// What kind of file it is, as the public is told. All texts of a site are UTF-8.
fn kind(path: &str) -> String {
    let end = path.rsplit_once('.').map_or("", |(_, end)| end);
    if let Some((_, kind)) = headers::TYPES.iter().find(|(it, _)| *it == end) {
        return (*kind).to_owned();
    }
    let kind = mime_guess::from_ext(end).first_or_octet_stream().to_string();
    let is_text = kind.starts_with("text/") || kind == "application/javascript";
    if is_text && !kind.contains(';') { format!("{kind}; charset=utf-8") } else { kind }
}

impl Target for S3Target {
    fn lock(&self) -> Result<Option<(Holder, u64)>, PublishError> {
        self.lock.take(&self.store)
    }

    fn renew(&self) {
        self.lock.renew(&self.store);
    }

    fn unlock(&self) {
        self.lock.release(&self.store);
    }

    /// Twice in a publication: before the lock, since where nothing changes none is needed, and under it.
    fn known(&self) -> Result<Known, PublishError> {
        let Some(version) = self.store.version(RECORD)? else {
            let (found, path) = (self.store.some()?, self.store.place.clone().into());
            let is_new = found.is_empty();
            let foreign = PublishError::Foreign { path, found };
            return if is_new { Ok(Known::default()) } else { Err(foreign) };
        };
        let mut last = self.read.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, known)) = last.as_ref().filter(|(it, _)| *it == version && !it.is_empty()) {
            return Ok(known.clone());
        }
        let bytes = self.store.get(RECORD)?.unwrap_or_default();
        let mut text = Vec::new();
        let read = GzDecoder::new(&*bytes).read_to_end(&mut text).ok();
        let known = read.and_then(|_| Known::from_bytes(&text));
        let path = || format!("{}/{RECORD}", self.store.place.trim_end_matches('/')).into();
        let known = known.ok_or_else(|| PublishError::Damaged { path: path() })?;
        *last = Some((version, known.clone()));
        Ok(known)
    }

    fn found(&self) -> Result<Vec<OutPath>, PublishError> {
        Ok(self.store.list()?.into_keys().filter_map(|path| OutPath::new(path).ok()).collect())
    }

    fn remember(&self, known: &Known) -> Result<(), PublishError> {
        self.lock.check()?;
        let wrong = PublishError::io("write", RECORD);
        let bytes = compressed(&known.to_bytes()).map_err(wrong)?;
        self.store.put_own(RECORD, &bytes, false).map(|_| ())
    }

    fn is_whole(&self) -> bool {
        false
    }

    fn is_far(&self) -> bool {
        true
    }

    fn at_once(&self) -> usize {
        AT_ONCE
    }

    fn is_absent(&self, path: &OutPath) -> bool {
        self.listed().is_some_and(|listed| !listed.contains_key(path.as_str()))
    }

    fn lacks(&self, _: &[ManifestEntry]) -> Vec<OutPath> {
        Vec::new()
    }

    fn begin(&self, _: &[ManifestEntry]) -> Result<(), PublishError> {
        Ok(())
    }

    fn bytes(&self, _: &OutPath) -> Option<Vec<u8>> {
        None
    }

    fn old(&self, path: &OutPath) -> Option<Vec<u8>> {
        if self.asked.fetch_add(1, Relaxed) >= OLD {
            return None;
        }
        self.whole(path).ok().flatten()
    }

    /// The service has a hash of each object that was put by one request.
    fn has(&self, entry: &ManifestEntry, bytes: &[u8]) -> bool {
        let path = entry.path.as_str();
        let Some(found) = self.listed().and_then(|it| it.get(path)) else { return false };
        let (stored, _) = self.stored(path, bytes);
        found.trim_matches('"').eq_ignore_ascii_case(&md5_of(&stored))
    }

    fn put(&self, entry: &ManifestEntry, bytes: &[u8]) -> Result<(), PublishError> {
        self.lock.check()?;
        let path = entry.path.as_str();
        let (stored, is_compressed) = self.stored(path, bytes);
        let encoding = is_compressed.then_some("gzip");
        self.store.put(path, stored.into_owned(), &kind(path), headers::kept(path), encoding)
    }

    fn delete(&self, path: &OutPath) -> Result<(), PublishError> {
        self.lock.check()?;
        self.store.delete(path.as_str())
    }

    fn finish(&self) -> Result<(), PublishError> {
        self.lock.check()
    }

    fn verify(&self, known: &Known) -> Result<Option<Verified>, PublishError> {
        let files: Vec<&ManifestEntry> =
            known.files.iter().chain(known.leaving.iter().map(|(entry, _)| entry)).collect();
        let listed = self.store.list()?;
        let (next, failure) = (AtomicUsize::new(0), Mutex::new(None));
        let changed = Mutex::new(Vec::new());
        let work = || {
            while let Some(entry) = files.get(next.fetch_add(1, Relaxed)) {
                let path = entry.path.to_string();
                match self.whole(&entry.path) {
                    Ok(Some(bytes)) if Hash::of(&bytes) == entry.blake3 => {}
                    Ok(found) => {
                        let mut changed = changed.lock().unwrap_or_else(PoisonError::into_inner);
                        changed.push((path, found.is_none()));
                    }
                    Err(error) => {
                        let mut failure = failure.lock().unwrap_or_else(PoisonError::into_inner);
                        failure.get_or_insert(error);
                        break;
                    }
                }
            }
        };
        thread::scope(|scope| {
            (1..AT_ONCE).for_each(|_| drop(scope.spawn(work)));
            work();
        });
        if let Some(error) = failure.into_inner().unwrap_or_else(PoisonError::into_inner) {
            return Err(error);
        }
        let mut differing = changed.into_inner().unwrap_or_else(PoisonError::into_inner);
        differing.sort();
        let mut verified = Verified { files: files.len(), ..Verified::default() };
        for (path, is_missing) in differing {
            if is_missing { &mut verified.missing } else { &mut verified.changed }.push(path);
        }
        let is_known: HashSet<&str> = files.iter().map(|it| it.path.as_str()).collect();
        verified.extra = listed.into_keys().filter(|it| !is_known.contains(&**it)).collect();
        verified.extra.sort();
        Ok(Some(verified))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_of_files() {
        for (path, expected) in [
            ("index.html", "text/html; charset=utf-8"),
            ("a/b.css", "text/css; charset=utf-8"),
            ("a.js", "text/javascript; charset=utf-8"),
            ("a.ics", "text/calendar; charset=utf-8"),
            ("a.csv", "text/csv; charset=utf-8"),
            ("a.json", "application/json; charset=utf-8"),
            ("a.txt", "text/plain; charset=utf-8"),
            ("a.svg", "image/svg+xml"),
            ("a.png", "image/png"),
            ("a.pdf", "application/pdf"),
            ("a.bin", "application/octet-stream"),
            ("CNAME", "application/octet-stream"),
        ] {
            assert_eq!(kind(path), expected, "{path}");
        }
    }
}
