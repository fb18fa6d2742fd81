//! `tpmc report`

use std::collections::HashSet;

use clap::Args;

use super::filter::FilterArgs;
use super::money::MoneyArgs;
use crate::context::Context;
use crate::domain::{Horizon, Moment};
use crate::error::Error;
use crate::render::{Format, MeetingView};
use crate::report::{Changes, Gathered, Limits, Trace, World};
use crate::store::{Access, Filter, Forum, Project, Reader, Wanted};

/// Make the report for a meeting: a page to read and print, a workbook, or a text
///
/// Headline figures, statuses by mode and by year, modes by country, pace, what has happened since the last meeting, what stands
/// still, all projects, what is not known, and the sources; with --currency, what has been committed in money. The page is one file that needs no network: it can be sent by mail,
/// and printed on A4. The registry's name, the number of its entries and their root hash are printed on it. The same registry,
/// --as-of and --known-at give the same bytes.
#[derive(Debug, Args)]
#[command(after_help = "Example: tpmc report -o meeting.html --lang ja")]
pub(crate) struct Report {
    /// Months without an event that has a source, after which an open project is silent
    #[arg(long, value_name = "MONTHS", default_value_t = SILENT_MONTHS)]
    silent_months: u32,
    /// Months without a move since signing, after which a project is stalled
    #[arg(long, value_name = "MONTHS", default_value_t = STALLED_MONTHS)]
    stalled_months: u32,
    #[command(flatten)]
    money: MoneyArgs,
    #[command(flatten)]
    filter: FilterArgs,
}

impl Report {
    pub(crate) fn run(self, context: &Context) -> Result<(), Error> {
        let format = context.format()?;
        if format == Format::Xlsx && context.output().is_none() {
            return Err(Error::NoOutput);
        }
        // What was recorded by a time in the past is no longer added to, so it can be traced by itself.
        let past = context
            .known_at
            .map(|time| {
                context
                    .store(Access::Read)?
                    .read(|reader| trace(reader, Some(time)))
            })
            .transpose();
        let (view, labels) = context.read(|reader| {
            let trace = match past? {
                Some(trace) => trace,
                None => trace(reader, None)?,
            };
            let known_at = context
                .known_at
                .unwrap_or_else(|| context.now().max(trace.recorded_at));
            let view = self.gather(context, reader, known_at, trace)?;
            Ok((view, context.labels(reader)?))
        })?;
        let bytes = view.bytes(&labels, format, context.width())?;
        match format {
            Format::Html | Format::Xlsx => context.out.raw(&bytes),
            _ => context.out.data(&bytes),
        }
    }

    fn gather(
        &self,
        context: &Context,
        reader: &mut Reader<'_>,
        known_at: Moment,
        trace: Trace,
    ) -> Result<MeetingView, Error> {
        let (filter, horizon) = (self.filter.resolve(reader)?, context.horizon(reader)?);
        let labels = context.labels(reader)?;
        let lines = reader.lines(&filter, horizon, Wanted::EVERYTHING, None)?;
        let mut projects: Vec<Project> = reader.all()?;
        let mut chosen = None;
        if filter != Filter::default() {
            let codes: HashSet<_> = lines.iter().map(|line| line.facts.code.clone()).collect();
            projects.retain(|project| codes.contains(&project.facts.code));
            chosen = Some(codes);
        }
        let mut dated = match since_the_last_meeting(reader, horizon)? {
            Some(from) => Some((from, reader.dated_between(from, horizon)?)),
            None => None,
        };
        if let (Some((_, dated)), Some(codes)) = (&mut dated, &chosen) {
            dated.retain(|project| codes.contains(&project.code));
        }
        let changes = dated.map(|(from, dated)| {
            Changes::effective(&dated, from, horizon, Some(known_at), context.language)
        });
        let world = World::new(
            reader.all::<Forum>()?,
            reader.asean()?,
            &lines,
            context.language,
        );
        let gathered = Gathered {
            money: self.money.of(&lines, horizon, reader)?,
            horizon,
            known_at,
            trace,
            limits: Limits {
                silent_months: self.silent_months,
                stalled_months: self.stalled_months,
            },
            language: context.language,
            lines,
            projects,
            changes,
            sources: reader.all()?,
            currencies: reader.all()?,
            conditions: self.filter.in_words(&filter, &labels),
            options: self.options(&filter),
            filter,
        };
        Ok(MeetingView::of(gathered, world))
    }

    /// The options that the report depends on, as they are typed.
    fn options(&self, filter: &Filter) -> Vec<String> {
        let mut options = self.filter.options(filter);
        let months = [
            ("--silent-months", self.silent_months, SILENT_MONTHS),
            ("--stalled-months", self.stalled_months, STALLED_MONTHS),
        ];
        let other = months.iter().filter(|(_, given, default)| given != default);
        options.extend(other.map(|(name, given, _)| format!("{name} {given}")));
        options.extend(self.money.options());
        options
    }
}

/// The months that are taken where none are named.
const SILENT_MONTHS: u32 = 12;
const STALLED_MONTHS: u32 = 24;

/// What the journal comes to, or came to at a time.
fn trace(reader: &mut Reader<'_>, time: Option<Moment>) -> Result<Trace, Error> {
    let entries = reader.journal_size(time)?;
    let batch = match time {
        Some(time) => reader.last_batch_by(time)?,
        None => reader.last_batch()?.map_or(0, |batch| batch.number),
    };
    Ok(Trace {
        origin: reader.origin()?,
        entries,
        root: reader.root(entries)?.to_string(),
        batch,
        recorded_at: reader.batch(batch)?.recorded_at,
    })
}

/// The day of the last meeting before the day that is asked about.
fn since_the_last_meeting(
    reader: &mut Reader<'_>,
    horizon: Horizon,
) -> Result<Option<Horizon>, Error> {
    let yesterday = horizon.as_of.pred_opt().unwrap_or(horizon.as_of);
    let met = reader.last_meeting(yesterday)?;
    Ok(met.map(|date| Horizon {
        as_of: date.last_day().min(yesterday),
        ..horizon
    }))
}
