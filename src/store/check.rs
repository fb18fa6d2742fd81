//! What is wrong with a record that is about to be recorded, all at once and in the words of its fields. The schema checks
//! again; here is where people hear it.

mod fault;
mod party;
mod project;
mod text;

use chrono::NaiveDate;

pub(crate) use fault::Fault;
pub(crate) use party::party_faults;
pub(crate) use project::{Referred, project_faults};
pub(crate) use text::text_faults;

use super::record::{Document, ExchangeRate};
use super::{Error, Writer};
use crate::domain::{Decimal, PartialDate};

impl Writer<'_> {
    /// What is wrong with `after` that was not wrong with `before`: an older fault does not stand in the way of a correction
    /// elsewhere. What is recorded has happened by `today`.
    pub(crate) fn faults(
        &mut self,
        before: Option<&Document>,
        after: &Document,
        today: NaiveDate,
    ) -> Result<Vec<Fault>, Error> {
        let mut faults = self.all_faults(after, today)?;
        if let Some(before) = before
            && !faults.is_empty()
        {
            let known = self.all_faults(before, today)?;
            faults.retain(|fault| !known.contains(fault));
        }
        Ok(faults)
    }

    fn all_faults(&mut self, document: &Document, today: NaiveDate) -> Result<Vec<Fault>, Error> {
        let mut faults = text_faults(document);
        match document {
            Document::Project(project) => {
                project_faults(project, today, &mut self.reader(), &mut faults)?;
            }
            Document::Party(party) => party_faults(party, &mut self.reader(), &mut faults)?,
            Document::Source(source) => {
                if let Some(taken) = source.url.as_deref() {
                    let other = self.reader().source_at(taken)?;
                    if let Some(other) = other.filter(|other| other.code != source.code) {
                        let why = message!("why-address-taken", address = taken, code = other.code);
                        faults.push(Fault::new("url", why));
                    }
                }
                if source.is_nowhere() {
                    faults.push(Fault::new("url", "why-nothing-of-source"));
                }
            }
            Document::ExchangeRate(rate) => rate_faults(rate, today, &mut faults),
            Document::Forum(forum) => not_yet("held_on", forum.held_on.into(), today, &mut faults),
            Document::MechanismEvent(step) => {
                not_yet("on_date", step.facts.on_date, today, &mut faults);
            }
            _ => {}
        }
        Ok(faults)
    }
}

fn rate_faults(rate: &ExchangeRate, today: NaiveDate, faults: &mut Vec<Fault>) {
    if rate.from_currency == rate.to_currency {
        let why = message!("why-rate-of-itself", currency = rate.to_currency);
        faults.push(Fault::new("to_currency", why));
    }
    if rate.rate <= Decimal::default() {
        faults.push(Fault::new("rate", "why-rate-of-zero"));
    }
    not_yet("on_date", rate.on_date.into(), today, faults);
}

/// What has not happened yet is not recorded.
fn not_yet(field: &str, date: PartialDate, today: NaiveDate, faults: &mut Vec<Fault>) {
    if date.first_day() > today {
        let why = message!("why-future-date", date);
        faults.push(Fault::new(field, why));
    }
}
