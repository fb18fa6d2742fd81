//! Commitments as JSON: figures as exact text, every amount that counts by its project.

use std::collections::{BTreeMap, BTreeSet};

use serde::ser::SerializeMap as _;
use serde::{Serialize, Serializer};

use super::{Commitments, Counted, Money, Why};
use crate::domain::{
    AmountKind, CurrencyCode, Decimal, PartialDate, ProjectCode, Status, Vocabulary as _,
};

impl Serialize for Money {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("currency", &self.terms.currency)?;
        map.serialize_entry("rates_on", &self.terms.rates_on)?;
        map.serialize_entry("rates", &self.rates)?;
        map.serialize_entry("set_aside", &self.set_aside)?;
        let amounts = self
            .amounts()
            .map(|(project, counted)| Listed::of(project, counted));
        map.serialize_entry("amounts", &amounts.collect::<Vec<_>>())?;
        map.end()
    }
}

/// An amount that counts: as it is recorded, and what became of it.
#[derive(Serialize)]
struct Listed<'a> {
    project: &'a ProjectCode,
    number: i32,
    kind: AmountKind,
    currency: &'a CurrencyCode,
    amount: Decimal,
    estimated: bool,
    on_date: Option<PartialDate>,
    rate: Option<&'a str>,
    converted: Option<Decimal>,
    /// Why it is not converted.
    reason: Option<Why>,
}

impl<'a> Listed<'a> {
    fn of(project: &'a ProjectCode, counted: &'a Counted) -> Self {
        let converted = counted.converted.as_ref().ok();
        Self {
            project,
            number: counted.number,
            kind: counted.kind,
            currency: &counted.currency,
            amount: Decimal(counted.amount),
            estimated: counted.estimated,
            on_date: counted.on_date,
            rate: converted.and_then(|converted| converted.rate.as_deref()),
            converted: converted.map(|converted| Decimal(converted.amount)),
            reason: counted.converted.as_ref().err().copied(),
        }
    }
}

/// The part of a sum in projects that were suspended or cancelled since.
#[derive(Serialize)]
struct Stopped<'a> {
    status: Status,
    amount: Decimal,
    codes: &'a BTreeSet<ProjectCode>,
}

/// What could not be converted, in its own currency.
#[derive(Serialize)]
struct Missing<'a> {
    currency: &'a CurrencyCode,
    amount: Decimal,
    reason: Why,
    codes: &'a BTreeSet<ProjectCode>,
}

impl Serialize for Commitments {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let left_out = self
            .left_out
            .iter()
            .map(|((reason, currency), left)| Missing {
                currency,
                amount: Decimal(left.amount),
                reason: *reason,
                codes: &left.codes,
            });
        let stopped = self.stopped.iter().map(|(status, part)| Stopped {
            status: *status,
            amount: Decimal(part.amount),
            codes: &part.codes,
        });
        let kinds = self.by_kind.iter();
        let by_kind: BTreeMap<&str, Decimal> = kinds
            .map(|(kind, amount)| (kind.word(), Decimal(*amount)))
            .collect();
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("amount", &Decimal(self.amount))?;
        map.serialize_entry("estimated", &Decimal(self.estimated))?;
        map.serialize_entry("projects", &self.projects)?;
        map.serialize_entry("by_kind", &by_kind)?;
        map.serialize_entry("stopped", &stopped.collect::<Vec<_>>())?;
        map.serialize_entry("left_out", &left_out.collect::<Vec<_>>())?;
        map.end()
    }
}
