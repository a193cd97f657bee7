//! Pictures: the sizes in which they are published, what pages say of them, and when they are made.

use std::{collections::BTreeMap, sync::Mutex};

use jpeg_encoder::{ColorType, Encoder};
use linli::{
    build::{self, BuildState, make::Output},
    diagnostic::{Code, Diagnostic, Severity},
    image::picture::Picture,
    output::{ManifestEntry, OutPath},
    source::Tree,
};

use crate::site::{self, Files, TODAY};

const NOTICE: &str = "content/notices/2026-11-20-water.md";

/// A photo of this size. `shade` tells it from others.
fn photo(width: u16, height: u16, shade: u8) -> Vec<u8> {
    let values = vec![shade; usize::from(width) * usize::from(height) * 3];
    let mut out = Vec::new();
    Encoder::new(&mut out, 90).encode(&values, width, height, ColorType::Rgb).unwrap();
    out
}

/// The photo, with the place where it was taken.
fn located(photo: &[u8]) -> Vec<u8> {
    let packet = br#"http://ns.adobe.com/xap/1.0/ <a exif:GPSLatitude="39,54.4N"/>"#;
    let mut packet = packet.to_vec();
    packet[28] = 0;
    let length = u16::try_from(packet.len() + 2).unwrap().to_be_bytes();
    [&photo[..2], &[0xff, 0xe1], &length, &packet, &photo[2..]].concat()
}

/// A community with photos in a notice, of a person and of the place.
fn portal() -> Files {
    let mut files = Files::new();
    let mut add = |path: &str, bytes: Vec<u8>| drop(files.insert(path.to_owned(), bytes));
    add("site.toml", "title = \"社区\"\ntheme = \"default\"\n".into());
    add("content/place.yaml", "name: 一心社区\nlevel: community\nphoto: 大门.jpg\n".into());
    let honors = "- {award: 好邻居, name: 王秀兰, date: 2026-03-05, citation: 送饭, basis: office, \
                  photo: wang.jpeg}\n";
    add("content/honors.yaml", honors.into());
    let notice = "---\ntitle: 停水\ndate: 2026-11-20\n---\n![阀门](valve.jpg)\n\n\
                  ![井](well.jpg)\n\n<img src=\"valve.jpg\" alt=\"阀门\" width=\"90\">\n";
    add(NOTICE, notice.into());
    add("content/大门.jpg", photo(2000, 1000, 9));
    add("content/wang.jpeg", photo(500, 700, 99));
    add("content/notices/valve.jpg", photo(1000, 500, 40));
    add("content/notices/well.jpg", photo(300, 200, 50));
    files
}

/// The tags of the images on a page.
fn images(files: &Files, page: &str) -> Vec<String> {
    let page = String::from_utf8_lossy(&files[page]).into_owned();
    let tags = page.split("<img ").skip(1).filter_map(|it| it.split_once('>'));
    tags.map(|(tag, _)| tag.trim_end_matches(['/', ' ']).to_owned()).collect()
}

/// Width and height of all pictures of the content that are published, by their paths.
fn sizes(files: &Files) -> BTreeMap<&str, (u32, u32)> {
    let of_content = files.iter().filter(|(path, _)| !path.contains("icon"));
    let pictures = of_content.filter_map(|(path, bytes)| Some((path, Picture::of(bytes)?)));
    pictures.map(|(path, it)| (path.as_str(), (it.width, it.height))).collect()
}

#[test]
fn pages_tell_the_size_and_the_copies_of_their_pictures() {
    let (told, files) = site::build(&site::memory(&portal()));
    assert!(told.iter().all(|it| it.severity != Severity::Error), "{told:?}");
    let expected = [
        ("notices/valve-480w.jpg", (480, 240)),
        ("notices/valve.jpg", (1000, 500)),
        ("notices/well.jpg", (300, 200)),
        ("wang.jpeg", (500, 700)),
        ("大门-480w.jpg", (480, 240)),
        ("大门-960w.jpg", (960, 480)),
        ("大门.jpg", (1600, 800)),
    ];
    assert_eq!(sizes(&files), BTreeMap::from(expected));
    let copies = "srcset=\"/notices/valve-480w.jpg 480w, /notices/valve.jpg 1000w\" \
                  sizes=\"(min-width: 42em) 40em, 100vw\"";
    assert_eq!(
        images(&files, "notices/2026-11-20-water/index.html"),
        [
            format!(
                "src=\"/notices/valve.jpg\" alt=\"阀门\" width=\"1000\" height=\"500\" {copies} \
                 decoding=\"async\""
            ),
            "src=\"/notices/well.jpg\" alt=\"井\" width=\"300\" height=\"200\" \
             decoding=\"async\" loading=\"lazy\""
                .to_owned(),
            format!(
                "src=\"/notices/valve.jpg\" {copies} decoding=\"async\" loading=\"lazy\" \
                 alt=\"阀门\" width=\"90\""
            ),
        ]
    );
    let front = images(&files, "index.html");
    let gate = "%E5%A4%A7%E9%97%A8";
    let gate =
        format!("srcset=\"/{gate}-480w.jpg 480w, /{gate}-960w.jpg 960w, /{gate}.jpg 1600w\"");
    assert!(front.iter().any(|it| it.contains(&gate)), "{front:?}");
    let list = images(&files, "honors/index.html");
    assert!(list[0].contains("width=\"500\" height=\"700\" decoding=\"async\""), "{list:?}");
    assert!(!list[0].contains("lazy"), "{list:?}");
}

#[test]
fn a_file_with_the_name_of_a_copy_is_a_conflict() {
    let mut files = portal();
    files.insert("content/notices/valve-480w.jpg".to_owned(), photo(30, 30, 3));
    let conflict = |files: &Files| {
        let told = site::check(&site::memory(files));
        told.into_iter().find(|it| it.code == Code::PathConflict)
    };
    let told = conflict(&files).expect("two files are to have one path");
    let others: Vec<String> = told.related.iter().map(|it| it.0.file.to_string()).collect();
    assert_eq!(told.location.file.as_str(), "content/notices/valve-480w.jpg");
    assert_eq!(others, ["content/notices/valve.jpg"]);
    // Without the picture it would be a copy of, it is like any other.
    files.remove("content/notices/valve.jpg");
    assert!(conflict(&files).is_none());
}

#[test]
fn what_is_called_one_way_and_is_the_other_becomes_what_it_is_called() {
    let mut files = portal();
    files.insert("content/wang.png".to_owned(), photo(1000, 700, 99));
    let records = String::from_utf8(files["content/honors.yaml"].clone()).unwrap();
    files.insert("content/honors.yaml".to_owned(), records.replace("jpeg", "png").into());
    let (_, made) = site::build(&site::memory(&files));
    assert!(made["wang.png"].starts_with(b"\x89PNG"));
    assert!(made["wang.png-480w.jpg"].starts_with(b"\xff\xd8"));
}

/// The photo, with a profile of colours that says something.
fn profiled(photo: &[u8]) -> Vec<u8> {
    let profile = b"ICC_PROFILE\0\x01\x01SECRET";
    let length = u16::try_from(profile.len() + 2).unwrap().to_be_bytes();
    [&photo[..2], &[0xff, 0xe2], &length, &profile[..], &photo[2..]].concat()
}

#[test]
fn a_photo_is_a_photo_whatever_it_is_called() {
    let mut files = portal();
    let photo = profiled(&located(&photo(2000, 500, 40)));
    let names = ["a.webp", "a.gif", "a.avif", "a.JPG", "a.png"];
    let shown = names.map(|it| format!("![图]({it})\n\n")).concat();
    let notice = format!("---\ntitle: 停水\ndate: 2026-11-20\n---\n{shown}");
    files.insert(NOTICE.to_owned(), notice.into());
    for name in names {
        files.insert(format!("content/notices/{name}"), photo.clone());
    }
    for name in ["favicon.ico", "exif.jpg", "touch.png"] {
        files.insert(format!("content/_root/{name}"), photo.clone());
    }
    let (told, made) = site::build(&site::memory(&files));
    assert!(told.iter().all(|it| it.severity != Severity::Error), "{told:?}");
    let paths = names.map(|it| format!("notices/{it}")).into_iter();
    for path in paths.chain(["favicon.ico", "exif.jpg", "touch.png"].map(str::to_owned)) {
        let picture = Picture::of(&made[&path]).unwrap();
        assert_eq!((picture.width, picture.height), (1600, 400), "{path}");
        assert!(memchr::memmem::find(&made[&path], b"SECRET").is_none(), "{path}");
        assert!(!linli::image::metadata(&made[&path]).place, "{path}");
    }
    let sizes = images(&made, "notices/2026-11-20-water/index.html");
    assert!(sizes.iter().all(|it| it.contains("width=\"1600\" height=\"400\"")), "{sizes:?}");
}

#[test]
fn a_generated_drawing_says_so() {
    let mut files = portal();
    let drawing = r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><metadata><a x:AIGC="1"/></metadata><path d="M0 0"/></svg>"#;
    files.insert("content/notices/a.svg".to_owned(), drawing.into());
    let notice = "---\ntitle: 停水\ndate: 2026-11-20\n---\n![图](a.svg)\n";
    files.insert(NOTICE.to_owned(), notice.into());
    let (_, made) = site::build(&site::memory(&files));
    assert!(linli::image::metadata(&made["notices/a.svg"]).generated);
    let page = String::from_utf8_lossy(&made["notices/2026-11-20-water/index.html"]).into_owned();
    assert!(page.contains("<span class=\"generated\">AI生成</span>"), "{page}");
}

#[test]
fn a_generated_picture_says_so_and_is_nobodys_portrait() {
    let mut files = portal();
    let packet = b"JP\0\x01\0\0\0\x01\0\0\0\0jumb digitalsourcetype/trainedAlgorithmicMedia";
    let length = u16::try_from(packet.len() + 2).unwrap().to_be_bytes();
    let mut generated = |path: &str| {
        let bytes = &files[path];
        let bytes = [&bytes[..2], &[0xff, 0xeb], &length, &packet[..], &bytes[2..]].concat();
        files.insert(path.to_owned(), bytes);
    };
    generated("content/notices/valve.jpg");
    generated("content/大门.jpg");
    let (told, made) = site::build(&site::memory(&files));
    assert!(told.iter().all(|it| it.severity != Severity::Error), "{told:?}");
    let mark = "<span class=\"generated\">AI生成</span>";
    for (page, count) in [("notices/2026-11-20-water/index.html", 2), ("index.html", 1)] {
        assert_eq!(String::from_utf8_lossy(&made[page]).matches(mark).count(), count, "{page}");
    }
    for (path, expected) in
        [("notices/valve.jpg", true), ("notices/valve-480w.jpg", true), ("wang.jpeg", false)]
    {
        assert_eq!(linli::image::metadata(&made[path]).generated, expected, "{path}");
    }
    files.insert("content/wang.jpeg".to_owned(), files["content/notices/valve.jpg"].clone());
    let told = site::check(&site::memory(&files));
    let told: Vec<&Diagnostic> = told.iter().filter(|it| it.severity == Severity::Error).collect();
    assert_eq!(told.iter().map(|it| it.code).collect::<Vec<_>>(), [Code::GeneratedPortrait]);
    assert_eq!(told[0].location.file.as_str(), "content/honors.yaml");
}

/// An output that keeps what it has, and knows what was written last.
#[derive(Default)]
struct Folder {
    files: Mutex<BTreeMap<String, ManifestEntry>>,
    written: Mutex<Vec<String>>,
}

impl Output for Folder {
    type Error = std::convert::Infallible;

    fn keep(&self, file: &ManifestEntry) -> bool {
        self.files.lock().unwrap().get(file.path.as_str()) == Some(file)
    }

    fn write(&self, path: &OutPath, bytes: &[u8]) -> Result<ManifestEntry, Self::Error> {
        let entry = ManifestEntry::of(path, bytes);
        self.files.lock().unwrap().insert(path.to_string(), entry.clone());
        self.written.lock().unwrap().push(path.to_string());
        Ok(entry)
    }
}

/// Builds once more, and returns what was said and written.
fn rebuild(
    files: &Files,
    state: &mut BuildState,
    folder: &Folder,
) -> (Vec<Diagnostic>, Vec<String>) {
    let world = site::memory(files);
    let settings = site::settings(&world, TODAY);
    let mut site = build::update(&world, Tree::take(&world), &settings, state);
    let Ok(made) = build::make::make(&mut site.value, state, folder);
    let told = made.diagnostics.clone();
    drop(site);
    made.remember(state);
    let mut written = std::mem::take(&mut *folder.written.lock().unwrap());
    written.sort();
    (told, written)
}

#[test]
fn only_new_pictures_are_made_and_with_them_the_pages_that_show_them() {
    let mut files = portal();
    let gate = located(&files["content/大门.jpg"]);
    files.insert("content/大门.jpg".to_owned(), gate);
    let (mut state, folder) = (BuildState::default(), Folder::default());
    let located =
        |told: &[Diagnostic]| told.iter().filter(|it| it.code == Code::ImageMetadata).count();
    let (told, written) = rebuild(&files, &mut state, &folder);
    assert_eq!((located(&told), written.iter().filter(|it| it.contains("大门")).count()), (1, 3));
    // It is told again, though nothing is decoded.
    let (told, written) = rebuild(&files, &mut state, &folder);
    let pictures: Vec<&String> = written.iter().filter(|it| !it.ends_with(".html")).collect();
    assert_eq!((located(&told), pictures), (1, Vec::new()));
    // Another size: the page says so.
    files.insert("content/notices/valve.jpg".to_owned(), photo(400, 300, 40));
    let (_, written) = rebuild(&files, &mut state, &folder);
    let notice = "notices/2026-11-20-water/index.html";
    assert!(written.iter().any(|it| it == notice), "{written:?}");
    let pictures: Vec<&String> = written.iter().filter(|it| it.ends_with('g')).collect();
    assert_eq!(pictures, ["notices/valve.jpg"]);
    let entries = folder.files.lock().unwrap().clone();
    let (_, fresh) = site::build(&site::memory(&files));
    for (path, bytes) in fresh {
        let entry = ManifestEntry::of(&OutPath::new(&path).unwrap(), &bytes);
        assert!(entries[&path] == entry, "{path}");
    }
}
