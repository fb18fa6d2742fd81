//! `tpmc report`

use clap::Args;

use super::meeting::Scope;
use super::money::MoneyArgs;
use crate::context::Context;
use crate::error::Error;
use crate::render::{BriefView, Format, MeetingView};

/// Make the report for a meeting: a page to read and print, a workbook, or a document; on the terminal, its brief
///
/// Headline figures, statuses by mode and by year, modes by country, pace, what has happened since the last meeting, what stands
/// still, all projects, what is not known, and the sources; with --currency, what has been committed in money. The page is one file that needs no network: it can be sent by mail,
/// and printed on A4. The registry's name, the number of its entries and their root hash are printed on it. The same registry,
/// --as-of and --known-at give the same bytes.
#[derive(Debug, Args)]
#[command(after_help = "Example: tpmc report -o meeting.html --lang ja")]
pub(crate) struct Report {
    #[command(flatten)]
    money: MoneyArgs,
    #[command(flatten)]
    scope: Scope,
}

impl Report {
    pub(crate) fn run(self, context: &Context) -> Result<(), Error> {
        let format = context.format()?;
        if format == Format::Xlsx && context.output().is_none() {
            return Err(Error::NoOutput);
        }
        if format == Format::Text {
            let (brief, labels) =
                self.scope
                    .read(context, Some(&self.money), |gathered, world| {
                        BriefView::of(gathered, &world).into_report()
                    })?;
            return context.show(&brief, &labels);
        }
        let (view, labels) = self
            .scope
            .read(context, Some(&self.money), |gathered, world| {
                MeetingView::of(gathered, world)
            })?;
        let bytes = view.bytes(&labels, format)?;
        match format {
            Format::Html | Format::Xlsx => context.out.raw(&bytes),
            _ => context.out.data(&bytes),
        }
    }
}
