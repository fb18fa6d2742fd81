//! `tpmc participation`: who takes part in a project, one verb a file.

mod add;
mod set;

use clap::Subcommand;
use serde_json::Value;

use super::parts::{ListArgs, RemoveArgs};
use crate::context::Context;
use crate::error::Error;
use crate::report::Shown;
use crate::store::{Participation as Record, Party};

/// Record and correct who takes part in a project
#[derive(Debug, Subcommand)]
pub(crate) enum Participation {
    Add(add::Add),
    /// List the parties of a project
    #[command(after_help = "Example: tpmc participation list P-0002")]
    List(ListArgs),
    Set(set::Set),
    /// Take a party out of a project; the journal keeps it
    #[command(
        after_help = "Example: tpmc participation remove P-0002 3 --reason 'another company'"
    )]
    Remove(RemoveArgs),
}

const COLUMNS: &[Shown] = &[
    Shown::plain("number", "field-number"),
    Shown::plain("name", "field-party"),
    Shown::plain("party", "field-code").leading_to("party"),
    Shown::word("role", "field-role", "role"),
    Shown::plain("share_percent", "field-share-percent").optional(),
    Shown::plain("prospective", "field-prospective"),
    Shown::plain("note", "field-note").optional(),
];

impl Participation {
    pub(crate) fn run(self, context: &Context) -> Result<(), Error> {
        let name = |reader: &mut crate::store::Reader<'_>, part: &Record| {
            let party = reader.find::<Party>(&part.party)?;
            let name = party.map(|party| party.names().for_reader(context.language).to_owned());
            Ok(vec![("name", name.map_or(Value::Null, Value::String))])
        };
        match self {
            Self::Add(command) => command.run(context),
            Self::List(command) => command.run::<Record>(context, COLUMNS, name),
            Self::Set(command) => command.run(context),
            Self::Remove(command) => command.run::<Record>(context, "participation remove"),
        }
    }
}

/// Remarks on shares of one role that come to more than the whole.
fn check_shares(desk: &mut super::desk::Desk<'_, '_>, project: &crate::store::Project) {
    for (role, sum) in project.shares_above_everything() {
        desk.remark(message!("remark-shares", role, sum));
    }
}
