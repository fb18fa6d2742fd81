//! The countries and currencies that a foreign table may name.

use std::collections::HashMap;

use crate::domain::{CountryCode, CountryNames, CurrencyCode, NoCountry};
use crate::store::{Country, Currency};

/// Countries by every way to write them, currencies by code.
#[derive(Debug, Default)]
pub(crate) struct References {
    countries: CountryNames,
    currencies: HashMap<CurrencyCode, Currency>,
}

impl References {
    pub(crate) fn new(
        countries: impl IntoIterator<Item = Country>,
        currencies: impl IntoIterator<Item = Currency>,
    ) -> Self {
        let mut known = Self {
            countries: CountryNames::new(countries.into_iter().filter_map(Country::named)),
            ..Self::default()
        };
        for currency in currencies {
            if let Ok(code) = currency.code.parse() {
                known.currencies.insert(code, currency);
            }
        }
        known
    }

    /// The country that is written so.
    pub(crate) fn country(&self, text: &str) -> Option<&CountryCode> {
        self.countries.find(text)
    }

    /// Why `text` names no country.
    pub(crate) fn no_country(&self, text: &str) -> NoCountry {
        self.countries.why_not(text)
    }

    pub(crate) fn currency(&self, code: &CurrencyCode) -> Option<&Currency> {
        self.currencies.get(code)
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::domain::seeded_id;

    /// A few countries and currencies.
    pub(in crate::exchange) fn some() -> References {
        let country = |code: &str, alpha3: &str, en: &str, zh: &str, ja: &str| Country {
            code: code.to_owned(),
            id: seeded_id("country", code),
            alpha3: alpha3.to_owned(),
            numeric: String::new(),
            name_en: en.to_owned(),
            name_zh: zh.to_owned(),
            name_ja: ja.to_owned(),
            asean_since: None,
            side: None,
        };
        let currency = |code: &str, places: i32| Currency {
            code: code.to_owned(),
            id: seeded_id("currency", code),
            numeric: None,
            name_en: code.to_owned(),
            name_zh: None,
            name_ja: None,
            decimal_places: Some(places),
            withdrawn: (code == "ZMK").then(|| "2013-01".parse().expect("a date")),
        };
        References::new(
            [
                country("CN", "CHN", "China", "中国", "中国"),
                country("JP", "JPN", "Japan", "日本", "日本"),
                country("TH", "THA", "Thailand", "泰国", "タイ"),
                country("VN", "VNM", "Vietnam", "越南", "ベトナム"),
            ],
            [
                currency("USD", 2),
                currency("CNY", 2),
                currency("JPY", 0),
                currency("CNY", 2),
                currency("ZMK", 2),
            ],
        )
    }

    #[test]
    fn a_country_has_many_names() {
        let known = some();
        for text in ["TH", "tha", " Thailand ", "泰国", "泰國", "ﾀｲ", "THAILAND"] {
            assert_eq!(
                known.country(text).map(CountryCode::as_str),
                Some("TH"),
                "{text}"
            );
        }
        assert_eq!(known.country("Siam"), None);
    }
}
