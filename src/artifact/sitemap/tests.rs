//! Sitemaps of so many pages that no test builds their site.

use super::*;

fn pages(count: usize) -> Vec<PageDay> {
    (0..count).map(|number| (format!("{number}/"), None)).collect()
}

/// The addresses in a file of a sitemap.
fn addresses(xml: &str) -> Vec<&str> {
    let lines = xml.lines().filter_map(|line| line.split_once("<loc>"));
    lines.map(|(_, rest)| rest.split_once("</loc>").unwrap().0).collect()
}

fn url(path: &str) -> String {
    format!("https://x.example/{path}")
}

#[test]
fn as_many_pages_as_a_file_may_have_stand_in_one() {
    let pages = pages(MOST);
    assert_eq!(parts(pages.len()), 0);
    let xml = xml(0, &pages, url);
    assert!(xml.contains("<urlset "));
    assert_eq!(addresses(&xml).len(), MOST);
}

#[test]
fn more_pages_stand_in_several_files_and_one_names_these() {
    let pages = pages(2 * MOST + 1);
    assert_eq!(parts(pages.len()), 3);
    let index = xml(0, &pages, url);
    assert!(index.contains("<sitemapindex ") && !index.contains("<url>"));
    let files: Vec<String> = (1..=3).map(|number| url(&file(number))).collect();
    assert_eq!(addresses(&index), files);
    assert_eq!(files[2], "https://x.example/sitemap-3.xml");

    let files: Vec<String> = (1..=3).map(|number| xml(number, &pages, url)).collect();
    let lengths: Vec<usize> = files.iter().map(|file| addresses(file).len()).collect();
    assert_eq!(lengths, [MOST, MOST, 1]);
    let all: Vec<&str> = files.iter().flat_map(|file| addresses(file)).collect();
    assert!(all.iter().zip(&pages).all(|(found, (page, _))| *found == url(page)));
}
