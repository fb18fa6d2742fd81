//! The charts of a group: what is drawn, and by which figures.

use super::super::chart::{self, Bars, Climb, Drawing, Stack};
use super::links::{Choice, Links, mode_of};
use super::{MeetingView, words};
use crate::domain::{Dimension, Status};
use crate::render::Labels;
use crate::report::{Group, MeetingGroup};

pub(super) fn status_bar(group: &Group, links: &Links<'_>, labels: &Labels) -> Bars {
    let mut bars = chart::strip_of(&group.total.by_status);
    let all = Choice::of_group(&group.group);
    let parts = group.total.by_status.iter().map(|part| (&all, part));
    link(&mut bars, parts, links, labels);
    bars
}

pub(super) fn modes(view: &MeetingView, group: &Group, links: &Links<'_>, labels: &Labels) -> Bars {
    let stacks = group.by_row.iter().map(|(key, count)| Stack {
        label: view.label(Dimension::Mode, key, labels),
        mark: String::new(),
        parts: count.by_status.clone(),
    });
    let mut bars = chart::bars(&stacks.collect::<Vec<_>>());
    let choices: Vec<Choice> = group
        .by_row
        .iter()
        .map(|(key, _)| Choice {
            mode: Some(mode_of(key)),
            ..Choice::of_group(&group.group)
        })
        .collect();
    let rows = choices.iter().zip(&group.by_row);
    let parts =
        rows.flat_map(|(row, (_, count))| count.by_status.iter().map(move |part| (row, part)));
    link(&mut bars, parts, links, labels);
    bars
}

/// Lets each part of a bar lead to its projects; the parts in the order in which they are drawn.
fn link<'a>(
    bars: &mut Bars,
    parts: impl Iterator<Item = (&'a Choice, &'a (Option<Status>, usize))>,
    links: &Links<'_>,
    labels: &Labels,
) {
    let blocks = bars.bars.iter_mut().flat_map(|bar| {
        let label = &bar.label;
        bar.blocks.iter_mut().map(move |block| (label, block))
    });
    for ((label, block), (of, (status, count))) in blocks.zip(parts) {
        let choice = Choice {
            status: Some(*status),
            ..of.clone()
        };
        let what = format!("{label} {} {count}", labels.word_or_not_stated(*status));
        let link = links.to(&choice);
        block.link = link.map(|address| (what.trim_start().to_owned(), address));
    }
}

pub(super) fn years(other: &MeetingGroup) -> Bars {
    let stacks: Vec<Stack> = other
        .timeline
        .years
        .iter()
        .map(|year| Stack {
            label: year.year.to_string(),
            mark: String::new(),
            parts: year
                .by_status
                .iter()
                .map(|(status, count)| (Some(*status), *count))
                .collect(),
        })
        .collect();
    chart::rows(&stacks)
}

/// Shares that are under way and completed, by the years since signing. None where too little is known for a curve.
pub(super) fn curves(other: &MeetingGroup, labels: &Labels) -> Option<Drawing> {
    const DAYS_OF_A_YEAR: f64 = 365.25;
    let years = |days: i64| i32::try_from(days).map_or(0.0, f64::from) / DAYS_OF_A_YEAR;
    let known: Vec<_> = other
        .pace
        .iter()
        .filter(|paced| paced.section.total.projects >= words::CURVE_FROM)
        .collect();
    let watched = known.iter().map(|paced| paced.section.total.watched_for());
    let last = watched.max().filter(|days| *days > 0)?;
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
    let axis = labels.text("report-years-since-signing");
    Some(chart::curves(&climbs, years(last), &axis))
}
