//! The cells of a row as they stood in its file.

use std::fmt;

use csv::StringRecord;
use serde::de::{DeserializeSeed, Error, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// One row. In JSON it is the array of its cells; in memory they stand in one piece, since there may be a million rows of many cells.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct PlannedRow(StringRecord);

impl PlannedRow {
    /// The cells.
    pub(crate) fn cells(&self) -> impl Iterator<Item = &str> {
        self.0.iter()
    }
}

impl From<StringRecord> for PlannedRow {
    fn from(cells: StringRecord) -> Self {
        Self(cells)
    }
}

impl Serialize for PlannedRow {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.cells())
    }
}

impl<'de> Deserialize<'de> for PlannedRow {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Cells;

        impl<'de> Visitor<'de> for Cells {
            type Value = PlannedRow;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("serde-list")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut cells: A) -> Result<PlannedRow, A::Error> {
                let mut row = StringRecord::new();
                while cells.next_element_seed(Next(&mut row))?.is_some() {}
                Ok(PlannedRow(row))
            }
        }

        deserializer.deserialize_seq(Cells)
    }
}

/// Puts the cell that comes next into a row.
struct Next<'a>(&'a mut StringRecord);

impl<'de> DeserializeSeed<'de> for Next<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for Next<'_> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("serde-text")
    }

    fn visit_str<E: Error>(self, cell: &str) -> Result<(), E> {
        self.0.push_field(cell);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_reads_back_as_it_was_written() {
        for cells in [vec![], vec![""], vec!["丸紅", "", "a \"b\"\n\u{1}"]] {
            let row = PlannedRow::from(StringRecord::from(cells.clone()));
            let json = serde_json::to_string(&row).expect("written");
            assert_eq!(json, serde_json::to_string(&cells).expect("written"));
            assert_eq!(
                serde_json::from_str::<PlannedRow>(&json).expect("read"),
                row
            );
            assert!(row.cells().eq(cells));
        }
    }

    #[test]
    fn what_is_no_text_is_no_cell() {
        for (json, why) in [
            ("[1]", "invalid type: integer `1`, expected serde-text"),
            ("[null]", "invalid type: null, expected serde-text"),
            ("\"a\"", "invalid type: string \"a\", expected serde-list"),
        ] {
            let refused = serde_json::from_str::<PlannedRow>(json)
                .expect_err(json)
                .to_string();
            assert!(refused.starts_with(why), "{refused}");
        }
    }
}
