//! A day in effective time as it is asked for: a date, a while ago, or the last meeting.

use std::fmt;
use std::str::FromStr;

use chrono::{Days, Months, NaiveDate};

use super::{Invalid, PartialDate};

/// `2019-06-30`, `2019-06` or `2019` (their last day); `-1y`, `-6m`, `-2w`, `-30d`; `last-meeting`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum AsOf {
    Date(PartialDate),
    MonthsAgo(u32),
    DaysAgo(u64),
    /// The latest step of the cooperation at which the two sides met.
    LastMeeting,
}

/// How the last meeting is asked for.
const LAST_MEETING: &str = "last-meeting";

impl AsOf {
    /// The day that is meant, seen from `today`.
    ///
    /// # Errors
    /// When the day lies in the future, before the calendar begins, or no meeting is recorded.
    pub(crate) fn resolve(
        self,
        today: NaiveDate,
        last_meeting: Option<PartialDate>,
    ) -> Result<NaiveDate, Invalid> {
        let refuse = |why: &str| Invalid::new("a day to look back from", self.to_string(), why);
        let day = match self {
            Self::Date(date) if date.first_day() > today => {
                return Err(refuse(&format!(
                    "it lies in the future: today is {today}, and the registry records what has happened"
                )));
            }
            // A month or a year that has begun is asked about as far as it has come.
            Self::Date(date) => Some(date.last_day().min(today)),
            Self::MonthsAgo(months) => today.checked_sub_months(Months::new(months)),
            Self::DaysAgo(days) => today.checked_sub_days(Days::new(days)),
            Self::LastMeeting => {
                let meeting = last_meeting.ok_or_else(|| refuse("no meeting is recorded"))?;
                Some(meeting.last_day().min(today))
            }
        };
        day.filter(|day| *day >= NaiveDate::default() - Days::new(25_567))
            .ok_or_else(|| refuse("that is before 1900"))
    }
}

impl fmt::Display for AsOf {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Date(date) => date.fmt(formatter),
            Self::MonthsAgo(months) if months % 12 == 0 => write!(formatter, "-{}y", months / 12),
            Self::MonthsAgo(months) => write!(formatter, "-{months}m"),
            Self::DaysAgo(days) => write!(formatter, "-{days}d"),
            Self::LastMeeting => formatter.write_str(LAST_MEETING),
        }
    }
}

impl FromStr for AsOf {
    type Err = Invalid;

    fn from_str(text: &str) -> Result<Self, Invalid> {
        if text == LAST_MEETING {
            return Ok(Self::LastMeeting);
        }
        let Some(back) = text.strip_prefix('-') else {
            return text.parse().map(Self::Date);
        };
        let refuse = || {
            Invalid::new(
                "a while ago",
                text,
                "write a number and a unit: -1y, -6m, -2w or -30d",
            )
        };
        let unit = back.chars().next_back().ok_or_else(refuse)?;
        let number = back.strip_suffix(unit).filter(|digits| {
            !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
        });
        let number: u32 = number
            .and_then(|digits| digits.parse().ok())
            .filter(|number| *number <= 100_000)
            .ok_or_else(refuse)?;
        match unit {
            'y' => Ok(Self::MonthsAgo(number * 12)),
            'm' => Ok(Self::MonthsAgo(number)),
            'w' => Ok(Self::DaysAgo(u64::from(number) * 7)),
            'd' => Ok(Self::DaysAgo(number.into())),
            _ => Err(refuse()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect(text)
    }

    #[test]
    fn days_are_found_from_today() {
        let today = day("2026-11-23");
        let meeting = "2019-04-14".parse().ok();
        let resolve = |text: &str| {
            text.parse::<AsOf>()
                .expect(text)
                .resolve(today, meeting)
                .map(|day| day.to_string())
        };
        assert_eq!(resolve("2019-06").as_deref(), Ok("2019-06-30"));
        assert_eq!(resolve("2026-11").as_deref(), Ok("2026-11-23"));
        assert_eq!(resolve("2026").as_deref(), Ok("2026-11-23"));
        assert_eq!(resolve("-1y").as_deref(), Ok("2025-11-23"));
        assert_eq!(resolve("-9m").as_deref(), Ok("2026-02-23"));
        assert_eq!(resolve("-2w").as_deref(), Ok("2026-11-09"));
        assert_eq!(resolve("last-meeting").as_deref(), Ok("2019-04-14"));
        assert!(resolve("2026-11-24").is_err());
        assert!(resolve("2027").is_err());
        assert!(resolve("-1000y").is_err());
        assert!(AsOf::LastMeeting.resolve(today, None).is_err());
    }

    #[test]
    fn nonsense_is_refused() {
        for text in [
            "",
            "-",
            "-y",
            "-1",
            "-1x",
            "--1y",
            "-1.5y",
            "-99999999999d",
            "yesterday",
            "-１y",
            "-é",
        ] {
            assert!(text.parse::<AsOf>().is_err(), "{text:?}");
        }
    }
}
