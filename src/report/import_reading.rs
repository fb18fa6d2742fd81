//! What a file turned out to be when it was read, and what of it was left out.

use serde::{Deserialize, Serialize};

/// What a file turned out to be: shown, so that a wrong reading is seen.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct ImportReading {
    /// `csv`, `xlsx`, `xls`, `ods`, `json` or `ndjson`.
    pub(crate) read_as: String,
    pub(crate) encoding: Option<String>,
    /// What stands between cells, and what encloses them.
    #[serde(default)]
    pub(crate) delimiter: Option<char>,
    #[serde(default)]
    pub(crate) quote: Option<char>,
    #[serde(default)]
    pub(crate) sheet: Option<String>,
    /// The row in which the headings begin, from 1; 0 where they stand in every row.
    pub(crate) header_row: u64,
    /// Whether the sheet is hidden: somebody named it, or asked for what is hidden.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(crate) sheet_is_hidden: bool,
    /// Whether the format does not say what is hidden or struck out: XLS.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(crate) visibility_unknown: bool,
    #[serde(default, skip_serializing_if = "LeftOut::is_empty")]
    pub(crate) left_out: LeftOut,
}

/// What stands in the file and was not read, because a person who looks at the table does not see it, or sees that it is no
/// project.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct LeftOut {
    #[serde(skip_serializing_if = "LeftRows::is_empty")]
    pub(crate) hidden_rows: LeftRows,
    /// Rows of which everything is struck out.
    #[serde(skip_serializing_if = "LeftRows::is_empty")]
    pub(crate) struck_rows: LeftRows,
    #[serde(skip_serializing_if = "LeftRows::is_empty")]
    pub(crate) totals: LeftRows,
    /// The headings once more, as on every page of a printed list.
    #[serde(skip_serializing_if = "LeftRows::is_empty")]
    pub(crate) repeated_headings: LeftRows,
    /// Cells of other rows in which something is struck out.
    #[serde(skip_serializing_if = "is_zero")]
    pub(crate) struck_cells: u64,
    /// Hidden columns with something in them: the letter, and the heading.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) hidden_columns: Vec<String>,
    /// Hidden sheets with something in them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) hidden_sheets: Vec<String>,
}

/// Rows that were left out: how many, and the first of them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct LeftRows {
    pub(crate) count: u64,
    pub(crate) first: Vec<u64>,
}

/// How many of the rows that were left out are named.
const ROWS_NAMED: usize = 10;

impl LeftRows {
    /// Counts one more row.
    pub(crate) fn add(&mut self, row: u64) {
        self.count += 1;
        if self.first.len() < ROWS_NAMED {
            self.first.push(row);
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.count == 0
    }
}

impl LeftOut {
    /// How many rows were left out.
    pub(crate) fn rows(&self) -> u64 {
        let rows = [
            &self.hidden_rows,
            &self.struck_rows,
            &self.totals,
            &self.repeated_headings,
        ];
        rows.iter().map(|rows| rows.count).sum()
    }

    fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands a reference")]
fn is_zero(number: &u64) -> bool {
    *number == 0
}
