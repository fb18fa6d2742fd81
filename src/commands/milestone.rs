//! `tpmc milestone`: what is planned, one verb a file.

mod add;
mod done;
use crate::message::Message;
mod list;
mod remove;
mod set;

use clap::Subcommand;

use super::parts::PartArgs;
use crate::context::Context;
use crate::domain::{EventKind, Invalid};
use crate::error::Error;
use crate::store::Event;

/// Record what is planned, and what has become of it
///
/// A milestone is an event with a due date, and has a number among the events of its project. Numbers stay.
#[derive(Debug, Subcommand)]
pub(crate) enum Milestone {
    Add(add::Add),
    Done(done::Done),
    List(list::List),
    Set(set::Set),
    Remove(remove::Remove),
}

impl Milestone {
    pub(crate) fn run(self, context: &Context) -> Result<(), Error> {
        match self {
            Self::Add(command) => command.run(context),
            Self::Done(command) => command.run(context),
            Self::List(command) => command.run(context),
            Self::Set(command) => command.run(context),
            Self::Remove(command) => command.run(context),
        }
    }
}

/// That the event is no milestone, or not in the state that is needed.
fn refusal(part: &PartArgs, what: &'static str, why: impl Into<Message>) -> Error {
    let event = format!("{} {}", part.code, part.number);
    Invalid::new(what, event, why).into()
}

/// A milestone, in sentences about it.
fn milestone_of(part: &PartArgs) -> Message {
    let what = Message::new("record-milestone");
    message!("told-part", what, number = part.number, code = part.code)
}

/// Makes sure that an event is a milestone.
fn must_be_one(event: &Event, part: &PartArgs) -> Result<(), Error> {
    if event.kind == EventKind::Milestone {
        return Ok(());
    }
    let why = "why-other-kind-of-event";
    Err(refusal(part, "what-a-milestone", why))
}
