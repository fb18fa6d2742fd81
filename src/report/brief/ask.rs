//! The projects that a brief proposes to ask about.

use super::{Question, Reason};
use crate::domain::{PartialDate, ProjectCode, Status};
use crate::report::{MeetingGroup, Named, ProjectEntry};

/// The projects that the brief proposes to ask about, at most.
const QUESTIONS: usize = 5;

/// Chooses the projects to ask about: one for each reason in turn, a forum's agreements before other projects, those for which it has
/// been so longest first.
pub(super) fn ask(groups: &[MeetingGroup], projects: Vec<ProjectEntry>) -> Vec<Question> {
    let suspended = |group: &MeetingGroup| {
        let is_of_group = |one: &&ProjectEntry| match &one.forum {
            Some(forum) => *forum == group.group,
            None => group.group == "other",
        };
        let mut found: Vec<_> = projects
            .iter()
            .filter(|one| one.status == Some(Status::Suspended))
            .filter(is_of_group)
            .map(|one| (one.code.clone(), one.status_on))
            .collect();
        found.sort_by_key(|(code, since)| (since.map(PartialDate::last_day), code.clone()));
        found
    };
    let is_under_way =
        |one: &&Named| matches!(one.status, Some(Status::Committed | Status::Implementing));
    let since = |one: &Named| (one.code.clone(), one.since);
    let candidates = |reason: Reason| {
        let of_group = move |group: &MeetingGroup| {
            let progress = &group.progress;
            match reason {
                Reason::Overdue => progress
                    .slipped
                    .iter()
                    .filter(|one| one.met_on.is_none())
                    .map(|one| (one.code.clone(), Some(one.due_on)))
                    .collect(),
                Reason::NoNews => progress
                    .silent
                    .iter()
                    .filter(is_under_way)
                    .map(since)
                    .collect(),
                Reason::Stalled => progress
                    .stalled
                    .iter()
                    .filter(|one| one.identified)
                    .map(since)
                    .collect(),
                Reason::Suspended => suspended(group),
            }
        };
        let found: Vec<(ProjectCode, Option<PartialDate>)> =
            groups.iter().flat_map(of_group).collect();
        (reason, found.into_iter())
    };
    let reasons = [
        Reason::Overdue,
        Reason::NoNews,
        Reason::Stalled,
        Reason::Suspended,
    ];
    let mut in_turn = reasons.map(candidates);
    let mut chosen: Vec<(ProjectCode, Reason, Option<PartialDate>)> = Vec::new();
    loop {
        let before = chosen.len();
        for (reason, left) in &mut in_turn {
            let is_chosen = |code: &ProjectCode| chosen.iter().any(|(known, ..)| known == code);
            let next = left.find(|(code, _)| !is_chosen(code));
            chosen.extend(next.map(|(code, since)| (code, *reason, since)));
        }
        if chosen.len() == before || chosen.len() >= QUESTIONS {
            break;
        }
    }
    chosen.truncate(QUESTIONS);
    let mut projects = projects;
    let question = |(code, reason, since): (ProjectCode, Reason, Option<PartialDate>)| {
        let place = projects.iter().position(|one| one.code == code)?;
        let project = projects.swap_remove(place);
        Some(Question {
            project,
            reason,
            since,
        })
    };
    chosen.into_iter().filter_map(question).collect()
}
