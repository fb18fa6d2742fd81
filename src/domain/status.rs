//! How the standing of a project follows from its events.

use std::fmt;

use chrono::NaiveDate;
use serde::Serialize;

use super::{PartialDate, Status, Zone};

/// Where a project stands, and since when; how fresh the evidence is. Nothing is assumed where no event says it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Standing {
    pub(crate) status: Option<Status>,
    /// Date of the event that brought the status.
    pub(crate) status_on: Option<PartialDate>,
    /// Date of the latest event with a source.
    pub(crate) evidence_on: Option<PartialDate>,
    /// Date of the first status event: when the project entered the record of the cooperation.
    pub(crate) entered_on: Option<PartialDate>,
}

/// One dated event, as far as the standing depends on it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Happened {
    pub(crate) on_date: PartialDate,
    pub(crate) status: Option<Status>,
    pub(crate) has_source: bool,
}

/// The standing that follows from `events`: the status of the latest status event by the last day that its date can mean;
/// of two on the same day, the one recorded later. Events come in the order in which they were recorded.
pub(crate) fn standing(events: impl IntoIterator<Item = Happened>) -> Standing {
    let mut standing = Standing::default();
    let later = |date: PartialDate, than: Option<PartialDate>| {
        than.is_none_or(|than| date.last_day() >= than.last_day())
    };
    for event in events {
        if event.status.is_some() && later(event.on_date, standing.status_on) {
            standing.status = event.status;
            standing.status_on = Some(event.on_date);
        }
        if event.status.is_some()
            && standing
                .entered_on
                .is_none_or(|first| event.on_date.last_day() < first.last_day())
        {
            standing.entered_on = Some(event.on_date);
        }
        if event.has_source && later(event.on_date, standing.evidence_on) {
            standing.evidence_on = Some(event.on_date);
        }
    }
    standing
}

/// What can be asked of effective time: which events had happened by a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Horizon {
    /// The day that is asked about.
    pub(crate) as_of: NaiveDate,
    /// The day of the knowledge that answers: no event can be later than the day it was known.
    pub(crate) known: NaiveDate,
    /// Whose days these are.
    pub(crate) zone: Zone,
}

/// The day that a report is of. JSON names the zone unless it is UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub(crate) struct ReportDay {
    #[serde(rename = "as_of")]
    pub(crate) day: NaiveDate,
    #[serde(skip_serializing_if = "Zone::is_utc")]
    pub(crate) zone: Zone,
}

impl fmt::Display for ReportDay {
    /// `2026-11-24`, or `2026-11-24 Asia/Tokyo` where the day is not that of UTC.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.day.fmt(formatter)?;
        if self.zone.is_utc() {
            return Ok(());
        }
        write!(formatter, " {}", self.zone)
    }
}

impl Horizon {
    /// The day that is asked about, as reports state it.
    pub(crate) fn report_day(self) -> ReportDay {
        ReportDay {
            day: self.as_of,
            zone: self.zone,
        }
    }

    /// Whether the question leaves nothing out that is known.
    pub(crate) fn is_open(self) -> bool {
        self.as_of >= self.known
    }

    /// Whether what is dated `date` had happened.
    pub(crate) fn includes(self, date: PartialDate) -> bool {
        date.happened_by(self.as_of, self.known)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn happened(date: &str, status: Option<Status>, has_source: bool) -> Happened {
        Happened {
            on_date: date.parse().expect(date),
            status,
            has_source,
        }
    }

    #[test]
    fn the_latest_by_its_last_day_decides() {
        let standing = standing([
            happened("2018", Some(Status::Committed), true),
            happened("2018-06", Some(Status::Signed), true),
            happened("2019-01-01", None, false),
        ]);
        assert_eq!(standing.status, Some(Status::Committed));
        assert_eq!(
            standing.evidence_on.map(|date| date.to_string()).as_deref(),
            Some("2018")
        );
        assert_eq!(
            standing.entered_on.map(|date| date.to_string()).as_deref(),
            Some("2018-06")
        );
    }

    #[test]
    fn of_two_on_one_day_the_later_record_decides() {
        let standing = standing([
            happened("2018-12-31", Some(Status::Signed), true),
            happened("2018", Some(Status::Committed), true),
        ]);
        assert_eq!(standing.status, Some(Status::Committed));
    }

    #[test]
    fn without_events_nothing_is_known() {
        assert_eq!(standing([]), Standing::default());
    }
}
