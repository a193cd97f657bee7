//! The words, records, files and moments that edits of the portal are made of.

/// The collections of which the portal has records, or may come to have some.
pub(super) const COLLECTIONS: [&str; 15] = [
    "honors",
    "flag-raising",
    "legal-aid",
    "nominees",
    "zero-incident",
    "responses",
    "grids",
    "patrols",
    "events",
    "indicators",
    "volunteers",
    "committees",
    "mediation",
    "projects",
    "minutes",
];

/// Windows, terms, years and weeks begin and end between these.
pub(crate) const MOMENTS: [&str; 14] = [
    "2026-11-23T08:00",
    "2026-11-23T14:30",
    "2026-11-24",
    "2026-11-24T14:00",
    "2026-11-26",
    "2026-11-30",
    "2026-12-01",
    "2027-01-01",
    "2027-01-07",
    "2027-12-31",
    "2030-06-01",
    "2026-11-22T23:59",
    "2026-10-21",
    "2025-06-01",
];

/// Words that may become each other. Which is right and which is wrong is not always the same.
pub(super) const PAIRS: &[(&str, &str)] = &[
    ("title: 关于本站", "title: 本站说明"),
    ("title: 公开办法\n", "title: 公开办法\naliases: [/guiding.html]\nslug: guiding\n"),
    ("CNAME.example", "www.example"),
    ("order: 2", "order: 0"),
    ("身份证。", "户口簿。"),
    // Values, some of the same length.
    ("送饭三年", "扫雪五年"),
    ("修路灯", "修好了三盏路灯"),
    ("2026-03-05", "2026-03-06"),
    ("2026-11-24", "2026-11-26"),
    ("2026-11-30", "2027-01-04"),
    ("2025-03-05", "2026-03-07"),
    ("members: 9", "members: 90"),
    ("02,120,", "02,12,"),
    ("16,101,", "16,,"),
    ("好邻居", "最美家庭"),
    ("resolved: 2026-10-25, outcome", "outcome"),
    ("09,0,0,0", "09,0,2,0"),
    ("drugs: 0", "drugs: 2"),
    ("part: 91", "part: 95"),
    ("seats: 30", "seats: 31"),
    ("number: xa-1", "number: xa-9"),
    ("chief: 王秀兰", "chief: 窦明礼"),
    ("name: 刘敏", "name: 李敏"),
    ("cancelled: 是", "cancelled: 否"),
    // Who may be named, and when something is posted.
    ("draft: 是", "draft: 否"),
    ("publish_from: 2026-06-05", "publish_from: 2026-11-30"),
    ("withdrawn: 2026-12-01", "withdrawn: 2026-11-23"),
    // Who withdraws, and where else the name stands: above, below and elsewhere.
    ("name: 张志强", "withdrawn: 2026-11-23, name: 张志强"),
    ("队员带队", "队员张志强、陈桂英带队"),
    ("公开什么", "张志强说公开什么"),
    ("元旦晚会", "张志强的晚会"),
    ("citation: 救", "citation: 和张志强救"),
    ("basis: office", "names: masked"),
    ("names: surname", "names: masked"),
    ("minor: 是", "minor: 否"),
    ("王某某", "王秀兰"),
    ("basis_date: 2026-02-20", "names: masked"),
    ("publish_until: 2027-03-31", "publish_until: 2026-12-31"),
    // Records that name others, and what they are called.
    ("number: qu-1", "number: qu-9"),
    ("number: yx-1", "number: mi-1"),
    ("project: qu-1", "project: qu-2"),
    ("others: [qu-1, mi-1]", "others: [mi-1]"),
    ("name: 全区路灯", "name: 路灯工程"),
    ("name: 一心的项目, draft: 是", "name: 一心的项目"),
    ("topic: 换路灯, date", "topic: 换路灯, draft: 是, date"),
    ("key: [number]\nroles: {title: name}", "key: [number]\nroles: {title: number}"),
    ("record-pages: true\n", "page-size: year\n"),
    ("to: projects, label", "to: nominees, label"),
    // Mistakes in them.
    ("2026-11-14", "2026-02-30"),
    ("award: 长山", "awards: 长山"),
    ("{grid: 一", "{grid: [一"),
    ("due: 2026-11-24", "due: 近日"),
    ("kind: 读书会", "kind: 读书"),
    ("part: 80", "part: 180"),
    // Places.
    ("place-order = \"pinyin\"", "place-order = \"folder\""),
    ("和平街道", "太平街道"),
    ("一心社区", "同心社区"),
    ("幸福区", "福康区"),
    ("level: street\naddress", "level: street\norder: 9\naddress"),
    ("level: street\n", "level: street\nslug: jiedao\naliases: [/lao/]\n"),
    ("level: street", "level: town"),
    ("photo: street", "photo: poster"),
    ("level: compound", "level: gride"),
    ("一心街2号", "一心街3号"),
    ("name: 北门社区", "nam: 北门社区"),
    ("好人榜]", "好人]"),
    // Notices, their links and headings.
    ("title: 停水", "title: 停气"),
    ("title: 公开办法", "title: 办法"),
    ("## 费用", "## 收费"),
    ("#费用", "#地点"),
    ("## 时间", "## 时间和地点"),
    ("#时间", "#何时"),
    ("yixin/notices", "yixin/notice"),
    ("patrols.yaml", "patrol.yaml"),
    ("](map.svg", "](map.png"),
    ("pinned: 是", "pinned: 否"),
    ("section: service", "section: virtue"),
    ("happens: 2026-11-24", "happens: 2026-11-26"),
    ("section: service\n", "section: service\nhappens: 2026-11-23\n"),
    ("until: 2026-11-25\n", "until: 2026-11-25\nurgent: 是\nchange: 改了\n"),
    ("date: 2026-12-01\n", "date: 2026-12-02\nhappens: 2026-11-24 至 2026-11-30\n"),
    ("带**身份证**", "带**身份证**，问13800138000"),
    ("今晚八点", "明晚八点"),
    ("date: 2026-11-10\n", "date: 2026-11-09\n"),
    ("友谊小区]", "友谊小区**]"),
    ("#c00", "#00c"),
    ("until: 2026-11-25", "until: 2026-11-22"),
    // Declarations.
    ("label: 队伍", "label: 组"),
    ("address, privacy: masked", "address, privacy: public"),
    ("person, privacy: internal", "person, privacy: masked"),
    ("measure: median", "measure: mean"),
    ("view: series", "view: streaks"),
    ("view: cards", "view: articles"),
    ("view: schedule", "view: ledger"),
    ("order: newest", "order: oldest"),
    ("page-size: 2", "page-size: year"),
    ("slug: [number]", "slug: [number, date]"),
    ("until: 1 year after", "until: 10 days after"),
    ("preview: 2", "preview: 0"),
    ("type: count, label: 名额", "type: decimal, label: 名额"),
    ("title: 巡逻", "title: 巡防"),
    ("32 working days", "39 working days"),
    ("after: 已确认", "phone: 0431-8255-0007"),
    ("when: this-year", "when: current"),
    ("type: person, label: 候选人", "type: text, label: 候选人"),
    ("preview: 0", "suppress: {below: 40, under: street}"),
    ("measure: sum", "measure: summ"),
    ("key: [date, team]", "key: [date]"),
    ("kind: 演出", "kind: 读书会"),
    // The theme.
    ("class=\"own\"", "class=\"mine\""),
    ("{{ section.title }}", "{{ section.titel }}"),
    ("places = 找地方", "places = 地方"),
    ("#333333", "#444444"),
    ("extends = \"default\"", "extends = \"defaults\""),
    ("all-notices =", "all-notice ="),
    ("{{ notice.title }}", "{{ notice.date }}"),
    ("{% endfor %}", "{% endfer %}"),
    // The holidays.
    ("work: [2027-01-09]", "work: []"),
    ("2027-01-03]", "2027-01-08]"),
    ("2027: {", "2028: {"),
    // The settings.
    ("幸福区信息公开", "幸福区公开栏"),
    ("example.org\"", "example.org/portal\""),
    ("language = \"zh-CN\"", "language = \"en\""),
    ("sections = true", "sections = false"),
    ("subtrees = true", "subtrees = false"),
    ("not-found = true", "not-found = false"),
    ("notice-lists = true", "notice-lists = false"),
    ("names = \"full\"", "names = \"masked\""),
    ("banner = \"示例\"", "banner = \"示例网站\""),
    ("theme = \"own\"", "theme = \"default\""),
    ("theme = \"default\"", "theme = { name = \"default\", colours = { blue = \"#0b5a3c\" } }"),
    ("8255-0001", "8255-0009"),
    ("= \"Xingfu\"", "= Xingfu"),
    ("[pages]", "[[sections]]\nid = \"virtue\"\ntitle = \"德\"\n\n[pages]"),
];

/// Records by their collection.
pub(super) const RECORDS: [(&str, &str); 11] = [
    (
        "honors",
        "- {award: 最美家庭, name: 钱大海, date: 2026-10-10, citation: 一家都是志愿者, basis: office}",
    ),
    ("honors", "- {award: 好邻居, name: 王秀兰, date: 2023-01-31, citation: 拾金不昧}"),
    ("nominees", "- {number: yx-9, name: 高远, date: 2026-11-20, deed: 清楼道, basis: office}"),
    (
        "responses",
        "- {number: xa-5, reported: 2026-11-21, category: 其他, spot: 东门, department: 城管, due: 2026-11-22}",
    ),
    ("patrols", "- {date: 2026-11-22, team: 青年队, members: 4, found: 1}"),
    ("events", "- {title: 元宵灯会, date: 2027-02-20, kind: 演出, seats: 90}"),
    (
        "legal-aid",
        "- {date: 2026-11-23, starts: 18:00, service: 法律咨询, official: [律师], provider: 司法所, venue: 一楼}",
    ),
    (
        "zero-incident",
        "- {month: 2026-08, petitions: 0, drugs: 1, crimes: 0, dropouts: 0, security_cases: 0, escalations: 0, domestic_violence: 0, unemployed_families: 1}",
    ),
    ("projects", "- {number: yx-1, name: 又一个电梯}"),
    ("minutes", "- {topic: 补种树, date: 2026-11-21, project: qu-2}"),
    (
        "grids",
        "- {grid: 三网格, buildings: [7号楼], chief: 郑军, officer: 周丽华, phone: 0431-8255-0203}",
    ),
];

/// Files that the portal does not have.
pub(super) const ADDED: [(&str, &str); 22] = [
    (
        "content/xian/notices/2026-11-15-snow.md",
        "---\ntitle: 扫雪\ndate: 2026-11-15\n---\n\n见[办法](../../notices/2026-10-08-rules.md#范围)。\n",
    ),
    (
        "content/heping/yixin/notices/2026-11-21-next.md",
        "---\ntitle: 来水\ndate: 2026-11-21\n---\n\n见[停水](2026-11-10-water.md#办理)。\n",
    ),
    (
        "content/heping/yixin/youyi/responses.csv",
        "编号,上报日期,类别,地点,负责部门,办结期限\nyy-1,2026-11-01,其他,1号楼,物业,2026-11-25\n",
    ),
    (
        "content/heping/yixin/honors/2024.yaml",
        "- {award: 好邻居, name: 孙静, date: 2024-05-01, citation: 送饭三年}\n",
    ),
    (
        "content/heping/yixin/youyi/notices/zhangzhiqiang.md",
        "---\ntitle: 张志强\ndate: 2026-11-20\n---\n\n感谢张志强。\n",
    ),
    (
        "content/xian/beimen/notices/2026-11-20-thanks.md",
        "---\ntitle: 张志强\ndate: 2026-11-20\nallow: [name]\nallow_reason: 同名\n---\n\n感谢张志强。\n",
    ),
    ("content/xian/beimen/flag-raising.csv", "日期,参加人数\n2026-11-16,55\n"),
    (
        "content/xian/nominees.yaml",
        "- {number: xa-n, name: 冷秀云, date: 2026-11-01, deed: 让座}\n",
    ),
    (
        "content/faq.md",
        "---\ntitle: 常见问题\norder: 1\npublish_until: 2026-12-01\n---\n\n看[来社区办事](heping/yixin/guide/index.md#带什么)。\n",
    ),
    (
        "content/heping/yixin/rules.md",
        "---\ntitle: 居民公约\npublish_from: 2026-11-24\nupdated: 2026-11-20\n---\n\n看[办事](guide/index.md)，找张志强。\n",
    ),
    ("content/_root/verify.txt", "a1"),
    ("content/xian/projects.yaml", "- {number: qu-1, name: 西安路灯, publish_until: 2026-12-01}\n"),
    (
        "content/xian/minutes.yaml",
        "- {topic: 谈路灯, date: 2026-11-19, project: qu-1, others: yx-1}\n",
    ),
    ("content/xian/stray.txt", "随手记"),
    ("content/heping/strays.yaml", "- {date: 2026-11-01}\n"),
    (
        "content/_collections/volunteers.yaml",
        "title: 志愿者\nfields:\n  team: {type: text}\n  kind: {type: text}\n  members: {type: count}\n  founded: {type: date}\nview: directory\nfigures:\n  members: {measure: sum, of: members}\n",
    ),
    (
        "content/_collections/clubs.yaml",
        "title: 社团\nfields:\n  name: {type: text, label: 名称}\nview: directory\n",
    ),
    (
        "themes/own/templates/notice.html",
        "{% extends \"base.html\" %}\n{% block main %}<h1>{{ notice.title }}</h1>{{ content }}{% endblock main %}\n",
    ),
    (
        "themes/own/templates/404.html",
        "{% extends \"base.html\" %}\n{% block main %}{{ nothing }}{% endblock main %}\n",
    ),
    ("themes/own/static/style.css", "body { color: #333333; }\n"),
    ("themes/own/i18n/en.ftl", "places = Where\n"),
    (
        "wording/words.csv",
        "wrong,right,severity\n送饭三年,送了三年饭,\n停水,暂停供水,\n元旦,新年,\n",
    ),
];

/// The records of a place that is new.
pub(super) const HONORS_OF_NEW_PLACES: &str =
    "- {award: 见义勇为, name: 罗勇, date: 2026-11-01, citation: 救火, basis: office}\n";

/// Where images are or may be.
pub(super) const IMAGE_PATHS: [&str; 6] = [
    "content/heping/street.png",
    "content/heping/yixin/honors/face.png",
    "content/xian/beimen/street.png",
    "content/xian/beimen/poster.png",
    "content/heping/poster.png",
    "content/heping/notices/map.png",
];

/// Images of `tests/it/incremental/images`. One tells where it was taken, and lies on its side.
pub(super) const IMAGES: [&str; 4] = ["red.png", "blue.png", "spot.png", "where.jpg"];
