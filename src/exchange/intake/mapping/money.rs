//! Amounts as a mapping makes them out of a row.

use super::row::Row;
use super::rule::Rule;
use super::{AmountRule, Negative, PartyRule, Per};
use crate::domain::*;
use crate::exchange::intake::cell::{currency, flag, one_currency, word};
use crate::exchange::intake::people::decimal_places;
use crate::exchange::intake::{
    IncomingAmount, IncomingEvent, IncomingParticipation, PartyMention, SourceMention,
};
use crate::report::{Flaw, Said};

/// ISO 4217 for "no currency".
const NO_CURRENCY: &str = "XXX";

/// The parties of a row, by the rule that found them.
pub(super) type PartiesByRule<'r> = [(&'r PartyRule, Vec<IncomingParticipation>)];

impl Row<'_> {
    /// The amount of a rule. Where a number is stated and no amount can be made of it, that is a finding.
    pub(super) fn amount(
        &mut self,
        rule: &AmountRule,
        source: Option<&SourceMention>,
        parties: &PartiesByRule<'_>,
    ) -> Option<IncomingAmount> {
        let written = self.one(&rule.number, |text| rule.number.reading.number(text))?;
        let stated = written.number;
        let currency = self.currency(rule, &written);
        let amount = currency
            .clone()
            .and_then(|currency| self.amount_in(rule, stated, currency, source, parties));
        let code = currency.as_ref().map_or(NO_CURRENCY, CurrencyCode::as_str);
        let units = amount.as_ref().map_or(stated, |amount| amount.units);
        self.money.read(code, units);
        if amount.is_none() {
            self.unstated.push((code.to_owned(), units));
        }
        amount
    }

    fn amount_in(
        &mut self,
        rule: &AmountRule,
        stated: Decimal,
        currency: CurrencyCode,
        source: Option<&SourceMention>,
        parties: &PartiesByRule<'_>,
    ) -> Option<IncomingAmount> {
        let on_date = self.dated(rule);
        if stated.0.is_sign_negative() && !stated.0.is_zero() {
            self.negative(rule, &currency, stated, on_date, source);
            return None;
        }
        let (number, minor_units) = self.smallest_units(rule, stated, &currency)?;
        Some(IncomingAmount {
            number: None,
            kind: self.must(&rule.kind, Flaw::AmountWithoutKind)?,
            basis: self.must(&rule.basis, Flaw::AmountWithoutBasis)?,
            currency,
            minor_units,
            rounded_from: (number.0 != stated.0).then_some(stated),
            estimated: self.maybe(rule.estimated.as_ref(), flag).unwrap_or(false),
            on_date,
            source: source.cloned(),
            note: self.maybe(rule.note.as_ref(), |text| Ok(text.to_owned())),
            party: rule
                .party
                .as_ref()
                .and_then(|rule| self.owner(rule, parties)),
            units: number,
            is_of_project: rule.per == Per::Project,
        })
    }

    /// The number as it is taken, and in the smallest unit of its currency.
    fn smallest_units(
        &mut self,
        rule: &AmountRule,
        stated: Decimal,
        currency: &CurrencyCode,
    ) -> Option<(Decimal, i64)> {
        let places = match self.places(rule, currency) {
            Ok(places) => places,
            Err(said) => {
                let at_fault = rule.currency.as_ref().unwrap_or(&rule.number);
                let effect = rule.currency.as_ref().and_then(|rule| rule.on_finding);
                let column = at_fault.columns.join(", ");
                self.report(&column, currency.as_str(), said, effect);
                return None;
            }
        };
        let rounded = Decimal(stated.0.round_dp(places));
        let number = if rule.round { rounded } else { stated };
        match number.to_minor_units(places) {
            Ok(units) => Some((number, units)),
            Err(error) => {
                let column = rule.number.columns.join(", ");
                self.report(&column, &error.value, error.why, rule.number.on_finding);
                None
            }
        }
    }

    /// The word without which there is no amount.
    fn must<V: Vocabulary + std::str::FromStr<Err = Invalid>>(
        &mut self,
        rule: &Rule,
        flaw: Flaw,
    ) -> Option<V> {
        let found = self.one(rule, word);
        if found.is_none() {
            let column = rule.columns.join(", ");
            let text = self.cell(rule.columns.first().map_or("", String::as_str));
            self.report(&column, text, flaw, rule.on_finding);
        }
        found
    }

    /// The party whose money an amount is: the one that the row names in this column or by this name, else one of that name.
    fn owner(&mut self, rule: &Rule, parties: &PartiesByRule<'_>) -> Option<PartyMention> {
        let column = match rule.columns.as_slice() {
            [column] if rule.values.is_empty() => Some(column),
            _ => None,
        };
        let of_column = parties
            .iter()
            .find(|(party, _)| column.is_some() && party.column.as_ref() == column);
        if let Some((party, found)) = of_column {
            let mut owners: Vec<&PartyMention> = found.iter().map(|part| &part.party).collect();
            owners.dedup();
            if owners.len() > 1 {
                let text = self.cell(party.heading());
                let effect = rule.on_finding.or(party.on_finding);
                self.report(party.heading(), text, Flaw::AmountOfSeveral, effect);
                return None;
            }
            return owners.first().map(|owner| (*owner).clone());
        }
        let name = self.one(rule, |text| Ok(text.to_owned()))?;
        let all = parties.iter().flat_map(|(_, found)| found);
        let mut named = all.filter(|part| part.party.name.as_ref() == Some(&name));
        Some(named.next().map_or_else(
            || PartyMention {
                name: Some(name.clone()),
                ..PartyMention::default()
            },
            |part| part.party.clone(),
        ))
    }

    fn dated(&mut self, rule: &AmountRule) -> Option<PartialDate> {
        let on = rule.on.as_ref()?;
        self.one(on, |text| on.reading.date(text))
    }

    /// The currency of the rule, with which the sign or word beside the number must agree; without a rule, the currency beside it.
    fn currency(&mut self, rule: &AmountRule, written: &WrittenNumber) -> Option<CurrencyCode> {
        let before = self.findings.len();
        let stated = self.maybe(rule.currency.as_ref(), currency);
        if self.findings.len() > before {
            return None;
        }
        let said = match (stated, one_currency(&written.currencies)) {
            (Some(code), _)
                if written.currencies.is_empty() || written.currencies.contains(&code) =>
            {
                return Some(code);
            }
            (Some(code), _) => Flaw::OtherCurrency.with("currency", code),
            (None, Ok(Some(code))) => return Some(code),
            (None, Ok(None)) => Flaw::AmountWithoutCurrency.into(),
            (None, Err(said)) => said,
        };
        let at_fault = match &rule.currency {
            Some(rule) if written.currencies.is_empty() => rule,
            _ => &rule.number,
        };
        let text = self.cell(at_fault.columns.first().map_or("", String::as_str));
        self.report(
            &at_fault.columns.join(", "),
            text,
            said,
            at_fault.on_finding,
        );
        None
    }

    /// A negative number is no amount: a note on the project, where the mapping asks for it and a date is known.
    fn negative(
        &mut self,
        rule: &AmountRule,
        currency: &CurrencyCode,
        number: Decimal,
        on_date: Option<PartialDate>,
        source: Option<&SourceMention>,
    ) {
        let list = self.mapping.source.as_ref().and_then(|list| list.dated);
        let on_date = on_date.or(list).filter(|_| rule.negative == Negative::Note);
        if on_date.is_none() {
            let columns = &rule.number.columns;
            let text = self.cell(columns.first().map_or("", String::as_str));
            let effect = rule.number.on_finding;
            self.report(&columns.join(", "), text, Flaw::NegativeAmount, effect);
            return;
        }
        let kind = self
            .one(&rule.kind, word::<AmountKind>)
            .map_or("", |kind| kind.word());
        let basis = self
            .one(&rule.basis, word::<AmountBasis>)
            .map_or("", |basis| basis.word());
        self.notes.push(IncomingEvent {
            number: None,
            on_date,
            due_on: None,
            kind: EventKind::Note,
            status: None,
            text: Some(format!(
                "Negative amount: {currency} {number} ({kind}, {basis})"
            )),
            source: source.cloned(),
            confidence: None,
            evidence: None,
        });
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
