//! `tpmc amount add`

use clap::Args;

use super::minor_units;
use crate::args::words;
use crate::commands::WriteArgs;
use crate::commands::desk::record;
use crate::commands::options::{SourceArgs, text};
use crate::commands::parts;
use crate::context::Context;
use crate::domain::{
    AmountBasis, AmountKind, CurrencyCode, Decimal, ProjectCode, When, read_currency, read_number,
};
use crate::error::Error;
use crate::store::Amount;

/// Record an amount of money
///
/// A pledge is not a commitment: the basis must be said. An amount in a currency that exists no more needs a date. Special drawing
/// rights are the currency XDR. A repayment or a cancelled part is no amount of its own: note it with `tpmc event add`.
#[derive(Debug, Args)]
#[command(
    after_help = "Example: tpmc amount add P-0002 1700000000 USD --kind contract --basis commitment --on 2011-12-29"
)]
pub(crate) struct Add {
    /// The project's code, like F1-001 or P-0001
    code: ProjectCode,
    /// How much, in units of the currency: 1200000000, 1,200,000,000, 12億 or 12亿
    #[arg(allow_negative_numbers = true, value_parser = read_number)]
    amount: Decimal,
    /// The currency (ISO 4217), like USD, or its name, like 人民币
    #[arg(value_parser = read_currency)]
    currency: CurrencyCode,
    /// What it is the amount of
    #[arg(long, value_parser = words::<AmountKind>())]
    kind: AmountKind,
    /// Whether it was promised, bound or paid
    #[arg(long, value_parser = words::<AmountBasis>())]
    basis: AmountBasis,
    /// When it was stated or agreed
    #[arg(long, value_name = "DATE")]
    on: Option<When>,
    /// The party whose money it is: its code or its name
    #[arg(long, value_name = "PARTY")]
    party: Option<String>,
    /// Only about so much
    #[arg(long)]
    estimated: bool,
    #[command(flatten)]
    source: SourceArgs,
    /// Anything else
    #[arg(long, value_name = "TEXT", value_parser = text)]
    note: Option<String>,
    #[command(flatten)]
    write: WriteArgs,
}

impl Add {
    pub(crate) fn run(self, context: &Context) -> Result<(), Error> {
        record(context, "amount add", &self.write, false, |desk| {
            parts::add(desk, &self.code, |desk, number| {
                Ok(Amount {
                    number,
                    kind: self.kind,
                    basis: self.basis,
                    minor_units: minor_units(desk, self.amount, &self.currency)?,
                    currency: self.currency.clone(),
                    estimated: self.estimated,
                    on_date: desk.maybe_date(self.on),
                    source: self.source.resolve(desk)?,
                    note: self.note.clone(),
                    party: super::party(desk, self.party.as_deref())?,
                })
            })
        })
    }
}
