//! `linli privacy-report`: every personal field that is published, counted.
//!
//! For the assessment that the Personal Information Protection Law (PIPL, articles 55 and 56) wants
//! before personal information is made public: what is shown, in which form, and on which basis. It
//! names nobody.
//!
//! ```text
//! | 集合 | 栏目 | 公开方式 | 数量 | 依据 | 截止 |
//! | --- | --- | --- | --- | --- | --- |
//! | 好事（deeds） | name（name） | 全部公开 | 2 | 履行职务 | 没有写截止 |
//! | 好事（deeds） | home（home） | 部分隐去 | 1 | — | 没有写截止 |
//! ```
//!
//! The counting is done by `disclosure::report`; here it gets names and a form.

use std::fmt::Write as _;

use clap::{Args, ValueEnum};
use serde::Serialize;

use crate::{
    build::{self, BuildState},
    cli::{
        context::{AsOf, Context, Failure, OpenedSite, Outcome},
        report,
        terminal::{PrintForm, print},
    },
    config::Names,
    diagnostic::Location,
    disclosure::{self, NameRow, NameSecret, PrivacyRow, Rules},
    schema::DecodedRecords,
    source::Tree,
    text::characters::one_line,
};

#[derive(Debug, Args)]
pub(super) struct Options {
    #[command(flatten)]
    moment: AsOf,
    /// How the list is written
    #[arg(long, value_enum, default_value_t = PrivacyReportFormat::Markdown)]
    format: PrivacyReportFormat,
    /// The same as --format json
    #[arg(long, conflicts_with = "format")]
    json: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum PrivacyReportFormat {
    /// A table for people
    Markdown,
    /// For programs
    Json,
}

/// A line of the list. `collection` and `field` are keys, for programs; the titles beside them are
/// in the language of the messages. `rule` is `full`, `masked` or `surname`. `basis` is None for
/// values that are not shown in full, and `work` for contacts of an office. `until` is the last day
/// on which any of them is posted; None if some have no end.
#[derive(Serialize)]
struct FieldJson<'a> {
    collection: &'a str,
    collection_title: &'a str,
    field: &'a str,
    field_label: &'a str,
    #[serde(rename = "type")]
    kind: &'static str,
    rule: &'static str,
    basis: Option<&'static str>,
    count: usize,
    until: Option<String>,
}

/// A name that somebody withdrew, in other content: where it stands, what is done with it, and where
/// the person withdrew. `treatment` is `masked`, `allowed` or `kept`; `kept` ones are to be decided.
#[derive(Serialize)]
struct NameJson {
    file: String,
    line: Option<u32>,
    treatment: &'static str,
    withdrawn: Option<String>,
}

/// What `--format json` prints. `as_of` is to the minute with offset; `names` is the rule of
/// `site.toml` for names.
#[derive(Serialize)]
struct PrivacyReportJson<'a> {
    as_of: String,
    names: &'static str,
    fields: Vec<FieldJson<'a>>,
    names_withdrawn: Vec<NameJson>,
    attachments_checked: Vec<CheckedJson>,
}

/// Attached files that the program does not look into and a person did: in which notice they stand,
/// who looked at them and when, and which they are, as the notice says it.
#[derive(Serialize)]
struct CheckedJson {
    file: String,
    by: String,
    on: String,
    files: Vec<String>,
}

/// Lists every field about persons of which something is published. As of a moment, without drafts,
/// for all places. A site with errors gets those and exit status 1, since a list from half a site
/// would be wrong. Both formats go to standard output.
pub(super) fn run(context: &Context, options: &Options) -> Result<Outcome, Failure> {
    let opened = context.open(&options.moment, None)?;
    let config = &opened.settings.config;
    let records = crate::schema::decode(&opened.world, config).value;
    let mut diagnostics = report::content_errors(&opened);
    if !diagnostics.is_empty() {
        report::human(context, &mut diagnostics, false)?;
        return Ok(report::outcome(&diagnostics, false));
    }
    let names = config.names;
    let rules = Rules { drafts: false, ..Rules::of(config, NameSecret::default()) };
    let rows = disclosure::report(&records, rules, &opened.settings.clock);
    let language = context.messages.language().as_str();
    let fields = rows.iter().map(|row| entry(&records, row, language)).collect();
    let as_of = opened.settings.clock.now().strftime("%Y-%m-%dT%H:%M%:z").to_string();
    let (names_withdrawn, attachments_checked) = withdrawn_and_checked(&opened);
    let names = names.name();
    let report = PrivacyReportJson { as_of, names, fields, names_withdrawn, attachments_checked };
    if options.json || options.format == PrivacyReportFormat::Json {
        print(&format!("{}\n", serde_json::to_string_pretty(&report)?), PrintForm::Json)?;
    } else {
        print(&in_markdown(context, &report), PrintForm::Text)?;
    }
    Ok(Outcome::Done)
}

/// The names in records and notices that persons withdrew, and the attached files that persons
/// looked at. Both are known once all of the site was disclosed.
fn withdrawn_and_checked(opened: &OpenedSite) -> (Vec<NameJson>, Vec<CheckedJson>) {
    let tree = Tree::take(&opened.world);
    let mut state = BuildState::default();
    let site = build::update(&opened.world, tree, &opened.settings, &mut state).value;
    let place = |it: &Location| match it.range.map(|range| range.start.line) {
        Some(line) => format!("{}:{line}", it.file),
        None => it.file.to_string(),
    };
    let name = |row: NameRow| NameJson {
        file: row.location.file.to_string(),
        line: row.location.range.map(|range| range.start.line),
        treatment: row.treatment.name(),
        withdrawn: row.withdrawn.as_ref().map(place),
    };
    let notices = site.portal.notices();
    let all = site.portal.places().iter().flat_map(|place| notices.posted(place.id));
    let checked = all.filter_map(|id| {
        let notice = notices.get(id);
        let checked = notice.checked.as_ref()?;
        Some(CheckedJson {
            file: notice.file.to_string(),
            by: checked.by.clone(),
            on: checked.on.to_string(),
            files: checked.files.clone(),
        })
    });
    (site.portal.withdrawn_names().into_iter().map(name).collect(), checked.collect())
}

/// A row of the report with the names that the declarations give to its collection and field.
fn entry<'a>(records: &'a DecodedRecords, row: &PrivacyRow, language: &str) -> FieldJson<'a> {
    let collection = records.catalog.collections.get(row.collection);
    let field = &collection.fields[row.field];
    FieldJson {
        collection: &collection.name,
        collection_title: collection.title.get(language),
        field: field.name,
        field_label: field.label.get(language),
        kind: field.kind.name(),
        rule: row.names.name(),
        basis: match row.basis {
            None if row.names == Names::Full => Some("work"),
            basis => basis.map(crate::schema::posting::BasisKind::name),
        },
        count: row.count,
        until: row.until.map(report::last),
    }
}

/// The table, below a heading and a sentence on the moment. A missing basis is `—`; a `|` in a cell
/// is escaped, or a title could add a column. With no rows a sentence says so.
fn in_markdown(context: &Context, report: &PrivacyReportJson<'_>) -> String {
    let say = |id: &str| context.say(id, &[]);
    let mut text = format!("# {}\n\n", say("report-title"));
    let args =
        [("moment", report.as_of.as_str()), ("names", &say(&format!("names-{}", report.names)))];
    writeln!(text, "{}\n", context.say("report-about", &args)).expect(WRITES);
    let heads = ["collection", "field", "rule", "count", "basis", "until"];
    let heads = heads.map(|it| say(&format!("report-{it}")));
    writeln!(text, "| {} |\n|{}", heads.join(" | "), " --- |".repeat(heads.len())).expect(WRITES);
    for entry in &report.fields {
        let cells = [
            format!("{}（{}）", entry.collection_title, entry.collection),
            format!("{}（{}）", entry.field_label, entry.field),
            say(&format!("names-{}", entry.rule)),
            entry.count.to_string(),
            entry.basis.map_or_else(|| "—".to_owned(), |it| say(&format!("basis-{it}"))),
            entry.until.clone().unwrap_or_else(|| say("report-open")),
        ];
        let cells = cells.map(|it| one_line(&it).replace('|', "\\|"));
        writeln!(text, "| {} |", cells.join(" | ")).expect(WRITES);
    }
    if report.fields.is_empty() {
        writeln!(text, "\n{}", say("report-empty")).expect(WRITES);
    }
    if !report.names_withdrawn.is_empty() {
        names_in_markdown(context, &report.names_withdrawn, &mut text);
    }
    if !report.attachments_checked.is_empty() {
        checked_in_markdown(context, &report.attachments_checked, &mut text);
    }
    text
}

/// The table of attached files that persons looked at.
fn checked_in_markdown(context: &Context, checked: &[CheckedJson], text: &mut String) {
    let say = |id: &str| context.say(id, &[]);
    writeln!(text, "\n## {}\n\n{}\n", say("report-checked"), say("report-checked-about"))
        .expect(WRITES);
    let heads = ["place", "checked-files", "checked-by", "checked-on"];
    let heads = heads.map(|it| say(&format!("report-{it}")));
    writeln!(text, "| {} |\n|{}", heads.join(" | "), " --- |".repeat(heads.len())).expect(WRITES);
    for notice in checked {
        let files = notice.files.join("、");
        let cells = [&notice.file, &files, &notice.by, &notice.on];
        let cells = cells.map(|it| one_line(it).replace('|', "\\|"));
        writeln!(text, "| {} |", cells.join(" | ")).expect(WRITES);
    }
}

/// The table of names that persons withdrew, those to be decided on first.
fn names_in_markdown(context: &Context, names: &[NameJson], text: &mut String) {
    let say = |id: &str| context.say(id, &[]);
    writeln!(text, "\n## {}\n\n{}\n", say("report-names"), say("report-names-about"))
        .expect(WRITES);
    let heads = ["place", "treatment", "withdrawn"].map(|it| say(&format!("report-{it}")));
    writeln!(text, "| {} |\n|{}", heads.join(" | "), " --- |".repeat(heads.len())).expect(WRITES);
    let (kept, settled): (Vec<_>, Vec<_>) = names.iter().partition(|it| it.treatment == "kept");
    for name in kept.into_iter().chain(settled) {
        let line = name.line.map(|it| format!(":{it}")).unwrap_or_default();
        let cells = [
            format!("{}{line}", name.file),
            say(&format!("treatment-{}", name.treatment)),
            name.withdrawn.clone().unwrap_or_else(|| "—".to_owned()),
        ];
        let cells = cells.map(|it| it.replace('|', "\\|"));
        writeln!(text, "| {} |", cells.join(" | ")).expect(WRITES);
    }
}

/// Why writing to a text cannot fail.
const WRITES: &str = "a string takes all that is written";
