//! The words of tables and packages, which no theme has: in Chinese, and in English for any other
//! language.

/// Something that a table or package says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Word {
    /// The column with the path of a place.
    PlacePath,
    /// The column with its name.
    PlaceName,
    /// Where a place lies.
    Parent,
    /// The level of a place.
    Level,
    /// The telephone of a place.
    Phone,
    /// The office hours of a place.
    Hours,
    /// Behind the label of a choice: its words.
    Label,
    /// Behind the label of a place: its name.
    Name,
    /// Behind the label of a record: its web address.
    Address,
    /// Where the office of a place is.
    Office,
    /// The table of all places.
    Places,
    /// Of a cell: nothing was given.
    NotGiven,
    /// Of a number: it is not shown.
    Withheld,
    /// How times are written.
    Clock,
    /// How several values are written.
    Several,
    /// How a text is written that a spreadsheet would run.
    Formula,
    /// What is masked in it.
    Masked,
    /// Of pictures: whose are not there.
    MaskedPicture,
}

/// What it says.
pub(super) fn say(word: Word, language: &str) -> &'static str {
    let (chinese, english) = match word {
        Word::PlacePath => ("地点路径", "Path of the place"),
        Word::PlaceName => ("地点", "Place"),
        Word::Parent => ("上级地点路径", "Path of the place around it"),
        Word::Level => ("级别", "Level"),
        Word::Phone => ("电话", "Telephone"),
        Word::Hours => ("办公时间", "Office hours"),
        Word::Label => ("（文字）", " (label)"),
        Word::Name => ("（名称）", " (name)"),
        Word::Address => ("网址", " (address)"),
        Word::Office => ("办公地址", "Office address"),
        Word::Places => ("地点", "Places"),
        Word::NotGiven => ("未填", "not given"),
        Word::Withheld => (
            "不公布，以免推算出另一个很小的数",
            "not published, as a small number could be inferred from it",
        ),
        Word::Clock => (
            "时:分，从当天零点算起；25:30 是次日 1:30",
            "hours:minutes from the beginning of the day; 25:30 is 1:30 of the next",
        ),
        Word::Several => (
            "几个值之间是半角分号；值里的半角分号写成全角",
            "several values have a semicolon between; one within a value is written `；`",
        ),
        Word::Formula => (
            "CSV 里以 = + - @ 开头的文字，前面加了 '，以免被当成公式",
            "in CSV, an apostrophe stands before text that begins with = + - @, so that it is no formula",
        ),
        Word::Masked => ("部分隐去", "partly masked"),
        Word::MaskedPicture => ("姓名隐去的人没有照片", "whoever is not named in full has none"),
    };
    if language.starts_with("zh") { chinese } else { english }
}

/// What `<5` says.
pub(super) fn few(below: u16, language: &str) -> String {
    if language.starts_with("zh") {
        format!("少于 {below}，不公布")
    } else {
        format!("fewer than {below}, not published")
    }
}

/// What the unit of a number says.
pub(super) fn unit(unit: &str, language: &str) -> String {
    if language.starts_with("zh") { format!("单位：{unit}") } else { format!("unit: {unit}") }
}
