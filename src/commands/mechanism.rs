//! `tpmc mechanism`

use clap::Args;

use crate::context::Context;
use crate::error::Error;
use crate::report::MechanismReport;
use crate::store::{MechanismEvent, Source};

/// Show the cooperation's own timeline: memorandum, mechanism, forum, dialogues
#[derive(Debug, Args)]
#[command(after_help = "Example: tpmc mechanism --as-of 2019")]
pub(crate) struct Mechanism {}

impl Mechanism {
    pub(crate) fn run(self, context: &Context) -> Result<(), Error> {
        let (report, labels) = context.read(|reader| {
            let horizon = context.horizon(reader)?;
            let (events, sources) = (reader.all::<MechanismEvent>()?, reader.all::<Source>()?);
            Ok((
                MechanismReport::of(events, &sources, horizon, context.known_at),
                context.labels(reader)?,
            ))
        })?;
        context.show(&report, &labels)
    }
}
