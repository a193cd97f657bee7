//! Pages get the script that listens.
//!
//! ```html
//! …</main><script src="/portal/_linli/live.js" data-version="18f3a2-7"
//! data-files="[&quot;a/index.html&quot;]" async></script></body></html>
//! ```
//!
//! The file in the output folder stays as it is: the script is added to the answer alone.

use crate::output::OutPath;
use crate::serve::{address::RESERVED, words::PreviewWords};

/// What a page has to know of itself.
pub(super) struct PageScript<'a> {
    /// The address of the site, without a `/` at its end.
    pub(super) base: &'a str,
    /// What [`Live`](crate::serve::live::Live) was at when the page was read.
    pub(super) version: &'a str,
    /// The files whose change makes it another page.
    pub(super) files: &'a [OutPath],
}

impl PageScript<'_> {
    /// The `script` element. Base and version need no escaping: one is percent-encoded, the other
    /// made of digits, letters and a hyphen.
    fn element(&self) -> String {
        let Self { base, version, files } = self;
        let files = serde_json::to_string(files).expect("a list of texts has a JSON form");
        let files = escape(&files);
        format!(
            r#"<script src="{base}/{RESERVED}/live.js" data-version="{version}" data-files="{files}" async></script>"#
        )
    }

    /// Puts the script at the end of a page's body. That is before the last `</body>`, in any case,
    /// or else at the end: a page that a person wrote may have none, and text may mention it.
    pub(super) fn insert(&self, mut html: Vec<u8>) -> Vec<u8> {
        const END: &[u8] = b"</body>";
        let end = html.windows(END.len()).rposition(|it| it.eq_ignore_ascii_case(END));
        let end = end.unwrap_or(html.len());
        html.splice(end..end, self.element().into_bytes());
        html
    }
}

/// A page that says that there is none, for sites that do not bring one.
pub(super) fn absent(words: &PreviewWords) -> Vec<u8> {
    let PreviewWords { language, absent, .. } = words;
    format!(
        "<!DOCTYPE html>\n<html lang=\"{language}\">\n<head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width\"><title>404</title></head>\n\
         <body><h1>404</h1><p>{absent}</p></body>\n</html>\n"
    )
    .into_bytes()
}

/// A text for the value of an attribute. Single quotes stay, as the value stands in double ones.
fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn inserted(html: &str) -> String {
        let files = [OutPath::new("a&b/index.html").unwrap()];
        let script = PageScript { base: "/portal", version: "1-2", files: &files };
        String::from_utf8(script.insert(html.into())).unwrap()
    }

    const ELEMENT: &str = concat!(
        r#"<script src="/portal/_linli/live.js" data-version="1-2" "#,
        r#"data-files="[&quot;a&amp;b/index.html&quot;]" async></script>"#
    );

    #[test]
    fn the_script_ends_the_body() {
        for (before, after) in [
            ("<body>一</body></html>", "</body></html>"),
            ("<p>no </body> here</BODY>", "</BODY>"),
            ("<p>一", ""),
            ("", ""),
        ] {
            let head = before.strip_suffix(after).unwrap();
            assert_eq!(inserted(before), format!("{head}{ELEMENT}{after}"));
        }
    }
}
