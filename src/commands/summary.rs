//! `tpmc summary`

use clap::Args;

use crate::cli::words;
use crate::commands::filter::FilterArgs;
use crate::context::Context;
use crate::domain::{Dimension, Invalid, Vocabulary as _};
use crate::error::Error;
use crate::render::SummaryView;
use crate::report::{Summary as Report, World};
use crate::store::{Forum, Wanted};

/// Show how far the cooperation has got, by mode and by country
///
/// The agreements of a forum and the other projects are two groups: the first are a complete list, the others are those that
/// became known. Implemented is implementing or completed.
#[derive(Debug, Args)]
#[command(after_help = "Example: tpmc summary --by mode,status --as-of 2019")]
pub(crate) struct Summary {
    /// Rows and columns of the tables
    #[arg(long, value_name = "ROWS,COLUMNS", value_delimiter = ',', num_args = 1, default_value = "mode,country",
        value_parser = words::<Dimension>())]
    by: Vec<Dimension>,
    /// Show every column instead of folding those with few projects
    #[arg(long)]
    all: bool,
    #[command(flatten)]
    filter: FilterArgs,
}

impl Summary {
    pub(crate) fn run(self, context: &Context) -> Result<(), Error> {
        let by = match self.by[..] {
            [rows, columns] if rows != columns => (rows, columns),
            _ => {
                let given = self
                    .by
                    .iter()
                    .map(|dimension| dimension.word())
                    .collect::<Vec<_>>()
                    .join(",");
                return Err(Invalid::new(
                    "a pair of dimensions",
                    given,
                    "name two different ones, like mode,country",
                )
                .into());
            }
        };
        let (report, labels) = context.read(|reader| {
            let (filter, horizon) = (self.filter.resolve(reader)?, context.horizon(reader)?);
            let labels = context.labels(reader)?;
            let counts_by = |dimension| by.0 == dimension || by.1 == dimension;
            let wanted = Wanted {
                objectives: counts_by(Dimension::Objective),
                parties: counts_by(Dimension::Side) || counts_by(Dimension::Party),
                ..Wanted::default()
            };
            let lines = reader.lines(&filter, horizon, wanted, None)?;
            let world = World::new(
                reader.all::<Forum>()?,
                reader.asean()?,
                &lines,
                context.language,
            );
            let conditions = self.filter.in_words(&filter, &labels);
            let summary = Report::of(&lines, &world, filter, by, horizon, context.known_at);
            Ok((
                SummaryView {
                    summary,
                    world,
                    conditions,
                    all_columns: self.all,
                },
                labels,
            ))
        })?;
        context.show(&report, &labels)
    }
}
