//! The kinds of mistakes. Codes are stable: a name, once published, keeps its meaning.

use serde::{Deserialize, Serialize};

macro_rules! codes {
    ($($(#[doc = $doc:literal])+ $variant:ident = $name:literal,)+) => {
        /// What kind of mistake a diagnostic reports.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum Code {
            $($(#[doc = $doc])+ #[serde(rename = $name)] $variant,)+
        }

        impl Code {
            /// Every code, in the order of this file.
            pub const ALL: &[Self] = &[$(Self::$variant,)+];

            /// The stable name, which is also the name of its message.
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)+ }
            }
        }
    };
}

codes! {
    // The folder.
    /// A file or folder that cannot be read. Args: reason (the system's words, or `denied`, or
    /// `not-found`, or `no-file` for a folder, pipe or device in place of a file).
    Unreadable = "unreadable",
    /// A file name that a Windows computer or a web address cannot hold. Args: name, character
    /// (itself, or `space`, `control`, `reserved`).
    IllegalFileName = "illegal-file-name",
    /// A link of the file system that leads out of the site, to a folder that it lies in, to
    /// another link, or nowhere. Args: target.
    SymlinkOutside = "symlink-outside",
    /// A file that is larger than the limit. Args: limit.
    FileTooLarge = "file-too-large",
    /// A file with nothing in it.
    EmptyFile = "empty-file",
    /// Text that is not UTF-8 (nor GBK, in CSV). Args: encoding (a guess, may be empty).
    BadEncoding = "bad-encoding",
    /// A character that nobody sees, and that may change what others read. Args: kind (direction,
    /// control, width), character (its number: `U+202E`).
    HiddenCharacter = "hidden-character",
    /// An address with a name or password in it.
    UrlWithPassword = "url-with-password",
    /// A file that no collection or notice folder knows. Args: name, near, known.
    UnknownCollection = "unknown-collection",
    /// A file or folder that is called a copy of another one. Args: name, original (the name).
    CopiedFile = "copied-file",
    /// Two places of one name in one place. Args: name.
    SameName = "same-name",
    /// A place of a level that cannot lie in that of the place around it. Args: name, level, above
    /// (the place around it), outer (its level).
    LevelOrder = "level-order",
    /// A file for the root of the site that cannot be published, or a folder of such files elsewhere.
    /// Args: reason (opaque, script, place).
    RootFile = "root-file",
    /// A file of a kind that is not read. Args: name.
    UnknownFile = "unknown-file",
    /// A folder with records or notices but without place.yaml. Args: folder.
    MissingPlace = "missing-place",

    // YAML, CSV, front matter.
    /// Not YAML. Args: reason (the parser's words, in English), group (how to write a group of fields).
    YamlSyntax = "yaml-syntax",
    /// A tab where YAML wants spaces.
    Tab = "tab",
    /// Words behind a value that YAML takes for a comment. Args: words.
    LostWords = "lost-words",
    /// One key twice in a mapping. Args: key.
    DuplicateKey = "duplicate-key",
    /// Lists or mappings nested too deeply. Args: limit.
    TooDeep = "too-deep",
    /// Aliases that would grow the file beyond reason. Args: limit.
    TooManyAliases = "too-many-aliases",
    /// A list was wanted, or a mapping, or a single value. Args: wanted, found,
    /// group (how to write a group of fields).
    WrongShape = "wrong-shape",
    /// A quotation mark at the beginning of a cell that is not closed.
    CsvSyntax = "csv-syntax",
    /// A column with values but without a name in the header.
    CsvHeader = "csv-header",
    /// A row with more cells than the header has, or with fewer because its commas are full-width.
    /// Args: cells, columns, row (its number), column (the letter of the first without a name).
    CsvRow = "csv-row",
    /// Columns or rows of a table that are not read. Args: what (columns, totals, remarks, hidden-rows,
    /// hidden-columns, sheets, examples), names (of the columns or sheets; else how many).
    CsvLeftOut = "csv-left-out",
    /// A second line of header, or a second header below. Args: kind (names, units, again), row, words (of
    /// it).
    CsvTwoHeaders = "csv-two-headers",
    /// Empty cells that have the value of the cell above, since they were merged. Args: column, count.
    CsvMerged = "csv-merged",
    /// A column whose name gives another unit than the field has. Args: unit, field (its label),
    /// declared (`none` without one).
    CsvUnit = "csv-unit",
    /// A workbook that cannot be read. Args: reason (damaged, password, too-much, old, page).
    WorkbookUnreadable = "workbook-unreadable",
    /// Sheets of which nobody can tell which has the records, or whose they are. Args: kind (several,
    /// unknown), names (of the sheets), name (what the one with the records would be called), near, known.
    WorkbookSheets = "workbook-sheets",
    /// A workbook that was made from a declaration as it was before. Args: name (of the list).
    TemplateOutdated = "template-outdated",
    /// Records or places that say that they are made up, in a site that does not. Args: files (how many
    /// say so).
    SampleData = "sample-data",
    /// The table of another system without columns that its mapping names, or with values that it has not.
    /// Args: kind (none, some, values), names (of the columns), mapping (its file), field and count (of
    /// values).
    MappingColumns = "mapping-columns",
    /// Two files of which each would be all records of a list. Args: collection (its title), table and
    /// yaml (if one is a workbook and one YAML), place (its folder).
    TwoSources = "two-sources",
    /// A spreadsheet that is called a text. Args: kind (xlsx, xls).
    SpreadsheetFile = "spreadsheet-file",
    /// Front matter without its closing line.
    FrontMatterUnclosed = "front-matter-unclosed",
    /// A notice without front matter.
    FrontMatterMissing = "front-matter-missing",

    // What a value may be.
    /// A field that the declaration does not have. Args: field, near, known.
    UnknownField = "unknown-field",
    /// A required field that is not given. Args: field, label, known (its choices, if it has any).
    MissingField = "missing-field",
    /// A value that its type cannot read. Args: value, type, field, meant (a time).
    WrongType = "wrong-type",
    /// A cell whose value a spreadsheet lost. Args: field, kind (failed, narrow,
    /// rounded, day), meant (of a day: what was typed).
    SpreadsheetDamage = "spreadsheet-damage",
    /// A day or time as the number by which spreadsheets store it. Args: value, field, meant.
    SpreadsheetDate = "spreadsheet-date",
    /// A telephone number with more or fewer digits than any has. Args: value, field.
    PhoneLength = "phone-length",
    /// A value that is none of the choices. Args: value, field, near, known.
    UnknownChoice = "unknown-choice",
    /// A place that does not exist. Args: value, near, known.
    UnknownPlace = "unknown-place",
    /// A reference to a record that does not exist, or that several places have. Args: value,
    /// collection (its title), found (`no` or `several`), near, known.
    UnknownReference = "unknown-reference",
    /// A section that does not exist. Args: value, near, known.
    UnknownSection = "unknown-section",
    /// More than one value where the field takes one. Args: field, value (of one text), end (the
    /// label of the field in which the end of a session belongs, where that is known).
    SeveralValues = "several-values",
    /// A day, month or year that the calendar does not have. Args: value, type.
    ImpossibleDate = "impossible-date",
    /// A period or session that ends before it starts. Args: start, end (the fields' labels), meant (a
    /// later end).
    EndsBeforeStarts = "ends-before-starts",
    /// A count below zero. Args: value, field.
    NegativeCount = "negative-count",
    /// A count too large to be true. Args: value, field, limit.
    AbsurdCount = "absurd-count",
    /// More of something than a portal can have. Args: kind (values, fields, choices, figures,
    /// groups), name (of the field or figure; may be empty), limit.
    TooMany = "too-many",
    /// More mistakes in a file than anyone reads. Args: limit, kind (mistakes, warnings).
    TooManyMistakes = "too-many-mistakes",
    /// A session that begins in the night, though nothing says so. Args: value, meant,
    /// until (its end as it was meant).
    OddHour = "odd-hour",
    /// A part larger than its whole. Args: part, whole (the fields' labels).
    PartOverWhole = "part-over-whole",
    /// Two records with one natural key. Args: key.
    DuplicateRecord = "duplicate-record",
    /// A value in two records of a place, of a field in which it may stand once. Args: label, value.
    ValueTwice = "value-twice",
    /// One month recorded twice. Args: month.
    MonthTwice = "month-twice",

    /// A list with the same persons as another one of its kind: it was copied. Args: kind (equal, near),
    /// collection, name (of the place of the other).
    EqualRecords = "equal-records",

    // Persons, and when something is posted.
    /// A person would be named in full, but nothing says why; the value is masked. Args: field,
    /// reason.
    MissingBasis = "missing-basis",
    /// Consent or a law is given as the reason to name a person, but not the paper that says so.
    IncompleteBasis = "incomplete-basis",
    /// A basis, a withdrawal or a look at attached files of a day that has not come; it does not
    /// count before. Args: kind (basis, withdrawn, checked), date.
    FutureDate = "future-date",
    /// A notice or record of a day more than a year ahead. Args: date.
    FarDate = "far-date",
    /// A rule for names that would show more than the portal's; it is not followed. Args: names.
    LooserNames = "looser-names",
    /// Working days are counted into a year whose holidays are not known. Args: year.
    UnknownHolidays = "unknown-holidays",
    /// A name that somebody withdrew, in content of another place, where it is likely somebody else's.
    WithdrawnName = "withdrawn-name",
    /// A page has a name that somebody withdrew, which no record or notice says. Args: page.
    WithdrawnNameInOutput = "withdrawn-name-in-output",
    /// The number of an identity card where anybody could read it.
    IdNumber = "id-number",
    /// The number of a bank card where anybody could read it.
    BankCard = "bank-card",
    /// Other personal data where anybody could read it. Args: kind.
    PersonalData = "personal-data",
    /// A name beside something sensitive, without a basis. Args: attribute (a kind of the built-in
    /// words, or one of the portal's own).
    SensitiveName = "sensitive-name",
    /// Personal data on a page that no content file has. Args: kind, page.
    PersonalDataInOutput = "personal-data-in-output",
    /// A photo that says where it was taken, or by whom. Args: names (may be empty), place (yes or
    /// no).
    ImageMetadata = "image-metadata",
    /// A file that is called an image but cannot be read as one, or not shown. Args: reason.
    UnreadableImage = "unreadable-image",
    /// A picture that was generated by a program stands in a record of a person. Args: field.
    GeneratedPortrait = "generated-portrait",
    /// An image has more pixels than are decoded. Args: width, height.
    ImageTooLarge = "image-too-large",
    /// A record or notice that is not posted. Args: reason, moment (may be empty).
    Hidden = "hidden",

    // Markdown and links.
    /// A link to a content file that does not exist. Args: target, found (`elsewhere` if a file of
    /// that name lies in another folder, else `no`), near.
    BadLink = "bad-link",
    /// A link to a heading that does not exist. Args: heading, near, known, target.
    BadHeading = "bad-heading",
    /// An image that does not exist. Args: target, found (as for `bad-link`), near, folder (where it
    /// should be, with `root`).
    MissingImage = "missing-image",
    /// A link or image that leads to something that cannot be published or shown there. Args:
    /// target, kind (`heic`, `bmp`, `tiff`, `jfif`: images that browsers do not show; `page`: no
    /// image but a page; `hidden`: a name with `_` or a dot in front; `file`: a file of another
    /// kind; `off`: a kind that the portal does not publish; `large`: an attached file beyond the limit; `disk`: a file of somebody's computer;
    /// `host`: another site without `https://`), limit (of `large`).
    UnfitTarget = "unfit-target",
    /// A link to a file that the program cannot look into, and that nobody said to have looked at.
    /// Args: target, kind (`kind`, `archive`, `unreadable`, `pictures`, `embedded`, `too-much`),
    /// fingerprint.
    UncheckedAttachment = "unchecked-attachment",
    /// Personal data in a file that a text links to. Args: kind (as of personal data; `sensitive`;
    /// `withdrawn` for the name of somebody who withdrew), attribute (may be empty), places,
    /// fingerprint.
    LeakInAttachment = "leak-in-attachment",
    /// Something in a file that a text links to that readers do not see at once. Args: kind
    /// (`sheet`, `rows`, `columns`, `text`, `slide`, `comments`, `changes`, `author`), name (of the
    /// sheet, slide or author; may be empty).
    HiddenInAttachment = "hidden-in-attachment",
    /// Brackets of a link that are full-width, so that it is none. Args: meant.
    FullWidthBrackets = "full-width-brackets",
    /// A link whose scheme may run a program; it is removed. Args: scheme.
    DangerousUrl = "dangerous-url",
    /// A link whose scheme browsers do not open; it is removed. Args: scheme.
    UnsupportedUrl = "unsupported-url",
    /// Signs of Markdown that did not take. Args: kind (heading, list, table, cells, bold, link, braces,
    /// indented, level, empty, notice, swallowed, numbers), numbers (those of a list).
    LostMarkup = "lost-markup",
    /// An element of HTML that is not shown. Args: name.
    LostElement = "lost-element",
    /// An image without a description.
    ImageUndescribed = "image-undescribed",

    /// A text that names an attachment and does not link to it. Args: kind (beside, missing, reference),
    /// name, title, file (beside it, as the text would name it).
    UnlinkedAttachment = "unlinked-attachment",

    /// A link to another site that leads nowhere. Args: target, reason (status, host, connection, time,
    /// certificate, other), status.
    DeadLink = "dead-link",
    /// A link to another site that leads on to a third. Args: target, host.
    MovedLink = "moved-link",
    /// A page of another site that is called otherwise than it was. Args: target, before, now.
    ChangedTitle = "changed-title",

    /// A setting that should name another site, and does not. Args: kind (address, several, star,
    /// number, name), value, meant (the host in it, or nothing).
    BadHost = "bad-host",

    // The office's words.
    /// A word that the office does not want to be written. Args: wrong, right (may be empty), source
    /// and note (or `none`), places (in an attached file, else `none`).
    Wording = "wording",
    /// A mistake in a list of such words. Args: kind (file, folder, beside, header, column, wrong,
    /// right, same, long, severity, twice, many, empty, crossed, exchanged), value (what is there, the
    /// limit, or how many words are in use), name (of the column that is not there; how many words there
    /// are).
    WordingList = "wording-list",

    // Declarations.
    /// A declaration names a field that it does not declare. Args: field, near, known.
    UndeclaredField = "undeclared-field",
    /// A declaration uses a field whose type does not fit. Args: field, type, wanted.
    UnfitField = "unfit-field",
    /// A declaration has references to a collection whose records they cannot name. Args: field, to,
    /// reason (`unknown`, `no-key` or `part`), part (of the key), near, known.
    UnfitReference = "unfit-reference",
    /// A declaration's name that cannot be a file name or address. Args: name.
    BadName = "bad-name",

    /// A figure asks for a count that may be too small to be shown.
    SuppressedCondition = "suppressed-condition",
    /// A number that is always made from others, of which small ones are not shown. Args: field,
    /// parts (labels), name, key (what to declare), kind (its key alone).
    TypedTotal = "typed-total",

    // Pages.
    /// Two sources for one output path. Args: path, fields, output (the kind of output that can be
    /// switched off).
    PathConflict = "path-conflict",
    /// A name for an address, or an old address, at which no page can stand. Args: value, reason, meant
    /// (a name that could).
    BadAddress = "bad-address",

    /// A published file that is not as it was published. Args: kind (missing, changed or extra).
    OutputDiffers = "output-differs",
    /// The tables of the data are not those of an earlier release. Args: kind (gone or moved, or table
    /// for one that is gone), table, column.
    DataColumns = "data-columns",

    // site.toml and the theme.
    /// Not TOML. Args: reason.
    TomlSyntax = "toml-syntax",
    /// A setting that does not exist. Args: setting, near, known.
    UnknownSetting = "unknown-setting",
    /// A setting with a value that it cannot take. Args: setting, reason (an example to follow), known.
    BadSetting = "bad-setting",
    /// The day is past until which the contact in security.txt holds, or too far ahead. Args: date, kind.
    SecurityExpired = "security-expired",
    /// Words in colours of site.toml that can hardly be read. Args: setting, words, ground (names of
    /// colours), mode (light or dark), ratio.
    FaintColour = "faint-colour",
    /// A theme that does not exist. Args: theme, near, known.
    UnknownTheme = "unknown-theme",
    /// Themes that extend each other in a circle. Args: chain.
    ThemeCircle = "theme-circle",
    /// A theme without a template that the site's pages need. Args: theme, page (its kind, or the
    /// view of its records), file, switch (the setting without such pages), own (a file for one
    /// collection alone).
    MissingTemplate = "missing-template",
    /// A theme without words that the site's pages need. Args: theme, usage (dates or titles),
    /// words, file.
    MissingWords = "missing-words",
    /// A template that is not well formed or cannot be rendered. Args: reason, page (may be empty).
    TemplateError = "template-error",
    /// Code in a page, which the page's policy does not let run. Args: what (`script`, `style`, an
    /// attribute, or `javascript`).
    InlineCode = "inline-code",
    /// Something that a template loads and the page's policy does not allow. Args: what (the
    /// directive).
    BlockedSource = "blocked-source",
    /// A template that goes on without end, or makes a page too large. Args: limit (page, turns,
    /// text), page.
    TemplateLimit = "template-limit",
    /// A theme's text file that is not well formed. Args: reason.
    ThemeText = "theme-text",

    // The program itself.
    /// An error of the program, not of the content. Args: reason (in English).
    Internal = "internal",
}

#[cfg(test)]
mod tests {
    use super::Code;

    #[test]
    fn names_are_distinct() {
        let mut names: Vec<_> = Code::ALL.iter().map(|it| it.name()).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), Code::ALL.len());
    }
}
