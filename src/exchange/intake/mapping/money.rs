//! Amounts as a mapping makes them out of a row.

use super::AmountRule;
use super::apply::Row;
use crate::domain::*;
use crate::exchange::intake::cell::{flag, word};
use crate::exchange::intake::people::decimal_places;
use crate::exchange::intake::{IncomingAmount, SourceMention};
use crate::report::{Flaw, Said};

impl Row<'_> {
    pub(super) fn amount(
        &mut self,
        rule: &AmountRule,
        source: Option<&SourceMention>,
    ) -> Option<IncomingAmount> {
        let stated = self.one(&rule.number, |text| rule.number.reading.number(text))?;
        let faults = self.findings.len();
        let currency = self.one(&rule.currency, |text| {
            text.parse::<CurrencyCode>()
                .map_err(|_| Flaw::NoCurrency.into())
        });
        let column = rule.currency.columns.join(", ");
        let Some(currency) = currency else {
            if self.findings.len() == faults {
                self.report(
                    &column,
                    "",
                    Flaw::AmountWithoutCurrency,
                    rule.currency.on_finding,
                );
            }
            return None;
        };
        let places = match self.places(rule, &currency) {
            Ok(places) => places,
            Err(said) => {
                self.report(&column, currency.as_str(), said, rule.currency.on_finding);
                return None;
            }
        };
        let rounded = Decimal(stated.0.round_dp(places));
        let number = if rule.round { rounded } else { stated };
        let minor_units = match number.to_minor_units(places) {
            Ok(units) => units,
            Err(error) => {
                let column = rule.number.columns.join(", ");
                self.report(&column, &error.value, error.why, rule.number.on_finding);
                return None;
            }
        };
        Some(IncomingAmount {
            number: None,
            kind: self.one(&rule.kind, word)?,
            basis: self.one(&rule.basis, word)?,
            currency,
            minor_units,
            rounded_from: (rounded.0 != stated.0).then_some(stated),
            estimated: self.maybe(rule.estimated.as_ref(), flag).unwrap_or(false),
            on_date: rule
                .on
                .as_ref()
                .and_then(|rule| self.one(rule, |text| rule.reading.date(text))),
            source: source.cloned(),
            note: self.maybe(rule.note.as_ref(), |text| Ok(text.to_owned())),
        })
    }

    fn places(&self, rule: &AmountRule, currency: &CurrencyCode) -> Result<u32, Said> {
        let withdrawn = self
            .references
            .currency(currency)
            .and_then(|known| known.withdrawn);
        match withdrawn {
            Some(day) if !rule.historic => {
                Err(Flaw::Withdrawn.with("currency", currency).with("date", day))
            }
            _ => decimal_places(self.references, currency),
        }
    }
}
