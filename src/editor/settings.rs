//! `site.toml` as a schema: a line for each setting.

use serde_json::{Map, Value, json};

use crate::{
    attachment::AttachmentKind,
    config::{Breaks, Host, Names},
    diagnostic::{Language, Messages},
    editor::record::DIALECT,
};

/// What a setting takes.
#[derive(Clone, Copy)]
enum Kind {
    Word,
    /// A text, or one for each language.
    Words,
    Switch,
    Number,
    /// One of some words.
    One(&'static [&'static str]),
    /// One or several of some words.
    Some(&'static [&'static str]),
    /// One or several texts.
    List,
    /// A table with keys of the site's own.
    Table,
    /// A list of tables with these keys.
    Tables(&'static [&'static str]),
}

/// A setting: its tables and name, what it takes, and what it is for in Chinese and English.
type Setting = (&'static str, Kind, [&'static str; 2]);

use Kind::{List, Number, One, Some, Switch, Table, Tables, Word, Words};

const SETTINGS: &[Setting] = &[
    ("format", One(&["1"]), ["设置的写法", "The form in which this is written"]),
    ("title", Words, ["网站的名称", "What the site is called"]),
    ("description", Words, ["一句话介绍", "The site in a sentence"]),
    ("language", Word, ["网页的语言，例如 zh-CN", "The language of pages: zh-CN"]),
    (
        "base-url",
        Word,
        ["网站的网址，例如 https://example.cn", "Where it is published: https://example.cn"],
    ),
    (
        "id",
        Word,
        [
            "网站的编号，日历和订阅靠它认出条目，不要改",
            "What calendars and feeds know it by; do not change it",
        ],
    ),
    ("time-zone", Word, ["时区，例如 Asia/Shanghai", "The time zone: Asia/Shanghai"]),
    ("theme.name", Word, ["用哪个主题", "The theme"]),
    ("theme.colours", Table, ["主题的颜色", "Colours of the theme"]),
    ("theme.dark", Table, ["深色模式的颜色", "Colours in dark mode"]),
    ("banner", Word, ["每页最上面的一行字", "A line at the top of every page"]),
    ("organiser.name", Word, ["主办单位", "Who answers for the site"]),
    ("organiser.address", Word, ["地址", "Address"]),
    ("organiser.phone", Word, ["电话", "Telephone"]),
    ("organiser.email", Word, ["邮箱", "E-mail"]),
    ("organiser.icp", Word, ["ICP 备案号", "ICP licence number"]),
    ("organiser.police", Word, ["公安备案号", "Public-security record number"]),
    ("organiser.site-code", Word, ["政府网站标识码", "Code of a government site"]),
    ("organiser.correct", Word, ["在哪里反映网页上的错误", "Where readers say what is wrong"]),
    ("organiser.mark.image", Word, ["党政机关标识的图片", "Picture of the mark of public bodies"]),
    ("organiser.mark.url", Word, ["党政机关标识的链接", "Where that mark leads"]),
    ("organiser.mistakes.image", Word, ["找错标识的图片", "Picture of the mark for mistakes"]),
    ("organiser.mistakes.url", Word, ["找错标识的链接", "Where that mark leads"]),
    ("sections", Tables(&["id", "title", "description"]), ["网站的栏目", "Sections of the site"]),
    (
        "levels",
        Tables(&["id", "title", "below", "beside"]),
        ["地点的其他层级", "Further levels of places"],
    ),
    ("pages", Table, ["要不要做哪些网页", "Which pages are made"]),
    ("outputs", Table, ["要不要做哪些文件", "Which other files are made"]),
    ("place-order", One(&["pinyin", "folder"]), ["地点怎样排序", "The order of places"]),
    ("notices.from-date", Switch, ["通知到了日期才发布", "Notices appear on their day"]),
    ("privacy.names", One(Names::NAMES), ["姓名怎样公开", "How names are shown"]),
    ("privacy.strict", Switch, ["个人信息当作错误", "Personal data is an error"]),
    ("privacy.sensitive", Table, ["另外的敏感词", "Further sensitive words"]),
    (
        "attachments.kinds",
        Some(AttachmentKind::NAMES),
        ["可以附上哪些文件", "Kinds of attached files"],
    ),
    ("attachments.largest", Number, ["附件最大多少 MB", "The largest attachment, in MB"]),
    ("links.outside", List, ["同一网址下的其他网站", "Other sites of the same host"]),
    ("links.allow", List, ["不用提示的其他网站", "Other sites that need no hint"]),
    (
        "data.licence",
        Word,
        ["数据的使用许可，例如 CC-BY-4.0", "The licence of the data: CC-BY-4.0"],
    ),
    ("markdown.breaks", One(Breaks::NAMES), ["正文里换行怎样显示", "How line breaks are shown"]),
    ("security.contact", List, ["网站有漏洞找谁", "Who is told of a weakness"]),
    ("security.expires", Word, ["联系方式到哪天有效", "Until when that holds"]),
    ("security.csp", Table, ["网页可以加载什么", "What pages may load"]),
    ("hosting.hosts", Some(Host::NAMES), ["网站放在哪种服务器上", "By whom the site is served"]),
    ("publish", Table, ["发布到哪里", "Where it is published"]),
];

/// The schema of `site.toml`.
pub(super) fn schema(messages: &Messages) -> Value {
    let mut root = table();
    for (path, kind, about) in SETTINGS {
        let about = about[usize::from(messages.language() != Language::ZhCn)];
        let names: Vec<&str> = path.split('.').collect();
        put(&mut root, &names, value(*kind), about);
    }
    // The short form of a theme.
    let theme = root["properties"]["theme"].take();
    root["properties"]["theme"] = json!({ "anyOf": [{ "type": "string" }, theme] });
    root["$schema"] = json!(DIALECT);
    root["title"] = json!("site.toml");
    root
}

fn table() -> Value {
    json!({ "type": "object", "properties": {}, "additionalProperties": false })
}

fn put(holder: &mut Value, path: &[&str], mut schema: Value, about: &str) {
    let Option::Some((first, rest)) = path.split_first() else { return };
    if rest.is_empty() {
        schema["description"] = json!(about);
        holder["properties"][*first] = schema;
        return;
    }
    if holder["properties"][*first].is_null() {
        holder["properties"][*first] = table();
    }
    put(&mut holder["properties"][*first], rest, schema, about);
}

fn value(kind: Kind) -> Value {
    let word = json!({ "type": ["string", "number"] });
    let words = json!({ "type": "object", "additionalProperties": { "type": "string" } });
    match kind {
        Word => word,
        Words => json!({ "anyOf": [word, words] }),
        Switch => json!({ "enum": [true, false, "是", "否", "yes", "no"] }),
        Number => json!({ "type": ["integer", "string"], "minimum": 1 }),
        One(words) => {
            let numbers = words.iter().filter_map(|it| it.parse::<i64>().ok()).map(Value::from);
            let all: Vec<Value> = words.iter().map(|it| Value::from(*it)).chain(numbers).collect();
            json!({ "enum": all })
        }
        Some(words) => {
            json!({ "anyOf": [{ "enum": words }, { "type": "array", "items": { "enum": words } }] })
        }
        List => json!({ "anyOf": [word, { "type": "array", "items": word }] }),
        Table => json!({ "type": "object" }),
        Tables(keys) => {
            let text = json!({ "anyOf": [word, words] });
            let properties: Map<String, Value> =
                keys.iter().map(|key| ((*key).to_owned(), text.clone())).collect();
            json!({
                "type": "array",
                "items": {
                    "type": "object",
                    "properties": properties,
                    "required": ["id"],
                    "additionalProperties": false,
                },
            })
        }
    }
}
