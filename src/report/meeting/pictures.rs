//! What the pictures of the report show: the course of the cooperation, who works with whom, and who went from which status to which.

use std::collections::BTreeMap;

use chrono::Datelike as _;
use serde::Serialize;

use crate::domain::{Horizon, PartialDate, ProjectCode, Side, Status};
use crate::report::{Meeting, ProjectEntry};
use crate::store::{LineParty, Project};

/// The projects that stood in one status on the first of two days, and in another or the same on the second.
#[derive(Debug, PartialEq, Serialize)]
pub(crate) struct Passage {
    /// None when they had no status yet.
    pub(crate) from: Option<Status>,
    pub(crate) to: Option<Status>,
    pub(crate) codes: Vec<ProjectCode>,
}

impl Passage {
    /// Returns where `projects` stood on two days, in the order of the words; those without a status on either day are left out.
    pub(crate) fn all(projects: &[Project], before: Horizon, after: Horizon) -> Vec<Self> {
        let mut found = BTreeMap::<_, Vec<ProjectCode>>::new();
        for project in projects {
            let on = |horizon| project.standing(Some(horizon)).status;
            let way = (on(before), on(after));
            if way != (None, None) {
                let codes = found.entry(way).or_default();
                codes.push(project.facts.code.clone());
            }
        }
        let passages = found.into_iter();
        passages
            .map(|((from, to), codes)| Self { from, to, codes })
            .collect()
    }
}

/// The course of the cooperation, a year each.
#[derive(Debug, PartialEq, Serialize)]
pub(crate) struct CourseYear {
    pub(crate) year: i32,
    /// Meetings of the two sides within the mechanism.
    pub(crate) meetings: Vec<Meeting>,
    /// The projects that were first known to be under way or completed in this year.
    pub(crate) started: Vec<ProjectCode>,
}

impl CourseYear {
    /// Returns the years from the first meeting or start to the last one, those between them without any too.
    pub(crate) fn all(meetings: Vec<Meeting>, projects: &[Project]) -> Vec<Self> {
        let mut found = BTreeMap::<i32, (Vec<Meeting>, Vec<ProjectCode>)>::new();
        for meeting in meetings {
            let year = meeting.on_date.last_day().year();
            found.entry(year).or_default().0.push(meeting);
        }
        for project in projects {
            if let Some(start) = start(project) {
                let (_, started) = found.entry(start.last_day().year()).or_default();
                started.push(project.facts.code.clone());
            }
        }
        let ends = found.keys().next().zip(found.keys().next_back());
        let Some((first, last)) = ends.map(|(first, last)| (*first, *last)) else {
            return Vec::new();
        };
        let year = |year| {
            let (meetings, started) = found.remove(&year).unwrap_or_default();
            Self {
                year,
                meetings,
                started,
            }
        };
        (first..=last).map(year).collect()
    }
}

/// Returns when a project was first known to be under way or completed.
fn start(project: &Project) -> Option<PartialDate> {
    let started = project.events.iter().filter(|event| {
        let status = event.status;
        status.is_some_and(Status::is_implemented)
    });
    let dates = started.filter_map(|event| event.on_date);
    dates.min_by_key(|date| date.last_day())
}

/// A Chinese and a Japanese partner with the projects in which both take part.
#[derive(Debug)]
pub(crate) struct Tie<'a> {
    pub(crate) chinese: &'a LineParty,
    pub(crate) japanese: &'a LineParty,
    pub(crate) codes: Vec<&'a ProjectCode>,
}

impl<'a> Tie<'a> {
    /// Returns who works with whom, those with the most projects first; prospective parts do not count.
    pub(crate) fn all(projects: &'a [ProjectEntry]) -> Vec<Self> {
        let mut found = BTreeMap::<(&str, &str), Self>::new();
        for project in projects {
            let on = |side| {
                let parties = project.parties.iter();
                parties.filter(move |party| party.side == Some(side) && !party.prospective)
            };
            for chinese in on(Side::Chinese) {
                for japanese in on(Side::Japanese) {
                    let pair = (chinese.party.as_str(), japanese.party.as_str());
                    let tie = found.entry(pair).or_insert_with(|| Self {
                        chinese,
                        japanese,
                        codes: Vec::new(),
                    });
                    tie.codes.push(&project.code);
                }
            }
        }
        let mut ties: Vec<Self> = found.into_values().collect();
        // The order of the codes of the parties stays among those with as many projects.
        ties.sort_by_key(|tie| std::cmp::Reverse(tie.codes.len()));
        ties
    }
}
