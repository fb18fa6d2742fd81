//! One typed table behind every tabular format.

use crate::domain::Decimal;

/// A table: typed cells under named columns.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Sheet {
    pub(crate) columns: Vec<Column>,
    pub(crate) rows: Vec<Vec<Cell>>,
    /// Rows from which on a new part begins: totals, say.
    pub(crate) parts: Vec<usize>,
}

/// A column: its heading, and on which side numbers stand.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Column {
    pub(crate) heading: String,
    pub(crate) is_number: bool,
    /// How wide it is at most where space is short.
    pub(crate) narrow: Option<usize>,
    /// Whether its cells are durations, which a workbook holds in days.
    pub(crate) is_duration: bool,
}

/// A value. What is not stated is a value of its own: never an empty text or a zero.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Cell {
    Text(String),
    Count(usize),
    /// A duration in days, which people read in years and months.
    Days(i64),
    /// From 0 to 1.
    Share(f64),
    /// A share with a bar beside it where it is read as text.
    Bar(f64),
    /// Money, in units of a currency that the heading names.
    Amount(Decimal),
    /// A value that leads to a page of the web desk: its address there, without the slash before it.
    Linked(Box<Self>, String),
    /// What can be done about the row, in the web desk alone.
    Offers(Vec<Offer>),
    /// Nothing belongs here.
    Blank,
    NotStated,
}

/// A link of the web desk, or a button of the form `decide` of its page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Offer {
    pub(crate) label: String,
    /// Without the slash before it.
    pub(crate) address: String,
    /// What a button sends, one word a line: rows and the decision on them.
    pub(crate) sends: Option<String>,
}

impl Column {
    /// Returns a column of text.
    pub(crate) fn text(heading: impl Into<String>) -> Self {
        Self {
            heading: heading.into(),
            is_number: false,
            narrow: None,
            is_duration: false,
        }
    }
}

impl Sheet {
    /// A table with columns of text under these headings.
    pub(crate) fn new(headings: impl IntoIterator<Item = impl Into<String>>) -> Self {
        let columns = headings.into_iter().map(Column::text);
        Self {
            columns: columns.collect(),
            ..Self::default()
        }
    }

    /// Gives the columns, from the first one on, a width that they keep to where space is short; the others take the rest.
    pub(crate) fn narrow(mut self, widths: impl IntoIterator<Item = usize>) -> Self {
        self.columns
            .iter_mut()
            .zip(widths)
            .for_each(|(column, width)| column.narrow = Some(width));
        self
    }

    /// Leaves out the columns in which nothing belongs to any row.
    pub(crate) fn without_blank_columns(mut self) -> Self {
        let is_used: Vec<bool> = (0..self.columns.len())
            .map(|column| {
                let cells = self.rows.iter().filter_map(|row| row.get(column));
                cells.clone().next().is_none() || cells.into_iter().any(|cell| *cell != Cell::Blank)
            })
            .collect();
        let mut used = is_used.iter();
        self.columns
            .retain(|_| used.next().copied().unwrap_or(true));
        for row in &mut self.rows {
            let mut used = is_used.iter();
            row.retain(|_| used.next().copied().unwrap_or(true));
        }
        self
    }

    /// Makes the columns at these places columns of durations.
    pub(crate) fn durations_at<const N: usize>(mut self, places: [usize; N]) -> Self {
        for place in places {
            if let Some(column) = self.columns.get_mut(place) {
                (column.is_number, column.is_duration) = (true, true);
            }
        }
        self
    }

    /// Makes the columns from `first` on columns of numbers.
    pub(crate) fn numbers_from(mut self, first: usize) -> Self {
        self.columns
            .iter_mut()
            .skip(first)
            .for_each(|column| column.is_number = true);
        self
    }
}

impl Cell {
    /// Text that may not be stated.
    pub(crate) fn or_not_stated(value: Option<impl ToString>) -> Self {
        value.map_or(Self::NotStated, |value| Self::Text(value.to_string()))
    }

    /// Returns the cell as one that leads to a page of the web desk.
    pub(crate) fn linked(self, address: impl Into<String>) -> Self {
        Self::Linked(Box::new(self), address.into())
    }

    /// Returns the cell as one that leads to a page of the web desk, where there is one.
    pub(crate) fn leading_to(self, address: Option<String>) -> Self {
        match address {
            Some(address) => self.linked(address),
            None => self,
        }
    }

    /// Returns the cell without its link.
    pub(crate) fn plain(&self) -> &Self {
        match self {
            Self::Linked(cell, _) => cell.plain(),
            other => other,
        }
    }

    /// Values in one cell, separated by `;`.
    pub(crate) fn list(values: impl IntoIterator<Item = impl ToString>) -> Self {
        let values: Vec<String> = values.into_iter().map(|value| value.to_string()).collect();
        if values.is_empty() {
            Self::NotStated
        } else {
            Self::Text(values.join(";"))
        }
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_without_anything_are_left_out() {
        let mut sheet = Sheet::new(["code", "since", "days"]).numbers_from(2);
        let empty = sheet.clone().without_blank_columns();
        assert_eq!(empty, sheet, "a table without rows keeps its headings");
        for days in [Cell::NotStated, Cell::Blank] {
            sheet.rows.push(vec!["P-0001".into(), Cell::Blank, days]);
        }
        let sheet = sheet.without_blank_columns();
        let headings: Vec<&str> = sheet
            .columns
            .iter()
            .map(|column| column.heading.as_str())
            .collect();
        assert_eq!(headings, ["code", "days"]);
        assert!(sheet.columns[1].is_number);
        assert_eq!(sheet.rows[1], ["P-0001".into(), Cell::Blank]);
    }
}
