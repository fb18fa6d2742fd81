//! `tpmc event add`

use clap::Args;

use crate::commands::WriteArgs;
use crate::commands::desk::record;
use crate::commands::options::{ConfidenceArgs, SourceArgs, text};
use crate::commands::parts;
use crate::context::Context;
use crate::domain::{EventKind, Evidence, ProjectCode, When};
use crate::error::Error;
use crate::store::Event;

/// Record a note: something that happened and changes no status
#[derive(Debug, Args)]
#[command(
    after_help = "Example: tpmc event add P-0004 'Land handed over' --on 2024-06 --source https://example.org/land"
)]
pub(crate) struct Add {
    /// The project's code, like F1-001 or P-0001
    code: ProjectCode,
    /// What happened
    #[arg(value_parser = text)]
    text: String,
    /// When: a day, a month or a year
    #[arg(long, value_name = "DATE")]
    on: When,
    /// A note, or a milestone that was reached unplanned; what is planned is recorded with `tpmc milestone add`
    #[arg(long, default_value = "note", value_parser = ["note", "milestone"])]
    kind: String,
    #[command(flatten)]
    source: SourceArgs,
    #[command(flatten)]
    confidence: ConfidenceArgs,
    /// How the source bears on the project
    #[arg(long, value_parser = crate::args::words::<Evidence>())]
    evidence: Option<Evidence>,
    #[command(flatten)]
    write: WriteArgs,
}

impl Add {
    pub(crate) fn run(self, context: &Context) -> Result<(), Error> {
        let kind: EventKind = self.kind.parse()?;
        record(context, "event add", &self.write, false, |desk| {
            parts::add(desk, &self.code, |desk, number| {
                Ok(Event {
                    number,
                    on_date: Some(desk.date(self.on)),
                    due_on: None,
                    kind,
                    status: None,
                    text: Some(self.text.clone()),
                    source: self.source.resolve(desk)?,
                    confidence: self.confidence.confidence,
                    evidence: self.evidence,
                })
            })
        })
    }
}
