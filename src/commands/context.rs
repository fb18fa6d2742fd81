//! `tpmc context`

use clap::Args;

use crate::cli::words;
use crate::context::Context as Surroundings;
use crate::domain::Topic;
use crate::error::Error;
use crate::report::ContextReport;

/// Show the paper's tables, computed again, and where the paper disagrees with itself
///
/// Totals, shares, growth and averages are computed from the printed figures. A printed one disagrees when no rounding of those
/// figures can give it.
#[derive(Debug, Args)]
#[command(after_help = "Example: tpmc context trade")]
pub(crate) struct Context {
    /// Which of the paper's topics
    #[arg(value_parser = words::<Topic>())]
    topic: Topic,
}

impl Context {
    pub(crate) fn run(self, context: &Surroundings) -> Result<(), Error> {
        let (report, labels) = context.read(|reader| {
            let observations = reader.all()?;
            Ok((
                ContextReport::of(self.topic, &observations),
                context.labels(reader)?,
            ))
        })?;
        context.show(&report, &labels)
    }
}
