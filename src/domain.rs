//! Values and rules. No files, no clock, no SQL; the `sql_type` attributes are the only trace of storage.
//!
//! Every value type has one canonical text, written by `Display` and read by `FromStr`: the same in SQL, in JSON
//! and on the command line.

mod as_of;
mod code;
mod company_name;
mod country_names;
mod course;
mod decimal;
mod field;
mod identifier;
mod matching;
mod media_type;
mod milestone;
mod moment;
mod names;
mod partial_date;
mod project_identity;
mod rounded;
mod row_set;
mod score;
mod search;
mod short_name;
mod side;
mod spreadsheet;
mod stated;
mod status;
mod status_facts;
mod survival;
mod text;
mod time_asked;
mod title;
mod vocabulary;
mod words;
mod written;
mod zone;

use crate::message::{Explain, Message};

pub(crate) use self::title::names_nothing;
pub(crate) use as_of::AsOf;
pub(crate) use code::{CountryCode, CurrencyCode, ProjectCode, RecordId, repeatable_id, seeded_id};
pub(crate) use company_name::CompanyName;
pub(crate) use country_names::{CountryNamed, CountryNames, NoCountry, is_country_name};
pub(crate) use course::{Oddity, Step, oddities};
pub(crate) use decimal::Decimal;
pub(crate) use field::{FieldKind, FieldReader, FieldValue, project_fields};
pub(crate) use identifier::OrganisationId;
pub(crate) use matching::{Identity, Likeness, Reason, THRESHOLD};
pub(crate) use media_type::media_type;
pub(crate) use milestone::milestone_standing;
pub(crate) use moment::Moment;
pub(crate) use names::{Names, Translated};
pub(crate) use partial_date::{DateFault, PartialDate, dated};
pub(crate) use project_identity::{POSSIBLE, ProjectIdentity, title_parts};
pub(crate) use rounded::Rounded;
pub(crate) use row_set::RowSet;
pub(crate) use score::{Stated, evidence, source_quality};
pub(crate) use search::{SearchField, Term};
pub(crate) use side::Homes;
pub(crate) use spreadsheet::{guarded, perhaps_unguarded, unguarded};
pub(crate) use stated::*;
pub(crate) use status::{Happened, Horizon, ReportDay, Standing, standing};
pub(crate) use survival::{
    CurveStep, LogRank, Median, Observation, Outcome, curve, log_rank, median,
};
pub(crate) use text::{cleaned, nearest, without_link};
pub(crate) use time_asked::TimeAsked;
pub(crate) use vocabulary::*;
pub(crate) use words::{Word, each_word, fold, is_kana, is_written_without_blanks, words};
pub(crate) use written::{
    Clock, NumberFault, NumberStyle, When, WrittenNumber, currency_named, half_width, month_named,
    read_currency, read_date, read_money, read_number, yes_or_no,
};
pub(crate) use zone::Zone;

/// A value that the rules refuse, and why.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) struct Invalid {
    /// What was wanted, with its article: "a date".
    what: Message,
    pub(crate) value: String,
    pub(crate) why: Message,
}

impl Explain for Invalid {
    fn message(&self) -> Message {
        message!(
            "error-invalid",
            value = self.value,
            what = self.what,
            why = self.why
        )
    }
}

explained!(Invalid, DateFault, NumberFault);

impl Invalid {
    pub(crate) fn new(
        what: impl Into<Message>,
        value: impl Into<String>,
        why: impl Into<Message>,
    ) -> Self {
        Self {
            what: what.into(),
            value: value.into(),
            why: why.into(),
        }
    }
}

/// Serialises a value type as its canonical text, and reads it back through `FromStr`.
macro_rules! text_in_json {
    ($($value:ty),+ $(,)?) => {$(
        filled_as_text!($value);
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
                text.parse()
                    .map_err(|error| $crate::message::in_serde(&error))
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
