//! Front matter: the YAML at the top of a Markdown file, between two lines `---`.

use std::ops::Range;

use jiff::civil::Date;

use crate::{
    diagnostic::{Code, Diagnostic, Location, nearest},
    schema::{Collection, Value, builtin, notice},
    source::{Span, Text, yaml::Node},
};

/// Front matter that was decoded.
pub(super) struct FrontMatter<'a> {
    pub(super) text: &'a Text,
    pub(super) node: &'a Node<'a>,
    /// What it may say.
    pub(super) declaration: &'a Collection,
    /// A value for each field of the declaration.
    pub(super) values: &'a [Value],
}

impl FrontMatter<'_> {
    /// The value of a field. None of a field that the declaration does not have.
    pub(super) fn value(&self, name: &str) -> Option<&Value> {
        self.declaration.field(name).map(|field| &self.values[field])
    }

    pub(super) fn word(&self, name: &str) -> Option<String> {
        self.value(name).and_then(Value::as_text).map(str::to_owned)
    }

    pub(super) fn date(&self, name: &str) -> Option<Date> {
        self.value(name).and_then(Value::as_date)
    }

    pub(super) fn is(&self, name: &str) -> bool {
        self.value(name) == Some(&Value::Boolean(true))
    }

    /// The texts of a field, whether it has one or a list of them.
    pub(super) fn words(&self, name: &str) -> Vec<String> {
        let values = self.value(name).map(Value::each).unwrap_or_default();
        values.iter().filter_map(Value::as_text).map(str::to_owned).collect()
    }

    /// Where the value of a field stands, by whichever of its names; the whole front matter if it
    /// does not say the field.
    pub(super) fn place(&self, name: &str) -> Location {
        let field = self.declaration.field(name).map(|it| &self.declaration.fields[it]);
        let mut entries = self.node.as_map().unwrap_or_default().iter();
        let entry = entries.find(|it| field.is_some_and(|field| field.is_called(&it.key)));
        self.text.locate(entry.map_or(self.node.span, |entry| entry.value.span))
    }

    /// What staff call a field.
    pub(super) fn label(&self, name: &str, language: &str) -> String {
        let field = self.declaration.field(name).map(|it| &self.declaration.fields[it]);
        field.map_or_else(String::new, |it| it.label.get(language).to_owned())
    }
}

/// Where the front matter of an article says a field, by whichever of its names; the file if it does
/// not, or not at the beginning of a line. `body` is where the front matter ends.
pub(crate) fn place_of(text: &Text, body: usize, name: &str) -> Location {
    let built_in = builtin::get();
    let declared = [&built_in.notice, &built_in.page, &built_in.posting];
    let field = declared.iter().find_map(|it| Some(&it.fields[it.field(name)?]));
    let mut start = 0;
    for line in text.content[..body].split_inclusive('\n') {
        let key = line.split([':', '：']).next().unwrap_or_default().trim();
        if field.is_some_and(|field| field.is_called(key)) {
            return text.locate(Span::new(start, start + line.trim_end().len()));
        }
        start += line.len();
    }
    Location::file(text.path.clone())
}

/// Whether front matter was probably meant: a fence of other dashes or below a blank line, or a title
/// without a fence above it.
fn looks_begun(content: &str) -> bool {
    let first = content.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or_default();
    let is_fence = first.chars().count() >= 2 && first.chars().all(|ch| "-－—–―─".contains(ch));
    let keys = ["title", "标题", "date", "日期"];
    let key = first.split([':', '：']).next().unwrap_or_default();
    is_fence || first != key && keys.contains(&key.trim_end())
}

/// Whether some line between two fences begins with a key, or all are blank: a known one, or one that is
/// nearly so, or else an English word with its colon.
fn says_something(front: &str) -> bool {
    let built_in = builtin::get();
    let fields = || {
        let declared = [&built_in.notice, &built_in.page, &built_in.posting];
        declared.into_iter().flat_map(|it| &it.fields)
    };
    let names = || fields().flat_map(|it| [it.name, it.label.get("zh-CN")]);
    let is_key = |line: &str| {
        let Some((key, rest)) = line.split_once([':', '：']) else { return false };
        let key = key.trim_matches(|it: char| it.is_whitespace() || "\"'-".contains(it));
        let is_word = || {
            key.bytes().all(|it| it.is_ascii_alphanumeric() || it == b'_')
                && (rest.is_empty() || rest.starts_with([' ', '\t']))
        };
        !key.is_empty()
            && (is_word()
                || fields().any(|it| it.is_called(key))
                || nearest(key, names()).is_some())
    };
    let mut lines =
        front.lines().map(str::trim).filter(|it| !it.is_empty() && !it.starts_with('#'));
    lines.clone().next().is_none() || lines.any(is_key)
}

/// Where the front matter stands between two lines `---`, and where the body begins, in bytes of
/// the file. Errors if the first line is missing, or the second.
///
/// A line of three dashes and nothing but blanks behind them is a fence, whether lines end with
/// `\n` or `\r\n`. The first has to be the very first line: a blank line before it is an error.
/// Further fences belong to the body, where `---` is a rule of Markdown; so do two with text between
/// them that says nothing as front matter does.
pub(crate) fn split(text: &Text) -> Result<(Range<usize>, usize), Box<Diagnostic>> {
    let content = &text.content;
    let line_end =
        |from: usize| content[from..].find('\n').map_or(content.len(), |it| from + it + 1);
    let is_fence = |from: usize, to: usize| content[from..to].trim_end() == "---";
    let first = line_end(0);
    let missing = || {
        let span = Span::new(0, content.lines().next().map_or(0, str::len));
        let help = match () {
            () if !is_fence(0, first) && looks_begun(content) => "fence",
            () if notice::is_page(&text.path) => "page",
            () => "add",
        };
        Box::new(Diagnostic::error(Code::FrontMatterMissing, text.locate(span)).help(help))
    };
    if !is_fence(0, first) {
        return Err(missing());
    }
    let mut line = first;
    while line < content.len() {
        let next = line_end(line);
        if is_fence(line, next) {
            return if says_something(&content[first..line]) {
                Ok((first..line, next))
            } else {
                Err(missing())
            };
        }
        line = next;
    }
    let span = Span::new(0, content[..first].trim_end().len());
    Err(Box::new(Diagnostic::error(Code::FrontMatterUnclosed, text.locate(span)).help("close")))
}
