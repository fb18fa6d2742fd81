//! `tpmc rate add`

use clap::Args;

use crate::commands::WriteArgs;
use crate::commands::desk::{Done, record};
use crate::commands::options::{day, text};
use crate::context::Context;
use crate::domain::{CurrencyCode, Decimal, SourceReference, read_currency, read_number};
use crate::error::Error;
use crate::store::{Currency, ExchangeRate};

/// Record what one unit of a currency was worth in another on a day
///
/// A rate of the same two currencies and the same day takes the place of the old one, which stays in the journal. Reports that
/// convert use it in both directions.
#[derive(Debug, Args)]
#[command(
    after_help = "Example: tpmc rate add USD JPY 112.45 --on 2018-10-26 --source https://www.boj.or.jp/"
)]
pub(crate) struct Add {
    /// One unit of this currency (ISO 4217), like USD
    #[arg(value_name = "FROM", value_parser = read_currency)]
    from: CurrencyCode,
    /// is worth so many units of this one, like JPY
    #[arg(value_name = "TO", value_parser = read_currency)]
    to: CurrencyCode,
    /// So many: digits, with a point before decimals
    #[arg(allow_negative_numbers = true, value_parser = read_number)]
    rate: Decimal,
    /// The day of the rate
    #[arg(long, value_name = "DAY", value_parser = day)]
    on: chrono::NaiveDate,
    /// Where it is said: an address, the code of a source, like S-0002, or a document, which is kept
    #[arg(long, value_name = "URL|CODE|FILE", value_parser = SourceReference::typed)]
    source: SourceReference,
    /// Anything else
    #[arg(long, value_name = "TEXT", value_parser = text)]
    note: Option<String>,
    #[command(flatten)]
    write: WriteArgs,
}

impl Add {
    pub(crate) fn run(self, context: &Context) -> Result<(), Error> {
        record(context, "rate add", &self.write, false, |desk| {
            for currency in [&self.from, &self.to] {
                desk.reader().one::<Currency>(currency.as_str())?;
            }
            let source = desk.source(&self.source)?;
            let pair = [self.from.clone(), self.to.clone()];
            let rate = ExchangeRate::of(pair, self.on, self.rate, source, self.note.clone());
            desk.save(rate.clone())?;
            let told = message!(
                "told-rate",
                code = rate.code,
                rate = rate.rate,
                to = rate.to_currency,
                from = rate.from_currency
            );
            Done::about(rate, told)
        })
    }
}
