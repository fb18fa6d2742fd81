//! `tpmc check waivers`

use clap::Args;

use crate::context::Context;
use crate::error::Error;
use crate::report::WaiverList;
use crate::store::Waiver;

/// List the findings that somebody has accepted, with owner, reason and last day
#[derive(Debug, Args)]
#[command(after_help = "Example: tpmc check waivers")]
pub(crate) struct Waivers {}

impl Waivers {
    pub(crate) fn run(self, context: &Context) -> Result<(), Error> {
        let (report, labels) = context.read(|reader| {
            let horizon = context.horizon(reader)?;
            Ok((
                WaiverList::of(reader.all::<Waiver>()?, horizon.as_of),
                context.labels(reader)?,
            ))
        })?;
        context.show(&report, &labels)
    }
}
