//! `tpmc project set`

use clap::Args;

use super::facts::{ClearArgs, FactArgs};
use crate::commands::WriteArgs;
use crate::commands::desk::{Done, record, title};
use crate::commands::options::nothing_said;
use crate::context::Context;
use crate::domain::ProjectCode;
use crate::error::Error;

/// Correct what is stated of a project
///
/// Only the fields that are named change, all in one batch. Parties, events, amounts and risks have commands of their own.
#[derive(Debug, Args)]
#[command(
    after_help = "Example: tpmc project set F1-029 --identified true --title-en Memorandum --title-ja 協力覚書 --list-number 7"
)]
pub(crate) struct Set {
    /// The project's code, like F1-001 or P-0001; it never changes
    code: ProjectCode,
    #[command(flatten)]
    clear: ClearArgs,
    #[command(flatten)]
    facts: FactArgs,
    #[command(flatten)]
    write: WriteArgs,
}

impl Set {
    pub(crate) fn run(self, context: &Context) -> Result<(), Error> {
        if self.facts.is_empty() && self.clear.clear.is_empty() {
            return Err(nothing_said("project set"));
        }
        record(context, "project set", &self.write, false, |desk| {
            let mut project = desk.project(&self.code)?;
            self.clear.apply(&mut project);
            self.facts.apply(&mut project, desk)?;
            desk.save(project.clone())?;
            let told = message!(
                "told-named",
                code = self.code,
                name = title(&project, context.language)
            );
            Done::about(project, told)
        })
    }
}
