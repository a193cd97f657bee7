//! What declarations say of their fields is what pages show.

use crate::{diagnostics, site};

/// The pages of a site with a collection `talks` of these lines, which has one record.
fn pages(lines: &str) -> site::Files {
    let mut files = diagnostics::files_of("_base");
    let mut add = |path: &str, text: &str| files.insert(path.to_owned(), text.into());
    add("site.toml", "theme = \"default\"\n");
    let declared = format!(
        "title: 讲座\nsection: service\nview: schedule\nfields:\n  number: {{type: text, required: true}}\n  \
         topic: {{type: text}}\n  day: {{type: date}}\n  from: {{type: time}}\n  \
         line: {{type: phone, work: true}}\n  hotline: {{type: phone, work: true}}\n\
         basis: office\ndate: {{date: day, starts: from}}\nrecord-pages: {{slug: [number]}}\n{lines}"
    );
    add("content/_collections/talks.yaml", &declared);
    add(
        "content/xingfu/talks.yaml",
        "- {number: 甲1, topic: 防骗, day: 2027-03-05, from: 9:00, line: 0431-82550111, \
         hotline: 0431-82550222}\n- {number: 甲2, day: 2027-03-06}\n",
    );
    let (told, pages) = site::build(&site::memory(&files));
    assert_eq!(told, []);
    pages
}

#[test]
fn pages_show_the_fields_with_the_roles() {
    let text = |pages: &site::Files, path: &str| String::from_utf8(pages[path].clone()).unwrap();
    let pages_of = |lines| {
        let pages = pages(lines);
        let record = text(&pages, "xingfu/talks/甲1/index.html");
        let other = text(&pages, "xingfu/talks/甲2/index.html");
        (
            text(&pages, "sections/service/index.html"),
            text(&pages, "xingfu/talks/index.html"),
            record,
            other,
        )
    };
    let (section, list, record, _) = pages_of("");
    assert!(record.contains("<title>甲1（"), "{record}");
    assert!(list.contains(">甲1</a></h3>"), "{list}");
    assert!(section.contains("0431-82550111"), "{section}");
    let (section, list, record, other) = pages_of("roles: {title: topic, phone: hotline}\n");
    assert!(record.contains("<title>防骗（"), "{record}");
    assert!(list.contains(">防骗</a></h3>"), "{list}");
    assert!(section.contains("0431-82550222"), "{section}");
    // What has no title is called as its list is.
    assert!(other.contains("<title>讲座（"), "{other}");
    assert!(list.contains(">讲座</a></h3>"), "{list}");
}
