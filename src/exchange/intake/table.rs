//! A table in a file: where its headings stand, and its rows one after the other.

use csv::StringRecord;

use super::{Intake, IntakeOptions, REJECTED_BECAUSE};
use crate::report::{Flaw, Said};

/// Rows before the headings that are looked through.
const LOOKED_THROUGH: usize = 30;

/// What takes in a table.
pub(super) trait Taker {
    /// Whether this row has the headings.
    fn knows(&self, row: &StringRecord) -> bool;

    /// The headings, blanks around them taken away. Refused where the table cannot be understood.
    fn headings(&mut self, names: &[String]) -> Result<(), String>;

    /// A row with something in it. `fault` is what is wrong with the row as a whole. False stops.
    fn row(
        &mut self,
        number: u64,
        cells: &StringRecord,
        fault: Option<Said>,
    ) -> Result<bool, String>;

    /// Why no row has the headings.
    fn no_headings(&self, first: Option<&StringRecord>) -> String;
}

/// Finds the headings among the first rows, and hands on the others.
pub(super) struct Headed<'a> {
    taker: &'a mut dyn Taker,
    wanted_row: Option<u64>,
    /// How many rows the headings fill.
    deep: usize,
    waiting: Vec<(u64, StringRecord)>,
    upper: Vec<StringRecord>,
    width: Option<usize>,
    /// Whether the last column has the reasons for which an import gave the rows back: they are none of the table's own.
    has_reasons: bool,
    pub(super) intake: Intake,
}

impl<'a> Headed<'a> {
    pub(super) fn new(taker: &'a mut dyn Taker, options: &IntakeOptions, intake: Intake) -> Self {
        Self {
            taker,
            wanted_row: options.header_row,
            deep: options.header_rows.unwrap_or(1).max(1),
            waiting: Vec::new(),
            upper: Vec::new(),
            width: None,
            has_reasons: false,
            intake,
        }
    }

    /// Takes a row of the file. False: no more rows are wanted.
    pub(super) fn push(&mut self, number: u64, row: &StringRecord) -> Result<bool, String> {
        self.push_with(number, row, None)
    }

    /// Takes a row of the file. `fault` is what is wrong with it as a whole, where it is no row of headings.
    pub(super) fn push_with(
        &mut self,
        number: u64,
        row: &StringRecord,
        fault: Option<Said>,
    ) -> Result<bool, String> {
        if let Some(width) = self.width {
            return self.hand_on(number, row, width, fault);
        }
        if row.iter().all(|cell| cell.trim().is_empty()) {
            return Ok(true);
        }
        if !self.upper.is_empty() {
            return self.deeper(row);
        }
        match self.wanted_row {
            Some(wanted) if number > wanted => {
                return Err(format!("row {wanted} has no headings: it is empty"));
            }
            Some(wanted) if number == wanted => {
                self.intake.header_row = number;
                return self.deeper(row);
            }
            Some(_) => {}
            None => {
                if let Some(first) = self.begins_in(number, row) {
                    self.intake.header_row = first;
                    return self.deeper(row);
                }
            }
        }
        self.waiting.push((number, row.clone()));
        if self.wanted_row.is_none() && self.waiting.len() >= LOOKED_THROUGH {
            return Err(self.none());
        }
        Ok(true)
    }

    /// Whether this row ends the headings, which begin in the rows above it where they fill several: the row in which they begin.
    fn begins_in(&mut self, number: u64, row: &StringRecord) -> Option<u64> {
        // Rows that an import gave back have their headings in one row.
        let are_given_back = row.iter().next_back() == Some(REJECTED_BECAUSE);
        if self.deep == 1 || are_given_back {
            self.deep = 1;
            return self.taker.knows(row).then_some(number);
        }
        let above = self.waiting.len().checked_sub(self.deep - 1)?;
        let rows = self.waiting.iter().skip(above).map(|(_, row)| row);
        let rows: Vec<StringRecord> = rows.chain([row]).cloned().collect();
        if !self.taker.knows(&StringRecord::from(names(&rows))) {
            return None;
        }
        let first = self.waiting.get(above).map(|(first, _)| *first);
        self.upper = self.waiting.drain(above..).map(|(_, row)| row).collect();
        first
    }

    fn none(&self) -> String {
        self.taker
            .no_headings(self.waiting.first().map(|(_, row)| row))
    }

    /// A row of the headings. The last one ends them.
    fn deeper(&mut self, row: &StringRecord) -> Result<bool, String> {
        self.upper.push(row.clone());
        if self.upper.len() < self.deep {
            return Ok(true);
        }
        let mut names = names(&self.upper);
        while names.last().is_some_and(String::is_empty) {
            names.pop();
        }
        self.has_reasons = names.pop_if(|name| name == REJECTED_BECAUSE).is_some();
        self.taker.headings(&names)?;
        self.width = Some(names.len());
        self.intake.headings = names;
        self.waiting.clear();
        Ok(true)
    }

    fn hand_on(
        &mut self,
        number: u64,
        row: &StringRecord,
        width: usize,
        fault: Option<Said>,
    ) -> Result<bool, String> {
        if row
            .iter()
            .all(|cell| cell.is_empty() || cell.trim().is_empty())
        {
            return Ok(true);
        }
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

    pub(super) fn finish(self) -> Result<Intake, String> {
        if self.width.is_none() {
            return Err(match self.wanted_row {
                Some(wanted) => {
                    format!("row {wanted}, where the headings should stand, is not there")
                }
                None => self.none(),
            });
        }
        Ok(self.intake)
    }
}

/// The headings of columns: those of several rows joined by ` / `, an upper one that spans several columns repeated.
fn names(rows: &[StringRecord]) -> Vec<String> {
    let width = rows.iter().map(StringRecord::len).max().unwrap_or_default();
    let mut spanning = vec![""; rows.len()];
    let mut names = Vec::<String>::with_capacity(width);
    for column in 0..width {
        let mut parts = Vec::new();
        for (depth, (row, above)) in rows.iter().zip(&mut spanning).enumerate() {
            let text = row.get(column).unwrap_or_default().trim();
            if !text.is_empty() {
                *above = text;
                parts.push(text);
            } else if depth + 1 < rows.len() && !above.is_empty() {
                parts.push(above);
            }
        }
        names.push(parts.join(" / "));
    }
    names
}

/// A column as spreadsheets call it: A, B, … Z, AA.
pub(super) fn letters(column: usize) -> String {
    let mut letters = Vec::new();
    let mut rest = column + 1;
    while rest > 0 {
        rest -= 1;
        letters.push(b'A' + u8::try_from(rest % 26).unwrap_or_default());
        rest /= 26;
    }
    letters
        .iter()
        .rev()
        .map(|letter| char::from(*letter))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_called_as_in_a_spreadsheet() {
        assert_eq!(
            [0, 25, 26, 701, 702].map(letters),
            ["A", "Z", "AA", "ZZ", "AAA"]
        );
    }

    #[test]
    fn two_rows_of_headings_are_one() {
        let rows = [
            StringRecord::from(vec!["Name", "Amount", "", "Host"]),
            StringRecord::from(vec!["", "number", "currency", ""]),
        ];
        assert_eq!(
            names(&rows),
            ["Name", "Amount / number", "Amount / currency", "Host"]
        );
    }
}
