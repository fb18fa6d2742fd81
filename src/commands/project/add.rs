//! `tpmc project add`

use clap::Args;

use super::asking;
use super::facts::FactArgs;
use super::whole::WholeArgs;
use crate::commands::WriteArgs;
use crate::commands::desk::{Desk, Done, record_new};
use crate::commands::document::{blank, save};
use crate::commands::options::NewArgs;
use crate::context::Context;
use crate::error::Error;

/// Add a project with everything about it, and print its code
///
/// Without any field, on a terminal, it asks for them one by one.
///
/// The code is the next free one: P-0082 for a later project, F1-053 for an agreement of the first forum. A title in one
/// language is enough; what is not known is left out. `tpmc project new` takes the same from a text.
#[derive(Debug, Args)]
#[command(
    after_help = "Example: tpmc project add --title-en 'Solar park' --host Oman --party marubeni:owner:40 --status signed --on 2026-05-01 --source https://example.org/solar"
)]
pub(crate) struct Add {
    /// The forum at which the agreement was announced, like F1; none for a later project
    #[arg(long, value_name = "CODE")]
    forum: Option<String>,
    #[command(flatten)]
    whole: WholeArgs,
    #[command(flatten)]
    facts: FactArgs,
    #[command(flatten)]
    new: NewArgs,
    #[command(flatten)]
    write: WriteArgs,
}

impl Add {
    pub(crate) fn run(mut self, context: &Context) -> Result<(), Error> {
        if self.forum.is_none() && self.facts.is_empty() && self.whole.is_empty() {
            if !context.can_ask() {
                return Err(Error::NoTitle);
            }
            (self.forum, self.facts) = asking::ask(context)?;
        }
        self.whole.refuse_unpaired(&self.facts.source)?;
        let said = (false, self.new.new);
        record_new(context, "project add", &self.write, said, |desk| {
            self.add(desk)
        })
        .map(drop)
    }

    fn add(&self, desk: &mut Desk<'_, '_>) -> Result<Done, Error> {
        let mut project = blank(self.forum.as_deref(), desk)?;
        self.facts.apply(&mut project, desk)?;
        let parts = self.whole.parts(&self.facts.source, desk);
        let known = project.clone();
        parts.put(&mut project, &known, desk)?;
        save(project, desk)
    }
}
