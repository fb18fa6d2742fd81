//! What the report for a meeting and its brief are made from.

use std::collections::HashSet;

use clap::Args;

use super::filter::FilterArgs;
use super::money::MoneyArgs;
use crate::context::Context;
use crate::domain::{Horizon, Language, Moment};
use crate::error::Error;
use crate::render::Labels;
use crate::report::{CARDS, Changes, Gathered, Limits, Meeting, Trace, World};
use crate::store::{Access, Filter, Forum, Project, Reader, Wanted};

/// Which projects a report is about, and after how many months something is worth naming.
#[derive(Debug, Args)]
pub(super) struct Scope {
    /// Months without an event that has a source, after which an open project is silent
    #[arg(long, value_name = "MONTHS", default_value_t = Limits::USUAL.silent_months)]
    silent_months: u32,
    /// Months without a move since signing, after which a project is stalled
    #[arg(long, value_name = "MONTHS", default_value_t = Limits::USUAL.stalled_months)]
    stalled_months: u32,
    #[command(flatten)]
    filter: FilterArgs,
}

impl Scope {
    /// Gathers what the scope chooses and answers what `make` makes of it, with the labels of its language.
    pub(super) fn read<T>(
        &self,
        context: &Context,
        money: Option<&MoneyArgs>,
        make: impl FnOnce(Gathered, World) -> T,
    ) -> Result<(T, Labels), Error> {
        // What was recorded by a time in the past is no longer added to, so it can be traced by itself.
        let past = context
            .known_at
            .map(|time| {
                context
                    .store(Access::Read)?
                    .read(|reader| trace(reader, Some(time)))
            })
            .transpose();
        context.read(|reader| {
            let trace = match past? {
                Some(trace) => trace,
                None => trace(reader, None)?,
            };
            let known_at = context
                .known_at
                .unwrap_or_else(|| context.now().max(trace.recorded_at));
            let (gathered, world) = self.gather(context, money, reader, known_at, trace)?;
            Ok((make(gathered, world), context.labels(reader)?))
        })
    }

    fn gather(
        &self,
        context: &Context,
        money: Option<&MoneyArgs>,
        reader: &mut Reader<'_>,
        known_at: Moment,
        trace: Trace,
    ) -> Result<(Gathered, World), Error> {
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
        let mut dated = match last_meeting(reader, horizon, context.language)? {
            Some((met, from)) => Some((met, from, reader.dated_between(from, horizon)?)),
            None => None,
        };
        if let (Some((.., dated)), Some(codes)) = (&mut dated, &chosen) {
            dated.retain(|project| codes.contains(&project.code));
        }
        let changes = dated.map(|(met, from, dated)| {
            Changes::effective(
                &dated,
                from,
                horizon,
                Some(met),
                Some(known_at),
                context.language,
            )
        });
        let world = World::new(
            reader.all::<Forum>()?,
            reader.asean()?,
            &lines,
            context.language,
        );
        let mut meetings = reader.meetings()?;
        meetings.retain(|meeting| horizon.includes(meeting.facts.on_date));
        let with_card = projects.iter().take(CARDS);
        let parties = reader.some(with_card.flat_map(Project::party_codes))?;
        let gathered = Gathered {
            money: match money {
                Some(money) => money.of(&lines, horizon, reader)?,
                None => None,
            },
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
            meetings: meetings
                .iter()
                .map(|meeting| Meeting::new(meeting, context.language))
                .collect(),
            sources: reader.all()?,
            currencies: reader.all()?,
            parties,
            homes: reader.homes()?,
            conditions: self.filter.in_words(&filter, &labels),
            options: self.options(&filter, money),
            filter,
        };
        Ok((gathered, world))
    }

    /// The options that the report depends on, as they are typed.
    fn options(&self, filter: &Filter, money: Option<&MoneyArgs>) -> Vec<String> {
        let mut options = self.filter.options(filter);
        let months = [
            (
                "--silent-months",
                self.silent_months,
                Limits::USUAL.silent_months,
            ),
            (
                "--stalled-months",
                self.stalled_months,
                Limits::USUAL.stalled_months,
            ),
        ];
        let other = months.iter().filter(|(_, given, default)| given != default);
        options.extend(other.map(|(name, given, _)| format!("{name} {given}")));
        options.extend(money.into_iter().flat_map(MoneyArgs::options));
        options
    }
}

/// Returns which journal the report rests on: all of it, or what had been recorded by a time.
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
        countries_named_here: reader.countries_named_here(batch)?,
    })
}

/// The last meeting before the day that is asked about, and its day.
fn last_meeting(
    reader: &mut Reader<'_>,
    horizon: Horizon,
    language: Language,
) -> Result<Option<(Meeting, Horizon)>, Error> {
    let yesterday = horizon.as_of.pred_opt().unwrap_or(horizon.as_of);
    let met = reader.last_meeting(yesterday)?;
    Ok(met.map(|met| {
        let as_of = met.facts.on_date.last_day().min(yesterday);
        (Meeting::new(&met, language), Horizon { as_of, ..horizon })
    }))
}
