//! What the rules know beside the record that they judge.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::{CountryCode, Horizon, PartialDate, Side};
use crate::store::{Currency, Party, Project};

/// Facts about all records that single records are judged by.
#[derive(Debug)]
pub(crate) struct World {
    pub(crate) horizon: Horizon,
    /// When currencies ceased to be legal tender.
    withdrawn: BTreeMap<String, PartialDate>,
    /// Home country and stated side of each party.
    parties: BTreeMap<String, (Option<CountryCode>, Option<Side>)>,
    /// Projects under each number of a forum's list.
    list_numbers: BTreeMap<(String, i64), Vec<String>>,
    used_parties: BTreeSet<String>,
    used_sources: BTreeSet<String>,
}

impl World {
    pub(crate) fn new(horizon: Horizon, currencies: Vec<Currency>, parties: &[Party]) -> Self {
        let withdrawn = currencies
            .into_iter()
            .filter_map(|currency| Some((currency.code, currency.withdrawn?)));
        let parties = parties.iter().map(|party| {
            let facts = &party.facts;
            (facts.code.clone(), (facts.country.clone(), facts.side))
        });
        Self {
            horizon,
            withdrawn: withdrawn.collect(),
            parties: parties.collect(),
            list_numbers: BTreeMap::new(),
            used_parties: BTreeSet::new(),
            used_sources: BTreeSet::new(),
        }
    }

    /// Takes note of what a project uses.
    pub(crate) fn note(&mut self, project: &Project) {
        let facts = &project.facts;
        if let (Some(forum), Some(number)) = (&facts.forum, facts.list_number) {
            self.list_numbers
                .entry((forum.clone(), number))
                .or_default()
                .push(facts.code.to_string());
        }
        self.used_parties
            .extend(project.participations.iter().map(|part| part.party.clone()));
        self.used_sources.extend(project.citations.iter().cloned());
        self.used_sources.extend(
            project
                .events
                .iter()
                .filter_map(|event| event.source.clone()),
        );
        self.used_sources.extend(
            project
                .amounts
                .iter()
                .filter_map(|amount| amount.source.clone()),
        );
        self.used_sources
            .extend(project.risks.iter().filter_map(|risk| risk.source.clone()));
    }

    /// Takes note of sources that something other than a project rests on.
    pub(crate) fn use_sources(&mut self, codes: impl IntoIterator<Item = String>) {
        self.used_sources.extend(codes);
    }

    pub(crate) fn withdrawn(&self, currency: &str) -> Option<PartialDate> {
        self.withdrawn.get(currency).copied()
    }

    /// On which side a party stands in a project.
    pub(crate) fn side(&self, party: &str, hosts: &[CountryCode]) -> Option<Side> {
        let (country, stated) = self.parties.get(party)?;
        Side::of(*stated, country.as_ref(), hosts)
    }

    /// The other projects under the same number of the same list.
    pub(crate) fn same_number(&self, project: &Project) -> Vec<String> {
        let facts = &project.facts;
        let key = facts.forum.clone().zip(facts.list_number);
        let all = key
            .and_then(|key| self.list_numbers.get(&key))
            .cloned()
            .unwrap_or_default();
        all.into_iter()
            .filter(|code| code != facts.code.as_str())
            .collect()
    }

    pub(crate) fn uses_party(&self, code: &str) -> bool {
        self.used_parties.contains(code)
    }

    pub(crate) fn uses_source(&self, code: &str) -> bool {
        self.used_sources.contains(code)
    }
}
