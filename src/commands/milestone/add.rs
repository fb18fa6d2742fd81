//! `tpmc milestone add`

use clap::Args;

use crate::commands::WriteArgs;
use crate::commands::desk::record;
use crate::commands::options::{ConfidenceArgs, SourceArgs, text};
use crate::commands::parts;
use crate::context::Context;
use crate::domain::{EventKind, ProjectCode, When};
use crate::error::Error;
use crate::store::Event;

/// Record what is planned, and by when
#[derive(Debug, Args)]
#[command(
    after_help = "Example: tpmc milestone add P-0004 'First section opens' --due 2028-12 --source https://example.org/plan"
)]
pub(crate) struct Add {
    /// The project's code, like F1-001 or P-0001
    code: ProjectCode,
    /// What is planned
    #[arg(value_parser = text)]
    text: String,
    /// By when: a day, a month or a year
    #[arg(long, value_name = "DATE")]
    due: When,
    #[command(flatten)]
    source: SourceArgs,
    #[command(flatten)]
    confidence: ConfidenceArgs,
    #[command(flatten)]
    write: WriteArgs,
}

impl Add {
    pub(crate) fn run(self, context: &Context) -> Result<(), Error> {
        record(context, "milestone add", &self.write, false, |desk| {
            let mut due = None;
            let mut done = parts::add(desk, &self.code, |desk, number| {
                due = Some(desk.date(self.due));
                Ok(Event {
                    number,
                    on_date: None,
                    due_on: due,
                    kind: EventKind::Milestone,
                    status: None,
                    text: Some(self.text.clone()),
                    source: self.source.resolve(desk)?,
                    confidence: self.confidence.confidence,
                    evidence: None,
                })
            })?;
            let (what, text) = (done.told, &self.text);
            done.told = match due {
                Some(due) => message!("told-milestone-due", what, text, due),
                None => message!("told-noted", what, text),
            };
            Ok(done)
        })
    }
}
