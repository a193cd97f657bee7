//! Groups: fields that are written, and given to themes, together.

use std::collections::BTreeMap;

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
    let (told, pages) = pages(DECLARATION, TEMPLATE, file, content);
    (told, pages.get("xingfu/counters/index.html").cloned().unwrap_or_default())
}

/// The same with another declaration and template, and all files that are made.
fn pages(
    declaration: &str,
    template: &str,
    file: &str,
    content: &str,
) -> (Vec<(Code, u32)>, BTreeMap<String, String>) {
    let mut files = diagnostics::files_of("_base");
    let mut add = |path: &str, text: &str| files.insert(path.to_owned(), text.into());
    add("site.toml", "theme = \"own\"\n");
    add("themes/own/theme.toml", "extends = \"default\"\n");
    let page = "{% extends \"base.html\" %}{% block main %}";
    let table = "{{ <record.table collection records caption=\"表\" /> }}";
    let page = format!("{page}{template}{table}{{% endblock main %}}");
    add("themes/own/templates/directory.html", &page);
    add("content/_collections/counters.yaml", declaration);
    add(&format!("content/xingfu/{file}"), content);
    let (told, pages) = site::build(&site::memory(&files));
    let line = |it: &linli::diagnostic::Diagnostic| it.location.range.map_or(0, |it| it.start.line);
    let told = told.iter().map(|it| (it.code, line(it))).collect();
    let texts =
        pages.into_iter().filter_map(|(path, it)| Some((path, String::from_utf8(it).ok()?)));
    (told, texts.collect())
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

const SEVERAL: &str = "title: {zh-CN: 楼栋, en: Buildings}
section: service
view: directory
data: xlsx
roles: {person: contacts.who, phone: contacts.mobile}
record-pages: {slug: [name]}
fields:
  name: {type: text, label: 名称, required: true}
  contacts:
    type: group
    several: true
    max: 3
    label: {zh-CN: 联系人, en: Contact}
    fields:
      who: {type: person, label: {zh-CN: 姓名, en: Name}, required: true}
      mobile: {type: phone, label: {zh-CN: 手机, en: Mobile}}
      duty: {type: choice, label: 职务, choices: [楼长, 志愿者], default: 志愿者}
      code: {type: text, label: 编号, unique: true}
      secret: {type: text, label: 内部, privacy: internal}
";

/// A template that shows several groups as they are written.
const EACH: &str = "{% for record in records %}<p>{{ record.values.name }}\
    {% for it in record.values.contacts %}|{{ it.who }},{{ it.mobile }},{{ it.duty }}{% endfor %}</p>{% endfor %}";

/// What is told of such records.
fn told_of_several(content: &str) -> Vec<(Code, u32)> {
    let told = pages(SEVERAL, EACH, "counters.yaml", content).0;
    told.into_iter().filter(|it| it.0 != Code::MissingBasis).collect()
}

#[test]
fn several_groups_are_a_list_or_numbered_columns() {
    let basis = "basis: consent\nbasis_reference: 同意书\nbasis_date: 2026-01-01\n";
    let yaml = format!(
        "{basis}records:\n- name: 1号楼\n  contacts:\n  - {{who: 王秀兰, 手机: 0431-82550111, duty: 楼长}}\n  \
         - who: 李敏\n    secret: 夜里不接\n- name: 2号楼\n  联系人: {{who: 张强}}\n- name: 3号楼\n"
    );
    let posting = "basis,basis_reference,basis_date";
    let rows = "1号楼,王秀兰,0431-82550111,楼长,李敏,夜里不接,consent,同意书,2026-01-01\n\
                2号楼,张强,,,,,consent,同意书,2026-01-01\n3号楼,,,,,,consent,同意书,2026-01-01\n";
    let headers = [
        "名称,联系人1·姓名,联系人1·手机,联系人1·职务,联系人2·姓名,联系人2·内部",
        "name,contacts.1.who,contacts.1.mobile,contacts.1.duty,contacts.2.who,contacts.2.secret",
        "名称,姓名1,手机1,职务1,姓名2,内部２",
        "name,who1,Mobile1,contacts1.duty,contacts.who2,内部2",
        "名称,联系人·姓名,联系人手机,联系人·职务,联系人2姓名,联系人内部2",
    ];
    let tables = headers.map(|it| ("counters.csv", format!("{it},{posting}\n{rows}")));
    for (file, content) in [("counters.yaml", yaml)].into_iter().chain(tables) {
        let (told, pages) = pages(SEVERAL, EACH, file, &content);
        assert_eq!(told, [], "{content}");
        let list = &pages["xingfu/counters/index.html"];
        // A default is that of a group which is written.
        let wanted = "<p>1号楼|王秀兰,0431-****0111,楼长|李敏,,志愿者</p>\
                      <p>2号楼|张强,,志愿者</p><p>3号楼</p>";
        assert!(list.contains(wanted), "{content}: {list}");
        // What no record has needs no column.
        assert!(list.contains(">联系人2·姓名</th>") && !list.contains(">联系人3·姓名"), "{list}");
        let page = &pages["xingfu/counters/1号楼/index.html"];
        assert!(
            page.contains("<dt>联系人2·姓名</dt><dd><span class=\"one\">李敏</span></dd>"),
            "{page}"
        );
        let table = &pages["xingfu/data/counters.csv"];
        assert!(table.contains("contacts.2.who") && table.contains("李敏"), "{table}");
        let data = &pages["xingfu/data/counters.json"];
        assert!(
            data.contains("\"contacts.2.who\": \"李敏\"")
                || data.contains("\"contacts.2.who\":\"李敏\""),
            "{data}"
        );
        let hidden = |it: &String| it.contains("夜里不接") || it.contains("82550111");
        assert!(!pages.values().any(hidden));
    }
}

#[test]
fn each_of_several_groups_is_masked_and_searched() {
    let content = "- name: 1号楼\n  contacts:\n  - {who: 王秀兰, mobile: 13800001234}\n  - {who: 李敏, mobile: 13900005678}\n";
    let (told, made) = pages(SEVERAL, EACH, "counters.yaml", content);
    let lines = [3, 3, 4, 4].map(|it| (Code::MissingBasis, it));
    assert_eq!(told, lines);
    let list = &made["xingfu/counters/index.html"];
    assert!(list.contains("|王**,138****1234,志愿者|李*,139****5678,志愿者<"), "{list}");
    for (path, text) in &made {
        assert!(!["秀兰", "李敏", "13900005678"].iter().any(|it| text.contains(it)), "{path}");
    }
    let content =
        "- name: 1号楼\n  contacts:\n  - {who: 王秀兰}\n  - {who: 李敏, code: 打13900005678}\n";
    assert_eq!(told_of_several(content), [(Code::PersonalData, 4)]);
    // Who withdrew is gone from each group of all records.
    let content = "- name: 1号楼\n  withdrawn: 2026-01-01\n  contacts: [{who: 李敏}]\n\
                   - name: 2号楼\n  basis: office\n  contacts: [{who: 王秀兰}, {who: 李敏}]\n";
    let (_, made) = pages(SEVERAL, EACH, "counters.yaml", content);
    let list = &made["xingfu/counters/index.html"];
    assert!(list.contains("|王秀兰,,志愿者|李*,"), "{list}");
}

#[test]
fn mistakes_in_several_groups_are_told_at_their_lines() {
    let missing = "- name: 1号楼\n  contacts:\n  - {who: 王秀兰}\n  - {code: 甲1}\n";
    assert_eq!(told_of_several(missing), [(Code::MissingField, 4)]);
    let unknown = "- name: 1号楼\n  contacts:\n  - {who: 王秀兰}\n  - {who: 李敏, moblie: 1}\n";
    assert_eq!(told_of_several(unknown), [(Code::UnknownField, 4)]);
    let list = "- name: 1号楼\n  contacts:\n  - 王秀兰\n";
    assert_eq!(told_of_several(list), [(Code::WrongShape, 3)]);
    let word = "- name: 1号楼\n  contacts: 王秀兰\n";
    assert_eq!(told_of_several(word), [(Code::WrongShape, 2)]);
    let each = |names: &[&str]| {
        let items = names.iter().map(|it| format!("  - {{who: {it}}}\n"));
        told_of_several(&format!("- name: 1号楼\n  contacts:\n{}", items.collect::<String>()))
    };
    assert_eq!(each(&["王秀兰", "李敏", "张强"]), []);
    assert_eq!(each(&["王秀兰", "李敏", "张强", "赵刚"]), [(Code::TooMany, 6)]);
    // A value that may stand once may not stand in the groups of two records.
    let twice = "- name: 1号楼\n  contacts: [{who: 王秀兰, code: 甲1}, {who: 李敏, code: 甲2}]\n\
                 - name: 2号楼\n  contacts: [{who: 张强, code: 甲2}]\n";
    assert_eq!(told_of_several(twice), [(Code::ValueTwice, 3)]);
    let csv = "名称,姓名1,手机1,姓名2,手机2\n1号楼,王秀兰,,,0431-82550111\n";
    let (told, _) = pages(SEVERAL, EACH, "counters.csv", csv);
    let told: Vec<_> = told.into_iter().filter(|it| it.0 != Code::MissingBasis).collect();
    assert_eq!(told, [(Code::MissingField, 2)]);
}

/// The figures of a place, as a theme may write them.
const FIGURES: &str = "{% for figure in figures.list %}<p>{{ figure.name }}={{ figure.value }}\
    {% for group in figure.groups %}|{{ group.label }} {{ group.value }}{% endfor %}</p>{% endfor %}";

#[test]
fn a_figure_of_a_part_counts_each_group() {
    let figures = "figures:
  records: {measure: count}
  people: {measure: count, where: {contacts.who: present}}
  duties: {measure: count, by: contacts.duty}
  hours: {measure: sum, of: contacts.hours}
  hours-by-duty: {measure: sum, of: contacts.hours, by: contacts.duty}
  first: {measure: sum, of: contacts.1.hours}
  leaders: {measure: share, part: {contacts.duty: 楼长}}
";
    let declared =
        SEVERAL.replace("      secret:", "      hours: {type: count, label: 小时}\n      secret:");
    let records = "- name: 1号楼\n  contacts:\n  - {who: 王秀兰, duty: 楼长, hours: 3}\n  - {who: 李敏, hours: 2}\n\
        - name: 2号楼\n  contacts: {who: 张强, duty: 志愿者, hours: 5}\n- name: 3号楼\n";
    let of =
        |figures: &str| pages(&format!("{declared}{figures}"), FIGURES, "counters.yaml", records);
    let (told, made) = of(figures);
    assert!(told.iter().all(|it| it.0 == Code::MissingBasis), "{told:?}");
    let wanted = "<p>records=3</p><p>people=3</p><p>duties=|楼长 1|志愿者 2</p><p>hours=10</p>\
                  <p>hours-by-duty=|楼长 3|志愿者 7</p><p>first=8</p><p>leaders=33.3</p>";
    assert!(
        made["xingfu/counters/index.html"].contains(wanted),
        "{}",
        made["xingfu/counters/index.html"]
    );
    // The page of the data says how, without the number of a group.
    assert!(made["data/index.html"].contains("联系人·职务"), "{}", made["data/index.html"]);
    // Two lists of groups have nothing to do with each other.
    let others = "  helpers:\n    type: group\n    several: true\n    label: 帮手\n    fields:\n      age: {type: count, label: 年龄}\n";
    let declared = format!(
        "{declared}{others}figures:\n  wrong: {{measure: sum, of: helpers.age, by: contacts.duty}}\n"
    );
    let (told, _) = pages(&declared, FIGURES, "counters.yaml", records);
    assert!(told.contains(&(Code::UnfitField, 28)), "{told:?}");
}

#[test]
fn keys_in_groups_are_named_as_they_are_written() {
    let shown = |content: &str| {
        let mut files = diagnostics::files_of("_base");
        files.insert("content/_collections/counters.yaml".to_owned(), SEVERAL.into());
        files.insert("content/xingfu/counters.yaml".to_owned(), content.into());
        let told = site::check(&site::memory(&files));
        let told: Vec<_> = told.into_iter().filter(|it| it.code != Code::MissingBasis).collect();
        site::shown(&told, &linli::diagnostic::Messages::new(linli::diagnostic::Language::En))
    };
    let part = shown("- name: 1号楼\n  contacts:\n  - {who: 王秀兰}\n  - {who: 李敏, moblie: 1}\n");
    assert!(part.contains("`moblie`") && part.contains("did you mean `mobile`"), "{part}");
    let none = shown("- name: 1号楼\n  contacts: {who: 王秀兰, xyz: 1}\n");
    assert!(none.contains("who（姓名）") && !none.contains("contacts."), "{none}");
    let missing = shown("- name: 1号楼\n  contacts: [{code: 甲1}]\n");
    assert!(missing.contains("`who: …`"), "{missing}");
    let group = shown("- name: 1号楼\n  contatcs: {who: 王秀兰}\n");
    assert!(group.contains("did you mean `contacts`") && !group.contains("missing"), "{group}");
    let far = shown("- name: 1号楼\n  xyz: 1\n");
    assert!(far.contains("contacts（联系人）") && !far.contains("contacts.1"), "{far}");
}
