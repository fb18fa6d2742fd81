//! Rules about who takes part.

use std::collections::{BTreeMap, BTreeSet};

use super::{Values, World};
use crate::domain::*;
use crate::store::{Party, Project};

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

/// Words of a note that say whose a company is.
const OWNED: [&str; 9] = [
    "owned by",
    "unit of",
    "subsidiary of",
    "belongs to",
    "controlled by",
    "子公司",
    "旗下",
    "子会社",
    "傘下",
];

/// The note says that the party belongs to one of the other side, or that it stands on the other side.
pub(super) fn side_against_note(party: &Party, world: &World) -> Vec<Values> {
    let facts = &party.facts;
    let Some(note) = facts.note.as_deref() else {
        return Vec::new();
    };
    let own = world.side(&facts.code, &[]);
    let folded = note.to_lowercase();
    let said = [
        ("chinese side", Side::Chinese),
        ("japanese side", Side::Japanese),
    ];
    let said = said.into_iter().find(|(words, _)| folded.contains(words));
    let said = said.map(|(words, side)| (words.to_owned(), side));
    let owner = OWNED.iter().any(|words| folded.contains(words));
    let owner = owner
        .then(|| world.first_named(note, &facts.code))
        .flatten();
    let owner = owner.map(|(code, side)| (code.to_owned(), side));
    let against = said.or(owner).filter(|(_, side)| own != Some(*side));
    against
        .map(|(named, side)| vec![("named", named), ("side", side.to_string())])
        .into_iter()
        .collect()
}

/// Another party has the same name.
pub(super) fn party_repeated(party: &Party, world: &World) -> Vec<Values> {
    let others: Vec<&str> = world.repeats_of(party).into_iter().collect();
    if others.is_empty() {
        return Vec::new();
    }
    vec![vec![("others", others.join(", "))]]
}
