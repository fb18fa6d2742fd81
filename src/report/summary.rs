//! The summary: how many projects there are and how many are implemented, by any two dimensions.
//!
//! The agreements of a forum and the other projects are groups of their own: the first are a complete population, the others
//! are those that became known, and one rate over both would mislead.

mod commitments;
mod count;
mod dimension;
mod gather;

use std::collections::BTreeSet;

use serde::ser::SerializeMap as _;
use serde::{Serialize, Serializer};

use crate::domain::{
    CountryCode, Dimension, Horizon, Measure, Moment, ProjectCode, ReportDay, Vocabulary as _,
};
use crate::store::{Filter, Forum, Line, Tally};
pub(crate) use commitments::{Commitments, Counted, Money, MoneyTerms, Why};
pub(crate) use count::Count;
pub(crate) use dimension::{Key, World, is_third_country};
use gather::{Gathered, Keys};

/// Implementation by two dimensions.
#[derive(Debug, Serialize)]
pub(crate) struct Summary {
    #[serde(flatten)]
    pub(crate) as_of: ReportDay,
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
    /// The projects by the values under which they count, each in one portion only.
    portions: Vec<(Keys, Count)>,
    rows: Dimension,
    columns: Dimension,
}

/// What the group leaves open, in projects.
#[derive(Debug, Default, Serialize)]
pub(crate) struct NotKnown {
    pub(crate) identified: usize,
    pub(crate) mode: usize,
    pub(crate) country: usize,
    pub(crate) sector: usize,
    pub(crate) status: usize,
    /// Signed, and nothing recorded of what came after.
    pub(crate) status_since_signing: usize,
}

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
        let mut gathered = Gathered::new(world, by, horizon);
        lines.iter().for_each(|line| gathered.add(line));
        gathered.summary(filter, known_at)
    }

    /// Counts what is counted already: the same figures, without codes. Both dimensions must be [`Dimension::is_tallied`].
    pub(crate) fn of_tallies(
        tallies: &[Tally],
        world: &World,
        filter: Filter,
        by: (Dimension, Dimension),
        horizon: Horizon,
        known_at: Option<Moment>,
    ) -> Self {
        let mut gathered = Gathered::new(world, by, horizon);
        tallies.iter().for_each(|tally| gathered.add_tally(tally));
        gathered.summary(filter, known_at)
    }
}

impl Summary {
    /// The countries that it is about, and those that it is filtered by.
    pub(crate) fn countries(&self) -> Vec<&str> {
        let mut found = BTreeSet::new();
        for group in &self.groups {
            for (dimension, keys) in [(self.rows, &group.by_row), (self.columns, &group.by_column)]
            {
                if dimension == Dimension::Country {
                    found.extend(keys.iter().filter_map(|(key, _)| key.as_deref()));
                }
            }
        }
        found.extend(
            self.filter
                .country
                .iter()
                .flatten()
                .map(CountryCode::as_str),
        );
        found.into_iter().collect()
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
    /// The projects under any key of each of `rows`, and of all together in the end, and any key of each of `parts`, each counted
    /// once: all, and the implemented ones.
    pub(crate) fn cells_of(&self, rows: &[&[&Key]], parts: &[&[&Key]]) -> Vec<Vec<(usize, usize)>> {
        let is_any = |keys: &[Key], of: &[&Key]| of.iter().any(|key| keys.contains(key));
        let mut cells = vec![vec![(0, 0); parts.len()]; rows.len() + 1];
        for ((keys, under), count) in &self.portions {
            let is_under: Vec<bool> = parts.iter().map(|part| is_any(under, part)).collect();
            let in_row = rows.iter().map(|row| is_any(keys, row));
            let wanted = cells.iter_mut().zip(in_row.chain([true]));
            for (row, _) in wanted.filter(|(_, is_in_row)| *is_in_row) {
                let under = row.iter_mut().zip(&is_under);
                for ((projects, implemented), _) in under.filter(|(_, is_under)| **is_under) {
                    *projects += count.projects;
                    *implemented += count.implemented;
                }
            }
        }
        cells
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
            match self.count.codes_left_out() {
                0 => {}
                left_out => map.serialize_entry("codes_left_out", &left_out)?,
            }
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
