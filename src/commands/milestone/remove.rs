//! `tpmc milestone remove`

use clap::Args;

use super::must_be_one;
use crate::commands::WriteArgs;
use crate::commands::desk::{Done, record};
use crate::commands::parts::{PartArgs, part_of};
use crate::context::Context;
use crate::error::Error;
use crate::store::{Event, Part as _};

/// Take a milestone out of a project; the journal keeps it
#[derive(Debug, Args)]
#[command(after_help = "Example: tpmc milestone remove P-0004 6 --reason 'another project'")]
pub(crate) struct Remove {
    #[command(flatten)]
    part: PartArgs,
    #[command(flatten)]
    write: WriteArgs,
}

impl Remove {
    pub(crate) fn run(self, context: &Context) -> Result<(), Error> {
        let PartArgs { code, number } = &self.part;
        record(context, "milestone remove", &self.write, false, |desk| {
            let mut project = desk.project(code)?;
            must_be_one(part_of(&mut project, *number)?, &self.part)?;
            Event::of_mut(&mut project).retain(|event| event.number != *number);
            desk.save(project.clone())?;
            let what = super::milestone_of(&self.part);
            Done::about(project, message!("told-removal", what))
        })
    }
}
