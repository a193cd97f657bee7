//! When and how a record or notice may be published: what it says beside its collection's fields,
//! and what its collection says for all of them.

use jiff::civil::{Date, DateTime};
use serde::{Deserialize, Serialize};

use crate::config::Names;
use crate::{
    schema::{OldAddress, Period},
    source::named::named,
    text::Localized,
};

named! {
    /// How far a field is published.
    Privacy {
        /// As it stands; what is about a person only with a [`Basis`].
        Public = "public",
        /// In part, by the rules of its type. An image with the name of the person in it, or not.
        Masked = "masked",
        /// Never.
        Internal = "internal",
    }
}

named! {
    /// Why a person may be named in public.
    BasisKind {
        /// The person agreed to it.
        Consent = "consent",
        /// A law wants it.
        Statutory = "statutory",
        /// It is about the duties of an office that the person holds.
        Office = "office",
    }
}

/// Why a person may be named, and where that is on record.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, Hash)]
pub struct Basis {
    /// Why.
    pub kind: BasisKind,
    /// The paper that says so: a number, a law. Empty for offices.
    pub reference: Box<str>,
    /// The day of the paper.
    pub date: Option<Date>,
}

/// What a record, a file of records or a notice says of its own publication. Everything here is
/// for [`crate::disclosure`]; of it only the objection period and addresses are public, since when a
/// record is posted that people subscribe to, and that it is a draft where drafts are shown.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, Hash)]
#[expect(clippy::struct_excessive_bools, reason = "each is something that a record may say")]
pub struct Posting {
    /// The first moment at which it is posted.
    pub from: Option<DateTime>,
    /// The first moment at which it is no longer posted.
    pub until: Option<DateTime>,
    /// It is not finished.
    pub draft: bool,
    /// From that day on the person does not want to be named.
    pub withdrawn: Option<Date>,
    /// Why its persons may be named.
    pub basis: Option<Basis>,
    /// A reason is given, but not the paper: then no other reason counts.
    pub unfounded: bool,
    /// It is about somebody under age.
    pub minor: bool,
    /// When the person was born.
    pub born: Option<Date>,
    /// How much of its names is shown, if less than elsewhere.
    pub names: Option<Names>,
    /// When it may be objected to.
    pub objection: Option<Objection>,
    /// Somebody in it is not shown in full. The portal says so, once it is decided.
    pub masked: bool,
    /// Names in it that somebody withdrew elsewhere are those of others, for a stated reason.
    pub namesakes: bool,
    /// Its name in its address, in place of what that is made from.
    pub slug: Option<Box<str>>,
    /// The addresses at which it was found before.
    pub aliases: Vec<OldAddress>,
}

/// The days on which anybody may object to what is posted (公示期).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Hash)]
pub struct Objection {
    /// The first of them; as soon as it is posted, if not given.
    pub from: Option<Date>,
    /// The last of them.
    pub until: Date,
    /// What a reader has to do, if the collection does not say so.
    pub how: Option<Box<str>>,
    /// Whom to call, if the collection does not say so.
    pub phone: Option<Box<str>>,
}

impl Posting {
    /// What holds of a record in a file that says this of all its records: of two moments the
    /// narrower, of two rules the stricter, of two papers and of addresses those of the record.
    pub(super) fn of(self, record: Self) -> Self {
        let unfounded = record.unfounded || self.unfounded && record.basis.is_none();
        let earlier = |a: Option<DateTime>, b: Option<DateTime>| a.into_iter().chain(b).min();
        Self {
            from: self.from.max(record.from),
            until: earlier(self.until, record.until),
            draft: self.draft || record.draft,
            withdrawn: self.withdrawn.into_iter().chain(record.withdrawn).min(),
            basis: if record.unfounded { None } else { record.basis.or(self.basis) },
            unfounded,
            minor: self.minor || record.minor,
            born: record.born.or(self.born),
            names: self.names.max(record.names),
            objection: record.objection.or(self.objection),
            masked: self.masked || record.masked,
            namesakes: self.namesakes || record.namesakes,
            slug: record.slug,
            aliases: record.aliases,
        }
    }

    /// What is left of it once it is decided what may be published; `followed` if people subscribe
    /// to it. Whether names are others' is asked later, once all names that somebody withdrew are
    /// known. An address that was chosen may spell a name that is not shown, so of a masked record it
    /// is left out.
    pub(crate) fn public(self, masked: bool, followed: bool) -> Option<Box<Self>> {
        let Self { draft, objection, namesakes, slug, aliases, .. } = self;
        let from = self.from.filter(|_| followed);
        let (slug, aliases) = if masked { (None, Vec::new()) } else { (slug, aliases) };
        let public =
            Self { from, draft, objection, masked, namesakes, slug, aliases, ..Self::default() };
        (public != Self::default()).then(|| Box::new(public))
    }
}

/// What a collection says of the publication of all its records.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Publication {
    /// How much of names is shown, if less than the portal shows.
    pub names: Option<Names>,
    /// Why persons may be named in it.
    pub basis: Option<Basis>,
    /// From when a record is posted that does not say so.
    pub from: Option<Term>,
    /// The last day on which a record is posted that does not say so.
    pub until: Option<Term>,
    /// Its records may be objected to.
    pub objection: Option<ObjectionRule>,
    /// Which small counts are not shown.
    pub suppress: Option<Suppress>,
}

/// How records of a collection may be objected to.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ObjectionRule {
    /// From when; as soon as a record is posted, if not given.
    pub from: Option<Term>,
    /// The last day.
    pub until: Term,
    /// What a reader has to do.
    pub how: Localized,
    /// Whom to call; the place's office if not given.
    pub phone: Option<String>,
    /// What a record is called once nobody has objected: `已确认`.
    pub after: Localized,
}

/// A day counted from another: `date`, `1 year after date`, `3 days before date`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Term {
    /// From which day.
    pub base: Base,
    /// How far, and whether back.
    pub distance: Option<(Period, Direction)>,
}

/// The direction in which a period is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Direction {
    /// Towards later days.
    After,
    /// Towards earlier days.
    Before,
}

/// A day that a record gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Base {
    /// The day from which it is posted; if it does not say, the day on which it happens.
    From,
    /// A field, by its index.
    Field(usize),
}

/// Which counts are too small to be shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Suppress {
    /// Counts from 1 up to this one, without it, are not shown.
    pub below: u16,
    /// At places under the level of that rank.
    pub under: u32,
}

/// How much of a field is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Exposure {
    /// All of it.
    Whole,
    /// All of it if there were a basis.
    NeedsBasis,
    /// A part.
    Masked(Names),
    /// Nothing.
    Withheld,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fingerprint::assert_each_field_counts;

    fn term(field: usize) -> Term {
        Term { base: Base::Field(field), distance: None }
    }

    fn rule() -> ObjectionRule {
        ObjectionRule {
            from: None,
            until: term(0),
            how: Localized::default(),
            phone: None,
            after: Localized::default(),
        }
    }

    fn basis() -> Basis {
        Basis { kind: BasisKind::Consent, reference: "".into(), date: None }
    }

    fn objection() -> Objection {
        Objection { from: None, until: Date::ZERO, how: None, phone: None }
    }

    #[test]
    fn all_that_a_collection_rules_is_in_the_fingerprint() {
        assert_each_field_counts!(
            Publication::default(),
            Publication {
                names: Some(Names::Full),
                basis: Some(basis()),
                from: Some(term(0)),
                until: Some(term(0)),
                objection: Some(rule()),
                suppress: Some(Suppress { below: 3, under: 0 }),
            }
        );
        assert_each_field_counts!(
            rule(),
            ObjectionRule {
                from: Some(term(0)),
                until: term(1),
                how: Localized::plain("x"),
                phone: Some(String::new()),
                after: Localized::plain("x"),
            }
        );
        let period = Period::parse("1 day").unwrap();
        let terms = [
            term(0),
            Term { distance: Some((period, Direction::After)), ..term(0) },
            Term { distance: Some((period, Direction::Before)), ..term(0) },
            Term { base: Base::From, distance: None },
        ];
        let fingerprints = terms.iter().map(crate::fingerprint::Fingerprint::of);
        assert_eq!(fingerprints.collect::<std::collections::BTreeSet<_>>().len(), terms.len());
        assert_each_field_counts!(Suppress { below: 3, under: 0 }, Suppress { below: 4, under: 1 });
    }

    #[test]
    fn all_that_a_record_states_is_in_the_fingerprint() {
        assert_each_field_counts!(
            Posting::default(),
            Posting {
                from: Some(DateTime::ZERO),
                until: Some(DateTime::ZERO),
                draft: true,
                withdrawn: Some(Date::ZERO),
                basis: Some(basis()),
                unfounded: true,
                minor: true,
                born: Some(Date::ZERO),
                names: Some(Names::Full),
                objection: Some(objection()),
                masked: true,
                namesakes: true,
                slug: Some("x".into()),
                aliases: vec![OldAddress { path: "x/".into(), line: 1 }],
            }
        );
        assert_each_field_counts!(
            basis(),
            Basis { kind: BasisKind::Office, reference: "x".into(), date: Some(Date::ZERO) }
        );
        assert_each_field_counts!(
            objection(),
            Objection {
                from: Some(Date::ZERO),
                until: Date::MAX,
                how: Some("".into()),
                phone: Some("".into()),
            }
        );
    }
}
