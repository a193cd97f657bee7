//! The keys with which a bucket is reached. They come from the environment, or from a file outside
//! of the site that nobody else can read, and are never told to anybody.
//!
//! ```text
//! id = AKIDEXAMPLE
//! secret = …
//! token = …          # only of keys that hold for a while
//! ```

use std::{env, fmt, fs, path::Path};

use crate::publish::{PublishError, error::KeysFault};

/// How the variables are called, and how the lines of a file, by the names of this program and of
/// others.
const ID: [&str; 2] = ["LINLI_S3_ID", "AWS_ACCESS_KEY_ID"];
const SECRET: [&str; 2] = ["LINLI_S3_SECRET", "AWS_SECRET_ACCESS_KEY"];
const TOKEN: [&str; 2] = ["LINLI_S3_TOKEN", "AWS_SESSION_TOKEN"];

/// Keys of a service.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Keys {
    pub(super) id: String,
    pub(super) secret: String,
    pub(super) token: Option<String>,
}

/// Nobody is told what they are.
impl fmt::Debug for Keys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Keys")
    }
}

impl Keys {
    /// Finds them: in the environment, or else in a file.
    pub(super) fn find(file: Option<&Path>) -> Result<Self, PublishError> {
        let variable = |names: [&str; 2]| {
            names.iter().find_map(|it| env::var(it).ok()).filter(|it| !it.trim().is_empty())
        };
        if let (Some(id), Some(secret)) = (variable(ID), variable(SECRET)) {
            return Ok(Self { id, secret, token: variable(TOKEN) });
        }
        let wrong = |fault| PublishError::Keys { fault, path: file.map(Path::to_owned) };
        let file = file.ok_or_else(|| wrong(KeysFault::None))?;
        if can_others_read(file).map_err(PublishError::io("read", file))? {
            return Err(wrong(KeysFault::Open));
        }
        let text = fs::read_to_string(file).map_err(PublishError::io("read", file))?;
        Self::parse(&text).ok_or_else(|| wrong(KeysFault::Incomplete))
    }

    /// Reads the lines of a file. Those of other programs have longer names, and parts with headings.
    fn parse(text: &str) -> Option<Self> {
        let find = |own: &str, other: &str| {
            text.lines().find_map(|line| {
                let (name, value) = line.split_once('=')?;
                let is_it = [own, other].contains(&name.trim());
                let value = value.trim().trim_matches('"');
                (is_it && !value.is_empty()).then(|| value.to_owned())
            })
        };
        Some(Self {
            id: find("id", "aws_access_key_id")?,
            secret: find("secret", "aws_secret_access_key")?,
            token: find("token", "aws_session_token"),
        })
    }

    /// A text of a service without the keys, which some repeat.
    pub(super) fn masked(&self, text: &str) -> String {
        let hidden = [Some(&self.secret), self.token.as_ref(), Some(&self.id)];
        let all = hidden.into_iter().flatten().filter(|it| !it.is_empty());
        all.fold(text.to_owned(), |text, key| text.replace(key.as_str(), "***"))
    }
}

#[cfg(unix)]
fn can_others_read(file: &Path) -> std::io::Result<bool> {
    use std::os::unix::fs::PermissionsExt as _;
    Ok(fs::metadata(file)?.permissions().mode() & 0o077 != 0)
}

#[cfg(not(unix))]
fn can_others_read(file: &Path) -> std::io::Result<bool> {
    fs::metadata(file).map(|_| false)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_read_and_never_shown() {
        let keys = Keys::parse("# OSS\nid = LTAI1\nsecret = \"s=1\"\n").unwrap();
        assert_eq!((keys.id.as_str(), keys.secret.as_str(), &keys.token), ("LTAI1", "s=1", &None));
        assert_eq!(format!("{keys:?}"), "Keys");
        assert_eq!(keys.masked("the key LTAI1 with s=1"), "the key *** with ***");
        let other =
            "[default]\naws_access_key_id=A\naws_secret_access_key=B\naws_session_token=C\n";
        assert_eq!(Keys::parse(other).unwrap().token.as_deref(), Some("C"));
        assert!(Keys::parse("id = A\n").is_none());
        assert!(Keys::parse("id = A\nsecret =\n").is_none());
    }

    #[cfg(unix)]
    #[test]
    fn a_file_that_others_can_read_is_refused() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("keys");
        fs::write(&file, "id = A\nsecret = B\n").unwrap();
        for (mode, expected) in [(0o644, true), (0o640, true), (0o600, false)] {
            fs::set_permissions(&file, fs::Permissions::from_mode(mode)).unwrap();
            assert_eq!(can_others_read(&file).unwrap(), expected, "{mode:o}");
        }
    }
}
