//! What has to change in a record so that it says what a row of a table does, in the keys that its file
//! uses.
//!
//! A table has a column for each part of a group, and of several groups for each part of each
//! ([`crate::schema::group`]). The parts of a record stand under the key of their group, those of
//! several in a list:
//!
//! ```text
//! 楼栋    联系人1·姓名  联系人1·手机  联系人2·姓名       - 楼栋: 1号楼
//! 1号楼   王秀兰        82550111     李敏        ◀─▶     联系人:
//!                                                         - {姓名: 王秀兰, 手机: 82550111}
//!                                                         - {姓名: 李敏}
//! ```
//!
//! Groups of a row that are empty are none: those behind move up. Where a table lacks a column for
//! something that the groups of a record say, nobody knows what moved, so there each stays in its place.

use std::collections::HashMap;

use crate::{
    cli::import::compared::{Import, Read},
    edit::{Change, GroupChange, NewValue},
    schema::{
        Value,
        group::{Group, WrittenGroup},
        raw::RawValue,
    },
};

/// How the first record that has something writes its key.
pub(super) struct Names<'r> {
    /// By field.
    fields: HashMap<usize, &'r str>,
    /// By the name of a group.
    groups: HashMap<&'r str, &'r str>,
    /// By the names of a group and a part of it.
    parts: HashMap<(&'r str, &'r str), &'r str>,
}

impl<'r> Names<'r> {
    /// The keys and values of a group as it is to be written.
    fn values(&self, parts: &[Part<'_>]) -> Vec<(String, NewValue)> {
        let filled = parts.iter().filter(|it| !it.0.texts.is_empty());
        filled.map(|(value, group)| (self.part(group), new_value(value))).collect()
    }

    /// Of the records of a list.
    pub(super) fn of(records: &'r [Read]) -> Self {
        let mut names =
            Self { fields: HashMap::new(), groups: HashMap::new(), parts: HashMap::new() };
        for record in records {
            for value in &record.raw.values {
                names.fields.entry(value.field).or_insert(value.key.as_str());
            }
            for group in &record.raw.groups {
                names.groups.entry(group.name).or_insert(group.key.as_str());
                for (part, key) in group.items.iter().flat_map(|it| &it.1) {
                    names.parts.entry((group.name, part)).or_insert(key.as_str());
                }
            }
        }
        names
    }

    fn group(&self, group: &'static str) -> String {
        (*self.groups.get(group).unwrap_or(&group)).to_owned()
    }

    fn part(&self, group: &Group) -> String {
        (*self.parts.get(&(group.name, group.part)).unwrap_or(&group.part)).to_owned()
    }
}

/// In what a record differs from a row.
#[derive(Default)]
pub(super) struct Difference {
    /// The fields: that of the record, and that of the row. They are one but for groups that moved up.
    pub(super) fields: Vec<(usize, usize)>,
    /// What makes it the same.
    pub(super) changes: Vec<Change>,
}

/// A record beside the row that is the same.
#[derive(Clone, Copy)]
struct Pair<'p> {
    old: &'p Read,
    new: &'p Read,
    /// The number of the record in its file.
    number: usize,
    names: &'p Names<'p>,
}

/// A cell of a row that is a part of a group.
type Part<'p> = (&'p RawValue, &'p Group);

impl Import<'_> {
    /// What has to be changed in a record so that it says what the table does. Columns that the table
    /// does not have are left alone. Nothing if nobody can tell which group is meant.
    pub(super) fn difference(
        &self,
        old: &Read,
        new: &Read,
        (number, names): (usize, &Names<'_>),
    ) -> Option<Difference> {
        let pair = Pair { old, new, number, names };
        let mut found = Difference::default();
        let mut groups: Vec<&'static str> = Vec::new();
        for value in &new.raw.values {
            // A list that is kept in a table has a cell for each part, as the row has.
            let group = self.field(value.field).group.as_ref();
            if let Some(group) = group.filter(|_| !old.raw.place.file.is_table()) {
                if !groups.contains(&group.name) {
                    groups.push(group.name);
                    self.of_group(pair, group, &mut found)?;
                }
                continue;
            }
            let known = old.raw.values.iter().find(|it| it.field == value.field);
            let is_same = match (old.values.get(value.field), new.values.get(value.field)) {
                (Some(old), Some(new)) => old == new,
                // A field of its publication is compared as it is written.
                _ => {
                    known.map(|it| &it.texts).filter(|it| !it.is_empty())
                        == Some(&value.texts).filter(|it| !it.is_empty())
                }
            };
            if !is_same {
                let key = known.map_or_else(|| self.name(value.field), |it| it.key.clone());
                found.fields.push((value.field, value.field));
                found.changes.push(Change::Set(number, key, new_value(value)));
            }
        }
        Some(found)
    }

    /// The same of the groups of one name.
    fn of_group(&self, pair: Pair<'_>, group: &Group, found: &mut Difference) -> Option<()> {
        let Pair { old, new, number, names } = pair;
        let written = old.raw.groups.iter().find(|it| it.name == group.name);
        let parts = self.parts(new, group.name);
        let filled = numbers(&parts);
        let count = written.map_or(0, |it| it.items.len());
        let Some(written) = written.filter(|_| count > 0) else {
            let all = filled.iter().map(|it| of(&parts, *it));
            let values: Vec<_> = all.clone().map(|it| names.values(&it)).collect();
            if values.is_empty() {
                return Some(());
            }
            found.fields.extend(all.flatten().map(|(value, _)| (value.field, value.field)));
            let key = written.map_or_else(|| names.group(group.name), |it| it.key.clone());
            let value = if group.number == 0 {
                NewValue::Group(values.into_iter().next()?)
            } else {
                NewValue::Groups(values)
            };
            // A list of none is there already.
            found.changes.push(Change::Set(number, key, value));
            return Some(());
        };
        if group.number == 0 {
            return self.of_one(pair, written, (0, 0), &parts, found);
        }
        // All that the groups of the record say has a column, for each of them.
        let last = parts.iter().map(|it| it.1.number).max().unwrap_or(0);
        let is_complete = (1..=last).all(|number| {
            let said = written.items.iter().flat_map(|it| &it.1);
            said.into_iter()
                .all(|(part, _)| parts.iter().any(|it| (it.1.number, it.1.part) == (number, *part)))
        });
        let place = |at: usize| u16::try_from(at + 1).unwrap_or(u16::MAX);
        if is_complete && usize::from(last) >= count {
            return self.of_all(pair, written, (&parts, &filled), found);
        }
        for at in 0..count {
            self.of_one(pair, written, (at, place(at)), &of(&parts, place(at)), found)?;
        }
        let more: Vec<u16> = filled.into_iter().filter(|it| usize::from(*it) > count).collect();
        let is_next = more.iter().zip(place(count)..).all(|(number, next)| *number == next);
        is_next.then(|| Self::added(pair, written, (&parts, &more), found))
    }

    /// What changes in the groups of a record if a table has all of them.
    fn of_all(
        &self,
        pair: Pair<'_>,
        written: &WrittenGroup,
        (parts, filled): (&[Part<'_>], &[u16]),
        found: &mut Difference,
    ) -> Option<()> {
        let count = written.items.len();
        let mut removed = Vec::new();
        let mut left = filled.iter().peekable();
        for at in 0..count {
            match left.peek() {
                Some(number) if self.is_same(pair, at, parts, **number) => drop(left.next()),
                _ => removed.push(at),
            }
        }
        if left.peek().is_some() || removed.len() + filled.len() != count {
            // Others than before, so each takes the place that it has in the table.
            removed = (filled.len()..count).collect();
            for (at, number) in (0..count).zip(filled) {
                self.of_one(pair, written, (at, *number), &of(parts, *number), found)?;
            }
        }
        for at in &removed {
            let said = written.items[*at].1.iter();
            let gone = said.filter_map(|(part, _)| {
                let group = parts.iter().find(|it| it.1.part == *part)?.1;
                let field = self.part_field(group, *at)?;
                (!pair.old.values[field].is_absent()).then_some(field)
            });
            found.fields.extend(gone.map(|it| (it, it)));
            let key = written.key.clone();
            found.changes.push(if written.is_list {
                let at = GroupChange::Remove(written.items[*at].0);
                Change::Group(pair.number, key, at)
            } else {
                Change::Set(pair.number, key, NewValue::Nothing)
            });
        }
        let more = filled.get(count..).unwrap_or_default();
        Self::added(pair, written, (parts, more), found);
        Some(())
    }

    /// A group of a record says what one of a row does.
    fn is_same(&self, pair: Pair<'_>, at: usize, parts: &[Part<'_>], number: u16) -> bool {
        of(parts, number).iter().all(|(value, group)| {
            let was = self.part_field(group, at);
            was.is_some_and(|was| pair.old.values[was] == pair.new.values[value.field])
        })
    }

    /// What changes in one group: in that which stands `at`, for it to say what that of the row with
    /// this `number` does.
    fn of_one(
        &self,
        pair: Pair<'_>,
        written: &WrittenGroup,
        (at, number): (usize, u16),
        parts: &[Part<'_>],
        found: &mut Difference,
    ) -> Option<()> {
        let (place, keys) = written.items.get(at)?;
        for (value, group) in parts {
            let was = if number == 0 { value.field } else { self.part_field(group, at)? };
            if pair.old.values[was] == pair.new.values[value.field] {
                continue;
            }
            let key = keys.iter().find(|it| it.0 == group.part);
            let key = key.map_or_else(|| pair.names.part(group), |it| it.1.clone());
            let place = written.is_list.then_some(*place);
            let change = GroupChange::Set(place, key, new_value(value));
            found.fields.push((was, value.field));
            found.changes.push(Change::Group(pair.number, written.key.clone(), change));
        }
        Some(())
    }

    /// Groups of a row that the record does not have.
    fn added(
        pair: Pair<'_>,
        written: &WrittenGroup,
        (parts, more): (&[Part<'_>], &[u16]),
        found: &mut Difference,
    ) {
        for number in more {
            let parts = of(parts, *number);
            let values = pair.names.values(&parts);
            found.fields.extend(
                parts.iter().filter(|it| !it.0.texts.is_empty()).map(|it| (it.0.field, it.0.field)),
            );
            let change = GroupChange::Add(values);
            found.changes.push(Change::Group(pair.number, written.key.clone(), change));
        }
    }

    /// The cells of a row that are parts of groups of that name.
    fn parts<'p>(&'p self, row: &'p Read, name: &str) -> Vec<Part<'p>> {
        let parts = row.raw.values.iter().filter_map(|value| {
            let group = self.field(value.field).group.as_ref()?;
            (group.name == name).then_some((value, group))
        });
        parts.collect()
    }

    /// The field that is that part of the group that stands `at`, from zero.
    fn part_field(&self, part: &Group, at: usize) -> Option<usize> {
        let fields = self.collection().fields.iter();
        let mut groups = fields.enumerate().filter_map(|it| Some((it.0, it.1.group.as_ref()?)));
        let is_it = |it: &(usize, &Group)| {
            it.1.is_like(part) && (it.1.number == 0 || usize::from(it.1.number) == at + 1)
        };
        groups.find(is_it).map(|it| it.0)
    }

    /// A record as it is to be written: keys as the others of the list have them.
    pub(super) fn written(&self, record: &Read, names: &Names<'_>) -> Vec<(String, NewValue)> {
        let mut written: Vec<(String, NewValue)> = Vec::new();
        let mut groups: Vec<&'static str> = Vec::new();
        for value in record.raw.values.iter().filter(|it| !it.texts.is_empty()) {
            let Some(group) = &self.field(value.field).group else {
                let key = names.fields.get(&value.field);
                let key = key.map_or_else(|| self.name(value.field), |key| (*key).to_owned());
                written.push((key, new_value(value)));
                continue;
            };
            if groups.contains(&group.name) {
                continue;
            }
            groups.push(group.name);
            let parts = self.parts(record, group.name);
            let each = numbers(&parts);
            let mut each = each.iter().map(|it| names.values(&of(&parts, *it)));
            let value = match group.number {
                0 => NewValue::Group(each.next().unwrap_or_default()),
                _ => NewValue::Groups(each.collect()),
            };
            written.push((names.group(group.name), value));
        }
        written
    }

    /// All that a record says, where groups that are empty are passed over.
    pub(super) fn all_values<'r>(&self, record: &'r Read) -> Vec<&'r Value> {
        let fields = &self.collection().fields;
        if fields.iter().all(|it| it.group.as_ref().is_none_or(|it| it.number == 0)) {
            return record.values.iter().collect();
        }
        let mut order: Vec<usize> = (0..record.values.len()).collect();
        let number = |field: usize| {
            let group = fields.get(field)?.group.as_ref().filter(|it| it.number > 0)?;
            Some((group.name, group.number))
        };
        let is_empty = |of: (&str, u16)| {
            let own = (0..record.values.len()).filter(|it| number(*it) == Some(of));
            own.into_iter().all(|it| record.values[it].is_absent())
        };
        // Fields of one group stand together, those of several behind each other.
        order.sort_by_key(|field| number(*field).map(is_empty));
        order.into_iter().map(|it| &record.values[it]).collect()
    }
}

/// The numbers of the groups in which something stands, in order.
fn numbers(parts: &[Part<'_>]) -> Vec<u16> {
    let filled = parts.iter().filter(|it| !it.0.texts.is_empty());
    let mut numbers: Vec<u16> = filled.map(|it| it.1.number).collect();
    numbers.sort_unstable();
    numbers.dedup();
    numbers
}

/// The cells of the group with that number.
fn of<'p>(parts: &[Part<'p>], number: u16) -> Vec<Part<'p>> {
    parts.iter().filter(|it| it.1.number == number).copied().collect()
}

/// A value as it is to be written.
fn new_value(value: &RawValue) -> NewValue {
    match value.texts.as_slice() {
        [] => NewValue::Nothing,
        [only] if !value.is_list => NewValue::Text(only.clone()),
        several => NewValue::List(several.to_vec()),
    }
}
