//! A day in effective time as it is asked for: a date, a while ago, or the last meeting.

use std::fmt;
use std::str::FromStr;

use chrono::{Days, Months, NaiveDate};

use super::{Invalid, PartialDate, When};
use crate::message::Message;

/// `2019-06-30`, `2019-06` or `2019` (their last day), in any form that people write; `today`; `-1y`, `-6m`, `-2w`, `-30d`; `last-meeting`.
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
        self.refuse_future(today)?;
        let refuse = |why: &'static str| self.refused(why.into());
        let day = match self {
            // A month or a year that has begun is asked about as far as it has come.
            Self::Date(date) => Some(date.last_day().min(today)),
            Self::MonthsAgo(months) => today.checked_sub_months(Months::new(months)),
            Self::DaysAgo(days) => today.checked_sub_days(Days::new(days)),
            Self::LastMeeting => {
                let meeting = last_meeting.ok_or_else(|| refuse("why-no-meeting"))?;
                Some(meeting.last_day().min(today))
            }
        };
        day.filter(|day| *day >= NaiveDate::default() - Days::new(25_567))
            .ok_or_else(|| refuse("why-before-1900"))
    }
}

impl AsOf {
    /// The last day before a period that begins so, seen from `today`. A day, a month or a year counts whole, so the period begins
    /// with its first day; after the last meeting it begins with the next day.
    ///
    /// # Errors
    /// As for [`Self::resolve`].
    pub(crate) fn day_before(
        self,
        today: NaiveDate,
        last_meeting: Option<PartialDate>,
    ) -> Result<NaiveDate, Invalid> {
        let first = match self {
            Self::Date(date) => {
                self.refuse_future(today)?;
                date.first_day()
            }
            Self::MonthsAgo(_) | Self::DaysAgo(_) => self.resolve(today, None)?,
            Self::LastMeeting => return self.resolve(today, last_meeting),
        };
        Ok(first.pred_opt().unwrap_or(first))
    }

    fn refuse_future(self, today: NaiveDate) -> Result<(), Invalid> {
        match self {
            Self::Date(date) if date.first_day() > today => {
                Err(self.refused(message!("why-future-day", today)))
            }
            _ => Ok(()),
        }
    }

    fn refused(self, why: Message) -> Invalid {
        Invalid::new("what-past-day", self.to_string(), why)
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
        if When::is_today(text) {
            return Ok(Self::DaysAgo(0));
        }
        let Some(back) = text.strip_prefix('-') else {
            return PartialDate::typed(text).map(Self::Date);
        };
        let refuse = || Invalid::new("what-while-ago", text, "why-while-ago");
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
        assert_eq!(resolve("2019年6月").as_deref(), Ok("2019-06-30"));
        assert_eq!(resolve("today").as_deref(), Ok("2026-11-23"));
        assert_eq!(resolve("今日").as_deref(), Ok("2026-11-23"));
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
    fn a_period_begins_with_the_first_day_of_what_was_given() {
        let today = day("2026-11-23");
        let before = |text: &str| {
            let meeting = "2019-04-14".parse().ok();
            let from: AsOf = text.parse().expect(text);
            from.day_before(today, meeting).map(|day| day.to_string())
        };
        assert_eq!(before("2025-04-01").as_deref(), Ok("2025-03-31"));
        assert_eq!(before("2025-04").as_deref(), Ok("2025-03-31"));
        assert_eq!(before("2026").as_deref(), Ok("2025-12-31"));
        assert_eq!(before("2026-11-23").as_deref(), Ok("2026-11-22"));
        assert_eq!(before("-1y").as_deref(), Ok("2025-11-22"));
        assert_eq!(before("-0d").as_deref(), Ok("2026-11-22"));
        assert_eq!(before("last-meeting").as_deref(), Ok("2019-04-14"));
        assert!(before("2026-12").is_err());
        assert!(before("2027").is_err());
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
