//! What a text is found by: tokens, each a hash of 24 bits.
//!
//! | in the text | tokens |
//! | --- | --- |
//! | `好邻居` | `好邻`, `邻居`: every two characters that stand side by side |
//! | `Linli` | `l`, `li`, `lin`, `linl`, `linli`: what the word begins with |
//! | `3号` | `3`, and `3号` across the border |
//! | `张` in a title or name | the character alone, too |
//! | `律师、警官` | `师、警`, across the marks that join: `、` and `：` |
//!
//! Characters are compared in the form of [`fold`]: compatible and full-width forms, accents and
//! traditional characters make no difference. Anything that is no letter or digit ends a run.
//!
//! [`query`] gives the tokens that a text is asked for by: the fewest that say it all. `search.js`
//! of the theme has the same rules; whoever changes one changes the other, and
//! [`super::layout::VERSION`].

use std::sync::LazyLock;

use crate::text::fold::{fold, variants};

/// A token of a document: its hash in the upper 24 bits, where it stands in the lower 8.
pub(super) type Token = u32;

/// It stands in the name of a place, person or award.
pub(super) const NAME: u8 = 1;
/// It stands in the title.
pub(super) const TITLE: u8 = 2;
/// The title begins with it.
pub(super) const FIRST: u8 = 4;
/// The title ends with it.
pub(super) const LAST: u8 = 8;

/// Of a word so many characters count.
pub(super) const LONGEST: usize = 12;

/// The marks, as they are folded, across which parts of a text are found: of a list of things or
/// names, and of a label. Across a comma would make the index larger by a twentieth.
const JOINTS: [char; 2] = ['、', ':'];

/// So many tokens are remembered as seen, to pass over what a text repeats without sorting it.
const SEEN: usize = 1 << 12;

/// The hash of a token, of its characters one by one: FNV-1a over code points, and its bits mixed.
#[derive(Clone, Copy)]
pub(super) struct Hash(u32);

impl Hash {
    /// Of no character.
    pub(super) const EMPTY: Self = Self(0x811c_9dc5);

    /// With one more character.
    pub(super) fn with(self, ch: char) -> Self {
        Self((self.0 ^ u32::from(ch)).wrapping_mul(0x0100_0193))
    }

    /// The hash as the upper 24 bits of a token.
    pub(super) fn token(self) -> Token {
        let mixed = (self.0 ^ (self.0 >> 15)).wrapping_mul(0x2c1b_3c6d);
        (mixed ^ (mixed >> 12)) & !0xff
    }

    /// The token of a text as it stands.
    pub(super) fn of(text: impl IntoIterator<Item = char>) -> Token {
        text.into_iter().fold(Self::EMPTY, Self::with).token()
    }
}

/// The sort of a character: it decides which tokens it is part of.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sort {
    /// Of a script without spaces between words.
    Pair,
    /// Of words.
    Word,
    /// Of nothing.
    Other,
}

impl Sort {
    fn of(ch: char) -> Self {
        match ch {
            '0'..='9' | 'a'..='z' | 'A'..='Z' => Self::Word,
            '\0'..='\x7f' => Self::Other,
            '\u{3400}'..='\u{9fff}' => Self::Pair,
            _ if !ch.is_alphanumeric() => Self::Other,
            '\u{2e80}'.. => Self::Pair,
            _ => Self::Word,
        }
    }
}

/// The tokens of one document, as they are gathered.
pub(super) struct Tokens {
    seen: Box<[Token]>,
    all: Vec<Token>,
    /// Of the groups of characters with several forms those that were met, a bit each.
    forms: Vec<u64>,
    /// Characters that are found by how they are read.
    pub(super) read: Vec<char>,
}

/// A run of letters and digits: what stands before the next character.
#[derive(Clone, Copy, Default)]
struct Run {
    before: Option<(char, Sort)>,
    /// The word that it ends with: its hash and length.
    word: Option<(Hash, usize)>,
    /// What stands before the run, and the mark that joins both.
    joint: Option<[char; 2]>,
}

impl Tokens {
    pub(super) fn new() -> Self {
        Self { seen: vec![0; SEEN].into(), all: Vec::new(), forms: Vec::new(), read: Vec::new() }
    }

    /// Adds a text that stands in the title, in names, or in the text (zero).
    pub(super) fn add(&mut self, text: &str, place: u8) {
        let mut run = Run::default();
        for ch in text.chars() {
            fold(ch, &mut |ch| self.step(&mut run, ch, place));
        }
    }

    /// Adds the title, with what it begins and ends with.
    pub(super) fn add_title(&mut self, title: &str) {
        self.add(title, TITLE);
        let asked = query(title);
        for (token, end) in [(asked.first(), FIRST), (asked.last(), LAST)] {
            self.all.extend(token.map(|token| token | u32::from(TITLE | end)));
        }
    }

    /// Adds a token. It returns whether it was not among the last ones.
    pub(super) fn push(&mut self, token: Token, place: u8) -> bool {
        let token = token | u32::from(place);
        let seen = &mut self.seen[(token >> 20) as usize];
        let is_new = *seen != token;
        if is_new {
            *seen = token;
            self.all.push(token);
        }
        is_new
    }

    fn step(&mut self, run: &mut Run, ch: char, place: u8) {
        let sort = Sort::of(ch);
        let pair = run.before.filter(|(_, before)| [sort, *before] != [Sort::Word; 2]);
        match sort {
            Sort::Other => {
                let joint = run.before.and_then(|(before, _)| joint(before, ch));
                return *run = Run { joint, ..Run::default() };
            }
            Sort::Pair => {
                run.word = None;
                if place != 0 {
                    self.push(Hash::EMPTY.with(ch).token(), place);
                }
            }
            Sort::Word => {
                let (hash, length) = run.word.unwrap_or((Hash::EMPTY, 0));
                let hash = hash.with(ch);
                if length < LONGEST {
                    self.push(hash.token(), place);
                }
                run.word = Some((hash, length + 1));
            }
        }
        if let Some((before, _)) = pair
            && self.push(Hash::of([before, ch]), place)
        {
            self.note_forms(before);
            self.note_forms(ch);
        }
        if let Some([before, mark]) = run.joint.take() {
            self.push(Hash::of([before, mark, ch]), place);
        }
        run.before = Some((ch, sort));
    }

    /// Notes the group of a character that has other forms.
    fn note_forms(&mut self, ch: char) {
        /// By the distance of a simplified character from the first of them: the index of its group
        /// and one; zero for a character without other forms.
        static GROUPS: LazyLock<(u32, Vec<u16>)> = LazyLock::new(|| {
            let first: Vec<u32> =
                variants().filter_map(|group| group.chars().next()).map(u32::from).collect();
            let start = first.iter().min().copied().unwrap_or_default();
            let end = first.iter().max().copied().unwrap_or_default();
            let mut groups = vec![0; (end - start) as usize + 1];
            for (group, ch) in (1..).zip(first) {
                groups[(ch - start) as usize] = group;
            }
            (start, groups)
        });
        let (start, groups) = &*GROUPS;
        let group = groups.get(u32::from(ch).wrapping_sub(*start) as usize).copied();
        if let Some(group) = group.and_then(|it| it.checked_sub(1)) {
            let word = usize::from(group / 64);
            if word >= self.forms.len() {
                self.forms.resize(word + 1, 0);
            }
            self.forms[word] |= 1 << (group % 64);
        }
    }

    /// The tokens in order, each once with all places where it stands. Afterwards there are none.
    pub(super) fn take(&mut self) -> Box<[Token]> {
        let mut all = std::mem::take(&mut self.all);
        all.iter().for_each(|token| self.seen[(token >> 20) as usize] = 0);
        all.sort_unstable();
        all.dedup_by(|next, kept| {
            let is_same = *next >> 8 == *kept >> 8;
            if is_same {
                *kept |= *next;
            }
            is_same
        });
        all.into()
    }

    /// The groups of forms of all characters since the last call, in order.
    pub(super) fn take_forms(&mut self) -> Vec<u16> {
        let forms = std::mem::take(&mut self.forms);
        let mut all = Vec::new();
        for (first, mut word) in (0..).step_by(64).zip(forms) {
            while word != 0 {
                all.push(first + u16::try_from(word.trailing_zeros()).unwrap_or_default());
                word &= word - 1;
            }
        }
        all
    }

    /// All characters since the last call that are found by how they are read, in order.
    pub(super) fn take_read(&mut self) -> String {
        let mut read = std::mem::take(&mut self.read);
        read.sort_unstable();
        read.dedup();
        read.into_iter().collect()
    }
}

/// A character and the mark behind it that joins it with what follows.
fn joint(before: char, mark: char) -> Option<[char; 2]> {
    (Sort::of(before) == Sort::Pair && JOINTS.contains(&mark)).then_some([before, mark])
}

/// The tokens that the parts of a text between marks are asked for by, in its order. `search.js` also
/// asks for those across [`JOINTS`]. What has all of them has the text, but for the order of its
/// parts.
pub(super) fn query(text: &str) -> Vec<Token> {
    let mut folded = Vec::new();
    text.chars().for_each(|ch| fold(ch, &mut |ch| folded.push(ch)));
    let runs = folded.split(|ch| Sort::of(*ch) == Sort::Other);
    runs.flat_map(query_run).collect()
}

fn query_run(run: &[char]) -> Vec<Token> {
    if let [one] = run {
        return vec![Hash::EMPTY.with(*one).token()];
    }
    let mut tokens = Vec::new();
    let mut before = None;
    // Letters and digits of a word are one part, any other character is a part of its own.
    for part in run.chunk_by(|a, b| [Sort::of(*a), Sort::of(*b)] == [Sort::Word; 2]) {
        tokens.extend(before.map(|before| Hash::of([before, part[0]])));
        if Sort::of(part[0]) == Sort::Word {
            tokens.push(Hash::of(part.iter().take(LONGEST).copied()));
        }
        before = part.last().copied();
    }
    tokens
}

/// Adds a number, seven bits a byte.
pub(super) fn push_number(mut number: u64, bytes: &mut Vec<u8>) {
    while number > 0x7f {
        bytes.push(number.to_le_bytes()[0] | 0x80);
        number >>= 7;
    }
    bytes.push(number.to_le_bytes()[0]);
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The tokens of a text that are among those of these parts.
    fn found<'p>(text: &str, place: u8, parts: &[&'p str]) -> Vec<&'p str> {
        let mut tokens = Tokens::new();
        tokens.add(text, place);
        let tokens = tokens.take();
        let has = |part: &&&str| tokens.contains(&(Hash::of(part.chars()) | u32::from(place)));
        let found: Vec<&str> = parts.iter().filter(has).copied().collect();
        assert_eq!(found.len(), tokens.len(), "{found:?} of {}", tokens.len());
        found
    }

    #[test]
    fn what_texts_are_found_by() {
        for (text, tokens) in [
            ("好邻居", &["好邻", "邻居"][..]),
            ("好邻，居", &["好邻"]),
            ("好邻、居民：张", &["好邻", "邻、居", "居民", "民:张"]),
            ("好、、邻", &[]),
            ("2、3号", &["2", "3", "3号"]),
            ("Lin-2", &["l", "li", "lin", "2"]),
            ("3号楼", &["3", "3号", "号楼"]),
            ("楼A1", &["楼a", "a", "a1"]),
            ("ＡＰＰ", &["a", "ap", "app"]),
            ("鄰居", &["邻居"]),
            ("好\u{200b}人", &["好人"]),
            ("好", &[]),
            ("", &[]),
        ] {
            assert_eq!(found(text, 0, tokens), tokens, "{text}");
        }
        assert_eq!(found("王**", NAME, &["王"]), ["王"]);
    }

    #[test]
    fn what_texts_are_asked_for_by() {
        for (text, tokens) in [
            ("好邻居", &["好邻", "邻居"][..]),
            ("好", &["好"]),
            ("Linli 好人", &["linli", "好人"]),
            ("3号楼", &["3", "3号", "号楼"]),
            ("第12号", &["第1", "12", "2号"]),
            ("abcdefghijklmno", &["abcdefghijkl"]),
            ("，", &[]),
        ] {
            let tokens: Vec<Token> = tokens.iter().map(|it| Hash::of(it.chars())).collect();
            assert_eq!(query(text), tokens, "{text}");
        }
    }

    #[test]
    fn a_title_begins_and_ends() {
        let mut tokens = Tokens::new();
        tokens.add("居民", 0);
        tokens.add_title("好邻居");
        let tokens = tokens.take();
        let place = |part: &str| {
            let hash = Hash::of(part.chars());
            tokens.iter().find(|it| **it & !0xff == hash).map(|it| it & 0xff)
        };
        assert_eq!(place("好邻"), Some(u32::from(TITLE | FIRST)));
        assert_eq!(place("邻居"), Some(u32::from(TITLE | LAST)));
        assert_eq!(place("居民"), Some(0));
        assert!(tokens.is_sorted());
    }
}
