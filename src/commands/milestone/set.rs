//! `tpmc milestone set`

use clap::Args;

use super::must_be_one;
use crate::commands::WriteArgs;
use crate::commands::desk::record;
use crate::commands::options::{ConfidenceArgs, SourceArgs, clearable, nothing_said, put, text};
use crate::commands::parts::{self, PartArgs};
use crate::context::Context;
use crate::domain::When;
use crate::error::Error;
use crate::store::Event;

/// Correct a milestone: its words, by when it is due, when it was met
#[derive(Debug, Args)]
#[command(
    after_help = "Example: tpmc milestone set P-0004 6 --due 2029-06 --reason 'the plan was changed'"
)]
pub(crate) struct Set {
    #[command(flatten)]
    part: PartArgs,
    /// By when: a day, a month or a year
    #[arg(long, value_name = "DATE")]
    due: Option<When>,
    /// When it was met
    #[arg(long, value_name = "DATE")]
    on: Option<When>,
    /// What is planned
    #[arg(long, value_name = "TEXT", value_parser = text)]
    text: Option<String>,
    #[command(flatten)]
    source: SourceArgs,
    #[command(flatten)]
    confidence: ConfidenceArgs,
    /// Empty a field: it becomes not stated; without --on, the milestone is open again (can be repeated)
    #[arg(long, value_name = "FIELD", value_delimiter = ',',
        value_parser = clearable(&["on", "source", "confidence"]))]
    clear: Vec<String>,
    #[command(flatten)]
    write: WriteArgs,
}

impl Set {
    pub(crate) fn run(self, context: &Context) -> Result<(), Error> {
        let said = self.due.is_some()
            || self.on.is_some()
            || self.text.is_some()
            || self.source.source.is_some()
            || self.confidence.confidence.is_some()
            || !self.clear.is_empty();
        if !said {
            return Err(nothing_said("milestone set"));
        }
        record(context, "milestone set", &self.write, false, |desk| {
            let mut done = parts::set(desk, &self.part, |desk, event: &mut Event| {
                must_be_one(event, &self.part)?;
                for field in &self.clear {
                    match field.as_str() {
                        "on" => event.on_date = None,
                        "source" => event.source = None,
                        "confidence" => event.confidence = None,
                        _ => {}
                    }
                }
                put(&mut event.due_on, &desk.maybe_date(self.due));
                put(&mut event.on_date, &desk.maybe_date(self.on));
                put(&mut event.text, &self.text);
                put(&mut event.source, &self.source.resolve(desk)?);
                put(&mut event.confidence, &self.confidence.confidence);
                Ok(())
            })?;
            done.told = super::milestone_of(&self.part);
            Ok(done)
        })
    }
}
