//! Texts that are large or nested beyond all reason.

use std::time::{Duration, Instant};

use super::{super::*, Site, check_harmless};

/// Renders in the two megabytes of stack that a thread has, and in a time that only something
/// worse than linear would need.
#[track_caller]
fn check(source: String) -> String {
    let start = Instant::now();
    let thread = std::thread::Builder::new().stack_size(2 << 20);
    let html = thread.spawn(move || render(&source, &Site).html).unwrap().join().unwrap();
    assert!(start.elapsed() < Duration::from_secs(120));
    check_harmless(&html).unwrap();
    html
}

#[test]
fn nested_blocks() {
    check(">".repeat(10_000));
    check((0..1000).flat_map(|it| [" ".repeat(it * 2), "- 甲\n".to_owned()]).collect());
}

#[test]
fn nested_inlines() {
    check("[".repeat(10_000));
    check("![".repeat(10_000) + &"](a)".repeat(10_000));
    check("甲".to_owned() + &"*".repeat(50_000));
    check("**甲：".repeat(20_000));
    check("王**、".repeat(100_000));
    check("1**2".repeat(100_000) + "甲");
    check("https://a.b)".repeat(50_000));
    check("甲|**[[{{".repeat(20_000));
    check("*甲_乙~".repeat(20_000));
}

#[test]
fn nested_html() {
    let html = check("<div>".repeat(50_000));
    assert!(html.starts_with("&lt;div&gt;"));
    check("甲<b title=a>\n\n".repeat(20_000));
    check("甲".to_owned() + &"<b title=a>".repeat(99) + &"\n\n甲".repeat(20_000));
    check("> ".repeat(10_000) + "<b>甲</b>");
    check("<table>".to_owned() + &"<b>甲</b><tr>".repeat(20_000));
    check("<a x='".repeat(20_000));
    check("<a ".repeat(20_000));
    check("<div>".to_owned() + &"<!-- <script <".repeat(20_000));
}

#[test]
fn many_of_a_kind() {
    check("# 甲\n".repeat(20_000));
    check("[^1]".repeat(20_000) + "\n\n[^1]: 甲");
    check("甲\n——\n".repeat(20_000));
    // More characters than there are stand-ins.
    check(('一'..='鿿').flat_map(|it| ["a**(x)**".to_owned(), it.to_string()]).collect());
}
