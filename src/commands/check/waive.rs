//! `tpmc check waive`

use chrono::NaiveDate;
use clap::Args;

use super::rule_ids;
use crate::commands::WriteArgs;
use crate::commands::desk::{Done, record};
use crate::context::Context;
use crate::domain::Invalid;
use crate::error::Error;
use crate::report::{RULES, Test};
use crate::store::{Party, Project, Reader, Source, Waiver};

/// Accept a finding until a day, or take that back
///
/// The finding is still counted, apart from those that stand. After its last day the waiver has no effect, and a note says so.
/// A new waiver of the same finding takes the place of the old one, which stays in the journal.
#[derive(Debug, Args)]
#[command(
    after_help = "Example: tpmc check waive host-missing F1-019 --owner 'Beijing office' --reason 'no place yet' --until 2027-06-30"
)]
pub(crate) struct Waive {
    /// The rule
    #[arg(value_name = "RULE", value_parser = rule_ids())]
    rule: String,
    /// Code of the record that the finding is about
    #[arg(value_name = "RECORD")]
    record: String,
    /// Who answers for it
    #[arg(long, value_name = "NAME", required_unless_present = "withdraw")]
    owner: Option<String>,
    /// The last day of the waiver
    #[arg(long, value_name = "DATE", value_parser = crate::commands::options::day, required_unless_present = "withdraw")]
    until: Option<NaiveDate>,
    /// Take the waiver back
    #[arg(long, conflicts_with_all = ["owner", "until"])]
    withdraw: bool,
    #[command(flatten)]
    write: WriteArgs,
}

impl Waive {
    pub(crate) fn run(self, context: &Context) -> Result<(), Error> {
        let code = format!("{}/{}", self.rule, self.record);
        let waiver = if self.withdraw {
            None
        } else {
            Some(self.waiver(context)?)
        };
        record(context, "check waive", &self.write, false, |desk| {
            let Some(waiver) = waiver else {
                let known: Waiver = desk.reader().one(&code)?;
                desk.remove(known.clone())?;
                return Done::about(known, message!("told-no-longer-waived", code));
            };
            self.must_exist(&mut desk.reader())?;
            desk.save(waiver.clone())?;
            let told = message!(
                "told-waived",
                code,
                owner = waiver.owner,
                until = waiver.until_date
            );
            Done::about(waiver, told)
        })
    }

    fn waiver(&self, context: &Context) -> Result<Waiver, Error> {
        let stated = |text: &Option<String>, what: &'static str, why: &'static str| match text
            .as_deref()
            .map(str::trim)
        {
            Some(text) if !text.is_empty() => Ok(text.to_owned()),
            _ => Err(Invalid::new(what, text.clone().unwrap_or_default(), why)),
        };
        let owner = stated(&self.owner, "what-owner", "why-owner")?;
        let reason = stated(&self.write.reason, "what-reason", "why-reason")?;
        let until = self.until.unwrap_or_default();
        let today = context.today();
        if until < today {
            let why = message!("why-waiver-over", today);
            return Err(Invalid::new("what-last-day", until.to_string(), why).into());
        }
        Ok(Waiver::of(&self.rule, &self.record, owner, reason, until))
    }

    /// The record must be one that the rule is about.
    fn must_exist(&self, reader: &mut Reader<'_>) -> Result<(), Error> {
        let rule = RULES.iter().find(|rule| rule.id == self.rule);
        match rule.map(|rule| &rule.test) {
            Some(Test::Project(_)) => drop(reader.one::<Project>(&self.record)?),
            Some(Test::Party(_)) => drop(reader.one::<Party>(&self.record)?),
            Some(Test::Source(_)) => drop(reader.one::<Source>(&self.record)?),
            Some(Test::Waiver(_)) | None => drop(reader.one::<Waiver>(&self.record)?),
        }
        Ok(())
    }
}
