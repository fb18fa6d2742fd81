//! A table in a file: its headings, and its rows one after the other, without those that are no projects.

mod headings;
mod totals;

use csv::StringRecord;

pub(in crate::exchange) use headings::letters;
pub(super) use headings::{FirstRows, Place, columns, no_such_column, quoted, repeated};

use super::{Intake, IntakeOptions, Leave, REJECTED_BECAUSE};
use crate::message::Message;
use crate::report::{Flaw, Said};

/// What takes in a table.
pub(super) trait Taker {
    /// How many headings that are known the row has; 0: it is no row of headings.
    fn score(&self, row: &StringRecord) -> usize;

    /// The same of the first rows of a table.
    fn scores(&self, rows: &[StringRecord]) -> Vec<usize> {
        rows.iter().map(|row| self.score(row)).collect()
    }

    /// The headings, blanks around them taken away; those of hidden columns are empty, and stand in `hidden`. Refused where
    /// the table cannot be understood.
    fn headings(&mut self, names: &[String], hidden: &[String]) -> Result<(), Message>;

    /// Which columns say what a row is about, once the headings are known.
    fn naming(&self) -> Naming;

    /// A row with something in it. `fault` is what is wrong with the row as a whole. False stops.
    fn row(
        &mut self,
        number: u64,
        cells: &StringRecord,
        fault: Option<Said>,
    ) -> Result<bool, Message>;

    /// A hidden row, which is left out: what is written once for a group may stand in it.
    fn passed_over(&mut self, _: &StringRecord) {}

    /// Why none of the first rows has the headings.
    fn no_headings(&self, rows: &[(u64, StringRecord)]) -> Message;
}

/// Which columns say what a row is about.
#[derive(Debug, Default)]
pub(super) struct Naming {
    pub(super) titles: Vec<usize>,
    /// By what the list knows a project.
    pub(super) keys: Vec<usize>,
    /// Our own codes: a row that has one is no row of totals.
    pub(super) ours: Vec<usize>,
}

/// What there is to know of a row besides its cells.
#[derive(Debug, Default)]
pub(super) struct About {
    /// Whether it is hidden, and left out for that.
    pub(super) hidden: bool,
    /// Cells in which something is struck out, and left out for that.
    pub(super) struck: u64,
    /// Cells of hidden columns, with what stands in them.
    pub(super) hidden_cells: Vec<(usize, String)>,
    /// What is wrong with the row as a whole, where it is no row of headings.
    pub(super) fault: Option<Said>,
}

/// Takes the headings from where they stand, and hands on the rows below them.
pub(super) struct Headed<'a> {
    taker: &'a mut dyn Taker,
    place: Place,
    upper: Vec<StringRecord>,
    width: Option<usize>,
    naming: Naming,
    takes_totals: bool,
    /// Whether the last column has the reasons for which an import gave the rows back: they are none of the table's own.
    has_reasons: bool,
    /// Hidden columns with something in them, and their headings.
    hidden: std::collections::BTreeMap<usize, String>,
    pub(super) intake: Intake,
}

impl<'a> Headed<'a> {
    pub(super) fn new(
        taker: &'a mut dyn Taker,
        options: &IntakeOptions,
        place: Place,
        intake: Intake,
    ) -> Self {
        Self {
            taker,
            place,
            upper: Vec::new(),
            width: None,
            naming: Naming::default(),
            takes_totals: options.totals == Some(Leave::Take),
            has_reasons: false,
            hidden: std::collections::BTreeMap::new(),
            intake,
        }
    }

    /// Takes a row of the file. False: no more rows are wanted.
    pub(super) fn push(
        &mut self,
        number: u64,
        row: &StringRecord,
        about: About,
    ) -> Result<bool, Message> {
        match self.width {
            Some(width) => self.below(number, row, width, about),
            None => self.above(number, row, about),
        }
    }

    /// A row above the headings, or one of theirs.
    fn above(&mut self, number: u64, row: &StringRecord, about: About) -> Result<bool, Message> {
        let begins = number == self.place.row;
        let is_empty = row.iter().all(|cell| cell.trim().is_empty());
        if number < self.place.row || (!begins && (is_empty || about.hidden)) {
            return Ok(true);
        }
        if is_empty || (!begins && self.upper.is_empty()) {
            return Err(message!("why-list-empty-headings", row = self.place.row));
        }
        for (column, text) in about.hidden_cells {
            self.hidden.insert(column, text);
        }
        self.intake.header_row = self.place.row;
        self.upper.push(row.clone());
        if self.upper.len() < self.place.depth {
            return Ok(true);
        }
        let mut names = headings::names(&self.upper);
        while names.last().is_some_and(String::is_empty) {
            names.pop();
        }
        self.has_reasons = names.pop_if(|name| name == REJECTED_BECAUSE).is_some();
        let hidden: Vec<String> = self.hidden.values().cloned().collect();
        self.taker.headings(&names, &hidden)?;
        self.naming = self.taker.naming();
        self.width = Some(names.len());
        self.intake.headings = names;
        Ok(true)
    }

    fn below(
        &mut self,
        number: u64,
        row: &StringRecord,
        width: usize,
        about: About,
    ) -> Result<bool, Message> {
        for (column, _) in about.hidden_cells.into_iter().filter(|_| !about.hidden) {
            self.hidden.entry(column).or_default();
        }
        let is_empty = row
            .iter()
            .all(|cell| cell.is_empty() || cell.trim().is_empty());
        let left_out = &mut self.intake.left_out;
        let kind = if about.hidden && !(is_empty && about.struck == 0) {
            self.taker.passed_over(row);
            &mut left_out.hidden_rows
        } else if is_empty && about.struck > 0 {
            &mut left_out.struck_rows
        } else if is_empty || about.hidden {
            return Ok(true);
        } else if row.iter().map(str::trim).eq(self.intake.headings.iter()) {
            &mut left_out.repeated_headings
        } else if !self.takes_totals && totals::is_total(row, &self.naming) {
            &mut left_out.totals
        } else {
            left_out.struck_cells += about.struck;
            return self.hand_on(number, row, width, about.fault);
        };
        kind.add(number);
        self.intake.rows_read += 1;
        Ok(true)
    }

    fn hand_on(
        &mut self,
        number: u64,
        row: &StringRecord,
        width: usize,
        fault: Option<Said>,
    ) -> Result<bool, Message> {
        self.intake.rows_read += 1;
        let without_reason: StringRecord;
        let row = if self.has_reasons && row.len() > width {
            let cells = row.iter().enumerate();
            without_reason = cells
                .filter(|(place, _)| *place != width)
                .map(|(_, cell)| cell)
                .collect();
            &without_reason
        } else {
            row
        };
        let beyond = row.iter().skip(width).any(|cell| !cell.trim().is_empty());
        // Spreadsheets keep no empty cells at the end of a row; in a text, cells that lack are a slip.
        let is_short = row.len() < width && self.intake.delimiter.is_some();
        let uneven = (beyond || is_short).then(|| {
            let cells = Flaw::Uneven.with("cells", row.len());
            cells.with("headings", width)
        });
        let fault = fault.or(uneven);
        self.taker.row(number, row, fault)
    }

    /// How many columns have headings, once these are behind.
    pub(super) fn width(&self) -> Option<usize> {
        self.width
    }

    pub(super) fn finish(mut self) -> Result<Intake, Message> {
        if self.width.is_none() {
            return Err(message!("why-list-no-heading-row", row = self.place.row));
        }
        let hidden = std::mem::take(&mut self.hidden).into_iter();
        self.intake.left_out.hidden_columns = hidden
            .map(|(column, heading)| match heading.trim() {
                "" => letters(column),
                heading => format!("{} {heading}", letters(column)),
            })
            .collect();
        self.intake.rows_skipped += self.intake.left_out.rows();
        Ok(self.intake)
    }
}
