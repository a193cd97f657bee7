//! What a page shows, once more for machines: the content of a script of the type
//! `application/ld+json`.

use serde::Serialize;
use tera::Value;

/// The most bytes that a page may have of it. They count for all who read the page.
const MOST: usize = 2048;

/// What stands before the first thing.
const BEGIN: &str = "{\"@context\":\"https://schema.org\",\"@graph\":[";

/// What stands behind the last one.
const END: &str = "]}";

/// The things that a page tells of, at most so many as have room. The default is that of a portal
/// which tells nothing.
#[derive(Debug, Default)]
pub struct Graph {
    /// Each as JSON, parted by commas; nothing if the portal tells nothing.
    things: Option<String>,
}

impl Graph {
    /// One without things yet.
    pub fn new() -> Self {
        Self { things: Some(String::new()) }
    }

    /// Calls `add` with it, unless the portal tells nothing.
    pub fn tell(&mut self, add: impl FnOnce(&mut Self)) {
        if self.things.is_some() {
            add(self);
        }
    }

    /// Adds a thing, unless there is no room for it.
    pub fn add(&mut self, thing: &impl Serialize) {
        let Some(things) = &mut self.things else { return };
        // A struct of texts can always be written.
        let Ok(json) = serde_json::to_string(thing) else { return };
        let json = inside_html(json);
        let comma = usize::from(!things.is_empty());
        if BEGIN.len() + things.len() + comma + json.len() + END.len() <= MOST {
            things.extend((comma > 0).then_some(','));
            things.push_str(&json);
        }
    }

    /// The content of the script; empty if there is nothing to tell.
    fn script(&self) -> String {
        let things = self.things.as_deref().unwrap_or_default();
        if things.is_empty() { String::new() } else { format!("{BEGIN}{things}{END}") }
    }
}

impl From<Graph> for Value {
    fn from(graph: Graph) -> Self {
        Self::safe_string(&graph.script())
    }
}

/// JSON that may stand in a script: no tag or comment can begin or end in it.
fn inside_html(json: String) -> String {
    if !json.contains(['<', '>', '&']) {
        return json;
    }
    json.replace('<', "\\u003c").replace('>', "\\u003e").replace('&', "\\u0026")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Serialize)]
    struct Named<'a> {
        name: &'a str,
    }

    #[test]
    fn data_cannot_end_the_script() {
        let mut graph = Graph::new();
        graph.add(&Named { name: "</script><!--&" });
        let script = graph.script();
        assert!(!script.contains(['<', '>', '&']), "{script}");
        let read: serde_json::Value = serde_json::from_str(&script).unwrap();
        assert_eq!(read["@graph"][0]["name"], "</script><!--&");
    }

    #[test]
    fn what_has_no_room_is_left_out() {
        let mut graph = Graph::new();
        let long = "长".repeat(100);
        (0..40).for_each(|_| graph.add(&Named { name: &long }));
        graph.add(&Named { name: "短" });
        let script = graph.script();
        assert!((1500..=MOST).contains(&script.len()), "{}", script.len());
        let read: serde_json::Value = serde_json::from_str(&script).unwrap();
        assert!(read["@graph"].as_array().unwrap().len() > 4);
    }

    #[test]
    fn a_portal_may_tell_nothing() {
        let mut graph = Graph::default();
        graph.add(&Named { name: "一心社区" });
        assert_eq!(graph.script(), "");
        assert_eq!(Graph::new().script(), "");
    }
}
