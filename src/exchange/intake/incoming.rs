//! What rows of a foreign table say of one project, before it is compared with the registry.

use csv::StringRecord;

use crate::domain::*;
use crate::exchange::Listed;
use crate::report::{Flaw, MoneyTotals, Said};
use crate::store::Identifier;

macro_rules! incoming {
    ($($(#[$attribute:meta])* $field:ident: $type:ty, $about:literal;)+) => {
/// One project as a row, or a group of rows, states it. None and an empty list: the file says nothing of it.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Incoming {
    /// Row numbers as a spreadsheet shows them, headings included.
    pub(crate) rows: Vec<u64>,
    /// The cells of those rows as they stood, for the rejects file.
    pub(crate) original: Vec<StringRecord>,
    /// Scheme and identifier from the mapping's row key: kept as an identifier of the project. It is in `identifiers`, too.
    pub(crate) key: Option<Identifier>,
    pub(crate) code: Option<ProjectCode>,
    pub(crate) id: Option<RecordId>,
    pub(crate) list_number: Option<i64>,
    pub(crate) forum: Option<String>,
    pub(crate) identified: Option<bool>,
    $(pub(crate) $field: Option<$type>,)+
    pub(crate) hosts: Vec<CountryCode>,
    pub(crate) objectives: Vec<Objective>,
    pub(crate) identifiers: Vec<Identifier>,
    pub(crate) participations: Vec<IncomingParticipation>,
    pub(crate) events: Vec<IncomingEvent>,
    pub(crate) amounts: Vec<IncomingAmount>,
    pub(crate) risks: Vec<IncomingRisk>,
    pub(crate) citations: Vec<SourceMention>,
    /// The list, and the place of the project in it. None for a project sheet.
    pub(crate) list: Option<Listed>,
    /// Money in the cells.
    pub(crate) money: MoneyTotals,
    /// Those amounts of it that became findings.
    pub(crate) unstated: Vec<(String, Decimal)>,
    /// What is wrong with cells of these rows. A value that a finding drops is not among the fields above.
    pub(crate) findings: Vec<CellFinding>,
}
    };
}
project_fields!(incoming);

/// A party as a file names it: by our code, or by name and country.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub(crate) struct PartyMention {
    pub(crate) code: Option<String>,
    pub(crate) name: Option<String>,
    pub(crate) country: Option<CountryCode>,
    /// What kind of party the file says it is.
    pub(crate) kind: Option<PartyKind>,
    /// The sign in its name that may stand between several names, and what becomes of it where no known party has that name.
    pub(crate) perhaps_several: Option<(String, Effect)>,
}

/// A source as a file names it: by our code, or by address or title.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub(crate) struct SourceMention {
    pub(crate) code: Option<String>,
    pub(crate) url: Option<String>,
    pub(crate) title: Option<String>,
    pub(crate) publisher: Option<String>,
    /// As our own sheets say it.
    pub(crate) confidence: Option<Confidence>,
}

/// See [`crate::store::Participation`]. The number is that of our own sheets.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct IncomingParticipation {
    pub(crate) number: Option<i32>,
    pub(crate) party: PartyMention,
    pub(crate) role: Role,
    pub(crate) share_percent: Option<Decimal>,
    pub(crate) prospective: bool,
    pub(crate) note: Option<String>,
}

/// See [`crate::store::Event`].
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct IncomingEvent {
    pub(crate) number: Option<i32>,
    /// None with a status: the file says where the project stands and not since when.
    pub(crate) on_date: Option<PartialDate>,
    pub(crate) due_on: Option<PartialDate>,
    pub(crate) kind: EventKind,
    pub(crate) status: Option<Status>,
    pub(crate) text: Option<String>,
    pub(crate) source: Option<SourceMention>,
    pub(crate) confidence: Option<Confidence>,
    pub(crate) evidence: Option<Evidence>,
}

/// See [`crate::store::Amount`].
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct IncomingAmount {
    pub(crate) number: Option<i32>,
    pub(crate) kind: AmountKind,
    pub(crate) basis: AmountBasis,
    pub(crate) currency: CurrencyCode,
    pub(crate) minor_units: i64,
    /// The number of currency units as the file has it, where it has more decimals than the currency and the mapping allows
    /// to round it.
    pub(crate) rounded_from: Option<Decimal>,
    pub(crate) estimated: bool,
    pub(crate) on_date: Option<PartialDate>,
    pub(crate) source: Option<SourceMention>,
    pub(crate) note: Option<String>,
    pub(crate) party: Option<PartyMention>,
    /// Currency units as they were read.
    pub(crate) units: Decimal,
    /// Whether every row of a group states it anew, so that equal ones are one.
    pub(crate) is_of_project: bool,
}

/// See [`crate::store::Risk`].
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct IncomingRisk {
    pub(crate) number: Option<i32>,
    pub(crate) category: RiskCategory,
    pub(crate) level: RiskLevel,
    pub(crate) state: RiskState,
    pub(crate) on_date: Option<PartialDate>,
    pub(crate) text: String,
    pub(crate) source: Option<SourceMention>,
}

/// What is wrong with a cell, and what becomes of it.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub(crate) struct CellFinding {
    /// As a spreadsheet shows it.
    pub(crate) row: u64,
    /// The heading of the column; none where the row as a whole is at fault.
    pub(crate) column: Option<String>,
    /// What stands in the cell, cut where it is long.
    pub(crate) value: String,
    #[serde(flatten)]
    pub(crate) said: Said,
    pub(crate) effect: Effect,
}

/// What a finding does, from mild to grave.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Effect {
    /// The value is left out, the rest of the row is taken.
    DropValue,
    /// The row waits until somebody decides.
    Ask,
    /// The row is rejected.
    DropRow,
    /// Nothing of the file is taken.
    Stop,
}

impl Incoming {
    /// The gravest effect of its findings.
    #[cfg(test)]
    pub(crate) fn effect(&self) -> Option<Effect> {
        self.findings.iter().map(|finding| finding.effect).max()
    }

    /// Whether all money that was read is stated, or a finding.
    pub(crate) fn money_adds_up(&self) -> bool {
        let mut stated = MoneyTotals::default();
        for amount in &self.amounts {
            stated.read(amount.currency.as_str(), amount.units);
        }
        for (currency, units) in &self.unstated {
            stated.read(currency, *units);
        }
        let read = self
            .money
            .0
            .iter()
            .filter(|(_, money)| money.read != Decimal::default());
        let sums = stated
            .0
            .iter()
            .filter(|(_, money)| money.read != Decimal::default());
        read.map(|(currency, money)| (currency, money.read))
            .eq(sums.map(|(currency, money)| (currency, money.read)))
    }

    /// Sets the amounts of a row aside that repeats another one.
    pub(crate) fn set_amounts_aside(&mut self) {
        let aside = self.amounts.drain(..);
        self.unstated
            .extend(aside.map(|amount| (amount.currency.to_string(), amount.units)));
    }

    /// Adds what another row says of the same project. Where it contradicts what is stated, that is a finding.
    pub(crate) fn merge(&mut self, other: Self) {
        let row = other.rows.first().copied().unwrap_or_default();
        let mut contradicted = Vec::new();
        macro_rules! once {
            ($($field:ident),+) => {$(
                if let Some(value) = other.$field {
                    match &self.$field {
                        Some(stated) if *stated != value => contradicted.push(stringify!($field)),
                        _ => self.$field = Some(value),
                    }
                }
            )+};
        }
        once!(code, id, list_number, forum, identified);
        macro_rules! once_each {
            ($($(#[$attribute:meta])* $field:ident: $type:ty, $about:literal;)+) => { once!($($field),+) };
        }
        project_fields!(once_each);
        macro_rules! every {
            ($($list:ident),+) => {$(
                for item in other.$list {
                    if !self.$list.contains(&item) {
                        self.$list.push(item);
                    }
                }
            )+};
        }
        every!(
            hosts,
            objectives,
            identifiers,
            participations,
            events,
            risks,
            citations
        );
        self.money.add(&other.money, false);
        self.unstated.extend(other.unstated);
        for amount in other.amounts {
            if amount.is_of_project && self.amounts.contains(&amount) {
                self.money.unread(amount.currency.as_str(), amount.units);
            } else {
                self.amounts.push(amount);
            }
        }
        self.rows.extend(other.rows);
        self.original.extend(other.original);
        self.findings.extend(other.findings);
        self.findings
            .extend(contradicted.into_iter().map(|field| CellFinding {
                row,
                column: None,
                value: field.to_owned(),
                said: Flaw::Contradicted.into(),
                effect: Effect::DropValue,
            }));
    }
}
