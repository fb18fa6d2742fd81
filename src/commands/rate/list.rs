//! `tpmc rate list`

use clap::Args;

use crate::commands::listed::ListedArgs;
use crate::context::Context;
use crate::domain::CurrencyCode;
use crate::error::Error;
use crate::report::Shown;
use crate::store::ExchangeRate;

/// List exchange rates
#[derive(Debug, Args)]
#[command(after_help = "Example: tpmc rate list --currency JPY")]
pub(crate) struct List {
    /// Only rates of this currency
    #[arg(long, value_parser = crate::domain::read_currency)]
    currency: Option<CurrencyCode>,
    #[command(flatten)]
    listed: ListedArgs,
}

const COLUMNS: &[Shown] = &[
    Shown::plain("from_currency", "field-from_currency"),
    Shown::plain("to_currency", "field-to_currency"),
    Shown::plain("on_date", "field-on_date"),
    Shown::plain("rate", "field-rate"),
    Shown::plain("source", "field-source"),
    Shown::plain("note", "field-note").optional(),
];

impl List {
    pub(crate) fn run(self, context: &Context) -> Result<(), Error> {
        let is_wanted = |rate: &ExchangeRate| {
            self.currency
                .as_ref()
                .is_none_or(|currency| [&rate.from_currency, &rate.to_currency].contains(&currency))
        };
        self.listed.show(context, COLUMNS, |reader| {
            let rates = reader.all::<ExchangeRate>()?.into_iter().filter(is_wanted);
            let rows = rates.map(|rate| (rate, Vec::new()));
            Ok(rows)
        })
    }
}
