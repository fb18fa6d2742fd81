//! `tpmc indicator import`: many figures at once.

use std::collections::HashMap;
use std::path::PathBuf;

use clap::Args;

use super::{Figure, indicator, period, place};
use crate::commands::WriteArgs;
use crate::commands::desk::{Desk, Done, record};
use crate::commands::options::text;
use crate::context::Context;
use crate::domain::{Invalid, read_number};
use crate::error::Error;
use crate::exchange::{self, IncomingFigure, IntakeOptions};
use crate::message::{Explain as _, Message};
use crate::store::IndicatorObservation;

/// Add the figures of a sheet, or correct them, in one batch
///
/// CSV, XLSX, ODS or JSON with the columns place, indicator, period, value, unit, original_source and source, and printed_in and note
/// where there are any. A source is an address or a code like S-0002. If rows are
/// wrong, each is named and nothing is recorded.
#[derive(Debug, Args)]
#[command(after_help = "Example: tpmc indicator import figures.xlsx --dry-run")]
pub(crate) struct Import {
    /// The sheet
    file: PathBuf,
    #[command(flatten)]
    write: WriteArgs,
}

impl Import {
    pub(super) fn run(self, context: &Context) -> Result<(), Error> {
        let mut rows = Vec::new();
        let intake = exchange::read_figures(&self.file, &IntakeOptions::default(), &mut |row| {
            rows.push(row);
        });
        let intake = intake.map_err(|error| Error::of_file(&self.file, error))?;
        record(context, "indicator import", &self.write, false, |desk| {
            intake
                .left_out()
                .into_iter()
                .for_each(|said| desk.remark(said));
            let (mut seen, mut last, mut count) = (HashMap::new(), None, 0_u64);
            for row in &rows {
                let saved = self.save(row, &mut seen, desk);
                if let Some((figure, is_new)) = desk.tried(saved)? {
                    last = Some(figure);
                    count += u64::from(is_new);
                }
            }
            // Where rows are wrong, they are named in place of this.
            let last = last.ok_or_else(|| self.refused("why-list-no-figures".into()))?;
            Done::about(last, message!("told-figures", count))
        })
    }

    /// Saves the figure of a row; `seen` has the row of each figure before it.
    fn save(
        &self,
        row: &IncomingFigure,
        seen: &mut HashMap<String, u64>,
        desk: &mut Desk<'_, '_>,
    ) -> Result<(IndicatorObservation, bool), Error> {
        let in_row = |why: Message| self.refused(message!("error-in-row", row = row.row, why));
        let figure = read(row).map_err(in_row)?;
        if let Some(first) = seen.insert(figure.code(), row.row) {
            return Err(in_row(message!("why-figure-repeated", row = first)));
        }
        figure.save(desk).map_err(|error| match error.status() {
            1 => in_row(error.message()),
            _ => error,
        })
    }

    fn refused(&self, why: Message) -> Error {
        let file = self.file.display().to_string();
        exchange::Error::Refused { file, why }.into()
    }
}

/// The figure that a row states.
fn read(row: &IncomingFigure) -> Result<Figure, Message> {
    if let Some(fault) = &row.fault {
        return Err(fault.message());
    }
    let stated = |column: &'static str| row.cells.get(column).map(String::as_str);
    let needed = |column: &'static str| {
        let field = || Message::new(format!("field-{column}"));
        stated(column).ok_or_else(|| message!("why-cell-empty", field = field()))
    };
    let why = |error: Invalid| error.message();
    let free = |column: &'static str| match stated(column) {
        Some(cell) => text(cell).map(Some).map_err(why),
        None => Ok(None),
    };
    Ok(Figure {
        place: place(needed("place")?).map_err(why)?,
        indicator: indicator(needed("indicator")?).map_err(why)?,
        period: period(needed("period")?).map_err(why)?,
        value: read_number(needed("value")?).map_err(why)?,
        unit: text(needed("unit")?).map_err(why)?,
        published_by: text(needed("original_source")?).map_err(why)?,
        table: free("printed_in")?.unwrap_or_else(|| "-".to_owned()),
        // A file of this machine cannot be named in a sheet.
        source: needed("source")?.parse().map_err(why)?,
        note: free("note")?,
        derived: row.derived,
    })
}
