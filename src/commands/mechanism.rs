//! `tpmc mechanism`: the timeline here, and what changes it, one verb a file.

mod add;
mod facts;
mod list;
mod set;

use clap::{Args, Subcommand};

use super::WriteArgs;
use super::desk::record;
use crate::context::Context;
use crate::error::Error;
use crate::report::MechanismReport;
use crate::store::{MechanismEvent, Source};

/// Show and record the cooperation's own timeline: memorandum, mechanism, forum, dialogues
#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true)]
#[command(after_help = "Example: tpmc mechanism --as-of 2019")]
pub(crate) struct Mechanism {
    #[command(subcommand)]
    verb: Option<Verb>,
}

#[derive(Debug, Subcommand)]
enum Verb {
    Add(add::Add),
    List(list::List),
    Set(set::Set),
    Remove(Remove),
}

impl Mechanism {
    pub(crate) fn run(self, context: &Context) -> Result<(), Error> {
        match self.verb {
            Some(Verb::Add(command)) => command.run(context),
            Some(Verb::List(command)) => command.run(context),
            Some(Verb::Set(command)) => command.run(context),
            Some(Verb::Remove(command)) => command.run(context),
            None => show(context),
        }
    }
}

fn show(context: &Context) -> Result<(), Error> {
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

/// Take a step out of the timeline; the journal keeps it
#[derive(Debug, Args)]
#[command(after_help = "Example: tpmc mechanism remove M-031 --reason 'recorded twice'")]
struct Remove {
    /// Its code, as `tpmc mechanism list` shows it
    code: String,
    #[command(flatten)]
    write: WriteArgs,
}

impl Remove {
    fn run(self, context: &Context) -> Result<(), Error> {
        record(context, "mechanism remove", &self.write, false, |desk| {
            desk.removal::<MechanismEvent>(&self.code.to_uppercase())
        })
    }
}
