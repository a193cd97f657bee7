//! Which settings count in the fingerprint of the configuration: all of them.

use super::{levels::Level, *};
use crate::{
    diagnostic::Location,
    fingerprint::{Fingerprint, assert_each_field_counts},
};

#[test]
fn every_setting_is_in_the_fingerprint() {
    let text = || "x".to_owned();
    assert_each_field_counts!(
        default(),
        Config {
            title: Localized::plain("x"),
            description: Localized::plain("x"),
            language: text(),
            base_url: text(),
            id: PortalId::parse("x"),
            time_zone: TimeZone::get("Asia/Tokyo").unwrap(),
            theme: text(),
            colours: Colours {
                dark: vec![colours::Colour {
                    name: "blue".to_owned(),
                    value: "#000".to_owned(),
                    location: Location::file(SitePath::new("x")),
                }],
                ..Colours::default()
            },
            banner: Some(text()),
            organiser: Organiser { icp: Some(text()), ..Organiser::default() },
            sections: Vec::new(),
            pages: PageKinds {
                sections: true,
                subtrees: true,
                notice_lists: true,
                not_found: false,
                subscribe: true,
                calendar: true,
            },
            levels: Levels { added: vec![Level::default()] },
            outputs: vec![OutputSwitch {
                name: text(),
                on: true,
                location: Location::file(SitePath::new(FILE)),
            }],
            place_order: PlaceOrder::Folder,
            names: Names::Surname,
            strict: false,
            sensitive: vec![(text(), text())],
            notices_from_date: false,
            links: LinkRules { outside: vec![text()], allowed: Vec::new() },
            attachments: AttachmentRules { kinds: Vec::new(), largest: 1 },
            breaks: Breaks::All,
            policy: Policy::example(),
            licence: Some(licence::Licence { name: "", title: text(), url: text() }),
            security: Some(SecurityContact {
                contacts: vec![text()],
                expires: jiff::civil::Date::ZERO,
                location: Location::file(SitePath::new(FILE)),
            }),
            hosts: vec![Host::Nginx],
            style_guide: true,
            drafts: true,
            preview: true,
        }
    );
}

#[test]
fn every_part_of_a_setting_is_in_the_fingerprint() {
    let some = || Some("x".to_owned());
    let mark = || organiser::Mark { image: "x".to_owned(), url: "x".to_owned() };
    assert_each_field_counts!(
        Organiser::default(),
        Organiser {
            name: some(),
            address: some(),
            phone: some(),
            email: some(),
            icp: some(),
            police: some(),
            site_code: some(),
            correct: some(),
            mark: Some(mark()),
            mistakes: Some(mark()),
            named: vec![organiser::Named {
                target: "x".to_owned(),
                location: Location::file(SitePath::new(FILE)),
            }],
        }
    );
    assert_each_field_counts!(
        LinkRules::default(),
        LinkRules { outside: vec!["x".to_owned()], allowed: vec!["x".to_owned()] }
    );
    let section = sections::default().remove(0);
    assert_each_field_counts!(
        section,
        Section {
            id: "x".to_owned(),
            title: Localized::plain("x"),
            description: Localized::plain("x"),
        }
    );
    assert_each_field_counts!(
        default().pages,
        PageKinds {
            sections: false,
            subtrees: false,
            notice_lists: false,
            not_found: false,
            subscribe: false,
            calendar: false,
        }
    );
}

#[test]
fn time_zones_count_by_name_or_offset() {
    let with = |time_zone| Fingerprint::of(&Config { time_zone, ..default() });
    let named = |name| with(TimeZone::get(name).unwrap());
    let fixed = |hours| with(TimeZone::fixed(jiff::tz::offset(hours)));
    assert_eq!(named("Asia/Shanghai"), named("Asia/Shanghai"));
    assert_ne!(named("Asia/Shanghai"), named("Asia/Chongqing"));
    assert_ne!(fixed(7), fixed(8));
    assert_eq!(fixed(8), fixed(8));
}

#[test]
fn addresses_are_written_as_they_go_over_the_line() {
    for (written, expected) in [
        ("https://example.org//", Some("https://example.org")),
        ("https://example.org:8080/a//b/", Some("https://example.org:8080/a/b")),
        ("https://宽城.中国/", Some("https://xn--uis74g.xn--fiqs8s")),
        ("http://宽城.example:81/门户", Some("http://xn--uis74g.example:81/%E9%97%A8%E6%88%B7")),
        ("https://a.example/%E7%A4%BE", Some("https://a.example/%E7%A4%BE")),
        ("https://a.example/?b", None),
        ("https://a.example/index.html", None),
    ] {
        assert_eq!(base_url(written).as_deref(), expected, "{written}");
    }
    // A link to it leaves no portal, however it is written.
    let config = Config { base_url: base_url("https://宽城.中国").unwrap(), ..default() };
    for url in ["https://宽城.中国/a", "https://xn--uis74g.xn--fiqs8s/a"] {
        assert!(!links::leaves(&config.neighbours(), url), "{url}");
    }
}
