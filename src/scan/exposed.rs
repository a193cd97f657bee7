//! Persons of whom a text says something sensitive: a name and a word of the [`Lexicon`] in one
//! sentence, in one row of a table, or in a list under a heading.
//!
//! What is read is the same whatever it came from: [`lines`](crate::scan::lines) of a text, or a
//! record as a row whose cells have labels. Each line is cut into sentences; a row is one.
//!
//! | in | told | why |
//! | --- | --- | --- |
//! | `王秀英患癌症，每月低保620元。` | 王秀英 | in one sentence |
//! | `\| 王秀英 \| 620 \|` under `低保金额` | 王秀英 | the head of the table, a heading, the title or what leads in |
//! | `书记李强慰问了低保户。` | none | who acts for an office |
//! | `姓名：王秀英`, below it `类别：低保` | 王秀英 | in one form |
//! | `张丽照顾残疾邻居十年。` | none | who helps |
//! | `王某某，低保户`, `王女士，低保户` | none | nobody is named |
//! | `请501室缴费` | 501室 | a room that has to pay (`owing`) |

use std::{collections::BTreeSet, ops::Range, sync::LazyLock};

use crate::scan::{
    about::{REACH, helps, is_about, is_between_names, is_said, officials},
    form,
    glyph::{Glyph, folded},
    home,
    lexicon::{Hit, Lexicon},
    lines::{Line, LineKind, chars_of, lines},
    names::{HONOURS, ROLES},
    owing,
    person::{self, Name},
    split_words,
    table::{Head, head_sign, is_rule, split},
    words::WordSet,
};

/// A person of whom something is told: a name beside something sensitive, or where somebody lives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exposure {
    /// What is said of somebody who is named, as a kind of the lexicon; nothing of an address.
    pub attribute: Option<Box<str>>,
    /// The name or the address: bytes of what was read.
    pub range: Range<usize>,
}

/// The persons in a text of whom something sensitive is said, in the order of the text. `title` is
/// where its title stands, and `body` what is under it. A text without any sensitive word costs one
/// pass over its characters.
pub fn exposed(
    text: &str,
    title: Range<usize>,
    body: Range<usize>,
    lexicon: &Lexicon,
) -> Vec<Exposure> {
    let in_title = lexicon.is_in(&text[title.clone()]);
    let mut places = lexicon.places(&text[body.clone()]);
    places.iter_mut().for_each(|place| *place += body.start);
    let is_split = split_words::are_in(&text[body.clone()], lexicon);
    if !in_title && !is_split && places.is_empty() {
        return Vec::new();
    }
    if !in_title
        && !is_split
        && let Some(alone) = alone(text, &body, &places)
    {
        if alone.iter().all(|line| is_of_nobody(&text[line.clone()])) {
            return Vec::new();
        }
        let parts: Vec<Line> = alone.into_iter().flat_map(|line| lines(text, line)).collect();
        let found = Reading::new(lexicon, &parts).of(&parts);
        // Who acts for an office may be told in another line.
        if found.is_empty() {
            return found;
        }
    }
    let mut all = titled(text, title, body);
    if is_split {
        all = split_words::joined(all, lexicon);
    }
    Reading::new(lexicon, &all).of(&all)
}

/// The lines of a text, those of its title first.
pub(super) fn titled(text: &str, title: Range<usize>, body: Range<usize>) -> Vec<Line> {
    let mut all = lines(text, title);
    all.iter_mut().for_each(|line| line.kind = LineKind::Heading(0));
    all.extend(lines(text, body));
    all
}

/// Whether nobody can be named in a text without markup, and nobody's home told.
pub(super) fn is_of_nobody(text: &str) -> bool {
    if text.contains(['<', '&']) {
        return false;
    }
    let chars = folded(text);
    let is_home =
        chars.iter().any(|ch| home::is_sign(*ch)) || owing::may_be_in(chars.iter().copied());
    !is_home && !person::may_be_in(&chars)
}

/// The lines with sensitive words, which stand at `places`, if none of them says anything of others:
/// no heading, no row, no sentence before or behind a list. Most texts with such words are so, and
/// little of them is read.
pub(super) fn alone(
    text: &str,
    body: &Range<usize>,
    places: &[usize],
) -> Option<Vec<Range<usize>>> {
    let mut alone: Vec<Range<usize>> = Vec::new();
    for &place in places {
        if alone.last().is_some_and(|line| line.contains(&place)) {
            continue;
        }
        let start =
            text[body.start..place].rfind('\n').map_or(body.start, |it| body.start + it + 1);
        let end = text[place..body.end].find('\n').map_or(body.end, |it| place + it + 1);
        if says_of_others(&text[start..end]) {
            return None;
        }
        alone.push(start..end);
    }
    Some(alone)
}

/// Whether a line may say something of other lines.
fn says_of_others(line: &str) -> bool {
    let line = line.trim_matches(|it: char| it.is_whitespace() || "*_".contains(it));
    if line.contains(['#', '|', '<']) || line.ends_with([':', '：']) {
        return true;
    }
    let chars: Vec<char> = line.chars().collect();
    LISTS.is_in(&chars)
        || BEHIND_LISTS.is_in(&chars)
        || head_sign(&chars).is_some()
        || form::may_be_line(&chars)
}

/// Words of a sentence before a list.
static LISTS: LazyLock<WordSet> =
    LazyLock::new(|| WordSet::new("名单 如下 以下 下列 下表 名册 公示 明细 统计表 一览表 花名册"));

/// Words of a sentence behind one.
static BEHIND_LISTS: LazyLock<WordSet> = LazyLock::new(|| WordSet::new("以上 上述"));

/// A line that stands nowhere: nothing in it is reported.
pub(super) fn label(kind: LineKind, cells: &[&str]) -> Line {
    let chars = cells.join("|");
    let nowhere = |ch| Glyph { ch, start: 0, end: 0 };
    Line::new(kind, chars.chars().map(nowhere).collect())
}

/// A text that is being read, line by line.
pub(super) struct Reading<'a> {
    lexicon: &'a Lexicon,
    /// Names that are no matter of this.
    pub(super) known: BTreeSet<String>,
    /// Of each open heading its level, and what it says of what is under it.
    headings: Vec<(u8, Scope)>,
    /// What is said outside of the text of all that no heading says anything of.
    around: Option<u16>,
    /// What the last sentence before a list says of it.
    lead: Option<u16>,
    /// What the first sentence behind a list says of it, for each line.
    behind: Vec<Option<u16>>,
    /// The line that is read.
    at: usize,
    head: Option<Head>,
    /// What was found, with the names.
    found: Vec<(Exposure, String)>,
}

/// What a heading says of the lists under it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Scope {
    /// Nothing.
    Neutral,
    /// They are of persons of that kind.
    Sensitive(u16),
    /// They are of persons who act or are honoured.
    Honour,
}

impl Scope {
    /// What words say of a list that they name.
    pub(super) fn of(words: &str, lexicon: &Lexicon) -> Self {
        Self::of_line(&label(LineKind::Text, &[words]).glyphs, lexicon)
    }

    fn of_line(glyphs: &[Glyph], lexicon: &Lexicon) -> Self {
        if HONOURS.is_in(&chars_of(glyphs)) {
            return Self::Honour;
        }
        lexicon.hits(glyphs).first().map_or(Self::Neutral, |hit| Self::Sensitive(hit.kind))
    }
}

impl<'a> Reading<'a> {
    pub(super) fn new(lexicon: &'a Lexicon, lines: &[Line]) -> Self {
        let behind = said_behind(lexicon, lines);
        let (headings, found) = (Vec::new(), Vec::new());
        let known = BTreeSet::new();
        let (around, lead, head) = (None, None, None);
        Self { lexicon, known, headings, around, lead, behind, at: 0, head, found }
    }

    /// The same text where that is said of it.
    pub(super) fn under(self, kind: u16) -> Self {
        Self { around: Some(kind), ..self }
    }

    /// What is said of a list in each line, by where the line begins.
    pub(super) fn subjects(mut self, lines: &[Line]) -> Vec<(usize, Option<u16>)> {
        let mut subjects = Vec::with_capacity(lines.len());
        self.read(lines, |reading, line| {
            let start = line.glyphs.first().map(|it| it.start);
            subjects.extend(start.map(|start| (start, reading.subject(line))));
        });
        subjects
    }

    /// What is said of a list in a line that was just read.
    fn subject(&self, line: &Line) -> Option<u16> {
        let names_list = match line.kind {
            LineKind::Row => true,
            LineKind::Item => leads(&chars_of(&line.glyphs)),
            LineKind::Heading(_) | LineKind::Text | LineKind::Blank => false,
        };
        match Scope::of_line(&line.glyphs, self.lexicon) {
            Scope::Sensitive(kind) if names_list => Some(kind),
            Scope::Honour if names_list => None,
            _ => self.head.as_ref().and_then(|it| it.kind).or_else(|| self.scope()),
        }
    }

    /// Reads all lines, one by one. `then` comes behind each.
    fn read(&mut self, lines: &[Line], mut then: impl FnMut(&Self, &Line)) {
        let mut before: Option<LineKind> = None;
        for (at, line) in lines.iter().enumerate() {
            self.at = at;
            self.line(line, before);
            then(self, line);
            before = Some(line.kind);
        }
    }

    pub(super) fn of(mut self, lines: &[Line]) -> Vec<Exposure> {
        self.read(lines, |_, _| ());
        self.forms(lines);
        // That costs more than all before, and only then.
        if self.found.iter().any(|(_, name)| !name.is_empty()) {
            let acting = acting_in(self.lexicon, lines);
            self.found.retain(|(_, name)| !acting.contains(name));
        }
        self.found.into_iter().map(|(exposure, _)| exposure).collect()
    }

    /// Reads the forms among lines that were read one by one, and tells what that did not.
    fn forms(&mut self, lines: &[Line]) {
        let told = std::mem::take(&mut self.found);
        let places: BTreeSet<usize> = told.iter().map(|(it, _)| it.range.start).collect();
        for [head, row] in form::forms(lines) {
            // What a heading says, each line was read under.
            self.headings.clear();
            (self.lead, self.around) = (None, None);
            self.head = Some(Head::new(&head, None, self.lexicon));
            self.row(&row);
        }
        let found = std::mem::replace(&mut self.found, told);
        self.found.extend(found.into_iter().filter(|(it, _)| !places.contains(&it.range.start)));
        self.found.sort_by_key(|(it, _)| it.range.start);
    }

    /// Reads a line; `before` is what the line before it was.
    fn line(&mut self, line: &Line, before: Option<LineKind>) {
        match line.kind {
            LineKind::Blank => {
                if self.head.as_ref().is_some_and(|it| it.sign.is_some()) {
                    self.head = None;
                }
            }
            LineKind::Heading(level) => {
                self.sentences(line);
                self.heading(level, line);
            }
            LineKind::Row if before == Some(LineKind::Row) => {
                if !is_rule(line) {
                    self.row(line);
                }
            }
            LineKind::Row => {
                self.row(line);
                self.head = Some(Head::new(line, None, self.lexicon));
            }
            LineKind::Item | LineKind::Text => self.text(line),
        }
    }

    fn heading(&mut self, level: u8, line: &Line) {
        self.headings.retain(|(other, _)| *other < level);
        self.headings.push((level, Scope::of_line(&line.glyphs, self.lexicon)));
        (self.lead, self.head) = (None, None);
    }

    /// What the nearest heading that says anything says.
    fn scope(&self) -> Option<u16> {
        let nearest =
            self.headings.iter().rev().map(|(_, it)| *it).find(|it| *it != Scope::Neutral);
        let near = self.lead.or_else(|| self.behind.get(self.at).copied().flatten());
        match nearest {
            Some(Scope::Sensitive(kind)) => near.or(Some(kind)),
            Some(_) => near,
            None => near.or(self.around),
        }
    }

    /// Reads an item or a line of text: as a row, if it stands under the head of a table that has
    /// no lines, else by sentences.
    fn text(&mut self, line: &Line) {
        let chars: Vec<char> = line.glyphs.iter().map(|it| it.ch).collect();
        if let Some(sign) = self.head.as_ref().and_then(|it| it.sign) {
            if chars.contains(&sign) {
                return self.row(&split(line, sign));
            }
            self.head = None;
        }
        if let Some(sign) = head_sign(&chars) {
            self.head = Some(Head::new(&split(line, sign), Some(sign), self.lexicon));
            return;
        }
        self.sentences(line);
        if line.kind == LineKind::Text {
            self.lead_in(line, &chars);
        }
    }

    /// Remembers what a line says of the list behind it.
    fn lead_in(&mut self, line: &Line, chars: &[char]) {
        if leads(chars) {
            let hit = self.lexicon.hits(&line.glyphs).first().copied();
            self.lead = hit.filter(|_| !HONOURS.is_in(chars)).map(|it| it.kind);
        } else if chars.contains(&'。') {
            self.lead = None;
        }
    }

    /// Reads the sentences of a line, one by one.
    fn sentences(&mut self, line: &Line) {
        let mut start = 0;
        for at in 0..=line.glyphs.len() {
            let ch = line.glyphs.get(at).map(|it| it.ch);
            if ch.is_none_or(|it| matches!(it, '。' | '!' | '?' | ';')) {
                self.unit(line.kind, &line.glyphs[start..at], None);
                start = at + 1;
            }
        }
    }

    /// Reads a row of a table.
    fn row(&mut self, line: &Line) {
        let head = self.head.take();
        self.unit(line.kind, &line.glyphs, head.as_ref());
        let cells = line.cells();
        let mut before: &[Glyph] = &[];
        for (column, cell) in cells.into_iter().enumerate() {
            let cell = &line.glyphs[cell];
            let is_home = head.as_ref().is_some_and(|head| head.is_home(column));
            let is_labelled = home::is_label(before) && home::has_unit(cell);
            if (is_home || is_labelled) && home::is_below_the_street(cell) {
                self.push_home(cell);
            }
            before = cell;
        }
        self.head = head;
    }

    /// Reads what belongs together: a sentence, or a row.
    fn unit(&mut self, kind: LineKind, glyphs: &[Glyph], head: Option<&Head>) {
        let hits = self.lexicon.hits(glyphs);
        let under = head.and_then(|it| it.kind).or_else(|| self.scope());
        if let Some(rooms) = owing::rooms(glyphs) {
            self.push_home(&glyphs[rooms]);
        }
        let home = home::announced(glyphs);
        // Nearly all end here.
        if hits.is_empty() && under.is_none() && home.is_none() {
            return;
        }
        let line = &Line::new(kind, glyphs.to_vec());
        let mut names = person::names(&line.glyphs, &hits);
        let further = head.map(|head| head.further_names(line, &names)).unwrap_or_default();
        names.extend(further);
        names.sort_by_key(|it| it.range.start);
        if !names.is_empty() && (!hits.is_empty() || under.is_some()) {
            self.unit_with(line, head, &hits, &names, under);
        }
        let is_somebodys =
            !names.is_empty() || home::is_of_one(&line.glyphs) || home::is_labelled(&line.glyphs);
        if let Some(range) = home.filter(|_| is_somebodys) {
            self.push_home(&line.glyphs[range]);
        }
    }

    fn unit_with(
        &mut self,
        line: &Line,
        head: Option<&Head>,
        hits: &[Hit],
        names: &[Name],
        under: Option<u16>,
    ) {
        let acting = officials(line, names, hits);
        let chars = chars_of(&line.glyphs);
        let cells = if line.kind == LineKind::Row { line.cells() } else { Vec::new() };
        let has_role = |cell: &Range<usize>| {
            cell.len() <= 10 && ROLES.ends(&chars_of(&line.glyphs[cell.clone()]))
        };
        let is_titled = cells.iter().any(has_role);
        let mut told = Vec::with_capacity(names.len());
        for (name, acts) in names.iter().zip(acting) {
            let column = cells.partition_point(|cell| cell.end <= name.range.start);
            let column =
                cells.get(column).filter(|it| it.contains(&name.range.start)).map(|_| column);
            let by_column = head.zip(column).is_some_and(|(head, it)| head.is_official(it));
            let by_row = is_titled && hits.is_empty();
            let acts =
                acts || by_column || by_row || self.known.contains(&line.text(name.range.clone()));
            let near = near(hits, name);
            let is_with =
                |hit: &&Hit| acts || column.is_none_or(|it| cells[it].contains(&hit.start));
            // What another cell says is said of the name in this one; what its own says, as in any
            // sentence.
            let hit = if near.iter().any(|hit| is_with(&hit)) {
                near.iter().filter(is_with).find(|hit| is_about(&chars, name, hit, acts))
            } else {
                hits.first().filter(|_| !helps(&chars, name, None))
            };
            let listed = under.filter(|_| name.is_entry && !acts && hits.is_empty());
            let kind = hit.map(|it| it.kind).or(listed);
            // Asked only of what is told, since it looks at every word near the name.
            let is_said = kind.is_some() && near.iter().any(|hit| is_said(&chars, name, hit));
            told.push((kind, acts, is_said));
        }
        // 李红梅、王德福均为残疾人, 看望患癌症的李红梅、王德福: what is said of one is of both.
        let is_with_next =
            |at: usize| is_between_names(&chars[names[at].range.end..names[at + 1].range.start]);
        let pairs = (1..names.len()).map(|it| (it - 1, it));
        for (from, to) in pairs.clone().chain(pairs.rev().map(|(first, second)| (second, first))) {
            if told[from].2 && !told[to].1 && told[to].0.is_none() && is_with_next(from.min(to)) {
                told[to] = told[from];
            }
        }
        for (name, (kind, acts, is_said)) in names.iter().zip(told) {
            if let Some(kind) = kind {
                let attribute = self.lexicon.kind(kind).into();
                let glyphs = &line.glyphs[name.range.clone()];
                self.push(Some(attribute), glyphs, acts || is_said);
            }
        }
    }

    fn push_home(&mut self, glyphs: &[Glyph]) {
        self.push(None, glyphs, true);
    }

    /// Reports it, but for what stands nowhere. What is not certain is dropped if the name is one of
    /// those who act in the text.
    fn push(&mut self, attribute: Option<Box<str>>, glyphs: &[Glyph], is_certain: bool) {
        let (Some(first), Some(last)) = (glyphs.first(), glyphs.last()) else { return };
        if last.end > first.start {
            let name =
                if is_certain { String::new() } else { chars_of(glyphs).into_iter().collect() };
            self.found.push((Exposure { attribute, range: first.start..last.end }, name));
        }
    }
}

/// A line says what a list in it or behind it is.
fn leads(chars: &[char]) -> bool {
    matches!(chars.last(), Some(':')) || LISTS.is_in(chars)
}

/// The sensitive words near a name, or all in a sentence that is short.
fn near<'h>(hits: &'h [Hit], name: &Name) -> &'h [Hit] {
    let from = hits.partition_point(|hit| hit.end + REACH < name.range.start);
    let until = hits.partition_point(|hit| hit.start < name.range.end + REACH);
    // Of a long list the word stands at one end.
    if from < until { &hits[from..until] } else { &hits[..hits.len().min(1)] }
}

/// The names of those who act for an office somewhere in the text: elsewhere they do, too.
fn acting_in(lexicon: &Lexicon, lines: &[Line]) -> BTreeSet<String> {
    let mut acting = BTreeSet::new();
    for line in lines {
        let hits = lexicon.hits(&line.glyphs);
        let names = person::names(&line.glyphs, &hits);
        let both = names.iter().zip(officials(line, &names, &hits)).filter(|(_, acts)| *acts);
        acting.extend(both.map(|(name, _)| line.text(name.range.clone())));
    }
    acting
}

/// For each line what a sentence behind it says of the list that it stands in: `以上人员享受低保`.
fn said_behind(lexicon: &Lexicon, lines: &[Line]) -> Vec<Option<u16>> {
    let mut behind = vec![None; lines.len()];
    let mut said = None;
    for (at, line) in lines.iter().enumerate().rev() {
        let chars = if line.kind == LineKind::Text { chars_of(&line.glyphs) } else { Vec::new() };
        match line.kind {
            LineKind::Heading(_) => said = None,
            LineKind::Text if BEHIND_LISTS.is_in(&chars) => {
                let hit = lexicon.hits(&line.glyphs).first().copied();
                said = hit.filter(|_| !HONOURS.is_in(&chars)).map(|it| it.kind);
            }
            LineKind::Text if chars.contains(&'。') => said = None,
            _ => behind[at] = said,
        }
    }
    behind
}
