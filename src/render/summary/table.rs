//! The table of one group: the first columns that fit, the others folded into one, totals at the right and below.

use super::key_label;
use super::rows::{Row, figures, number, rows_of, share};
use crate::domain::{Dimension, Measure, Vocabulary as _};
use crate::language::Labels;
use crate::render::layout::{GAP, folded as folded_text, least_width, width_of};
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
    let rows = rows_of(group, layout.rows, layout.world, labels);
    let footers = FOOTERS.map(|key| labels.text(key));
    let side = || rows.iter().map(|row| &row.label).chain(&footers);
    let widest =
        |width: fn(&str) -> usize| side().map(|label| width(label)).max().unwrap_or_default();
    let totals = totals_width(group, labels);
    if let Some((parts, side)) = layout.on_one_table(group, width, widest(least_width) + totals) {
        let legend = parts.iter().flat_map(|part| &part.keys);
        return Folded {
            legend: legend.filter_map(|key| layout.legend(key)).collect(),
            sheets: vec![layout.sheet(group, &rows, &parts, Some(side - totals))],
            hidden: 0,
        };
    }
    let side = widest(width_of).min(layout.narrow_side().unwrap_or(usize::MAX));
    let space = width.saturating_sub(side + totals);
    let parts: Vec<Part<'_>> = layout.parts(group, false);
    let is_stated = |part: &&Part<'_>| part.keys.iter().all(|key| key.is_some());
    let most = layout.narrow().unwrap_or(usize::MAX);
    let needed = |part: &Part<'_>| width_of(&part.heading).clamp(PERCENT.min(most), most) + GAP;

    let mut tables = Vec::new();
    let mut shown = Vec::new();
    let mut hidden = 0;
    if all_columns || !layout.is_open_ended() {
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
            .map(|parts| layout.sheet(group, &rows, parts, None))
            .collect(),
        legend,
        hidden,
    }
}

/// How wide the largest share is: `100.0%`.
const PERCENT: usize = 6;
/// The labels of the rows beneath the table.
const FOOTERS: [&str; 3] = [
    "summary-row-projects",
    "summary-row-implemented",
    "summary-row-share",
];

/// How wide the columns of totals are, with the gaps before them.
fn totals_width(group: &Group, labels: &Labels) -> usize {
    let digits = group.total.projects.to_string().len();
    let is_whole = |count: &Count| count.implementation_rate() == Some(1.0);
    let is_whole = group.by_row.iter().any(|(_, count)| is_whole(count));
    let share = if is_whole { "100.0%" } else { "99.9%" };
    let [all, implemented, rate] = totals(labels).map(|heading| width_of(&heading));
    all.max(digits) + implemented.max(digits) + rate.max(width_of(share)) + 3 * GAP
}

/// How wide a heading is on two lines, if it has a place to be folded at.
fn on_two_lines(heading: &str) -> usize {
    let widths = least_width(heading)..width_of(heading);
    let mut fitting = widths.filter(|width| folded_text(heading, *width).len() <= 2);
    fitting.next().unwrap_or_else(|| width_of(heading))
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
    /// One column for each key, under short headings where there are such.
    fn parts<'a>(&self, group: &'a Group, is_short: bool) -> Vec<Part<'a>> {
        let keys = group.by_column.iter().map(|(key, _)| key);
        keys.map(|key| self.part(key, is_short)).collect()
    }

    /// All columns side by side, if they fit beside rows of this width at least, and the space that is left for those.
    fn on_one_table<'a>(
        &self,
        group: &'a Group,
        width: usize,
        rows: usize,
    ) -> Option<(Vec<Part<'a>>, usize)> {
        let tries = [false, true].into_iter();
        let mut tries = tries.map(|is_short| self.parts(group, is_short));
        tries.find_map(|parts| {
            let needed = |part: &Part<'_>| self.width_of_part(&part.heading) + GAP;
            let left = width.checked_sub(parts.iter().map(needed).sum())?;
            (left >= rows).then_some((parts, left))
        })
    }

    /// How wide a column is where space is short.
    fn width_of_part(&self, heading: &str) -> usize {
        let least = match self.measure {
            Measure::Commitments => 8,
            _ => PERCENT,
        };
        let most = self.narrow().unwrap_or(usize::MAX);
        on_two_lines(heading).clamp(least, most)
    }

    /// One column. Countries stand under their codes, which the legend explains.
    fn part<'a>(&self, key: &'a Key, is_short: bool) -> Part<'a> {
        let heading = match (self.columns, key) {
            (Dimension::Country, Some(code)) => code.clone(),
            (Dimension::Mode, Some(mode)) if is_short => {
                self.labels.text(&format!("mode-short-{mode}"))
            }
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

    /// Lets the names of the rows and the headings of the columns after them be folded.
    pub(super) fn narrowed(&self, sheet: &mut Sheet, parts: &[Part<'_>], side: Option<usize>) {
        if let Some(column) = sheet.columns.first_mut() {
            column.narrow = side.or(self.narrow_side());
        }
        let columns = sheet.columns.iter_mut().skip(1).zip(parts);
        columns.for_each(|(column, part)| column.narrow = Some(self.width_of_part(&part.heading)));
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

    fn sheet(
        &self,
        group: &Group,
        rows: &[Row<'_>],
        parts: &[Part<'_>],
        side: Option<usize>,
    ) -> Sheet {
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
        self.narrowed(&mut sheet, parts, side);
        let all: Vec<&Key> = group.by_column.iter().map(|(key, _)| key).collect();
        let columns = parts.iter().map(|part| part.keys.as_slice());
        let columns: Vec<&[&Key]> = columns.chain([all.as_slice()]).collect();
        let keys: Vec<&[&Key]> = rows.iter().map(|row| row.keys.as_slice()).collect();
        let mut figures_of = group.cells_of(&keys, &columns);
        let mut of_parts = figures_of.pop().unwrap_or_default();
        of_parts.pop();
        for (row, mut cells) in rows.iter().zip(figures_of) {
            if row.begins {
                sheet.parts.push(sheet.rows.len());
            }
            let total = cells.pop().unwrap_or_default();
            let cells = cells.into_iter().zip(parts).map(|(cell, part)| {
                let place = self.list(group, &row.keys, &part.keys);
                match cell {
                    (0, _) => self.figure(cell),
                    _ => self.figure(cell).leading_to(place),
                }
            });
            let place = self.list(group, &row.keys, &[]);
            let label = Cell::from(row.label.as_str()).leading_to(self.page_of(row).or(place));
            sheet.rows.push(
                [label]
                    .into_iter()
                    .chain(cells)
                    .chain(figures(total))
                    .collect(),
            );
        }
        sheet.parts.push(sheet.rows.len());
        let total = (group.total.projects, group.total.implemented);
        let mut footer = |key: &str, cell: fn((usize, usize)) -> Cell, total: [Cell; 3]| {
            let label = Cell::from(labels.text(key));
            let cells = of_parts.iter().map(|figures| cell(*figures));
            let row = [label].into_iter().chain(cells).chain(total);
            sheet.rows.push(row.collect());
        };
        let nothing = || [Cell::Blank, Cell::Blank, Cell::Blank];
        let [all, implemented, rate] = FOOTERS;
        footer(all, |(projects, _)| Cell::Count(projects), figures(total));
        footer(
            implemented,
            |(_, implemented)| Cell::Count(implemented),
            nothing(),
        );
        footer(
            rate,
            |(projects, implemented)| share(implemented, projects),
            nothing(),
        );
        sheet
    }
}

impl Layout<'_> {
    /// Returns the page of the web desk that a row is about.
    fn page_of(&self, row: &Row<'_>) -> Option<String> {
        let ([Some(code)], Dimension::Country) = (row.keys.as_slice(), self.rows) else {
            return None;
        };
        Some(format!("country/{code}"))
    }

    /// Returns the list of the web desk with the projects behind a figure; None where no filter says which they are.
    fn list(&self, group: &Group, rows: &[&Key], columns: &[&Key]) -> Option<String> {
        let forum = group.forum.as_ref();
        let forum = forum.map_or("other", |forum| forum.code.as_str());
        let mut address = format!("projects?forum={forum}");
        for (dimension, keys) in [(self.rows, rows), (self.columns, columns)] {
            match keys {
                [] => {}
                [key] => {
                    let word = key.as_deref().unwrap_or(crate::store::NOT_STATED);
                    address.push_str(&format!("&{}={word}", dimension.word()));
                }
                _ => return None,
            }
        }
        Some(address)
    }

    /// What a cell says of its projects.
    fn figure(&self, (projects, implemented): (usize, usize)) -> Cell {
        match self.measure {
            Measure::Share if projects > 0 => share(implemented, projects),
            Measure::Implemented if projects > 0 => Cell::Count(implemented),
            _ => number(projects),
        }
    }
}
