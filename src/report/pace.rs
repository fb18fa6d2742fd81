//! Pace: how long it takes from one status to another, with what is still open counted as open and cancellation as a
//! competing risk.

use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDate;
use serde::Serialize;

use crate::domain::{
    CurveStep, Dimension, Horizon, LogRank, Median, Moment, Observation, Outcome, ProjectCode,
    ReportDay, Status, curve, log_rank, median,
};
use crate::report::{Key, World};
use crate::store::{Filter, Line, Project};

/// From which status to which.
#[derive(Debug, Clone, Copy, Serialize)]
pub(crate) struct Stretch {
    pub(crate) from: Status,
    pub(crate) to: Status,
}

/// The pace of the chosen projects. The agreements of a forum and the other projects stand apart, as everywhere.
#[derive(Debug, Serialize)]
pub(crate) struct PaceReport {
    #[serde(flatten)]
    pub(crate) as_of: ReportDay,
    pub(crate) known_at: Option<Moment>,
    pub(crate) filter: Filter,
    #[serde(flatten)]
    pub(crate) stretch: Stretch,
    pub(crate) by: Option<Dimension>,
    pub(crate) groups: Vec<PaceSection>,
}

/// The pace of a forum's agreements, or of the other projects.
#[derive(Debug, Serialize)]
pub(crate) struct PaceSection {
    /// The forum's code, or `other`.
    pub(crate) group: String,
    /// Chosen projects that were never recorded in the first status: how long they took is not known.
    pub(crate) not_counted: usize,
    pub(crate) total: PaceGroup,
    pub(crate) by: Vec<PaceGroup>,
    /// The comparison of two values, where there are two or two were named.
    pub(crate) log_rank: Option<Comparison>,
}

/// What is asked of the pace.
#[derive(Debug, Clone)]
pub(crate) struct PaceQuestion {
    pub(crate) stretch: Stretch,
    pub(crate) by: Option<Dimension>,
    pub(crate) compare: Option<[Key; 2]>,
    pub(crate) horizon: Horizon,
    pub(crate) known_at: Option<Moment>,
}

/// The pace of some projects.
#[derive(Debug, Serialize)]
pub(crate) struct PaceGroup {
    /// The value of the dimension; None also stands for all.
    pub(crate) key: Key,
    pub(crate) projects: usize,
    pub(crate) reached: usize,
    pub(crate) cancelled: usize,
    pub(crate) open: usize,
    pub(crate) median: Median,
    /// Beyond this many days nothing is known: the longest that one of them was watched and is still open. None when all ended.
    pub(crate) watched_days: Option<i64>,
    pub(crate) curve: Vec<CurveStep>,
    pub(crate) codes: Vec<ProjectCode>,
    #[serde(skip)]
    observations: Vec<Observation>,
}

/// The log-rank test between two groups.
#[derive(Debug, Serialize)]
pub(crate) struct Comparison {
    pub(crate) groups: [Key; 2],
    #[serde(flatten)]
    pub(crate) test: LogRank,
}

impl PaceReport {
    /// The report on the projects of `lines`, whose events are in `projects` under their codes.
    pub(crate) fn of(
        lines: &[Line],
        projects: &HashMap<&str, &Project>,
        world: &World,
        filter: Filter,
        question: &PaceQuestion,
    ) -> Self {
        let mut members = BTreeMap::<(bool, String), Vec<&Line>>::new();
        for line in lines {
            let forum = line.facts.forum.clone();
            let key = (forum.is_none(), forum.unwrap_or_else(|| "other".to_owned()));
            members.entry(key).or_default().push(line);
        }
        let section = |((_, group), lines): (_, Vec<&Line>)| {
            PaceSection::of(group, &lines, projects, world, question)
        };
        Self {
            as_of: question.horizon.report_day(),
            known_at: question.known_at,
            filter,
            stretch: question.stretch,
            by: question.by,
            groups: members.into_iter().map(section).collect(),
        }
    }
}

impl PaceSection {
    fn of(
        group: String,
        lines: &[&Line],
        projects: &HashMap<&str, &Project>,
        world: &World,
        question: &PaceQuestion,
    ) -> Self {
        let horizon = question.horizon;
        let mut keyed = BTreeMap::<Key, Vec<(ProjectCode, Observation)>>::new();
        let mut total = Vec::new();
        for line in lines {
            let project = projects.get(line.facts.code.as_str());
            let watched =
                project.and_then(|project| observation(project, question.stretch, horizon));
            let Some(watched) = watched else { continue };
            total.push((line.facts.code.clone(), watched));
            for key in question
                .by
                .iter()
                .flat_map(|dimension| dimension.keys(line, world, horizon))
            {
                keyed
                    .entry(key)
                    .or_default()
                    .push((line.facts.code.clone(), watched));
            }
        }
        let not_counted = lines.len() - total.len();
        let mut by: Vec<PaceGroup> = keyed
            .into_iter()
            .map(|(key, members)| PaceGroup::of(key, members))
            .collect();
        if let Some(dimension) = question.by {
            by.sort_by_cached_key(|group| dimension.order(&group.key, group.projects));
        }
        let find = |key: &Key| by.iter().find(|group| group.key == *key);
        let log_rank = match (&question.compare, &by[..]) {
            (Some([one, other]), _) => find(one)
                .zip(find(other))
                .and_then(|(one, other)| one.compared(other)),
            (None, [one, other]) => one.compared(other),
            _ => None,
        };
        Self {
            group,
            not_counted,
            total: PaceGroup::of(None, total),
            by,
            log_rank,
        }
    }
}

impl PaceGroup {
    /// A median that rests on fewer projects says nothing.
    pub(crate) const ENOUGH: usize = 5;

    /// Returns whether there are too few for a median, or its median rests on too few.
    pub(crate) fn is_thin(&self) -> bool {
        self.projects < Self::ENOUGH || self.median.days.is_some() && self.reached < Self::ENOUGH
    }

    /// Returns the median, where it rests on enough projects.
    pub(crate) fn telling_median(&self) -> Option<i64> {
        self.median.days.filter(|_| self.reached >= Self::ENOUGH)
    }

    fn of(key: Key, members: Vec<(ProjectCode, Observation)>) -> Self {
        let (codes, observations): (Vec<_>, Vec<_>) = members.into_iter().unzip();
        let count = |outcome| {
            observations
                .iter()
                .filter(|one| one.outcome == outcome)
                .count()
        };
        let curve = curve(&observations);
        Self {
            key,
            projects: observations.len(),
            reached: count(Outcome::Reached),
            cancelled: count(Outcome::Cancelled),
            open: count(Outcome::Open),
            median: median(&curve),
            watched_days: watched(&observations),
            curve,
            codes,
            observations,
        }
    }

    /// For how many days the one that was watched longest was watched: no curve goes further.
    pub(crate) fn watched_for(&self) -> i64 {
        self.watched_days.unwrap_or_default()
    }

    /// The share that had reached it after so many days (Aalen-Johansen); None beyond what was watched.
    pub(crate) fn reached_after(&self, days: i64) -> Option<f64> {
        if self.projects == 0 || self.watched_days.is_some_and(|watched| days > watched) {
            return None;
        }
        let by_then = self.curve.iter().take_while(|step| step.days <= days);
        Some(by_then.last().map_or(0.0, |step| step.incidence))
    }

    fn compared(&self, other: &Self) -> Option<Comparison> {
        let test = log_rank(&self.observations, &other.observations)?;
        Some(Comparison {
            groups: [self.key.clone(), other.key.clone()],
            test,
        })
    }
}

/// For how many days at most something was watched that is still open, unless the last one of all ended.
fn watched(observations: &[Observation]) -> Option<i64> {
    let longest = observations.iter().map(|one| one.days).max()?;
    let open = observations
        .iter()
        .any(|one| one.days == longest && one.outcome == Outcome::Open);
    open.then_some(longest)
}

/// How long one project took, or has taken so far. A later status counts as having reached the earlier ones by then; days count
/// between the last days that the dates can mean. What was taken back counts as the summary counts it: a project that was
/// cancelled and taken up again goes on, and one that was reopened behind the goal has not reached it until it does so again.
/// None when it was never recorded in the first status.
fn observation(project: &Project, stretch: Stretch, horizon: Horizon) -> Option<Observation> {
    let mut moves: Vec<(NaiveDate, Status)> = project
        .events
        .iter()
        .filter_map(|event| {
            Some((
                event
                    .on_date
                    .filter(|date| horizon.includes(*date))?
                    .last_day(),
                event.status?,
            ))
        })
        .collect();
    moves.sort_by_key(|(day, _)| *day);
    let since = moves.iter().find(|(_, status)| *status == stretch.from)?.0;
    let goal = stretch.to.rank()?;
    let (mut reached, mut cancelled) = (None, None);
    for (day, status) in moves.into_iter().filter(|(day, _)| *day >= since) {
        match status.rank() {
            Some(step) if step >= goal => reached = reached.or(Some(day)),
            Some(_) => reached = None,
            None => {}
        }
        cancelled = (status == Status::Cancelled).then_some(day);
    }
    let (until, outcome) = match (reached, cancelled) {
        (Some(day), _) => (day, Outcome::Reached),
        (None, Some(day)) => (day, Outcome::Cancelled),
        (None, None) => (horizon.as_of, Outcome::Open),
    };
    Some(Observation {
        days: (until - since).num_days().max(0),
        outcome,
    })
}

#[cfg(test)]
mod tests;
