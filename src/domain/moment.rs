//! A point in recorded time: UTC, whole seconds.

use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, NaiveDateTime, TimeDelta, Timelike as _, Utc};
use diesel::deserialize::FromSqlRow;
use diesel::expression::AsExpression;
use diesel::sql_types::Text;

use super::{Invalid, text_in_json};

/// `2026-11-23T22:00:00Z`. All of one shape, so that the order of the text is the order in time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, AsExpression, FromSqlRow)]
#[diesel(sql_type = Text)]
pub(crate) struct Moment(NaiveDateTime);

impl Moment {
    /// `at`, cut to whole seconds.
    pub(crate) fn new(at: DateTime<Utc>) -> Self {
        let at = at.naive_utc();
        Self(at.with_nanosecond(0).unwrap_or(at))
    }

    /// Why a time after `now` cannot be asked about.
    pub(crate) fn refuse_future(self, now: Self) -> Invalid {
        let why = message!("why-future-time", now);
        Invalid::new("what-past-time", self.to_string(), why)
    }

    /// The same as a time with an offset.
    pub(super) fn in_utc(self) -> DateTime<Utc> {
        self.0.and_utc()
    }

    /// The second before this one.
    pub(crate) fn second_before(self) -> Self {
        let before = self.0.checked_sub_signed(TimeDelta::seconds(1));
        Self(before.unwrap_or(self.0))
    }

    /// The time so many seconds later.
    pub(crate) fn after_seconds(self, seconds: i64) -> Self {
        let later = self.0.checked_add_signed(TimeDelta::seconds(seconds));
        Self(later.unwrap_or(self.0))
    }

    /// Seconds since 1970-01-01T00:00:00Z.
    pub(crate) fn timestamp(self) -> i64 {
        self.0.and_utc().timestamp()
    }

    /// That many seconds after 1970-01-01T00:00:00Z, when a calendar has such a time.
    pub(crate) fn of_timestamp(seconds: u64) -> Option<Self> {
        let seconds = i64::try_from(seconds).ok()?;
        DateTime::from_timestamp(seconds, 0).map(Self::new)
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(&self.0.format("%Y-%m-%dT%H:%M:%SZ").to_string())
    }
}

impl FromStr for Moment {
    type Err = Invalid;

    /// Reads RFC 3339 with any offset.
    fn from_str(text: &str) -> Result<Self, Invalid> {
        let read = DateTime::parse_from_rfc3339(text);
        read.map(|at| Self::new(at.with_timezone(&Utc)))
            .map_err(|_| Invalid::new("what-time", text, "why-time"))
    }
}

text_in_json!(Moment);
