//! Amounts as transactions.

use super::activity::Activity;
use super::codes;
use super::xml::{Xml, language_of};
use crate::domain::{AmountKind, Horizon};
use crate::exchange::loss::Losses;
use crate::exchange::{Error, Provided};
use crate::message::Message;
use crate::store::Amount;

impl Activity<'_> {
    /// Writes an amount as a transaction, where the standard can hold it; else says why it cannot.
    ///
    /// A project's total cost is no flow of money, and would be counted beside the loans that pay for it: it is not a transaction.
    pub(super) fn transaction(
        &self,
        amount: &Amount,
        xml: &mut Xml<'_>,
        losses: &mut Losses<'_>,
    ) -> Result<(), Error> {
        let code = &amount.currency;
        let loss = |why: Message| {
            message!(
                "loss-amount",
                number = amount.number,
                why,
                kept = "tpmc:amount"
            )
        };
        let (on_date, units) = match value(amount, self.provided) {
            Ok(value) => value,
            Err(why) => {
                losses.note("amounts", loss(why));
                return Ok(());
            }
        };
        if amount.estimated {
            losses.note("amounts", loss("loss-why-estimate".into()));
        }
        xml.open("transaction", &[])?;
        xml.empty(
            "transaction-type",
            &[("code", codes::transaction(amount.basis).to_owned())],
        )?;
        xml.empty("transaction-date", &[("iso-date", on_date.clone())])?;
        xml.text(
            "value",
            &[("currency", code.to_string()), ("value-date", on_date)],
            &units,
        )?;
        if let Some(note) = amount
            .note
            .as_deref()
            .filter(|note| !note.trim().is_empty())
        {
            xml.open("description", &[])?;
            xml.narrative(language_of(note), note)?;
            xml.close()?;
        }
        if let Some(party) = &amount.party {
            self.organisation("provider-org", None, party, xml)?;
        }
        if let Some(finance) = codes::finance(amount.kind) {
            xml.empty("finance-type", &[("code", finance.to_owned())])?;
        }
        xml.close()
    }
}

/// The day and the value of a transaction.
fn value(amount: &Amount, provided: &Provided) -> Result<(String, String), Message> {
    let Horizon { as_of, known, .. } = provided.horizon;
    if amount.kind == AmountKind::TotalCost {
        return Err("loss-why-total".into());
    }
    let on_date = amount.on_date.ok_or("loss-why-no-date")?;
    if on_date.first_day() > as_of.min(known) {
        return Err("loss-why-future".into());
    }
    let currency = provided.currencies.get(amount.currency.as_str());
    let is_in_use = currency.is_some_and(|currency| currency.withdrawn.is_none());
    if !is_in_use || !codes::has_currency(amount.currency.as_str()) {
        return Err(message!("loss-why-currency", currency = amount.currency));
    }
    let units = provided
        .units(amount)
        .ok_or_else(|| message!("loss-why-no-unit", currency = amount.currency))?;
    Ok((on_date.first_day().to_string(), units))
}
