//! `tpmc amount set`

use clap::Args;

use super::{minor_units, places};
use crate::args::words;
use crate::commands::WriteArgs;
use crate::commands::desk::{Desk, record};
use crate::commands::options::{SourceArgs, clearable, nothing_said, put, text};
use crate::commands::parts::{self, PartArgs};
use crate::context::Context;
use crate::domain::{
    AmountBasis, AmountKind, CurrencyCode, Decimal, When, read_currency, read_number,
};
use crate::error::Error;
use crate::store::{Amount, Currency};

/// Correct an amount of money
#[derive(Debug, Args)]
#[command(after_help = "Example: tpmc amount set P-0002 1 --estimated false --amount 1680000000")]
pub(crate) struct Set {
    #[command(flatten)]
    part: PartArgs,
    /// How much, in units of the currency
    #[arg(long, value_name = "NUMBER", allow_negative_numbers = true, value_parser = read_number)]
    amount: Option<Decimal>,
    /// The currency (ISO 4217), like USD
    #[arg(long, value_parser = read_currency)]
    currency: Option<CurrencyCode>,
    /// What it is the amount of
    #[arg(long, value_parser = words::<AmountKind>())]
    kind: Option<AmountKind>,
    /// Whether it was promised, bound or paid
    #[arg(long, value_parser = words::<AmountBasis>())]
    basis: Option<AmountBasis>,
    /// When it was stated or agreed
    #[arg(long, value_name = "DATE")]
    on: Option<When>,
    /// The party whose money it is: its code or its name
    #[arg(long, value_name = "PARTY")]
    party: Option<String>,
    /// Whether it is only about so much
    #[arg(long, value_name = "true|false")]
    estimated: Option<bool>,
    #[command(flatten)]
    source: SourceArgs,
    /// Anything else
    #[arg(long, value_name = "TEXT", value_parser = text)]
    note: Option<String>,
    /// Empty a field: it becomes not stated (can be repeated)
    #[arg(long, value_name = "FIELD", value_delimiter = ',', value_parser = clearable(&["on", "source", "note", "party"]))]
    clear: Vec<String>,
    #[command(flatten)]
    write: WriteArgs,
}

impl Set {
    pub(crate) fn run(self, context: &Context) -> Result<(), Error> {
        let said = self.amount.is_some()
            || self.currency.is_some()
            || self.kind.is_some()
            || self.basis.is_some()
            || self.on.is_some()
            || self.estimated.is_some()
            || self.source.source.is_some()
            || self.note.is_some()
            || self.party.is_some()
            || !self.clear.is_empty();
        if !said {
            return Err(nothing_said("amount set"));
        }
        record(context, "amount set", &self.write, false, |desk| {
            parts::set(desk, &self.part, |desk, amount| self.change(desk, amount))
        })
    }

    fn change(&self, desk: &mut Desk<'_, '_>, amount: &mut Amount) -> Result<(), Error> {
        for field in &self.clear {
            match field.as_str() {
                "on" => amount.on_date = None,
                "source" => amount.source = None,
                "party" => amount.party = None,
                _ => amount.note = None,
            }
        }
        if self.amount.is_some() || self.currency.is_some() {
            let before: Currency = desk.reader().one(amount.currency.as_str())?;
            let before = Decimal::from_minor_units(amount.minor_units, places(&before)?);
            amount.currency = self
                .currency
                .clone()
                .unwrap_or_else(|| amount.currency.clone());
            amount.minor_units =
                minor_units(desk, self.amount.unwrap_or(before), &amount.currency)?;
        }
        amount.kind = self.kind.unwrap_or(amount.kind);
        amount.basis = self.basis.unwrap_or(amount.basis);
        amount.estimated = self.estimated.unwrap_or(amount.estimated);
        put(&mut amount.on_date, &desk.maybe_date(self.on));
        put(&mut amount.source, &self.source.resolve(desk)?);
        put(&mut amount.note, &self.note);
        put(
            &mut amount.party,
            &super::party(desk, self.party.as_deref())?,
        );
        Ok(())
    }
}
