//! Which parties may be meant by a name, and which may be one organisation.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde::Serialize;
use serde_json::{Value, json};

use crate::domain::*;
use crate::store::{Judgement, Party};

/// The parties that a name may mean, the likeliest first.
#[derive(Debug, Serialize)]
pub(crate) struct Candidates {
    pub(crate) name: String,
    /// The name as it is compared.
    pub(crate) compared_as: String,
    pub(crate) candidates: Vec<Candidate>,
}

/// A party that may be meant.
#[derive(Debug, Serialize)]
pub(crate) struct Candidate {
    #[serde(flatten)]
    pub(crate) party: PartyNamed,
    #[serde(flatten)]
    pub(crate) likeness: Likeness,
    pub(crate) projects: Vec<String>,
}

/// A party by its code, and its name for a reader of the chosen language.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct PartyNamed {
    pub(crate) code: String,
    pub(crate) name: String,
    pub(crate) country: Option<CountryCode>,
}

impl PartyNamed {
    fn of(party: &Party, language: Language) -> Self {
        Self {
            code: party.facts.code.clone(),
            name: party.names().for_reader(language).to_owned(),
            country: party.facts.country.clone(),
        }
    }
}

impl Candidates {
    pub(crate) fn of(
        name: String,
        identity: &Identity,
        parties: Vec<Party>,
        mut projects: BTreeMap<String, Vec<String>>,
        language: Language,
    ) -> Self {
        let candidate = |party: Party| Candidate {
            likeness: identity.likeness(&party.identity()),
            projects: projects.remove(&party.facts.code).unwrap_or_default(),
            party: PartyNamed::of(&party, language),
        };
        let mut candidates: Vec<Candidate> = parties.into_iter().map(candidate).collect();
        candidates.sort_by(|left, right| {
            right
                .likeness
                .score
                .total_cmp(&left.likeness.score)
                .then_with(|| left.party.code.cmp(&right.party.code))
        });
        Self {
            compared_as: identity
                .names
                .first()
                .map_or_else(String::new, |name| name.core.clone()),
            name,
            candidates,
        }
    }
}

/// Pairs of parties that may be one organisation, the likeliest first.
#[derive(Debug, Serialize)]
pub(crate) struct Duplicates {
    pub(crate) at_least: f64,
    pub(crate) pairs: Vec<Pair>,
    /// Whether the list was cut at the limit.
    pub(crate) more: bool,
}

/// Two parties and what speaks for and against their being one.
#[derive(Debug, Serialize)]
pub(crate) struct Pair {
    pub(crate) first: PartyNamed,
    pub(crate) second: PartyNamed,
    #[serde(flatten)]
    pub(crate) likeness: Likeness,
    /// What somebody decided.
    pub(crate) verdict: Option<Verdict>,
}

impl Pair {
    /// Returns the pair as the fields of one row.
    pub(crate) fn fields(&self) -> Value {
        json!({
            "score": (self.likeness.score * 100.0).round() / 100.0,
            "first": self.first.code,
            "first_name": self.first.name,
            "first_country": self.first.country,
            "second": self.second.code,
            "second_name": self.second.name,
            "second_country": self.second.country,
            "conflict": self.likeness.conflict,
            "verdict": self.verdict,
        })
    }
}

/// A part of a name that more parties share says nothing.
const LARGEST_BLOCK: usize = 40;

impl Duplicates {
    pub(crate) fn of(
        parties: &[Party],
        judgements: &[Judgement],
        at_least: f64,
        all: bool,
        limit: usize,
        language: Language,
    ) -> Self {
        let identities: Vec<Identity> = parties.iter().map(Party::identity).collect();
        let verdicts: HashMap<&str, Verdict> = judgements
            .iter()
            .map(|judgement| (judgement.code.as_str(), judgement.verdict))
            .collect();
        let mut pairs = Vec::new();
        for (one, other) in pairs_to_compare(&identities) {
            let (Some(first), Some(second)) = (identities.get(one), identities.get(other)) else {
                continue;
            };
            let likeness = first.likeness(second);
            let same_name = || {
                likeness
                    .reasons
                    .iter()
                    .any(|(reason, _)| matches!(reason, Reason::SameName | Reason::SameCore))
            };
            if likeness.score < at_least && !(likeness.conflict && same_name()) {
                continue;
            }
            let (Some(first), Some(second)) = (parties.get(one), parties.get(other)) else {
                continue;
            };
            let code = Judgement::code_of(&first.facts.code, &second.facts.code);
            let verdict = verdicts.get(code.as_str()).copied();
            if verdict == Some(Verdict::NotSame) && !all {
                continue;
            }
            let (first, second) = (
                PartyNamed::of(first, language),
                PartyNamed::of(second, language),
            );
            pairs.push(Pair {
                first,
                second,
                likeness,
                verdict,
            });
        }
        pairs.sort_by(|left, right| {
            let codes = |pair: &Pair| (pair.first.code.clone(), pair.second.code.clone());
            right
                .likeness
                .score
                .total_cmp(&left.likeness.score)
                .then_with(|| codes(left).cmp(&codes(right)))
        });
        let more = pairs.len() > limit;
        pairs.truncate(limit);
        Self {
            at_least,
            pairs,
            more,
        }
    }
}

/// Pairs that share something: an identifier, the whole of a name, or a part of one that few others have.
fn pairs_to_compare(identities: &[Identity]) -> BTreeSet<(usize, usize)> {
    let mut by_part = HashMap::<String, Vec<usize>>::new();
    let mut by_whole = HashMap::<String, Vec<usize>>::new();
    for (index, identity) in identities.iter().enumerate() {
        let parts: BTreeSet<String> = identity.names.iter().flat_map(CompanyName::parts).collect();
        for part in parts {
            by_part.entry(part).or_default().push(index);
        }
        let cores: BTreeSet<&String> = identity.names.iter().map(|name| &name.core).collect();
        for core in cores {
            by_whole.entry(core.clone()).or_default().push(index);
        }
        for (scheme, identifier) in &identity.identifiers {
            by_whole
                .entry(format!("{scheme}:{identifier}"))
                .or_default()
                .push(index);
        }
    }
    let rare = by_part
        .into_values()
        .filter(|block| block.len() <= LARGEST_BLOCK);
    let mut pairs = BTreeSet::new();
    for block in rare.chain(by_whole.into_values()) {
        for (place, one) in block.iter().enumerate() {
            pairs.extend(block.iter().skip(place + 1).map(|other| (*one, *other)));
        }
    }
    pairs
}
