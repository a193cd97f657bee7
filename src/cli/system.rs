//! What stops a run, in the reader's language: the system's errors by their kinds, and those of the
//! output. Whatever has no sentence here is told in the system's own words.

use std::io;

use crate::{diagnostic::Messages, output::OutputError};

/// How many files of others are named.
const NAMED: usize = 5;

/// What the system said.
pub(super) fn told(error: &io::Error, messages: &Messages) -> String {
    let kind = kind(error.kind());
    messages.text("system", &[("kind", kind.into()), ("words", error.to_string().into())])
}

/// The same, with the file or folder that it is about.
pub(super) fn told_at(path: &str, error: &io::Error, messages: &Messages) -> String {
    let reason = told(error, messages);
    messages.text("system-at", &[("path", path.into()), ("reason", reason.into())])
}

/// Why nothing was published.
pub(super) fn output(error: &OutputError, messages: &Messages) -> String {
    let at = |id: &str, path: String| messages.text(id, &[("path", path.into())]);
    let shown = |path: &std::path::PathBuf| path.display().to_string();
    match error {
        OutputError::NotAFolder { path } => at("out-not-folder", shown(path)),
        OutputError::Missing { path } => at("out-missing", shown(path)),
        OutputError::NotOurs { path } => at("out-not-ours", shown(path)),
        // Only a preview writes into that folder.
        OutputError::Busy { path } if path.ends_with(".linli/preview") => {
            at("out-previewed", shown(path))
        }
        OutputError::Busy { path } => at("out-busy", shown(path)),
        OutputError::Twice { path } => at("out-twice", path.to_string()),
        OutputError::Foreign { path, found } => {
            let more = found.len().saturating_sub(NAMED);
            let named: Vec<_> = found.iter().take(NAMED).map(|name| format!("`{name}`")).collect();
            let named = named.join(&messages.text("comma", &[]));
            let id = if more == 0 { "out-foreign" } else { "out-foreign-more" };
            let path = shown(path);
            let said = [("path", path.into()), ("found", named.into()), ("more", more.into())];
            messages.text(id, &said)
        }
        OutputError::Io { verb, path, cause } => {
            let (reason, hint) = (told(cause, messages), hint(verb, cause.kind()));
            let said = [("verb", (*verb).into()), ("path", shown(path).into())];
            let why = [("reason", reason.into()), ("hint", hint.into())];
            messages.text("cannot", &[said, why].concat())
        }
    }
}

/// Why something at a target could not be done: without advice on the output folder.
pub(super) fn publishing(error: &OutputError, messages: &Messages) -> String {
    let OutputError::Io { verb, path, cause } = error else { return output(error, messages) };
    let (reason, path) = (told(cause, messages), path.display().to_string());
    let said = [("verb", (*verb).into()), ("path", path.into())];
    messages.text("cannot", &[said, [("reason", reason.into()), ("hint", "none".into())]].concat())
}

/// The word by which the messages know a kind of error.
fn kind(kind: io::ErrorKind) -> &'static str {
    use io::ErrorKind as Kind;
    match kind {
        Kind::NotFound => "not-found",
        Kind::PermissionDenied => "denied",
        Kind::AlreadyExists => "exists",
        Kind::StorageFull => "full",
        Kind::QuotaExceeded => "quota",
        Kind::ReadOnlyFilesystem => "read-only",
        Kind::NotADirectory => "no-folder",
        Kind::IsADirectory => "folder",
        Kind::ResourceBusy | Kind::ExecutableFileBusy => "busy",
        Kind::AddrInUse => "in-use",
        Kind::AddrNotAvailable => "no-address",
        Kind::FileTooLarge => "too-large",
        Kind::TimedOut => "timed-out",
        Kind::InvalidData => "bad-text",
        _ => "other",
    }
}

/// What the user can do about it: `space`, `mounted`, or `none`. A full disk is met while files are
/// written, a mounted folder at the swap alone.
fn hint(verb: &str, kind: io::ErrorKind) -> &'static str {
    use io::ErrorKind::{CrossesDevices, QuotaExceeded, ResourceBusy, StorageFull};
    match (verb, kind) {
        (_, StorageFull | QuotaExceeded) => "space",
        ("replace", CrossesDevices | ResourceBusy) => "mounted",
        _ => "none",
    }
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::*;
    use crate::diagnostic::Language;

    #[test]
    fn the_system_is_told_in_the_readers_language() {
        let denied = io::Error::from(io::ErrorKind::PermissionDenied);
        let (chinese, english) = (Messages::new(Language::ZhCn), Messages::new(Language::En));
        assert_eq!(told_at("a", &denied, &chinese), "a：没有权限");
        assert_eq!(told_at("a", &denied, &english), "a: permission denied");
        assert_eq!(told(&io::Error::other("boom"), &chinese), "boom");
    }

    #[test]
    fn the_output_is_told_with_advice() {
        let (chinese, english) = (Messages::new(Language::ZhCn), Messages::new(Language::En));
        let cause = io::ErrorKind::StorageFull.into();
        let full = OutputError::Io { verb: "write", path: PathBuf::from("public"), cause };
        let said = "写不了 public：磁盘满了。已经发布的网站没有变；请腾出空间，再生成一次";
        assert_eq!(output(&full, &chinese), said);
        let cause = io::ErrorKind::NotFound.into();
        let gone = OutputError::Io { verb: "read", path: PathBuf::from("public"), cause };
        assert_eq!(output(&gone, &english), "cannot read `public`: it is not there");
        let found = ["a", "b", "c", "d", "e", "f", "g"].map(str::to_owned).to_vec();
        let foreign = OutputError::Foreign { path: PathBuf::from("public"), found };
        let said = output(&foreign, &chinese);
        assert!(said.contains("“") || said.contains("`e` 等，还有 2 个。"), "{said}");
    }
}
