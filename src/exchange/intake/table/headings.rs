//! In which row the headings of a table stand, and what they are called.

use csv::StringRecord;

use super::super::{IntakeOptions, REJECTED_BECAUSE};
use super::Taker;
use crate::domain::nearest;
use crate::message::Message;

/// How many of the first rows are looked through.
const LOOKED_THROUGH: usize = 30;

/// How many cells of a row a message quotes.
const QUOTED: usize = 4;

/// Where the headings stand: the row in which they begin, from 1, and how many rows they fill.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::exchange::intake) struct Place {
    pub(in crate::exchange::intake) row: u64,
    pub(in crate::exchange::intake) depth: usize,
}

/// The first rows of a table, with their numbers.
#[derive(Debug, Default)]
pub(in crate::exchange::intake) struct FirstRows {
    rows: Vec<(u64, StringRecord)>,
    hidden: Vec<u64>,
}

impl FirstRows {
    /// Takes a row; answers whether more are wanted.
    pub(in crate::exchange::intake) fn push(
        &mut self,
        number: u64,
        row: &StringRecord,
        hidden: bool,
    ) -> bool {
        if row.iter().all(|cell| cell.trim().is_empty()) {
            return true;
        }
        if hidden {
            self.hidden.push(number);
        } else {
            self.rows.push((number, row.clone()));
        }
        self.rows.len() < LOOKED_THROUGH
    }

    /// Returns where the headings stand: where `options` say, else the row with the most headings that `taker` knows.
    ///
    /// # Errors
    /// When no row has headings, or several are as good: they are named.
    pub(in crate::exchange::intake) fn place(
        &self,
        taker: &dyn Taker,
        options: &IntakeOptions,
    ) -> Result<Place, Message> {
        let depth = options.header_rows.unwrap_or(1).max(1);
        // Rows that an import gave back have their headings in one row.
        let given_back =
            |(_, row): &&(u64, StringRecord)| row.iter().next_back() == Some(REJECTED_BECAUSE);
        if let Some((row, _)) = self.rows.iter().find(given_back) {
            return Ok(Place {
                row: *row,
                depth: 1,
            });
        }
        if let Some(row) = options.header_row {
            return Ok(Place { row, depth });
        }
        let windows: Vec<(u64, StringRecord)> =
            self.rows.windows(depth).filter_map(joined).collect();
        let rows: Vec<StringRecord> = windows.iter().map(|(_, row)| row.clone()).collect();
        let scores = taker.scores(&rows);
        let most = scores.iter().copied().max().unwrap_or_default();
        let mut best = windows
            .iter()
            .zip(&scores)
            .filter(|(_, score)| **score == most)
            .map(|(row, _)| row);
        let Some((row, names)) = best.next().filter(|_| most > 0) else {
            return Err(self.none(taker));
        };
        match best.find(|(_, other)| other != names) {
            None => Ok(Place { row: *row, depth }),
            Some((other, others)) => Err(message!(
                "why-list-two-rows-of-headings",
                row,
                cells = quoted(names),
                other,
                others = quoted(others)
            )),
        }
    }

    fn none(&self, taker: &dyn Taker) -> Message {
        let why = taker.no_headings(&self.rows);
        match self.hidden.first() {
            None => why,
            Some(row) => message!("why-list-hidden-headings", why, row),
        }
    }
}

/// Several rows of headings as one.
fn joined(rows: &[(u64, StringRecord)]) -> Option<(u64, StringRecord)> {
    let (first, _) = rows.first()?;
    let rows: Vec<StringRecord> = rows.iter().map(|(_, row)| row.clone()).collect();
    let mut names = names(&rows);
    while names.last().is_some_and(String::is_empty) {
        names.pop();
    }
    Some((*first, StringRecord::from(names)))
}

/// The first cells of a row, for a message.
pub(in crate::exchange::intake) fn quoted(row: &StringRecord) -> String {
    let mut cells = row.iter().map(str::trim).filter(|cell| !cell.is_empty());
    let first: Vec<&str> = cells.by_ref().take(QUOTED).collect();
    let more = if cells.next().is_some() { ", …" } else { "" };
    format!("{}{more}", first.join(", "))
}

/// The headings of columns: those of several rows joined by ` / `, an upper one that spans several columns repeated.
pub(super) fn names(rows: &[StringRecord]) -> Vec<String> {
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
pub(in crate::exchange) fn letters(column: usize) -> String {
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

/// Headings that stand several times, each with its columns: `"id" (columns A and C)`.
pub(in crate::exchange::intake) fn repeated(names: &[String]) -> Vec<(String, Vec<usize>)> {
    let mut found = Vec::<(String, Vec<usize>)>::new();
    for (place, name) in names
        .iter()
        .enumerate()
        .filter(|(_, name)| !name.is_empty())
    {
        match found.iter_mut().find(|(known, _)| known == name) {
            Some((_, places)) => places.push(place),
            None => found.push((name.clone(), vec![place])),
        }
    }
    found.retain(|(_, places)| places.len() > 1);
    found
}

/// Columns by their letters, for a message.
pub(in crate::exchange::intake) fn columns(places: &[usize]) -> Vec<String> {
    places.iter().map(|place| letters(*place)).collect()
}

/// What is said of a column that a sheet of this program does not have.
pub(in crate::exchange::intake) fn no_such_column<'n>(
    place: usize,
    name: &str,
    known: impl IntoIterator<Item = &'n str>,
) -> Message {
    let column = letters(place);
    match nearest(name, known) {
        Some(near) => message!("why-list-no-such-column-near", column, name, near),
        None => message!("why-list-no-such-column", column, name),
    }
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

    #[test]
    fn headings_that_stand_twice_are_found() {
        let names = ["id", "name", "id", "", ""].map(str::to_owned);
        assert_eq!(repeated(&names), [("id".to_owned(), vec![0, 2])]);
    }
}
