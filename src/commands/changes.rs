//! `tpmc changes`

use chrono::NaiveDate;
use clap::Args;

use super::journal::glossary;
use super::period::{Beginning, Point, last_day};
use crate::context::Context;
use crate::domain::{AsOf, Horizon, Invalid, Moment};
use crate::error::Error;
use crate::render::ChangesView;
use crate::report::{Changes as Report, Glossary, Period};
use crate::store::{Kind, Reader};

/// Show what changed: projects that are new, moved, corrected, or have other partners
///
/// By default on the effective clock: what happened, by the dates of the events, from --from to --to, as the registry knows it
/// now. A day, a month or a year counts whole: --from 2025-04 --to 2026-03 is the fiscal year from 1 April to 31 March. -1y is
/// the same day a year ago, that day included; last-meeting begins on the day after the meeting. New is a project whose first
/// status lies in that time; moved is one that had a status before and got another. What was corrected has no date of its own:
/// it is listed apart, by the time of recording, since the beginning of the same first day (or since the first batch of a younger
/// registry). For partners and for what was not stated before see --recorded.
///
/// With --recorded or --since-batch on the recorded clock: what the registry said then and what it says now. New is a project
/// that was not in it; moved is one whose status it gives differently; corrected is what was stated and is stated otherwise
/// or no longer; supplemented is what was not stated before.
#[derive(Debug, Args)]
#[command(after_help = "Example: tpmc changes\n         tpmc changes --from 2019 --to 2020")]
pub(crate) struct Changes {
    /// The first day; the default is the day after the last meeting: 2019-06-30, 2019-06, 2019, -1y, -6m, -30d or last-meeting; with --recorded also 2026-11-23T22:00:00Z
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    from: Option<Point>,
    /// The last day; the default is today
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    to: Option<Point>,
    /// Compare what the registry said at the two times
    #[arg(long)]
    recorded: bool,
    /// Compare what the registry said after this batch with what it says now
    #[arg(
        long,
        value_name = "BATCH",
        conflicts_with = "from",
        conflicts_with = "to"
    )]
    since_batch: Option<i64>,
}

/// From when changes are told unless something else is said.
const LAST_MEETING: Point = Point::Day(AsOf::LastMeeting);

impl Changes {
    pub(crate) fn run(self, context: &Context) -> Result<(), Error> {
        let is_recorded = self.recorded || self.since_batch.is_some();
        if context.asks_for_a_day() && (is_recorded || self.to.is_some()) {
            return Err(Error::OutOfPlace {
                option: "--as-of",
                why: "why-from-and-to",
            });
        }
        let (view, labels) = if is_recorded {
            context.read_journal(|reader, until| {
                Ok((
                    self.recorded(context, reader, until)?,
                    context.labels(reader)?,
                ))
            })?
        } else {
            let (mut view, labels) = context
                .read(|reader| Ok((self.effective(context, reader)?, context.labels(reader)?)))?;
            if let Period::Effective { from, to, .. } = view.changes.period {
                let corrected = context
                    .read_journal(|reader, until| corrected(from, to, context, reader, until))?;
                if let Some((changes, glossary)) = corrected {
                    view.changes.recorded = Some(Box::new(changes));
                    view.glossary = glossary;
                }
            }
            (view, labels)
        };
        context.show(&view, &labels)
    }

    fn effective(&self, context: &Context, reader: &mut Reader<'_>) -> Result<ChangesView, Error> {
        let asked = context.horizon(reader)?;
        let day = |point: Point| match point {
            Point::Day(day) => Ok(day),
            Point::Time(time) => Err(Invalid::new(
                "what-day",
                time.to_string(),
                "why-days-of-events",
            )),
        };
        let from = day(self.from.unwrap_or(LAST_MEETING))?;
        let beginning = Beginning::of(from, asked.known, context.language, reader)?;
        let as_of = match self.to {
            Some(to) => last_day(day(to)?, asked.known, reader)?,
            None => asked.as_of,
        };
        if beginning.meeting.is_none() {
            in_order(beginning.first_day(), as_of)?;
        }
        let to = Horizon { as_of, ..asked };
        let as_of = beginning.before;
        let from = Horizon { as_of, ..asked };
        let projects = reader.dated_between(from, to)?;
        let (meeting, known_at) = (beginning.meeting, context.known_at);
        let changes = Report::effective(&projects, from, to, meeting, known_at, context.language);
        Ok(ChangesView {
            changes,
            glossary: Glossary::default(),
        })
    }

    fn recorded(
        &self,
        context: &Context,
        reader: &mut Reader<'_>,
        last: i64,
    ) -> Result<ChangesView, Error> {
        let now = context.known_at.unwrap_or_else(|| context.now());
        let today = context.zone.day_of(now);
        let past = |time: Moment| match time {
            time if time > now => Err(time.refuse_future(now)),
            time => Ok(time),
        };
        let (mut first_day, mut end_day, mut meeting) = (None, None, None);
        let asked = self
            .from
            .or(self.since_batch.is_none().then_some(LAST_MEETING));
        let from = match asked {
            None => None,
            Some(Point::Time(time)) => Some(past(time)?),
            Some(Point::Day(day)) => {
                let beginning = Beginning::of(day, today, context.language, reader)?;
                first_day = Some(beginning.first_day());
                let end = context.zone.end_of(beginning.before).min(now);
                meeting = beginning.meeting;
                Some(end)
            }
        };
        let to = match self.to {
            None => Some(now).filter(|_| from.is_some()),
            Some(Point::Time(time)) => Some(past(time)?),
            Some(Point::Day(day)) => {
                let day = last_day(day, today, reader)?;
                end_day = Some(day);
                Some(context.zone.end_of(day).min(now))
            }
        };
        if let (Some(from), Some(to)) = (from, to) {
            match (first_day, end_day) {
                (Some(first), Some(end)) => in_order(first, end)?,
                _ => in_order(from, to)?,
            }
        }
        let from_batch = match (self.since_batch, from) {
            // Before the first batch there was nothing, so everything is new.
            (None, Some(from)) => match reader.last_batch_by(from) {
                Err(crate::store::Error::NothingYet { .. }) => 0,
                batch => batch?,
            },
            (Some(0), _) => 0,
            (number, _) => reader.batch(number.unwrap_or_default())?.number,
        };
        let to_batch = match to {
            Some(to) if self.to.is_some() => reader.last_batch_by(to)?.min(last),
            _ => last,
        };
        let period = Period::Recorded {
            from,
            to,
            first_day,
            last_day: end_day,
            after_meeting: meeting,
            from_batch,
            to_batch,
        };
        let (changes, glossary) = between(period, (from_batch, to_batch), context, reader)?;
        Ok(ChangesView { changes, glossary })
    }
}

/// What the registry says otherwise by the end of the day `to` than it said before the day `first`.
fn corrected(
    first: NaiveDate,
    to: NaiveDate,
    context: &Context,
    reader: &mut Reader<'_>,
    last: i64,
) -> Result<Option<(Report, Glossary)>, Error> {
    let now = context.known_at.unwrap_or_else(|| context.now());
    let from = context
        .zone
        .end_of(first.pred_opt().unwrap_or(first))
        .min(now);
    let end = context.zone.end_of(to);
    let mut by = |time| match reader.last_batch_by(time) {
        Err(crate::store::Error::NothingYet { .. }) => Ok(None),
        batch => batch.map(Some),
    };
    let to_batch = if end < now { by(end)? } else { Some(last) };
    let Some(to_batch) = to_batch else {
        return Ok(None);
    };
    // What a registry began with corrects nothing.
    let (from_batch, to_batch) = (by(from)?.unwrap_or(1), to_batch.min(last));
    let period = Period::Recorded {
        from: Some(from),
        to: Some(end.min(now)),
        first_day: Some(first),
        last_day: Some(to),
        after_meeting: None,
        from_batch,
        to_batch,
    };
    between(period, (from_batch, to_batch), context, reader).map(Some)
}

/// What the registry says otherwise after the second batch than it said after the first.
fn between(
    period: Period,
    (first, last): (i64, i64),
    context: &Context,
    reader: &mut Reader<'_>,
) -> Result<(Report, Glossary), Error> {
    let steps = reader.steps_between(Kind::Project, first, last)?;
    let glossary = glossary(&steps, context, reader)?;
    let changes = Report::recorded(&steps, period, &glossary, context.language);
    Ok((changes, glossary))
}

fn in_order<T: PartialOrd + ToString>(from: T, to: T) -> Result<(), Error> {
    if from <= to {
        return Ok(());
    }
    let why = message!("why-after-the-end", end = to.to_string());
    Err(Invalid::new("what-beginning", from.to_string(), why).into())
}
