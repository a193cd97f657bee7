//! `[publish.NAME]` with `s3`: a bucket of OSS, COS, OBS, `MinIO` or whatever else speaks S3.
//!
//! ```toml
//! [publish.oss]
//! s3 = "xingfu-portal"                                  # the bucket
//! endpoint = "https://oss-cn-hangzhou.aliyuncs.com"     # where it is asked for
//! region = "cn-hangzhou"                                # if the endpoint does not say it
//! folder = "portal"                                     # a folder in it; else the bucket itself
//! style = "host"                                        # or "path": where the bucket's name stands
//! keys = "/etc/linli/oss.keys"                          # a file outside of the site
//! compress = false                                      # pages and scripts are sent as they are
//! patience = 30                                         # seconds without an answer
//! ```

use crate::{
    config::{base_url::base_url, mistake::bad},
    diagnostic::{Code, Diagnostic},
    source::{
        Span, Text,
        reader::{MapReader, missing},
    },
};

/// A bucket, and how it is reached.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bucket {
    /// Its name.
    pub name: String,
    /// The address of the service.
    pub endpoint: String,
    /// The region, as requests are signed for it.
    pub region: String,
    /// The folder in it, without slashes at its ends; empty for the bucket itself.
    pub folder: String,
    /// The name of the bucket is a part of the host, and not of the path.
    pub in_host: bool,
    /// A file with the keys, as it is written: from the site's folder, or from the root.
    pub keys: Option<String>,
    /// Pages, styles and scripts are stored compressed.
    pub compress: bool,
    /// For how many seconds an answer is waited for.
    pub patience: u64,
}

/// What may be written beside `s3`, as far as it is there.
#[derive(Debug)]
pub(super) struct Settings<'a> {
    name: Option<(&'a str, Span)>,
    endpoint: Option<(&'a str, Span)>,
    region: Option<(&'a str, Span)>,
    in_host: Option<bool>,
    keys: Option<(&'a str, Span)>,
    compress: Option<bool>,
    patience: Option<usize>,
}

/// How long an answer is waited for unless the file says so, and how long at most, in seconds.
const PATIENCE: usize = 30;
const MOST_PATIENCE: usize = 600;

impl<'a> Settings<'a> {
    /// Reads them. They mean nothing without `s3`, and are no unknown settings then.
    pub(super) fn read(reader: &mut MapReader<'a>, sink: &mut Vec<Diagnostic>) -> Self {
        Self {
            name: reader.word("s3", sink),
            endpoint: reader.word("endpoint", sink),
            region: reader.word("region", sink),
            in_host: reader.choice("style", &["host", "path"], style, sink),
            keys: reader.word("keys", sink),
            compress: reader.choice("compress", &["true", "false"], crate::text::boolean, sink),
            patience: reader.number("patience", sink),
        }
    }

    /// For how many seconds an answer is waited for, whatever the target is.
    pub(super) fn patience(&self) -> u64 {
        self.patience.unwrap_or(PATIENCE).clamp(1, MOST_PATIENCE) as u64
    }

    /// Where `s3` stands.
    pub(super) fn span(&self) -> Option<Span> {
        self.name.map(|(_, span)| span)
    }

    /// There is an endpoint without a bucket, which is told.
    pub(super) fn is_stray(&self, text: &Text, sink: &mut Vec<Diagnostic>) -> bool {
        let stray = self.endpoint.filter(|_| self.name.is_none());
        sink.extend(stray.map(|(_, span)| missing(text.locate(span), "s3", "setting")));
        stray.is_some()
    }

    /// The bucket, if all of it is right.
    pub(super) fn bucket(
        &self,
        text: &Text,
        folder: Option<(&str, Span)>,
        sink: &mut Vec<Diagnostic>,
    ) -> Option<Bucket> {
        let (name, span) = self.name?;
        let is_name = is_bucket(name);
        if !is_name {
            sink.push(bad(text, span, "s3", "xingfu-portal"));
        }
        let Some((endpoint, endpoint_span)) = self.endpoint else {
            sink.push(missing(text.locate(span), "endpoint", "setting"));
            return None;
        };
        let endpoint = base_url(endpoint).filter(|it| it.matches('/').count() == 2);
        if endpoint.is_none() {
            sink.push(bad(text, endpoint_span, "endpoint", "https://oss-cn-hangzhou.aliyuncs.com"));
        }
        let region = self.region.map(|(region, _)| region.to_owned());
        let is_word = |it: &&str| it.chars().all(|it| it.is_ascii_alphanumeric() || it == '-');
        if let Some((_, span)) = self.region.filter(|(it, _)| it.is_empty() || !is_word(it)) {
            sink.push(bad(text, span, "region", "cn-hangzhou"));
            return None;
        }
        let (folder, folder_span) = folder.unwrap_or(("", span));
        let folder = folder.trim_matches('/');
        let is_folder = folder.is_empty() || folder.split('/').all(is_folder_name);
        if !is_folder {
            sink.push(bad(text, folder_span, "folder", "portal"));
        }
        let endpoint = endpoint.filter(|_| is_name && is_folder)?;
        let host = endpoint.split("://").nth(1).unwrap_or_default();
        Some(Bucket {
            name: name.to_owned(),
            region: region.unwrap_or_else(|| region_of(host).unwrap_or("us-east-1").to_owned()),
            in_host: self.in_host.unwrap_or_else(|| region_of(host).is_some()),
            folder: folder.to_owned(),
            keys: self.keys.map(|(it, _)| it.to_owned()),
            compress: self.compress.unwrap_or(true),
            patience: self.patience(),
            endpoint,
        })
    }
}

fn style(word: &str) -> Option<bool> {
    match word {
        "host" => Some(true),
        "path" => Some(false),
        _ => None,
    }
}

/// Names of buckets are parts of hosts.
fn is_bucket(name: &str) -> bool {
    let is_part = |it: u8| it.is_ascii_lowercase() || it.is_ascii_digit() || b"-.".contains(&it);
    (3..=63).contains(&name.len())
        && name.bytes().all(is_part)
        && name.starts_with(|it: char| it.is_ascii_alphanumeric())
        && !name.contains("..")
}

fn is_folder_name(name: &str) -> bool {
    let is_part = |it: char| it.is_alphanumeric() || "-_.".contains(it);
    !["", ".", "..", ".linli"].contains(&name) && name.chars().all(is_part)
}

/// The region that hosts of services have in their names: these want the bucket in the host, too.
fn region_of(host: &str) -> Option<&str> {
    let ends = [
        ("oss-", ".aliyuncs.com"),
        ("cos.", ".myqcloud.com"),
        ("obs.", ".myhuaweicloud.com"),
        ("s3.", ".amazonaws.com"),
        ("s3.", ".amazonaws.com.cn"),
    ];
    let region = ends
        .iter()
        .find_map(|(start, end)| host.strip_prefix(start).and_then(|it| it.strip_suffix(end)))?;
    Some(region.strip_suffix("-internal").unwrap_or(region))
}

/// What stands beside `s3` belongs to no other target.
pub(super) fn both(text: &Text, span: Span) -> Diagnostic {
    Diagnostic::error(Code::BadSetting, text.locate(span)).arg("setting", "s3").help("target")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn regions_of_hosts() {
        for (host, region) in [
            ("oss-cn-hangzhou.aliyuncs.com", Some("cn-hangzhou")),
            ("oss-cn-hangzhou-internal.aliyuncs.com", Some("cn-hangzhou")),
            ("cos.ap-guangzhou.myqcloud.com", Some("ap-guangzhou")),
            ("obs.cn-north-4.myhuaweicloud.com", Some("cn-north-4")),
            ("s3.cn-north-1.amazonaws.com.cn", Some("cn-north-1")),
            ("minio.xingfu.local:9000", None),
        ] {
            assert_eq!(region_of(host), region, "{host}");
        }
    }

    #[test]
    fn names_of_buckets() {
        assert!(is_bucket("xingfu-portal-1250000000"));
        for name in ["", "ab", "Portal", "a/b", "-ab", "a..b", "幸福"] {
            assert!(!is_bucket(name), "{name}");
        }
    }
}
