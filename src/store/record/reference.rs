//! Countries, currencies and forums: what projects are checked against and counted under.

use chrono::NaiveDate;
use diesel::prelude::*;
use serde::{Deserialize, Serialize};

use super::single_row_record;
use crate::domain::{CountryNamed, Names, PartialDate, RecordId, Side, Translated};
use crate::store::backend::{Backend, Db};
use crate::store::schema::{country, currency, forum};

/// A country of ISO 3166-1.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, HasQuery)]
#[diesel(table_name = country, check_for_backend(Backend))]
#[serde(deny_unknown_fields)]
pub(crate) struct Country {
    pub(crate) code: String,
    pub(crate) id: RecordId,
    pub(crate) alpha3: String,
    pub(crate) numeric: String,
    pub(crate) name_en: String,
    pub(crate) name_zh: String,
    pub(crate) name_ja: String,
    /// First day of membership in ASEAN.
    pub(crate) asean_since: Option<NaiveDate>,
    /// The side of which parties at home there are, where the registry departs from the usual rule.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) side: Option<Side>,
}
single_row_record!(Country, country);

impl Country {
    /// The name in the three languages.
    pub(crate) fn names(&self) -> Names<'_> {
        Names {
            en: Some(&self.name_en),
            zh: Some(&self.name_zh),
            ja: Some(&self.name_ja),
            native: None,
            translated: Translated::default(),
        }
    }

    /// The country with its names, to be found by them.
    pub(crate) fn named(self) -> Option<CountryNamed> {
        Some(CountryNamed {
            code: self.code.parse().ok()?,
            alpha3: self.alpha3,
            names: [self.name_en, self.name_zh, self.name_ja],
        })
    }
}

/// A currency of ISO 4217, withdrawn ones included: records may be old.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, HasQuery)]
#[diesel(table_name = currency, check_for_backend(Backend))]
#[serde(deny_unknown_fields)]
pub(crate) struct Currency {
    pub(crate) code: String,
    pub(crate) id: RecordId,
    pub(crate) numeric: Option<String>,
    pub(crate) name_en: String,
    pub(crate) name_zh: Option<String>,
    pub(crate) name_ja: Option<String>,
    /// The exponent of the minor unit: 2 for cents. None where the standard gives none.
    pub(crate) decimal_places: Option<i32>,
    /// When it ceased to be legal tender.
    pub(crate) withdrawn: Option<PartialDate>,
}
single_row_record!(Currency, currency);

/// A forum at which agreements were announced.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, HasQuery)]
#[diesel(table_name = forum, check_for_backend(Backend))]
#[serde(deny_unknown_fields)]
pub(crate) struct Forum {
    pub(crate) code: String,
    pub(crate) id: RecordId,
    pub(crate) name_en: String,
    pub(crate) name_zh: String,
    pub(crate) name_ja: String,
    pub(crate) held_on: NaiveDate,
    /// How many agreements were announced.
    pub(crate) agreements: Option<i64>,
    pub(crate) source: Option<String>,
}
single_row_record!(Forum, forum);

impl Forum {
    /// The name in the three languages.
    pub(crate) fn names(&self) -> Names<'_> {
        Names {
            en: Some(&self.name_en),
            zh: Some(&self.name_zh),
            ja: Some(&self.name_ja),
            native: None,
            translated: Translated::default(),
        }
    }
}
