//! The news folder of an office, as it is after some years: a hundred notices with front matter in
//! Chinese, in folders of years and of their own, with what offices attach to them and photos.
//!
//! The texts follow from their numbers, so each run makes the same folder.

use std::collections::BTreeMap;

use linli::{attachment::short_fingerprint, diagnostic};

use crate::{
    attachments::{Desk, document, docx, workbook},
    site::{self, Files},
};

/// How many notices there are.
const COUNT: usize = 100;

const PHOTO: &[u8] = include_bytes!("incremental/portal/content/heping/street.png");

/// What notices are about: the title, what is announced, and what residents are to do.
const MATTERS: [[&str; 3]; 10] = [
    ["停水通知", "因管道检修，下列楼栋暂停供水。", "请提前储水，恢复后先放掉浑水。"],
    [
        "老旧小区改造方案征求意见",
        "改造方案已经编好，现征求居民意见。",
        "意见可以写在表上，交到居委会。",
    ],
    ["垃圾分类督导员排班", "各投放点的督导时间已经排定。", "请按时投放，大件垃圾另约时间。"],
    ["端午节活动", "社区活动室举办包粽子活动。", "想参加的填报名表，额满为止。"],
    ["消防通道清理", "消防通道不得停车、堆物。", "请在月底前自行清理。"],
    ["便民义诊", "医生到社区测血压、查视力。", "请带上医保卡，按先后次序等候。"],
    ["业主大会筹备组成员产生办法", "筹备组由居民代表组成。", "推荐表请交到物业服务中心。"],
    ["冬季取暖补水", "换热站进行补水加压。", "请留人在家，发现漏水立即报修。"],
    ["图书角开放时间调整", "图书角周末也开放。", "借书请登记，读完按时归还。"],
    ["广场舞场地使用约定", "晚上九点以后不放音响。", "各队请互相体谅，轮流使用。"],
];

/// The kinds of files that are attached, in turn.
const KINDS: [&str; 10] = ["docx", "xlsx", "csv", "txt", "odt", "ods", "pptx", "pdf", "doc", "zip"];

/// A file of that kind about something.
fn attached(kind: &str, number: usize, matter: [&str; 3]) -> Vec<u8> {
    let [title, what, advice] = matter;
    let paragraph = |text: &str| format!("<text:p>{text}</text:p>");
    let cell = |text: &str| format!("<table:table-cell>{}</table:table-cell>", paragraph(text));
    let gbk = |text: String| encoding_rs::GBK.encode(&text).0.into_owned();
    match kind {
        "docx" => docx(&format!("{title}第 {number} 号：{what}{advice}")),
        "xlsx" => workbook("安排", &[&["日期", "地点", "内容"], &["3月5日", "活动室", title]]),
        "csv" => gbk(format!("日期,地点,内容\r\n3月5日,活动室,{title}\r\n")),
        "txt" => gbk(format!("{title}\r\n{what}\r\n{advice}\r\n")),
        "odt" => {
            document(&[("content.xml", &format!("<office:text>{}</office:text>", paragraph(what)))])
        }
        "ods" => {
            let row = format!("<table:table-row>{}{}</table:table-row>", cell("内容"), cell(title));
            let sheet = format!("<table:table table:name=\"安排\">{row}</table:table>");
            document(&[(
                "content.xml",
                &format!("<office:spreadsheet>{sheet}</office:spreadsheet>"),
            )])
        }
        "pptx" => {
            let slide = format!("<p:sld><a:p><a:r><a:t>{title}：{what}</a:t></a:r></a:p></p:sld>");
            document(&[("ppt/presentation.xml", "<p/>"), ("ppt/slides/slide1.xml", &slide)])
        }
        "zip" => document(&[("说明.txt", what)]),
        other => format!("{other} {number} {title}").into_bytes(),
    }
}

/// The front matter that says who looked at a file that the program cannot read.
fn checked(kind: &str, name: &str, bytes: &[u8]) -> String {
    if !["pdf", "doc", "zip"].contains(&kind) {
        return String::new();
    }
    let fingerprint = short_fingerprint(bytes);
    format!("checked_by: 王秀兰\nchecked_on: 2026-11-01\nchecked_files: {name} {fingerprint}\n")
}

/// The files of a community whose office has a news folder.
fn office() -> Files {
    let mut files = Files::new();
    let mut add = |path: &str, bytes: Vec<u8>| drop(files.insert(path.to_owned(), bytes));
    add("site.toml", "title = \"幸福街道\"\n".into());
    add("content/place.yaml", "name: 幸福街道\nlevel: street\n".into());
    add("content/xingfu/place.yaml", "name: 幸福社区\nlevel: community\n".into());
    for number in 0..COUNT {
        let (matter, kind) = (MATTERS[number % 10], KINDS[number / 10]);
        let (year, month, day) = (2024 + number % 3, number % 10 + 1, number % 27 + 1);
        let date = format!("{year}-{month:02}-{day:02}");
        let has_folder = number % 4 == 0;
        let folder = match (has_folder, number % 2) {
            (true, _) => format!("content/xingfu/notices/{date}-{number}"),
            (false, 0) => "content/xingfu/notices".to_owned(),
            _ => format!("content/xingfu/notices/{year}"),
        };
        let name = format!("附件{number}.{kind}");
        let bytes = attached(kind, number, matter);
        let checked = checked(kind, &name, &bytes);
        let photo = if has_folder { "![活动室门口](门口.png)\n\n" } else { "" };
        let [title, what, advice] = matter;
        let text = format!(
            "---\n标题: {title}（第 {number} 号）\n日期: {date}\n来源: 幸福社区居委会\n\
             文号: 幸社〔{year}〕{number}号\n{checked}---\n\n各位居民：\n\n{what}\n\n\
             1. 时间：{month}月{day}日上午九点。\n2. {advice}\n\n{photo}附件：[{title}]({name})\n"
        );
        let file = if has_folder { "index.md".to_owned() } else { format!("{date}-{number}.md") };
        add(&format!("{folder}/{file}"), text.into());
        add(&format!("{folder}/{name}"), bytes);
        if has_folder {
            add(&format!("{folder}/门口.png"), PHOTO.to_vec());
        }
    }
    files
}

#[test]
fn a_news_folder_is_published_whole() {
    let office = office();
    let (diagnostics, files) = site::build(&site::memory(&office));
    assert_eq!(diagnostic::count(&diagnostics).0, 0, "{diagnostics:#?}");
    let is_notice = |path: &&String| path.contains("/notices/") && path.ends_with("/index.html");
    let notices = files.keys().filter(is_notice).count();
    assert!(notices >= COUNT, "{notices} pages");
    let mut kinds: BTreeMap<&str, usize> = BTreeMap::new();
    for (path, bytes) in &office {
        let Some((_, kind)) = path.rsplit_once('.').filter(|(_, it)| KINDS.contains(it)) else {
            continue;
        };
        assert_eq!(files.get(path.strip_prefix("content/").unwrap()), Some(bytes), "{path}");
        *kinds.entry(kind).or_default() += 1;
    }
    assert_eq!(kinds, KINDS.into_iter().map(|kind| (kind, COUNT / 10)).collect());
    assert_eq!(files.keys().filter(|it| it.ends_with("门口.png")).count(), COUNT / 4);
}

#[test]
fn a_second_build_of_a_news_folder_is_the_same() {
    let mut desk = Desk::of(&office());
    let first = desk.build("kept", false);
    assert_eq!(first, desk.build("kept", false));
    assert_eq!(first, desk.build("fresh", true));
}
