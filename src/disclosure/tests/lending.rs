//! What is read when it is asked for, and let go again.

use std::sync::Arc;

use super::harness::{Known, TestPortal, nothing};
use crate::{
    disclosure::Portal,
    schema::{CollectionId, PlaceId, RecordSet},
    source::SitePath,
};

const TOWN: &str = "=== site.toml
=== content/place.yaml
name: 长山街道
level: street
=== content/a/place.yaml
name: 甲社区
level: community
=== content/_collections/plans.yaml
title: 安排
view: schedule
fields: {day: {type: date}}
date: day
=== content/_collections/tools.yaml
title: 工具
fields: {name: {type: text}}
=== content/plans.yaml
- {day: 2026-11-20}
=== content/tools.yaml
- {name: 梯子}
=== content/a/plans.yaml
- {day: 2026-11-20, publish_until: 2026-11-30}
=== content/a/tools.yaml
- {name: 锤子}
=== content/a/notices/one.md
---
title: 停水
date: 2026-11-20
---
停水。
=== content/a/notices/two.md
---
title: 停电
date: 2026-11-20
draft: 是
---
停电。
";

const ROOT: PlaceId = PlaceId::ROOT;
const A: PlaceId = PlaceId(1);

fn collection(portal: &Portal<'_>, name: &str) -> CollectionId {
    portal.collections().find(name).expect("a collection of that name")
}

fn records(portal: &Portal<'_>, place: PlaceId, name: &str) -> Arc<RecordSet> {
    portal.records(place, collection(portal, name)).expect("posted records")
}

/// The portal of which all is known, so that nothing was read.
fn unread<T>(moment: &str, show: impl FnOnce(&Portal<'_>) -> T) -> T {
    let (portal, mut known) = (TestPortal::of(TOWN), Known::default());
    portal.at(moment, &mut known, nothing, |_| ());
    portal.at(moment, &mut known, nothing, |built| {
        assert!(built.measured.is_empty());
        show(&built.portal)
    })
}

#[test]
fn records_are_read_once_and_again_when_they_were_released() {
    unread("2026-11-23", |portal| {
        let index = portal.catalog.set_index(A, collection(portal, "tools")).expect("a set");
        assert!(!portal.was_read(index));
        let first = records(portal, A, "tools");
        assert!(portal.was_read(index));
        assert!(Arc::ptr_eq(&first, &records(portal, A, "tools")));
        portal.release(ROOT);
        assert!(Arc::ptr_eq(&first, &records(portal, A, "tools")));
        portal.release(A);
        let second = records(portal, A, "tools");
        assert!(!Arc::ptr_eq(&first, &second));
        assert_eq!(first.records, second.records);
        assert!(!portal.is_torn());
    });
}

#[test]
fn only_what_happens_at_an_area_stays_when_it_is_released() {
    unread("2026-11-23", |portal| {
        for (place, name, stays) in [
            (ROOT, "plans", true),
            (ROOT, "tools", false),
            (A, "plans", false),
            (A, "tools", false),
        ] {
            let first = records(portal, place, name);
            portal.release(place);
            let stayed = Arc::ptr_eq(&first, &records(portal, place, name));
            assert_eq!(stayed, stays, "{place:?} {name}");
        }
    });
}

#[test]
fn what_is_gone_through_once_is_not_kept() {
    unread("2026-11-23", |portal| {
        let tools = collection(portal, "tools");
        let all = |portal: &Portal<'_>| -> Vec<Arc<RecordSet>> {
            portal.all_records(ROOT, tools).map(|it| it.expect("records")).collect()
        };
        let kept = records(portal, A, "tools");
        let read = all(portal);
        assert_eq!(read.len(), 2);
        // What was at hand before stays so.
        assert!(Arc::ptr_eq(&read[1], &kept) && Arc::ptr_eq(&kept, &records(portal, A, "tools")));
        assert!(!Arc::ptr_eq(&read[0], &records(portal, ROOT, "tools")));
        assert_eq!(portal.all_records(A, tools).count(), 1);
    });
}

#[test]
fn a_portal_of_another_moment_has_the_records_that_are_the_same() {
    unread("2026-11-23", |before| {
        let [tools, plans] = [records(before, A, "tools"), records(before, A, "plans")];
        unread("2026-11-23T12:00", |portal| {
            portal.adopt(before);
            assert!(Arc::ptr_eq(&tools, &records(portal, A, "tools")));
            assert!(Arc::ptr_eq(&plans, &records(portal, A, "plans")));
        });
        unread("2026-12-01", |portal| {
            portal.adopt(before);
            assert!(Arc::ptr_eq(&tools, &records(portal, A, "tools")));
            // Nothing of it is posted any more.
            assert!(portal.records(A, collection(portal, "plans")).is_none());
            let index = portal.catalog.set_index(A, collection(portal, "plans")).expect("a set");
            assert!(portal.records_at(index).expect("a set").records.is_empty());
        });
    });
}

#[test]
fn a_list_of_which_nothing_is_posted_has_no_summary() {
    unread("2026-12-01", |portal| {
        let [tools, plans] = ["tools", "plans"].map(|it| collection(portal, it));
        assert!(portal.summary(A, tools).is_some() && portal.summary(ROOT, plans).is_some());
        assert!(portal.summary(A, plans).is_none());
        assert_eq!(portal.summaries(A).map(|(id, _)| id).collect::<Vec<_>>(), [tools]);
    });
}

#[test]
fn a_notice_is_found_by_its_file_if_it_is_posted() {
    unread("2026-11-23", |portal| {
        let found = |file: &str| portal.notice_in(&SitePath::new(file));
        let one = found("content/a/notices/one.md").expect("a notice");
        assert_eq!(portal.notices().get(one).slug, "one");
        assert_eq!(found("content/a/notices/two.md"), None);
        assert_eq!(found("content/a/tools.yaml"), None);
    });
}

#[test]
fn a_whole_portal_tells_all_as_its_own() {
    let told = |built: super::harness::Built<'_, ()>| {
        let own = built.portal.own_diagnostics();
        assert!(!own.is_empty());
        assert_eq!(own, built.portal.diagnostics());
    };
    TestPortal::read("posting.txt").at("2026-11-23", &mut Known::default(), nothing, told);
}
