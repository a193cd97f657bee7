//! Structured data: what a page shows, once more for machines, as JSON-LD in the vocabulary of
//! [schema.org](https://schema.org).
//!
//! ```html
//! <script type="application/ld+json">{"@context":"https://schema.org","@graph":[
//! {"@type":"BreadcrumbList","itemListElement":[…]},
//! {"@type":"GovernmentOffice","name":"一心街道","telephone":"0431-8255-0201",…}]}</script>
//! ```
//!
//! There is one file for each type. They are made from what the page's template is given, so they
//! hold nothing that disclosure took out, and a test compares them with what readers see. A page
//! has at most [`MOST`] bytes of it: of a long list the first entries are told. To browsers a
//! script of that type is data, which no policy has to allow.

mod breadcrumbs;
mod dataset;
mod event;
mod notice;
mod office;
mod opening;
mod service;

use serde::Serialize;

use crate::{render::context::PlaceLink, schema::Collection};

pub(super) use self::{
    breadcrumbs::Breadcrumbs,
    dataset::Dataset,
    event::{Event, Occasion},
    notice::Announcement,
    office::Office,
    service::Service,
};

/// The most bytes that the data of a page may have. They count for all who read it.
const MOST: usize = 2048;

/// What stands before the first thing.
const BEGIN: &str = "{\"@context\":\"https://schema.org\",\"@graph\":[";

/// What stands behind the last one.
const END: &str = "]}";

/// The things that a page tells of.
#[derive(Debug, Default)]
pub(super) struct Graph {
    /// Each as JSON, parted by commas.
    things: String,
}

impl Graph {
    /// Adds a thing, unless there is no room for it.
    pub(super) fn add(&mut self, thing: &impl Serialize) {
        // A struct of texts can always be written.
        let Ok(json) = serde_json::to_string(thing) else { return };
        let json = inside_html(&json);
        let comma = usize::from(!self.things.is_empty());
        if BEGIN.len() + self.things.len() + comma + json.len() + END.len() <= MOST {
            self.things.extend((comma > 0).then_some(','));
            self.things.push_str(&json);
        }
    }

    /// The content of the script; empty if there is nothing to tell.
    pub(super) fn finish(self) -> String {
        if self.things.is_empty() { self.things } else { format!("{BEGIN}{}{END}", self.things) }
    }
}

/// JSON that may stand in a script: no tag or comment can begin or end in it.
fn inside_html(json: &str) -> String {
    json.replace('<', "\\u003c").replace('>', "\\u003e").replace('&', "\\u0026")
}

/// A text that is left out where it is empty.
fn is_empty(text: &&str) -> bool {
    text.is_empty()
}

/// A list of records that is told of.
#[derive(Debug, Clone, Copy)]
pub(super) struct ListSubject<'a> {
    /// Its declaration.
    pub(super) declared: &'a Collection,
    /// The language of the page.
    pub(super) language: &'a str,
    /// Whose records they are.
    pub(super) place: &'a PlaceLink,
    /// The whole address of the list.
    pub(super) url: &'a str,
}

/// Something that has a name and perhaps a page: an office that answers for what is told.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Named<'a> {
    /// Its type.
    #[serde(rename = "@type")]
    kind: &'static str,
    /// What it is called.
    name: &'a str,
    /// Its address in the web.
    #[serde(skip_serializing_if = "String::is_empty")]
    url: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn data_cannot_end_the_script() {
        let mut graph = Graph::default();
        graph.add(&Named { kind: "Thing", name: "</script><!--&", url: String::new() });
        let script = graph.finish();
        assert!(!script.contains(['<', '>', '&']), "{script}");
        let read: serde_json::Value = serde_json::from_str(&script).unwrap();
        assert_eq!(read["@graph"][0]["name"], "</script><!--&");
    }

    #[test]
    fn what_has_no_room_is_left_out() {
        let mut graph = Graph::default();
        let long = "长".repeat(100);
        (0..40).for_each(|_| graph.add(&Named { kind: "Thing", name: &long, url: String::new() }));
        graph.add(&Named { kind: "Thing", name: "短", url: String::new() });
        let script = graph.finish();
        assert!((1500..=MOST).contains(&script.len()), "{}", script.len());
        let read: serde_json::Value = serde_json::from_str(&script).unwrap();
        assert!(read["@graph"].as_array().unwrap().len() > 4);
        assert_eq!(Graph::default().finish(), "");
    }
}
