//! `tpmc event set`

use clap::Args;

use crate::commands::WriteArgs;
use crate::commands::desk::record;
use crate::commands::options::{
    ConfidenceArgs, ReopenArgs, SourceArgs, clearable, nothing_said, put, text,
};
use crate::commands::parts::{self, PartArgs};
use crate::context::Context;
use crate::domain::{Evidence, Status, When};
use crate::error::Error;
use crate::store::Event;

/// Correct an event: its date, its words, its source
#[derive(Debug, Args)]
#[command(after_help = "Example: tpmc event set P-0001 3 --on 2023-01-05 --reason 'misread'")]
pub(crate) struct Set {
    #[command(flatten)]
    part: PartArgs,
    /// When it happened
    #[arg(long, value_name = "DATE")]
    on: Option<When>,
    /// When a milestone is due
    #[arg(long, value_name = "DATE")]
    due: Option<When>,
    /// What was reached, where the event is a status
    #[arg(long, value_parser = crate::args::words::<Status>())]
    status: Option<Status>,
    /// What happened, in words
    #[arg(long, value_name = "TEXT", value_parser = text)]
    text: Option<String>,
    #[command(flatten)]
    source: SourceArgs,
    #[command(flatten)]
    confidence: ConfidenceArgs,
    /// How the source bears on the project
    #[arg(long, value_parser = crate::args::words::<Evidence>())]
    evidence: Option<Evidence>,
    /// Empty a field: it becomes not stated (can be repeated)
    #[arg(long, value_name = "FIELD", value_delimiter = ',',
        value_parser = clearable(&["on", "due", "text", "source", "confidence", "evidence"]))]
    clear: Vec<String>,
    #[command(flatten)]
    reopen: ReopenArgs,
    #[command(flatten)]
    write: WriteArgs,
}

impl Set {
    pub(crate) fn run(self, context: &Context) -> Result<(), Error> {
        let said = self.on.is_some()
            || self.due.is_some()
            || self.status.is_some()
            || self.text.is_some()
            || self.source.source.is_some()
            || self.confidence.confidence.is_some()
            || self.evidence.is_some()
            || !self.clear.is_empty();
        if !said {
            return Err(nothing_said("event set"));
        }
        record(
            context,
            "event set",
            &self.write,
            self.reopen.reopen,
            |desk| {
                parts::set(desk, &self.part, |desk, event: &mut Event| {
                    self.empty(event);
                    put(&mut event.on_date, &desk.maybe_date(self.on));
                    put(&mut event.due_on, &desk.maybe_date(self.due));
                    put(&mut event.status, &self.status);
                    put(&mut event.text, &self.text);
                    put(&mut event.source, &self.source.resolve(desk)?);
                    put(&mut event.confidence, &self.confidence.confidence);
                    put(&mut event.evidence, &self.evidence);
                    Ok(())
                })
            },
        )
    }

    fn empty(&self, event: &mut Event) {
        for field in &self.clear {
            match field.as_str() {
                "on" => event.on_date = None,
                "due" => event.due_on = None,
                "text" => event.text = None,
                "source" => event.source = None,
                "confidence" => event.confidence = None,
                "evidence" => event.evidence = None,
                _ => {}
            }
        }
    }
}
