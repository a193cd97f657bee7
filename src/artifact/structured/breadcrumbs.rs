//! `BreadcrumbList`: the places and lists above a page.

use serde::Serialize;

use crate::render::context::Link;

/// The places and lists above a page, the front page first.
#[derive(Debug, Serialize)]
pub(in crate::artifact) struct Breadcrumbs<'a> {
    #[serde(rename = "@type")]
    kind: &'static str,
    #[serde(rename = "itemListElement")]
    items: Vec<Item<'a>>,
}

/// One of them.
#[derive(Debug, Serialize)]
struct Item<'a> {
    #[serde(rename = "@type")]
    kind: &'static str,
    position: usize,
    name: &'a str,
    #[serde(rename = "item")]
    url: String,
}

impl<'a> Breadcrumbs<'a> {
    /// The links above a page; nothing for the front page. `absolute` gives whole addresses.
    pub(in crate::artifact) fn new(
        links: &'a [Link],
        absolute: impl Fn(&str) -> String,
    ) -> Option<Self> {
        let item = |(position, link): (usize, &'a Link)| {
            let (name, url) = (link.title.as_str(), absolute(&link.url));
            Item { kind: "ListItem", position, name, url }
        };
        let items: Vec<Item> = (1..).zip(links).map(item).collect();
        (!items.is_empty()).then_some(Self { kind: "BreadcrumbList", items })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn they_are_counted_from_the_front_page() {
        let link = |title: &str, url: &str| Link { title: title.into(), url: url.into() };
        let links = [link("甲区", "/"), link("乙街道", "/yi/")];
        let found = Breadcrumbs::new(&links, |url| format!("https://a.cn{url}")).unwrap();
        assert_eq!(
            serde_json::to_value(found).unwrap(),
            serde_json::json!({
                "@type": "BreadcrumbList",
                "itemListElement": [
                    {"@type": "ListItem", "position": 1, "name": "甲区", "item": "https://a.cn/"},
                    {"@type": "ListItem", "position": 2, "name": "乙街道", "item": "https://a.cn/yi/"},
                ]
            })
        );
        assert!(Breadcrumbs::new(&[], str::to_owned).is_none());
    }
}
