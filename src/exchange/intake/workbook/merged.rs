//! Merged cells: which rows and columns they speak for is not said.

use calamine::Dimensions;
use csv::StringRecord;

use super::super::table::{About, Headed, letters};
use crate::message::Message;
use crate::report::Flaw;

/// The merged cells of a sheet, met row by row.
pub(super) struct Merged {
    /// Those further down come first.
    below: Vec<Dimensions>,
    /// Those that the present row is part of.
    here: Vec<Dimensions>,
}

impl Merged {
    pub(super) fn new(mut regions: Vec<Dimensions>) -> Self {
        regions.sort_by_key(|region| std::cmp::Reverse(region.start));
        Self {
            below: regions,
            here: Vec::new(),
        }
    }

    /// Hands on a row. Cells that are merged with those of another row make the whole sheet unclear; cells that are merged within
    /// a row, the row.
    pub(super) fn hand_on(
        &mut self,
        headed: &mut Headed<'_>,
        line: u32,
        row: &StringRecord,
        mut about: About,
    ) -> Result<bool, Message> {
        self.here.retain(|region| region.end.0 >= line);
        while let Some(region) = self.below.pop_if(|region| region.start.0 <= line) {
            if region.end.0 >= line {
                self.here.push(region);
            }
        }
        let number = u64::from(line) + 1;
        let Some(width) = headed.width().filter(|_| !about.hidden) else {
            return headed.push(number, row, about);
        };
        let mut within = None;
        for region in &self.here {
            let cell =
                |(row, column): (u32, u32)| format!("{}{}", letters(column as usize), row + 1);
            let cells = format!("{}:{}", cell(region.start), cell(region.end));
            if region.start.0 != region.end.0 {
                return Err(message!("why-workbook-merged", cells));
            }
            if (region.start.1 as usize) < width {
                within = Some(cells);
            }
        }
        about.fault = within.map(|cells| Flaw::Merged.with("cells", cells));
        headed.push(number, row, about)
    }
}
