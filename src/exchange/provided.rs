//! What records refer to, for formats that show it beside them.

use std::collections::HashMap;

use chrono::NaiveDate;

use crate::domain::{CurrencyCode, Homes, Horizon, Moment};
use crate::report::Provenance;
use crate::store::{Amount, Country, Currency, Party, Project, Source};

/// Parties and sources of the records at hand, all countries and currencies, and what the export is about.
#[derive(Debug)]
pub(crate) struct Provided {
    pub(crate) horizon: Horizon,
    /// When the last batch was recorded: the date of the export, so that the same registry gives the same bytes.
    pub(crate) recorded_at: Option<Moment>,
    pub(crate) parties: HashMap<String, Party>,
    pub(crate) sources: HashMap<String, Source>,
    pub(crate) countries: HashMap<String, Country>,
    pub(crate) currencies: HashMap<String, Currency>,
    pub(crate) homes: Homes,
}

impl Provided {
    /// For formats that show records alone.
    pub(crate) fn nothing() -> Self {
        Self {
            horizon: Horizon {
                as_of: NaiveDate::MAX,
                known: NaiveDate::MAX,
                zone: crate::domain::Zone::UTC,
            },
            recorded_at: None,
            parties: HashMap::new(),
            sources: HashMap::new(),
            countries: HashMap::new(),
            currencies: HashMap::new(),
            homes: Homes::default(),
        }
    }

    /// What follows from a project's record.
    pub(crate) fn provenance(&self, project: &Project) -> Provenance {
        Provenance::of(project, self.horizon, &self.sources)
    }

    /// An amount in currency units, exactly: `1234.50`. None where the currency has no smallest unit.
    pub(crate) fn units(&self, amount: &Amount) -> Option<String> {
        let places = self.decimal_places(&amount.currency)?;
        let units =
            rust_decimal::Decimal::try_from_i128_with_scale(amount.minor_units.into(), places);
        units.ok().map(|units| units.to_string())
    }

    fn decimal_places(&self, currency: &CurrencyCode) -> Option<u32> {
        let currency = self.currencies.get(currency.as_str())?;
        u32::try_from(currency.decimal_places?).ok()
    }
}
