//! Rows and money of an import by what becomes of them: both add up to what was read.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::domain::Decimal;

/// Rows by what becomes of them. With those that were skipped they add up to the rows that were read.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct RowTotals {
    pub(crate) added: u64,
    pub(crate) changed: u64,
    pub(crate) left_alone: u64,
    /// Somebody must decide.
    pub(crate) asked: u64,
    pub(crate) rejected: u64,
}

/// Amounts of one currency, in its units.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct MoneyRead {
    /// In the rows.
    pub(crate) read: Decimal,
    /// In the registry when the plan is applied, or there already.
    pub(crate) recorded: Decimal,
    /// In rows that are not taken, and in amounts that are findings.
    pub(crate) not_recorded: Decimal,
}

/// Amounts by currency; an amount without one is under `XXX`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub(crate) struct MoneyTotals(pub(crate) BTreeMap<String, MoneyRead>);

impl MoneyTotals {
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Adds money that was read, and is not recorded so far.
    pub(crate) fn read(&mut self, currency: &str, amount: Decimal) {
        let money = self.0.entry(currency.to_owned()).or_default();
        money.read = sum(money.read, amount);
        money.not_recorded = sum(money.not_recorded, amount);
    }

    /// Takes back what was read: it was read once more than it is stated.
    pub(crate) fn unread(&mut self, currency: &str, amount: Decimal) {
        let money = self.0.entry(currency.to_owned()).or_default();
        money.read = Decimal(money.read.0.saturating_sub(amount.0));
        money.not_recorded = Decimal(money.not_recorded.0.saturating_sub(amount.0));
    }

    /// Notes that so much of what was read is recorded.
    pub(crate) fn record(&mut self, currency: &str, amount: Decimal) {
        let money = self.0.entry(currency.to_owned()).or_default();
        money.recorded = sum(money.recorded, amount);
        money.not_recorded = Decimal(money.not_recorded.0.saturating_sub(amount.0));
    }

    /// Takes back what was noted as recorded.
    pub(crate) fn nothing_recorded(&mut self) {
        for money in self.0.values_mut() {
            money.recorded = Decimal::default();
            money.not_recorded = money.read;
        }
    }

    /// Adds those of a project; `is_taken` says whether it is.
    pub(crate) fn add(&mut self, other: &Self, is_taken: bool) {
        for (currency, money) in &other.0 {
            self.read(currency, money.read);
            if is_taken {
                self.record(currency, money.recorded);
            }
        }
    }
}

fn sum(one: Decimal, other: Decimal) -> Decimal {
    Decimal(one.0.saturating_add(other.0))
}
