//! Points of time as they are asked for: where a period begins and where it ends, on either clock.

use std::str::FromStr;

use chrono::NaiveDate;

use crate::context::Context;
use crate::domain::{AsOf, Invalid, Language, Moment};
use crate::error::Error;
use crate::report::Meeting;
use crate::store::Reader;

/// A day, a month, a year or a while ago, which count whole, or a time of recording.
#[derive(Debug, Clone, Copy)]
pub(super) enum Point {
    Day(AsOf),
    Time(Moment),
}

impl FromStr for Point {
    type Err = Invalid;

    fn from_str(text: &str) -> Result<Self, Invalid> {
        // A time at midnight is not the whole day.
        let time = text.parse().map(Self::Time);
        time.or_else(|_| text.parse().map(Self::Day))
    }
}

/// Where a period of days begins.
pub(super) struct Beginning {
    /// The last day before it.
    pub(super) before: NaiveDate,
    /// The meeting that it follows.
    pub(super) meeting: Option<Meeting>,
}

impl Beginning {
    /// What `asked` means, as known on the day `known`.
    pub(super) fn of(
        asked: AsOf,
        known: NaiveDate,
        language: Language,
        reader: &mut Reader<'_>,
    ) -> Result<Self, Error> {
        let meeting = match asked {
            AsOf::LastMeeting => reader.last_meeting(known)?,
            _ => None,
        };
        let met = meeting.as_ref().map(|meeting| meeting.facts.on_date);
        Ok(Self {
            before: asked.day_before(known, met)?,
            meeting: meeting.map(|meeting| Meeting::new(&meeting, language)),
        })
    }

    /// The first day of the period.
    pub(super) fn first_day(&self) -> NaiveDate {
        self.before.succ_opt().unwrap_or(self.before)
    }
}

/// The last day of `asked`, as known on the day `known`.
pub(super) fn last_day(
    asked: AsOf,
    known: NaiveDate,
    reader: &mut Reader<'_>,
) -> Result<NaiveDate, Error> {
    let met = reader
        .last_meeting(known)?
        .map(|meeting| meeting.facts.on_date);
    Ok(asked.resolve(known, met)?)
}

/// The last second before a period that begins with `point`.
pub(super) fn second_before(
    point: Point,
    context: &Context,
    reader: &mut Reader<'_>,
) -> Result<Moment, Error> {
    match point {
        Point::Time(time) => Ok(time.second_before()),
        Point::Day(day) => {
            let beginning = Beginning::of(day, context.today(), context.language, reader)?;
            Ok(context.zone.end_of(beginning.before))
        }
    }
}

/// The last second of a period that ends with `point`.
pub(super) fn last_second(
    point: Point,
    context: &Context,
    reader: &mut Reader<'_>,
) -> Result<Moment, Error> {
    match point {
        Point::Time(time) => Ok(time),
        Point::Day(day) => Ok(context.zone.end_of(last_day(day, context.today(), reader)?)),
    }
}
