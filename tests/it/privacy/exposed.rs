//! Leaks in the shape in which they have been reported, and notices in the style of offices.
//!
//! `tests/corpus/leaks` has lists of recipients, disputes, pupils, debtors and their like: each must
//! stop the build. `tests/corpus/clean` has what an office posts on other days: at most one of it
//! may be stopped. A document is a notice of a small portal, which publishes no number that would
//! lift a diagnostic.

use std::{collections::BTreeSet, fs, path::Path};

use linli::diagnostic::Severity;

use crate::{privacy::portal, site};

/// The documents of a folder of `tests/corpus`, by their names.
fn corpus(folder: &str) -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus").join(folder);
    let files = fs::read_dir(folder).unwrap().map(|it| it.unwrap().path());
    let mut documents: Vec<(String, String)> = files
        .map(|file| {
            let name = file.file_stem().unwrap().to_str().unwrap().to_owned();
            (name, fs::read_to_string(&file).unwrap())
        })
        .collect();
    documents.sort();
    documents
}

/// A notice with this text; `\n` begins a line.
fn notice(text: &str) -> String {
    format!("---\ntitle: 通知\ndate: 2026-11-02\n---\n\n{}\n", text.replace("\\n", "\n"))
}

/// The errors of a portal with this notice in it, shortly.
fn errors(document: &str) -> Vec<String> {
    let files = portal(&[("content/xingfu/notices/notice.md", document)]);
    let diagnostics = site::check(&site::memory(&files));
    let errors = diagnostics.iter().filter(|it| it.severity == Severity::Error);
    errors.map(|it| format!("{} {:?} {:?}", it.code.name(), it.args, it.location.range)).collect()
}

/// Leaks, a notice in each line.
const LEAKS: &str = include_str!("../../corpus/leaks.txt");

/// What only looks like one.
const CLEAN: &str = include_str!("../../corpus/clean.txt");

#[test]
fn who_is_meant_is_told_by_the_words_around() {
    let passed: Vec<&str> = LEAKS.lines().filter(|line| errors(&notice(line)).is_empty()).collect();
    assert_eq!(passed, [] as [&str; 0]);
    // Whoever is left out would be published once the others are gone.
    for line in
        ["物业费未交住户：5号楼刘芳 1200元，6号楼赵国强 800元", "调解了赵国强与孙丽华的邻里纠纷"]
    {
        assert_eq!(errors(&notice(line)).len(), 2, "{line}");
    }
    let stopped: Vec<(&str, Vec<String>)> = CLEAN
        .lines()
        .map(|line| (line, errors(&notice(line))))
        .filter(|(_, errors)| !errors.is_empty())
        .collect();
    assert!(stopped.is_empty(), "{stopped:#?}");
}

/// Legal-aid sessions and honours: what they are about is no attribute of who is named beside it.
const CLEAN_RECORDS: &str = "\
service: 物业纠纷调解 / provider: 明理&同德律师事务所
service: 婚姻家庭纠纷 / provider: 明理与同德律师事务所
service: 婚姻家庭纠纷 / provider: 高金律师事务所
service: 房屋租赁、欠款和劳动争议都可以来问，请带上合同、借条和身份证，到场先取号，按先后次序接待
service: 主动调解邻里纠纷十余起，长期参与垃圾分类现场指导，并为社区食堂捐赠爱心餐券；体现了守望相助的邻里情谊";

/// The same with somebody who is named.
const LEAK_RECORDS: &str = "\
service: 离婚纠纷 / provider: 王秀英
service: 低保户王秀英
service: '- 低保户王秀英'
service: 王秀英、李建国 / provider: 低保金发放
service: 长期参与垃圾分类现场指导，为社区食堂捐赠爱心餐券。居民刘洋的父亲刘德海患有胃癌晚期，请大家多关心。
service: '<p>低保对象：<b>王秀英</b></p>'";

#[test]
fn records_are_read_as_rows() {
    let declared = "title: 法律服务\nfields:\n  date: {type: date, label: 日期}\n  \
                    service: {type: markdown, label: 内容}\n  \
                    provider: {type: text, label: 单位}\n";
    let told = |line: &&str| {
        let record = format!("- date: 2026-11-02\n  {}\n", line.replace(" / ", "\n  "));
        let files = portal(&[
            ("content/_collections/aid.yaml", declared),
            ("content/xingfu/aid.yaml", &record),
        ]);
        let diagnostics = site::check(&site::memory(&files));
        let mut errors = diagnostics.iter().filter(|it| it.severity == Severity::Error);
        errors.any(|it| it.code.name() == "sensitive-name")
    };
    assert_eq!(CLEAN_RECORDS.lines().filter(told).collect::<Vec<_>>(), [] as [&str; 0]);
    let passed: Vec<&str> = LEAK_RECORDS.lines().filter(|line| !told(line)).collect();
    assert_eq!(passed, [] as [&str; 0]);
}

/// Which of these texts is stopped as the value of a record.
fn stopped_in_records<'a>(texts: &'a str, kind: &str) -> Vec<&'a str> {
    let declared = format!(
        "title: 工作记录\nfields:\n  date: {{type: date, label: 日期}}\n  \
         text: {{type: {kind}, label: 内容}}\n"
    );
    let (mut records, mut starts) = (String::new(), Vec::new());
    for text in texts.lines() {
        starts.push(records.lines().count() + 1);
        let value = text.replace("\\n", "\n      ");
        records.extend(["- date: 2026-11-02\n  text: |\n      ", &*value, "\n"]);
    }
    let files = portal(&[
        ("content/_collections/work.yaml", &*declared),
        ("content/xingfu/work.yaml", &records),
    ]);
    let diagnostics = site::check(&site::memory(&files));
    let errors = diagnostics.iter().filter(|it| it.severity == Severity::Error);
    let stopped: BTreeSet<usize> = errors
        .map(|it| it.location.range.unwrap().start.line as usize)
        .map(|line| starts.partition_point(|start| *start <= line) - 1)
        .collect();
    texts.lines().enumerate().filter(|(at, _)| stopped.contains(at)).map(|(_, it)| it).collect()
}

#[test]
fn a_record_is_read_as_well_as_a_notice() {
    for kind in ["markdown", "text"] {
        let stopped = stopped_in_records(LEAKS, kind);
        let passed: Vec<_> = LEAKS.lines().filter(|it| !stopped.contains(it)).collect();
        assert_eq!(passed, [] as [&str; 0], "{kind}");
        assert_eq!(stopped_in_records(CLEAN, kind), [] as [&str; 0], "{kind}");
    }
}

#[test]
fn a_line_that_leaks_is_quoted_by_no_message() {
    let text = "照顾患癌症的刘芳和欠费的赵国强，车牌吉A12345";
    let files = portal(&[("content/xingfu/notices/notice.md", &*notice(text))]);
    let diagnostics = site::check(&site::memory(&files));
    assert!(diagnostics.iter().any(|it| it.severity == Severity::Warning), "{diagnostics:?}");
    let told = format!("{diagnostics:?}");
    assert!(!told.contains("刘芳") && !told.contains("赵国强"), "{told}");
}

#[test]
fn behind_many_warnings_an_error_is_told_all_the_same() {
    let many = |word: &str, count: usize| {
        (0..count).map(|at| format!("{word}{at}@example.cn\n")).collect::<Vec<_>>().concat()
    };
    let text = many("zhang", 300) + "王秀英是低保户。\n";
    assert_eq!(errors(&notice(&text)).len(), 1);
}

#[test]
fn of_many_numbers_each_has_to_be_an_offices() {
    let number = |at: usize| format!("138{at:08}");
    let grids = (0..300)
        .map(|at| {
            format!(
                "- {{grid: g{at}, buildings: {at}栋, chief: 王秀英, officer: 李敏, phone: \"{}\"}}\n",
                number(at)
            )
        })
        .collect::<Vec<_>>()
        .concat();
    let told = |count: usize| {
        let text = (0..count).map(|at| format!("{}\n\n", number(at))).collect::<Vec<_>>().concat();
        let notice = notice(&text);
        let files = portal(&[
            ("content/xingfu/grids.yaml", &grids),
            ("content/xingfu/notices/notice.md", &notice),
        ]);
        let diagnostics = site::check(&site::memory(&files));
        diagnostics.iter().filter(|it| it.severity == Severity::Error).count()
    };
    assert_eq!(told(300), 0);
    assert!(told(301) > 0);
}

#[test]
fn every_leak_is_stopped() {
    let documents = corpus("leaks");
    assert!(documents.len() >= 60, "{}", documents.len());
    let passed: Vec<&str> = documents
        .iter()
        .filter(|(_, document)| errors(document).is_empty())
        .map(|(name, _)| name.as_str())
        .collect();
    assert_eq!(passed, [] as [&str; 0], "{} of {}", passed.len(), documents.len());
}

#[test]
fn at_most_one_clean_notice_is_stopped() {
    let documents = corpus("clean");
    assert!(documents.len() >= 100, "{}", documents.len());
    let stopped: Vec<_> = documents
        .iter()
        .map(|(name, document)| (name, errors(document)))
        .filter(|(_, errors)| !errors.is_empty())
        .collect();
    assert!(stopped.len() <= 1, "{} of {}: {stopped:#?}", stopped.len(), documents.len());
}
