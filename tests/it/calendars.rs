//! Calendars: what is on them, and that programs of others understand it.

mod reader;

use std::fmt::Write as _;

use jiff::{Timestamp, civil::DateTime, tz::TimeZone};
use linli::diagnostic::{self, Code};

use self::reader::{Component, read};
use crate::site::{self, Files};

const SITE: &str = "title = \"幸福区\"\nbase-url = \"https://x.example/p\"\nid = \"x.example\"\n\
                    [organiser]\nname = \"区办\"\nphone = \"0431-8255-0001\"\n";

const SESSION: &str =
    "official: 律师, provider: 公共法律服务站, venue: 议事厅, booking: 0431-8255-0312";

/// A district with a street, a community and two compounds.
fn portal() -> Files {
    let files = [
        ("site.toml", SITE.to_owned()),
        ("content/place.yaml", "name: 幸福区\nlevel: district\n".to_owned()),
        ("content/jie/place.yaml", "name: 凯旋街道\nlevel: street\n".to_owned()),
        ("content/jie/yi/place.yaml", "name: 一心社区\nlevel: community\n".to_owned()),
        ("content/jie/yi/dong/place.yaml", "name: 东院\nlevel: compound\n".to_owned()),
        ("content/jie/yi/xi/place.yaml", "name: 西院\nlevel: compound\n".to_owned()),
    ];
    files.into_iter().map(|(path, text)| (path.to_owned(), text.into())).collect()
}

fn add(files: &mut Files, path: &str, text: &str) {
    files.insert(format!("content/{path}"), text.into());
}

/// A session of legal aid, with more that it says.
fn session(date: &str, service: &str, more: &str) -> String {
    format!("- {{date: {date}, starts: 9:00, ends: 11:00, service: {service}, {SESSION}{more}}}\n")
}

fn notice(title: &str, lines: &str) -> String {
    format!("---\ntitle: {title}\ndate: 2026-11-20\n{lines}---\n\n正文。\n")
}

/// The files of the site, which must have no mistakes.
fn published(files: &Files, moment: &str) -> Files {
    let (told, pages) = site::build_at(&site::memory(files), moment);
    assert_eq!(diagnostic::count(&told).0, 0, "{told:?}");
    pages
}

/// The calendar of a place on 23 November 2026.
fn calendar(files: &Files, place: &str) -> Component {
    read(&published(files, site::TODAY)[&format!("{place}calendar.ics")])
}

/// The only event of a calendar of the community.
fn only(files: &Files) -> Component {
    let calendar = calendar(files, "jie/yi/");
    assert_eq!(calendar.all("VEVENT").len(), 1, "{:?}", calendar.events());
    calendar.all("VEVENT")[0].clone()
}

#[test]
fn a_calendar_has_what_happens_there_above_and_within_a_community() {
    let mut files = portal();
    add(&mut files, "legal-aid.yaml", &session("2026-12-04", "法治讲座", ""));
    add(&mut files, "jie/notices/shui.md", &notice("停水", "happens: 2026-12-05\n"));
    add(&mut files, "jie/notices/xin.md", &notice("一封信", ""));
    add(&mut files, "jie/yi/legal-aid.yaml", &session("2026-12-06", "法律咨询", ""));
    add(&mut files, "jie/yi/dong/notices/dian.md", &notice("停电", "happens: 2026-12-07\n"));
    let pages = published(&files, site::TODAY);
    let titles = |place: &str| {
        let calendar = read(&pages[&format!("{place}calendar.ics")]);
        calendar.events().into_iter().map(|(title, _)| title).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(titles(""), "法治讲座");
    assert_eq!(titles("jie/"), "法治讲座 停水");
    assert_eq!(titles("jie/yi/"), "法治讲座 停水 法律咨询 停电");
    assert_eq!(titles("jie/yi/dong/"), "法治讲座 停水 法律咨询 停电");
    assert_eq!(titles("jie/yi/xi/"), "法治讲座 停水 法律咨询");
    // A list that asks for it has one of its own.
    assert_eq!(titles("jie/yi/legal-aid/"), "法律咨询");
    let calendars = pages.keys().filter(|path| path.ends_with(".ics")).count();
    assert_eq!(calendars, (5 + 2) * 2, "two of five places and two lists each");
}

#[test]
fn an_event_says_what_its_page_says() {
    let mut files = portal();
    let more = ", updated: 2026-11-21";
    add(&mut files, "jie/yi/legal-aid.yaml", &session("2026-12-06", "法律咨询", more));
    let event = only(&files);
    for (name, value) in [
        ("DTSTART", "TZID=Asia/Shanghai:20261206T090000"),
        ("DTEND", "TZID=Asia/Shanghai:20261206T110000"),
        // Midnight in Shanghai.
        ("DTSTAMP", "20261120T160000Z"),
        ("LAST-MODIFIED", "20261120T160000Z"),
        ("SEQUENCE", ""),
        ("STATUS", "CONFIRMED"),
        ("URL", "https://x.example/p/jie/yi/legal-aid/"),
        ("ORGANIZER", "CN=\"一心社区\":https://x.example/p/jie/yi/"),
    ] {
        assert_eq!(event.whole(name), value, "{name}");
    }
    assert_eq!(event.text("SUMMARY"), "法律咨询");
    assert_eq!(event.text("LOCATION"), "一心社区 议事厅");
    assert_eq!(event.text("CATEGORIES"), "法律援助");
    assert_eq!(
        event.text("DESCRIPTION"),
        "到场人员：律师\n服务单位：公共法律服务站\n预约电话：0431-8255-0312\n\
         https://x.example/p/jie/yi/legal-aid/"
    );
    let calendar = calendar(&files, "jie/yi/");
    assert_eq!(calendar.text("NAME"), "一心社区");
    assert_eq!(calendar.whole("REFRESH-INTERVAL"), "VALUE=DURATION:PT12H");
    assert_eq!(calendar.whole("SOURCE"), "VALUE=URI:https://x.example/p/jie/yi/calendar.ics");
}

#[test]
fn whom_to_call_is_the_nearest_office() {
    let mut files = portal();
    add(&mut files, "jie/yi/dong/notices/dian.md", &notice("停电", "happens: 2026-12-07\n"));
    let description = |files: &Files| only(files).text("DESCRIPTION");
    assert!(description(&files).starts_with("电话：0431-8255-0001\n"));
    add(&mut files, "jie/place.yaml", "name: 凯旋街道\nlevel: street\nphone: 0431-8255-0002\n");
    assert!(description(&files).starts_with("电话：0431-8255-0002\n"));
}

#[test]
fn times_of_all_forms_are_written_as_programs_read_them() {
    const LIST: &str = "title: 活动\nfields:\n  name: {type: text, label: 活动}\n  \
                        from: {type: date, label: 自}\n  to: {type: date, label: 至}\n  \
                        starts: {type: time, label: 始}\n  ends: {type: time, label: 终}\n\
                        date: {date: from, until: to, starts: starts, ends: ends}\nview: schedule\n";
    let record = |says: &str| {
        let mut files = portal();
        add(&mut files, "_collections/events.yaml", LIST);
        add(&mut files, "jie/yi/events.yaml", &format!("- {{name: 活动, {says}}}\n"));
        files
    };
    let happens = |says: &str| {
        let mut files = portal();
        let notice = notice("停水", &format!("happens: {says}\n"));
        add(&mut files, "jie/yi/notices/shui.md", &notice);
        files
    };
    for (files, starts, ends) in [
        (record("from: 2026-12-05"), "VALUE=DATE:20261205", "VALUE=DATE:20261206"),
        (record("from: 2026-12-30, to: 2027-01-02"), "VALUE=DATE:20261230", "VALUE=DATE:20270103"),
        (record("from: 2026-12-05, starts: 9:00"), "20261205T090000", ""),
        (
            record("from: 2026-12-31, starts: 22:00, ends: 24:00"),
            "20261231T220000",
            "20270101T000000",
        ),
        (
            record("from: 2026-12-31, starts: 22:00, ends: 次日1:30"),
            "20261231T220000",
            "20270101T013000",
        ),
        (
            record("from: 2026-12-05, to: 2026-12-07, starts: 9:00, ends: 16:00"),
            "20261205T090000",
            "20261207T160000",
        ),
        (
            record("from: 2026-12-05, to: 2026-12-07, starts: 9:00"),
            "20261205T090000",
            "20261208T000000",
        ),
        (happens("2026-12-05"), "VALUE=DATE:20261205", "VALUE=DATE:20261206"),
        (happens("2026-12-05 至 2026-12-07"), "VALUE=DATE:20261205", "VALUE=DATE:20261208"),
        (happens("2026-12-05 下午2点至4点"), "20261205T140000", "20261205T160000"),
        (happens("2026-12-31 22:00 至 2027-01-01 6:00"), "20261231T220000", "20270101T060000"),
        (happens("2026-12-31 22:00 至 次日6:00"), "20261231T220000", "20270101T060000"),
    ] {
        let event = only(&files);
        let of = |name: &str| event.whole(name).replace("TZID=Asia/Shanghai:", "");
        assert_eq!((&*of("DTSTART"), &*of("DTEND")), (starts, ends));
    }
}

#[test]
fn events_are_known_by_their_key_and_never_by_their_title() {
    let mut files = portal();
    let id = |files: &Files| only(files).get("UID").to_owned();
    add(&mut files, "jie/yi/legal-aid.yaml", &session("2026-12-06", "法律咨询", ""));
    let first = id(&files);
    assert!(first.len() == 32 && first.bytes().all(|it| it.is_ascii_lowercase()), "{first}");
    let same = session("2026-12-06", "法律咨询", ", updated: 2026-11-22, cancelled: 是");
    add(&mut files, "jie/yi/legal-aid.yaml", &same.replace("议事厅", "调解室"));
    assert_eq!(id(&files), first);
    // The portal moves, and keeps its id.
    let moved = SITE.replace("https://x.example/p", "https://y.example");
    files.insert("site.toml".to_owned(), moved.into());
    assert_eq!(id(&files), first);
    let other = SITE.replace("id = \"x.example\"", "id = \"y.example\"");
    files.insert("site.toml".to_owned(), other.into());
    assert_ne!(id(&files), first);
    files.insert("site.toml".to_owned(), SITE.into());
    add(&mut files, "jie/yi/legal-aid.yaml", &session("2026-12-13", "法律咨询", ""));
    assert_ne!(id(&files), first);
}

#[test]
fn records_with_one_key_are_told_apart() {
    let mut files = portal();
    let list = "title: 活动\nfields:\n  name: {type: text, label: 活动}\n  day: {type: date, label: 日}\n\
                date: day\nview: schedule\n";
    add(&mut files, "_collections/events.yaml", list);
    add(&mut files, "jie/yi/events.yaml", &"- {name: 合练, day: 2026-12-05}\n".repeat(3));
    // The reader wants each id once.
    assert_eq!(calendar(&files, "jie/yi/").all("VEVENT").len(), 3);
}

#[test]
fn a_stamp_is_of_the_record_and_never_of_the_build() {
    let mut files = portal();
    let stamp = |files: &Files| only(files).get("DTSTAMP").to_owned();
    add(&mut files, "jie/yi/legal-aid.yaml", &session("2026-12-06", "法律咨询", ""));
    assert_eq!(stamp(&files), "20261205T160000Z", "nothing is known but its day");
    let posted = session("2026-12-06", "法律咨询", ", publish_from: 2026-11-20 08:30");
    add(&mut files, "jie/yi/legal-aid.yaml", &posted);
    assert_eq!(stamp(&files), "20261120T003000Z");
    let mut files = portal();
    add(&mut files, "jie/yi/notices/shui.md", &notice("停水", "happens: 2026-12-05\n"));
    assert_eq!(stamp(&files), "20261119T160000Z");
    let changed = notice("停水", "happens: 2026-12-05\nupdated: 2026-11-22\nchange: 改期\n");
    add(&mut files, "jie/yi/notices/shui.md", &changed);
    assert_eq!(stamp(&files), "20261121T160000Z");
    assert!(only(&files).text("DESCRIPTION").starts_with("改期\n"));
    let first = &published(&files, "2026-11-23")["jie/yi/calendar.ics"];
    assert_eq!(&published(&files, "2026-11-24T13:00")["jie/yi/calendar.ics"], first);
}

#[test]
fn a_revision_counts_changes() {
    let mut files = portal();
    let list = "title: 活动\nfields:\n  name: {type: text, label: 活动}\n  day: {type: date, label: 日}\n  \
                times: {type: count, label: 改动}\ndate: {date: day, revision: times}\n\
                view: series\ncalendar: true\n";
    add(&mut files, "_collections/events.yaml", list);
    add(&mut files, "jie/yi/events.yaml", "- {name: 合练, day: 2026-12-05, times: 3}\n");
    assert_eq!(only(&files).get("SEQUENCE"), "3");
}

#[test]
fn cancelled_events_stay_and_past_ones_stay_for_two_years() {
    let mut files = portal();
    let past = session("2024-12-06", "法律咨询", "") + &session("2024-12-07", "人民调解", "");
    let off = session("2026-11-02", "法治讲座", ", cancelled: 是");
    add(&mut files, "jie/yi/legal-aid.yaml", &(past + &off));
    let events = |moment: &str| {
        let calendar = read(&published(&files, moment)["jie/yi/calendar.ics"]);
        let state =
            |event: &&Component| format!("{} {}", event.text("SUMMARY"), event.get("STATUS"));
        calendar.all("VEVENT").iter().map(state).collect::<Vec<_>>().join(", ")
    };
    assert_eq!(events("2026-12-06"), "法律咨询 CONFIRMED, 人民调解 CONFIRMED, 法治讲座 CANCELLED");
    assert_eq!(events("2026-12-07"), "人民调解 CONFIRMED, 法治讲座 CANCELLED");
    assert_eq!(events("2028-11-02"), "法治讲座 CANCELLED");
    // A calendar without events is one still.
    assert_eq!(events("2028-11-03"), "");
}

#[test]
fn a_file_to_import_has_what_is_to_come_and_takes_place() {
    let mut files = portal();
    add(&mut files, "legal-aid.yaml", &session("2026-12-04", "社区巡回法庭", ""));
    let sessions = [
        session("2026-11-22", "法律咨询", ""),
        session("2026-11-23", "人民调解", ""),
        session("2026-12-07", "法治讲座", ", cancelled: 是"),
        session("2026-12-08", "法治讲座", ""),
    ];
    add(&mut files, "jie/yi/legal-aid.yaml", &sessions.concat());
    add(&mut files, "jie/yi/notices/a.md", &notice("清扫", "happens: 2026-11-21 to 2026-11-23\n"));
    add(&mut files, "jie/yi/notices/b.md", &notice("停水", "happens: 2026-11-22\n"));
    let pages = published(&files, site::TODAY);
    let titles = |path: &str| {
        let events = read(&pages[path]).events();
        events.into_iter().map(|(title, _)| title).collect::<Vec<_>>().join(" ")
    };
    // Today is a day to come until it is over.
    assert_eq!(titles("jie/yi/coming.ics"), "清扫 人民调解 社区巡回法庭 法治讲座");
    assert_eq!(titles("jie/yi/legal-aid/coming.ics"), "人民调解 法治讲座");
    // How many they are is said where they are offered.
    let page = String::from_utf8_lossy(&pages["jie/yi/subscribe/index.html"]);
    let counts: Vec<_> = page.split("接下来的 ").skip(1).map(|it| &it[..1]).collect();
    assert_eq!(counts, ["4", "2"], "{page}");
    let page = String::from_utf8_lossy(&pages["subscribe/index.html"]);
    assert!(page.contains("接下来的 1 个安排") && page.contains("/p/coming.ics"), "{page}");
    let pages = published(&files, "2026-12-09");
    let page = String::from_utf8_lossy(&pages["jie/yi/subscribe/index.html"]);
    assert!(page.contains("没有接下来的安排") && !page.contains("coming.ics"), "{page}");
    assert_eq!(read(&pages["jie/yi/coming.ics"]).events(), []);
}

/// What a clock of these rules is ahead of UTC by at a moment, in seconds, as programs find it: by
/// the last change before.
fn offset(zone: &Component, at: DateTime) -> i32 {
    let seconds = |text: &str| {
        let (sign, digits) = text.split_at(1);
        let part = |from: usize| digits.get(from..from + 2).map_or(0, |it| it.parse().unwrap());
        (part(0) * 3600 + part(2) * 60 + part(4)) * if sign == "-" { -1 } else { 1 }
    };
    let start = |part: &&Component| part.get("DTSTART").parse::<DateTime>().unwrap();
    let before = zone.parts.iter().filter(|part| start(part) <= at);
    seconds(before.max_by_key(start).unwrap().get("TZOFFSETTO"))
}

#[test]
fn the_rules_of_any_zone_are_right_for_every_event() {
    for zone in ["Asia/Shanghai", "Europe/Berlin", "America/Santiago", "Australia/Lord_Howe", "UTC"]
    {
        let mut files = portal();
        let settings = format!("time-zone = \"{zone}\"\n{SITE}");
        files.insert("site.toml".to_owned(), settings.into());
        let mut sessions = String::new();
        for month in 1..=12 {
            for year in [2025, 2026, 2027] {
                let date = format!("{year}-{month:02}-15");
                write!(sessions, "{}", session(&date, "法律咨询", "")).unwrap();
            }
        }
        add(&mut files, "jie/yi/legal-aid.yaml", &sessions);
        let calendar = calendar(&files, "jie/yi/");
        let rules = calendar.all("VTIMEZONE");
        assert_eq!((rules.len(), rules[0].get("TZID")), (1, zone));
        assert_eq!(calendar.all("VEVENT").len(), 36);
        for event in calendar.all("VEVENT") {
            let at: DateTime = event.get("DTSTART").parse().unwrap();
            let truth = at.to_zoned_datetime(TimeZone::get(zone).unwrap()).unwrap();
            assert_eq!(offset(rules[0], at), truth.offset().seconds(), "{zone} {at}");
        }
    }
}

#[test]
fn china_has_not_changed_its_clocks_since_1991() {
    let calendar = calendar(&portal(), "");
    let rules = &calendar.all("VTIMEZONE")[0].parts;
    assert_eq!(rules.len(), 1);
    for (name, value) in [
        ("DTSTART", "19910915T020000"),
        ("TZOFFSETFROM", "+0900"),
        ("TZOFFSETTO", "+0800"),
        ("TZNAME", "CST"),
    ] {
        assert_eq!(rules[0].get(name), value);
    }
    let change: Timestamp = "1991-09-14T17:00:00Z".parse().unwrap();
    assert_eq!(change.to_zoned_datetime(TimeZone::get("Asia/Shanghai").unwrap()).hour(), 1);
}

#[test]
fn names_are_masked_as_on_pages_and_markdown_is_plain() {
    let mut files = portal();
    let list = "title: 讲座\nnames: masked\nfields:\n  name: {type: text, label: 讲座}\n  \
                day: {type: date, label: 日}\n  who: {type: person, label: 主讲}\n  \
                secret: {type: text, label: 内部, privacy: internal}\n  \
                about: {type: markdown, label: 说明}\ndate: day\nview: schedule\n";
    add(&mut files, "_collections/talks.yaml", list);
    let talk = "- name: 讲座\n  day: 2026-12-05\n  who: 王秀兰\n  secret: 鼯鼠笼\n  about: |\n    **请带**\n    1. 身份证\n    2. 纸, 笔; 水\n";
    add(&mut files, "jie/yi/talks.yaml", talk);
    let (_, pages) = site::build(&site::memory(&files));
    let event = read(&pages["jie/yi/calendar.ics"]);
    let text = event.all("VEVENT")[0].text("DESCRIPTION");
    assert!(text.starts_with("主讲：王**\n说明：请带\n身份证\n纸, 笔; 水\n"), "{text}");
    for (path, bytes) in &pages {
        let text = String::from_utf8_lossy(bytes);
        assert!(!text.contains("王秀兰") && !text.contains("鼯鼠笼"), "{path}");
    }
}

#[test]
fn a_number_that_is_folded_is_found() {
    let mut files = portal();
    let name = "一".repeat(18) + "13812345678";
    add(&mut files, "place.yaml", &format!("name: {name}\nlevel: district\n"));
    let (told, _) = site::build(&site::memory(&files));
    let is_it = |it: &&diagnostic::Diagnostic| it.code == Code::PersonalDataInOutput;
    let pages: Vec<String> = told.iter().filter(is_it).map(|it| format!("{it:?}")).collect();
    assert!(pages.iter().any(|it| it.contains("/calendar.ics")), "{told:?}");
}

#[test]
fn without_an_address_or_where_it_is_switched_off_there_is_none() {
    for settings in ["title = \"区\"\n".to_owned(), format!("{SITE}[outputs]\ncalendar = false\n")]
    {
        let mut files = portal();
        files.insert("site.toml".to_owned(), settings.into());
        let pages = published(&files, site::TODAY);
        assert!(!pages.keys().any(|path| path.ends_with(".ics")));
        let all: Vec<_> =
            pages.values().map(|it| String::from_utf8_lossy(it).into_owned()).collect();
        assert!(!all.iter().any(|page| page.contains("text/calendar") || page.contains("webcal:")));
    }
}

#[test]
fn a_declaration_keeps_its_list_off_calendars() {
    let mut files = portal();
    let list = "title: 活动\nfields:\n  name: {type: text, label: 活动}\n  day: {type: date, label: 日}\n\
                date: day\nview: schedule\ncalendar: 否\n";
    add(&mut files, "_collections/events.yaml", list);
    add(&mut files, "jie/yi/events.yaml", "- {name: 合练, day: 2026-12-05}\n");
    assert_eq!(calendar(&files, "jie/yi/").events(), []);
}
