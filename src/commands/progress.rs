//! `tpmc progress`

use clap::Args;

use super::filter::{FilterArgs, chosen};
use crate::context::Context;
use crate::error::Error;
use crate::report::{Limits, ProgressReport};

/// Show how long projects have stood where they stand, and which are silent, stalled or late
///
/// For the agreements of each forum, and for all projects. Silent: open, and no event with a source for some months. Stalled:
/// proposed or signed, and no move since for some months. Days count from the last day that a date can mean; repeated visits
/// to a status add up.
#[derive(Debug, Args)]
#[command(after_help = "Example: tpmc progress --silent-months 24")]
pub(crate) struct Progress {
    /// Months without an event that has a source, after which an open project is silent
    #[arg(long, value_name = "MONTHS", default_value_t = 12)]
    silent_months: u32,
    /// Months without a move since signing, after which a project is stalled
    #[arg(long, value_name = "MONTHS", default_value_t = 24)]
    stalled_months: u32,
    /// List all projects that are silent, stalled or late, instead of the first ten of each
    #[arg(long)]
    all: bool,
    #[command(flatten)]
    filter: FilterArgs,
}

impl Progress {
    pub(crate) fn run(self, context: &Context) -> Result<(), Error> {
        let limits = Limits {
            silent_months: self.silent_months,
            stalled_months: self.stalled_months,
        };
        let (report, labels) = context.read(|reader| {
            let horizon = context.horizon(reader)?;
            let filter = self.filter.resolve(reader)?;
            let projects = chosen(&filter, horizon, reader)?;
            let labels = context.labels_with_forums(reader)?;
            let conditions = self.filter.in_words(&filter, &labels);
            let report = ProgressReport::of(&projects, horizon, context.known_at, limits);
            let report = report.listing_all(self.all);
            Ok((report.chosen_by(filter, conditions), labels))
        })?;
        context.show(&report, &labels)
    }
}
