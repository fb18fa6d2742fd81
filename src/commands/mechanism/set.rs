//! `tpmc mechanism set`

use clap::Args;

use super::facts::FactArgs;
use crate::commands::WriteArgs;
use crate::commands::desk::{Done, record};
use crate::commands::options::{clearable, nothing_said};
use crate::context::Context;
use crate::error::Error;
use crate::store::MechanismEvent;

/// Correct a step of the timeline
#[derive(Debug, Args)]
#[command(
    after_help = "Example: tpmc mechanism set M-030 --place Tokyo --place-ja 東京 --confidence high"
)]
pub(super) struct Set {
    /// Its code, as `tpmc mechanism list` shows it
    code: String,
    #[command(flatten)]
    facts: FactArgs,
    /// Empty a field: it becomes not stated (can be repeated)
    #[arg(long, value_name = "FIELD", value_delimiter = ',', value_parser = clearable(CLEARABLE))]
    clear: Vec<String>,
    #[command(flatten)]
    write: WriteArgs,
}

/// Fields that can be emptied.
const CLEARABLE: &[&str] = &[
    "place",
    "participants",
    "outcome",
    "note",
    "sources",
    "texts",
];

impl Set {
    pub(super) fn run(self, context: &Context) -> Result<(), Error> {
        if self.facts.is_empty() && self.clear.is_empty() {
            return Err(nothing_said("mechanism set"));
        }
        record(context, "mechanism set", &self.write, false, |desk| {
            let mut step: MechanismEvent = desk.reader().one(&self.code.to_uppercase())?;
            for field in &self.clear {
                match field.as_str() {
                    "place" => step.facts.place = None,
                    "participants" => step.facts.participants = None,
                    "outcome" => step.facts.outcome = None,
                    "note" => step.facts.note = None,
                    "sources" => step.sources.clear(),
                    _ => step.texts.clear(),
                }
            }
            self.facts.apply(&mut step, desk)?;
            desk.save(step.clone())?;
            let told = message!(
                "told-named",
                code = step.facts.code,
                name = step.titles().for_reader(context.language)
            );
            Done::about(step, told)
        })
    }
}
