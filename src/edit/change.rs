//! What can be changed in a file of records.

/// A change of a file of records.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// The value of a key of a record, by its number from zero. A key that the record does not have
    /// is added behind the others.
    Set(usize, String, NewValue),
    /// A record is taken out, by its number from zero.
    Remove(usize),
    /// A record is added behind all others: keys and values in their order.
    Add(Vec<(String, NewValue)>),
    /// Something in the group under a key of a record, by the number of the record from zero.
    Group(usize, String, GroupChange),
}

/// A change of a group: of a mapping under a key, or of a list of mappings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum GroupChange {
    /// The value of a key in it; of a list in the mapping with that number from zero. A key that is not
    /// there is added behind the others.
    Set(Option<usize>, String, NewValue),
    /// One more group behind the others. A mapping becomes the first of a list.
    Add(Vec<(String, NewValue)>),
    /// The group with that number from zero is taken out of a list.
    Remove(usize),
}

/// What a key is to say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NewValue {
    /// Nothing; the key stays.
    Nothing,
    /// A text, of one line or more.
    Text(String),
    /// Several texts.
    List(Vec<String>),
    /// A group: keys and values in their order.
    Group(Vec<(String, NewValue)>),
    /// A list of groups.
    Groups(Vec<Vec<(String, NewValue)>>),
}

/// Why a file is left as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refused {
    /// It has mistakes of syntax.
    Broken,
    /// It has no list of records, or none with that number.
    NoRecord,
    /// It is written in a way that cannot be edited without touching anything else.
    Form,
}
