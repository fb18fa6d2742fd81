//! What a text can say of a project. Words are those of the registry; countries and parties may be named, sources may be addresses.

use std::marker::PhantomData;
use std::str::FromStr;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer};

use crate::domain::*;
use crate::language::{NoWord, read_word};
use crate::message::{Message, in_serde};
use crate::store::{Identifier, Risk};

macro_rules! project_text {
    ($($(#[$attribute:meta])* $field:ident: $type:ty, $about:literal;)+) => {
        /// A project as it stands in the text.
        #[derive(Debug, Clone, Deserialize)]
        #[serde(deny_unknown_fields)]
        pub(crate) struct ProjectText {
            /// Its code; a new project has none.
            pub(crate) code: Option<ProjectCode>,
            /// Number of the journal entry that the text was made from.
            pub(crate) entry: Option<i64>,
            pub(crate) forum: Option<String>,
            pub(crate) list_number: Option<i64>,
            #[serde(default = "known")]
            pub(crate) identified: bool,
            $(#[serde(default, deserialize_with = "field")] pub(crate) $field: Option<$type>,)+
            #[serde(default)]
            pub(crate) hosts: Vec<String>,
            #[serde(default, deserialize_with = "words")]
            pub(crate) objectives: Vec<Objective>,
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
            /// Parties that are recorded with it.
            #[serde(default)]
            pub(crate) parties: Vec<PartyText>,
            /// Sources that are recorded with it.
            #[serde(default)]
            pub(crate) sources: Vec<SourceText>,
        }
    };
}
project_fields!(project_text);

/// A project is identified unless its text says that it is not.
fn known() -> bool {
    true
}

/// A new party.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct PartyText {
    #[serde(deserialize_with = "word")]
    pub(crate) kind: PartyKind,
    pub(crate) name_en: Option<String>,
    pub(crate) name_zh: Option<String>,
    pub(crate) name_ja: Option<String>,
    pub(crate) name_native: Option<String>,
    /// Its home country, by code or name.
    pub(crate) country: Option<String>,
    pub(crate) note: Option<String>,
}

/// A new source.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct SourceText {
    #[serde(deserialize_with = "address")]
    pub(crate) url: String,
    pub(crate) title: Option<String>,
    pub(crate) publisher: Option<String>,
    #[serde(default, deserialize_with = "may_be_word")]
    pub(crate) publisher_kind: Option<PublisherKind>,
    pub(crate) language: Option<String>,
    #[serde(default, deserialize_with = "PartialDate::deserialize_typed")]
    pub(crate) read_on: Option<PartialDate>,
    #[serde(default, deserialize_with = "may_be_word")]
    pub(crate) confidence: Option<Confidence>,
    pub(crate) note: Option<String>,
}

/// A party's part. A part without a number is a new one.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ParticipationText {
    pub(crate) number: Option<i32>,
    /// Its code, or a name that means one party alone.
    pub(crate) party: String,
    #[serde(deserialize_with = "word")]
    pub(crate) role: Role,
    #[serde(default, deserialize_with = "share")]
    pub(crate) share_percent: Option<Decimal>,
    #[serde(default)]
    pub(crate) prospective: bool,
    pub(crate) note: Option<String>,
}

/// An event.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct EventText {
    pub(crate) number: Option<i32>,
    #[serde(default, deserialize_with = "PartialDate::deserialize_typed")]
    pub(crate) on_date: Option<PartialDate>,
    #[serde(default, deserialize_with = "PartialDate::deserialize_typed")]
    pub(crate) due_on: Option<PartialDate>,
    #[serde(deserialize_with = "word")]
    pub(crate) kind: EventKind,
    #[serde(default, deserialize_with = "may_be_word")]
    pub(crate) status: Option<Status>,
    pub(crate) text: Option<String>,
    pub(crate) source: Option<SourceReference>,
    #[serde(default, deserialize_with = "may_be_word")]
    pub(crate) confidence: Option<Confidence>,
    #[serde(default, deserialize_with = "may_be_word")]
    pub(crate) evidence: Option<Evidence>,
}

impl EventText {
    /// Returns an event of which nothing is stated but what it is.
    pub(crate) fn new(kind: EventKind) -> Self {
        Self {
            number: None,
            on_date: None,
            due_on: None,
            kind,
            status: None,
            text: None,
            source: None,
            confidence: None,
            evidence: None,
        }
    }
}

/// An amount, in units of its currency.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct AmountText {
    pub(crate) number: Option<i32>,
    #[serde(deserialize_with = "word")]
    pub(crate) kind: AmountKind,
    #[serde(deserialize_with = "word")]
    pub(crate) basis: AmountBasis,
    #[serde(deserialize_with = "number")]
    pub(crate) amount: Decimal,
    #[serde(deserialize_with = "currency")]
    pub(crate) currency: CurrencyCode,
    #[serde(default)]
    pub(crate) estimated: bool,
    #[serde(default, deserialize_with = "PartialDate::deserialize_typed")]
    pub(crate) on_date: Option<PartialDate>,
    pub(crate) source: Option<SourceReference>,
    pub(crate) note: Option<String>,
    pub(crate) party: Option<String>,
}

/// A risk.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RiskText {
    pub(crate) number: Option<i32>,
    #[serde(deserialize_with = "word")]
    pub(crate) category: RiskCategory,
    #[serde(deserialize_with = "word")]
    pub(crate) level: RiskLevel,
    #[serde(deserialize_with = "word")]
    pub(crate) state: RiskState,
    #[serde(default, deserialize_with = "PartialDate::deserialize_typed")]
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

/// What a word means, in any of the three languages.
fn meant<V, E>(text: &str) -> Result<V, E>
where
    V: Vocabulary + FromStr<Err = Invalid>,
    E: serde::de::Error,
{
    text.parse().or_else(|invalid: Invalid| {
        read_word(text, None).map_err(|fault| match fault {
            NoWord::Unknown => in_serde(&invalid),
            NoWord::Several(words) => in_serde(&message!("why-several-words", text, words = words)),
        })
    })
}

/// Reads plain fields from the text.
struct TextFields<E>(PhantomData<E>);

impl<E: serde::de::Error> FieldReader for TextFields<E> {
    type Error = E;

    fn text(&self, text: &str) -> Result<String, E> {
        Ok(text.to_owned())
    }

    fn flag(&self, text: &str) -> Result<bool, E> {
        yes_or_no(text).ok_or_else(|| in_serde(&message!("why-no-flag", text)))
    }

    fn word<V>(&self, text: &str) -> Result<V, E>
    where
        V: Vocabulary + FromStr<Err = Invalid>,
    {
        meant(text)
    }
}

/// A plain field. A flag needs no quotation marks.
fn field<'de, D: Deserializer<'de>, T: FieldValue>(deserializer: D) -> Result<Option<T>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged, expecting = "why-text-or-flag")]
    enum Written {
        Flag(bool),
        Text(String),
    }
    let text = match (Written::deserialize(deserializer)?, T::KIND) {
        (Written::Text(text), _) => text,
        (Written::Flag(flag), FieldKind::Flag) => flag.to_string(),
        (Written::Flag(_), _) => {
            return Err(in_serde(&Message::from("why-quotation-marks")));
        }
    };
    T::read(&TextFields(PhantomData), &text).map(Some)
}

fn word<'de, D: Deserializer<'de>, V>(deserializer: D) -> Result<V, D::Error>
where
    V: Vocabulary + FromStr<Err = Invalid>,
{
    meant(&String::deserialize(deserializer)?)
}

fn may_be_word<'de, D: Deserializer<'de>, V>(deserializer: D) -> Result<Option<V>, D::Error>
where
    V: Vocabulary + FromStr<Err = Invalid>,
{
    word(deserializer).map(Some)
}

fn words<'de, D: Deserializer<'de>, V>(deserializer: D) -> Result<Vec<V>, D::Error>
where
    V: Vocabulary + FromStr<Err = Invalid>,
{
    let texts = Vec::<String>::deserialize(deserializer)?;
    texts.iter().map(|text| meant(text)).collect()
}

fn address<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    web_address(&String::deserialize(deserializer)?).map_err(D::Error::custom)
}

/// A number with or without quotation marks.
fn number<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Decimal, D::Error> {
    typed_number(deserializer, read_number)
}

/// A share with or without its sign.
fn share<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Decimal>, D::Error> {
    typed_number(deserializer, stated_share).map(Some)
}

fn typed_number<'de, D: Deserializer<'de>>(
    deserializer: D,
    read: fn(&str) -> Result<Decimal, Invalid>,
) -> Result<Decimal, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Number {
        Whole(i64),
        Real(f64),
        Text(String),
    }
    let text = match Number::deserialize(deserializer)? {
        Number::Whole(number) => number.to_string(),
        Number::Real(number) => typed(number).map_err(D::Error::custom)?,
        Number::Text(text) => text,
    };
    read(&text).map_err(D::Error::custom)
}

/// A currency by its code or its name.
fn currency<'de, D: Deserializer<'de>>(deserializer: D) -> Result<CurrencyCode, D::Error> {
    let text = String::deserialize(deserializer)?;
    read_currency(&text).map_err(serde::de::Error::custom)
}

/// The digits of a number that was typed with a point. A binary number means 15 decimal digits exactly and no more: beyond
/// them they would not be those that were typed.
fn typed(number: f64) -> Result<String, Invalid> {
    let digits = number.to_string();
    let count = digits.bytes().filter(u8::is_ascii_digit).count();
    if number.is_finite() && count <= 15 {
        Ok(digits)
    } else {
        Err(Invalid::new(
            "what-15-digits",
            digits,
            "why-quotation-marks",
        ))
    }
}
