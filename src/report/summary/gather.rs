//! Gathers projects, one by one or counted already, into the groups of a summary.

use std::collections::BTreeMap;

use super::dimension::Traits;
use super::{Count, Group, Key, NotKnown, Summary, World};
use crate::domain::{Dimension, Horizon, Measure, Moment, Status};
use crate::store::{Filter, Line, Tally};

/// The name of the group of projects that belong to no forum.
const OTHER: &str = "other";

/// The values under which projects count.
pub(super) type Keys = (Vec<Key>, Vec<Key>);

/// Projects by group.
pub(super) struct Gathered<'a> {
    world: &'a World,
    by: (Dimension, Dimension),
    horizon: Horizon,
    /// The forums in their order, the other projects last.
    groups: BTreeMap<(bool, Option<String>), Members>,
}

#[derive(Default)]
struct Members {
    portions: BTreeMap<Keys, Count>,
    not_known: NotKnown,
}

impl<'a> Gathered<'a> {
    pub(super) fn new(world: &'a World, by: (Dimension, Dimension), horizon: Horizon) -> Self {
        Self {
            world,
            by,
            horizon,
            groups: BTreeMap::new(),
        }
    }

    /// Takes one project more.
    pub(super) fn add(&mut self, line: &Line) {
        let traits = Traits::of(line);
        let without_sector = usize::from(line.facts.sector.is_none());
        let (count, not_known) = self.portion(&traits);
        count.add(line);
        not_known.add(&traits, line.facts.identified, 1);
        not_known.sector += without_sector;
    }

    /// Takes projects that stand alike.
    pub(super) fn add_tally(&mut self, tally: &Tally) {
        let traits = Traits {
            forum: tally.forum.as_deref(),
            mode: tally.mode,
            status: tally.status,
            hosts: &tally.hosts,
            ..Traits::default()
        };
        let (count, not_known) = self.portion(&traits);
        count.add_alike(tally.projects, tally.identified, tally.status);
        not_known.add(&traits, tally.identified, tally.projects);
        not_known.sector += tally.without_sector;
    }

    /// Where projects count that have these traits.
    fn portion(&mut self, traits: &Traits<'_>) -> (&mut Count, &mut NotKnown) {
        let keys = |dimension: Dimension| dimension.keys_of(traits, self.world, self.horizon);
        let keys = (keys(self.by.0), keys(self.by.1));
        let group = (traits.forum.is_none(), traits.forum.map(str::to_owned));
        let members = self.groups.entry(group).or_default();
        let count = members.portions.entry(keys).or_insert_with(Count::nothing);
        (count, &mut members.not_known)
    }

    /// The summary of all that was taken.
    pub(super) fn summary(self, filter: Filter, known_at: Option<Moment>) -> Summary {
        let Self {
            world,
            by,
            horizon,
            groups,
        } = self;
        let groups: Vec<Group> = groups
            .into_iter()
            .map(|((_, forum), members)| members.group(forum.as_deref(), world, by))
            .collect();
        let mut total = Count::nothing();
        groups.iter().for_each(|group| total.merge(&group.total));
        Summary {
            as_of: horizon.report_day(),
            known_at,
            filter,
            rows: by.0,
            columns: by.1,
            measure: Measure::Count,
            money: None,
            total: total.in_order().without_rate(),
            groups,
        }
    }
}

impl Members {
    fn group(self, forum: Option<&str>, world: &World, by: (Dimension, Dimension)) -> Group {
        let Self {
            portions,
            not_known,
        } = self;
        let (rows, columns) = by;
        let mut total = Count::nothing();
        let mut by_row = BTreeMap::<&Key, Count>::new();
        let mut by_column = BTreeMap::<&Key, Count>::new();
        let mut cells = BTreeMap::<(&Key, &Key), Count>::new();
        for ((row_keys, column_keys), count) in &portions {
            total.merge(count);
            for row in row_keys {
                by_row
                    .entry(row)
                    .or_insert_with(Count::nothing)
                    .merge(count);
                for column in column_keys {
                    let cell = cells.entry((row, column)).or_insert_with(Count::nothing);
                    cell.merge(count);
                }
            }
            for column in column_keys {
                by_column
                    .entry(column)
                    .or_insert_with(Count::nothing)
                    .merge(count);
            }
        }
        let (by_row, by_column) = (in_order(rows, by_row), in_order(columns, by_column));
        let place =
            |keys: &[(Key, Count)], key: &Key| keys.iter().position(|(known, _)| known == key);
        let mut cells: Vec<_> = cells
            .into_iter()
            .map(|((row, column), count)| (row.clone(), column.clone(), count.in_order()))
            .collect();
        cells.sort_by_cached_key(|(row, column, _)| {
            (place(&by_row, row), place(&by_column, column))
        });
        let forum = forum
            .and_then(|code| world.forums.iter().find(|forum| forum.code == code))
            .cloned();
        Group {
            group: forum
                .as_ref()
                .map_or_else(|| OTHER.to_owned(), |forum| forum.code.clone()),
            forum,
            total: total.in_order(),
            by_row,
            by_column,
            cells,
            not_known,
            portions: portions.into_iter().collect(),
            rows,
            columns,
        }
    }
}

/// The values of a dimension in the order in which they are shown.
fn in_order(dimension: Dimension, keys: BTreeMap<&Key, Count>) -> Vec<(Key, Count)> {
    let mut counted: Vec<_> = keys
        .into_iter()
        .map(|(key, count)| (key.clone(), count.in_order()))
        .collect();
    counted.sort_by_cached_key(|(key, count)| dimension.order(key, count.projects));
    counted
}

impl NotKnown {
    /// What is open of projects that have these traits; of their sectors the traits do not tell.
    fn add(&mut self, traits: &Traits<'_>, identified: bool, projects: usize) {
        let if_so = |open: bool| if open { projects } else { 0 };
        self.identified += if_so(!identified);
        self.mode += if_so(traits.mode.is_none());
        self.country += if_so(traits.hosts.is_empty());
        self.status += if_so(traits.status.is_none());
        self.status_since_signing += if_so(traits.status == Some(Status::Signed));
    }
}
