//! The charts of a group: what is drawn, and by which figures.

use super::super::chart::{self, Climb, Drawing, Stack};
use super::{MeetingView, words};
use crate::domain::{Dimension, Status};
use crate::render::{Error, Labels};
use crate::report::{Group, MeetingGroup};

pub(super) fn status_bar(group: &Group) -> Result<Drawing, Error> {
    chart::strip_of(&group.total.by_status)
}

pub(super) fn modes(view: &MeetingView, group: &Group, labels: &Labels) -> Result<Drawing, Error> {
    let stacks: Vec<Stack> = group
        .by_row
        .iter()
        .map(|(key, count)| Stack {
            label: view.label(Dimension::Mode, key, labels),
            parts: count.by_status.clone(),
        })
        .collect();
    chart::bars(&stacks)
}

pub(super) fn years(other: &MeetingGroup) -> Result<Drawing, Error> {
    let stacks: Vec<Stack> = other
        .timeline
        .years
        .iter()
        .map(|year| Stack {
            label: year.year.to_string(),
            parts: year
                .by_status
                .iter()
                .map(|(status, count)| (Some(*status), *count))
                .collect(),
        })
        .collect();
    chart::columns(&stacks)
}

/// Shares that are under way and completed, by the years since signing. None where too little is known for a curve.
pub(super) fn curves(other: &MeetingGroup, labels: &Labels) -> Result<Option<Drawing>, Error> {
    const DAYS_OF_A_YEAR: f64 = 365.25;
    let years = |days: i64| i32::try_from(days).map_or(0.0, f64::from) / DAYS_OF_A_YEAR;
    let known: Vec<_> = other
        .pace
        .iter()
        .filter(|paced| paced.section.total.projects >= words::CURVE_FROM)
        .collect();
    let Some(last) = known
        .iter()
        .map(|paced| paced.section.total.watched_for())
        .max()
        .filter(|days| *days > 0)
    else {
        return Ok(None);
    };
    let climb = |status: Status, steps: Vec<(f64, f64)>| {
        let end = steps.last().map_or(0.0, |(_, share)| *share);
        Climb {
            label: format!("{} {}", labels.word(status), labels.percent(end)),
            steps,
            is_cancelled: status == Status::Cancelled,
        }
    };
    let reached = |paced: &&&crate::report::Paced| {
        matches!(paced.stretch.to, Status::Implementing | Status::Completed)
    };
    let mut climbs: Vec<Climb> = known
        .iter()
        .filter(reached)
        .map(|paced| {
            let steps = paced
                .section
                .total
                .curve
                .iter()
                .map(|step| (years(step.days), step.incidence));
            climb(paced.stretch.to, steps.collect())
        })
        .collect();
    let to_the_end = known
        .iter()
        .find(|paced| paced.stretch.to == Status::Completed);
    if let Some(paced) = to_the_end.filter(|paced| paced.section.total.cancelled > 0) {
        let steps = paced
            .section
            .total
            .curve
            .iter()
            .map(|step| (years(step.days), step.incidence_cancelled));
        climbs.push(climb(Status::Cancelled, steps.collect()));
    }
    chart::curves(
        &climbs,
        years(last),
        &labels.text("report-years-since-signing"),
    )
    .map(Some)
}
