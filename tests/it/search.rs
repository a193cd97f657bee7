//! What the search finds, by a reader of its files that shares nothing with what wrote them; and
//! that its files change no more than they have to.

use std::{
    collections::{BTreeMap, BTreeSet},
    io::{Read as _, Write as _},
};

use flate2::{Compression, read::ZlibDecoder, write::ZlibEncoder};
use serde_json::Value;

use crate::site::{self, Files};

/// The sample portal as it is published on a day on which it has something of everything.
fn published(edit: impl Fn(&mut Files)) -> Files {
    let mut files = site::sample();
    edit(&mut files);
    let (told, pages) = site::build_at(&site::memory(&files), "2026-11-23");
    assert!(told.iter().all(|it| it.severity != linli::diagnostic::Severity::Error), "{told:?}");
    pages
}

pub(crate) fn unpacked(bytes: &[u8]) -> Vec<u8> {
    let mut unpacked = Vec::new();
    ZlibDecoder::new(bytes).read_to_end(&mut unpacked).unwrap();
    unpacked
}

/// The files of an index, read whole.
fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

#[derive(Default)]
pub(crate) struct Index {
    /// By the hash of a token: the documents.
    tokens: BTreeMap<u32, BTreeSet<usize>>,
    /// Path, title, kind, place, day and summary of each.
    documents: Vec<[String; 6]>,
    /// The beginnings of each, as they are written.
    times: Vec<String>,
    /// The numbers of the pages of each list that is cut.
    lists: Vec<std::ops::Range<usize>>,
}

impl Index {
    pub(crate) fn read(pages: &Files) -> Self {
        let manifest: Value = serde_json::from_slice(&pages["search/manifest.json"]).unwrap();
        let mut this = Self::default();
        let segments = manifest["segments"].as_array().unwrap();
        for (segment, [shard, block]) in segments.iter().zip([["o", "p"], ["r", "q"]]) {
            let first = this.documents.len();
            let mut start = first + usize::try_from(segment["cut"].as_u64().unwrap()).unwrap();
            for parts in segment["lists"].as_array().unwrap() {
                let end = start + 1 + usize::try_from(parts.as_u64().unwrap()).unwrap();
                this.lists.push(start..end);
                start = end;
            }
            let file = |sign: &str, hashes: &Value| {
                let hashes = hashes.as_str().unwrap().as_bytes().chunks(5).enumerate();
                let file = |(number, hash): (usize, &[u8])| {
                    let hash = str::from_utf8(hash).unwrap();
                    unpacked(&pages[&format!("search/{sign}{number:04}-{hash}.bin")])
                };
                hashes.map(file).collect::<Vec<_>>()
            };
            for block in file(block, &segment["blocks"]) {
                let documents: Vec<Vec<String>> = serde_json::from_slice(&block).unwrap();
                for mut document in documents {
                    this.times.push(document.split_off(6).concat());
                    this.documents.push(document.try_into().unwrap());
                }
            }
            for shard in file(shard, &segment["shards"]) {
                this.read_shard(&shard, first);
            }
            let count = u64::try_from(this.documents.len() - first).unwrap();
            assert_eq!(segment["documents"], count);
        }
        this
    }

    fn read_shard(&mut self, bytes: &[u8], first: usize) {
        let mut bytes = bytes.iter().copied();
        let mut number = || {
            let (mut value, mut shift) = (0, 0);
            loop {
                let byte = bytes.next().unwrap();
                value |= usize::from(byte & 0x7f) << shift;
                shift += 7;
                if byte < 0x80 {
                    return value;
                }
            }
        };
        let count = number();
        let mut token = 0;
        let mut next = || {
            token += u32::try_from(number()).unwrap();
            token
        };
        let tokens: Vec<u32> = (0..count).map(|_| next()).collect();
        let counts: Vec<usize> = (0..count).map(|_| number()).collect();
        let mut lists: Vec<(usize, u32)> = counts.into_iter().zip(tokens).collect();
        lists.sort_by_key(|(count, _)| *count);
        let mut postings = 0;
        for (count, token) in lists {
            let mut document = 0;
            for _ in 0..count {
                document += number();
                self.tokens.entry(token).or_default().insert(first + document);
            }
            postings += count;
        }
        let told = number();
        let untold: usize = (0..told).map(|_| number()).sum();
        assert!(told + untold <= postings);
        let places: Vec<u8> = bytes.collect();
        assert!(places.len() == told && !places.contains(&0));
    }

    /// The paths of the documents that have a text, as the index knows it.
    pub(crate) fn find(&self, text: &str) -> BTreeSet<&str> {
        let none = BTreeSet::new();
        let lists =
            tokens(text).into_iter().map(|it| self.tokens.get(&it).unwrap_or(&none).clone());
        let all = lists.reduce(|a, b| &a & &b).unwrap_or_default();
        all.into_iter().map(|it| self.documents[it][0].as_str()).collect()
    }
}

fn hash(token: &str) -> u32 {
    let mut hash: u32 = 0x811c_9dc5;
    for it in token.chars() {
        hash = (hash ^ u32::from(it)).wrapping_mul(0x0100_0193);
    }
    hash = (hash ^ (hash >> 15)).wrapping_mul(0x2c1b_3c6d);
    (hash ^ (hash >> 12)) >> 8
}

/// Every two characters of Chinese text, also across marks that join; of letters and digits the word,
/// as far as it goes.
fn tokens(text: &str) -> Vec<u32> {
    let text = text.to_lowercase().replace('：', ":");
    let is_word = |it: char| it.is_ascii_alphanumeric();
    let mut tokens = Vec::new();
    let all: Vec<char> = text.chars().collect();
    for three in all.windows(3) {
        let joins = !is_word(three[0]) && three[0].is_alphanumeric() && three[2].is_alphanumeric();
        if joins && "、:".contains(three[1]) {
            tokens.push(hash(&three.iter().collect::<String>()));
        }
    }
    for run in text.split(|it: char| !it.is_alphanumeric()).filter(|it| !it.is_empty()) {
        let letters: Vec<char> = run.chars().collect();
        let pairs = letters.windows(2).filter(|it| !it.iter().all(|it| is_word(*it)));
        tokens.extend(pairs.map(|it| hash(&it.iter().collect::<String>())));
        let words = run.split(|it: char| !is_word(it)).filter(|it| !it.is_empty());
        tokens.extend(words.map(hash));
    }
    tokens
}

/// The text of a page between its tags, on lines as its blocks are.
fn text(page: &[u8]) -> String {
    let page = String::from_utf8_lossy(page);
    let main = page.split("<main").nth(1).and_then(|it| it.split("</main>").next());
    let mut text = String::new();
    for part in main.unwrap_or_default().split('<').skip(1) {
        let (tag, words) = part.split_once('>').unwrap_or((part, ""));
        let name = tag.trim_start_matches('/').split([' ', '\n']).next().unwrap_or_default();
        if !["a", "b", "strong", "em", "span", "time"].contains(&name) {
            text.push('\n');
        }
        text.push_str(words);
    }
    let text = text.replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">");
    text.replace("&quot;", "\"").replace("&#39;", "'").to_lowercase()
}

/// Numbers that look random and are the same each time.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, below: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % below
    }

    /// A part of 2 to 8 characters of a text, that begins and ends with no sign and in no word.
    fn part(&mut self, text: &str) -> Option<String> {
        let letters: Vec<char> = text.chars().collect();
        let length = 2 + self.roll(7);
        let start = self.roll(letters.len().checked_sub(length)? + 1);
        let part = &letters[start..start + length];
        let is_word = |it: Option<&char>| it.is_some_and(char::is_ascii_alphanumeric);
        let cuts = is_word(part.first()) && is_word(start.checked_sub(1).map(|it| &letters[it]));
        let is_whole = part.iter().all(|it| it.is_alphanumeric() || "，、。：".contains(*it));
        let ends =
            [part.first(), part.last()].iter().all(|it| it.is_some_and(|it| it.is_alphanumeric()));
        // Of a single character between signs nothing is asked, so there must be more.
        let mut runs = part.split(|it| !it.is_alphanumeric());
        let has_pair = runs.any(|it| it.len() > 1);
        (!cuts && is_whole && ends && has_pair).then(|| part.iter().collect())
    }
}

/// What is searched: texts with the page that has each as its own.
fn own_texts(pages: &Files, index: &Index) -> Vec<(String, String)> {
    let mut all = Vec::new();
    for [path, title, kind, place, _, _] in &index.documents {
        all.extend([title, place].map(|it| (path.clone(), it.clone())));
        // Who was honoured, for what, and with which award. What the first page of a list shows, too, is
        // found there.
        let is_list = path.contains("/honors/");
        let of_list = path.split_once("/honors/").map(|(place, _)| format!("{place}/honors/"));
        let first = of_list.filter(|first| first != path);
        let first = first.map(|first| text(&pages[&format!("{first}index.html")]));
        let is_own = |line: &&str| !first.as_ref().is_some_and(|first| first.contains(*line));
        if kind != "n" && kind != "p" && !is_list {
            continue;
        }
        let page = String::from_utf8_lossy(&pages[&format!("{path}index.html")]).into_owned();
        let ends = [("<div class=\"prose\"", "</div>"), ("<span class=\"seal", "</span>")];
        for (begin, end) in ends.into_iter().chain([("<h3", "</h3>")]) {
            let parts = page.split(begin).skip(1).filter_map(|it| it.split_once(end));
            for (_, part) in parts.filter_map(|(part, _)| part.split_once('>')) {
                let words = text(format!("<main><p>{part}</main>").as_bytes());
                let lines = words.lines().filter(is_own);
                all.extend(lines.map(|line| (path.clone(), line.to_owned())));
            }
        }
    }
    all.retain(|(_, text)| text.chars().count() > 1);
    all
}

#[test]
fn parts_of_texts_find_their_pages_and_hardly_others() {
    let pages = published(|_| {});
    let index = Index::read(&pages);
    let texts = own_texts(&pages, &index);
    let shown: BTreeMap<&str, String> = index
        .documents
        .iter()
        .map(|[path, title, _, place, ..]| {
            let page = text(&pages[&format!("{path}index.html")]);
            (path.as_str(), format!("{title}\n{place}\n{page}").to_lowercase())
        })
        .collect();
    let mut dice = Dice(7);
    let (mut asked, mut right, mut wrong) = (0, 0, BTreeMap::new());
    while asked < 1000 {
        let (path, text) = &texts[dice.roll(texts.len())];
        let Some(part) = dice.part(&text.to_lowercase()) else { continue };
        asked += 1;
        let found = index.find(&part);
        assert!(found.contains(path.as_str()), "{part} is on {path}, found: {found:?}");
        for path in found {
            if shown[path].contains(&part) {
                right += 1;
            } else {
                *wrong.entry(part.clone()).or_insert(0) += 1;
            }
        }
    }
    let wrong_ones: usize = wrong.values().sum();
    assert!(right > 5000, "{right}");
    assert!(wrong_ones * 100 <= right + wrong_ones, "{wrong_ones} of {right}: {wrong:?}");
}

#[test]
fn a_list_is_told_by_its_first_page() {
    let pages = published(|_| {});
    let index = Index::read(&pages);
    // Every page of a list that is cut, and no other, stands in its range, the first page at the end.
    let mut parts = 0;
    for list in &index.lists {
        let first = &index.documents[list.end - 1][0];
        let others = &index.documents[list.start..list.end - 1];
        assert!(!others.is_empty() && others.iter().all(|it| it[0].starts_with(first)), "{first}");
        assert!(others.iter().chain([&index.documents[list.end - 1]]).all(|it| it[2] == "l"));
        parts += others.len();
    }
    let is_year = |path: &str| path.trim_end_matches('/').ends_with(|it: char| it.is_ascii_digit());
    let lists = index.documents.iter().filter(|it| it[2] == "l");
    assert_eq!(lists.filter(|it| is_year(&it[0])).count(), parts);
    // What the first page shows is found there, what it does not, on the page of its year.
    let found = index.find("公益律师组");
    assert!(found.contains("changshan/legal-aid/") && found.contains("changshan/legal-aid/2024/"));
    assert!(!found.contains("changshan/legal-aid/2026/"), "{found:?}");
    // A directory is found by what its persons are, the pages of a list by nothing of the kind.
    let directories: Vec<&str> =
        index.find("网格员").into_iter().filter(|it| it.contains("/grids/")).collect();
    assert!(directories.contains(&"kaixuan/yixin/grids/"), "{directories:?}");
}

#[test]
fn a_schedule_says_when_it_begins() {
    let pages = published(|files| {
        let session = |when: &str| {
            format!(
                "- {{{when}, service: 法律咨询, official: 律师, provider: 律师组, venue: 一楼}}\n"
            )
        };
        // What was in a month that is over is never the next one.
        let text = session("date: 2026-10-07, starts: 14:00")
            + &session("date: 2026-12-02, starts: 14:00")
            + &session("date: 2026-12-09, starts: 14:00, cancelled: 是")
            + &session("date: 2026-12-16, starts: 9:30");
        files.insert("content/xinyuan/legal-aid.yaml".to_owned(), text.into());
    });
    let index = Index::read(&pages);
    let at = |path: &str| index.documents.iter().position(|it| it[0] == path).unwrap();
    let list = at("xinyuan/legal-aid/");
    // 20,789 days after the beginning of 1970 at 14:00; two weeks later at 9:30.
    assert_eq!(index.times[list], format!("{}m{}", 20_789 * 1440 + 840, 14 * 1440 - 270));
    assert_eq!(index.documents[list][4], "2026-12-16");
    // The newest record of another list; a place and a list of what has no day say nothing.
    let honours = at("changshan/honors/");
    assert!(index.documents[honours][4].starts_with("2026-"));
    assert_eq!([&*index.times[honours], &*index.documents[at("changshan/grids/")][4]], ["", ""]);
}

#[test]
fn what_letters_stand_for_is_in_a_table() {
    let pages = published(|_| {});
    let manifest: Value = serde_json::from_slice(&pages["search/manifest.json"]).unwrap();
    let name = manifest["syllables"].as_str().unwrap();
    let table = unpacked(&pages[&format!("search/s-{name}.bin")]);
    let table = String::from_utf8(table).unwrap();
    let has = |syllable: &str, characters: &str| {
        let of = table.split(' ').find_map(|it| it.strip_prefix(syllable)).unwrap_or_default();
        characters.chars().all(|it| of.contains(it))
    };
    // Of names and titles; not of texts alone.
    assert!(
        has("ge", "葛") && has("shui", "水") && has("chun", "春") && !table.contains('凉'),
        "{table}"
    );
}

#[test]
fn other_forms_of_characters_are_found() {
    let pages = published(|files| {
        let text = "---\ntitle: 鄰居ＡＢＣ的會議\ndate: 2026-11-22\n---\n\n臺灣\n";
        files.insert("content/changshan/notices/2026-11-22-forms.md".to_owned(), text.into());
    });
    let index = Index::read(&pages);
    let path = "changshan/notices/2026-11-22-forms/";
    for part in ["邻居", "abc", "的会议", "ab", "台湾"] {
        assert!(index.find(part).contains(path), "{part}");
    }
    let manifest: Value = serde_json::from_slice(&pages["search/manifest.json"]).unwrap();
    let forms = manifest["forms"].as_str().unwrap();
    assert!(forms.split(' ').any(|it| it == "邻鄰") && !forms.contains('龟'), "{forms}");
}

/// The bytes of the files of the index that another site does not have, and of all of them. The
/// manifest, which hosts compress, counts as they send it.
fn new_bytes(before: &Files, after: &Files) -> (usize, usize) {
    let files =
        || after.iter().filter(|(path, _)| path.starts_with("search/") && !path.ends_with("html"));
    let new = files().filter(|(path, bytes)| before.get(*path) != Some(bytes));
    let sum = |it: usize, (path, bytes): (&String, &Vec<u8>)| {
        it + if path.ends_with("json") { packed(bytes).len() } else { bytes.len() }
    };
    (new.fold(0, sum), files().fold(0, sum))
}

#[test]
fn a_notice_that_is_added_changes_few_files() {
    let before = published(|_| {});
    let after = published(|files| {
        let text = "---\ntitle: 明天上午检修路灯\ndate: 2026-11-23\n---\n\n南门到东门一段。\n";
        files.insert("content/changshan/notices/2026-11-23-lamps.md".to_owned(), text.into());
    });
    let (new, all) = new_bytes(&before, &after);
    assert!(0 < new && new * 8 <= all, "{new} of {all}");
    assert!(Index::read(&after).find("检修路灯").contains("changshan/notices/2026-11-23-lamps/"));
    // The same content gives the same files.
    assert_eq!(new_bytes(&before, &published(|_| {})).0, 0);
}

#[test]
fn what_is_not_posted_any_more_is_in_no_file() {
    let path = "content/changshan/notices/2026-11-22-lent.md";
    let text = |until: &str| {
        format!("---\ntitle: 借用鼯鼠笼\ndate: 2026-11-22\n{until}---\n\n鼩鼱鼢鼠。\n")
    };
    let put = |until: &'static str| {
        published(move |files| drop(files.insert(path.to_owned(), text(until).into())))
    };
    let (posted, expired) = (put(""), put("until: 2026-11-22\n"));
    for part in ["鼯鼠", "鼩鼱", "借用"] {
        let found =
            |pages: &Files| Index::read(pages).find(part).into_iter().any(|it| it.contains("lent"));
        assert!(found(&posted) && !found(&expired), "{part}");
    }
    let of_index = |(path, _): &(&String, &Vec<u8>)| path.ends_with(".bin");
    let blocks = |pages: &Files| {
        let files = pages.iter().filter(of_index).map(|(_, bytes)| unpacked(bytes));
        files.filter(|it| memchr::memmem::find(it, "鼯鼠".as_bytes()).is_some()).count()
    };
    assert_eq!([blocks(&posted), blocks(&expired)], [1, 0]);
    assert!(!Index::read(&expired).tokens.contains_key(&hash("鼩鼱")));
}

#[test]
fn a_portal_can_do_without_a_search() {
    let pages = published(|files| {
        let settings = String::from_utf8_lossy(&files["site.toml"]).into_owned();
        files.insert(
            "site.toml".to_owned(),
            format!("{settings}\n[outputs]\nsearch = false\n").into(),
        );
    });
    assert!(!pages.keys().any(|it| it.starts_with("search/")), "{:?}", pages.keys());
    let home = String::from_utf8_lossy(&pages["index.html"]).into_owned();
    assert!(!home.contains("search") && home.contains("form-action 'none'"), "{home}");
}
