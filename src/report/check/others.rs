//! Rules about what is missing, and about parties, sources and waivers themselves.

use super::{Values, World};
use crate::domain::*;
use crate::store::{Party, Project, SNOOZED, Source, Waiver};

fn once(found: bool) -> Vec<Values> {
    if found { vec![Vec::new()] } else { Vec::new() }
}

/// An agreement that only frames later work may well have no place yet.
pub(super) fn host_missing(project: &Project, _world: &World) -> Vec<Values> {
    let facts = &project.facts;
    let frame = facts.umbrella == Some(true);
    once(facts.identified && !frame && project.hosts.is_empty() && facts.host_note.is_none())
}

/// One finding for each language without a title.
pub(super) fn title_missing(project: &Project, _world: &World) -> Vec<Values> {
    let facts = &project.facts;
    let titles = [
        (&facts.title_en, Language::English),
        (&facts.title_zh, Language::Chinese),
        (&facts.title_ja, Language::Japanese),
    ];
    let missing = titles.into_iter().filter(|(title, _)| title.is_none());
    let missing = missing.map(|(_, language)| vec![("language", language.to_string())]);
    missing.filter(|_| facts.identified).collect()
}

pub(super) fn mode_missing(project: &Project, _world: &World) -> Vec<Values> {
    once(project.facts.identified && project.facts.mode.is_none())
}

pub(super) fn sector_missing(project: &Project, _world: &World) -> Vec<Values> {
    once(project.facts.identified && project.facts.sector.is_none())
}

pub(super) fn list_number_repeats(project: &Project, world: &World) -> Vec<Values> {
    let others = world.same_number(project);
    if others.is_empty() {
        return Vec::new();
    }
    let number = project.facts.list_number.unwrap_or_default().to_string();
    vec![vec![("number", number), ("others", others.join(", "))]]
}

/// Sources that the project names as a whole and that no event, amount or risk rests on.
pub(super) fn citation_without_use(project: &Project, _world: &World) -> Vec<Values> {
    let used = |code: &String| {
        project
            .events
            .iter()
            .any(|event| event.source.as_ref() == Some(code))
            || project
                .amounts
                .iter()
                .any(|amount| amount.source.as_ref() == Some(code))
            || project
                .risks
                .iter()
                .any(|risk| risk.source.as_ref() == Some(code))
    };
    let unused: Vec<&str> = project
        .citations
        .iter()
        .filter(|code| !used(code))
        .map(String::as_str)
        .collect();
    if unused.is_empty() || !project.facts.identified {
        return Vec::new();
    }
    vec![vec![("sources", unused.join(", "))]]
}

pub(super) fn party_without_country(party: &Party, _world: &World) -> Vec<Values> {
    once(party.facts.country.is_none() && party.facts.kind != PartyKind::Multilateral)
}

pub(super) fn party_without_project(party: &Party, world: &World) -> Vec<Values> {
    once(!world.uses_party(&party.facts.code))
}

pub(super) fn identifier_invalid(party: &Party, _world: &World) -> Vec<Values> {
    let wrong = party
        .identifiers
        .iter()
        .filter(|other| OrganisationId::new(&other.scheme, &other.identifier).is_err());
    wrong
        .map(|other| {
            vec![(
                "identifier",
                format!("{}:{}", other.scheme, other.identifier),
            )]
        })
        .collect()
}

pub(super) fn source_without_address(source: &Source, _world: &World) -> Vec<Values> {
    once(source.is_nowhere())
}

pub(super) fn source_without_use(source: &Source, world: &World) -> Vec<Values> {
    once(!world.uses_source(&source.code))
}

pub(super) fn waiver_expired(waiver: &Waiver, world: &World) -> Vec<Values> {
    // What is put off comes back by itself.
    if waiver.until_date >= world.horizon.as_of || waiver.rule == SNOOZED {
        return Vec::new();
    }
    vec![vec![
        ("owner", waiver.owner.clone()),
        ("date", waiver.until_date.to_string()),
    ]]
}
