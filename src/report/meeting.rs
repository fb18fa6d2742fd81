//! The report that is taken into a meeting: one object behind every format, put together from the other reports.
//!
//! The agreements of a forum and the other projects stand apart in it, as everywhere. Where it was taken from (the registry's
//! log, the number of entries and their root hash) is part of it, so that a sheet of paper can be traced back.

mod pictures;
mod standstill;
mod timeline;

use std::collections::{BTreeMap, HashMap};

use serde::Serialize;

use super::{
    Changes, Limits, Meeting, Money, PaceQuestion, PaceReport, PaceSection, ProgressGroup,
    ProgressReport, ProjectList, Stretch, Summary, World,
};
use crate::domain::{Dimension, Homes, Horizon, Language, Moment, ReportDay, Status};
use crate::store::{Currency, Filter, Line, Party, Project, Source};
use pictures::CourseYear;
pub(crate) use pictures::{Passage, Tie};
pub(crate) use standstill::Standstill;
pub(crate) use timeline::Timeline;

/// What a report for a meeting rests on: the day and the knowledge that it is of, and what was asked for.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Frame {
    #[serde(flatten)]
    pub(crate) as_of: ReportDay,
    /// The time of the knowledge that answers: always stated, so that the report can be made again.
    pub(crate) known_at: Moment,
    pub(crate) trace: Trace,
    pub(crate) filter: Filter,
    /// The conditions of the filter, in words.
    #[serde(skip)]
    pub(crate) conditions: Vec<String>,
    /// The options of the command line that the report depends on, its clocks aside.
    #[serde(skip)]
    pub(crate) options: Vec<String>,
    pub(crate) limits: Limits,
}

/// Everything that a meeting needs to know.
#[derive(Debug, Serialize)]
pub(crate) struct MeetingReport {
    #[serde(flatten)]
    pub(crate) frame: Frame,
    pub(crate) summary: Summary,
    /// In the order of the groups of the summary.
    pub(crate) groups: Vec<MeetingGroup>,
    /// What happened since the two sides last met; none when no meeting before that day is recorded.
    pub(crate) changes: Option<Changes>,
    /// The meetings and the starts of projects, by year.
    pub(crate) course: Vec<CourseYear>,
    pub(crate) projects: ProjectList,
    /// The sources that the projects and the rates name, in the order of their codes.
    pub(crate) sources: Vec<Source>,
    /// The projects with all that belongs to them, in the order of the list.
    #[serde(skip)]
    pub(crate) records: Vec<Project>,
    /// The currencies, by code.
    #[serde(skip)]
    pub(crate) currencies: BTreeMap<String, Currency>,
    /// The parties of the first projects, by code.
    #[serde(skip)]
    pub(crate) parties: BTreeMap<String, Party>,
    #[serde(skip)]
    pub(crate) homes: Homes,
}

/// Where the report was taken from: enough to find the same state again, and to prove that it was this one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Trace {
    /// The name of the registry's log.
    pub(crate) origin: String,
    pub(crate) entries: u64,
    /// Root hash over these entries, as in a checkpoint.
    pub(crate) root: String,
    /// The last batch.
    pub(crate) batch: i64,
    pub(crate) recorded_at: Moment,
    /// Codes of the countries whose names this registry set.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) countries_named_here: Vec<String>,
}

/// A forum's agreements, or the other projects.
#[derive(Debug, Serialize)]
pub(crate) struct MeetingGroup {
    /// The forum's code, or `other`.
    pub(crate) group: String,
    pub(crate) timeline: Timeline,
    /// From signing to commitment, to start and to completion, in this order.
    pub(crate) pace: Vec<Paced>,
    pub(crate) progress: ProgressGroup,
    /// What is stalled, silent or both, the longest first.
    pub(crate) standstill: Vec<Standstill>,
    /// Where the projects stood at the last meeting, and where they stand now; empty when no meeting is recorded.
    pub(crate) passages: Vec<Passage>,
}

/// The pace of one stretch of the road.
#[derive(Debug, Serialize)]
pub(crate) struct Paced {
    #[serde(flatten)]
    pub(crate) stretch: Stretch,
    #[serde(flatten)]
    pub(crate) section: PaceSection,
}

/// What a meeting's report is made from.
pub(crate) struct Gathered {
    pub(crate) horizon: Horizon,
    pub(crate) known_at: Moment,
    pub(crate) trace: Trace,
    pub(crate) filter: Filter,
    /// Its conditions in words.
    pub(crate) conditions: Vec<String>,
    /// The options of the command line that the report depends on.
    pub(crate) options: Vec<String>,
    pub(crate) limits: Limits,
    pub(crate) language: Language,
    /// The chosen projects, with everything that a line can hold.
    pub(crate) lines: Vec<Line>,
    /// The same projects whole.
    pub(crate) projects: Vec<Project>,
    pub(crate) changes: Option<Changes>,
    /// The meetings by that day, the earliest first.
    pub(crate) meetings: Vec<Meeting>,
    /// The commitments of these projects, when they are asked for.
    pub(crate) money: Option<Money>,
    /// All sources of the registry.
    pub(crate) sources: Vec<Source>,
    pub(crate) currencies: Vec<Currency>,
    /// The parties of the first projects, by code: as many as have a card.
    pub(crate) parties: BTreeMap<String, Party>,
    pub(crate) homes: Homes,
}

/// So many projects have a card on the page.
pub(crate) const CARDS: usize = 500;

/// What the pace is asked for.
const GOALS: [Status; 3] = [Status::Committed, Status::Implementing, Status::Completed];

impl MeetingReport {
    /// Puts the report together.
    pub(crate) fn of(gathered: Gathered, world: &World) -> Self {
        let Gathered {
            horizon,
            known_at,
            limits,
            ..
        } = gathered;
        let mut summary = Summary::of(
            &gathered.lines,
            world,
            gathered.filter.clone(),
            (Dimension::Mode, Dimension::Country),
            horizon,
            Some(known_at),
        );
        if let Some(money) = gathered.money {
            summary = summary.with_money(money);
        }
        let by_code = gathered.projects.iter();
        let by_code: HashMap<&str, &Project> = by_code
            .map(|project| (project.facts.code.as_str(), project))
            .collect();
        let mut pace = GOALS.map(|to| {
            let question = PaceQuestion {
                stretch: Stretch {
                    from: Status::Signed,
                    to,
                },
                by: None,
                compare: None,
                horizon,
                known_at: Some(known_at),
            };
            PaceReport::of(
                &gathered.lines,
                &by_code,
                world,
                Filter::default(),
                &question,
            )
        });
        let met = gathered.changes.as_ref().and_then(Changes::day_before);
        let met = met.map(|as_of| Horizon { as_of, ..horizon });
        let mut members = members(gathered.projects);
        let groups = summary.groups.iter().map(|group| {
            let forum = group.forum.as_ref().map(|forum| forum.code.as_str());
            let projects = members
                .remove(&forum.map(str::to_owned))
                .unwrap_or_default();
            let pace = pace.iter_mut().filter_map(|pace| {
                let place = pace
                    .groups
                    .iter()
                    .position(|section| section.group == group.group)?;
                Some(Paced {
                    stretch: pace.stretch,
                    section: pace.groups.remove(place),
                })
            });
            let mut made = MeetingGroup::of(
                &group.group,
                &projects,
                pace.collect(),
                horizon,
                known_at,
                limits,
                gathered.language,
            );
            if let (Some(made), Some(met)) = (&mut made, met) {
                made.passages = Passage::all(&projects, met, horizon);
            }
            (made, projects)
        });
        let (groups, records): (Vec<_>, Vec<_>) = groups.unzip();
        let records = within(records, horizon);
        let sources = named_sources(gathered.sources, &records, summary.money.as_ref());
        Self {
            frame: Frame {
                as_of: horizon.report_day(),
                known_at,
                trace: gathered.trace,
                filter: gathered.filter,
                conditions: gathered.conditions,
                options: gathered.options,
                limits,
            },
            summary,
            groups: groups.into_iter().flatten().collect(),
            changes: gathered.changes,
            course: CourseYear::all(gathered.meetings, &records),
            projects: ProjectList::of(gathered.lines, horizon, Some(known_at), gathered.language),
            sources,
            records,
            currencies: gathered
                .currencies
                .into_iter()
                .map(|currency| (currency.code.to_string(), currency))
                .collect(),
            parties: gathered.parties,
            homes: gathered.homes,
        }
    }
}

impl MeetingGroup {
    /// None when there is nothing to report on.
    fn of(
        group: &str,
        projects: &[Project],
        pace: Vec<Paced>,
        horizon: Horizon,
        known_at: Moment,
        limits: Limits,
        language: Language,
    ) -> Option<Self> {
        // All of these projects are of one group, so the largest that the report makes of them is theirs.
        let progress = ProgressReport::of(projects, horizon, Some(known_at), limits)
            .groups
            .into_iter()
            .max_by_key(|group| group.projects)?;
        Some(Self {
            group: group.to_owned(),
            timeline: Timeline::of(projects, horizon),
            pace,
            standstill: Standstill::of(&progress, language),
            progress,
            passages: Vec::new(),
        })
    }
}

/// The projects of all groups in the order of their codes, as they were within `horizon`.
fn within(groups: Vec<Vec<Project>>, horizon: Horizon) -> Vec<Project> {
    let projects = groups.into_iter().flatten();
    let mut records: Vec<Project> = projects.map(|project| project.within(horizon)).collect();
    records.sort_by(|left, right| left.facts.code.cmp(&right.facts.code));
    records
}

/// The projects by forum; those of none under None.
fn members(projects: Vec<Project>) -> BTreeMap<Option<String>, Vec<Project>> {
    let mut members = BTreeMap::<_, Vec<Project>>::new();
    for project in projects {
        members
            .entry(project.facts.forum.clone())
            .or_default()
            .push(project);
    }
    members
}

/// Those of the sources that the projects name anywhere, and those of the rates that were used.
fn named_sources(
    mut sources: Vec<Source>,
    projects: &[Project],
    money: Option<&Money>,
) -> Vec<Source> {
    let rates = money.into_iter().flat_map(|money| &money.rates);
    let named: std::collections::HashSet<&str> = projects
        .iter()
        .flat_map(|project| {
            let events = project
                .events
                .iter()
                .filter_map(|event| event.source.as_deref());
            let amounts = project
                .amounts
                .iter()
                .filter_map(|amount| amount.source.as_deref());
            let risks = project
                .risks
                .iter()
                .filter_map(|risk| risk.source.as_deref());
            let citations = project.citations.iter().map(String::as_str);
            events.chain(amounts).chain(risks).chain(citations)
        })
        .chain(rates.map(|rate| rate.source.as_str()))
        .collect();
    sources.retain(|source| named.contains(source.code.as_str()));
    sources
}

impl MeetingReport {
    /// Returns how many decimals a currency has.
    pub(crate) fn decimals(&self, currency: &str) -> u32 {
        let places = self
            .currencies
            .get(currency)
            .and_then(|known| known.decimal_places);
        places
            .and_then(|places| u32::try_from(places).ok())
            .unwrap_or(0)
    }
}

#[cfg(test)]
mod tests;
#[cfg(test)]
pub(crate) use tests::gathered_for_tests;
