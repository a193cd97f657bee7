//! Outcomes of commands.

use super::*;
use crate::{diagnostic::Location, source::SitePath};

#[test]
fn an_error_of_the_program_is_told_apart_from_those_of_the_content() {
    let at = || Location::file(SitePath::new("site.toml"));
    let wrong = Diagnostic::error(Code::UnknownSetting, at());
    let internal = Diagnostic::error(Code::Internal, at());
    let note = Diagnostic::note(Code::Hidden, at());
    assert_eq!(outcome(&[], false), Outcome::Done);
    assert_eq!(outcome(std::slice::from_ref(&note), false), Outcome::Done);
    assert_eq!(outcome(&[note.clone(), wrong.clone()], false), Outcome::Wrong);
    assert_eq!(outcome(&[note.clone(), wrong, internal], false), Outcome::Internal);
    let doubtful = Diagnostic::warning(Code::LostWords, note.location.clone());
    assert_eq!(outcome(std::slice::from_ref(&doubtful), false), Outcome::Done);
    assert_eq!(outcome(&[note, doubtful], true), Outcome::Wrong);
}
