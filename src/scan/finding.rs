//! What is found: a datum of some kind, and where it stands.

use std::ops::Range;

use serde::{Deserialize, Serialize};

/// What a datum is. Earlier kinds are stronger: they stay where findings overlap.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum DataKind {
    /// A resident identity number (GB 11643), of 18 or 15 digits.
    IdNumber,
    /// The number of a bank card.
    BankCard,
    /// A mobile phone number of mainland China.
    Mobile,
    /// A number plate.
    Plate,
    /// A home, down to the room.
    HomeAddress,
    /// An e-mail address.
    Email,
    /// The name of somebody of whom something sensitive is said. It has no form of its own: only
    /// [`exposed`](crate::scan::exposed()) finds it.
    Sensitive,
}

impl DataKind {
    /// Every kind, the strongest first.
    pub const ALL: [Self; 7] = [
        Self::IdNumber,
        Self::BankCard,
        Self::Mobile,
        Self::Plate,
        Self::HomeAddress,
        Self::Email,
        Self::Sensitive,
    ];

    /// The names, in the order of [`DataKind::ALL`]. Declarations allow kinds by these names.
    pub const NAMES: [&'static str; 7] =
        ["id-number", "bank-card", "phone", "plate", "address", "email", "sensitive"];

    /// What files and messages call it.
    pub fn name(self) -> &'static str {
        Self::NAMES[self as usize]
    }

    /// Hardly anybody has a reason to publish it.
    pub fn is_forbidden(self) -> bool {
        matches!(self, Self::IdNumber | Self::BankCard)
    }

    /// An office may have a reason to publish it, which it then has to give: the number of a card may
    /// be the account of an organisation.
    pub fn may_be_allowed(self) -> bool {
        self != Self::IdNumber
    }

    /// The kind of that name. None for others; names are compared with case.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.name() == name)
    }
}

/// A datum that was found. The text is not kept; `range` leads to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What it is.
    pub kind: DataKind,
    /// Where it stands: bytes of what was scanned, without a country code before it.
    pub range: Range<usize>,
    /// The same for the same datum, however it is written. It is a plain hash: whoever knows the
    /// key of a phone number can find the number by trying them all.
    pub key: u64,
}
