//! The summary: how many projects there are and how many are implemented, by any two dimensions.
//!
//! The agreements of a forum and the other projects are groups of their own: the first are a complete population, the others
//! are those that became known, and one rate over both would mislead.

mod commitments;
mod count;
mod dimension;

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use serde::ser::SerializeMap as _;
use serde::{Serialize, Serializer};

use crate::domain::{Dimension, Horizon, Measure, Moment, ProjectCode, Status, Vocabulary as _};
use crate::store::{Filter, Forum, Line};
pub(crate) use commitments::{Commitments, Money, MoneyTerms, Why};
pub(crate) use count::Count;
pub(crate) use dimension::{Key, World};

/// Implementation by two dimensions.
#[derive(Debug, Serialize)]
pub(crate) struct Summary {
    pub(crate) as_of: NaiveDate,
    /// When the registry is asked what it said at an earlier time.
    pub(crate) known_at: Option<Moment>,
    pub(crate) filter: Filter,
    pub(crate) rows: Dimension,
    pub(crate) columns: Dimension,
    pub(crate) measure: Measure,
    /// In which money the commitments are counted, and with which rates, where that is asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) money: Option<Money>,
    /// Over all groups: counts only, never a rate.
    pub(crate) total: Count,
    pub(crate) groups: Vec<Group>,
}

/// A forum's agreements, or the other projects.
#[derive(Debug)]
pub(crate) struct Group {
    /// The forum's code, or `other`.
    pub(crate) group: String,
    pub(crate) forum: Option<Forum>,
    pub(crate) total: Count,
    /// Each project once under each of its values.
    pub(crate) by_row: Vec<(Key, Count)>,
    pub(crate) by_column: Vec<(Key, Count)>,
    pub(crate) cells: Vec<(Key, Key, Count)>,
    pub(crate) not_known: NotKnown,
    rows: Dimension,
    columns: Dimension,
}

/// What the group leaves open, in projects.
#[derive(Debug, Serialize)]
pub(crate) struct NotKnown {
    pub(crate) identified: usize,
    pub(crate) mode: usize,
    pub(crate) country: usize,
    pub(crate) sector: usize,
    pub(crate) status: usize,
    /// Signed, and nothing recorded of what came after.
    pub(crate) status_since_signing: usize,
}

/// The name of the group of projects that belong to no forum.
const OTHER: &str = "other";

impl Summary {
    /// Counts `lines`. A group without a project appears when it is a forum's and nothing is filtered.
    pub(crate) fn of(
        lines: &[Line],
        world: &World,
        filter: Filter,
        by: (Dimension, Dimension),
        horizon: Horizon,
        known_at: Option<Moment>,
    ) -> Self {
        let (rows, columns) = by;
        let mut members = BTreeMap::<(bool, Option<&str>), Vec<&Line>>::new();
        for line in lines {
            let forum = line.facts.forum.as_deref();
            members
                .entry((forum.is_none(), forum))
                .or_default()
                .push(line);
        }
        let groups = members.into_iter().map(|((_, forum), lines)| {
            let forum = forum
                .and_then(|code| world.forums.iter().find(|forum| forum.code == code))
                .cloned();
            Group::of(forum, &lines, world, by, horizon)
        });
        let groups = groups.collect();
        Self {
            as_of: horizon.as_of,
            known_at,
            filter,
            rows,
            columns,
            measure: Measure::Count,
            money: None,
            total: Count::of(lines.iter()).without_rate(),
            groups,
        }
    }
}

impl Summary {
    /// The same with every figure in money too.
    pub(crate) fn with_money(mut self, money: Money) -> Self {
        let value = |count: &mut Count| count.commitments = Some(money.sum(&count.codes));
        value(&mut self.total);
        for group in &mut self.groups {
            value(&mut group.total);
            let keyed = group.by_row.iter_mut().chain(&mut group.by_column);
            keyed.for_each(|(_, count)| value(count));
            group
                .cells
                .iter_mut()
                .for_each(|(_, _, count)| value(count));
        }
        self.money = Some(money);
        self
    }
}

impl Group {
    fn of(
        forum: Option<Forum>,
        lines: &[&Line],
        world: &World,
        by: (Dimension, Dimension),
        horizon: Horizon,
    ) -> Self {
        let (rows, columns) = by;
        let mut by_row = BTreeMap::<Key, Vec<&Line>>::new();
        let mut by_column = BTreeMap::<Key, Vec<&Line>>::new();
        let mut cells = BTreeMap::<(Key, Key), Vec<&Line>>::new();
        for line in lines {
            let (row_keys, column_keys) = (
                rows.keys(line, world, horizon),
                columns.keys(line, world, horizon),
            );
            for row in &row_keys {
                by_row.entry(row.clone()).or_default().push(line);
                for column in &column_keys {
                    cells
                        .entry((row.clone(), column.clone()))
                        .or_default()
                        .push(line);
                }
            }
            for column in column_keys {
                by_column.entry(column).or_default().push(line);
            }
        }
        let counted = |dimension: Dimension, keys: BTreeMap<Key, Vec<&Line>>| {
            let mut counted: Vec<_> = keys
                .into_iter()
                .map(|(key, lines)| (key, Count::of(lines)))
                .collect();
            counted.sort_by_cached_key(|(key, count)| dimension.order(key, count.projects));
            counted
        };
        let (by_row, by_column) = (counted(rows, by_row), counted(columns, by_column));
        let place =
            |keys: &[(Key, Count)], key: &Key| keys.iter().position(|(known, _)| known == key);
        let mut cells: Vec<_> = cells
            .into_iter()
            .map(|((row, column), lines)| (row, column, Count::of(lines)))
            .collect();
        cells.sort_by_cached_key(|(row, column, _)| {
            (place(&by_row, row), place(&by_column, column))
        });
        Self {
            group: forum
                .as_ref()
                .map_or_else(|| OTHER.to_owned(), |forum| forum.code.clone()),
            forum,
            total: Count::of(lines.iter().copied()),
            by_row,
            by_column,
            cells,
            not_known: NotKnown::of(lines),
            rows,
            columns,
        }
    }

    /// The projects of one row under any of several columns, each once.
    pub(crate) fn codes(&self, row: Option<&Key>, columns: &[&Key]) -> BTreeSet<&ProjectCode> {
        let wanted = |(of, column, _): &&(Key, Key, Count)| {
            row.is_none_or(|row| row == of) && columns.contains(&column)
        };
        self.cells
            .iter()
            .filter(wanted)
            .flat_map(|(_, _, count)| &count.codes)
            .collect()
    }
}

impl NotKnown {
    fn of(lines: &[&Line]) -> Self {
        let count = |test: fn(&Line) -> bool| lines.iter().filter(|line| test(line)).count();
        Self {
            identified: count(|line| !line.facts.identified),
            mode: count(|line| line.facts.mode.is_none()),
            country: count(|line| line.hosts.is_empty()),
            sector: count(|line| line.facts.sector.is_none()),
            status: count(|line| line.standing.status.is_none()),
            status_since_signing: count(|line| line.standing.status == Some(Status::Signed)),
        }
    }
}

/// A count under one or two keys, the keys named after their dimensions.
struct Keyed<'a> {
    keys: Vec<(Dimension, &'a Key)>,
    count: &'a Count,
    with_codes: bool,
}

impl Serialize for Keyed<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        for (dimension, key) in &self.keys {
            map.serialize_entry(dimension.word(), key)?;
        }
        self.count.entries(&mut map)?;
        if self.with_codes {
            map.serialize_entry("codes", &self.count.codes)?;
        }
        map.end()
    }
}

impl Serialize for Group {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("group", &self.group)?;
        map.serialize_entry("total", &self.total)?;
        for (dimension, counts) in [(self.rows, &self.by_row), (self.columns, &self.by_column)] {
            let keyed = counts.iter().map(|(key, count)| Keyed {
                keys: vec![(dimension, key)],
                count,
                with_codes: false,
            });
            map.serialize_entry(
                &format!("by_{}", dimension.word()),
                &keyed.collect::<Vec<_>>(),
            )?;
        }
        let cells = self.cells.iter().map(|(row, column, count)| {
            let keys = vec![(self.rows, row), (self.columns, column)];
            Keyed {
                keys,
                count,
                with_codes: true,
            }
        });
        map.serialize_entry("cells", &cells.collect::<Vec<_>>())?;
        map.serialize_entry("not_known", &self.not_known)?;
        map.end()
    }
}

#[cfg(test)]
mod tests;
