//! `tpmc todo snooze`: a record that need not be looked at until a day.

use chrono::NaiveDate;
use clap::Args;

use crate::commands::WriteArgs;
use crate::commands::check::must_exist;
use crate::commands::desk::{Done, record};
use crate::context::Context;
use crate::domain::Invalid;
use crate::error::Error;
use crate::store::{SNOOZED, Waiver};

/// Put a record off until a day, or take that back
///
/// `tpmc todo` shows it among what is put off until then. Findings about the record still stand in `tpmc check`.
#[derive(Debug, Args)]
#[command(
    after_help = "Example: tpmc todo snooze P-0004 --until 2027-03-31 --reason 'the ministry answers in March'"
)]
pub(super) struct Snooze {
    /// Code of the record
    #[arg(value_name = "RECORD")]
    record: String,
    /// The last day on which it is put off
    #[arg(long, value_name = "DATE", value_parser = crate::commands::options::day, required_unless_present = "withdraw")]
    until: Option<NaiveDate>,
    /// Show the record again
    #[arg(long, conflicts_with = "until")]
    withdraw: bool,
    #[command(flatten)]
    write: WriteArgs,
}

impl Snooze {
    pub(super) fn run(self, context: &Context) -> Result<(), Error> {
        let actor = context.actor();
        record(context, "todo snooze", &self.write, false, |desk| {
            let record = must_exist(&self.record, &mut desk.reader())?;
            let Some(until) = self.until.filter(|_| !self.withdraw) else {
                let known: Waiver = desk.reader().one(&format!("{SNOOZED}/{record}"))?;
                desk.remove(known.clone())?;
                return Done::about(known, message!("told-no-longer-put-off", code = record));
            };
            let today = context.today();
            if until < today {
                let why = message!("why-waiver-over", today);
                return Err(Invalid::new("what-last-day", until.to_string(), why).into());
            }
            let reason = self.write.reason.as_deref().unwrap_or_default().trim();
            if reason.is_empty() {
                return Err(Invalid::new("what-reason", "", "why-reason").into());
            }
            let waiver = Waiver::of(SNOOZED, &record, actor, reason.to_owned(), until);
            desk.save(waiver.clone())?;
            let told = message!("told-put-off", code = record, until);
            Done::about(waiver, told)
        })
    }
}
