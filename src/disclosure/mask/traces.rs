//! Names where other texts say them.

use std::cell::OnceCell;

use rustc_hash::FxHashMap;

use crate::disclosure::mask::{
    hashed::{HashedName, NameForm, NameSecret},
    person,
    reading::{self, Glyph, Sought, Spelling, is_border},
};
use crate::{config::Names, text::is_han};

const DOTS: [char; 5] = ['·', '•', '・', '‧', '∙'];

/// The shortest Latin word that is looked for alone: shorter ones are parts of too many sentences.
const SHORTEST_WORD: usize = 3;

/// The whole names of a person, or of several, as hashes. Given names are none: beside other records
/// they are words like 建国. Nor is what stands beside a name, such as 女士.
pub fn hashed(names: &str, rule: Names, secret: NameSecret) -> Vec<HashedName> {
    let mut all = Vec::new();
    let mut add = |letters: &[char], form: NameForm, shown: &str| {
        all.extend(HashedName::new(letters, form, shown, secret));
    };
    for name in person::whole_names(names) {
        let shown = person(&name, rule);
        let letters = reading::folded(&name);
        if letters.len() < 2 {
            continue;
        }
        if letters.iter().all(|it| is_han(*it)) {
            add(&letters, NameForm::Characters, &shown);
            let spelling = Spelling::of(&letters, person::surname_length(&name));
            for spelt in spelling.iter().flat_map(Spelling::all) {
                add(&spelt.chars().collect::<Vec<_>>(), NameForm::Spelt, "*");
            }
        } else {
            add(&letters, NameForm::Words, &shown);
            for other in other_forms(&name) {
                add(&reading::folded(&other), NameForm::Words, &person(&other, rule));
            }
            let plain: Vec<char> = letters.into_iter().filter(char::is_ascii_lowercase).collect();
            if plain.len() >= LONG {
                add(&plain, NameForm::Spelt, "*");
            }
        }
    }
    all
}

/// The other forms of a name that is not of Chinese characters alone: without its dots, and with the
/// surname first.
fn other_forms(name: &str) -> Vec<String> {
    let mut forms = Vec::new();
    if name.contains(DOTS) && name.chars().all(|it| is_han(it) || DOTS.contains(&it)) {
        forms.push(name.replace(DOTS, ""));
    }
    let words: Vec<&str> = name.split_whitespace().collect();
    if let [given @ .., surname] = words.as_slice()
        && !given.is_empty()
        && name.is_ascii()
    {
        forms.push(format!("{surname} {}", given.join(" ")));
    }
    forms
}

/// So many letters are no common word in an address.
const LONG: usize = 5;

/// Names that are not shown whole, to be taken out of texts. Given names of two characters or more
/// are names as well, however they are written ([`Reading`](reading)); in addresses whole Chinese
/// names are found in Latin letters, too.
#[derive(Debug, Default)]
pub struct Traces {
    all: Vec<Trace>,
    /// By their first letters, longer ones first, once there is a text to compare.
    by_first: OnceCell<FxHashMap<char, Vec<usize>>>,
}

#[derive(Debug)]
struct Trace {
    /// In the form in which names are compared.
    letters: Vec<char>,
    /// It is no part of a longer word.
    is_word: bool,
    shown: String,
    /// How many of the letters are the surname; nothing of what is no whole Chinese name.
    surname: Option<usize>,
    /// How addresses spell it, once there is one to compare.
    spelling: OnceCell<Option<Spelling>>,
}

impl Traces {
    /// Adds the names of a person, or of several.
    pub fn add(&mut self, names: &str, rule: Names) {
        let is_between = |ch: char| !ch.is_alphanumeric() && !DOTS.contains(&ch);
        let is_latin = |it: &str| it.chars().all(|it| it.is_alphabetic() && !is_han(it));
        let words: Vec<&str> = names.split(is_between).filter(|it| !it.is_empty()).collect();
        for run in words.chunk_by(|a, b| is_latin(a) == is_latin(b)) {
            if is_latin(run[0]) {
                self.add_words(run, rule);
            } else {
                let joined: String = run.concat();
                if run.len() > 1 && joined.chars().count() < 5 {
                    self.add_name(&joined, rule);
                }
                run.iter().for_each(|it| self.add_name(it, rule));
            }
        }
        self.by_first = OnceCell::new();
    }

    /// A name in letters with spaces between its words.
    fn add_words(&mut self, words: &[&str], rule: Names) {
        let whole = words.join(" ");
        self.push(&whole, true, person(&whole, rule));
        for other in other_forms(&whole) {
            self.push(&other, true, person(&other, rule));
        }
        for word in words.iter().filter(|word| word.chars().count() >= SHORTEST_WORD) {
            let initial = word.chars().next().map(|it| it.to_uppercase().to_string());
            self.push(word, true, format!("{}.", initial.unwrap_or_default()));
        }
    }

    fn add_name(&mut self, word: &str, rule: Names) {
        let name =
            person::ROLES.split_whitespace().find_map(|it| word.strip_suffix(it)).unwrap_or(word);
        if name.contains(DOTS) {
            self.push(name, false, person(name, rule));
            for other in other_forms(name) {
                self.push(&other, true, person(&other, rule));
            }
            for (index, part) in name.split(DOTS).enumerate() {
                let kept: String = part.chars().take(usize::from(index == 0)).collect();
                let hidden = part.chars().count() - kept.chars().count();
                self.push(part, false, kept + &"*".repeat(hidden));
            }
            return;
        }
        for name in [name].into_iter().chain(name.split(['和', '与', '及'])) {
            self.push_whole(name, rule);
            let masked = person(name, Names::Masked);
            let surname = masked.chars().take_while(|it| *it != '*').count();
            let given: String = name.chars().skip(surname).collect();
            self.push(&given, false, "*".repeat(given.chars().count()));
        }
    }

    /// A Chinese name with its surname.
    fn push_whole(&mut self, name: &str, rule: Names) {
        let count = self.all.len();
        self.push(name, false, person(name, rule));
        if let Some(trace) = self.all.get_mut(count) {
            trace.surname = Some(person::surname_length(name));
        }
    }

    fn push(&mut self, name: &str, is_word: bool, shown: String) {
        let letters = reading::folded(name);
        let is_role = person::ROLES.split_whitespace().any(|it| it == name);
        if letters.len() > 1 && !is_role && shown != name {
            let spelling = OnceCell::new();
            self.all.push(Trace { letters, is_word, shown, surname: None, spelling });
        }
    }

    fn by_first(&self) -> &FxHashMap<char, Vec<usize>> {
        self.by_first.get_or_init(|| {
            let mut by_first = FxHashMap::<char, Vec<usize>>::default();
            for (index, trace) in self.all.iter().enumerate() {
                by_first.entry(trace.letters[0]).or_default().push(index);
            }
            for traces in by_first.values_mut() {
                traces.sort_by_key(|index| std::cmp::Reverse(self.all[*index].letters.len()));
                traces.dedup_by_key(|index| (&self.all[*index].letters, self.all[*index].is_word));
            }
            by_first
        })
    }

    /// There are no names.
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// An address or the name of a file says one of the names.
    pub fn are_in_address(&self, address: &str) -> bool {
        !self.all.is_empty() && reading::is_named(address, self)
    }

    /// A text without the names, if it says any. `star` is how the text writes one.
    pub fn remove(&self, text: &str, star: char) -> Option<String> {
        if self.all.is_empty() { None } else { reading::without(text, self, star) }
    }
}

impl Sought for Traces {
    fn may_begin(&self, first: char) -> bool {
        self.by_first().contains_key(&first)
    }

    fn read(&self, glyphs: &[Glyph], at: usize) -> Option<(usize, &str)> {
        let mut traces = self.by_first().get(&glyphs[at].ch)?.iter().map(|index| &self.all[*index]);
        traces.find_map(|trace| Some((trace.end(glyphs, at)?, trace.shown.as_str())))
    }

    fn spelt(&self, glyphs: &[Glyph], at: usize) -> Option<usize> {
        self.all.iter().find_map(|trace| trace.spelling()?.end(glyphs, at))
    }
}

impl Trace {
    fn spelling(&self) -> Option<&Spelling> {
        let surname = self.surname?;
        self.spelling.get_or_init(|| Spelling::of(&self.letters, surname)).as_ref()
    }

    /// Where the name ends that begins at a glyph.
    fn end(&self, glyphs: &[Glyph], start: usize) -> Option<usize> {
        let end = start + self.letters.len();
        let written = glyphs.get(start..end)?;
        let is_same = written.iter().zip(&self.letters).all(|(glyph, ch)| glyph.ch == *ch);
        let is_apart = || glyphs[start].begins && is_border(glyphs, end);
        (is_same && (!self.is_word || is_apart())).then_some(end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(names: &str, text: &str, expected: &str) {
        let mut traces = Traces::default();
        traces.add(names, Names::Masked);
        assert_eq!(traces.remove(text, '*').as_deref().unwrap_or(text), expected, "{names}");
    }

    #[test]
    fn names_are_taken_out_however_they_were_given() {
        for names in [
            "王秀英",
            "王秀英（党员）",
            "王秀英女士",
            "王秀英 李建国",
            "王秀英和李建国",
            "王秀英|李建国",
            "组长：王秀英",
        ] {
            check(names, "王秀英来了，秀英好", "王**来了，**好");
        }
        check("李主任", "主任来了", "主任来了");
        check("王 伟", "王伟、王 伟和国王伟大", "王*、王*和国王*大");
        check("欧阳修远", "修远", "**");
    }

    #[test]
    fn signs_between_letters_hide_no_name() {
        check("王秀英", "王 秀 英、王**秀**英、王\u{200b}秀英", "王**、王**、王**");
    }

    #[test]
    fn words_are_whole_and_of_any_case() {
        check("Mary Wang", "MARY WANG, mary; Maryland, Wang's", "M. W., M.; Maryland, W.'s");
        check("阿卜杜拉·艾合买提", "阿卜杜拉和艾合买提", "阿***和****");
        check("买买提·艾力", "买买提艾力来了", "买****来了");
        check("Mary Wang", "Wang Mary", "W. M.");
    }
}
