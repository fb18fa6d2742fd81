//! Rows of a table, written as people write them: `3-7, 12`.

use std::fmt;
use std::str::FromStr;

use super::Invalid;

/// Row numbers, kept as ranges, so that a million neighbouring rows take no more room than two.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct RowSet {
    /// First and last row of each range, in the order in which they were added.
    ranges: Vec<(u64, u64)>,
    /// Rows were left out, because there were too many ranges to keep.
    is_cut: bool,
}

/// Ranges that a set keeps at most when rows are added one by one.
const KEPT: usize = 200;

impl RowSet {
    /// Adds a row.
    pub(crate) fn add(&mut self, row: u64) {
        let is_full = self.ranges.len() >= KEPT;
        match self.ranges.last_mut() {
            Some((first, last)) if (*first..=*last).contains(&row) => {}
            Some((_, last)) if last.checked_add(1) == Some(row) => *last = row,
            _ if is_full => self.is_cut = true,
            _ => self.ranges.push((row, row)),
        }
    }

    /// Adds the rows from `first` to `last`.
    pub(crate) fn add_range(&mut self, first: u64, last: u64) {
        self.ranges.push((first, last));
    }

    /// The ranges: first and last row of each.
    pub(crate) fn ranges(&self) -> &[(u64, u64)] {
        &self.ranges
    }

    /// Returns whether no row was named.
    pub(crate) fn is_empty(&self) -> bool {
        self.ranges.is_empty()
    }

    /// At most `count` ranges in words, with an ellipsis where there are more.
    pub(crate) fn shortened(&self, count: usize) -> String {
        let shown = self.ranges.iter().take(count).map(|(first, last)| {
            if first == last {
                first.to_string()
            } else {
                format!("{first}-{last}")
            }
        });
        let mut text = shown.collect::<Vec<_>>().join(", ");
        if self.is_cut || self.ranges.len() > count {
            text.push_str(", …");
        }
        text
    }
}

impl fmt::Display for RowSet {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.shortened(KEPT))
    }
}

/// Reads `4`, `4-90` and `4-90,95`.
impl FromStr for RowSet {
    type Err = Invalid;

    fn from_str(text: &str) -> Result<Self, Invalid> {
        let refuse = |why: &'static str| Invalid::new("what-rows", text, why);
        let number = |text: &str| {
            let number = text.trim().parse::<u64>().ok().filter(|row| *row > 0);
            number.ok_or_else(|| refuse("why-rows"))
        };
        let mut rows = Self::default();
        for piece in text.split([',', '，', '、']) {
            let (first, last) = match piece.split_once(['-', '–']) {
                Some((first, last)) => (number(first)?, number(last)?),
                None => (number(piece)?, number(piece)?),
            };
            if first > last {
                return Err(refuse("why-range"));
            }
            rows.add_range(first, last);
        }
        Ok(rows)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn neighbouring_rows_are_one_range() {
        let mut rows = RowSet::default();
        for row in [3, 4, 4, 5, 6, 7, 12] {
            rows.add(row);
        }
        assert_eq!(rows.to_string(), "3-7, 12");
        assert_eq!(rows.shortened(1), "3-7, …");
        assert_eq!("3-7, 12".parse::<RowSet>().expect("rows"), rows);
    }

    #[test]
    fn what_is_no_set_of_rows_is_refused() {
        for text in ["", "0", "4-", "-4", "9-4", "4,,5", "four", "1-2-3"] {
            assert!(text.parse::<RowSet>().is_err(), "{text}");
        }
    }

    proptest! {
        #[test]
        fn a_set_of_rows_reads_back_as_it_is_written(rows in prop::collection::vec(1_u64..500, 1..40)) {
            let mut set = RowSet::default();
            rows.iter().for_each(|row| set.add(*row));
            let read: RowSet = set.to_string().parse().expect("rows");
            prop_assert_eq!(read.ranges(), set.ranges());
            for row in rows {
                prop_assert!(set.ranges().iter().any(|(first, last)| (*first..=*last).contains(&row)));
            }
        }
    }
}
