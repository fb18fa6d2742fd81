//! `tpmc participation set`

use clap::Args;

use super::check_shares;
use crate::commands::WriteArgs;
use crate::commands::desk::record;
use crate::commands::options::{clearable, nothing_said, put, text};
use crate::commands::parts::{self, PartArgs};
use crate::context::Context;
use crate::domain::{Decimal, Role, stated_share};
use crate::error::Error;
use crate::store::Participation;

/// Correct the part that a party has in a project
#[derive(Debug, Args)]
#[command(after_help = "Example: tpmc participation set P-0004 2 --share 22.5")]
pub(crate) struct Set {
    #[command(flatten)]
    part: PartArgs,
    /// The party: its code, or a name in any language that means one party alone
    #[arg(long, value_name = "PARTY")]
    party: Option<String>,
    /// Its part in the project
    #[arg(long, value_parser = crate::args::words::<Role>())]
    role: Option<Role>,
    /// Its share in per cent, more than 0 and at most 100
    #[arg(long, value_name = "PERCENT", value_parser = stated_share)]
    share: Option<Decimal>,
    /// Whether it was only offered or planned, and never realised
    #[arg(long, value_name = "true|false")]
    prospective: Option<bool>,
    /// Anything else
    #[arg(long, value_name = "TEXT", value_parser = text)]
    note: Option<String>,
    /// Empty a field: it becomes not stated (can be repeated)
    #[arg(long, value_name = "FIELD", value_delimiter = ',', value_parser = clearable(&["share", "note"]))]
    clear: Vec<String>,
    #[command(flatten)]
    write: WriteArgs,
}

impl Set {
    pub(crate) fn run(self, context: &Context) -> Result<(), Error> {
        let said = self.party.is_some()
            || self.role.is_some()
            || self.share.is_some()
            || self.prospective.is_some()
            || self.note.is_some()
            || !self.clear.is_empty();
        if !said {
            return Err(nothing_said("participation set"));
        }
        record(context, "participation set", &self.write, false, |desk| {
            let done = parts::set(desk, &self.part, |desk, part: &mut Participation| {
                for field in &self.clear {
                    match field.as_str() {
                        "share" => part.share_percent = None,
                        _ => part.note = None,
                    }
                }
                if let Some(party) = &self.party {
                    part.party = desk.reader().party(party)?.facts.code;
                }
                part.role = self.role.unwrap_or(part.role);
                put(&mut part.share_percent, &self.share);
                part.prospective = self.prospective.unwrap_or(part.prospective);
                put(&mut part.note, &self.note);
                Ok(())
            })?;
            let project = desk.project(&self.part.code)?;
            check_shares(desk, &project);
            Ok(done)
        })
    }
}
