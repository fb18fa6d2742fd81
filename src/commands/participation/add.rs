//! `tpmc participation add`

use clap::Args;

use super::check_shares;
use crate::commands::WriteArgs;
use crate::commands::desk::record;
use crate::commands::options::text;
use crate::commands::parts;
use crate::context::Context;
use crate::domain::{Decimal, ProjectCode, Role, stated_share};
use crate::error::Error;
use crate::store::Participation;

/// Record that a party takes part in a project
#[derive(Debug, Args)]
#[command(
    after_help = "Example: tpmc participation add P-0004 Marubeni --role sponsor --share 22.5"
)]
pub(crate) struct Add {
    /// The project's code, like F1-001 or P-0001
    code: ProjectCode,
    /// The party: its code, or a name in any language that means one party alone
    party: String,
    /// Its part in the project
    #[arg(long, value_parser = crate::args::words::<Role>())]
    role: Role,
    /// Its share in per cent, more than 0 and at most 100
    #[arg(long, value_name = "PERCENT", value_parser = stated_share)]
    share: Option<Decimal>,
    /// Offered or planned and never realised: kept, and left out of counts
    #[arg(long)]
    prospective: bool,
    /// Anything else
    #[arg(long, value_name = "TEXT", value_parser = text)]
    note: Option<String>,
    #[command(flatten)]
    write: WriteArgs,
}

impl Add {
    pub(crate) fn run(self, context: &Context) -> Result<(), Error> {
        record(context, "participation add", &self.write, false, |desk| {
            let party = desk.reader().party(&self.party)?.facts.code;
            let mut done = parts::add(desk, &self.code, |_, number| {
                Ok(Participation {
                    number,
                    party: party.clone(),
                    role: self.role,
                    share_percent: self.share,
                    prospective: self.prospective,
                    note: self.note.clone(),
                })
            })?;
            let project = desk.project(&self.code)?;
            check_shares(desk, &project);
            done.told = message!(
                "told-participation",
                party,
                role = self.role,
                code = self.code
            );
            Ok(done)
        })
    }
}
