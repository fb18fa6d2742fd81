//! `tpmc changes`

use std::str::FromStr;

use chrono::NaiveDate;
use clap::Args;

use super::journal::glossary;
use crate::context::Context;
use crate::domain::{AsOf, Horizon, Invalid, Moment};
use crate::error::Error;
use crate::render::ChangesView;
use crate::report::{Changes as Report, Glossary, Period};
use crate::store::{Kind, Reader};

/// Show what changed: projects that are new, moved, corrected, or have other partners
///
/// By default on the effective clock: what happened, by the dates of the events, after --from and up to --to, as the registry
/// knows it now. New is a project whose first status lies in that time; moved is one that had a status before and got another.
/// What was corrected has no date of its own: it is told apart, by the time of recording, since the end of the same first day (or
/// since the first batch of a registry that is younger). For partners and for what was not stated before see --recorded.
///
/// With --recorded or --since-batch on the recorded clock: what the registry said then and what it says now. New is a project
/// that was not in it; moved is one whose status it gives differently; corrected is what was stated and is stated otherwise
/// or no longer; supplemented is what was not stated before.
#[derive(Debug, Args)]
#[command(after_help = "Example: tpmc changes\n         tpmc changes --from 2019 --to 2020")]
pub(crate) struct Changes {
    /// From when; the default is the last meeting: 2019-06-30, 2019-06, 2019, -1y, -6m, -30d or last-meeting; with --recorded also 2026-11-23T22:00:00Z
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    from: Option<Point>,
    /// Until when; the default is now
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

/// A point of time as it was asked for.
#[derive(Debug, Clone, Copy)]
enum Point {
    Day(AsOf),
    Time(Moment),
}

/// From when changes are told unless something else is said.
const LAST_MEETING: Point = Point::Day(AsOf::LastMeeting);

impl FromStr for Point {
    type Err = Invalid;

    fn from_str(text: &str) -> Result<Self, Invalid> {
        match text.parse() {
            Ok(day) => Ok(Self::Day(day)),
            Err(_) if text.contains('T') => text.parse().map(Self::Time),
            Err(invalid) => Err(invalid),
        }
    }
}

impl Changes {
    pub(crate) fn run(self, context: &Context) -> Result<(), Error> {
        let (view, labels) = if self.recorded || self.since_batch.is_some() {
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
                    .read_history(|reader, until| corrected(from, to, context, reader, until))?;
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
        let mut day = |point: Point| match point {
            Point::Day(day) => Ok::<_, Error>(Horizon {
                as_of: day.resolve(asked.known, reader.last_meeting(asked.known)?)?,
                ..asked
            }),
            Point::Time(time) => Err(Invalid::new(
                "a day",
                time.to_string(),
                "events have days; times go with --recorded",
            )
            .into()),
        };
        let from = day(self.from.unwrap_or(LAST_MEETING))?;
        let to = self.to.map_or(Ok(asked), &mut day)?;
        in_order(from.as_of, to.as_of)?;
        let projects = reader.dated_between(from, to)?;
        let changes = Report::effective(&projects, from, to, context.known_at, context.language);
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
        let mut time = |point: Point| match point {
            Point::Day(day) => {
                let day = day.resolve(now.day(), reader.last_meeting(now.day())?)?;
                Ok::<_, Error>(Moment::end_of(day).min(now))
            }
            Point::Time(time) if time > now => Err(time.refuse_future(now).into()),
            Point::Time(time) => Ok(time),
        };
        let since = self.since_batch.map_or(Some(LAST_MEETING), |_| None);
        let from = self.from.or(since).map(&mut time).transpose()?;
        let to = self
            .to
            .map(&mut time)
            .transpose()?
            .or(Some(now).filter(|_| from.is_some()));
        if let (Some(from), Some(to)) = (from, to) {
            in_order(from, to)?;
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
            Some(to) => reader.last_batch_by(to)?.min(last),
            None => last,
        };
        let steps = reader.steps_between(Kind::Project, from_batch, to_batch)?;
        let period = Period::Recorded {
            from,
            to,
            from_batch,
            to_batch,
        };
        let glossary = glossary(&steps, context, reader)?;
        let changes = Report::recorded(&steps, period, &glossary, context.language);
        Ok(ChangesView { changes, glossary })
    }
}

/// What the registry says otherwise, by the end of the day `to`, than it said at the end of the day `from`.
fn corrected(
    from: NaiveDate,
    to: NaiveDate,
    context: &Context,
    reader: &mut Reader<'_>,
    last: i64,
) -> Result<Option<(Report, Glossary)>, Error> {
    let now = context.known_at.unwrap_or_else(|| context.now());
    let (from, to) = (Moment::end_of(from), Moment::end_of(to).min(now));
    let mut by = |time| match reader.last_batch_by(time) {
        Err(crate::store::Error::NothingYet { .. }) => Ok(None),
        batch => batch.map(Some),
    };
    let Some(to_batch) = by(to)? else {
        return Ok(None);
    };
    // What a registry began with corrects nothing.
    let (from_batch, to_batch) = (by(from)?.unwrap_or(1), to_batch.min(last));
    let steps = reader.steps_between(Kind::Project, from_batch, to_batch)?;
    let glossary = glossary(&steps, context, reader)?;
    let period = Period::Recorded {
        from: Some(from),
        to: Some(to),
        from_batch,
        to_batch,
    };
    let changes = Report::recorded(&steps, period, &glossary, context.language);
    Ok(Some((changes, glossary)))
}

fn in_order<T: PartialOrd + ToString>(from: T, to: T) -> Result<(), Error> {
    if from <= to {
        return Ok(());
    }
    let why = format!("it lies after the end, {}", to.to_string());
    Err(Invalid::new("a beginning", from.to_string(), why).into())
}
