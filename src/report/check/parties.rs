//! Rules about who takes part.

use std::collections::{BTreeMap, BTreeSet};

use super::{Values, World};
use crate::domain::*;
use crate::store::Project;

/// Shares of owners and sponsors that are at work. A party with several roles holds its share once.
pub(super) fn shares_above_100(project: &Project, _world: &World) -> Vec<Values> {
    let mut shares = BTreeMap::<&str, rust_decimal::Decimal>::new();
    for part in project
        .participations
        .iter()
        .filter(|part| !part.prospective)
    {
        if let (Role::Owner | Role::Sponsor, Some(share)) = (part.role, part.share_percent) {
            let known = shares.entry(&part.party).or_default();
            *known = share.0.max(*known);
        }
    }
    let sum = shares
        .values()
        .try_fold(rust_decimal::Decimal::ZERO, |sum, share| {
            sum.checked_add(*share)
        });
    match sum {
        Some(sum) if sum <= rust_decimal::Decimal::ONE_HUNDRED => Vec::new(),
        Some(sum) => vec![vec![("sum", sum.to_string())]],
        None => vec![vec![("sum", "?".to_owned())]],
    }
}

pub(super) fn party_missing(project: &Project, _world: &World) -> Vec<Values> {
    let nobody = project.facts.identified && project.participations.is_empty();
    if nobody { vec![Vec::new()] } else { Vec::new() }
}

/// The cooperation is one of Chinese and Japanese partners: each side should be known by name.
pub(super) fn side_missing(project: &Project, world: &World) -> Vec<Values> {
    if !project.facts.identified || project.participations.is_empty() {
        return Vec::new();
    }
    let parts = project
        .participations
        .iter()
        .filter(|part| !part.prospective);
    let present: BTreeSet<Side> = parts
        .filter_map(|part| world.side(&part.party, &project.hosts))
        .collect();
    let missing = [Side::Chinese, Side::Japanese]
        .into_iter()
        .filter(|side| !present.contains(side));
    missing
        .map(|side| vec![("side", side.to_string())])
        .collect()
}

pub(super) fn part_repeated(project: &Project, _world: &World) -> Vec<Values> {
    let mut seen = BTreeSet::new();
    let parts = project.participations.iter();
    let repeated = parts.filter(|part| !seen.insert((&part.party, part.role, part.prospective)));
    repeated
        .map(|part| {
            vec![
                ("party", part.party.clone()),
                ("role", part.role.to_string()),
            ]
        })
        .collect()
}

pub(super) fn prospective_with_share(project: &Project, _world: &World) -> Vec<Values> {
    let parts = project
        .participations
        .iter()
        .filter(|part| part.prospective);
    parts
        .filter_map(|part| {
            Some(vec![
                ("party", part.party.clone()),
                ("share", part.share_percent?.to_string()),
            ])
        })
        .collect()
}
