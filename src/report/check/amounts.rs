//! Rules about money.

use super::{Values, World};
use crate::domain::*;
use crate::store::{Amount, Project};

fn of(project: &Project, wrong: impl Fn(&Amount) -> bool) -> Vec<Values> {
    let wrong = project.amounts.iter().filter(|amount| wrong(amount));
    wrong
        .map(|amount| {
            vec![
                ("number", amount.number.to_string()),
                ("currency", amount.currency.to_string()),
            ]
        })
        .collect()
}

/// Where nothing but a memorandum or a letter was ever exchanged, nobody can have committed money.
pub(super) fn pledge_as_commitment(project: &Project, world: &World) -> Vec<Values> {
    let bound = project.events.iter().any(|event| {
        matches!(
            event.status,
            Some(Status::Committed | Status::Implementing | Status::Completed)
        ) && event
            .on_date
            .is_some_and(|date| world.horizon.includes(date))
    });
    let contract = project.facts.instrument == Some(Instrument::Contract);
    if bound || contract {
        return Vec::new();
    }
    let promised = matches!(
        project.standing(Some(world.horizon)).status,
        Some(Status::Proposed | Status::Signed)
    );
    of(project, |amount| {
        promised && amount.basis != AmountBasis::Pledge
    })
}

pub(super) fn withdrawn_currency(project: &Project, world: &World) -> Vec<Values> {
    let too_late = |amount: &&Amount| {
        let day = amount
            .on_date
            .map_or(world.horizon.as_of, PartialDate::first_day);
        world
            .withdrawn(amount.currency.as_str())
            .is_some_and(|withdrawn| withdrawn.last_day() < day)
    };
    let late = project.amounts.iter().filter(too_late);
    late.map(|amount| {
        let withdrawn = world
            .withdrawn(amount.currency.as_str())
            .map_or_else(String::new, |date| date.to_string());
        vec![
            ("number", amount.number.to_string()),
            ("currency", amount.currency.to_string()),
            ("date", withdrawn),
        ]
    })
    .collect()
}

pub(super) fn zero(project: &Project, _world: &World) -> Vec<Values> {
    of(project, |amount| amount.minor_units == 0)
}

pub(super) fn without_source(project: &Project, _world: &World) -> Vec<Values> {
    of(project, |amount| amount.source.is_none())
}
