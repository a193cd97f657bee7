//! What was told where it stands is not told again of files that are made from it.
//!
//! A name in the introduction of a place is on its page, and also in the index of the search, in data
//! and in files for hosts. Those belong to the portal as a whole, so that they could only be told at
//! `site.toml`, where nobody finds anything to mend. If there is an error of the same sort at a page,
//! they are not told; what is left once that is mended, the next run tells.
//!
//! Nor is what the words of a drawing say told again of the drawing that is made from it.

use std::collections::HashSet;

use crate::{
    config,
    diagnostic::{Code, Diagnostic, Severity},
    source::SitePath,
};

/// Takes out what is told at the settings of a sort that is told at a file of the content, too.
pub(super) fn drop_echoes(diagnostics: &mut Vec<Diagnostic>) {
    let leaks = diagnostics.iter().filter(|it| it.code == Code::LeakInAttachment);
    let leaks: HashSet<SitePath> = leaks.map(|it| it.location.file.clone()).collect();
    if !leaks.is_empty() {
        diagnostics.retain(|it| !is_of_output(it) || !leaks.contains(&it.location.file));
    }
    let is_derived =
        |it: &Diagnostic| it.location.file.as_str() == config::FILE && is_of_output(it);
    if !diagnostics.iter().any(is_derived) {
        return;
    }
    // Only an error keeps all from being published.
    let is_at_source = |it: &&Diagnostic| it.severity == Severity::Error && !is_derived(it);
    let at_source = diagnostics.iter().filter(is_at_source);
    let told: HashSet<(bool, Option<String>)> = at_source.filter_map(sort).collect();
    diagnostics.retain(|it| !is_derived(it) || sort(it).is_none_or(|sort| !told.contains(&sort)));
}

fn is_of_output(diagnostic: &Diagnostic) -> bool {
    matches!(diagnostic.code, Code::PersonalDataInOutput | Code::WithdrawnNameInOutput)
}

/// Of which sort it is: a withdrawn name, or a kind of personal data. Nothing for any other mistake.
fn sort(diagnostic: &Diagnostic) -> Option<(bool, Option<String>)> {
    let kind = || diagnostic.args.iter().find(|(name, _)| *name == "kind");
    match diagnostic.code {
        Code::WithdrawnNameInOutput => Some((true, None)),
        Code::PersonalData | Code::PersonalDataInOutput => {
            Some((false, kind().map(|(_, kind)| kind.clone())))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Location;

    fn at(code: Code, file: &str, kind: &str) -> Diagnostic {
        Diagnostic::error(code, Location::file(SitePath::new(file))).arg("kind", kind)
    }

    fn left(mut all: Vec<Diagnostic>) -> usize {
        drop_echoes(&mut all);
        all.len()
    }

    #[test]
    fn what_a_drawing_says_is_told_once() {
        let at = |code, file| at(code, file, "mobile");
        let leak = || at(Code::LeakInAttachment, "content/a.svg");
        assert_eq!(left(vec![leak(), at(Code::PersonalDataInOutput, "content/a.svg")]), 1);
        assert_eq!(left(vec![leak(), at(Code::WithdrawnNameInOutput, "content/b.svg")]), 2);
    }

    #[test]
    fn an_error_at_a_page_is_told_alone() {
        let page = || at(Code::PersonalData, "content/notices/a.md", "mobile");
        let output = || at(Code::PersonalDataInOutput, config::FILE, "mobile");
        assert_eq!(left(vec![page(), output()]), 1);
        assert_eq!(left(vec![output(), output()]), 2);
        // A warning keeps nothing from being published.
        let warning = Diagnostic { severity: Severity::Warning, ..page() };
        assert_eq!(left(vec![warning, output()]), 2);
        let other = at(Code::PersonalDataInOutput, config::FILE, "plate");
        assert_eq!(left(vec![page(), other]), 2);
        let name = at(Code::WithdrawnNameInOutput, config::FILE, "");
        assert_eq!(left(vec![page(), name]), 2);
    }
}
