//! A portal, and when each word of it may be read.

use std::{collections::BTreeMap, fmt::Write as _, fs, path::Path, sync::LazyLock};

use linli::disclosure::mask::reading;
use serde_json::{Value, json};

use crate::site::Files;

pub(super) const VIEWS: [&str; 7] =
    ["cards", "series", "schedule", "streaks", "directory", "ledger", "articles"];

/// A district, a street in it, a community in that, and a compound.
const PLACES: [(&str, &str); 4] = [
    ("content", "district"),
    ("content/jie", "street"),
    ("content/jie/she", "community"),
    ("content/jie/she/qu", "compound"),
];

/// By word: where it stands, and when it may be read.
pub(super) type Plants = BTreeMap<String, (String, Shown)>;

/// From when on something may be read, and until when.
#[derive(Debug, Clone, Copy)]
pub(super) struct Shown(&'static str, &'static str);

const ALWAYS: Shown = Shown("", "9");
const NEVER: Shown = Shown("9", "9");

impl Shown {
    fn and(self, other: Self) -> Self {
        Self(self.0.max(other.0), self.1.min(other.1))
    }

    pub(super) fn holds(self, moment: &str) -> bool {
        self.0 <= moment && moment < self.1
    }
}

/// A portal in the making, and the words in it.
#[derive(Default)]
pub(super) struct Garden {
    pub(super) files: Files,
    pub(super) plants: Plants,
    /// Where words are planted now.
    spot: String,
    /// The names of those who withdrew so far, at this place or one above.
    withdrawn: Vec<String>,
    /// Tells its words from those of another garden.
    salt: u8,
}

/// A text that says names in forms that readers read, and readers of the source.
fn in_disguise(names: &[String]) -> String {
    let mut text = String::new();
    for (number, name) in names.iter().enumerate() {
        let letters: Vec<char> = name.chars().collect();
        let joined =
            |with: &str| letters.iter().map(char::to_string).collect::<Vec<_>>().join(with);
        let references: Vec<String> =
            letters.iter().map(|it| format!("&#{};", u32::from(*it))).collect();
        let references = references.concat();
        let percent: Vec<String> = name.bytes().map(|it| format!("%{it:02X}")).collect();
        let percent = percent.concat();
        let (first, rest) = (letters[0], letters[1..].iter().collect::<String>());
        let disguised = match number % 8 {
            0 => references,
            1 => format!("{first}<b>{rest}</b>"),
            2 => format!("{first}**{rest}**"),
            3 => format!("<span title=\"{references}\">来</span><!-- {name} -->"),
            4 => format!("[看](https://example.org/{percent}/)"),
            5 => joined("<wbr>"),
            6 => format!("<ruby>{first}<rt>x</rt>{rest}<rt>y</rt></ruby>"),
            _ => joined(" "),
        };
        text.push_str(&disguised);
        text.push('。');
    }
    text
}

impl Garden {
    fn plant(&mut self, word: String, what: &str, shown: Shown) -> String {
        let before = self.plants.insert(word.clone(), (format!("{}: {what}", self.spot), shown));
        assert!(before.is_none(), "{word} is planted twice");
        word
    }

    /// A word of letters.
    fn word(&mut self, what: &str, shown: Shown) -> String {
        let mut number = self.plants.len();
        let letters = (0..4).map(|_| {
            let letter = char::from(b'a' + u8::try_from(number % 26).unwrap());
            number /= 26;
            letter
        });
        let word = format!("zq{}{}", letters.collect::<String>(), char::from(b'a' + self.salt));
        self.plant(word, what, shown)
    }

    /// A given name; no text has it but as part of the name.
    fn name(&mut self, what: &str, shown: Shown) -> String {
        // Characters that are compared as themselves, so that no two names are one.
        static LAST: LazyLock<Vec<char>> = LazyLock::new(|| {
            let is_itself = |it: &char| reading::folded(&it.to_string()) == [*it];
            ('\u{4e00}'..='\u{9fff}').filter(is_itself).collect()
        });
        let number = self.plants.len();
        let (round, last) = (number / LAST.len(), LAST[number % LAST.len()]);
        let middle =
            char::from_u32(0x3500 + 2 * u32::from(self.salt) + u32::try_from(round).unwrap())
                .unwrap();
        assert_eq!(reading::folded(&middle.to_string()), [middle]);
        let name = ['\u{3400}', middle, last].into_iter().collect();
        self.plant(name, what, shown)
    }

    fn digits(&mut self, prefix: &str, what: &str) -> String {
        let number = self.plants.len() + 10_000 * usize::from(self.salt);
        let word = format!("{prefix}{number:05}");
        self.plant(word, what, NEVER)
    }

    /// The number of an identity card.
    fn card(&mut self, born: &str) -> String {
        const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
        let number = self.plants.len();
        let region = 110_101 + number / 1000;
        let digits = format!("{region}{born}{:03}", number % 1000);
        let sum: u32 = digits.bytes().zip(WEIGHTS).map(|(it, by)| u32::from(it - b'0') * by).sum();
        let check = b"10X98765432"[usize::try_from(sum % 11).unwrap()];
        self.plant(format!("{digits}{}", char::from(check)), "card", NEVER)
    }

    /// A day that nothing else has, a month, or a moment of the day.
    fn day(&mut self, what: &str, rest: &str) -> String {
        let number = self.plants.len();
        let year = 1800 + number / 336 % 200;
        let day = format!("{year}-{:02}-{:02}", number / 28 % 12 + 1, number % 28 + 1);
        self.plant(day.clone(), what, NEVER);
        format!("{day}{rest}")
    }

    /// A photo with words in it that no picture needs.
    fn photo(&mut self, place: &str, what: &str, shown: Shown) -> String {
        let hidden = self.word("metadata", NEVER);
        let case = "tests/diagnostics/image-metadata/content/xingfu";
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let (kind, mut bytes) = if self.plants.len().is_multiple_of(2) {
            let mut bytes = fs::read(root.join(case).join("plain.png")).unwrap();
            let chunk = [b"\0\0\0\x0etEXtAuthor\0".as_slice(), hidden.as_bytes(), &[0; 4]].concat();
            bytes.splice(33..33, chunk);
            ("png", bytes)
        } else {
            let mut bytes = fs::read(root.join(case).join("where.jpg")).unwrap();
            bytes.splice(2..2, [b"\xff\xfe\0\x09".as_slice(), hidden.as_bytes()].concat());
            ("jpg", bytes)
        };
        bytes.extend(self.word("behind the picture", NEVER).bytes());
        let name = format!("{}.{kind}", self.word(what, shown));
        self.files.insert(format!("{place}/{name}"), bytes);
        name
    }

    /// Values for the fields that nobody may read.
    fn internal(&mut self, place: &str) -> Value {
        json!({
            "i-text": self.word("i-text", NEVER),
            "i-markdown": format!("**{}**", self.word("i-markdown", NEVER)),
            "i-integer": self.digits("9081", "i-integer"),
            "i-count": self.digits("9081", "i-count"),
            "i-decimal": self.digits("9081", "i-decimal") + ".5",
            "i-percent": self.digits("9081", "i-percent") + "%",
            "i-money": self.digits("9081", "i-money") + ".25",
            "i-date": self.day("i-date", ""),
            "i-datetime": self.day("i-datetime", " 08:30"),
            "i-choice": "甲",
            "i-phone": self.digits("190908", "i-phone"),
            "i-email": self.word("i-email", NEVER) + "@example.cn",
            "i-url": format!("https://example.org/{}", self.word("i-url", NEVER)),
            "i-image": self.photo(place, "i-image", NEVER),
            "i-address": format!("幸福路{}号", self.word("i-address", NEVER)),
            "i-number": self.card("19700203"),
            "i-several": [self.word("i-several", NEVER), self.word("i-several", NEVER)],
        })
    }

    /// Values for those fields that their types cannot read.
    fn unreadable(&mut self) -> Value {
        const TYPED: &str = "integer count decimal percent money date datetime choice phone email \
                             url image number";
        let named = TYPED.split(' ').map(|it| format!("i-{it}"));
        named.map(|it| (it.clone(), Value::from(self.word(&it, NEVER)))).collect()
    }

    /// A record about persons: `shown` says when it may be read, `named` when its persons may be.
    fn record(&mut self, place: &str, shown: Shown, named: Shown, said: Value) -> Value {
        let named = named.and(shown);
        let alone = !self.spot.contains("directory");
        let name = format!("王{}", self.name("name", named));
        let given = name.trim_start_matches('王').to_owned();
        let members = [self.name("members", named), self.name("members", named)];
        let story = format!("{name}照看老人，{given}从不声张。{}", self.word("story", shown));
        let disguised = in_disguise(&vec![format!("欧阳{}", members[0]); 8]);
        if said.get("withdrawn").is_some() {
            self.withdrawn.extend([name.clone(), format!("欧阳{}", members[0])]);
        }
        let year = 2020 + self.plants.len() % 9;
        let mut record = json!({
            "id": self.word("id", shown),
            "date": format!("{year}-03-05"),
            "name": name,
            "members": [format!("欧阳{}", members[0]), format!("赵{}", members[1])],
            "story": format!("{story}\n\n- 欧阳{}和赵{}\n\n{disguised}", members[0], members[1]),
            "note": format!("{name}、{given}{}", self.word("note", shown)),
            "link": format!("https://example.org/{}/{name}", self.word("link", named)),
            "photo": self.photo(place, "photo", named),
            "phone": self.digits("190908", "phone"),
            "mail": self.word("mail", NEVER) + "@example.cn",
            "home": format!("幸福路{}号", self.digits("9081", "home")),
            "hint": self.word("hint", NEVER),
            "card": self.card("19600203"),
        });
        let internal = self.internal(place);
        let clerk = json!({"i-person": format!("李{}", self.name("i-person", NEVER))});
        let clerk = if alone { json!({}) } else { clerk };
        for more in [internal, clerk, said] {
            record.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        }
        record
    }

    fn yaml(&mut self, path: String, header: &str, records: &[Value]) {
        let mut text =
            if header.is_empty() { String::new() } else { format!("{header}\nrecords:\n") };
        records.iter().for_each(|it| writeln!(text, "- {it}").unwrap());
        self.files.insert(path, text.into());
    }

    fn declaration(&mut self, name: &str, view: &str, more: &str) {
        name.clone_into(&mut self.spot);
        let mut text = format!(
            "title: 栏目{name}\nsection: service\nview: {view}\ndate: date\nkey: [id]\n\
             record-pages: true\npage-size: year\npreview: 50\n{more}\nfigures:\n  \
             total: {{measure: count}}\n  notes: {{measure: count, by: note}}\n  \
             next: {{measure: next}}\n  held: {{measure: streak, every: year}}\nfields:\n"
        );
        for field in "id:text note:text story:markdown link:url photo:image phone:phone mail:email \
                      home:address date:date card:id-number"
            .split(' ')
        {
            let (name, kind) = field.split_once(':').unwrap();
            writeln!(text, "  {name}: {{type: {kind}}}").unwrap();
        }
        text += "  members: {type: person, several: true}\n  hint: {type: text, privacy: masked}\n";
        for kind in "text markdown integer count decimal percent money date datetime person phone \
                     email url image address"
            .split(' ')
        {
            let (label, help) = (self.word("label", NEVER), self.word("help", NEVER));
            writeln!(
                text,
                "  i-{kind}: {{type: {kind}, privacy: internal, label: {label}, help: {help}, \
                 max: 999999999}}"
            )
            .unwrap();
        }
        write!(text, "  i-choice: {{type: choice, privacy: internal, choices: [{{value: 甲, label: {}}}]}}\n  \
             i-number: {{type: id-number}}\n  \
             i-several: {{type: text, several: true, privacy: internal}}\n",
            self.word("choice", NEVER),
        ).unwrap();
        let required = if name == "roll" { ", required: true" } else { "" };
        writeln!(text, "  name: {{type: person{required}}}").unwrap();
        self.files.insert(format!("content/_collections/{name}.yaml"), text.into());
    }

    /// A collection's records at a place, of every kind.
    fn records(&mut self, place: &str, view: &str) {
        let basis = |more: Value| {
            let mut said = json!({"basis": "consent", "basis_reference": "同意书", "basis_date": "2026-01-02"});
            said.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
            said
        };
        let withdrawn = Shown("", "2026-11-23");
        let kinds = [
            (ALWAYS, ALWAYS, basis(json!({}))),
            (ALWAYS, NEVER, json!({})),
            (ALWAYS, NEVER, json!({"basis": "statutory", "basis_reference": "条例"})),
            (ALWAYS, NEVER, basis(json!({"names": "masked"}))),
            (ALWAYS, NEVER, basis(json!({"minor": "是"}))),
            (ALWAYS, Shown("2027-02-01", "9"), basis(json!({"born": "2009-02-01"}))),
            (NEVER, NEVER, basis(json!({"draft": "是"}))),
            (
                Shown("", "2026-06-01T08:00"),
                ALWAYS,
                basis(json!({"publish_until": "2026-06-01 08:00"})),
            ),
            (Shown("2026-11-23", "9"), ALWAYS, basis(json!({"publish_from": "2026-11-23"}))),
            (
                Shown("2026-03-02", "2026-11-23"),
                ALWAYS,
                basis(json!({"publish_from": "2026-03-02", "publish_until": "2026-11-22"})),
            ),
            (ALWAYS, withdrawn, basis(json!({"withdrawn": "2026-11-23"}))),
            (
                ALWAYS,
                // Nor does anybody know whose number that is.
                NEVER,
                self.unreadable()
                    .as_object()
                    .unwrap()
                    .clone()
                    .into_iter()
                    .chain(basis(json!({})).as_object().unwrap().clone())
                    .collect(),
            ),
        ];
        let kinds = kinds.into_iter().enumerate().map(|(number, (shown, named, said))| {
            self.spot = format!("{place}/{view} {number}");
            let gone = view == "roll" && said.get("withdrawn").is_some();
            self.record(place, if gone { withdrawn } else { shown }, named, said)
        });
        let records: Vec<Value> = kinds.collect();
        self.yaml(format!("{place}/{view}.yaml"), "", &records);
        let headers = [
            ("closed", "publish_until: 2026-05-31", Shown("", "2026-06-01"), ALWAYS),
            ("early", "publish_from: 2027-02-01 12:00", Shown("2027-02-01T12:00", "9"), ALWAYS),
            ("draft", "draft: 是", NEVER, NEVER),
            ("names", "names: surname", ALWAYS, NEVER),
        ];
        for (name, header, shown, named) in headers {
            self.spot = format!("{place}/{view}/{name}");
            let mut record = self.record(place, shown, named, basis(json!({})));
            for image in ["photo", "i-image"] {
                record[image] = format!("../{}", record[image].as_str().unwrap()).into();
            }
            self.yaml(format!("{place}/{view}/{name}.yaml"), header, &[record]);
        }
    }

    /// Records that are posted when their collection says so, and the same in a table.
    fn ruled(&mut self, place: &str) {
        self.spot = format!("{place}/hearing");
        let basis = json!({"basis": "office"});
        let mut late = self.record(place, Shown("2026-06-01", "2026-11-23"), ALWAYS, basis.clone());
        let mut gone = self.record(place, NEVER, ALWAYS, basis);
        (late["date"], gone["date"]) = ("2026-06-01".into(), "2025-06-01".into());
        self.yaml(format!("{place}/hearing.yaml"), "", &[late, gone]);
        self.spot = format!("{place}/table");
        let mut text = "id,date,name,note,i-text,i-phone,i-number,i-date,draft,basis\n".to_owned();
        for (shown, named, draft, basis) in [
            (ALWAYS, ALWAYS, "否", "office"),
            (NEVER, NEVER, "是", "office"),
            (ALWAYS, NEVER, "", ""),
        ] {
            let (id, name) = (self.word("id", shown), self.name("name", named));
            let (secret, phone) = (self.word("i-text", NEVER), self.digits("190908", "i-phone"));
            let (card, day) = (self.card("19700203"), self.day("i-date", ""));
            writeln!(
                text,
                "{id},2026-03-05,王{name},{name}来了,{secret},{phone},{card},{day},{draft},{basis}"
            )
            .unwrap();
        }
        self.files.insert(format!("{place}/table.csv"), text.into());
    }

    fn notices(&mut self, place: &str) {
        self.articles(place, "notices/", "date: 2026-02");
        self.articles(place, "", "updated: 2026-02");
    }

    /// Notices, or lasting pages, which differ in their folder and in what their day is called.
    fn articles(&mut self, place: &str, folder: &str, day: &str) {
        let kinds = [
            (ALWAYS, ""),
            (NEVER, "draft: 是"),
            (Shown("", "2026-06-01"), "until: 2026-05-31"),
            (Shown("", "2026-06-01T08:00"), "publish_until: 2026-06-01 08:00"),
            (Shown("2026-11-23", "9"), "publish_from: 2026-11-23"),
            (Shown("", "2026-11-23"), "withdrawn: 2026-11-23"),
        ];
        let mut links = String::new();
        let is_of_kind =
            |(_, said): &(Shown, &str)| !(folder.is_empty() && said.starts_with("until"));
        let kinds = kinds.into_iter().filter(is_of_kind);
        for (number, (shown, said)) in kinds.enumerate().collect::<Vec<_>>().into_iter().rev() {
            self.spot = format!("{place}/{folder} {number}");
            let file = self.word("file", shown);
            let (title, body) = (self.word("title", shown), self.word("body", shown));
            let photo = self.photo(place, "photo", shown);
            let secret = self.word("basis_reference", NEVER);
            let text = format!(
                "---\ntitle: {title}\n{day}-{:02}\nbasis_reference: {secret}\n{said}\n---\n\n\
                 {body} ![]({}{photo})\n\n{}",
                number + 1,
                if folder.is_empty() { "" } else { "../" },
                if number == 0 {
                    links.clone() + &in_disguise(&self.withdrawn)
                } else {
                    String::new()
                },
            );
            write!(links, "[见]({file}.md) ").unwrap();
            self.files.insert(format!("{place}/{folder}{file}.md"), text.into());
        }
    }
}

/// A portal with that theme.
pub(super) fn garden(theme: &str, salt: u8) -> Garden {
    let mut garden = Garden { salt, ..Garden::default() };
    let settings = format!(
        "title = \"幸福\"\nbase-url = \"https://example.org/p\"\ntheme = \"{theme}\"\n[organiser]\n\
         name = \"幸福街道\"\n[privacy]\nnames = \"full\"\n"
    );
    garden.files.insert("site.toml".to_owned(), settings.into());
    for view in VIEWS {
        garden.declaration(view, view, "");
    }
    garden.declaration("roll", "cards", "");
    garden.declaration("table", "directory", "");
    garden.declaration(
        "hearing",
        "ledger",
        "posting: {from: date, until: 174 days after date}\nobjection: {until: 15 days after from}",
    );
    for (place, level) in PLACES {
        place.clone_into(&mut garden.spot);
        let photo = garden.photo(place, "photo of the place", ALWAYS);
        let name = garden.word("place", ALWAYS);
        let text = format!("name: {name}\nlevel: {level}\nphoto: {photo}\nintro: 欢迎\n");
        garden.files.insert(format!("{place}/place.yaml"), text.into());
        garden.photo(place, "a photo that nothing shows", NEVER);
        VIEWS.iter().chain(&["roll"]).for_each(|it| garden.records(place, it));
        garden.ruled(place);
        garden.notices(place);
    }
    garden
}
