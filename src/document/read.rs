//! Reading the text back. Words are those of the registry; countries and parties may be named, sources may be addresses.

use serde::{Deserialize, Deserializer};

use super::Error;
use crate::domain::*;
use crate::store::{Identifier, Risk};

/// A project as it stands in the text.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ProjectText {
    pub(crate) code: ProjectCode,
    /// Number of the journal entry that the text was made from.
    pub(crate) entry: Option<i64>,
    pub(crate) forum: Option<String>,
    pub(crate) list_number: Option<i64>,
    pub(crate) identified: bool,
    pub(crate) umbrella: Option<bool>,
    pub(crate) instrument: Option<Instrument>,
    pub(crate) title_en: Option<String>,
    pub(crate) title_zh: Option<String>,
    pub(crate) title_ja: Option<String>,
    pub(crate) title_original: Option<String>,
    pub(crate) mode: Option<Mode>,
    pub(crate) mode_basis: Option<ModeBasis>,
    pub(crate) sector: Option<Sector>,
    #[serde(default)]
    pub(crate) hosts: Vec<String>,
    pub(crate) host_note: Option<String>,
    #[serde(default)]
    pub(crate) objectives: Vec<Objective>,
    pub(crate) membership: Option<Membership>,
    pub(crate) confidence: Option<Confidence>,
    pub(crate) note: Option<String>,
    #[serde(default)]
    pub(crate) identifiers: Vec<Identifier>,
    #[serde(default)]
    pub(crate) citations: Vec<SourceReference>,
    #[serde(default)]
    pub(crate) participations: Vec<ParticipationText>,
    #[serde(default)]
    pub(crate) events: Vec<EventText>,
    #[serde(default)]
    pub(crate) amounts: Vec<AmountText>,
    #[serde(default)]
    pub(crate) risks: Vec<RiskText>,
}

/// A party's part. A part without a number is a new one.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ParticipationText {
    pub(crate) number: Option<i32>,
    /// Its code, or a name that means one party alone.
    pub(crate) party: String,
    pub(crate) role: Role,
    #[serde(default, deserialize_with = "number")]
    pub(crate) share_percent: Option<Decimal>,
    #[serde(default)]
    pub(crate) prospective: bool,
    pub(crate) note: Option<String>,
}

/// An event.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct EventText {
    pub(crate) number: Option<i32>,
    pub(crate) on_date: Option<PartialDate>,
    pub(crate) due_on: Option<PartialDate>,
    pub(crate) kind: EventKind,
    pub(crate) status: Option<Status>,
    pub(crate) text: Option<String>,
    pub(crate) source: Option<SourceReference>,
    pub(crate) confidence: Option<Confidence>,
    pub(crate) evidence: Option<Evidence>,
}

/// An amount, in units of its currency.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct AmountText {
    pub(crate) number: Option<i32>,
    pub(crate) kind: AmountKind,
    pub(crate) basis: AmountBasis,
    #[serde(deserialize_with = "number")]
    pub(crate) amount: Option<Decimal>,
    pub(crate) currency: CurrencyCode,
    #[serde(default)]
    pub(crate) estimated: bool,
    pub(crate) on_date: Option<PartialDate>,
    pub(crate) source: Option<SourceReference>,
    pub(crate) note: Option<String>,
}

/// A risk.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RiskText {
    pub(crate) number: Option<i32>,
    pub(crate) category: RiskCategory,
    pub(crate) level: RiskLevel,
    pub(crate) state: RiskState,
    pub(crate) on_date: Option<PartialDate>,
    pub(crate) text: String,
    pub(crate) source: Option<SourceReference>,
}

impl RiskText {
    /// The risk with this number, citing the source with this code.
    pub(crate) fn into_risk(self, number: i32, source: Option<String>) -> Risk {
        let Self {
            category,
            level,
            state,
            on_date,
            text,
            ..
        } = self;
        Risk {
            number,
            category,
            level,
            state,
            on_date,
            text,
            source,
        }
    }
}

/// A number with or without quotation marks.
fn number<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Decimal>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Number {
        Whole(i64),
        Real(f64),
        Text(String),
    }
    let text = match Option::<Number>::deserialize(deserializer)? {
        None => return Ok(None),
        Some(Number::Whole(number)) => number.to_string(),
        // The shortest digits that mean this number: those that were typed.
        Some(Number::Real(number)) => number.to_string(),
        Some(Number::Text(text)) => text,
    };
    text.parse().map(Some).map_err(serde::de::Error::custom)
}

/// Reads a project.
///
/// # Errors
/// What is wrong, with the line on which it stands; a text of nothing but blanks and remarks is empty.
pub(crate) fn read(text: &str) -> Result<ProjectText, Error> {
    let is_empty = text
        .lines()
        .all(|line| line.trim().is_empty() || line.trim().starts_with('#'));
    if is_empty {
        return Err(Error::Empty);
    }
    toml::from_str(text).map_err(|error: toml::de::Error| {
        let before = error.span().and_then(|span| text.get(..span.start));
        Error::Slip {
            line: before.unwrap_or_default().matches('\n').count() + 1,
            message: error.message().to_owned(),
        }
    })
}
