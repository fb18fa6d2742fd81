//! Rows of a sheet of figures about countries: the columns of `tpmc indicator list` and of the data package.

use std::collections::BTreeMap;

use csv::StringRecord;

use super::cell;
use super::table::{Naming, Taker, no_such_column};
use crate::domain::unguarded;
use crate::message::Message;
use crate::report::Said;

/// What every sheet of figures has.
const NEEDED: [&str; 5] = ["place", "indicator", "period", "value", "unit"];
/// All columns. `code` and `id` follow from the others.
const COLUMNS: [&str; 12] = [
    "place",
    "indicator",
    "period",
    "value",
    "unit",
    "original_source",
    "printed_in",
    "source",
    "derived",
    "note",
    "code",
    "id",
];

/// A figure as a row states it: its cells by column, without the empty ones.
#[derive(Debug)]
pub(crate) struct IncomingFigure {
    pub(crate) row: u64,
    pub(crate) cells: BTreeMap<&'static str, String>,
    /// Whether it was worked out from other figures.
    pub(crate) derived: bool,
    /// What is wrong with the row as a whole.
    pub(crate) fault: Option<Said>,
}

/// Reads rows of a sheet of figures.
pub(super) struct FigureRows<'a> {
    each: &'a mut dyn FnMut(IncomingFigure),
    columns: Vec<Option<&'static str>>,
}

impl<'a> FigureRows<'a> {
    pub(super) fn new(each: &'a mut dyn FnMut(IncomingFigure)) -> Self {
        Self {
            each,
            columns: Vec::new(),
        }
    }
}

fn known(heading: &str) -> Option<&'static str> {
    let heading = heading.trim();
    COLUMNS.iter().copied().find(|column| *column == heading)
}

impl Taker for FigureRows<'_> {
    fn score(&self, row: &StringRecord) -> usize {
        let cells: Vec<&str> = row.iter().filter_map(known).collect();
        let has_all = NEEDED.iter().all(|needed| cells.contains(needed));
        if has_all { cells.len() } else { 0 }
    }

    fn headings(&mut self, names: &[String], _: &[String]) -> Result<(), Message> {
        for (index, name) in names.iter().enumerate() {
            let column = known(name);
            if column.is_none() && !name.is_empty() {
                return Err(no_such_column(index, name, COLUMNS));
            }
            if column.is_some() && self.columns.contains(&column) {
                return Err(message!("why-list-two-columns-of-name", name));
            }
            self.columns.push(column);
        }
        Ok(())
    }

    fn naming(&self) -> Naming {
        Naming::default()
    }

    fn row(
        &mut self,
        number: u64,
        cells: &StringRecord,
        fault: Option<Said>,
    ) -> Result<bool, Message> {
        let stated = self.columns.iter().zip(cells).filter_map(|(column, cell)| {
            let text = unguarded(cell.trim());
            Some(((*column)?, text.to_owned())).filter(|_| !text.is_empty())
        });
        let mut figure = IncomingFigure {
            row: number,
            cells: stated.collect(),
            derived: false,
            fault,
        };
        match figure.cells.remove("derived").as_deref().map(cell::flag) {
            Some(Ok(derived)) => figure.derived = derived,
            Some(Err(said)) => figure.fault = figure.fault.or(Some(said)),
            None => {}
        }
        (self.each)(figure);
        Ok(true)
    }

    fn no_headings(&self, _: &[(u64, StringRecord)]) -> Message {
        message!("why-list-no-figure-headings", columns = NEEDED.join(", "))
    }
}
