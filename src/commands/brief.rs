//! `tpmc brief`

use clap::Args;

use super::meeting::Scope;
use super::money::MoneyArgs;
use crate::context::Context;
use crate::error::Error;
use crate::render::{BriefView, Format};

/// Make the brief for a meeting: one page of A4 to read, to send, or to put on a letterhead
///
/// What the agreements have come to, what moved since the last meeting, what stands still and since when, five projects to ask about
/// and why, and what is not known, each figure with the codes of its projects. The text is for a mail; a file that ends in .html is a
/// page that prints on one sheet, and one that ends in .docx is for a word processor. `tpmc report` has the details.
#[derive(Debug, Args)]
#[command(after_help = "Example: tpmc brief --country TH -o thailand.docx")]
pub(crate) struct Brief {
    #[command(flatten)]
    money: MoneyArgs,
    #[command(flatten)]
    scope: Scope,
}

impl Brief {
    pub(crate) fn run(self, context: &Context) -> Result<(), Error> {
        let format = context.format()?;
        if format == Format::Docx && context.output().is_none() {
            return Err(Error::NoOutput);
        }
        let (view, labels) = self
            .scope
            .read(context, Some(&self.money), |gathered, world| {
                BriefView::of(gathered, &world)
            })?;
        match format {
            Format::Html => context.out.raw(&view.html(&labels)?),
            Format::Docx => context.out.raw(&view.docx(&labels)?),
            _ => context.show(&view, &labels),
        }
    }
}
