//! How a list is entered: by month, by day of the week, by building.

use serde::Serialize;

use crate::render::context::Link;

/// Records that stand together in a list and are of one month or year: `records[from:to]`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Run {
    /// `2026-03` or `2026`; empty for records without a date.
    pub period: String,
    /// The index of the first one.
    pub from: usize,
    /// The index behind the last one.
    pub to: usize,
    /// How many there are.
    pub count: usize,
    /// All of the period are on this page: none is on the page before or behind.
    pub whole: bool,
}

/// A day of a week in which something is planned.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WeekDay {
    /// `2026-03-05`.
    pub date: String,
    /// How much is to come on it.
    pub count: usize,
    /// How much would have been on it, and is cancelled.
    pub cancelled: usize,
}

/// Where to find things that have numbers.
#[derive(Debug, Clone, Serialize)]
pub struct Finder {
    /// What they are: the label of their field.
    pub label: String,
    /// They by what stands before their numbers: a compound, a street.
    pub groups: Vec<FinderGroup>,
    /// How many there are.
    pub count: usize,
}

/// Things of one compound or street.
#[derive(Debug, Clone, Serialize)]
pub struct FinderGroup {
    /// What stands before their numbers; may be empty.
    pub title: String,
    /// The record of each, by number.
    pub links: Vec<Link>,
}
