//! What is told of a rendered page.

use crate::{
    diagnostic::{Location, Severity},
    disclosure::leak,
    scan::{self, DataKind, key},
    source::SitePath,
};

fn source() -> Location {
    Location::file(SitePath::new("content/place.yaml"))
}

fn told(known: &[(DataKind, &str)], strict: bool, page: &str) -> Vec<(Severity, String)> {
    let known = known.iter().map(|(kind, value)| key(*kind, value)).collect();
    let found = leak::keys(scan::html(page.as_bytes()));
    let told = leak::check((&known, strict), &found, "a/index.html", &source());
    let kind = |args: &[(_, String)]| args[0].1.clone();
    told.iter().map(|it| (it.severity, kind(&it.args))).collect()
}

#[test]
fn each_kind_that_a_page_may_not_show_is_told_once() {
    let page = "13812345678 <b>13812345679</b> 11010519491231002X";
    assert_eq!(
        told(&[], true, page),
        [(Severity::Error, "phone".to_owned()), (Severity::Error, "id-number".to_owned())]
    );
    let known = [(DataKind::Mobile, "13812345678"), (DataKind::IdNumber, "11010519491231002X")];
    assert_eq!(told(&known, true, page), [(Severity::Error, "phone".to_owned())]);
    assert_eq!(told(&known, true, "13812345678"), []);
}

#[test]
fn mobiles_and_homes_are_errors_of_a_strict_portal_only() {
    for page in ["13812345678", "3栋2单元501室"] {
        assert_eq!(told(&[], true, page)[0].0, Severity::Error, "{page}");
        assert_eq!(told(&[], false, page)[0].0, Severity::Warning, "{page}");
    }
    for strict in [true, false] {
        assert_eq!(told(&[], strict, "zhang@example.com")[0].0, Severity::Warning);
        assert_eq!(told(&[], strict, "11010519491231002X")[0].0, Severity::Error);
    }
}

#[test]
fn a_page_tells_a_name_that_may_not_stand_there() {
    let told = |known: &[u64], named: &[u64]| {
        let known = known.iter().copied().collect();
        leak::names(&known, named, "a/index.html", &source()).is_some()
    };
    assert!(told(&[], &[1]) && told(&[1], &[1, 2]));
    assert!(!told(&[1], &[1]) && !told(&[1], &[]));
}
