//! A time as it is asked for on the command line.

use std::str::FromStr;

use chrono::NaiveDate;

use super::{Invalid, Moment, PartialDate, Zone};

/// A time as it is asked for on the command line: `2026-11-23T22:00:00Z`, or a day, which means its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TimeAsked {
    At(Moment),
    EndOf(NaiveDate),
}

impl TimeAsked {
    /// The moment that is meant in `zone`.
    pub(crate) fn in_zone(self, zone: Zone) -> Moment {
        match self {
            Self::At(moment) => moment,
            Self::EndOf(day) => zone.end_of(day),
        }
    }
}

impl FromStr for TimeAsked {
    type Err = Invalid;

    fn from_str(text: &str) -> Result<Self, Invalid> {
        if let Ok(moment) = text.parse() {
            return Ok(Self::At(moment));
        }
        match PartialDate::typed(text) {
            Ok(PartialDate::Day(day)) => Ok(Self::EndOf(day)),
            _ => Err(Invalid::new("what-time", text, "why-time-or-day")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets_become_utc_and_days_end_at_midnight() {
        let at = |text: &str| {
            let asked = text.parse::<TimeAsked>();
            asked.map(|asked| asked.in_zone(Zone::UTC).to_string())
        };
        assert_eq!(
            at("2026-11-23T22:00:00+09:00").as_deref(),
            Ok("2026-11-23T13:00:00Z")
        );
        assert_eq!(at("2026-11-23").as_deref(), Ok("2026-11-23T23:59:59Z"));
        assert!(at("yesterday").is_err());
        assert!(at("2026-02-30").is_err());
        assert!("2026-11-23".parse::<Moment>().is_err());
    }
}
