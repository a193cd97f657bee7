//! What a field is for a reader: the title of a record, its picture, whom to call.
//!
//! A declaration says it, or it follows from the types (`declaration/roles.rs`). Pages and templates
//! ask for the role, so none of them chooses among fields.

use crate::source::named::named;

named! {
    /// What a field is for a reader.
    Role {
        /// What a record is called.
        Title = "title",
        /// What happened, or what it is about.
        Summary = "summary",
        /// Which sort of record it is; lists are grouped by it.
        Kind = "kind",
        /// Whom it is about.
        Person = "person",
        /// What it looks like.
        Picture = "picture",
        /// Whom to call.
        Phone = "phone",
        /// Where it is.
        Venue = "venue",
        /// The number that counts most.
        Number = "number",
    }
}

/// Which field of a collection has each role, as indexes of its fields, and which of its figures
/// counts most. A field may have several roles. Fields that are never published have none.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Roles {
    fields: [Option<usize>; Role::NAMES.len()],
    /// The figure that counts most, as an index of the collection's figures. It is told apart by
    /// nothing.
    pub figure: Option<usize>,
}

impl Role {
    /// All of them, in the order of the documentation.
    pub fn all() -> impl Iterator<Item = Self> {
        Self::NAMES.iter().filter_map(|name| Self::parse(name))
    }
}

impl Roles {
    /// The field with that role.
    pub fn get(&self, role: Role) -> Option<usize> {
        self.fields[role as usize]
    }

    /// Gives the role to a field, or to none.
    pub fn set(&mut self, role: Role, field: Option<usize>) {
        self.fields[role as usize] = field;
    }

    /// The roles of a field.
    pub fn of(&self, field: usize) -> impl Iterator<Item = Role> {
        Role::all().filter(move |role| self.get(*role) == Some(field))
    }
}
