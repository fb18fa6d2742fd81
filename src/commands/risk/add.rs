//! `tpmc risk add`

use clap::Args;

use crate::args::words;
use crate::commands::WriteArgs;
use crate::commands::desk::record;
use crate::commands::options::{SourceArgs, text};
use crate::commands::parts;
use crate::context::Context;
use crate::domain::{ProjectCode, RiskCategory, RiskLevel, RiskState, When};
use crate::error::Error;
use crate::store::Risk;

/// Record a risk to a project
#[derive(Debug, Args)]
#[command(
    after_help = "Example: tpmc risk add P-0004 'Land not handed over' --category political --level high"
)]
pub(crate) struct Add {
    /// The project's code, like F1-001 or P-0001
    code: ProjectCode,
    /// What may go wrong
    #[arg(value_parser = text)]
    text: String,
    /// Experience, political or economic
    #[arg(long, value_parser = words::<RiskCategory>())]
    category: RiskCategory,
    /// How grave it is
    #[arg(long, value_parser = words::<RiskLevel>())]
    level: RiskLevel,
    /// What has become of it
    #[arg(long, value_parser = words::<RiskState>(), default_value = "open")]
    state: RiskState,
    /// When it was seen
    #[arg(long, value_name = "DATE")]
    on: Option<When>,
    #[command(flatten)]
    source: SourceArgs,
    #[command(flatten)]
    write: WriteArgs,
}

impl Add {
    pub(crate) fn run(self, context: &Context) -> Result<(), Error> {
        record(context, "risk add", &self.write, false, |desk| {
            parts::add(desk, &self.code, |desk, number| {
                Ok(Risk {
                    number,
                    category: self.category,
                    level: self.level,
                    state: self.state,
                    on_date: desk.maybe_date(self.on),
                    text: self.text.clone(),
                    source: self.source.resolve(desk)?,
                })
            })
        })
    }
}
