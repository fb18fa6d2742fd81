//! `tpmc edit`

use clap::Args;

use super::WriteArgs;
use super::ask::previewed;
use super::document::{apply, text_of};
use super::editor::edited;
use super::options::{NewArgs, ReopenArgs};
use crate::context::Context;
use crate::document::{Error as Slip, read};
use crate::domain::ProjectCode;
use crate::error::Error;

/// Edit a project as a text in your editor ($VISUAL, else $EDITOR)
///
/// If the text has errors, the editor opens again with the errors at the top. A correct text is shown as a preview on a terminal, and
/// recorded as one batch when you say so. An empty text changes nothing. Nothing you typed is lost: when the text cannot be recorded,
/// the program says where it is kept.
#[derive(Debug, Args)]
#[command(after_help = "Example: tpmc edit P-0004 --reason 'after the meeting'")]
pub(crate) struct Edit {
    /// The project's code, like F1-001 or P-0001
    code: ProjectCode,
    #[command(flatten)]
    reopen: ReopenArgs,
    #[command(flatten)]
    new: NewArgs,
    #[command(flatten)]
    write: WriteArgs,
}

impl Edit {
    pub(crate) fn run(self, context: &Context) -> Result<(), Error> {
        let original = context.read(|reader| text_of(&self.code, context.out.remarks(), reader))?;
        edited(context, self.code.as_str(), &original, |text| {
            self.record(context, text)
        })
    }

    fn record(&self, context: &Context, text: &str) -> Result<(), Error> {
        let reading = read(text)?;
        let found = reading.project.as_ref().and_then(|text| text.code.clone());
        if let Some(found) = found.filter(|found| *found != self.code) {
            return Err(Slip::OtherCode {
                wanted: self.code.clone(),
                found,
            }
            .into());
        }
        previewed(context, &self.write, self.new.new, |write, is_new| {
            let said = (self.reopen.reopen, is_new);
            apply(context, "edit", &reading, write, said)
        })
    }
}
