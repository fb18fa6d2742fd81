//! `tpmc context`

use clap::Args;

use crate::args::words;
use crate::context::Context as Surroundings;
use crate::domain::Topic;
use crate::error::Error;
use crate::render::Topics;
use crate::report::ContextReport;

/// Show the paper's tables, computed again, and where the paper disagrees with itself
///
/// Totals, shares, growth and averages are computed from the printed figures. A printed one disagrees when no rounding of those
/// figures can give it.
#[derive(Debug, Args)]
#[command(after_help = "Example: tpmc context trade")]
pub(crate) struct Context {
    /// Which of the paper's topics; without one, the topics are listed
    #[arg(value_parser = words::<Topic>())]
    topic: Option<Topic>,
}

impl Context {
    pub(crate) fn run(self, context: &Surroundings) -> Result<(), Error> {
        let Some(topic) = self.topic else {
            let labels = context.read(|reader| context.labels(reader))?;
            return context.show(&Topics::all(), &labels);
        };
        let (report, labels) = context.read(|reader| {
            let observations = reader.all()?;
            Ok((
                ContextReport::of(topic, &observations),
                context.labels(reader)?,
            ))
        })?;
        context.show(&report, &labels)
    }
}
