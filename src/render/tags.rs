//! The tags of a template, and the words and signs in them.
//!
//! It is no parser: what stands between tags is passed over, and of tags nothing is known but where
//! they begin and end. What is not well formed ends it.

/// What stands between `{{` and `}}`, or `{%` and `%}`.
pub(super) struct Tag<'t> {
    /// It is of the second kind.
    pub(super) is_block: bool,
    pub(super) tokens: Vec<Token<'t>>,
}

/// A word, a text in quotation marks, a number or a sign.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Token<'t> {
    pub(super) text: &'t str,
    pub(super) at: usize,
}

impl Token<'_> {
    pub(super) fn end(&self) -> usize {
        self.at + self.text.len()
    }

    pub(super) fn is_word(&self) -> bool {
        self.text.starts_with(|it: char| it.is_ascii_alphabetic() || it == '_')
    }
}

/// The signs of more than one character.
const SIGNS: [&str; 10] = ["...", "//", "**", "==", "!=", ">=", "<=", "</", "?.", "?["];

/// Reads the tags of a template one after the other, without comments and what is `raw`.
pub(super) struct Tags<'t> {
    pub(super) text: &'t str,
    pub(super) at: usize,
}

impl<'t> Iterator for Tags<'t> {
    type Item = Tag<'t>;

    fn next(&mut self) -> Option<Tag<'t>> {
        loop {
            self.at += self.text[self.at..].find('{')?;
            let close = match self.text.as_bytes().get(self.at + 1) {
                Some(b'{') => "}}",
                Some(b'%') => "%}",
                Some(b'#') => {
                    self.at += self.text[self.at..].find("#}")? + 2;
                    continue;
                }
                _ => {
                    self.at += 1;
                    continue;
                }
            };
            let tokens = self.tokens(close)?;
            let is_block = close == "%}";
            if is_block && tokens.first().is_some_and(|it| it.text == "raw") {
                self.skip_raw()?;
                continue;
            }
            return Some(Tag { is_block, tokens });
        }
    }
}

impl<'t> Tags<'t> {
    /// Reads a tag to its end, which is `close`. `None` if it has none.
    fn tokens(&mut self, close: &str) -> Option<Vec<Token<'t>>> {
        let mut at = self.at + 2;
        at += usize::from(self.text[at..].starts_with('-'));
        let mut tokens = Vec::new();
        loop {
            at += self.text[at..].len() - self.text[at..].trim_ascii_start().len();
            let rest = &self.text[at..];
            if rest.starts_with(close)
                || rest.strip_prefix('-').is_some_and(|it| it.starts_with(close))
            {
                self.at = at + usize::from(rest.starts_with('-')) + close.len();
                return Some(tokens);
            }
            let length = token_length(rest)?;
            tokens.push(Token { text: &rest[..length], at });
            at += length;
        }
    }

    /// Goes on behind `{% endraw %}`.
    fn skip_raw(&mut self) -> Option<()> {
        loop {
            self.at += self.text[self.at..].find("{%")? + 2;
            let inside = self.text[self.at..].trim_start_matches('-').trim_ascii_start();
            if inside.starts_with("endraw") {
                self.at += self.text[self.at..].find("%}")? + 2;
                return Some(());
            }
        }
    }
}

/// The length of the token that a text begins with; `None` of an empty text, and of a quotation
/// without an end.
fn token_length(rest: &str) -> Option<usize> {
    let first = rest.chars().next()?;
    let count = |is_part: fn(char) -> bool| rest.find(|it| !is_part(it)).unwrap_or(rest.len());
    match first {
        '"' | '\'' | '`' => {
            let mut escaped = false;
            let end = rest[1..].find(|it| {
                let is_end = !escaped && it == first;
                escaped = !escaped && it == '\\';
                is_end
            });
            end.map(|end| end + 2)
        }
        '0'..='9' => Some(count(|it| it.is_ascii_digit())),
        it if it.is_ascii_alphabetic() || it == '_' => {
            Some(count(|it| it.is_ascii_alphanumeric() || it == '_'))
        }
        _ => {
            let sign = SIGNS.iter().find(|sign| rest.starts_with(**sign));
            Some(sign.map_or(first.len_utf8(), |sign| sign.len()))
        }
    }
}
