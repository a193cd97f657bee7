//! Groups: fields that are written, and given to themes, together.

use linli::diagnostic::Code;

use crate::{diagnostics, site};

const DECLARATION: &str = "title: {zh-CN: 窗口, en: Counters}
section: service
view: directory
fields:
  name: {type: text, label: 名称, required: true}
  contact:
    type: group
    label: {zh-CN: 联系人, en: Contact}
    fields:
      who: {type: person, label: {zh-CN: 姓名, en: Name}}
      mobile: {type: phone, label: {zh-CN: 手机, en: Mobile}}
      note: {type: text, label: 说明}
";

/// A template that shows what themes are given of a group.
const TEMPLATE: &str = "{% for record in records %}<p>{{ record.values.contact.who }}|\
    {{ record.values[\"contact.mobile\"] }}|{{ record.values.contact.note }}</p>{% endfor %}";

/// What is told of a file of such records, and the list that is made of it.
fn build(file: &str, content: &str) -> (Vec<(Code, u32)>, String) {
    let mut files = diagnostics::files_of("_base");
    let mut add = |path: &str, text: &str| files.insert(path.to_owned(), text.into());
    add("site.toml", "theme = \"own\"\n");
    add("themes/own/theme.toml", "extends = \"default\"\n");
    let page = "{% extends \"base.html\" %}{% block main %}";
    let table = "{{ <record.table collection records caption=\"表\" /> }}";
    let page = format!("{page}{TEMPLATE}{table}{{% endblock main %}}");
    add("themes/own/templates/directory.html", &page);
    add("content/_collections/counters.yaml", DECLARATION);
    add(&format!("content/xingfu/{file}"), content);
    let (told, pages) = site::build(&site::memory(&files));
    let line = |it: &linli::diagnostic::Diagnostic| it.location.range.map_or(0, |it| it.start.line);
    let told = told.iter().map(|it| (it.code, line(it))).collect();
    let list = pages.get("xingfu/counters/index.html").cloned().unwrap_or_default();
    (told, String::from_utf8(list).unwrap())
}

#[test]
fn a_group_is_written_as_a_mapping_or_as_columns() {
    let basis = "basis: consent\nbasis_reference: 同意书\nbasis_date: 2026-01-01\n";
    let yaml = format!(
        "{basis}records:\n- name: 社保\n  contact:\n    who: 王秀兰\n    手机: 0431-82550111\n    note: 找她\n"
    );
    let labels = "名称,联系人·姓名,联系人·手机,联系人·说明,basis,basis_reference,basis_date\n\
                  社保,王秀兰,0431-82550111,找她,consent,同意书,2026-01-01\n";
    let names = labels.replacen("联系人·姓名,联系人·手机", "contact.who,Contact·Mobile", 1);
    let files = [("counters.yaml", &*yaml), ("counters.csv", labels), ("counters.csv", &names)];
    for (file, content) in files {
        let (told, list) = build(file, content);
        assert_eq!(told, [], "{content}");
        assert!(list.contains("<p>王秀兰|0431-****0111|找她</p>"), "{content}: {list}");
        assert!(list.contains(">联系人·姓名</th>"), "{list}");
    }
}

#[test]
fn parts_are_masked_and_searched_like_any_field() {
    let (told, list) =
        build("counters.yaml", "- name: 社保\n  contact: {who: 王秀兰, mobile: 13800001234}\n");
    assert!(told.iter().all(|it| it.0 == Code::MissingBasis), "{told:?}");
    assert!(!told.is_empty());
    assert!(list.contains("<p>王**|138****1234|</p>"), "{list}");
    let (told, _) = build("counters.yaml", "- name: 社保\n  contact:\n    note: 找13800001234\n");
    assert_eq!(told, [(Code::PersonalData, 3)]);
}

#[test]
fn mistakes_in_groups_are_told_at_their_lines() {
    let told = |content: &str| build("counters.yaml", content).0;
    assert_eq!(told("- name: 社保\n  contact: 王秀兰\n"), [(Code::WrongShape, 2)]);
    assert_eq!(told("- name: 社保\n  contact:\n    whoo: 王秀兰\n"), [(Code::UnknownField, 3)]);
    assert_eq!(told("- name: 社保\n  contact:\n"), []);
}
