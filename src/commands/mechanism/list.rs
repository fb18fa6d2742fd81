//! `tpmc mechanism list`

use clap::Args;

use crate::args::words;
use crate::commands::listed::{ListedArgs, titled};
use crate::context::Context;
use crate::domain::MechanismEventKind;
use crate::error::Error;
use crate::report::Shown;
use crate::store::MechanismEvent;

/// List the steps of the timeline with their codes
#[derive(Debug, Args)]
#[command(after_help = "Example: tpmc mechanism list --kind high_level_dialogue")]
pub(super) struct List {
    /// Only those of this kind
    #[arg(long, value_parser = words::<MechanismEventKind>())]
    kind: Option<MechanismEventKind>,
    #[command(flatten)]
    listed: ListedArgs,
}

const COLUMNS: &[Shown] = &[
    Shown::plain("code", "field-code"),
    Shown::plain("on_date", "field-date"),
    Shown::word("kind", "field-kind", "mechanism-event-kind"),
    Shown::title("shown_title", "field-step"),
];

impl List {
    pub(super) fn run(self, context: &Context) -> Result<(), Error> {
        self.listed.show(context, COLUMNS, |reader| {
            let mut steps = reader.all::<MechanismEvent>()?;
            steps.retain(|step| self.kind.is_none_or(|kind| step.facts.kind == kind));
            steps.sort_by_key(|step| step.facts.on_date.last_day());
            let rows = steps.into_iter().map(|step| {
                let title = titled("shown_title", step.titles(), context.language);
                (step, title)
            });
            Ok(rows)
        })
    }
}
