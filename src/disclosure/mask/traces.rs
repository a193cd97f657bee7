//! Names where other texts say them.

use crate::config::Names;
use crate::disclosure::mask::{han::is_han, person};

/// What may stand beside a name and is none.
const ROLES: &str = "女士 先生 同志 小姐 主任 副主任 书记 副书记 委员 党员 组长 副组长 队长 副队长 户主 代表 \
    居民 志愿者 网格长 网格员 楼长 楼栋长 单元长 会长 负责人 联系人 主持人 阿姨 奶奶 爷爷 叔叔 大爷 大妈 大娘 \
    大姐 大哥 师傅 老师 医生 律师 警官 站长 经理";

const DOTS: [char; 5] = ['·', '•', '・', '‧', '∙'];

/// The shortest Latin word that is looked for alone: shorter ones are parts of too many sentences.
const SHORTEST_WORD: usize = 3;

/// Names that are not shown whole, to be taken out of texts. Given names of two characters or more
/// are names as well, and so are names with spaces or signs of Markdown between their letters.
#[derive(Debug, Default)]
pub struct Traces {
    /// Longer ones first.
    all: Vec<Trace>,
}

#[derive(Debug, PartialEq, Eq)]
struct Trace {
    /// In lower case, without spaces.
    letters: Vec<char>,
    /// It is no part of a longer word.
    is_word: bool,
    shown: String,
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
        self.all.sort_by_key(|it| std::cmp::Reverse(it.letters.len()));
        self.all.dedup();
    }

    /// A name in letters with spaces between its words.
    fn add_words(&mut self, words: &[&str], rule: Names) {
        let whole = words.join(" ");
        self.push(&whole, true, person(&whole, rule));
        for word in words.iter().filter(|word| word.chars().count() >= SHORTEST_WORD) {
            let initial = word.chars().next().map(|it| it.to_uppercase().to_string());
            self.push(word, true, format!("{}.", initial.unwrap_or_default()));
        }
    }

    fn add_name(&mut self, word: &str, rule: Names) {
        let name = ROLES.split_whitespace().find_map(|it| word.strip_suffix(it)).unwrap_or(word);
        if name.contains(DOTS) {
            self.push(name, false, person(name, rule));
            for (index, part) in name.split(DOTS).enumerate() {
                let kept: String = part.chars().take(usize::from(index == 0)).collect();
                let hidden = part.chars().count() - kept.chars().count();
                self.push(part, false, kept + &"*".repeat(hidden));
            }
            return;
        }
        for name in [name].into_iter().chain(name.split(['和', '与', '及'])) {
            self.push(name, false, person(name, rule));
            let masked = person(name, Names::Masked);
            let surname = masked.chars().take_while(|it| *it != '*').count();
            let given: String = name.chars().skip(surname).collect();
            self.push(&given, false, "*".repeat(given.chars().count()));
        }
    }

    fn push(&mut self, name: &str, is_word: bool, shown: String) {
        let letters = name.chars().filter(|it| !it.is_whitespace()).flat_map(char::to_lowercase);
        let letters: Vec<char> = letters.collect();
        let is_role = ROLES.split_whitespace().any(|it| it == name);
        if letters.len() > 1 && !is_role && shown != name {
            self.all.push(Trace { letters, is_word, shown });
        }
    }

    /// There are no names.
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// A text says one of the names.
    pub fn are_in(&self, text: &str) -> bool {
        self.remove(text, "*").is_some()
    }

    /// A text without the names, if it says any. `star` is how the text writes one.
    pub fn remove(&self, text: &str, star: &str) -> Option<String> {
        if self.all.is_empty() {
            return None;
        }
        let characters: Vec<char> = text.chars().collect();
        let (mut changed, mut at) = (String::new(), 0);
        let mut found = false;
        while let Some(character) = characters.get(at) {
            let trace =
                self.all.iter().find_map(|trace| Some((trace, trace.end(&characters, at)?)));
            match trace {
                Some((trace, end)) => {
                    changed += &trace.shown.replace('*', star);
                    at = end;
                    found = true;
                }
                None => {
                    changed.push(*character);
                    at += 1;
                }
            }
        }
        found.then_some(changed)
    }
}

impl Trace {
    /// Where the name ends that begins at a character of the text.
    fn end(&self, text: &[char], start: usize) -> Option<usize> {
        let is_latin = |at: Option<usize>| {
            let character = at.and_then(|it| text.get(it));
            character.is_some_and(|it| it.is_alphanumeric() && !is_han(*it))
        };
        if !same(*text.get(start)?, self.letters[0])
            || self.is_word && is_latin(start.checked_sub(1))
        {
            return None;
        }
        let mut at = start + 1;
        for letter in &self.letters[1..] {
            while text.get(at).is_some_and(|it| is_nothing(*it)) {
                at += 1;
            }
            if !same(*text.get(at)?, *letter) {
                return None;
            }
            at += 1;
        }
        (!self.is_word || !is_latin(Some(at))).then_some(at)
    }
}

fn same(written: char, letter: char) -> bool {
    written == letter || written.to_lowercase().eq(std::iter::once(letter))
}

/// What readers do not see between letters.
fn is_nothing(it: char) -> bool {
    it.is_whitespace()
        || matches!(
            it,
            '*' | '_' | '~' | '`' | '\\' | '\u{ad}' | '\u{200b}'
                ..='\u{200d}' | '\u{2060}' | '\u{feff}'
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(names: &str, text: &str, expected: &str) {
        let mut traces = Traces::default();
        traces.add(names, Names::Masked);
        assert_eq!(traces.remove(text, "*").as_deref().unwrap_or(text), expected, "{names}");
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
    }
}
