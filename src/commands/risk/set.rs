//! `tpmc risk set`

use clap::Args;

use crate::args::words;
use crate::commands::WriteArgs;
use crate::commands::desk::record;
use crate::commands::options::{SourceArgs, clearable, nothing_said, put, text};
use crate::commands::parts::{self, PartArgs};
use crate::context::Context;
use crate::domain::{RiskCategory, RiskLevel, RiskState, When};
use crate::error::Error;
use crate::store::Risk;

/// Correct a risk, or say what has become of it
#[derive(Debug, Args)]
#[command(
    after_help = "Example: tpmc risk set P-0004 1 --state mitigated --reason 'land handed over'"
)]
pub(crate) struct Set {
    #[command(flatten)]
    part: PartArgs,
    /// What may go wrong
    #[arg(long, value_name = "TEXT", value_parser = text)]
    text: Option<String>,
    /// Experience, political or economic
    #[arg(long, value_parser = words::<RiskCategory>())]
    category: Option<RiskCategory>,
    /// How grave it is
    #[arg(long, value_parser = words::<RiskLevel>())]
    level: Option<RiskLevel>,
    /// What has become of it
    #[arg(long, value_parser = words::<RiskState>())]
    state: Option<RiskState>,
    /// When it was seen
    #[arg(long, value_name = "DATE")]
    on: Option<When>,
    #[command(flatten)]
    source: SourceArgs,
    /// Empty a field: it becomes not stated (can be repeated)
    #[arg(long, value_name = "FIELD", value_delimiter = ',', value_parser = clearable(&["on", "source"]))]
    clear: Vec<String>,
    #[command(flatten)]
    write: WriteArgs,
}

impl Set {
    pub(crate) fn run(self, context: &Context) -> Result<(), Error> {
        let said = self.text.is_some()
            || self.category.is_some()
            || self.level.is_some()
            || self.state.is_some()
            || self.on.is_some()
            || self.source.source.is_some()
            || !self.clear.is_empty();
        if !said {
            return Err(nothing_said("risk set"));
        }
        record(context, "risk set", &self.write, false, |desk| {
            parts::set(desk, &self.part, |desk, risk: &mut Risk| {
                for field in &self.clear {
                    match field.as_str() {
                        "on" => risk.on_date = None,
                        _ => risk.source = None,
                    }
                }
                risk.text = self.text.clone().unwrap_or_else(|| risk.text.clone());
                risk.category = self.category.unwrap_or(risk.category);
                risk.level = self.level.unwrap_or(risk.level);
                risk.state = self.state.unwrap_or(risk.state);
                put(&mut risk.on_date, &desk.maybe_date(self.on));
                put(&mut risk.source, &self.source.resolve(desk)?);
                Ok(())
            })
        })
    }
}
