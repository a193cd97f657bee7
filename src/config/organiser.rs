//! `[organiser]` of `site.toml`: who answers for the portal, and the marks that public bodies show.
//!
//! ```toml
//! [organiser]
//! name = "幸福街道办事处"
//! correct = "https://example.cn/jiucuo"   # where readers say what is wrong; else they call
//!
//! [organiser.mark]                        # 党政机关: that the site is one of a public body
//! image = "dangzheng.png"                 # a file in content/_root/
//! url = "https://bszs.conac.cn/sitename"
//!
//! [organiser.mistakes]                    # 找错: where readers report mistakes of public sites
//! image = "jiucuo.png"
//! url = "https://zfwzgl.www.gov.cn/exposure/jiucuo.html"
//! ```
//!
//! Numbers are taken as they are: the program knows no rule for them.

use crate::{
    config::mistake::bad,
    diagnostic::{Diagnostic, Location},
    source::{Text, reader::MapReader},
};

/// Who answers for the portal.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Organiser {
    /// The body's name.
    pub name: Option<String>,
    /// Its address.
    pub address: Option<String>,
    /// Its telephone.
    pub phone: Option<String>,
    /// Its e-mail address.
    pub email: Option<String>,
    /// The ICP licence number.
    pub icp: Option<String>,
    /// The public-security record number.
    pub police: Option<String>,
    /// The government site code.
    pub site_code: Option<String>,
    /// Where readers say what is wrong on a page.
    pub correct: Option<String>,
    /// The mark of the site of a public body.
    pub mark: Option<Mark>,
    /// The mark of the service that takes reports of mistakes.
    pub mistakes: Option<Mark>,
    /// What these settings name of the site itself, in the order of the file.
    pub named: Vec<Named>,
}

/// A file or page of the site that a setting names. Whether it is there, the plan of artifacts knows.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Named {
    /// A picture in `content/_root/`, or an address that begins with `/`.
    pub target: String,
    /// Where it is named.
    pub location: Location,
}

/// A picture that leads to another site.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Mark {
    /// Its picture, a path in `content/_root/`; empty for words alone.
    pub image: String,
    /// Where it leads.
    pub url: String,
}

/// Reads `[organiser]`.
pub(super) fn read(
    text: &Text,
    mut reader: MapReader<'_>,
    sink: &mut Vec<Diagnostic>,
) -> Organiser {
    let mut word = |key| reader.word(key, sink).map(|(word, _)| word.to_owned());
    let mut organiser = Organiser {
        name: word("name"),
        address: word("address"),
        phone: word("phone"),
        email: word("email"),
        icp: word("icp"),
        police: word("police"),
        site_code: word("site-code"),
        ..Organiser::default()
    };
    let mut named = Vec::new();
    organiser.correct = address("correct", text, &mut reader, (&mut named, sink));
    let mut mark = |key| {
        let node = reader.get(key)?;
        let mut inner = MapReader::open(text, node, sink)?;
        let url = address("url", text, &mut inner, (&mut named, sink));
        let image = image(text, &mut inner, (&mut named, sink)).unwrap_or_default();
        inner.finish(sink);
        Some(Mark { image, url: url? })
    };
    organiser.mark = mark("mark");
    organiser.mistakes = mark("mistakes");
    organiser.named = named;
    reader.finish(sink);
    organiser
}

/// The address under a key, which every page links to: of a page, of another site, to write to, or to
/// call. One of a page is noted.
fn address(
    key: &'static str,
    text: &Text,
    reader: &mut MapReader<'_>,
    (named, sink): (&mut Vec<Named>, &mut Vec<Diagnostic>),
) -> Option<String> {
    let (word, span) = reader.word(key, sink)?;
    let is_local = word.starts_with('/') && !word.starts_with("//");
    let starts = ["https://", "http://", "mailto:", "tel:"];
    let is_safe = is_local || starts.iter().any(|it| word.len() > it.len() && word.starts_with(it));
    if !is_safe || word.contains(|it: char| it.is_whitespace() || it.is_control()) {
        sink.push(bad(text, span, key, "https://example.cn/"));
        return None;
    }
    if is_local {
        named.push(Named { target: word.to_owned(), location: text.locate(span) });
    }
    Some(word.to_owned())
}

/// The name of a picture in the root of the site, which is noted.
fn image(
    text: &Text,
    reader: &mut MapReader<'_>,
    (named, sink): (&mut Vec<Named>, &mut Vec<Diagnostic>),
) -> Option<String> {
    let (word, span) = reader.word("image", sink)?;
    let is_plain = |it: char| it.is_ascii_alphanumeric() || "-_.".contains(it);
    let is_path = word.split('/').all(|it| !it.starts_with('.') && !it.is_empty());
    if !is_path || !word.chars().all(|it| is_plain(it) || it == '/') {
        sink.push(bad(text, span, "image", "dangzheng.png"));
        return None;
    }
    named.push(Named { target: word.to_owned(), location: text.locate(span) });
    Some(word.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{SitePath, toml};

    fn organiser(content: &str) -> (Organiser, usize) {
        let text = Text { path: SitePath::new("site.toml"), content: content.to_owned() };
        let mut sink = Vec::new();
        let node = toml::parse(&text).report(&mut sink).unwrap();
        let reader = MapReader::open(&text, &node, &mut sink).unwrap();
        (read(&text, reader, &mut sink), sink.len())
    }

    #[test]
    fn marks_have_an_address_and_a_picture() {
        let (it, count) = organiser(
            "correct = \"/guide/\"\n[mark]\nimage = \"dz.png\"\nurl = \"https://a.cn/?a=1\"\n\
             [mistakes]\nurl = \"https://b.cn/\"\n",
        );
        assert_eq!(count, 0);
        assert_eq!(it.correct.as_deref(), Some("/guide/"));
        let mark = |image: &str, url: &str| Mark { image: image.to_owned(), url: url.to_owned() };
        assert_eq!(it.mark, Some(mark("dz.png", "https://a.cn/?a=1")));
        assert_eq!(it.mistakes, Some(mark("", "https://b.cn/")));
        let named: Vec<&str> = it.named.iter().map(|it| it.target.as_str()).collect();
        assert_eq!(named, ["/guide/", "dz.png"]);
    }

    #[test]
    fn addresses_lead_to_pages() {
        for word in ["javascript:alert(1)", "//a.cn/", "data:,a", "https://", "a.cn", "https://a b"]
        {
            let (it, count) =
                organiser(&format!("correct = \"{word}\"\n[mark]\nurl = \"{word}\"\n"));
            assert_eq!((it, count), (Organiser::default(), 2), "{word}");
        }
        for image in ["../a.png", "/a.png", "https://a.cn/a.png", "a b.png", ".a"] {
            let (it, count) = organiser(&format!("[mark]\nimage = \"{image}\"\nurl = \"/a/\"\n"));
            assert_eq!((it.mark.unwrap().image.as_str(), count), ("", 1), "{image}");
        }
    }
}
