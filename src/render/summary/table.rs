//! The table of one group: the first columns that fit, the others folded into one, totals at the right and below.

use super::key_label;
use crate::domain::{Dimension, Measure};
use crate::language::Labels;
use crate::render::layout::{GAP, width_of};
use crate::render::{Cell, Sheet};
use crate::report::{Count, Group, Key, Money, World};

/// What the headings are made from.
pub(super) struct Layout<'a> {
    pub(super) rows: Dimension,
    pub(super) columns: Dimension,
    pub(super) world: &'a World,
    pub(super) labels: &'a Labels,
    pub(super) measure: Measure,
    pub(super) money: Option<&'a Money>,
}

/// The tables of one group.
pub(super) struct Folded {
    pub(super) sheets: Vec<Sheet>,
    /// What the codes over the columns mean.
    pub(super) legend: Vec<String>,
    /// How many columns are folded into "other".
    pub(super) hidden: usize,
}

/// Some of a group's columns under one heading.
pub(super) struct Part<'a> {
    pub(super) heading: String,
    pub(super) keys: Vec<&'a Key>,
}

/// Lays a group out in `width` columns of the terminal: in one table, or in as many as it takes to show them all.
pub(super) fn folded(
    group: &Group,
    layout: &Layout<'_>,
    width: usize,
    all_columns: bool,
) -> Folded {
    let labels = layout.labels;
    let labelled = group
        .by_row
        .iter()
        .map(|(key, _)| key_label(layout.rows, key, layout.world, labels));
    let footers = [
        "summary-row-projects",
        "summary-row-implemented",
        "summary-row-share",
    ]
    .map(|key| labels.text(key));
    let side = labelled
        .chain(footers)
        .map(|label| width_of(&label))
        .max()
        .unwrap_or_default()
        .min(layout.narrow_side().unwrap_or(usize::MAX));
    let totals = totals(labels)
        .iter()
        .map(|heading| width_of(heading).max(6) + GAP)
        .sum::<usize>();
    let space = width.saturating_sub(side + totals);
    let parts: Vec<Part<'_>> = group
        .by_column
        .iter()
        .map(|(key, _)| layout.part(key))
        .collect();
    let is_stated = |part: &&Part<'_>| part.keys.iter().all(|key| key.is_some());
    let most = layout.narrow().unwrap_or(usize::MAX);
    let needed = |part: &Part<'_>| width_of(&part.heading).clamp(4, most) + GAP;

    let mut tables = Vec::new();
    let mut shown = Vec::new();
    let mut hidden = 0;
    if parts.iter().map(needed).sum::<usize>() <= space {
        shown.extend(parts.iter().filter(is_stated).map(|part| part.keys.clone()));
        tables.push(parts);
    } else if all_columns || !layout.is_open_ended() {
        for part in parts {
            shown.extend(
                part.keys
                    .iter()
                    .filter(|key| key.is_some())
                    .map(|key| vec![*key]),
            );
            let fits = |table: &Vec<Part<'_>>| {
                table.iter().map(needed).sum::<usize>() + needed(&part) <= space
            };
            match tables.last_mut().filter(|table| fits(table)) {
                Some(table) => table.push(part),
                None => tables.push(vec![part]),
            }
        }
    } else {
        let (stated, unstated): (Vec<_>, Vec<_>) =
            parts.into_iter().partition(|part| is_stated(&part));
        let widest = layout.fold(&stated).heading;
        let reserved = width_of(&widest) + GAP + unstated.iter().map(needed).sum::<usize>();
        let (kept, rest) = layout.kept(stated, space.saturating_sub(reserved), needed);
        hidden = rest.len();
        shown.extend(kept.iter().map(|part| part.keys.clone()));
        let folded = layout.fold(&rest);
        let mut table = kept;
        let place = if layout.is_in_order() { 0 } else { table.len() };
        table.insert(place, folded);
        table.extend(unstated);
        tables.push(table);
    }
    let legend = shown
        .iter()
        .flatten()
        .filter_map(|key| layout.legend(key))
        .collect();
    Folded {
        sheets: tables
            .iter()
            .map(|parts| layout.sheet(group, parts))
            .collect(),
        legend,
        hidden,
    }
}

fn totals(labels: &Labels) -> [String; 3] {
    [
        "summary-column-projects",
        "summary-column-implemented",
        "summary-column-share",
    ]
    .map(|key| labels.text(key))
}

impl Layout<'_> {
    /// One column. Countries stand under their codes, which the legend explains.
    fn part<'a>(&self, key: &'a Key) -> Part<'a> {
        let heading = match (self.columns, key) {
            (Dimension::Country, Some(code)) => code.clone(),
            _ => key_label(self.columns, key, self.world, self.labels),
        };
        Part {
            heading,
            keys: vec![key],
        }
    }

    /// Whether the columns are as many as the world has to offer: those with few projects are folded into one. The words of a
    /// closed list are all shown, in several tables if need be.
    fn is_open_ended(&self) -> bool {
        matches!(
            self.columns,
            Dimension::Country | Dimension::Party | Dimension::Year
        )
    }

    /// Whether the columns follow on one another, as years do: then the latest are shown, and what is folded stands before them.
    fn is_in_order(&self) -> bool {
        self.columns == Dimension::Year
    }

    /// Whether the columns are many and their order or their long names matter more than their number of projects.
    pub(super) fn is_better_in_rows(&self) -> bool {
        matches!(self.columns, Dimension::Year | Dimension::Party)
    }

    /// How wide a column is at most: the names of parties are folded.
    fn narrow(&self) -> Option<usize> {
        (self.columns == Dimension::Party).then_some(12)
    }

    /// How wide the names of the rows are at most.
    fn narrow_side(&self) -> Option<usize> {
        (self.rows == Dimension::Party).then_some(24)
    }

    /// Lets the names of the rows and the columns after them, so many, be folded.
    pub(super) fn narrowed(&self, sheet: &mut Sheet, parts: usize) {
        if let Some(side) = sheet.columns.first_mut() {
            side.narrow = self.narrow_side();
        }
        let columns = sheet.columns.iter_mut().skip(1).take(parts);
        columns.for_each(|column| column.narrow = self.narrow());
    }

    /// The columns that fit into `space`, and the others.
    fn kept<'a>(
        &self,
        mut parts: Vec<Part<'a>>,
        space: usize,
        needed: impl Fn(&Part<'_>) -> usize,
    ) -> (Vec<Part<'a>>, Vec<Part<'a>>) {
        let mut left = space;
        let mut fits = |part: &&Part<'_>| {
            let fits = needed(part) <= left;
            left = left.saturating_sub(needed(part));
            fits
        };
        if self.is_in_order() {
            let kept = parts.iter().rev().take_while(&mut fits).count();
            let kept = parts.split_off(parts.len() - kept);
            (kept, parts)
        } else {
            let kept = parts.iter().take_while(&mut fits).count();
            let rest = parts.split_off(kept);
            (parts, rest)
        }
    }

    /// Several columns as one.
    fn fold<'a>(&self, parts: &[Part<'a>]) -> Part<'a> {
        let heading = match parts.last() {
            Some(last) if self.is_in_order() => {
                let year = last.heading.clone();
                self.labels.with("years-to", &[("year", year.into())])
            }
            _ => {
                let count = parts.len();
                self.labels.with("other-hosts", &[("count", count.into())])
            }
        };
        let keys = parts.iter().flat_map(|part| part.keys.iter().copied());
        Part {
            heading,
            keys: keys.collect(),
        }
    }

    fn legend(&self, key: &Key) -> Option<String> {
        let code = key
            .as_deref()
            .filter(|_| self.columns == Dimension::Country)?;
        Some(format!("{code} {}", self.labels.country(code)))
    }

    fn sheet(&self, group: &Group, parts: &[Part<'_>]) -> Sheet {
        if let (Measure::Commitments, Some(money)) = (self.measure, self.money) {
            return self.money_sheet(group, parts, money);
        }
        let labels = self.labels;
        let headings = parts.iter().map(|part| part.heading.clone());
        let mut sheet = Sheet::new(
            [labels.word(self.rows)]
                .into_iter()
                .chain(headings)
                .chain(totals(labels)),
        )
        .numbers_from(1);
        self.narrowed(&mut sheet, parts.len());
        let keys: Vec<&[&Key]> = parts.iter().map(|part| part.keys.as_slice()).collect();
        let mut figures_of = group.cells_of(&keys);
        let of_parts = figures_of.pop().unwrap_or_default();
        for ((key, count), cells) in group.by_row.iter().zip(figures_of) {
            let cells = cells.into_iter().map(|cell| self.figure(cell));
            let label = Cell::from(key_label(self.rows, key, self.world, labels));
            sheet.rows.push(
                [label]
                    .into_iter()
                    .chain(cells)
                    .chain(figures(count))
                    .collect(),
            );
        }
        sheet.parts.push(sheet.rows.len());
        let mut footer = |key: &str, cell: &dyn Fn(&(usize, usize)) -> Cell, total: [Cell; 3]| {
            let label = Cell::from(labels.text(key));
            sheet.rows.push(
                [label]
                    .into_iter()
                    .chain(of_parts.iter().map(cell))
                    .chain(total)
                    .collect(),
            );
        };
        let total = &group.total;
        footer(
            "summary-row-projects",
            &|(projects, _)| Cell::Count(*projects),
            figures(total),
        );
        let nothing = [Cell::Blank, Cell::Blank, Cell::Blank];
        footer(
            "summary-row-implemented",
            &|(_, implemented)| Cell::Count(*implemented),
            nothing.clone(),
        );
        footer(
            "summary-row-share",
            &|(projects, implemented)| share(*implemented, *projects),
            nothing,
        );
        sheet
    }
}

impl Layout<'_> {
    /// What a cell says of its projects.
    fn figure(&self, (projects, implemented): (usize, usize)) -> Cell {
        match self.measure {
            Measure::Share if projects > 0 => share(implemented, projects),
            Measure::Implemented if projects > 0 => Cell::Count(implemented),
            _ => number(projects),
        }
    }
}

/// A count in the body of the table: a dot for none, so that the figures stand out.
fn number(count: usize) -> Cell {
    if count == 0 {
        Cell::from("·")
    } else {
        Cell::Count(count)
    }
}

fn figures(count: &Count) -> [Cell; 3] {
    let rate = count.implementation_rate().map_or(Cell::Blank, Cell::Share);
    [
        Cell::Count(count.projects),
        Cell::Count(count.implemented),
        rate,
    ]
}

fn share(implemented: usize, projects: usize) -> Cell {
    let exact = |number: usize| u32::try_from(number).ok().map(f64::from);
    match (exact(implemented), exact(projects)) {
        (Some(implemented), Some(projects)) if projects > 0.0 => {
            Cell::Text(format!("{:.0}%", implemented / projects * 100.0))
        }
        _ => Cell::Blank,
    }
}
