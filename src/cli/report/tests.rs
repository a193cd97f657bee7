//! Outcomes of commands.

use super::*;
use crate::{diagnostic::Location, source::SitePath};

#[test]
fn an_error_of_the_program_is_told_apart_from_those_of_the_content() {
    let at = || Location::file(SitePath::new("site.toml"));
    let wrong = Diagnostic::error(Code::UnknownSetting, at());
    let internal = Diagnostic::error(Code::Internal, at());
    let note = Diagnostic::note(Code::Hidden, at());
    assert_eq!(outcome(&[]), Outcome::Done);
    assert_eq!(outcome(std::slice::from_ref(&note)), Outcome::Done);
    assert_eq!(outcome(&[note.clone(), wrong.clone()]), Outcome::Wrong);
    assert_eq!(outcome(&[note, wrong, internal]), Outcome::Internal);
}
