//! A day, a month or a year: ISO 8601 with reduced precision, as sources give it.

use std::fmt;
use std::str::FromStr;

use chrono::{Datelike as _, Days, Months, NaiveDate};
use diesel::deserialize::FromSqlRow;
use diesel::expression::AsExpression;
use diesel::sql_types::Text;

use super::{Invalid, text_in_json};
use crate::message::{Explain, Message};

/// Why a text is not read as a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(crate) enum DateFault {
    Shape,
    Year,
    NoSuchDay,
    DayOrMonth,
    MonthOrYears,
    ShortYear,
    Minguo,
    BeforeEra { era: &'static str, day: NaiveDate },
    AfterEra { era: &'static str, day: NaiveDate },
    FiscalYear,
    Weekday,
    OtherDay,
}

impl Explain for DateFault {
    fn message(&self) -> Message {
        match self {
            Self::Shape => message!("why-date"),
            Self::Year => message!("why-year-range"),
            Self::NoSuchDay => message!("flaw-no_such_day"),
            Self::DayOrMonth => message!("why-day-or-month"),
            Self::MonthOrYears => message!("flaw-month_or_years"),
            Self::ShortYear => message!("why-short-year"),
            Self::Minguo => message!("flaw-minguo"),
            Self::BeforeEra { era, day } => message!("flaw-before_era", era, date = day),
            Self::AfterEra { era, day } => message!("flaw-after_era", era, date = day),
            Self::FiscalYear => message!("flaw-fiscal_year"),
            Self::Weekday => message!("flaw-other_weekday"),
            Self::OtherDay => message!("flaw-time_in_utc"),
        }
    }
}

/// `2016-12-20`, `2016-12` or `2016`. Years run from 1900 to 2999: anything else in this registry is a slip of the hand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, AsExpression, FromSqlRow)]
#[diesel(sql_type = Text)]
pub(crate) enum PartialDate {
    Year(NaiveDate),
    Month(NaiveDate),
    Day(NaiveDate),
}

impl PartialDate {
    /// The first day that the date can mean.
    pub(crate) fn first_day(self) -> NaiveDate {
        match self {
            Self::Year(day) | Self::Month(day) | Self::Day(day) => day,
        }
    }

    /// The last day that the date can mean: "happened by D" is judged on it.
    pub(crate) fn last_day(self) -> NaiveDate {
        let next = match self {
            Self::Year(day) => day.checked_add_months(Months::new(12)),
            Self::Month(day) => day.checked_add_months(Months::new(1)),
            Self::Day(day) => return day,
        };
        next.and_then(|day| day.checked_sub_days(Days::new(1)))
            .unwrap_or(NaiveDate::MAX)
    }

    /// The calendar year.
    pub(crate) fn year(self) -> i32 {
        self.first_day().year()
    }

    /// Whether what is dated so had happened by `day`, as known on the day `known`: no later than the last day that the
    /// date can mean, nor than the day on which it was known.
    pub(crate) fn happened_by(self, day: NaiveDate, known: NaiveDate) -> bool {
        self.last_day().min(known) <= day
    }
}

/// The date of the calendar.
pub(crate) fn dated(
    year: u32,
    month: Option<u32>,
    day: Option<u32>,
) -> Result<PartialDate, DateFault> {
    if !(1900..=2999).contains(&year) {
        return Err(DateFault::Year);
    }
    let year = i32::try_from(year).map_err(|_| DateFault::Year)?;
    let first = NaiveDate::from_ymd_opt(year, month.unwrap_or(1), day.unwrap_or(1));
    let first = first.ok_or(DateFault::NoSuchDay)?;
    Ok(match (month, day) {
        (None, _) => PartialDate::Year(first),
        (Some(_), None) => PartialDate::Month(first),
        (Some(_), Some(_)) => PartialDate::Day(first),
    })
}

impl From<NaiveDate> for PartialDate {
    fn from(day: NaiveDate) -> Self {
        Self::Day(day)
    }
}

/// A day of a year of four digits as ISO 8601 writes it. A million projects are written with their dates several times, and
/// formatting numbers one by one is felt.
fn digits(day: NaiveDate) -> [u8; 10] {
    let tens =
        |number: u32| [number / 10, number].map(|number| b"0123456789"[(number % 10) as usize]);
    let year = day.year().unsigned_abs();
    let ([a, b], [c, d]) = (tens(year / 100), tens(year));
    let ([e, f], [g, h]) = (tens(day.month()), tens(day.day()));
    [a, b, c, d, b'-', e, f, b'-', g, h]
}

impl fmt::Display for PartialDate {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (day, length) = match self {
            Self::Year(day) => (day, 4),
            Self::Month(day) => (day, 7),
            Self::Day(day) => (day, 10),
        };
        let whole = digits(*day);
        let text = whole.get(..length).map(str::from_utf8);
        match text {
            Some(Ok(text)) if (0..=9999).contains(&day.year()) => formatter.pad(text),
            // Nobody types such a year: what comes out must not look like another one.
            _ => formatter.pad(&day.to_string()),
        }
    }
}

impl FromStr for PartialDate {
    type Err = Invalid;

    fn from_str(text: &str) -> Result<Self, Invalid> {
        canonical(text).map_err(|fault| Invalid::new("what-date", text, fault.message()))
    }
}

/// Reads ISO 8601 and nothing else.
fn canonical(text: &str) -> Result<PartialDate, DateFault> {
    let number = |part: &str, length| {
        let is_shaped = part.len() == length && part.bytes().all(|byte| byte.is_ascii_digit());
        let number = is_shaped.then(|| part.parse().ok()).flatten();
        number.ok_or(DateFault::Shape)
    };
    let mut parts = text.split('-');
    let year = number(parts.next().unwrap_or_default(), 4)?;
    let month = parts.next().map(|part| number(part, 2)).transpose()?;
    let day = parts.next().map(|part| number(part, 2)).transpose()?;
    match parts.next() {
        None => dated(year, month, day),
        Some(_) => Err(DateFault::Shape),
    }
}

text_in_json!(PartialDate);

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn date(text: &str) -> PartialDate {
        text.parse().expect(text)
    }

    fn day(text: &str) -> NaiveDate {
        text.parse().expect(text)
    }

    #[test]
    fn the_last_day_is_the_last_that_the_date_can_mean() {
        assert_eq!(date("2016-12-20").last_day(), day("2016-12-20"));
        assert_eq!(date("2016-02").last_day(), day("2016-02-29"));
        assert_eq!(date("2016").last_day(), day("2016-12-31"));
        assert_eq!(date("2999").last_day(), day("2999-12-31"));
    }

    #[test]
    fn dates_are_written_as_iso_8601_has_them() {
        let mut last = day("0000-01-01");
        while last <= day("9999-12-31") {
            let whole = last.format("%Y-%m-%d").to_string();
            assert_eq!(PartialDate::Day(last).to_string(), whole);
            assert_eq!(PartialDate::Month(last).to_string(), whole[..7]);
            assert_eq!(PartialDate::Year(last).to_string(), whole[..4]);
            last = last + Days::new(89);
        }
        for strange in [NaiveDate::MIN, NaiveDate::MAX] {
            let written = PartialDate::Year(strange).to_string();
            assert_eq!(written, strange.to_string());
        }
        assert_eq!(format!("{:>12}|", date("2018-10")), "     2018-10|");
    }

    #[test]
    fn a_month_that_is_not_over_has_happened_once_it_is_known() {
        let november = date("2026-11");
        assert!(november.happened_by(day("2026-11-23"), day("2026-11-23")));
        assert!(!november.happened_by(day("2026-11-22"), day("2026-11-23")));
        assert!(november.happened_by(day("2026-11-30"), day("2027-03-01")));
        assert!(!november.happened_by(day("2026-11-29"), day("2027-03-01")));
    }

    #[test]
    fn what_is_not_a_date_is_refused() {
        for text in [
            "",
            " ",
            "2019-02-30",
            "2019-13",
            "19-01-01",
            "2019-1-1",
            "0000",
            "2019-02-29",
            "2018-10-26T00:00",
            "+2018",
            "２０１８",
        ] {
            assert!(
                text.parse::<PartialDate>().is_err(),
                "{text:?} was taken for a date"
            );
        }
        assert!("2020-02-29".parse::<PartialDate>().is_ok());
    }

    proptest! {
        #[test]
        fn any_text_is_refused_or_read_back_unchanged(text in "\\PC{0,12}|[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?") {
            if let Ok(date) = text.parse::<PartialDate>() {
                prop_assert_eq!(date.to_string(), text);
                prop_assert!(date.first_day() <= date.last_day());
            }
        }
    }
}
