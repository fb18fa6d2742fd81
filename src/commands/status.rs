//! `tpmc status`

use clap::{ArgGroup, Args};

use super::WriteArgs;
use super::desk::{Desk, Done, record};
use super::options::{ConfidenceArgs, ReopenArgs, SourceArgs, text};
use crate::args::words;
use crate::context::Context;
use crate::domain::{EventKind, Evidence, PartialDate, ProjectCode, Status as Word, When};
use crate::error::Error;
use crate::message::Message;
use crate::store::{Event, Project};

/// Record that a project has reached a status
///
/// The status is a dated event with its source; what was recorded before stays. A status that goes back behind an earlier
/// one (implementing after completed, say) is refused unless --reopen says that this is what happened. An address that the
/// registry does not know becomes a new source.
#[derive(Debug, Args)]
#[command(
    group = ArgGroup::new("basis").required(true).args(["source", "no_source"]),
    after_help = "Example: tpmc status P-0012 completed --on 2026-10-30 --source https://example.org/news"
)]
pub(crate) struct Status {
    /// The project's code, like F1-001 or P-0001
    code: ProjectCode,
    /// What it has reached
    #[arg(value_parser = words::<Word>())]
    status: Word,
    /// When: a day, a month or a year
    #[arg(long, value_name = "DATE")]
    on: When,
    #[command(flatten)]
    source: SourceArgs,
    /// Record it although no source says so: every report will show that
    #[arg(long)]
    no_source: bool,
    /// What happened, in words
    #[arg(long, value_name = "TEXT", value_parser = text)]
    note: Option<String>,
    #[command(flatten)]
    confidence: ConfidenceArgs,
    /// How the source bears on the project
    #[arg(long, value_parser = words::<Evidence>())]
    evidence: Option<Evidence>,
    #[command(flatten)]
    reopen: ReopenArgs,
    #[command(flatten)]
    write: WriteArgs,
}

impl Status {
    pub(crate) fn run(self, context: &Context) -> Result<(), Error> {
        record(context, "status", &self.write, self.reopen.reopen, |desk| {
            self.add(desk)
        })
    }

    fn add(&self, desk: &mut Desk<'_, '_>) -> Result<Done, Error> {
        let mut project = desk.project(&self.code)?;
        let on = desk.date(self.on);
        let event = Event {
            number: project.next::<Event>(),
            on_date: Some(on),
            due_on: None,
            kind: EventKind::Status,
            status: Some(self.status),
            text: self.note.clone(),
            source: self.source.resolve(desk)?,
            confidence: self.confidence.confidence,
            evidence: self.evidence,
        };
        project.events.push(event);
        let told = self.told(&project, on);
        desk.save(project.clone())?;
        Done::about(project, told)
    }

    /// What stands now, and what was recorded where that is something else.
    fn told(&self, project: &Project, on: PartialDate) -> Message {
        let (code, status) = (&self.code, self.status);
        let standing = project.standing(None);
        match (standing.status, standing.status_on) {
            (Some(now), Some(since)) if (now, since) != (status, on) => {
                message!("told-status-before", code, status, on, now, since)
            }
            _ => message!("told-status", code, status, on),
        }
    }
}
