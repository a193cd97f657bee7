//! How much of a value is shown: the rules of its field, its collection, its record and the portal
//! taken together.
//!
//! The first line that fits counts:
//!
//! | field | shown |
//! | --- | --- |
//! | internal, or an identity card | nothing |
//! | an image | all; that a picture goes with its person is decided in `disclosure` |
//! | masked, but no person's name | a part |
//! | nothing about a person | all |
//! | about somebody's work: an office line, an address | all |
//! | a rule for names that shows less than all | a part, by the strictest such rule |
//! | personal, with a basis | all |
//! | personal, without one | a part, and a warning |
//!
//! The same function serves the check of records, which warns, and disclosure, which masks: so what
//! is warned of is what is masked.

use crate::{
    config::Names,
    schema::{
        Collection, Field, FieldType, Posting, Value, phone,
        posting::{Basis, Exposure, Privacy},
    },
};

impl Field {
    /// Returns whether it is about a person, by its type: a name, or a way to reach or recognise
    /// somebody. An image is not, as most show places.
    pub fn is_personal(&self) -> bool {
        use FieldType::{Address, Email, IdNumber, Person, Phone};
        matches!(self.kind, Person | Phone | Email | Address | IdNumber)
    }
}

impl Collection {
    /// How much of a value is shown. `names` is the portal's rule for names; of it and those of the
    /// collection, the field and the record the strictest counts.
    ///
    /// [`Exposure::NeedsBasis`] is returned for what would be shown whole if there were a basis;
    /// the caller masks it. Whether the person is of age is not decided here: that needs the clock.
    pub fn exposure(
        &self,
        field: &Field,
        value: &Value,
        posting: Option<&Posting>,
        names: Names,
    ) -> Exposure {
        let own = posting.and_then(|it| it.names);
        match (field.privacy, field.kind) {
            (Privacy::Internal, _) | (_, FieldType::IdNumber) => return Exposure::Withheld,
            (_, FieldType::Image) => return Exposure::Whole,
            (Privacy::Masked, FieldType::Person) => {}
            (Privacy::Masked, _) => return Exposure::Masked(Names::Masked),
            _ if !field.is_personal() => return Exposure::Whole,
            _ => {}
        }
        let names = self.names_of(field, names).max(own.unwrap_or(Names::Full));
        let office = |value: &Value| value.as_text().is_some_and(phone::is_office_line);
        let at_work = field.work
            && match field.kind {
                FieldType::Phone => value.each().iter().all(office),
                kind => kind != FieldType::Person,
            };
        match names {
            Names::Full if at_work => Exposure::Whole,
            Names::Full if self.basis(posting).is_some() => Exposure::Whole,
            Names::Full => Exposure::NeedsBasis,
            _ if at_work => Exposure::Whole,
            names => Exposure::Masked(names),
        }
    }

    /// Returns how much of a field's values is shown where its records say no more of it. `names` is
    /// the portal's rule for names; of it and those of the collection and the field the strictest
    /// counts.
    pub fn names_of(&self, field: &Field, names: Names) -> Names {
        let declared = if field.privacy == Privacy::Masked { Names::Masked } else { Names::Full };
        if field.kind == FieldType::Person {
            names.max(declared).max(self.publication.names.unwrap_or(Names::Full))
        } else {
            declared
        }
    }

    /// Returns why a record's persons may be named: by the record's own basis, else by that of the
    /// collection. Nothing if the record gives one without its paper; then that of the collection
    /// does not count either.
    pub fn basis<'a>(&'a self, posting: Option<&'a Posting>) -> Option<&'a Basis> {
        let declared = || self.publication.basis.as_ref();
        match posting {
            Some(posting) if posting.unfounded => None,
            posting => posting.and_then(|it| it.basis.as_ref()).or_else(declared),
        }
    }
}
