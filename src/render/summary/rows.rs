//! The rows of a table and what stands in them.

use super::key_label;
use crate::domain::Dimension;
use crate::language::Labels;
use crate::render::Cell;
use crate::report::{Group, Key, World, is_third_country};

/// Rows of a table that belong together, or one of them.
pub(super) struct Row<'a> {
    pub(super) label: String,
    pub(super) keys: Vec<&'a Key>,
    /// Whether a new part of the table begins with it.
    pub(super) begins: bool,
}

/// The rows in their order. Of countries, third ones come first and are added up; China, Japan and "not stated" stand apart.
pub(super) fn rows_of<'a>(
    group: &'a Group,
    dimension: Dimension,
    world: &World,
    labels: &Labels,
) -> Vec<Row<'a>> {
    let row = |key: &'a Key| Row {
        label: key_label(dimension, key, world, labels),
        keys: vec![key],
        begins: false,
    };
    let keys = group.by_row.iter().map(|(key, _)| key);
    if dimension != Dimension::Country {
        return keys.map(row).collect();
    }
    let is_third = |key: &&Key| is_third_country(key);
    let (third, apart): (Vec<&Key>, Vec<&Key>) = keys.partition(is_third);
    let mut rows: Vec<Row<'_>> = third.iter().copied().map(row).collect();
    if third.len() > 1 && !apart.is_empty() {
        rows.push(Row {
            label: labels.text("summary-row-third"),
            keys: third,
            begins: true,
        });
    }
    let begins = !rows.is_empty();
    rows.extend(
        apart
            .into_iter()
            .map(row)
            .enumerate()
            .map(|(place, row)| Row {
                begins: begins && place == 0,
                ..row
            }),
    );
    rows
}

/// A count in the body of the table: a dot for none, so that the figures stand out.
pub(super) fn number(count: usize) -> Cell {
    if count == 0 {
        Cell::from("·")
    } else {
        Cell::Count(count)
    }
}

/// All, the implemented of them, and their share.
pub(super) fn figures((projects, implemented): (usize, usize)) -> [Cell; 3] {
    let share = share(implemented, projects);
    [Cell::Count(projects), Cell::Count(implemented), share]
}

/// The implemented of all.
pub(super) fn share(implemented: usize, projects: usize) -> Cell {
    let exact = |number: usize| u32::try_from(number).ok().map(f64::from);
    match (exact(implemented), exact(projects)) {
        (Some(implemented), Some(projects)) if projects > 0.0 => {
            Cell::Share(implemented / projects)
        }
        _ => Cell::Blank,
    }
}
