//! `tpmc project add`

use clap::Args;

use super::ask;
use super::facts::FactArgs;
use crate::commands::WriteArgs;
use crate::commands::desk::{Desk, Done, record};
use crate::context::Context;
use crate::error::Error;
use crate::store::{Forum, Kind, Project, ProjectFacts};

/// Add a project, and print its code
///
/// Without any field, on a terminal, it asks for them one by one.
///
/// The code is the next free one: P-0057 for a later project, F1-053 for an agreement of the first forum. A title in one
/// language is enough; what is not known is left out.
#[derive(Debug, Args)]
#[command(
    after_help = "Example: tpmc project add --title-en 'Solar park' --mode engineering --host Oman --sector energy"
)]
pub(crate) struct Add {
    /// The forum at which the agreement was announced, like F1; none for a later project
    #[arg(long, value_name = "CODE")]
    forum: Option<String>,
    #[command(flatten)]
    facts: FactArgs,
    #[command(flatten)]
    write: WriteArgs,
}

impl Add {
    pub(crate) fn run(mut self, context: &Context) -> Result<(), Error> {
        if self.forum.is_none() && self.facts.is_empty() {
            if !ask::can_ask() {
                return Err(Error::NoTitle);
            }
            (self.forum, self.facts) = ask::ask(context)?;
        }
        record(context, "project add", &self.write, false, |desk| {
            self.add(desk)
        })
    }

    fn add(&self, desk: &mut Desk<'_, '_>) -> Result<Done, Error> {
        let forum = match &self.forum {
            None => None,
            Some(code) => Some(desk.reader().one::<Forum>(&code.to_uppercase())?.code),
        };
        let code = desk.writer.next_project_code(forum.as_deref())?;
        let id = desk.fresh_id(Kind::Project, code.as_str());
        let mut project = Project::new(ProjectFacts::new(code, id, forum));
        self.facts.apply(&mut project, desk)?;
        desk.save(project.clone())?;
        let told = format!("{}: {}", project.facts.code, super::title(&project));
        Done::about(project, told)
    }
}
