//! What has been committed in money, in one currency.
//!
//! An amount may be part of another one of the same project: a loan pays for a contract, a contract is part of a total cost. So
//! of each project the amounts of one rung only count: total costs; without one, contracts; without those, loans, equity, grants
//! and other amounts; without those, guarantees. Pledges and disbursements never enter. Nothing is converted without a rate that
//! is recorded, and what is left out is told.

mod json;

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Days, NaiveDate};
use serde::Serialize;

use crate::domain::{AmountKind, CurrencyCode, Decimal, Horizon, PartialDate, ProjectCode, Status};
use crate::store::{Committed, ExchangeRate, Line};

/// The exact numbers behind [`Decimal`].
type Exact = rust_decimal::Decimal;

/// How many days a rate holds.
const RATE_HOLDS: u64 = 366;

/// In what money is counted, and with what.
#[derive(Debug, Clone)]
pub(crate) struct MoneyTerms {
    pub(crate) currency: CurrencyCode,
    /// The day whose rates convert everything; otherwise each amount is converted at its own date.
    pub(crate) rates_on: Option<NaiveDate>,
    /// How many decimals each currency has.
    pub(crate) decimal_places: BTreeMap<String, u32>,
}

/// The commitments of projects, converted as far as they can be.
#[derive(Debug)]
pub(crate) struct Money {
    pub(crate) terms: MoneyTerms,
    /// The rates that were used.
    pub(crate) rates: Vec<ExchangeRate>,
    /// Amounts that may be part of one that counts.
    pub(crate) set_aside: usize,
    projects: BTreeMap<ProjectCode, Vec<Counted>>,
    /// Those of them that do not go on.
    stopped: BTreeMap<ProjectCode, Status>,
}

/// An amount that counts.
#[derive(Debug, Clone)]
pub(crate) struct Counted {
    /// Among the amounts of its project.
    pub(crate) number: i32,
    pub(crate) kind: AmountKind,
    pub(crate) currency: CurrencyCode,
    pub(crate) amount: Exact,
    pub(crate) estimated: bool,
    pub(crate) on_date: Option<PartialDate>,
    pub(crate) converted: Result<Converted, Why>,
}

/// An amount in the currency that is counted in.
#[derive(Debug, Clone)]
pub(crate) struct Converted {
    pub(crate) amount: Exact,
    /// The code of the rate; none where the amount is in this currency.
    pub(crate) rate: Option<String>,
}

/// Why an amount could not be converted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Why {
    /// No rate of these currencies on its day or in the year before.
    NoRate,
    /// It has no date, so no rate belongs to it.
    NoDate,
}

/// The commitments of some projects.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Commitments {
    pub(crate) amount: Exact,
    /// The part of it that is estimated.
    pub(crate) estimated: Exact,
    /// How many projects it is made of.
    pub(crate) projects: usize,
    pub(crate) by_kind: BTreeMap<AmountKind, Exact>,
    /// The part of it in projects that were suspended or cancelled since.
    pub(crate) stopped: BTreeMap<Status, Portion>,
    /// What could not be converted, in its own currency.
    pub(crate) left_out: BTreeMap<(Why, CurrencyCode), Portion>,
}

/// An amount, and the projects that it is of.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Portion {
    pub(crate) amount: Exact,
    pub(crate) codes: BTreeSet<ProjectCode>,
}

impl Money {
    /// The commitments of `lines` among `amounts`, as far as they had been made within `horizon`.
    pub(crate) fn of(
        lines: &[Line],
        amounts: Vec<Committed>,
        rates: &[ExchangeRate],
        terms: MoneyTerms,
        horizon: Horizon,
    ) -> Self {
        let mut made = BTreeMap::<ProjectCode, Vec<Committed>>::new();
        let standing: BTreeMap<&ProjectCode, Option<Status>> = lines
            .iter()
            .map(|line| (&line.facts.code, line.standing.status))
            .collect();
        for amount in amounts {
            let status = standing.get(&amount.project).copied();
            if status.is_some_and(|status| is_made(&amount, status, horizon)) {
                made.entry(amount.project.clone()).or_default().push(amount);
            }
        }
        let mut money = Self {
            terms,
            rates: Vec::new(),
            set_aside: 0,
            projects: BTreeMap::new(),
            stopped: BTreeMap::new(),
        };
        for (project, amounts) in made {
            let Some(counts) = amounts.iter().map(|amount| rung(amount.kind)).min() else {
                continue;
            };
            let all = amounts.len();
            let counted: Vec<Counted> = amounts
                .into_iter()
                .filter(|amount| rung(amount.kind) == counts)
                .filter_map(|amount| money.counted(amount, rates))
                .collect();
            money.set_aside += all - counted.len();
            let status = standing.get(&project).copied().flatten();
            if let Some(status @ (Status::Suspended | Status::Cancelled)) = status {
                money.stopped.insert(project.clone(), status);
            }
            money.projects.insert(project, counted);
        }
        let used: BTreeSet<&str> = money
            .amounts()
            .filter_map(|(_, counted)| counted.converted.as_ref().ok()?.rate.as_deref())
            .collect();
        let is_used = |rate: &&ExchangeRate| used.contains(rate.code.as_str());
        money.rates = rates.iter().filter(is_used).cloned().collect();
        money
    }

    /// The amounts that count, in the order of their projects.
    pub(crate) fn amounts(&self) -> impl Iterator<Item = (&ProjectCode, &Counted)> {
        self.projects
            .iter()
            .flat_map(|(code, counted)| counted.iter().map(move |amount| (code, amount)))
    }

    /// None for a currency that has no unit to count in: such an amount cannot be recorded.
    fn counted(&self, amount: Committed, rates: &[ExchangeRate]) -> Option<Counted> {
        let places = *self.terms.decimal_places.get(amount.currency.as_str())?;
        let exact = Decimal::from_minor_units(amount.minor_units, places).0;
        let converted = if amount.currency == self.terms.currency {
            Ok(Converted {
                amount: exact,
                rate: None,
            })
        } else {
            self.converted(exact, &amount, rates)
        };
        Some(Counted {
            number: amount.number,
            kind: amount.kind,
            currency: amount.currency,
            amount: exact,
            estimated: amount.estimated,
            on_date: amount.on_date,
            converted,
        })
    }

    fn converted(
        &self,
        exact: Exact,
        amount: &Committed,
        rates: &[ExchangeRate],
    ) -> Result<Converted, Why> {
        let to = &self.terms.currency;
        let own = amount.on_date.map(PartialDate::last_day);
        let day = self.terms.rates_on.or(own).ok_or(Why::NoDate)?;
        let first = day.checked_sub_days(Days::new(RATE_HOLDS)).unwrap_or(day);
        let belongs = |rate: &&ExchangeRate| {
            let pair = (&rate.from_currency, &rate.to_currency);
            (pair == (&amount.currency, to) || pair == (to, &amount.currency))
                && (first..=day).contains(&rate.on_date)
        };
        // Of two of one day the one that was published in this direction.
        let rate = rates
            .iter()
            .filter(belongs)
            .max_by_key(|rate| (rate.on_date, rate.to_currency == *to))
            .ok_or(Why::NoRate)?;
        let converted = if rate.to_currency == *to {
            exact.checked_mul(rate.rate.0)
        } else {
            exact.checked_div(rate.rate.0)
        };
        let places = self
            .terms
            .decimal_places
            .get(to.as_str())
            .copied()
            .unwrap_or(2);
        let away = rust_decimal::RoundingStrategy::MidpointAwayFromZero;
        let converted = converted.ok_or(Why::NoRate)?;
        Ok(Converted {
            amount: converted.round_dp_with_strategy(places, away).normalize(),
            rate: Some(rate.code.clone()),
        })
    }

    /// The commitments of the projects with these codes, each once.
    pub(crate) fn sum<'a>(&self, codes: impl IntoIterator<Item = &'a ProjectCode>) -> Commitments {
        let mut sum = Commitments::default();
        for code in codes.into_iter().collect::<BTreeSet<_>>() {
            let counted = self.projects.get(code).map_or(&[][..], Vec::as_slice);
            sum.projects += usize::from(counted.iter().any(|amount| amount.converted.is_ok()));
            let stopped = self.stopped.get(code).copied();
            counted
                .iter()
                .for_each(|amount| sum.add(code, stopped, amount));
        }
        sum
    }
}

impl Commitments {
    // No sum of amounts that the registry can hold reaches the end of the numbers.
    fn add(&mut self, code: &ProjectCode, stopped: Option<Status>, counted: &Counted) {
        match &counted.converted {
            Ok(Converted { amount, .. }) => {
                self.amount = self.amount.saturating_add(*amount);
                let of_kind = self.by_kind.entry(counted.kind).or_default();
                *of_kind = of_kind.saturating_add(*amount);
                if counted.estimated {
                    self.estimated = self.estimated.saturating_add(*amount);
                }
                if let Some(status) = stopped {
                    self.stopped.entry(status).or_default().add(*amount, code);
                }
            }
            Err(why) => {
                let key = (*why, counted.currency.clone());
                let left_out = self.left_out.entry(key).or_default();
                left_out.add(counted.amount, code);
            }
        }
    }
}

impl Portion {
    fn add(&mut self, amount: Exact, code: &ProjectCode) {
        self.amount = self.amount.saturating_add(amount);
        self.codes.insert(code.clone());
    }
}

/// Whether a commitment had been made. One without a date is taken to have been made when its project was committed to.
fn is_made(amount: &Committed, status: Option<Status>, horizon: Horizon) -> bool {
    match amount.on_date {
        Some(date) => horizon.includes(date),
        None => !matches!(status, None | Some(Status::Proposed | Status::Signed)),
    }
}

/// Amounts of a higher rung may be part of those of a lower one.
fn rung(kind: AmountKind) -> u8 {
    match kind {
        AmountKind::TotalCost => 0,
        AmountKind::Contract => 1,
        AmountKind::Loan | AmountKind::Equity | AmountKind::Grant | AmountKind::Other => 2,
        AmountKind::Guarantee => 3,
    }
}

#[cfg(test)]
mod tests;
