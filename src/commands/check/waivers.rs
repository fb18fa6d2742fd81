//! `tpmc check waivers`

use clap::Args;
use serde_json::json;

use crate::commands::listed::ListedArgs;
use crate::context::Context;
use crate::error::Error;
use crate::report::Shown;
use crate::store::Waiver;

/// List the findings that somebody has accepted, and what is put off, with owner, reason and last day
#[derive(Debug, Args)]
#[command(after_help = "Example: tpmc check waivers --sort owner")]
pub(crate) struct Waivers {
    #[command(flatten)]
    listed: ListedArgs,
}

const COLUMNS: &[Shown] = &[
    Shown::plain("rule", "field-rule"),
    Shown::plain("record", "field-record"),
    Shown::plain("owner", "field-owner"),
    Shown::plain("reason", "field-reason"),
    Shown::plain("until_date", "field-until"),
    Shown::plain("expired", "field-expired"),
];

impl Waivers {
    pub(crate) fn run(self, context: &Context) -> Result<(), Error> {
        self.listed.show(context, COLUMNS, |reader| {
            let as_of = context.horizon(reader)?.as_of;
            let mut waivers = reader.all::<Waiver>()?;
            waivers.sort_by(|one, other| {
                (one.until_date, &one.code).cmp(&(other.until_date, &other.code))
            });
            Ok(waivers.into_iter().map(move |waiver| {
                let expired = waiver.until_date < as_of;
                (waiver, vec![("expired", json!(expired))])
            }))
        })
    }
}
