//! The countries and currencies that a foreign table may name.

use std::collections::HashMap;

use crate::domain::{CountryCode, CurrencyCode, fold};
use crate::store::{Country, Currency};

/// Countries by every way to write them, currencies by code.
#[derive(Debug, Default)]
pub(crate) struct References {
    countries: HashMap<String, CountryCode>,
    currencies: HashMap<CurrencyCode, Currency>,
}

impl References {
    pub(crate) fn new(
        countries: impl IntoIterator<Item = Country>,
        currencies: impl IntoIterator<Item = Currency>,
    ) -> Self {
        let mut known = Self::default();
        for country in countries {
            let Ok(code) = country.code.parse::<CountryCode>() else {
                continue;
            };
            let (en, zh, ja) = (country.name_en, country.name_zh, country.name_ja);
            for name in [country.code, country.alpha3, en, zh, ja] {
                known.countries.insert(fold(&name), code.clone());
            }
        }
        for currency in currencies {
            if let Ok(code) = currency.code.parse() {
                known.currencies.insert(code, currency);
            }
        }
        known
    }

    /// The country that is written so: ISO 3166-1 alpha-2 or alpha-3, or its name in English, Chinese or Japanese.
    pub(crate) fn country(&self, text: &str) -> Option<&CountryCode> {
        self.countries
            .get(text)
            .or_else(|| self.countries.get(&fold(text.trim())))
    }

    pub(crate) fn currency(&self, code: &CurrencyCode) -> Option<&Currency> {
        self.currencies.get(code)
    }
}
