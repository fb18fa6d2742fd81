//! Rules about events, statuses and milestones.

use chrono::{Days, NaiveDate};

use super::{Values, World};
use crate::domain::*;
use crate::store::Project;

/// How long nothing may be heard of a suspended project, and of one under way, in days.
const SUSPENDED: u64 = 365;
const IMPLEMENTING: u64 = 3 * 365;

fn dated(project: &Project) -> impl Iterator<Item = (PartialDate, &crate::store::Event)> {
    project
        .events
        .iter()
        .filter_map(|event| Some((event.on_date?, event)))
}

fn statuses(project: &Project) -> impl Iterator<Item = (PartialDate, Status)> {
    dated(project).filter_map(|(date, event)| Some((date, event.status?)))
}

fn once(found: bool, values: impl FnOnce() -> Values) -> Vec<Values> {
    if found { vec![values()] } else { Vec::new() }
}

fn days_before(day: NaiveDate, days: u64) -> NaiveDate {
    day.checked_sub_days(Days::new(days))
        .unwrap_or(NaiveDate::MIN)
}

pub(super) fn in_future(project: &Project, world: &World) -> Vec<Values> {
    let ahead = dated(project).filter(|(date, event)| {
        event.kind != EventKind::Milestone && date.first_day() > world.horizon.known
    });
    ahead
        .map(|(date, _)| {
            vec![
                ("date", date.to_string()),
                ("today", world.horizon.known.to_string()),
            ]
        })
        .collect()
}

pub(super) fn met_in_future(project: &Project, world: &World) -> Vec<Values> {
    let ahead = dated(project).filter(|(date, event)| {
        event.kind == EventKind::Milestone && date.first_day() > world.horizon.known
    });
    ahead
        .map(|(date, _)| {
            vec![
                ("date", date.to_string()),
                ("today", world.horizon.known.to_string()),
            ]
        })
        .collect()
}

/// Work that has begun cannot be proposed, signed or committed on a later day. Taking up completed work again is no error.
pub(super) fn out_of_order(project: &Project, _world: &World) -> Vec<Values> {
    let begun = statuses(project)
        .filter(|(_, status)| status.is_implemented())
        .min_by_key(|(date, _)| date.last_day());
    let Some((begun, _)) = begun else {
        return Vec::new();
    };
    let late = statuses(project).filter(|(date, status)| {
        status.rank().is_some_and(|rank| rank < 3) && date.first_day() > begun.last_day()
    });
    late.map(|(date, status)| {
        vec![
            ("date", date.to_string()),
            ("begun", begun.to_string()),
            ("status", status.to_string()),
        ]
    })
    .collect()
}

pub(super) fn no_status(project: &Project, world: &World) -> Vec<Values> {
    once(
        project.facts.identified && project.standing(Some(world.horizon)).status.is_none(),
        Vec::new,
    )
}

pub(super) fn status_without_source(project: &Project, _world: &World) -> Vec<Values> {
    let bare = dated(project).filter(|(_, event)| event.status.is_some() && event.source.is_none());
    bare.map(|(date, event)| {
        let status = event
            .status
            .map_or_else(String::new, |status| status.to_string());
        vec![("date", date.to_string()), ("status", status)]
    })
    .collect()
}

pub(super) fn completed_with_open_milestone(project: &Project, world: &World) -> Vec<Values> {
    if project.standing(Some(world.horizon)).status != Some(Status::Completed) {
        return Vec::new();
    }
    let open = project
        .events
        .iter()
        .filter(|event| event.on_date.is_none())
        .filter_map(|event| event.due_on);
    open.map(|due| vec![("date", due.to_string())]).collect()
}

pub(super) fn completed_without_start(project: &Project, world: &World) -> Vec<Values> {
    let standing = project.standing(Some(world.horizon));
    let started = statuses(project).any(|(_, status)| status == Status::Implementing);
    once(
        standing.status == Some(Status::Completed) && !started,
        Vec::new,
    )
}

/// Words that say of a work in parts that some of it is done, in the languages of the records.
const PARTS: [&str; 18] = [
    "phase 1",
    "phase i ",
    "phase one",
    "first phase",
    "first unit",
    "first train",
    "first section",
    "first line",
    "first stage",
    "partial",
    "partly",
    "not recorded",
    "remaining",
    "一期",
    "第1期",
    "部分",
    "一部",
    "首台",
];

/// The event by which it is completed speaks of a part of it.
pub(super) fn completed_in_parts(project: &Project, world: &World) -> Vec<Values> {
    let standing = project.standing(Some(world.horizon));
    if standing.status != Some(Status::Completed) {
        return Vec::new();
    }
    let last = dated(project).filter(|(date, event)| {
        event.status == standing.status && Some(*date) == standing.status_on
    });
    let texts = last.filter_map(|(_, event)| event.text.as_deref());
    let of_parts = texts.filter(|text| {
        let text = format!("{} ", text.to_lowercase());
        PARTS.iter().any(|part| text.contains(part))
    });
    of_parts
        .map(|text| vec![("text", text.to_owned())])
        .collect()
}

pub(super) fn milestone_overdue(project: &Project, world: &World) -> Vec<Values> {
    let status = project.standing(Some(world.horizon)).status;
    if status.is_some_and(|status| status.facts().is_final) {
        return Vec::new();
    }
    let open = project
        .events
        .iter()
        .filter(|event| event.on_date.is_none())
        .filter_map(|event| event.due_on);
    let overdue = open.filter(|due| due.last_day() < world.horizon.as_of);
    overdue
        .map(|due| {
            let days = world
                .horizon
                .as_of
                .signed_duration_since(due.last_day())
                .num_days();
            vec![("date", due.to_string()), ("days", days.to_string())]
        })
        .collect()
}

fn without_news(project: &Project, world: &World, status: Status, days: u64) -> Vec<Values> {
    let standing = project.standing(Some(world.horizon));
    let latest = standing.evidence_on.or(standing.status_on);
    let silent = latest.is_none_or(|date| date.last_day() < days_before(world.horizon.as_of, days));
    let since = latest.map_or_else(String::new, |date| date.to_string());
    once(standing.status == Some(status) && silent, || {
        vec![("date", since)]
    })
}

pub(super) fn suspended_without_news(project: &Project, world: &World) -> Vec<Values> {
    without_news(project, world, Status::Suspended, SUSPENDED)
}

pub(super) fn implementing_without_news(project: &Project, world: &World) -> Vec<Values> {
    without_news(project, world, Status::Implementing, IMPLEMENTING)
}

/// The event that the present status rests on is inferred or known from a copy only.
pub(super) fn status_on_weak_evidence(project: &Project, world: &World) -> Vec<Values> {
    let standing = project.standing(Some(world.horizon));
    let weak = dated(project).any(|(date, event)| {
        event.status.is_some()
            && event.status == standing.status
            && Some(date) == standing.status_on
            && event.confidence == Some(Confidence::Low)
    });
    let date = standing
        .status_on
        .map_or_else(String::new, |date| date.to_string());
    once(weak, || vec![("date", date)])
}
