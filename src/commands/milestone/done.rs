//! `tpmc milestone done`

use clap::Args;

use super::{must_be_one, refusal};
use crate::commands::WriteArgs;
use crate::commands::desk::record;
use crate::commands::options::{SourceArgs, put};
use crate::commands::parts::{self, PartArgs};
use crate::context::Context;
use crate::domain::{When, milestone_standing};
use crate::error::Error;
use crate::store::Event;

/// Record that a milestone was met
///
/// A source that is named takes the place of the one that spoke of the plan; the journal keeps that one.
#[derive(Debug, Args)]
#[command(
    after_help = "Example: tpmc milestone done P-0004 6 --on 2026-03-01 --source https://example.org/opened"
)]
pub(crate) struct Done {
    #[command(flatten)]
    part: PartArgs,
    /// When it was met: a day, a month or a year
    #[arg(long, value_name = "DATE")]
    on: When,
    #[command(flatten)]
    source: SourceArgs,
    #[command(flatten)]
    write: WriteArgs,
}

impl Done {
    pub(crate) fn run(self, context: &Context) -> Result<(), Error> {
        record(context, "milestone done", &self.write, false, |desk| {
            let mut days_late = None;
            let on = desk.date(self.on);
            let mut done = parts::set(desk, &self.part, |desk, event: &mut Event| {
                must_be_one(event, &self.part)?;
                if let Some(met) = event.on_date.filter(|met| *met != on) {
                    let why = message!("why-milestone-met", date = met);
                    return Err(refusal(&self.part, "what-open-milestone", why));
                }
                event.on_date = Some(on);
                put(&mut event.source, &self.source.resolve(desk)?);
                let standing = milestone_standing(event.due_on, event.on_date, desk.today);
                days_late = standing.days;
                Ok(())
            })?;
            let what = done.told;
            done.told = match days_late {
                Some(count) => message!("told-met-late", what, on, count),
                None => message!("told-met", what, on),
            };
            Ok(done)
        })
    }
}
