//! `[publish.NAME]` of `site.toml`: where `linli publish` sends the site.
//!
//! ```toml
//! [publish.web]
//! folder = "/srv/www/portal"      # a folder: a web server's, or a mounted share
//! switch = "whole"                # or "files"; else what the folder allows
//! by = "ci"                       # nobody else may publish there
//! url = "https://example.org"     # where it is looked at afterwards; `base-url` if not given
//! keep = 5                        # so many builds, to go back to
//! patience = 30                   # seconds without an answer
//! ```
//!
//! Builds do not depend on it, so it is no part of [`Config`](super::Config): it is checked with all
//! other settings, and read by [`publish_targets`](super::publish_targets) when somebody publishes.

use crate::{
    config::{
        base_url::base_url,
        mistake::bad,
        s3::{Bucket, Settings, both},
    },
    diagnostic::{Code, Diagnostic},
    source::{
        self, Text,
        named::named,
        reader::{MapReader, check_name, missing},
        yaml::Node,
    },
};

/// How many builds are kept unless the file says so, and how many may be.
const KEPT: usize = 5;
const MOST_KEPT: usize = 100;

/// What no setting may be called, since the file is read by many.
const SECRET: [&str; 7] =
    ["password", "passphrase", "token", "secret", "credential", "access-key", "api-key"];

/// A place to which the site is sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublishTarget {
    /// Its name.
    pub name: String,
    /// Where it is.
    pub place: PublishPlace,
    /// How a folder changes, if the file says so.
    pub switch: Option<Switch>,
    /// Only a machine publishes there, not somebody at a desk.
    pub by_ci: bool,
    /// Where the public finds it, if it is not at `base-url`.
    pub url: Option<String>,
    /// How many builds are kept, to go back to.
    pub keep: usize,
    /// For how many seconds an answer is waited for.
    pub patience: u64,
}

/// Where a target is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PublishPlace {
    /// A folder of the file system, as it is written: from the site's folder, or from the root.
    Folder(String),
    /// A folder of a server that is reached by SFTP.
    Sftp {
        /// The server, as ssh knows it: `linli@www.example.cn`, or a name of its settings.
        host: String,
        /// The folder there.
        folder: String,
    },
    /// A branch of a repository, which a host of pages serves.
    Git {
        /// The repository, as git understands it.
        repository: String,
        /// The branch.
        branch: String,
    },
    /// A bucket of whatever speaks S3.
    S3(Bucket),
}

named! {
    /// How a folder changes from one site to the next.
    Switch {
        /// All at once: the new site takes the place of the old one.
        Whole = "whole",
        /// File by file, in an order in which nothing is missing.
        Files = "files",
    }
}

/// Reads `[publish]`: a table for each target.
pub(super) fn read(text: &Text, node: &Node<'_>, sink: &mut Vec<Diagnostic>) -> Vec<PublishTarget> {
    let mut targets = Vec::new();
    let Some(reader) = MapReader::open(text, node, sink) else { return targets };
    for entry in reader.entries() {
        check_name(text, &entry.key, entry.key_span, sink);
        if let Some(inner) = MapReader::open(text, &entry.value, sink) {
            targets.extend(target(&entry.key, inner, sink));
        }
    }
    targets
}

/// Whether a setting of that name would be one that nobody may read.
fn is_secret(key: &str) -> bool {
    let key = key.replace('_', "-").to_lowercase();
    SECRET.iter().any(|it| key.contains(it))
}

/// Takes the values of such settings out of the lines that diagnostics quote, wherever in the file
/// they stand.
pub(super) fn conceal(diagnostics: &mut [Diagnostic]) {
    for place in diagnostics.iter_mut().flat_map(Diagnostic::places_mut) {
        if let Some(quote) = &mut place.quote
            && let Some((key, _)) = quote.text.split_once('=')
            && is_secret(key)
        {
            quote.text = format!("{key}= ***");
        }
    }
}

/// Reads one target. Nothing if it does not say where it is.
fn target(
    name: &str,
    mut reader: MapReader<'_>,
    sink: &mut Vec<Diagnostic>,
) -> Option<PublishTarget> {
    let text = reader.text;
    let mut told = false;
    for entry in reader.entries() {
        if is_secret(&entry.key) {
            let secret = Diagnostic::error(Code::BadSetting, text.locate(entry.key_span));
            sink.push(secret.arg("setting", &*entry.key).help("secret"));
            told = true;
        }
    }
    let folder = reader.word("folder", sink);
    let sftp = reader.word("sftp", sink);
    let git = reader.word("git", sink);
    let branch = reader.word("branch", sink);
    let s3 = Settings::read(&mut reader, sink);
    let switch = reader.choice("switch", Switch::NAMES, Switch::parse, sink);
    let by = reader.choice("by", &["ci", "anyone"], by_ci, sink);
    let mut url = None;
    if let Some((word, span)) = reader.word("url", sink) {
        url = base_url(word);
        if url.is_none() {
            sink.push(bad(text, span, "url", "https://…"));
        }
    }
    let mut keep = KEPT;
    if let Some(count) = reader.number("keep", sink) {
        keep = count.min(MOST_KEPT);
    }
    let place = match (folder, git) {
        _ if s3.span().is_some() => match (git, sftp) {
            (None, None) => s3.bucket(text, folder, sink).map(PublishPlace::S3),
            _ => {
                sink.extend(s3.span().map(|span| both(text, span)));
                None
            }
        },
        _ if s3.is_stray(text, sink) => None,
        (Some((_, _)), Some((_, span))) => {
            let both = Diagnostic::error(Code::BadSetting, text.locate(span));
            sink.push(both.arg("setting", "git").help("target"));
            None
        }
        (Some((folder, span)), None) => {
            let is_bad = folder.is_empty() || folder.contains("://");
            if is_bad {
                sink.push(bad(text, span, "folder", "/srv/www/portal"));
            }
            let folder = (!is_bad).then(|| folder.to_owned());
            match sftp {
                None => folder.map(PublishPlace::Folder),
                Some((host, span)) => host_of(text, host, span, sink)
                    .zip(folder)
                    .map(|(host, folder)| PublishPlace::Sftp { host, folder }),
            }
        }
        (None, Some((repository, span))) => git_place(text, repository, span, branch, sink),
        (None, None) => {
            if !told {
                let place = text.locate(source::reader::first_line(text, reader.span));
                sink.push(missing(place, "folder", "setting"));
            }
            None
        }
    };
    if !told {
        reader.finish(sink);
    }
    Some(PublishTarget {
        name: name.to_owned(),
        place: place?,
        switch,
        by_ci: by.unwrap_or(false),
        url,
        keep,
        patience: s3.patience(),
    })
}

/// A server, as ssh knows it. It may not look like an option.
fn host_of(
    text: &Text,
    host: &str,
    span: source::Span,
    sink: &mut Vec<Diagnostic>,
) -> Option<String> {
    let is_part = |it: char| it.is_ascii_alphanumeric() || "-_.@".contains(it);
    let is_host =
        host.starts_with(|it: char| it.is_ascii_alphanumeric()) && host.chars().all(is_part);
    if !is_host {
        sink.push(bad(text, span, "sftp", "linli@www.example.cn"));
    }
    is_host.then(|| host.to_owned())
}

/// A branch of a repository. Neither may look like an option of git's.
fn git_place(
    text: &Text,
    repository: &str,
    span: source::Span,
    branch: Option<(&str, source::Span)>,
    sink: &mut Vec<Diagnostic>,
) -> Option<PublishPlace> {
    const EXAMPLE: &str = "git@example.cn:office/portal.git";
    let is_plain = |it: &str| !it.is_empty() && !it.starts_with('-') && !it.contains("::");
    let (branch, branch_span) = branch.unwrap_or(("pages", span));
    let is_name = |it: char| it.is_ascii_alphanumeric() || "-_./".contains(it);
    let is_branch = is_plain(branch) && branch.chars().all(is_name) && !branch.contains("..");
    if !is_plain(repository) {
        sink.push(bad(text, span, "git", EXAMPLE));
    }
    if !is_branch {
        sink.push(bad(text, branch_span, "branch", "pages"));
    }
    (is_plain(repository) && is_branch)
        .then(|| PublishPlace::Git { repository: repository.to_owned(), branch: branch.to_owned() })
}

fn by_ci(word: &str) -> Option<bool> {
    match word {
        "ci" => Some(true),
        "anyone" => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{config::publish_targets, source::MemoryWorld};

    fn read(text: &str) -> (Vec<PublishTarget>, Vec<Code>) {
        let world = MemoryWorld::new([("site.toml", text.to_owned())]);
        let read = publish_targets(&world);
        (read.value, read.diagnostics.iter().map(|it| it.code).collect())
    }

    #[test]
    fn targets_are_read() {
        let (targets, told) = read(
            "[publish.web]\nfolder = \"/srv/www\"\nswitch = \"files\"\nby = \"ci\"\nkeep = 2\n\
             [publish.pages]\ngit = \"git@a.cn:b.git\"\nurl = \"https://a.cn/b/\"\npatience = 9\n",
        );
        assert_eq!(told, []);
        let web = &targets[0];
        assert_eq!((web.name.as_str(), web.by_ci, web.keep), ("web", true, 2));
        assert_eq!((web.patience, targets[1].patience), (30, 9));
        assert_eq!(web.place, PublishPlace::Folder("/srv/www".to_owned()));
        assert_eq!(web.switch, Some(Switch::Files));
        let (repository, branch) = ("git@a.cn:b.git".to_owned(), "pages".to_owned());
        assert_eq!(targets[1].place, PublishPlace::Git { repository, branch });
        assert_eq!(targets[1].url.as_deref(), Some("https://a.cn/b"));
    }

    #[test]
    fn buckets_are_read() {
        let bucket = |text: &str| {
            let (mut targets, told) = read(&format!("[publish.oss]\n{text}"));
            assert_eq!(told, [], "{text}");
            let PublishPlace::S3(bucket) = targets.remove(0).place else { panic!("{text}") };
            bucket
        };
        let oss = bucket("s3 = \"portal\"\nendpoint = \"https://oss-cn-hangzhou.aliyuncs.com/\"\n");
        assert_eq!((oss.region.as_str(), oss.in_host, oss.compress), ("cn-hangzhou", true, true));
        assert_eq!(
            (oss.endpoint.as_str(), oss.folder.as_str(), oss.patience),
            ("https://oss-cn-hangzhou.aliyuncs.com", "", 30)
        );
        let own = bucket(
            "s3 = \"portal\"\nendpoint = \"http://10.0.0.8:9000\"\nregion = \"xingfu\"\nfolder = \"/a/b/\"\n\
             style = \"path\"\nkeys = \"/etc/keys\"\ncompress = false\npatience = 5\n",
        );
        assert_eq!((own.region.as_str(), own.in_host, own.compress), ("xingfu", false, false));
        assert_eq!(
            (own.folder.as_str(), own.keys.as_deref(), own.patience),
            ("a/b", Some("/etc/keys"), 5)
        );
    }

    #[test]
    fn mistakes_are_told() {
        for (text, code) in [
            ("[publish.web]\nby = \"ci\"\n", Code::MissingField),
            ("[publish.web]\nfolder = \"/a\"\ngit = \"b\"\n", Code::BadSetting),
            ("[publish.web]\nfolder = \"/a\"\npassword = \"b\"\n", Code::BadSetting),
            ("[publish.web]\nfolder = \"ftp://a\"\n", Code::BadSetting),
            ("[publish.web]\nfolder = \"/a\"\nkeeps = 1\n", Code::UnknownSetting),
            ("[publish.web]\nfolder = \"/a\"\nby = \"me\"\n", Code::UnknownChoice),
            ("[publish.web]\ngit = \"--upload-pack=x\"\n", Code::BadSetting),
            ("[publish.web]\ngit = \"ext::sh\"\n", Code::BadSetting),
            ("[publish.web]\nfolder = \"/a\"\nsftp = \"-oProxyCommand=x\"\n", Code::BadSetting),
            ("[publish.web]\nsftp = \"a.cn\"\n", Code::MissingField),
            ("[publish.web]\ngit = \"a\"\nbranch = \"a..b\"\n", Code::BadSetting),
            ("[publish.web]\ns3 = \"portal\"\n", Code::MissingField),
            ("[publish.web]\nfolder = \"/a\"\nendpoint = \"https://a.cn\"\n", Code::MissingField),
            ("[publish.web]\ns3 = \"Portal\"\nendpoint = \"https://a.cn\"\n", Code::BadSetting),
            ("[publish.web]\ns3 = \"portal\"\nendpoint = \"https://a.cn/b\"\n", Code::BadSetting),
            (
                "[publish.web]\ns3 = \"portal\"\nendpoint = \"https://k:s@a.cn\"\n",
                Code::UrlWithPassword,
            ),
            ("[publish.web]\ns3 = \"portal\"\ngit = \"a.git\"\n", Code::BadSetting),
            (
                "[publish.web]\ns3 = \"portal\"\nendpoint = \"https://a.cn\"\nfolder = \"../a\"\n",
                Code::BadSetting,
            ),
            ("[publish.Web]\nfolder = \"/a\"\n", Code::BadName),
            ("[publish]\nfolder = \"/a\"\n", Code::WrongShape),
        ] {
            assert_eq!(read(text).1, [code], "{text}");
        }
    }
}
