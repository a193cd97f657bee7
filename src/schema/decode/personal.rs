//! Personal data in texts that anybody may read.
//!
//! [`scan`] finds what looks like a telephone number, an address, a name beside something
//! sensitive; this file decides by where it stands whether that is a mistake, and which.
//!
//! | where | kind | what is said |
//! | --- | --- | --- |
//! | in any text that is published | identity card, bank card | error, without the quoted line |
//! | in a field made for it: `phone` for a mobile number | that kind | nothing |
//! | in a field or notice that allows it, with a reason | the kinds that it names | nothing |
//! | in an internal field, a comment, an unknown key | any | nothing: nobody reads it |
//! | in a record or notice with a basis and its paper | mobile, home | warning |
//! | the same | sensitive | nothing |
//! | anywhere else | mobile, home, sensitive | error, a warning if the portal is not strict |
//! | the same, if offices publish the number | mobile | nothing |
//! | the same, if a word says that it is the number of something else | mobile | warning |
//! | the same, if a word says that the address is an office's | home | warning |
//! | anywhere else | plate, e-mail | warning |
//!
//! Whether an office publishes a number is known when the whole portal is: such a diagnostic names
//! the key of the number, and whoever has the portal drops it.
//!
//! What was found has a key in [`Found::known`]. Rendered pages are scanned again before they are
//! published; a key that is known there is not reported a second time.

use std::ops::Range;

use crate::{
    diagnostic::{self, Code, Diagnostic, Location, MOST, Severity},
    scan::{self, DataKind, Exposure, Finding, LabelledText, RecordText},
    schema::{
        Field, FieldType,
        decode::{leak_rules::LeakRules, stated},
        notice,
        posting::{Basis, BasisKind, Privacy},
    },
    source::{
        SitePath, Span, Text,
        yaml::{MapEntry, Node},
    },
    text::{overlap, spread},
};

/// What a text may hold.
#[derive(Debug, Clone, Copy)]
pub(in crate::schema) struct Allowed<'a> {
    /// It says that it may hold these, and why.
    pub(in crate::schema) kinds: &'a [DataKind],
    /// It has a basis, with its paper.
    pub(in crate::schema) is_founded: bool,
}

impl Allowed<'_> {
    /// Nothing that is personal.
    const NOTHING: Self = Self { kinds: &[], is_founded: false };
}

/// By what the values of a file of mappings are looked through.
#[derive(Debug, Clone, Copy, Default)]
pub(in crate::schema) struct ValueRules<'a> {
    /// The fields of the mappings.
    pub(in crate::schema) fields: &'a [Field],
    /// What they may say of their own publication.
    pub(in crate::schema) posting: &'a [Field],
    /// What readers call all of them.
    pub(in crate::schema) title: &'a str,
    /// The first bytes of mappings with a basis that a paper gives, in the order of the file.
    pub(in crate::schema) founded: &'a [u32],
    /// Those of mappings whose basis are an office's duties, in the order of the file.
    pub(in crate::schema) official: &'a [u32],
}

/// Whether a basis is one that a paper gives: an office's duties are no reason to publish what is
/// somebody's own.
pub(in crate::schema) fn is_founded(basis: Option<&Basis>) -> bool {
    basis.is_some_and(|it| it.kind != BasisKind::Office)
}

/// What was found: diagnostics, and the keys of what may stand on pages because it was reported or
/// is allowed.
#[derive(Debug)]
pub(in crate::schema) struct Found<'a> {
    rules: &'a LeakRules,
    /// How many errors, warnings, and either of numbers there are.
    counts: [usize; 4],
    /// At most [`MOST`] errors, as many warnings, and as many of numbers that an office may
    /// publish; of each, one more says that there are others. Of numbers it has their keys.
    pub(in crate::schema) diagnostics: Vec<Diagnostic>,
    /// The keys of what was reported or is allowed, beyond [`MOST`] as well.
    pub(in crate::schema) known: Vec<u64>,
    /// Where homes stand that are such by their form.
    homes: Vec<Range<usize>>,
}

impl<'a> Found<'a> {
    /// Nothing was found yet.
    pub(in crate::schema) fn new(rules: &'a LeakRules) -> Self {
        Self {
            rules,
            counts: [0; 4],
            diagnostics: Vec::new(),
            known: Vec::new(),
            homes: Vec::new(),
        }
    }

    /// Looks through a file of mappings: of each value by its field. Of what a record says of its
    /// own publication, only how to object is read by everybody. `node` is the file, read; what
    /// stands in none of its values is read by nobody. A file without any finding costs one scan,
    /// and one look for sensitive words.
    pub(in crate::schema) fn values(
        &mut self,
        text: &Text,
        node: Option<&Node<'_>>,
        rules: ValueRules<'_>,
    ) {
        let Some(node) = node else { return };
        let is_one_text = |range: &Range<usize>| rules.is_read_as_one(node, range);
        self.rules.wording.check(text, is_one_text, &mut self.diagnostics);
        // What may be said of a place no declaration of the portal decides.
        let help = if rules.posting.is_empty() { "office" } else { "field" };
        let in_rows = scan::in_rows(&text.content, 0..text.content.len());
        let is_one_text = |it: &scan::Finding| rules.is_read_as_one(node, &it.range);
        let cut = scan::cut(&text.content, 0..text.content.len()).into_iter().filter(is_one_text);
        for finding in scan::text(&text.content).into_iter().chain(in_rows).chain(cut) {
            let Some((field, allowed)) = rules.at(node, finding.range.start) else { continue };
            if field.privacy != Privacy::Internal && !is_its_kind(field, finding.kind) {
                self.add(text, &finding, allowed, help);
            }
        }
        let read = rules.fields.iter().filter(|field| is_read(field));
        let mut labels = read.map(|field| field.label.get("zh-CN")).chain([rules.title]);
        let in_row = rules.fields.iter().filter(|field| is_in_row(field));
        if spread::may_fill(in_row.map(|field| field.label.get("zh-CN"))) {
            self.over_fields(text, node, rules, help);
        }
        let lexicon = &self.rules.lexicon;
        let all =
            labels.any(|label| lexicon.is_in(label)) || scan::is_split(&text.content, lexicon);
        let places = lexicon.places(&text.content);
        if all || !places.is_empty() {
            self.records(text, node, rules, (all, &places), help);
        }
    }

    /// Looks through the records of a file for what fills several fields: a building, a unit and a
    /// room.
    fn over_fields(
        &mut self,
        text: &Text,
        node: &Node<'_>,
        rules: ValueRules<'_>,
        help: &'static str,
    ) {
        for item in stated::items(node, rules.fields) {
            for finding in scan::in_row(&text.content, &rules.row(item)) {
                if let Some((_, allowed)) = rules.at(node, finding.range.start) {
                    self.add(text, &finding, allowed, help);
                }
            }
        }
    }

    /// Looks through the records of a file for persons of whom something sensitive is said. Records
    /// are read that have a sensitive word at one of `places`, or under a label or title with one,
    /// if there is such a label or title (`all`).
    fn records(
        &mut self,
        text: &Text,
        node: &Node<'_>,
        rules: ValueRules<'_>,
        (all, places): (bool, &[usize]),
        help: &'static str,
    ) {
        for item in stated::items(node, rules.fields) {
            let next = places.partition_point(|place| *place < item.span.start as usize);
            if !all && places.get(next).is_none_or(|place| *place >= item.span.end as usize) {
                continue;
            }
            let mut record = rules.read(item);
            for value in &mut record.values {
                value.range.start += block_sign(&text.content[value.range.clone()]);
            }
            let found =
                scan::exposed_in_record(&text.content, &record, places, &self.rules.lexicon);
            for exposure in found {
                if let Some((_, allowed)) = rules.at(node, exposure.range.start) {
                    self.expose(text, &exposure, allowed, help);
                }
            }
        }
    }

    /// Looks through a declaration, all of which everybody may read.
    pub(in crate::schema) fn declaration(&mut self, text: &Text) {
        for finding in scan::text(&text.content) {
            self.add(text, &finding, Allowed::NOTHING, "remove");
        }
        self.wording_of_all(text);
    }

    /// Looks for wrong words in a file all of which is published but for its comments.
    pub(in crate::schema) fn wording_of_all(&mut self, text: &Text) {
        let is_said = |range: &Range<usize>| {
            let line = text.content[..range.start].rsplit('\n').next().unwrap_or_default();
            !line.trim_start().starts_with('#') && !line.contains(" #")
        };
        self.rules.wording.check(text, is_said, &mut self.diagnostics);
    }

    /// Looks through a notice: what its front matter tells readers (`shown`), and its body from the
    /// byte `body` on. The rest of the front matter is read by nobody, so only what may stand nowhere is
    /// reported there.
    pub(in crate::schema) fn notice(
        &mut self,
        text: &Text,
        (front, shown): (&Node<'_>, &[&Field]),
        body: usize,
        allowed: Allowed<'_>,
    ) {
        let title = shown.iter().find(|field| field.name == "title");
        let shown = |entry: &&MapEntry<'_>| shown.iter().any(|field| field.is_called(&entry.key));
        let range = |entry: &MapEntry<'_>| bytes(entry.value.span);
        let shown: Vec<_> =
            front.as_map().unwrap_or_default().iter().filter(shown).map(range).collect();
        let in_rows = scan::in_rows(&text.content, body..text.content.len());
        let cut = scan::cut(&text.content, body..text.content.len());
        for finding in scan::text(&text.content).into_iter().chain(in_rows).chain(cut) {
            let start = finding.range.start;
            if start >= body
                || finding.kind.is_forbidden()
                || shown.iter().any(|it| it.contains(&start))
            {
                self.add(text, &finding, allowed, "remove");
            } else {
                self.known.push(finding.key);
            }
        }
        let is_title =
            |entry: &&MapEntry<'_>| title.is_some_and(|field| field.is_called(&entry.key));
        let mut entries = front.as_map().unwrap_or_default().iter();
        let title = entries.find(is_title).map_or(body..body, range);
        let is_one_text = |range: &Range<usize>| {
            let is_in = |it: &Range<usize>| it.start <= range.start && range.end <= it.end;
            range.start >= body || shown.iter().any(is_in)
        };
        self.rules.wording.check(text, is_one_text, &mut self.diagnostics);
        let others = shown.into_iter().filter(|it| *it != title).map(|it| (it.start..it.start, it));
        let whole = body..text.content.len();
        let all = [(title.clone(), whole.clone())].into_iter().chain(others);
        let before = self.diagnostics.len();
        for (title, body) in all {
            for exposure in scan::exposed(&text.content, title, body, &self.rules.lexicon) {
                self.expose(text, &exposure, allowed, "remove");
            }
        }
        if self.diagnostics.len() == before {
            self.under_file_name(text, whole, allowed);
        }
    }

    /// Looks through the body of an article once more if the name of its file, which is its address,
    /// says what its title does not: `低保户.md` with the title 名单.
    fn under_file_name(&mut self, text: &Text, body: Range<usize>, allowed: Allowed<'_>) {
        let name = notice::slug(&text.path);
        if !self.rules.lexicon.is_in(&name) {
            return;
        }
        let titled = format!("{name}\n{}", &text.content[body.clone()]);
        let (title, rest) = (0..name.len(), name.len() + 1..titled.len());
        for exposure in scan::exposed(&titled, title, rest.clone(), &self.rules.lexicon) {
            // What the name itself says of somebody is told of names of files.
            let Some(start) = exposure.range.start.checked_sub(rest.start) else { continue };
            let start = start + body.start;
            let range = start..start + exposure.range.len();
            self.expose(text, &Exposure { range, ..exposure }, allowed, "remove");
        }
    }

    /// Keeps the key of a finding, and reports it unless it is allowed.
    fn add(&mut self, text: &Text, finding: &Finding, allowed: Allowed<'_>, help: &'static str) {
        // With an error no page is written; else the check of pages need not report it again.
        self.known.push(finding.key);
        if finding.kind == DataKind::HomeAddress {
            self.homes.push(finding.range.clone());
        }
        if allowed.kinds.contains(&finding.kind) {
            return;
        }
        let is_leak = match finding.kind {
            DataKind::Mobile => !scan::is_other_number(&text.content, finding.range.clone()),
            DataKind::HomeAddress => !scan::is_office(&text.content, finding.range.clone()),
            _ => false,
        };
        let is_error =
            finding.kind.is_forbidden() || is_leak && !allowed.is_founded && !self.rules.lenient;
        let number = Some(finding.key).filter(|_| finding.kind == DataKind::Mobile);
        self.report(text, finding.range.clone(), (is_error, number), |place| {
            diagnostic(finding.kind, is_error, place).help(help_of(finding.kind, help))
        });
    }

    /// Reports a person of whom too much is said, unless that is allowed or has a basis. An address
    /// that is a home by its form was reported already.
    fn expose(
        &mut self,
        text: &Text,
        exposure: &Exposure,
        allowed: Allowed<'_>,
        help: &'static str,
    ) {
        let kind =
            if exposure.attribute.is_some() { DataKind::Sensitive } else { DataKind::HomeAddress };
        let is_known = |home: &Range<usize>| overlap(home, &exposure.range);
        let is_told = kind == DataKind::HomeAddress && self.homes.iter().any(is_known);
        if is_told || allowed.kinds.contains(&kind) || allowed.is_founded {
            return;
        }
        let is_error = !self.rules.lenient;
        self.report(text, exposure.range.clone(), (is_error, None), |place| {
            let diagnostic = diagnostic(kind, is_error, place).help(help);
            let attribute = exposure.attribute.as_deref().into_iter();
            attribute.fold(diagnostic, |diagnostic, it| diagnostic.arg("attribute", it))
        });
    }

    /// Adds a diagnostic, unless there are enough of its sort; then one says that there are more. Of numbers none is left out, as any
    /// may be one that no office publishes. Beyond that nothing is looked for in the text: that
    /// costs a pass over what stands before.
    fn report(
        &mut self,
        text: &Text,
        range: Range<usize>,
        (is_error, number): (bool, Option<u64>),
        diagnostic: impl FnOnce(Location) -> Diagnostic,
    ) {
        let sort = usize::from(is_error) + 2 * usize::from(number.is_some());
        self.counts[sort] += 1;
        if self.counts[sort] > MOST + 1 {
            let is_same = |it: &&mut Diagnostic| {
                !it.numbers.is_empty() && (it.severity == Severity::Error) == is_error
            };
            if let Some(last) = self.diagnostics.iter_mut().rfind(is_same) {
                last.numbers.extend(number);
            }
            return;
        }
        let numbers = number.into_iter().collect();
        let told = if self.counts[sort] > MOST {
            let severity = if is_error { Severity::Error } else { Severity::Warning };
            diagnostic::more(&text.path, severity)
        } else {
            diagnostic(text.locate(Span::new(range.start, range.end)))
        };
        self.diagnostics.push(Diagnostic { numbers, ..told });
    }
}

impl<'a> ValueRules<'a> {
    /// The field of that name or label.
    fn field(&self, key: &str) -> Option<&'a Field> {
        let shown = |it: &&Field| it.name.starts_with("objection");
        let mut fields = self.fields.iter().chain(self.posting.iter().filter(shown));
        fields.find(|field| field.is_called(key))
    }

    /// What everybody may read of a mapping. Whether and how the names in its fields of persons are
    /// shown is decided by their basis; but an office's duties are no reason to say something sensitive
    /// of anybody, unless it is who does the office's work.
    fn read<'n>(&self, item: &'n Node<'_>) -> RecordText<'n>
    where
        'a: 'n,
    {
        let mut record = RecordText { title: self.title, ..RecordText::default() };
        let is_official = self.official.binary_search(&item.span.start).is_ok();
        for entry in item.as_map().unwrap_or_default() {
            let Some(field) = self.field(&entry.key) else { continue };
            let is_person = field.kind == FieldType::Person;
            if is_person && (field.work || !is_official || field.privacy != Privacy::Public) {
                record.known.extend(entry.value.as_str());
            } else if is_person || is_read(field) {
                let label = field.label.get("zh-CN");
                record.values.push(LabelledText { label, range: bytes(entry.value.span) });
            }
        }
        record
    }

    /// What everybody may read of a mapping in the order of its fields, in which pages show it: where
    /// each value stands, and its label.
    fn row(&self, item: &Node<'_>) -> Vec<(Range<usize>, &'a str)> {
        let entries = item.as_map().unwrap_or_default();
        let read = self.fields.iter().filter(|field| is_in_row(field));
        let value = |field: &'a Field| {
            let entry = entries.iter().find(|entry| field.is_called(&entry.key))?;
            Some((bytes(entry.value.span), field.label.get("zh-CN")))
        };
        read.filter_map(value).collect()
    }

    /// Whether a part of a file is one of a value that everybody may read.
    fn is_read_as_one(&self, node: &Node<'_>, range: &Range<usize>) -> bool {
        entry_at(node, self.fields, range.start).is_some_and(|(entry, _)| {
            bytes(entry.value.span).end >= range.end && self.field(&entry.key).is_some_and(is_read)
        })
    }

    /// The field in whose value a byte of the file stands, and what it may hold there. Nothing for
    /// a byte in a key, in a comment, or in a value of which there is no field.
    fn at(&self, node: &Node<'_>, byte: usize) -> Option<(&'a Field, Allowed<'a>)> {
        let (entry, item) = entry_at(node, self.fields, byte)?;
        let field = self.field(&entry.key)?;
        let is_founded =
            item.is_some_and(|item| self.founded.binary_search(&item.span.start).is_ok());
        Some((field, Allowed { kinds: &field.allow, is_founded }))
    }
}

/// The entry in whose value a byte of the file stands, and the record that it is of.
fn entry_at<'n, 't>(
    node: &'n Node<'t>,
    fields: &[Field],
    byte: usize,
) -> Option<(&'n MapEntry<'t>, Option<&'n Node<'t>>)> {
    let holds = |span: Span| bytes(span).contains(&byte);
    let items = stated::items(node, fields);
    // Items stand in the order of the file.
    let after = items.partition_point(|item| item.span.start as usize <= byte);
    let item = after.checked_sub(1).map(|it| &items[it]).filter(|item| holds(item.span));
    // What stands beside the records is said of all of them.
    let entries = item.unwrap_or(node).as_map()?;
    let entry = entries.iter().find(|entry| holds(entry.value.span))?;
    Some((entry, item))
}

/// Where something stands, in bytes.
fn bytes(span: Span) -> Range<usize> {
    span.start as usize..span.end as usize
}

/// Texts of a notice's front matter that are for the program alone.
const HIDDEN: [&str; 4] = ["section", "happens", "checked_by", "checked_files"];

/// Whether readers see what a field of a notice's front matter says.
pub(in crate::schema) fn is_shown(field: &Field) -> bool {
    field.kind == FieldType::Text && !HIDDEN.contains(&field.name)
}

/// The fewest digits of a number that is personal data: those of a mobile number.
const SHORTEST: usize = 11;

/// Looks through the name of a file or folder. The first finding alone is reported. A name is part
/// of an address, so no field can allow it.
pub(in crate::schema) fn name(path: &SitePath, rules: &LeakRules) -> Option<Diagnostic> {
    let folder = path.parent();
    // It is not said in the address, but the name of its folder is.
    let name = if path.name() == "index.md" { folder.name() } else { path.name() };
    let digits = name.bytes().filter(u8::is_ascii_digit).count();
    // Of nearly all files the name is of this form, and each name is looked at in each build.
    if name.is_ascii() && digits < SHORTEST && !name.contains(['@', '#']) {
        return None;
    }
    let found = scan::text(name).into_iter().map(|it| it.kind);
    let exposed = scan::exposed(name, 0..0, 0..name.len(), &rules.lexicon).into_iter();
    let exposed = exposed.map(|it| match it.attribute {
        Some(attribute) => (DataKind::Sensitive, attribute),
        None => (DataKind::HomeAddress, Box::default()),
    });
    let (kind, attribute) = found.map(|it| (it, Box::default())).chain(exposed).next()?;
    let is_leak = matches!(kind, DataKind::Mobile | DataKind::HomeAddress | DataKind::Sensitive);
    let is_error = kind.is_forbidden() || is_leak && !rules.lenient;
    let diagnostic = diagnostic(kind, is_error, Location::file(path.clone())).help("rename");
    Some(if attribute.is_empty() { diagnostic } else { diagnostic.arg("attribute", attribute) })
}

/// The diagnostic of personal data. An error does not quote what nobody may read.
fn diagnostic(kind: DataKind, is_error: bool, place: Location) -> Diagnostic {
    let code = match kind {
        DataKind::IdNumber => Code::IdNumber,
        DataKind::BankCard => Code::BankCard,
        DataKind::Sensitive => Code::SensitiveName,
        _ => Code::PersonalData,
    };
    let diagnostic = if is_error {
        Diagnostic::error(code, Location { quote: None, ..place })
    } else {
        Diagnostic::warning(code, place)
    };
    if code == Code::PersonalData { diagnostic.arg("kind", kind.name()) } else { diagnostic }
}

/// What is advised: of what may stand nowhere there is nothing but to remove it.
fn help_of(kind: DataKind, help: &'static str) -> &'static str {
    if kind.is_forbidden() { "remove" } else { help }
}

/// A field whose text everybody may read.
fn is_read(field: &Field) -> bool {
    let is_text = matches!(field.kind, FieldType::Text | FieldType::Markdown | FieldType::Choice);
    is_text && field.privacy == Privacy::Public
}

/// A field has a value that stands beside others on pages. How much of a person's name is shown is
/// decided elsewhere.
fn is_in_row(field: &Field) -> bool {
    field.privacy == Privacy::Public && field.kind != FieldType::Person
}

/// A field of that kind is there to hold it, and shows as much as its rules let it.
fn is_its_kind(field: &Field, kind: DataKind) -> bool {
    match field.kind {
        FieldType::Phone => kind == DataKind::Mobile,
        FieldType::Email => kind == DataKind::Email,
        FieldType::Address => kind == DataKind::HomeAddress,
        FieldType::IdNumber => true,
        _ => false,
    }
}

/// The length of the line in which YAML says that a block of text follows: `|`, `>-`. It is no row of
/// a table.
fn block_sign(value: &str) -> usize {
    let Some(end) = value.find('\n').filter(|_| value.starts_with(['|', '>'])) else { return 0 };
    let is_sign = |it: char| it.is_ascii_digit() || matches!(it, '+' | '-' | '\r');
    if value[1..end].chars().all(is_sign) { end + 1 } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_name_that_is_not_looked_through_holds_nothing(
            path in "[ -.0-~]{0,12}([0-9]{1,6}[ -.0-~]{0,3}){0,3}",
        ) {
            let digits = path.bytes().filter(u8::is_ascii_digit).count();
            prop_assume!(digits < SHORTEST && !path.contains(['@', '#']));
            prop_assert!(scan::text(&path).is_empty());
        }
    }

    #[test]
    fn names_of_files_are_looked_through() {
        let found = |path: &str| {
            name(&SitePath::new(path), &LeakRules::default()).map(|diagnostic| diagnostic.code)
        };
        assert_eq!(found("content/2026-05-20-water.md"), None);
        assert_eq!(found("content/13800001234.md"), Some(Code::PersonalData));
        assert_eq!(found("content/a@example.com.md"), Some(Code::PersonalData));
        assert_eq!(found("content/王秀英低保申请.jpg"), Some(Code::SensitiveName));
        assert_eq!(found("content/低保申请表.md"), None);
    }
}
