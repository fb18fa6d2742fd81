//! Progress: how long projects have stood where they stand, how fresh the evidence is, and which are silent, stalled or late.
//!
//! Days are counted from the last day that a date can mean, so a duration is never overstated. Time before the first recorded
//! status is not known and not counted: the report says for how many projects.

mod spans;

use chrono::{Months, NaiveDate};
use serde::Serialize;

use crate::domain::{
    EventKind, Horizon, Moment, Names, PartialDate, ProjectCode, ReportDay, Standing, Status,
    TextBasis, Translated, Vocabulary as _,
};
use crate::store::{Filter, Project};
use spans::Spans;

/// After how many months something is worth naming.
#[derive(Debug, Clone, Copy, Serialize)]
pub(crate) struct Limits {
    /// Without an event that has a source.
    pub(crate) silent_months: u32,
    /// Without a move since signing.
    pub(crate) stalled_months: u32,
}

impl Limits {
    /// The months that are taken where none are named.
    pub(crate) const USUAL: Self = Self {
        silent_months: 12,
        stalled_months: 24,
    };
}

/// The progress of the forum's agreements, and of all projects.
#[derive(Debug, Serialize)]
pub(crate) struct ProgressReport {
    #[serde(flatten)]
    pub(crate) as_of: ReportDay,
    pub(crate) known_at: Option<Moment>,
    pub(crate) filter: Filter,
    /// The conditions of the filter, in words.
    #[serde(skip)]
    pub(crate) conditions: Vec<String>,
    /// Whether a page lists all names, however many.
    #[serde(skip)]
    pub(crate) lists_all: bool,
    pub(crate) limits: Limits,
    pub(crate) groups: Vec<ProgressGroup>,
}

/// One group of projects.
#[derive(Debug, Serialize)]
pub(crate) struct ProgressGroup {
    /// The forum's code, or `all`.
    pub(crate) group: String,
    pub(crate) projects: usize,
    pub(crate) by_status: Vec<StatusLine>,
    /// Projects whose first recorded status is later than a signing: how long the steps before took is not known.
    pub(crate) earlier_history_not_known: usize,
    /// Age of the latest evidence in days; projects without any are counted apart.
    pub(crate) evidence_age: Days,
    pub(crate) without_evidence: usize,
    /// Open projects without a sourced event for longer than the limit, the longest first.
    pub(crate) silent: Vec<Named>,
    /// Projects that have not moved since they were proposed or signed for longer than the limit, the longest first.
    pub(crate) stalled: Vec<Named>,
    /// Milestones that are overdue or were met late, the latest first.
    pub(crate) slipped: Vec<Slipped>,
}

/// The projects in one status.
#[derive(Debug, Serialize)]
pub(crate) struct StatusLine {
    pub(crate) status: Option<Status>,
    pub(crate) projects: usize,
    /// Days in this status, repeated visits added up.
    pub(crate) days: Days,
    /// The project that has stood there longest.
    pub(crate) longest_code: Option<ProjectCode>,
}

/// Several durations in days.
#[derive(Debug, Default, PartialEq, Serialize)]
pub(crate) struct Days {
    pub(crate) median: Option<i64>,
    pub(crate) longest: Option<i64>,
}

/// A project and for how many days.
#[derive(Debug, Serialize)]
pub(crate) struct Named {
    pub(crate) code: ProjectCode,
    pub(crate) title_en: Option<String>,
    pub(crate) title_zh: Option<String>,
    pub(crate) title_ja: Option<String>,
    pub(crate) title_original: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) title_zh_basis: Option<TextBasis>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) title_ja_basis: Option<TextBasis>,
    pub(crate) identified: bool,
    pub(crate) status: Option<Status>,
    /// Since when; none when there is no such event at all.
    pub(crate) since: Option<PartialDate>,
    pub(crate) days: Option<i64>,
}

impl Named {
    /// Returns its title in the languages in which it has one.
    pub(crate) fn titles(&self) -> Names<'_> {
        Names {
            en: self.title_en.as_deref(),
            zh: self.title_zh.as_deref(),
            ja: self.title_ja.as_deref(),
            native: self.title_original.as_deref(),
            translated: Translated::of(self.title_zh_basis, self.title_ja_basis),
        }
    }
}

/// A milestone that was not met in time.
#[derive(Debug, Serialize)]
pub(crate) struct Slipped {
    pub(crate) code: ProjectCode,
    pub(crate) number: i32,
    pub(crate) text: Option<String>,
    pub(crate) due_on: PartialDate,
    /// None when it is overdue.
    pub(crate) met_on: Option<PartialDate>,
    pub(crate) days: i64,
}

/// The name of the group of all projects.
const ALL: &str = "all";

impl ProgressReport {
    /// The report on `projects` as they stood within `horizon`.
    pub(crate) fn of(
        projects: &[Project],
        horizon: Horizon,
        known_at: Option<Moment>,
        limits: Limits,
    ) -> Self {
        let mut forums: Vec<&str> = projects
            .iter()
            .filter_map(|project| project.facts.forum.as_deref())
            .collect();
        forums.sort_unstable();
        forums.dedup();
        let of_forum = |forum: &str| {
            let members = projects
                .iter()
                .filter(|project| project.facts.forum.as_deref() == Some(forum));
            ProgressGroup::of(forum, &members.collect::<Vec<_>>(), horizon, limits)
        };
        let mut groups: Vec<ProgressGroup> = forums.into_iter().map(of_forum).collect();
        groups.push(ProgressGroup::of(
            ALL,
            &projects.iter().collect::<Vec<_>>(),
            horizon,
            limits,
        ));
        Self {
            as_of: horizon.report_day(),
            known_at,
            filter: Filter::default(),
            conditions: Vec::new(),
            lists_all: false,
            limits,
            groups,
        }
    }

    /// The same with all names on its page, if they are wanted.
    pub(crate) fn listing_all(self, lists_all: bool) -> Self {
        Self { lists_all, ..self }
    }

    /// The same, told to be about the projects that a filter chose.
    pub(crate) fn chosen_by(self, filter: Filter, conditions: Vec<String>) -> Self {
        Self {
            filter,
            conditions,
            ..self
        }
    }
}

impl ProgressGroup {
    fn of(group: &str, projects: &[&Project], horizon: Horizon, limits: Limits) -> Self {
        let day = horizon.as_of;
        let spans: Vec<(&Project, Spans)> = projects
            .iter()
            .map(|project| (*project, Spans::of(project, horizon)))
            .collect();
        let lines = Status::ALL
            .iter()
            .copied()
            .map(Some)
            .chain([None])
            .map(|status| StatusLine::of(status, &spans, day));
        let ages = spans
            .iter()
            .filter_map(|(_, spans)| Some(days(spans.standing.evidence_on?, day)));
        let ages: Vec<i64> = ages.collect();
        Self {
            group: group.to_owned(),
            projects: projects.len(),
            by_status: lines.filter(|line| line.projects > 0).collect(),
            earlier_history_not_known: spans
                .iter()
                .filter(|(_, spans)| spans.begins_late())
                .count(),
            without_evidence: projects.len() - ages.len(),
            evidence_age: Days::of(ages),
            silent: silent(&spans, day, limits.silent_months),
            stalled: stalled(&spans, day, limits.stalled_months),
            slipped: slipped(projects, horizon),
        }
    }
}

impl StatusLine {
    fn of(status: Option<Status>, spans: &[(&Project, Spans)], day: NaiveDate) -> Self {
        let there = || {
            spans
                .iter()
                .filter(|(_, spans)| spans.standing.status == status)
        };
        let timed =
            || there().filter_map(|(project, spans)| Some((spans.days_in(status?, day)?, project)));
        let longest =
            timed().max_by_key(|(days, project)| (*days, std::cmp::Reverse(&project.facts.code)));
        Self {
            status,
            projects: there().count(),
            days: Days::of(timed().map(|(days, _)| days).collect()),
            longest_code: longest.map(|(_, project)| project.facts.code.clone()),
        }
    }
}

impl Days {
    /// The median of an even number is the mean of the two in the middle, rounded down.
    fn of(mut days: Vec<i64>) -> Self {
        days.sort_unstable();
        let middle = |place: usize| days.get(place).copied();
        let half = days.len() / 2;
        let median = match days.len() {
            0 => None,
            count if count % 2 == 1 => middle(half),
            _ => middle(half - 1)
                .zip(middle(half))
                .map(|(low, high)| low + (high - low) / 2),
        };
        Self {
            median,
            longest: days.last().copied(),
        }
    }
}

/// Days from the last day that `date` can mean to `day`; none are negative.
fn days(date: PartialDate, day: NaiveDate) -> i64 {
    (day - date.last_day()).num_days().max(0)
}

fn named(project: &Project, spans: &Spans, since: Option<PartialDate>, day: NaiveDate) -> Named {
    let facts = &project.facts;
    Named {
        code: facts.code.clone(),
        title_en: facts.title_en.clone(),
        title_zh: facts.title_zh.clone(),
        title_ja: facts.title_ja.clone(),
        title_original: facts.title_original.clone(),
        title_zh_basis: facts.title_zh_basis,
        title_ja_basis: facts.title_ja_basis,
        identified: facts.identified,
        status: spans.standing.status,
        since,
        days: since.map(|since| days(since, day)),
    }
}

/// Whether `date` lies more than so many months before `day`.
fn is_older(date: PartialDate, months: u32, day: NaiveDate) -> bool {
    day.checked_sub_months(Months::new(months))
        .is_some_and(|limit| date.last_day() < limit)
}

/// The longest first; what has no date at all comes before everything.
fn longest_first(mut list: Vec<Named>) -> Vec<Named> {
    list.sort_by(|left, right| {
        let key = |named: &Named| {
            (
                named.days.is_some(),
                std::cmp::Reverse(named.days),
                named.code.clone(),
            )
        };
        key(left).cmp(&key(right))
    });
    list
}

fn silent(spans: &[(&Project, Spans)], day: NaiveDate, months: u32) -> Vec<Named> {
    // What has neither a status nor evidence by that day had not begun: there is nothing to be silent about.
    let is_open = |spans: &Spans| {
        let status = spans.standing.status;
        !status.is_some_and(|status| status.facts().is_final)
            && spans.standing != Standing::default()
    };
    let is_silent = |spans: &Spans| {
        spans
            .standing
            .evidence_on
            .is_none_or(|evidence| is_older(evidence, months, day))
    };
    let list = spans
        .iter()
        .filter(|(_, spans)| is_open(spans) && is_silent(spans));
    longest_first(
        list.map(|(project, spans)| named(project, spans, spans.standing.evidence_on, day))
            .collect(),
    )
}

fn stalled(spans: &[(&Project, Spans)], day: NaiveDate, months: u32) -> Vec<Named> {
    let waits = |spans: &Spans| {
        matches!(
            spans.standing.status,
            Some(Status::Proposed | Status::Signed)
        )
    };
    let is_stalled = |spans: &Spans| {
        spans
            .standing
            .status_on
            .is_some_and(|since| is_older(since, months, day))
    };
    let list = spans
        .iter()
        .filter(|(_, spans)| waits(spans) && is_stalled(spans));
    longest_first(
        list.map(|(project, spans)| named(project, spans, spans.standing.status_on, day))
            .collect(),
    )
}

fn slipped(projects: &[&Project], horizon: Horizon) -> Vec<Slipped> {
    let milestones = projects
        .iter()
        .flat_map(|project| project.events.iter().map(move |event| (project, event)));
    let late = milestones
        .filter(|(_, event)| event.kind == EventKind::Milestone)
        .filter_map(|(project, event)| {
            let due_on = event.due_on?;
            let met_on = event.on_date.filter(|date| horizon.includes(*date));
            let until = met_on.map_or(horizon.as_of, PartialDate::first_day);
            let days = (until - due_on.last_day()).num_days();
            let code = project.facts.code.clone();
            (days > 0).then(|| Slipped {
                code,
                number: event.number,
                text: event.text.clone(),
                due_on,
                met_on,
                days,
            })
        });
    let mut late: Vec<Slipped> = late.collect();
    late.sort_by(|left, right| (right.days, &left.code).cmp(&(left.days, &right.code)));
    late
}

#[cfg(test)]
mod tests;
