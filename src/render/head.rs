//! Where the head of a page begins, and the policy that is put there.
//!
//! It works on the bytes of a finished page, so that no theme can leave the policy out. A browser
//! heeds it for what comes after it, so it goes before anything else that a template wrote.

use crate::config::policy::REFERRER;

/// The beginning of the element that holds the policy; the policy and `">` follow.
pub(crate) const POLICY: &str = "<meta http-equiv=\"Content-Security-Policy\" content=\"";

/// The elements that hold a policy and what is told to other sites. A policy holds no sign that has
/// a meaning in HTML.
pub(crate) fn elements(policy: &str) -> String {
    format!("{POLICY}{policy}\"><meta name=\"referrer\" content=\"{REFERRER}\">")
}

/// Where the first element of the head would begin: behind the tag of the head; or where that would
/// stand, behind the doctype, comments and the tag of `html`. The charset stays in front, if it is
/// the first element, as browsers look for it at the beginning alone.
pub(crate) fn start(html: &[u8]) -> usize {
    let mut at = if html.starts_with(b"\xef\xbb\xbf") { 3 } else { 0 };
    loop {
        let rest = skip_blanks(html, &mut at);
        if rest.starts_with(b"<!--") {
            at += comment(rest);
        } else if rest.starts_with(b"<!") || rest.starts_with(b"<?") || is_tag(rest, b"<html") {
            at += tag(rest);
        } else if is_tag(rest, b"<head") {
            at += tag(rest);
            return at + charset(&html[at..]);
        } else {
            return at;
        }
    }
}

/// Where the first tag of that name ends; `None` if there is none. `name` comes with its `<`. A
/// longer name that begins the same, `<header>`, is another tag.
pub(super) fn after_tag(html: &[u8], name: &[u8]) -> Option<usize> {
    let start = (0..html.len()).find(|at| is_tag(&html[*at..], name))?;
    Some(start + tag(&html[start..]))
}

/// What follows the blanks at a place, which moves behind them.
fn skip_blanks<'h>(html: &'h [u8], at: &mut usize) -> &'h [u8] {
    let rest = html[*at..].trim_ascii_start();
    *at = html.len() - rest.len();
    rest
}

/// Whether a tag of that name begins here.
fn is_tag(html: &[u8], name: &[u8]) -> bool {
    let end = html.get(name.len());
    html.len() > name.len()
        && html[..name.len()].eq_ignore_ascii_case(name)
        && end.is_some_and(|it| it.is_ascii_whitespace() || matches!(it, b'>' | b'/'))
}

/// The length of the tag that begins here; all, if it does not end. A `>` in quotes does not end
/// it.
fn tag(html: &[u8]) -> usize {
    let mut quote = None;
    for (at, byte) in html.iter().enumerate() {
        match byte {
            it if quote == Some(it) => quote = None,
            _ if quote.is_some() => {}
            b'"' | b'\'' => quote = Some(byte),
            b'>' => return at + 1,
            _ => {}
        }
    }
    html.len()
}

/// The length of the comment that begins here, as browsers see it; all, if it does not end.
fn comment(html: &[u8]) -> usize {
    if html[4..].starts_with(b">") || html[4..].starts_with(b"->") {
        return if html[4] == b'>' { 5 } else { 6 };
    }
    let ends = [&b"-->"[..], b"--!>"];
    let end =
        |it: &[u8]| html[4..].windows(it.len()).position(|at| at == it).map(|at| at + it.len());
    ends.into_iter().filter_map(end).min().map_or(html.len(), |it| it + 4)
}

/// The length of the element that names the charset, if that comes next.
fn charset(html: &[u8]) -> usize {
    let mut at = 0;
    let rest = skip_blanks(html, &mut at);
    let element = &rest[..tag(rest)];
    let names_charset = is_tag(rest, b"<meta")
        && element[5..].trim_ascii_start().len() > 8
        && element[5..].trim_ascii_start()[..8].eq_ignore_ascii_case(b"charset=");
    if names_charset { at + element.len() } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_head_begins_before_all_that_a_template_wrote() {
        for html in [
            "<!doctype html>\n<html lang=\"zh\">\n<head>|<title>甲</title></head>",
            "<!DOCTYPE html><html><HEAD data-a='>'>\n<meta charset=\"utf-8\">|<script>a</script>",
            "<!doctype html><head><META  CHARSET=utf-8 />|",
            "<head>|<meta name=\"a\" charset=\"utf-8\">",
            "<!-- <head> --><html><!-- -- > --!><head>|<p>",
            "<!--><head>|<script></script>-->",
            "<!---><head>|",
            "<?xml version=\"1.0\"?><html>|<p>甲",
            "<!doctype html>|<header>甲</header><head>",
            "\u{feff} |甲",
            "|",
            "<!-- a|",
            "<head a=\"|",
        ] {
            let (before, after) = html.split_once('|').unwrap();
            assert_eq!(start(format!("{before}{after}").as_bytes()), before.len(), "{html}");
        }
    }

    #[test]
    fn any_bytes_have_a_start() {
        let words = ["<", "!--", ">", "-", "head", "html", " ", "'", "meta charset=", "\u{feff}"];
        for a in words {
            for b in words {
                for c in words {
                    for d in words {
                        let html = [a, b, c, d].concat();
                        assert!(start(html.as_bytes()) <= html.len(), "{html}");
                    }
                }
            }
        }
    }
}
