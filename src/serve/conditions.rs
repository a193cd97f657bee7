//! What a request asks of a file it may already have, or wants a part of (RFC 9110).

use std::time::{Duration, SystemTime};

use axum::http::{HeaderMap, HeaderName, header};

/// What tells one state of a file from another.
#[derive(Debug)]
pub(super) struct Stamp {
    /// In quotes, as it is sent.
    pub(super) etag: String,
    /// In full seconds, as it is sent.
    pub(super) modified: SystemTime,
}

/// The part of a file that is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// All of it.
    Whole,
    /// So many bytes from this one on, at least one.
    From {
        /// The first byte.
        start: u64,
        /// How many.
        length: u64,
    },
    /// A part that it does not have.
    Outside,
}

impl Stamp {
    /// A stamp with the moment cut to what a header can say.
    pub(super) fn new(etag: String, modified: SystemTime) -> Self {
        let age = modified.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
        let modified = SystemTime::UNIX_EPOCH + Duration::from_secs(age.as_secs());
        Self { etag, modified }
    }

    /// Whether who asks has the file as it is.
    pub(super) fn is_known(&self, headers: &HeaderMap) -> bool {
        if headers.contains_key(header::IF_NONE_MATCH) {
            let lists = headers.get_all(header::IF_NONE_MATCH).iter();
            let mut tags = lists.filter_map(|it| it.to_str().ok()).flat_map(|it| it.split(','));
            return tags.any(|tag| {
                let tag = tag.trim();
                tag == "*" || tag.strip_prefix("W/").unwrap_or(tag) == self.etag
            });
        }
        date(headers, header::IF_MODIFIED_SINCE).is_some_and(|it| it >= self.modified)
    }

    /// The part of the file that is asked for. Several parts at once are answered with the whole.
    pub(super) fn part(&self, headers: &HeaderMap, length: u64) -> Part {
        let range = headers.get(header::RANGE).and_then(|it| it.to_str().ok());
        match range {
            Some(range) if self.is_continued(headers) => parse(range, length),
            _ => Part::Whole,
        }
    }

    /// Whether a part would fit to the others that who asks already has.
    fn is_continued(&self, headers: &HeaderMap) -> bool {
        let Some(known) = headers.get(header::IF_RANGE) else { return true };
        known.as_bytes() == self.etag.as_bytes()
            || date(headers, header::IF_RANGE) == Some(self.modified)
    }
}

fn date(headers: &HeaderMap, name: HeaderName) -> Option<SystemTime> {
    httpdate::parse_http_date(headers.get(name)?.to_str().ok()?).ok()
}

/// What does not follow the rules asks for nothing in particular.
fn parse(range: &str, length: u64) -> Part {
    let Some((unit, range)) = range.split_once('=') else { return Part::Whole };
    let Some((first, last)) = range.trim().split_once('-') else { return Part::Whole };
    if !unit.trim().eq_ignore_ascii_case("bytes") {
        return Part::Whole;
    }
    match (number(first), number(last)) {
        (Some(start), Some(end)) if start > end => Part::Whole,
        (Some(start), Some(end)) if start < length => {
            Part::From { start, length: end.min(length - 1) - start + 1 }
        }
        (Some(start), None) if last.is_empty() && start < length => {
            Part::From { start, length: length - start }
        }
        (Some(_), end) if end.is_some() || last.is_empty() => Part::Outside,
        (None, Some(count)) if first.is_empty() => match count.min(length) {
            0 => Part::Outside,
            count => Part::From { start: length - count, length: count },
        },
        _ => Part::Whole,
    }
}

/// A number of digits alone. No file is as long as those that do not fit.
fn number(digits: &str) -> Option<u64> {
    let is_number = !digits.is_empty() && digits.bytes().all(|it| it.is_ascii_digit());
    is_number.then(|| digits.parse().unwrap_or(u64::MAX))
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn ranges_of_ten_bytes() {
        let from = |start, length| Part::From { start, length };
        for (range, expected) in [
            ("bytes=0-0", from(0, 1)),
            ("bytes=0-", from(0, 10)),
            ("bytes=3-5", from(3, 3)),
            ("Bytes = 3-5", from(3, 3)),
            ("bytes=9-99", from(9, 1)),
            ("bytes=0-99999999999999999999999", from(0, 10)),
            ("bytes=-3", from(7, 3)),
            ("bytes=-30", from(0, 10)),
            ("bytes=10-", Part::Outside),
            ("bytes=10-12", Part::Outside),
            ("bytes=99999999999999999999999-", Part::Outside),
            ("bytes=-0", Part::Outside),
            ("bytes=5-3", Part::Whole),
            ("bytes=0-1,3-4", Part::Whole),
            ("bytes=-", Part::Whole),
            ("bytes=", Part::Whole),
            ("bytes=a-b", Part::Whole),
            ("bytes=1-b", Part::Whole),
            ("bytes=+1-2", Part::Whole),
            ("lines=1-2", Part::Whole),
            ("", Part::Whole),
        ] {
            assert_eq!(parse(range, 10), expected, "{range}");
        }
        assert_eq!(parse("bytes=0-", 0), Part::Outside);
        assert_eq!(parse("bytes=-1", 0), Part::Outside);
    }

    const NOON: SystemTime = SystemTime::UNIX_EPOCH;

    fn stamp() -> Stamp {
        Stamp::new("\"a\"".to_owned(), NOON + Duration::from_millis(86_400_900))
    }

    fn headers(pairs: &[(HeaderName, &'static str)]) -> HeaderMap {
        pairs.iter().map(|(name, value)| (name.clone(), HeaderValue::from_static(value))).collect()
    }

    #[test]
    fn what_is_known_is_not_sent_again() {
        use header::{IF_MODIFIED_SINCE as SINCE, IF_NONE_MATCH as TAGS};
        for (known, pairs) in [
            (false, &[][..]),
            (true, &[(TAGS, "\"a\"")]),
            (true, &[(TAGS, "\"b\", W/\"a\"")]),
            (true, &[(TAGS, "*")]),
            (false, &[(TAGS, "\"b\"")]),
            (false, &[(TAGS, "a")]),
            (true, &[(SINCE, "Fri, 02 Jan 1970 00:00:00 GMT")]),
            (true, &[(SINCE, "Fri, 02 Jan 1970 00:00:01 GMT")]),
            (false, &[(SINCE, "Thu, 01 Jan 1970 23:59:59 GMT")]),
            (false, &[(SINCE, "yesterday")]),
            // The tag alone counts if there is one.
            (false, &[(TAGS, "\"b\""), (SINCE, "Fri, 02 Jan 1970 00:00:01 GMT")]),
        ] {
            assert_eq!(stamp().is_known(&headers(pairs)), known, "{pairs:?}");
        }
    }

    #[test]
    fn parts_of_another_file_are_not_mixed() {
        use header::{IF_RANGE, RANGE};
        let part = Part::From { start: 1, length: 1 };
        for (expected, known) in [
            (part, "\"a\""),
            (part, "Fri, 02 Jan 1970 00:00:00 GMT"),
            (Part::Whole, "W/\"a\""),
            (Part::Whole, "\"b\""),
            (Part::Whole, "Fri, 02 Jan 1970 00:00:01 GMT"),
            (Part::Whole, ""),
        ] {
            let headers = headers(&[(RANGE, "bytes=1-1"), (IF_RANGE, known)]);
            assert_eq!(stamp().part(&headers, 10), expected, "{known}");
        }
    }

    proptest! {
        #[test]
        fn parts_lie_within(range in "(bytes=)?[-0-9,a]{0,30}", length: u64) {
            if let Part::From { start, length: part } = parse(&range, length) {
                prop_assert!(part > 0 && start.checked_add(part).is_some_and(|end| end <= length));
            }
        }
    }
}
