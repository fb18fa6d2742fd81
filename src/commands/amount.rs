//! `tpmc amount`: what a project costs and who promised what, one verb a file.

mod add;
mod set;

use clap::Subcommand;
use serde_json::Value;

use super::desk::Desk;
use super::parts::{ListArgs, RemoveArgs};
use crate::context::Context;
use crate::domain::{CurrencyCode, Decimal, Invalid};
use crate::error::Error;
use crate::report::Shown;
use crate::store::{Amount as Record, Currency};

/// Record and correct amounts of money
#[derive(Debug, Subcommand)]
pub(crate) enum Amount {
    Add(add::Add),
    /// List the amounts of a project
    #[command(after_help = "Example: tpmc amount list P-0002")]
    List(ListArgs),
    Set(set::Set),
    /// Take an amount out of a project; the journal keeps it
    #[command(after_help = "Example: tpmc amount remove P-0002 2 --reason 'another loan'")]
    Remove(RemoveArgs),
}

const COLUMNS: &[Shown] = &[
    Shown::plain("number", "field-number"),
    Shown::plain("currency", "field-currency"),
    Shown::plain("amount", "field-amount"),
    Shown::word("kind", "field-kind", "amount-kind"),
    Shown::word("basis", "field-basis", "amount-basis"),
    Shown::plain("estimated", "field-estimated"),
    Shown::plain("on_date", "field-date"),
    Shown::plain("party", "field-party")
        .optional()
        .leading_to("party"),
    Shown::plain("source", "field-source").optional(),
];

impl Amount {
    pub(crate) fn run(self, context: &Context) -> Result<(), Error> {
        let units = |reader: &mut crate::store::Reader<'_>, amount: &Record| {
            let currency: Currency = reader.one(amount.currency.as_str())?;
            let units = Decimal::from_minor_units(amount.minor_units, places(&currency)?);
            Ok(vec![("amount", Value::String(units.to_string()))])
        };
        match self {
            Self::Add(command) => command.run(context),
            Self::List(command) => command.run::<Record>(context, COLUMNS, units),
            Self::Set(command) => command.run(context),
            Self::Remove(command) => command.run::<Record>(context, "amount remove"),
        }
    }
}

/// How many decimals a currency has.
pub(crate) fn places(currency: &Currency) -> Result<u32, Error> {
    let places = currency
        .decimal_places
        .and_then(|places| u32::try_from(places).ok());
    places.ok_or_else(|| {
        let why = "why-no-unit";
        Invalid::new("what-currency-to-count", currency.code.as_str(), why).into()
    })
}

/// An amount of currency units in minor units, exactly.
pub(crate) fn minor_units(
    desk: &mut Desk<'_, '_>,
    amount: Decimal,
    currency: &CurrencyCode,
) -> Result<i64, Error> {
    let currency: Currency = desk.reader().one(currency.as_str())?;
    Ok(amount.to_minor_units(places(&currency)?)?)
}

/// The code of the party that is named.
fn party(desk: &mut Desk<'_, '_>, named: Option<&str>) -> Result<Option<String>, Error> {
    let found = named.map(|named| desk.reader().party(named)).transpose()?;
    Ok(found.map(|party| party.facts.code))
}
