//! Portraits of small portals, each about one thing. Whoever changes what is published or told sees it
//! in them, line by line.

use super::{
    harness::{Known, TestPortal, check_portrait, nothing},
    portrait,
};
use crate::diagnostic::MOST;

fn check(name: &str) {
    check_portrait(name, &portrait::of(&TestPortal::read(&format!("{name}.txt"))));
}

#[test]
fn of_persons() {
    check("persons");
}

#[test]
fn of_posting() {
    check("posting");
}

#[test]
fn of_withdrawn() {
    check("withdrawn");
}

#[test]
fn of_counts() {
    check("counts");
}

#[test]
fn of_order() {
    check("order");
}

#[test]
fn of_references() {
    check("references");
}

#[test]
fn of_lists() {
    check("lists");
}

#[test]
fn of_offices() {
    check("offices");
}

#[test]
fn of_logs() {
    check("logs");
}

#[test]
fn of_quotes() {
    check("quotes");
}

#[test]
fn an_edit_shows_as_in_a_portal_that_is_new() {
    for (name, text, other) in [
        ("persons", "王秀英", "王秀兰"),
        ("posting", "publish_from: 2026-11-23 12:00", "publish_from: 2026-11-22 12:00"),
        ("posting", "draft: 是", "draft: 否"),
        ("withdrawn", "withdrawn: 2026-11-23", "withdrawn: 2027-11-23"),
        ("withdrawn", "王秀英", "王秀兰"),
        ("withdrawn", "allow: [name]", "allow: [phone]"),
        ("withdrawn", "钱多多, withdrawn", "钱少少, withdrawn"),
        ("withdrawn", "没有名字", "王秀英"),
        ("counts", "below: 3", "below: 6"),
        ("order", "urgent: 是", "urgent: 否"),
        ("order", "date: 2026-11-19", "date: 2026-11-09"),
        ("order", "happens: 2026-11-28 8:00-16:00", "source: 物业"),
        ("order", "order: 2", "order: 0"),
        ("lists", "citation: 送饭。", "citation: 送水。"),
        ("offices", "13900139000", "13900139001"),
        ("references", "P-1", "P-8"),
    ] {
        let portal = TestPortal::read(&format!("{name}.txt"));
        portrait::assert_edits_show(&portal, &portal.with(text, other));
    }
}

/// Of so many references that name nothing as many are told as anybody reads, and that there are more.
#[test]
fn of_many_wrong_references_some_are_told() {
    let town = "=== site.toml\n=== content/place.yaml\nname: 街道\nlevel: street\n\
                === content/_collections/a.yaml\ntitle: 甲\nkey: [n]\nfields: {n: {type: text}}\n\
                === content/_collections/b.yaml\ntitle: 乙\nfields: {a: {type: reference, to: a}}\n\
                === content/a.yaml\n- {n: x}\n=== content/b.yaml\n";
    for (count, told) in [(MOST - 1, MOST - 1), (MOST, MOST), (MOST + 9, MOST + 1)] {
        let portal = TestPortal::of(&format!("{town}{}", "- {a: y}\n".repeat(count)));
        let found =
            portal.at("2026-11-23", &mut Known::default(), nothing, |it| it.disclosed.len());
        assert_eq!(found, told, "{count}");
    }
}
