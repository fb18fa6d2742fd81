//! `tpmc project list`

use clap::Args;

use crate::commands::filter::FilterArgs;
use crate::context::Context;
use crate::error::Error;
use crate::report::ProjectList;
use crate::store::Wanted;

/// List projects
///
/// Conditions of different options must all hold; values of one option are alternatives.
#[derive(Debug, Args)]
#[command(after_help = "Example: tpmc project list --country TH --status implementing,completed")]
pub(crate) struct List {
    #[command(flatten)]
    filter: FilterArgs,
    /// Show at most this many
    #[arg(long, value_name = "NUMBER")]
    limit: Option<usize>,
}

impl List {
    pub(crate) fn run(self, context: &Context) -> Result<(), Error> {
        let (report, labels) = context.read(|reader| {
            let (filter, horizon) = (self.filter.resolve(reader)?, context.horizon(reader)?);
            // One more than is shown tells whether there are more.
            let limit = self.limit.map(|limit| limit.saturating_add(1));
            let lines = reader.lines(&filter, horizon, Wanted::EVERYTHING, limit)?;
            let list = ProjectList::of(lines, horizon, context.known_at, context.language);
            Ok((list.cut(self.limit), context.labels(reader)?))
        })?;
        context.show(&report, &labels)
    }
}
