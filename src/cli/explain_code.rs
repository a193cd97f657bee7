//! `linli explain CODE`: what a code means, with a wrong and a right way to write.
//!
//! The texts are pages of the documentation, `docs/mistakes.LANGUAGE.md`, which are in the program.
//! They are made from the cases of `tests/diagnostics`, and a test holds them against those.

use crate::diagnostic::{Code, Language};

const ZH_CN: &str = include_str!("../../docs/mistakes.zh-CN.md");
const EN: &str = include_str!("../../docs/mistakes.en.md");

/// The code of a name, also in the brackets in which messages have it: `[tab]`.
pub(super) fn code(name: &str) -> Option<Code> {
    let name = name.trim_start_matches('[').trim_end_matches(']');
    Code::ALL.iter().copied().find(|code| code.name().eq_ignore_ascii_case(name))
}

/// The lines that explain a code: its section of the page. What is quoted there is indented, with
/// lines that begin like a heading; outside of it there are no two empty lines in a row.
pub(super) fn lines(code: Code, language: Language) -> Vec<String> {
    let page = match language {
        Language::ZhCn => ZH_CN,
        Language::En => EN,
    };
    let heading = format!("## {}", code.name());
    let section = page.lines().skip_while(|line| **line != heading).skip(1);
    let mut lines = vec![code.name().to_owned()];
    let mut is_quoted = false;
    for line in section {
        match line {
            "```" => is_quoted = !is_quoted,
            line if is_quoted => lines.push(format!("    {line}").trim_end().to_owned()),
            line if line.starts_with("## ") => break,
            "" if lines.last().is_some_and(String::is_empty) => {}
            line => lines.push(line.to_owned()),
        }
    }
    lines.pop_if(|last| last.is_empty());
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_is_explained() {
        for code in Code::ALL {
            for language in Language::ALL {
                let lines = lines(*code, *language);
                assert!(lines.len() > 2 && !lines[2].is_empty(), "{}", code.name());
            }
            assert_eq!(super::code(&format!("[{}]", code.name().to_uppercase())), Some(*code));
        }
    }

    #[test]
    fn nothing_of_a_page_is_lost() {
        for (page, language) in [(ZH_CN, Language::ZhCn), (EN, Language::En)] {
            let text = |line: &&str| !line.trim().is_empty() && **line != *"```";
            let written = page.lines().skip(1).filter(text).count();
            let explained =
                |code: &Code| lines(*code, language).iter().filter(|it| text(&&***it)).count();
            assert_eq!(Code::ALL.iter().map(explained).sum::<usize>(), written);
        }
        let lines = lines(Code::LostMarkup, Language::ZhCn);
        assert!(lines.contains(&"    ## 停水时间".to_owned()));
    }
}
