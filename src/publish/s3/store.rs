//! Requests to a bucket, and what their failures mean.

use std::{
    collections::HashMap,
    future::{Future, IntoFuture as _},
    sync::atomic::{AtomicBool, AtomicU32, Ordering::Relaxed},
    thread,
    time::Duration,
};

use futures_util::StreamExt as _;
use opendal::{Error, ErrorKind, Operator, layers::HttpClientLayer, services};

use crate::{
    config::s3::Bucket,
    publish::{
        PublishError,
        error::StoreFault,
        s3::{keys::Keys, line::Line},
    },
};

/// Where the program keeps what it has to know.
const OWN: &str = ".linli/";

/// How often something is tried, and how long is waited before the second time; each time twice as
/// long. Services that are busy say so, and want to be left alone for a while.
const TRIES: u32 = 6;
const PAUSE: Duration = Duration::from_millis(200);

/// What is told if the service has less of an object than was put.
const PART: &str = "the service has stored a part of the file";

/// How many objects are named of a bucket that is somebody else's.
const NAMED: usize = 6;

/// A bucket, or a folder in one.
pub(super) struct Store {
    /// What is for the public.
    public: Operator,
    /// The same place, but what is put is for the owner alone.
    own: Operator,
    /// As people are told where it is.
    pub(super) place: String,
    keys: Keys,
    /// The service knows no objects for the owner alone.
    all_public: AtomicBool,
    /// How often was waited.
    waited: AtomicU32,
}

impl Store {
    /// A bucket. Nothing is asked yet.
    pub(super) fn new(bucket: &Bucket, keys: Keys) -> Result<Self, PublishError> {
        let operator = |acl: Option<&str>| {
            let mut service = services::S3::default()
                .bucket(&bucket.name)
                .endpoint(&bucket.endpoint)
                .region(&bucket.region)
                .root(&format!("/{}", bucket.folder))
                .access_key_id(&keys.id)
                .secret_access_key(&keys.secret)
                .checksum_algorithm("md5")
                .disable_config_load()
                .disable_ec2_metadata();
            if let Some(token) = &keys.token {
                service = service.session_token(token);
            }
            if bucket.in_host {
                service = service.enable_virtual_host_style();
            }
            if let Some(acl) = acl {
                service = service.default_acl(acl);
            }
            let client = Line::client(Duration::from_secs(bucket.patience));
            Ok(Operator::new(service)?.layer(HttpClientLayer::new(client)).finish())
        };
        let wrong = |it: Error| store_error(&keys, &it);
        Ok(Self {
            public: operator(None).map_err(wrong)?,
            own: operator(Some("private")).map_err(wrong)?,
            place: format!("s3://{}/{}", bucket.name, bucket.folder),
            all_public: AtomicBool::new(false),
            waited: AtomicU32::new(0),
            keys,
        })
    }

    /// Does something until it is done, fails for good, or failed too often.
    fn run<T, F>(&self, what: impl Fn() -> F) -> Result<T, Error>
    where
        F: Future<Output = Result<T, Error>>,
    {
        let (mut pause, mut tried) = (PAUSE, 1);
        loop {
            match wait(what()) {
                Err(error) if may_pass(&error) && tried < TRIES => {
                    // Those that were refused together do not come back together.
                    let part = self.waited.fetch_add(1, Relaxed) % 32 * 7 % 16;
                    thread::sleep(pause + pause * part / 16);
                    pause *= 2;
                    tried += 1;
                }
                done => return done,
            }
        }
    }

    fn wrong(&self, error: &Error) -> PublishError {
        store_error(&self.keys, error)
    }

    /// Puts an object for the public.
    pub(super) fn put(
        &self,
        path: &str,
        bytes: Vec<u8>,
        kind: &str,
        kept: &str,
        encoding: Option<&str>,
    ) -> Result<(), PublishError> {
        let hash = md5_of(&bytes);
        let bytes = opendal::Buffer::from(bytes);
        let put = self.run(|| async {
            let write = self.public.write_with(path, bytes.clone());
            let write = write.content_type(kind).cache_control(kept);
            let stored = match encoding {
                Some(encoding) => write.content_encoding(encoding),
                None => write,
            }
            .await?;
            // Not every service compares what came to it with the hash that it was told; and one that
            // encrypts has hashes of its own.
            let is_same =
                stored.etag().is_none_or(|it| it.trim_matches('"').eq_ignore_ascii_case(&hash));
            let length = bytes.len() as u64;
            if is_same || self.public.stat(path).await?.content_length() == length {
                return Ok(());
            }
            Err(Error::new(ErrorKind::Unexpected, PART).set_temporary())
        });
        put.map_err(|it| self.wrong(&it))
    }

    /// Puts an object for the owner alone, where the service knows such. If it shall be new and there
    /// is one, nothing is put, and that is returned.
    pub(super) fn put_own(
        &self,
        path: &str,
        bytes: &[u8],
        is_new: bool,
    ) -> Result<bool, PublishError> {
        let put = |store: &Operator| {
            self.run(|| {
                let write = store.write_with(path, bytes.to_vec()).cache_control("no-store");
                let write = write.content_type("application/octet-stream");
                write.if_not_exists(is_new).into_future()
            })
        };
        let mut done = None;
        if !self.all_public.load(Relaxed) {
            match put(&self.own) {
                Err(error) if is_about_acl(&error) => self.all_public.store(true, Relaxed),
                other => done = Some(other),
            }
        }
        match done.unwrap_or_else(|| put(&self.public)) {
            Ok(_) => Ok(true),
            Err(error) if is_new && error.kind() == ErrorKind::ConditionNotMatch => Ok(false),
            Err(error) => Err(self.wrong(&error)),
        }
    }

    /// The bytes of an object; nothing if it is not there.
    pub(super) fn get(&self, path: &str) -> Result<Option<Vec<u8>>, PublishError> {
        match self.run(|| self.public.read(path)) {
            Ok(bytes) => Ok(Some(bytes.to_vec())),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(self.wrong(&error)),
        }
    }

    /// Which version of an object is there, as the service says it; nothing if it is not there.
    pub(super) fn version(&self, path: &str) -> Result<Option<String>, PublishError> {
        match self.run(|| self.public.stat(path)) {
            Ok(found) => Ok(Some(found.etag().unwrap_or_default().to_owned())),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            // Who gave no answer gives none to the other question either.
            Err(error) if is_silent(&error) => Err(self.wrong(&error)),
            // This question is answered without words; the other one says what is wrong.
            Err(_) => Ok(self.get(path)?.map(|_| String::new())),
        }
    }

    /// Deletes an object. It is no error if there is none.
    pub(super) fn delete(&self, path: &str) -> Result<(), PublishError> {
        self.run(|| self.public.delete(path)).map_err(|it| self.wrong(&it))
    }

    /// All objects but the program's own, with the hashes that the service has of them.
    pub(super) fn list(&self) -> Result<HashMap<String, String>, PublishError> {
        let listed = self.run(|| self.public.list_with("").recursive(true).into_future());
        let listed = listed.map_err(|it| self.wrong(&it))?;
        let files = listed.into_iter().filter(|it| is_file(it.path()));
        let hash = |it: &opendal::Entry| it.metadata().etag().unwrap_or_default().to_owned();
        Ok(files.map(|it| (it.path().to_owned(), hash(&it))).collect())
    }

    /// Names of some objects.
    pub(super) fn some(&self) -> Result<Vec<String>, PublishError> {
        let some = self.run(|| async {
            let mut lister = self.public.lister_with("").recursive(true).limit(20).await?;
            let mut names = Vec::new();
            while let Some(entry) = lister.next().await {
                let path = entry?.path().to_owned();
                if is_file(&path) {
                    names.push(path);
                }
                if names.len() == NAMED {
                    break;
                }
            }
            Ok(names)
        });
        some.map_err(|it| self.wrong(&it))
    }
}

/// The hash that services have of an object which was put by one request, unless they encrypt it.
pub(super) fn md5_of(bytes: &[u8]) -> String {
    use std::fmt::Write as _;

    use md5::Digest as _;

    let mut hash = String::new();
    for byte in md5::Md5::digest(bytes) {
        let _ = write!(hash, "{byte:02x}");
    }
    hash
}

/// Waits for a request. All of it happens on this thread: the client of `line.rs` waits itself.
fn wait<F: Future>(future: F) -> F::Output {
    let runtime = tokio::runtime::Builder::new_current_thread().build();
    runtime.expect("a runtime without drivers asks nothing of the system").block_on(future)
}

/// A file of a site, or of somebody else; not the program's own, and no folder.
fn is_file(path: &str) -> bool {
    !path.is_empty() && !path.ends_with('/') && !path.starts_with(OWN)
}

/// It may go well at another try: the service says so, or not all bytes of an object came to it.
fn may_pass(error: &Error) -> bool {
    let text = error.to_string();
    let is_cut = |code: &&str| text.contains(&format!("code: \"{code}\""));
    error.is_temporary() || ["BadDigest", "InvalidDigest", "IncompleteBody"].iter().any(is_cut)
}

/// The service stores nothing for the owner alone, or these keys may not ask for it.
fn is_about_acl(error: &Error) -> bool {
    error.kind() == ErrorKind::PermissionDenied || error.to_string().contains("AccessControlList")
}

/// There was no answer at all.
fn is_silent(error: &Error) -> bool {
    let text = error.to_string();
    error.is_temporary() && !text.contains("response:") && !text.contains(PART)
}

/// `InsufficientStorageSpace` (OBS), `XMinioStorageFull` and `XMinioAdminBucketQuotaExceeded`
/// (`MinIO`), and what is called like them.
fn is_about_room(code: &str) -> bool {
    ["InsufficientStorage", "StorageFull", "QuotaExceeded"].iter().any(|it| code.contains(it))
}

/// What a service says, by its code and message alone.
fn store_error(keys: &Keys, error: &Error) -> PublishError {
    let text = error.to_string();
    let part = |name: &str| {
        let (_, rest) = text.split_once(&format!("{name}: \""))?;
        rest.split('"').next().filter(|it| !it.is_empty()).map(str::to_owned)
    };
    let code = part("code");
    let said = match (&code, part("message")) {
        (Some(code), Some(message)) => format!("{code}: {message}"),
        (Some(code), None) => code.clone(),
        _ => error.message().lines().next().unwrap_or_default().chars().take(200).collect(),
    };
    let said = if said.trim().is_empty() { error.kind().to_string() } else { said };
    let fault = match (code.as_deref(), error.kind()) {
        (Some("RequestTimeTooSkewed"), _) => StoreFault::Clock,
        (Some("NoSuchBucket"), _) => StoreFault::NoBucket,
        (Some(code), _) if is_about_room(code) => StoreFault::Full,
        (None, _) if text.contains("status: 507") => StoreFault::Full,
        (_, ErrorKind::PermissionDenied) => StoreFault::Refused,
        (None, _) if is_silent(error) => StoreFault::Unreached,
        _ => StoreFault::Other,
    };
    PublishError::Store { fault, said: keys.masked(&said) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_service_says_is_told_without_keys() {
        let keys = Keys { id: "LTAI1".to_owned(), secret: "s3cr3t".to_owned(), token: None };
        let told = |kind, text: &str| match store_error(&keys, &Error::new(kind, text.to_owned())) {
            PublishError::Store { fault, said } => (fault, said),
            other => panic!("{other}"),
        };
        let text = "S3Error { code: \"InvalidAccessKeyId\", message: \"no LTAI1 s3cr3t\", resource: \"\" }";
        let said = "InvalidAccessKeyId: no *** ***".to_owned();
        assert_eq!(told(ErrorKind::PermissionDenied, text), (StoreFault::Refused, said));
        let text = "S3Error { code: \"RequestTimeTooSkewed\", message: \"\" }";
        assert_eq!(told(ErrorKind::PermissionDenied, text).0, StoreFault::Clock);
        let text = "S3Error { code: \"XMinioStorageFull\", message: \"no room\" }";
        assert_eq!(told(ErrorKind::Unexpected, text).0, StoreFault::Full);
        assert_eq!(told(ErrorKind::Unexpected, "").0, StoreFault::Other);
    }
}
