//! `linli due`: what an office has to do in the next days.
//!
//! ```text
//! 已经迟了
//!   2026-11-30  平安巡防，一心社区  (content/kaixuan/yixin/patrols.yaml)
//! 开始
//!   2026-12-01  法律援助，一心社区：法律咨询  (content/kaixuan/yixin/legal-aid.yaml:12)
//! ```
//!
//! What is due is found in `schema/due.rs`. As a calendar each thing is a whole day; what has no day, a
//! draft for example, is not in it. `tests/formats/due-1.json` describes the form for programs.

use clap::{Args, ValueEnum};
use serde::Serialize;

use crate::{
    artifact::CalendarLines,
    cli::{
        context::{AsOf, Context, Failure, Outcome},
        terminal::{PrintForm, eprint_line, print, print_calendar, print_lines},
    },
    diagnostic::Severity,
    fingerprint::Fingerprint,
    schema::{
        self, DecodedRecords,
        due::{Due, DueKind, due},
    },
};

#[derive(Debug, Args)]
pub(super) struct Options {
    #[command(flatten)]
    moment: AsOf,
    /// How many days are looked ahead
    #[arg(long, value_name = "N", default_value_t = 7)]
    days: u16,
    /// How the answer is written
    #[arg(long = "format", value_enum, default_value_t = DueFormat::Text)]
    due_format: DueFormat,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum DueFormat {
    /// For people
    Text,
    /// For programs
    Json,
    /// As a calendar
    Ics,
}

/// The version of the form for programs.
const VERSION: u32 = 1;

#[derive(Serialize)]
struct DueJson<'a> {
    version: u32,
    as_of: String,
    days: u16,
    due: Vec<ItemJson<'a>>,
}

#[derive(Serialize)]
struct ItemJson<'a> {
    kind: &'static str,
    date: Option<String>,
    place: &'a str,
    place_name: &'a str,
    collection: Option<&'a str>,
    title: &'a str,
    file: &'a str,
    line: Option<u32>,
}

/// Tells what is due. The status is 0, whatever it is; mistakes in the content are told by `check`, but
/// that there are any is said.
pub(super) fn run(context: &Context, options: &Options) -> Result<Outcome, Failure> {
    let opened = context.open(&options.moment, None)?;
    let decoded = schema::decode(&opened.world, &opened.settings.config);
    let is_wrong = decoded.diagnostics.iter().any(|it| it.severity == Severity::Error);
    let (decoded, clock) = (decoded.value, &opened.settings.clock);
    let now = clock.now().datetime();
    let from_date = opened.settings.config.notices_from_date;
    let all = due(&opened.world, &decoded, (now, options.days), from_date);
    let told = Told { context, decoded: &decoded };
    match options.due_format {
        DueFormat::Text => print_lines(told.lines(&all).iter().map(String::as_str))?,
        DueFormat::Json => {
            let items = all.iter().map(|it| told.json(it)).collect();
            let as_of = now.strftime("%Y-%m-%dT%H:%M").to_string();
            let report = DueJson { version: VERSION, as_of, days: options.days, due: items };
            print(&(serde_json::to_string_pretty(&report)? + "\n"), PrintForm::Json)?;
        }
        DueFormat::Ics => {
            print_calendar(&told.calendar(&all, now.date()))?;
        }
    }
    if is_wrong && !context.global.quiet {
        eprint_line(&context.say("due-wrong", &[]));
    }
    Ok(Outcome::Done)
}

/// How things are told.
struct Told<'a> {
    context: &'a Context,
    decoded: &'a DecodedRecords,
}

impl Told<'_> {
    fn language(&self) -> &'static str {
        self.context.messages.language().as_str()
    }

    /// Lines with a heading for each kind.
    fn lines(&self, all: &[Due]) -> Vec<String> {
        if all.is_empty() {
            return vec![self.context.say("due-nothing", &[])];
        }
        let mut lines = Vec::new();
        let mut last: Option<DueKind> = None;
        for item in all {
            if last != Some(item.kind) {
                lines.push(self.heading(item.kind));
                last = Some(item.kind);
            }
            let day = item.date.map_or_else(|| " ".repeat(10), |it| it.to_string());
            let place = item.location.file.as_str();
            let line = item.location.range.map(|it| format!(":{}", it.start.line));
            let line = line.unwrap_or_default();
            lines.push(format!("  {day}  {}  ({place}{line})", self.what(item)));
        }
        lines
    }

    fn heading(&self, kind: DueKind) -> String {
        self.context.say("due-kind", &[("kind", kind.name())])
    }

    /// The list, the place and the title of something.
    fn what(&self, item: &Due) -> String {
        let comma = self.context.say("comma", &[]);
        let place = &self.decoded.catalog.place(item.place).name;
        let said = format!("{}{comma}{place}", self.list(item));
        if item.title.is_empty() {
            return said;
        }
        self.context.messages.labelled(&said, &item.title)
    }

    fn list(&self, item: &Due) -> String {
        match item.collection {
            Some(id) => {
                self.decoded.catalog.collections.get(id).title.get(self.language()).to_owned()
            }
            None => self.context.say("change-notices", &[]),
        }
    }

    fn json<'i>(&'i self, item: &'i Due) -> ItemJson<'i> {
        let place = self.decoded.catalog.place(item.place);
        let name = |id| self.decoded.catalog.collections.get(id).name.as_str();
        ItemJson {
            kind: item.kind.name(),
            date: item.date.map(|it| it.to_string()),
            place: place.folder.below_content(),
            place_name: &place.name,
            collection: item.collection.map(name),
            title: &item.title,
            file: item.location.file.file_str(),
            line: item.location.range.map(|it| it.start.line),
        }
    }

    /// A calendar with a day for each thing that has one.
    fn calendar(&self, all: &[Due], today: jiff::civil::Date) -> String {
        let mut lines = CalendarLines::for_events(all.len());
        lines.put("BEGIN", "VCALENDAR");
        lines.put("VERSION", "2.0");
        lines.put("PRODID", "-//Linli//due//ZH");
        lines.text("X-WR-CALNAME", &self.context.say("due-calendar", &[]));
        let stamp = today.strftime("%Y%m%dT000000Z").to_string();
        for item in all {
            let Some(day) = item.date else { continue };
            let Ok(next) = day.tomorrow() else { continue };
            let line = item.location.range.map(|it| it.start.line);
            let file = item.location.file.as_str();
            let id = Fingerprint::of(&(item.kind.name(), day, file, line));
            lines.put("BEGIN", "VEVENT");
            lines.put("UID", &format!("{id}@due.linli"));
            lines.put("DTSTAMP", &stamp);
            lines.put("DTSTART;VALUE=DATE", &day.strftime("%Y%m%d").to_string());
            lines.put("DTEND;VALUE=DATE", &next.strftime("%Y%m%d").to_string());
            let summary =
                self.context.messages.labelled(&self.heading(item.kind), &self.what(item));
            lines.text("SUMMARY", &summary);
            let line = line.map(|it| format!(":{it}")).unwrap_or_default();
            lines.text("DESCRIPTION", &format!("{file}{line}"));
            lines.put("TRANSP", "TRANSPARENT");
            lines.put("END", "VEVENT");
        }
        lines.put("END", "VCALENDAR");
        lines.into_text()
    }
}
