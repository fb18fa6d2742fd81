//! A point in recorded time: UTC, whole seconds.

use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, NaiveDate, NaiveDateTime, Timelike as _, Utc};
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

    /// The last second of `day` in UTC.
    pub(crate) fn end_of(day: NaiveDate) -> Self {
        Self(day.and_hms_opt(23, 59, 59).unwrap_or_default())
    }

    /// Why a time after `now` cannot be asked about.
    pub(crate) fn refuse_future(self, now: Self) -> Invalid {
        let why = format!(
            "it lies in the future: now is {now}, and nobody knows yet what will be recorded"
        );
        Invalid::new("a time to look back from", self.to_string(), why)
    }

    /// `2026-11-23 22:00`: to the minute in UTC, for tables.
    pub(crate) fn to_the_minute(self) -> String {
        self.0.format("%Y-%m-%d %H:%M").to_string()
    }

    /// The day in UTC.
    pub(crate) fn day(self) -> NaiveDate {
        self.0.date()
    }

    /// The day in Tokyo, the first of the two offices at which a day begins: what happened by then can be recorded.
    pub(crate) fn day_in_the_offices(self) -> NaiveDate {
        let ahead = chrono::TimeDelta::hours(9); // Japan keeps UTC+9 all year, China UTC+8
        self.0.checked_add_signed(ahead).unwrap_or(self.0).date()
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

    /// Reads RFC 3339 with any offset, or a bare day, which means its last second in UTC.
    fn from_str(text: &str) -> Result<Self, Invalid> {
        if let Ok(at) = DateTime::parse_from_rfc3339(text) {
            return Ok(Self::new(at.with_timezone(&Utc)));
        }
        let day = NaiveDate::parse_from_str(text, "%Y-%m-%d")
            .ok()
            .filter(|_| text.len() == 10);
        day.map(Self::end_of).ok_or_else(|| {
            Invalid::new(
                "a time",
                text,
                "write 2026-11-23T22:00:00Z, or a day for the end of that day in UTC",
            )
        })
    }
}

text_in_json!(Moment);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets_become_utc_and_days_end_at_midnight() {
        let at = |text: &str| text.parse::<Moment>().map(|at| at.to_string());
        assert_eq!(
            at("2026-11-23T22:00:00+09:00").as_deref(),
            Ok("2026-11-23T13:00:00Z")
        );
        assert_eq!(at("2026-11-23").as_deref(), Ok("2026-11-23T23:59:59Z"));
        assert!(at("yesterday").is_err());
        assert!(at("2026-02-30").is_err());
    }
}
