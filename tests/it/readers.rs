//! What readers are told of a record is the same wherever they meet it, and true of what they see.

use linli::diagnostic;

use crate::site;

/// The pages of a community in a street with these files below its folder, on 23 November 2026.
fn pages(files: &[(&str, &str)]) -> site::Files {
    let base = [
        ("site.toml", "title = \"幸福区\"\nbase-url = \"https://x.example\"\n"),
        ("content/place.yaml", "name: 凯旋街道\nlevel: street\n"),
        ("content/yi/place.yaml", "name: 一心社区\nlevel: community\n"),
    ];
    let base = base.map(|(path, text)| (path.to_owned(), text.into()));
    let own = files.iter().map(|(path, text)| (format!("content/{path}"), (*text).into()));
    let (told, pages) = site::build(&site::memory(&base.into_iter().chain(own).collect()));
    assert_eq!(diagnostic::count(&told).0, 0, "{told:?}");
    pages
}

fn text<'p>(pages: &'p site::Files, path: &str) -> &'p str {
    std::str::from_utf8(&pages[path]).unwrap()
}

/// The states that a page shows, in order.
fn states(page: &str) -> Vec<&str> {
    let all = page.split("<b class=\"state").skip(1);
    all.map(|it| it.split_once('>').unwrap().1.split('<').next().unwrap()).collect()
}

#[test]
fn a_case_says_its_state_on_every_page() {
    let case = |number: u8, due: &str, more: &str| {
        format!(
            "- {{number: 甲{number}, reported: 2026-10-0{number}, category: 其他, spot: 东门{number}, \
             department: 城管, due: {due}{more}}}\n"
        )
    };
    let cases = case(1, "2026-11-20", "")
        + &case(2, "2026-11-23", "")
        + &case(3, "2026-11-20", ", resolved: 2026-11-01, outcome: 已修好");
    let pages = pages(&[("yi/responses.yaml", &cases)]);
    assert_eq!(states(text(&pages, "yi/responses/index.html")), ["已超期", "办理中", "已办结"]);
    for (number, state) in [(1, "已超期"), (2, "办理中"), (3, "已办结")] {
        let page = text(&pages, &format!("yi/responses/甲{number}/index.html"));
        assert_eq!(states(page), [state], "{page}");
    }
    // The latest first; pages of places have that one, the front page the way to the list.
    assert_eq!(states(text(&pages, "responses/all/index.html")), ["已办结", "办理中", "已超期"]);
    assert_eq!(states(text(&pages, "yi/index.html")), ["已办结"]);
    assert!(text(&pages, "index.html").contains("href=\"/responses/all/\""));
}

#[test]
fn what_is_cancelled_says_so_on_every_page() {
    let declared = "title: 活动\nsection: virtue\nfields:\n  name: {type: text, label: 活动, required: true}\n  \
                    day: {type: date, label: 日子, required: true}\n  off: {type: boolean, label: 停办}\n\
                    date: {date: day, cancelled: off}\nkey: [day]\nview: VIEW\n\
                    record-pages: {slug: [day]}\nroles: {title: name}\n";
    for view in ["schedule", "articles", "cards", "directory"] {
        let declared = declared.replace("VIEW", view);
        let pages = pages(&[
            ("_collections/shows.yaml", &declared),
            ("yi/shows.yaml", "- {name: 合唱, day: 2026-12-05, off: 是}\n"),
        ]);
        for path in ["yi/shows/index.html", "yi/shows/2026-12-05/index.html"] {
            let page = text(&pages, path);
            assert_eq!(states(page), ["已取消"], "{view} {path}: {page}");
        }
    }
}

/// The dates of the lines below the heading of a list on the page of a place.
fn preview<'p>(page: &'p str, list: &str) -> Vec<&'p str> {
    let at = page.find(&format!("/{list}/\">")).unwrap();
    let set = page[at..].split("</article>").next().unwrap();
    let dates = set.split("<time class=\"line-date\" datetime=\"").skip(1);
    dates.map(|it| it.split_once('>').unwrap().1.split('<').next().unwrap()).collect()
}

#[test]
fn the_first_of_a_preview_is_the_next_one() {
    let session = |day: &str| {
        format!(
            "- {{date: 2026-12-{day}, starts: 9:00, service: 法律咨询, official: 律师, \
             provider: 服务站, venue: 议事厅}}\n"
        )
    };
    let sessions = ["03", "10", "17", "24", "31"].map(session).concat();
    let pages = pages(&[("yi/legal-aid.yaml", &sessions)]);
    let page = text(&pages, "yi/index.html");
    assert_eq!(preview(page, "legal-aid"), ["12月3日 星期四"], "{page}");
    // What comes stands below its day, which is a heading.
    assert!(
        page.contains("<h3><time datetime=\"2026-12-03\">12月3日 星期四</time></h3>"),
        "{page}"
    );
}

#[test]
fn figures_of_all_years_say_so_where_a_list_is_of_one() {
    let session = |day: &str| {
        format!(
            "- {{date: {day}, starts: 9:00, service: 法律咨询, official: 律师, provider: 服务站, \
             venue: 议事厅}}\n"
        )
    };
    // So many that a year has a page of its own.
    let days = (1..=14).flat_map(|day| [2024, 2025].map(|year| format!("{year}-03-{day:02}")));
    let days: Vec<String> = days.chain(["2026-03-03".to_owned()]).collect();
    let sessions: String = days.iter().map(|day| session(day)).collect();
    let pages = pages(&[("yi/legal-aid.yaml", &sessions), ("legal-aid.yaml", &session(&days[0]))]);
    for path in ["yi/legal-aid/index.html", "yi/legal-aid/2024/index.html"] {
        let page = text(&pages, path);
        assert!(page.contains("数字按全部 29 条记录计算（2024年至2026年）"), "{page}");
        assert!(page.contains("<h2>主要数字 <small>2024年至2026年</small></h2>"), "{page}");
    }
    assert!(!text(&pages, "legal-aid/index.html").contains("条记录计算（"));
}
