//! Values and rules. No files, no clock, no SQL; the `sql_type` attributes are the only trace of storage.
//!
//! Every value type has one canonical text, written by `Display` and read by `FromStr`: the same in SQL, in JSON
//! and on the command line.

mod as_of;
mod code;
mod company_name;
mod course;
mod decimal;
mod identifier;
mod matching;
mod milestone;
mod moment;
mod names;
mod partial_date;
mod project_identity;
mod rounded;
mod score;
mod search;
mod side;
mod spreadsheet;
mod stated;
mod status;
mod survival;
mod text;
mod vocabulary;
mod words;

pub(crate) use as_of::AsOf;
pub(crate) use code::{CountryCode, CurrencyCode, ProjectCode, RecordId, repeatable_id, seeded_id};
pub(crate) use company_name::CompanyName;
pub(crate) use course::{Oddity, Step, oddities, rung};
pub(crate) use decimal::Decimal;
pub(crate) use identifier::OrganisationId;
pub(crate) use matching::{Identity, Likeness, Reason, THRESHOLD};
pub(crate) use milestone::milestone_standing;
pub(crate) use moment::Moment;
pub(crate) use names::Names;
pub(crate) use partial_date::PartialDate;
pub(crate) use project_identity::{POSSIBLE, ProjectIdentity, title_parts};
pub(crate) use rounded::Rounded;
pub(crate) use score::{Stated, evidence, source_quality};
pub(crate) use search::{SearchField, Term};
pub(crate) use spreadsheet::{guarded, perhaps_unguarded, unguarded};
pub(crate) use stated::*;
pub(crate) use status::{Happened, Horizon, Standing, standing};
pub(crate) use survival::{
    CurveStep, LogRank, Median, Observation, Outcome, curve, log_rank, median,
};
pub(crate) use text::nearest;
pub(crate) use vocabulary::*;
pub(crate) use words::{Word, each_word, fold, is_kana, is_written_without_blanks, words};

/// A value that the rules refuse, and why.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{value:?} is not {what}: {why}")]
pub(crate) struct Invalid {
    /// What was wanted, with its article: "a date".
    pub(crate) what: &'static str,
    pub(crate) value: String,
    pub(crate) why: String,
}

impl Invalid {
    pub(crate) fn new(
        what: &'static str,
        value: impl Into<String>,
        why: impl Into<String>,
    ) -> Self {
        Self {
            what,
            value: value.into(),
            why: why.into(),
        }
    }
}

/// Serialises a value type as its canonical text, and reads it back through `FromStr`.
macro_rules! text_in_json {
    ($($value:ty),+ $(,)?) => {$(
        impl serde::Serialize for $value {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }
        $crate::domain::text_in!($value);
    )+};
    // The same of what has its text at hand.
    ($value:ty as $method:ident) => {
        $crate::domain::text_out!($value as $method);
        $crate::domain::text_in!($value);
    };
}
pub(crate) use text_in_json;

/// Reads a type through `FromStr`.
macro_rules! text_in {
    ($value:ty) => {
        impl<'de> serde::Deserialize<'de> for $value {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text =
                    <std::borrow::Cow<'de, str> as serde::Deserialize>::deserialize(deserializer)?;
                text.parse().map_err(serde::de::Error::custom)
            }
        }
    };
}
pub(crate) use text_in;

/// Serialises a type as the text that it has at hand.
macro_rules! text_out {
    ($value:ty as $method:ident) => {
        impl serde::Serialize for $value {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.$method())
            }
        }
    };
}
pub(crate) use text_out;
