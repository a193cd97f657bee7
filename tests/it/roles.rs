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
    assert!(list.contains(">甲1<span class=\"sr\"> 2027年3月5日 星期五</span></a></h3>"), "{list}");
    assert!(section.contains("0431-82550111"), "{section}");
    let (section, list, record, other) = pages_of("roles: {title: topic, phone: hotline}\n");
    assert!(record.contains("<title>防骗（"), "{record}");
    assert!(
        list.contains(">防骗<span class=\"sr\"> 2027年3月5日 星期五</span></a></h3>"),
        "{list}"
    );
    assert!(section.contains("0431-82550222"), "{section}");
    // What has no title is called as its list is.
    assert!(other.contains("<title>讲座（"), "{other}");
    assert!(
        list.contains(">讲座<span class=\"sr\"> 2027年3月6日 星期六</span></a></h3>"),
        "{list}"
    );
}

/// The list of a collection of these lines, with these records.
fn list(declared: &str, records: &str) -> String {
    let mut files = diagnostics::files_of("_base");
    let mut add = |path: &str, text: &str| files.insert(path.to_owned(), text.into());
    add("site.toml", "theme = \"default\"\n");
    add("content/_collections/log.yaml", &format!("title: 登记\nsection: service\n{declared}"));
    add("content/xingfu/log.yaml", records);
    let (told, pages) = site::build(&site::memory(&files));
    assert_eq!(told, []);
    String::from_utf8(pages["xingfu/log/index.html"].clone()).unwrap()
}

#[test]
fn streaks_begin_with_the_figure_that_counts_most() {
    let declared = "fields: {day: {type: month}, a: {type: count}, b: {type: count}}\ndate: day\n\
                    view: streaks\nfigures:\n  first: {measure: streak, every: month, holds: {a: 0}, label: 甲}\n  \
                    second: {measure: streak, every: month, holds: {b: 0}, label: 乙}\n";
    let records = "- {day: 2026-09, a: 0, b: 1}\n- {day: 2026-10, a: 0, b: 0}\n";
    let hero = |roles: &str| {
        let page = list(&format!("{declared}{roles}"), records);
        let hero = page.split("<p class=\"hero\">").nth(1).unwrap();
        hero.split("</b>").next().unwrap().to_owned()
    };
    assert_eq!(hero(""), "<span>甲</span> 连续 <b>2");
    assert_eq!(hero("roles: {figure: second}\n"), "<span>乙</span> 连续 <b>1");
}

#[test]
fn charts_of_groups_show_the_number_that_counts_most() {
    let declared = "fields: {day: {type: month}, name: {type: text, required: true}, a: {type: count, label: 甲数}, \
                    b: {type: count, label: 乙数}}\ndate: day\nview: series\nfigures:\n  \
                    latest: {measure: latest, of: a, by: name, label: 最新}\n";
    let record =
        |month: u8| format!("- {{day: 2026-{month:02}, name: 路灯, a: {month}, b: 7{month}}}\n");
    let records = (1..=5).map(record).collect::<Vec<_>>().concat();
    let chart = |roles: &str| {
        let page = list(&format!("{declared}{roles}"), &records);
        let chart = page.split("<figure class=\"chart\">").nth(1).unwrap();
        chart.split("</figure>").next().unwrap().to_owned()
    };
    let (first, declared) = (chart(""), chart("roles: {number: b}\n"));
    assert!(first.contains("甲数") && !first.contains("74"), "{first}");
    assert!(declared.contains("乙数") && declared.contains("74"), "{declared}");
}
